/* The doors of chats. */
#include "edge/command.h"

#include "desk/chat/chat.h"
#include "desk/chat/guest.h"
#include "edge/call.h"
#include "edge/shapes.h"

static const char *const states[] = { CHAT_WAITING, CHAT_OFFERED, CHAT_OWNED, CHAT_CLOSED, NULL };

static const struct field visitor_fields[] = {
	FIELD_LINE(chat_visitor, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(chat_visitor, email, LIMIT_EMAIL_BYTES, OPTIONAL),
	FIELD_LINE(
	    chat_visitor, customer, LIMIT_EXTERNAL_ID_BYTES, OPTIONAL, .says = "what the host site calls it, signed"),
	FIELD_TIME(
	    chat_visitor, verified_at, OPTIONAL, .says = "since when: what is older was not said by somebody known"),
	FIELD_BOOL(chat_visitor, verified, .says = "the host site has signed for who it is"),
	FIELD_BOOL(chat_visitor, name_verified, OPTIONAL, .says = "the name too"),
	FIELD_BOOL(chat_visitor, email_verified, OPTIONAL, .says = "the address too"),
	FIELD_END,
};

static const struct field owner_fields[] = {
	FIELD_INT(chat_owner, id, 1, INT64_MAX),
	FIELD_LINE(chat_owner, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field team_fields[] = {
	FIELD_INT(chat_team, id, 1, INT64_MAX),
	FIELD_LINE(chat_team, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field guest_fields[] = {
	FIELD_INT(chat_guest, id, 1, INT64_MAX),
	FIELD_LINE(chat_guest, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field offer_fields[] = {
	FIELD_INT(chat_offer, person, 1, INT64_MAX),
	FIELD_LINE(chat_offer, name, LIMIT_NAME_BYTES),
	FIELD_TIME(chat_offer, expires_at),
	FIELD_END,
};

static const struct field last_fields[] = {
	FIELD_WORD(chat_last, author_kind, ((const char *const[]) { "visitor", "person", "system", NULL })),
	FIELD_TEXT(chat_last, text, LIMIT_MESSAGE_BYTES),
	FIELD_TIME(chat_last, at),
	FIELD_END,
};

#define CHAT_ROW_FIELDS                                                                                                \
	FIELD_KEY(chat_row, conversation), FIELD_WORD(chat_row, state, states),                                        \
	    FIELD_WORD(chat_row, channel, chat_channels), FIELD_OBJECT(chat_row, visitor, visitor_fields),             \
	    FIELD_LINE(chat_row, topic, LIMIT_TOPIC_BYTES, OPTIONAL),                                                  \
	    FIELD_LINE(chat_row, page, LIMIT_PAGE_BYTES, OPTIONAL, .says = "the page that it was started from"),       \
	    FIELD_LINE(chat_row, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "that the visitor's page speaks"),  \
	    FIELD_LINE(chat_row, site, LIMIT_NAME_BYTES, OPTIONAL, .says = "the name of where it comes from"),         \
	    FIELD_OBJECT(chat_row, owner, owner_fields, OPTIONAL),                                                     \
	    FIELD_OBJECT(chat_row, team, team_fields, OPTIONAL, .says = "the team that it waits for, or came to"),     \
	    FIELD_INT(chat_row, pool, 1, INT64_MAX, OPTIONAL, .says = "in whose line it stands"),                      \
	    FIELD_OBJECT(chat_row, offer, offer_fields, OPTIONAL, .says = "while it is offered: who is asked"),        \
	    FIELD_INT(chat_row, priority, 0, CHAT_PRIORITY_MAX, .says = "the higher stand before the others"),         \
	    FIELD_BOOL(chat_row, is_quiet, .says = "nobody said a word for a while: it does not count"),               \
	    FIELD_LIST(chat_row, guests, chat_guest, guest_fields, .says = "colleagues who joined in"),                \
	    FIELD_WORD(chat_row, as, ((const char *const[]) { "owner", "guest", NULL }), OPTIONAL,                     \
		.says = "what you are in it; in the view mine, and of one conversation"),                              \
	    FIELD_TIME(chat_row, started_at), FIELD_TIME(chat_row, waiting_since),                                     \
	    FIELD_TIME(chat_row, taken_at, OPTIONAL), FIELD_TIME(chat_row, ended_at, OPTIONAL),                        \
	    FIELD_INT(chat_row, place, 1, INT64_MAX, OPTIONAL, .says = "in the waiting line, from 1"),                 \
	    FIELD_WORD(chat_row, outcome, chat_outcomes, OPTIONAL, .says = "what became of it, once it has ended"),    \
	    FIELD_INT(chat_row, unread, 0, INT64_MAX, .says = "messages of the visitor that staff has not seen"),      \
	    FIELD_TIME(chat_row, unanswered_since, OPTIONAL, .says = "since when the visitor waits for a word"),       \
	    FIELD_INT(chat_row, version, 1, INT64_MAX,                                                                 \
		.says = "the newest seq that the row knows of; of two rows the higher is newer"),                      \
	    FIELD_OBJECT(chat_row, last, last_fields, OPTIONAL, .says = "the newest message"),                         \
	    FIELD_INT(chat_row, chat, 1, INT64_MAX, .says = "what `before` goes by")

const struct field chat_row_fields[] = { CHAT_ROW_FIELDS, FIELD_END };

const struct field asked_answer_fields[] = {
	FIELD_LINE(asked_answer, label, LIMIT_SITE_LABEL_BYTES, .says = "of the site's own field"),
	FIELD_TEXT(asked_answer, value, LIMIT_ANSWER_BYTES, .says = "of a check: yes or no; of a choice: one of them"),
	FIELD_END,
};

static const struct field rating_fields[] = {
	FIELD_INT(chat_rating, score, 1, 5),
	FIELD_TEXT(chat_rating, comment, LIMIT_COMMENT_BYTES, OPTIONAL),
	FIELD_TIME(chat_rating, at),
	FIELD_END,
};

static const struct field whole_fields[] = {
	CHAT_ROW_FIELDS,
	FIELD_LIST(chat_whole, answers, asked_answer, asked_answer_fields, .says = "what it answered beforehand"),
	FIELD_LINE(chat_whole, address, LIMIT_NAME_BYTES, OPTIONAL, .says = "the network that it comes from"),
	FIELD_LINE(chat_whole, agent, LIMIT_NAME_BYTES, OPTIONAL, .says = "its browser, as that calls itself"),
	FIELD_OBJECT(chat_whole, rating, rating_fields, OPTIONAL),
	FIELD_INT(chat_whole, promises, 0, INT64_MAX, .says = "what is owed in this conversation and not yet kept"),
	FIELD_END,
};

static const struct field start_fields[] = {
	FIELD_CALLER(chat_start),
	FIELD_KEY(
	    chat_start, site, OPTIONAL, .says = "where the widget stands; left out: that of the desk's own pages"),
	FIELD_LINE(chat_start, name, LIMIT_NAME_BYTES, OPTIONAL, TIDIED),
	FIELD_EMAIL(chat_start, email, OPTIONAL),
	FIELD_LINE(chat_start, topic, LIMIT_TOPIC_BYTES, OPTIONAL, TIDIED),
	FIELD_LINE(chat_start, page, LIMIT_PAGE_BYTES, OPTIONAL, TIDIED,
	    .says =
		"the address of the page that the visitor is on; without what follows a #, and left out where it is no address of a page"),
	FIELD_LINE(chat_start, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "that the page speaks"),
	FIELD_LIST(chat_start, answers, asked_answer, asked_answer_fields, OPTIONAL, AT_MOST(LIMIT_SITE_FIELDS),
	    .says = "to the site's own fields"),
	FIELD_TEXT(chat_start, text, LIMIT_MESSAGE_BYTES, OPTIONAL, .says = "becomes the first message"),
	FIELD_END,
};

static const struct field started_fields[] = {
	FIELD_KEY(chat_started, conversation),
	FIELD_INT(chat_started, head, 1, INT64_MAX, .says = "the seq of the newest item"),
	FIELD_INT(chat_started, place, 1, INT64_MAX, .says = "in the waiting line, from 1"),
	FIELD_INT(chat_started, wait_ms, 0, INT64_MAX, .says = "an estimate; 0 is soon"),
	FIELD_END,
};

static const struct field get_fields[] = {
	FIELD_KEY(chat_ask, conversation, IN_PATH),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_KEY(chat_ask, conversation, IN_PATH),
	FIELD_CALLER(chat_ask, OPTIONAL),
	FIELD_END,
};

static const struct field end_fields[] = {
	FIELD_KEY(chat_end, conversation, IN_PATH),
	FIELD_CALLER(chat_end, OPTIONAL),
	FIELD_LINE(
	    chat_end, topic, LIMIT_TOPIC_BYTES, OPTIONAL, .says = "what it was about; staff only, as what follows"),
	FIELD_WORD(chat_end, outcome, chat_outcomes, OPTIONAL),
	FIELD_TEXT(
	    chat_end, owed, LIMIT_OWED_BYTES, OPTIONAL, .says = "what the desk owes the customer: becomes a promise"),
	FIELD_EMAIL(chat_end, email, OPTIONAL, .says = "the customer's, where none is known"),
	FIELD_END,
};

static const struct field reopened_fields[] = {
	FIELD_WORD(chat_reopened, state, states),
	FIELD_LINE(chat_reopened, advisor, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(chat_reopened, place, 1, INT64_MAX, OPTIONAL),
	FIELD_END,
};

static const struct field transfer_fields[] = {
	FIELD_KEY(chat_transfer, conversation, IN_PATH),
	FIELD_CALLER(chat_transfer, OPTIONAL),
	FIELD_INT(chat_transfer, to, 1, INT64_MAX, OPTIONAL, .says = "the colleague: a person's id; or else `team`"),
	FIELD_INT(chat_transfer, team, 1, INT64_MAX, OPTIONAL, .says = "a team's id; or else `to`"),
	FIELD_TEXT(chat_transfer, note, LIMIT_MESSAGE_BYTES, OPTIONAL, .says = "is written as a note, for staff"),
	FIELD_END,
};

static const struct field priority_fields[] = {
	FIELD_KEY(chat_priority, conversation, IN_PATH),
	FIELD_CALLER(chat_priority, OPTIONAL),
	FIELD_INT(chat_priority, priority, 0, CHAT_PRIORITY_MAX, .says = "0 is that of everybody"),
	FIELD_END,
};

static const struct field invite_fields[] = {
	FIELD_KEY(chat_invite, conversation, IN_PATH),
	FIELD_CALLER(chat_invite, OPTIONAL),
	FIELD_INT(chat_invite, person, 1, INT64_MAX, .says = "the colleague, who is online"),
	FIELD_END,
};

static const struct field leave_fields[] = {
	FIELD_KEY(chat_leave, conversation, IN_PATH),
	FIELD_CALLER(chat_leave, OPTIONAL),
	FIELD_INT(chat_leave, person, 1, INT64_MAX, OPTIONAL, .says = "the guest who leaves; left out: oneself"),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_WORD(chat_list_ask, view, chat_views, IN_QUERY),
	FIELD_INT(chat_list_ask, before, 0, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the `chat` of the last row of the page before"),
	FIELD_INT(chat_list_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_INT(chat_list_ask, team, 1, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "of the view waiting: this team's only (without `place`)"),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(chat_list, chats, chat_row, chat_row_fields),
	FIELD_BOOL(chat_list, more),
	FIELD_END,
};

static const struct field visit_answer[] = {
	FIELD_KEY(chat_visit, visitor),
	FIELD_LINE(chat_visit, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(chat_visit, email, LIMIT_EMAIL_BYTES, OPTIONAL),
	FIELD_KEY(chat_visit, conversation, OPTIONAL, .says = "left out: there is none yet"),
	FIELD_WORD(chat_visit, state, states, OPTIONAL),
	FIELD_LINE(chat_visit, advisor, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(chat_visit, place, 1, INT64_MAX, OPTIONAL),
	FIELD_INT(chat_visit, wait_ms, 0, INT64_MAX, .says = "while it waits: an estimate; 0 is soon"),
	FIELD_TIME(chat_visit, ended_at, OPTIONAL),
	FIELD_BOOL(chat_visit, can_reopen, .says = "the chat has ended and can be opened again"),
	FIELD_END,
};

RUNS(chat_start);
RUNS(chat_take);
RUNS(chat_release);
RUNS(chat_transfer);
RUNS(chat_priority);
RUNS(chat_invite);
RUNS(chat_leave);
RUNS_WITHOUT_ANSWER(chat_end);
RUNS(chat_reopen);
RUNS(chat_list);
RUNS(chat_get);
RUNS_WITHOUT_ASK(chat_visit);

static void
around_start(struct call *call)
{
	struct chat_start *ask = call->ask;

	ask->address = call->origin;
	ask->agent = *call->agent == '\0' ? NULL : call->agent;
	call_submit_at(call, ask->site);
}

static void
around_reopen(struct call *call)
{
	((struct chat_ask *)call->ask)->address = call->origin;
	call_submit(call);
}

const struct command chat_commands[] = {
	{ .name = "chat.start",
	    .door = "POST /api/v1/chats",
	    .may = MAY_VISIT,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_START,
	    TAKES(start_fields, chat_start),
	    ANSWERS(started_fields, chat_started),
	    .run = run_chat_start,
	    .around = around_start,
	    .says = "A visitor asks to be talked to and joins the waiting line." },
	{ .name = "chat.visit",
	    .door = "GET /api/v1/visitor",
	    .may = MAY_VISIT,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(visit_answer, chat_visit),
	    .run = run_chat_visit,
	    .on_socket = true,
	    .says = "What a visitor's page needs after a reload: who it is, and its conversation." },
	{ .name = "chat.list",
	    .door = "GET /api/v1/chats",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, chat_list_ask),
	    ANSWERS(list_answer, chat_list),
	    .run = run_chat_list,
	    .on_socket = true,
	    .says =
		"Lists chats: who waits (the highest priority first, then longest first), one's own, all open ones, closed ones." },
	{ .name = "chat.get",
	    .door = "GET /api/v1/conversations/{conversation}",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(get_fields, chat_ask),
	    ANSWERS(whole_fields, chat_whole),
	    .run = run_chat_get,
	    .on_socket = true,
	    .says = "One conversation with its newest chat." },
	{ .name = "chat.take",
	    .door = "POST /api/v1/conversations/{conversation}/take",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, chat_ask),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_take,
	    .on_socket = true,
	    .says = "Takes a waiting chat; one wins, the others are told who." },
	{ .name = "chat.release",
	    .door = "POST /api/v1/conversations/{conversation}/release",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, chat_ask),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_release,
	    .on_socket = true,
	    .says = "Puts a chat back into the waiting line, at its old place." },
	{ .name = "chat.transfer",
	    .door = "POST /api/v1/conversations/{conversation}/transfer",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(transfer_fields, chat_transfer),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_transfer,
	    .on_socket = true,
	    .audit = "handed a chat on",
	    .says = "Hands a chat to a colleague who is online, or to a team's waiting line; with a note." },
	{ .name = "chat.priority",
	    .door = "POST /api/v1/conversations/{conversation}/priority",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(priority_fields, chat_priority),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_priority,
	    .on_socket = true,
	    .audit = "let a chat stand before others",
	    .says = "Lets a waiting chat stand before all of a lower priority." },
	{ .name = "chat.invite",
	    .door = "POST /api/v1/conversations/{conversation}/invite",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(invite_fields, chat_invite),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_invite,
	    .on_socket = true,
	    .says = "Asks a colleague who is online to join in: a guest may speak, and sees the chat among theirs." },
	{ .name = "chat.leave",
	    .door = "POST /api/v1/conversations/{conversation}/leave",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(leave_fields, chat_leave),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_chat_leave,
	    .on_socket = true,
	    .says = "A guest leaves a chat; its owner or a lead may ask one to." },
	{ .name = "chat.end",
	    .door = "POST /api/v1/conversations/{conversation}/end",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(end_fields, chat_end),
	    .run = run_chat_end,
	    .on_socket = true,
	    .audit = "ended a chat of somebody else",
	    .says = "Ends a chat; ending a closed one changes nothing. What is owed needs the customer's address." },
	{ .name = "chat.reopen",
	    .door = "POST /api/v1/conversations/{conversation}/reopen",
	    .may = MAY_VISIT,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, chat_ask),
	    ANSWERS(reopened_fields, chat_reopened),
	    .run = run_chat_reopen,
	    .around = around_reopen,
	    .on_socket = true,
	    .says = "A visitor goes on with a chat that ended within the last half hour." },
	COMMANDS_END,
};
