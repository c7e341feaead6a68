/*
 * SQLite as an engine: connections and transactions. (sqlite_query.c: queries; sqlite_care.c: backup, check, checkpoint.)
 *
 * WAL with synchronous=FULL: a commit returns after the log is on disk. Ours are the moments of the checkpoints
 * (checkpoint.h), so SQLite's own are off. A connection is used by one thread at a time, so
 * SQLite's locks within a connection are off.
 *
 * After a failed fsync nothing that the kernel says of that file can be trusted, so the connection counts as broken and
 * the process is to end (house.md, 2.6).
 */
#include "store/sqlite.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/file.h"

/* Marks a file as ours: "Soft". */
#define APPLICATION_ID 0x536f6674

/* Another process (the command line) holds the lock for moments only. */
#define BUSY_MS  5000
#define AGAIN_MS 5

/* Savepoints remember changed pages in memory up to here; SQLite would use a temporary file from 64 kB on. */
#define SAVEPOINT_BYTES (4 << 20)

static const char *const plumbing_sql[PLUMBING] = {
	[BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[BEGIN_READ] = "BEGIN",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[SAVEPOINT] = "SAVEPOINT work",
	[RELEASE] = "RELEASE work",
	[ROLLBACK_TO] = "ROLLBACK TO work",
};

static const struct engine_word words[] = {
	{ "@id_once", "INTEGER PRIMARY KEY AUTOINCREMENT" }, /* before @id, which it begins with */
	{ "@id", "INTEGER PRIMARY KEY" },
	{ "@int", "INTEGER" },
	{ "@blob", "BLOB" },
	{ "@strict", "STRICT" },
	{ NULL, NULL },
};

gboolean
sqlite_fail(struct connection *connection, int code, const char *what, GError **error)
{
	const char *says = sqlite3_errmsg(sqlite_of(connection)->db);

	if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
		connection->is_broken = true;
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail(error, FAILED_BUSY, "%s: another program holds the store", what);
	case SQLITE_FULL:
		connection->is_full = true;
		return fail(error, FAILED_BUSY, "%s: the disk is full", what);
	default:
		return fail(error, FAILED_STORE, "%s: %s (%d)", what, says, code);
	}
}

