/* Trails: see trail.h. */
#include "desk/trail/trail.h"

#include <string.h>
#include <talloc.h>

#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "desk/site/address.h"
#include "sql/trail_sql.h"
#include "store/tx.h"

static gboolean
tell(struct tx *tx, const struct conversation *conversation, const struct trail_page *page)
{
	struct trail_added *body = talloc(tx_memory(tx), struct trail_added);

	*body = (struct trail_added) { conversation->key, *page };
	return tx_tell(tx, EVENT_TRAIL_ADDED, conversation->id, body);
}

static gboolean
record(struct tx *tx, const struct conversation *conversation, const struct trail_page *page, GError **error)
{
	struct trail_sql_newest *newest;

	if (!trail_sql_newest(tx, conversation->id, &newest, error))
		return FALSE;
	if (newest != NULL && strcmp(newest->url, page->url) == 0)
		return TRUE;
	return trail_sql_add(tx, conversation->id, page->url, page->title, page->at, error) &&
	    trail_sql_cut(tx, conversation->id, TRAIL_KEPT, error) && tell(tx, conversation, page);
}

gboolean
trail_add(struct tx *tx, const struct trail_add *ask, GError **error)
{
	struct trail_page page = { address_page(tx_memory(tx), ask->url), ask->title, tx_now_ms(tx) };
	struct conversation conversation;

	if (page.url == NULL)
		return refuse(error, REFUSED_RANGE, "url", "wants the address of a page: http or https");
	if (!conversation_of_visitor(tx, &conversation, error))
		return FALSE;
	return conversation.id == 0 || record(tx, &conversation, &page, error);
}

gboolean
trail_list(struct tx *tx, const struct trail_ask *ask, struct trail *answer, GError **error)
{
	struct conversation conversation;
	struct trail_sql_list_list found;
	struct trail_page *rows;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !trail_sql_list(tx, conversation.id, TRAIL_KEPT, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct trail_page, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = (struct trail_page) { found.rows[i].url, found.rows[i].title, found.rows[i].at };
	answer->pages = (struct trail_pages) { rows, found.count };
	return TRUE;
}
