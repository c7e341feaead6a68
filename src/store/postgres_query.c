/*
 * Queries on PostgreSQL: prepared once per session, when they are first asked for; values in binary both ways.
 *
 * The server says which type each parameter and column has, and whatever is not one of ours is refused when the query is
 * prepared: a number is bigint, integer or smallint, a text is text, bytes are bytea. So `sum(bigint)`, which is numeric, wants a
 * cast. A query that gives no rows and whose count of rows nobody wants is sent and left (postgres_wire.c).
 */
#include <string.h>

#include "store/postgres.h"

/* Of pg_type.dat: these never change. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_VARCHAR = 1043
};

#define PARAMS_MAX 32

static enum value_type
type_of(Oid oid)
{
	switch (oid) {
	case OID_INT8:
	case OID_INT4:
	case OID_INT2:
		return VALUE_INT;
	case OID_TEXT:
	case OID_VARCHAR:
	case OID_NAME:
		return VALUE_TEXT;
	case OID_BYTEA:
		return VALUE_BLOB;
	default:
		return VALUE_NULL; /* none of ours */
	}
}

/* ---- Preparing ---- */

static const enum value_type column_types[] = {
	[COLUMN_INT] = VALUE_INT,
	[COLUMN_BOOL] = VALUE_INT,
	[COLUMN_TEXT] = VALUE_TEXT,
	[COLUMN_BLOB] = VALUE_BLOB,
};

static gboolean
check_columns(const struct query *query, const PGresult *says, GError **error)
{
	if (PQnfields(says) != (int)query->columns)
		return fail(error, FAILED_STORE, "%s: gives %d columns and declares %u", query->name, PQnfields(says),
		    query->columns);
	for (unsigned i = 0; i < query->columns; i++) {
		if (query->shape != NULL && type_of(PQftype(says, (int)i)) != column_types[query->shape[i].type])
			return fail(error, FAILED_STORE, "%s: %s has another type than it declares (%u)", query->name,
			    query->shape[i].name, PQftype(says, (int)i));
	}
	return TRUE;
}

static gboolean
note_params(struct postgres_statement *statement, const struct query *query, const PGresult *says, GError **error)
{
	if (PQnparams(says) != (int)query->params || query->params > PARAMS_MAX)
		return fail(error, FAILED_STORE, "%s: has %d parameters and declares %u", query->name, PQnparams(says),
		    query->params);
	g_free(statement->types);
	statement->types = g_new0(Oid, query->params + 1);
	for (unsigned i = 0; i < query->params; i++) {
		statement->types[i] = PQparamtype(says, (int)i);
		if (type_of(statement->types[i]) == VALUE_NULL)
			return fail(error, FAILED_STORE,
			    "%s: parameter %u has a type that we do not send (%u): cast it", query->name, i + 1,
			    statement->types[i]);
	}
	return TRUE;
}

/* Waits for the server's word, and so for whatever was sent before. */
gboolean
postgres_query_prepare(struct connection *connection, const struct query *query, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);
	struct postgres_statement *statement = &postgres->statements[query->index];
	PGresult *says = NULL;

	if (statement->session == postgres->sessions)
		return TRUE;
	if (query->postgres == NULL)
		return fail(error, FAILED_STORE, "%s has no text for PostgreSQL", query->name);
	g_snprintf(statement->name, sizeof statement->name, "q%u", query->index);
	if (!postgres_describe(postgres, statement->name, query, &says, error))
		return FALSE;

	gboolean fits = note_params(statement, query, says, error) && check_columns(query, says, error);

	PQclear(says);
	if (fits)
		statement->session = postgres->sessions;
	return fits;
}

/* ---- Running ---- */

/* Numbers in the order of the network. */
struct wire_value {
	uint64_t eight;
	uint32_t four;
	uint16_t two;
};

static gboolean
put_int(Oid type, int64_t integer, struct wire_value *wire, const char **data, int *size)
{
	switch (type) {
	case OID_INT8:
		wire->eight = GUINT64_TO_BE((uint64_t)integer);
		*data = (const char *)&wire->eight;
		*size = 8;
		return TRUE;
	case OID_INT4:
		wire->four = GUINT32_TO_BE((uint32_t)integer);
		*data = (const char *)&wire->four;
		*size = 4;
		return integer >= G_MININT32 && integer <= G_MAXINT32;
	default:
		wire->two = GUINT16_TO_BE((uint16_t)integer);
		*data = (const char *)&wire->two;
		*size = 2;
		return integer >= G_MININT16 && integer <= G_MAXINT16;
	}
}

