/* Chats: see chat.h. */
#include "desk/chat/chat.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/block/block.h"
#include "desk/chat/chat_inside.h"
#include "desk/chat/guest.h"
#include "desk/chat/offer.h"
#include "desk/duty/duty.h"
#include "desk/events.h"
#include "desk/line/line.h"
#include "desk/people/actor.h"
#include "desk/promise/promise.h"
#include "desk/rating/rating.h"
#include "desk/setting/setting.h"
#include "desk/site/address.h"
#include "sql/chat_sql.h"

struct chat_row
chat_row_of(const struct chat_sql_row *row)
{
	return (struct chat_row) {
		.conversation = row->conversation,
		.state = row->offered_to == 0 ? row->state : CHAT_OFFERED,
		.channel = row->channel,
		.visitor = { row->visitor_name, row->visitor_email, row->external, row->verified_at,
		    row->verified_at != 0, row->name_signed, row->email_signed },
		.topic = row->topic,
		.page = row->page,
		.language = row->language,
		.site = row->site_name,
		.owner = { row->owner_id, row->owner_name },
		.team = { row->team_id, row->team_name },
		.pool = row->pool_id,
		.offer = { row->offered_to, row->offered_name, row->offered_until },
		.priority = row->priority,
		.is_quiet = row->is_quiet,
		.started_at = row->started_at,
		.waiting_since = row->waiting_since,
		.taken_at = row->taken_at,
		.ended_at = row->ended_at,
		.outcome = row->outcome,
		.unread = row->unread,
		.unanswered_since = row->unanswered_since,
		.version = row->version,
		.last = { row->last_kind, row->last_text, row->last_at },
		.chat = row->chat,
	};
}

gboolean
chat_of(struct tx *tx, const struct conversation *conversation, struct chat *chat, GError **error)
{
	struct chat_sql_of *row;

	if (!chat_sql_of(tx, conversation->id, &row, error))
		return FALSE;
	*chat = (struct chat) { .state = CHAT_CLOSED };
	if (row != NULL)
		*chat = (struct chat) { row->id, row->state, row->owner_id, row->owner_name, row->pool_id,
			row->offered_to, row->is_quiet, row->is_warned };
	return TRUE;
}

/* The conversation that a command names, and its open chat. */
gboolean
chat_find(struct tx *tx, const char *key, struct conversation *conversation, struct chat *chat, GError **error)
{
	return conversation_find(tx, key, conversation, error) && chat_of(tx, conversation, chat, error);
}

