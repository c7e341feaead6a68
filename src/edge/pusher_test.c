/* Facts about who is told by push: a whole desk, the real sender, and a push service of the test's own. */
#include "edge/pusher.h"
#include "edge/pusher_inside.h"

#include <jansson.h>
#include <string.h>

#include "base/limits.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "edge/push_seal.h"
#include "edge/push_sender.h"
#include "tests/kit/desk.h"
#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"
#include "tests/kit/push_reader.h"
#include "tests/kit/push_service.h"

struct scene {
	struct kit_desk *desk;
	struct push_service *service;
	struct pusher *pusher;
	uv_loop_t loop;
	uv_async_t woken;
	unsigned done;
	int64_t now_ms;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

static void
wake(void *data)
{
	uv_async_send(&((struct scene *)data)->woken);
}

static void
on_woken(uv_async_t *async)
{
	struct scene *scene = async->data;

	pusher_collect(scene->pusher);
	scene->done++;
}

static const struct kit_answer *
add(const struct scene *scene, const struct kit_actor *who)
{
	g_autofree char *endpoint = push_service_url(scene->service, who->name);
	const struct kit_answer *answer = kit_do(scene->desk, who, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint",
	    endpoint, "p256dh", READER_POINT, "auth", READER_AUTH, "language", "es");

	assert_true(answer->is_ok);
	return answer;
}

static struct scene *
scene_begin_as(bool allows_loopback)
{
	struct scene *scene = g_new0(struct scene, 1);
	const struct pusher_settings settings = { .allows_loopback = allows_loopback, .wake = wake, .data = scene };

	scene->desk = kit_desk_begin(7);
	scene->service = push_service_start();
	uv_loop_init(&scene->loop);
	uv_async_init(&scene->loop, &scene->woken, on_woken);
	scene->woken.data = scene;
	scene->now_ms = INT64_C(1000000000000); /* far ahead of the loop's own clock */
	scene->pusher = pusher_new(kit_edge(scene->desk), &scene->loop, &settings);
	scene->vera = kit_visitor(scene->desk, "vera");
	scene->ann = kit_staff(scene->desk, "ann", ROLE_ADVISOR);
	scene->ben = kit_staff(scene->desk, "ben", ROLE_ADVISOR);
	return scene;
}

static struct scene *
scene_begin(void)
{
	return scene_begin_as(true);
}

static void
scene_end(struct scene *scene)
{
	pusher_free(scene->pusher);
	uv_close((uv_handle_t *)&scene->woken, NULL);
	uv_run(&scene->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&scene->loop), 0);
	push_service_stop(scene->service);
	kit_desk_end(scene->desk);
	g_free(scene);
}

static void
start(struct scene *scene)
{
	g_strlcpy(scene->conversation,
	    kit_text(kit_do(scene->desk, scene->vera, "chat.start", "{s:s, s:s, s:s}", "id", "start-vera", "name",
			 "Vera", "text", "Is the lamp in stock?"),
		"conversation"),
	    sizeof scene->conversation);
}

static void
say(struct scene *scene, const char *id)
{
	assert_true(kit_do(scene->desk, scene->vera, "message.send", "{s:s, s:s, s:s}", "conversation",
	    scene->conversation, "id", id, "text", "Hello?")
			->is_ok);
}

static void
take(struct scene *scene, const struct kit_actor *who)
{
	assert_true(kit_do(scene->desk, who, "chat.take", "{s:s}", "conversation", scene->conversation)->is_ok);
}

static void
end(struct scene *scene)
{
	assert_true(kit_do(scene->desk, scene->vera, "chat.end", "{s:s}", "conversation", scene->conversation)->is_ok);
}

/* Seconds go by, until nothing waits but for time. */
static void
pass(struct scene *scene, int64_t seconds)
{
	for (; seconds > 0; seconds--) {
		scene->now_ms += MS_PER_SECOND;
		pusher_tick(scene->pusher, scene->now_ms);
	}
}

