/*
 * Quiet chats, as a part of a step: nobody says a word, so it does not count, the visitor is warned, and it is closed. See routing.h.
 *
 * A message writes nothing for this: chat.spoke_at says when somebody spoke as far as was looked, and what is newer stands in the
 * log. So a chat is looked at once in a while, however much is said. Whoever speaks in a quiet one wakes it (desk/chat/speak.c).
 */
#include "desk/chat/offer.h"
#include "desk/duty/duty.h"
#include "desk/routing/routing_inside.h"
#include "sql/routing_sql.h"

typedef gboolean finder(
    struct tx *tx, int64_t before, int64_t max, struct routing_sql_loud_list *found, GError **error);
typedef gboolean rester(struct tx *tx, const struct routing_sql_loud *row, GError **error);

static gboolean
rest(struct tx *tx, const struct routing_sql_loud *row, GError **error)
{
	struct conversation conversation;

	return routing_sql_quiet(tx, row->chat, error) && duty_lose(tx, row->owner, error) &&
	    offer_move(tx, row->chat, error) && conversation_find(tx, row->conversation, &conversation, error) &&
	    chat_tell(tx, &conversation, error);
}

static gboolean
warn(struct tx *tx, const struct routing_sql_loud *row, GError **error)
{
	struct item item = { .kind = ITEM_WARNED };
	struct conversation conversation;

	return routing_sql_warned(tx, row->chat, tx_now_ms(tx), error) &&
	    conversation_find(tx, row->conversation, &conversation, error) &&
	    conversation_add(tx, &conversation, &item, NULL, error) && chat_tell(tx, &conversation, error);
}

static gboolean
end(struct tx *tx, const struct routing_sql_loud *row, GError **error)
{
	struct chat_end ask = { .conversation = row->conversation, .outcome = "gone" };

	return chat_end(tx, &ask, error);
}

/* Whether somebody has spoken since it was looked at; then that is noted. */
static bool
has_spoken(const struct routing_sql_loud *row, int64_t before)
{
	return row->said_at > before;
}

/* `since`: of the first of those whom it finds. */
static gboolean
pass(struct tx *tx, struct step *step, int64_t since, int64_t after_ms, finder *find, rester *then, GError **error)
{
	int64_t before = tx_now_ms(tx) - after_ms;
	struct routing_sql_loud_list found;

	if (after_ms == 0 || since == 0 || since > before)
		return TRUE;
	if (!find(tx, before, step->max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		const struct routing_sql_loud *row = &found.rows[i];

		if (!(has_spoken(row, before) ? routing_sql_spoke(tx, row->chat, row->said_at, error)
					      : then(tx, row, error)))
			return FALSE;
	}
	step->did += (int)found.count;
	step->more = step->more || found.count == (size_t)step->max;
	return TRUE;
}

gboolean
quiet_rest(struct tx *tx, struct step *step, GError **error)
{
	return pass(tx, step, step->due.silent, step->close_ms, routing_sql_silent, end, error) &&
	    pass(tx, step, step->due.unwarned, step->warn_ms, routing_sql_unwarned, warn, error) &&
	    pass(tx, step, step->due.loud, step->quiet_ms, routing_sql_loud, rest, error);
}
