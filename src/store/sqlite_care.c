/* The care of a SQLite store: backup, check, checkpoint. See engine.h and sqlite.c. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/sqlite.h"

/* ---- Backup: a copy beside the goal, on disk, then renamed ---- */

/* One step copies all pages inside one reading transaction: one moment, while writers go on. */
static gboolean
copy_pages(struct connection *connection, sqlite3 *to, GError **error)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", sqlite_of(connection)->db, "main");

	if (backup == NULL)
		return fail(error, FAILED_STORE, "backup: %s", sqlite3_errmsg(to));
	sqlite3_backup_step(backup, -1);

	int code = sqlite3_backup_finish(backup);

	return code == SQLITE_OK || fail(error, FAILED_STORE, "backup: %s", sqlite3_errmsg(to));
}

/* The copy is fsynced as a whole afterwards, so SQLite need not. */
static gboolean
copy_to(struct connection *connection, const char *path, GError **error)
{
	sqlite3 *to;
	int code =
	    sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	gboolean went_well = code == SQLITE_OK ? TRUE : fail(error, FAILED_STORE, "%s: %s", path, sqlite3_errstr(code));

	if (went_well) {
		sqlite3_exec(to, "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF", NULL, NULL, NULL);
		went_well = copy_pages(connection, to, error);
	}
	sqlite3_close(to);
	return went_well;
}

static gboolean
fsync_file(const char *path, GError **error)
{
	int file = open(path, O_RDWR | O_CLOEXEC);

	if (file < 0)
		return fail(error, FAILED_STORE, "%s: %s", path, g_strerror(errno));

	int result = fsync(file), because = errno;

	close(file);
	return result == 0 || fail(error, FAILED_STORE, "%s: fsync: %s", path, g_strerror(because));
}

/* link() and not rename(): it never replaces what is there. */
static gboolean
rename_new(const char *from, const char *path, GError **error)
{
	if (link(from, path) != 0)
		return fail(error, FAILED_STORE, "%s: %s", path, g_strerror(errno));
	g_unlink(from);
	return sqlite_fsync_folder(path, error);
}

gboolean
sqlite_backup(struct connection *connection, const char *path, GError **error)
{
	g_autofree char *unfinished = g_strconcat(path, ".unfinished", NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return refuse(error, REFUSED_STATE, "path", "there is something at %s already", path);
	g_unlink(unfinished); /* of a backup that was killed */
	if (sqlite_make_file(unfinished, true, error) && copy_to(connection, unfinished, error) &&
	    fsync_file(unfinished, error) && rename_new(unfinished, path, error))
		return TRUE;
	g_unlink(unfinished);
	return FALSE;
}

/* ---- Check ---- */

/* Gives the first row of `sql` as text; NULL where there is none. */
static gboolean
first_text(struct connection *connection, const char *sql, char **text, GError **error)
{
	sqlite3_stmt *handle;
	int code = sqlite3_prepare_v2(sqlite_of(connection)->db, sql, -1, &handle, NULL);

	if (code != SQLITE_OK)
		return sqlite_fail(connection, code, sql, error);
	code = sqlite3_step(handle);
	*text = code == SQLITE_ROW ? g_strdup((const char *)sqlite3_column_text(handle, 0)) : NULL;
	sqlite3_finalize(handle);
	return code == SQLITE_ROW || code == SQLITE_DONE || sqlite_fail(connection, code, sql, error);
}

gboolean
sqlite_check(struct connection *connection, GError **error)
{
	g_autofree char *says = NULL, *table = NULL;

	if (!first_text(connection, "PRAGMA integrity_check(1)", &says, error))
		return FALSE;
	if (g_strcmp0(says, "ok") != 0)
		return fail(error, FAILED_STORE, "the store is damaged: %s", says);
	if (!first_text(connection, "PRAGMA foreign_key_check", &table, error))
		return FALSE;
	if (table != NULL)
		return fail(error, FAILED_STORE, "a row of %s refers to one that is not there", table);
	return TRUE;
}

/* ---- Checkpoint ---- */

gboolean
sqlite_checkpoint(struct connection *connection, GError **error)
{
	int pages, moved;
	int code =
	    sqlite3_wal_checkpoint_v2(sqlite_of(connection)->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);

	/* All was moved: the next write starts the log over. Where somebody still reads from it, it says how long it is. */
	if (code == SQLITE_OK && pages == moved)
		atomic_store_explicit(&connection->store->log_bytes, 0, memory_order_relaxed);
	/* Busy: another connection is at it. */
	return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY || sqlite_fail(connection, code, "checkpoint", error);
}
