/* Facts about the life of sockets: every close code, every limit, and what a client may say. */
#include "edge/hub.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/crowd.h"
#include "edge/flood.h"
#include "edge/socket.h"
#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	struct kit_hub *hub;
	const struct kit_actor *vera;
	struct kit_client *page;
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.hub = kit_hub_begin(scene.desk);
	scene.vera = kit_visitor(scene.desk, "vera");
	scene.page = kit_connect(scene.hub, scene.vera);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	kit_hub_end(scene->hub);
	kit_desk_end(scene->desk);
}

static const char *
start_chat(struct scene *scene)
{
	const struct kit_answer *answer = kit_do(scene->desk, scene->vera, "chat.start", "{s:s}", "id", "start-0001");

	assert_true(answer->is_ok);
	return g_intern_string(kit_text(answer, "conversation"));
}

static void
assert_heard(struct kit_client *client, const char *expected)
{
	const char *heard = kit_heard(client);

	if (g_strcmp0(heard, expected) != 0)
		fail_msg("wanted %s\nheard  %s (closed %u)", expected, heard, client->closed);
}

static void
assert_problem(struct kit_client *client, const char *re, const char *type, const char *field)
{
	json_t *message = json_loads(kit_heard(client) ?: "{}", 0, NULL),
	       *problem = json_object_get(message, "problem");
	g_autofree char *urn = g_strconcat("urn:softanswer:", type, NULL);

	if (g_strcmp0(json_string_value(json_object_get(message, "re")), re) != 0 ||
	    g_strcmp0(json_string_value(json_object_get(problem, "type")), urn) != 0 ||
	    g_strcmp0(json_string_value(json_object_get(problem, "field")), field) != 0)
		fail_msg("wanted re %s, %s, field %s\nheard %s", re, type, field, client->heard);
	json_decref(message);
}

static void
assert_closed(struct kit_client *client, unsigned code)
{
	kit_settle(client->hub);
	if (client->closed != code)
		fail_msg("wanted a close with %u, got %u (%s)", code, client->closed, client->reason);
	assert_true(client->is_ended == (code != 0));
}

/* Whether the desk still answers on this socket. */
static void
assert_alive(struct kit_client *client)
{
	kit_forget(client);
	kit_say_text(client, "{\"do\":\"ping\",\"id\":\"alive\"}");
	assert_heard(client, "{\"re\":\"alive\",\"ok\":{}}");
}

static unsigned
count_sockets(struct scene *scene)
{
	struct hub_figures figures;

	hub_figures(scene->hub->hub, &figures);
	return figures.sockets;
}

TEST(a_message_may_come_cut_up_anywhere)
{
	static const char text[] = "{\"do\":\"ping\",\"id\":\"p-\xC3\xBC\"}";
	struct scene scene = scene_begin();
	uint8_t frame[FRAME_HEAD_BYTES + sizeof(text)];
	static const uint8_t mask[4] = { 9, 8, 7, 6 };
	size_t head = frame_head(frame, FRAME_TEXT, true, strlen(text), mask), size = head + strlen(text);

	memcpy(frame + head, text, strlen(text));
	frame_mask(frame + head, strlen(text), mask);
	for (size_t cut = 1; cut < size; cut++) {
		kit_say_bytes(scene.page, frame, cut);
		kit_say_bytes(scene.page, frame + cut, size - cut);
		assert_heard(scene.page, "{\"re\":\"p-\xC3\xBC\",\"ok\":{}}");
	}
	for (size_t at = 0; at < size; at++)
		kit_say_bytes(scene.page, frame + at, 1);
	assert_heard(scene.page, "{\"re\":\"p-\xC3\xBC\",\"ok\":{}}");
	scene_end(&scene);
}

