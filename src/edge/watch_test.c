/* Facts about what those who watch are told. */
#include "edge/topic.h"
#include "edge/watch.h"

#include <string.h>

#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "edge/flood.h"
#include "tests/kit/desk_heard.h"
#include "tests/kit/facts.h"

/* A desk with a visitor, an advisor who has its chat, and a socket of each. Three items: started, a message, taken. */
struct scene {
	struct kit_desk *desk;
	struct kit_hub *hub;
	const struct kit_actor *vera, *ann;
	struct kit_client *visitor, *staff;
	const char *key;
	unsigned sent;
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.hub = kit_hub_begin(scene.desk);
	scene.key = g_intern_string(kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s, s:s}", "id",
						 "start-0001", "name", "Vera", "text", "Is the lamp in stock?"),
	    "conversation"));
	assert_true(kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.key)->is_ok);
	scene.visitor = kit_connect(scene.hub, scene.vera);
	scene.staff = kit_connect(scene.hub, scene.ann);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	kit_hub_end(scene->hub);
	kit_desk_end(scene->desk);
}

static void
send_as(struct scene *scene, const struct kit_actor *who, const char *command, const char *text)
{
	g_autofree char *id = g_strdup_printf("m-%06u", ++scene->sent);

	assert_true(
	    kit_do(scene->desk, who, command, "{s:s, s:s, s:s}", "conversation", scene->key, "id", id, "text", text)
		->is_ok);
}

static void
watch(struct kit_client *client, const char *id, const char *key, int since)
{
	kit_say(client, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", id, "conversation", key, "since", since);
}

/* The next message is item.added with that seq and text (NULL: whatever it is). */
static void
assert_item(struct kit_client *client, int seq, const char *text)
{
	const char *heard = kit_heard(client);
	json_t *message = heard == NULL ? NULL : json_loads(heard, 0, NULL), *item = json_object_get(message, "item");

	if (g_strcmp0(json_string_value(json_object_get(message, "event")), "item.added") != 0 ||
	    json_integer_value(json_object_get(item, "seq")) != seq ||
	    (text != NULL && g_strcmp0(json_string_value(json_object_get(item, "text")), text) != 0))
		fail_msg("wanted item %d (%s), heard %s", seq, text, heard);
	json_decref(message);
}

TEST(a_watch_sends_what_is_there_then_says_so_then_what_comes)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 0);
	assert_item(scene.visitor, 1, NULL);
	assert_item(scene.visitor, 2, "Is the lamp in stock?");
	assert_item(scene.visitor, 3, NULL);
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":3,\"readings\":{}}}");
	send_as(&scene, scene.ann, "message.send", "It is.");
	assert_item(scene.visitor, 4, "It is.");
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

TEST(a_watch_with_a_cursor_sends_only_what_is_after_it)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 2);
	assert_item(scene.visitor, 3, NULL);
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":3,\"readings\":{}}}");
	watch(scene.staff, "w-2", scene.key, 3);
	kit_assert_heard(scene.staff, "{\"re\":\"w-2\",\"ok\":{\"head\":3,\"readings\":{}}}");
	scene_end(&scene);
}

TEST(watching_again_moves_the_cursor)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 3);
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":3,\"readings\":{}}}");
	watch(scene.visitor, "w-2", scene.key, 1);
	assert_item(scene.visitor, 2, NULL);
	assert_item(scene.visitor, 3, NULL);
	kit_assert_heard(scene.visitor, "{\"re\":\"w-2\",\"ok\":{\"head\":3,\"readings\":{}}}");
	send_as(&scene, scene.ann, "message.send", "once");
	assert_item(scene.visitor, 4, "once");
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

TEST(a_message_over_a_socket_is_answered_and_told_to_all_who_watch)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	kit_forget(scene.visitor);
	kit_forget(scene.staff);
	kit_say(scene.visitor, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation",
	    scene.key, "text", "Hello");
	assert_item(scene.staff, 4, "Hello");
	assert_item(scene.visitor, 4, "Hello");
	kit_assert_heard(scene.visitor, "{\"re\":\"m-000001\",\"ok\":{\"seq\":4,\"at\":\"2026-03-30T09:00:00.000Z\"}}");
	/* The same id again, over HTTP and over the socket: the same answer, and nothing new. */
	assert_int_equal(kit_int(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "id", "m-000001",
				     "conversation", scene.key, "text", "Hello"),
			     "seq"),
	    4);
	kit_say(scene.visitor, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation",
	    scene.key, "text", "Hello");
	kit_assert_heard(scene.visitor, "{\"re\":\"m-000001\",\"ok\":{\"seq\":4,\"at\":\"2026-03-30T09:00:00.000Z\"}}");
	kit_assert_heard(scene.staff, NULL);
	scene_end(&scene);
}

