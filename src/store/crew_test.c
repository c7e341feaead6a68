/* Facts about the crew: the writer and the readers on their threads, and the crew without any. */
#include <string.h>

#include "base/limits.h"
#include "store/crew.h"
#include "store/engine.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"
#include "tests/kit/store_facts.h"

#define READERS 2

/* Stands for the loop: sleeps until it is woken. */
struct loop {
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
	struct store *store;
	struct crew *crew;
};

static void
wake(void *data)
{
	struct loop *loop = data;

	pthread_mutex_lock(&loop->lock);
	loop->is_woken = true;
	pthread_cond_signal(&loop->woken);
	pthread_mutex_unlock(&loop->lock);
}

static void
loop_open(struct loop *loop)
{
	*loop = (struct loop) { .store = fact_store() };
	pthread_mutex_init(&loop->lock, NULL);
	pthread_cond_init(&loop->woken, NULL);
	ASSERT_OK((loop->crew = crew_start(loop->store, READERS, wake, loop, &error)) != NULL);
}

static void
loop_close(struct loop *loop)
{
	if (loop->crew != NULL)
		crew_stop(loop->crew);
	ASSERT_OK(store_check(loop->store, &error));
	store_close(loop->store);
	pthread_cond_destroy(&loop->woken);
	pthread_mutex_destroy(&loop->lock);
}

static void
loop_turn(struct loop *loop)
{
	pthread_mutex_lock(&loop->lock);
	while (!loop->is_woken)
		pthread_cond_wait(&loop->woken, &loop->lock);
	loop->is_woken = false;
	pthread_mutex_unlock(&loop->lock);
	crew_collect(loop->crew);
}

enum { MANY = 3000 };

TEST(every_work_comes_back_once_and_what_was_acknowledged_is_kept)
{
	struct loop loop;
	struct put *puts[MANY];
	unsigned refused = 0;

	loop_open(&loop);
	for (unsigned i = 0; i < MANY; i++) {
		g_autofree char *name = g_strdup_printf("n%05u", i);

		puts[i] = put_new(name, "1");
		puts[i]->tells = 1;
		puts[i]->refuses = i % 10 == 3 ? REFUSED_STATE : 0;
		ASSERT_OK(crew_write(loop.crew, &puts[i]->work, &error));
	}
	for (unsigned i = 0; i < MANY; i++) {
		while (puts[i]->done == 0)
			loop_turn(&loop);
		assert_int_equal(puts[i]->work.error != NULL, i % 10 == 3);
		assert_int_equal(puts[i]->work.events != NULL, i % 10 != 3);
		refused += puts[i]->work.error != NULL;
	}

	struct writer_figures figures;

	crew_figures(loop.crew, &figures);
	assert_int_equal(figures.commands, MANY);
	assert_int_equal(figures.refused, refused);
	assert_int_equal(figures.queued, 0);
	assert_true(figures.batches <= MANY && figures.largest_batch <= LIMIT_BATCH_COMMANDS);
	assert_int_equal(fact_count(loop.store, "n%"), MANY - refused);
	for (unsigned i = 0; i < MANY; i++) {
		assert_int_equal(puts[i]->done, 1);
		put_free(puts[i]);
	}
	loop_close(&loop);
}

TEST(stopping_finishes_what_is_queued)
{
	struct loop loop;
	struct put *puts[100];

	loop_open(&loop);
	for (unsigned i = 0; i < 100; i++) {
		g_autofree char *name = g_strdup_printf("n%05u", i);

		puts[i] = put_new(name, "1");
		ASSERT_OK(crew_write(loop.crew, &puts[i]->work, &error));
	}
	crew_stop(g_steal_pointer(&loop.crew));
	assert_int_equal(fact_count(loop.store, "n%"), 100);
	for (unsigned i = 0; i < 100; i++) {
		assert_int_equal(puts[i]->done, 1);
		put_free(puts[i]);
	}
	loop_close(&loop);
}

/* Reads `name` and says whether it was there. */
struct seek {
	struct work work; /* first */
	const char *name;
	bool is_found, is_done;
};

