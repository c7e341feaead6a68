/*
 * Chats: live sessions inside a conversation.
 *
 * A chat is exactly one of waiting, offered, owned, closed, and owned by at most one person; a conversation has at most one
 * that is not closed (P11). The transitions stand in the WHERE of chat.sql:
 *
 *     start: -> waiting    take: waiting -> owned    release: owned -> waiting (it keeps its place in the line)
 *     transfer: waiting, owned -> owned by another, or waiting (a team's)       end: waiting, owned -> closed
 *     hand: waiting, owned -> owned by another       end: waiting, owned -> closed
 *     reopen: closed -> owned by its last owner, or waiting
 *
 * Every transition adds an item to the conversation's log and tells chat.changed. Assignment is simple: whoever is online
 * takes from the waiting list. Offers, seats and caps of the pool belong to desk/routing and desk/seat.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/conversation/conversation.h"
#include "desk/line/asked.h"
#include "store/tx.h"

#define CHAT_WAITING "waiting"
#define CHAT_OFFERED "offered" /* to staff: it waits, and somebody is asked to take it */
#define CHAT_OWNED   "owned"
#define CHAT_CLOSED  "closed"

#define CHAT_PRIORITY_MAX 9

/* The chat of a conversation that is not closed; id 0 when there is none. */
struct chat {
	int64_t id;
	const char *state;
	int64_t owner_id;
	const char *owner_name;
	int64_t pool_id;
	int64_t offered_to; /* who is asked to take it; 0: nobody */
	bool is_quiet;      /* owned, and does not count */
	bool is_warned;     /* the visitor was told that it will be closed */
};

