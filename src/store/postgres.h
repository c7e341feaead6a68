/* What the files of the PostgreSQL engine share: see postgres.c. */
#pragma once

#include <libpq-fe.h>

#include "store/engine.h"

/* So many unread answers fit between the two sides without either waiting for the other. */
#define POSTGRES_WAITING_MAX 64

struct postgres_statement {
	unsigned session; /* that it was prepared in */
	unsigned *types;  /* of its parameters: Oid */
	char name[12];
};

struct postgres_connection {
	struct connection base; /* first */
	PGconn *session;        /* NULL or broken while the server is away */
	unsigned sessions;      /* so far */
	char mark[28];          /* name of its row in commit_mark; changes with every session */
	int64_t marked;         /* commits so far that carry the mark */
	bool is_for_queries;    /* of the desk, in every session */
	bool has_said_away;
	int64_t retry_at_ns, wait_ms;
	struct postgres_statement *statements; /* by the index of the query */

	/* The transaction. */
	bool is_open, is_lost, is_free_to_rerun;
	int64_t changes, changes_at_begin;

	/* What was sent and not read yet: `waiting` statements whose rows nobody wants. */
	unsigned waiting;
	PGresult *result; /* of the query that is under way */
	int row;
};

static inline struct postgres_connection *
postgres_of(struct connection *connection)
{
	return (struct postgres_connection *)connection;
}

/* ---- postgres.c: sessions ---- */

bool postgres_is_up(const struct postgres_connection *postgres);

/*
 * A session where there is none, unless it was tried a moment ago; FAILED_BUSY then. `patience_ms` says how long to keep
 * trying.
 */
CHECKED gboolean postgres_reach(struct postgres_connection *postgres, int64_t patience_ms, GError **error);

/* Ends the session: nothing that it still says is heard. */
void postgres_hang_up(struct postgres_connection *postgres);

/* Sees to it that an earlier session of ours is ended, which the server may not have missed yet; its locks go soon. */
CHECKED gboolean postgres_end_session(struct postgres_connection *postgres, const char *mark, GError **error);

/* Sets *error by what the server (or the link to it) says and returns FALSE; sees to is_lost and is_free_to_rerun. */
gboolean postgres_fail(struct postgres_connection *postgres, const PGresult *result, const char *what, GError **error);

/* ---- postgres_wire.c: what goes over the link ---- */

/*
 * Sends a statement whose answer nobody waits for, with texts as $1 …: a failure shows with the next one that is waited for.
 */
CHECKED gboolean postgres_send(
    struct postgres_connection *postgres, const char *sql, const char *const *texts, unsigned count, GError **error);

/* The same with a statement that was prepared under a name. */
CHECKED gboolean postgres_send_prepared(
    struct postgres_connection *postgres, const char *name, const char *const *texts, unsigned count, GError **error);

/*
 * Reads the results of everything that was sent; the last one's goes to *last (cleared by the caller) unless that is NULL. FALSE
 * where one of them failed.
 */
CHECKED gboolean postgres_settle(
    struct postgres_connection *postgres, const char *what, PGresult **last, GError **error);

/*
 * Prepares a statement under a name and waits for what the server says of its parameters and columns, which the caller clears, and
 * for everything that was sent before.
 */
CHECKED gboolean postgres_describe(
    struct postgres_connection *postgres, const char *name, const struct query *query, PGresult **says, GError **error);

/* Runs statements from the store's own files, several at once, outside the pipeline. The caller clears *result. */
CHECKED gboolean postgres_script(
    struct postgres_connection *postgres, const char *sql, PGresult **result, GError **error);

/* The first value that a script gives, as text; the caller frees; NULL where there is none. */
CHECKED gboolean postgres_ask(struct postgres_connection *postgres, const char *sql, char **answer, GError **error);

/* ---- postgres_query.c ---- */

/* Prepares a query in this session and compares it with what it declares. */
CHECKED gboolean postgres_query_prepare(struct connection *connection, const struct query *query, GError **error);

gboolean postgres_query_start(struct tx *tx, const struct query *query, const struct value *params, GError **error);
int postgres_query_step(struct tx *tx, const struct query *query, GError **error);
struct value postgres_query_column(struct tx *tx, const struct query *query, unsigned column);
gboolean postgres_query_finish(struct tx *tx, const struct query *query, int *changed, GError **error);

/* ---- postgres_tx.c ---- */

/* Prepares what a writing transaction begins and ends with; once in each session that is for queries and writes. */
CHECKED gboolean postgres_own_prepare(struct postgres_connection *postgres, GError **error);

gboolean postgres_begin(struct connection *connection, bool writes, const struct work *works, GError **error);
enum commit_outcome postgres_commit(struct connection *connection, GError **error);
void postgres_rollback(struct connection *connection);
bool postgres_is_lost(struct connection *connection);
bool postgres_may_rerun(struct connection *connection);
int64_t postgres_changes(struct connection *connection);
gboolean postgres_savepoint(struct connection *connection, GError **error);
gboolean postgres_release(struct connection *connection, GError **error);
gboolean postgres_rollback_to(struct connection *connection, GError **error);

/* ---- postgres_claim.c ---- */

gboolean postgres_claim(struct store *store, GError **error);
void postgres_unclaim(struct store *store);

/* ---- postgres_role.c ---- */

gboolean postgres_make_role(struct connection *connection, const char *role, const char *password, GError **error);
char *postgres_address(const char *where, const char *role, const char *passfile, GError **error);

/* ---- postgres_care.c ---- */

gboolean postgres_schema_get(struct connection *connection, int *version, GError **error);
gboolean postgres_schema_set(struct connection *connection, int version, GError **error);
gboolean postgres_backup(struct connection *connection, const char *path, GError **error);
gboolean postgres_check(struct connection *connection, GError **error);