static gboolean
seek_run(struct tx *tx, struct work *work, GError **error)
{
	struct seek *seek = (struct seek *)work;
	const struct value params[] = { value_text(seek->name) };
	void *row;

	if (!query_one(tx, &fact_query_rows[FACT_VALUE], params, &row, error))
		return FALSE;
	seek->is_found = row != NULL;
	return TRUE;
}

static void
seek_done(struct work *work)
{
	((struct seek *)work)->is_done = true;
}

static bool
can_find(struct loop *loop, const char *name)
{
	struct seek seek = { .work = { .run = seek_run, .done = seek_done, .memory = talloc_new(NULL) }, .name = name };

	ASSERT_OK(crew_read(loop->crew, &seek.work, &error));
	while (!seek.is_done)
		loop_turn(loop);
	assert_null(seek.work.error);
	talloc_free(seek.work.memory);
	return seek.is_found;
}

TEST(a_reader_finds_what_was_acknowledged)
{
	struct loop loop;

	loop_open(&loop);
	for (unsigned i = 0; i < 200; i++) {
		g_autofree char *name = g_strdup_printf("n%05u", i);
		struct put *put = put_new(name, "1");

		assert_false(can_find(&loop, name));
		ASSERT_OK(crew_write(loop.crew, &put->work, &error));
		while (put->done == 0)
			loop_turn(&loop);
		assert_true(can_find(&loop, name));
		put_free(put);
	}
	loop_close(&loop);
}

/* A work that holds its thread until it is let go. */
struct hold {
	struct work work; /* first */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_held, is_over;
};

static gboolean
hold_run(struct tx *tx, struct work *work, GError **error)
{
	struct hold *hold = (struct hold *)work;

	(void)tx;
	(void)error;
	pthread_mutex_lock(&hold->lock);
	hold->is_held = true;
	pthread_cond_broadcast(&hold->changed);
	while (!hold->is_over)
		pthread_cond_wait(&hold->changed, &hold->lock);
	pthread_mutex_unlock(&hold->lock);
	return TRUE;
}

static void
nothing_done(struct work *work)
{
	(void)work;
}

static void
hold_start(
    struct hold *hold, struct crew *crew, gboolean (*submit)(struct crew *crew, struct work *work, GError **error))
{
	*hold = (struct hold) { .work = { .run = hold_run, .done = nothing_done } };
	pthread_mutex_init(&hold->lock, NULL);
	pthread_cond_init(&hold->changed, NULL);
	ASSERT_OK(submit(crew, &hold->work, &error));
	pthread_mutex_lock(&hold->lock);
	while (!hold->is_held)
		pthread_cond_wait(&hold->changed, &hold->lock);
	pthread_mutex_unlock(&hold->lock);
}

static void
hold_end(struct hold *hold)
{
	pthread_mutex_lock(&hold->lock);
	hold->is_over = true;
	pthread_cond_broadcast(&hold->changed);
	pthread_mutex_unlock(&hold->lock);
}

static gboolean
nothing_run(struct tx *tx, struct work *work, GError **error)
{
	(void)tx;
	(void)work;
	(void)error;
	return TRUE;
}

TEST(past_its_limit_the_writers_queue_is_busy)
{
	struct loop loop;
	struct hold hold;
	struct work *works = g_new0(struct work, LIMIT_WRITER_QUEUE + 1);

	loop_open(&loop);
	hold_start(&hold, loop.crew, crew_write);
	for (unsigned i = 0; i <= LIMIT_WRITER_QUEUE; i++) {
		works[i].run = nothing_run;
		works[i].done = nothing_done;
	}
	for (unsigned i = 0; i < LIMIT_WRITER_QUEUE; i++)
		ASSERT_OK(crew_write(loop.crew, &works[i], &error));
	ASSERT_REFUSED(FAILED_BUSY, NULL, crew_write(loop.crew, &works[LIMIT_WRITER_QUEUE], &error));
	hold_end(&hold);
	loop_close(&loop);
	g_free(works);
}

