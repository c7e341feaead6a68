/*
 * Queries on SQLite: a statement is prepared once per connection and found by its number. See engine.h and sqlite.c.
 *
 * The crew's writer prepares every one when it starts, so a query that does not fit the tables is found then. Others prepare what
 * they are asked for: they need few of them, and together they are 2 MB of memory and 10 ms.
 */
#include "store/sqlite.h"

/* ---- Preparing ---- */

static gboolean
check_shape(const struct query *query, sqlite3_stmt *handle, GError **error)
{
	if (sqlite3_column_count(handle) != (int)query->columns)
		return fail(error, FAILED_STORE, "%s: gives %d columns and declares %u", query->name,
		    sqlite3_column_count(handle), query->columns);
	if (sqlite3_bind_parameter_count(handle) != (int)query->params)
		return fail(error, FAILED_STORE, "%s: has %d parameters and declares %u", query->name,
		    sqlite3_bind_parameter_count(handle), query->params);
	return TRUE;
}

gboolean
sqlite_query_prepare(struct connection *connection, const struct query *query, GError **error)
{
	struct statement *statement = &sqlite_of(connection)->statements[query->index];

	if (statement->handle != NULL)
		return TRUE;
	if (query->sqlite == NULL)
		return fail(error, FAILED_STORE, "%s has no text for SQLite", query->name);
	if (!sqlite_prepare_one(connection, query->sqlite, query->name, &statement->handle, error))
		return FALSE;
	statement->reads_only = sqlite3_stmt_readonly(statement->handle) != 0;
	if (check_shape(query, statement->handle, error))
		return TRUE;
	sqlite3_finalize(g_steal_pointer(&statement->handle));
	return FALSE;
}

gboolean
sqlite_make_ready(struct connection *connection, GError **error)
{
	(void)error;
	sqlite_of(connection)->statements = g_new0(struct statement, connection->store->queries->count + 1);
	return TRUE;
}

/* ---- Running ---- */

static struct statement *
statement_of(struct tx *tx, const struct query *query)
{
	return &sqlite_of(tx->connection)->statements[query->index];
}

/* The values outlive the run of the query, so nothing is copied. */
static int
bind(sqlite3_stmt *handle, int place, const struct value *value)
{
	switch (value->type) {
	case VALUE_INT:
		return sqlite3_bind_int64(handle, place, value->integer);
	case VALUE_TEXT:
		return sqlite3_bind_text64(handle, place, value->data, value->size, SQLITE_STATIC, SQLITE_UTF8);
	case VALUE_BLOB:
		return sqlite3_bind_blob64(handle, place, value->data, value->size, SQLITE_STATIC);
	case VALUE_NULL:
		break;
	}
	return sqlite3_bind_null(handle, place);
}

gboolean
sqlite_query_start(struct tx *tx, const struct query *query, const struct value *params, GError **error)
{
	const struct statement *statement = statement_of(tx, query);

	if (!sqlite_query_prepare(tx->connection, query, error))
		return FALSE;
	if (!tx->writes && !statement->reads_only)
		return fail(error, FAILED_STORE, "%s writes, in a tx that reads", query->name);
	for (unsigned i = 0; i < query->params; i++) {
		int code = bind(statement->handle, (int)i + 1, &params[i]);

		if (code != SQLITE_OK)
			return sqlite_fail(tx->connection, code, query->name, error);
	}
	return TRUE;
}

int
sqlite_query_step(struct tx *tx, const struct query *query, GError **error)
{
	int code = sqlite3_step(statement_of(tx, query)->handle);

	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	(void)sqlite_fail(tx->connection, code, query->name, error);
	return -1;
}

struct value
sqlite_query_column(struct tx *tx, const struct query *query, unsigned column)
{
	sqlite3_stmt *handle = statement_of(tx, query)->handle;
	int i = (int)column;

	switch (sqlite3_column_type(handle, i)) {
	case SQLITE_INTEGER:
		return (struct value) { .type = VALUE_INT, .integer = sqlite3_column_int64(handle, i) };
	case SQLITE_TEXT:
		return (struct value) { .type = VALUE_TEXT,
			.data = sqlite3_column_text(handle, i),
			.size = (size_t)sqlite3_column_bytes(handle, i) };
	case SQLITE_NULL:
		return (struct value) { .type = VALUE_NULL };
	default:
		return (struct value) { .type = VALUE_BLOB,
			.data = sqlite3_column_blob(handle, i),
			.size = (size_t)sqlite3_column_bytes(handle, i) };
	}
}

/* What writes is stepped to its end, where references are checked; a read may be left early. */
gboolean
sqlite_query_finish(struct tx *tx, const struct query *query, int *changed, GError **error)
{
	struct statement *statement = statement_of(tx, query);

	while (!statement->reads_only && error != NULL && sqlite3_stmt_busy(statement->handle)) {
		if (sqlite3_step(statement->handle) != SQLITE_ROW)
			break;
	}

	int code = sqlite3_reset(statement->handle);

	if (code != SQLITE_OK)
		return sqlite_fail(tx->connection, code, query->name, error);
	if (changed != NULL)
		*changed = sqlite3_changes(sqlite_of(tx->connection)->db);
	return TRUE;
}