/* A conversation with its chat as staff see it in a list. Body of chat.changed. */
struct chat_visitor {
	const char *name, *email;
	const char *customer;               /* what the host site calls it, signed; or NULL */
	int64_t verified_at;                /* when it signed so last: what is older may be of somebody else */
	bool verified;                      /* it has */
	bool name_verified, email_verified; /* it has signed these too */
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
/* Who is asked to take it, and until when. */
struct chat_offer {
	int64_t person;
	const char *name;
	int64_t expires_at;
};
struct chat_last {
	const char *author_kind;
	const char *text;
	int64_t at;
};
struct chat_row {
	const char *conversation;
	const char *state;
	const char *channel; /* one of chat_channels */
	struct chat_visitor visitor;
	const char *topic, *page;
	const char *language;
	const char *site; /* its name */
	struct chat_owner owner;
	struct chat_team team;
	int64_t pool;            /* in whose line it stands, or stood */
	struct chat_offer offer; /* while it is offered; else person 0 */
	int64_t priority;        /* 0..CHAT_PRIORITY_MAX; the higher stand before the others */
	bool is_quiet;           /* owned, and it does not count: nobody said a word for a while */
	struct chat_guests guests;
	const char *as; /* of a list, or got: what the actor is in it, "owner" or "guest"; or NULL */
	int64_t started_at, waiting_since, taken_at, ended_at;
	int64_t place;       /* in the line of its pool, from 1; 0 when not known */
	const char *outcome; /* one of chat_outcomes, once it has ended */
	int64_t unread;      /* messages of the visitor that staff has not seen */
	int64_t unanswered_since;
	int64_t version;       /* the newest seq that the row knows of: of two rows the one with the higher is newer */
	struct chat_last last; /* the newest message */
	int64_t chat;          /* row id: what `before` of chat_list() goes by */
	int64_t conversation_id; /* of what is told (chat_tell()); of a list 0 */
};

struct chat_start {
	const char *id;
	const char *site;                                          /* key, or NULL */
	const char *name, *email, *topic, *page, *language, *text; /* each may be NULL */
	struct asked_answers answers;
	const char *address, *agent; /* the edge's: where it comes from; NULL where it says nothing */
};
struct chat_started {
	const char *conversation;
	int64_t head;  /* the seq of the newest item */
	int64_t place; /* in the waiting line, from 1 */
	int64_t wait_ms;
};

/*
 * A visitor asks to be talked to; `text` becomes the first message. REFUSED_STATE while a chat of this visitor is open, and
 * with the field desk while the desk is not (line.h); REFUSED_PERMISSION for who is blocked.
 */
CHECKED gboolean chat_start(struct tx *tx, const struct chat_start *ask, struct chat_started *answer, GError **error);

struct chat_ask {
	const char *conversation;
	const char *id;      /* the caller's own, or NULL */
	const char *address; /* of a visitor who comes back: from where, or NULL */
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

struct chat_priority {
	const char *conversation;
	const char *id;
	int64_t priority; /* 0..CHAT_PRIORITY_MAX */
};

/* Where it stands in the line: before all of a lower priority. REFUSED_STATE for one that does not wait. */
CHECKED gboolean chat_priority(struct tx *tx, const struct chat_priority *ask, struct chat_row *answer, GError **error);

/* What became of a chat. */
extern const char *const chat_outcomes[]; /* solved, answered, owed, gone, spam */
extern const char *const chat_channels[]; /* chat, form */

/* But for the conversation each may be NULL; what stands below `id` is for staff. */
struct chat_end {
	const char *conversation;
	const char *id;
	const char *topic;
	const char *outcome;
	const char *owed;  /* what is promised to the customer: makes a promise (promise.h) */
	const char *email; /* where that goes, if nobody asked before */
};

/*
 * By its visitor, its owner or a lead. Ending a closed one changes nothing. REFUSED_STATE (field owed) when something is owed
 * and no address is known; REFUSED_FIELD (field owed) for the outcome owed when nothing is.
 */
CHECKED gboolean chat_end(struct tx *tx, const struct chat_end *ask, GError **error);

/* Ends, in the name of the actor, the open chats of a visitor (0: none) and those that came from an address (NULL: none). */
CHECKED gboolean chat_end_all_of(struct tx *tx, int64_t visitor_id, const char *address, GError **error);

struct chat_reopened {
	const char *state;   /* waiting or owned */
	const char *advisor; /* the name of who has it, or NULL */
	int64_t place;       /* in the line; 0: not there */
};

/*
 * A visitor goes on with its newest chat, at most LIMIT_REOPEN_MINUTES after the end: with its last owner when that one is online
 * and has room, else in the line, where line_let_in() has its word. An open one stays as it is.
 */
CHECKED gboolean chat_reopen(struct tx *tx, const struct chat_ask *ask, struct chat_reopened *answer, GError **error);

/* Tells the lists what has become of a conversation's newest chat, which `row` gets as well. */
CHECKED gboolean chat_tell_row(
    struct tx *tx, const struct conversation *conversation, struct chat_row *row, GError **error);
CHECKED gboolean chat_tell(struct tx *tx, const struct conversation *conversation, GError **error);

/*
 * Puts chats back into the line, at their old places, whose owner was disabled or does not answer customers any more: at most
 * `max`, by the desk itself. `returned` gets how many.
 */
CHECKED gboolean chat_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error);

/*
 * Somebody leaves: their chats go back into the line, at their old places, and what they are asked to take is offered to others.
 * Or the latter only: somebody is not able to take new ones. Before or after their row of duty changes, in the same tx.
 */
CHECKED gboolean chat_return_all_of(struct tx *tx, int64_t person, GError **error);
CHECKED gboolean chat_withdraw_all_of(struct tx *tx, int64_t person, GError **error);

/* The offer of a chat ends, if it has one, and chat.changed is told; `key` is that of its conversation. */
CHECKED gboolean chat_offer_end(struct tx *tx, const char *key, int64_t chat, const char *outcome, GError **error);

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

/* One chat with all that staff may know of it. */
struct chat_rating {
	int64_t score;
	const char *comment;
	int64_t at;
};
struct chat_whole {
	struct chat_row row; /* first: its fields are answered beside the others */
	struct asked_answers answers;
	const char *address, *agent;
	struct chat_rating rating; /* score 0: none */
	int64_t promises;          /* open ones of the conversation */
};

/* The newest chat of one conversation. */
CHECKED gboolean chat_get(struct tx *tx, const struct chat_ask *ask, struct chat_whole *answer, GError **error);

struct chat_visit {
	const char *visitor;
	const char *name, *email;
	const char *conversation; /* NULL: none yet */
	const char *state;        /* of its newest chat */
	const char *advisor;      /* the name of who has it, or NULL */
	int64_t place, wait_ms;   /* while it waits */
	int64_t ended_at;         /* of the chat, when it is closed */
	bool can_reopen;
};

/* What the acting visitor's page needs after a reload. */
CHECKED gboolean chat_visit(struct tx *tx, struct chat_visit *answer, GError **error);

/* The chat of a conversation that is not closed. */
CHECKED gboolean chat_of(struct tx *tx, const struct conversation *conversation, struct chat *chat, GError **error);
