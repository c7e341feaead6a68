/*
 * Seats: see seat.h. Here: taking one, giving it up, and who is next. Every decision gives chats back first, then the seat, and ends with
 * seat_pass_on(), so that a free seat never meets somebody who waits.
 */
#include "desk/seat/seat.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/chat/chat.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/people/people.h"
#include "desk/routing/routing.h"
#include "desk/seat/seat_inside.h"
#include "desk/setting/setting.h"
#include "sql/seat_sql.h"

#define TOLD      20 /* in the line, whose place is told when it moves: the others' pages read the board */
#define AT_A_TIME 50 /* seats that go on in one command: it must not hold the writer for all by whom a pool may grow */

const char *const seat_statuses[] = { DUTY_ONLINE, DUTY_AWAY, DUTY_PHONE, DUTY_OFFLINE, NULL };

/* ---- Seats of a pool ---- */

static gboolean
take(struct tx *tx, int64_t pool, bool *is_taken, GError **error)
{
	int changed;

	if (!seat_sql_take(tx, pool, &changed, error))
		return FALSE;
	*is_taken = changed > 0;
	return TRUE;
}

static gboolean
give_back(struct tx *tx, const struct duty *duty, GError **error)
{
	if (strcmp(duty->seat, SEAT_NONE) == 0)
		return TRUE;
	return strcmp(duty->seat, SEAT_OWN) == 0 ? seat_sql_give_back(tx, duty->pool_id, error)
						 : seat_sql_give_back_extra(tx, duty->pool_id, error);
}

static void
tell_given(struct tx *tx, int64_t person)
{
	struct seat_given *body = talloc(tx_memory(tx), struct seat_given);

	*body = (struct seat_given) { person };
	tx_tell(tx, EVENT_SEAT_GIVEN, 0, body);
}

/* From here on they have a seat of that kind and are online. */
static void
sit_down(struct tx *tx, struct duty *duty, const char *seat)
{
	if (strcmp(duty->state, DUTY_LINE) == 0)
		tell_given(tx, duty->person_id);
	duty->state = DUTY_ONLINE;
	duty->seat = seat;
	duty->since = tx_now_ms(tx);
	duty->line_since = 0;
	duty->reason = NULL;
	duty->back_at = 0;
}

/* A back-up comes beyond the size while help is called for. */
static gboolean
is_helper(struct tx *tx, const struct duty *duty, bool *is_wanted, GError **error)
{
	const char *role;

	*is_wanted = false;
	if (!seat_sql_role(tx, duty->person_id, &role, error))
		return FALSE;
	return role_of(role) != ROLE_BACKUP || routing_has_call_for_help(tx, duty->pool_id, is_wanted, error);
}

/*
 * So does whoever's shift has begun while others wind down, and does not end as theirs do: no more of them than do, and than the setting
 * lets.
 */
static gboolean
is_successor(struct tx *tx, const struct duty *duty, bool *is_wanted, GError **error)
{
	int64_t winding, handed, most;
	bool is_ending;

	*is_wanted = false;
	if (!seat_is_ending(tx, duty, &is_ending, error))
		return FALSE;
	if (duty->ends_at <= tx_now_ms(tx) || is_ending)
		return TRUE;
	if (!seat_sql_handover(tx, duty->pool_id, &winding, &handed, error) ||
	    !setting_number(tx, SETTING_HANDOVER_SEATS, &most, error))
		return FALSE;
	*is_wanted = handed < MIN(winding, most);
	return TRUE;
}

static gboolean
extra_by_rule(struct tx *tx, const struct duty *duty, const char **seat, GError **error)
{
	bool is_helping, is_following;

	if (!is_helper(tx, duty, &is_helping, error) || !is_successor(tx, duty, &is_following, error))
		return FALSE;
	*seat = is_helping ? SEAT_BACKUP : is_following ? SEAT_HANDOVER : NULL;
	return TRUE;
}

gboolean
seat_take_extra(struct tx *tx, struct duty *duty, bool *is_taken, GError **error)
{
	const char *seat;

	if (!extra_by_rule(tx, duty, &seat, error))
		return FALSE;
	*is_taken = seat != NULL;
	if (seat == NULL)
		return TRUE;
	sit_down(tx, duty, seat);
	return seat_sql_take_extra(tx, duty->pool_id, error) &&
	    seat_note(tx, duty->pool_id, duty->person_id, SEAT_EXTRA, seat, error);
}

