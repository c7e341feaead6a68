/*
 * The contract of stores: what the desk relies on, whatever engine is below. Every fact runs once for each engine of
 * engines[]; a new engine becomes one more row there, and passes.
 *
 * Only store.h, batch.h and crew.h are used, and queries that tools/sqlgen made of contract.sql.
 */
#pragma once

#include "store/batch.h"
#include "store/crew.h"
#include "store/store.h"
#include "store/tx.h"
#include "tests/kit/facts.h"

extern const struct query_set contract_queries;

struct engine_row {
	const char *name;
	/* A place with nothing in it, or with what store_open() makes; NULL: it cannot be had in this run. The caller frees. */
	char *(*where)(bool is_made);
};
extern const struct engine_row engines[]; /* up to a name of NULL */

/* A store that is opened for one fact, with a connection that writes and one that reads. */
struct bench {
	char *where;
	struct store *store;
	struct connection *writing, *reading;
};

/* False: not in this run. A server is there in a run by tests/kit/with_postgres, and then only that is asked. */
bool bench_begin(struct bench *bench, const struct engine_row *engine);

/* Checks the store as a whole, and closes it. */
void bench_end(struct bench *bench);

/* A change or a read, as facts write it: a function of the tx, with the fact's own data. */
typedef gboolean deed(struct tx *tx, void *data, GError **error);

/* Runs it; what it was refused with is the caller's (NULL: nothing). */
GError *bench_write(struct bench *bench, deed *run, void *data);
GError *bench_read(struct bench *bench, deed *run, void *data);

/* The same, which must go well. */
void bench_must_write(struct bench *bench, deed *run, void *data);
void bench_must_read(struct bench *bench, deed *run, void *data);

/* A work with a deed. */
struct deed_work {
	struct work work; /* first */
	deed *run;
	void *data;
	unsigned runs, done;
};
struct deed_work *deed_work_new(deed *run, void *data);
void deed_work_free(struct deed_work *work);

#define CONTRACT(sentence_)                                                                                            \
	static void check_##sentence_(struct bench *bench);                                                            \
	TEST(sentence_)                                                                                                \
	{                                                                                                              \
		for (const struct engine_row *engine = engines; engine->name != NULL; engine++) {                      \
			struct bench bench;                                                                            \
			if (!bench_begin(&bench, engine))                                                              \
				continue;                                                                              \
			check_##sentence_(&bench);                                                                     \
			bench_end(&bench);                                                                             \
		}                                                                                                      \
	}                                                                                                              \
	static void check_##sentence_(struct bench *bench)
