/* Messages: see message.h. */
#include "desk/message/message.h"

#include "desk/chat/speak.h"
#include "desk/conversation/conversation.h"
#include "desk/draft/draft.h"

gboolean
message_send(struct tx *tx, const struct message_send *ask, struct message_sent *answer, GError **error)
{
	struct item item = { .kind = ITEM_MESSAGE, .text = ask->text, .caller_id = ask->id };
	struct conversation conversation;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !conversation_sent(tx, &conversation, ask->id, ITEM_MESSAGE, &answer->seq, &answer->at, error))
		return FALSE;
	if (answer->seq != 0)
		return TRUE;
	if (!chat_speak(tx, &conversation, error) || !conversation_add(tx, &conversation, &item, NULL, error) ||
	    !draft_was_sent(tx, &conversation, DRAFT_MESSAGE, ask->draft, error))
		return FALSE;
	*answer = (struct message_sent) { item.seq, item.at };
	return TRUE;
}