static struct pusher_figures
figures_of(const struct scene *scene)
{
	struct pusher_figures figures;

	pusher_figures(scene->pusher, &figures);
	return figures;
}

/* Waits until the sender has ended so many jobs since the start. */
static void
wait_for(struct scene *scene, unsigned done)
{
	while (scene->done < done)
		uv_run(&scene->loop, UV_RUN_ONCE);
}

/* What the browser reads of the n-th request. */
static json_t *
read_push(struct scene *scene, unsigned n)
{
	const struct push_request *request = push_service_request(scene->service, n);
	g_autofree char *text = reader_open(request->body->data, request->body->len);

	assert_non_null(text);
	return json_loads(text, 0, NULL);
}

static void
assert_push(struct scene *scene, unsigned n, const char *to, const char *kind, int count)
{
	g_autofree char *line = g_strdup_printf("POST /%s HTTP/1.1\r\n", to);
	json_t *push = read_push(scene, n);

	assert_true(g_str_has_prefix(push_service_request(scene->service, n)->head, line));
	assert_string_equal(json_string_value(json_object_get(push, "kind")), kind);
	assert_string_equal(json_string_value(json_object_get(push, "conversation")), scene->conversation);
	assert_string_equal(json_string_value(json_object_get(push, "name")), "Vera");
	assert_string_equal(json_string_value(json_object_get(push, "language")), "es");
	assert_int_equal(json_integer_value(json_object_get(push, "count")), count);
	json_decref(push);
}

TEST(a_waiting_chat_is_told_once_with_what_a_push_service_wants)
{
	struct scene *scene = scene_begin();
	const struct push_request *request;
	char key[PUSH_POINT_CHARS + 1];

	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_push(scene, 0, "ann", "waiting", 1);
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
	assert_int_equal(figures_of(scene).sent, 1);
	scene_end(scene);
}

TEST(a_burst_is_one_push_and_what_comes_meanwhile_is_told_after_a_quarter_of_a_minute)
{
	struct scene *scene = scene_begin();

	add(scene, scene->ann);
	start(scene);
	take(scene, scene->ann);
	say(scene, "message-1");
	say(scene, "message-2");
	say(scene, "message-3");
	pass(scene, 3);
	wait_for(scene, 1);
	assert_push(scene, 0, "ann", "message", 1);
	say(scene, "message-4");
	pass(scene, 10);
	assert_int_equal(figures_of(scene).waiting, 0);
	pass(scene, 10);
	wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	scene_end(scene);
}

TEST(what_is_anothers_is_told_to_nobody_else)
{
	struct scene *scene = scene_begin();

	add(scene, scene->ann);
	add(scene, scene->ben);
	start(scene);
	take(scene, scene->ben);
	say(scene, "message-1");
	pass(scene, 3);
	wait_for(scene, 1);
	pass(scene, 30);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_push(scene, 0, "ben", "message", 1);
	scene_end(scene);
}

TEST(a_chat_that_is_handed_over_is_told_to_who_got_it)
{
	struct scene *scene = scene_begin();

	start(scene);
	take(scene, scene->ann);
	add(scene, scene->ann);
	add(scene, scene->ben);
	assert_true(kit_do(scene->desk, scene->ann, "chat.transfer", "{s:s, s:s, s:I}", "conversation",
	    scene->conversation, "id", "hand-0001", "to", (json_int_t)scene->ben->person)
			->is_ok);
	pass(scene, 3);
	wait_for(scene, 1);
	pass(scene, 30);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_push(scene, 0, "ben", "handed", 1);
	scene_end(scene);
}

