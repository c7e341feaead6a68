/*
 * Seats: being signed in to live chat, of which a desk has fewer than people (docs/decisions/0016-seats.md).
 *
 * Somebody on duty has a seat of their pool (online, away, winding) or none (line: stands in the line for one; phone: keeps the place
 * there). A seat is taken by one conditional UPDATE, so a pool never has more of its own in use than its size, unless it was made
 * smaller than its use: then it drains. Whatever frees a seat lets the first in the line in, in the same transaction: at no commit
 * is a seat free while somebody who is heard of waits for it, but where a pool grows by more than fifty at once: these come in
 * fifty by fifty, and nobody else before them. Seats beyond the size are extra, by two rules: a back-up who was
 * alerted, and whoever's shift began while somebody of the pool winds down (hand-over). A hand-over seat becomes one of the pool's own
 * as soon as one frees, before the line is let in.
 *
 * Nobody without a seat owns a chat, but for reopened ones: whoever gives the seat up gives the chats back to the head of the line
 * first. Somebody not heard of for LIMIT_GONE_SECONDS is given nothing new (P33), after LIMIT_LOST_SECONDS chats and seat pass
 * on (lost.c). Before the end of a shift they wind down (winding.c). Everything that happens to seats stands in the log (log.c).
 */
#pragma once

#include "desk/duty/pool.h"

/* What one may say of oneself. */
extern const char *const seat_statuses[]; /* online, away, phone, offline, up to NULL */

struct seat_status {
	const char *status; /* one of seat_statuses */
	const char *reason; /* of away and phone; may be NULL */
	int64_t back_at;    /* of those too; 0: not said */
};

/* A person's seat as it is now. */
struct seat {
	const char *status; /* one of status_names */
	const char *seat;   /* one of duty_seats */
	int64_t place;      /* in the line for seats, from 1; 0: not there */
	const char *reason;
	int64_t back_at;
	int64_t cap, load;
};

/*
 * The actor comes on duty, goes, or says what they do. `online` takes a seat or a place in the line; who has a place keeps it.
 * `away` keeps the seat (REFUSED_STATE without one), `phone` gives it up and keeps a place in the line, `offline` gives up both. Whoever winds
 * down and says `online` stays past the end of that shift. REFUSED_RANGE (field back_at) for what is not within LIMIT_AWAY_HOURS.
 */
CHECKED gboolean seat_status(struct tx *tx, const struct seat_status *ask, struct seat *answer, GError **error);

struct seat_free {
	int64_t person;
	const char *reason;
};

/* By a lead: somebody's chats go back to the line, and their seat, or place in the line, is theirs no more. REFUSED_STATE for who is offline. */
CHECKED gboolean seat_free(struct tx *tx, const struct seat_free *ask, GError **error);

/* pool_change(), and lets in who waits for a seat where the pool has grown. */
CHECKED gboolean seat_pool_change(struct tx *tx, const struct pool_change *ask, struct pool *answer, GError **error);

struct seat_board {
	struct duty_rows people; /* as duty_list() gives them */
	struct pool_rows pools;
};

/* Who is on, who winds down with how many chats left and until when, who waits for a seat; and the pools. */
CHECKED gboolean seat_board(struct tx *tx, struct seat_board *answer, GError **error);

/* Body of seat.given. */
struct seat_given {
	int64_t person;
};

/* ---- The log (log.c) ---- */

/* What happened to a seat. */
extern const char *const seat_happenings[]; /* up to NULL */

struct seat_person {
	int64_t id;
	const char *name;
};
struct seat_line {
	int64_t id;
	int64_t at;
	int64_t pool;
	struct seat_person person, by; /* by: id 0 for the desk itself */
	const char *what;              /* one of seat_happenings */
	const char *why;               /* in words; may be NULL */
};
struct seat_lines {
	const struct seat_line *rows;
	size_t count;
};
struct seat_log_ask {
	int64_t pool;   /* 0: all */
	int64_t person; /* 0: everybody */
	int64_t before; /* lines older than that one; 0: from the newest */
	int64_t limit;
};
struct seat_log {
	struct seat_lines lines;
	bool more;
};

/* The newest first. */
CHECKED gboolean seat_log(struct tx *tx, const struct seat_log_ask *ask, struct seat_log *answer, GError **error);

/* ---- What the desk does by itself: jobs, of at most `max` people at a time; `did` gets how many there were ---- */

/* Notes who is not heard of, and who is again; takes the seat of who is lost (lost.c). */
CHECKED gboolean seat_watch(struct tx *tx, int64_t max, int *did, GError **error);

/* Takes those off duty who are signed in nowhere, are disabled, or have a role that does not answer (lost.c). */
CHECKED gboolean seat_leave_signed_out(struct tx *tx, int64_t max, int *did, GError **error);

/* Looks at the shifts of those whose moment has come: who winds down, whose shift has begun (winding.c). */
CHECKED gboolean seat_look(struct tx *tx, int64_t max, int *did, GError **error);

/* Everybody's shifts are to be looked at again, since they were changed (winding.c). */
CHECKED gboolean seat_look_again(struct tx *tx, int64_t max, int *did, GError **error);

/* What is left to do after a pool has grown by more than one command lets in: of at most `max` pools. */
CHECKED gboolean seat_let_in(struct tx *tx, int64_t max, int *did, GError **error);

/* Help was called: back-ups who stand in the line of such a pool are let in beyond its size (helper.c). */
CHECKED gboolean seat_let_helpers_in(struct tx *tx, int64_t max, int *did, GError **error);

/* The seat of who winds down and has no chat left passes on (winding.c). */
CHECKED gboolean seat_pass(struct tx *tx, int64_t max, int *did, GError **error);
