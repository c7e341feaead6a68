/* The calendar: see calendar.h. */
#include "desk/calendar/calendar.h"

#include <string.h>

#include "base/clock.h"

#define SECONDS_PER_DAY INT64_C(86400)
#define JULIAN_1970     719163 /* GLib counts from the first day of the year 1 */

GTimeZone *
calendar_zone(const char *name)
{
	GTimeZone *zone = g_time_zone_new_identifier(name);

	return zone != NULL ? zone : g_time_zone_new_utc();
}

static int64_t
divide_down(int64_t number, int64_t by)
{
	return number / by - (number % by < 0);
}

int64_t
calendar_ahead(GTimeZone *zone, int64_t at_s)
{
	return g_time_zone_get_offset(zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at_s));
}

/* The moment as the seconds that the clock on the wall would count since its own 1970. */
static int64_t
wall(GTimeZone *zone, int64_t at_ms)
{
	int64_t at_s = divide_down(at_ms, 1000);

	return at_s + calendar_ahead(zone, at_s);
}

int64_t
calendar_day(GTimeZone *zone, int64_t at_ms)
{
	return divide_down(wall(zone, at_ms), SECONDS_PER_DAY);
}

int
calendar_minute(GTimeZone *zone, int64_t at_ms)
{
	int64_t seconds = wall(zone, at_ms);

	return (int)((seconds - divide_down(seconds, SECONDS_PER_DAY) * SECONDS_PER_DAY) / 60);
}

/* The first second at which the clock on the wall shows `wanted` or, where it jumps over that, something later. */
int64_t
calendar_moment(GTimeZone *zone, int64_t day, int minute)
{
	int64_t wanted = day * SECONDS_PER_DAY + (int64_t)minute * 60;
	/* No zone is a day or more from UTC, nor changes twice within two days. */
	int64_t before = calendar_ahead(zone, wanted - SECONDS_PER_DAY);
	int64_t after = calendar_ahead(zone, wanted + SECONDS_PER_DAY);
	int64_t early = wanted - before;

	if (before == after || calendar_ahead(zone, early) == before)
		return early * 1000;
	/* From the change on. In a gap the second reading lies before the change: then the change itself is the moment. */
	int64_t late = wanted - after;

	if (calendar_ahead(zone, late) == after)
		return late * 1000;
	while (late < early) {
		int64_t middle = late + (early - late) / 2;

		if (calendar_ahead(zone, middle) == before)
			late = middle + 1;
		else
			early = middle;
	}
	return late * 1000;
}

int
calendar_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	return (int)((day + 3) - divide_down(day + 3, 7) * 7) + 1;
}

GDate
calendar_date(int64_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + JULIAN_1970));
	return date;
}

int64_t
calendar_day_of(const GDate *date)
{
	return (int64_t)g_date_get_julian(date) - JULIAN_1970;
}

void
calendar_day_text(int64_t day, char text[CALENDAR_DAY_CHARS + 1])
{
	GDate date = calendar_date(day);

	g_snprintf(text, CALENDAR_DAY_CHARS + 1, "%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
	    g_date_get_day(&date));
}

/* `count` digits as a number, or -1. */
static int
digits(const char *text, size_t count)
{
	int number = 0;

	for (size_t i = 0; i < count; i++) {
		if (!g_ascii_isdigit(text[i]))
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

bool
calendar_day_read(const char *text, int64_t *day)
{
	GDate date;
	int year, month, number;

	if (strlen(text) != CALENDAR_DAY_CHARS || text[4] != '-' || text[7] != '-')
		return false;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	number = digits(text + 8, 2);
	if (year < 1970 || month < 1 || number < 1 ||
	    !g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
		return false;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
	*day = calendar_day_of(&date);
	return true;
}

gboolean
calendar_day_ask(const char *text, const char *field, int64_t *day, GError **error)
{
	/* People plan for years at most; so every sum of days stays one that can be written. */
	if (!calendar_day_read(text, day) || strcmp(text, "2200") >= 0)
		return refuse(error, REFUSED_RANGE, field, "wants a day from 1970 to 2199, such as 2026-03-30");
	return TRUE;
}

bool
calendar_is_holiday(int64_t day, const struct holidays *holidays)
{
	for (size_t i = 0; i < holidays->count && holidays->days[i] <= day; i++) {
		if (holidays->days[i] == day)
			return true;
	}
	return false;
}

bool
calendar_is_business_day(int64_t day, const struct holidays *holidays)
{
	return calendar_weekday(day) <= 5 && !calendar_is_holiday(day, holidays);
}

int64_t
calendar_business_days_after(GTimeZone *zone, int64_t at_ms, int count, const struct holidays *holidays)
{
	int64_t day = calendar_day(zone, at_ms);
	int minute = calendar_minute(zone, at_ms);

	if (!calendar_is_business_day(day, holidays)) {
		minute = MINUTES_PER_DAY;
		count--;
		do
			day++;
		while (!calendar_is_business_day(day, holidays));
	}
	while (count-- > 0) {
		do
			day++;
		while (!calendar_is_business_day(day, holidays));
	}
	return calendar_moment(zone, day, minute);
}
