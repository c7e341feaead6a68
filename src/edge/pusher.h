/*
 * The pusher: who of staff is told by push, of what and when (RFC 8030), while nobody looks at a page of theirs.
 *
 * It listens to the bus. What may concern somebody is *noted* by what it is about; within a second the desk is asked whom it concerns
 * (push_hearers()), then where each of them is reached, and it goes out: one push for all that came meanwhile, and no second one for
 * PUSHER_QUIET_MS, but for an offer after something else; an offer goes out alone, and what came with it next. Right before it goes out the desk is asked once more, so nothing is sent after
 * a session's end but what is on the wire. A person of whom any page is looked at (hub_is_looked_at()) is told nothing. An offer is
 * kept no longer than it lasts, and what was told of it is replaced when it went elsewhere (pusher_offers.c).
 *
 * What a push service does not take now is tried again, LIMIT_PUSH_TRIES times in all; a browser that is gone is forgotten. What was
 * given up is counted and logged. All of it is soft: a push is a hint, the chats are in the store. A desk on which nobody wants to be
 * told does nothing here. Loop thread; posting is the sender's (push_sender.h).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "edge/edge.h"
#include "edge/fetch.h"

/* Between two pushes to one person: a burst is one push, and a phone rings once. */
#define PUSHER_QUIET_MS 15000

struct pusher;

struct pusher_settings {
	bool allows_loopback;     /* tests only: see fetch.h */
	void (*wake)(void *data); /* from another thread: pusher_collect() has something to do */
	void *data;
};

/* Listens to the edge's bus, so it must live as long as that. The edge's key and base address are known by then. */
struct pusher *pusher_new(struct edge *edge, uv_loop_t *loop, const struct pusher_settings *settings);

/* Asks the store whether anybody is to be told at all. */
void pusher_read(struct pusher *pusher);

/* What the sender has done. */
void pusher_collect(struct pusher *pusher);

/* What time does: `now_ms` never goes back. Its timer calls it every second while there is something to do; tests with theirs. */
void pusher_tick(struct pusher *pusher, int64_t now_ms);

/* Ends the sender; nothing more is done. Before crew_stop(). */
void pusher_close(struct pusher *pusher);

/* After crew_stop(). Its timer is closed with the loop's next run. */
void pusher_free(struct pusher *pusher);

/* Since the start. */
struct pusher_figures {
	unsigned waiting; /* now: pushes that were not sent yet */
	uint64_t sent, gone, failed, tried_again;
	uint64_t left_out; /* since too many waited */
};
void pusher_figures(const struct pusher *pusher, struct pusher_figures *figures);
