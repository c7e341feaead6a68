/* Where the stores of the tests are: see database.h. */
#include "tests/kit/database.h"

#include <glib.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

#define LEAVING_MAX 4

static GPtrArray *places;             /* addresses of schemas and databases that are left */
static GQueue leaving = G_QUEUE_INIT; /* and of databases that are to go */

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

static char *
address_of_schema(const char *name)
{
	return g_strconcat(server(), SCHEMA_OPTION, name, NULL);
}

/* The server's address, postgresql://…/NAME?…, with this name. */
static char *
address_of_database(const char *name)
{
	const char *options = strchr(server(), '?');
	const char *slash = g_strrstr_len(server(), options - server(), "/");
	g_autofree char *before = g_strndup(server(), (gsize)(slash + 1 - server()));

	return g_strconcat(before, name, options, NULL);
}

/* Of a schema the end of its address, of a database what its sessions are in. */
static char *
drop_text(const char *where)
{
	const char *schema = strstr(where, SCHEMA_OPTION);

	if (schema != NULL)
		return g_strdup_printf("DROP SCHEMA IF EXISTS %s CASCADE", schema + strlen(SCHEMA_OPTION));

	const char *options = strchr(where, '?');
	const char *name = g_strrstr_len(where, options - where, "/") + 1;

	return g_strdup_printf("DROP DATABASE IF EXISTS %.*s WITH (FORCE)", (int)(options - name), name);
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

/*
 * What is done on the server and in no desk goes through one session. A server that was stopped has ended it, which is there to be
 * read.
 */
static struct database *
at_server(void)
{
	static struct database database;

	if (database.session != NULL)
		PQconsumeInput(database.session);
	if (database.session == NULL || PQstatus(database.session) != CONNECTION_OK) {
		database_close(&database);
		database_open(&database, server());
	}
	return &database;
}

static void
must_run(const char *sql)
{
	g_autofree char *says = database_exec(at_server(), sql);

	if (says != NULL)
		g_error("%s: %s", sql, says);
}

static void
drop(const char *where)
{
	g_autofree char *sql = drop_text(where);

	g_free(database_exec(at_server(), sql));
}

/* The server waits a tenth of a second for sessions that have just ended, so a database goes a little later than they do. */
static void
drop_leaving(guint keep)
{
	while (leaving.length > keep) {
		g_autofree char *where = g_queue_pop_head(&leaving);

		drop(where);
	}
}

static void
drop_all(void)
{
	drop_leaving(0);
	for (guint i = 0; i < places->len; i++)
		drop(places->pdata[i]);
	g_ptr_array_unref(places);
	database_close(at_server());
}

static char *
keep(char *where)
{
	if (places == NULL) {
		places = g_ptr_array_new_with_free_func(g_free);
		atexit(drop_all);
	}
	g_ptr_array_add(places, g_strdup(where));
	return where;
}

static char *
new_name(void)
{
	static unsigned made;

	return g_strdup_printf("desk_%d_%u", (int)getpid(), made++);
}

/* A schema: a database of its own takes the server longer. */
char *
database_new(const char *path)
{
	if (!database_is_server())
		return g_strdup(path);

	g_autofree char *name = new_name(), *sql = g_strdup_printf("CREATE SCHEMA %s", name);

	must_run(sql);
	return keep(address_of_schema(name));
}

#define MODEL "desk_model"

static void
make_tables(const char *where)
{
	static const struct query_set none;
	struct store_settings settings = { .where = where, .queries = &none, .is_forgetful = true };
	GError *error = NULL;
	struct store *store = store_open(&settings, &error);

	if (store == NULL)
		g_error("%s: %s", where, error->message);
	store_close(store);
}

/* Whoever comes first to a server makes it there, and gives it its name when it is whole. */
static void
make_model(void)
{
	g_autofree char *name = new_name(), *where = address_of_database(name);
	g_autofree char *create = g_strdup_printf("CREATE DATABASE %s", name);
	g_autofree char *call = g_strdup_printf("ALTER DATABASE %s RENAME TO " MODEL, name);

	must_run(create);
	make_tables(where);
	must_run(call);
}

static bool
has_model(void)
{
	static bool is_there;
	struct database_rows rows;

	if (is_there)
		return true;
	g_free(database_select(at_server(), "SELECT 1 FROM pg_database WHERE datname = '" MODEL "'", &rows));
	is_there = rows.count > 0;
	database_rows_clear(&rows);
	return is_there;
}

/* Of files the first one is the model for the others. */
static char *
desk_file(const char *path)
{
	static GBytes *model;
	g_autoptr(GError) error = NULL;
	char *bytes;
	gsize size;

	if (model == NULL) {
		make_tables(path);
		if (!g_file_get_contents(path, &bytes, &size, &error))
			g_error("%s", error->message);
		model = g_bytes_new_take(bytes, size);
	} else {
		bytes = (char *)g_bytes_get_data(model, &size);
		if (!g_file_set_contents_full(path, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error))
			g_error("%s", error->message);
	}
	return g_strdup(path);
}

char *
database_desk(const char *path)
{
	if (!database_is_server())
		return desk_file(path);

	g_autofree char *name = new_name();
	g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s TEMPLATE " MODEL " STRATEGY file_copy", name);

	if (!has_model()) /* of another program, perhaps */
		make_model();
	must_run(sql);
	return keep(address_of_database(name));
}

void
database_remove(const char *where)
{
	guint index;

	if (!store_is_server(where))
		return;
	if (strstr(where, SCHEMA_OPTION) != NULL)
		drop(where);
	else
		g_queue_push_tail(&leaving, g_strdup(where));
	drop_leaving(LEAVING_MAX);
	if (places != NULL && g_ptr_array_find_with_equal_func(places, where, g_str_equal, &index))
		g_ptr_array_remove_index_fast(places, index);
}
