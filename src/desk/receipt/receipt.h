/*
 * Receipts: the first answer to a caller's id, so that the same id again gets it again (house.md, 2.5).
 *
 * Written in the transaction of the command that it answers. An id counts per sender; it is kept for LIMIT_RECEIPT_HOURS.
 */
#pragma once

#include <stdint.h>

#include "store/tx.h"

/*
 * The answer kept for the actor's `id`, or NULL. `deed` is the command and what it is about: REFUSED_STATE when that id was
 * used for another one.
 */
CHECKED gboolean receipt_find(struct tx *tx, const char *deed, const char *id, const char **answer, GError **error);

CHECKED gboolean receipt_keep(struct tx *tx, const char *deed, const char *id, const char *answer, GError **error);

/* Forgets what is too old, at most `max` rows; a job's. */
CHECKED gboolean receipt_purge(struct tx *tx, int64_t max, int *purged, GError **error);
