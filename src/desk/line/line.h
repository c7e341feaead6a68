/*
 * The line: visitors who wait, and whether the desk can answer at all.
 *
 * The desk of a site is *open*, or it is not for one of three reasons, asked in this order: `hours` (it is outside of the site's
 * opening hours), `nobody` (nobody is online who answers customers, and the desk's setting does not let visitors wait for
 * somebody), `full` (as many wait as the site, or the desk, lets). Whatever starts a chat asks here.
 *
 * There is one line for each pool of seats (desk/duty), and a site's visitors stand in that of its team: places, whether somebody is
 * there, and the wait are those of this pool. The *wait* is an honest estimate: with c the chats that everybody of the pool who is online
 * can hold, within the pool's cap, n of them held, h the mean length of the last LINE_LENGTHS chats, a place p in the line waits 0 while
 * n < c, and h * p / c otherwise, in whole minutes upwards.
 *
 * Reads only; the commands run on a reader. Non-goals: who gets a chat (desk/chat, desk/routing).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/tx.h"

#define LINE_LENGTHS     20 /* chats whose length says how long one takes */
#define LINE_LENGTHS_MIN 3  /* below it nobody knows, and LINE_LENGTH_MS is supposed */
#define LINE_LENGTH_MS   INT64_C(300000)

#define LINE_HOURS  "hours"
#define LINE_NOBODY "nobody"
#define LINE_FULL   "full"
extern const char *const line_reasons[]; /* up to NULL */

/* The site that a visitor comes from; id 0: the desk's own page, before there is a site. */
struct line_site {
	int64_t id, team_id;
	const char *ask_name, *ask_email, *ask_topic; /* no, optional, required */
	int64_t max_waiting;
};

/* The site of that key, or with NULL that of the desk's own pages. REFUSED_UNKNOWN (field site) when there is none of that key. */
CHECKED gboolean line_site(struct tx *tx, const char *key, struct line_site *site, GError **error);

/* The site of a chat that there is already; 0 is the desk's own page. */
CHECKED gboolean line_site_by_id(struct tx *tx, int64_t id, struct line_site *site, GError **error);

struct line_ask {
	const char *site; /* key, or NULL */
};
struct line_state {
	bool open;
	const char *reason; /* one of line_reasons; NULL: it is open */
	int64_t opens_at;   /* outside of the hours: when it opens next; 0 when it is not known */
	int64_t wait_ms;    /* what somebody who starts a chat now is to expect */
	bool is_free;       /* somebody has room at once */
};
CHECKED gboolean line_state(struct tx *tx, const struct line_ask *ask, struct line_state *answer, GError **error);

/* REFUSED_STATE (field desk) while the desk of that site is not open. */
CHECKED gboolean line_let_in(struct tx *tx, const struct line_site *site, GError **error);

/* How much room there is in a pool, as far as an estimate goes by it. */
struct line_room {
	int64_t places, taken; /* c and n */
	int64_t length_ms;     /* h */
	bool has_somebody;     /* online, or visitors may wait for somebody */
};
CHECKED gboolean line_room(struct tx *tx, int64_t pool, struct line_room *room, GError **error);

/* The estimate for a place from 1. Pure. */
int64_t line_wait_ms(const struct line_room *room, int64_t place);

/* One who waits, as it is told. Body of line.moved. */
struct line_place {
	const char *conversation;
	int64_t place, wait_ms;
	bool open;
	int64_t topic; /* the conversation's row id; not told */
};
struct line_places {
	struct line_place *rows;
	size_t count;
};

/* Everybody who waits, pool by pool, each in the order of its line. */
CHECKED gboolean line_list(struct tx *tx, struct line_places *answer, GError **error);