TEST(a_message_may_come_in_fragments_with_a_ping_between)
{
	struct scene scene = scene_begin();

	kit_say_frame(scene.page, 0x01, "{\"do\":\"pi", 9);
	kit_say_frame(scene.page, 0x89, "are you there?", 14);
	kit_say_frame(scene.page, 0x00, "ng\",\"id\":", 9);
	kit_say_frame(scene.page, 0x80, "\"p-1\"}", 6);
	assert_heard(scene.page, "{\"re\":\"p-1\",\"ok\":{}}");
	assert_int_equal(scene.page->pongs, 1);
	scene_end(&scene);
}

TEST(what_came_behind_the_handshake_is_read)
{
	struct scene scene = scene_begin();
	uint8_t frame[64];
	static const uint8_t mask[4] = { 0 };
	static const char text[] = "{\"do\":\"ping\",\"id\":\"p-1\"}";
	size_t head = frame_head(frame, FRAME_TEXT, true, strlen(text), mask);
	int pair[2];
	char answer[64] = "";

	memcpy(frame + head, text, strlen(text));
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	hub_accept(scene.hub->hub, pair[1], &scene.vera->credential, "127.0.0.1", frame, head + 5);
	assert_int_equal(send(pair[0], frame + head + 5, strlen(text) - 5, 0), (int)strlen(text) - 5);
	kit_settle(scene.hub);
	assert_true(recv(pair[0], answer, sizeof(answer) - 1, 0) > 2);
	assert_string_equal(answer + 2, "{\"re\":\"p-1\",\"ok\":{}}");
	close(pair[0]);
	scene_end(&scene);
}

TEST(what_is_not_the_protocol_closes_with_its_code)
{
	static const struct {
		unsigned first, code;
		const char *payload;
	} wrongs[] = {
		{ 0xC1, 1002, "{}" },
		{ 0x83, 1002, "{}" },
		{ 0x80, 1002, "{}" },
		{ 0x82, 1003, "{}" },
		{ 0x81, 1007, "\"\xC3\"" },
		{ 0x81, 4400, "" },
		{ 0x81, 4400, "nothing" },
		{ 0x81, 4400, "[]" },
		{ 0x81, 4400, "{\"id\":\"x\"}" },
		{ 0x81, 4400, "{\"do\":7,\"id\":\"x\"}" },
		{ 0x81, 4400, "{\"do\":\"ping\",\"do\":\"ping\",\"id\":\"x\"}" },
		{ 0x81, 4400, "{\"do\":\"ping\",\"id\":\"x\"} {}" },
		{ 0x81, 4400, "{\"do\":\"ping\",\"id\":\"\\u0000\"}" },
		{ 0x81, 4400, "{\"do\":\"ping\",\"id\":\"\\ud800\"}" },
		{ 0x88, 1000, "\x03\xE8" },
		{ 0x88, 4321,
		    "\x10\xE1"
		    "bye" },
		{ 0x88, 1005, "" },
		{ 0x88, 1002, "\x03\xED" },
	};
	struct scene scene = scene_begin();

	for (unsigned i = 0; i < G_N_ELEMENTS(wrongs); i++) {
		struct kit_client *client = kit_connect(scene.hub, scene.vera);

		kit_say_frame(client, wrongs[i].first, wrongs[i].payload, strlen(wrongs[i].payload));
		assert_closed(client, wrongs[i].code);
		kit_hang_up(client);
	}
	assert_alive(scene.page);
	assert_int_equal(count_sockets(&scene), 1);
	scene_end(&scene);
}

TEST(json_is_nested_as_deep_as_the_limit_and_no_deeper)
{
	struct scene scene = scene_begin();

	for (int depth = LIMIT_JSON_DEPTH; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
		g_autofree char *open = g_strnfill(depth - 1, '['), *close = g_strnfill(depth - 1, ']');
		g_autofree char *text = g_strdup_printf("{\"do\":\"ping\",\"id\":\"x\",\"deep\":%s%s}", open, close);

		kit_say_text(scene.page, text);
		if (depth == LIMIT_JSON_DEPTH)
			assert_problem(scene.page, "x", "field", "deep");
		else
			assert_closed(scene.page, 4400);
	}
	scene_end(&scene);
}

