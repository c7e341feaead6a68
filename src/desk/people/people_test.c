/* Facts about people, through their doors. */
#include "desk/people/people.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

static int
give_role(struct fact_desk *desk, const struct fact_caller *who, const struct fact_caller *whom, const char *role)
{
	return fact_do(desk, who, "person.role", "{s:I,s:s}", "person", whom->person, "role", role);
}

static int
disable(struct fact_desk *desk, const struct fact_caller *who, const struct fact_caller *whom)
{
	return fact_do(desk, who, "person.disable", "{s:I}", "person", whom->person);
}

TEST(a_change_of_status_is_told_once)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "online"), 200);
	assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "online"), 200);
	assert_int_equal(fact_told(desk, EVENT_PERSON_CHANGED), 1);
	assert_int_equal(fact_do(desk, &ann, "person.me", NULL), 200);
	assert_string_equal(fact_text(desk, "status"), "online");
	assert_string_equal(fact_text(desk, "email"), "ann@desk.example");
	assert_int_equal(fact_int(desk, "session"), ann.session);
	assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "asleep"), 422);
	assert_string_equal(desk->field, "status");
	fact_desk_free(desk);
}

TEST(people_are_listed_by_name_for_those_who_answer_customers)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller cleo = fact_staff(desk, "cleo", ROLE_ADVISOR);
	struct fact_caller paul = fact_staff(desk, "paul", ROLE_PRODUCTION);

	(void)fact_staff(desk, "ben", ROLE_LEAD);
	assert_int_equal(fact_do(desk, &cleo, "person.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "people"), 3);
	assert_string_equal(fact_text(desk, "people.0.name"), "ben");
	assert_string_equal(fact_text(desk, "people.1.role"), "advisor");
	assert_null(fact_text(desk, "people.0.password"));
	assert_int_equal(fact_do(desk, &paul, "person.list", NULL), 403);
	fact_desk_free(desk);
}

TEST(a_new_role_ends_the_sessions_and_counts_at_the_next_log_in)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	struct fact_caller ann_at_home = fact_again(desk, &ann);

	assert_int_equal(give_role(desk, &ada, &ann, "lead"), 200);
	assert_int_equal(fact_told(desk, EVENT_SESSION_ENDED), 2);
	assert_false(fact_is_in(desk, &ann));
	assert_int_equal(desk->status, 401);
	assert_false(fact_is_in(desk, &ann_at_home));
	assert_int_equal(fact_sign_in(desk, &ann, "ann@desk.example", FACT_PASSWORD), 200);
	assert_string_equal(fact_text(desk, "person.role"), "lead");
	fact_desk_free(desk);
}

TEST(the_same_role_again_changes_nothing_and_leaves_no_audit_line)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *lines = NULL;

	assert_int_equal(give_role(desk, &ada, &ada, "administrator"), 200);
	assert_true(fact_is_in(desk, &ada));
	assert_int_equal(fact_told(desk, EVENT_PERSON_CHANGED), 0);
	assert_int_equal(fact_do(desk, &ada, "person.enable", "{s:I}", "person", ada.person), 200);
	lines = fact_peek(desk, "SELECT count(*) FROM audit WHERE command LIKE 'person.%'");
	assert_string_equal(lines, "0");
	fact_desk_free(desk);
}

TEST(the_last_administrator_stays)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	struct fact_caller eve = fact_staff(desk, "eve", ROLE_ADMINISTRATOR);

	assert_int_equal(disable(desk, &ada, &eve), 200);
	assert_int_equal(disable(desk, &ada, &ada), 409);
	assert_string_equal(desk->field, "person");
	assert_int_equal(give_role(desk, &ada, &ada, "lead"), 409);
	assert_true(fact_is_in(desk, &ada));
	assert_int_equal(fact_do(desk, &ada, "person.enable", "{s:I}", "person", eve.person), 200);
	assert_int_equal(give_role(desk, &ada, &ada, "lead"), 200);
	fact_desk_free(desk);
}

