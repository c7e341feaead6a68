/*
 * Routing: who is offered which chat, when, and what happens while nobody does anything.
 *
 * A chat that waits is offered to one person after the other until somebody takes it. Of a pool with fewer chats than its cap it
 * is the head of the line (the highest priority, then who waited longest), and of the people who are able the one with the fewest
 * chats, then the longest without a new one. *Wishes* of a visitor are the chat's team (where that has no pool of its own), its
 * topic and its language; who does not fit them is not asked until the visitor has waited for the desk's wishes_seconds, and the
 * next in line are looked at meanwhile, at most ROUTING_LOOK. An offer ends after offer_seconds; whoever let it, or declined, is not
 * asked again for this chat until everybody able was.
 *
 * Besides: a chat is *quiet*, and does not count, after quiet_minutes without a word; and *help* is called, which tells
 * backup.alerted, where a chat waits that nobody able is there for, or waits longer than backup_seconds.
 *
 * routing_step() does what is due, a little at a time; edge/routing.h calls it after everything that may change its answer. It looks
 * at the store and remembers nothing. What is chosen, of what is known, is pure: routing_choose().
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/chat/chat.h"
#include "store/tx.h"

#define ROUTING_LOOK 50 /* of a line at a time */

struct offer_decline {
	const char *conversation;
	const char *id;
};

/* The actor declines. REFUSED_STATE when it is not them who is asked to take this chat. */
CHECKED gboolean offer_decline(struct tx *tx, const struct offer_decline *ask, struct chat_row *answer, GError **error);

/* The lead's live figures. */
struct routing_pool {
	int64_t pool, team;
	const char *team_name;
	int64_t chats, cap;
	int64_t able;
	int64_t waiting, offered;
	int64_t longest_since, wait_ms;
	bool calls_for_help;
};
struct routing_pools {
	const struct routing_pool *rows;
	size_t count;
};
struct routing_wall {
	struct routing_pools pools;
	int64_t owned, quiet;
};
CHECKED gboolean routing_wall(struct tx *tx, struct routing_wall *answer, GError **error);

/*
 * Does what is due now: offers that are over end, chats are offered, help is called, quiet chats rest. At most about `max` of each;
 * `did` gets how much there was, `more` whether it is to be called again at once. By the desk itself.
 */
CHECKED gboolean routing_step(struct tx *tx, int64_t max, int *did, bool *more, GError **error);

/*
 * When to call it again at the latest, if nothing happens until then: the end of an offer, a chat that falls silent; and
 * ROUTING_ROUND_MS from now on while anybody waits. 0: not before something happens.
 */
#define ROUTING_ROUND_MS INT64_C(2000)
CHECKED gboolean routing_due(struct tx *tx, int64_t *due_at, GError **error);

/* Body of backup.alerted. */
struct backup_alerted {
	int64_t pool, team; /* team 0: the pool of everybody */
	const char *team_name;
	int64_t waiting;
	int64_t longest_since;
};

/* Whether a back-up may sign in beyond the pool's size now. */
CHECKED gboolean routing_has_call_for_help(struct tx *tx, int64_t pool, bool *has_call, GError **error);