static gboolean
put(Oid type, const struct value *value, struct wire_value *wire, const char **data, int *size)
{
	*data = NULL;
	*size = 0;
	if (value->type == VALUE_NULL)
		return TRUE;
	if (value->type != type_of(type))
		return FALSE;
	if (value->type == VALUE_INT)
		return put_int(type, value->integer, wire, data, size);
	*data = value->size == 0 ? "" : value->data;
	*size = (int)value->size;
	return TRUE;
}

gboolean
postgres_query_start(struct tx *tx, const struct query *query, const struct value *params, GError **error)
{
	struct postgres_connection *postgres = postgres_of(tx->connection);
	const struct postgres_statement *statement = &postgres->statements[query->index];
	struct wire_value wires[PARAMS_MAX];
	const char *data[PARAMS_MAX];
	int sizes[PARAMS_MAX], formats[PARAMS_MAX];

	if (postgres->is_lost || !postgres_is_up(postgres))
		return postgres->is_lost && postgres_is_up(postgres)
		    ? fail(error, FAILED_STORE, "%s: the transaction was lost", query->name)
		    : postgres_fail(postgres, NULL, query->name, error);
	if (!postgres_query_prepare(tx->connection, query, error))
		return FALSE;
	for (unsigned i = 0; i < query->params; i++) {
		formats[i] = 1;
		if (!put(statement->types[i], &params[i], &wires[i], &data[i], &sizes[i]))
			return fail(
			    error, FAILED_STORE, "%s: parameter %u is not what the table wants", query->name, i + 1);
	}
	if (PQsendQueryPrepared(postgres->session, statement->name, (int)query->params, data, sizes, formats, 1) != 1)
		return postgres_fail(postgres, NULL, query->name, error);
	postgres->waiting++;
	return TRUE;
}

/* Counts what the answer says was changed. */
static void
count_changes(struct postgres_connection *postgres, PGresult *result)
{
	if (!g_str_has_prefix(PQcmdStatus(result), "SELECT"))
		postgres->changes += g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
}

static gboolean
settle(struct postgres_connection *postgres, const struct query *query, GError **error)
{
	if (!postgres_settle(postgres, query->name, &postgres->result, error))
		return FALSE;
	postgres->row = -1;
	count_changes(postgres, postgres->result);
	return TRUE;
}

int
postgres_query_step(struct tx *tx, const struct query *query, GError **error)
{
	struct postgres_connection *postgres = postgres_of(tx->connection);

	if (query->columns == 0)
		return 0; /* how it went shows in the end */
	if (postgres->result == NULL && !settle(postgres, query, error))
		return -1;
	return ++postgres->row < PQntuples(postgres->result) ? 1 : 0;
}

static int64_t
int_of(const char *data, int size)
{
	uint64_t eight;
	uint32_t four;
	uint16_t two;

	switch (size) {
	case 8:
		memcpy(&eight, data, sizeof eight);
		return (int64_t)GUINT64_FROM_BE(eight);
	case 4:
		memcpy(&four, data, sizeof four);
		return (int32_t)GUINT32_FROM_BE(four);
	default:
		memcpy(&two, data, sizeof two);
		return (int16_t)GUINT16_FROM_BE(two);
	}
}

struct value
postgres_query_column(struct tx *tx, const struct query *query, unsigned column)
{
	const struct postgres_connection *postgres = postgres_of(tx->connection);
	const PGresult *result = postgres->result;
	int i = (int)column;
	struct value value = { .type = VALUE_NULL };

	(void)query;
	if (PQgetisnull(result, postgres->row, i))
		return value;
	value.type = type_of(PQftype(result, i));
	value.data = PQgetvalue(result, postgres->row, i);
	value.size = (size_t)PQgetlength(result, postgres->row, i);
	if (value.type == VALUE_INT)
		value.integer = int_of(value.data, (int)value.size);
	return value;
}

/* Whether somebody is to wait for a query without rows: for its count, or in a tx that reads, where writing fails. */
static bool
is_waited_for(const struct tx *tx, const struct query *query, const int *changed, GError **error)
{
	return query->columns == 0 && error != NULL && (changed != NULL || !tx->writes);
}

gboolean
postgres_query_finish(struct tx *tx, const struct query *query, int *changed, GError **error)
{
	struct postgres_connection *postgres = postgres_of(tx->connection);

	if (is_waited_for(tx, query, changed, error)) {
		if (!settle(postgres, query, error))
			return FALSE;
		if (changed != NULL)
			*changed = (int)g_ascii_strtoll(PQcmdTuples(postgres->result), NULL, 10);
	} else if (query->columns == 0) {
		postgres->changes++;
	}
	g_clear_pointer(&postgres->result, PQclear);
	return postgres->waiting < POSTGRES_WAITING_MAX || postgres_settle(postgres, query->name, NULL, error);
}
