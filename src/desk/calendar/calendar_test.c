/* Facts about days, minutes and moments. */
#include "desk/calendar/calendar.h"

#include "base/clock.h"
#include "tests/kit/facts.h"

/* The moment that a text in UTC names. */
static int64_t
utc(const char *text)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);

	return g_date_time_to_unix(at) * 1000;
}

static int64_t
day(const char *text)
{
	int64_t number;

	assert_true(calendar_day_read(text, &number));
	return number;
}

TEST(a_day_is_that_of_the_clock_on_the_wall)
{
	g_autoptr(GTimeZone) denver = calendar_zone("America/Denver"), auckland = calendar_zone("Pacific/Auckland");
	int64_t at = utc("2026-03-30T02:30:00Z");

	assert_int_equal(calendar_day(denver, at), day("2026-03-29"));
	assert_int_equal(calendar_minute(denver, at), 20 * 60 + 30);
	assert_int_equal(calendar_day(auckland, at), day("2026-03-30"));
	assert_int_equal(calendar_minute(auckland, at), 15 * 60 + 30);
}

TEST(before_1970_and_in_the_last_second_of_a_day_the_day_is_right_too)
{
	g_autoptr(GTimeZone) zone = calendar_zone("UTC");

	assert_int_equal(calendar_day(zone, -1), -1);
	assert_int_equal(calendar_minute(zone, -1), 1439);
	assert_int_equal(calendar_day(zone, MS_PER_DAY - 1), 0);
	assert_int_equal(calendar_day(zone, MS_PER_DAY), 1);
}

TEST(a_zone_that_nobody_knows_is_utc)
{
	g_autoptr(GTimeZone) zone = calendar_zone("Atlantis/Harbour");

	assert_int_equal(calendar_minute(zone, utc("2026-07-01T12:00:00Z")), 12 * 60);
}

TEST(a_minute_that_does_not_exist_is_the_first_one_after_the_gap)
{
	g_autoptr(GTimeZone) zone = calendar_zone("America/Denver");
	int64_t change = utc("2026-03-08T09:00:00Z");

	assert_int_equal(calendar_moment(zone, day("2026-03-08"), 119), change - MS_PER_MINUTE);
	for (int minute = 120; minute <= 180; minute++)
		assert_int_equal(calendar_moment(zone, day("2026-03-08"), minute), change);
	assert_int_equal(calendar_moment(zone, day("2026-03-08"), 181), change + MS_PER_MINUTE);
}

TEST(a_minute_that_exists_twice_is_the_first)
{
	g_autoptr(GTimeZone) zone = calendar_zone("America/Denver");

	assert_int_equal(calendar_moment(zone, day("2026-11-01"), 60), utc("2026-11-01T07:00:00Z"));
	assert_int_equal(calendar_moment(zone, day("2026-11-01"), 119), utc("2026-11-01T07:59:00Z"));
	assert_int_equal(calendar_moment(zone, day("2026-11-01"), 120), utc("2026-11-01T09:00:00Z"));
}

TEST(the_days_of_23_and_25_hours_are_so_long)
{
	g_autoptr(GTimeZone) zone = calendar_zone("Europe/Berlin");

	assert_int_equal(calendar_moment(zone, day("2026-03-30"), 0) - calendar_moment(zone, day("2026-03-29"), 0),
	    23 * MS_PER_HOUR);
	assert_int_equal(calendar_moment(zone, day("2026-10-26"), 0) - calendar_moment(zone, day("2026-10-25"), 0),
	    25 * MS_PER_HOUR);
}

/* Lord Howe Island moves by half an hour, Saint John's stands between hours, Apia once left a day out. */
TEST(later_minutes_never_come_earlier_in_any_zone)
{
	static const char *const names[] = { "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia",
		"Asia/Kathmandu", "Africa/Casablanca", "Pacific/Chatham", "UTC" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GTimeZone) zone = calendar_zone(names[i]);
		int64_t last = calendar_moment(zone, day("2025-12-31"), MINUTES_PER_DAY - 1);

		for (int64_t number = day("2026-01-01"); number < day("2027-01-01"); number++) {
			for (int minute = 0; minute < MINUTES_PER_DAY; minute += 15) {
				int64_t at = calendar_moment(zone, number, minute);

				assert_true(at >= last);
				assert_true(calendar_day(zone, at) == number);
				assert_true(calendar_minute(zone, at) >= minute);
				last = at;
			}
		}
	}
}

