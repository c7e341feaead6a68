/*
 * Jobs: what the desk does by itself, as commands of its own: by the clock, and after what was told.
 *
 * Each job is a row in jobs.c. It goes to the writer like anybody's command and is bounded; one that has more to do comes
 * again at once. A job looks for what there is to do instead of remembering it, so what a crash or a stop left undone is done
 * in the first round after the next start.
 */
#pragma once

#include <uv.h>

#include "edge/edge.h"

struct tx;
struct jobs;

enum job_often {
	JOB_SELDOM, /* every ten minutes, and at the start */
	JOB_OFTEN,  /* every five seconds */
	JOB_OFTEN_QUIETLY, /* the same, but for a while after the start: it draws conclusions from nobody's having been heard of */
};

#define JOB_AFTER_NOTHING (-1)

/* At most `max` rows in one command: a few milliseconds of the writer's time. `did` gets how many there were. */
struct job {
	const char *name;
	int max;
	gboolean (*run)(struct tx *tx, int64_t max, int *did, GError **error);
	int after; /* an event_kind after which it runs as well, or JOB_AFTER_NOTHING */
	enum job_often often;
};

/* All of them, for whoever drives a desk by hand. */
const struct job *jobs_list(size_t *count);

/* Starts the timer and listens to the edge's bus; the first round runs at once. */
struct jobs *jobs_start(struct edge *edge, uv_loop_t *loop);

/* Nothing starts after this; the handle closes with the loop's next run. After crew_stop(). */
void jobs_stop(struct jobs *jobs);
