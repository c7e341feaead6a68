/* Facts about the kit's desk: what stories, simulations and the other tests rely on. */
#include "tests/kit/desk.h"

#include <string.h>

#include "base/clock.h"
#include "desk/events.h"
#include "tests/kit/facts.h"

static const char *
start_chat(struct kit_desk *desk, const struct kit_actor *who, const char *id)
{
	const struct kit_answer *answer = kit_do(desk, who, "chat.start", "{s:s, s:s}", "id", id, "text", "Hello?");

	assert_true(answer->is_ok);
	return g_intern_string(kit_text(answer, "conversation"));
}

TEST(a_chat_goes_from_start_to_end)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera"), *ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	const char *key = start_chat(desk, vera, "start-0001");

	assert_true(kit_do(desk, ann, "chat.take", "{s:s}", "conversation", key)->is_ok);
	assert_true(kit_do(
	    desk, ann, "message.send", "{s:s, s:s, s:s}", "conversation", key, "id", "m-000001", "text", "Good morning")
			->is_ok);
	assert_true(kit_do(desk, vera, "chat.end", "{s:s}", "conversation", key)->is_ok);
	kit_desk_end(desk);
}

TEST(the_same_seed_gives_the_same_ids)
{
	const char *keys[2];

	for (unsigned i = 0; i < 2; i++) {
		struct kit_desk *desk = kit_desk_begin(7);

		keys[i] = start_chat(desk, kit_visitor(desk, "vera"), "start-0001");
		kit_desk_end(desk);
	}
	assert_string_equal(keys[0], keys[1]);
}

TEST(what_was_answered_is_there_after_a_kill_and_after_a_restart)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	const char *key = start_chat(desk, vera, "start-0001");

	kit_kill(desk);
	assert_int_equal(kit_int(kit_do(desk, vera, "conversation.items", "{s:s}", "conversation", key), "head"), 2);
	kit_restart(desk);
	assert_int_equal(kit_int(kit_do(desk, vera, "conversation.items", "{s:s}", "conversation", key), "head"), 2);
	kit_desk_end(desk);
}

TEST(a_lost_commit_leaves_no_trace_and_the_same_id_works_then)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	int64_t before = kit_version(desk);

	kit_fail_next(desk, CREW_LOST);
	assert_int_equal(kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001")->status, 500);
	assert_int_equal(kit_version(desk), before);
	start_chat(desk, vera, "start-0001");
	assert_int_not_equal(kit_version(desk), before);
	kit_desk_end(desk);
}

TEST(an_unanswered_commit_is_kept_and_the_same_id_says_so)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	int64_t version;

	kit_fail_next(desk, CREW_UNANSWERED);
	assert_string_equal(kit_text(kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001"), "type"),
	    "urn:softanswer:uncertain");
	version = kit_version(desk);
	start_chat(desk, vera, "start-0001");
	assert_int_equal(kit_version(desk), version);
	kit_desk_end(desk);
}

TEST(a_field_of_the_path_may_come_in_the_path_or_in_the_object)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	const char *key = start_chat(desk, vera, "start-0001");

	for (int is_http = 0; is_http < 2; is_http++) {
		kit_over_http(desk, is_http);
		assert_true(
		    kit_do(desk, vera, "conversation.items", "{s:s, s:i}", "conversation", key, "since", 1)->is_ok);
	}
	kit_desk_end(desk);
}

static void
count_event(void *data, const struct event *event)
{
	if (event->kind == EVENT_ITEM_ADDED)
		++*(unsigned *)data;
}

/* Three messages and a refused one, with one commit. */
static void
send_batch(struct kit_desk *desk, const struct kit_actor *vera, const char *key, struct kit_answer answers[4])
{
	kit_hold(desk);
	for (unsigned i = 0; i < 4; i++) {
		g_autofree char *id = g_strdup_printf("m-00000%u", i);

		kit_send(desk, vera, "message.send",
		    json_pack(
			"{s:s, s:s, s:s}", "conversation", i == 2 ? "x" : key, "id", id, "text", "One of several"),
		    &answers[i]);
	}
	assert_false(answers[0].is_answered);
	kit_let_go(desk);
	for (unsigned i = 0; i < 4; i++) {
		assert_true(answers[i].is_answered);
		assert_int_equal(answers[i].is_ok, i != 2);
		kit_answer_clear(&answers[i]);
	}
}

TEST(held_changes_are_one_batch_that_survives_a_lost_commit)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	const char *key = start_chat(desk, vera, "start-0001");
	struct kit_answer answers[4];
	unsigned events = 0;

	bus_subscribe(kit_edge(desk)->bus, count_event, &events);
	kit_fail_next(desk, CREW_LOST);
	send_batch(desk, vera, key, answers);
	assert_int_equal(events, 3);
	send_batch(desk, vera, key, answers);
	assert_int_equal(events, 3);
	kit_desk_end(desk);
}

TEST(everybody_has_the_password_of_the_kit)
{
	struct kit_desk *desk = kit_desk_begin(1);

	assert_true(kit_password_fits());
	kit_desk_end(desk);
}
