/*
 * Facts about the hub with a real crew: while the writer commits and readers read on threads of their own, nobody who watches
 * misses an item, whatever they do. Chance comes from a seed.
 */
#include <semaphore.h>
#include <string.h>

#include "edge/socket.h"
#include "edge/watch.h"
#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"

#define RACE_MESSAGES  3000
#define RACE_UNDER_WAY 40
#define RACE_READERS   3
#define RACE_WATCHERS  6

/* One who watches, and its cursor, as docs/protocol.md says that a client keeps it. */
struct watcher {
	struct kit_client *client;
	int64_t cursor;
	unsigned asked;
	bool is_visitor, is_waiting;
};

struct race {
	struct kit_desk *desk;
	struct kit_hub *hub;
	struct crew *direct;
	uv_async_t wake;
	sem_t finished; /* posted with every finished work */
	bool is_held;   /* what is finished waits */
	GRand *random;
	const char *key;
	const struct kit_actor *vera;
	struct kit_client *senders[2];
	struct watcher watchers[RACE_WATCHERS];
	unsigned sent, answered;
	int64_t last;
};

static void
wake(void *data)
{
	struct race *race = data;

	sem_post(&race->finished);
	uv_async_send(&race->wake);
}

static void
collect(uv_async_t *async)
{
	struct race *race = async->data;

	if (!race->is_held)
		crew_collect(kit_edge(race->desk)->crew);
}

