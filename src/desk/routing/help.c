/* Help: when the back-ups of a pool are called. See routing.h. */
#include "base/clock.h"
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
help_facts(struct tx *tx, int64_t pool, struct help_facts *facts, GError **error)
{
	struct routing_sql_help *row;

	*facts = (struct help_facts) { .now_ms = tx_now_ms(tx) };
	if (!setting_number(tx, SETTING_BACKUP_SECONDS, &facts->backup_seconds, error) ||
	    !routing_sql_help(tx, pool, &row, error))
		return FALSE;
	if (row == NULL)
		return TRUE;
	facts->alerted_at = row->alerted;
	facts->longest_since = row->longest;
	facts->lonely_since = row->lonely;
	facts->has_able = row->able != 0;
	return TRUE;
}

gboolean
routing_has_call_for_help(struct tx *tx, int64_t pool, bool *has_call, GError **error)
{
	struct help_facts facts;

	if (!help_facts(tx, pool, &facts, error))
		return FALSE;
	/* Whoever was called a moment ago may come even if it has become a little better meanwhile. */
	*has_call = help_is_needed(&facts) ||
	    (facts.longest_since != 0 && facts.alerted_at != 0 && facts.now_ms - facts.alerted_at < HELP_AGAIN_MS);
	return TRUE;
}
