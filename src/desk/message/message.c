/* Messages: see message.h. */
#include "desk/message/message.h"

#include "desk/chat/chat.h"
#include "desk/chat/guest.h"
#include "desk/conversation/conversation.h"
#include "desk/people/actor.h"

/* Whether the actor may speak in this chat now. */
static gboolean
may_speak(struct tx *tx, const struct chat *chat, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	bool is_guest;

	if (chat->id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	if (actor->kind == ACTOR_VISITOR || chat->owner_id == actor->person_id)
		return TRUE;
	if (chat->owner_id == 0)
		return refuse(error, REFUSED_STATE, NULL, "take the chat before you answer");
	if (!guest_is(tx, chat, actor->person_id, &is_guest, error))
		return FALSE;
	return is_guest || refuse(error, REFUSED_STATE, NULL, "%s answers this chat", chat->owner_name);
}

gboolean
message_send(struct tx *tx, const struct message_send *ask, struct message_sent *answer, GError **error)
{
	struct item item = { .kind = ITEM_MESSAGE, .text = ask->text, .caller_id = ask->id };
	struct conversation conversation;
	struct chat chat;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !conversation_sent(tx, &conversation, ask->id, ITEM_MESSAGE, &answer->seq, &answer->at, error))
		return FALSE;
	if (answer->seq != 0)
		return TRUE;
	if (!chat_of(tx, &conversation, &chat, error) || !may_speak(tx, &chat, error) ||
	    !conversation_add(tx, &conversation, &item, NULL, error))
		return FALSE;
	*answer = (struct message_sent) { item.seq, item.at };
	return TRUE;
}
