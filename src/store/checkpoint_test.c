/* Facts about checkpoints: who moves the pages, on an engine that only counts. */
#include "store/checkpoint.h"

#include "store/engine.h"
#include "tests/kit/facts.h"

#define WANTED (INT64_C(4000) * STORE_LOG_PAGE_BYTES)
#define MORE   (INT64_C(1000) * STORE_LOG_PAGE_BYTES)

struct counting {
	struct connection base; /* first */
	atomic_uint moved;
};

static struct counting by_thread, by_writer;

static struct connection *
lend(struct store *store, bool writes, GError **error)
{
	(void)store, (void)writes, (void)error;
	return &by_thread.base;
}

static void
take_back(struct connection *connection)
{
	(void)connection;
}

static gboolean
count(struct connection *connection, GError **error)
{
	(void)error;
	atomic_fetch_add(&((struct counting *)connection)->moved, 1);
	return TRUE;
}

static const struct engine counting_engine = { .connect = lend, .close = take_back, .checkpoint = count };

struct ground {
	struct store store;
	struct checkpoints *checkpoints;
};

static void
ground_begin(struct ground *ground)
{
	by_thread = (struct counting) { .base.engine = &counting_engine };
	by_writer = (struct counting) { .base.engine = &counting_engine };
	*ground = (struct ground) { .store.engine = &counting_engine };
	ASSERT_OK((ground->checkpoints = checkpoints_start(&ground->store, &error)) != NULL);
}

/* A batch after which the log is so long. */
static void
batch(struct ground *ground, int64_t log_bytes)
{
	atomic_store(&ground->store.log_bytes, log_bytes);
	checkpoints_help(ground->checkpoints, &by_writer.base);
}

static void
batches_until(struct ground *ground, int64_t log_bytes, struct counting *by, unsigned moved)
{
	while (atomic_load(&by->moved) < moved)
		batch(ground, log_bytes);
}

TEST(a_log_below_what_is_wanted_is_left_alone)
{
	struct ground ground;

	ground_begin(&ground);
	for (int i = 0; i < 100; i++)
		batch(&ground, WANTED - 1);
	checkpoints_stop(ground.checkpoints);
	assert_int_equal(atomic_load(&by_thread.moved) + atomic_load(&by_writer.moved), 0);
}

TEST(the_thread_moves_first_and_then_the_writer_what_came_meanwhile)
{
	struct ground ground;

	ground_begin(&ground);
	batches_until(&ground, WANTED, &by_writer, 1);
	assert_int_equal(atomic_load(&by_thread.moved), 1);
	/* Somebody reads from the log, which cannot start over: nothing more until it has grown. */
	batch(&ground, WANTED + MORE - 1);
	batch(&ground, WANTED + MORE - 1);
	assert_int_equal(atomic_load(&by_writer.moved), 1);
	batches_until(&ground, WANTED + MORE, &by_writer, 2);
	checkpoints_stop(ground.checkpoints);
	assert_int_equal(atomic_load(&by_thread.moved), 2);
}

TEST(after_a_log_has_started_over_while_nothing_was_written_the_thread_moves_first_again)
{
	struct ground ground;

	ground_begin(&ground);
	batch(&ground, WANTED);
	while (atomic_load(&by_thread.moved) < 1)
		g_thread_yield();
	/* It has moved all. */
	batch(&ground, 1);
	batches_until(&ground, WANTED, &by_writer, 1);
	checkpoints_stop(ground.checkpoints);
	assert_int_equal(atomic_load(&by_thread.moved), 2);
}