TEST(a_message_is_as_long_as_the_limit_and_no_longer)
{
	struct scene scene = scene_begin();
	g_autofree char *text = g_strnfill(LIMIT_FRAME_BYTES + 1, ' ');

	memcpy(text, "{\"do\":\"ping\",\"id\":\"p-1\"}", 24);
	kit_say_frame(scene.page, 0x81, text, LIMIT_FRAME_BYTES);
	assert_heard(scene.page, "{\"re\":\"p-1\",\"ok\":{}}");
	kit_say_frame(scene.page, 0x81, text, LIMIT_FRAME_BYTES + 1);
	assert_closed(scene.page, 1009);
	scene_end(&scene);
}

TEST(what_cannot_be_done_is_answered_with_the_id)
{
	struct scene scene = scene_begin();
	g_autofree char *id = g_strnfill(LIMIT_CALLER_ID_BYTES, 'i'),
			*long_id = g_strnfill(LIMIT_CALLER_ID_BYTES + 1, 'i');

	kit_say(scene.page, "{s:s, s:s}", "do", "fly", "id", "a");
	assert_problem(scene.page, "a", "unknown", "do");
	kit_say(scene.page, "{s:s, s:s}", "do", "session.start", "id", "b");
	assert_problem(scene.page, "b", "unknown", "do");
	kit_say(scene.page, "{s:s}", "do", "ping");
	assert_problem(scene.page, NULL, "field", "id");
	kit_say(scene.page, "{s:s, s:i}", "do", "chat.visit", "id", 7);
	assert_problem(scene.page, NULL, "field", "id");
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", id);
	assert_true(strstr(kit_heard(scene.page), "\"ok\":{}") != NULL);
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", long_id);
	assert_problem(scene.page, NULL, "range", "id");
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", "");
	assert_problem(scene.page, NULL, "range", "id");
	kit_say(scene.page, "{s:s, s:s, s:i}", "do", "ping", "id", "c", "more", 1);
	assert_problem(scene.page, "c", "field", "more");
	kit_say(scene.page, "{s:s, s:s}", "do", "watch", "id", "d");
	assert_problem(scene.page, "d", "field", "conversation");
	kit_say(scene.page, "{s:s, s:s, s:b, s:i}", "do", "watch", "id", "e", "desk", 1, "since", 4);
	assert_problem(scene.page, "e", "field", "since");
	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "f", "conversation", "AAAAAAAAAAAAAAAAAAAAAA",
	    "since", -1);
	assert_problem(scene.page, "f", "range", "since");
	kit_say(scene.page, "{s:s, s:s}", "do", "chat.list", "id", "g");
	assert_problem(scene.page, "g", "permission", NULL);
	assert_alive(scene.page);
	scene_end(&scene);
}

TEST(an_answer_that_is_too_long_for_a_socket_is_refused)
{
	struct scene scene = scene_begin();
	const char *key = start_chat(&scene);
	g_autofree char *text = g_strnfill(LIMIT_MESSAGE_BYTES, 'x');

	for (unsigned i = 0; i < 40; i++) {
		g_autofree char *id = g_strdup_printf("m-%06u", i);

		assert_true(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "id", id, "conversation",
		    key, "text", text)
				->is_ok);
	}
	kit_say(scene.page, "{s:s, s:s, s:s}", "do", "conversation.items", "id", "i-1", "conversation", key);
	assert_problem(scene.page, "i-1", "size", NULL);
	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "conversation.items", "id", "i-2", "conversation", key,
	    "limit", 3);
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"i-2\",\"ok\":{\"items\":[{\"seq\":1"));
	scene_end(&scene);
}

