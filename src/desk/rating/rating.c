/* Ratings: see rating.h. */
#include "desk/rating/rating.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/conversation/conversation.h"
#include "sql/rating_sql.h"

gboolean
rating_get(struct tx *tx, int64_t chat, struct rating *rating, GError **error)
{
	struct rating_sql_find *row;

	if (!rating_sql_find(tx, chat, &row, error))
		return FALSE;
	*rating = (struct rating) { 0 };
	if (row != NULL)
		*rating = (struct rating) { row->score, row->comment, row->at };
	return TRUE;
}

static gboolean
may_rate(struct tx *tx, const struct rating_sql_chat *chat, GError **error)
{
	struct rating before;

	if (chat == NULL || strcmp(chat->channel, "chat") != 0)
		return refuse(error, REFUSED_STATE, NULL, "there is no chat to rate");
	if (chat->ended_at == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat has not ended yet");
	if (!rating_get(tx, chat->id, &before, error))
		return FALSE;
	if (before.score != 0 && tx_now_ms(tx) > chat->ended_at + LIMIT_REOPEN_MINUTES * MS_PER_MINUTE)
		return refuse(error, REFUSED_STATE, NULL, "you have rated this chat, thank you");
	return TRUE;
}

gboolean
rating_give(struct tx *tx, const struct rating_give *ask, GError **error)
{
	struct item item = { .kind = ITEM_RATED, .internal = true };
	struct conversation conversation;
	struct rating_sql_chat *chat;

	item.text = tx_text(
	    tx, "%d%s%s", (int)ask->score, ask->comment == NULL ? "" : "\n", ask->comment == NULL ? "" : ask->comment);
	return conversation_find(tx, ask->conversation, &conversation, error) &&
	    rating_sql_chat(tx, conversation.id, &chat, error) && may_rate(tx, chat, error) &&
	    rating_sql_put(tx, chat->id, ask->score, ask->comment, tx_now_ms(tx), error) &&
	    conversation_add(tx, &conversation, &item, NULL, error);
}
