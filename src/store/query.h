/*
 * Queries: SQL that has a name, and the values that go in and out of it.
 *
 * Queries stand in the .sql file of their noun; tools/sqlgen makes a `struct query` and a typed C function of each
 * (docs/decisions/0004-queries.md has the grammar). Nothing else calls the functions at the end of this header.
 */
#pragma once

#include <glib.h>
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

struct query {
	const char *name;     /* "promise.add" */
	const char *sqlite;   /* parameters as ?1, ?2 … */
	const char *postgres; /* parameters as $1, $2 … */
	unsigned index;       /* place in its query_set: each connection keeps its prepared statement there */
	unsigned params, columns;
};

/* All queries of the program: desk_queries in gen/sql/queries.c. A connection prepares every one when it opens. */
struct query_set {
	const struct query *const *queries;
	unsigned count;
};
extern const struct query_set desk_queries;

/* A query under way. Between query_start() and query_finish() no other query of the same name runs on that tx. */
struct cursor {
	struct tx *tx;
	const struct query *query;
	void *engine; /* the engine's own */
	int64_t row;
};

CHECKED gboolean query_start(
    struct tx *tx, const struct query *query, const struct value *params, struct cursor *cursor, GError **error);

/* 1: a row is in `columns`, copied into the tx's memory; 0: no more rows; -1: *error is set. */
int query_next(struct cursor *cursor, struct value *columns, GError **error);

/* Ends the query and gives the number of rows that it changed. */
int query_finish(struct cursor *cursor);

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

struct value value_text(const char *text);         /* NULL is absent */
struct value value_blob(struct bytes bytes);       /* data == NULL is absent */
