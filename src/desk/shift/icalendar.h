/*
 * iCalendar (RFC 5545), as far as shifts can be said in it: a stranger's text as a list of events. docs/decisions/0017-icalendar.md
 * says why it is read here and by no library.
 *
 * icalendar_read() refuses what is no calendar at all, and names the line. An event that says something that a shift cannot be (every
 * other week, by the month, …) comes with its `fault`; the rest of such an event is not to be used, but for which day of which other one it changes. What does not matter to a shift is passed over: alarms, attendees, colours, lines that are none, and definitions of time zones, of which
 * the name is enough. Other components (tasks, journals) come as events with a fault.
 *
 * Pure; all that is given back lives in `memory` (talloc). One pass over the text, and as many rows as there are events and dates.
 * Non-goals: everything else of RFC 5545.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/shift/icalendar_fault.h"

/* A moment as it is written. */
struct icalendar_time {
	int64_t day;
	int minute;       /* of the day, by the clock of its zone */
	bool has_seconds; /* which are left out */
	bool is_date;     /* a whole day */
	bool is_utc;      /* else in `zone`; without one by whatever clock hangs on the wall */
	const char *zone; /* or NULL */
};

struct icalendar_times {
	struct icalendar_time *rows;
	size_t count, room;
};

/* Every week, on these weekdays. */
struct icalendar_rule {
	unsigned weekdays; /* bit 1 is Monday; 0: on that of the start */
	int64_t count;     /* so many times; 0: no matter */
	bool has_until;
	struct icalendar_time until;
};

struct icalendar_event {
	int line; /* where it begins, from 1 */
	enum icalendar_fault fault;
	const char *property; /* whose fault that is, or NULL */
	const char *summary, *description;
	struct icalendar_time start, end;
	bool has_start, has_end, has_duration, has_rule, has_instead;
	bool is_transparent; /* whoever has it is free */
	bool is_cancelled, is_since;
	bool is_whole; /* of whole days, though it has times: they are midnights */
	int64_t duration_days,
	    duration_minutes;          /* of one without an end: days by the clock on the wall, then minutes */
	const char *uid;               /* what its versions and its changed days share; or NULL */
	int sequence;                  /* the highest is the last version */
	struct icalendar_time instead; /* which day of the repeated one it is; is_since: and all after it */
	struct icalendar_rule rule;
	struct icalendar_times left_out; /* days on which it is not, though the rule says so */
	const char *zone;                /* that of the calendar, for times that name none; or NULL */
};

struct icalendar {
	struct icalendar_event *events;
	size_t count, room;
};

/* REFUSED_RANGE (field calendar, with a cause) for what is no calendar, and for more than `max` events. */
CHECKED gboolean icalendar_read(const char *text, size_t max, void *memory, struct icalendar *calendar, GError **error);