TEST(a_silent_socket_is_asked_after_20_seconds_and_closed_after_45)
{
	struct scene scene = scene_begin();
	struct kit_client *answers = kit_connect(scene.hub, scene.vera);

	hub_tick(scene.hub->hub, 19);
	kit_settle(scene.hub);
	assert_int_equal(scene.page->pings, 0);
	hub_tick(scene.hub->hub, 20);
	kit_settle(scene.hub);
	assert_int_equal(scene.page->pings, 1);
	hub_tick(scene.hub->hub, 21);
	kit_say_frame(answers, 0x8A, "", 0);
	hub_tick(scene.hub->hub, 44);
	assert_closed(scene.page, 0);
	assert_int_equal(answers->pings, 2);
	hub_tick(scene.hub->hub, 45);
	assert_closed(scene.page, 4408);
	assert_closed(answers, 0);
	hub_tick(scene.hub->hub, 65);
	assert_closed(answers, 0);
	hub_tick(scene.hub->hub, 66);
	assert_closed(answers, 4408);
	scene_end(&scene);
}

/* A page of vera's, while she is known for so long. */
static struct kit_client *
connect_known(struct scene *scene, int64_t ms)
{
	struct kit_actor known = *scene->vera;

	known.credential.visitor_until = kit_now(scene->desk) + ms;
	return kit_connect(scene->hub, &known);
}

TEST(a_known_visitors_socket_ends_with_the_signature)
{
	struct scene scene = scene_begin();
	struct kit_client *later = connect_known(&scene, 12000), *soon = connect_known(&scene, 5000);

	hub_tick(scene.hub->hub, 5);
	assert_closed(soon, 0);
	hub_tick(scene.hub->hub, 6);
	assert_closed(soon, 4401);
	hub_tick(scene.hub->hub, 12);
	assert_closed(later, 0);
	hub_tick(scene.hub->hub, 13);
	assert_closed(later, 4401);
	assert_alive(scene.page);
	scene_end(&scene);
}

TEST(who_does_not_close_its_end_is_dropped_after_5_seconds)
{
	struct scene scene = scene_begin();

	kit_say_text(scene.page, "no");
	assert_closed(scene.page, 4400);
	hub_tick(scene.hub->hub, 4);
	assert_int_equal(count_sockets(&scene), 1);
	/* What it still says is read and means nothing. */
	kit_say_text(scene.page, "{\"do\":\"ping\",\"id\":\"p-1\"}");
	assert_heard(scene.page, NULL);
	hub_tick(scene.hub->hub, 5);
	assert_int_equal(count_sockets(&scene), 0);
	scene_end(&scene);
}

TEST(a_session_that_ends_closes_its_sockets_and_no_others)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	struct kit_client *one = kit_connect(scene.hub, ann), *two = kit_connect(scene.hub, ann);
	struct kit_client *ben = kit_connect(scene.hub, kit_staff(scene.desk, "ben", ROLE_ADVISOR));

	assert_alive(one);
	assert_true(kit_do(scene.desk, ann, "session.end", NULL)->is_ok);
	assert_closed(one, 4401);
	assert_closed(two, 4401);
	assert_alive(ben);
	assert_alive(scene.page);
	scene_end(&scene);
}

TEST(a_change_of_role_closes_the_sockets)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	struct kit_client *client = kit_connect(scene.hub, ann);

	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "person.role", "{s:I, s:s, s:s}", "person",
	    ann->person, "id", "role-00001", "role", "lead")
			->is_ok);
	assert_closed(client, 4401);
	scene_end(&scene);
}

TEST(who_reads_too_slowly_is_closed_and_the_others_go_on)
{
	struct scene scene = scene_begin();
	struct kit_client *slow = kit_connect(scene.hub, scene.vera);
	const char *key = start_chat(&scene);
	g_autofree char *text = g_strnfill(LIMIT_MESSAGE_BYTES, 'x');
	unsigned sent = 0;

	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w", "conversation", key, "since", 1);
	kit_say(slow, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w", "conversation", key, "since", 1);
	kit_forget(scene.page);
	slow->is_deaf = true;
	for (; sent < 200; sent++) {
		g_autofree char *id = g_strdup_printf("m-%06u", sent);

		kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "id", id, "conversation", key, "text",
		    text);
		kit_settle(scene.hub);
	}
	slow->is_deaf = false;
	assert_closed(slow, 4410);
	assert_int_equal(kit_forget(scene.page), sent);
	assert_alive(scene.page);
	scene_end(&scene);
}