TEST(a_disabled_person_is_out_at_once_and_is_told_no_more_than_a_stranger)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *said = NULL;

	assert_int_equal(fact_sign_in(desk, &ann, "nobody@desk.example", FACT_PASSWORD), 401);
	said = g_strdup(desk->detail);
	assert_int_equal(disable(desk, &ada, &ann), 200);
	assert_int_equal(disable(desk, &ada, &ann), 200);
	assert_false(fact_is_in(desk, &ann));
	assert_int_equal(fact_sign_in(desk, &ann, "ann@desk.example", FACT_PASSWORD), 401);
	assert_string_equal(desk->detail, said);
	assert_int_equal(fact_do(desk, &ada, "person.enable", "{s:I}", "person", ann.person), 200);
	assert_false(fact_is_in(desk, &ann));
	assert_int_equal(fact_sign_in(desk, &ann, "ann@desk.example", FACT_PASSWORD), 200);
	fact_desk_free(desk);
}

TEST(only_administrators_manage_people)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ben = fact_staff(desk, "ben", ROLE_LEAD);

	assert_int_equal(give_role(desk, &ben, &ben, "administrator"), 403);
	assert_int_equal(disable(desk, &ben, &ben), 403);
	assert_int_equal(fact_do(desk, &ben, "invitation.list", NULL), 403);
	assert_int_equal(fact_do(desk, &ben, "reset.make", "{s:I}", "person", ben.person), 403);
	fact_desk_free(desk);
}

TEST(what_is_no_person_and_what_is_no_role_is_refused_by_name)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR), nobody = { .person = 404 };

	assert_int_equal(disable(desk, &ada, &nobody), 404);
	assert_int_equal(give_role(desk, &ada, &nobody, "lead"), 404);
	assert_int_equal(fact_do(desk, &ada, "person.enable", "{s:I}", "person", nobody.person), 404);
	assert_int_equal(fact_do(desk, &ada, "reset.make", "{s:I}", "person", nobody.person), 404);
	assert_int_equal(give_role(desk, &ada, &ada, "owner"), 422);
	assert_string_equal(desk->field, "role");
	assert_int_equal(give_role(desk, &ada, &ada, ""), 422);
	fact_desk_free(desk);
}

static int
invite(struct fact_desk *desk, const struct fact_caller *who, const char *email)
{
	return fact_do(desk, who, "invitation.make", "{s:s,s:s,s:s}", "email", email, "name", "New", "role", "advisor");
}

TEST(the_thousandth_person_can_be_invited_and_the_next_cannot)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR);
	g_autofree char *crowd = g_strdup_printf(
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
	    "INSERT INTO person (email, name, role, created_at) SELECT 'p' || i || '@desk.example', 'P', 'advisor', 1 FROM n",
	    LIMIT_PEOPLE - 2);

	fact_tamper(desk, crowd);
	assert_int_equal(invite(desk, &ada, "one@desk.example"), 200);
	assert_int_equal(invite(desk, &ada, "two@desk.example"), 409);
	/* The open invitation can be replaced all the same. */
	assert_int_equal(invite(desk, &ada, "one@desk.example"), 200);
	fact_desk_free(desk);
}

TEST(an_address_is_kept_in_lower_case_or_not_at_all)
{
	void *memory = talloc_new(NULL);
	g_autofree char *long_name = g_strnfill(60, 'a'), *host = g_strnfill(LIMIT_EMAIL_BYTES - 61, 'b');
	g_autofree char *longest = g_strdup_printf("%s@%s", long_name, host), *longer = g_strdup_printf("%sb", longest);

	assert_string_equal(person_email(memory, "Ann.Mercer@Desk.Example"), "ann.mercer@desk.example");
	assert_non_null(person_email(memory, longest));
	assert_null(person_email(memory, longer));
	assert_null(person_email(memory, "ann"));
	assert_null(person_email(memory, "@desk.example"));
	assert_null(person_email(memory, "ann@"));
	assert_null(person_email(memory, "ann@b@c"));
	assert_null(person_email(memory, "ann mercer@desk.example"));
	assert_null(person_email(memory, "ann@desk.example\nBcc: all@desk.example"));
	talloc_free(memory);
}
