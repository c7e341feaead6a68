/* Where the stores of the tests are: see database.h. */
#include "tests/kit/database.h"

#include <glib.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

static GPtrArray *names; /* of schemas that are left */

static const char *
server(void)
{
	return g_getenv("SOFTANSWER_TEST_DATABASE");
}

bool
database_is_server(void)
{
	return server() != NULL;
}

#define SCHEMA_OPTION "&options=-csearch_path%3D"

/* A store of its own is a schema: a database of its own takes the server ten times as long. */
static char *
address_of(const char *name)
{
	return g_strconcat(server(), SCHEMA_OPTION, name, NULL);
}

/* The other way round. */
static const char *
name_of(const char *where)
{
	return strstr(where, SCHEMA_OPTION) + strlen(SCHEMA_OPTION);
}

static void
ignore_notice(void *data, const PGresult *result)
{
	(void)data, (void)result;
}

static char *
postgres_run(const char *where, const char *sql)
{
	PGconn *session = PQconnectdb(where);

	PQsetNoticeReceiver(session, ignore_notice, NULL);

	PGresult *result = PQexec(session, sql);
	const char *says = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	char *copy = g_strdup(PQstatus(session) == CONNECTION_OK ? says : PQerrorMessage(session));

	PQclear(result);
	PQfinish(session);
	return copy;
}

static char *
sqlite_run_outside(const char *where, const char *sql)
{
	sqlite3 *db;
	char *says = NULL, *copy;

	if (sqlite3_open_v2(where, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return g_strdup("cannot be opened");
	sqlite3_busy_timeout(db, 5000);
	sqlite3_exec(db, sql, NULL, NULL, &says);
	copy = g_strdup(says);
	sqlite3_free(says);
	sqlite3_close(db);
	return copy;
}

char *
database_run(const char *where, const char *sql)
{
	return store_is_server(where) ? postgres_run(where, sql) : sqlite_run_outside(where, sql);
}

static char *
postgres_ask_outside(const char *where, const char *sql)
{
	PGconn *session = PQconnectdb(where);
	PGresult *result = PQexec(session, sql);
	char *value = PQntuples(result) == 0 || PQgetisnull(result, 0, 0) ? NULL : g_strdup(PQgetvalue(result, 0, 0));

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		g_error("%s: %s", sql, PQresultErrorMessage(result));
	PQclear(result);
	PQfinish(session);
	return value;
}

static char *
sqlite_ask_outside(const char *where, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *statement = NULL;
	char *value = NULL;

	if (sqlite3_open_v2(where, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	if (sqlite3_step(statement) == SQLITE_ROW)
		value = g_strdup((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return value;
}

char *
database_ask(const char *where, const char *sql)
{
	return store_is_server(where) ? postgres_ask_outside(where, sql) : sqlite_ask_outside(where, sql);
}

static void
drop(const char *name)
{
	g_autofree char *sql = g_strdup_printf("DROP SCHEMA IF EXISTS %s CASCADE", name);

	g_free(postgres_run(server(), sql));
}

static void
drop_all(void)
{
	for (guint i = 0; i < names->len; i++)
		drop(names->pdata[i]);
	g_ptr_array_unref(names);
}

static char *
make(void)
{
	static unsigned made;
	char *name = g_strdup_printf("desk_%d_%u", (int)getpid(), made++);
	g_autofree char *sql = g_strdup_printf("CREATE SCHEMA %s", name);
	g_autofree char *says = postgres_run(server(), sql);

	if (says != NULL)
		g_error("%s: %s", sql, says);
	if (names == NULL) {
		names = g_ptr_array_new_with_free_func(g_free);
		atexit(drop_all);
	}
	g_ptr_array_add(names, name);
	return address_of(name);
}

char *
database_new(const char *path)
{
	return database_is_server() ? make() : g_strdup(path);
}

void
database_remove(const char *where)
{
	if (!store_is_server(where))
		return;

	const char *name = name_of(where);
	guint index;

	drop(name);
	if (names != NULL && g_ptr_array_find_with_equal_func(names, name, g_str_equal, &index))
		g_ptr_array_remove_index_fast(names, index);
}
