/* Facts about what is owed. */
#include "desk/promise/promise.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

/* Ann has Vera's chat. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "start-vera", "name", "Vera"),
		"conversation"),
	    sizeof scene.conversation);
	assert_true(kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation)->is_ok);
	return scene;
}

static const struct kit_answer *
end_owing(const struct scene *scene, const char *email)
{
	return kit_do(scene->desk, scene->ann, "chat.end", email == NULL ? "{s:s, s:s}" : "{s:s, s:s, s:s}",
	    "conversation", scene->conversation, "owed", "the price of the lamp", "email", email);
}

static const struct kit_answer *
list(const struct scene *scene, const struct kit_actor *who, const char *view)
{
	return kit_do(scene->desk, who, "promise.list", "{s:s}", "view", view);
}

static json_t *
first_of(const struct kit_answer *answer)
{
	return json_array_get(json_object_get(answer->body, "promises"), 0);
}

static size_t
count_of(const struct kit_answer *answer)
{
	return json_array_size(json_object_get(answer->body, "promises"));
}

static int64_t
first_promise(const struct scene *scene)
{
	return json_integer_value(json_object_get(first_of(list(scene, scene->ann, "open")), "promise"));
}

static int
say(const struct scene *scene, const struct kit_actor *who, const char *id)
{
	return kit_do(scene->desk, who, "message.send", "{s:s, s:s, s:s}", "conversation", scene->conversation, "id",
	    id, "text", "It costs 40.")
	    ->status;
}

TEST(something_owed_needs_an_address)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer = end_owing(&scene, NULL);

	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "owed");
	assert_int_equal(count_of(list(&scene, scene.ann, "open")), 0);
	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	assert_int_equal(count_of(list(&scene, scene.ann, "open")), 1);
	kit_desk_end(scene.desk);
}

TEST(a_promise_is_due_one_business_day_later)
{
	struct scene scene = scene_begin();
	json_t *row;

	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	row = first_of(list(&scene, scene.ann, "open"));
	assert_string_equal(json_string_value(json_object_get(row, "due_at")), "2026-03-31T09:00:00.000Z");
	assert_string_equal(json_string_value(json_object_get(row, "what")), "the price of the lamp");
	assert_string_equal(json_string_value(json_object_get(row, "source")), "chat");
	kit_desk_end(scene.desk);
}

TEST(what_is_promised_on_a_friday_is_due_on_monday)
{
	struct scene scene = scene_begin();
	json_t *row;

	kit_wait(scene.desk, 4 * MS_PER_DAY);
	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	row = first_of(list(&scene, scene.ann, "open"));
	assert_string_equal(json_string_value(json_object_get(row, "due_at")), "2026-04-06T09:00:00.000Z");
	kit_desk_end(scene.desk);
}

TEST(the_outcome_owed_wants_to_know_what)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer = kit_do(
	    scene.desk, scene.ann, "chat.end", "{s:s, s:s}", "conversation", scene.conversation, "outcome", "owed");

	assert_int_equal(answer->status, 400);
	assert_string_equal(kit_text(answer, "field"), "owed");
	kit_desk_end(scene.desk);
}

TEST(only_staff_says_what_became_of_a_chat)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_do(scene.desk, scene.vera, "chat.end", "{s:s, s:s}", "conversation", scene.conversation,
			     "outcome", "solved")
			     ->status,
	    403);
	assert_int_equal(
	    kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation)->status, 200);
	kit_desk_end(scene.desk);
}

TEST(staff_speaks_after_the_end_until_the_promise_is_kept)
{
	struct scene scene = scene_begin();
	int64_t promise;

	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	promise = first_promise(&scene);
	assert_int_equal(say(&scene, scene.ben, "say-0001"), 200);
	assert_int_equal(say(&scene, scene.vera, "say-0002"), 409);
	assert_true(kit_do(scene.desk, scene.ben, "promise.keep", "{s:I}", "promise", promise)->is_ok);
	assert_int_equal(say(&scene, scene.ben, "say-0003"), 409);
	kit_desk_end(scene.desk);
}

TEST(a_promise_is_kept_once_and_it_stays_known_by_whom)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;
	int64_t promise, version;

	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	promise = first_promise(&scene);
	assert_true(kit_do(scene.desk, scene.ben, "promise.keep", "{s:I}", "promise", promise)->is_ok);
	version = kit_version(scene.desk);
	answer = kit_do(scene.desk, scene.ann, "promise.keep", "{s:I}", "promise", promise);
	assert_string_equal(
	    json_string_value(json_object_get(json_object_get(answer->body, "kept_by"), "name")), "Ben");
	assert_int_equal(kit_version(scene.desk), version);
	assert_int_equal(count_of(list(&scene, scene.ann, "open")), 0);
	kit_desk_end(scene.desk);
}

TEST(mine_are_those_that_i_promised_and_overdue_those_past_their_time)
{
	struct scene scene = scene_begin();

	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	assert_int_equal(count_of(list(&scene, scene.ann, "mine")), 1);
	assert_int_equal(count_of(list(&scene, scene.ben, "mine")), 0);
	kit_wait(scene.desk, MS_PER_DAY);
	assert_int_equal(count_of(list(&scene, scene.ann, "overdue")), 0);
	kit_wait(scene.desk, 1);
	assert_int_equal(count_of(list(&scene, scene.ann, "overdue")), 1);
	kit_desk_end(scene.desk);
}

TEST(pages_of_promises_follow_each_other_in_the_order_of_their_time)
{
	struct scene scene = scene_begin();
	int64_t after = 0;

	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	for (int i = 0; i < 2; i++) {
		g_autofree char *id = g_strdup_printf("form-000%d", i);

		kit_wait(scene.desk, i * MS_PER_MINUTE);
		assert_true(kit_do(scene.desk, kit_visitor(scene.desk, id), "form.send", "{s:s, s:s, s:s}", "id", id,
		    "email", "otto@home.example", "text", "Hello")
				->is_ok);
	}
	for (int i = 0; i < 3; i++) {
		const struct kit_answer *answer = kit_do(scene.desk, scene.ann, "promise.list", "{s:s, s:i, s:I}",
		    "view", "open", "limit", 1, "after", after);

		assert_int_equal(count_of(answer), 1);
		assert_int_equal(json_boolean_value(json_object_get(answer->body, "more")), i < 2);
		after = json_integer_value(json_object_get(first_of(answer), "promise"));
	}
	kit_desk_end(scene.desk);
}

TEST(holidays_are_no_business_days)
{
	struct scene scene = scene_begin();

	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "holiday.set", "{s:s, s:s}", "day", "2026-03-31",
	    "name", "A day of rest")
			->is_ok);
	assert_true(end_owing(&scene, "vera@home.example")->is_ok);
	assert_string_equal(json_string_value(json_object_get(first_of(list(&scene, scene.ann, "open")), "due_at")),
	    "2026-04-01T09:00:00.000Z");
	kit_desk_end(scene.desk);
}
