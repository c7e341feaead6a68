/* Facts about pushes of offers: who is told, for how long, and what takes their place. */
#include "edge/pusher_inside.h"

#include <jansson.h>
#include <string.h>

#include "base/limits.h"
#include "desk/conversation/conversation.h"
#include "desk/events.h"
#include "tests/kit/facts.h"
#include "tests/kit/pushes.h"

/* Ann is the only one who could take it. */
static void
offer_to_ann(struct pushes *scene)
{
	const struct kit_actor *others[] = { scene->ben, kit_administrator(scene->desk) };

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		assert_true(kit_do(scene->desk, others[i], "seat.status", "{s:s}", "status", "offline")->is_ok);
	pushes_add(scene, scene->ann);
	pushes_start(scene);
	kit_route(scene->desk);
}

static void
decline(struct pushes *scene)
{
	assert_true(
	    kit_do(scene->desk, scene->ann, "offer.decline", "{s:s}", "conversation", scene->conversation)->is_ok);
}

static void
assert_header(struct pushes *scene, unsigned n, const char *name, const char *value)
{
	g_autofree char *seen = push_request_header(push_service_request(scene->service, n), name);

	assert_string_equal(seen, value);
}

TEST(an_offer_is_kept_for_as_long_as_it_lasts_and_its_end_takes_its_place_without_a_sound)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	kit_wait(scene->desk, 20 * MS_PER_SECOND);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_assert(scene, 0, "ann", "offer", 1);
	assert_header(scene, 0, "TTL", "40");
	assert_header(scene, 0, "Urgency", "high");
	decline(scene);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 2);
	pushes_assert(scene, 1, "ann", "passed", 1);
	assert_header(scene, 1, "Urgency", "normal");

	g_autofree char *topic = push_request_header(push_service_request(scene->service, 0), "Topic");

	assert_header(scene, 1, "Topic", topic);
	pushes_chat_end(scene);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 2);
	pushes_end(scene);
}

TEST(an_offer_that_ends_while_it_is_on_the_wire_is_taken_back_too)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_pass(scene, 3);
	decline(scene);
	pushes_wait_for(scene, 2);
	pushes_assert(scene, 0, "ann", "offer", 1);
	pushes_assert(scene, 1, "ann", "passed", 1);
	pushes_end(scene);
}

TEST(an_offer_that_is_made_again_to_the_same_person_is_taken_back_when_that_one_is_over)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	for (unsigned round = 1; round <= 2; round++) {
		kit_wait(scene->desk, 60 * MS_PER_SECOND);
		kit_route(scene->desk);
		pushes_pass(scene, 3);
		assert_int_equal(pushes_figures(scene).waiting, 0);
		assert_int_equal(push_service_count(scene->service), round);
		pushes_pass(scene, 13);
		pushes_wait_for(scene, round + 1);
		pushes_assert(scene, round, "ann", "offer", 1);
	}
	pushes_chat_end(scene);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 4);
	pushes_assert(scene, 3, "ann", "passed", 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 4);
	pushes_end(scene);
}

/* Otto comes; his conversation. */
static char *
otto_starts(struct pushes *scene, const struct kit_actor *otto)
{
	char *conversation = g_strdup(kit_text(
	    kit_do(scene->desk, otto, "chat.start", "{s:s, s:s}", "id", "start-otto", "name", "Otto"), "conversation"));

	kit_route(scene->desk);
	return conversation;
}

static void
assert_kind(struct pushes *scene, unsigned n, const char *kind, const char *conversation)
{
	json_t *push = pushes_read(scene, n);

	assert_string_equal(json_string_value(json_object_get(push, "kind")), kind);
	assert_string_equal(json_string_value(json_object_get(push, "conversation")), conversation);
	assert_int_equal(json_integer_value(json_object_get(push, "count")), 1);
	json_decref(push);
}