TEST(minutes_past_midnight_are_the_next_days)
{
	g_autoptr(GTimeZone) zone = calendar_zone("Europe/Lisbon");

	assert_int_equal(
	    calendar_moment(zone, day("2026-05-04"), 1440 + 90), calendar_moment(zone, day("2026-05-05"), 90));
}

TEST(weekdays_go_from_monday_to_sunday)
{
	assert_int_equal(calendar_weekday(day("2026-03-30")), 1);
	assert_int_equal(calendar_weekday(day("2026-04-05")), 7);
	assert_int_equal(calendar_weekday(day("1970-01-01")), 4);
	assert_int_equal(calendar_weekday(-1), 3);
}

TEST(a_day_is_written_as_it_is_read)
{
	char text[CALENDAR_DAY_CHARS + 1];

	for (int64_t number = 0; number < 60000; number += 97) {
		int64_t back;

		calendar_day_text(number, text);
		assert_true(calendar_day_read(text, &back));
		assert_int_equal(back, number);
	}
	calendar_day_text(day("2028-02-29"), text);
	assert_string_equal(text, "2028-02-29");
}

TEST(what_is_no_day_is_not_read)
{
	static const char *const wrong[] = { "", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
		"2026-1-1", "2026-01-011", "20260101  ", "1969-12-31", "2026/01/01", "+026-01-01", "2026-01-1x" };
	int64_t number = 7;

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_false(calendar_day_read(wrong[i], &number));
	assert_int_equal(number, 7);
}

TEST(every_beginning_of_a_day_is_refused)
{
	const char *whole = "2026-03-30";
	int64_t number;

	for (size_t length = 0; length < CALENDAR_DAY_CHARS; length++) {
		g_autofree char *text = g_strndup(whole, length);

		assert_false(calendar_day_read(text, &number));
	}
}

static int64_t
one_business_day_after(const char *at, const struct holidays *holidays)
{
	g_autoptr(GTimeZone) zone = calendar_zone("America/Denver");

	return calendar_business_days_after(zone, utc(at), 1, holidays);
}

TEST(one_business_day_is_the_same_minute_of_the_next_one)
{
	const struct holidays none = { 0 };

	assert_int_equal(one_business_day_after("2026-03-31T16:20:00Z", &none), utc("2026-04-01T16:20:00Z"));
	/* A Friday's ends on Monday. */
	assert_int_equal(one_business_day_after("2026-03-27T16:20:00Z", &none), utc("2026-03-30T16:20:00Z"));
	/* Over the night when the clocks change it is an hour less. */
	assert_int_equal(one_business_day_after("2026-03-06T17:00:00Z", &none), utc("2026-03-09T16:00:00Z"));
}

TEST(what_begins_on_a_weekend_ends_with_the_next_business_day)
{
	const struct holidays none = { 0 };

	assert_int_equal(one_business_day_after("2026-03-28T16:20:00Z", &none), utc("2026-03-31T06:00:00Z"));
}

TEST(holidays_are_no_business_days)
{
	int64_t days[] = { day("2026-03-30"), day("2026-03-31") };
	const struct holidays easter = { days, G_N_ELEMENTS(days) };

	assert_false(calendar_is_business_day(day("2026-03-30"), &easter));
	assert_true(calendar_is_business_day(day("2026-04-01"), &easter));
	assert_int_equal(one_business_day_after("2026-03-27T16:20:00Z", &easter), utc("2026-04-01T16:20:00Z"));
	assert_int_equal(one_business_day_after("2026-03-30T16:20:00Z", &easter), utc("2026-04-02T06:00:00Z"));
}
