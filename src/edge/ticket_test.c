/* Facts about tickets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "edge/ticket.h"

#include "base/limits.h"

#include <cmocka.h> /* last: its fail() is a macro */

static const struct credential ann = { .kind = CREDENTIAL_SESSION, .session_id = 7 };
static const struct credential ben = { .kind = CREDENTIAL_SESSION, .session_id = 8 };

static int
set_up(void **state)
{
	secret_init();
	*state = ticket_table_new();
	return 0;
}

static int
tear_down(void **state)
{
	ticket_table_free(*state);
	return 0;
}

static void
a_ticket_opens_once_and_knows_whose_it_is(void **state)
{
	struct credential who;

	assert_true(ticket_add(*state, "token-of-ann", &ann, 0));
	assert_true(ticket_add(*state, "token-of-ben", &ben, 0));
	assert_true(ticket_use(*state, "token-of-ann", 1, &who));
	assert_int_equal(who.session_id, 7);
	assert_false(ticket_use(*state, "token-of-ann", 1, &who));
	assert_true(ticket_use(*state, "token-of-ben", 1, &who));
	assert_int_equal(who.session_id, 8);
}

static void
a_made_up_ticket_opens_nothing(void **state)
{
	struct credential who;

	assert_true(ticket_add(*state, "token", &ann, 0));
	assert_false(ticket_use(*state, "tokem", 1, &who));
	assert_false(ticket_use(*state, "", 1, &who));
	assert_false(ticket_use(*state, "toke", 1, &who));
}

static void
a_ticket_lives_for_30_seconds(void **state)
{
	struct credential who;

	assert_true(ticket_add(*state, "one", &ann, 0));
	assert_true(ticket_add(*state, "two", &ann, 0));
	assert_true(ticket_use(*state, "one", LIMIT_TICKET_SECONDS * 1000 - 1, &who));
	assert_false(ticket_use(*state, "two", LIMIT_TICKET_SECONDS * 1000, &who));
	assert_int_equal(ticket_table_count(*state), 0);
}

static void
a_ticket_dies_with_its_session(void **state)
{
	struct credential who;

	assert_true(ticket_add(*state, "one", &ann, 0));
	assert_true(ticket_add(*state, "two", &ben, 0));
	assert_true(ticket_add(*state, "three", &ann, 0));
	ticket_forget_session(*state, 7);
	assert_false(ticket_use(*state, "one", 1, &who));
	assert_false(ticket_use(*state, "three", 1, &who));
	assert_true(ticket_use(*state, "two", 1, &who));
}

static void
one_ticket_over_the_limit_is_refused_until_the_oldest_is_too_old(void **state)
{
	for (int i = 0; i < LIMIT_TICKETS; i++) {
		char token[16];

		snprintf(token, sizeof token, "t-%d", i);
		assert_true(ticket_add(*state, token, &ann, i == 0 ? 0 : 1));
	}
	assert_false(ticket_add(*state, "one more", &ann, 1));
	assert_true(ticket_add(*state, "one more", &ann, LIMIT_TICKET_SECONDS * 1000));
	assert_false(ticket_add(*state, "and another", &ann, LIMIT_TICKET_SECONDS * 1000));
}

#define FACT(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_ticket_opens_once_and_knows_whose_it_is),
		FACT(a_made_up_ticket_opens_nothing),
		FACT(a_ticket_lives_for_30_seconds),
		FACT(a_ticket_dies_with_its_session),
		FACT(one_ticket_over_the_limit_is_refused_until_the_oldest_is_too_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