gboolean
seat_hand_over(struct tx *tx, int64_t pool, bool *is_shorter, GError **error)
{
	struct seat_sql_first_in_shift *first;
	bool is_taken = true;
	int64_t wind_ms;

	if (!seat_wind_down_ms(tx, &wind_ms, error))
		return FALSE;
	for (*is_shorter = false; is_taken; *is_shorter |= is_taken) {
		struct duty duty;

		if (!seat_sql_first_in_shift(tx, pool, tx_now_ms(tx) + wind_ms, &first, error))
			return FALSE;
		if (first == NULL)
			return TRUE;
		if (!duty_get(tx, first->person, &duty, error) || !seat_take_extra(tx, &duty, &is_taken, error) ||
		    (is_taken && !duty_change(tx, &duty, error)))
			return FALSE;
	}
	return TRUE;
}

/* The oldest hand-over seat becomes one of the pool's own, if one is free. */
static gboolean
make_regular(struct tx *tx, int64_t pool, bool *is_made, GError **error)
{
	struct seat_sql_first_handed_over *first;
	struct duty duty;

	*is_made = false;
	if (!seat_sql_first_handed_over(tx, pool, &first, error))
		return FALSE;
	if (first == NULL)
		return TRUE;
	if (!take(tx, pool, is_made, error))
		return FALSE;
	if (!*is_made)
		return TRUE;
	if (!duty_get(tx, first->person, &duty, error) || !give_back(tx, &duty, error))
		return FALSE;
	duty.seat = SEAT_OWN;
	return seat_note(tx, pool, first->person, SEAT_REGULAR, NULL, error) && duty_change(tx, &duty, error);
}

/* The first in the line is let in, if a seat is free. */
static gboolean
let_in(struct tx *tx, int64_t pool, bool *is_let_in, GError **error)
{
	struct seat_sql_first *first;
	struct duty duty;

	*is_let_in = false;
	if (!seat_sql_first(tx, pool, &first, error))
		return FALSE;
	if (first == NULL)
		return TRUE;
	if (!take(tx, pool, is_let_in, error))
		return FALSE;
	if (!*is_let_in)
		return TRUE;
	if (!duty_get(tx, first->person, &duty, error))
		return FALSE;
	sit_down(tx, &duty, SEAT_OWN);
	return seat_note(tx, pool, first->person, SEAT_LET_IN, NULL, error) && duty_change(tx, &duty, error);
}

gboolean
seat_tell_line(struct tx *tx, int64_t pool, GError **error)
{
	struct seat_sql_line_list found;

	if (!seat_sql_line(tx, pool, TOLD, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!duty_tell(tx, found.rows[i].person, error))
			return FALSE;
	}
	return pool_tell(tx, pool, error);
}

/* Beyond the size comes nobody while the pool's own seats are not all taken: the next round goes on. */
static gboolean
hand_over_when_full(struct tx *tx, int64_t pool, GError **error)
{
	bool has_room, is_shorter;

	return seat_sql_has_room(tx, pool, &has_room, error) &&
	    (has_room || seat_hand_over(tx, pool, &is_shorter, error));
}

gboolean
seat_pass_on(struct tx *tx, int64_t pool, GError **error)
{
	int left = AT_A_TIME;

	for (bool goes_on = true; goes_on && left > 0; left -= goes_on) {
		if (!make_regular(tx, pool, &goes_on, error))
			return FALSE;
	}
	for (bool goes_on = true; goes_on && left > 0; left -= goes_on) {
		if (!let_in(tx, pool, &goes_on, error))
			return FALSE;
	}
	return hand_over_when_full(tx, pool, error) && seat_tell_line(tx, pool, error);
}

gboolean
seat_let_in(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct seat_sql_with_room_list found;

	if (!seat_sql_with_room(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!seat_pass_on(tx, found.rows[i].id, error))
			return FALSE;
	}
	*did = (int)found.count;
	return TRUE;
}

/* ---- One person's status ---- */

static gboolean
give_up(struct tx *tx, const struct duty *duty, GError **error)
{
	return chat_return_all_of(tx, duty->person_id, error) && give_back(tx, duty, error);
}

gboolean
seat_leave(struct tx *tx, const struct duty *duty, const char *what, const char *why, GError **error)
{
	return give_up(tx, duty, error) && seat_note(tx, duty->pool_id, duty->person_id, what, why, error) &&
	    duty_remove(tx, duty->person_id, error) && seat_pass_on(tx, duty->pool_id, error);
}

/* Whoever comes in the last minutes of a shift, or comes back from the phone in them, comes to stay. */
static gboolean
come_to_stay(struct tx *tx, struct duty *duty, GError **error)
{
	bool is_ending;

	if (strcmp(duty->state, DUTY_PHONE) != 0)
		return TRUE;
	if (!seat_is_ending(tx, duty, &is_ending, error))
		return FALSE;
	if (is_ending)
		duty->stays_past = duty->ends_at;
	return TRUE;
}

