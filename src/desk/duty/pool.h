/*
 * Pools: how many seats a team has, or everybody who is in no team with a pool of its own.
 *
 * A pool has a size and a cap, the chats that its people may have together. There is always the pool of everybody. One that was
 * removed keeps its row, since the log of seats names it; its team may be given it again. A team's people go to its pool
 * with their next signing in.
 */
#pragma once

#include "desk/duty/duty.h"

/* A pool in the list of pools; body of pool.changed. */
struct pool {
	int64_t id;
	int64_t team; /* 0: of everybody */
	const char *team_name;
	int64_t size, cap;
	int64_t used, extra; /* seats taken of its own, and beyond its size */
	int64_t chats;
	int64_t line; /* people who stand in the line for a seat */
	bool is_removed;
};
struct pool_rows {
	const struct pool *rows;
	size_t count;
};
struct pool_list {
	struct pool_rows pools;
};

/* That of everybody first, then by the name of the team. */
CHECKED gboolean pool_list(struct tx *tx, struct pool_list *answer, GError **error);

/* REFUSED_UNKNOWN (field pool) for one that is not there or was removed. */
CHECKED gboolean pool_get(struct tx *tx, int64_t id, struct pool *answer, GError **error);

/* Tells pool.changed of how it is now. */
CHECKED gboolean pool_tell(struct tx *tx, int64_t id, GError **error);

struct pool_add {
	const char *id; /* the caller's own */
	int64_t team;
	int64_t size; /* 0..LIMIT_POOL_SEATS */
	int64_t cap;  /* 0..LIMIT_POOL_CHATS */
};
struct pool_change {
	int64_t pool;
	int64_t size, cap; /* -1: stays */
};
struct pool_ask {
	int64_t pool;
};

/* Gives a team a pool of its own. REFUSED_STATE where it has one, REFUSED_UNKNOWN (field team) for a team that is not there. */
CHECKED gboolean pool_add(struct tx *tx, const struct pool_add *ask, struct pool *answer, GError **error);

/*
 * A pool smaller than its use drains: nobody loses a seat. Who may come in after it has grown is for desk/seat (seat_pool_change()),
 * which is the one to call.
 */
CHECKED gboolean pool_change(struct tx *tx, const struct pool_change *ask, struct pool *answer, GError **error);

/*
 * REFUSED_STATE for everybody's, and while somebody is on duty in it. Chats that wait go to the line of everybody. Removing a removed
 * one changes nothing.
 */
CHECKED gboolean pool_remove(struct tx *tx, const struct pool_ask *ask, GError **error);
