/*
 * The readers: threads that answer reads, each with a connection that cannot write.
 *
 * A read sees everything that was committed before it began, so a caller who has seen its command acknowledged finds it.
 */
#pragma once

#include "store/store.h"
#include "store/work.h"

struct readers;

CHECKED struct readers *readers_start(struct store *store, unsigned threads, struct finished *finished, GError **error);

/* Hands the work over. FAILED_BUSY when LIMIT_READER_QUEUE works wait: still yours. */
CHECKED gboolean readers_submit(struct readers *readers, struct work *work, GError **error);

void readers_stop(struct readers *readers);
