/*
 * Shifts out of other calendar programs: see shift.h.
 *
 * All is decided on a plan in memory, to which what is new is added with negative ids (shifts) or none (exceptions), and written at
 * the end. First the days off, then the days that weekly events leave out, then these, then single events as extra shifts, so that nothing
 * depends on the order of the events. What comes of times is in import_clock.c, what events say about each other in import_series.c.
 */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"
#include "desk/calendar/holiday.h"
#include "desk/setting/setting.h"
#include "desk/shift/import_inside.h"
#include "sql/shift_sql.h"

/* ---- What is left out ---- */

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

struct shift_skipped *
import_skip(struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
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

void
import_skip_meeting(struct import *import, const struct icalendar_event *event, struct shift_meeting meeting)
{
	struct shift_skipped *row = import_skip(import, event, FAULT_MEETS);

	row->why = meeting_text(import->tx, &meeting);
	row->meets = meeting;
}

void
import_skip_span(struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
{
	struct shift_skipped *row = import_skip(import, event, fault);

	if (fault == FAULT_UNKNOWN_ZONE || fault == FAULT_OTHER_CLOCKS)
		row->zone = shortened(import, import_zone_name(import, event, fault), LIMIT_NAME_BYTES);
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

gboolean
import_add_oddity(struct import *import, struct shift_oddity oddity, GError **error)
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

void
import_remove_oddity(struct import *import, size_t i)
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
	    : event->has_duration
	    ? event->start.day + event->duration_days + event->duration_minutes / MINUTES_PER_DAY - 1
	    : event->start.day;

	if (event->has_rule && !event->has_instead)
		return import_skip(import, event, FAULT_REPEATED_DAY_OFF), TRUE;
	if (event->is_transparent)
		return import_skip(import, event, FAULT_FREE_DAY), TRUE;
	if (last < event->start.day)
		return import_skip(import, event, FAULT_ENDS_FIRST), TRUE;
	if (last - event->start.day >= LIMIT_SHIFT_EXCEPTIONS)
		return import_skip(import, event, FAULT_LONG_LEAVE), TRUE;
	for (int64_t day = event->start.day; day <= last; day++) {
		if (shift_is_off(&import->plan, import->ask->person, day)) {
			import->answer->known++;
			continue;
		}
		if (!import_add_oddity(import,
			(struct shift_oddity) { .day = day, .is_off = true, .reason = reason_of(import, event) },
			error))
			return FALSE;
	}
	return TRUE;
}

/* ---- Weekly shifts ---- */

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
		return import_skip_meeting(import, &import->calendar.events[index], meeting), TRUE;
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
	int64_t last = import_last_day(import, event, first);
	struct span span;

	if (last < first)
		return TRUE;
	if (import_span_on(import, event, first, &span) != FAULT_NONE ||
	    !import_is_steady(import, event, first, last)) {
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
	const struct icalendar_event *event = &import->calendar.events[index];
	unsigned begins = 1u << calendar_weekday(event->start.day);
	struct span span;
	enum icalendar_fault fault = import_span_on(import, event, event->start.day, &span);
	bool is_left_out = false;

	if (fault == FAULT_NONE && (event->rule.weekdays & begins) == 0)
		fault = FAULT_OTHER_WEEKDAY;
	if (fault == FAULT_NONE && import_last_day(import, event, event->start.day) < event->start.day)
		fault = FAULT_ENDS_FIRST;
	if (fault != FAULT_NONE)
		return import_skip_span(import, event, fault), TRUE;
	for (int64_t day = event->start.day; day < event->start.day + DAYS_OF_WEEK; day++) {
		if ((event->rule.weekdays & 1u << calendar_weekday(day)) != 0 &&
		    !add_weekday(import, index, day, &is_left_out, error))
			return FALSE;
	}
	if (is_left_out)
		import_skip_span(import, event, FAULT_OTHER_CLOCKS);
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
	enum icalendar_fault fault = import_span_once(import, event, &span);

	if (fault != FAULT_NONE)
		return import_skip_span(import, event, fault), TRUE;
	if (has_extra(import, &span)) {
		import->answer->known++;
		return TRUE;
	}
	if (span_meets(import->tx, &import->plan, span.day, span.from_minute, span.minutes, &meeting))
		return import_skip_meeting(import, event, meeting), TRUE;
	return import_add_oddity(import,
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
	bool is_weekly = event->has_rule && !event->has_instead;

	if (event->fault != FAULT_NONE || import->is_settled[index])
		return TRUE;
	switch (turn) {
	case TURN_DAYS_OFF:
		return !event->start.is_date || add_days_off(import, event, error);
	case TURN_LEFT_OUT:
		return event->start.is_date || !is_weekly || import_leave_out(import, index, error);
	case TURN_WEEKLY:
		return event->start.is_date || !is_weekly || add_weekly(import, index, error);
	default:
		return event->start.is_date || is_weekly || add_extra(import, event, error);
	}
}

/* Room for what is to be noted of the events; and those without a weekday get that of their beginning. */
static void
prepare(struct import *import)
{
	void *memory = tx_memory(import->tx);
	size_t gaps = 0;

	for (size_t i = 0; i < import->calendar.count; i++) {
		struct icalendar_event *event = &import->calendar.events[i];

		/* A changed day may be of several events with the same id. */
		gaps += event->left_out.count + (event->has_instead ? import->calendar.count : 0);
		if (event->rule.weekdays == 0)
			event->rule.weekdays = 1u << calendar_weekday(event->start.day);
	}
	import->gaps = talloc_array(memory, struct gap, gaps);
	import->is_settled = talloc_zero_array(memory, bool, import->calendar.count);
	g_assert(import->gaps != NULL && import->is_settled != NULL);
}

/* Of what nothing else becomes. */
static void
list_faults(struct import *import)
{
	for (size_t i = 0; i < import->calendar.count; i++) {
		const struct icalendar_event *event = &import->calendar.events[i];
		struct shift_skipped *row;

		if (event->fault == FAULT_NONE || import->is_settled[i])
			continue;
		row = import_skip(import, event, event->fault);
		row->property = event->property;
		if (event->fault == FAULT_UNKNOWN_ZONE)
			row->zone = shortened(import, import_zone_name(import, event, event->fault), LIMIT_NAME_BYTES);
	}
}

static gboolean
decide(struct import *import, GError **error)
{
	prepare(import);
	import_compare_versions(import);
	for (enum turn turn = 0; turn < TURNS; turn++) {
		for (size_t i = 0; i < import->calendar.count; i++) {
			if (!take(import, turn, i, error))
				return FALSE;
		}
		if (turn == TURN_LEFT_OUT)
			list_faults(import);
		if (turn == TURN_WEEKLY && !import_settle_left_out(import, error))
			return FALSE;
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

static gint
compare_lines(gconstpointer one, gconstpointer other, gpointer unused)
{
	const struct shift_skipped *a = one, *b = other;

	(void)unused;
	return a->line < b->line ? -1 : a->line > b->line;
}

gboolean
shift_import(struct tx *tx, const struct shift_import *ask, struct shift_imported *answer, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	g_autoptr(GHashTable) zones = import_zones_new();
	struct import import = { .tx = tx, .ask = ask, .answer = answer, .zones = zones };

	if (!check_person(tx, ask->person, error) ||
	    !icalendar_read(ask->calendar, LIMIT_CALENDAR_EVENTS, tx_memory(tx), &import.calendar, error) ||
	    !desk_zone(tx, &zone, error) || !setting_value(tx, SETTING_TIME_ZONE, &import.zone_name, error))
		return FALSE;
	import.zone = zone;
	if (!load(&import, error) || !decide(&import, error) || !keep(&import, error))
		return FALSE;
	/* As one finds them in the file; what is of one event stays in its order. */
	g_qsort_with_data(import.skipped, (gint)answer->skipped.count, sizeof *import.skipped, compare_lines, NULL);
	answer->skipped.rows = import.skipped;
	return TRUE;
}
