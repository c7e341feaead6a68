/* Exceptions: see shift.h. */
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/shift/shift_inside.h"
#include "sql/shift_sql.h"

const char *const shift_kinds[] = { SHIFT_OFF, SHIFT_EXTRA, NULL };

static gboolean
find(struct tx *tx, int64_t id, const char *field, struct shift_exception *exception, GError **error)
{
	struct shift_sql_exceptions *row;

	if (!shift_sql_exception(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, field, "there is no such exception");
	*exception = (struct shift_exception) { .exception = row->id,
		.person = row->person,
		.day = row->day,
		.kind = row->kind,
		.from_minute = row->from_minute,
		.minutes = row->minutes,
		.reason = row->reason };
	return TRUE;
}

static gboolean
has_room(struct tx *tx, int64_t person, GError **error)
{
	int64_t count;

	if (!shift_sql_exception_count(tx, person, &count, error))
		return FALSE;
	return count < LIMIT_SHIFT_EXCEPTIONS ||
	    refuse(error, REFUSED_STATE, NULL, "at most %d exceptions of one person: remove some that are over",
		LIMIT_SHIFT_EXCEPTIONS);
}

static gboolean
off_add(struct tx *tx, const struct shift_except *ask, const struct shift_plan *plan, int64_t day, int64_t *id,
    GError **error)
{
	for (size_t i = 0; i < plan->oddity_count; i++) {
		if (plan->oddities[i].is_off && plan->oddities[i].day == day)
			return refuse(error, REFUSED_STATE, "day", "is a day off already");
	}
	return shift_sql_off_add(tx, ask->person, ask->day, ask->reason, id, error);
}

static gboolean
check_kind(const char *kind, int64_t from_minute, int64_t minutes, GError **error)
{
	bool is_extra = strcmp(kind, SHIFT_EXTRA) == 0;

	if (is_extra != (minutes != 0))
		return refuse(error, REFUSED_FIELD, "minutes", "goes with the kind extra, and only with that");
	if (is_extra ? from_minute < 0 : from_minute > 0)
		return refuse(error, REFUSED_FIELD, "from_minute", "goes with the kind extra, and only with that");
	return TRUE;
}

gboolean
shift_except(struct tx *tx, const struct shift_except *ask, struct shift_exception *answer, GError **error)
{
	bool is_extra = strcmp(ask->kind, SHIFT_EXTRA) == 0;
	struct shift_plan plan;
	int64_t day, id;

	if (!check_kind(ask->kind, ask->from_minute, ask->minutes, error))
		return FALSE;
	if (!check_person(tx, ask->person, error) || !calendar_day_ask(ask->day, "day", &day, error) ||
	    !has_room(tx, ask->person, error) || !plan_load(tx, ask->person, day - 1, day + 1, &plan, error))
		return FALSE;
	if (is_extra ? !check_span(tx, &plan, day, (int)ask->from_minute, (int)ask->minutes, error) ||
		    !shift_sql_extra_add(
			tx, ask->person, ask->day, ask->from_minute, ask->minutes, ask->reason, &id, error)
		     : !off_add(tx, ask, &plan, day, &id, error))
		return FALSE;
	return find(tx, id, "exception", answer, error) && tell_changed(tx, ask->person);
}

/* ---- One day of a weekly shift ---- */

static bool
takes_place(const struct shift_plan *plan, int64_t shift, int64_t day)
{
	for (size_t i = 0; i < plan->rule_count; i++) {
		if (plan->rules[i].id == shift)
			return shift_takes_place(plan, &plan->rules[i], day);
	}
	return false;
}

/* The day is off, and its other weekly shifts are extra ones. */
static gboolean
free_day(struct tx *tx, const struct shift_plan *plan, int64_t shift, int64_t day, struct shift_except *except,
    struct shift_exception *rows, size_t *count, GError **error)
{
	if (!shift_except(tx, except, &rows[(*count)++], error))
		return FALSE;
	except->kind = SHIFT_EXTRA;
	except->reason = NULL;
	for (size_t i = 0; i < plan->rule_count; i++) {
		const struct shift_rule *rule = &plan->rules[i];

		if (rule->id == shift || !shift_is_due(rule, day))
			continue;
		except->from_minute = rule->from_minute;
		except->minutes = rule->minutes;
		if (!shift_except(tx, except, &rows[(*count)++], error))
			return FALSE;
	}
	return TRUE;
}

gboolean
shift_change_day(struct tx *tx, const struct shift_change_day *ask, struct shift_day_changed *answer, GError **error)
{
	struct shift_exception *rows;
	struct shift_row shift;
	struct shift_plan plan;
	size_t count = 0;
	int64_t day, to_day;

	if (!shift_find(tx, ask->shift, &shift, error) || !calendar_day_ask(ask->day, "day", &day, error) ||
	    (ask->to_day != NULL && !calendar_day_ask(ask->to_day, "to_day", &to_day, error)) ||
	    !plan_load(tx, shift.person, day, day, &plan, error))
		return FALSE;
	if (ask->minutes == 0 && (ask->from_minute >= 0 || ask->to_day != NULL || ask->person != 0))
		return refuse(error, REFUSED_FIELD, "minutes", "goes with from_minute, to_day and person");
	if (!takes_place(&plan, ask->shift, day))
		return refuse(error, REFUSED_STATE, "day", "is without that shift already");

	struct shift_except except = {
		.person = shift.person, .day = ask->day, .kind = SHIFT_OFF, .reason = ask->reason
	};

	rows = talloc_array(tx_memory(tx), struct shift_exception, plan.rule_count + 2);
	if (!free_day(tx, &plan, ask->shift, day, &except, rows, &count, error))
		return FALSE;
	except.person = ask->person == 0 ? shift.person : ask->person;
	except.day = ask->to_day == NULL ? ask->day : ask->to_day;
	except.from_minute = ask->from_minute;
	except.minutes = ask->minutes;
	except.reason = ask->reason;
	if (ask->minutes != 0 && !shift_except(tx, &except, &rows[count++], error))
		return FALSE;
	answer->exceptions = (struct shift_exceptions) { rows, count };
	return TRUE;
}

/* What an extra one meets, but for itself as it was. */
static gboolean
check_moved(struct tx *tx, const struct shift_exception *extra, GError **error)
{
	struct shift_plan plan;
	struct shift_oddity *others;
	size_t count = 0;
	int64_t day;

	if (!day_of_text(extra->day, &day, error) || !plan_load(tx, extra->person, day - 1, day + 1, &plan, error))
		return FALSE;
	others = talloc_array(tx_memory(tx), struct shift_oddity, plan.oddity_count);
	for (size_t i = 0; i < plan.oddity_count; i++) {
		if (plan.oddities[i].id != extra->exception)
			others[count++] = plan.oddities[i];
	}
	plan.oddities = others;
	plan.oddity_count = count;
	return check_span(tx, &plan, day, (int)extra->from_minute, (int)extra->minutes, error);
}

/* To the day and the person that are asked for; whether it fits there is seen to later. */
static gboolean
move(struct tx *tx, const struct shift_exception_change *ask, struct shift_exception *is, GError **error)
{
	int64_t day;

	if (strcmp(is->kind, SHIFT_OFF) == 0 && (ask->day != NULL || ask->person != 0))
		return refuse(error, REFUSED_FIELD, ask->day != NULL ? "day" : "person",
		    "goes with the kind extra, and only with that");
	if (ask->day != NULL && !calendar_day_ask(ask->day, "day", &day, error))
		return FALSE;
	if (ask->person != 0 && ask->person != is->person &&
	    (!check_person(tx, ask->person, error) || !has_room(tx, ask->person, error)))
		return FALSE;
	is->day = ask->day == NULL ? is->day : ask->day;
	is->person = ask->person == 0 ? is->person : ask->person;
	return TRUE;
}

gboolean
shift_exception_change(
    struct tx *tx, const struct shift_exception_change *ask, struct shift_exception *answer, GError **error)
{
	struct shift_exception old, is;

	if (!find(tx, ask->exception, "exception", &old, error) ||
	    !check_kind(old.kind, ask->from_minute, ask->minutes, error))
		return FALSE;
	is = old;
	is.from_minute = ask->from_minute;
	is.minutes = ask->minutes;
	if (!move(tx, ask, &is, error))
		return FALSE;
	if (strcmp(is.kind, SHIFT_EXTRA) == 0 &&
	    (!check_moved(tx, &is, error) ||
		!shift_sql_extra_change(tx, is.exception, is.person, is.day, is.from_minute, is.minutes, error)))
		return FALSE;
	return shift_sql_exception_reason(tx, is.exception, ask->reason, error) &&
	    find(tx, is.exception, "exception", answer, error) && tell_both(tx, old.person, is.person);
}

/* What would be there again. */
static gboolean
check_back(struct tx *tx, const struct shift_exception *off, GError **error)
{
	struct shift_plan plan;
	int64_t day;

	if (!day_of_text(off->day, &day, error) || !plan_load(tx, off->person, day - 1, day + 1, &plan, error))
		return FALSE;

	struct shift_plan extras = plan;

	extras.rule_count = 0;
	for (size_t i = 0; i < plan.rule_count; i++) {
		const struct shift_rule *rule = &plan.rules[i];

		if (shift_is_due(rule, day) && !check_span(tx, &extras, day, rule->from_minute, rule->minutes, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
shift_exception_remove(struct tx *tx, const struct shift_exception_remove *ask, GError **error)
{
	size_t count = 1 + ask->others.count;
	struct shift_exception *old = talloc_array(tx_memory(tx), struct shift_exception, count);

	for (size_t i = 0; i < count; i++) {
		int64_t id = i == 0 ? ask->exception : ask->others.rows[i - 1].exception;
		const char *field = i == 0 ? "exception" : tx_text(tx, "others[%zu]", i - 1);

		if (!find(tx, id, field, &old[i], error) || !shift_sql_exception_remove(tx, id, error))
			return FALSE;
	}
	/* Only now: extra ones that go too meet nothing. */
	for (size_t i = 0; i < count; i++) {
		if ((strcmp(old[i].kind, SHIFT_OFF) == 0 && !check_back(tx, &old[i], error)) ||
		    ((i == 0 || old[i].person != old[i - 1].person) && !tell_changed(tx, old[i].person)))
			return FALSE;
	}
	return TRUE;
}
