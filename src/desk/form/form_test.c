/* Facts about forms. */
#include "desk/form/form.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

static const struct kit_answer *
leave(struct kit_desk *desk, const struct kit_actor *who, const char *id)
{
	return kit_do(desk, who, "form.send", "{s:s, s:s, s:s, s:s}", "id", id, "email", "vera@home.example", "topic",
	    "Lamps", "text", "Do you have it in brass?");
}

TEST(a_form_is_a_closed_chat_with_a_message_and_a_promise)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ada = kit_administrator(desk), *vera = kit_visitor(desk, "vera");
	const struct kit_answer *answer;
	g_autofree char *conversation = NULL;
	json_t *items;

	kit_do(desk, ada, "seat.status", "{s:s}", "status", "away");
	answer = leave(desk, vera, "form-0001");
	assert_true(answer->is_ok);
	assert_string_equal(kit_text(answer, "due_at"), "2026-03-31T09:00:00.000Z");
	conversation = g_strdup(kit_text(answer, "conversation"));
	answer = kit_do(desk, ada, "chat.get", "{s:s}", "conversation", conversation);
	assert_string_equal(kit_text(answer, "state"), "closed");
	assert_string_equal(kit_text(answer, "channel"), "form");
	assert_int_equal(kit_int(answer, "promises"), 1);
	items = json_object_get(
	    kit_do(desk, vera, "conversation.items", "{s:s}", "conversation", conversation)->body, "items");
	assert_int_equal(json_array_size(items), 2);
	assert_string_equal(json_string_value(json_object_get(json_array_get(items, 0), "kind")), "form");
	assert_string_equal(
	    json_string_value(json_object_get(json_array_get(items, 1), "text")), "Do you have it in brass?");
	kit_desk_end(desk);
}

TEST(a_form_needs_an_address)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_answer *answer =
	    kit_do(desk, kit_visitor(desk, "vera"), "form.send", "{s:s, s:s}", "id", "form-0001", "text", "Hello?");

	assert_int_equal(answer->status, 400);
	assert_string_equal(kit_text(answer, "field"), "email");
	kit_desk_end(desk);
}

TEST(as_many_forms_wait_for_their_answer_as_the_limit_says_and_then_no_more)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ada = kit_administrator(desk), *vera = kit_visitor(desk, "vera");
	const struct kit_answer *answer;

	for (int i = 0; i < LIMIT_OPEN_FORMS; i++) {
		g_autofree char *id = g_strdup_printf("form-%04d", i);

		assert_true(leave(desk, vera, id)->is_ok);
	}
	assert_int_equal(leave(desk, vera, "form-more")->status, 409);
	answer = kit_do(desk, ada, "promise.list", "{s:s}", "view", "open");
	assert_true(kit_do(desk, ada, "promise.keep", "{s:O}", "promise",
	    json_object_get(json_array_get(json_object_get(answer->body, "promises"), 0), "promise"))
			->is_ok);
	assert_true(leave(desk, vera, "form-more")->is_ok);
	kit_desk_end(desk);
}

TEST(the_same_form_again_is_the_same_form)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	g_autofree char *first = g_strdup(leave(desk, vera, "form-0001")->text);

	assert_string_equal(leave(desk, vera, "form-0001")->text, first);
	kit_desk_end(desk);
}

TEST(who_is_in_a_chat_leaves_no_form_and_who_left_one_starts_a_chat)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");

	assert_true(leave(desk, vera, "form-0001")->is_ok);
	assert_true(kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001")->is_ok);
	assert_int_equal(leave(desk, vera, "form-0002")->status, 409);
	kit_desk_end(desk);
}
