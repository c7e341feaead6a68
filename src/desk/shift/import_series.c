/*
 * Events that say something about each other: versions of one, days of a repeated one that are otherwise. See import_inside.h.
 *
 * A changed day is an event of its own, with the id of the repeated one and the time at which that would have been: the repeated one is
 * not on that day, and the changed one stands for itself, wherever it was moved to.
 */
#include <stdlib.h>
#include <string.h>

#include "desk/calendar/holiday.h"
#include "desk/shift/import_inside.h"

/* ---- Versions ---- */

static bool
is_same_time(const struct icalendar_time *one, const struct icalendar_time *other)
{
	return one->day == other->day && one->minute == other->minute && one->is_date == other->is_date &&
	    one->is_utc == other->is_utc && g_strcmp0(one->zone, other->zone) == 0;
}

static bool
is_related(const struct icalendar_event *one, const struct icalendar_event *other)
{
	return one != other && one->fault != FAULT_NOT_EVENT && other->fault != FAULT_NOT_EVENT && one->uid != NULL &&
	    other->uid != NULL && strcmp(one->uid, other->uid) == 0;
}

static bool
is_newer(const struct icalendar_event *one, const struct icalendar_event *other)
{
	return is_related(one, other) && one->sequence > other->sequence && one->has_instead == other->has_instead &&
	    (!one->has_instead || is_same_time(&one->instead, &other->instead));
}

/* Whether it is the repeated event of which the other is a day. */
static bool
is_series(const struct icalendar_event *series, const struct icalendar_event *day)
{
	return series->has_rule && !series->has_instead && day->has_instead && is_related(series, day);
}

static void
set_fault(struct icalendar_event *event, enum icalendar_fault fault)
{
	event->fault = fault;
	event->property = NULL;
}

/* What is wrong with which day it changes, which is then wrong with the repeated one too. */
static enum icalendar_fault
fault_of_day(const struct import *import, const struct icalendar_event *day)
{
	if (day->is_since)
		return FAULT_CHANGED_SINCE;
	return import_zone(import, day, &day->instead) == NULL ? FAULT_UNKNOWN_ZONE : FAULT_NONE;
}

static void
compare_with_series(struct import *import, struct icalendar_event *day)
{
	enum icalendar_fault fault = day->has_instead ? fault_of_day(import, day) : FAULT_NONE;

	if (fault == FAULT_NONE)
		return;
	for (size_t i = 0; i < import->calendar.count; i++) {
		struct icalendar_event *series = &import->calendar.events[i];

		if (is_series(series, day) && series->fault == FAULT_NONE)
			set_fault(series, fault);
	}
	set_fault(day, fault);
}

void
import_compare_versions(struct import *import)
{
	struct icalendar *calendar = &import->calendar;

	for (size_t i = 0; i < calendar->count; i++) {
		struct icalendar_event *event = &calendar->events[i];

		for (size_t k = 0; k < calendar->count && event->fault != FAULT_OUTDATED; k++) {
			if (is_newer(&calendar->events[k], event))
				set_fault(event, FAULT_OUTDATED);
		}
		if (event->fault == FAULT_NONE && event->has_rule &&
		    import_zone_name(import, event, FAULT_UNKNOWN_ZONE) != NULL)
			set_fault(event, FAULT_UNKNOWN_ZONE);
	}
	for (size_t i = 0; i < calendar->count; i++) {
		if (calendar->events[i].fault != FAULT_OUTDATED)
			compare_with_series(import, &calendar->events[i]);
	}
}

/* ---- Days that are left out ---- */

static gboolean
add_gap(struct import *import, size_t index, int64_t day, GError **error)
{
	import->gaps[import->gap_count++] = (struct gap) { day, index };
	return shift_is_off(&import->plan, import->ask->person, day) ||
	    calendar_is_holiday(day, &import->plan.holidays) ||
	    import_add_oddity(import, (struct shift_oddity) { .day = day, .is_off = true, .id = -1 }, error);
}

/* A day of its own zone, which becomes one of the desk's. */
static gboolean
leave_out_day(struct import *import, size_t index, int64_t own_day, GError **error)
{
	struct span span;

	return import_span_on(import, &import->calendar.events[index], own_day, &span) != FAULT_NONE ||
	    add_gap(import, index, span.day, error);
}

/* Whether the changed day is where and as long as it would have been: only its words are others. */
static bool
is_unchanged(const struct import *import, const struct icalendar_event *series, int64_t own_day,
    const struct icalendar_event *day)
{
	struct span before, after;

	return day->fault == FAULT_NONE && !day->start.is_date &&
	    import_span_on(import, series, own_day, &before) == FAULT_NONE &&
	    import_span_once(import, day, &after) == FAULT_NONE && before.day == after.day &&
	    before.from_minute == after.from_minute && before.minutes == after.minutes;
}

