/* Speaking: see speak.h. */
#include "desk/chat/speak.h"

#include "desk/chat/guest.h"
#include "desk/people/actor.h"

gboolean
chat_may_speak(struct tx *tx, const struct conversation *conversation, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	struct chat chat;
	bool is_guest;

	if (!chat_of(tx, conversation, &chat, error))
		return FALSE;
	if (chat.id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	if (actor->kind == ACTOR_VISITOR || chat.owner_id == actor->person_id)
		return TRUE;
	if (chat.owner_id == 0)
		return refuse(error, REFUSED_STATE, NULL, "take the chat before you answer");
	if (!guest_is(tx, &chat, actor->person_id, &is_guest, error))
		return FALSE;
	return is_guest || refuse(error, REFUSED_STATE, NULL, "%s answers this chat", chat.owner_name);
}
