/* Chats: see chat.h. */
#include "desk/chat/chat.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/block/block.h"
#include "desk/chat/chat_inside.h"
#include "desk/chat/guest.h"
#include "desk/events.h"
#include "desk/line/line.h"
#include "desk/people/actor.h"
#include "desk/promise/promise.h"
#include "desk/rating/rating.h"
#include "desk/site/address.h"
#include "sql/chat_sql.h"

static struct chat_row
row_of(const struct chat_sql_row *row)
{
	return (struct chat_row) {
		.conversation = row->conversation,
		.state = row->state,
		.channel = row->channel,
		.visitor = { row->visitor_name, row->visitor_email, row->external, row->verified_at,
		    row->verified_at != 0, row->name_signed, row->email_signed },
		.topic = row->topic,
		.page = row->page,
		.language = row->language,
		.site = row->site_name,
		.owner = { row->owner_id, row->owner_name },
		.team = { row->team_id, row->team_name },
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
		*chat = (struct chat) { row->id, row->state, row->owner_id, row->owner_name };
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
	*answer = row_of(row);
	return guest_fill(tx, answer, 1, error);
}

static gboolean
log_item(struct tx *tx, struct conversation *conversation, const char *kind, struct author about, GError **error)
{
	struct item item = { .kind = kind, .about = about };

	return conversation_add(tx, conversation, &item, NULL, error);
}

/* The lists are told what the chat has become. */
static gboolean
tell_changed(struct tx *tx, const struct conversation *conversation, struct chat_row *answer, GError **error)
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

	return tell_changed(tx, conversation, &row, error);
}

/* Ends every transition: what happened goes into the log, and the lists are told. */
gboolean
chat_record(struct tx *tx, struct conversation *conversation, const char *kind, struct author about,
    struct chat_row *answer, GError **error)
{
	return log_item(tx, conversation, kind, about, error) && tell_changed(tx, conversation, answer, error);
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

	return chat_sql_add(tx, conversation->id, site->id, site->team_id, ask->topic, page, ask->language,
		   ask->address, ask->agent, ask->id, tx_now_ms(tx), id, error) &&
	    asked_keep(tx, *id, &ask->answers, error);
}

static gboolean
estimate(struct tx *tx, int64_t place, int64_t *wait_ms, GError **error)
{
	struct line_room room;

	if (!line_room(tx, &room, error))
		return FALSE;
	*wait_ms = line_wait_ms(&room, place);
	return TRUE;
}

gboolean
chat_start(struct tx *tx, const struct chat_start *ask, struct chat_started *answer, GError **error)
{
	struct conversation conversation;
	struct line_site site;
	int64_t id, before;

	if (!conversation_of_visitor(tx, &conversation, error) || !line_site(tx, ask->site, &site, error) ||
	    !may_start(tx, &conversation, &site, ask, error) ||
	    !conversation_open(tx, ask->name, ask->email, &conversation, error) ||
	    !put(tx, &conversation, &site, ask, &id, error) ||
	    !log_item(tx, &conversation, ITEM_STARTED, (struct author) { 0 }, error) ||
	    !add_first_message(tx, &conversation, ask, error) || !chat_tell(tx, &conversation, error) ||
	    !chat_sql_count_before(tx, tx_now_ms(tx), id, &before, error))
		return FALSE;
	*answer = (struct chat_started) { conversation.key, conversation.last_seq, before + 1, 0 };
	return estimate(tx, answer->place, &answer->wait_ms, error);
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
		return refuse(error, REFUSED_STATE, field, "%s is away", row->name);
	*author = (struct author) { "person", row->name, person };
	return TRUE;
}

gboolean
chat_can_own(struct tx *tx, int64_t person, const char *field, struct author *author, GError **error)
{
	struct author who;
	int64_t owned;

	if (!chat_can_answer(tx, person, field, &who, error) || !chat_sql_count_owned(tx, person, &owned, error))
		return FALSE;
	if (owned >= LIMIT_ADVISOR_CHATS)
		return refuse(error, REFUSED_STATE, field, "%s has %d chats already", who.name, LIMIT_ADVISOR_CHATS);
	*author = who;
	return TRUE;
}

