/* Drafts: see draft.h. */
#include "desk/draft/draft.h"

#include <string.h>
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

/* The rows after the one that is named, and one more than asked for, to know whether there are more. */
static gboolean
rows_after(struct tx *tx, const struct draft_list_ask *ask, struct draft_sql_list_list *found, GError **error)
{
	int64_t me = tx_actor(tx)->person_id;
	struct conversation conversation;
	struct draft_sql_place *place;

	if ((ask->before == NULL) != (ask->before_mode == NULL))
		return refuse(error, REFUSED_FIELD, "before_mode", "goes with before, and before with it");
	if (ask->before == NULL)
		return draft_sql_list(tx, me, INT64_MAX, 0, "", ask->limit + 1, found, error);
	if (!conversation_find(tx, ask->before, &conversation, error) ||
	    !draft_sql_place(tx, me, conversation.id, ask->before_mode, &place, error))
		return FALSE;
	if (place == NULL)
		return refuse(error, REFUSED_UNKNOWN, "before", "there is no such draft");
	return draft_sql_list(tx, me, place->at, conversation.id, ask->before_mode, ask->limit + 1, found, error);
}

static gboolean
rows_of(struct tx *tx, const char *key, struct draft_sql_list_list *found, GError **error)
{
	struct conversation conversation;

	return conversation_find(tx, key, &conversation, error) &&
	    draft_sql_list_of(tx, tx_actor(tx)->person_id, conversation.id, found, error);
}

/* How many of the first rows go into one answer. */
static size_t
count_fitting(const struct draft_sql_list_list *found, const struct draft_list_ask *ask)
{
	size_t bytes = 0, count = 0;

	if (ask->conversation != NULL)
		return found->count;
	while (count < found->count && count < (size_t)ask->limit) {
		bytes += strlen(found->rows[count].text);
		if (bytes > LIMIT_DRAFT_LIST_BYTES && count > 0)
			break;
		count++;
	}
	return count;
}

gboolean
draft_list(struct tx *tx, const struct draft_list_ask *ask, struct draft_list *answer, GError **error)
{
	struct draft_sql_list_list found;

	if (!(ask->conversation == NULL ? rows_after(tx, ask, &found, error)
					: rows_of(tx, ask->conversation, &found, error)))
		return FALSE;

	size_t count = count_fitting(&found, ask);
	struct draft *rows = talloc_array(tx_memory(tx), struct draft, count);

	for (size_t i = 0; i < count; i++) {
		const struct draft_sql_list *row = &found.rows[i];

		rows[i] =
		    (struct draft) { row->conversation_key, row->mode_of, row->generation, row->text, row->changed };
	}
	answer->drafts = (struct draft_rows) { rows, count };
	answer->more = found.count > count;
	return TRUE;
}

gboolean
draft_purge(struct tx *tx, int64_t max, int *purged, GError **error)
{
	return draft_sql_purge(tx, tx_now_ms(tx) - DRAFT_KEPT_MS, max, purged, error);
}
