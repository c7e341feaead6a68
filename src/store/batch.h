/*
 * A batch: works that share one commit (group commit).
 *
 * A refused work leaves nothing and the others go on: as if each had a savepoint of its own (batch.c says when it has). When the whole transaction is lost (a full disk,
 * a failed commit), every work is run again in a transaction of its own, so that one poisoned command cannot sink its
 * neighbours. A commit whose fsync failed is not tried again: see batch_run().
 *
 * On the thread that owns the connection; no locks, no clock, no logging: the simulation calls it as the writer does.
 */
#pragma once

#include "store/store.h"
#include "store/work.h"

struct batch_outcome {
	unsigned done, refused, failed;
	bool was_replayed; /* the shared transaction was lost and the works ran one by one */
	bool
	    must_stop; /* fsync failed, or (SQLite) a commit's outcome is unknown: the process must end (house.md, 2.6) */
};

/*
 * Runs the list of works (in order, linked by `link`). Afterwards each has error and events set. Nothing is answered by
 * this function. Works whose fate is unknown carry UNCERTAIN, and what they told without bodies.
 */
struct batch_outcome batch_run(struct connection *connection, struct work *works);
