/*
 * The writer: the one thread that changes the store. (pool.h: several, where the engine can.)
 *
 * It takes everything that queued up during the last commit (at most LIMIT_BATCH_COMMANDS), runs it as one batch and
 * pushes it to `finished`. Alone, a command waits for nobody; under load the batch grows by itself. Between batches it
 * helps the checkpoints (stack.md, "embedded store").
 */
#pragma once

#include "store/store.h"
#include "store/work.h"

struct writer;

/* A commit that takes longer is counted as slow: people begin to notice. */
#define WRITER_SLOW_MS 100

/* Figures since the start, for metrics; durations in nanoseconds. */
struct writer_figures {
	uint64_t batches, commands, refused, failed, replays, slow, commit_ns;
	unsigned queued, largest_batch;
};

CHECKED struct writer *writer_start(struct store *store, struct finished *finished, GError **error);

/* Hands the work over. FAILED_BUSY when LIMIT_WRITER_QUEUE works wait or the log has outgrown its bound: still yours. */
CHECKED gboolean writer_submit(struct writer *writer, struct work *work, GError **error);

/* Finishes what is queued, then ends the thread. The works it finished still wait in `finished`. */
void writer_stop(struct writer *writer);

void writer_figures(struct writer *writer, struct writer_figures *figures);