/* A seat, or a place in the line; says so in the log. `duty` is written by whoever calls. */
static gboolean
come_in(struct tx *tx, struct duty *duty, GError **error)
{
	bool is_taken;
	int changed;

	if (!come_to_stay(tx, duty, error) || !seat_sql_take_free(tx, duty->pool_id, duty->person_id, &changed, error))
		return FALSE;
	if (changed > 0) {
		sit_down(tx, duty, SEAT_OWN);
		return seat_note(tx, duty->pool_id, duty->person_id, SEAT_TOOK, NULL, error);
	}
	if (!seat_take_extra(tx, duty, &is_taken, error))
		return FALSE;
	if (is_taken || strcmp(duty->state, DUTY_LINE) == 0)
		return TRUE;
	duty->state = DUTY_LINE;
	duty->since = tx_now_ms(tx);
	duty->reason = NULL;
	duty->back_at = 0;
	return seat_note(tx, duty->pool_id, duty->person_id, SEAT_WAITS, NULL, error);
}

/* Back from being away, or beyond the end of the shift. */
static gboolean
go_on(struct tx *tx, struct duty *duty, GError **error)
{
	const char *was = duty->state;

	if (strcmp(was, DUTY_WINDING) == 0)
		duty->stays_past = duty->ends_at;
	if (strcmp(was, DUTY_ONLINE) == 0)
		return TRUE;
	sit_down(tx, duty, duty->seat);
	return seat_note(
	    tx, duty->pool_id, duty->person_id, strcmp(was, DUTY_WINDING) == 0 ? SEAT_STAYS : SEAT_BACK, NULL, error);
}

static gboolean
be_away(struct tx *tx, struct duty *duty, const struct seat_status *ask, GError **error)
{
	if (!seat_is_had(duty))
		return refuse(error, REFUSED_STATE, "status", "you have no seat to be away from");
	/* Whoever winds down goes on to: nothing new comes anyway. */
	if (strcmp(duty->state, DUTY_WINDING) != 0 && strcmp(duty->state, DUTY_AWAY) != 0) {
		duty->state = DUTY_AWAY;
		duty->since = tx_now_ms(tx);
	}
	duty->reason = ask->reason;
	duty->back_at = ask->back_at;
	/* What they were asked to take goes to somebody who is there. */
	return chat_withdraw_all_of(tx, duty->person_id, error) &&
	    seat_note(tx, duty->pool_id, duty->person_id, SEAT_AWAY, ask->reason, error);
}

/* The last place of the line. */
static gboolean
stand_behind(struct tx *tx, struct duty *duty, GError **error)
{
	return seat_sql_line_end(tx, duty->pool_id, tx_now_ms(tx), &duty->line_since, error);
}

static gboolean
be_on_the_phone(struct tx *tx, struct duty *duty, const struct seat_status *ask, GError **error)
{
	if (strcmp(duty->state, DUTY_PHONE) != 0) {
		if (!give_up(tx, duty, error) || (seat_is_had(duty) && !stand_behind(tx, duty, error)))
			return FALSE;
		duty->state = DUTY_PHONE;
		duty->seat = SEAT_NONE;
		duty->since = tx_now_ms(tx);
	}
	duty->reason = ask->reason;
	duty->back_at = ask->back_at;
	return seat_note(tx, duty->pool_id, duty->person_id, SEAT_PHONE, ask->reason, error);
}

/* Comes on duty, so far without anything. */
static gboolean
begin(struct tx *tx, struct duty *duty, GError **error)
{
	int64_t id = tx_actor(tx)->person_id, now = tx_now_ms(tx);

	*duty = (struct duty) { .person_id = id, .state = DUTY_PHONE, .seat = SEAT_NONE, .since = now };
	return duty_pool_of_person(tx, id, &duty->pool_id, error) && stand_behind(tx, duty, error) &&
	    duty_cap(tx, id, &duty->cap, error) && seat_shift_begins(tx, duty, error) && duty_add(tx, duty, error);
}

static gboolean
check(const struct tx *tx, const struct seat_status *ask, GError **error)
{
	bool takes = strcmp(ask->status, DUTY_AWAY) == 0 || strcmp(ask->status, DUTY_PHONE) == 0;

	if (!takes && (ask->reason != NULL || ask->back_at != 0))
		return refuse(
		    error, REFUSED_FIELD, ask->reason == NULL ? "back_at" : "reason", "goes with away and phone only");
	if (ask->back_at != 0 &&
	    (ask->back_at <= tx_now_ms(tx) || ask->back_at > tx_now_ms(tx) + LIMIT_AWAY_HOURS * MS_PER_HOUR))
		return refuse(
		    error, REFUSED_RANGE, "back_at", "wants a time within the next %d hours", LIMIT_AWAY_HOURS);
	return TRUE;
}