TEST(past_its_limit_the_readers_queue_is_busy)
{
	struct loop loop;
	struct hold holds[READERS];
	struct work *works = g_new0(struct work, LIMIT_READER_QUEUE + 1);

	loop_open(&loop);
	for (unsigned i = 0; i < READERS; i++)
		hold_start(&holds[i], loop.crew, crew_read);
	for (unsigned i = 0; i <= LIMIT_READER_QUEUE; i++) {
		works[i].run = nothing_run;
		works[i].done = nothing_done;
	}
	for (unsigned i = 0; i < LIMIT_READER_QUEUE; i++)
		ASSERT_OK(crew_read(loop.crew, &works[i], &error));
	ASSERT_REFUSED(FAILED_BUSY, NULL, crew_read(loop.crew, &works[LIMIT_READER_QUEUE], &error));
	for (unsigned i = 0; i < READERS; i++)
		hold_end(&holds[i]);
	loop_close(&loop);
	g_free(works);
}

TEST(a_log_that_has_outgrown_its_bound_makes_the_writer_busy_until_it_was_moved)
{
	struct loop loop;
	struct put *put;
	int64_t bound = INT64_C(512) << 20;

	if (database_is_server())
		skip(); /* its log is its own affair */
	put = put_new("a", "1");
	loop_open(&loop);
	atomic_store(&loop.store->log_bytes, bound + 1);
	ASSERT_REFUSED(FAILED_BUSY, NULL, crew_write(loop.crew, &put->work, &error));
	/* Nobody but those who were turned away can have asked for a checkpoint. */
	while (store_log_bytes(loop.store) > bound)
		g_thread_yield();
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	while (put->done == 0)
		loop_turn(&loop);
	put_free(put);
	loop_close(&loop);
}

TEST(a_log_at_its_bound_is_written_to)
{
	struct loop loop;
	struct put *put;

	if (database_is_server())
		skip();
	put = put_new("a", "1");
	loop_open(&loop);
	atomic_store(&loop.store->log_bytes, INT64_C(512) << 20);
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	while (put->done == 0)
		loop_turn(&loop);
	put_free(put);
	loop_close(&loop);
}

/* Enough to pass the size at which checkpoints begin several times over. */
TEST(the_log_starts_over_under_load)
{
	struct loop loop;

	if (database_is_server())
		skip(); /* its log is its own affair */

	g_autofree char *value = g_strnfill(16000, 'x');

	loop_open(&loop);
	for (unsigned round = 0; round < 60; round++) {
		struct put *puts[100];

		for (unsigned i = 0; i < 100; i++) {
			g_autofree char *name = g_strdup_printf("n%05u", i);

			puts[i] = put_new(name, value);
			ASSERT_OK(crew_write(loop.crew, &puts[i]->work, &error));
		}
		for (unsigned i = 0; i < 100; i++) {
			while (puts[i]->done == 0)
				loop_turn(&loop);
			put_free(puts[i]);
		}
		assert_true(store_log_bytes(loop.store) < 64 << 20);
	}
	loop_close(&loop);
}

/* ---- A backup while works go on ---- */

struct backup {
	struct store *store;
	char *path;
	GError *error;
};

static void *
backup_main(void *data)
{
	struct backup *backup = data;

	if (!store_backup(backup->store, backup->path, &backup->error))
		g_assert(backup->error != NULL);
	return NULL;
}

/* Two settings that are always the same, in one transaction. */
static gboolean
twins_run(struct tx *tx, struct work *work, GError **error)
{
	struct put *put = (struct put *)work;
	const struct value ann[] = { value_text("ann"), value_text(put->value), value_int(1) };
	const struct value ben[] = { value_text("ben"), value_text(put->value), value_int(1) };

	return query_change(tx, &fact_query_rows[FACT_PUT], ann, NULL, error) &&
	    query_change(tx, &fact_query_rows[FACT_PUT], ben, NULL, error);
}

static void
put_twins(struct loop *loop, unsigned number)
{
	g_autofree char *value = g_strdup_printf("%08u", number);
	struct put *put = put_new("twins", value);

	put->work.run = twins_run;
	ASSERT_OK(crew_write(loop->crew, &put->work, &error));
	while (put->done == 0)
		loop_turn(loop);
	assert_null(put->work.error);
	put_free(put);
}

static void
check_backup(const char *path, const char *acknowledged)
{
	struct store_settings settings = { .where = path, .queries = &fact_queries };
	struct store *copy = NULL;

	ASSERT_OK((copy = store_open(&settings, &error)) != NULL);
	ASSERT_OK(store_check(copy, &error));

	g_autofree char *ann = fact_value(copy, "ann"), *ben = fact_value(copy, "ben");

	assert_string_equal(ann, ben);
	assert_true(strcmp(ann, acknowledged) >= 0);
	store_close(copy);
}

