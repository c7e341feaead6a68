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
CHECKED gboolean help_facts(struct tx *tx, int64_t pool, struct help_facts *facts, GError **error);

/* Pure. */
bool help_is_needed(const struct help_facts *facts);