/* Whether it says itself that it is not on that day; its gaps begin with `first`. */
static bool
is_noted(const struct import *import, size_t first, const struct icalendar_event *series, int64_t own_day)
{
	struct span span;

	if (import_span_on(import, series, own_day, &span) != FAULT_NONE)
		return false;
	for (size_t i = first; i < import->gap_count; i++) {
		if (import->gaps[i].day == span.day)
			return true;
	}
	return false;
}

static gboolean
leave_out_changed(struct import *import, size_t index, size_t first, GError **error)
{
	const struct icalendar_event *series = &import->calendar.events[index];
	int64_t own_day;

	for (size_t i = 0; i < import->calendar.count; i++) {
		const struct icalendar_event *day = &import->calendar.events[i];

		if (!is_series(series, day) || day->fault == FAULT_OUTDATED ||
		    !import_is_day(import, series, &day->instead, &own_day))
			continue;

		bool is_same = is_unchanged(import, series, own_day, day) && !is_noted(import, first, series, own_day);

		import->is_settled[i] = day->is_cancelled || is_same;
		if (!is_same && !leave_out_day(import, index, own_day, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
import_leave_out(struct import *import, size_t index, GError **error)
{
	const struct icalendar_event *event = &import->calendar.events[index];
	size_t first = import->gap_count;
	int64_t own_day;

	for (size_t i = 0; i < event->left_out.count; i++) {
		if (import_is_day(import, event, &event->left_out.rows[i], &own_day) &&
		    !leave_out_day(import, index, own_day, error))
			return FALSE;
	}
	return leave_out_changed(import, index, first, error);
}

/* ---- What else is on such a day ---- */

static int
compare_gaps(const void *one, const void *other)
{
	const struct gap *a = one, *b = other;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return a->event < b->event ? -1 : a->event > b->event;
}

static bool
is_gap(const struct import *import, size_t event, int64_t day)
{
	const struct gap wanted = { day, event };

	return import->gap_count > 0 &&
	    bsearch(&wanted, import->gaps, import->gap_count, sizeof wanted, compare_gaps) != NULL;
}

/* Whether one of its weekly shifts falls away on that day. */
static bool
is_any_left_out(const struct import *import, int64_t day)
{
	for (size_t i = 0; i < import->plan.rule_count; i++) {
		if (shift_is_due(&import->rules[i], day) && is_gap(import, import->event_of_rule[i], day))
			return true;
	}
	return false;
}

/* A weekly shift that goes on on a day off is an extra one. */
static gboolean
keep_rule(struct import *import, size_t i, int64_t day, GError **error)
{
	const struct shift_rule *rule = &import->rules[i];
	struct shift_meeting meeting;
	bool is_new = import->event_of_rule[i] < import->calendar.count;

	if (!span_meets(import->tx, &import->plan, day, rule->from_minute, rule->minutes, &meeting))
		return import_add_oddity(import,
		    (struct shift_oddity) { .day = day, .from_minute = rule->from_minute, .minutes = rule->minutes },
		    error);
	if (is_new)
		import_skip_meeting(import, &import->calendar.events[import->event_of_rule[i]], meeting);
	return TRUE;
}

static gboolean
settle_day(struct import *import, int64_t day, GError **error)
{
	for (size_t i = 0; i < import->plan.rule_count; i++) {
		if (shift_is_due(&import->rules[i], day) && !is_gap(import, import->event_of_rule[i], day) &&
		    !keep_rule(import, i, day, error))
			return FALSE;
	}
	return TRUE;
}

/* The place of a day off that is so for now; the number of all: there is none. */
static size_t
find_for_now(const struct import *import)
{
	size_t i = 0;

	while (i < import->plan.oddity_count && import->oddities[i].id != -1)
		i++;
	return i;
}

gboolean
import_settle_left_out(struct import *import, GError **error)
{
	if (import->gap_count > 0)
		qsort(import->gaps, import->gap_count, sizeof *import->gaps, compare_gaps);
	for (size_t i = find_for_now(import); i < import->plan.oddity_count; i = find_for_now(import)) {
		int64_t day = import->oddities[i].day;

		import->oddities[i].id = 0;
		if (!is_any_left_out(import, day))
			import_remove_oddity(import, i);
		else if (!settle_day(import, day, error))
			return FALSE;
	}
	return TRUE;
}