TEST(whoever_looks_at_a_page_is_told_nothing_in_any_browser)
{
	struct scene *scene = scene_begin();
	struct kit_hub *hub = kit_hub_begin(scene->desk);
	struct kit_client *page = kit_connect(hub, scene->ann);

	add(scene, scene->ann);
	kit_sign_in(scene->desk, scene->ann); /* in another browser too */
	g_autofree char *other = push_service_url(scene->service, "ann-s-phone");

	assert_true(kit_do(scene->desk, scene->ann, "push.add", "{s:s, s:s, s:s, s:s}", "endpoint", other, "p256dh",
	    READER_POINT, "auth", READER_AUTH, "language", "en")
			->is_ok);
	kit_say(page, "{s:s, s:b}", "do", "viewing", "visible", 1);
	start(scene);
	pass(scene, 5);
	assert_int_equal(figures_of(scene).waiting, 0);
	kit_say(page, "{s:s, s:b}", "do", "viewing", "visible", 0);
	take(scene, scene->ann);
	say(scene, "message-1");
	pass(scene, 5);
	wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	kit_hub_end(hub);
	scene_end(scene);
}

/* Ann is the only one who could take it. */
static void
offer_to_ann(struct scene *scene)
{
	const struct kit_actor *others[] = { scene->ben, kit_administrator(scene->desk) };

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		assert_true(kit_do(scene->desk, others[i], "seat.status", "{s:s}", "status", "offline")->is_ok);
	add(scene, scene->ann);
	start(scene);
	kit_route(scene->desk);
}

static void
decline(struct scene *scene)
{
	assert_true(
	    kit_do(scene->desk, scene->ann, "offer.decline", "{s:s}", "conversation", scene->conversation)->is_ok);
}

static void
assert_header(struct scene *scene, unsigned n, const char *name, const char *value)
{
	g_autofree char *seen = push_request_header(push_service_request(scene->service, n), name);

	assert_string_equal(seen, value);
}

TEST(an_offer_is_kept_for_as_long_as_it_lasts_and_its_end_takes_its_place_without_a_sound)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	kit_wait(scene->desk, 20 * MS_PER_SECOND);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_push(scene, 0, "ann", "offer", 1);
	assert_header(scene, 0, "TTL", "40");
	assert_header(scene, 0, "Urgency", "high");
	decline(scene);
	pass(scene, 1);
	wait_for(scene, 2);
	assert_push(scene, 1, "ann", "passed", 1);
	assert_header(scene, 1, "Urgency", "normal");

	g_autofree char *topic = push_request_header(push_service_request(scene->service, 0), "Topic");

	assert_header(scene, 1, "Topic", topic);
	end(scene);
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 2);
	scene_end(scene);
}

TEST(an_offer_that_ends_while_it_is_on_the_wire_is_taken_back_too)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	pass(scene, 3);
	decline(scene);
	wait_for(scene, 2);
	assert_push(scene, 0, "ann", "offer", 1);
	assert_push(scene, 1, "ann", "passed", 1);
	scene_end(scene);
}

TEST(an_offer_that_is_made_again_to_the_same_person_is_taken_back_when_that_one_is_over)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	for (unsigned round = 1; round <= 2; round++) {
		kit_wait(scene->desk, 60 * MS_PER_SECOND);
		kit_route(scene->desk);
		pass(scene, 3);
		assert_int_equal(figures_of(scene).waiting, 0);
		assert_int_equal(push_service_count(scene->service), round);
		pass(scene, 13);
		wait_for(scene, round + 1);
		assert_push(scene, round, "ann", "offer", 1);
	}
	end(scene);
	pass(scene, 1);
	wait_for(scene, 4);
	assert_push(scene, 3, "ann", "passed", 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 4);
	scene_end(scene);
}

/* Otto comes; his conversation. */
static char *
otto_starts(struct scene *scene, const struct kit_actor *otto)
{
	char *conversation = g_strdup(kit_text(
	    kit_do(scene->desk, otto, "chat.start", "{s:s, s:s}", "id", "start-otto", "name", "Otto"), "conversation"));

	kit_route(scene->desk);
	return conversation;
}

static void
assert_kind(struct scene *scene, unsigned n, const char *kind, const char *conversation)
{
	json_t *push = read_push(scene, n);

	assert_string_equal(json_string_value(json_object_get(push, "kind")), kind);
	assert_string_equal(json_string_value(json_object_get(push, "conversation")), conversation);
	assert_int_equal(json_integer_value(json_object_get(push, "count")), 1);
	json_decref(push);
}

