/* Coverage: see shift.h. All is counted by the minute of real time; nothing here is kept. */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/duty/pool.h"
#include "desk/setting/setting.h"
#include "desk/shift/shift_inside.h"
#include "desk/shift/stagger.h"
#include "sql/shift_sql.h"

#define DAYS_OF_WEEK      7
#define HALF_HOUR_MINUTES 30

/* A span of minutes on a weekday (1 is Monday); it may run past midnight. */
struct opening {
	int weekday, opens, closes;
};

/* The days that are looked at, minute by minute. */
struct look {
	struct tx *tx;
	GTimeZone *zone;
	struct shift_plan plan;
	int64_t from, until; /* days */
	int64_t starts_at;
	size_t minutes;
	int *people;     /* on shift */
	bool *is_wanted; /* somebody is to be there */
	struct opening *openings;
	size_t opening_count;
	int64_t seats;
};

/* ---- When somebody is to be there ---- */

/* Where no site has hours: every day from the first weekday with a shift to the last, from the earliest minute to the latest. */
static void
open_by_shifts(struct look *look, const struct stagger_shift *shifts, size_t count)
{
	int first = DAYS_OF_WEEK + 1, last = 0, opens = MINUTES_PER_DAY, closes = 0;

	for (size_t i = 0; i < count; i++) {
		first = MIN(first, shifts[i].weekday);
		last = MAX(last, shifts[i].weekday);
		opens = MIN(opens, shifts[i].from_minute);
		closes = MAX(closes, shifts[i].from_minute + shifts[i].minutes);
	}
	look->openings = talloc_array(tx_memory(look->tx), struct opening, DAYS_OF_WEEK);
	for (int weekday = first; weekday <= last; weekday++)
		look->openings[look->opening_count++] =
		    (struct opening) { weekday, opens, MIN(closes, opens + MINUTES_PER_DAY) };
}

static gboolean
load_openings(struct look *look, int64_t pool, const struct stagger_shift *shifts, size_t count, GError **error)
{
	struct shift_sql_hours_list found;

	if (!shift_sql_hours(look->tx, pool, &found, error))
		return FALSE;
	if (found.count == 0) {
		open_by_shifts(look, shifts, count);
		return TRUE;
	}
	look->openings = talloc_array(tx_memory(look->tx), struct opening, found.count);
	for (size_t i = 0; i < found.count; i++)
		look->openings[look->opening_count++] = (struct opening) { (int)found.rows[i].weekday,
			(int)found.rows[i].from_minute, (int)found.rows[i].to_minute };
	return TRUE;
}

static bool *
week_of(const struct look *look)
{
	bool *is_wanted = talloc_zero_array(tx_memory(look->tx), bool, WEEK_MINUTES);

	for (size_t i = 0; i < look->opening_count; i++) {
		const struct opening *opening = &look->openings[i];

		for (int minute = opening->opens; minute < opening->closes; minute++)
			is_wanted[((opening->weekday - 1) * MINUTES_PER_DAY + minute) % WEEK_MINUTES] = true;
	}
	return is_wanted;
}

/* ---- Minute by minute ---- */

/* The minute of a moment, within the days that are looked at. */
static size_t
minute_of(const struct look *look, int64_t at)
{
	return at <= look->starts_at ? 0 : MIN(look->minutes, (size_t)((at - look->starts_at) / MS_PER_MINUTE));
}

static void
want(struct look *look, int64_t day)
{
	if (!calendar_is_holiday(day, &look->plan.holidays)) {
		for (size_t i = 0; i < look->opening_count; i++) {
			const struct opening *opening = &look->openings[i];

			if (opening->weekday != calendar_weekday(day))
				continue;
			size_t until = minute_of(look, calendar_moment(look->zone, day, opening->closes));

			for (size_t minute = minute_of(look, calendar_moment(look->zone, day, opening->opens));
			     minute < until; minute++)
				look->is_wanted[minute] = true;
		}
	}
}

