/* Conversations: see conversation.h. */
#include "desk/conversation/conversation.h"

#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/people/may.h"
#include "sql/conversation_sql.h"

gboolean
conversation_find(struct tx *tx, const char *key, struct conversation *conversation, GError **error)
{
	struct conversation_sql_find *row;

	if (!conversation_sql_find(tx, key, &row, error))
		return FALSE;
	if (row == NULL || !may_see_conversation(tx_actor(tx), row->visitor))
		return refuse(error, REFUSED_UNKNOWN, "conversation", "there is no such conversation");
	*conversation = (struct conversation) {
		.id = row->id,
		.key = key,
		.visitor_id = row->visitor_id,
		.visitor = row->visitor,
		.visitor_name = row->visitor_name,
		.visitor_email = row->visitor_email,
		.last_seq = row->last_seq,
		.created_at = row->created_at,
	};
	return TRUE;
}

gboolean
conversation_of_visitor(struct tx *tx, struct conversation *conversation, GError **error)
{
	const char *visitor = tx_actor(tx)->visitor;
	struct conversation_sql_find_of_visitor *row;

	if (!conversation_sql_find_of_visitor(tx, visitor, &row, error))
		return FALSE;
	*conversation = (struct conversation) { .visitor = visitor };
	if (row != NULL) {
		conversation->id = row->id;
		conversation->key = row->key;
		conversation->visitor_id = row->visitor_id;
		conversation->visitor_name = row->visitor_name;
		conversation->visitor_email = row->visitor_email;
		conversation->last_seq = row->last_seq;
		conversation->created_at = row->created_at;
	}
	return TRUE;
}

gboolean
conversation_open(struct tx *tx, const char *name, const char *email, struct conversation *conversation, GError **error)
{
	int64_t now = tx_now_ms(tx);

	if (!conversation_sql_visitor_put(tx, conversation->visitor, name, email, now, &conversation->visitor_id,
		&conversation->visitor_name, &conversation->visitor_email, error))
		return FALSE;
	if (conversation->id != 0)
		return TRUE;
	conversation->key = tx_key(tx);
	conversation->created_at = now;
	return conversation_sql_add(tx, conversation->key, conversation->visitor_id, now, &conversation->id, error);
}

/* The actor as the author of an item of that conversation. A visitor's row id is for the store only. */
static gboolean
author_of(struct tx *tx, const struct conversation *conversation, struct author *author, GError **error)
{
	const struct actor *actor = tx_actor(tx);

	*author = (struct author) { .kind = "system" };
	if (actor->kind == ACTOR_VISITOR)
		*author = (struct author) { .kind = "visitor", .name = conversation->visitor_name };
	if (actor->kind != ACTOR_PERSON)
		return TRUE;
	*author = (struct author) { .kind = "person", .id = actor->person_id };
	return conversation_sql_person_name(tx, actor->person_id, &author->name, error);
}

static int64_t
author_row(const struct conversation *conversation, const struct author *author)
{
	return *author->kind == 'v' ? conversation->visitor_id : author->id;
}

static gboolean
tell_item(struct tx *tx, const struct conversation *conversation, const struct item *item)
{
	struct item_added *body = talloc(tx_memory(tx), struct item_added);

	*body = (struct item_added) { .conversation = conversation->key, .item = *item };
	return tx_tell(tx, EVENT_ITEM_ADDED, conversation->id, body);
}

/* The log's next number, and the counters that go with this item. */
static gboolean
move(struct tx *tx, const struct conversation *conversation, struct item *item, GError **error)
{
	bool says = g_str_equal(item->kind, ITEM_MESSAGE) || g_str_equal(item->kind, ITEM_FILE);
	int64_t asks = says && *item->author.kind == 'v', answers = says && *item->author.kind == 'p';

	return conversation_sql_move(tx, conversation->id, item->at, asks, answers, error) &&
	    conversation_sql_last_seq(tx, conversation->id, &item->seq, error);
}

