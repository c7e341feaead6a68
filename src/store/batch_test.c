/* Facts about batches: works that share one commit. */
#include <string.h>

#include "store/batch.h"
#include "store/engine.h"
#include "tests/kit/facts.h"
#include "tests/kit/store_facts.h"

struct desk {
	struct store *store;
	struct connection *connection;
	struct put *a, *b, *c;
};

static void
desk_open(struct desk *desk)
{
	desk->store = fact_store();
	ASSERT_OK((desk->connection = store_connect(desk->store, true, &error)) != NULL);
	desk->a = put_new("a", "1");
	desk->b = put_new("b", "2");
	desk->c = put_new("c", "3");
}

static void
desk_close(struct desk *desk)
{
	connection_close(desk->connection);
	ASSERT_OK(store_check(desk->store, &error));
	store_close(desk->store);
	put_free(desk->a);
	put_free(desk->b);
	put_free(desk->c);
}

static struct batch_outcome
run_three(struct desk *desk)
{
	return batch_run(desk->connection, put_batch(desk->a, desk->b, desk->c, NULL));
}

TEST(works_of_a_batch_are_kept_together)
{
	struct desk desk;

	desk_open(&desk);

	struct batch_outcome outcome = run_three(&desk);

	assert_int_equal(outcome.done, 3);
	assert_false(outcome.was_replayed);
	assert_false(outcome.must_stop);
	assert_int_equal(fact_count(desk.store, "_"), 3);
	assert_int_equal(desk.a->runs, 1);
	desk_close(&desk);
}

TEST(a_refused_work_leaves_its_neighbours_and_nothing_of_its_own)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->refuses = REFUSED_STATE;

	struct batch_outcome outcome = run_three(&desk);
	g_autofree char *b = fact_value(desk.store, "b");

	assert_int_equal(outcome.done, 2);
	assert_int_equal(outcome.refused, 1);
	assert_false(outcome.was_replayed);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	assert_null(b);
	assert_int_equal(error_kind(desk.b->work.error), REFUSED_STATE);
	assert_string_equal(error_field(desk.b->work.error), "name");
	assert_null(desk.a->work.error);
	assert_null(desk.c->work.error);
	desk_close(&desk);
}

static gboolean
refuse_at_once_run(struct tx *tx, struct work *work, GError **error)
{
	struct put *put = (struct put *)work;

	(void)tx;
	put->runs++;
	return refuse(error, REFUSED_STATE, "name", "is not to be put");
}

TEST(a_work_that_is_refused_before_it_writes_costs_its_neighbours_nothing)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->work.run = refuse_at_once_run;

	struct batch_outcome outcome = run_three(&desk);

	assert_int_equal(outcome.done, 2);
	assert_int_equal(outcome.refused, 1);
	assert_int_equal(desk.a->runs, 1);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	desk_close(&desk);
}

TEST(a_work_that_is_refused_late_makes_only_the_first_batch_run_twice)
{
	struct desk desk;

	desk_open(&desk);
	desk.c->refuses = REFUSED_STATE;
	run_three(&desk);
	assert_int_equal(desk.a->runs, 2);
	run_three(&desk);
	assert_int_equal(desk.a->runs, 3);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	desk_close(&desk);
}

TEST(a_refused_work_that_is_alone_leaves_nothing)
{
	struct desk desk;

	desk_open(&desk);
	desk.a->refuses = REFUSED_STATE;

	struct batch_outcome outcome = batch_run(desk.connection, put_batch(desk.a, NULL));

	assert_int_equal(outcome.refused, 1);
	assert_int_equal(fact_count(desk.store, "_"), 0);
	batch_run(desk.connection, put_batch(desk.b, NULL));
	assert_int_equal(fact_count(desk.store, "_"), 1);
	desk_close(&desk);
}

TEST(a_work_that_breaks_a_reference_fails_alone)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->breaks = TRUE;

	struct batch_outcome outcome = run_three(&desk);

	assert_int_equal(outcome.done, 2);
	assert_int_equal(outcome.failed, 1);
	assert_int_equal(error_kind(desk.b->work.error), FAILED_STORE);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	desk_close(&desk);
}