TEST(while_too_much_waits_for_all_who_does_not_read_is_closed_and_the_others_get_a_little)
{
	struct scene scene = scene_begin();
	struct kit_client *other = kit_connect(scene.hub, scene.vera);
	struct socket *socket = scene.hub->hub->lists[SOCKET_FRESH].first,
		      *deaf = scene.hub->hub->lists[SOCKET_FRESH].last;
	g_autofree char *nothing = g_malloc0(LIMIT_SOCKETS_OUTPUT_BYTES);
	struct packet *some = packet_new(FRAME_TEXT, nothing, LIMIT_SOCKET_OUTPUT_LEFT_BYTES - 4);
	struct packet *one = packet_new(FRAME_TEXT, nothing, 1);
	struct packet *rest = packet_new(FRAME_TEXT, nothing, LIMIT_SOCKETS_OUTPUT_BYTES - packets_bytes() - 10);

	assert_int_equal(some->size, LIMIT_SOCKET_OUTPUT_LEFT_BYTES);
	assert_int_equal(packets_bytes(), LIMIT_SOCKETS_OUTPUT_BYTES);
	assert_true(socket != deaf);
	deaf->wants_out = true;
	socket_send(deaf, one);
	assert_true(socket_is_open(deaf));

	struct packet *more = packet_new(FRAME_TEXT, nothing, 1);

	socket_send(deaf, one);
	assert_false(socket_is_open(deaf));
	socket_send(socket, some);
	assert_true(socket_is_open(socket));
	socket_send(socket, one);
	assert_false(socket_is_open(socket));
	deaf->wants_out = false;
	packet_unref(more);
	packet_unref(rest);
	packet_unref(some);
	packet_unref(one);
	kit_disconnect(other);
	scene_end(&scene);
}

TEST(as_much_output_waits_as_the_limit_and_no_more)
{
	struct scene scene = scene_begin();
	struct socket *socket = scene.hub->hub->lists[SOCKET_FRESH].first;
	g_autofree char *text = g_strnfill(LIMIT_SOCKET_OUTPUT_BYTES, 'x');
	struct packet *most = packet_new(FRAME_TEXT, text, LIMIT_SOCKET_OUTPUT_BYTES - 10);
	struct packet *one = packet_new(FRAME_TEXT, text, 1);

	assert_int_equal(most->size, LIMIT_SOCKET_OUTPUT_BYTES);
	socket_send(socket, most);
	assert_true(socket_is_open(socket));
	socket_send(socket, one);
	assert_false(socket_is_open(socket));
	assert_closed(scene.page, 4410);
	packet_unref(most);
	packet_unref(one);
	scene_end(&scene);
}

TEST(as_many_commands_are_under_way_as_the_limit_and_no_more)
{
	struct scene scene = scene_begin();
	const char *key = start_chat(&scene);

	kit_hold(scene.desk);
	for (unsigned i = 0; i <= LIMIT_SOCKET_COMMANDS; i++) {
		g_autofree char *id = g_strdup_printf("m-%06u", i);

		assert_closed(scene.page, 0);
		kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", id, "conversation", key, "text",
		    "fast");
	}
	assert_closed(scene.page, 4429);
	/* What was asked for is done, though nobody is there to hear of it. */
	kit_hang_up(scene.page);
	kit_let_go(scene.desk);
	kit_settle(scene.hub);
	assert_int_equal(
	    kit_int(kit_do(scene.desk, scene.vera, "conversation.items", "{s:s}", "conversation", key), "head"),
	    1 + LIMIT_SOCKET_COMMANDS);
	assert_int_equal(count_sockets(&scene), 0);
	scene_end(&scene);
}