gboolean
sqlite_run(struct connection *connection, const char *sql, GError **error)
{
	int code = sqlite3_exec(sqlite_of(connection)->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || sqlite_fail(connection, code, "script", error);
}

/* ---- Connections ---- */

gboolean
sqlite_prepare_one(
    struct connection *connection, const char *sql, const char *name, sqlite3_stmt **handle, GError **error)
{
	int code = sqlite3_prepare_v3(sqlite_of(connection)->db, sql, -1, SQLITE_PREPARE_PERSISTENT, handle, NULL);

	return code == SQLITE_OK || sqlite_fail(connection, code, name, error);
}

static gboolean
read_number(struct connection *connection, const char *sql, int *number, GError **error)
{
	sqlite3_stmt *handle;

	if (!sqlite_prepare_one(connection, sql, sql, &handle, error))
		return FALSE;

	int code = sqlite3_step(handle);

	*number = sqlite3_column_int(handle, 0);
	sqlite3_finalize(handle);
	return code == SQLITE_ROW || sqlite_fail(connection, code, sql, error);
}

/* The mark may be missing only where there are no tables yet. */
static gboolean
check_is_ours(struct connection *connection, GError **error)
{
	int mark, tables;

	/* In this order: another program of ours may make tables and mark in between, together. */
	if (!read_number(connection, "SELECT count(*) FROM sqlite_schema", &tables, error) ||
	    !read_number(connection, "PRAGMA application_id", &mark, error))
		return FALSE;
	if (mark == APPLICATION_ID || (mark == 0 && tables == 0))
		return TRUE;
	return fail(error, FAILED_STORE, "%s is a database of another program", connection->store->where);
}

/* Some network file systems quietly refuse the log. */
static gboolean
check_has_log(struct connection *connection, GError **error)
{
	int has_log;

	if (!read_number(connection, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &has_log, error))
		return FALSE;
	return has_log ||
	    fail(error, FAILED_STORE, "%s: this file system cannot hold a store", connection->store->where);
}

/*
 * A new store turns to the log under a lock for which SQLite does not wait: of two programs that come at once, each having
 * looked, one is told that the other holds it. So the waiting is done here.
 */
static gboolean
turn_to_log(struct connection *connection, GError **error)
{
	int64_t until_ns = clock_ticks_ns() + BUSY_MS * INT64_C(1000000);
	int code;

	while (((code = sqlite3_exec(sqlite_of(connection)->db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL)) & 0xff) ==
		SQLITE_BUSY &&
	    clock_ticks_ns() < until_ns)
		g_usleep(AGAIN_MS * 1000);
	return code == SQLITE_OK || sqlite_fail(connection, code, "PRAGMA journal_mode", error);
}

static gboolean
settle(struct connection *connection, GError **error)
{
	struct sqlite_connection *sqlite = sqlite_of(connection);
	g_autofree char *pragmas =
	    g_strdup_printf("PRAGMA synchronous=%s; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
			    "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;"
			    "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=%d; PRAGMA query_only=%s",
		connection->store->is_forgetful ? "OFF" : "FULL",
		connection->writes ? -16384 : -2048, /* kB; grows only as far as it is used */
		connection->writes ? "OFF" : "ON");

	sqlite3_busy_timeout(sqlite->db, BUSY_MS);
	sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(sqlite->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (!check_is_ours(connection, error) || !turn_to_log(connection, error) ||
	    !sqlite_run(connection, pragmas, error) || !check_has_log(connection, error))
		return FALSE;
	for (enum plumbing i = 0; i < PLUMBING; i++) {
		if (!sqlite_prepare_one(connection, plumbing_sql[i], plumbing_sql[i], &sqlite->plumbing[i], error))
			return FALSE;
	}
	return TRUE;
}

static void
close_connection(struct connection *connection)
{
	struct sqlite_connection *sqlite = sqlite_of(connection);

	for (enum plumbing i = 0; i < PLUMBING; i++)
		sqlite3_finalize(sqlite->plumbing[i]);
	for (unsigned i = 0; sqlite->statements != NULL && i < connection->store->queries->count; i++)
		sqlite3_finalize(sqlite->statements[i].handle);
	g_free(sqlite->statements);
	sqlite3_close(sqlite->db);
	g_free(sqlite);
}

/* After each commit of the writing connection that kept something: how much of the log is in use. */
static int
log_grew(void *data, sqlite3 *db, const char *name, int pages)
{
	struct connection *connection = data;

	(void)db;
	(void)name;
	connection->is_full = false;
	atomic_store_explicit(
	    &connection->store->log_bytes, (int64_t)pages * STORE_LOG_PAGE_BYTES, memory_order_relaxed);
	return SQLITE_OK;
}

static void
configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* its counter is a lock that all threads share */
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SAVEPOINT_BYTES);
}

/*
 * SQLite fsyncs the folder after it has made the log, and does not look whether that went well. So it is done again here, when
 * settle() has made the log and before anything is acknowledged that is in it.
 */
static gboolean
keep_name_of_log(const struct store *store, GError **error)
{
	return store->is_forgetful || file_sync_folder(store->where, error);
}

static struct connection *
connect_to(struct store *store, bool writes, GError **error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, configure);
	if (writes && !file_make(store->where, false, error))
		return NULL;

	struct sqlite_connection *sqlite = g_new0(struct sqlite_connection, 1);
	struct connection *connection = &sqlite->base;

	*connection = (struct connection) { .engine = &sqlite_engine, .store = store, .writes = writes };

	int code = sqlite3_open_v2(
	    store->where, &sqlite->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

	if (code != SQLITE_OK)
		(void)sqlite_fail(connection, code, store->where, error);
	if (code == SQLITE_OK && settle(connection, error) && (!writes || keep_name_of_log(store, error))) {
		if (writes)
			sqlite3_wal_hook(sqlite->db, log_grew, connection);
		return connection;
	}
	close_connection(connection);
	return NULL;
}

