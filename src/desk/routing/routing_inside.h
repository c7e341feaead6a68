/*
 * What the files of this folder share. Nobody else includes this, but the facts about them.
 */
#pragma once

#include "base/clock.h"
#include "desk/routing/routing.h"

#define HELP_AGAIN_MS (5 * MS_PER_MINUTE) /* between two calls for the same pool */

/* What is known of a pool whose visitors wait; moments are 0 where there is none. */
struct help_facts {
	int64_t now_ms;
	int64_t backup_seconds;
	int64_t longest_since; /* the longest that anybody waits */
	int64_t lonely_since;  /* of those whom nobody is asked to take */
	int64_t alerted_at;    /* when help was called last */
	bool has_able;         /* the pool has room, and somebody in it has */
};
CHECKED gboolean help_facts(
    struct tx *tx, int64_t pool, int64_t backup_seconds, struct help_facts *facts, GError **error);

/* Pure. */
bool help_is_needed(const struct help_facts *facts);

/* Whether anybody waits; the first end of an offer; since when the first of the owned chats is silent, of each kind. 0: there is none. */
struct due {
	int64_t waiting, expires, loud, unwarned, silent;
};

/* What the parts of a step go by: the desk's settings, what may be due, and how much to do at a time. */
struct step {
	int64_t max;
	bool offers;
	int64_t offer_ms, wishes_ms, backup_seconds;
	int64_t quiet_ms, warn_ms, close_ms; /* 0: never */
	struct due due;
	int did;
	bool more;
};

/* The parts of a step, in their order. */
CHECKED gboolean offers_end(struct tx *tx, struct step *step, GError **error);
CHECKED gboolean offers_make(struct tx *tx, struct step *step, GError **error);
CHECKED gboolean help_call(struct tx *tx, struct step *step, GError **error);
CHECKED gboolean quiet_rest(struct tx *tx, struct step *step, GError **error);

/* ---- The choice ---- */

/* One who waits. What they wish for is 0 or NULL where they do not care, or did not care any more. */
struct routing_waiter {
	int64_t chat;
	const char *conversation;
	int64_t since;
	int64_t team;
	const char *topic, *language;
};

/* One who is able, with what they can. Without a topic: any; and so with languages. */
struct routing_person {
	int64_t person;
	const int64_t *teams;
	size_t team_count;
	const char *const *topics, *const *languages;
	size_t topic_count, language_count;
};

/* That person was asked to take that chat in this round (chat/offer.h). */
struct routing_asked {
	int64_t chat, person;
};

/* What is known of a pool: the head of its line, and of its able people, each in their order. */
struct routing_facts {
	int64_t now_ms, wishes_ms;
	int64_t chats, cap; /* of the pool */
	const struct routing_waiter *waiters;
	size_t waiter_count;
	const struct routing_person *people;
	size_t person_count;
	const struct routing_asked *asked;
	size_t asked_count;
	bool is_all; /* no more of either are to be known */
};

struct routing_choice {
	const struct routing_waiter *waiter; /* NULL: none */
	int64_t person;
	bool is_new_round; /* everybody who fits was asked: they are asked again */
	bool wants_more;   /* it depends on what is not known */
};

/*
 * The first of the line for whom there is somebody who fits and was not asked, and the first of those; where everybody who fits
 * was asked, for the whole line, the first for whom anybody fits. Pure.
 */
struct routing_choice routing_choose(const struct routing_facts *facts);