gboolean
chat_row_now(struct tx *tx, const struct conversation *conversation, struct chat_row *answer, GError **error)
{
	struct chat_sql_row *row;

	if (!chat_sql_row(tx, conversation->id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "conversation", "there is no chat in this conversation");
	*answer = chat_row_of(row);
	answer->conversation_id = conversation->id;
	return guest_fill(tx, answer, 1, error);
}

static gboolean
log_item(struct tx *tx, struct conversation *conversation, const char *kind, struct author about, GError **error)
{
	struct item item = { .kind = kind, .about = about };

	return conversation_add(tx, conversation, &item, NULL, error);
}

gboolean
chat_tell_row(struct tx *tx, const struct conversation *conversation, struct chat_row *answer, GError **error)
{
	struct chat_row *row = talloc(tx_memory(tx), struct chat_row);

	if (!chat_row_now(tx, conversation, row, error))
		return FALSE;
	*answer = *row;
	return tx_tell(tx, EVENT_CHAT_CHANGED, 0, row);
}

gboolean
chat_tell(struct tx *tx, const struct conversation *conversation, GError **error)
{
	struct chat_row row;

	return chat_tell_row(tx, conversation, &row, error);
}

/* Ends every transition: what happened goes into the log, and the lists are told. */
gboolean
chat_record(struct tx *tx, struct conversation *conversation, const char *kind, struct author about,
    struct chat_row *answer, GError **error)
{
	return log_item(tx, conversation, kind, about, error) && chat_tell_row(tx, conversation, answer, error);
}

/* The first message has the id of the start. What was sent under it before was something else. */
static gboolean
id_is_free(struct tx *tx, const struct conversation *conversation, const struct chat_start *ask, GError **error)
{
	int64_t seq, at;

	if (ask->text == NULL)
		return TRUE;
	if (!conversation_sent(tx, conversation, ask->id, ITEM_MESSAGE, &seq, &at, error))
		return FALSE;
	return seq == 0 || refuse(error, REFUSED_STATE, "id", "this id was used for a message");
}

static gboolean
may_start(struct tx *tx, const struct conversation *conversation, const struct line_site *site,
    const struct chat_start *ask, GError **error)
{
	const char *name = ask->name == NULL ? conversation->visitor_name : ask->name;
	const char *email = ask->email == NULL ? conversation->visitor_email : ask->email;
	struct asked asked = { name, email, ask->topic, ask->answers };
	struct chat chat = { 0 };

	if (!block_check(tx, conversation->visitor_id, ask->address, error) || !chat_of(tx, conversation, &chat, error))
		return FALSE;
	if (chat.id != 0)
		return refuse(error, REFUSED_STATE, NULL, "you are in a chat already");
	return line_let_in(tx, site, error) && asked_check(tx, site, &asked, error) &&
	    id_is_free(tx, conversation, ask, error);
}

static gboolean
add_first_message(struct tx *tx, struct conversation *conversation, const struct chat_start *ask, GError **error)
{
	struct item item = { .kind = ITEM_MESSAGE, .text = ask->text, .caller_id = ask->id };

	return ask->text == NULL || conversation_add(tx, conversation, &item, NULL, error);
}

/* Writes the chat down with all that came with it. */
static gboolean
put(struct tx *tx, const struct conversation *conversation, const struct line_site *site, const struct chat_start *ask,
    int64_t *id, GError **error)
{
	/* Whoever asks on a page that has no such address is talked to all the same. */
	const char *page = address_page(tx_memory(tx), ask->page);
	int64_t pool;

	return duty_pool_of_team(tx, site->team_id, &pool, error) &&
	    chat_sql_add(tx, conversation->id, site->id, site->team_id, pool, ask->topic, page, ask->language,
		ask->address, ask->agent, ask->id, tx_now_ms(tx), id, error) &&
	    asked_keep(tx, *id, &ask->answers, error);
}

static gboolean
estimate(struct tx *tx, int64_t pool, int64_t place, int64_t *wait_ms, GError **error)
{
	struct line_room room;

	if (!line_room(tx, pool, &room, error))
		return FALSE;
	*wait_ms = line_wait_ms(&room, place);
	return TRUE;
}

gboolean
chat_start(struct tx *tx, const struct chat_start *ask, struct chat_started *answer, GError **error)
{
	struct conversation conversation;
	struct line_site site;
	struct chat_row row;
	int64_t id;

	if (!conversation_of_visitor(tx, &conversation, error) || !line_site(tx, ask->site, &site, error) ||
	    !may_start(tx, &conversation, &site, ask, error) ||
	    !conversation_open(tx, ask->name, ask->email, &conversation, error) ||
	    !put(tx, &conversation, &site, ask, &id, error) ||
	    !log_item(tx, &conversation, ITEM_STARTED, (struct author) { 0 }, error) ||
	    !add_first_message(tx, &conversation, ask, error) || !chat_tell_row(tx, &conversation, &row, error))
		return FALSE;
	*answer = (struct chat_started) { .conversation = conversation.key, .head = conversation.last_seq };
	return chat_place(tx, &row, &answer->place, error) &&
	    estimate(tx, row.pool, answer->place, &answer->wait_ms, error);
}

/* Why somebody who answers chats does not do so now. */
static const char *
why_not(const char *status)
{
	static const char *const whys[][2] = { { DUTY_WINDING, "winds down, and takes no new chats" },
		{ DUTY_PHONE, "is on the phone" }, { DUTY_LINE, "waits for a seat" }, { DUTY_OFFLINE, "is not here" } };

	for (size_t i = 0; i < G_N_ELEMENTS(whys); i++) {
		if (strcmp(status, whys[i][0]) == 0)
			return whys[i][1];
	}
	return "is away";
}

gboolean
chat_can_answer(struct tx *tx, int64_t person, const char *field, struct author *author, GError **error)
{
	struct chat_sql_person *row;

	if (!chat_sql_person(tx, person, &row, error))
		return FALSE;

	struct actor whom = { .kind = ACTOR_PERSON, .role = row == NULL ? ROLE_NONE : role_of(row->role) };

	if (row == NULL || row->disabled_at != 0 || !actor_may(&whom, MAY_ANSWER))
		return refuse(error, REFUSED_UNKNOWN, field, "there is nobody of that id who answers chats");
	if (strcmp(row->status, "online") != 0)
		return refuse(error, REFUSED_STATE, field, "%s %s", row->name, why_not(row->status));
	/* Whoever asks for themselves is there. */
	if (row->gone_since != 0 && person != tx_actor(tx)->person_id)
		return refuse(error, REFUSED_STATE, field, "%s is away", row->name);
	*author = (struct author) { "person", row->name, person };
	return TRUE;
}

/* Where the desk is strict, nobody has more chats than their cap, and no pool more than its own. */
static gboolean
is_within_caps(struct tx *tx, const struct author *who, const char *field, GError **error)
{
	bool is_strict, is_full;
	struct duty duty;

	if (!setting_is_yes(tx, SETTING_STRICT, &is_strict, error))
		return FALSE;
	if (!is_strict)
		return TRUE;
	if (!duty_get(tx, who->id, &duty, error))
		return FALSE;
	if (duty.load >= duty.cap)
		return refuse(error, REFUSED_STATE, field, "%s has as many chats as they may", who->name);
	if (!duty_pool_is_full(tx, duty.pool_id, &is_full, error))
		return FALSE;
	return !is_full || refuse(error, REFUSED_STATE, field, "there are as many chats as there may be at a time");
}

gboolean
chat_can_own(
    struct tx *tx, int64_t person, const struct chat *chat, const char *field, struct author *author, GError **error)
{
	struct author who;
	int64_t owned;

	if (!chat_can_answer(tx, person, field, &who, error) || !chat_sql_count_owned(tx, person, &owned, error))
		return FALSE;
	if (owned >= LIMIT_ADVISOR_CHATS)
		return refuse(error, REFUSED_STATE, field, "%s has %d chats already", who.name, LIMIT_ADVISOR_CHATS);
	/* What they are asked to take counts already. */
	if (chat->offered_to != person && !is_within_caps(tx, &who, field, error))
		return FALSE;
	*author = who;
	return TRUE;
}

gboolean
chat_leave_off(struct tx *tx, const struct chat *was, const char *outcome, GError **error)
{
	if (was->offered_to != 0)
		return offer_end(tx, was->id, outcome, error);
	return was->owner_id == 0 || was->is_quiet || duty_lose(tx, was->owner_id, error);
}

gboolean
chat_pass_to(struct tx *tx, const struct chat *was, int64_t person, GError **error)
{
	if (was->offered_to == person)
		return offer_end(tx, was->id, OFFER_ACCEPTED, error);
	return chat_leave_off(tx, was, OFFER_WITHDRAWN, error) && duty_gain(tx, person, error);
}

static gboolean
refuse_not_waiting(const struct chat *chat, GError **error)
{
	if (chat->id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	return refuse(error, REFUSED_STATE, NULL, "%s has taken this chat", chat->owner_name);
}

/* Where the desk is strict, what somebody is asked to take is theirs until they decline. */
static gboolean
may_take(struct tx *tx, const struct chat *chat, GError **error)
{
	int64_t me = tx_actor(tx)->person_id;
	struct chat_sql_person *asked;
	bool is_strict;

	if (chat->id == 0 || chat->owner_id != 0)
		return refuse_not_waiting(chat, error);
	if (chat->offered_to == 0 || chat->offered_to == me)
		return TRUE;
	if (!setting_is_yes(tx, SETTING_STRICT, &is_strict, error) ||
	    !chat_sql_person(tx, chat->offered_to, &asked, error))
		return FALSE;
	return !is_strict || refuse(error, REFUSED_STATE, NULL, "%s is asked to take this chat", asked->name);
}

gboolean
chat_take(struct tx *tx, const struct chat_ask *ask, struct chat_row *answer, GError **error)
{
	int64_t me = tx_actor(tx)->person_id;
	struct conversation conversation;
	struct author author;
	struct chat chat;
	int changed;

	if (!chat_find(tx, ask->conversation, &conversation, &chat, error))
		return FALSE;
	if (chat.id != 0 && chat.owner_id == me)
		return chat_row_now(tx, &conversation, answer, error);
	if (!may_take(tx, &chat, error) || !chat_can_own(tx, me, &chat, NULL, &author, error) ||
	    !chat_sql_take(tx, chat.id, me, tx_now_ms(tx), &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return chat_pass_to(tx, &chat, me, error) && chat_record(tx, &conversation, ITEM_TAKEN, author, answer, error);
}

gboolean
chat_priority(struct tx *tx, const struct chat_priority *ask, struct chat_row *answer, GError **error)
{
	struct conversation conversation;
	struct chat chat;
	int changed;

	if (!chat_find(tx, ask->conversation, &conversation, &chat, error))
		return FALSE;
	if (!chat_sql_priority_set(tx, chat.id, ask->priority, &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, NULL, "this chat does not wait");
	return offer_move(tx, chat.id, error) && chat_tell_row(tx, &conversation, answer, error);
}

gboolean
chat_is_mine_to_move(struct tx *tx, const struct chat *chat, GError **error)
{
	const struct actor *actor = tx_actor(tx);

	if (chat->id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	if (actor_may(actor, MAY_LEAD) || chat->owner_id == actor->person_id)
		return TRUE;
	if (chat->owner_id == 0)
		return refuse(error, REFUSED_STATE, NULL, "nobody has taken this chat yet");
	return refuse(error, REFUSED_STATE, NULL, "%s has this chat", chat->owner_name);
}

gboolean
chat_release(struct tx *tx, const struct chat_ask *ask, struct chat_row *answer, GError **error)
{
	struct conversation conversation;
	struct chat chat;
	int changed;

	if (!chat_find(tx, ask->conversation, &conversation, &chat, error) || !chat_is_mine_to_move(tx, &chat, error) ||
	    !chat_sql_release(tx, chat.id, chat.owner_id, &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is waiting already");
	return guest_leave_all(tx, chat.id, error) && chat_leave_off(tx, &chat, OFFER_WITHDRAWN, error) &&
	    offer_put_back(tx, chat.id, chat.owner_id, error) &&
	    chat_record(tx, &conversation, ITEM_RELEASED, (struct author) { 0 }, answer, error);
}

/* The desk puts one back whose owner does not answer it any more. */
static gboolean
put_back(struct tx *tx, const struct chat_sql_owned_by *owned, GError **error)
{
	struct conversation conversation;
	struct chat_row row;
	struct chat chat;
	int changed;

	if (!chat_find(tx, owned->conversation, &conversation, &chat, error) ||
	    !chat_sql_release(tx, owned->id, owned->owner, &changed, error) || !guest_leave_all(tx, owned->id, error))
		return FALSE;
	g_assert(changed == 1);
	return chat_leave_off(tx, &chat, OFFER_WITHDRAWN, error) &&
	    chat_record(tx, &conversation, ITEM_RELEASED, (struct author) { 0 }, &row, error);
}

gboolean
chat_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error)
{
	struct chat_sql_owned_by_list found;

	if (!chat_sql_orphans(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!put_back(tx, &found.rows[i], error))
			return FALSE;
	}
	*returned = (int)found.count;
	return found.count == (size_t)max || guest_return_orphans(tx, max - *returned, returned, error);
}

gboolean
chat_offer_end(struct tx *tx, const char *key, int64_t chat, const char *outcome, GError **error)
{
	struct conversation conversation;

	return conversation_find(tx, key, &conversation, error) && offer_end(tx, chat, outcome, error) &&
	    chat_tell(tx, &conversation, error);
}

gboolean
chat_withdraw_all_of(struct tx *tx, int64_t person, GError **error)
{
	struct chat_sql_offered_to_list found;

	if (!chat_sql_offered_to(tx, person, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!chat_offer_end(tx, found.rows[i].conversation, found.rows[i].chat, OFFER_WITHDRAWN, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
chat_return_all_of(struct tx *tx, int64_t person, GError **error)
{
	struct chat_sql_owned_by_list found;

	if (!chat_withdraw_all_of(tx, person, error) || !chat_sql_owned_by(tx, person, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!put_back(tx, &found.rows[i], error))
			return FALSE;
	}
	return TRUE;
}

bool
chat_waits(const struct chat_row *row)
{
	return strcmp(row->state, CHAT_WAITING) == 0 || strcmp(row->state, CHAT_OFFERED) == 0;
}

const char *
chat_state_for_visitor(const struct chat_row *row)
{
	return chat_waits(row) ? CHAT_WAITING : row->state;
}

gboolean
chat_place(struct tx *tx, const struct chat_row *row, int64_t *place, GError **error)
{
	int64_t before = 0;

	*place = 0;
	if (!chat_waits(row))
		return TRUE;
	if (!chat_sql_count_before(tx, row->pool, row->priority, row->waiting_since, row->chat, &before, error))
		return FALSE;
	*place = before + 1;
	return TRUE;
}

/* What stands in no list. */
static gboolean
read_rest(struct tx *tx, const struct conversation *conversation, struct chat_whole *answer, GError **error)
{
	struct chat_sql_newest *newest;
	struct rating rating;

	if (!chat_sql_newest(tx, conversation->id, &newest, error) ||
	    !asked_list(tx, newest->id, &answer->answers, error) || !rating_get(tx, newest->id, &rating, error))
		return FALSE;
	answer->address = newest->address;
	answer->agent = newest->agent;
	answer->rating = (struct chat_rating) { rating.score, rating.comment, rating.at };
	return promise_count_open(tx, conversation->id, &answer->promises, error);
}

gboolean
chat_get(struct tx *tx, const struct chat_ask *ask, struct chat_whole *answer, GError **error)
{
	struct conversation conversation;

	if (!conversation_find(tx, ask->conversation, &conversation, error) ||
	    !chat_row_now(tx, &conversation, &answer->row, error))
		return FALSE;
	answer->row.as = chat_part_in(&answer->row, tx_actor(tx));
	return chat_place(tx, &answer->row, &answer->row.place, error) && read_rest(tx, &conversation, answer, error);
}

gboolean
chat_visit(struct tx *tx, struct chat_visit *answer, GError **error)
{
	struct conversation conversation;
	struct chat_row row;

	if (!conversation_of_visitor(tx, &conversation, error))
		return FALSE;
	*answer = (struct chat_visit) {
		.visitor = conversation.visitor,
		.name = conversation.visitor_name,
		.email = conversation.visitor_email,
		.conversation = conversation.key,
	};
	if (conversation.id == 0)
		return TRUE;
	if (!chat_row_now(tx, &conversation, &row, error))
		return FALSE;
	answer->state = chat_state_for_visitor(&row);
	answer->ended_at = row.ended_at;
	answer->can_reopen = chat_may_reopen(row.channel, row.ended_at, tx_now_ms(tx));
	if (row.ended_at == 0)
		answer->advisor = row.owner.name;
	return chat_place(tx, &row, &answer->place, error) &&
	    (answer->place == 0 || estimate(tx, row.pool, answer->place, &answer->wait_ms, error));
}
