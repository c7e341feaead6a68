/* Facts about who is told by push: a whole desk, the real sender, and a push service of the test's own. */
#include "edge/pusher.h"
#include "edge/pusher_inside.h"

#include <jansson.h>
#include <string.h>

#include "base/limits.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "edge/push_seal.h"
#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"
#include "tests/kit/push_reader.h"
#include "tests/kit/pushes.h"

TEST(a_waiting_chat_is_told_once_with_what_a_push_service_wants)
{
	struct pushes *scene = pushes_begin();
	const struct push_request *request;
	char key[PUSH_POINT_CHARS + 1];

	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 1);
	pushes_assert(scene, 0, "ann", "waiting", 1);
	request = push_service_request(scene->service, 0);
	push_seal_public(&kit_edge(scene->desk)->key, key);

	g_autofree char *authorization = push_request_header(request, "Authorization"),
			*ttl = push_request_header(request, "TTL"), *urgency = push_request_header(request, "Urgency"),
			*encoding = push_request_header(request, "Content-Encoding"),
			*topic = push_request_header(request, "Topic"), *claims = reader_claims(authorization, key),
			*origin = push_service_url(scene->service, "");
	json_t *said = json_loads(claims, 0, NULL);
	int64_t until_s = json_integer_value(json_object_get(said, "exp")), now_s = g_get_real_time() / G_USEC_PER_SEC;

	origin[strlen(origin) - 1] = '\0';
	assert_string_equal(json_string_value(json_object_get(said, "aud")), origin);
	assert_true(until_s > now_s + 11 * 3600 && until_s <= now_s + 12 * 3600);
	json_decref(said);
	assert_string_equal(ttl, "3600");
	assert_string_equal(urgency, "high");
	assert_string_equal(encoding, "aes128gcm");
	assert_int_equal(strlen(topic), 32);
	assert_null(strstr(topic, scene->conversation));
	assert_int_equal(pushes_figures(scene).sent, 1);
	pushes_end(scene);
}

TEST(a_burst_is_one_push_and_what_comes_meanwhile_is_told_after_a_quarter_of_a_minute)
{
	struct pushes *scene = pushes_begin();

	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_take(scene, scene->ann);
	pushes_say(scene, "message-1");
	pushes_say(scene, "message-2");
	pushes_say(scene, "message-3");
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_assert(scene, 0, "ann", "message", 1);
	pushes_say(scene, "message-4");
	pushes_pass(scene, 10);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	pushes_pass(scene, 10);
	pushes_wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	pushes_end(scene);
}

TEST(what_is_anothers_is_told_to_nobody_else)
{
	struct pushes *scene = pushes_begin();

	pushes_add(scene, scene->ann);
	pushes_add(scene, scene->ben);
	pushes_start(scene);
	pushes_take(scene, scene->ben);
	pushes_say(scene, "message-1");
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_pass(scene, 30);
	assert_int_equal(push_service_count(scene->service), 1);
	pushes_assert(scene, 0, "ben", "message", 1);
	pushes_end(scene);
}

TEST(a_chat_that_is_handed_over_is_told_to_who_got_it)
{
	struct pushes *scene = pushes_begin();

	pushes_start(scene);
	pushes_take(scene, scene->ann);
	pushes_add(scene, scene->ann);
	pushes_add(scene, scene->ben);
	assert_true(kit_do(scene->desk, scene->ann, "chat.transfer", "{s:s, s:s, s:I}", "conversation",
	    scene->conversation, "id", "hand-0001", "to", (json_int_t)scene->ben->person)
			->is_ok);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_pass(scene, 30);
	assert_int_equal(push_service_count(scene->service), 1);
	pushes_assert(scene, 0, "ben", "handed", 1);
	pushes_end(scene);
}

TEST(whoever_looks_at_a_page_is_told_nothing_in_any_browser)
{
	struct pushes *scene = pushes_begin();
	struct kit_hub *hub = kit_hub_begin(scene->desk);
	struct kit_client *page = kit_connect(hub, scene->ann);

	pushes_add(scene, scene->ann);
	kit_sign_in(scene->desk, scene->ann); /* in another browser too */
	g_autofree char *other = push_service_url(scene->service, "ann-s-phone");

	assert_true(kit_do(scene->desk, scene->ann, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint", other, "p256dh",
	    READER_POINT, "auth", READER_AUTH, "language", "en")
			->is_ok);
	kit_say(page, "{s:s, s:b}", "do", "viewing", "visible", 1);
	pushes_start(scene);
	pushes_pass(scene, 5);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	kit_say(page, "{s:s, s:b}", "do", "viewing", "visible", 0);
	pushes_take(scene, scene->ann);
	pushes_say(scene, "message-1");
	pushes_pass(scene, 5);
	pushes_wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	kit_hub_end(hub);
	pushes_end(scene);
}

