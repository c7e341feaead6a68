/* Facts about how long log-ins are held up. */
#include "edge/delay.h"

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/facts.h"

#define NOW  INT64_C(1774889400000)
#define HOME "192.0.2.1"

typedef struct delays delays_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(delays_t, delays_free)

/* The n-th address of strangers. */
static const char *
elsewhere(int n)
{
	static char address[32];

	g_snprintf(address, sizeof address, "198.51.%d.%d", n / 250, n % 250);
	return address;
}

static int64_t
tries(struct delays *delays, int count, const char *account)
{
	int64_t last = -1;

	for (int i = 0; i < count; i++)
		last = delays_try(delays, account, elsewhere(i), NOW);
	return last;
}

TEST(three_tries_are_free_and_the_fourth_is_held)
{
	g_autoptr(delays_t) delays = delays_new();

	assert_int_equal(tries(delays, 3, "ann"), 0);
	assert_int_equal(delays_try(delays, "ann", HOME, NOW), 250);
	assert_int_equal(delays_try(delays, "ben", HOME, NOW), 0);
}

TEST(each_delay_is_twice_the_one_before_up_to_eight_seconds)
{
	static const int64_t wanted[] = { 250, 500, 1000, 2000, 4000, 8000, 8000, 8000 };
	g_autoptr(delays_t) delays = delays_new();

	(void)tries(delays, 3, "ann");
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++)
		assert_int_equal(delays_try(delays, "ann", elsewhere(100 + (int)i), NOW), wanted[i]);
	assert_int_equal(tries(delays, 1000, "ann"), LIMIT_PASSWORD_WAIT_MS);
}

TEST(ten_tries_from_one_address_are_free_whoever_is_tried)
{
	g_autoptr(delays_t) delays = delays_new();

	for (int i = 0; i < 10; i++) {
		g_autofree char *account = g_strdup_printf("person %d", i);

		assert_int_equal(delays_try(delays, account, HOME, NOW), 0);
	}
	assert_int_equal(delays_try(delays, "somebody else", HOME, NOW), 250);
	assert_int_equal(delays_try(delays, "somebody else", elsewhere(1), NOW), 0);
}

TEST(a_right_password_clears_its_account_and_only_its_own_try_of_the_address)
{
	g_autoptr(delays_t) delays = delays_new();

	for (int i = 0; i < 10; i++)
		(void)delays_try(delays, "ann", HOME, NOW);
	delays_forgive(delays, "ann", HOME, NOW);
	assert_int_equal(delays_try(delays, "ann", elsewhere(1), NOW), 0);
	assert_int_equal(delays_try(delays, "ben", HOME, NOW), 0);
	assert_int_equal(delays_try(delays, "cleo", HOME, NOW), 250);
}

TEST(who_gets_it_right_each_time_is_never_held)
{
	g_autoptr(delays_t) delays = delays_new();

	for (int i = 0; i < 100; i++) {
		assert_int_equal(delays_try(delays, "ann", HOME, NOW), 0);
		delays_forgive(delays, "ann", HOME, NOW);
	}
}

TEST(what_is_older_than_an_hour_is_forgotten)
{
	g_autoptr(delays_t) delays = delays_new();

	(void)tries(delays, 20, "ann");
	assert_int_equal(delays_try(delays, "ann", HOME, NOW + MS_PER_HOUR), LIMIT_PASSWORD_WAIT_MS);
	assert_int_equal(delays_try(delays, "ann", HOME, NOW + 2 * MS_PER_HOUR + 1), 0);
}

TEST(a_household_of_ipv6_counts_as_one)
{
	g_autoptr(delays_t) delays = delays_new();
	int64_t last = 0;

	for (int i = 0; i < 11; i++) {
		g_autofree char *account = g_strdup_printf("person %d", i),
				*address = g_strdup_printf("2001:db8::%d", i);

		last = delays_try(delays, account, address, NOW);
	}
	assert_int_equal(last, 250);
}

TEST(memory_is_bounded_and_newcomers_share_the_last_row)
{
	g_autoptr(delays_t) delays = delays_new();
	int64_t last = 0;

	for (int i = 0; delays_count(delays) < LIMIT_PASSWORD_FAILURES; i++) {
		g_autofree char *account = g_strdup_printf("person %d", i);

		(void)delays_try(delays, account, elsewhere(i), NOW);
	}
	for (int i = 0; i < 30; i++) {
		g_autofree char *account = g_strdup_printf("newcomer %d", i);

		last = delays_try(delays, account, HOME, NOW);
	}
	assert_int_equal(delays_count(delays), LIMIT_PASSWORD_FAILURES);
	assert_int_equal(last, LIMIT_PASSWORD_WAIT_MS);
	/* An hour later there is room again. */
	assert_int_equal(delays_try(delays, "newcomer", HOME, NOW + MS_PER_HOUR + 1), 0);
	assert_int_equal(delays_count(delays), 2);
}
