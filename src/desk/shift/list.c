/* The list of shifts: see shift.h. */
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/setting/setting.h"
#include "desk/shift/shift_inside.h"
#include "sql/holiday_sql.h"

/* The days of a list. A shift that began the day before may still go on. */
struct range {
	int64_t from, until;
	GTimeZone *zone;
};

static gboolean
list_days(struct tx *tx, const struct range *range, struct shift_days *days, GError **error)
{
	size_t count = (size_t)(range->until - range->from + 1), next = 0;
	struct shift_day *rows = talloc_array(tx_memory(tx), struct shift_day, count);
	struct holiday_sql_list_list holidays;

	if (!holiday_sql_list(
		tx, day_text(tx, range->from), day_text(tx, range->until), LIMIT_HOLIDAYS, &holidays, error))
		return FALSE;
	for (size_t i = 0; i < count; i++) {
		int64_t day = range->from + (int64_t)i;

		rows[i] = (struct shift_day) { .day = day_text(tx, day),
			.weekday = calendar_weekday(day),
			.starts_at = calendar_moment(range->zone, day, 0),
			.ends_at = calendar_moment(range->zone, day + 1, 0) };
		if (next < holidays.count && g_str_equal(holidays.rows[next].day, rows[i].day))
			rows[i].holiday = holidays.rows[next++].name;
	}
	*days = (struct shift_days) { rows, count };
	return TRUE;
}

static void
list_shifts(struct tx *tx, const struct shift_plan *plan, struct shift_rows *shifts)
{
	struct shift_row *rows = talloc_array(tx_memory(tx), struct shift_row, plan->rule_count);

	for (size_t i = 0; i < plan->rule_count; i++) {
		const struct shift_rule *rule = &plan->rules[i];

		rows[i] = (struct shift_row) { .shift = rule->id,
			.person = rule->person,
			.weekday = rule->weekday,
			.from_minute = rule->from_minute,
			.minutes = rule->minutes,
			.first_day = day_text(tx, rule->first_day),
			.last_day = last_day_text(tx, rule->last_day) };
	}
	*shifts = (struct shift_rows) { rows, plan->rule_count };
}

static void
list_exceptions(struct tx *tx, const struct shift_plan *plan, struct shift_exceptions *exceptions)
{
	struct shift_exception *rows = talloc_array(tx_memory(tx), struct shift_exception, plan->oddity_count);

	for (size_t i = 0; i < plan->oddity_count; i++) {
		const struct shift_oddity *oddity = &plan->oddities[i];

		rows[i] = (struct shift_exception) { .exception = oddity->id,
			.person = oddity->person,
			.day = day_text(tx, oddity->day),
			.kind = oddity->is_off ? SHIFT_OFF : SHIFT_EXTRA,
			.from_minute = oddity->from_minute,
			.minutes = oddity->minutes,
			.reason = oddity->reason };
	}
	*exceptions = (struct shift_exceptions) { rows, plan->oddity_count };
}

static gboolean
list_times(struct tx *tx, const struct shift_plan *plan, const struct range *range, struct shift_time_rows *answer,
    GError **error)
{
	int64_t starts_at = calendar_moment(range->zone, range->from, 0);
	struct shift_time *times;
	size_t count = shift_times(plan, range->from - 1, range->until, LIMIT_SHIFT_TIMES, tx_memory(tx), &times);
	struct shift_time_row *rows = talloc_array(tx_memory(tx), struct shift_time_row, count);
	size_t kept = 0;

	if (count > LIMIT_SHIFT_TIMES)
		return refuse(error, REFUSED_SIZE, "days", "more than %d shifts: ask for fewer days, or one pool",
		    LIMIT_SHIFT_TIMES);
	for (size_t i = 0; i < count; i++) {
		const struct shift_time *time = &times[i];

		if (time->ends_at <= starts_at)
			continue;
		rows[kept++] = (struct shift_time_row) { .person = time->person,
			.shift = time->shift,
			.exception = time->exception,
			.day = day_text(tx, time->day),
			.from_minute = time->from_minute,
			.minutes = time->minutes,
			.starts_at = time->starts_at,
			.ends_at = time->ends_at };
	}
	*answer = (struct shift_time_rows) { rows, kept };
	return TRUE;
}

gboolean
shift_list(struct tx *tx, const struct shift_list_ask *ask, struct shift_list *answer, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	struct shift_plan plan;
	struct range range;
	int64_t *ids;

	if (!desk_zone(tx, &zone, error) || !setting_value(tx, SETTING_TIME_ZONE, &answer->time_zone, error) ||
	    !day_or_today(tx, ask->from, "from", &range.from, error) ||
	    !people_load(tx, ask->person, ask->pool, &answer->people, &ids, error))
		return FALSE;
	range.until = range.from + ask->days - 1;
	range.zone = zone;
	if (!plan_load(tx, ask->person, range.from - 1, range.until, &plan, error))
		return FALSE;
	plan_keep(tx, &plan, ids, answer->people.count);
	plan.zone = zone;
	list_shifts(tx, &plan, &answer->shifts);
	list_exceptions(tx, &plan, &answer->exceptions);
	return list_days(tx, &range, &answer->days, error) && list_times(tx, &plan, &range, &answer->times, error);
}