TEST(a_browser_that_is_gone_is_forgotten)
{
	struct pushes *scene = pushes_begin();
	const struct kit_answer *answer;

	push_service_answers(scene->service, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	answer = kit_do(scene->desk, scene->ann, "push.list", NULL);
	assert_int_equal(json_array_size(json_object_get(answer->body, "pushes")), 0);
	assert_int_equal(pushes_figures(scene).gone, 1);
	pushes_end(scene);
}

TEST(a_busy_push_service_is_tried_four_times_and_then_given_up)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_pass(scene, 4);
	assert_int_equal(push_service_count(scene->service), 1);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 2);
	pushes_pass(scene, 25);
	pushes_wait_for(scene, 3);
	pushes_pass(scene, 125);
	pushes_wait_for(scene, 4);
	pushes_pass(scene, 1000);
	assert_int_equal(push_service_count(scene->service), LIMIT_PUSH_TRIES);
	assert_int_equal(pushes_figures(scene).failed, 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	pushes_end(scene);
}

TEST(a_push_service_that_names_a_time_is_left_alone_until_then)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, "HTTP/1.1 429 Too Many\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	push_service_answers(scene->service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	pushes_pass(scene, 59);
	assert_int_equal(pushes_figures(scene).sent, 0);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 2);
	assert_int_equal(pushes_figures(scene).sent, 1);
	pushes_end(scene);
}

TEST(a_redirecting_push_service_is_given_up_at_once)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(
	    scene->service, "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n");
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_int_equal(pushes_figures(scene).failed, 1);
	pushes_end(scene);
}

TEST(nothing_is_pushed_to_this_machine)
{
	struct pushes *scene = pushes_begin_as(false);

	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 0);
	assert_int_equal(pushes_figures(scene).failed, 1);
	pushes_end(scene);
}

TEST(a_session_s_end_stops_what_was_about_to_be_sent_and_what_is_to_be_tried_again)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_true(kit_do(scene->desk, scene->ann, "session.end", NULL)->is_ok);
	pushes_pass(scene, 200);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	pushes_end(scene);
}

TEST(a_desk_on_which_nobody_wants_to_be_told_asks_nothing)
{
	struct pushes *scene = pushes_begin();

	pushes_start(scene);
	pushes_pass(scene, 30);
	assert_false(uv_loop_alive(&scene->loop) && pushes_figures(scene).waiting > 0);
	assert_int_equal(push_service_count(scene->service), 0);
	pushes_end(scene);
}

TEST(news_of_500_conversations_are_looked_at_and_not_of_501)
{
	struct pushes *scene = pushes_begin();
	const struct item_added said = { .item = { .kind = ITEM_MESSAGE, .author = { .kind = "visitor" } } };

	pushes_add(scene, scene->ann);
	for (int i = 1; i <= LIMIT_PUSH_NOTICES + 1; i++) {
		const struct event event = { .kind = EVENT_ITEM_ADDED, .topic = i, .body = &said };

		bus_publish(kit_edge(scene->desk)->bus, &event);
		assert_int_equal(pushes_figures(scene).left_out, i > LIMIT_PUSH_NOTICES ? 1 : 0);
	}
	pushes_pass(scene, 3);
	pushes_end(scene);
}

/* So many pushes wait already, for another day. */
static void
fill_queue(struct pushes *scene, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		struct push_job *job = g_new0(struct push_job, 1);

		job->due_ms = INT64_MAX;
		g_queue_push_tail(&scene->pusher->jobs, job);
	}
}

TEST(one_thousand_pushes_wait_and_not_1001)
{
	for (unsigned more = 0; more < 2; more++) {
		struct pushes *scene = pushes_begin();

		pushes_add(scene, scene->ann);
		fill_queue(scene, LIMIT_PUSH_QUEUE - 1 + more);
		pushes_start(scene);
		pushes_pass(scene, 3);
		assert_int_equal(pushes_figures(scene).left_out, more);
		assert_int_equal(pushes_figures(scene).waiting, LIMIT_PUSH_QUEUE);
		if (more == 0)
			pushes_wait_for(scene, 1);
		assert_int_equal(push_service_count(scene->service), 1 - more);
		pushes_end(scene);
	}
}

TEST(a_desk_that_stops_does_not_wait_for_a_slow_push_service)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, NULL);
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	pushes_pass(scene, 3);
	while (push_service_count(scene->service) == 0)
		uv_run(&scene->loop, UV_RUN_NOWAIT);
	pushes_end(scene);
}
