/* Who is not heard of, and who is signed in nowhere any more: see seat.h. */
#include "base/clock.h"
#include "base/limits.h"
#include "desk/chat/chat.h"
#include "desk/seat/seat_inside.h"
#include "sql/seat_sql.h"

/* A clock that is set back by less is waited for. */
#define AHEAD_MS (10 * MS_PER_SECOND)

static gboolean
is_silent(struct tx *tx, int64_t person, int64_t seen_at, GError **error)
{
	struct duty duty;

	if (!duty_get(tx, person, &duty, error))
		return FALSE;
	duty.gone_since = seen_at;
	return chat_withdraw_all_of(tx, person, error) && seat_note(tx, duty.pool_id, person, SEAT_GONE, NULL, error) &&
	    duty_change(tx, &duty, error);
}

static gboolean
is_heard(struct tx *tx, int64_t person, GError **error)
{
	struct duty duty;

	if (!duty_get(tx, person, &duty, error))
		return FALSE;
	duty.gone_since = 0;
	return seat_note(tx, duty.pool_id, person, SEAT_HEARD, NULL, error) && duty_change(tx, &duty, error) &&
	    seat_pass_on(tx, duty.pool_id, error);
}

static gboolean
is_lost(struct tx *tx, int64_t person, const char *what, GError **error)
{
	struct duty duty;

	return duty_get(tx, person, &duty, error) && seat_leave(tx, &duty, what, NULL, error);
}

/* Who was heard of comes before who is lost: after a time in which nobody could be, those who are there again stay. */
gboolean
seat_watch(struct tx *tx, int64_t max, int *did, GError **error)
{
	int64_t now = tx_now_ms(tx), after = now - LIMIT_GONE_SECONDS * MS_PER_SECOND, beyond = now + AHEAD_MS;
	struct seat_sql_heard_list heard;
	struct seat_sql_silent_list silent;
	struct seat_sql_lost_list lost;

	if (!seat_sql_heard(tx, after, beyond, max, &heard, error))
		return FALSE;
	for (size_t i = 0; i < heard.count; i++) {
		if (!is_heard(tx, heard.rows[i].person, error))
			return FALSE;
	}
	if (!seat_sql_silent(tx, after, beyond, max, &silent, error))
		return FALSE;
	for (size_t i = 0; i < silent.count; i++) {
		if (!is_silent(tx, silent.rows[i].person, MIN(silent.rows[i].seen_at, after), error))
			return FALSE;
	}
	if (!seat_sql_lost(tx, now - LIMIT_LOST_SECONDS * MS_PER_SECOND, max, &lost, error))
		return FALSE;
	for (size_t i = 0; i < lost.count; i++) {
		if (!is_lost(tx, lost.rows[i].person, SEAT_LOST, error))
			return FALSE;
	}
	*did = (int)MAX(MAX(heard.count, silent.count), lost.count);
	return TRUE;
}

gboolean
seat_leave_signed_out(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct seat_sql_signed_out_list found;

	if (!seat_sql_signed_out(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!is_lost(tx, found.rows[i].person, SEAT_OUT, error))
			return FALSE;
	}
	*did = (int)found.count;
	return TRUE;
}
