/*
 * The pool: several writers, each a thread with a connection, for an engine that can write in several transactions at a time.
 *
 * Works come back as if one writer had run them in the order in which they were submitted, up to works of different scopes
 * (work.h): those may overtake each other. A writer takes a batch from the head of the queue: either works with scopes that no
 * other batch has at the moment, or works of the whole desk, and then no other batch runs. A batch is given back before its
 * scopes are free again, so subscribers hear of each conversation, and of the desk, in the order of the commits.
 *
 * Other machines run pools on the same store: between them the engine's locks see to it that works which must not run at the
 * same time do not (engine.begin).
 */
#pragma once

#include "store/store.h"
#include "store/work.h"
#include "store/writer.h"

struct pool;

CHECKED struct pool *pool_start(struct store *store, struct finished *finished, GError **error);

/* Hands the work over. FAILED_BUSY when LIMIT_WRITER_QUEUE works wait or the store is not ours: still yours. */
CHECKED gboolean pool_submit(struct pool *pool, struct work *work, GError **error);

/* Finishes what is queued, then ends the threads. */
void pool_stop(struct pool *pool);

/* Sums over the writers. */
void pool_figures(struct pool *pool, struct writer_figures *figures);
