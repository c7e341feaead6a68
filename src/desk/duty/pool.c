/* Pools: see pool.h. */
#include "desk/duty/pool.h"

#include <talloc.h>

#include "desk/events.h"
#include "desk/team/team.h"
#include "sql/duty_sql.h"

static struct pool
pool_of(const struct duty_sql_pools *row)
{
	return (struct pool) { row->id, row->team, row->team_name, row->size, row->cap, row->used, row->extra,
		row->chats, row->line, row->is_removed };
}

gboolean
pool_list(struct tx *tx, struct pool_list *answer, GError **error)
{
	struct duty_sql_pools_list found;
	struct pool *rows;

	if (!duty_sql_pools(tx, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct pool, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = pool_of(&found.rows[i]);
	answer->pools = (struct pool_rows) { rows, found.count };
	return TRUE;
}

static gboolean
find(struct tx *tx, int64_t id, struct pool *pool, GError **error)
{
	struct duty_sql_pools *row;

	if (!duty_sql_pool(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "pool", "there is no such pool");
	*pool = pool_of(row);
	return TRUE;
}

gboolean
pool_get(struct tx *tx, int64_t id, struct pool *answer, GError **error)
{
	if (!find(tx, id, answer, error))
		return FALSE;
	return !answer->is_removed || refuse(error, REFUSED_UNKNOWN, "pool", "there is no such pool");
}

gboolean
pool_tell(struct tx *tx, int64_t id, GError **error)
{
	struct pool *body = talloc(tx_memory(tx), struct pool);

	return find(tx, id, body, error) && tx_tell(tx, EVENT_POOL_CHANGED, 0, body);
}

/* Answers what has become of it, and tells everybody. */
static gboolean
tell(struct tx *tx, int64_t id, struct pool *answer, GError **error)
{
	return find(tx, id, answer, error) && pool_tell(tx, id, error);
}

gboolean
pool_add(struct tx *tx, const struct pool_add *ask, struct pool *answer, GError **error)
{
	struct duty_sql_pool_add *added;

	if (!team_check(tx, ask->team, "team", error) ||
	    !duty_sql_pool_add(tx, ask->team, ask->size, ask->cap, &added, error))
		return FALSE;
	if (added == NULL)
		return refuse(error, REFUSED_STATE, "team", "this team has a pool already");
	return duty_sql_chats_to_pool(tx, added->id, ask->team, error) && tell(tx, added->id, answer, error);
}

gboolean
pool_change(struct tx *tx, const struct pool_change *ask, struct pool *answer, GError **error)
{
	struct pool pool;

	return pool_get(tx, ask->pool, &pool, error) &&
	    duty_sql_pool_change(
		tx, pool.id, ask->size < 0 ? pool.size : ask->size, ask->cap < 0 ? pool.cap : ask->cap, error) &&
	    tell(tx, pool.id, answer, error);
}

gboolean
pool_remove(struct tx *tx, const struct pool_ask *ask, GError **error)
{
	struct pool pool;
	int changed;

	if (!find(tx, ask->pool, &pool, error))
		return FALSE;
	if (pool.team == 0)
		return refuse(error, REFUSED_STATE, "pool", "whoever is in no team needs this pool");
	if (pool.is_removed)
		return tx_unremarkable(tx);
	if (!duty_sql_pool_remove(tx, pool.id, tx_now_ms(tx), &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, "pool", "somebody of this pool is on duty");
	return duty_sql_chats_to_everybody(tx, pool.id, error) && pool_tell(tx, pool.id, error);
}
