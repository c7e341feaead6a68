/* Times: see times.h. */
#include "desk/shift/times.h"

#include <stdlib.h>
#include <talloc.h>

#define TIMES_AT_FIRST 64

bool
shift_spans_meet(int64_t day, int from, int minutes, int64_t other_day, int other_from, int other_minutes)
{
	int64_t start = day * MINUTES_PER_DAY + from, other_start = other_day * MINUTES_PER_DAY + other_from;

	return start < other_start + other_minutes && other_start < start + minutes;
}

bool
shift_is_due(const struct shift_rule *rule, int64_t day)
{
	return rule->weekday == calendar_weekday(day) && rule->first_day <= day && day <= rule->last_day;
}

/* The place of the first oddity that is not before that person's day. */
static size_t
oddities_from(const struct shift_plan *plan, int64_t person, int64_t day)
{
	size_t low = 0, high = plan->oddity_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct shift_oddity *oddity = &plan->oddities[middle];

		if (oddity->person < person || (oddity->person == person && oddity->day < day))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool
shift_is_off(const struct shift_plan *plan, int64_t person, int64_t day)
{
	for (size_t i = oddities_from(plan, person, day); i < plan->oddity_count; i++) {
		const struct shift_oddity *oddity = &plan->oddities[i];

		if (oddity->person != person || oddity->day != day)
			return false;
		if (oddity->is_off)
			return true;
	}
	return false;
}

bool
shift_takes_place(const struct shift_plan *plan, const struct shift_rule *rule, int64_t day)
{
	return shift_is_due(rule, day) && !calendar_is_holiday(day, &plan->holidays) &&
	    !shift_is_off(plan, rule->person, day);
}

int64_t
shift_first_day(const struct shift_rule *rule)
{
	return rule->first_day + (rule->weekday - calendar_weekday(rule->first_day) + 7) % 7;
}

int64_t
shift_last_day(const struct shift_rule *rule)
{
	return rule->last_day == NO_LAST_DAY
	    ? NO_LAST_DAY
	    : rule->last_day - (calendar_weekday(rule->last_day) - rule->weekday + 7) % 7;
}

static int64_t
last_day_before(const struct shift_rule *rule, int64_t days)
{
	return rule->last_day == NO_LAST_DAY ? NO_LAST_DAY : rule->last_day - days;
}

/* The first of the one and, `days` later, of the other: is there a day for both? */
static bool
meet_days_later(const struct shift_rule *one, const struct shift_rule *other, int days)
{
	int64_t first = MAX(one->first_day, other->first_day - days);
	int64_t last = MIN(one->last_day, last_day_before(other, days));

	first += (one->weekday - calendar_weekday(first) + 7) % 7;
	return first <= last && calendar_weekday(first + days) == other->weekday &&
	    shift_spans_meet(0, one->from_minute, one->minutes, days, other->from_minute, other->minutes);
}

bool
shift_rules_meet(const struct shift_rule *one, const struct shift_rule *other)
{
	/* None is longer than a day. */
	return meet_days_later(one, other, -1) || meet_days_later(one, other, 0) || meet_days_later(one, other, 1);
}

/* A list that grows. */
struct growing {
	struct shift_time *rows;
	size_t count, room, max;
	void *memory;
};

/* False: there is no room for more. */
static bool
append(struct growing *list, const struct shift_plan *plan, struct shift_time time)
{
	if (list->count > list->max)
		return false;
	time.starts_at = calendar_moment(plan->zone, time.day, time.from_minute);
	time.ends_at = calendar_moment(plan->zone, time.day, time.from_minute + time.minutes);
	if (time.starts_at == time.ends_at)
		return true;
	if (list->count == list->room) {
		list->room = MAX(TIMES_AT_FIRST, list->room * 2);
		list->rows = talloc_realloc(list->memory, list->rows, struct shift_time, list->room);
		g_assert(list->rows != NULL);
	}
	list->rows[list->count++] = time;
	return true;
}

static void
append_rule(
    struct growing *list, const struct shift_plan *plan, const struct shift_rule *rule, int64_t from, int64_t until)
{
	int64_t first = MAX(from, rule->first_day), last = MIN(until, rule->last_day);

	first += (rule->weekday - calendar_weekday(first) + 7) % 7;
	for (int64_t day = first; day <= last; day += 7) {
		const struct shift_time time = { .person = rule->person,
			.shift = rule->id,
			.day = day,
			.from_minute = rule->from_minute,
			.minutes = rule->minutes };

		if (shift_takes_place(plan, rule, day) && !append(list, plan, time))
			return;
	}
}

static void
append_oddity(
    struct growing *list, const struct shift_plan *plan, const struct shift_oddity *oddity, int64_t from, int64_t until)
{
	if (oddity->is_off || oddity->day < from || oddity->day > until)
		return;
	append(list, plan,
	    (struct shift_time) { .person = oddity->person,
		.exception = oddity->id,
		.day = oddity->day,
		.from_minute = oddity->from_minute,
		.minutes = oddity->minutes });
}

static int
compare(int64_t one, int64_t other)
{
	return one < other ? -1 : one > other;
}

static int
compare_times(const void *a, const void *b)
{
	const struct shift_time *one = a, *other = b;
	int by = compare(one->starts_at, other->starts_at);

	if (by == 0)
		by = compare(one->person, other->person);
	if (by == 0)
		by = compare(one->shift, other->shift);
	return by != 0 ? by : compare(one->exception, other->exception);
}

size_t
shift_times(
    const struct shift_plan *plan, int64_t from, int64_t until, size_t max, void *memory, struct shift_time **times)
{
	struct growing list = { .max = max, .memory = memory };

	for (size_t i = 0; i < plan->rule_count; i++)
		append_rule(&list, plan, &plan->rules[i], from, until);
	for (size_t i = 0; i < plan->oddity_count; i++)
		append_oddity(&list, plan, &plan->oddities[i], from, until);
	if (list.count > 1)
		qsort(list.rows, list.count, sizeof *list.rows, compare_times);
	*times = list.rows;
	return list.count;
}

struct shift_now
shift_now_of(const struct shift_time *times, size_t count, int64_t now)
{
	struct shift_now shift = { 0 };
	size_t i = 0;

	while (i < count) {
		int64_t starts_at = times[i].starts_at, ends_at = times[i].ends_at;

		/* One after the other counts as one. */
		for (i++; i < count && times[i].starts_at <= ends_at; i++)
			ends_at = MAX(ends_at, times[i].ends_at);
		if (starts_at > now) {
			shift.next_starts_at = starts_at;
			break;
		}
		if (now < ends_at) {
			shift.is_on = true;
			shift.starts_at = starts_at;
			shift.ends_at = ends_at;
		}
	}
	return shift;
}
