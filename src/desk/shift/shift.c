/* Weekly shifts: see shift.h. */
#include "desk/shift/shift.h"

#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/shift/shift_inside.h"
#include "sql/shift_sql.h"

/* shift_now() looks so far ahead; and two days back, since a shift may have begun the day before, and one more right before that. */
#define NOW_DAYS_AHEAD 14
#define NOW_DAYS_BACK  2

static struct shift_row
row_of(const struct shift_sql_list *row)
{
	return (struct shift_row) { .shift = row->id,
		.person = row->person,
		.weekday = row->weekday,
		.from_minute = row->from_minute,
		.minutes = row->minutes,
		.first_day = row->first_day,
		.last_day = row->last_day };
}

gboolean
shift_find(struct tx *tx, int64_t id, struct shift_row *shift, GError **error)
{
	struct shift_sql_list *row;

	if (!shift_sql_find(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "shift", "there is no such shift");
	*shift = row_of(row);
	return TRUE;
}

const char *
last_day_text(struct tx *tx, int64_t day)
{
	return day == NO_LAST_DAY ? NULL : day_text(tx, day);
}

/* The days of a shift, as they were asked for. */
static gboolean
read_days(struct shift_rule *rule, const char *last_day, GError **error)
{
	rule->last_day = NO_LAST_DAY;
	if (last_day == NULL)
		return TRUE;
	if (!calendar_day_ask(last_day, "last_day", &rule->last_day, error))
		return FALSE;
	return rule->last_day >= rule->first_day || refuse(error, REFUSED_RANGE, "last_day", "is before the first day");
}

static gboolean
check(struct tx *tx, const struct shift_rule *rule, GError **error)
{
	struct shift_plan plan;

	return plan_load(tx, rule->person, DAY_MIN, DAY_MAX, &plan, error) && check_rule(tx, &plan, rule, error);
}

gboolean
rule_write(struct tx *tx, const struct shift_rule *rule, int64_t *id, GError **error)
{
	return shift_sql_add(tx, rule->person, rule->weekday, rule->from_minute, rule->minutes,
	    day_text(tx, rule->first_day), last_day_text(tx, rule->last_day), id, error);
}

static gboolean
has_room(struct tx *tx, int64_t person, GError **error)
{
	int64_t count;

	if (!shift_sql_count(tx, person, &count, error))
		return FALSE;
	return count < LIMIT_SHIFTS_PER_PERSON ||
	    refuse(error, REFUSED_STATE, NULL, "at most %d shifts of one person: remove some that are over",
		LIMIT_SHIFTS_PER_PERSON);
}

static gboolean
add(struct tx *tx, const struct shift_rule *rule, int64_t *id, GError **error)
{
	return has_room(tx, rule->person, error) && rule_write(tx, rule, id, error);
}

gboolean
shift_add(struct tx *tx, const struct shift_add *ask, struct shift_row *answer, GError **error)
{
	struct shift_rule rule = { .person = ask->person,
		.weekday = (int)ask->weekday,
		.from_minute = (int)ask->from_minute,
		.minutes = (int)ask->minutes };
	int64_t id;

	return check_person(tx, ask->person, error) &&
	    day_or_today(tx, ask->first_day, "first_day", &rule.first_day, error) &&
	    read_days(&rule, ask->last_day, error) && check(tx, &rule, error) && add(tx, &rule, &id, error) &&
	    shift_find(tx, id, answer, error) && tell_changed(tx, ask->person);
}

/* It was always so, or is so from its first day on. */
static gboolean
change_whole(struct tx *tx, int64_t old_person, const struct shift_rule *rule, GError **error)
{
	return (rule->person == old_person || has_room(tx, rule->person, error)) && check(tx, rule, error) &&
	    shift_sql_change(tx, rule->id, rule->person, rule->weekday, rule->from_minute, rule->minutes,
		day_text(tx, rule->first_day), last_day_text(tx, rule->last_day), error);
}

/* The old one ends before that day, and another one begins. */
static gboolean
change_from(struct tx *tx, int64_t old, struct shift_rule *rule, int64_t *id, GError **error)
{
	rule->id = 0;
	return shift_sql_end(tx, old, day_text(tx, rule->first_day - 1), error) && check(tx, rule, error) &&
	    add(tx, rule, id, error);
}

gboolean
shift_change(struct tx *tx, const struct shift_change *ask, struct shift_row *answer, GError **error)
{
	struct shift_row old;

	if (!shift_find(tx, ask->shift, &old, error))
		return FALSE;

	const char *first_day = ask->first_day == NULL ? old.first_day : ask->first_day;
	struct shift_rule rule = { .id = old.shift,
		.person = ask->person == 0 ? old.person : ask->person,
		.weekday = (int)ask->weekday,
		.from_minute = (int)ask->from_minute,
		.minutes = (int)ask->minutes };
	int64_t from = 0, id = old.shift;

	if ((ask->person != 0 && !check_person(tx, ask->person, error)) ||
	    !calendar_day_ask(first_day, "first_day", &rule.first_day, error) ||
	    (ask->from_day != NULL && !calendar_day_ask(ask->from_day, "from_day", &from, error)))
		return FALSE;

	bool is_split = from > rule.first_day;

	if (is_split)
		rule.first_day = from;
	return read_days(&rule, ask->last_day, error) &&
	    (is_split ? change_from(tx, old.shift, &rule, &id, error) : change_whole(tx, old.person, &rule, error)) &&
	    shift_find(tx, id, answer, error) && tell_both(tx, old.person, rule.person);
}

gboolean
shift_remove(struct tx *tx, const struct shift_remove *ask, GError **error)
{
	struct shift_row old;
	int64_t from = DAY_MIN, first, last = NO_LAST_DAY;

	if (!shift_find(tx, ask->shift, &old, error) ||
	    (ask->from_day != NULL && !calendar_day_ask(ask->from_day, "from_day", &from, error)) ||
	    !day_of_text(old.first_day, &first, error) ||
	    (old.last_day != NULL && !day_of_text(old.last_day, &last, error)))
		return FALSE;
	if (from > last)
		return tx_unremarkable(tx);
	return (from <= first ? shift_sql_remove(tx, ask->shift, error)
			      : shift_sql_end(tx, ask->shift, day_text(tx, from - 1), error)) &&
	    tell_changed(tx, old.person);
}

gboolean
shift_now(struct tx *tx, int64_t person, int64_t now, struct shift_now *shift, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	struct shift_plan plan;
	struct shift_time *times;

	if (!desk_zone(tx, &zone, error))
		return FALSE;

	int64_t today = calendar_day(zone, now);

	if (!plan_load(tx, person, today - NOW_DAYS_BACK, today + NOW_DAYS_AHEAD, &plan, error))
		return FALSE;
	plan.zone = zone;

	size_t count =
	    shift_times(&plan, today - NOW_DAYS_BACK, today + NOW_DAYS_AHEAD, LIMIT_SHIFT_TIMES, tx_memory(tx), &times);

	*shift = shift_now_of(times, count, now);
	return TRUE;
}
