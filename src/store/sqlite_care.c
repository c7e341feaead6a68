/* The care of a SQLite store: backup, check, checkpoint. See engine.h and sqlite.c. */
#include <glib/gstdio.h>
#include <string.h>

#include "base/file.h"
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

gboolean
sqlite_backup(struct connection *connection, const char *path, GError **error)
{
	g_autofree char *unfinished = g_strconcat(path, ".unfinished", NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return refuse(error, REFUSED_STATE, "path", "there is something at %s already", path);
	g_unlink(unfinished); /* of a backup that was killed */
	if (file_make(unfinished, true, error) && copy_to(connection, unfinished, error) &&
	    file_sync(unfinished, error) && file_name(unfinished, path, error))
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

/* What is declared but by SQLite itself; its own names begin so. */
static const char declared[] =
    "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1";

/* One step of both lists; `is_over` when both have ended alike. FALSE where they differ, with the name of what does. */
static bool
step_alike(sqlite3_stmt *is, sqlite3_stmt *ought, bool *is_over, char **differs)
{
	bool has = sqlite3_step(is) == SQLITE_ROW, wants = sqlite3_step(ought) == SQLITE_ROW;

	*is_over = !has && !wants;
	if (has == wants &&
	    (*is_over ||
		(g_strcmp0((const char *)sqlite3_column_text(is, 0), (const char *)sqlite3_column_text(ought, 0)) ==
			0 &&
		    g_strcmp0((const char *)sqlite3_column_text(is, 1), (const char *)sqlite3_column_text(ought, 1)) ==
			0)))
		return true;

	/* Both lists are sorted: the lesser name is missing in the other. */
	const char *one = (const char *)sqlite3_column_text(is, 0),
		   *other = (const char *)sqlite3_column_text(ought, 0);

	*differs = g_strdup(!has || (wants && strcmp(other, one) < 0) ? other : one);
	return false;
}

static gboolean
compare_schemas(struct connection *connection, sqlite3 *model, GError **error)
{
	sqlite3_stmt *is = NULL, *ought = NULL;
	g_autofree char *differs = NULL;
	bool is_over = false;
	int code = sqlite3_prepare_v2(sqlite_of(connection)->db, declared, -1, &is, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(model, declared, -1, &ought, NULL);
	while (code == SQLITE_OK && !is_over && step_alike(is, ought, &is_over, &differs))
		;
	sqlite3_finalize(is);
	sqlite3_finalize(ought);
	if (code != SQLITE_OK)
		return sqlite_fail(connection, code, declared, error);
	return is_over ||
	    fail(error, FAILED_STORE, "the schema is not the one that this program makes: see %s", differs);
}

/*
 * A trigger that was added runs with every command, and one that was dropped no longer keeps notes as they were written: the
 * schema is compared with one made afresh.
 */
static gboolean
check_schema(struct connection *connection, GError **error)
{
	struct sqlite_connection model = { .base = *connection };
	int code = sqlite3_open(":memory:", &model.db);
	gboolean is_alike = code == SQLITE_OK ? migrate_whole(&model.base, migrations_files, migrations_count, error) &&
		compare_schemas(connection, model.db, error)
					      : sqlite_fail(connection, code, "a store in memory", error);

	sqlite3_close(model.db);
	return is_alike;
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
	return check_schema(connection, error);
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
