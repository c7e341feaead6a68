/*
 * Queries: SQL that has a name, and the values that go in and out of it.
 *
 * Queries stand in the .sql file of their noun; tools/sqlgen makes a `struct query` and a typed C function of each
 * (docs/decisions/0004-queries.md has the grammar). Nothing else calls the functions at the end of this header,
 * but app/copy.c, which goes over whole tables by their shape.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

enum value_type { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };

/* One value bound to a query or read from a column. Texts are UTF-8 and end with a NUL that `size` does not count. */
struct value {
	enum value_type type;
	int64_t integer;
	const void *data; /* of a text or blob; borrowed when bound, the tx's memory when read */
	size_t size;
};

/* Bytes as the generated functions take and give them; absent where data is NULL. */
struct bytes {
	const void *data;
	size_t size;
};

/* Where a column of a result goes in the struct of its row. */
enum column_type { COLUMN_INT, COLUMN_BOOL, COLUMN_TEXT, COLUMN_BLOB };

struct column {
	const char *name;
	enum column_type type;
	bool is_nullable;
	size_t offset;
};

struct query {
	const char *name;     /* "promise.add" */
	const char *sqlite;   /* parameters as ?1, ?2 … */
	const char *postgres; /* parameters as $1, $2 … */
	unsigned index;       /* place in its query_set: each connection keeps its prepared statement there */
	unsigned params, columns;
	const struct column *shape; /* of its columns; NULL where it gives none */
	size_t row_size;            /* bytes of the struct of a row */
};

/* All queries of the program: desk_queries in gen/sql/queries.c. A connection that writes prepares every one when it opens. */
struct query_set {
	const struct query *const *queries;
	unsigned count;
};
extern const struct query_set desk_queries;

/*
 * What the generated functions call, each with `params` in their order (NULL where there are none). A query runs to its
 * end at once; texts and blobs of rows live in tx_memory(). Outputs are untouched on failure.
 */

/* For a query without rows; `changed` (may be NULL) is the number of rows that it changed. */
CHECKED gboolean query_change(
    struct tx *tx, const struct query *query, const struct value *params, int *changed, GError **error);

/* Fills `row` with the one row that there must be; FAILED_STORE where there is none. */
CHECKED gboolean query_values(
    struct tx *tx, const struct query *query, const struct value *params, void *row, GError **error);

/* The first row, in tx_memory(), or NULL where there is none. */
CHECKED gboolean query_one(
    struct tx *tx, const struct query *query, const struct value *params, void **row, GError **error);

/* All rows, one struct behind the other in tx_memory(). */
CHECKED gboolean query_many(
    struct tx *tx, const struct query *query, const struct value *params, void **rows, size_t *count, GError **error);

static inline struct value
value_int(int64_t integer)
{
	return (struct value) { .type = VALUE_INT, .integer = integer };
}

/* 0 stands for an absent id, time or number: none of them is ever 0. */
static inline struct value
value_int_or_null(int64_t integer)
{
	return (struct value) { .type = integer == 0 ? VALUE_NULL : VALUE_INT, .integer = integer };
}

struct value value_text(const char *text);   /* NULL is absent */
struct value value_blob(struct bytes bytes); /* data == NULL is absent */