TEST(a_message_that_came_with_an_offer_is_told_though_that_ends)
{
	struct pushes *scene = pushes_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	offer_to_ann(scene);
	pushes_take(scene, scene->ann);
	pushes_say(scene, "message-1");
	g_autofree char *other = otto_starts(scene, otto);

	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_kind(scene, 0, "offer", other);
	assert_true(kit_do(scene->desk, otto, "chat.end", "{s:s}", "conversation", other)->is_ok);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 2);
	assert_kind(scene, 1, "passed", other);
	pushes_pass(scene, 10);
	assert_int_equal(push_service_count(scene->service), 2);
	pushes_pass(scene, 5);
	pushes_wait_for(scene, 3);
	pushes_assert(scene, 2, "ann", "message", 1);
	assert_header(scene, 2, "TTL", "3600");
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 3);
	pushes_end(scene);
}

TEST(of_two_offers_in_a_quarter_of_a_minute_each_is_told_and_taken_back)
{
	struct pushes *scene = pushes_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	offer_to_ann(scene);
	g_autofree char *other = otto_starts(scene, otto);

	pushes_pass(scene, 14);
	pushes_wait_for(scene, 1);
	assert_int_equal(push_service_count(scene->service), 1);
	pushes_pass(scene, 4);
	pushes_wait_for(scene, 2);
	json_t *push = pushes_read(scene, 0);
	bool is_other_first = strcmp(json_string_value(json_object_get(push, "conversation")), other) == 0;
	const char *const order[] = { is_other_first ? other : scene->conversation,
		is_other_first ? scene->conversation : other };

	json_decref(push);
	assert_kind(scene, 0, "offer", order[0]);
	assert_kind(scene, 1, "offer", order[1]);
	pushes_chat_end(scene);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 3);
	assert_kind(scene, 2, "passed", scene->conversation);
	assert_true(kit_do(scene->desk, otto, "chat.end", "{s:s}", "conversation", other)->is_ok);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 4);
	assert_kind(scene, 3, "passed", other);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 4);
	pushes_end(scene);
}

/* The offer that the pusher knows of lasts so much longer. */
static void
hear_of_its_end(const struct pushes *scene, int64_t more_ms)
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
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	hear_of_its_end(scene, -1);
	hear_of_its_end(scene, 0);
	pushes_pass(scene, 60);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	assert_int_equal(push_service_count(scene->service), 1);
	hear_of_its_end(scene, 1);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 2);
	pushes_assert(scene, 1, "ann", "offer", 1);
	pushes_chat_end(scene);
	pushes_pass(scene, 1);
	pushes_wait_for(scene, 3);
	pushes_assert(scene, 2, "ann", "passed", 1);
	pushes_end(scene);
}

TEST(an_offer_is_kept_no_longer_than_it_lasts_though_the_clock_was_set_back)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	push_service_answers(scene->service, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	kit_wait(scene->desk, -60 * MS_PER_MINUTE);
	kit_route(scene->desk);
	pushes_pass(scene, 5);
	pushes_wait_for(scene, 2);
	pushes_assert(scene, 1, "ann", "offer", 1);
	assert_header(scene, 1, "TTL", "60");
	pushes_end(scene);
}

TEST(a_chat_whose_offer_was_withdrawn_is_told_as_waiting_and_not_one_that_is_offered_again)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_add(scene, scene->ben);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	kit_wait(scene->desk, 60 * MS_PER_SECOND);
	kit_route(scene->desk);
	pushes_pass(scene, 16);
	pushes_wait_for(scene, 2);
	pushes_assert(scene, 1, "ann", "offer", 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	assert_true(kit_do(scene->desk, scene->ann, "seat.status", "{s:s}", "status", "offline")->is_ok);
	kit_route(scene->desk);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 4);
	pushes_assert(scene, 2, "ann", "passed", 1);
	pushes_assert(scene, 3, "ben", "waiting", 1);
	pushes_pass(scene, 60);
	pushes_wait_for(scene, 5);
	pushes_assert(scene, 4, "ann", "waiting", 1);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 5);
	pushes_end(scene);
}

