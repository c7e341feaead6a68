/* Plans: shifts, exceptions and holidays out of the store, and what may not be laid over them. */
#include <stdlib.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/holiday.h"
#include "desk/events.h"
#include "desk/shift/shift_inside.h"
#include "sql/shift_sql.h"

gboolean
day_of_text(const char *text, int64_t *day, GError **error)
{
	return calendar_day_read(text, day) || fail(error, FAILED_STORE, "a day that is none: %s", text);
}

static gboolean
load_rules(struct tx *tx, int64_t person, const char *from, const char *until, struct shift_plan *plan, GError **error)
{
	struct shift_sql_list_list found;
	struct shift_rule *rules;

	if (!(person == 0 ? shift_sql_list(tx, from, until, &found, error)
			  : shift_sql_list_of(tx, person, from, until, &found, error)))
		return FALSE;
	rules = talloc_array(tx_memory(tx), struct shift_rule, found.count);
	for (size_t i = 0; i < found.count; i++) {
		const struct shift_sql_list *row = &found.rows[i];

		rules[i] = (struct shift_rule) { .id = row->id,
			.person = row->person,
			.weekday = (int)row->weekday,
			.from_minute = (int)row->from_minute,
			.minutes = (int)row->minutes,
			.last_day = NO_LAST_DAY };
		if (!day_of_text(row->first_day, &rules[i].first_day, error) ||
		    (row->last_day != NULL && !day_of_text(row->last_day, &rules[i].last_day, error)))
			return FALSE;
	}
	plan->rules = rules;
	plan->rule_count = found.count;
	return TRUE;
}

static gboolean
load_oddities(
    struct tx *tx, int64_t person, const char *from, const char *until, struct shift_plan *plan, GError **error)
{
	struct shift_sql_exceptions_list found;
	struct shift_oddity *oddities;

	if (!(person == 0 ? shift_sql_exceptions(tx, from, until, &found, error)
			  : shift_sql_exceptions_of(tx, person, from, until, &found, error)))
		return FALSE;
	oddities = talloc_array(tx_memory(tx), struct shift_oddity, found.count);
	for (size_t i = 0; i < found.count; i++) {
		const struct shift_sql_exceptions *row = &found.rows[i];

		oddities[i] = (struct shift_oddity) { .id = row->id,
			.person = row->person,
			.is_off = row->minutes == 0,
			.from_minute = (int)row->from_minute,
			.minutes = (int)row->minutes,
			.reason = row->reason };
		if (!day_of_text(row->day, &oddities[i].day, error))
			return FALSE;
	}
	plan->oddities = oddities;
	plan->oddity_count = found.count;
	return TRUE;
}

gboolean
plan_load(struct tx *tx, int64_t person, int64_t from, int64_t until, struct shift_plan *plan, GError **error)
{
	const char *first = day_text(tx, from), *last = day_text(tx, until);

	*plan = (struct shift_plan) { 0 };
	return load_rules(tx, person, first, last, plan, error) &&
	    load_oddities(tx, person, first, last, plan, error) && holidays_of(tx, from, until, &plan->holidays, error);
}

static int
compare_ids(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return a < b ? -1 : a > b;
}

static bool
is_one_of(int64_t person, const int64_t *people, size_t count)
{
	return count > 0 && bsearch(&person, people, count, sizeof *people, compare_ids) != NULL;
}

void
plan_keep(struct tx *tx, struct shift_plan *plan, const int64_t *people, size_t count)
{
	struct shift_rule *rules = talloc_array(tx_memory(tx), struct shift_rule, plan->rule_count);
	struct shift_oddity *oddities = talloc_array(tx_memory(tx), struct shift_oddity, plan->oddity_count);
	size_t rule_count = 0, oddity_count = 0;

	for (size_t i = 0; i < plan->rule_count; i++) {
		if (is_one_of(plan->rules[i].person, people, count))
			rules[rule_count++] = plan->rules[i];
	}
	for (size_t i = 0; i < plan->oddity_count; i++) {
		if (is_one_of(plan->oddities[i].person, people, count))
			oddities[oddity_count++] = plan->oddities[i];
	}
	plan->rules = rules;
	plan->rule_count = rule_count;
	plan->oddities = oddities;
	plan->oddity_count = oddity_count;
}

