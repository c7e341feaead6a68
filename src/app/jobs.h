/*
 * Jobs: what the desk does by the clock, as commands of its own.
 *
 * A timer on the loop submits works to the writer like anybody else; each is bounded, and a job that has more to do comes
 * again at once. What is skipped while the desk is down is made up at the next start.
 */
#pragma once

#include <uv.h>

#include "edge/edge.h"

struct jobs;

/* Starts the timers; the first round runs at once. */
struct jobs *jobs_start(struct edge *edge, uv_loop_t *loop);

/* No round starts after this; the handle closes on the loop, which must run once more. */
void jobs_stop(struct jobs *jobs);
