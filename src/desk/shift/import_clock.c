/*
 * The times of a calendar on the desk's clocks: see import_inside.h. A wall minute is that of times.h.
 *
 * Of a time zone the name counts, and only where it is one of the system's table, or another program's name for one of those.
 */
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/setting/setting.h"
#include "desk/shift/import_inside.h"

#define WEEKS_OF_YEAR 53
#define NIGHTS_MAX    2 /* between the days on which an event begins and ends: it may do so in zones far from each other */

/* ---- Zones ---- */

static void
zone_free(gpointer zone)
{
	if (zone != NULL)
		g_time_zone_unref(zone);
}

GHashTable *
import_zones_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, zone_free);
}

/* Which of the system's names is meant by another program's; NULL: none. */
static const char *
alias_of(const char *name, size_t size)
{
	static const struct {
		const char *theirs, *ours;
	} aliases[] = {
#define ALIAS(theirs, ours) { theirs, ours },
#include "desk/shift/icalendar_names.def"
#undef ALIAS
	};

	for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++) {
		if (strlen(aliases[i].theirs) == size && g_ascii_strncasecmp(aliases[i].theirs, name, size) == 0)
			return aliases[i].ours;
	}
	return NULL;
}

/* "(UTC+01:00) Amsterdam, Berlin, Bern": the first place counts. */
static const char *
alias_of_places(const char *name)
{
	const char *place = *name == '(' ? strstr(name, ") ") : NULL;

	return place == NULL ? NULL : alias_of(place + 2, strcspn(place + 2, ","));
}

/* The system's name; NULL: there is none. */
static const char *
known_name(const char *name)
{
	const char *alias = alias_of_places(name);

	/* Some programs write a path of their own before the name. */
	while (name != NULL && alias == NULL) {
		if (setting_is_time_zone(name))
			return name;
		alias = alias_of(name, strlen(name));
		name = strchr(name, '/');
		name = name == NULL ? NULL : name + 1;
	}
	return alias != NULL && setting_is_time_zone(alias) ? alias : NULL;
}

static GTimeZone *
zone_named(const struct import *import, const char *name)
{
	gpointer zone;

	/* A calendar can be one long name, which would be read again for each of its times. */
	if (strnlen(name, LIMIT_NAME_BYTES + 1) > LIMIT_NAME_BYTES)
		return NULL;
	if (g_str_equal(name, import->zone_name))
		return import->zone;
	if (!g_hash_table_lookup_extended(import->zones, name, NULL, &zone)) {
		const char *known = known_name(name);

		zone = known == NULL                        ? NULL
		    : g_str_equal(known, import->zone_name) ? g_time_zone_ref(import->zone)
							    : calendar_zone(known);
		g_hash_table_insert(import->zones, (gpointer)name, zone);
	}
	return zone;
}

/* As the calendar calls it; NULL: it calls none. */
static const char *
name_of(const struct icalendar_event *event, const struct icalendar_time *time)
{
	return time->is_utc ? "UTC" : time->zone != NULL ? time->zone : event->zone;
}

GTimeZone *
import_zone(const struct import *import, const struct icalendar_event *event, const struct icalendar_time *time)
{
	const char *name = name_of(event, time);

	return name == NULL ? import->zone : zone_named(import, name);
}

/* Whether that is the zone for which an event is left out. */
static bool
is_at_fault(const struct import *import, const struct icalendar_event *event, const struct icalendar_time *time,
    enum icalendar_fault fault)
{
	GTimeZone *zone = import_zone(import, event, time);

	return fault == FAULT_UNKNOWN_ZONE ? zone == NULL : zone != import->zone;
}

const char *
import_zone_name(const struct import *import, const struct icalendar_event *event, enum icalendar_fault fault)
{
	if (is_at_fault(import, event, &event->start, fault))
		return name_of(event, &event->start);
	if (event->has_end && is_at_fault(import, event, &event->end, fault))
		return name_of(event, &event->end);
	if (event->has_instead && is_at_fault(import, event, &event->instead, fault))
		return name_of(event, &event->instead);
	for (size_t i = 0; i < event->left_out.count; i++) {
		if (is_at_fault(import, event, &event->left_out.rows[i], fault))
			return name_of(event, &event->left_out.rows[i]);
	}
	return NULL;
}