TEST(a_backup_under_load_is_of_one_moment_and_has_what_was_acknowledged_before)
{
	struct loop loop;

	if (database_is_server())
		skip(); /* pg_dump does that */
	loop_open(&loop);
	put_twins(&loop, 0);
	for (unsigned round = 0; round < 10; round++) {
		struct backup backup = { .store = loop.store };
		g_autofree char *acknowledged = g_strdup_printf("%08u", round * 20);
		pthread_t thread;

		backup.path = g_strdup_printf("%s.%u", loop.store->where, round);
		pthread_create(&thread, NULL, backup_main, &backup);
		for (unsigned i = 1; i <= 20; i++)
			put_twins(&loop, round * 20 + i);
		pthread_join(thread, NULL);
		if (backup.error != NULL)
			fail_msg("%s", backup.error->message);
		check_backup(backup.path, acknowledged);
		g_free(backup.path);
	}
	loop_close(&loop);
}

/* ---- Without threads ---- */

static void
direct_open(struct loop *loop)
{
	*loop = (struct loop) { .store = fact_store() };
	pthread_mutex_init(&loop->lock, NULL);
	pthread_cond_init(&loop->woken, NULL);
	ASSERT_OK((loop->crew = crew_direct(loop->store, &error)) != NULL);
}

TEST(a_direct_crew_answers_before_it_returns)
{
	struct loop loop;
	struct put *put = put_new("a", "1");
	struct seek seek = { .work = { .run = seek_run, .done = seek_done, .memory = talloc_new(NULL) }, .name = "a" };

	direct_open(&loop);
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	assert_int_equal(put->done, 1);
	ASSERT_OK(crew_read(loop.crew, &seek.work, &error));
	assert_true(seek.is_done && seek.is_found);
	talloc_free(seek.work.memory);
	put_free(put);
	loop_close(&loop);
}

TEST(a_commit_that_is_made_to_fail_keeps_nothing)
{
	struct loop loop;
	struct put *put = put_new("a", "1");

	direct_open(&loop);
	put->tells = 1;
	crew_fail_next(loop.crew, CREW_LOST);
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	assert_int_equal(error_kind(put->work.error), FAILED_STORE);
	assert_null(put->work.events);
	assert_int_equal(fact_count(loop.store, "a"), 0);
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	assert_null(put->work.error);
	assert_int_equal(fact_count(loop.store, "a"), 1);
	put_free(put);
	loop_close(&loop);
}

TEST(a_commit_whose_answer_is_made_to_get_lost_is_kept_and_uncertain)
{
	struct loop loop;
	struct put *put = put_new("a", "1");

	direct_open(&loop);
	put->tells = 1;
	crew_fail_next(loop.crew, CREW_UNANSWERED);
	ASSERT_OK(crew_write(loop.crew, &put->work, &error));
	assert_int_equal(error_kind(put->work.error), UNCERTAIN);
	assert_non_null(put->work.events);
	assert_null(put->work.events->body);
	assert_int_equal(fact_count(loop.store, "a"), 1);
	put_free(put);
	loop_close(&loop);
}

TEST(who_shares_an_unanswered_commit_does_not_hear_of_it_by_a_refusal)
{
	struct loop loop;
	struct put *kept = put_new("a", "1"), *refused = put_new("b", "1");

	direct_open(&loop);
	refused->refuses = REFUSED_STATE;
	crew_hold(loop.crew);
	ASSERT_OK(crew_write(loop.crew, &kept->work, &error));
	ASSERT_OK(crew_write(loop.crew, &refused->work, &error));
	crew_fail_next(loop.crew, CREW_UNANSWERED);
	crew_let_go(loop.crew);
	assert_int_equal(error_kind(kept->work.error), UNCERTAIN);
	assert_int_equal(error_kind(refused->work.error), UNCERTAIN);
	assert_int_equal(fact_count(loop.store, "_"), 1);
	put_free(kept);
	put_free(refused);
	loop_close(&loop);
}