TEST(a_message_that_came_with_an_offer_is_told_though_that_ends)
{
	struct scene *scene = scene_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	offer_to_ann(scene);
	take(scene, scene->ann);
	say(scene, "message-1");
	g_autofree char *other = otto_starts(scene, otto);

	pass(scene, 3);
	wait_for(scene, 1);
	assert_kind(scene, 0, "offer", other);
	assert_true(kit_do(scene->desk, otto, "chat.end", "{s:s}", "conversation", other)->is_ok);
	pass(scene, 1);
	wait_for(scene, 2);
	assert_kind(scene, 1, "passed", other);
	pass(scene, 10);
	assert_int_equal(push_service_count(scene->service), 2);
	pass(scene, 5);
	wait_for(scene, 3);
	assert_push(scene, 2, "ann", "message", 1);
	assert_header(scene, 2, "TTL", "3600");
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 3);
	scene_end(scene);
}

TEST(of_two_offers_in_a_quarter_of_a_minute_each_is_told_and_taken_back)
{
	struct scene *scene = scene_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	offer_to_ann(scene);
	g_autofree char *other = otto_starts(scene, otto);

	pass(scene, 14);
	wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 1);
	pass(scene, 4);
	wait_for(scene, 2);
	json_t *push = read_push(scene, 0);
	bool is_other_first = strcmp(json_string_value(json_object_get(push, "conversation")), other) == 0;
	const char *const order[] = { is_other_first ? other : scene->conversation,
		is_other_first ? scene->conversation : other };

	json_decref(push);
	assert_kind(scene, 0, "offer", order[0]);
	assert_kind(scene, 1, "offer", order[1]);
	end(scene);
	pass(scene, 1);
	wait_for(scene, 3);
	assert_kind(scene, 2, "passed", scene->conversation);
	assert_true(kit_do(scene->desk, otto, "chat.end", "{s:s}", "conversation", other)->is_ok);
	pass(scene, 1);
	wait_for(scene, 4);
	assert_kind(scene, 3, "passed", other);
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 4);
	scene_end(scene);
}

/* The offer that the pusher knows of lasts so much longer. */
static void
hear_of_its_end(const struct scene *scene, int64_t more_ms)
{
	GHashTableIter iter;
	struct offered *offered;

	g_hash_table_iter_init(&iter, scene->pusher->offered);
	assert_true(g_hash_table_iter_next(&iter, (gpointer *)&offered, NULL));

	const struct chat_row row = { .chat = offered->chat_id,
		.offer = { .person = offered->person_id, .expires_at = offered->expires_at + more_ms } };
	const struct event event = { .kind = EVENT_CHAT_CHANGED, .body = &row };

	bus_publish(kit_edge(scene->desk)->bus, &event);
}

TEST(an_offer_that_ends_earlier_than_was_said_is_not_told_again_and_one_that_ends_later_is)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	hear_of_its_end(scene, -1);
	hear_of_its_end(scene, 0);
	pass(scene, 60);
	assert_int_equal(figures_of(scene).waiting, 0);
	assert_int_equal(push_service_count(scene->service), 1);
	hear_of_its_end(scene, 1);
	pass(scene, 3);
	wait_for(scene, 2);
	assert_push(scene, 1, "ann", "offer", 1);
	end(scene);
	pass(scene, 1);
	wait_for(scene, 3);
	assert_push(scene, 2, "ann", "passed", 1);
	scene_end(scene);
}

TEST(an_offer_is_kept_no_longer_than_it_lasts_though_the_clock_was_set_back)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	push_service_answers(scene->service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	kit_wait(scene->desk, -60 * MS_PER_MINUTE);
	kit_route(scene->desk);
	pass(scene, 5);
	wait_for(scene, 2);
	assert_push(scene, 1, "ann", "offer", 1);
	assert_header(scene, 1, "TTL", "60");
	scene_end(scene);
}