/* ---- Spans ---- */

/* The same moment on the desk's clocks, as a wall minute. */
static int64_t
wall_at(const struct import *import, int64_t at)
{
	return calendar_day(import->zone, at) * MINUTES_PER_DAY + calendar_minute(import->zone, at);
}

static int64_t
wall_of(const struct import *import, GTimeZone *zone, int64_t day, int minute)
{
	return zone == import->zone ? day * MINUTES_PER_DAY + minute
				    : wall_at(import, calendar_moment(zone, day, minute));
}

static enum icalendar_fault
span_between(int64_t from, int64_t until, struct span *span)
{
	*span = (struct span) { .day = from / MINUTES_PER_DAY,
		.from_minute = (int)(from % MINUTES_PER_DAY),
		.minutes = (int)(until - from) };
	return until < from                     ? FAULT_ENDS_FIRST
	    : span->minutes < SHIFT_MINUTES_MIN ? FAULT_TOO_SHORT
	    : span->minutes > SHIFT_MINUTES_MAX ? FAULT_TOO_LONG
						: FAULT_NONE;
}

/* What there is to say before any clock is asked. */
static enum icalendar_fault
hindrance(const struct import *import, const struct icalendar_event *event)
{
	int64_t nights = event->has_end ? event->end.day - event->start.day : event->duration_days;

	if (import_zone(import, event, &event->start) == NULL ||
	    (event->has_end && import_zone(import, event, &event->end) == NULL))
		return FAULT_UNKNOWN_ZONE;
	if (nights < 0)
		return FAULT_ENDS_FIRST;
	return nights > NIGHTS_MAX || event->duration_minutes > SHIFT_MINUTES_MAX ? FAULT_TOO_LONG : FAULT_NONE;
}

enum icalendar_fault
import_span_on(const struct import *import, const struct icalendar_event *event, int64_t day, struct span *span)
{
	const struct icalendar_time *end = event->has_end ? &event->end : &event->start;
	enum icalendar_fault fault = hindrance(import, event);
	int64_t days = event->has_end ? event->end.day - event->start.day : event->duration_days;
	int minutes = event->has_end ? 0 : (int)event->duration_minutes;

	return fault != FAULT_NONE
	    ? fault
	    : span_between(wall_of(import, import_zone(import, event, &event->start), day, event->start.minute),
		  wall_of(import, import_zone(import, event, end), day + days, end->minute + minutes), span);
}

/* On the desk's clocks; a minute that those have twice cannot be said but for its first time. */
static bool
wall_for(const struct import *import, GTimeZone *zone, int64_t day, int minute, int64_t more_ms, int64_t *wall)
{
	int64_t at = calendar_moment(zone, day, minute) + more_ms;

	if (zone == import->zone && more_ms == 0) {
		*wall = day * MINUTES_PER_DAY + minute;
		return true;
	}
	*wall = wall_at(import, at);
	return calendar_moment(import->zone, *wall / MINUTES_PER_DAY, (int)(*wall % MINUTES_PER_DAY)) == at;
}

enum icalendar_fault
import_span_once(const struct import *import, const struct icalendar_event *event, struct span *span)
{
	const struct icalendar_time *end = event->has_end ? &event->end : &event->start;
	enum icalendar_fault fault = hindrance(import, event);
	int64_t last = event->has_end ? event->end.day : event->start.day + event->duration_days;
	int64_t more_ms = event->has_end ? 0 : event->duration_minutes * MS_PER_MINUTE, from, until;

	if (fault != FAULT_NONE)
		return fault;
	if (!wall_for(
		import, import_zone(import, event, &event->start), event->start.day, event->start.minute, 0, &from) ||
	    !wall_for(import, import_zone(import, event, end), last, end->minute, more_ms, &until))
		return FAULT_DOUBLED_HOUR;
	return span_between(from, until, span);
}

