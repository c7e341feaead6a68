/*
 * Chats: live sessions inside a conversation.
 *
 * A chat is exactly one of waiting, offered, owned, closed, and owned by at most one person; a conversation has at most one
 * that is not closed (P11). The transitions stand in the WHERE of chat.sql:
 *
 *     start: -> waiting    take: waiting -> owned    release: owned -> waiting (it keeps its place in the line)
 *     transfer: waiting, owned -> owned by another, or waiting (a team's)       end: waiting, owned -> closed
 *
 * Every transition adds an item to the conversation's log and tells chat.changed. Assignment is simple: whoever is online
 * takes from the waiting list. Offers, seats and caps of the pool belong to desk/routing and desk/seat.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/conversation/conversation.h"
#include "store/tx.h"

#define CHAT_WAITING "waiting"
#define CHAT_OWNED   "owned"
#define CHAT_CLOSED  "closed"

/* The chat of a conversation that is not closed; id 0 when there is none. */
struct chat {
	int64_t id;
	const char *state;
	int64_t owner_id;
	const char *owner_name;
};

/* A conversation with its chat as staff see it in a list. Body of chat.changed. */
struct chat_visitor {
	const char *name, *email;
};
struct chat_owner {
	int64_t id;
	const char *name;
};
struct chat_team {
	int64_t id;
	const char *name;
};
/* A colleague whom the owner or a lead asked to join in (guest.h). */
struct chat_guest {
	int64_t id;
	const char *name;
};
struct chat_guests {
	const struct chat_guest *rows;
	size_t count;
};
struct chat_last {
	const char *author_kind;
	const char *text;
	int64_t at;
};
struct chat_row {
	const char *conversation;
	const char *state;
	struct chat_visitor visitor;
	const char *topic, *page;
	struct chat_owner owner;
	struct chat_team team;
	struct chat_guests guests;
	const char *as; /* of a list: what the actor is in it, "owner" or "guest"; or NULL */
	int64_t started_at, waiting_since, taken_at, ended_at;
	int64_t place;         /* in the waiting line, from 1; 0 when not known */
	int64_t version;       /* the newest seq that the row knows of: of two rows the one with the higher is newer */
	struct chat_last last; /* the newest message */
	int64_t chat;          /* row id: what `before` of chat_list() goes by */
};

struct chat_start {
	const char *id;
	const char *name, *email, *topic, *page, *text; /* each may be NULL */
};
struct chat_started {
	const char *conversation;
	int64_t head;  /* the seq of the newest item */
	int64_t place; /* in the waiting line, from 1 */
};

/*
 * A visitor asks to be talked to; `text` becomes the first message. REFUSED_STATE while a chat of this visitor is open, and
 * when LIMIT_WAITING_CHATS wait already.
 */
CHECKED gboolean chat_start(struct tx *tx, const struct chat_start *ask, struct chat_started *answer, GError **error);

struct chat_ask {
	const char *conversation;
	const char *id; /* the caller's own, or NULL */
};

/*
 * The actor takes a waiting chat. Taking one's own again changes nothing. REFUSED_STATE when another has it (and says
 * who), when it is closed, when the actor is away, or has LIMIT_ADVISOR_CHATS already.
 */
CHECKED gboolean chat_take(struct tx *tx, const struct chat_ask *ask, struct chat_row *answer, GError **error);

/* Back to the waiting line, at the old place; by its owner or a lead. */
CHECKED gboolean chat_release(struct tx *tx, const struct chat_ask *ask, struct chat_row *answer, GError **error);

struct chat_transfer {
	const char *conversation;
	const char *id;
	int64_t to;   /* a person who may answer, and is online; or 0 */
	int64_t team; /* or 0; exactly one of the two */
	const char *note;
};

/*
 * By its owner or a lead. To a colleague: owned by them at once. To a team: back to the waiting line as that team's, at the old
 * place. `note` is written first, as a note like any other. REFUSED_STATE when it is there already, or the colleague is
 * away or has no room. (transfer.c)
 */
CHECKED gboolean chat_transfer(struct tx *tx, const struct chat_transfer *ask, struct chat_row *answer, GError **error);

/* By its visitor, its owner or a lead. Ending a closed one changes nothing. */
CHECKED gboolean chat_end(struct tx *tx, const struct chat_ask *ask, GError **error);

/*
 * Puts chats back into the line, at their old places, whose owner was disabled or does not answer customers any more: at most
 * `max`, by the desk itself. `returned` gets how many.
 */
CHECKED gboolean chat_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error);

struct chat_list_ask {
	const char *view; /* one of chat_views */
	int64_t before;   /* rows after this one's `chat`; 0: from the top */
	int64_t limit;
	int64_t team; /* of waiting: those of this team only; 0: all */
};
struct chat_rows {
	struct chat_row *rows;
	size_t count;
};
struct chat_list {
	struct chat_rows chats;
	bool more;
};
extern const char *const chat_views[]; /* waiting, mine, all (not closed), closed */

/* Waiting: longest waiting first. Others: newest first. */
CHECKED gboolean chat_list(struct tx *tx, const struct chat_list_ask *ask, struct chat_list *answer, GError **error);

/* The newest chat of one conversation, as a row. */
CHECKED gboolean chat_get(struct tx *tx, const struct chat_ask *ask, struct chat_row *answer, GError **error);

struct chat_visit {
	const char *visitor;
	const char *name, *email;
	const char *conversation; /* NULL: none yet */
	const char *state;        /* of its newest chat */
	const char *advisor;      /* the name of who has it, or NULL */
	int64_t place;
};

/* What the acting visitor's page needs after a reload. */
CHECKED gboolean chat_visit(struct tx *tx, struct chat_visit *answer, GError **error);

/* The chat of a conversation that is not closed. */
CHECKED gboolean chat_of(struct tx *tx, const struct conversation *conversation, struct chat *chat, GError **error);
