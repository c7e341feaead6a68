/* Queries: see query.h. Runs one to its end and puts its columns into the struct of the row. */
#include <string.h>
#include <talloc.h>

#include "store/engine.h"

/* Room for this many rows is made at first; it doubles from there. */
#define ROWS_FIRST 16

struct value
value_text(const char *text)
{
	if (text == NULL)
		return (struct value) { .type = VALUE_NULL };
	return (struct value) { .type = VALUE_TEXT, .data = text, .size = strlen(text) };
}

struct value
value_blob(struct bytes bytes)
{
	if (bytes.data == NULL)
		return (struct value) { .type = VALUE_NULL };
	return (struct value) { .type = VALUE_BLOB, .data = bytes.data, .size = bytes.size };
}

/* A copy in the tx's memory, with a NUL behind it. */
static char *
keep(struct tx *tx, const struct value *value)
{
	char *kept = talloc_size(tx->work->memory, value->size + 1);

	g_assert(kept != NULL);
	if (value->size > 0)
		memcpy(kept, value->data, value->size);
	kept[value->size] = '\0';
	return kept;
}

/* Whether the value is what the query declared; a store that was tampered with may hold anything. */
static bool
is_fitting(const struct column *column, const struct value *value)
{
	switch (value->type) {
	case VALUE_NULL:
		return column->is_nullable;
	case VALUE_INT:
		return column->type == COLUMN_INT || column->type == COLUMN_BOOL;
	case VALUE_TEXT:
		return column->type == COLUMN_TEXT && memchr(value->data, '\0', value->size) == NULL;
	case VALUE_BLOB:
		return column->type == COLUMN_BLOB;
	}
	return false;
}

static void
put(struct tx *tx, const struct column *column, const struct value *value, char *row)
{
	void *place = row + column->offset;
	bool is_null = value->type == VALUE_NULL;

	switch (column->type) {
	case COLUMN_INT:
		*(int64_t *)place = is_null ? 0 : value->integer;
		return;
	case COLUMN_BOOL:
		*(bool *)place = !is_null && value->integer != 0;
		return;
	case COLUMN_TEXT:
		*(const char **)place = is_null ? NULL : keep(tx, value);
		return;
	case COLUMN_BLOB:
		*(struct bytes *)place =
		    is_null ? (struct bytes) { 0 } : (struct bytes) { keep(tx, value), value->size };
		return;
	}
}

static gboolean
row_read(struct tx *tx, const struct query *query, void *row, GError **error)
{
	for (unsigned i = 0; i < query->columns; i++) {
		const struct column *column = &query->shape[i];
		struct value value = tx->connection->engine->query_column(tx, query, i);

		if (!is_fitting(column, &value))
			return fail(error, FAILED_STORE, "%s: the value of %s is not what it should be", query->name,
			    column->name);
		put(tx, column, &value, row);
	}
	return TRUE;
}

/* Ends a query that went well, or gives it up: then its own error stands. */
static gboolean
finish(struct tx *tx, const struct query *query, bool went_well, int *changed, GError **error)
{
	if (went_well)
		return tx->connection->engine->query_finish(tx, query, changed, error);
	(void)!tx->connection->engine->query_finish(tx, query, NULL, NULL);
	return FALSE;
}

gboolean
query_change(struct tx *tx, const struct query *query, const struct value *params, int *changed, GError **error)
{
	const struct engine *engine = tx->connection->engine;

	return engine->query_start(tx, query, params, error) &&
	    finish(tx, query, engine->query_step(tx, query, error) >= 0, changed, error);
}

/* Reads the first row into `row`; `count` is 0 or 1. */
static gboolean
first(struct tx *tx, const struct query *query, const struct value *params, void *row, int *count, GError **error)
{
	const struct engine *engine = tx->connection->engine;

	if (!engine->query_start(tx, query, params, error))
		return FALSE;
	*count = engine->query_step(tx, query, error);
	return finish(tx, query, *count == 0 || (*count == 1 && row_read(tx, query, row, error)), NULL, error);
}

gboolean
query_values(struct tx *tx, const struct query *query, const struct value *params, void *row, GError **error)
{
	int count;

	if (!first(tx, query, params, row, &count, error))
		return FALSE;
	if (count == 0)
		return fail(error, FAILED_STORE, "%s: there is no row", query->name);
	return TRUE;
}

gboolean
query_one(struct tx *tx, const struct query *query, const struct value *params, void **row, GError **error)
{
	void *made = talloc_size(tx->work->memory, query->row_size);
	int count;

	g_assert(made != NULL);
	if (!first(tx, query, params, made, &count, error))
		return FALSE;
	*row = count == 0 ? NULL : made;
	return TRUE;
}

struct rows {
	char *rows;
	size_t count, room;
};

/* Room for one more row, at its end. */
static void *
rows_next(struct tx *tx, const struct query *query, struct rows *rows)
{
	if (rows->count == rows->room) {
		rows->room = rows->room == 0 ? ROWS_FIRST : 2 * rows->room;
		rows->rows = talloc_realloc_size(tx->work->memory, rows->rows, rows->room * query->row_size);
		g_assert(rows->rows != NULL);
	}
	return rows->rows + rows->count * query->row_size;
}

gboolean
query_many(
    struct tx *tx, const struct query *query, const struct value *params, void **rows, size_t *count, GError **error)
{
	const struct engine *engine = tx->connection->engine;
	struct rows made = { 0 };
	int step;

	if (!engine->query_start(tx, query, params, error))
		return FALSE;
	while ((step = engine->query_step(tx, query, error)) == 1) {
		if (!row_read(tx, query, rows_next(tx, query, &made), error))
			return finish(tx, query, false, NULL, NULL);
		made.count++;
	}
	if (!finish(tx, query, step == 0, NULL, error))
		return FALSE;
	*rows = made.rows;
	*count = made.count;
	return TRUE;
}
