/* Facts about log-ins under attack: who is held up, and who never is. */
#include "edge/handshake.h"

#include "base/limits.h"
#include "edge/password.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define MAIL "ann@desk.example"

static struct password_figures
figures_of(const struct fact_desk *desk)
{
	struct password_figures figures;

	passwords_figures(desk->edge.passwords, &figures);
	return figures;
}

/* How long one log-in is held up. */
static int64_t
held_ms(struct fact_desk *desk, const char *address, const char *email, const char *password, int status)
{
	struct fact_caller caller = fact_stranger(address);
	int64_t before = figures_of(desk).held_ms;

	assert_int_equal(fact_sign_in(desk, &caller, email, password), status);
	return figures_of(desk).held_ms - before;
}

/* Strangers try wrong passwords, each from an address of its own. */
static void
attack(struct fact_desk *desk, const char *email, int tries)
{
	for (int i = 0; i < tries; i++) {
		g_autofree char *address = g_strdup_printf("198.51.100.%d", i + 1);

		(void)held_ms(desk, address, email, "a guess at it", 401);
	}
}

TEST(a_guesser_is_held_up_longer_and_longer)
{
	struct fact_desk *desk = fact_desk_new();

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	attack(desk, MAIL, 3);
	assert_int_equal(figures_of(desk).held_ms, 0);
	assert_int_equal(held_ms(desk, "198.51.100.4", MAIL, "a guess at it", 401), 250);
	assert_int_equal(held_ms(desk, "198.51.100.5", MAIL, "a guess at it", 401), 500);
	fact_desk_free(desk);
}

TEST(strangers_lock_nobody_out)
{
	struct fact_desk *desk = fact_desk_new();

	(void)fact_staff(desk, "ann", ROLE_ADVISOR); /* signed in from 192.0.2.1 */
	attack(desk, MAIL, 12);
	/* From where she has signed in before nothing holds her up; from elsewhere she waits a few seconds at most. */
	assert_int_equal(held_ms(desk, "192.0.2.1", MAIL, FACT_PASSWORD, 200), 0);
	attack(desk, MAIL, 12);
	assert_int_equal(held_ms(desk, "192.0.2.2", MAIL, FACT_PASSWORD, 200), LIMIT_PASSWORD_WAIT_MS);
	fact_desk_free(desk);
}

TEST(a_known_address_is_known_after_its_sessions_have_ended)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	assert_int_equal(fact_do(desk, &ann, "session.end", NULL), 200);
	attack(desk, MAIL, 12);
	assert_int_equal(held_ms(desk, ann.address, MAIL, FACT_PASSWORD, 200), 0);
	fact_desk_free(desk);
}

TEST(a_known_address_is_no_place_to_guess_from)
{
	struct fact_desk *desk = fact_desk_new();

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	attack(desk, MAIL, 12);
	assert_int_equal(held_ms(desk, "192.0.2.1", MAIL, "a guess at it", 401), LIMIT_PASSWORD_WAIT_MS);
	fact_desk_free(desk);
}

TEST(an_address_that_is_known_to_one_account_is_not_to_another)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ben;

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	ben = fact_staff(desk, "ben", ROLE_LEAD);
	ben.address = "192.0.2.77";
	(void)fact_again(desk, &ben);
	attack(desk, MAIL, 12);
	assert_int_equal(held_ms(desk, "192.0.2.77", MAIL, FACT_PASSWORD, 200), LIMIT_PASSWORD_WAIT_MS);
	fact_desk_free(desk);
}

TEST(somebody_and_nobody_cost_the_same_steps_and_the_same_delays)
{
	struct fact_desk *desk = fact_desk_new();
	struct password_figures start, middle, end;

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	start = figures_of(desk);
	attack(desk, MAIL, 8);
	middle = figures_of(desk);
	attack(desk, "nobody@desk.example", 8);
	end = figures_of(desk);
	assert_int_equal(middle.jobs - start.jobs, 8);
	assert_int_equal(end.jobs - middle.jobs, 8);
	assert_int_equal(end.held_ms - middle.held_ms, middle.held_ms - start.held_ms);
	fact_desk_free(desk);
}

TEST(guesses_at_the_old_password_from_a_stolen_session_are_held_up_too)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	for (int i = 0; i < 5; i++)
		assert_int_equal(
		    fact_do(desk, &ann, "person.password", "{s:s,s:s}", "old", "a guess at it", "new", "my own now!"),
		    422);
	assert_int_equal(figures_of(desk).held_ms, 250 + 500);
	fact_desk_free(desk);
}

TEST(a_log_in_whose_commit_fails_gives_no_cookie)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller stranger = fact_stranger("203.0.113.9");

	(void)fact_staff(desk, "ann", ROLE_ADVISOR);
	crew_fail_next(desk->edge.crew, CREW_LOST);
	assert_int_equal(fact_sign_in(desk, &stranger, MAIL, FACT_PASSWORD), 500);
	assert_null(desk->cookie);
	assert_int_equal(fact_sign_in(desk, &stranger, MAIL, FACT_PASSWORD), 200);
	fact_desk_free(desk);
}

TEST(a_log_in_on_a_desk_that_stops_is_told_to_come_again)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	desk->edge.is_stopping = true;
	assert_int_equal(fact_sign_in(desk, &ann, MAIL, FACT_PASSWORD), 503);
	assert_int_equal(
	    fact_do(desk, &ann, "person.password", "{s:s,s:s}", "old", FACT_PASSWORD, "new", "my own now!"), 503);
	assert_int_equal(figures_of(desk).jobs, 0);
	fact_desk_free(desk);
}