static int
compare_by_person(const void *a, const void *b)
{
	const struct shift_time *one = a, *other = b;

	if (one->person != other->person)
		return one->person < other->person ? -1 : 1;
	return one->starts_at < other->starts_at ? -1 : one->starts_at > other->starts_at;
}

/* Everybody counts once, also where an extra shift lies over a weekly one. */
static void
count_people(struct look *look, struct shift_time *times, size_t count)
{
	int64_t counted = 0;

	if (count > 1)
		qsort(times, count, sizeof *times, compare_by_person);
	for (size_t i = 0; i < count; i++) {
		const struct shift_time *time = &times[i];

		if (i == 0 || times[i - 1].person != time->person)
			counted = look->starts_at;
		for (size_t minute = minute_of(look, MAX(counted, time->starts_at));
		     minute < minute_of(look, time->ends_at); minute++)
			look->people[minute]++;
		counted = MAX(counted, time->ends_at);
	}
}

static gboolean
look_at_days(struct look *look, GError **error)
{
	struct shift_time *times;
	size_t count =
	    shift_times(&look->plan, look->from - 1, look->until, LIMIT_SHIFT_TIMES, tx_memory(look->tx), &times);

	if (count > LIMIT_SHIFT_TIMES)
		return refuse(
		    error, REFUSED_SIZE, "days", "more than %d shifts: ask for fewer days", LIMIT_SHIFT_TIMES);
	look->starts_at = calendar_moment(look->zone, look->from, 0);
	look->minutes = (size_t)((calendar_moment(look->zone, look->until + 1, 0) - look->starts_at) / MS_PER_MINUTE);
	look->people = talloc_zero_array(tx_memory(look->tx), int, look->minutes);
	look->is_wanted = talloc_zero_array(tx_memory(look->tx), bool, look->minutes);
	count_people(look, times, count);
	for (int64_t day = look->from - 1; day <= look->until; day++)
		want(look, day);
	return TRUE;
}

static int64_t
moment_of(const struct look *look, size_t minute)
{
	return look->starts_at + (int64_t)minute * MS_PER_MINUTE;
}

static struct shift_half_hours
half_hours_of(const struct look *look)
{
	size_t count = (look->minutes + HALF_HOUR_MINUTES - 1) / HALF_HOUR_MINUTES;
	struct shift_half_hour *rows = talloc_array(tx_memory(look->tx), struct shift_half_hour, count);

	for (size_t i = 0; i < count; i++) {
		size_t first = i * HALF_HOUR_MINUTES, until = MIN(look->minutes, first + HALF_HOUR_MINUTES);
		int64_t people = look->people[first];

		rows[i] = (struct shift_half_hour) { .at = moment_of(look, first), .people = people, .most = people };
		for (size_t minute = first; minute < until; minute++) {
			rows[i].people = MIN(rows[i].people, look->people[minute]);
			rows[i].most = MAX(rows[i].most, look->people[minute]);
			rows[i].is_wanted = rows[i].is_wanted || look->is_wanted[minute];
		}
	}
	return (struct shift_half_hours) { rows, count };
}

static bool
is_gap(const struct look *look, size_t minute)
{
	return look->is_wanted[minute] && look->people[minute] == 0;
}

static bool
is_crowd(const struct look *look, size_t minute)
{
	return look->people[minute] > look->seats;
}

/* The stretches of minutes that are so, each as long as it goes on. */
static struct shift_stretches
stretches_of(const struct look *look, bool (*is_so)(const struct look *look, size_t minute))
{
	struct shift_stretch *rows = talloc_array(tx_memory(look->tx), struct shift_stretch, look->minutes / 2 + 1);
	size_t count = 0;
	bool was_so = false;

	for (size_t minute = 0; minute < look->minutes; minute++) {
		bool is = is_so(look, minute);

		if (is && !was_so)
			rows[count++] = (struct shift_stretch) { .starts_at = moment_of(look, minute) };
		if (is) {
			rows[count - 1].ends_at = moment_of(look, minute + 1);
			rows[count - 1].people = MAX(rows[count - 1].people, look->people[minute]);
		}
		was_so = is;
	}
	return (struct shift_stretches) { rows, count };
}