static gboolean
refuse_not_waiting(const struct chat *chat, GError **error)
{
	if (chat->id == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is closed");
	return refuse(error, REFUSED_STATE, NULL, "%s has taken this chat", chat->owner_name);
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
	if (chat.id == 0 || chat.owner_id != 0)
		return refuse_not_waiting(&chat, error);
	if (!chat_can_own(tx, me, NULL, &author, error) ||
	    !chat_sql_take(tx, chat.id, me, tx_now_ms(tx), &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse_not_waiting(&chat, error);
	return chat_record(tx, &conversation, ITEM_TAKEN, author, answer, error);
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
	    !chat_sql_release(tx, chat.id, chat.owner_id, &changed, error) || !guest_leave_all(tx, chat.id, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, NULL, "the chat is waiting already");
	return chat_record(tx, &conversation, ITEM_RELEASED, (struct author) { 0 }, answer, error);
}

static gboolean
return_orphan(struct tx *tx, const struct chat_sql_orphans *orphan, GError **error)
{
	struct conversation conversation;
	struct chat_row row;
	int changed;

	if (!conversation_find(tx, orphan->conversation, &conversation, error) ||
	    !chat_sql_release(tx, orphan->id, orphan->owner, &changed, error) ||
	    !guest_leave_all(tx, orphan->id, error))
		return FALSE;
	g_assert(changed == 1);
	return chat_record(tx, &conversation, ITEM_RELEASED, (struct author) { 0 }, &row, error);
}

gboolean
chat_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error)
{
	struct chat_sql_orphans_list found;

	if (!chat_sql_orphans(tx, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!return_orphan(tx, &found.rows[i], error))
			return FALSE;
	}
	*returned = (int)found.count;
	return found.count == (size_t)max || guest_return_orphans(tx, max - *returned, returned, error);
}

const char *const chat_views[] = { "waiting", "mine", "all", "closed", NULL };

static gboolean
list_waiting(
    struct tx *tx, const struct chat_list_ask *ask, struct chat_sql_row_list *found, int64_t *place, GError **error)
{
	int64_t after = ask->before, max = ask->limit + 1;
	struct chat_sql_place_of *from = NULL;
	int64_t since = 0;

	*place = 1;
	if (after != 0) {
		int64_t before;

		if (!chat_sql_place_of(tx, after, &from, error))
			return FALSE;
		if (from == NULL)
			return refuse(error, REFUSED_UNKNOWN, "before", "there is no such chat");
		since = from->since;
		/* Everybody up to and with the row named has a place before this page. */
		if (!chat_sql_count_before(tx, since, after + 1, &before, error))
			return FALSE;
		*place += before;
	}
	if (ask->team == 0)
		return chat_sql_list_waiting(tx, since, after, max, found, error);
	/* Between these rows stand those of others: where each stands in the whole line is not counted here. */
	*place = 0;
	return chat_sql_list_waiting_of_team(tx, ask->team, since, after, max, found, error);
}

/* Rows of a view; `place` is the first one's in the waiting line, or 0. */
static gboolean
rows_of_view(
    struct tx *tx, const struct chat_list_ask *ask, struct chat_sql_row_list *found, int64_t *place, GError **error)
{
	int64_t before = ask->before == 0 ? INT64_MAX : ask->before;
	int64_t max = ask->limit + 1;

	*place = 0;
	if (strcmp(ask->view, "waiting") == 0)
		return list_waiting(tx, ask, found, place, error);
	if (ask->team != 0)
		return refuse(error, REFUSED_FIELD, "team", "goes with the view waiting only");
	if (strcmp(ask->view, "mine") == 0)
		return chat_sql_list_mine(tx, tx_actor(tx)->person_id, before, max, found, error);
	if (strcmp(ask->view, "closed") == 0)
		return chat_sql_list_closed(tx, before, max, found, error);
	return chat_sql_list_all(tx, before, max, found, error);
}

/* What the actor is in it; NULL: nothing. */
static const char *
part_in(const struct chat_row *row, const struct actor *actor)
{
	if (actor->kind != ACTOR_PERSON)
		return NULL;
	if (row->owner.id == actor->person_id)
		return "owner";
	for (size_t i = 0; i < row->guests.count; i++) {
		if (row->guests.rows[i].id == actor->person_id)
			return "guest";
	}
	return NULL;
}

gboolean
chat_list(struct tx *tx, const struct chat_list_ask *ask, struct chat_list *answer, GError **error)
{
	bool is_mine = strcmp(ask->view, "mine") == 0;
	struct chat_sql_row_list found;
	int64_t place;

	if (!rows_of_view(tx, ask, &found, &place, error))
		return FALSE;

	size_t count = MIN(found.count, (size_t)ask->limit);
	struct chat_row *rows = talloc_array(tx_memory(tx), struct chat_row, count);

	for (size_t i = 0; i < count; i++) {
		rows[i] = row_of(&found.rows[i]);
		if (place != 0)
			rows[i].place = place + (int64_t)i;
	}
	answer->chats = (struct chat_rows) { rows, count };
	answer->more = found.count > count;
	if (!guest_fill(tx, rows, count, error))
		return FALSE;
	for (size_t i = 0; is_mine && i < count; i++)
		rows[i].as = part_in(&rows[i], tx_actor(tx));
	return TRUE;
}

/* The place of a waiting chat, from 1; 0 for one that does not wait. */
gboolean
chat_place(struct tx *tx, const struct chat_row *row, int64_t *place, GError **error)
{
	int64_t before = 0;

	*place = 0;
	if (strcmp(row->state, CHAT_WAITING) != 0)
		return TRUE;
	if (!chat_sql_count_before(tx, row->waiting_since, row->chat, &before, error))
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
	answer->row.as = part_in(&answer->row, tx_actor(tx));
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
	answer->state = row.state;
	answer->ended_at = row.ended_at;
	answer->can_reopen = chat_may_reopen(row.channel, row.ended_at, tx_now_ms(tx));
	if (row.ended_at == 0)
		answer->advisor = row.owner.name;
	return chat_place(tx, &row, &answer->place, error) &&
	    (answer->place == 0 || estimate(tx, answer->place, &answer->wait_ms, error));
}
