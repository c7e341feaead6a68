/* Facts about what the audit log says of failed sign-ins. */
#include "edge/wrong.h"

#include <string.h>

#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define GUESS "a guess at it 1234"

/* Each try comes from an address of its own: how often one may try is another fact. */
static void
try_wrong(struct fact_desk *desk, const char *email)
{
	static unsigned tries;
	g_autofree char *address = g_strdup_printf("198.51.%u.%u", tries / 250, tries % 250 + 1);
	struct fact_caller caller = fact_stranger(address);

	tries++;
	assert_int_equal(fact_sign_in(desk, &caller, email, GUESS), 401);
}

static int64_t
count_lines(struct fact_desk *desk)
{
	g_autofree char *count = fact_peek(desk, "SELECT count(*) FROM audit WHERE says = 'failed to sign in'");

	return g_ascii_strtoll(count, NULL, 10);
}

static void
assert_last(struct fact_desk *desk, const char *object)
{
	g_autofree char *last =
	    fact_peek(desk, "SELECT object FROM audit WHERE says = 'failed to sign in' ORDER BY id DESC LIMIT 1");

	assert_string_equal(last, object);
}

TEST(the_first_try_is_written_at_once_and_the_others_of_a_minute_are_counted)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *first = g_strdup_printf("person %d, tries 1", (int)ann.person),
			*others = g_strdup_printf("person %d, tries 5", (int)ann.person);

	try_wrong(desk, "ann@desk.example");
	assert_int_equal(count_lines(desk), 1);
	assert_last(desk, first);
	for (int i = 0; i < 4; i++)
		try_wrong(desk, "ann@desk.example");
	desk->clock.set_ms += MS_PER_MINUTE - 1;
	assert_int_equal(count_lines(desk), 1);
	desk->clock.set_ms += 1;
	try_wrong(desk, "ann@desk.example");
	assert_int_equal(count_lines(desk), 2);
	assert_last(desk, others);
	fact_desk_free(desk);
}

TEST(a_right_sign_in_brings_out_what_was_counted)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	struct fact_caller stranger = fact_stranger("192.0.2.9");
	g_autofree char *object = g_strdup_printf("person %d, tries 2", (int)ann.person);

	for (int i = 0; i < 3; i++)
		try_wrong(desk, "ann@desk.example");
	assert_int_equal(count_lines(desk), 1);
	desk->clock.set_ms += MS_PER_MINUTE;
	(void)fact_staff(desk, "ben", ROLE_ADVISOR);
	assert_int_equal(fact_sign_in(desk, &stranger, "ben@desk.example", FACT_PASSWORD), 200);
	assert_int_equal(count_lines(desk), 2);
	assert_last(desk, object);
	fact_desk_free(desk);
}

TEST(accounts_that_do_not_exist_share_a_count_and_what_was_typed_is_kept_nowhere)
{
	struct fact_desk *desk = fact_desk_new();

	try_wrong(desk, "eve@desk.example");
	assert_last(desk, "tries 1");
	try_wrong(desk, "mallory@desk.example");
	try_wrong(desk, "secret-by-mistake@desk.example");
	desk->clock.set_ms += MS_PER_MINUTE;
	try_wrong(desk, "oscar@desk.example");
	assert_last(desk, "tries 3");
	assert_int_equal(count_lines(desk), 2);
	assert_false(fact_files_hold(desk, "mallory"));
	assert_false(fact_files_hold(desk, "by-mistake"));
	assert_false(fact_files_hold(desk, GUESS));
	assert_false(fact_files_hold(desk, "198.51."));
	fact_desk_free(desk);
}

TEST(all_accounts_together_get_30_lines_a_minute_and_not_one_more)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller last = { 0 };
	g_autofree char *object = NULL;

	for (int i = 0; i <= LIMIT_WRONG_LINES; i++) {
		g_autofree char *name = g_strdup_printf("p%d", i);

		last = fact_staff(desk, name, ROLE_ADVISOR);
	}
	for (int i = 0; i <= LIMIT_WRONG_LINES; i++) {
		g_autofree char *email = g_strdup_printf("p%d@desk.example", i);

		try_wrong(desk, email);
		assert_int_equal(count_lines(desk), MIN(i + 1, LIMIT_WRONG_LINES));
	}
	desk->clock.set_ms += MS_PER_MINUTE;
	object = g_strdup_printf("person %d, tries 2", (int)last.person);
	try_wrong(desk, "p30@desk.example");
	assert_last(desk, object);
	fact_desk_free(desk);
}

TEST(a_clock_that_jumps_back_silences_nothing)
{
	struct fact_desk *desk = fact_desk_new();

	try_wrong(desk, "eve@desk.example");
	desk->clock.set_ms -= MS_PER_DAY;
	try_wrong(desk, "eve@desk.example");
	assert_int_equal(count_lines(desk), 2);
	fact_desk_free(desk);
}
