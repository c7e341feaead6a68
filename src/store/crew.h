/*
 * The crew: the writer (or the pool of writers) and the readers as one thing that takes works and gives them back.
 *
 * crew_start() starts threads; crew_direct() makes a crew without any, which runs each work at once on the caller's
 * thread, so that tests and simulations drive the same edge and desk step by step (a failed commit is arranged with
 * crew_fail_next()). Everything here is called on the loop thread.
 */
#pragma once

#include "store/readers.h"
#include "store/store.h"
#include "store/writer.h"

struct crew;

/* `wake` is called from other threads when crew_collect() has something to do. */
CHECKED struct crew *crew_start(
    struct store *store, unsigned readers, void (*wake)(void *data), void *data, GError **error);
CHECKED struct crew *crew_direct(struct store *store, GError **error);

/* Hands a work to the writer or to a reader; `done` comes later by crew_collect() (a direct crew: before this returns). */
CHECKED gboolean crew_write(struct crew *crew, struct work *work, GError **error);
CHECKED gboolean crew_read(struct crew *crew, struct work *work, GError **error);

/* Calls `done` of every finished work; returns how many. */
unsigned crew_collect(struct crew *crew);

/* Finishes what is queued, collects it and ends the threads. */
void crew_stop(struct crew *crew);

/* Figures of the writer; all 0 for a direct crew, but for how many are held. */
void crew_figures(struct crew *crew, struct writer_figures *figures);

/*
 * A direct crew only: the next write ends so instead of as it should. LOST: the commit fails and nothing is kept.
 * UNANSWERED: it is committed, and the caller learns UNCERTAIN; what was told comes without bodies. A work that is refused, and
 * alone in its batch, has no commit that could fail.
 */
enum crew_fault { CREW_LOST, CREW_UNANSWERED };
void crew_fail_next(struct crew *crew, enum crew_fault fault);

/*
 * A direct crew only: from crew_hold() on writes wait; crew_let_go() runs them as one batch, as the writer does with what
 * queued up during a commit, and answers them in order.
 */
void crew_hold(struct crew *crew);
void crew_let_go(struct crew *crew);
