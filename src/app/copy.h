/*
 * Copying: moves a whole desk from one store to another, whatever engines they are on.
 *
 * Every row goes over as it is, with its id, table by table, a page of rows in one transaction: so a copy that was cut off goes
 * on behind the last row that arrived. Then both stores are read once more and compared row by row, and the chains of the
 * copy are checked. Until all that is done the copy says of itself that it is unfinished, and is not served.
 *
 * Nobody may write to either store meanwhile; what changed all the same is found by the comparison. On the caller's thread.
 */
#pragma once

#include "store/store.h"

/* `says` is called now and then with the name of a table and how many of its rows are over; and once more at each end. */
struct copy_progress {
	void (*says)(void *data, const char *what, int64_t rows);
	void *data;
};

/*
 * `origin` names where it comes from: a copy is only gone on with from the same. REFUSED_STATE where `to` holds another desk;
 * FAILED_STORE where the two differ in the end.
 */
CHECKED gboolean copy_desk(
    struct store *from, struct store *to, const char *origin, const struct copy_progress *progress, GError **error);

/* REFUSED_STATE for a store that a copy into has not finished. */
CHECKED gboolean copy_is_whole(struct store *store, GError **error);

/* What puts a row of the i-th table that is copied, as SQL; NULL past the last. For the fact that none was forgotten. */
const char *copy_statement(unsigned i);