TEST(a_chat_whose_offer_was_withdrawn_is_told_as_waiting_and_not_one_that_is_offered_again)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	add(scene, scene->ben);
	pass(scene, 3);
	wait_for(scene, 1);
	kit_wait(scene->desk, 60 * MS_PER_SECOND);
	kit_route(scene->desk);
	pass(scene, 16);
	wait_for(scene, 2);
	assert_push(scene, 1, "ann", "offer", 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	assert_true(kit_do(scene->desk, scene->ann, "seat.status", "{s:s}", "status", "offline")->is_ok);
	kit_route(scene->desk);
	pass(scene, 3);
	wait_for(scene, 4);
	assert_push(scene, 2, "ann", "passed", 1);
	assert_push(scene, 3, "ben", "waiting", 1);
	pass(scene, 60);
	wait_for(scene, 5);
	assert_push(scene, 4, "ann", "waiting", 1);
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 5);
	scene_end(scene);
}

TEST(an_offer_that_was_accepted_is_not_taken_back)
{
	struct scene *scene = scene_begin();

	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	take(scene, scene->ann);
	pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	scene_end(scene);
}

TEST(an_offer_that_a_busy_push_service_did_not_take_is_not_tried_again_when_it_is_over)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_int_equal(figures_of(scene).waiting, 1);
	kit_wait(scene->desk, 60 * MS_PER_SECOND);
	pass(scene, 10);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	assert_int_equal(figures_of(scene).failed, 0);
	scene_end(scene);
}

TEST(an_offer_waits_for_no_quarter_of_a_minute_after_less)
{
	struct scene *scene = scene_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	start(scene);
	take(scene, scene->ann);
	add(scene, scene->ann);
	say(scene, "message-1");
	pass(scene, 3);
	wait_for(scene, 1);
	assert_push(scene, 0, "ann", "message", 1);
	end(scene);
	for (const struct kit_actor *const *who =
		 (const struct kit_actor *[]) { scene->ben, kit_administrator(scene->desk), NULL };
	     *who != NULL; who++)
		assert_true(kit_do(scene->desk, *who, "seat.status", "{s:s}", "status", "offline")->is_ok);
	assert_true(kit_do(scene->desk, otto, "chat.start", "{s:s, s:s}", "id", "start-otto", "name", "Otto")->is_ok);
	kit_route(scene->desk);
	pass(scene, 2);
	wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	scene_end(scene);
}

#define UNKNOWN_CHAT 1000000 /* the desk has no such chats */

static void
hear_of_offer(const struct scene *scene, int64_t chat)
{
	const struct chat_row row = { .chat = chat, .offer = { .person = scene->ann->person, .expires_at = 1 } };
	const struct event event = { .kind = EVENT_CHAT_CHANGED, .body = &row };

	bus_publish(kit_edge(scene->desk)->bus, &event);
}

