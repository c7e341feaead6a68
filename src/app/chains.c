/* The check of the chains: see chains.h. */
#include "app/chains.h"

#include <talloc.h>

#include "app/task.h"

static gboolean
check_some(struct tx *tx, void *data, GError **error)
{
	return audit_verify_some(tx, data, error);
}

gboolean
chains_check(struct store *store, struct chain_report *report, GError **error)
{
	struct chain_report found = { 0 };

	while (!found.is_done) {
		void *memory = talloc_new(NULL);
		gboolean is_read = task_run(store, false, memory, check_some, &found, error);

		talloc_free(memory);
		if (!is_read)
			return FALSE;
	}
	*report = found;
	return TRUE;
}

gboolean
chains_are_whole(struct store *store, GError **error)
{
	struct chain_report report;

	if (!chains_check(store, &report, error))
		return FALSE;
	if (report.is_whole)
		return TRUE;
	return fail(
	    error, FAILED_STORE, "table %s, row %" G_GINT64_FORMAT ": %s", report.table, report.row, report.says);
}
