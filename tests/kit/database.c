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

/* ---- Sessions ---- */

void
database_open(struct database *database, const char *where)
{
	*database = (struct database) { .file = NULL };
	if (store_is_server(where)) {
		database->session = PQconnectdb(where);
		PQsetNoticeReceiver(database->session, ignore_notice, NULL);
	} else if (sqlite3_open_v2(where, &database->file, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
		sqlite3_busy_timeout(database->file, 5000);
	}
}

void
database_close(struct database *database)
{
	sqlite3_close(database->file);
	PQfinish(database->session);
	*database = (struct database) { .file = NULL };
}

static char *
postgres_run(PGconn *session, const char *sql)
{
	PGresult *result = PQexec(session, sql);
	const char *says = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	char *copy = g_strdup(PQstatus(session) == CONNECTION_OK ? says : PQerrorMessage(session));

	PQclear(result);
	return copy;
}

static char *
sqlite_run_outside(sqlite3 *file, const char *sql)
{
	char *says = NULL, *copy;

	sqlite3_exec(file, sql, NULL, NULL, &says);
	copy = g_strdup(says);
	sqlite3_free(says);
	return copy;
}

char *
database_exec(struct database *database, const char *sql)
{
	return database->session != NULL ? postgres_run(database->session, sql)
					 : sqlite_run_outside(database->file, sql);
}

char *
database_run(const char *where, const char *sql)
{
	struct database database;
	char *says;

	database_open(&database, where);
	says = database_exec(&database, sql);
	database_close(&database);
	return says;
}

/* ---- Reading ---- */

const char *
database_cell(const struct database_rows *rows, unsigned row, unsigned column)
{
	return rows->cells[row * rows->columns + column];
}

void
database_rows_clear(struct database_rows *rows)
{
	for (unsigned i = 0; i < rows->count * rows->columns; i++)
		g_free(rows->cells[i]);
	g_clear_pointer(&rows->cells, g_free);
	rows->count = 0;
}

static char *
postgres_read(PGconn *session, const char *sql, struct database_rows *rows)
{
	PGresult *result = PQexec(session, sql);
	char *says = PQresultStatus(result) == PGRES_TUPLES_OK ? NULL : g_strdup(PQerrorMessage(session));
	int columns = PQnfields(result);

	*rows = (struct database_rows) { .count = (unsigned)PQntuples(result), .columns = (unsigned)columns };
	rows->cells = g_new0(char *, rows->count * rows->columns);
	for (int i = 0; i < (int)rows->count * columns; i++)
		if (!PQgetisnull(result, i / columns, i % columns))
			rows->cells[i] = g_strdup(PQgetvalue(result, i / columns, i % columns));
	PQclear(result);
	return says;
}

static char *
sqlite_read(sqlite3 *file, const char *sql, struct database_rows *rows)
{
	char **table = NULL, *problem = NULL, *says = NULL;
	int count = 0, columns = 0;

	*rows = (struct database_rows) { .count = 0 };
	if (sqlite3_get_table(file, sql, &table, &count, &columns, &problem) != SQLITE_OK)
		says = g_strdup(sqlite3_errmsg(file));
	*rows = (struct database_rows) { .count = (unsigned)count, .columns = (unsigned)columns };
	rows->cells = g_new0(char *, rows->count * rows->columns);
	/* The names of the columns come first. */
	for (int i = 0; i < count * columns; i++)
		rows->cells[i] = g_strdup(table[columns + i]);
	sqlite3_free_table(table);
	sqlite3_free(problem);
	return says;
}

char *
database_select(struct database *database, const char *sql, struct database_rows *rows)
{
	return database->session != NULL ? postgres_read(database->session, sql, rows)
					 : sqlite_read(database->file, sql, rows);
}

char *
database_read(const char *where, const char *sql, struct database_rows *rows)
{
	struct database database;
	char *says;

	database_open(&database, where);
	says = database_select(&database, sql, rows);
	database_close(&database);
	return says;
}

char *
database_ask(const char *where, const char *sql)
{
	struct database_rows rows;
	g_autofree char *says = database_read(where, sql, &rows);
	char *value = rows.count == 0 ? NULL : g_strdup(database_cell(&rows, 0, 0));

	database_rows_clear(&rows);
	if (says != NULL)
		g_error("%s: %s", sql, says);
	return value;
}

/* ---- Stores ---- */

static void
drop(const char *name)
{
	g_autofree char *sql = g_strdup_printf("DROP SCHEMA IF EXISTS %s CASCADE", name);

	g_free(database_run(server(), sql));
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
	g_autofree char *says = database_run(server(), sql);

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
