/*
 * Times: what shifts come to on the days of a calendar, with their moments, and whether two of them meet. Pure; what is given back
 * lives in `memory` (talloc). The rules are those of shift.h.
 *
 * A *wall minute* is counted from the first minute of 1970 by the clock on the wall, as if it were never set: day * 1440 + minute. Two
 * shifts that do not meet by the wall do not meet in time, since calendar_moment() never goes back.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/calendar/calendar.h"
#include "desk/shift/shift.h"

#define NO_LAST_DAY INT64_MAX

/* A weekly shift. */
struct shift_rule {
	int64_t id, person;
	int weekday, from_minute, minutes;
	int64_t first_day, last_day;
};

struct shift_oddity {
	int64_t id, person, day;
	bool is_off;
	int from_minute, minutes;
	const char *reason; /* or NULL */
};

struct shift_plan {
	GTimeZone *zone;
	struct holidays holidays;
	const struct shift_rule *rules;
	size_t rule_count;
	const struct shift_oddity *oddities; /* by person, day */
	size_t oddity_count;
};

struct shift_time {
	int64_t person;
	int64_t shift, exception; /* one of them is 0 */
	int64_t day;
	int from_minute, minutes;
	int64_t starts_at, ends_at;
};

/*
 * All that begin on one of the days from..until, in the order in which they begin, then by person; at most `max`, and one more where
 * there are more. A shift that lies wholly in the missing hour is none.
 */
size_t shift_times(
    const struct shift_plan *plan, int64_t from, int64_t until, size_t max, void *memory, struct shift_time **times);

/* Whether a weekly shift begins on that day, by its own days, and by what falls away. */
bool shift_is_due(const struct shift_rule *rule, int64_t day);
bool shift_takes_place(const struct shift_plan *plan, const struct shift_rule *rule, int64_t day);

/* The first and the last day on which it is due; NO_LAST_DAY: for ever. The first after the last: never. */
int64_t shift_first_day(const struct shift_rule *rule);
int64_t shift_last_day(const struct shift_rule *rule);

/* Whether that day of theirs is one off. */
bool shift_is_off(const struct shift_plan *plan, int64_t person, int64_t day);

/* Whether two weekly shifts of one person meet on any day of their days. */
bool shift_rules_meet(const struct shift_rule *one, const struct shift_rule *other);

/* Whether from..from+minutes of a day meets the same of another. */
bool shift_spans_meet(int64_t day, int from, int minutes, int64_t other_day, int other_from, int other_minutes);

/* Of one person's times, as shift_times() gives them: what goes on at a moment, and what comes next. */
struct shift_now shift_now_of(const struct shift_time *times, size_t count, int64_t now);
