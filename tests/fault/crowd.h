/*
 * The crowd of the kill loop: 40 visitors and 8 advisors who talk to a desk that is killed under them, and who keep account
 * of everything that they were told.
 *
 * A *deed* is one message, note, file or hand-over under its sender's own id. It is open until an answer came: then it is done or
 * refused, for ever, and any other answer later is a fault. Whoever is cut off comes back by socket or by polling, as chance
 * has it, with the cursors of what was shown and every open deed again under the same id. Some deeds are sent twice at once
 * by both ways, some connections are cut right after sending, and some deeds are made to be refused.
 *
 * What a participant was *shown* is kept per conversation in the order of showing; what anybody was ever sent of an item is
 * kept once and must not differ. What they were told of receipts must never go back, and what an advisor began to write (a
 * *pen* on one chat) must be there after every death, and not be there any more once it was sent (crowd_marks.h). A *fault* is a
 * sentence that says what went wrong.
 *
 * One thread, but for the process of the desk, which others may kill.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "cast.h"
#include "trial.h"
#include "wire.h"

#define VISITORS      40
#define ADVISORS      8
#define PARTICIPANTS  (VISITORS + ADVISORS)
#define CONVERSATIONS VISITORS

enum deed_kind { DEED_MESSAGE, DEED_NOTE, DEED_FILE, DEED_HAND, DEED_TAKE };
enum fate { FATE_OPEN, FATE_DONE, FATE_REFUSED };

struct participant;

struct deed {
	enum deed_kind kind;
	char id[24];
	char conversation[CAST_KEY_BYTES];
	unsigned place; /* of the conversation in the crowd; CONVERSATIONS: none of theirs */
	struct participant *author;
	struct participant *to; /* of a hand-over; NULL: to the team */
	char *text;             /* of a message or note, or one that goes with a hand-over; the name of a file */
	int64_t draft;          /* of a message: the generation that it was; 0: none */
	guint32 seed;           /* of a file: its size and bytes follow from it */
	char key[CAST_KEY_BYTES];
	enum fate fate;
	int64_t seq;     /* of a message, note or file that is done */
	uint64_t order;  /* in which it was answered, from 1 */
	int64_t sent_at; /* clock_ticks_ns() of the last time */
	unsigned sent;   /* how often */
};

enum side { SIDE_OF_VISITOR, SIDE_OF_STAFF, SIDES };

/* How far a side is, as somebody was told. */
struct mark {
	int64_t delivered, seen;
};

/* What one participant has of one conversation. */
struct view {
	bool is_watched;
	int64_t cursor;
	GArray *shown; /* of gint64: the seqs in the order of showing */
	struct mark marks[SIDES];
};

/* What an advisor has begun to write in one conversation. */
struct pen {
	int64_t generation;   /* 0: nothing ever */
	char *text;           /* that was acknowledged, or NULL */
	char *maybe;          /* that was not: it may be there instead; or NULL */
	struct deed *sending; /* the message that this is to become */
};

enum way { WAY_NONE, WAY_SOCKET, WAY_POLL };

struct participant {
	struct crowd *crowd;
	bool is_staff;
	const char *name;
	struct advisor advisor;
	struct visitor visitor;
	struct http http;
	enum way way;
	struct wire *wire;
	unsigned unanswered; /* on this wire */
	bool is_fed_up;      /* the desk was too busy to let it watch: it comes anew */
	struct view views[CONVERSATIONS];
	struct pen pens[CONVERSATIONS]; /* of staff */
	GQueue open;                    /* of struct deed, oldest first */
	int64_t again_at;               /* not before this it tries to connect */
	unsigned turn;                  /* which view is polled next */
};

struct crowd {
	uv_loop_t *loop;
	struct pool pool;
	struct trial *trial;
	GRand *chance;
	struct advisor administrator;
	struct participant participants[PARTICIPANTS]; /* advisors first */
	char *keys[CONVERSATIONS];
	struct participant *owners[CONVERSATIONS]; /* NULL: it waits for the team */
	bool is_handing[CONVERSATIONS];
	int64_t team;

	GPtrArray *deeds;  /* of struct deed, in the order of wanting */
	GHashTable *by_id; /* id -> struct deed */
	GHashTable *seen;  /* "place/seq" -> what it says (crowd_item_text()) */
	GPtrArray *faults; /* sentences */
	GPtrArray *unread; /* the same about files that do not read back, by run_settle() */
	unsigned files;    /* how many it read */
	uint64_t answered, shown, connects, doubles, cuts, repeated, told, drafts;
	bool is_closing;
};

/* Sets the running desk up: everybody signed in, every chat taken, everybody watching. */
void crowd_open(struct crowd *crowd, struct trial *trial, uv_loop_t *loop, guint32 seed);
void crowd_close(struct crowd *crowd);

/* Somebody wants something, as chance has it: L1's mixture. */
void crowd_act(struct crowd *crowd);

/* Who is away comes back; who polls polls; what was not answered for a second is sent again. */
void crowd_tend(struct crowd *crowd);

/* How many deeds nobody has answered yet. */
unsigned crowd_open_deeds(const struct crowd *crowd);

/* Everybody drops their sockets and asks by HTTP for what is left, so that every list is complete. */
void crowd_catch_up(struct crowd *crowd);

/* What an item says, in one line, the same from a row of the store and from JSON; the caller frees. */
char *crowd_item_text(
    const char *kind, const char *author_kind, const char *author, const char *text, const char *caller_id, int64_t at);

void crowd_fault(struct crowd *crowd, const char *format, ...) G_GNUC_PRINTF(2, 3);
