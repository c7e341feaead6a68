/* Facts about tickets. */
#include "tests/kit/facts.h"

#include <stdio.h>
#include <string.h>

#include "edge/ticket.h"

#include "base/limits.h"

static const struct credential ann = { .kind = CREDENTIAL_SESSION, .session_id = 7 };
static const struct credential ben = { .kind = CREDENTIAL_SESSION, .session_id = 8 };

TEST(a_ticket_opens_once_and_knows_whose_it_is)
{
	struct ticket_table *table = ticket_table_new();
	struct credential who;

	assert_true(ticket_add(table, "token-of-ann", &ann, 0));
	assert_true(ticket_add(table, "token-of-ben", &ben, 0));
	assert_true(ticket_use(table, "token-of-ann", 1, &who));
	assert_int_equal(who.session_id, 7);
	assert_false(ticket_use(table, "token-of-ann", 1, &who));
	assert_true(ticket_use(table, "token-of-ben", 1, &who));
	assert_int_equal(who.session_id, 8);
	ticket_table_free(table);
}

TEST(a_made_up_ticket_opens_nothing)
{
	struct ticket_table *table = ticket_table_new();
	struct credential who;

	assert_true(ticket_add(table, "token", &ann, 0));
	assert_false(ticket_use(table, "tokem", 1, &who));
	assert_false(ticket_use(table, "", 1, &who));
	assert_false(ticket_use(table, "toke", 1, &who));
	ticket_table_free(table);
}

TEST(a_ticket_lives_for_30_seconds)
{
	struct ticket_table *table = ticket_table_new();
	struct credential who;

	assert_true(ticket_add(table, "one", &ann, 0));
	assert_true(ticket_add(table, "two", &ann, 0));
	assert_true(ticket_use(table, "one", LIMIT_TICKET_SECONDS * 1000 - 1, &who));
	assert_false(ticket_use(table, "two", LIMIT_TICKET_SECONDS * 1000, &who));
	assert_int_equal(ticket_table_count(table), 0);
	ticket_table_free(table);
}

TEST(a_ticket_of_a_known_visitor_does_not_outlive_the_signature)
{
	static const struct credential vera = { .kind = CREDENTIAL_VISITOR, .visitor_until = 1000 };
	struct ticket_table *table = ticket_table_new();
	struct credential who;

	assert_true(ticket_add(table, "one", &vera, 0));
	assert_true(ticket_add(table, "two", &vera, 0));
	assert_true(ticket_use(table, "one", 999, &who));
	assert_int_equal(who.visitor_until, 1000);
	assert_false(ticket_use(table, "two", 1000, &who));
	ticket_table_free(table);
}

TEST(a_ticket_dies_with_its_session)
{
	struct ticket_table *table = ticket_table_new();
	struct credential who;

	assert_true(ticket_add(table, "one", &ann, 0));
	assert_true(ticket_add(table, "two", &ben, 0));
	assert_true(ticket_add(table, "three", &ann, 0));
	ticket_forget_session(table, 7);
	assert_false(ticket_use(table, "one", 1, &who));
	assert_false(ticket_use(table, "three", 1, &who));
	assert_true(ticket_use(table, "two", 1, &who));
	ticket_table_free(table);
}

TEST(one_ticket_over_the_limit_is_refused_until_the_oldest_is_too_old)
{
	struct ticket_table *table = ticket_table_new();

	for (int i = 0; i < LIMIT_TICKETS; i++) {
		char token[16];

		snprintf(token, sizeof token, "t-%d", i);
		assert_true(ticket_add(table, token, &ann, i == 0 ? 0 : 1));
	}
	assert_false(ticket_add(table, "one more", &ann, 1));
	assert_true(ticket_add(table, "one more", &ann, LIMIT_TICKET_SECONDS * 1000));
	assert_false(ticket_add(table, "and another", &ann, LIMIT_TICKET_SECONDS * 1000));
	ticket_table_free(table);
}
