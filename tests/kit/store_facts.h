/*
 * What the facts about the store share: a store in a folder of its own, queries on its real tables, works.
 *
 * The queries are written by hand here, as tools/sqlgen would make them, since those of desk/ are above the store.
 */
#pragma once

#include <glib.h>
#include <talloc.h>

#include "store/query.h"
#include "store/store.h"
#include "store/tx.h"
#include "store/work.h"

enum fact_query { FACT_PUT, FACT_ADD, FACT_VALUE, FACT_LIKE, FACT_PERSON_REF, FACT_QUERIES };
extern const struct query_set fact_queries;
extern const struct query fact_query_rows[FACT_QUERIES];

/* An empty store that is closed, and its folder removed, by whoever calls store_close(). */
struct store *fact_store(void);

/*
 * A work that writes the setting `name` = `value`, after which it refuses, or does not. It draws a key and tells `tells`
 * events of kind 7.
 */
struct put {
	struct work work; /* first */
	const char *name, *value;
	unsigned tells, runs;
	enum error_kind refuses; /* 0 (no kind of a put's): it does not */
	gboolean breaks;         /* runs a query that the store refuses */
	const char *key;         /* what it drew in its last run */
	unsigned done;           /* how often `done` was called */
};

struct put *put_new(const char *name, const char *value);
void put_free(struct put *put);

/* Links the puts as a batch; up to NULL. */
struct work *put_batch(struct put *first, ...) G_GNUC_NULL_TERMINATED;

/* Runs one statement from outside, as another program would; NULL, or what the engine says against it (the caller frees). */
char *fact_sql(struct store *store, const char *sql);

/* The value of a setting as a fresh reader finds it, or NULL; the caller frees. */
char *fact_value(struct store *store, const char *name);

/* How many settings there are whose name is LIKE `pattern`. */
unsigned fact_count(struct store *store, const char *pattern);
