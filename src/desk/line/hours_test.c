/* Facts about opening hours. */
#include "desk/line/hours.h"

#include "base/clock.h"
#include "tests/kit/facts.h"

static int64_t
at(const char *text)
{
	g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(text, NULL);

	assert_non_null(moment);
	return g_date_time_to_unix(moment) * MS_PER_SECOND;
}

/* Monday to Friday, 9 to 17, and Sunday from half past two to six. */
static const struct hours_span spans[] = {
	{ 1, 540, 1020 },
	{ 2, 540, 1020 },
	{ 3, 540, 1020 },
	{ 4, 540, 1020 },
	{ 5, 540, 1020 },
	{ 7, 150, 360 },
};
static const struct hours office = { spans, 5 }, with_sunday = { spans, 6 };

static void
assert_opens(const struct hours *hours, const char *zone_name, const char *now, const char *expected)
{
	g_autoptr(GTimeZone) zone = calendar_zone(zone_name);

	assert_int_equal(hours_open_at(hours, zone, at(now)), at(expected));
	assert_int_equal(hours_are_open(hours, zone, at(now)), at(now) == at(expected));
}

TEST(a_desk_without_hours_is_always_open)
{
	static const struct hours always;

	assert_opens(&always, "UTC", "2026-03-29T03:00:00Z", "2026-03-29T03:00:00Z");
}

TEST(a_desk_opens_with_the_first_minute_and_closes_with_the_last)
{
	assert_opens(&office, "UTC", "2026-03-30T08:59:59Z", "2026-03-30T09:00:00Z");
	assert_opens(&office, "UTC", "2026-03-30T09:00:00Z", "2026-03-30T09:00:00Z");
	assert_opens(&office, "UTC", "2026-03-30T16:59:59Z", "2026-03-30T16:59:59Z");
	assert_opens(&office, "UTC", "2026-03-30T17:00:00Z", "2026-03-31T09:00:00Z");
}

TEST(over_a_weekend_it_opens_on_monday)
{
	assert_opens(&office, "UTC", "2026-04-03T17:00:00Z", "2026-04-06T09:00:00Z");
}

TEST(a_span_until_midnight_ends_there)
{
	static const struct hours_span late[] = { { 1, 1200, 1440 }, { 2, 0, 60 } };
	static const struct hours hours = { late, 2 };

	assert_opens(&hours, "UTC", "2026-03-30T23:59:00Z", "2026-03-30T23:59:00Z");
	assert_opens(&hours, "UTC", "2026-03-31T00:59:00Z", "2026-03-31T00:59:00Z");
	assert_opens(&hours, "UTC", "2026-03-31T01:00:00Z", "2026-04-06T20:00:00Z");
}

TEST(the_hours_are_those_on_the_desks_wall_on_both_sides_of_a_change_of_clocks)
{
	/* New York: forward on 8 March 2026, back on 1 November. */
	assert_opens(&office, "America/New_York", "2026-03-06T22:00:00Z", "2026-03-09T13:00:00Z");
	assert_opens(&office, "America/New_York", "2026-02-27T22:00:00Z", "2026-03-02T14:00:00Z");
	assert_opens(&office, "America/New_York", "2026-10-30T21:00:00Z", "2026-11-02T14:00:00Z");
}

TEST(a_span_that_begins_where_the_clocks_skip_begins_after_the_gap)
{
	/* 02:30 does not exist there on 8 March: it is 03:00 at once. */
	assert_opens(&with_sunday, "America/New_York", "2026-03-08T06:59:00Z", "2026-03-08T07:00:00Z");
}

TEST(a_span_that_the_clocks_skip_whole_is_that_of_the_week_after)
{
	static const struct hours_span skipped[] = { { 7, 130, 170 } };
	static const struct hours hours = { skipped, 1 };

	assert_opens(&hours, "America/New_York", "2026-03-08T06:00:00Z", "2026-03-15T06:10:00Z");
}

TEST(where_the_hour_comes_twice_the_desk_is_open_twice)
{
	static const struct hours_span night[] = { { 7, 60, 120 } };
	static const struct hours hours = { night, 1 };

	assert_opens(&hours, "America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T05:30:00Z");
	assert_opens(&hours, "America/New_York", "2026-11-01T06:30:00Z", "2026-11-01T06:30:00Z");
	assert_opens(&hours, "America/New_York", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z");
}
