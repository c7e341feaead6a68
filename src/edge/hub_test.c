/* Facts about the life of sockets: what a client may say, in which order it is answered, and how a socket ends. */
#include "edge/hub.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/crowd.h"
#include "edge/socket.h"
#include "tests/kit/desk_heard.h"
#include "tests/kit/desk_page.h"
#include "tests/kit/facts.h"

TEST(a_message_may_come_cut_up_anywhere)
{
	static const char text[] = "{\"do\":\"ping\",\"id\":\"p-\xC3\xBC\"}";
	struct page_scene scene = page_scene_begin();
	uint8_t frame[FRAME_HEAD_BYTES + sizeof(text)];
	static const uint8_t mask[4] = { 9, 8, 7, 6 };
	size_t head = frame_head(frame, FRAME_TEXT, true, strlen(text), mask), size = head + strlen(text);

	memcpy(frame + head, text, strlen(text));
	frame_mask(frame + head, strlen(text), mask);
	for (size_t cut = 1; cut < size; cut++) {
		kit_say_bytes(scene.page, frame, cut);
		kit_say_bytes(scene.page, frame + cut, size - cut);
		kit_assert_heard(scene.page, "{\"re\":\"p-\xC3\xBC\",\"ok\":{}}");
	}
	for (size_t at = 0; at < size; at++)
		kit_say_bytes(scene.page, frame + at, 1);
	kit_assert_heard(scene.page, "{\"re\":\"p-\xC3\xBC\",\"ok\":{}}");
	page_scene_end(&scene);
}

TEST(a_message_may_come_in_fragments_with_a_ping_between)
{
	struct page_scene scene = page_scene_begin();

	kit_say_frame(scene.page, 0x01, "{\"do\":\"pi", 9);
	kit_say_frame(scene.page, 0x89, "are you there?", 14);
	kit_say_frame(scene.page, 0x00, "ng\",\"id\":", 9);
	kit_say_frame(scene.page, 0x80, "\"p-1\"}", 6);
	kit_assert_heard(scene.page, "{\"re\":\"p-1\",\"ok\":{}}");
	assert_int_equal(scene.page->pongs, 1);
	page_scene_end(&scene);
}

TEST(what_came_behind_the_handshake_is_read)
{
	struct page_scene scene = page_scene_begin();
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
	page_scene_end(&scene);
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
	struct page_scene scene = page_scene_begin();

	for (unsigned i = 0; i < G_N_ELEMENTS(wrongs); i++) {
		struct kit_client *client = kit_connect(scene.hub, scene.vera);

		kit_say_frame(client, wrongs[i].first, wrongs[i].payload, strlen(wrongs[i].payload));
		kit_assert_closed(client, wrongs[i].code);
		kit_hang_up(client);
	}
	kit_assert_alive(scene.page);
	assert_int_equal(page_scene_sockets(&scene), 1);
	page_scene_end(&scene);
}

TEST(what_cannot_be_done_is_answered_with_the_id)
{
	struct page_scene scene = page_scene_begin();
	g_autofree char *id = g_strnfill(LIMIT_CALLER_ID_BYTES, 'i'),
			*long_id = g_strnfill(LIMIT_CALLER_ID_BYTES + 1, 'i');

	kit_say(scene.page, "{s:s, s:s}", "do", "fly", "id", "a");
	kit_assert_problem(scene.page, "a", "unknown", "do");
	kit_say(scene.page, "{s:s, s:s}", "do", "session.start", "id", "b");
	kit_assert_problem(scene.page, "b", "unknown", "do");
	kit_say(scene.page, "{s:s}", "do", "ping");
	kit_assert_problem(scene.page, NULL, "field", "id");
	kit_say(scene.page, "{s:s, s:i}", "do", "chat.visit", "id", 7);
	kit_assert_problem(scene.page, NULL, "field", "id");
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", id);
	assert_true(strstr(kit_heard(scene.page), "\"ok\":{}") != NULL);
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", long_id);
	kit_assert_problem(scene.page, NULL, "range", "id");
	kit_say(scene.page, "{s:s, s:s}", "do", "ping", "id", "");
	kit_assert_problem(scene.page, NULL, "range", "id");
	kit_say(scene.page, "{s:s, s:s, s:i}", "do", "ping", "id", "c", "more", 1);
	kit_assert_problem(scene.page, "c", "field", "more");
	kit_say(scene.page, "{s:s, s:s}", "do", "watch", "id", "d");
	kit_assert_problem(scene.page, "d", "field", "conversation");
	kit_say(scene.page, "{s:s, s:s, s:b, s:i}", "do", "watch", "id", "e", "desk", 1, "since", 4);
	kit_assert_problem(scene.page, "e", "field", "since");
	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "f", "conversation", "AAAAAAAAAAAAAAAAAAAAAA",
	    "since", -1);
	kit_assert_problem(scene.page, "f", "range", "since");
	kit_say(scene.page, "{s:s, s:s}", "do", "chat.list", "id", "g");
	kit_assert_problem(scene.page, "g", "permission", NULL);
	kit_assert_alive(scene.page);
	page_scene_end(&scene);
}

TEST(a_silent_socket_is_asked_after_20_seconds_and_closed_after_45)
{
	struct page_scene scene = page_scene_begin();
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
	kit_assert_closed(scene.page, 0);
	assert_int_equal(answers->pings, 2);
	hub_tick(scene.hub->hub, 45);
	kit_assert_closed(scene.page, 4408);
	kit_assert_closed(answers, 0);
	hub_tick(scene.hub->hub, 65);
	kit_assert_closed(answers, 0);
	hub_tick(scene.hub->hub, 66);
	kit_assert_closed(answers, 4408);
	page_scene_end(&scene);
}

