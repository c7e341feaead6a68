/* What the files of the SQLite engine share: see sqlite.c. */
#pragma once

#include <sqlite3.h>

#include "store/engine.h"

struct statement {
	sqlite3_stmt *handle;
	bool reads_only;
};

enum plumbing { BEGIN_WRITE, BEGIN_READ, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO, PLUMBING };

struct sqlite_connection {
	struct connection base; /* first */
	sqlite3 *db;
	sqlite3_stmt *plumbing[PLUMBING];
	struct statement *statements; /* by the index of the query */
};

static inline struct sqlite_connection *
sqlite_of(struct connection *connection)
{
	return (struct sqlite_connection *)connection;
}

/* Sets *error from a result code and returns FALSE; sees to is_broken. `what` was being done. */
gboolean sqlite_fail(struct connection *connection, int code, const char *what, GError **error);

/* Runs statements without rows, from the store's own files only. */
CHECKED gboolean sqlite_run(struct connection *connection, const char *sql, GError **error);

/* One statement that is kept; `name` is for the error. */
CHECKED gboolean sqlite_prepare_one(
    struct connection *connection, const char *sql, const char *name, sqlite3_stmt **handle, GError **error);

/* ---- sqlite_query.c ---- */

gboolean sqlite_make_ready(struct connection *connection, GError **error);
CHECKED gboolean sqlite_query_prepare(struct connection *connection, const struct query *query, GError **error);
gboolean sqlite_query_start(struct tx *tx, const struct query *query, const struct value *params, GError **error);
int sqlite_query_step(struct tx *tx, const struct query *query, GError **error);
struct value sqlite_query_column(struct tx *tx, const struct query *query, unsigned column);
gboolean sqlite_query_finish(struct tx *tx, const struct query *query, int *changed, GError **error);

/* ---- sqlite_care.c ---- */

gboolean sqlite_backup(struct connection *connection, const char *path, GError **error);
gboolean sqlite_check(struct connection *connection, GError **error);
gboolean sqlite_checkpoint(struct connection *connection, GError **error);
