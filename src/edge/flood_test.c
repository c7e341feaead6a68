/* Facts about floods, with the numbers of flood.def. */
#include "tests/kit/facts.h"

#include <string.h>

#include <glib.h>

#include "edge/flood.h"

static const struct credential nobody = { .kind = CREDENTIAL_NONE };

static unsigned
count_allowed(struct flood_table *table, enum flood kind, const char *address, const struct credential *credential,
    int64_t now_ms, unsigned tries)
{
	unsigned allowed = 0;

	for (unsigned i = 0; i < tries; i++)
		allowed += flood_allows(table, kind, address, credential, now_ms, NULL);
	return allowed;
}

static struct credential
visitor(const char *id)
{
	struct credential credential = { .kind = CREDENTIAL_VISITOR };

	g_strlcpy(credential.visitor, id, sizeof credential.visitor);
	return credential;
}

TEST(the_eleventh_password_of_a_minute_is_refused_and_told_how_long_to_wait)
{
	struct flood_table *table = flood_table_new();
	int wait = 0;

	assert_int_equal(count_allowed(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000, 10), 10);
	assert_false(flood_allows(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000, &wait));
	assert_int_equal(wait, 6);
	assert_false(flood_allows(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000 + 5999, NULL));
	assert_true(flood_allows(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000 + 6000, NULL));
	assert_false(flood_allows(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000 + 6000, NULL));
	flood_table_free(table);
}

TEST(the_21st_page_of_a_visitor_in_a_moment_is_refused_and_another_one_follows_every_3_seconds)
{
	struct flood_table *table = flood_table_new();
	struct credential vera = visitor("AAAAAAAAAAAAAAAAAAAAAA");

	assert_int_equal(count_allowed(table, FLOOD_TRAIL, "192.0.2.1", &vera, 0, 21), 20);
	assert_false(flood_allows(table, FLOOD_TRAIL, "192.0.2.1", &vera, 2999, NULL));
	assert_true(flood_allows(table, FLOOD_TRAIL, "192.0.2.1", &vera, 3000, NULL));
	flood_table_free(table);
}

TEST(trying_all_the_time_makes_nobody_wait_for_longer)
{
	struct flood_table *table = flood_table_new();
	unsigned allowed = 0;

	for (int64_t now_ms = 0; now_ms < 60000; now_ms++)
		allowed += flood_allows(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, now_ms, NULL);
	assert_int_equal(allowed, 10 + 9);
	flood_table_free(table);
}

TEST(at_one_site_120_begin_at_once_and_not_121_and_then_one_a_second)
{
	struct flood_table *table = flood_table_new();
	unsigned allowed = 0;
	int wait = 0;

	for (unsigned i = 0; i < 121; i++)
		allowed += flood_allows_site(table, FLOOD_START, "shop", 1000, &wait);
	assert_int_equal(allowed, 120);
	assert_int_equal(wait, 1);
	assert_false(flood_allows_site(table, FLOOD_START, "shop", 1999, NULL));
	assert_true(flood_allows_site(table, FLOOD_START, "shop", 2000, NULL));
	assert_true(flood_allows_site(table, FLOOD_START, "another", 1000, NULL));
	assert_true(flood_allows_site(NULL, FLOOD_START, "shop", 1000, NULL));
	flood_table_free(table);
}

TEST(addresses_do_not_disturb_each_other)
{
	struct flood_table *table = flood_table_new();

	assert_int_equal(count_allowed(table, FLOOD_START, "192.0.2.1", &nobody, 0, 100), 12);
	assert_int_equal(count_allowed(table, FLOOD_START, "192.0.2.2", &nobody, 0, 100), 12);
	flood_table_free(table);
}

TEST(an_ipv6_household_counts_as_one)
{
	struct flood_table *table = flood_table_new();

	assert_int_equal(count_allowed(table, FLOOD_START, "2001:db8:1:2::1", &nobody, 0, 100), 12);
	assert_int_equal(count_allowed(table, FLOOD_START, "2001:db8:1:2:ffff::9", &nobody, 0, 100), 0);
	assert_int_equal(count_allowed(table, FLOOD_START, "2001:db8:1:3::1", &nobody, 0, 100), 12);
	flood_table_free(table);
}

TEST(one_visitor_does_not_use_up_its_neighbours_share)
{
	struct flood_table *table = flood_table_new();
	struct credential vera = visitor("AAAAAAAAAAAAAAAAAAAAAA"), otto = visitor("BBBBBBBBBBBBBBBBBBBBBB");

	assert_int_equal(count_allowed(table, FLOOD_MESSAGE, "192.0.2.1", &vera, 0, 1000), 60);
	assert_int_equal(count_allowed(table, FLOOD_MESSAGE, "192.0.2.1", &otto, 0, 1000), 60);
	flood_table_free(table);
}

TEST(inventing_credentials_does_not_help_an_address)
{
	struct flood_table *table = flood_table_new();
	unsigned allowed = 0;

	for (int i = 0; i < 1000; i++) {
		struct credential made_up = { .kind = CREDENTIAL_TOKEN };

		memcpy(&made_up.token, &i, sizeof i);
		allowed += flood_allows(table, FLOOD_MESSAGE, "192.0.2.1", &made_up, 0, NULL);
	}
	assert_int_equal(allowed, 300);
	flood_table_free(table);
}

TEST(staff_may_send_more_than_a_visitor)
{
	struct flood_table *table = flood_table_new();
	struct credential ann = { .kind = CREDENTIAL_SESSION, .session_id = 7 };

	assert_int_equal(count_allowed(table, FLOOD_MESSAGE, "192.0.2.1", &ann, 0, 1000), 240);
	flood_table_free(table);
}

TEST(a_clock_that_jumps_back_refills_nothing_and_locks_nobody_out)
{
	struct flood_table *table = flood_table_new();

	assert_int_equal(count_allowed(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 1000000, 99), 10);
	assert_int_equal(count_allowed(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 0, 99), 0);
	assert_int_equal(count_allowed(table, FLOOD_PASSWORD, "192.0.2.1", &nobody, 60000, 99), 10);
	flood_table_free(table);
}

TEST(callers_by_the_million_share_one_bucket)
{
	struct flood_table *table = flood_table_new();
	unsigned allowed = 0;

	for (int i = 0; i < LIMIT_FLOOD_BUCKETS; i++) {
		g_autofree char *address = g_strdup_printf("10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);

		assert_true(flood_allows(table, FLOOD_START, address, &nobody, 0, NULL));
	}
	assert_int_equal(flood_table_count(table), LIMIT_FLOOD_BUCKETS);
	for (int i = 0; i < 100; i++) {
		g_autofree char *address = g_strdup_printf("11.0.0.%d", i);

		allowed += flood_allows(table, FLOOD_START, address, &nobody, 0, NULL);
	}
	assert_int_equal(allowed, 12);
	assert_int_equal(flood_table_count(table), LIMIT_FLOOD_BUCKETS);

	/* Later the first ones have filled up again and make room. */
	assert_true(flood_allows(table, FLOOD_START, "12.0.0.1", &nobody, 10000, NULL));
	assert_int_equal(flood_table_count(table), 1);
	flood_table_free(table);
}

TEST(without_a_table_everything_is_allowed)
{
	assert_int_equal(count_allowed(NULL, FLOOD_PASSWORD, "192.0.2.1", &nobody, 0, 1000), 1000);
}
