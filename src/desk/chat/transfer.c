/*
 * Handing a chat on, to a colleague or to a team: see chat.h.
 *
 * One transaction: the note, the new owner or the line, and the item stand together or not at all, so a chat is never
 * without a place (P21). Guests stay with a new owner and leave a chat that goes back to the line.
 */
#include "desk/chat/chat_inside.h"
#include "desk/chat/guest.h"
#include "desk/chat/offer.h"
#include "desk/duty/duty.h"
#include "desk/note/note.h"
#include "sql/transfer_sql.h"

static gboolean
is_to_one(const struct chat_transfer *ask, GError **error)
{
	if ((ask->to == 0) == (ask->team == 0))
		return refuse(error, REFUSED_FIELD, "to", "wants either a colleague (`to`) or a `team`");
	return TRUE;
}

static gboolean
to_person(struct tx *tx, const struct chat *chat, int64_t person, struct author *to, GError **error)
{
	int changed;

	if (!chat_can_own(tx, person, chat, "to", to, error) ||
	    !transfer_sql_to_person(tx, chat->id, person, tx_now_ms(tx), &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return guest_becomes_owner(tx, chat->id, person, error) && chat_pass_to(tx, chat, person, error);
}

static gboolean
to_team(struct tx *tx, const struct chat *chat, int64_t team, struct author *to, GError **error)
{
	struct transfer_sql_team *row;
	int64_t pool;
	int changed;

	if (!transfer_sql_team(tx, team, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "team", "there is no such team");
	if (!duty_pool_of_team(tx, team, &pool, error) ||
	    !transfer_sql_to_team(tx, chat->id, team, pool, &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, "team", "the chat waits for %s already", row->name);
	*to = (struct author) { "team", row->name, team };
	return guest_leave_all(tx, chat->id, error) && chat_leave_off(tx, chat, OFFER_WITHDRAWN, error) &&
	    (chat->owner_id == 0 || offer_put_back(tx, chat->id, chat->owner_id, error));
}

static gboolean
move(struct tx *tx, const struct chat *chat, const struct chat_transfer *ask, struct author *to, GError **error)
{
	if (ask->team != 0)
		return to_team(tx, chat, ask->team, to, error);
	if (chat->owner_id == ask->to)
		return refuse(error, REFUSED_STATE, "to", "%s has this chat already", chat->owner_name);
	return to_person(tx, chat, ask->to, to, error);
}

gboolean
chat_transfer(struct tx *tx, const struct chat_transfer *ask, struct chat_row *answer, GError **error)
{
	struct conversation conversation;
	struct author to;
	struct chat chat;

	return chat_find(tx, ask->conversation, &conversation, &chat, error) && is_to_one(ask, error) &&
	    chat_is_mine_to_move(tx, &chat, error) && move(tx, &chat, ask, &to, error) &&
	    (ask->note == NULL || note_write(tx, &conversation, ask->note, error)) &&
	    chat_record(tx, &conversation, ITEM_HANDED, to, answer, error);
}
