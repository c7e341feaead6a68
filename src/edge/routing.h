/*
 * Routing, at the edge: calls routing_step() whenever its answer may have become another.
 *
 * Everything that is told and may matter makes it *due*; one work at a time goes to the writer, and again while there is more to do.
 * The store says when to look next without being told (routing_due()): one timer waits for that, and at most ROUTING_LONGEST_MS,
 * so that a clock that somebody sets is noticed, and whatever was missed is found. While nobody waits and nothing is offered that
 * is all it costs. Loop thread. Nothing is remembered between two steps but when to look.
 */
#pragma once

#include <uv.h>

#include "desk/events.h"
#include "edge/edge.h"

#define ROUTING_LONGEST_MS INT64_C(30000)
#define ROUTING_AT_A_TIME  20 /* of one work: a few milliseconds of the writer's time */

/* Whether what routing does may be another after such an event. */
bool routing_follows(enum event_kind kind);

struct routing;

struct routing_figures {
	uint64_t steps, did; /* works that came back, and what they found to do */
	bool is_idle;        /* nothing is due, and no work is out */
};

/* Listens to the edge's bus; the first step goes out at once. */
struct routing *routing_start(struct edge *edge, uv_loop_t *loop);

void routing_figures(const struct routing *routing, struct routing_figures *figures);

/* Nothing goes out after this; the handle closes with the loop's next run. After crew_stop(). */
void routing_stop(struct routing *routing);
