/* Status: see status.h. */
#include "desk/status/status.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/setting/setting.h"
#include "sql/status_sql.h"
#include "store/tx.h"

/* The desk's own pages are no news. */
static gboolean
read_unseen(struct tx *tx, struct status_sites *unseen, GError **error)
{
	struct status_sql_unseen_list found;
	struct status_site *rows;
	const char *own;
	size_t count = 0;

	if (!setting_value(tx, SETTING_SITE, &own, error) || !status_sql_unseen(tx, LIMIT_SITES, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct status_site, found.count);
	for (size_t i = 0; i < found.count; i++) {
		if (own == NULL || strcmp(found.rows[i].site, own) != 0)
			rows[count++] = (struct status_site) { found.rows[i].site, found.rows[i].name };
	}
	*unseen = (struct status_sites) { rows, count };
	return TRUE;
}

gboolean
status_desk(struct tx *tx, struct status_desk *desk, GError **error)
{
	return status_sql_line(tx, &desk->waiting, &desk->waiting_since, &desk->owned, error) &&
	    status_sql_people(tx, &desk->online, error) &&
	    status_sql_overdue(tx, tx_now_ms(tx), &desk->overdue, error) && read_unseen(tx, &desk->unseen, error);
}
