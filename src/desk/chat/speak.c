/* Speaking: see speak.h. */
#include "desk/chat/speak.h"

#include "desk/chat/guest.h"
#include "desk/duty/duty.h"
#include "desk/people/actor.h"
#include "desk/promise/promise.h"
#include "sql/chat_sql.h"

/* After the end staff still speaks as long as something is owed. */
static gboolean
may_follow_up(struct tx *tx, const struct conversation *conversation, GError **error)
{
	int64_t owed = 0;

	if (tx_actor(tx)->kind == ACTOR_PERSON && !promise_count_open(tx, conversation->id, &owed, error))
		return FALSE;
	return owed > 0 || refuse(error, REFUSED_STATE, NULL, "the chat is closed");
}

/* One in which nobody said a word for a while counts again, also beyond a cap. */
static gboolean
wake(struct tx *tx, const struct conversation *conversation, const struct chat *chat, GError **error)
{
	return chat_sql_wake(tx, chat->id, tx_now_ms(tx), error) &&
	    (!chat->is_quiet || duty_gain(tx, chat->owner_id, error)) && chat_tell(tx, conversation, error);
}

static gboolean
may_speak(struct tx *tx, const struct chat *chat, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	bool is_guest;

	if (actor->kind == ACTOR_VISITOR || chat->owner_id == actor->person_id)
		return TRUE;
	if (chat->owner_id == 0)
		return refuse(error, REFUSED_STATE, NULL, "take the chat before you answer");
	if (!guest_is(tx, chat, actor->person_id, &is_guest, error))
		return FALSE;
	return is_guest || refuse(error, REFUSED_STATE, NULL, "%s answers this chat", chat->owner_name);
}

gboolean
chat_speak(struct tx *tx, const struct conversation *conversation, GError **error)
{
	struct chat chat;

	if (!chat_of(tx, conversation, &chat, error))
		return FALSE;
	if (chat.id == 0)
		return may_follow_up(tx, conversation, error);
	return may_speak(tx, &chat, error) &&
	    (!(chat.is_quiet || chat.is_warned) || wake(tx, conversation, &chat, error));
}
