/* The care of a SQLite store: backup, check, checkpoint. See engine.h and sqlite.c. */
#include <glib/gstdio.h>
#include <pthread.h>
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

/* Names and their texts by turns. */
static gboolean
read_declared(sqlite3 *db, GPtrArray *list, GError **error)
{
	sqlite3_stmt *handle;
	int code = sqlite3_prepare_v2(db, declared, -1, &handle, NULL);

	while (code == SQLITE_OK && (code = sqlite3_step(handle)) == SQLITE_ROW) {
		for (int column = 0; column < 2; column++)
			g_ptr_array_add(list, g_strdup((const char *)sqlite3_column_text(handle, column)));
		code = SQLITE_OK;
	}
	sqlite3_finalize(handle);
	return code == SQLITE_DONE || fail(error, FAILED_STORE, "%s: %s", declared, sqlite3_errmsg(db));
}

static gboolean
make_afresh(const struct connection *like, GPtrArray *list, GError **error)
{
	struct sqlite_connection model = { .base = *like };
	int code = sqlite3_open(":memory:", &model.db);
	gboolean went_well = code == SQLITE_OK
	    ? migrate_whole(&model.base, migrations_files, migrations_count, error) &&
		read_declared(model.db, list, error)
	    : sqlite_fail(&model.base, code, "a store in memory", error);

	sqlite3_close(model.db);
	return went_well;
}

/* What a schema ought to be: it is made once, and stays as long as the process; NULL with *error set. */
static const GPtrArray *
ought_to_be(const struct connection *like, GError **error)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static GPtrArray *made;
	const GPtrArray *list;

	pthread_mutex_lock(&lock);
	if (made == NULL) {
		made = g_ptr_array_new_with_free_func(g_free);
		if (!make_afresh(like, made, error))
			g_clear_pointer(&made, g_ptr_array_unref);
	}
	list = made;
	pthread_mutex_unlock(&lock);
	return list;
}

/* The first name that is missing in one of them or has another text; NULL where they are alike. Both are sorted. */
static const char *
first_difference(const GPtrArray *is, const GPtrArray *ought)
{
	for (guint i = 0; i < MAX(is->len, ought->len); i += 2) {
		const char *name = i < is->len ? is->pdata[i] : NULL, *wanted = i < ought->len ? ought->pdata[i] : NULL;

		if (g_strcmp0(name, wanted) != 0)
			return name == NULL || (wanted != NULL && strcmp(wanted, name) < 0) ? wanted : name;
		if (g_strcmp0(is->pdata[i + 1], ought->pdata[i + 1]) != 0)
			return name;
	}
	return NULL;
}

/*
 * A trigger that was added runs with every command, and one that was dropped no longer keeps notes as they were written: the
 * schema is compared with one made afresh.
 */
static gboolean
check_schema(struct connection *connection, GError **error)
{
	g_autoptr(GPtrArray) is = g_ptr_array_new_with_free_func(g_free);
	const GPtrArray *ought = ought_to_be(connection, error);
	const char *differs;

	if (ought == NULL || !read_declared(sqlite_of(connection)->db, is, error))
		return FALSE;
	differs = first_difference(is, ought);
	return differs == NULL ||
	    fail(error, FAILED_STORE, "the schema is not the one that this program makes: see %s", differs);
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
