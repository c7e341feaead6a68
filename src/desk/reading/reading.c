/* Readings: see reading.h. */
#include "desk/reading/reading.h"

#include <talloc.h>

#include "desk/events.h"
#include "desk/people/actor.h"
#include "sql/reading_sql.h"

const char *const reading_sides[] = { SIDE_VISITOR, SIDE_STAFF, NULL };

static gboolean
is_there(const struct conversation *conversation, const char *field, int64_t seq, GError **error)
{
	return seq <= conversation->last_seq ||
	    refuse(error, REFUSED_STATE, field, "there is no item %" G_GINT64_FORMAT " yet", seq);
}

/* Who only looks on sees nothing in the name of staff. */
static gboolean
seen_by_side(struct tx *tx, const struct conversation *conversation, int64_t *seen, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	bool reads;

	if (actor->kind == ACTOR_VISITOR || *seen == 0)
		return TRUE;
	if (!reading_sql_reads_for_staff(tx, conversation->id, actor->person_id, &reads, error))
		return FALSE;
	if (!reads)
		*seen = 0;
	return TRUE;
}

/* What was given, as what both sides can see; never behind `before`. */
static gboolean
move(struct tx *tx, const struct conversation *conversation, const struct reading_set *ask,
    const struct reading *before, struct reading *after, GError **error)
{
	int64_t seen = ask->seen, delivered = MAX(ask->delivered, ask->seen);

	if (!seen_by_side(tx, conversation, &seen, error) ||
	    !reading_sql_public_seq(tx, conversation->id, seen, &seen, error) ||
	    !reading_sql_public_seq(tx, conversation->id, delivered, &delivered, error))
		return FALSE;
	*after = (struct reading) { MAX(before->delivered, delivered), MAX(before->seen, seen) };
	return TRUE;
}

static gboolean
keep(struct tx *tx, const struct conversation *conversation, const char *side, const struct reading *before,
    const struct reading *after, GError **error)
{
	struct reading_moved *moved = talloc(tx_memory(tx), struct reading_moved);

	if (!reading_sql_put(tx, conversation->id, side, after->delivered, after->seen, tx_now_ms(tx), error) ||
	    (after->seen > before->seen && g_str_equal(side, SIDE_STAFF) &&
		!reading_sql_recount(tx, conversation->id, after->seen, error)))
		return FALSE;
	*moved = (struct reading_moved) { conversation->key, side, after->delivered, after->seen };
	return tx_tell(tx, EVENT_READING_MOVED, conversation->id, moved);
}

gboolean
reading_set(struct tx *tx, const struct reading_set *ask, struct reading *answer, GError **error)
{
	const char *side = tx_actor(tx)->kind == ACTOR_VISITOR ? SIDE_VISITOR : SIDE_STAFF;
	struct conversation conversation;
	struct reading_sql_get *row;
	struct reading before = { 0 }, after;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !is_there(&conversation, "delivered", ask->delivered, error) ||
	    !is_there(&conversation, "seen", ask->seen, error) ||
	    !reading_sql_get(tx, conversation.id, side, &row, error))
		return FALSE;
	if (row != NULL)
		before = (struct reading) { row->delivered, row->seen };
	if (!move(tx, &conversation, ask, &before, &after, error))
		return FALSE;
	if ((after.delivered > before.delivered || after.seen > before.seen) &&
	    !keep(tx, &conversation, side, &before, &after, error))
		return FALSE;
	*answer = after;
	return TRUE;
}
