/*
 * Shifts out of other calendar programs: see shift.h.
 *
 * All is decided on a plan in memory, to which what is new is added with negative ids (shifts) or none (exceptions), and written at
 * the end. First the days off, then the weekly shifts, then the extra ones, so that nothing depends on the order of the events.
 */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"
#include "desk/calendar/holiday.h"
#include "desk/setting/setting.h"
#include "desk/shift/icalendar.h"
#include "desk/shift/shift_inside.h"
#include "sql/shift_sql.h"

#define DAYS_OF_WEEK  7
#define WEEKS_OF_YEAR 53

/* A day that an event leaves out, on the desk's clocks. */
struct gap {
	size_t event;
	int64_t day;
};

struct import {
	struct tx *tx;
	const struct shift_import *ask;
	GTimeZone *zone;
	const char *zone_name;
	struct icalendar calendar;
	struct shift_plan plan; /* over the next two, which have room */
	struct shift_rule *rules;
	struct shift_oddity *oddities;
	size_t *event_of_rule; /* which says the same; calendar.count: none */
	struct gap *gaps;
	size_t gap_count;
	struct shift_skipped *skipped;
	struct shift_imported *answer;
};

/* What an event is on one of its days, on the desk's clocks. */
struct span {
	int64_t day;
	int from_minute, minutes;
};

/* What of a text fits, without cutting a character in two; NULL for nothing to see. */
static const char *
shortened(const struct import *import, const char *text, size_t bytes)
{
	gsize size;

	if (text == NULL || text_is_blank(text))
		return NULL;
	for (size = strlen(text); size > bytes; size = (gsize)(g_utf8_prev_char(text + size) - text))
		;
	return tx_text(import->tx, "%.*s", (int)size, text);
}