/* ---- Days ---- */

/* Of so many in all. */
static int64_t
last_day_counted(const struct icalendar_event *event, int64_t first)
{
	int each_week = __builtin_popcount(event->rule.weekdays);
	/* Only the last whole week is walked, and what begins of one more. */
	int64_t weeks = MAX(event->rule.count / each_week - 1, 0);
	int64_t left = event->rule.count - weeks * each_week, last = first - DAYS_OF_WEEK;

	for (int64_t day = event->start.day + weeks * DAYS_OF_WEEK; left > 0; day++) {
		if ((event->rule.weekdays & 1u << calendar_weekday(day)) == 0)
			continue;
		left--;
		if (calendar_weekday(day) == calendar_weekday(first))
			last = day;
	}
	return last;
}

int64_t
import_last_day(const struct import *import, const struct icalendar_event *event, int64_t first)
{
	const struct icalendar_rule *rule = &event->rule;
	GTimeZone *zone = import_zone(import, event, &event->start);
	/* One that names no zone is on the clock by which the event begins. */
	GTimeZone *until_zone = rule->until.is_utc ? zone_named(import, "UTC") : zone;
	int64_t last;

	if (rule->count > 0)
		return last_day_counted(event, first);
	if (!rule->has_until)
		return NO_LAST_DAY;
	last = rule->until.day -
	    (calendar_weekday(rule->until.day) - calendar_weekday(first) + DAYS_OF_WEEK) % DAYS_OF_WEEK;
	if (rule->until.is_date)
		return last;
	/* The weekday after it may still be before the last moment, in a zone to the east of it. */
	last += DAYS_OF_WEEK;
	while (calendar_moment(zone, last, event->start.minute) >
	    calendar_moment(until_zone, rule->until.day, rule->until.minute))
		last -= DAYS_OF_WEEK;
	return last;
}

bool
import_is_day(
    const struct import *import, const struct icalendar_event *event, const struct icalendar_time *time, int64_t *day)
{
	GTimeZone *zone = import_zone(import, event, &event->start), *other = import_zone(import, event, time);
	int64_t found = time->day;

	if (!time->is_date && other != zone)
		found = calendar_day(zone, calendar_moment(other, time->day, time->minute));
	if (!time->is_date &&
	    (time->has_seconds ||
		(other == zone ? time->minute != event->start.minute
			       : calendar_moment(zone, found, event->start.minute) !=
			    calendar_moment(other, time->day, time->minute))))
		return false;
	*day = found;
	return (event->rule.weekdays & 1u << calendar_weekday(found)) != 0 && found >= event->start.day &&
	    found <= import_last_day(import, event, found);
}

/* For a year from that day on. */
static bool
is_steady_from(const struct import *import, const struct icalendar_event *event, int64_t first, int64_t from,
    int64_t last, const struct span *span)
{
	for (int week = 0; week <= WEEKS_OF_YEAR && from + week * DAYS_OF_WEEK <= last; week++) {
		int64_t day = from + week * DAYS_OF_WEEK;
		struct span other;

		if (import_span_on(import, event, day, &other) != FAULT_NONE || other.day - day != span->day - first ||
		    other.from_minute != span->from_minute || other.minutes != span->minutes)
			return false;
	}
	return true;
}

bool
import_is_steady(const struct import *import, const struct icalendar_event *event, int64_t first, int64_t last)
{
	GTimeZone *zone = import_zone(import, event, &event->start);
	int64_t weeks = (calendar_day(import->zone, tx_now_ms(import->tx)) - first) / DAYS_OF_WEEK;
	struct span span;

	if (zone == import->zone && (!event->has_end || import_zone(import, event, &event->end) == zone))
		return true;
	return import_span_on(import, event, first, &span) == FAULT_NONE &&
	    is_steady_from(import, event, first, first, last, &span) &&
	    is_steady_from(import, event, first, first + MAX(weeks, 0) * DAYS_OF_WEEK, last, &span);
}
