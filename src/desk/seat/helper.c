/*
 * Back-ups who stand in the line for a seat when help is called: see seat.h. Whoever of them is offline is told, and signs in beyond the
 * size; those who asked for a seat before need not ask again.
 */
#include "desk/seat/seat_inside.h"
#include "sql/seat_sql.h"

static gboolean
let_helper_in(struct tx *tx, int64_t person, int *did, GError **error)
{
	struct duty duty;
	bool is_taken;

	if (!duty_get(tx, person, &duty, error) || !seat_take_extra(tx, &duty, &is_taken, error))
		return FALSE;
	if (!is_taken)
		return TRUE;
	(*did)++;
	return duty_change(tx, &duty, error) && seat_tell_line(tx, duty.pool_id, error);
}

gboolean
seat_let_helpers_in(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct seat_sql_helpers_list found;

	*did = 0;
	if (!seat_sql_helpers(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!let_helper_in(tx, found.rows[i].person, did, error))
			return FALSE;
	}
	return TRUE;
}
