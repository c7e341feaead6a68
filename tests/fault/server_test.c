/*
 * Facts about the whole program while its PostgreSQL server is away or full (P1, P4, P5).
 *
 * Run by tests/kit/with_postgres --durable --small. Meanwhile the desk answers 503 with Retry-After; afterwards it goes on by
 * itself, as the same process, and what was acknowledged is there once and in order.
 */
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/secret.h"
#include "bench/cast.h"
#include "tests/kit/facts.h"

#define PATIENCE_NS INT64_C(30000000000)
#define TEXT_BYTES  6000 /* so that some hundred need pages that are not there */
#define MESSAGES    600

struct scene {
	struct trial trial;
	struct advisor administrator;
	struct http http;
	struct visitor visitor;
	unsigned sent;                            /* ids that were used */
	int64_t seqs[MESSAGES + 1], acknowledged; /* by number; 0: not acknowledged */
};

static void
scene_begin(struct scene *scene)
{
	memset(scene, 0, sizeof *scene);
	ASSERT_OK(trial_open(&scene->trial, NULL, NULL, &error) && trial_start(&scene->trial, &error));
	cast_administrator(&scene->trial, &scene->administrator);
	http_init(&scene->http, scene->trial.port);
	cast_visitor(&scene->http, 1, &scene->visitor);
}

static void
scene_end(struct scene *scene)
{
	cast_visitor_clear(&scene->visitor);
	cast_advisor_clear(&scene->administrator);
	http_clear(&scene->http);
	ASSERT_OK(trial_stop(&scene->trial, &error));
	trial_close(&scene->trial);
}

static void
server_do(const char *word)
{
	g_autofree char *program = g_build_filename(g_getenv("SOFTANSWER_TEST_SERVER"), "do", NULL);
	char *words[] = { program, (char *)word, NULL };
	int status;

	ASSERT_OK(g_spawn_sync(NULL, words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
	    NULL, NULL, &status, &error));
	assert_int_equal(status, 0);
}

/* Nothing that a page could be compressed to. */
static char *
text_of(unsigned number)
{
	GString *text = g_string_new(NULL);
	char token[TOKEN_CHARS + 1];

	g_string_printf(text, "%u ", number);
	while (text->len < TEXT_BYTES) {
		secret_token(token);
		g_string_append(text, token);
	}
	return g_string_free(text, FALSE);
}

/* The status of sending message `number`, under an id of its own; what is acknowledged is noted, and must not change. */
static int
say(struct scene *scene, unsigned number, const char *text)
{
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/messages", scene->visitor.conversation);
	g_autofree char *id = g_strdup_printf("message-%06u", number);
	json_t *answer = NULL;
	int status = http_call(&scene->http, "POST", path, json_pack("{s:s, s:s}", "id", id, "text", text), &answer);
	int64_t seq = json_integer_value(json_object_get(answer, "seq"));

	json_decref(answer);
	assert_true(status == 200 || status == 503);
	if (status == 503)
		assert_true(scene->http.retry_after > 0);
	if (status == 200 && scene->seqs[number] == 0) {
		scene->seqs[number] = seq;
		scene->acknowledged++;
	} else if (status == 200) {
		assert_int_equal(scene->seqs[number], seq);
	}
	return status;
}

static bool
is_said_in_the_end(struct scene *scene, unsigned number, const char *text)
{
	int64_t until_ns = clock_ticks_ns() + PATIENCE_NS;

	while (say(scene, number, text) != 200)
		if (clock_ticks_ns() > until_ns)
			return false;
	return true;
}

/* Whether the log has number n of what was said at the place that its answer named, and nothing else. */
static void
check_log(struct scene *scene)
{
	int64_t since = 0, seen = 0;
	bool has_more = true;

	while (has_more) {
		g_autofree char *path =
		    g_strdup_printf("/api/v1/conversations/%s/items?since=%" G_GINT64_FORMAT "&limit=200",
			scene->visitor.conversation, since);
		json_t *page = http_must(&scene->http, "GET", path, NULL), *item;
		size_t i;

		json_array_foreach(json_object_get(page, "items"), i, item)
		{
			const char *id = json_string_value(json_object_get(item, "caller_id"));
			unsigned number;

			since = json_integer_value(json_object_get(item, "seq"));
			if (id == NULL || sscanf(id, "message-%u", &number) != 1)
				continue;
			assert_true(number <= MESSAGES);
			assert_int_equal(scene->seqs[number], since);
			seen++;
		}
		has_more = json_is_true(json_object_get(page, "more"));
		json_decref(page);
	}
	assert_int_equal(seen, scene->acknowledged);
}

static void
must_be_the_same_process(struct scene *scene)
{
	assert_int_equal(waitpid(scene->trial.pid, NULL, WNOHANG), 0);
}

TEST(while_the_server_is_away_the_desk_says_when_to_come_again_and_afterwards_goes_on)
{
	struct scene scene;

	scene_begin(&scene);
	for (unsigned round = 0; round < 2; round++) {
		unsigned number = 10 * round;

		assert_int_equal(say(&scene, number, "before"), 200);
		server_do("stop");
		assert_int_equal(say(&scene, number + 1, "meanwhile"), 503);
		assert_int_equal(say(&scene, number + 1, "meanwhile"), 503);
		server_do("start");
		assert_true(is_said_in_the_end(&scene, number + 1, "meanwhile"));
		assert_int_equal(say(&scene, number, "before"), 200);
		must_be_the_same_process(&scene);
	}
	check_log(&scene);
	scene_end(&scene);
}

TEST(while_the_disk_of_the_server_is_full_the_desk_says_when_to_come_again_and_afterwards_goes_on)
{
	struct scene scene;
	g_autofree char *text = NULL;
	unsigned number = 0;

	if (g_getenv("SOFTANSWER_TEST_SMALL_DISK") == NULL)
		skip(); /* only root can make a small disk */
	scene_begin(&scene);
	server_do("fill");
	do {
		g_free(text);
		text = text_of(++number);
	} while (number < MESSAGES && say(&scene, number, text) == 200);
	assert_true(number < MESSAGES);
	assert_int_equal(say(&scene, number, text), 503);
	server_do("room");
	assert_true(is_said_in_the_end(&scene, number, text));
	must_be_the_same_process(&scene);
	check_log(&scene);
	print_message("%u messages until it was full\n", number - 1);
	scene_end(&scene);
}