gboolean
people_load(struct tx *tx, int64_t person, int64_t pool, struct shift_people *people, int64_t **ids, GError **error)
{
	struct shift_sql_people_list found;
	struct shift_person *rows;

	if (!shift_sql_people(tx, person, pool, LIMIT_PEOPLE, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct shift_person, found.count);
	*ids = talloc_array(tx_memory(tx), int64_t, found.count);
	for (size_t i = 0; i < found.count; i++) {
		rows[i] = (struct shift_person) { found.rows[i].id, found.rows[i].name, found.rows[i].pool };
		(*ids)[i] = found.rows[i].id;
	}
	if (found.count > 1)
		qsort(*ids, found.count, sizeof **ids, compare_ids);
	*people = (struct shift_people) { rows, found.count };
	return TRUE;
}

gboolean
check_person(struct tx *tx, int64_t id, GError **error)
{
	struct shift_sql_people_list found;

	if (!shift_sql_people(tx, id, 0, 1, &found, error))
		return FALSE;
	return found.count == 1 || refuse(error, REFUSED_UNKNOWN, "person", "there is nobody like that who answers");
}

/* "09:00 to 17:00" */
static const char *
hours_text(struct tx *tx, int from_minute, int minutes)
{
	int until = (from_minute + minutes) % MINUTES_PER_DAY;

	return tx_text(tx, "%02d:%02d to %02d:%02d", from_minute / 60, from_minute % 60, until / 60, until % 60);
}

const char *
meeting_text(struct tx *tx, const struct shift_meeting *meeting)
{
	static const char *const names[] = { "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
		"Sundays" };

	return tx_text(tx, "meets the shift on %s from %s",
	    meeting->weekday > 0 ? names[meeting->weekday - 1] : meeting->day,
	    hours_text(tx, (int)meeting->from_minute, (int)meeting->minutes));
}

static struct shift_meeting
meeting_on(struct tx *tx, int64_t day, int from_minute, int minutes)
{
	return (struct shift_meeting) { .day = day_text(tx, day), .from_minute = from_minute, .minutes = minutes };
}

static bool
rule_meets_extra(const struct shift_plan *plan, const struct shift_rule *rule, const struct shift_oddity *extra)
{
	for (int64_t day = extra->day - 1; day <= extra->day + 1; day++) {
		if (shift_takes_place(plan, rule, day) &&
		    shift_spans_meet(
			day, rule->from_minute, rule->minutes, extra->day, extra->from_minute, extra->minutes))
			return true;
	}
	return false;
}

bool
rule_meets(struct tx *tx, const struct shift_plan *plan, const struct shift_rule *rule, struct shift_meeting *meeting)
{
	for (size_t i = 0; i < plan->rule_count; i++) {
		const struct shift_rule *other = &plan->rules[i];

		if (other->id != rule->id && shift_rules_meet(rule, other)) {
			*meeting = (struct shift_meeting) {
				.weekday = other->weekday, .from_minute = other->from_minute, .minutes = other->minutes
			};
			return true;
		}
	}
	for (size_t i = 0; i < plan->oddity_count; i++) {
		const struct shift_oddity *extra = &plan->oddities[i];

		if (!extra->is_off && rule_meets_extra(plan, rule, extra)) {
			*meeting = meeting_on(tx, extra->day, extra->from_minute, extra->minutes);
			return true;
		}
	}
	return false;
}

static bool
span_meets_rule(struct tx *tx, const struct shift_plan *plan, const struct shift_rule *rule, int64_t day,
    int from_minute, int minutes, struct shift_meeting *meeting)
{
	for (int64_t other = day - 1; other <= day + 1; other++) {
		if (shift_takes_place(plan, rule, other) &&
		    shift_spans_meet(day, from_minute, minutes, other, rule->from_minute, rule->minutes)) {
			*meeting = meeting_on(tx, other, rule->from_minute, rule->minutes);
			return true;
		}
	}
	return false;
}

bool
span_meets(struct tx *tx, const struct shift_plan *plan, int64_t day, int from_minute, int minutes,
    struct shift_meeting *meeting)
{
	for (size_t i = 0; i < plan->rule_count; i++) {
		if (span_meets_rule(tx, plan, &plan->rules[i], day, from_minute, minutes, meeting))
			return true;
	}
	for (size_t i = 0; i < plan->oddity_count; i++) {
		const struct shift_oddity *extra = &plan->oddities[i];

		if (!extra->is_off &&
		    shift_spans_meet(day, from_minute, minutes, extra->day, extra->from_minute, extra->minutes)) {
			*meeting = meeting_on(tx, extra->day, extra->from_minute, extra->minutes);
			return true;
		}
	}
	return false;
}

gboolean
check_rule(struct tx *tx, const struct shift_plan *plan, const struct shift_rule *rule, GError **error)
{
	struct shift_meeting meeting;

	return !rule_meets(tx, plan, rule, &meeting) ||
	    refuse(error, REFUSED_STATE, "from_minute", "%s", meeting_text(tx, &meeting));
}

gboolean
check_span(struct tx *tx, const struct shift_plan *plan, int64_t day, int from_minute, int minutes, GError **error)
{
	struct shift_meeting meeting;

	return !span_meets(tx, plan, day, from_minute, minutes, &meeting) ||
	    refuse(error, REFUSED_STATE, "from_minute", "%s", meeting_text(tx, &meeting));
}

gboolean
tell_changed(struct tx *tx, int64_t person)
{
	struct shift_changed *body = talloc(tx_memory(tx), struct shift_changed);

	body->person = person;
	return tx_tell(tx, EVENT_SHIFT_CHANGED, 0, body);
}

gboolean
tell_both(struct tx *tx, int64_t old_person, int64_t person)
{
	return tell_changed(tx, person) && (old_person == person || tell_changed(tx, old_person));
}
