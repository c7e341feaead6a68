/* Chats, their end and their return: see chat.h. */
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/block/block.h"
#include "desk/chat/chat_inside.h"
#include "desk/chat/guest.h"
#include "desk/chat/offer.h"
#include "desk/duty/duty.h"
#include "desk/line/line.h"
#include "desk/people/actor.h"
#include "desk/promise/promise.h"
#include "sql/chat_sql.h"

#define OUTCOME_OWED "owed"

const char *const chat_outcomes[] = { "solved", "answered", OUTCOME_OWED, "gone", "spam", NULL };
const char *const chat_channels[] = { "chat", "form", NULL };

/* What only staff has to say about an end. */
static gboolean
check_said(const struct chat_end *ask, bool is_visitor, GError **error)
{
	bool says = ask->topic != NULL || ask->outcome != NULL || ask->owed != NULL || ask->email != NULL;

	if (is_visitor && says)
		return refuse(error, REFUSED_PERMISSION, NULL, "only the desk says what became of a chat");
	if (ask->owed == NULL && g_strcmp0(ask->outcome, OUTCOME_OWED) == 0)
		return refuse(error, REFUSED_FIELD, "owed", "say what is owed");
	return TRUE;
}

/* Who is owed something needs an address: the follow-up goes by e-mail. */
static gboolean
put_address(struct tx *tx, struct conversation *conversation, const struct chat_end *ask, GError **error)
{
	if (ask->email != NULL && conversation->visitor_email == NULL &&
	    !conversation_open(tx, NULL, ask->email, conversation, error))
		return FALSE;
	if (ask->owed != NULL && conversation->visitor_email == NULL)
		return refuse(error, REFUSED_STATE, "owed", "something is owed, and there is no address to send it to");
	return TRUE;
}

static gboolean
make_promise(struct tx *tx, struct conversation *conversation, const struct chat *chat, const struct chat_end *ask,
    GError **error)
{
	struct promise_make make = {
		.chat_id = chat->id, .source = PROMISE_OF_CHAT, .what = ask->owed, .owner_id = chat->owner_id
	};

	return ask->owed == NULL || promise_make(tx, conversation, &make, NULL, error);
}

static gboolean
close_chat(struct tx *tx, struct conversation *conversation, const struct chat *chat, const struct chat_end *ask,
    GError **error)
{
	const char *outcome = ask->outcome == NULL && ask->owed != NULL ? OUTCOME_OWED : ask->outcome;
	struct chat_row row;
	int changed;

	if (!chat_sql_end(tx, chat->id, actor_kind_names[tx_actor(tx)->kind], ask->topic, outcome, tx_now_ms(tx),
		&changed, error) ||
	    !guest_leave_all(tx, chat->id, error))
		return FALSE;
	g_assert(changed == 1);
	return chat_leave_off(tx, chat, OFFER_WITHDRAWN, error) && make_promise(tx, conversation, chat, ask, error) &&
	    chat_record(tx, conversation, ITEM_ENDED, (struct author) { 0 }, &row, error);
}

gboolean
chat_end(struct tx *tx, const struct chat_end *ask, GError **error)
{
	bool is_visitor = tx_actor(tx)->kind == ACTOR_VISITOR;
	struct conversation conversation;
	struct chat chat;

	if (!chat_find(tx, ask->conversation, &conversation, &chat, error) || !check_said(ask, is_visitor, error))
		return FALSE;
	if (chat.id == 0)
		return tx_unremarkable(tx);
	/* One's own chat anybody may end; that of somebody else only a lead. */
	if (is_visitor || chat.owner_id == tx_actor(tx)->person_id)
		tx_unremarkable(tx);
	return (is_visitor || chat_is_mine_to_move(tx, &chat, error)) && put_address(tx, &conversation, ask, error) &&
	    close_chat(tx, &conversation, &chat, ask, error);
}

gboolean
chat_end_all_of(struct tx *tx, int64_t visitor_id, const char *address, GError **error)
{
	static const struct chat_end nothing_said;
	struct chat_sql_open_of_list found;

	if (!chat_sql_open_of(tx, visitor_id, address == NULL ? "" : address, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		struct conversation conversation;
		struct chat chat;

		if (!chat_find(tx, found.rows[i].conversation, &conversation, &chat, error) ||
		    !close_chat(tx, &conversation, &chat, &nothing_said, error))
			return FALSE;
	}
	return TRUE;
}

bool
chat_may_reopen(const char *channel, int64_t ended_at, int64_t now_ms)
{
	return strcmp(channel, "chat") == 0 && ended_at != 0 &&
	    now_ms <= ended_at + LIMIT_REOPEN_MINUTES * MS_PER_MINUTE;
}

/* Its last owner, when that one can take it; else id 0, and the desk must let one more wait. */
static gboolean
find_owner(struct tx *tx, const struct chat_sql_newest *chat, struct author *owner, GError **error)
{
	g_autoptr(GError) why_not = NULL;
	struct line_site site;

	*owner = (struct author) { 0 };
	if (chat->owner != 0 && chat_can_own(tx, chat->owner, &(struct chat) { 0 }, NULL, owner, &why_not))
		return TRUE;
	if (why_not != NULL && !error_is_refusal(why_not)) {
		g_propagate_error(error, g_steal_pointer(&why_not));
		return FALSE;
	}
	return line_site_by_id(tx, chat->site, &site, error) && line_let_in(tx, &site, error);
}

static gboolean
reopen(struct tx *tx, struct conversation *conversation, const struct chat_sql_newest *chat, const char *address,
    struct chat_row *row, GError **error)
{
	struct author owner;
	int64_t pool;
	int changed;

	if (!block_check(tx, conversation->visitor_id, chat->address, error) ||
	    !block_check(tx, conversation->visitor_id, address, error) || !find_owner(tx, chat, &owner, error) ||
	    !duty_pool_of_team(tx, chat->team, &pool, error) ||
	    !chat_sql_reopen(tx, chat->id, owner.id == 0 ? CHAT_WAITING : CHAT_OWNED, owner.id, pool, address,
		tx_now_ms(tx), &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return (owner.id == 0 ? offer_forget(tx, chat->id, error) : duty_gain(tx, owner.id, error)) &&
	    chat_record(tx, conversation, ITEM_REOPENED, owner, row, error);
}

gboolean
chat_reopen(struct tx *tx, const struct chat_ask *ask, struct chat_reopened *answer, GError **error)
{
	struct conversation conversation;
	struct chat_sql_newest *chat;
	struct chat_row row;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !chat_sql_newest(tx, conversation.id, &chat, error))
		return FALSE;
	if (chat == NULL || (chat->ended_at != 0 && !chat_may_reopen(chat->channel, chat->ended_at, tx_now_ms(tx))))
		return refuse(error, REFUSED_STATE, NULL, "this chat is over, please start a new one");
	if (!(chat->ended_at == 0 ? chat_row_now(tx, &conversation, &row, error)
				  : reopen(tx, &conversation, chat, ask->address, &row, error)))
		return FALSE;
	*answer = (struct chat_reopened) { .state = chat_state_for_visitor(&row), .advisor = row.owner.name };
	return chat_place(tx, &row, &answer->place, error);
}
