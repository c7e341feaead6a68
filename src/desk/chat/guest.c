/* Guests: see guest.h. */
#include "desk/chat/guest.h"

#include <talloc.h>

#include "base/limits.h"
#include "desk/chat/chat_inside.h"
#include "desk/people/actor.h"
#include "sql/guest_sql.h"

gboolean
guest_is(struct tx *tx, const struct chat *chat, int64_t person, bool *is_guest, GError **error)
{
	struct guest_sql_find *row;

	if (!guest_sql_find(tx, chat->id, person, &row, error))
		return FALSE;
	*is_guest = row != NULL;
	return TRUE;
}

/* Whether one more may join; `author` gets who it is. */
static gboolean
may_join(struct tx *tx, const struct chat *chat, int64_t person, struct author *author, GError **error)
{
	int64_t count;

	if (chat->owner_id == person)
		return refuse(error, REFUSED_STATE, "person", "%s has this chat", chat->owner_name);
	if (!chat_can_answer(tx, person, "person", author, error) || !guest_sql_count(tx, chat->id, &count, error))
		return FALSE;
	if (count >= LIMIT_CHAT_GUESTS)
		return refuse(error, REFUSED_STATE, "person", "at most %d guests in a chat", LIMIT_CHAT_GUESTS);
	return TRUE;
}

gboolean
chat_invite(struct tx *tx, const struct chat_invite *ask, struct chat_row *answer, GError **error)
{
	struct conversation conversation;
	struct author author;
	struct chat chat;
	bool is_guest;

	if (!chat_find(tx, ask->conversation, &conversation, &chat, error) || !chat_is_mine_to_move(tx, &chat, error))
		return FALSE;
	if (chat.owner_id == 0)
		return refuse(error, REFUSED_STATE, NULL, "nobody has taken this chat yet");
	if (!guest_is(tx, &chat, ask->person, &is_guest, error))
		return FALSE;
	if (is_guest)
		return chat_row_now(tx, &conversation, answer, error);
	return may_join(tx, &chat, ask->person, &author, error) &&
	    guest_sql_add(tx, chat.id, ask->person, tx_actor(tx)->person_id, tx_now_ms(tx), error) &&
	    chat_record(tx, &conversation, ITEM_JOINED, author, answer, error);
}

/* Whether that guest may leave because the actor says so; `author` gets who it is. */
static gboolean
may_leave(struct tx *tx, const struct chat *chat, int64_t person, struct author *author, GError **error)
{
	struct guest_sql_find *row;

	if (chat->id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	if (person != tx_actor(tx)->person_id && !chat_is_mine_to_move(tx, chat, error))
		return FALSE;
	if (!guest_sql_find(tx, chat->id, person, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_STATE, "person", "is no guest in this chat");
	*author = (struct author) { "person", row->name, person };
	return TRUE;
}

gboolean
chat_leave(struct tx *tx, const struct chat_leave *ask, struct chat_row *answer, GError **error)
{
	int64_t person = ask->person == 0 ? tx_actor(tx)->person_id : ask->person;
	struct conversation conversation;
	struct author author;
	struct chat chat;
	int changed;

	return chat_find(tx, ask->conversation, &conversation, &chat, error) &&
	    may_leave(tx, &chat, person, &author, error) &&
	    guest_sql_leave(tx, chat.id, person, tx_now_ms(tx), &changed, error) &&
	    chat_record(tx, &conversation, ITEM_LEFT, author, answer, error);
}

gboolean
guest_leave_all(struct tx *tx, int64_t chat, GError **error)
{
	return guest_sql_leave_all(tx, chat, tx_now_ms(tx), error);
}

gboolean
guest_becomes_owner(struct tx *tx, int64_t chat, int64_t person, GError **error)
{
	int changed;

	return guest_sql_leave(tx, chat, person, tx_now_ms(tx), &changed, error);
}

static gboolean
return_orphan(struct tx *tx, const struct guest_sql_orphans *orphan, GError **error)
{
	struct author author = { "person", orphan->name, orphan->person };
	struct conversation conversation;
	struct chat_row row;
	int changed;

	return conversation_find(tx, orphan->conversation, &conversation, error) &&
	    guest_sql_leave(tx, orphan->chat, orphan->person, tx_now_ms(tx), &changed, error) &&
	    chat_record(tx, &conversation, ITEM_LEFT, author, &row, error);
}

gboolean
guest_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error)
{
	struct guest_sql_orphans_list found;

	if (!guest_sql_orphans(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!return_orphan(tx, &found.rows[i], error))
			return FALSE;
	}
	*returned += (int)found.count;
	return TRUE;
}

/* The guests of one chat: a run of rows in the order of chats. */
static struct chat_guests
guests_of(struct tx *tx, int64_t chat, const struct guest_sql_present_list *present)
{
	struct chat_guest *guests = NULL;
	size_t count = 0;

	for (size_t i = 0; i < present->count; i++) {
		if (present->rows[i].chat != chat)
			continue;
		if (guests == NULL)
			guests = talloc_array(tx_memory(tx), struct chat_guest, LIMIT_CHAT_GUESTS);
		g_assert(count < LIMIT_CHAT_GUESTS);
		guests[count++] = (struct chat_guest) { present->rows[i].person, present->rows[i].name };
	}
	return (struct chat_guests) { guests, count };
}

gboolean
guest_fill(struct tx *tx, struct chat_row *rows, size_t count, GError **error)
{
	struct guest_sql_present_list present;
	int64_t first = INT64_MAX, last = 0;

	for (size_t i = 0; i < count; i++) {
		first = MIN(first, rows[i].chat);
		last = MAX(last, rows[i].chat);
	}
	if (count == 0)
		return TRUE;
	if (!guest_sql_present(tx, first, last, &present, error))
		return FALSE;
	for (size_t i = 0; i < count && present.count > 0; i++)
		rows[i].guests = guests_of(tx, rows[i].chat, &present);
	return TRUE;
}
