/* Whispers: see whisper.h. */
#include "desk/whisper/whisper.h"

#include "desk/chat/chat.h"
#include "desk/chat/guest.h"
#include "desk/conversation/conversation.h"
#include "desk/draft/draft.h"
#include "desk/people/actor.h"

/* Whether the actor has a part in this chat. */
static gboolean
may_whisper(struct tx *tx, const struct conversation *conversation, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	struct chat chat = { 0 };
	bool is_guest;

	if (!chat_of(tx, conversation, &chat, error))
		return FALSE;
	if (chat.id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	if (actor_may(actor, MAY_LEAD) || chat.owner_id == actor->person_id)
		return TRUE;
	if (!guest_is(tx, &chat, actor->person_id, &is_guest, error))
		return FALSE;
	return is_guest ||
	    refuse(error, REFUSED_STATE, NULL, "you have no part in this chat: a lead or a guest whispers");
}

gboolean
whisper_add(struct tx *tx, const struct whisper_add *ask, struct whisper_added *answer, GError **error)
{
	struct item item = { .kind = ITEM_WHISPER, .text = ask->text, .caller_id = ask->id, .internal = true };
	struct conversation conversation;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !conversation_sent(tx, &conversation, ask->id, ITEM_WHISPER, &answer->seq, &answer->at, error))
		return FALSE;
	if (answer->seq != 0)
		return TRUE;
	if (!may_whisper(tx, &conversation, error) || !conversation_add(tx, &conversation, &item, NULL, error) ||
	    !draft_was_sent(tx, &conversation, DRAFT_WHISPER, ask->draft, error))
		return FALSE;
	*answer = (struct whisper_added) { item.seq, item.at };
	return TRUE;
}
