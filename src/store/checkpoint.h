/*
 * Checkpoints: move committed pages from the log into the store, so that the log can start over.
 *
 * In co-operation (stack.md): a thread of its own moves most of the pages while the writer goes on; then the writer moves
 * the few that came meanwhile, between two batches, and with the next write the log starts over. From another thread
 * alone the log would never start over under load; on the writer alone every commit would wait.
 */
#pragma once

#include "store/store.h"

struct checkpoints;

CHECKED struct checkpoints *checkpoints_start(struct store *store, GError **error);

/* On the writer, after a batch: asks the thread for its part, or does its own. */
void checkpoints_help(struct checkpoints *checkpoints, struct connection *writer);

/* From any thread: the log is so long that the writer is given nothing, and so will not ask. */
void checkpoints_urge(struct checkpoints *checkpoints);

void checkpoints_stop(struct checkpoints *checkpoints);
