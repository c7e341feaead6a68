/* One program at a time serves a desk on a server, until events travel between machines. Beside a server only. */
#include <libpq-fe.h>
#include <string.h>

#include "base/clock.h"
#include "tests/contract/engines.h"
#include "tests/kit/database.h"

/* A server that is busy may take so long to end a session. */
#define PATIENCE_NS INT64_C(20000000000)

static bool
comes_true(bool (*is)(struct store *store), struct store *store)
{
	int64_t until_ns = clock_ticks_ns() + PATIENCE_NS;

	while (!is(store) && clock_ticks_ns() < until_ns)
		g_thread_yield();
	return is(store);
}

static bool
is_ours(struct store *store)
{
	return store_is_ours(store);
}

static bool
is_lost(struct store *store)
{
	return !store_is_ours(store);
}

/* One that serves. */
static struct store *
serve(const char *where)
{
	struct store_settings settings = {
		.where = where, .queries = &contract_queries, .is_forgetful = true, .is_alone = true
	};
	struct store *store = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	assert_true(store_is_ours(store));
	return store;
}

static void
assert_refused(const char *where)
{
	struct store_settings settings = { .where = where, .queries = &contract_queries, .is_alone = true };

	ASSERT_REFUSED(FAILED_BUSY, NULL, store_open(&settings, &error) != NULL);
}

TEST(a_second_program_that_would_serve_a_desk_is_refused_and_leaves_it_as_it_is)
{
	g_autofree char *where = database_is_server() ? database_new("") : NULL;

	if (where == NULL)
		return;

	struct store *store = serve(where);

	g_free(database_run(where, "UPDATE desk_schema SET version = version - 1"));
	assert_refused(where);
	g_free(database_run(where, "UPDATE desk_schema SET version = version + 1"));
	store_close(store);
	/* The first one is gone. */
	store_close(serve(where));
	database_remove(where);
}

TEST(who_looks_and_who_serves_another_desk_beside_are_not_refused)
{
	g_autofree char *where = database_is_server() ? database_new("") : NULL;
	g_autofree char *other = database_is_server() ? database_new("") : NULL;

	if (where == NULL)
		return;

	struct store_settings look = { .where = where, .queries = &contract_queries, .as_it_is = true };
	struct store *one = serve(where), *two = serve(other), *looking = NULL;

	ASSERT_OK((looking = store_open(&look, &error)) != NULL);
	store_close(looking);
	store_close(one);
	store_close(two);
	database_remove(where);
	database_remove(other);
}

#define KEY  "1399157366, (oid::bigint - 2147483648)::int"
#define DESK "FROM pg_namespace WHERE nspname = current_schema()"

/* Another program, which has the lock as soon as the session is cut that has it. */
static PGconn *
take_over(const char *where)
{
	PGconn *other = PQconnectdb(where);

	assert_int_equal(PQsendQuery(other, "SELECT pg_advisory_lock(" KEY ") " DESK), 1);
	for (bool is_in_line = false; !is_in_line; g_thread_yield()) {
		g_autofree char *answer = database_ask(where,
		    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1399157366 AND NOT granted");

		is_in_line = strcmp(answer, "0") != 0;
	}
	g_free(database_ask(where,
	    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1399157366 AND granted"));
	for (PGresult *result = PQgetResult(other); result != NULL; result = PQgetResult(other)) {
		assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
		PQclear(result);
	}
	return other;
}

static gboolean
do_nothing(struct tx *tx, void *data, GError **error)
{
	(void)tx, (void)data, (void)error;
	return TRUE;
}

static void
wake(void *data)
{
	(void)data;
}

TEST(while_another_program_may_serve_no_work_is_taken_and_then_it_goes_on)
{
	g_autofree char *where = database_is_server() ? database_new("") : NULL;

	if (where == NULL)
		return;

	struct store *store = serve(where);
	struct crew *crew = NULL;
	struct deed_work *work = deed_work_new(do_nothing, NULL);

	ASSERT_OK((crew = crew_start(store, 1, wake, NULL, &error)) != NULL);

	PGconn *other = take_over(where);

	assert_true(comes_true(is_lost, store));
	ASSERT_REFUSED(FAILED_BUSY, NULL, crew_write(crew, &work->work, &error));
	PQfinish(other);
	assert_true(comes_true(is_ours, store));
	ASSERT_OK(crew_write(crew, &work->work, &error));
	crew_stop(crew);
	assert_null(work->work.error);
	deed_work_free(work);
	assert_refused(where);
	store_close(store);
	database_remove(where);
}