TEST(whoever_declined_is_not_told_that_it_waits)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_add(scene, scene->ben);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	decline(scene);
	assert_true(kit_do(scene->desk, scene->ann, "seat.status", "{s:s}", "status", "offline")->is_ok);
	kit_route(scene->desk);
	pushes_pass(scene, 60);
	pushes_wait_for(scene, 3);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 3);
	pushes_assert(scene, 1, "ann", "passed", 1);
	pushes_assert(scene, 2, "ben", "waiting", 1);
	pushes_end(scene);
}

TEST(an_offer_that_was_accepted_is_not_taken_back)
{
	struct pushes *scene = pushes_begin();

	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_take(scene, scene->ann);
	pushes_pass(scene, 60);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	pushes_end(scene);
}

TEST(an_offer_that_a_busy_push_service_did_not_take_is_not_tried_again_when_it_is_over)
{
	struct pushes *scene = pushes_begin();

	push_service_answers(scene->service, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	assert_int_equal(pushes_figures(scene).waiting, 1);
	kit_wait(scene->desk, 60 * MS_PER_SECOND);
	pushes_pass(scene, 10);
	assert_int_equal(push_service_count(scene->service), 1);
	assert_int_equal(pushes_figures(scene).waiting, 0);
	assert_int_equal(pushes_figures(scene).failed, 0);
	pushes_end(scene);
}

TEST(an_offer_waits_for_no_quarter_of_a_minute_after_less)
{
	struct pushes *scene = pushes_begin();
	const struct kit_actor *otto = kit_visitor(scene->desk, "otto");

	pushes_start(scene);
	pushes_take(scene, scene->ann);
	pushes_add(scene, scene->ann);
	pushes_say(scene, "message-1");
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_assert(scene, 0, "ann", "message", 1);
	pushes_chat_end(scene);
	for (const struct kit_actor *const *who =
		 (const struct kit_actor *[]) { scene->ben, kit_administrator(scene->desk), NULL };
	     *who != NULL; who++)
		assert_true(kit_do(scene->desk, *who, "seat.status", "{s:s}", "status", "offline")->is_ok);
	assert_true(kit_do(scene->desk, otto, "chat.start", "{s:s, s:s}", "id", "start-otto", "name", "Otto")->is_ok);
	kit_route(scene->desk);
	pushes_pass(scene, 2);
	pushes_wait_for(scene, 2);
	assert_int_equal(push_service_count(scene->service), 2);
	pushes_end(scene);
}

#define UNKNOWN_CHAT 1000000 /* the desk has no such chats */

static void
hear_of_offer(const struct pushes *scene, int64_t chat)
{
	const struct chat_row row = { .chat = chat, .offer = { .person = scene->ann->person, .expires_at = 1 } };
	const struct event event = { .kind = EVENT_CHAT_CHANGED, .body = &row };

	bus_publish(kit_edge(scene->desk)->bus, &event);
}

TEST(of_500_open_offers_is_told_and_not_of_501)
{
	struct pushes *scene = pushes_begin();

	pushes_add(scene, scene->ann);
	for (int i = 1; i < LIMIT_PUSH_NOTICES; i++)
		hear_of_offer(scene, UNKNOWN_CHAT + i);
	offer_to_ann(scene);
	pushes_pass(scene, 3);
	pushes_wait_for(scene, 1);
	pushes_assert(scene, 0, "ann", "offer", 1);
	assert_int_equal(pushes_figures(scene).left_out, 0);
	hear_of_offer(scene, UNKNOWN_CHAT + LIMIT_PUSH_NOTICES);
	assert_int_equal(pushes_figures(scene).left_out, 1);
	/* It is the offers that are too many: of none the desk is still to be asked. */
	assert_int_equal(g_hash_table_size(scene->pusher->noted[KIND_OFFER]), 0);
	pushes_end(scene);
}
