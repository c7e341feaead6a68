/* Notes: see note.h. */
#include "desk/note/note.h"

#include "desk/audit/canon.h"
#include "desk/audit/chain.h"
#include "desk/conversation/conversation.h"
#include "desk/draft/draft.h"
#include "sql/note_sql.h"

static gboolean
check_corrected(struct tx *tx, const struct conversation *conversation, int64_t seq, GError **error)
{
	struct note_sql_find *row;

	if (seq == 0)
		return TRUE;
	if (!note_sql_find(tx, conversation->id, seq, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "corrects", "there is no such note in this conversation");
	return TRUE;
}

static struct bytes
bytes_of(const struct digest *digest)
{
	return (struct bytes) { digest->bytes, DIGEST_BYTES };
}

/* Puts the note of an item on the chain of all notes. */
static gboolean
keep(struct tx *tx, const struct conversation *conversation, const struct item *item, int64_t row, GError **error)
{
	struct canon_note note = {
		.conversation = conversation->key,
		.seq = item->seq,
		.author_id = item->author.id,
		.at = item->at,
		.corrects = item->corrects,
		.text = item->text,
	};
	struct digest salt = tx_salt(tx);
	struct digest content = canon_note(tx_memory(tx), &salt, &note);
	struct chain_link link;

	return chain_extend(tx, CHAIN_NOTE, &content, &link, error) &&
	    note_sql_add(tx, link.id, row, conversation->id, item->seq, item->author.id, item->corrects, item->text,
		item->at, bytes_of(&salt), bytes_of(&content), bytes_of(&link.hash), error);
}

static gboolean
put(struct tx *tx, struct conversation *conversation, struct item *item, GError **error)
{
	int64_t row;

	return conversation_add(tx, conversation, item, &row, error) && keep(tx, conversation, item, row, error);
}

gboolean
note_write(struct tx *tx, struct conversation *conversation, const char *text, GError **error)
{
	struct item item = { .kind = ITEM_NOTE, .text = text, .internal = true };

	return put(tx, conversation, &item, error);
}

gboolean
note_add(struct tx *tx, const struct note_add *ask, struct note_added *answer, GError **error)
{
	struct item item = {
		.kind = ITEM_NOTE,
		.text = ask->text,
		.corrects = ask->corrects,
		.caller_id = ask->id,
		.internal = true,
	};
	struct conversation conversation;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !conversation_sent(tx, &conversation, ask->id, ITEM_NOTE, &answer->seq, &answer->at, error))
		return FALSE;
	if (answer->seq != 0)
		return TRUE;
	if (!check_corrected(tx, &conversation, ask->corrects, error) || !put(tx, &conversation, &item, error) ||
	    !draft_was_sent(tx, &conversation, DRAFT_NOTE, ask->draft, error))
		return FALSE;
	*answer = (struct note_added) { item.seq, item.at };
	return TRUE;
}