gboolean
conversation_add(struct tx *tx, struct conversation *conversation, struct item *item, int64_t *row, GError **error)
{
	const char *body = g_str_equal(item->kind, ITEM_NOTE) ? NULL : item->text;
	const char *about = g_strcmp0(item->about.kind, "team") == 0 ? item->about.kind : NULL;

	item->at = tx_now_ms(tx);
	if (!author_of(tx, conversation, &item->author, error) || !move(tx, conversation, item, error) ||
	    !conversation_sql_item_add(tx, conversation->id, item->seq, item->kind, item->internal, item->author.kind,
		author_row(conversation, &item->author), about, item->about.id, body, item->caller_id, item->at, error))
		return FALSE;
	conversation->last_seq = item->seq;
	if (row != NULL && !conversation_sql_item_row(tx, conversation->id, item->seq, row, error))
		return FALSE;
	return tell_item(tx, conversation, item);
}

gboolean
conversation_sent(struct tx *tx, const struct conversation *conversation, const char *caller_id, const char *kind,
    int64_t *seq, int64_t *at, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	bool is_visitor = actor->kind == ACTOR_VISITOR;
	struct conversation_sql_sent *row;

	if (!conversation_sql_sent(tx, conversation->id, is_visitor ? "visitor" : "person",
		is_visitor ? conversation->visitor_id : actor->person_id, caller_id, &row, error))
		return FALSE;
	if (row != NULL && !g_str_equal(row->kind, kind))
		return refuse(error, REFUSED_STATE, "id", "this id was used for a %s", row->kind);
	*seq = row == NULL ? 0 : row->seq;
	*at = row == NULL ? 0 : row->at;
	return TRUE;
}

void
item_hide(struct item *item)
{
	g_assert(!item->internal);
	item->author.id = 0;
	item->about.id = 0;
	item->corrects = 0;
}

static struct item
item_of_row(const struct conversation_sql_items *row)
{
	return (struct item) {
		.seq = row->seq,
		.kind = row->kind,
		.author = { row->author_kind, row->author_name, row->author_id },
		.about = { row->about_kind, row->about_name, row->about_id },
		.text = row->text,
		.corrects = row->corrects,
		.caller_id = row->caller_id,
		.at = row->at,
		.internal = row->internal,
		.file = { row->file_key, row->file_key == NULL ? NULL : row->text, row->file_type, row->file_size,
		    row->file_width, row->file_height },
	};
}

/* Where the cursor stands after this page: behind the last item shown, or, on the last page, behind everything. */
static int64_t
head_of(const struct conversation_items *answer, int64_t last_seq)
{
	if (answer->more)
		return answer->items.rows[answer->items.count - 1].seq;
	return last_seq;
}

/* A cursor from a store that was newer, before a backup was restored, would wait in silence for numbers that were given before. */
static gboolean
check_cursor(const struct conversation *conversation, int64_t since, GError **error)
{
	if (since <= conversation->last_seq)
		return TRUE;
	return refuse(error, REFUSED_STATE, "since", "the newest item is %" G_GINT64_FORMAT ": begin again at 0",
	    conversation->last_seq);
}

static gboolean
read_readings(struct tx *tx, int64_t conversation, struct conversation_readings *readings, GError **error)
{
	struct conversation_sql_readings_list found;

	if (!conversation_sql_readings(tx, conversation, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		const struct conversation_sql_readings *row = &found.rows[i];

		*(*row->side == 'v' ? &readings->visitor : &readings->staff) =
		    (struct reading) { row->delivered, row->seen };
	}
	return TRUE;
}

gboolean
conversation_items(
    struct tx *tx, const struct conversation_items_ask *ask, struct conversation_items *answer, GError **error)
{
	bool sees_internal = may_see_internal(tx_actor(tx));
	struct conversation_sql_items_list found;
	struct conversation conversation;

	/* One more than asked for tells whether there are more. */
	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !check_cursor(&conversation, ask->since, error) ||
	    !conversation_sql_items(tx, conversation.id, ask->since, sees_internal, ask->limit + 1, &found, error) ||
	    !read_readings(tx, conversation.id, &answer->readings, error))
		return FALSE;

	struct item *items = talloc_array(tx_memory(tx), struct item, found.count);

	for (size_t i = 0; i < found.count; i++) {
		items[i] = item_of_row(&found.rows[i]);
		if (!sees_internal)
			item_hide(&items[i]);
	}
	answer->more = found.count > (size_t)ask->limit;
	answer->items = (struct item_list) { items, answer->more ? (size_t)ask->limit : found.count };
	answer->head = head_of(answer, conversation.last_seq);
	answer->topic = conversation.id;
	return TRUE;
}