static gboolean
change(struct tx *tx, struct duty *duty, const struct seat_status *ask, GError **error)
{
	if (strcmp(ask->status, DUTY_AWAY) == 0)
		return be_away(tx, duty, ask, error);
	if (strcmp(ask->status, DUTY_PHONE) == 0)
		return be_on_the_phone(tx, duty, ask, error);
	return seat_is_had(duty) ? go_on(tx, duty, error) : come_in(tx, duty, error);
}

static gboolean
answer_now(struct tx *tx, struct seat *answer, GError **error)
{
	struct duty_row row;

	if (!duty_row(tx, tx_actor(tx)->person_id, &row, error))
		return FALSE;
	*answer = (struct seat) { row.status, row.seat, row.place, row.reason, row.back_at, row.cap, row.load };
	return TRUE;
}

/* Whoever was away or is so now has the same seat, and nobody else's place is another. */
static bool
has_moved(const struct duty *was, const struct duty *duty)
{
	return strcmp(was->seat, duty->seat) != 0 ||
	    (strcmp(was->state, DUTY_LINE) == 0) != (strcmp(duty->state, DUTY_LINE) == 0);
}

gboolean
seat_status(struct tx *tx, const struct seat_status *ask, struct seat *answer, GError **error)
{
	struct duty duty, was;

	if (!check(tx, ask, error) || !duty_get(tx, tx_actor(tx)->person_id, &was, error))
		return FALSE;
	duty = was;
	if (strcmp(ask->status, DUTY_OFFLINE) == 0)
		return (duty.person_id == 0 || seat_leave(tx, &duty, SEAT_LEFT, NULL, error)) &&
		    answer_now(tx, answer, error);
	if (duty.person_id == 0 && strcmp(ask->status, DUTY_AWAY) != 0 && !begin(tx, &duty, error))
		return FALSE;
	duty.gone_since = 0;
	return change(tx, &duty, ask, error) && duty_change(tx, &duty, error) &&
	    (!has_moved(&was, &duty) || seat_pass_on(tx, duty.pool_id, error)) && answer_now(tx, answer, error);
}

/* ---- What leads do, and see ---- */

gboolean
seat_free(struct tx *tx, const struct seat_free *ask, GError **error)
{
	struct duty_row row;
	struct duty duty;

	if (!duty_row(tx, ask->person, &row, error) || !duty_get(tx, ask->person, &duty, error))
		return FALSE;
	if (duty.person_id == 0)
		return refuse(error, REFUSED_STATE, "person", "%s is offline", row.name);
	return seat_leave(tx, &duty, SEAT_FREED, ask->reason, error);
}

gboolean
seat_pool_change(struct tx *tx, const struct pool_change *ask, struct pool *answer, GError **error)
{
	struct pool pool;

	return pool_get(tx, ask->pool, &pool, error) && pool_change(tx, ask, answer, error) &&
	    seat_note(tx, pool.id, 0, SEAT_POOL,
		tx_text(tx, "%" G_GINT64_FORMAT " seats, %" G_GINT64_FORMAT " chats", answer->size, answer->cap),
		error) &&
	    seat_pass_on(tx, pool.id, error) && pool_get(tx, pool.id, answer, error);
}

/* The honest word for those in the line: the n-th of them, when the n-th of those shifts ends that end first. */
static gboolean
expect(struct tx *tx, int64_t pool, struct duty_row *rows, size_t count, GError **error)
{
	struct seat_sql_ends_list ends;

	if (!seat_sql_ends(tx, pool, &ends, error))
		return FALSE;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].pool == pool && rows[i].place > 0 && rows[i].place <= (int64_t)ends.count)
			rows[i].expected_at = MAX(ends.rows[rows[i].place - 1].at, tx_now_ms(tx));
	}
	return TRUE;
}

gboolean
seat_board(struct tx *tx, struct seat_board *answer, GError **error)
{
	struct pool_list pools;
	struct duty_rows found;
	struct duty_row *rows;

	if (!duty_list(tx, &found, error) || !pool_list(tx, &pools, error))
		return FALSE;
	rows = talloc_memdup(tx_memory(tx), found.rows, found.count * sizeof *rows);
	for (size_t i = 0; i < pools.pools.count; i++) {
		const struct pool *pool = &pools.pools.rows[i];

		if (pool->line > 0 && !expect(tx, pool->id, rows, found.count, error))
			return FALSE;
	}
	*answer = (struct seat_board) { { rows, found.count }, pools.pools };
	return TRUE;
}