/* Lists it as left out; the caller adds what else there is to say. */
static struct shift_skipped *
skip(struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
{
	struct shift_imported *answer = import->answer;
	/* One more than is listed has room. */
	struct shift_skipped *row = &import->skipped[answer->skipped.count];

	if (answer->left_out++ < LIMIT_CALENDAR_SKIPPED)
		answer->skipped.count++;
	*row = (struct shift_skipped) { .line = event->line,
		.what = event->summary == NULL || *event->summary == '\0' ? NULL : event->summary,
		.code = icalendar_fault_code(fault),
		.why = icalendar_fault_words(fault) };
	return row;
}

static void
skip_meeting(struct import *import, const struct icalendar_event *event, struct shift_meeting meeting)
{
	struct shift_skipped *row = skip(import, event, FAULT_MEETS);

	row->why = meeting_text(import->tx, &meeting);
	row->meets = meeting;
}

/* ---- Time zones ---- */

/* The zone of a time: NULL for the desk's own. False: nobody knows it. */
static bool
zone_of(const struct import *import, const struct icalendar_time *time, GTimeZone **zone)
{
	const char *name = time->is_utc ? "UTC" : time->zone;

	*zone = NULL;
	/* Some programs write a path of their own before the name. */
	while (name != NULL && !setting_is_time_zone(name)) {
		name = strchr(name, '/');
		if (name == NULL)
			return false;
		name++;
	}
	if (name != NULL && !g_str_equal(name, import->zone_name))
		*zone = calendar_zone(name);
	return true;
}

/* The same moment on the desk's clocks, as a wall minute (times.h). */
static int64_t
wall_of(const struct import *import, GTimeZone *zone, int64_t day, int minute)
{
	if (zone == NULL)
		return day * MINUTES_PER_DAY + minute;

	int64_t at = calendar_moment(zone, day, minute);

	return calendar_day(import->zone, at) * MINUTES_PER_DAY + calendar_minute(import->zone, at);
}

/* An event that begins on that day of its own zone; else what hinders it. */
static enum icalendar_fault
span_on(const struct import *import, const struct icalendar_event *event, int64_t day, struct span *span)
{
	g_autoptr(GTimeZone) start_zone = NULL, end_zone = NULL;
	const struct icalendar_time *end = event->has_end ? &event->end : &event->start;
	int64_t minutes = event->has_end ? 0 : event->duration_minutes, days = end->day - event->start.day;

	if (!zone_of(import, &event->start, &start_zone) || !zone_of(import, end, &end_zone))
		return FAULT_UNKNOWN_ZONE;
	if (days < 0)
		return FAULT_ENDS_FIRST;
	if (days > 2 || minutes > SHIFT_MINUTES_MAX)
		return FAULT_TOO_LONG;

	int64_t from = wall_of(import, start_zone, day, event->start.minute);
	int64_t until = wall_of(import, end_zone, day + days, end->minute + (int)minutes);

	*span = (struct span) { .day = from / MINUTES_PER_DAY,
		.from_minute = (int)(from % MINUTES_PER_DAY),
		.minutes = (int)(until - from) };
	return span->minutes < 0                ? FAULT_ENDS_FIRST
	    : span->minutes < SHIFT_MINUTES_MIN ? FAULT_TOO_SHORT
	    : span->minutes > SHIFT_MINUTES_MAX ? FAULT_TOO_LONG
						: FAULT_NONE;
}

/* The zone that such a fault is about: of its beginning, or where that one is none of it of its end. */
static const char *
zone_at_fault(const struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
{
	g_autoptr(GTimeZone) zone = NULL;
	bool is_start = fault == FAULT_UNKNOWN_ZONE ? !zone_of(import, &event->start, &zone)
						    : zone_of(import, &event->start, &zone) && zone != NULL;
	const struct icalendar_time *time = is_start ? &event->start : &event->end;

	return shortened(import, time->is_utc ? "UTC" : time->zone, LIMIT_NAME_BYTES);
}

/* Lists an event with times for what hinders it. */
static void
skip_span(struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
{
	struct shift_skipped *row = skip(import, event, fault);

	if (fault == FAULT_UNKNOWN_ZONE || fault == FAULT_OTHER_CLOCKS)
		row->zone = zone_at_fault(import, event, fault);
}

/* ---- The plan ---- */

static gboolean
load(struct import *import, GError **error)
{
	struct shift_plan *plan = &import->plan;
	void *memory = tx_memory(import->tx);
	size_t rule_room, oddity_room;

	if (!plan_load(import->tx, import->ask->person, DAY_MIN, DAY_MAX, plan, error))
		return FALSE;
	rule_room = plan->rule_count + LIMIT_SHIFTS_PER_PERSON;
	oddity_room = plan->oddity_count + LIMIT_SHIFT_EXCEPTIONS;
	import->rules = talloc_array(memory, struct shift_rule, rule_room);
	import->event_of_rule = talloc_array(memory, size_t, rule_room);
	import->oddities = talloc_array(memory, struct shift_oddity, oddity_room);
	import->skipped = talloc_array(memory, struct shift_skipped, LIMIT_CALENDAR_SKIPPED + 1);
	g_assert(import->rules != NULL && import->oddities != NULL);
	for (size_t i = 0; i < plan->rule_count; i++) {
		import->rules[i] = plan->rules[i];
		import->event_of_rule[i] = import->calendar.count;
	}
	for (size_t i = 0; i < plan->oddity_count; i++)
		import->oddities[i] = plan->oddities[i];
	plan->rules = import->rules;
	plan->oddities = import->oddities;
	plan->zone = import->zone;
	return TRUE;
}

/* Behind all that are of that day already. */
static gboolean
add_oddity(struct import *import, struct shift_oddity oddity, GError **error)
{
	struct shift_plan *plan = &import->plan;
	size_t i = plan->oddity_count;

	if (plan->oddity_count >= LIMIT_SHIFT_EXCEPTIONS)
		return icalendar_refuse(REFUSED_STATE, FAULT_MANY_DAYS, 0, error);
	oddity.person = import->ask->person;
	for (; i > 0 && import->oddities[i - 1].day > oddity.day; i--)
		import->oddities[i] = import->oddities[i - 1];
	import->oddities[i] = oddity;
	plan->oddity_count++;
	return TRUE;
}

static void
remove_oddity(struct import *import, size_t i)
{
	for (size_t k = i + 1; k < import->plan.oddity_count; k++)
		import->oddities[k - 1] = import->oddities[k];
	import->plan.oddity_count--;
}

/* ---- Days off ---- */

static const char *
reason_of(const struct import *import, const struct icalendar_event *event)
{
	return shortened(import, event->description, LIMIT_REASON_BYTES);
}

static gboolean
add_days_off(struct import *import, const struct icalendar_event *event, GError **error)
{
	int64_t last = event->has_end ? event->end.day - 1
	    : event->has_duration     ? event->start.day + event->duration_minutes / MINUTES_PER_DAY - 1
				      : event->start.day;

	if (event->has_rule)
		return skip(import, event, FAULT_REPEATED_DAY_OFF), TRUE;
	if (event->is_transparent)
		return skip(import, event, FAULT_FREE_DAY), TRUE;
	if (last < event->start.day)
		return skip(import, event, FAULT_ENDS_FIRST), TRUE;
	if (last - event->start.day >= LIMIT_SHIFT_EXCEPTIONS)
		return skip(import, event, FAULT_LONG_LEAVE), TRUE;
	for (int64_t day = event->start.day; day <= last; day++) {
		if (shift_is_off(&import->plan, import->ask->person, day)) {
			import->answer->known++;
			continue;
		}
		if (!add_oddity(import,
			(struct shift_oddity) { .day = day, .is_off = true, .reason = reason_of(import, event) },
			error))
			return FALSE;
	}
	return TRUE;
}

/* ---- Days that weekly ones leave out ---- */

static const int64_t *
gap_of(const struct import *import, size_t event, int64_t day)
{
	for (size_t i = 0; i < import->gap_count; i++) {
		if (import->gaps[i].event == event && import->gaps[i].day == day)
			return &import->gaps[i].day;
	}
	return NULL;
}

/* Notes them, and makes them days off for now. */
static gboolean
leave_out(struct import *import, size_t index, GError **error)
{
	const struct icalendar_event *event = &import->calendar.events[index];
	struct span first;

	if (span_on(import, event, event->start.day, &first) != FAULT_NONE)
		return TRUE;
	for (size_t i = 0; i < event->left_out.count; i++) {
		const struct icalendar_time *time = &event->left_out.rows[i];
		g_autoptr(GTimeZone) zone = NULL;

		if (!zone_of(import, time->is_date ? &event->start : time, &zone))
			continue;

		int64_t wall = wall_of(import, zone, time->day, time->is_date ? event->start.minute : time->minute);
		int64_t day = wall / MINUTES_PER_DAY;

		if (wall % MINUTES_PER_DAY != first.from_minute || gap_of(import, index, day) != NULL)
			continue;
		import->gaps[import->gap_count++] = (struct gap) { index, day };
		if (!shift_is_off(&import->plan, import->ask->person, day) &&
		    !calendar_is_holiday(day, &import->plan.holidays) &&
		    !add_oddity(import, (struct shift_oddity) { .day = day, .is_off = true, .id = -1 }, error))
			return FALSE;
	}
	return TRUE;
}

/* The first weekly shift of a day off that goes on without it; NULL: all of them leave it out. */
static const struct shift_rule *
rule_kept(const struct import *import, int64_t day, bool *is_any)
{
	*is_any = false;
	for (size_t i = 0; i < import->plan.rule_count; i++) {
		if (!shift_is_due(&import->rules[i], day))
			continue;
		*is_any = true;
		if (gap_of(import, import->event_of_rule[i], day) == NULL)
			return &import->rules[i];
	}
	return NULL;
}

/* A day off takes all weekly shifts of its day: those that leave out one of several cannot be said so. */
static void
settle_left_out(struct import *import)
{
	for (size_t i = import->plan.oddity_count; i > 0; i--) {
		struct shift_oddity *oddity = &import->oddities[i - 1];
		bool is_any;

		if (oddity->id != -1)
			continue;

		const struct shift_rule *kept = rule_kept(import, oddity->day, &is_any);

		oddity->id = 0;
		if (kept == NULL && is_any)
			continue;
		for (size_t k = 0; k < import->gap_count && is_any; k++) {
			if (import->gaps[k].day == oddity->day)
				skip(import, &import->calendar.events[import->gaps[k].event], FAULT_ONE_OF_TWO)->day =
				    day_text(import->tx, oddity->day);
		}
		remove_oddity(import, i - 1);
	}
}

/* ---- Weekly shifts ---- */

/* The last day, in the event's zone, of that weekday; NO_LAST_DAY: for ever. */
static int64_t
last_of(const struct import *import, const struct icalendar_event *event, int64_t first)
{
	const struct icalendar_rule *rule = &event->rule;
	int64_t last = NO_LAST_DAY;

	if (rule->count > 0) {
		int64_t left = rule->count;

		for (int64_t day = event->start.day; left > 0; day++) {
			if ((rule->weekdays & 1u << calendar_weekday(day)) == 0)
				continue;
			left--;
			if (calendar_weekday(day) == calendar_weekday(first))
				last = day;
		}
		return last == NO_LAST_DAY ? first - DAYS_OF_WEEK : last;
	}
	if (!rule->has_until)
		return NO_LAST_DAY;

	g_autoptr(GTimeZone) zone = NULL, until_zone = NULL;

	last = rule->until.day -
	    (calendar_weekday(rule->until.day) - calendar_weekday(first) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
	if (rule->until.is_date || !zone_of(import, &rule->until, &until_zone) ||
	    !zone_of(import, &event->start, &zone))
		return last;
	/* The weekday after it may still be before the last moment, in a zone to the east of it. */
	last += DAYS_OF_WEEK;
	while (calendar_moment(zone == NULL ? import->zone : zone, last, event->start.minute) >
	    calendar_moment(until_zone == NULL ? import->zone : until_zone, rule->until.day, rule->until.minute))
		last -= DAYS_OF_WEEK;
	return last;
}

/* Whether it is at the same minute of the desk's week on all its days, of a year at least. */
static bool
is_steady(const struct import *import, const struct icalendar_event *event, int64_t first, int64_t last,
    const struct span *span)
{
	g_autoptr(GTimeZone) zone = NULL, end_zone = NULL;

	if (!zone_of(import, &event->start, &zone) || (event->has_end && !zone_of(import, &event->end, &end_zone)))
		return false;
	if (zone == NULL && end_zone == NULL)
		return true;
	for (int week = 1; week <= WEEKS_OF_YEAR && first + week * DAYS_OF_WEEK <= last; week++) {
		struct span other;

		if (span_on(import, event, first + week * DAYS_OF_WEEK, &other) != FAULT_NONE ||
		    other.day != span->day + week * DAYS_OF_WEEK || other.from_minute != span->from_minute ||
		    other.minutes != span->minutes)
			return false;
	}
	return true;
}

static bool
is_same_rule(const struct shift_rule *one, const struct shift_rule *other)
{
	return one->weekday == other->weekday && one->from_minute == other->from_minute &&
	    one->minutes == other->minutes && shift_first_day(one) == shift_first_day(other) &&
	    shift_last_day(one) == shift_last_day(other);
}

static gboolean
add_rule(struct import *import, size_t index, struct shift_rule *rule, GError **error)
{
	struct shift_meeting meeting;
	size_t count = import->plan.rule_count;

	rule->person = import->ask->person;
	rule->id = -1 - (int64_t)count;
	for (size_t i = 0; i < count; i++) {
		if (is_same_rule(&import->rules[i], rule)) {
			import->answer->known++;
			import->event_of_rule[i] = index;
			return TRUE;
		}
	}
	if (rule_meets(import->tx, &import->plan, rule, &meeting))
		return skip_meeting(import, &import->calendar.events[index], meeting), TRUE;
	if (count >= LIMIT_SHIFTS_PER_PERSON)
		return icalendar_refuse(REFUSED_STATE, FAULT_MANY_SHIFTS, 0, error);
	import->rules[count] = *rule;
	import->event_of_rule[count] = index;
	import->plan.rule_count++;
	return TRUE;
}

/* `is_left_out` is set where it is not at the same minute all the year. */
static gboolean
add_weekday(struct import *import, size_t index, int64_t first, bool *is_left_out, GError **error)
{
	const struct icalendar_event *event = &import->calendar.events[index];
	int64_t last = last_of(import, event, first);
	struct span span;

	if (last < first)
		return TRUE;
	if (span_on(import, event, first, &span) != FAULT_NONE || !is_steady(import, event, first, last, &span)) {
		*is_left_out = true;
		return TRUE;
	}

	struct shift_rule rule = { .weekday = calendar_weekday(span.day),
		.from_minute = span.from_minute,
		.minutes = span.minutes,
		.first_day = span.day,
		.last_day = last == NO_LAST_DAY ? NO_LAST_DAY : last + (span.day - first) };

	return add_rule(import, index, &rule, error);
}

static gboolean
add_weekly(struct import *import, size_t index, GError **error)
{
	struct icalendar_event *event = &import->calendar.events[index];
	unsigned begins = 1u << calendar_weekday(event->start.day);
	struct span span;
	enum icalendar_fault fault = span_on(import, event, event->start.day, &span);
	bool is_left_out = false;

	if (event->rule.weekdays == 0)
		event->rule.weekdays = begins;
	if (fault == FAULT_NONE && (event->rule.weekdays & begins) == 0)
		fault = FAULT_OTHER_WEEKDAY;
	if (fault == FAULT_NONE && last_of(import, event, event->start.day) < event->start.day)
		fault = FAULT_ENDS_FIRST;
	if (fault != FAULT_NONE)
		return skip_span(import, event, fault), TRUE;
	for (int64_t day = event->start.day; day < event->start.day + DAYS_OF_WEEK; day++) {
		if ((event->rule.weekdays & 1u << calendar_weekday(day)) != 0 &&
		    !add_weekday(import, index, day, &is_left_out, error))
			return FALSE;
	}
	if (is_left_out)
		skip_span(import, event, FAULT_OTHER_CLOCKS);
	return TRUE;
}

/* ---- Extra shifts ---- */

static bool
has_extra(const struct import *import, const struct span *span)
{
	for (size_t i = 0; i < import->plan.oddity_count; i++) {
		const struct shift_oddity *oddity = &import->oddities[i];

		if (!oddity->is_off && oddity->day == span->day && oddity->from_minute == span->from_minute &&
		    oddity->minutes == span->minutes)
			return true;
	}
	return false;
}

static gboolean
add_extra(struct import *import, const struct icalendar_event *event, GError **error)
{
	struct shift_meeting meeting;
	struct span span;
	enum icalendar_fault fault = span_on(import, event, event->start.day, &span);

	if (fault != FAULT_NONE)
		return skip_span(import, event, fault), TRUE;
	if (has_extra(import, &span)) {
		import->answer->known++;
		return TRUE;
	}
	if (span_meets(import->tx, &import->plan, span.day, span.from_minute, span.minutes, &meeting))
		return skip_meeting(import, event, meeting), TRUE;
	return add_oddity(import,
	    (struct shift_oddity) { .day = span.day,
		.from_minute = span.from_minute,
		.minutes = span.minutes,
		.reason = reason_of(import, event) },
	    error);
}

/* ---- All together ---- */

enum turn { TURN_DAYS_OFF, TURN_LEFT_OUT, TURN_WEEKLY, TURN_EXTRA, TURNS };

static gboolean
take(struct import *import, enum turn turn, size_t index, GError **error)
{
	const struct icalendar_event *event = &import->calendar.events[index];

	if (event->fault != FAULT_NONE)
		return TRUE;
	switch (turn) {
	case TURN_DAYS_OFF:
		return !event->start.is_date || add_days_off(import, event, error);
	case TURN_LEFT_OUT:
		return event->start.is_date || !event->has_rule || leave_out(import, index, error);
	case TURN_WEEKLY:
		return event->start.is_date || !event->has_rule || add_weekly(import, index, error);
	default:
		return event->start.is_date || event->has_rule || add_extra(import, event, error);
	}
}

static gboolean
decide(struct import *import, GError **error)
{
	size_t dates = 0;

	for (size_t i = 0; i < import->calendar.count; i++) {
		const struct icalendar_event *event = &import->calendar.events[i];

		dates += event->left_out.count;
		if (event->fault != FAULT_NONE)
			skip(import, event, event->fault)->property = event->property;
	}
	import->gaps = talloc_array(tx_memory(import->tx), struct gap, dates);
	for (enum turn turn = 0; turn < TURNS; turn++) {
		for (size_t i = 0; i < import->calendar.count; i++) {
			if (!take(import, turn, i, error))
				return FALSE;
		}
		if (turn == TURN_WEEKLY)
			settle_left_out(import);
	}
	return TRUE;
}

static gboolean
write_oddity(struct tx *tx, const struct shift_oddity *oddity, GError **error)
{
	const char *day = day_text(tx, oddity->day);
	int64_t id;

	return oddity->is_off ? shift_sql_off_add(tx, oddity->person, day, oddity->reason, &id, error)
			      : shift_sql_extra_add(tx, oddity->person, day, oddity->from_minute, oddity->minutes,
				    oddity->reason, &id, error);
}

/* Counts what is new, and writes it. */
static gboolean
keep(struct import *import, GError **error)
{
	bool is_trial = import->ask->is_trial;
	int64_t id;

	for (size_t i = 0; i < import->plan.rule_count; i++) {
		if (import->rules[i].id > 0)
			continue;
		import->answer->shifts++;
		if (!is_trial && !rule_write(import->tx, &import->rules[i], &id, error))
			return FALSE;
	}
	for (size_t i = 0; i < import->plan.oddity_count; i++) {
		if (import->oddities[i].id > 0)
			continue;
		import->answer->exceptions++;
		if (!is_trial && !write_oddity(import->tx, &import->oddities[i], error))
			return FALSE;
	}
	if (is_trial || import->answer->shifts + import->answer->exceptions == 0)
		return tx_unremarkable(import->tx);
	return tell_changed(import->tx, import->ask->person);
}

gboolean
shift_import(struct tx *tx, const struct shift_import *ask, struct shift_imported *answer, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	struct import import = { .tx = tx, .ask = ask, .answer = answer };

	if (!check_person(tx, ask->person, error) ||
	    !icalendar_read(ask->calendar, LIMIT_CALENDAR_EVENTS, tx_memory(tx), &import.calendar, error) ||
	    !desk_zone(tx, &zone, error) || !setting_value(tx, SETTING_TIME_ZONE, &import.zone_name, error))
		return FALSE;
	import.zone = zone;
	if (!load(&import, error) || !decide(&import, error) || !keep(&import, error))
		return FALSE;
	answer->skipped.rows = import.skipped;
	return TRUE;
}