static struct race *
race_begin(void)
{
	struct race *race = g_new0(struct race, 1);
	const struct kit_actor *vera, *ann;

	race->random = g_rand_new_with_seed(5);
	race->desk = kit_desk_begin(1);
	race->hub = kit_hub_begin(race->desk);
	race->vera = vera = kit_visitor(race->desk, "vera");
	ann = kit_staff(race->desk, "ann", ROLE_ADVISOR);
	race->key = g_intern_string(
	    kit_text(kit_do(race->desk, vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"));
	assert_true(kit_do(race->desk, ann, "chat.take", "{s:s}", "conversation", race->key)->is_ok);
	for (unsigned i = 0; i < RACE_WATCHERS; i++) {
		race->watchers[i].is_visitor = i % 2 == 0;
		race->watchers[i].client = kit_connect(race->hub, i % 2 == 0 ? vera : ann);
	}
	race->senders[0] = kit_connect(race->hub, vera);
	race->senders[1] = kit_connect(race->hub, ann);
	race->wake.data = race;
	sem_init(&race->finished, 0, 0);
	uv_async_init(&race->hub->loop, &race->wake, collect);
	race->direct = kit_edge(race->desk)->crew;
	ASSERT_OK(kit_edge(race->desk)->crew = crew_start(kit_store(race->desk), RACE_READERS, wake, race, &error));
	return race;
}

static void
race_end(struct race *race)
{
	crew_stop(kit_edge(race->desk)->crew);
	kit_edge(race->desk)->crew = race->direct;
	uv_close((uv_handle_t *)&race->wake, NULL);
	kit_hub_end(race->hub);
	kit_desk_end(race->desk);
	sem_destroy(&race->finished);
	g_rand_free(race->random);
	g_free(race);
}

static void
send_next(struct race *race)
{
	bool is_note = race->sent % 5 == 4;
	g_autofree char *id = g_strdup_printf("m-%06u", ++race->sent);

	kit_say(race->senders[is_note ? 1 : race->sent % 2], "{s:s, s:s, s:s, s:s}", "do",
	    is_note ? "note.add" : "message.send", "id", id, "conversation", race->key, "text", id);
}

static void
sender_hears(struct race *race, struct kit_client *client)
{
	const char *heard;

	while ((heard = kit_heard(client)) != NULL) {
		if (strstr(heard, "\"ok\"") == NULL)
			fail_msg("%s", heard);
		race->answered++;
	}
}

/* Items in order, and to staff without a gap; those that it has already may come again. */
static void
watcher_hears_item(struct watcher *watcher, int64_t seq, const char *heard)
{
	if (seq <= watcher->cursor)
		return;
	if (!watcher->is_visitor && seq != watcher->cursor + 1)
		fail_msg("a gap behind %d: %s", (int)watcher->cursor, heard);
	watcher->cursor = seq;
}

static void
watcher_hears(struct watcher *watcher)
{
	const char *heard;

	while ((heard = kit_heard(watcher->client)) != NULL) {
		json_t *message = json_loads(heard, 0, NULL), *item = json_object_get(message, "item");

		if (item != NULL)
			watcher_hears_item(watcher, json_integer_value(json_object_get(item, "seq")), heard);
		else
			watcher->is_waiting = false;
		json_decref(message);
	}
	assert_int_equal(watcher->client->closed, 0);
}

/* Watches, mostly from its cursor, or from further back; or stops for a while. */
static void
watcher_acts(struct race *race, struct watcher *watcher)
{
	int choice = g_rand_int_range(race->random, 0, 10);
	int64_t since = choice == 0 ? watcher->cursor / 2 : watcher->cursor;
	g_autofree char *id = g_strdup_printf("w-%u", ++watcher->asked);

	watcher->is_waiting = true;
	if (choice == 1)
		kit_say(watcher->client, "{s:s, s:s, s:s}", "do", "unwatch", "id", id, "conversation", race->key);
	else
		kit_say(watcher->client, "{s:s, s:s, s:s, s:I}", "do", "watch", "id", id, "conversation", race->key,
		    "since", since);
}

static void
race_step(struct race *race)
{
	while (race->sent < RACE_MESSAGES && race->sent - race->answered < RACE_UNDER_WAY)
		send_next(race);
	uv_run(&race->hub->loop, UV_RUN_ONCE);
	for (unsigned i = 0; i < 2; i++)
		sender_hears(race, race->senders[i]);
	for (unsigned i = 0; i < RACE_WATCHERS; i++) {
		struct watcher *watcher = &race->watchers[i];

		watcher_hears(watcher);
		if (!watcher->is_waiting)
			watcher_acts(race, watcher);
	}
}

/* Everybody watches from their cursor to the end; what is unanswered comes first. */
static void
race_finish(struct race *race)
{
	unsigned waiting = RACE_WATCHERS;

	for (unsigned round = 0; round < 2; round++) {
		do {
			waiting = 0;
			for (unsigned i = 0; i < RACE_WATCHERS; i++) {
				watcher_hears(&race->watchers[i]);
				waiting += race->watchers[i].is_waiting ? 1 : 0;
			}
			if (waiting > 0)
				uv_run(&race->hub->loop, UV_RUN_ONCE);
		} while (waiting > 0);
		for (unsigned i = 0; round == 0 && i < RACE_WATCHERS; i++) {
			struct watcher *watcher = &race->watchers[i];

			watcher->is_waiting = true;
			kit_say(watcher->client, "{s:s, s:s, s:s, s:I}", "do", "watch", "id", "last", "conversation",
			    race->key, "since", watcher->cursor);
		}
	}
}

TEST(nobody_who_watches_misses_an_item_whatever_they_do)
{
	struct race *race = race_begin();

	while (race->answered < RACE_MESSAGES)
		race_step(race);
	race_finish(race);
	/* started, taken, and what was sent; the last item is a note, which visitors do not see. */
	for (unsigned i = 0; i < RACE_WATCHERS; i++) {
		const struct watcher *watcher = &race->watchers[i];

		assert_true(watcher->asked > 3);
		assert_int_equal(watcher->cursor, RACE_MESSAGES + 2 - (watcher->is_visitor ? 1 : 0));
	}
	race_end(race);
}

static void
watch_from(struct race *race, const char *id, int64_t since)
{
	kit_say(race->watchers[0].client, "{s:s, s:s, s:s, s:I}", "do", "watch", "id", id, "conversation", race->key,
	    "since", since);
}

/* Committed, and told on the bus, while the page that a reader has read is not yet looked at. */
static void
send_meanwhile(struct race *race, const char *id)
{
	struct edge *edge = kit_edge(race->desk);
	struct crew *crew = edge->crew;

	sem_wait(&race->finished);
	edge->crew = race->direct;
	assert_true(kit_do(
	    race->desk, race->vera, "message.send", "{s:s, s:s, s:s}", "id", id, "conversation", race->key, "text", id)
			->is_ok);
	edge->crew = crew;
	kit_settle(race->hub);
	race->is_held = false;
	crew_collect(crew);
	sem_wait(&race->finished);
	crew_collect(crew);
	race->is_held = true;
}

TEST(what_is_committed_while_a_page_is_read_is_sent_though_nothing_follows)
{
	struct race *race = race_begin();
	struct kit_client *client = race->watchers[0].client;

	race->is_held = true;
	watch_from(race, "new", 2);
	assert_null(kit_heard(client));
	send_meanwhile(race, "m-000001");
	assert_non_null(strstr(kit_heard(client), "\"m-000001\""));
	assert_string_equal(kit_heard(client), "{\"re\":\"new\",\"ok\":{\"head\":3,\"readings\":{}}}");
	/* Again, for a watch that is on its topic already. */
	watch_from(race, "again", 3);
	send_meanwhile(race, "m-000002");
	assert_non_null(strstr(kit_heard(client), "\"m-000002\""));
	assert_string_equal(kit_heard(client), "{\"re\":\"again\",\"ok\":{\"head\":4,\"readings\":{}}}");
	assert_null(kit_heard(client));
	race_end(race);
}

TEST(a_watch_that_is_given_up_while_it_is_read_says_so)
{
	struct race *race = race_begin();
	struct kit_client *client = race->watchers[0].client;

	race->is_held = true;
	watch_from(race, "one", 0);
	watch_from(race, "two", 2);
	assert_true(
	    g_str_has_prefix(kit_heard(client), "{\"re\":\"one\",\"problem\":{\"type\":\"urn:softanswer:state\""));
	kit_say(client, "{s:s, s:s, s:s}", "do", "unwatch", "id", "three", "conversation", race->key);
	assert_true(
	    g_str_has_prefix(kit_heard(client), "{\"re\":\"two\",\"problem\":{\"type\":\"urn:softanswer:state\""));
	assert_string_equal(kit_heard(client), "{\"re\":\"three\",\"ok\":{}}");
	watch_from(race, "four", 0);
	/* And one whose socket goes meanwhile. */
	kit_hang_up(client);
	for (unsigned i = 0; i < 3; i++)
		sem_wait(&race->finished);
	crew_collect(kit_edge(race->desk)->crew);
	kit_settle(race->hub);

	struct hub_figures figures;

	hub_figures(race->hub->hub, &figures);
	assert_int_equal(figures.watches, 0);
	assert_int_equal(figures.topics, 0);
	race_end(race);
}
