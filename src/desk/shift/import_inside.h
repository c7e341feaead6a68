/* What the files of an import share (import.c says how it goes); nobody else's. */
#pragma once

#include "desk/shift/icalendar.h"
#include "desk/shift/shift_inside.h"

#define DAYS_OF_WEEK 7

/* A day on which a weekly event is not, on the desk's clocks. */
struct gap {
	int64_t day;
	size_t event;
};

struct import {
	struct tx *tx;
	const struct shift_import *ask;
	GTimeZone *zone; /* the desk's */
	const char *zone_name;
	GHashTable *zones; /* by the names that the calendar gives them; NULL: nobody knows it */
	struct icalendar calendar;
	bool *is_settled;       /* for each event: it says no more than what is done already */
	struct shift_plan plan; /* over the next two, which have room */
	struct shift_rule *rules;
	struct shift_oddity *oddities;
	size_t *event_of_rule; /* which says the same; calendar.count: none */
	struct gap *gaps;      /* by day, then event, once they are settled */
	size_t gap_count;
	struct shift_skipped *skipped;
	struct shift_imported *answer;
};

/* What an event is on one of its days, on the desk's clocks. */
struct span {
	int64_t day;
	int from_minute, minutes;
};

/* ---- import.c ---- */

/* Lists it as left out; the caller adds what else there is to say. */
struct shift_skipped *import_skip(
    struct import *import, const struct icalendar_event *event, enum icalendar_fault fault);
void import_skip_meeting(struct import *import, const struct icalendar_event *event, struct shift_meeting meeting);

/* Lists an event with times for what hinders it. */
void import_skip_span(struct import *import, const struct icalendar_event *event, enum icalendar_fault fault);

/* Behind all that are of that day already. */
CHECKED gboolean import_add_oddity(struct import *import, struct shift_oddity oddity, GError **error);
void import_remove_oddity(struct import *import, size_t i);

/* ---- import_clock.c ---- */

GHashTable *import_zones_new(void);

/* The zone of a time of an event, which lives as long as the import; NULL: nobody knows it. */
GTimeZone *import_zone(
    const struct import *import, const struct icalendar_event *event, const struct icalendar_time *time);

/* What the event calls the zone for which it is left out: one that nobody knows, else one that is not the desk's. NULL: none. */
const char *import_zone_name(
    const struct import *import, const struct icalendar_event *event, enum icalendar_fault fault);

/* A weekly event that begins on that day of its own zone, by the clock on the wall; else what hinders it. */
enum icalendar_fault import_span_on(
    const struct import *import, const struct icalendar_event *event, int64_t day, struct span *span);

/* A single one, by its moments. */
enum icalendar_fault import_span_once(
    const struct import *import, const struct icalendar_event *event, struct span *span);

/* The last day, in the event's zone, on the weekday of `first`, which is one of its first seven; NO_LAST_DAY: for ever. */
int64_t import_last_day(const struct import *import, const struct icalendar_event *event, int64_t first);

/* Whether one of its days begins at that time, and which of the days of its own zone that is. */
bool import_is_day(
    const struct import *import, const struct icalendar_event *event, const struct icalendar_time *time, int64_t *day);

/* Whether it is at the same minute of the desk's week on all its days, of its first year and of the coming one. */
bool import_is_steady(const struct import *import, const struct icalendar_event *event, int64_t first, int64_t last);

/* ---- import_series.c ---- */

/* What events say about each other: faults of those that another one made void. */
void import_compare_versions(struct import *import);

/* Notes the days on which a weekly event is not, and makes them days off for now. */
CHECKED gboolean import_leave_out(struct import *import, size_t index, GError **error);

/* When all weekly shifts are there: a day off takes all of its day, so the others of that day become extra ones. */
CHECKED gboolean import_settle_left_out(struct import *import, GError **error);