TEST(a_lost_batch_runs_again_one_by_one)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->work.run = refuse_at_once_run;
	desk.connection->loses_next_commit = true;

	struct batch_outcome outcome = run_three(&desk);

	assert_true(outcome.was_replayed);
	assert_int_equal(outcome.done, 2);
	assert_int_equal(outcome.refused, 1);
	assert_int_equal(desk.a->runs, 2);
	assert_int_equal(desk.b->runs, 2);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	desk_close(&desk);
}

TEST(a_work_that_runs_again_draws_the_same_keys)
{
	struct desk desk;

	desk_open(&desk);
	batch_run(desk.connection, put_batch(desk.a, NULL));

	g_autofree char *first = g_strdup(desk.a->key);

	desk.connection->loses_next_commit = true;
	run_three(&desk);
	assert_int_equal(desk.a->runs, 3);
	assert_string_equal(desk.a->key, first);
	assert_int_equal(strlen(first), KEY_CHARS);
	assert_string_not_equal(desk.b->key, first);
	desk_close(&desk);
}

static unsigned
count_events(const struct put *put)
{
	unsigned count = 0;

	for (const struct event *event = put->work.events; event != NULL; event = event->next, count++)
		assert_int_equal(event->topic, count);
	return count;
}

TEST(events_are_told_in_order_and_only_of_what_was_kept)
{
	struct desk desk;

	desk_open(&desk);
	desk.a->tells = 3;
	desk.b->tells = 2;
	desk.b->refuses = REFUSED_STATE;
	desk.connection->loses_next_commit = true;
	run_three(&desk);
	assert_int_equal(count_events(desk.a), 3);
	assert_null(desk.b->work.events);
	assert_null(desk.c->work.events);
	desk_close(&desk);
}

TEST(a_lost_commit_of_one_work_keeps_and_tells_nothing)
{
	struct desk desk;

	desk_open(&desk);
	desk.a->tells = 1;
	desk.connection->loses_next_commit = true;

	struct batch_outcome outcome = batch_run(desk.connection, put_batch(desk.a, NULL));

	assert_int_equal(outcome.failed, 1);
	assert_false(outcome.must_stop);
	assert_int_equal(error_kind(desk.a->work.error), FAILED_STORE);
	assert_null(desk.a->work.events);
	assert_int_equal(fact_count(desk.store, "_"), 0);
	desk_close(&desk);
}

/* A statement that takes the whole transaction with it, as a full disk or a failing read can. */
static gboolean
lose_run(struct tx *tx, struct work *work, GError **error)
{
	struct put *put = (struct put *)work;

	put->runs++;
	tx->connection->engine->rollback(tx->connection);
	return fail(error, FAILED_STORE, "the transaction is gone");
}

TEST(a_work_that_loses_the_transaction_takes_no_neighbour_along)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->work.run = lose_run;

	struct batch_outcome outcome = run_three(&desk);

	assert_true(outcome.was_replayed);
	assert_int_equal(outcome.done, 2);
	assert_int_equal(outcome.failed, 1);
	assert_int_equal(desk.a->runs, 2);
	assert_int_equal(desk.c->runs, 1);
	assert_int_equal(fact_count(desk.store, "_"), 2);
	desk_close(&desk);
}

static gboolean
lose_and_deny_run(struct tx *tx, struct work *work, GError **error)
{
	(void)work;
	(void)error;
	tx->connection->engine->rollback(tx->connection);
	return TRUE;
}

TEST(a_work_that_hides_a_lost_transaction_is_not_acknowledged)
{
	struct desk desk;

	desk_open(&desk);
	desk.b->work.run = lose_and_deny_run;

	struct batch_outcome outcome = run_three(&desk);

	assert_int_equal(outcome.done, 2);
	assert_int_equal(error_kind(desk.b->work.error), FAILED_STORE);
	desk_close(&desk);
}
