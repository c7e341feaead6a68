/*
 * Errands: works that the desk does in its own name, at the edge's time: what nobody sent as a command.
 *
 * Who makes one puts the work first in a struct of its own, which lives in `memory`, and hands it to the crew. Where the crew
 * does not take it, it is over at once. Loop thread. Non-goals: commands (edge/call.h).
 */
#pragma once

#include "edge/edge.h"

/* To be copied into the struct before anything else is filled in. */
struct work errand_of(const struct edge *edge, void *memory,
    gboolean (*run)(struct tx *tx, struct work *work, GError **error), void (*done)(struct work *work));

/* Frees it, with its memory and its error. */
void errand_end(struct work *work);
