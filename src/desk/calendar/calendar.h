/*
 * The calendar: days and minutes of a time zone, as the people of a desk count them.
 *
 * A *day* is a number, 0 for 1970-01-01, of the calendar on the wall there; a *moment* is milliseconds since 1970 UTC, as
 * everywhere. A *minute* is counted from midnight by the clock on the wall: 0 to 1439, or more for what runs past midnight.
 * On the day when clocks go forward some minutes do not exist: their moment is the first one after the gap. On the day when they go back
 * some exist twice: their moment is the first. So every minute has exactly one moment, and later minutes never come earlier.
 *
 * A *business day* is a Monday to Friday that is no holiday.
 *
 * Pure, but for reading the system's table of time zones; any thread. Non-goals: weeks, months, formatting for people (the pages').
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MINUTES_PER_DAY    1440
#define CALENDAR_DAY_CHARS 10 /* "2026-03-30" */

/* The zone of that name ("Europe/Lisbon"); UTC for a name that this system does not know. */
GTimeZone *calendar_zone(const char *name);

/* The day, and the minute of it, at a moment. */
int64_t calendar_day(GTimeZone *zone, int64_t at_ms);
int calendar_minute(GTimeZone *zone, int64_t at_ms);

/* Seconds by which the clock on the wall is ahead of UTC at a moment, which is in seconds too. */
int64_t calendar_ahead(GTimeZone *zone, int64_t at_s);

/* The moment of a minute of a day. */
int64_t calendar_moment(GTimeZone *zone, int64_t day, int minute);

/* A day by its year, month and number in it; and back. */
GDate calendar_date(int64_t day);
int64_t calendar_day_of(const GDate *date);

/* 1 for Monday to 7 for Sunday. */
int calendar_weekday(int64_t day);

/* "2026-03-30", with its zero byte; and back: false for what is no day of the years 1970 to 9999. */
void calendar_day_text(int64_t day, char text[CALENDAR_DAY_CHARS + 1]);
bool calendar_day_read(const char *text, int64_t *day);

/* The same of what somebody asked for: REFUSED_RANGE with that field for what is no day of the years 1970 to 2199. */
CHECKED gboolean calendar_day_ask(const char *text, const char *field, int64_t *day, GError **error);

/* Holidays, as days in rising order. */
struct holidays {
	const int64_t *days;
	size_t count;
};

bool calendar_is_holiday(int64_t day, const struct holidays *holidays);
bool calendar_is_business_day(int64_t day, const struct holidays *holidays);

/*
 * The moment `count` business days after `at_ms`, at the same minute of the day. What begins on another day counts from the
 * start of the next business day: on a Saturday one business day ends with Monday.
 */
int64_t calendar_business_days_after(GTimeZone *zone, int64_t at_ms, int count, const struct holidays *holidays);
