/* Facts about invitations and password resets, through their doors. */
#include "desk/people/pass.h"

#include <string.h>

#include "base/limits.h"
#include "desk/events.h"
#include "edge/password.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define NEW_PASSWORD "a brand new password"

struct house {
	struct fact_desk *desk;
	struct fact_caller ada, stranger;
	char token[TOKEN_CHARS + 1];
};

static struct house
house_new(void)
{
	struct house house = { .desk = fact_desk_new(), .stranger = fact_stranger("203.0.113.9") };

	house.ada = fact_staff(house.desk, "ada", ROLE_ADMINISTRATOR);
	return house;
}

static int
invite(struct house *house, const char *email, const char *role)
{
	int status = fact_do(
	    house->desk, &house->ada, "invitation.make", "{s:s,s:s,s:s}", "email", email, "name", "Ben", "role", role);

	if (status == 200)
		g_strlcpy(house->token, fact_link_token(house->desk), sizeof house->token);
	return status;
}

static int
accept(struct house *house)
{
	return fact_do(house->desk, &house->stranger, "invitation.accept", "{s:s,s:s}", "token", house->token,
	    "password", NEW_PASSWORD);
}

static int
make_reset(struct house *house, const struct fact_caller *whom)
{
	int status = fact_do(house->desk, &house->ada, "reset.make", "{s:I}", "person", whom->person);

	if (status == 200)
		g_strlcpy(house->token, fact_link_token(house->desk), sizeof house->token);
	return status;
}

static int
use_reset(struct house *house)
{
	return fact_do(
	    house->desk, &house->stranger, "reset.use", "{s:s,s:s}", "token", house->token, "password", NEW_PASSWORD);
}

static uint64_t
hashes(const struct house *house)
{
	struct password_figures figures;

	passwords_figures(house->desk->edge.passwords, &figures);
	return figures.jobs;
}

TEST(an_invitation_is_accepted_once_with_the_role_that_it_says)
{
	struct house house = house_new();

	assert_int_equal(invite(&house, "Ben@Desk.example", "lead"), 200);
	assert_int_equal(accept(&house), 200);
	assert_string_equal(fact_text(house.desk, "person.role"), "lead");
	assert_string_equal(fact_text(house.desk, "person.email"), "ben@desk.example");
	assert_string_equal(fact_text(house.desk, "person.name"), "Ben");
	assert_non_null(house.desk->cookie);
	assert_int_equal(fact_told(house.desk, EVENT_PERSON_CHANGED), 1);
	assert_int_equal(accept(&house), 404);
	assert_string_equal(house.desk->field, "token");
	assert_int_equal(fact_sign_in(house.desk, &house.stranger, "ben@desk.example", NEW_PASSWORD), 200);
	fact_desk_free(house.desk);
}

TEST(a_link_has_its_token_behind_the_hash_sign_and_the_store_has_its_digest_only)
{
	struct house house = house_new();

	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	assert_true(g_str_has_prefix(fact_text(house.desk, "link"), "https://desk.example/invitation#"));
	assert_int_equal(strlen(house.token), TOKEN_CHARS);
	assert_int_equal(fact_do(house.desk, &house.ada, "invitation.list", NULL), 200);
	assert_int_equal(fact_rows(house.desk, "invitations"), 1);
	assert_string_equal(fact_text(house.desk, "invitations.0.made_by"), "ada");
	assert_true(fact_files_hold(house.desk, "ben@desk.example"));
	assert_false(fact_files_hold(house.desk, house.token));
	fact_desk_free(house.desk);
}

TEST(an_invitation_can_be_accepted_for_a_week)
{
	struct house house = house_new();
	struct house late;

	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	assert_int_equal(invite(&house, "cleo@desk.example", "advisor"), 200);
	late = house;
	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	house.desk->clock.set_ms += LIMIT_INVITATION_HOURS * MS_PER_HOUR - 1;
	assert_int_equal(accept(&house), 200);
	house.desk->clock.set_ms += 1;
	assert_int_equal(accept(&late), 404);
	fact_desk_free(house.desk);
}

TEST(a_withdrawn_or_replaced_invitation_opens_nothing)
{
	struct house house = house_new(), replaced;

	assert_int_equal(invite(&house, "ben@desk.example", "administrator"), 200);
	replaced = house;
	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	assert_int_equal(accept(&replaced), 404);
	assert_int_equal(fact_do(house.desk, &house.ada, "invitation.list", NULL), 200);
	assert_int_equal(fact_rows(house.desk, "invitations"), 1);

	int64_t id = fact_int(house.desk, "invitations.0.invitation");

	assert_int_equal(fact_do(house.desk, &house.ada, "invitation.withdraw", "{s:I}", "invitation", id), 200);
	assert_int_equal(fact_do(house.desk, &house.ada, "invitation.withdraw", "{s:I}", "invitation", id), 404);
	assert_int_equal(accept(&house), 404);
	fact_desk_free(house.desk);
}

TEST(somebody_who_is_here_is_not_invited_again)
{
	struct house house = house_new();

	assert_int_equal(invite(&house, "ada@desk.example", "advisor"), 409);
	assert_string_equal(house.desk->field, "email");
	assert_int_equal(invite(&house, "not an address", "advisor"), 400);
	assert_int_equal(invite(&house, "ben@desk.example", "owner"), 422);
	fact_desk_free(house.desk);
}

