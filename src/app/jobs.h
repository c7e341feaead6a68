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

struct jobs;

/* Starts the timer and listens to the edge's bus; the first round runs at once. */
struct jobs *jobs_start(struct edge *edge, uv_loop_t *loop);

/* Nothing starts after this; the handle closes with the loop's next run. After crew_stop(). */
void jobs_stop(struct jobs *jobs);
