/* Routing: see routing.h. */
#include "desk/routing/routing.h"

#include <talloc.h>

#include "desk/chat/offer.h"
#include "desk/duty/pool.h"
#include "desk/line/line.h"
#include "desk/people/actor.h"
#include "sql/routing_sql.h"

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
	    !routing_sql_able(tx, pool->id, &row->able, error) || !line_room(tx, &room, error))
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