TEST(a_pass_opens_what_it_was_made_for_and_nothing_else)
{
	struct house house = house_new();

	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	assert_int_equal(use_reset(&house), 404);
	assert_int_equal(accept(&house), 200);
	fact_desk_free(house.desk);
}

TEST(a_token_that_opens_nothing_costs_no_hash)
{
	struct house house = house_new();

	g_strlcpy(house.token, "guessed", sizeof house.token);
	assert_int_equal(accept(&house), 404);
	assert_int_equal(use_reset(&house), 404);
	assert_int_equal(hashes(&house), 0);
	fact_desk_free(house.desk);
}

TEST(a_reset_sets_the_password_once_and_ends_every_session)
{
	struct house house = house_new();
	struct fact_caller ann = fact_staff(house.desk, "ann", ROLE_ADVISOR);

	assert_int_equal(make_reset(&house, &ann), 200);
	assert_true(g_str_has_prefix(fact_text(house.desk, "link"), "https://desk.example/reset#"));
	assert_true(fact_is_in(house.desk, &ann));
	assert_int_equal(use_reset(&house), 200);
	assert_null(house.desk->cookie);
	assert_false(fact_is_in(house.desk, &ann));
	assert_int_equal(use_reset(&house), 404);
	assert_int_equal(fact_sign_in(house.desk, &ann, "ann@desk.example", FACT_PASSWORD), 401);
	assert_int_equal(fact_sign_in(house.desk, &ann, "ann@desk.example", NEW_PASSWORD), 200);
	fact_desk_free(house.desk);
}

TEST(a_reset_link_works_for_an_hour)
{
	struct house house = house_new(), late;
	struct fact_caller ann = fact_staff(house.desk, "ann", ROLE_ADVISOR),
			   ben = fact_staff(house.desk, "ben", ROLE_LEAD);

	assert_int_equal(make_reset(&house, &ben), 200);
	late = house;
	assert_int_equal(make_reset(&house, &ann), 200);
	house.desk->clock.set_ms += LIMIT_RESET_MINUTES * MS_PER_MINUTE - 1;
	assert_int_equal(use_reset(&house), 200);
	house.desk->clock.set_ms += 1;
	assert_int_equal(use_reset(&late), 404);
	fact_desk_free(house.desk);
}

TEST(an_invitation_is_audited_by_its_number_and_without_the_address)
{
	struct house house = house_new();
	g_autofree char *object = NULL, *id = NULL, *wanted = NULL;

	assert_int_equal(invite(&house, "ben@desk.example", "advisor"), 200);
	object = fact_peek(house.desk, "SELECT object FROM audit WHERE command = 'invitation.make'");
	id = fact_peek(house.desk, "SELECT max(id) FROM pass WHERE kind = 'invitation'");
	wanted = g_strdup_printf("invitation %s, role advisor", id);
	assert_string_equal(object, wanted);
	fact_desk_free(house.desk);
}

TEST(a_reset_is_audited_in_the_name_of_whose_password_it_is)
{
	struct house house = house_new();
	struct fact_caller ann = fact_staff(house.desk, "ann", ROLE_ADVISOR);

	assert_int_equal(make_reset(&house, &ann), 200);
	assert_int_equal(use_reset(&house), 200);
	assert_int_equal(fact_do(house.desk, &house.ada, "audit.list", NULL), 200);
	assert_string_equal(fact_text(house.desk, "lines.0.command"), "reset.use");
	assert_int_equal(fact_int(house.desk, "lines.0.person"), ann.person);
	fact_desk_free(house.desk);
}

TEST(a_new_link_a_new_password_and_disabling_each_close_the_link_before)
{
	struct house house = house_new(), before;
	struct fact_caller ann = fact_staff(house.desk, "ann", ROLE_ADVISOR);

	assert_int_equal(make_reset(&house, &ann), 200);
	before = house;
	assert_int_equal(make_reset(&house, &ann), 200);
	assert_int_equal(use_reset(&before), 404);
	assert_int_equal(
	    fact_do(house.desk, &ann, "person.password", "{s:s,s:s}", "old", FACT_PASSWORD, "new", NEW_PASSWORD), 200);
	assert_int_equal(use_reset(&house), 404);
	assert_int_equal(make_reset(&house, &ann), 200);
	assert_int_equal(fact_do(house.desk, &house.ada, "person.disable", "{s:I}", "person", ann.person), 200);
	assert_int_equal(use_reset(&house), 404);
	assert_int_equal(make_reset(&house, &ann), 409);
	fact_desk_free(house.desk);
}

TEST(the_invitations_of_an_administrator_who_was_disabled_open_nothing)
{
	struct house house = house_new();
	struct fact_caller max = fact_staff(house.desk, "max", ROLE_ADMINISTRATOR), ada = house.ada;

	house.ada = max;
	assert_int_equal(invite(&house, "ben@desk.example", "administrator"), 200);
	assert_int_equal(fact_do(house.desk, &ada, "person.disable", "{s:I}", "person", max.person), 200);
	assert_int_equal(accept(&house), 404);
	fact_desk_free(house.desk);
}