TEST(a_visitor_is_told_nothing_internal_and_staff_everything)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	kit_forget(scene.visitor);
	kit_forget(scene.staff);
	send_as(&scene, scene.ann, "note.add", "a difficult customer");
	send_as(&scene, scene.ann, "message.send", "One moment");
	assert_item(scene.staff, 4, "a difficult customer");
	assert_item(scene.staff, 5, "One moment");

	const char *heard = kit_heard(scene.visitor);

	assert_non_null(strstr(heard, "One moment"));
	assert_null(strstr(heard, "\"id\""));
	assert_null(strstr(heard, "internal"));
	kit_assert_heard(scene.visitor, NULL);
	/* Nor when it catches up. */
	watch(scene.visitor, "w-3", scene.key, 3);
	assert_item(scene.visitor, 5, "One moment");
	kit_assert_heard(scene.visitor, "{\"re\":\"w-3\",\"ok\":{\"head\":5,\"readings\":{}}}");
	scene_end(&scene);
}

TEST(who_may_not_read_may_not_watch)
{
	struct scene scene = scene_begin();
	struct kit_client *other = kit_connect(scene.hub, kit_visitor(scene.desk, "otto"));
	struct kit_client *consultant = kit_connect(scene.hub, kit_staff(scene.desk, "carl", ROLE_CONSULTANT));

	watch(other, "w-1", scene.key, 0);
	kit_assert_problem(other, "w-1", "unknown", "conversation");
	watch(other, "w-2", "AAAAAAAAAAAAAAAAAAAAAA", 0);
	kit_assert_problem(other, "w-2", "unknown", "conversation");
	watch(consultant, "w-3", scene.key, 0);
	kit_assert_problem(consultant, "w-3", "permission", NULL);
	send_as(&scene, scene.ann, "message.send", "secret");
	kit_assert_heard(other, NULL);
	kit_assert_heard(consultant, NULL);
	kit_say(other, "{s:s, s:s, s:b}", "do", "watch", "id", "w-4", "desk", 1);
	kit_assert_problem(other, "w-4", "permission", NULL);
	scene_end(&scene);
}

TEST(unwatching_ends_it)
{
	struct scene scene = scene_begin();

	watch(scene.visitor, "w-1", scene.key, 3);
	kit_say(scene.visitor, "{s:s, s:s, s:s}", "do", "unwatch", "id", "w-2", "conversation", scene.key);
	kit_say(scene.visitor, "{s:s, s:s, s:s}", "do", "unwatch", "id", "w-3", "conversation", scene.key);
	send_as(&scene, scene.ann, "message.send", "nobody listens");
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":3,\"readings\":{}}}");
	kit_assert_heard(scene.visitor, "{\"re\":\"w-2\",\"ok\":{}}");
	kit_assert_heard(scene.visitor, "{\"re\":\"w-3\",\"ok\":{}}");
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

static void
hear_up_to(struct kit_client *client, const char *beginning)
{
	const char *text;

	do
		assert_non_null(text = kit_heard(client));
	while (!g_str_has_prefix(text, beginning));
}

TEST(the_desk_tells_staff_of_chats_and_colleagues)
{
	struct scene scene = scene_begin();

	kit_say(scene.staff, "{s:s, s:s, s:b}", "do", "watch", "id", "w-1", "desk", 1);
	kit_assert_heard(scene.staff, "{\"re\":\"w-1\",\"ok\":{}}");
	kit_do(scene.desk, kit_visitor(scene.desk, "otto"), "chat.start", "{s:s}", "id", "start-0002");
	assert_true(
	    g_str_has_prefix(kit_heard(scene.staff), "{\"event\":\"chat.changed\",\"chat\":{\"conversation\":\""));
	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "away");
	assert_true(g_str_has_prefix(kit_heard(scene.staff), "{\"event\":\"person.changed\",\"person\":{\"id\":"));
	assert_true(g_str_has_prefix(kit_heard(scene.staff), "{\"event\":\"seat.changed\",\"person\":{\"id\":"));
	/* The seat is as it was, so nothing is told of its pool until it is given back. */
	kit_assert_heard(scene.staff, NULL);
	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "offline");
	hear_up_to(scene.staff, "{\"event\":\"pool.changed\",\"pool\":{\"id\":");
	kit_say(scene.staff, "{s:s, s:s, s:b}", "do", "unwatch", "id", "w-2", "desk", 1);
	hear_up_to(scene.staff, "{\"re\":\"w-2\",\"ok\":{}}");
	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "online");
	kit_assert_heard(scene.staff, NULL);
	scene_end(&scene);
}