/* ---- Transactions ---- */

static int
plumb(struct connection *connection, enum plumbing which)
{
	sqlite3_stmt *handle = sqlite_of(connection)->plumbing[which];

	sqlite3_step(handle);
	return sqlite3_reset(handle);
}

static gboolean
plumb_checked(struct connection *connection, enum plumbing which, GError **error)
{
	int code = plumb(connection, which);

	return code == SQLITE_OK || sqlite_fail(connection, code, plumbing_sql[which], error);
}

static bool
is_lost(struct connection *connection)
{
	return sqlite3_get_autocommit(sqlite_of(connection)->db) != 0;
}

static gboolean
begin(struct connection *connection, bool writes, const struct work *works, GError **error)
{
	(void)works; /* there is one writer */
	return plumb_checked(connection, writes ? BEGIN_WRITE : BEGIN_READ, error);
}

static void
rollback(struct connection *connection)
{
	if (!is_lost(connection))
		plumb(connection, ROLLBACK);
}

/*
 * A full disk, a broken reference or a lock are found before the end of the log is written, so nothing was kept. After
 * any other failure the last page may have reached the disk, and a restart would find the rows.
 */
static enum commit_outcome
commit(struct connection *connection, GError **error)
{
	int code = plumb(connection, COMMIT);

	if (code == SQLITE_OK)
		return COMMIT_DONE;
	(void)sqlite_fail(connection, code, "COMMIT", error);
	rollback(connection);
	switch (code & 0xff) {
	case SQLITE_FULL:
	case SQLITE_BUSY:
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR: /* "cannot commit - no transaction is active" */
		return COMMIT_LOST;
	default:
		return COMMIT_UNKNOWN;
	}
}

static int64_t
changes(struct connection *connection)
{
	return sqlite3_total_changes64(sqlite_of(connection)->db);
}

static gboolean
savepoint(struct connection *connection, GError **error)
{
	return plumb_checked(connection, SAVEPOINT, error);
}

static gboolean
release(struct connection *connection, GError **error)
{
	return plumb_checked(connection, RELEASE, error);
}

static gboolean
rollback_to(struct connection *connection, GError **error)
{
	return plumb_checked(connection, ROLLBACK_TO, error) && plumb_checked(connection, RELEASE, error);
}

/* ---- Migrations ---- */

static gboolean
schema_get(struct connection *connection, int *version, GError **error)
{
	return read_number(connection, "PRAGMA user_version", version, error);
}

static gboolean
schema_set(struct connection *connection, int version, GError **error)
{
	g_autofree char *sql =
	    g_strdup_printf("PRAGMA user_version=%d; PRAGMA application_id=%d", version, APPLICATION_ID);

	return sqlite_run(connection, sql, error);
}

const struct engine sqlite_engine = {
	.name = "sqlite",
	.connect = connect_to,
	.make_ready = sqlite_make_ready,
	.query_prepare = sqlite_query_prepare,
	.close = close_connection,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.is_lost = is_lost,
	.changes = changes,
	.savepoint = savepoint,
	.release = release,
	.rollback_to = rollback_to,
	.query_start = sqlite_query_start,
	.query_step = sqlite_query_step,
	.query_column = sqlite_query_column,
	.query_finish = sqlite_query_finish,
	.schema_get = schema_get,
	.schema_set = schema_set,
	.script = sqlite_run,
	.words = words,
	.backup = sqlite_backup,
	.check = sqlite_check,
	.checkpoint = sqlite_checkpoint,
};
