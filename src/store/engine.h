/*
 * Engine: what a database must be able to do for the store, as one table of functions; and the insides of connection and
 * tx that only the store's own files see.
 *
 * An engine's connection begins with a `struct connection`. Every function here is called on the thread that has the
 * connection. A function that fails sets *error as FAILED_STORE, or FAILED_BUSY where somebody else holds the lock.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "base/embedded.h"
#include "store/query.h"
#include "store/store.h"
#include "store/tx.h"
#include "store/work.h"

/* Of the log, for one page of the store: SQLite adds a header of 24 bytes to its 4,096. */
#define STORE_LOG_PAGE_BYTES 4120

struct store {
	const struct engine *engine;
	char *where;
	const struct query_set *queries;
	bool is_forgetful;
	unsigned writers;
	int schema;
	struct claim *claim;        /* of one that is alone on a server: postgres_claim.c */
	_Atomic bool is_claim_lost; /* set by the claim's thread, read by any */
	_Atomic int64_t log_bytes;  /* set after each commit and each checkpoint that moved all, read by any thread */
};

struct connection {
	const struct engine *engine;
	struct store *store;
	bool writes;
	bool is_broken;   /* an fsync failed: nothing that it says can be relied on (house.md, 2.6) */
	bool is_full;     /* the last thing that failed found no room on the disk; until something is kept again */
	unsigned careful; /* batches that are to use savepoints from the start: see batch.c */
	bool loses_next_commit; /* tests: the next commit fails and nothing is kept, */
	bool loses_next_answer; /* or it is done and nobody knows */
};

struct tx {
	struct connection *connection;
	struct work *work;
	bool writes;
};

enum commit_outcome {
	COMMIT_DONE,
	COMMIT_LOST,    /* nothing was kept; *error says why */
	COMMIT_UNKNOWN, /* the rows may be on disk or not */
};

/* A word of sql/README.md and what the engine has instead. */
struct engine_word {
	const char *ours, *its;
};

struct engine {
	const char *name;

	/* Whether several connections can write at a time: then there is a pool of writers (pool.h). */
	bool has_pool;
	/* Whether a commit of unknown outcome is its caller's affair only (UNCERTAIN), and the connection good for the next. */
	bool outlives_unknown;

	/* Makes the store where there is none yet. The connection is not ready for queries; `writes` is for good. */
	struct connection *(*connect)(struct store *store, bool writes, GError **error);
	gboolean (*make_ready)(struct connection *connection, GError **error);
	void (*close)(struct connection *connection);

	/*
	 * `works` are those that are to run inside, so that an engine with a pool can lock what they are about; NULL stands for
	 * anything at all. It may report later what went wrong: the next query or the commit fails then.
	 */
	gboolean (*begin)(struct connection *connection, bool writes, const struct work *works, GError **error);
	enum commit_outcome (*commit)(struct connection *connection, GError **error);
	void (*rollback)(struct connection *connection);
	/* Whether a failed statement has taken the whole transaction with it. */
	bool (*is_lost)(struct connection *connection);
	/*
	 * Whether the last transaction left nothing for no fault of its works (a conflict with another writer, a cut connection), so
	 * that they are to run again. NULL: never.
	 */
	bool (*may_rerun)(struct connection *connection);
	/* How many rows were changed since the connection opened; it need not count what was rolled back. */
	int64_t (*changes)(struct connection *connection);
	gboolean (*savepoint)(struct connection *connection, GError **error);
	gboolean (*release)(struct connection *connection, GError **error);
	gboolean (*rollback_to)(struct connection *connection, GError **error); /* and releases */

	/* Has the engine understand a query, which else happens when it is first started; FALSE where it does not fit the tables. */
	gboolean (*query_prepare)(struct connection *connection, const struct query *query, GError **error);
	/* One query, from start to finish; columns are borrowed until the next step. */
	gboolean (*query_start)(struct tx *tx, const struct query *query, const struct value *params, GError **error);
	int (*query_step)(struct tx *tx, const struct query *query, GError **error); /* 1 a row, 0 the end, -1 *error */
	struct value (*query_column)(struct tx *tx, const struct query *query, unsigned column);
	/* Ends it after whatever step came last; after a failed one `error` is NULL. `changed` may be NULL. */
	gboolean (*query_finish)(struct tx *tx, const struct query *query, int *changed, GError **error);

	/* Of migrations. */
	gboolean (*schema_get)(struct connection *connection, int *version, GError **error);
	gboolean (*schema_set)(struct connection *connection, int version, GError **error);
	gboolean (*script)(struct connection *connection, const char *sql, GError **error);
	const struct engine_word *words; /* up to NULL */

	/* Of servers, NULL for files: sees to it that no other program serves the desk, from claim() to unclaim(). */
	gboolean (*claim)(struct store *store, GError **error);
	void (*unclaim)(struct store *store);
	/* Of servers, NULL for files; see store_make_role() and store_address(). */
	gboolean (*make_role)(struct connection *connection, const char *role, const char *password, GError **error);
	char *(*address)(const char *where, const char *role, const char *passfile, GError **error);

	gboolean (*backup)(struct connection *connection, const char *path, GError **error);
	gboolean (*check)(struct connection *connection, GError **error);
	/* Moves what it can from the log to the store without waiting for anybody. */
	gboolean (*checkpoint)(struct connection *connection, GError **error);
};

extern const struct engine sqlite_engine, postgres_engine;

/*
 * Ends the process at once, after one line in the log: the store can no longer be trusted, and a start from what is on disk
 * can (house.md, 2.6). The exit status is EX_SOFTWARE, which the service manager answers with a new start.
 */
void store_die(const char *because) G_GNUC_NORETURN;

/* Puts a work that is over where the loop finds it; `wake` is the caller's to call. */
void finished_push(struct finished *finished, struct link *link);

/* pthread_create(); a desk that cannot have its threads at the start ends. */
void thread_start(pthread_t *thread, void *(*run)(void *data), void *data);

/* How often a work is run at most where engine.may_rerun says so. */
#define WORK_RUNS 10

/* Makes the work as it was before its first run. */
void work_reset(struct work *work);

/* Runs `run` in a reading tx. */
void work_read(struct connection *connection, struct work *work);

/* Runs `run` inside the transaction that is open; FALSE with *error set when it was refused or failed. */
CHECKED gboolean work_attempt(struct connection *connection, struct work *work, GError **error);

/*
 * Brings the schema up to the newest of `files` (sorted by path), one transaction per number. FAILED_STORE where it is
 * newer already. `schema` is the version afterwards.
 */
CHECKED gboolean migrate_run(
    struct connection *connection, const struct embedded *files, unsigned count, int *schema, GError **error);

/* Runs all of `files` on an empty database, outside of any transaction: what the schema ought to be. */
CHECKED gboolean migrate_whole(
    struct connection *connection, const struct embedded *files, unsigned count, GError **error);

/* The same without changing anything: REFUSED_UNKNOWN where there is no schema, REFUSED_STATE where it is older. */
CHECKED gboolean migrate_not(
    struct connection *connection, const struct embedded *files, unsigned count, int *schema, GError **error);

/* The newest number among `files`. */
int migrate_newest(const struct embedded *files, unsigned count);

/* `sql` with the engine's words; the caller frees. */
char *migrate_text(const struct engine *engine, const char *sql);
