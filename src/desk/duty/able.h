/*
 * Abilities: what a person can, as far as chats are handed out by it: how many at a time, about which topics, in which languages.
 *
 * Whoever has no topics takes any, and so with languages. Set by a lead.
 */
#pragma once

#include "desk/duty/duty.h"

struct able_skill {
	const char *value;
};
struct able_skills {
	const struct able_skill *rows; /* of an ask: NULL where it was left out */
	size_t count;
};

/* What a person can, and the change of it. */
struct able {
	int64_t person;
	int64_t cap;                          /* 0: the desk's setting chats_each; of a change -1: stays */
	struct able_skills topics, languages; /* of a change, rows NULL: stay; else these and no others */
};
struct able_ask {
	int64_t person;
};

/* REFUSED_UNKNOWN (field person) for nobody. */
CHECKED gboolean able_get(struct tx *tx, const struct able_ask *ask, struct able *answer, GError **error);

/* REFUSED_RANGE for a language that is none. Holds at once for who is on duty. */
CHECKED gboolean able_change(struct tx *tx, const struct able *ask, struct able *answer, GError **error);
