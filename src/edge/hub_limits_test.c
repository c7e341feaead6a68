/* Facts about what sockets may take of a desk: each limit at its number and one above, and who is closed for it. */
#include "edge/hub.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "edge/crowd.h"
#include "edge/flood.h"
#include "edge/socket.h"
#include "tests/kit/desk_heard.h"
#include "tests/kit/desk_page.h"
#include "tests/kit/facts.h"

TEST(json_is_nested_as_deep_as_the_limit_and_no_deeper)
{
	struct page_scene scene = page_scene_begin();

	for (int depth = LIMIT_JSON_DEPTH; depth <= LIMIT_JSON_DEPTH + 1; depth++) {
		g_autofree char *open = g_strnfill(depth - 1, '['), *close = g_strnfill(depth - 1, ']');
		g_autofree char *text = g_strdup_printf("{\"do\":\"ping\",\"id\":\"x\",\"deep\":%s%s}", open, close);

		kit_say_text(scene.page, text);
		if (depth == LIMIT_JSON_DEPTH)
			kit_assert_problem(scene.page, "x", "field", "deep");
		else
			kit_assert_closed(scene.page, 4400);
	}
	page_scene_end(&scene);
}

TEST(a_message_is_as_long_as_the_limit_and_no_longer)
{
	struct page_scene scene = page_scene_begin();
	g_autofree char *text = g_strnfill(LIMIT_FRAME_BYTES + 1, ' ');

	memcpy(text, "{\"do\":\"ping\",\"id\":\"p-1\"}", 24);
	kit_say_frame(scene.page, 0x81, text, LIMIT_FRAME_BYTES);
	kit_assert_heard(scene.page, "{\"re\":\"p-1\",\"ok\":{}}");
	kit_say_frame(scene.page, 0x81, text, LIMIT_FRAME_BYTES + 1);
	kit_assert_closed(scene.page, 1009);
	page_scene_end(&scene);
}

TEST(an_answer_that_is_too_long_for_a_socket_is_refused)
{
	struct page_scene scene = page_scene_begin();
	const char *key = page_scene_chat(&scene);
	g_autofree char *text = g_strnfill(LIMIT_MESSAGE_BYTES, 'x');

	for (unsigned i = 0; i < 40; i++) {
		g_autofree char *id = g_strdup_printf("m-%06u", i);

		assert_true(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "id", id, "conversation",
		    key, "text", text)
				->is_ok);
	}
	kit_say(scene.page, "{s:s, s:s, s:s}", "do", "conversation.items", "id", "i-1", "conversation", key);
	kit_assert_problem(scene.page, "i-1", "size", NULL);
	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "conversation.items", "id", "i-2", "conversation", key,
	    "limit", 3);
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"i-2\",\"ok\":{\"items\":[{\"seq\":1"));
	page_scene_end(&scene);
}

TEST(who_reads_too_slowly_is_closed_and_the_others_go_on)
{
	struct page_scene scene = page_scene_begin();
	struct kit_client *slow = kit_connect(scene.hub, scene.vera);
	const char *key = page_scene_chat(&scene);
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
	kit_assert_closed(slow, 4410);
	assert_int_equal(kit_forget(scene.page), sent);
	kit_assert_alive(scene.page);
	page_scene_end(&scene);
}

TEST(while_too_much_waits_for_all_who_does_not_read_is_closed_and_the_others_get_a_little)
{
	struct page_scene scene = page_scene_begin();
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
	page_scene_end(&scene);
}

TEST(as_much_output_waits_as_the_limit_and_no_more)
{
	struct page_scene scene = page_scene_begin();
	struct socket *socket = scene.hub->hub->lists[SOCKET_FRESH].first;
	g_autofree char *text = g_strnfill(LIMIT_SOCKET_OUTPUT_BYTES, 'x');
	struct packet *most = packet_new(FRAME_TEXT, text, LIMIT_SOCKET_OUTPUT_BYTES - 10);
	struct packet *one = packet_new(FRAME_TEXT, text, 1);

	assert_int_equal(most->size, LIMIT_SOCKET_OUTPUT_BYTES);
	socket_send(socket, most);
	assert_true(socket_is_open(socket));
	socket_send(socket, one);
	assert_false(socket_is_open(socket));
	kit_assert_closed(scene.page, 4410);
	packet_unref(most);
	packet_unref(one);
	page_scene_end(&scene);
}

