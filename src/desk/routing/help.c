/* Help: when the back-ups of a pool are called. See routing.h. */
#include <talloc.h>

#include "base/clock.h"
#include "desk/events.h"
#include "desk/routing/routing_inside.h"
#include "desk/setting/setting.h"
#include "sql/routing_sql.h"

bool
help_is_needed(const struct help_facts *facts)
{
	if (facts->longest_since == 0)
		return false;
	return (facts->lonely_since != 0 && !facts->has_able) ||
	    facts->now_ms - facts->longest_since >= facts->backup_seconds * MS_PER_SECOND;
}

gboolean
help_facts(struct tx *tx, int64_t pool, int64_t backup_seconds, struct help_facts *facts, GError **error)
{
	struct routing_sql_help *row;

	*facts = (struct help_facts) { .now_ms = tx_now_ms(tx), .backup_seconds = backup_seconds };
	if (!routing_sql_help(tx, pool, &row, error))
		return FALSE;
	if (row == NULL)
		return TRUE;
	facts->alerted_at = row->alerted;
	facts->longest_since = row->longest;
	facts->lonely_since = row->lonely;
	facts->has_able = row->able != 0;
	return TRUE;
}

static gboolean
call(struct tx *tx, const struct routing_sql_pools_that_wait *pool, const struct help_facts *facts, GError **error)
{
	struct backup_alerted *body = talloc(tx_memory(tx), struct backup_alerted);
	int64_t waiting, offered, longest;

	if (!routing_sql_line(tx, pool->id, &waiting, &offered, &longest, error))
		return FALSE;
	*body = (struct backup_alerted) { pool->id, pool->team, pool->team_name, waiting, facts->longest_since };
	return tx_tell(tx, EVENT_BACKUP_ALERTED, 0, body);
}

/* For whom help is to be called: once for each who waits. NULL: for nobody. */
static gboolean
find_helpless(
    struct tx *tx, int64_t pool, const struct help_facts *facts, struct routing_sql_helpless **waiter, GError **error)
{
	*waiter = NULL;
	if (!facts->has_able && !routing_sql_helpless(tx, pool, 1, waiter, error))
		return FALSE;
	if (*waiter != NULL)
		return TRUE;
	if (!routing_sql_helpless(tx, pool, 0, waiter, error))
		return FALSE;
	if (*waiter != NULL && facts->now_ms - (*waiter)->since < facts->backup_seconds * MS_PER_SECOND)
		*waiter = NULL;
	return TRUE;
}

static gboolean
look_after(struct tx *tx, struct step *step, const struct routing_sql_pools_that_wait *pool, GError **error)
{
	struct routing_sql_helpless *waiter;
	struct help_facts facts;

	if (!help_facts(tx, pool->id, step->backup_seconds, &facts, error))
		return FALSE;
	if (facts.alerted_at != 0 && facts.now_ms - facts.alerted_at < HELP_AGAIN_MS)
		return TRUE;
	if (!find_helpless(tx, pool->id, &facts, &waiter, error))
		return FALSE;
	if (waiter == NULL)
		return TRUE;
	step->did++;
	return routing_sql_alerted(tx, waiter->chat, tx_now_ms(tx), error) && call(tx, pool, &facts, error);
}

gboolean
help_call(struct tx *tx, struct step *step, GError **error)
{
	struct routing_sql_pools_that_wait_list pools;

	if (!routing_sql_pools_that_wait(tx, &pools, error))
		return FALSE;
	for (size_t i = 0; i < pools.count; i++) {
		if (!look_after(tx, step, &pools.rows[i], error))
			return FALSE;
	}
	return TRUE;
}

gboolean
routing_has_call_for_help(struct tx *tx, int64_t pool, bool *has_call, GError **error)
{
	struct help_facts facts;
	int64_t seconds;

	if (!setting_number(tx, SETTING_BACKUP_SECONDS, &seconds, error) ||
	    !help_facts(tx, pool, seconds, &facts, error))
		return FALSE;
	/* Whoever was called a moment ago may come even if it has become a little better meanwhile. */
	*has_call = help_is_needed(&facts) ||
	    (facts.longest_since != 0 && facts.alerted_at != 0 && facts.now_ms - facts.alerted_at < HELP_AGAIN_MS);
	return TRUE;
}