TEST(typing_is_shown_to_the_others_who_watch)
{
	struct scene scene = scene_begin();
	struct kit_client *tab = kit_connect(scene.hub, scene.vera);
	g_autofree char *expected = g_strdup_printf(
	    "{\"event\":\"typing\",\"conversation\":\"%s\",\"who\":{\"kind\":\"visitor\",\"name\":\"Vera\"},\"on\":true}",
	    scene.key);

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(tab, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	kit_forget(scene.visitor);
	kit_forget(scene.staff);
	kit_forget(tab);
	for (unsigned i = 0; i < 2; i++) {
		kit_say(scene.visitor, "{s:s, s:s, s:b}", "do", "typing", "conversation", scene.key, "on", 1);
		kit_assert_heard(scene.staff, expected);
	}
	kit_assert_heard(scene.visitor, NULL);
	kit_assert_heard(tab, NULL);
	kit_say(scene.staff, "{s:s, s:s, s:b}", "do", "typing", "conversation", scene.key, "on", 0);
	assert_non_null(strstr(kit_heard(tab), "\"who\":{\"kind\":\"person\",\"name\":\"Ann\"},\"on\":false}"));
	scene_end(&scene);
}

static void
type(struct scene *scene, struct kit_client *client, int on)
{
	kit_say(client, "{s:s, s:s, s:b}", "do", "typing", "conversation", scene->key, "on", on);
}

static void
assert_typing(struct kit_client *client, const char *name)
{
	g_autofree char *who = g_strdup_printf("\"who\":{\"kind\":\"person\",\"name\":\"%s\"}", name);
	const char *heard = kit_heard(client);

	if (heard == NULL || strstr(heard, "\"event\":\"typing\"") == NULL || strstr(heard, who) == NULL)
		fail_msg("wanted typing of %s, heard %s", name, heard);
}

TEST(the_visitor_sees_the_typing_of_owner_and_guests_only)
{
	struct scene scene = scene_begin();
	const struct kit_actor *lena = kit_staff(scene.desk, "lena", ROLE_LEAD);
	const struct kit_actor *ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	struct kit_client *lead = kit_connect(scene.hub, lena), *guest = kit_connect(scene.hub, ben);

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	watch(lead, "w-3", scene.key, 3);
	watch(guest, "w-4", scene.key, 3);
	kit_forget(scene.visitor);
	kit_forget(scene.staff);

	/* Who reads along is seen by colleagues only, however often. */
	for (unsigned i = 0; i < 3; i++) {
		type(&scene, lead, 1);
		assert_typing(scene.staff, "Lena");
	}
	kit_assert_heard(scene.visitor, NULL);
	type(&scene, scene.staff, 1);
	assert_typing(scene.visitor, "Ann");

	/* A guest has a part as soon as it was asked to join in, and none any more once it has left. */
	type(&scene, guest, 1);
	kit_assert_heard(scene.visitor, NULL);
	assert_true(kit_do(scene.desk, scene.ann, "chat.invite", "{s:s, s:I}", "conversation", scene.key, "person",
	    (json_int_t)ben->person)
			->is_ok);
	assert_item(scene.visitor, 4, NULL);
	type(&scene, guest, 1);
	assert_typing(scene.visitor, "Ben");
	assert_true(kit_do(scene.desk, ben, "chat.leave", "{s:s}", "conversation", scene.key)->is_ok);
	assert_item(scene.visitor, 5, NULL);
	type(&scene, guest, 1);
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

TEST(after_a_hand_over_the_visitor_sees_the_typing_of_the_new_owner_and_not_of_the_old)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	struct kit_client *other = kit_connect(scene.hub, ben);

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	watch(other, "w-3", scene.key, 3);
	kit_forget(scene.visitor);
	type(&scene, scene.staff, 1);
	assert_typing(scene.visitor, "Ann");
	assert_true(kit_do(scene.desk, scene.ann, "chat.transfer", "{s:s, s:I}", "conversation", scene.key, "to",
	    (json_int_t)ben->person)
			->is_ok);
	assert_item(scene.visitor, 4, NULL);
	type(&scene, scene.staff, 1);
	type(&scene, scene.staff, 0);
	kit_assert_heard(scene.visitor, NULL);
	type(&scene, other, 1);
	assert_typing(scene.visitor, "Ben");
	/* Back in the line it is nobody's. */
	assert_true(kit_do(scene.desk, ben, "chat.release", "{s:s}", "conversation", scene.key)->is_ok);
	assert_item(scene.visitor, 5, NULL);
	type(&scene, other, 0);
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

TEST(typing_in_what_one_does_not_watch_is_told_to_nobody)
{
	struct scene scene = scene_begin();

	watch(scene.staff, "w-1", scene.key, 3);
	kit_forget(scene.staff);
	kit_say(scene.visitor, "{s:s, s:s, s:b}", "do", "typing", "conversation", scene.key, "on", 1);
	kit_assert_heard(scene.staff, NULL);
	kit_assert_heard(scene.visitor, NULL);
	kit_say(scene.visitor, "{s:s, s:s, s:s, s:b}", "do", "typing", "id", "t-1", "conversation", scene.key, "on", 1);
	kit_assert_problem(scene.visitor, "t-1", "state", "conversation");
	scene_end(&scene);
}

TEST(a_log_of_many_pages_is_sent_in_order)
{
	struct scene scene = scene_begin();

	for (unsigned i = 0; i < LIMIT_PAGE_ROWS * 2 + 7; i++)
		send_as(&scene, i % 3 == 0 ? scene.ann : scene.vera, "message.send", "one of many");
	watch(scene.staff, "w-1", scene.key, 0);
	for (unsigned seq = 1; seq <= LIMIT_PAGE_ROWS * 2 + 10; seq++)
		assert_item(scene.staff, (int)seq, NULL);
	kit_assert_heard(scene.staff, "{\"re\":\"w-1\",\"ok\":{\"head\":410,\"readings\":{}}}");
	scene_end(&scene);
}

TEST(a_log_larger_than_the_output_is_read_as_fast_as_the_reader_takes_it)
{
	struct scene scene = scene_begin();
	g_autofree char *text = g_strnfill(LIMIT_MESSAGE_BYTES, 'x');

	for (unsigned i = 0; i < 150; i++)
		send_as(&scene, scene.ann, "message.send", text);
	scene.visitor->is_deaf = true;
	watch(scene.visitor, "w-1", scene.key, 3);
	/* The rest waits in the store, not in memory; new items find the watch catching up. */
	send_as(&scene, scene.ann, "message.send", "meanwhile");
	kit_settle(scene.hub);
	scene.visitor->is_deaf = false;
	for (int seq = 4; seq <= 154; seq++)
		assert_item(scene.visitor, seq, seq == 154 ? "meanwhile" : text);
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":154,\"readings\":{}}}");
	assert_int_equal(scene.visitor->closed, 0);
	scene_end(&scene);
}

/* P7: whatever was missed comes once and in order, however much it was. */
TEST(ten_thousand_missed_items_come_once_and_in_order)
{
	enum { MISSED = 10000 };
	struct scene scene = scene_begin();
	char text[16];

	for (int i = 1; i <= MISSED; i++) {
		g_snprintf(text, sizeof text, "line %d", i);
		send_as(&scene, scene.ann, "message.send", text);
	}
	watch(scene.visitor, "w-1", scene.key, 3);
	for (int i = 1; i <= MISSED; i++) {
		g_snprintf(text, sizeof text, "line %d", i);
		assert_item(scene.visitor, 3 + i, text);
	}
	kit_assert_heard(scene.visitor, "{\"re\":\"w-1\",\"ok\":{\"head\":10003,\"readings\":{}}}");
	scene_end(&scene);
}

/* What another machine's bus may do. */
static void
publish(struct scene *scene, int64_t topic, const struct item_added *body)
{
	struct event event = { .kind = EVENT_ITEM_ADDED, .topic = topic, .body = body };

	bus_publish(kit_edge(scene->desk)->bus, &event);
}

static int64_t
topic_of(struct scene *scene)
{
	GHashTableIter iter;
	gpointer topic;

	g_hash_table_iter_init(&iter, scene->hub->hub->topics);
	assert_true(g_hash_table_iter_next(&iter, &topic, NULL));
	return ((struct topic *)topic)->id;
}

TEST(an_event_that_comes_twice_too_early_or_without_a_body_tells_each_item_once)
{
	struct scene scene = scene_begin();
	struct item_added twice = { .conversation = scene.key, .item = { .seq = 3, .kind = ITEM_TAKEN } };
	struct item_added early = { .conversation = scene.key, .item = { .seq = 9, .kind = ITEM_MESSAGE } };

	watch(scene.visitor, "w-1", scene.key, 1);
	kit_forget(scene.visitor);

	int64_t topic = topic_of(&scene);

	publish(&scene, topic, &twice);
	publish(&scene, topic, &early);
	publish(&scene, topic, NULL);
	kit_assert_heard(scene.visitor, NULL);

	/* Written behind the hub's back: it hears of it by a hint only. */
	kit_edge(scene.desk)->hub = NULL;
	struct bus *bus = kit_edge(scene.desk)->bus;

	kit_edge(scene.desk)->bus = bus_local_new();
	send_as(&scene, scene.ann, "message.send", "by hint");
	send_as(&scene, scene.ann, "message.send", "and by gap");
	bus_free(kit_edge(scene.desk)->bus);
	kit_edge(scene.desk)->bus = bus;
	publish(&scene, topic, NULL);
	assert_item(scene.visitor, 4, "by hint");
	assert_item(scene.visitor, 5, "and by gap");
	publish(&scene, topic, &early);
	kit_assert_heard(scene.visitor, NULL);
	scene_end(&scene);
}

TEST(a_socket_follows_as_many_conversations_as_the_limit_and_no_more)
{
	struct scene scene = scene_begin();

	for (unsigned i = 0; i < LIMIT_SOCKET_WATCHES; i++) {
		g_autofree char *id = g_strdup_printf("w-%u", i), *start = g_strdup_printf("start-%04u", i + 100);
		const char *key = g_intern_string(
		    kit_text(kit_do(scene.desk, kit_visitor(scene.desk, id), "chat.start", "{s:s}", "id", start),
			"conversation"));

		watch(scene.staff, id, key, 1);
		assert_true(strstr(kit_heard(scene.staff), "\"ok\"") != NULL);
	}
	watch(scene.staff, "w-last", scene.key, 3);
	kit_assert_problem(scene.staff, "w-last", "state", NULL);
	kit_say(scene.staff, "{s:s, s:s, s:b}", "do", "watch", "id", "w-desk", "desk", 1);
	kit_assert_problem(scene.staff, "w-desk", "state", NULL);
	assert_int_equal(scene.staff->closed, 0);
	scene_end(&scene);
}

TEST(a_topic_lives_as_long_as_it_is_watched)
{
	struct scene scene = scene_begin();
	struct hub_figures figures;

	watch(scene.visitor, "w-1", scene.key, 3);
	watch(scene.staff, "w-2", scene.key, 3);
	hub_figures(scene.hub->hub, &figures);
	assert_int_equal(figures.topics, 1);
	assert_int_equal(figures.watches, 2);
	kit_hang_up(scene.visitor);
	hub_figures(scene.hub->hub, &figures);
	assert_int_equal(figures.watches, 1);
	kit_hang_up(scene.staff);
	hub_figures(scene.hub->hub, &figures);
	assert_int_equal(figures.topics, 0);
	assert_int_equal(figures.watches, 0);
	assert_int_equal(figures.sockets, 0);
	scene_end(&scene);
}

TEST(an_idle_visitor_costs_a_few_hundred_bytes)
{
	/* performance.md, B2: 1 kB of the whole program for each; these are what the hub keeps, with its address. */
	assert_true(offsetof(struct socket, address) + sizeof("127.0.0.1") <= 128);
	assert_true(sizeof(struct watch) <= 56);
	assert_true(sizeof(struct topic) <= 40);
	assert_true(sizeof(struct party) <= 56);
}
