/*
 * Winding down: what shifts do to seats. See seat.h.
 *
 * duty.ends_at is the end of the shift that somebody is in, duty.look_at the next moment at which their shifts have to be looked at: when
 * to wind down, when a shift ends or begins. seat_look() does all that is due, whenever it comes: never early, at once after a time
 * in which the desk was stopped. An end that passed meanwhile is known by ends_at.
 */
#include <string.h>

#include "base/clock.h"
#include "desk/chat/chat.h"
#include "desk/people/people.h"
#include "desk/seat/seat_inside.h"
#include "desk/setting/setting.h"
#include "desk/shift/shift.h"
#include "sql/seat_sql.h"

/* Where no shift is known to begin: shifts that were changed are looked at at once, so this is only for what lies further ahead. */
#define LOOK_AHEAD_MS (7 * MS_PER_DAY)

gboolean
seat_wind_down_ms(struct tx *tx, int64_t *ms, GError **error)
{
	int64_t minutes;

	if (!setting_number(tx, SETTING_WIND_DOWN_MINUTES, &minutes, error))
		return FALSE;
	*ms = minutes * MS_PER_MINUTE;
	return TRUE;
}

/* When to look next, after everything up to `now` has been done. */
static int64_t
next_look(const struct shift_now *shift, int64_t winds_at, int64_t now)
{
	if (shift->is_on)
		return winds_at > now ? winds_at : shift->ends_at;
	return shift->next_starts_at != 0 ? shift->next_starts_at : now + LOOK_AHEAD_MS;
}

gboolean
seat_shift_begins(struct tx *tx, struct duty *duty, GError **error)
{
	int64_t now = tx_now_ms(tx), wind_ms;
	struct shift_now shift;

	if (!shift_now(tx, duty->person_id, now, &shift, error) || !seat_wind_down_ms(tx, &wind_ms, error))
		return FALSE;
	duty->ends_at = shift.ends_at;
	duty->look_at = next_look(&shift, shift.ends_at - wind_ms, now);
	return TRUE;
}

gboolean
seat_is_ending(struct tx *tx, const struct duty *duty, bool *is_ending, GError **error)
{
	int64_t wind_ms;

	if (!seat_wind_down_ms(tx, &wind_ms, error))
		return FALSE;
	*is_ending = duty->ends_at != 0 && duty->ends_at - wind_ms <= tx_now_ms(tx);
	return TRUE;
}

static bool
is_state(const struct duty *duty, const char *state)
{
	return strcmp(duty->state, state) == 0;
}

static gboolean
set_state(struct tx *tx, struct duty *duty, const char *state, const char *what, GError **error)
{
	duty->state = state;
	duty->since = tx_now_ms(tx);
	return seat_note(tx, duty->pool_id, duty->person_id, what, NULL, error);
}

/* What has become due for somebody with a seat, whose shift ends at duty->ends_at or has ended there. */
static gboolean
wind(struct tx *tx, struct duty *duty, int64_t wind_ms, GError **error)
{
	bool is_due =
	    duty->ends_at != 0 && duty->ends_at != duty->stays_past && duty->ends_at - wind_ms <= tx_now_ms(tx);

	if (is_due && !is_state(duty, DUTY_WINDING))
		return chat_withdraw_all_of(tx, duty->person_id, error) &&
		    set_state(tx, duty, DUTY_WINDING, SEAT_WINDS, error);
	/* The shift was made longer. Whoever is away, and has said why or for how long, still is. */
	if (!is_due && is_state(duty, DUTY_WINDING) && duty->ends_at > tx_now_ms(tx))
		return set_state(
		    tx, duty, duty->reason != NULL || duty->back_at != 0 ? DUTY_AWAY : DUTY_ONLINE, SEAT_STAYS, error);
	return TRUE;
}

/* Somebody in the line whose shift has begun may be given a hand-over seat. */
static gboolean
try_extra(struct tx *tx, struct duty *duty, GError **error)
{
	bool is_taken;

	return !is_state(duty, DUTY_LINE) || duty->gone_since != 0 || seat_take_extra(tx, duty, &is_taken, error);
}

/* The shift that ended while nobody looked is known by the row alone. */
static void
read_end(const struct shift_now *shift, int64_t now, struct duty *duty)
{
	if (shift->is_on)
		duty->ends_at = shift->ends_at;
	else if (!seat_is_had(duty) || duty->ends_at > now || duty->ends_at == duty->stays_past)
		duty->ends_at = 0;
}

/* Most looks find everything as it was: nobody is told of that. */
static gboolean
put(struct tx *tx, const struct duty *was, const struct duty *duty, GError **error)
{
	if (is_state(duty, was->state) && duty->ends_at == was->ends_at)
		return seat_sql_looked(tx, duty->person_id, duty->look_at, error);
	return duty_change(tx, duty, error);
}

static gboolean
look(struct tx *tx, int64_t person, int64_t wind_ms, GError **error)
{
	int64_t now = tx_now_ms(tx);
	struct shift_now shift;
	struct duty duty, was;
	bool is_shorter;

	if (!duty_get(tx, person, &duty, error) || !shift_now(tx, person, now, &shift, error))
		return FALSE;
	was = duty;
	read_end(&shift, now, &duty);
	duty.look_at = next_look(&shift, shift.ends_at - wind_ms, now);
	if (!(seat_is_had(&duty) ? wind(tx, &duty, wind_ms, error) : try_extra(tx, &duty, error)) ||
	    !put(tx, &was, &duty, error) || !seat_hand_over(tx, duty.pool_id, &is_shorter, error))
		return FALSE;
	return (!is_shorter && seat_is_had(&duty) == seat_is_had(&was)) || seat_tell_line(tx, duty.pool_id, error);
}

gboolean
seat_look(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct seat_sql_due_list found;
	int64_t wind_ms;
	int passed;

	if (!seat_sql_due(tx, tx_now_ms(tx), max, &found, error) || !seat_wind_down_ms(tx, &wind_ms, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!look(tx, found.rows[i].person, wind_ms, error))
			return FALSE;
	}
	*did = (int)found.count;
	/* Whoever has no chat need not wait for the last one. */
	return found.count == 0 || seat_pass(tx, max, &passed, error);
}

gboolean
seat_look_again(struct tx *tx, int64_t max, int *did, GError **error)
{
	int changed;

	(void)max;
	*did = 0;
	return seat_sql_look_again(tx, tx_now_ms(tx), &changed, error);
}

gboolean
seat_pass(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct seat_sql_finished_list found;

	if (!seat_sql_finished(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		struct duty duty;

		if (!duty_get(tx, found.rows[i].person, &duty, error) ||
		    !seat_leave(tx, &duty, SEAT_PASSED, NULL, error))
			return FALSE;
	}
	*did = (int)found.count;
	return TRUE;
}
