/* Receipts: see receipt.h. */
#include "desk/receipt/receipt.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/people/actor.h"
#include "sql/receipt_sql.h"

/* Whom an id counts for. */
static const char *
caller(struct tx *tx)
{
	const struct actor *actor = tx_actor(tx);

	switch (actor->kind) {
	case ACTOR_VISITOR:
		return tx_text(tx, "visitor %s", actor->visitor);
	case ACTOR_PERSON:
		return tx_text(tx, "person %" G_GINT64_FORMAT, actor->person_id);
	default:
		return "system";
	}
}

gboolean
receipt_find(struct tx *tx, const char *deed, const char *id, const char **answer, GError **error)
{
	struct receipt_sql_find *row;

	if (!receipt_sql_find(tx, caller(tx), id, &row, error))
		return FALSE;
	if (row != NULL && strcmp(row->command, deed) != 0)
		return refuse(error, REFUSED_STATE, "id", "this id was used for %s", row->command);
	*answer = row == NULL ? NULL : row->answer;
	return TRUE;
}

gboolean
receipt_keep(struct tx *tx, const char *deed, const char *id, const char *answer, GError **error)
{
	return receipt_sql_keep(tx, caller(tx), id, deed, answer, tx_now_ms(tx), error);
}

gboolean
receipt_purge(struct tx *tx, int64_t max, int *purged, GError **error)
{
	return receipt_sql_purge(tx, tx_now_ms(tx) - LIMIT_RECEIPT_HOURS * MS_PER_HOUR, max, purged, error);
}
