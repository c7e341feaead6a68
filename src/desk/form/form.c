/* Forms: see form.h. */
#include "desk/form/form.h"

#include "base/limits.h"
#include "desk/block/block.h"
#include "desk/chat/chat.h"
#include "desk/promise/promise.h"
#include "desk/site/address.h"
#include "sql/form_sql.h"

static gboolean
may_send(struct tx *tx, const struct conversation *conversation, const struct form_send *ask, GError **error)
{
	struct chat chat = { 0 };
	int64_t open, seq, at;

	if (!block_check(tx, conversation->visitor_id, ask->address, error) ||
	    !chat_of(tx, conversation, &chat, error) || !form_sql_count_open(tx, conversation->id, &open, error))
		return FALSE;
	if (chat.id != 0)
		return refuse(error, REFUSED_STATE, NULL, "you are in a chat already");
	if (open >= LIMIT_OPEN_FORMS)
		return refuse(error, REFUSED_STATE, NULL, "we have your messages, and will answer them by e-mail");
	if (!conversation_sent(tx, conversation, ask->id, ITEM_MESSAGE, &seq, &at, error))
		return FALSE;
	return seq == 0 || refuse(error, REFUSED_STATE, "id", "this id was used for a message");
}

static gboolean
log_items(struct tx *tx, struct conversation *conversation, const struct form_send *ask, GError **error)
{
	struct item left = { .kind = ITEM_FORM };
	struct item text = { .kind = ITEM_MESSAGE, .text = ask->text, .caller_id = ask->id };

	return conversation_add(tx, conversation, &left, NULL, error) &&
	    conversation_add(tx, conversation, &text, NULL, error);
}

static gboolean
promise(struct tx *tx, struct conversation *conversation, int64_t chat, const struct form_send *ask, int64_t *due_at,
    GError **error)
{
	struct promise_make make = { .chat_id = chat,
		.source = PROMISE_OF_FORM,
		.what = ask->topic == NULL ? "An answer to the form" : ask->topic };

	return promise_make(tx, conversation, &make, due_at, error);
}

gboolean
form_send(struct tx *tx, const struct form_send *ask, struct form_sent *answer, GError **error)
{
	struct asked asked = { ask->name, ask->email, ask->topic, ask->answers };
	struct conversation conversation;
	struct line_site site;
	int64_t chat, due_at;

	if (!conversation_of_visitor(tx, &conversation, error))
		return FALSE;
	if (asked.name == NULL)
		asked.name = conversation.visitor_name;
	if (!may_send(tx, &conversation, ask, error) || !line_site(tx, ask->site, &site, error) ||
	    !asked_check(tx, &site, &asked, error) ||
	    !conversation_open(tx, ask->name, ask->email, &conversation, error) ||
	    !form_sql_add(tx, conversation.id, site.id, site.team_id, ask->topic,
		address_page(tx_memory(tx), ask->page), ask->address, ask->agent, ask->language, ask->id, tx_now_ms(tx),
		&chat, error) ||
	    !asked_keep(tx, chat, &asked.answers, error) || !log_items(tx, &conversation, ask, error) ||
	    !promise(tx, &conversation, chat, ask, &due_at, error) || !chat_tell(tx, &conversation, error))
		return FALSE;
	*answer = (struct form_sent) { conversation.key, conversation.last_seq, due_at };
	return TRUE;
}
