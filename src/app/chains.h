/*
 * The check of the chains, from the command line: as many looks at the store as it takes, so that memory stays small
 * (desk/audit/audit.h says what is checked). The desk may be serving meanwhile. On the caller's thread.
 */
#pragma once

#include "desk/audit/audit.h"
#include "store/store.h"

/* Fills the report to its end. FALSE: the store cannot be read; a difference is no error. */
CHECKED gboolean chains_check(struct store *store, struct chain_report *report, GError **error);

/* The same, with a difference as FAILED_STORE that names the row. */
CHECKED gboolean chains_are_whole(struct store *store, GError **error);
