/*
 * A task: one change or look that the command line makes by itself, as the system, on a connection of its own.
 *
 * The desk may be serving meanwhile: a task waits for the store's lock as any writer does. On the caller's thread.
 */
#pragma once

#include <stdbool.h>

#include "store/store.h"
#include "store/tx.h"

/* Runs `run` in one transaction, kept when it returns TRUE. What it allocates lives in `memory`, a talloc context. */
CHECKED gboolean task_run(struct store *store, bool writes, void *memory,
    gboolean (*run)(struct tx *tx, void *data, GError **error), void *data, GError **error);
