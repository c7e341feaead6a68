/* The engines that keep the contract: see engines.h. */
#include "tests/contract/engines.h"

#include <string.h>
#include <talloc.h>

#include "tests/kit/database.h"

static char *
sqlite_where(bool is_made)
{
	g_autofree char *folder = NULL;

	(void)is_made;
	if (database_is_server())
		return NULL;
	folder = fact_folder();
	return g_build_filename(folder, "contract.db", NULL);
}

static char *
postgres_where(bool is_made)
{
	return !database_is_server() ? NULL : is_made ? database_desk("") : database_new("");
}

const struct engine_row engines[] = {
	{ "sqlite", sqlite_where },
	{ "postgres", postgres_where },
	{ NULL, NULL },
};

bool
bench_begin(struct bench *bench, const struct engine_row *engine)
{
	struct store_settings settings = { .queries = &contract_queries, .is_forgetful = true };

	*bench = (struct bench) { .where = engine->where(true) };
	if (bench->where == NULL)
		return false;
	settings.where = bench->where;
	ASSERT_OK((bench->store = store_open(&settings, &error)) != NULL);
	assert_string_equal(store_engine(bench->store), engine->name);
	ASSERT_OK((bench->writing = store_connect(bench->store, true, &error)) != NULL);
	ASSERT_OK((bench->reading = store_connect(bench->store, false, &error)) != NULL);
	return true;
}

void
bench_end(struct bench *bench)
{
	ASSERT_OK(store_check(bench->store, &error));
	connection_close(bench->reading);
	connection_close(bench->writing);
	store_close(bench->store);
	database_remove(bench->where);
	g_free(bench->where);
}

static gboolean
run_deed(struct tx *tx, struct work *work, GError **error)
{
	struct deed_work *mine = (struct deed_work *)work;

	mine->runs++;
	return mine->run(tx, mine->data, error);
}

static void
deed_done(struct work *work)
{
	((struct deed_work *)work)->done++;
}

struct deed_work *
deed_work_new(deed *run, void *data)
{
	void *memory = talloc_new(NULL);
	struct deed_work *work = talloc_zero(memory, struct deed_work);

	work->work = (struct work) { .memory = memory, .now_ms = 1774861200000, .run = run_deed, .done = deed_done };
	secret_random(work->work.seed, sizeof work->work.seed);
	work->run = run;
	work->data = data;
	return work;
}

void
deed_work_free(struct deed_work *work)
{
	g_clear_error(&work->work.error);
	talloc_free(work->work.memory);
}

static GError *
run_on(struct connection *connection, bool writes, deed *run, void *data)
{
	struct deed_work *work = deed_work_new(run, data);
	GError *error;

	connection_run(connection, &work->work, writes);
	error = g_steal_pointer(&work->work.error);
	deed_work_free(work);
	return error;
}

GError *
bench_write(struct bench *bench, deed *run, void *data)
{
	return run_on(bench->writing, true, run, data);
}

GError *
bench_read(struct bench *bench, deed *run, void *data)
{
	return run_on(bench->reading, false, run, data);
}

static void
must(GError *error)
{
	if (error != NULL)
		fail_msg("%s", error->message);
}

void
bench_must_write(struct bench *bench, deed *run, void *data)
{
	must(bench_write(bench, run, data));
}

void
bench_must_read(struct bench *bench, deed *run, void *data)
{
	must(bench_read(bench, run, data));
}