TEST(of_500_open_offers_is_told_and_not_of_501)
{
	struct scene *scene = scene_begin();

	add(scene, scene->ann);
	for (int i = 1; i < LIMIT_PUSH_NOTICES; i++)
		hear_of_offer(scene, UNKNOWN_CHAT + i);
	offer_to_ann(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_push(scene, 0, "ann", "offer", 1);
	assert_int_equal(figures_of(scene).left_out, 0);
	hear_of_offer(scene, UNKNOWN_CHAT + LIMIT_PUSH_NOTICES);
	assert_int_equal(figures_of(scene).left_out, 1);
	/* It is the offers that are too many: of none the desk is still to be asked. */
	assert_int_equal(g_hash_table_size(scene->pusher->noted[KIND_OFFER]), 0);
	scene_end(scene);
}

TEST(a_browser_that_is_gone_is_forgotten)
{
	struct scene *scene = scene_begin();
	const struct kit_answer *answer;

	push_service_answers(scene->service, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	answer = kit_do(scene->desk, scene->ann, "push.list", NULL);
	assert_int_equal(json_array_size(json_object_get(answer->body, "pushes")), 0);
	assert_int_equal(figures_of(scene).gone, 1);
	scene_end(scene);
}

TEST(a_busy_push_service_is_tried_four_times_and_then_given_up)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	pass(scene, 4);
	assert_int_equal(push_service_count(scene->service), 1);
	pass(scene, 1);
	wait_for(scene, 2);
	pass(scene, 25);
	wait_for(scene, 3);
	pass(scene, 125);
	wait_for(scene, 4);
	pass(scene, 1000);
	assert_int_equal(push_service_count(scene->service), LIMIT_PUSH_TRIES);
	assert_int_equal(figures_of(scene).failed, 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	scene_end(scene);
}

TEST(a_push_service_that_names_a_time_is_left_alone_until_then)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, "HTTP/1.1 429 Too Many\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n");
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	push_service_answers(scene->service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	pass(scene, 59);
	assert_int_equal(figures_of(scene).sent, 0);
	pass(scene, 1);
	wait_for(scene, 2);
	assert_int_equal(figures_of(scene).sent, 1);
	scene_end(scene);
}

TEST(a_redirecting_push_service_is_given_up_at_once)
{
	struct scene *scene = scene_begin();

	push_service_answers(
	    scene->service, "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n");
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_int_equal(figures_of(scene).failed, 1);
	scene_end(scene);
}

TEST(nothing_is_pushed_to_this_machine)
{
	struct scene *scene = scene_begin_as(false);

	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 0);
	assert_int_equal(figures_of(scene).failed, 1);
	scene_end(scene);
}

TEST(a_session_s_end_stops_what_was_about_to_be_sent_and_what_is_to_be_tried_again)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	wait_for(scene, 1);
	assert_true(kit_do(scene->desk, scene->ann, "session.end", NULL)->is_ok);
	pass(scene, 200);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(figures_of(scene).waiting, 0);
	scene_end(scene);
}

TEST(a_desk_on_which_nobody_wants_to_be_told_asks_nothing)
{
	struct scene *scene = scene_begin();

	start(scene);
	pass(scene, 30);
	assert_false(uv_loop_alive(&scene->loop) && figures_of(scene).waiting > 0);
	assert_int_equal(push_service_count(scene->service), 0);
	scene_end(scene);
}

TEST(news_of_500_conversations_are_looked_at_and_not_of_501)
{
	struct scene *scene = scene_begin();
	const struct item_added said = { .item = { .kind = ITEM_MESSAGE, .author = { .kind = "visitor" } } };

	add(scene, scene->ann);
	for (int i = 1; i <= LIMIT_PUSH_NOTICES + 1; i++) {
		const struct event event = { .kind = EVENT_ITEM_ADDED, .topic = i, .body = &said };

		bus_publish(kit_edge(scene->desk)->bus, &event);
		assert_int_equal(figures_of(scene).left_out, i > LIMIT_PUSH_NOTICES ? 1 : 0);
	}
	pass(scene, 3);
	scene_end(scene);
}

/* So many pushes wait already, for another day. */
static void
fill_queue(struct scene *scene, unsigned count)
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
		struct scene *scene = scene_begin();

		add(scene, scene->ann);
		fill_queue(scene, LIMIT_PUSH_QUEUE - 1 + more);
		start(scene);
		pass(scene, 3);
		assert_int_equal(figures_of(scene).left_out, more);
		assert_int_equal(figures_of(scene).waiting, LIMIT_PUSH_QUEUE);
		if (more == 0)
			wait_for(scene, 1);
		assert_int_equal(push_service_count(scene->service), 1 - more);
		scene_end(scene);
	}
}

TEST(a_desk_that_stops_does_not_wait_for_a_slow_push_service)
{
	struct scene *scene = scene_begin();

	push_service_answers(scene->service, NULL);
	add(scene, scene->ann);
	start(scene);
	pass(scene, 3);
	while (push_service_count(scene->service) == 0)
		uv_run(&scene->loop, UV_RUN_NOWAIT);
	scene_end(scene);
}