TEST(answers_come_in_the_order_of_commits_after_the_commit)
{
	struct scene scene = scene_begin();
	const char *key = start_chat(&scene);

	kit_hold(scene.desk);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation", key, "text",
	    "1");
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "2");
	assert_heard(scene.page, NULL);
	kit_let_go(scene.desk);
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000001\",\"ok\":{\"seq\":2,"));
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000002\",\"ok\":{\"seq\":3,"));
	scene_end(&scene);
}

TEST(nothing_is_shown_of_a_commit_that_failed)
{
	struct scene scene = scene_begin();
	const char *key = start_chat(&scene);

	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w", "conversation", key, "since", 1);
	kit_forget(scene.page);
	kit_fail_next(scene.desk, CREW_LOST);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation", key, "text",
	    "lost");
	assert_problem(scene.page, "m-000001", "store", NULL);
	assert_heard(scene.page, NULL);
	kit_fail_next(scene.desk, CREW_UNANSWERED);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "maybe");
	/* Who watches was asked to look, and finds it; the same id again tells the sender. */
	assert_non_null(strstr(kit_heard(scene.page), "\"maybe\""));
	assert_problem(scene.page, "m-000002", "uncertain", NULL);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "maybe");
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000002\",\"ok\":{\"seq\":2,"));
	assert_heard(scene.page, NULL);
	scene_end(&scene);
}

TEST(a_flood_of_commands_is_refused_and_then_closed)
{
	struct scene scene = scene_begin();
	struct flood_table *floods = kit_edge(scene.desk)->floods = flood_table_new();
	unsigned refused = 0;

	while (scene.page->closed == 0 && refused < 5000) {
		kit_say(scene.page, "{s:s, s:s}", "do", "chat.visit", "id", "v");
		if (strstr(kit_heard(scene.page) ?: "", "urn:softanswer:flood") != NULL)
			refused++;
	}
	/* Reading is what is counted for both, so the first refusal is the last. */
	assert_closed(scene.page, 4429);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	scene_end(&scene);
}

TEST(who_writes_too_much_is_told_first)
{
	struct scene scene = scene_begin();
	struct flood_table *floods = kit_edge(scene.desk)->floods = flood_table_new();
	const char *key = "AAAAAAAAAAAAAAAAAAAAAA";
	unsigned told = 0;

	for (unsigned i = 0; i < 70; i++) {
		g_autofree char *id = g_strdup_printf("m-%06u", i);

		kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", id, "conversation", key, "text",
		    "fast");
		if (strstr(kit_heard(scene.page), "urn:softanswer:flood") != NULL)
			told++;
	}
	assert_int_equal(told, 10);
	assert_alive(scene.page);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	scene_end(&scene);
}

TEST(pings_of_the_protocol_count_as_well)
{
	struct scene scene = scene_begin();
	struct flood_table *floods = kit_edge(scene.desk)->floods = flood_table_new();

	for (unsigned i = 0; i < 200; i++)
		kit_say_frame(scene.page, 0x89, "", 0);
	assert_closed(scene.page, 0);
	kit_say_frame(scene.page, 0x89, "", 0);
	assert_closed(scene.page, 4429);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	scene_end(&scene);
}

TEST(a_visitor_opens_as_many_sockets_as_the_limit_and_no_more)
{
	struct scene scene = scene_begin();
	struct kit_client *last = NULL;

	for (unsigned i = 1; i < LIMIT_SOCKETS_PER_SESSION; i++) {
		assert_false(hub_is_full(scene.hub->hub, &scene.vera->credential));
		last = kit_connect(scene.hub, scene.vera);
	}
	assert_true(hub_is_full(scene.hub->hub, &scene.vera->credential));
	assert_closed(kit_connect(scene.hub, scene.vera), 1013);
	assert_alive(last);
	assert_alive(kit_connect(scene.hub, kit_visitor(scene.desk, "otto")));
	kit_hang_up(last);
	assert_false(hub_is_full(scene.hub->hub, &scene.vera->credential));
	scene_end(&scene);
}

