/*
 * Duty: who is on duty, in which pool, and how many chats that makes: the bookkeeping that chat, routing and seat share.
 *
 * Whoever is on duty has a row: with a seat (online, away, winding), or without one (line: stands in the line for seats; phone:
 * keeps the place there). A *load* is the chats of a person that count: owned and not quiet, and those that they are asked to
 * take. Counters change in the transaction of what they count: duty.load by duty_gain() and duty_lose(), pool.chats (the sum of the
 * loads of its people), pool.used (seats of its own) and pool.extra (seats beyond its size). *Able* is who could be given a chat
 * now as far as it is theirs: online, heard of, with a load below the cap.
 *
 * No rules of its own but that the counters are right: who gets a seat is for desk/seat, who gets a chat for desk/routing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/people/people.h"
#include "store/tx.h"

#define DUTY_OFFLINE STATUS_OFFLINE /* has no row */
#define DUTY_LINE    STATUS_LINE
#define DUTY_PHONE   STATUS_PHONE
#define DUTY_ONLINE  STATUS_ONLINE
#define DUTY_AWAY    STATUS_AWAY
#define DUTY_WINDING STATUS_WINDING

#define SEAT_NONE     "none"
#define SEAT_OWN      "own"
#define SEAT_BACKUP   "backup"
#define SEAT_HANDOVER "handover"
extern const char *const duty_seats[]; /* up to NULL */

struct duty {
	int64_t person_id; /* 0: not on duty, and nothing else is set but state */
	int64_t pool_id;
	const char *state, *seat;
	int64_t since, line_since; /* in this state; in the line, where they have no seat */
	const char *reason;        /* may be NULL */
	int64_t back_at, gone_since;
	int64_t cap, load;
	int64_t ends_at, look_at, stays_past; /* of shifts, each 0 where there is none: see sql/0003_seats.sql */
};

CHECKED gboolean duty_get(struct tx *tx, int64_t person, struct duty *duty, GError **error);

/*
 * One chat more that counts for them, or one less: load, the pool's chats, and whether they are able; tells seat.changed and
 * pool.changed. Nothing happens for who is not on duty.
 */
CHECKED gboolean duty_gain(struct tx *tx, int64_t person, GError **error);
CHECKED gboolean duty_lose(struct tx *tx, int64_t person, GError **error);

/* The pool of a person: that of a team they are in (the lowest id), else everybody's. */
CHECKED gboolean duty_pool_of_person(struct tx *tx, int64_t person, int64_t *pool, GError **error);

/* The pool in whose line the chats of a team stand; of everybody where the team (0: none) has no pool of its own. */
CHECKED gboolean duty_pool_of_team(struct tx *tx, int64_t team, int64_t *pool, GError **error);

/* Whether the pool has as many chats as it may have, or more. */
CHECKED gboolean duty_pool_is_full(struct tx *tx, int64_t pool, bool *is_full, GError **error);

/*
 * Somebody comes on duty, changes what they do, or goes. The row is written as `duty` says, but for load, which is counted;
 * person.status says the same word and seat.changed is told: by duty_add() neither, it is followed by duty_change(). For desk/seat,
 * which sees to the pool's seats.
 */
CHECKED gboolean duty_add(struct tx *tx, const struct duty *duty, GError **error);
CHECKED gboolean duty_change(struct tx *tx, const struct duty *duty, GError **error);
CHECKED gboolean duty_remove(struct tx *tx, int64_t person, GError **error);

/* How many chats this person takes at a time: their own number, else the desk's. */
CHECKED gboolean duty_cap(struct tx *tx, int64_t person, int64_t *cap, GError **error);

/* What they take while on duty is that number again; tells seat.changed. */
CHECKED gboolean duty_cap_of(struct tx *tx, int64_t person, GError **error);

/* A job's: caps of those on duty, after the desk's number was changed. At most `max`; `did` gets how many. */
CHECKED gboolean duty_cap_again(struct tx *tx, int64_t max, int *did, GError **error);

/* Counts everything again: `wrong` gets how many counters differ from what they count. */
CHECKED gboolean duty_recount(struct tx *tx, int64_t *wrong, GError **error);

/* Body of seat.changed, and a row of the board: a person, and what they are doing. */
struct duty_row {
	int64_t id;
	const char *name;
	const char *role;
	const char *status; /* one of status_names */
	const char *seat;   /* one of duty_seats; none for who is offline */
	int64_t place;      /* in the line for seats, from 1; 0: not in it */
	const char *reason;
	int64_t back_at;
	int64_t since;      /* in this status; 0 for who is offline */
	int64_t line_since; /* in the line, or away from it at the phone; else 0 */
	int64_t gone_since; /* not heard of since then; 0: they are there */
	int64_t load, cap;
	int64_t chats;   /* owned, the quiet ones too */
	int64_t pool;    /* 0 for who is offline */
	int64_t ends_at; /* the end of their shift; 0: none */
	/* Of the board, in the line for seats: when one is expected to free, by the shifts; 0: not known. */
	int64_t expected_at;
};
CHECKED gboolean duty_row(struct tx *tx, int64_t person, struct duty_row *row, GError **error);

struct duty_rows {
	const struct duty_row *rows;
	size_t count;
};

/* Everybody on duty: pool by pool, seats first, then the line in its order. */
CHECKED gboolean duty_list(struct tx *tx, struct duty_rows *answer, GError **error);

/* Tells seat.changed of how it is now. */
CHECKED gboolean duty_tell(struct tx *tx, int64_t person, GError **error);
