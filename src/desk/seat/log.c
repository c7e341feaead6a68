/* The log of seats: see seat.h. */
#include <talloc.h>

#include "desk/people/actor.h"
#include "desk/seat/seat_inside.h"
#include "sql/seat_sql.h"

const char *const seat_happenings[] = { SEAT_TOOK, SEAT_WAITS, SEAT_LET_IN, SEAT_EXTRA, SEAT_REGULAR, SEAT_AWAY,
	SEAT_BACK, SEAT_PHONE, SEAT_LEFT, SEAT_FREED, SEAT_GONE, SEAT_HEARD, SEAT_LOST, SEAT_OUT, SEAT_WINDS,
	SEAT_STAYS, SEAT_PASSED, SEAT_POOL, NULL };

gboolean
seat_note(struct tx *tx, int64_t pool, int64_t person, const char *what, const char *why, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	int64_t by = actor->kind == ACTOR_PERSON ? actor->person_id : 0;

	return seat_sql_note(tx, tx_now_ms(tx), pool, person, by, what, why, error);
}

static gboolean
find(struct tx *tx, const struct seat_log_ask *ask, struct seat_sql_log_list *found, GError **error)
{
	int64_t before = ask->before == 0 ? INT64_MAX : ask->before, max = ask->limit + 1;

	if (ask->person != 0)
		return seat_sql_log_of_person(tx, ask->person, ask->pool, before, max, found, error);
	if (ask->pool != 0)
		return seat_sql_log_of_pool(tx, ask->pool, before, max, found, error);
	return seat_sql_log(tx, before, max, found, error);
}

gboolean
seat_log(struct tx *tx, const struct seat_log_ask *ask, struct seat_log *answer, GError **error)
{
	struct seat_sql_log_list found;
	struct seat_line *rows;
	size_t count;

	if (!find(tx, ask, &found, error))
		return FALSE;
	count = MIN(found.count, (size_t)ask->limit);
	rows = talloc_array(tx_memory(tx), struct seat_line, count);
	for (size_t i = 0; i < count; i++) {
		const struct seat_sql_log *row = &found.rows[i];

		rows[i] = (struct seat_line) { row->id, row->at, row->pool, { row->person, row->name },
			{ row->by, row->by_name }, row->what, row->why };
	}
	answer->lines = (struct seat_lines) { rows, count };
	answer->more = found.count > count;
	return TRUE;
}