TEST(the_desk_has_as_many_sockets_as_the_limit_and_no_more)
{
	struct scene scene = scene_begin();
	const struct kit_actor *otto = kit_visitor(scene.desk, "otto");

	scene.hub->hub->figures.sockets = LIMIT_SOCKETS - 1;
	assert_false(hub_is_full(scene.hub->hub, &otto->credential));
	assert_alive(kit_connect(scene.hub, otto));
	assert_true(hub_is_full(scene.hub->hub, &otto->credential));
	assert_closed(kit_connect(scene.hub, otto), 1013);
	scene_end(&scene);
}

TEST(a_socket_counts_for_its_address_until_it_is_gone)
{
	struct kit_desk *desk = kit_desk_begin(1);
	struct crowd *crowd = kit_edge(desk)->crowd = crowd_new(2);
	struct kit_hub *hub = kit_hub_begin(desk);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	struct kit_client *one = kit_connect(hub, vera);

	assert_true(crowd_has_room(crowd, "127.0.0.1"));
	kit_connect(hub, vera);
	assert_false(crowd_has_room(crowd, "127.0.0.1"));
	kit_hang_up(one);
	assert_true(crowd_has_room(crowd, "127.0.0.1"));
	kit_hub_end(hub);
	assert_int_equal(crowd_addresses(crowd), 0);
	kit_edge(desk)->crowd = NULL;
	crowd_free(crowd);
	kit_desk_end(desk);
}

TEST(a_desk_that_stops_says_so_and_takes_nobody)
{
	struct scene scene = scene_begin();

	hub_stop(scene.hub->hub);
	assert_closed(scene.page, 1001);
	assert_true(hub_is_full(scene.hub->hub, &scene.vera->credential));
	assert_closed(kit_connect(scene.hub, scene.vera), 1001);
	scene_end(&scene);
}

TEST(a_socket_works_when_there_are_no_descriptors_left)
{
	struct scene scene = scene_begin();
	struct rlimit before, none;
	int first_free = dup(0);

	assert_true(first_free >= 0);
	close(first_free);
	getrlimit(RLIMIT_NOFILE, &before);
	none = before;
	none.rlim_cur = (rlim_t)first_free;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(dup(0), -1);
	assert_alive(scene.page);
	kit_hang_up(scene.page);
	assert_int_equal(count_sockets(&scene), 0);
	setrlimit(RLIMIT_NOFILE, &before);
	scene_end(&scene);
}

TEST(a_descriptor_that_cannot_be_watched_is_closed)
{
	struct scene scene = scene_begin();
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "file", NULL);
	FILE *file = fopen(path, "w");
	int fd = dup(fileno(file));

	hub_accept(scene.hub->hub, fd, &scene.vera->credential, "127.0.0.1", NULL, 0);
	assert_int_equal(close(fd), -1);
	assert_int_equal(count_sockets(&scene), 1);
	fclose(file);
	scene_end(&scene);
}

TEST(what_happened_is_counted)
{
	struct scene scene = scene_begin();
	static const unsigned codes[HUB_CODE_COUNT] = HUB_CODES;
	struct hub_figures figures;

	assert_alive(scene.page);
	kit_say_text(kit_connect(scene.hub, scene.vera), "no");
	kit_hang_up(kit_connect(scene.hub, scene.vera));
	hub_figures(scene.hub->hub, &figures);
	assert_int_equal(figures.opened, 3);
	assert_int_equal(figures.sockets, 2);
	assert_int_equal(figures.messages_in, 2);
	assert_int_equal(figures.messages_out, 1);
	assert_int_equal(figures.vanished, 1);
	for (unsigned i = 0; i < HUB_CODE_COUNT; i++)
		assert_int_equal(figures.closed[i], codes[i] == 4400 ? 1 : 0);
	scene_end(&scene);
}
