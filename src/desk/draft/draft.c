/* Drafts: see draft.h. */
#include "desk/draft/draft.h"

#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/people/actor.h"
#include "sql/draft_sql.h"

const char *const draft_modes[] = { DRAFT_MESSAGE, DRAFT_NOTE, DRAFT_WHISPER, NULL };

/* Those that come at the same moment may pass the limit by a few: it keeps a person's list short, no more. */
static gboolean
has_room(struct tx *tx, const struct draft *draft, int64_t person, int64_t conversation, GError **error)
{
	int64_t others;

	if (*draft->text == '\0')
		return TRUE;
	if (!draft_sql_count_others(tx, person, conversation, draft->mode, &others, error))
		return FALSE;
	return others < LIMIT_DRAFTS || refuse(error, REFUSED_STATE, NULL, "wants at most %d drafts", LIMIT_DRAFTS);
}

gboolean
draft_set(struct tx *tx, const struct draft_set *ask, struct draft *answer, GError **error)
{
	const char *text = ask->text == NULL || text_is_blank(ask->text) ? "" : ask->text;
	int64_t me = tx_actor(tx)->person_id;
	struct conversation conversation;
	struct draft draft = { .conversation = ask->conversation, .mode = ask->mode, .text = text };

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !has_room(tx, &draft, me, conversation.id, error) ||
	    !draft_sql_set(tx, me, conversation.id, ask->mode, ask->generation, text, tx_now_ms(tx), error) ||
	    !draft_sql_get(
		tx, me, conversation.id, ask->mode, &draft.generation, &draft.text, &draft.changed_at, error))
		return FALSE;
	*answer = draft;
	return TRUE;
}

gboolean
draft_was_sent(
    struct tx *tx, const struct conversation *conversation, const char *mode, int64_t generation, GError **error)
{
	const struct actor *actor = tx_actor(tx);

	if (generation == 0 || actor->kind != ACTOR_PERSON)
		return TRUE;
	return draft_sql_set(tx, actor->person_id, conversation->id, mode, generation + 1, "", tx_now_ms(tx), error);
}

static gboolean
rows_of(struct tx *tx, const char *key, struct draft_sql_list_list *found, GError **error)
{
	int64_t me = tx_actor(tx)->person_id;
	struct conversation conversation;

	if (key == NULL)
		return draft_sql_list(tx, me, LIMIT_DRAFTS, found, error);
	return conversation_find(tx, key, &conversation, error) &&
	    draft_sql_list_of(tx, me, conversation.id, found, error);
}

gboolean
draft_list(struct tx *tx, const struct draft_list_ask *ask, struct draft_list *answer, GError **error)
{
	struct draft_sql_list_list found;

	if (!rows_of(tx, ask->conversation, &found, error))
		return FALSE;

	struct draft *rows = talloc_array(tx_memory(tx), struct draft, found.count);

	for (size_t i = 0; i < found.count; i++) {
		const struct draft_sql_list *row = &found.rows[i];

		rows[i] = (struct draft) { row->conversation, row->mode, row->generation, row->text, row->at };
	}
	answer->drafts = (struct draft_rows) { rows, found.count };
	return TRUE;
}

gboolean
draft_purge(struct tx *tx, int64_t max, int *purged, GError **error)
{
	return draft_sql_purge(tx, tx_now_ms(tx) - DRAFT_KEPT_MS, max, purged, error);
}
