/* Routing: see routing.h. */
#include "desk/routing/routing.h"

#include <talloc.h>

#include "base/clock.h"
#include "desk/chat/offer.h"
#include "desk/duty/pool.h"
#include "desk/line/line.h"
#include "desk/people/actor.h"
#include "desk/routing/routing_inside.h"
#include "desk/setting/setting.h"
#include "sql/routing_sql.h"

/* ---- The step ---- */

static gboolean
read_step(struct tx *tx, struct step *step, GError **error)
{
	struct setting_list settings;
	struct due due;

	if (!setting_list(tx, &settings, error) ||
	    !routing_sql_due(tx, &due.waiting, &due.expires, &due.loud, &due.unwarned, &due.silent, error))
		return FALSE;
	*step = (struct step) {
		.max = step->max,
		.offers = settings.offers,
		.offer_ms = settings.offer_seconds * MS_PER_SECOND,
		.wishes_ms = settings.wishes_seconds * MS_PER_SECOND,
		.backup_seconds = settings.backup_seconds,
		.quiet_ms = settings.quiet_minutes * MS_PER_MINUTE,
		.warn_ms = settings.quiet_warn_minutes * MS_PER_MINUTE,
		.close_ms = settings.quiet_close_minutes * MS_PER_MINUTE,
		.due = due,
	};
	return TRUE;
}

gboolean
routing_step(struct tx *tx, int64_t max, int *did, bool *more, GError **error)
{
	struct step step = { .max = max };

	/* What cannot be due is not asked after: on a server every question is a way there and back. */
	if (!read_step(tx, &step, error) || (step.due.expires != 0 && !offers_end(tx, &step, error)) ||
	    !quiet_rest(tx, &step, error) ||
	    (step.due.waiting != 0 && !(offers_make(tx, &step, error) && help_call(tx, &step, error))))
		return FALSE;
	*did = step.did;
	*more = step.more;
	return TRUE;
}

/* The earlier of what is known and what follows `since` by so much; 0 is never, of each. */
static int64_t
sooner(int64_t known, int64_t since, int64_t after_ms)
{
	if (since == 0 || after_ms == 0)
		return known;
	return known == 0 ? since + after_ms : MIN(known, since + after_ms);
}

gboolean
routing_due(struct tx *tx, int64_t *due_at, GError **error)
{
	struct step step = { 0 };

	if (!read_step(tx, &step, error))
		return FALSE;
	*due_at = step.due.expires;
	if (step.due.waiting != 0)
		*due_at = sooner(*due_at, tx_now_ms(tx), ROUTING_ROUND_MS);
	*due_at = sooner(*due_at, step.due.loud, step.quiet_ms);
	*due_at = sooner(*due_at, step.due.unwarned, step.warn_ms);
	*due_at = sooner(*due_at, step.due.silent, step.close_ms);
	return TRUE;
}

/* ---- Commands ---- */

gboolean
offer_decline(struct tx *tx, const struct offer_decline *ask, struct chat_row *answer, GError **error)
{
	struct conversation conversation;
	struct chat chat;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !chat_of(tx, &conversation, &chat, error))
		return FALSE;
	if (chat.offered_to == 0 || chat.offered_to != tx_actor(tx)->person_id)
		return refuse(error, REFUSED_STATE, NULL, "you are not asked to take this chat any more");
	return offer_end(tx, chat.id, OFFER_DECLINED, error) && chat_tell_row(tx, &conversation, answer, error);
}

static gboolean
fill_pool(struct tx *tx, const struct pool *pool, struct routing_pool *row, GError **error)
{
	struct line_room room;

	*row = (struct routing_pool) { .pool = pool->id,
		.team = pool->team,
		.team_name = pool->team_name,
		.chats = pool->chats,
		.cap = pool->cap };
	if (!routing_sql_line(tx, pool->id, &row->waiting, &row->offered, &row->longest_since, error) ||
	    !routing_sql_able(tx, pool->id, &row->able, error) || !line_room(tx, pool->id, &room, error))
		return FALSE;
	row->wait_ms = line_wait_ms(&room, row->waiting + 1);
	return routing_has_call_for_help(tx, pool->id, &row->calls_for_help, error);
}

gboolean
routing_wall(struct tx *tx, struct routing_wall *answer, GError **error)
{
	struct pool_list list;
	struct routing_pool *rows;

	if (!pool_list(tx, &list, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct routing_pool, list.pools.count);
	for (size_t i = 0; i < list.pools.count; i++) {
		if (!fill_pool(tx, &list.pools.rows[i], &rows[i], error))
			return FALSE;
	}
	answer->pools = (struct routing_pools) { rows, list.pools.count };
	return routing_sql_owned(tx, &answer->owned, &answer->quiet, error);
}
