/* Promises: see promise.h. */
#include "desk/promise/promise.h"

#include <string.h>
#include <talloc.h>

#include "desk/calendar/holiday.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "sql/promise_sql.h"

/* However many there are in a row: a promise falls due behind them, or after so many days. */
#define HOLIDAYS_AHEAD 60

const char *const promise_sources[] = { PROMISE_OF_CHAT, PROMISE_OF_FORM, NULL };
const char *const promise_views[] = { "open", "mine", "overdue", NULL };

static struct promise_row
row_of(const struct promise_sql_row *row)
{
	return (struct promise_row) {
		.promise = row->id,
		.conversation = row->conversation,
		.visitor = { row->name, row->email },
		.source = row->source,
		.what = row->what,
		.owner = { row->owner, row->owner_name },
		.made_at = row->made_at,
		.due_at = row->due_at,
		.kept_at = row->kept_at,
		.kept_by = { row->kept_by, row->keeper_name },
	};
}

static gboolean
find(struct tx *tx, int64_t id, struct promise_row *promise, GError **error)
{
	struct promise_sql_row *row;

	if (!promise_sql_row(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "promise", "there is no such promise");
	*promise = row_of(row);
	return TRUE;
}

static gboolean
tell_changed(struct tx *tx, int64_t id, struct promise_row *answer, GError **error)
{
	struct promise_row *body = talloc(tx_memory(tx), struct promise_row);

	if (!find(tx, id, body, error))
		return FALSE;
	*answer = *body;
	return tx_tell(tx, EVENT_PROMISE_CHANGED, 0, body);
}

static gboolean
log_item(struct tx *tx, struct conversation *conversation, const char *kind, const char *text, GError **error)
{
	struct item item = { .kind = kind, .text = text, .internal = true };

	return conversation_add(tx, conversation, &item, NULL, error);
}

static gboolean
read_due(struct tx *tx, int64_t *due, GError **error)
{
	g_autoptr(GTimeZone) zone = NULL;
	struct holidays holidays;

	if (!desk_zone(tx, &zone, error))
		return FALSE;

	int64_t today = calendar_day(zone, tx_now_ms(tx));

	if (!holidays_of(tx, today, today + HOLIDAYS_AHEAD, &holidays, error))
		return FALSE;
	*due = calendar_business_days_after(zone, tx_now_ms(tx), PROMISE_DAYS, &holidays);
	return TRUE;
}

gboolean
promise_make(
    struct tx *tx, struct conversation *conversation, const struct promise_make *ask, int64_t *due_at, GError **error)
{
	struct promise_row row;
	int64_t id, due;

	if (!read_due(tx, &due, error))
		return FALSE;
	if (due_at != NULL)
		*due_at = due;
	return promise_sql_add(tx, conversation->id, ask->chat_id, ask->source, ask->what, ask->owner_id, tx_now_ms(tx),
		   due, &id, error) &&
	    log_item(tx, conversation, ITEM_PROMISED, ask->what, error) && tell_changed(tx, id, &row, error);
}

gboolean
promise_count_open(struct tx *tx, int64_t conversation, int64_t *count, GError **error)
{
	return promise_sql_count_open(tx, conversation, count, error);
}

/* Where the page before ended. */
static gboolean
read_place(struct tx *tx, int64_t after, int64_t *due, GError **error)
{
	struct promise_row row;

	*due = 0;
	if (after == 0)
		return TRUE;
	if (!find(tx, after, &row, error))
		return FALSE;
	*due = row.due_at;
	return TRUE;
}

gboolean
promise_list(struct tx *tx, const struct promise_list_ask *ask, struct promise_list *answer, GError **error)
{
	int64_t until = strcmp(ask->view, "overdue") == 0 ? tx_now_ms(tx) : INT64_MAX;
	int64_t owner = strcmp(ask->view, "mine") == 0 ? tx_actor(tx)->person_id : 0;
	struct promise_sql_row_list found;
	struct promise_row *rows;
	int64_t due;

	if (!read_place(tx, ask->after, &due, error) ||
	    !promise_sql_list(tx, due, ask->after, until, owner, ask->limit + 1, &found, error))
		return FALSE;
	answer->more = found.count > (size_t)ask->limit;
	answer->promises.count = MIN(found.count, (size_t)ask->limit);
	answer->promises.rows = rows = talloc_array(tx_memory(tx), struct promise_row, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = row_of(&found.rows[i]);
	return TRUE;
}

gboolean
promise_keep(struct tx *tx, const struct promise_ask *ask, struct promise_row *answer, GError **error)
{
	struct conversation conversation;
	int changed;

	if (!find(tx, ask->promise, answer, error) ||
	    !promise_sql_keep(tx, ask->promise, tx_actor(tx)->person_id, tx_now_ms(tx), &changed, error))
		return FALSE;
	if (changed == 0)
		return TRUE;
	return conversation_find(tx, answer->conversation, &conversation, error) &&
	    log_item(tx, &conversation, ITEM_KEPT, answer->what, error) &&
	    tell_changed(tx, ask->promise, answer, error);
}
