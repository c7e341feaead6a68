/*
 * Facts about a store on a PostgreSQL server when the link to it is cut or the server dies (P1, P3, P5, P6, P8).
 *
 * Run by tests/kit/with_postgres --durable --small. What was answered with "done" is there once; what failed is not there; what is
 * uncertain may be either, and is told to subscribers as something to look up.
 */
#include <string.h>

#include "base/clock.h"
#include "store/crew.h"
#include "store/engine.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"
#include "tests/kit/link.h"
#include "tests/kit/store_facts.h"

struct scene {
	struct kit_link *link;
	char *where, *by_link;
	struct store *near, *store; /* straight, and by the link */
	struct crew *crew;
};

static void
scene_begin(struct scene *scene)
{
	struct store_settings settings = { .queries = &fact_queries };

	scene->link = link_begin();
	scene->where = database_new("");
	scene->by_link = link_address(scene->link, scene->where);
	settings.where = scene->where;
	ASSERT_OK((scene->near = store_open(&settings, &error)) != NULL);
	settings.where = scene->by_link;
	ASSERT_OK((scene->store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((scene->crew = crew_direct(scene->store, &error)) != NULL);
}

static void
scene_end(struct scene *scene)
{
	crew_stop(scene->crew);
	store_close(scene->store);
	ASSERT_OK(store_check(scene->near, &error));
	store_close(scene->near);
	database_remove(scene->where);
	link_end(scene->link);
	g_free(scene->where);
	g_free(scene->by_link);
}

static struct put *
put(struct scene *scene, const char *name)
{
	struct put *put = put_new(name, "1");

	put->tells = 2;
	ASSERT_OK(crew_write(scene->crew, &put->work, &error));
	assert_int_equal(put->done, 1);
	return put;
}

static void
assert_put(struct scene *scene, const char *name)
{
	struct put *one = put(scene, name);

	if (one->work.error != NULL)
		fail_msg("%s: %s", name, one->work.error->message);
	assert_non_null(one->work.events);
	assert_int_equal(fact_count(scene->near, name), 1);
	put_free(one);
}

TEST(a_commit_whose_answer_is_lost_is_found_out_and_acknowledged_once)
{
	static const char *const names[] = { "whole", "before", "inside", "after" };
	struct scene scene;

	scene_begin(&scene);
	for (enum link_cut cut = LINK_CUT_BEFORE; cut <= LINK_CUT_AFTER; cut++) {
		struct put *one;

		link_cut_next(scene.link, cut, false);
		one = put(&scene, names[cut]);
		if (one->work.error != NULL)
			fail_msg("%s: %s", names[cut], one->work.error->message);
		/* What was done is not done again. */
		assert_int_equal(one->runs, cut == LINK_CUT_AFTER ? 1 : 2);
		assert_int_equal(fact_count(scene.near, names[cut]), 1);
		put_free(one);
	}
	assert_put(&scene, "and on");
	scene_end(&scene);
}

TEST(a_commit_that_cannot_be_asked_after_is_uncertain_and_the_desk_goes_on)
{
	struct scene scene;

	scene_begin(&scene);
	link_cut_next(scene.link, LINK_CUT_AFTER, true);

	struct put *one = put(&scene, "a");

	assert_int_equal(error_kind(one->work.error), UNCERTAIN);
	for (const struct event *event = one->work.events; event != NULL; event = event->next)
		assert_null(event->body);
	assert_non_null(one->work.events);
	put_free(one);
	one = put(&scene, "b");
	assert_int_equal(error_kind(one->work.error), FAILED_BUSY);
	assert_null(one->work.events);
	put_free(one);
	assert_int_equal(fact_count(scene.near, "_"), 1);
	scene_end(&scene);
}

/* The desk looks for the server every two seconds at least. */
#define PATIENCE_NS INT64_C(20000000000)

static bool
comes_back(struct scene *scene, const char *name)
{
	int64_t until_ns = clock_ticks_ns() + PATIENCE_NS;

	while (clock_ticks_ns() < until_ns) {
		struct put *one = put(scene, name);
		bool is_done = one->work.error == NULL;

		if (!is_done)
			assert_int_equal(error_kind(one->work.error), FAILED_BUSY);
		put_free(one);
		if (is_done)
			return true;
		g_thread_yield();
	}
	return false;
}

TEST(while_the_server_is_away_works_are_busy_and_afterwards_they_are_not)
{
	struct scene scene;

	scene_begin(&scene);
	assert_put(&scene, "a");
	link_set_down(scene.link, true);

	struct put *one = put(&scene, "b");

	assert_int_equal(error_kind(one->work.error), FAILED_BUSY);
	put_free(one);
	link_set_down(scene.link, false);
	assert_true(comes_back(&scene, "c"));
	assert_int_equal(fact_count(scene.near, "_"), 2);
	scene_end(&scene);
}

TEST(a_link_that_was_cut_while_nothing_happened_is_made_again_unseen)
{
	struct scene scene;
	char *says;

	scene_begin(&scene);
	for (unsigned i = 0; i < 3; i++) {
		g_autofree char *name = g_strdup_printf("n%u", i);

		says = database_run(scene.where,
		    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
		assert_null(says);
		assert_put(&scene, name);
	}
	scene_end(&scene);
}

/* ---- The server dies under load ---- */

enum { LOAD = 600, SCOPES = 40 };

struct loop {
	pthread_mutex_t lock;
	pthread_cond_t woken;
	bool is_woken;
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
loop_turn(struct loop *loop, struct crew *crew)
{
	pthread_mutex_lock(&loop->lock);
	while (!loop->is_woken)
		pthread_cond_wait(&loop->woken, &loop->lock);
	loop->is_woken = false;
	pthread_mutex_unlock(&loop->lock);
	crew_collect(crew);
}

/* Does to the server what the word says: "kill" one of its processes, "crash" all of them,
 * "restart" it, "await" its recovery. */
static void
server_do(const char *word)
{
	g_autofree char *program = g_build_filename(g_getenv("SOFTANSWER_TEST_SERVER"), "do", NULL);
	char *arguments[] = { program, (char *)word, NULL };
	g_autoptr(GError) error = NULL;
	int status;

	if (!g_spawn_sync(NULL, arguments, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
		NULL, NULL, &status, &error))
		fail_msg("%s: %s", program, error->message);
	if (status != 0)
		fail_msg("%s %s: status %d", program, word, status);
}

/* Several pages of the server's, so that a full disk is felt. */
static char *
incompressible(void)
{
	GString *text = g_string_new(NULL);
	char token[TOKEN_CHARS + 1];

	while (text->len < 16384) {
		secret_token(token);
		g_string_append(text, token);
	}
	return g_string_free(text, FALSE);
}

static unsigned
submit(struct crew *crew, struct put **puts, unsigned from)
{
	unsigned i;

	for (i = from; i < from + LOAD / 6; i++) {
		g_autofree char *name = g_strdup_printf("n%05u", i);

		g_autofree char *value = incompressible();

		puts[i] = put_new(name, value);
		puts[i]->work.scope = i % 20 == 7 ? 0 : 1 + i % SCOPES;
		ASSERT_OK(crew_write(crew, &puts[i]->work, &error));
	}
	return i;
}

static void
check(const char *where, struct put **puts, unsigned count)
{
	server_do("await");

	g_autofree char *all = database_ask(where, "SELECT string_agg(name, ' ') FROM setting");
	unsigned done = 0, busy = 0, uncertain = 0;

	for (unsigned i = 0; i < count; i++) {
		unsigned rows = strstr(all, puts[i]->name) != NULL;

		assert_int_equal(puts[i]->done, 1);
		if (puts[i]->work.error == NULL) {
			assert_int_equal(rows, 1);
			done++;
		} else if (error_kind(puts[i]->work.error) == UNCERTAIN) {
			assert_true(rows <= 1);
			uncertain++;
		} else {
			if (error_kind(puts[i]->work.error) != FAILED_BUSY)
				fail_msg("%s", puts[i]->work.error->message);
			assert_int_equal(rows, 0);
			busy++;
		}
		put_free(puts[i]);
	}
	print_message("%u done, %u busy, %u uncertain\n", done, busy, uncertain);
	assert_true(done > 0);
}

/* Does `before` to the server while it has nothing to do, `amid` while it has, and `after`; NULL does nothing. */
static void
die_under_load(const char *before, const char *amid, const char *after)
{
	g_autofree char *where = database_new("");
	struct store_settings settings = { .where = where, .queries = &fact_queries };
	struct loop loop = { 0 };
	struct store *store = NULL;
	struct crew *crew = NULL;
	struct put *puts[LOAD];
	unsigned count = 0;

	pthread_mutex_init(&loop.lock, NULL);
	pthread_cond_init(&loop.woken, NULL);
	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((crew = crew_start(store, 2, wake, &loop, &error)) != NULL);
	while (count < LOAD) {
		unsigned end;

		bool is_bad = count % (LOAD / 3) != 0; /* every second time */

		if (before != NULL && is_bad)
			server_do(before);
		end = submit(crew, puts, count);
		if (amid != NULL)
			server_do(amid);
		for (; count < end; count++) {
			while (puts[count]->done == 0)
				loop_turn(&loop, crew);
		}
		if (after != NULL && is_bad)
			server_do(after);
	}

	/* It recovers by itself. */
	struct put *last = NULL;

	int64_t until_ns = clock_ticks_ns() + PATIENCE_NS;

	while (clock_ticks_ns() < until_ns && (last == NULL || last->work.error != NULL)) {
		g_clear_pointer(&last, put_free);
		last = put_new("last", "1");
		ASSERT_OK(crew_write(crew, &last->work, &error));
		while (last->done == 0)
			loop_turn(&loop, crew);
	}
	assert_null(last->work.error);
	put_free(last);
	crew_stop(crew);
	check(where, puts, LOAD);
	ASSERT_OK(store_check(store, &error));
	store_close(store);
	database_remove(where);
}

TEST(a_killed_process_of_the_server_loses_nothing_that_was_acknowledged)
{
	die_under_load(NULL, "kill", NULL);
}

TEST(a_crashed_server_loses_nothing_that_was_acknowledged)
{
	die_under_load(NULL, "crash", NULL);
}

TEST(a_restarted_server_loses_nothing_that_was_acknowledged)
{
	die_under_load(NULL, "restart", NULL);
}

TEST(a_full_disk_of_the_server_loses_nothing_that_was_acknowledged)
{
	if (g_getenv("SOFTANSWER_TEST_SMALL_DISK") == NULL)
		skip(); /* only root can make a small disk */
	die_under_load("fill", NULL, "room");
}