/* ---- The week ---- */

/* The weekly shifts that are in force in the seven days from a day on. */
static size_t
week_shifts(const struct look *look, struct stagger_shift **shifts)
{
	size_t count = 0;

	*shifts = talloc_array(tx_memory(look->tx), struct stagger_shift, look->plan.rule_count);
	for (size_t i = 0; i < look->plan.rule_count; i++) {
		const struct shift_rule *rule = &look->plan.rules[i];
		int64_t day = look->from + (rule->weekday - calendar_weekday(look->from) + DAYS_OF_WEEK) % DAYS_OF_WEEK;

		if (shift_is_due(rule, day))
			(*shifts)[count++] = (struct stagger_shift) { rule->id, rule->person, rule->weekday,
				rule->from_minute, rule->minutes, rule->from_minute };
	}
	return count;
}

static void
suggest(const struct look *look, struct stagger_shift *shifts, size_t count, int step, struct shift_coverage *answer)
{
	void *memory = tx_memory(look->tx);
	struct shift_suggestion *rows = talloc_array(memory, struct shift_suggestion, count);
	const bool *is_wanted = week_of(look);
	struct stagger_cost before = stagger_cost(shifts, count, is_wanted, look->seats, memory), after;
	size_t moved = 0;

	stagger(shifts, count, is_wanted, look->seats, step, memory);
	after = stagger_cost(shifts, count, is_wanted, look->seats, memory);
	for (size_t i = 0; i < count; i++) {
		if (shifts[i].moved_to != shifts[i].from_minute)
			rows[moved++] = (struct shift_suggestion) { shifts[i].id, shifts[i].person, shifts[i].weekday,
				shifts[i].moved_to };
	}
	answer->week = (struct shift_week) { before.gap_minutes, before.crowd_minutes };
	answer->suggested = (struct shift_week) { after.gap_minutes, after.crowd_minutes };
	answer->suggestions = (struct shift_suggestions) { rows, moved };
}

static gboolean
load(struct look *look, const struct shift_coverage_ask *ask, struct shift_coverage *answer, GError **error)
{
	struct shift_people people;
	struct pool pool;
	int64_t *ids;

	if (!(ask->pool == 0 ? shift_sql_everybody(look->tx, &answer->pool, error) : (answer->pool = ask->pool) != 0) ||
	    !pool_get(look->tx, answer->pool, &pool, error) ||
	    !people_load(look->tx, 0, answer->pool, &people, &ids, error) ||
	    !plan_load(
		look->tx, 0, look->from - 1, MAX(look->until, look->from + DAYS_OF_WEEK - 1), &look->plan, error))
		return FALSE;
	plan_keep(look->tx, &look->plan, ids, people.count);
	look->plan.zone = look->zone;
	answer->seats = look->seats = pool.size;
	return TRUE;
}

gboolean
shift_coverage(struct tx *tx, const struct shift_coverage_ask *ask, struct shift_coverage *answer, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	struct look look = { .tx = tx };
	struct stagger_shift *shifts;

	if (ask->step != 15 && ask->step != 30)
		return refuse(error, REFUSED_RANGE, "step", "wants 15 or 30 minutes");
	if (!desk_zone(tx, &zone, error) || !setting_value(tx, SETTING_TIME_ZONE, &answer->time_zone, error) ||
	    !day_or_today(tx, ask->from, "from", &look.from, error))
		return FALSE;
	look.zone = zone;
	look.until = look.from + ask->days - 1;
	if (!load(&look, ask, answer, error))
		return FALSE;

	size_t count = week_shifts(&look, &shifts);

	if (!load_openings(&look, answer->pool, shifts, count, error) || !look_at_days(&look, error))
		return FALSE;
	answer->half_hours = half_hours_of(&look);
	answer->gaps = stretches_of(&look, is_gap);
	answer->crowds = stretches_of(&look, is_crowd);
	suggest(&look, shifts, count, (int)ask->step, answer);
	return TRUE;
}
