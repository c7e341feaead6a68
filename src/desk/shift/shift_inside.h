/* What the files of shifts share; nobody else's. */
#pragma once

#include "desk/shift/shift.h"
#include "desk/shift/times.h"
#include "store/tx.h"

/* All the days that can be asked for. */
#define DAY_MIN INT64_C(0)
#define DAY_MAX INT64_C(84005) /* 2199-12-31 */

/* What a store's text of a day says. */
CHECKED gboolean day_of_text(const char *text, int64_t *day, GError **error);

/* The plan of one person (0: of everybody) for those days, both included; without a zone. */
CHECKED gboolean plan_load(
    struct tx *tx, int64_t person, int64_t from, int64_t until, struct shift_plan *plan, GError **error);

/* Keeps what is of those people, whose ids rise. */
void plan_keep(struct tx *tx, struct shift_plan *plan, const int64_t *people, size_t count);

/* Those who have or may have shifts, by name; and their ids in rising order, in tx_memory(). */
CHECKED gboolean people_load(
    struct tx *tx, int64_t person, int64_t pool, struct shift_people *people, int64_t **ids, GError **error);

/* REFUSED_UNKNOWN (field shift) where there is none. */
CHECKED gboolean shift_find(struct tx *tx, int64_t id, struct shift_row *shift, GError **error);

/* REFUSED_UNKNOWN (field person) for nobody who answers. */
CHECKED gboolean check_person(struct tx *tx, int64_t id, GError **error);

/* Which other shift a rule meets (but itself), or what begins on one day; the plan is that of one person. */
bool rule_meets(
    struct tx *tx, const struct shift_plan *plan, const struct shift_rule *rule, struct shift_meeting *meeting);
bool span_meets(struct tx *tx, const struct shift_plan *plan, int64_t day, int from_minute, int minutes,
    struct shift_meeting *meeting);

/* "meets the shift on Mondays from 09:00 to 17:00" */
const char *meeting_text(struct tx *tx, const struct shift_meeting *meeting);

/* The plan is that of one person. REFUSED_STATE where the rule meets another one (but itself) or an extra shift. */
CHECKED gboolean check_rule(
    struct tx *tx, const struct shift_plan *plan, const struct shift_rule *rule, GError **error);

/* The same for what begins on one day, against all that takes place around it. */
CHECKED gboolean check_span(
    struct tx *tx, const struct shift_plan *plan, int64_t day, int from_minute, int minutes, GError **error);

/* As a store has it: NULL for NO_LAST_DAY. */
const char *last_day_text(struct tx *tx, int64_t day);

/* Adds the row, unchecked. */
CHECKED gboolean rule_write(struct tx *tx, const struct shift_rule *rule, int64_t *id, GError **error);

/* Tells shift.changed; of one person, or of who had it and who has it now. */
gboolean tell_changed(struct tx *tx, int64_t person);
gboolean tell_both(struct tx *tx, int64_t old_person, int64_t person);