TEST(as_many_commands_are_under_way_as_the_limit_and_no_more)
{
	struct page_scene scene = page_scene_begin();
	const char *key = page_scene_chat(&scene);

	kit_hold(scene.desk);
	for (unsigned i = 0; i <= LIMIT_SOCKET_COMMANDS; i++) {
		g_autofree char *id = g_strdup_printf("m-%06u", i);

		kit_assert_closed(scene.page, 0);
		kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", id, "conversation", key, "text",
		    "fast");
	}
	kit_assert_closed(scene.page, 4429);
	/* What was asked for is done, though nobody is there to hear of it. */
	kit_hang_up(scene.page);
	kit_let_go(scene.desk);
	kit_settle(scene.hub);
	assert_int_equal(
	    kit_int(kit_do(scene.desk, scene.vera, "conversation.items", "{s:s}", "conversation", key), "head"),
	    1 + LIMIT_SOCKET_COMMANDS);
	assert_int_equal(page_scene_sockets(&scene), 0);
	page_scene_end(&scene);
}

/* Reading is what is counted for both, the command and the socket, so the first refusal is a close. */
TEST(a_flood_of_commands_closes_the_socket)
{
	struct page_scene scene = page_scene_begin();
	struct flood_table *floods = kit_edge(scene.desk)->floods = flood_table_new();
	unsigned answered = 0;

	while (scene.page->closed == 0 && answered < 5000) {
		kit_say(scene.page, "{s:s, s:s}", "do", "chat.visit", "id", "v");
		answered += kit_heard(scene.page) != NULL;
	}
	assert_in_range(answered, 1, 4999);
	kit_assert_closed(scene.page, 4429);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	page_scene_end(&scene);
}

TEST(who_writes_too_much_is_told_first)
{
	struct page_scene scene = page_scene_begin();
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
	kit_assert_alive(scene.page);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	page_scene_end(&scene);
}

TEST(pings_of_the_protocol_count_as_well)
{
	struct page_scene scene = page_scene_begin();
	struct flood_table *floods = kit_edge(scene.desk)->floods = flood_table_new();

	for (unsigned i = 0; i < 200; i++)
		kit_say_frame(scene.page, 0x89, "", 0);
	kit_assert_closed(scene.page, 0);
	kit_say_frame(scene.page, 0x89, "", 0);
	kit_assert_closed(scene.page, 4429);
	kit_edge(scene.desk)->floods = NULL;
	flood_table_free(floods);
	page_scene_end(&scene);
}

TEST(a_visitor_opens_as_many_sockets_as_the_limit_and_no_more)
{
	struct page_scene scene = page_scene_begin();
	struct kit_client *last = NULL;

	for (unsigned i = 1; i < LIMIT_SOCKETS_PER_SESSION; i++) {
		assert_false(hub_is_full(scene.hub->hub, &scene.vera->credential));
		last = kit_connect(scene.hub, scene.vera);
	}
	assert_true(hub_is_full(scene.hub->hub, &scene.vera->credential));
	kit_assert_closed(kit_connect(scene.hub, scene.vera), 1013);
	kit_assert_alive(last);
	kit_assert_alive(kit_connect(scene.hub, kit_visitor(scene.desk, "otto")));
	kit_hang_up(last);
	assert_false(hub_is_full(scene.hub->hub, &scene.vera->credential));
	page_scene_end(&scene);
}

TEST(the_desk_has_as_many_sockets_as_the_limit_and_no_more)
{
	struct page_scene scene = page_scene_begin();
	const struct kit_actor *otto = kit_visitor(scene.desk, "otto");

	scene.hub->hub->figures.sockets = LIMIT_SOCKETS - 1;
	assert_false(hub_is_full(scene.hub->hub, &otto->credential));
	kit_assert_alive(kit_connect(scene.hub, otto));
	assert_true(hub_is_full(scene.hub->hub, &otto->credential));
	kit_assert_closed(kit_connect(scene.hub, otto), 1013);
	page_scene_end(&scene);
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

TEST(a_socket_works_when_there_are_no_descriptors_left)
{
	struct page_scene scene = page_scene_begin();
	struct rlimit before, none;
	int first_free = dup(0);

	assert_true(first_free >= 0);
	close(first_free);
	getrlimit(RLIMIT_NOFILE, &before);
	none = before;
	none.rlim_cur = (rlim_t)first_free;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(dup(0), -1);
	kit_assert_alive(scene.page);
	kit_hang_up(scene.page);
	assert_int_equal(page_scene_sockets(&scene), 0);
	setrlimit(RLIMIT_NOFILE, &before);
	page_scene_end(&scene);
}

TEST(a_descriptor_that_cannot_be_watched_is_closed)
{
	struct page_scene scene = page_scene_begin();
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "file", NULL);
	FILE *file = fopen(path, "w");
	int fd = dup(fileno(file));

	hub_accept(scene.hub->hub, fd, &scene.vera->credential, "127.0.0.1", NULL, 0);
	assert_int_equal(close(fd), -1);
	assert_int_equal(page_scene_sockets(&scene), 1);
	fclose(file);
	page_scene_end(&scene);
}