/* A page of vera's, while she is known for so long. */
static struct kit_client *
connect_known(struct page_scene *scene, int64_t ms)
{
	struct kit_actor known = *scene->vera;

	known.credential.visitor_until = kit_now(scene->desk) + ms;
	return kit_connect(scene->hub, &known);
}

TEST(a_known_visitors_socket_ends_with_the_signature)
{
	struct page_scene scene = page_scene_begin();
	struct kit_client *later = connect_known(&scene, 12000), *soon = connect_known(&scene, 5000);

	hub_tick(scene.hub->hub, 5);
	kit_assert_closed(soon, 0);
	hub_tick(scene.hub->hub, 6);
	kit_assert_closed(soon, 4401);
	hub_tick(scene.hub->hub, 12);
	kit_assert_closed(later, 0);
	hub_tick(scene.hub->hub, 13);
	kit_assert_closed(later, 4401);
	kit_assert_alive(scene.page);
	page_scene_end(&scene);
}

TEST(who_does_not_close_its_end_is_dropped_after_5_seconds)
{
	struct page_scene scene = page_scene_begin();

	kit_say_text(scene.page, "no");
	kit_assert_closed(scene.page, 4400);
	hub_tick(scene.hub->hub, 4);
	assert_int_equal(page_scene_sockets(&scene), 1);
	/* What it still says is read and means nothing. */
	kit_say_text(scene.page, "{\"do\":\"ping\",\"id\":\"p-1\"}");
	kit_assert_heard(scene.page, NULL);
	hub_tick(scene.hub->hub, 5);
	assert_int_equal(page_scene_sockets(&scene), 0);
	page_scene_end(&scene);
}

TEST(a_session_that_ends_closes_its_sockets_and_no_others)
{
	struct page_scene scene = page_scene_begin();
	const struct kit_actor *ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	struct kit_client *one = kit_connect(scene.hub, ann), *two = kit_connect(scene.hub, ann);
	struct kit_client *ben = kit_connect(scene.hub, kit_staff(scene.desk, "ben", ROLE_ADVISOR));

	kit_assert_alive(one);
	assert_true(kit_do(scene.desk, ann, "session.end", NULL)->is_ok);
	kit_assert_closed(one, 4401);
	kit_assert_closed(two, 4401);
	kit_assert_alive(ben);
	kit_assert_alive(scene.page);
	page_scene_end(&scene);
}

TEST(a_change_of_role_closes_the_sockets)
{
	struct page_scene scene = page_scene_begin();
	const struct kit_actor *ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	struct kit_client *client = kit_connect(scene.hub, ann);

	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "person.role", "{s:I, s:s, s:s}", "person",
	    ann->person, "id", "role-00001", "role", "lead")
			->is_ok);
	kit_assert_closed(client, 4401);
	page_scene_end(&scene);
}

TEST(answers_come_in_the_order_of_commits_after_the_commit)
{
	struct page_scene scene = page_scene_begin();
	const char *key = page_scene_chat(&scene);

	kit_hold(scene.desk);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation", key, "text",
	    "1");
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "2");
	kit_assert_heard(scene.page, NULL);
	kit_let_go(scene.desk);
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000001\",\"ok\":{\"seq\":2,"));
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000002\",\"ok\":{\"seq\":3,"));
	page_scene_end(&scene);
}

TEST(nothing_is_shown_of_a_commit_that_failed)
{
	struct page_scene scene = page_scene_begin();
	const char *key = page_scene_chat(&scene);

	kit_say(scene.page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w", "conversation", key, "since", 1);
	kit_forget(scene.page);
	kit_fail_next(scene.desk, CREW_LOST);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000001", "conversation", key, "text",
	    "lost");
	kit_assert_problem(scene.page, "m-000001", "store", NULL);
	kit_assert_heard(scene.page, NULL);
	kit_fail_next(scene.desk, CREW_UNANSWERED);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "maybe");
	/* Who watches was asked to look, and finds it; the same id again tells the sender. */
	assert_non_null(strstr(kit_heard(scene.page), "\"maybe\""));
	kit_assert_problem(scene.page, "m-000002", "uncertain", NULL);
	kit_say(scene.page, "{s:s, s:s, s:s, s:s}", "do", "message.send", "id", "m-000002", "conversation", key, "text",
	    "maybe");
	assert_true(g_str_has_prefix(kit_heard(scene.page), "{\"re\":\"m-000002\",\"ok\":{\"seq\":2,"));
	kit_assert_heard(scene.page, NULL);
	page_scene_end(&scene);
}

TEST(a_desk_that_stops_says_so_and_takes_nobody)
{
	struct page_scene scene = page_scene_begin();

	hub_stop(scene.hub->hub);
	kit_assert_closed(scene.page, 1001);
	assert_true(hub_is_full(scene.hub->hub, &scene.vera->credential));
	kit_assert_closed(kit_connect(scene.hub, scene.vera), 1001);
	page_scene_end(&scene);
}

TEST(what_happened_is_counted)
{
	struct page_scene scene = page_scene_begin();
	static const unsigned codes[HUB_CODE_COUNT] = HUB_CODES;
	struct hub_figures figures;

	kit_assert_alive(scene.page);
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
	page_scene_end(&scene);
}
