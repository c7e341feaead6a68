#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera;
	char conversation[KEY_CHARS + 1];
};

/* A conversation of Vera's with `count` items. */
static struct scene
scene_begin(int count)
{
	struct scene scene = { .desk = kit_desk_begin(5) };

	scene.vera = kit_visitor(scene.desk, "vera");
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	for (int i = 1; i < count; i++) {
		g_autofree char *id = g_strdup_printf("message-%d", i);

		assert_true(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "conversation",
		    scene.conversation, "id", id, "text", "hello")
				->is_ok);
	}
	return scene;
}

static const struct kit_answer *
items(const struct scene *scene, int64_t since, int64_t limit)
{
	return kit_do(scene->desk, scene->vera, "conversation.items", "{s:s, s:I, s:I}", "conversation",
	    scene->conversation, "since", since, "limit", limit);
}

TEST(a_page_says_where_to_go_on_and_whether_there_is_more)
{
	struct scene scene = scene_begin(5);
	const struct kit_answer *answer = items(&scene, 1, 3);

	assert_int_equal(json_array_size(json_object_get(answer->body, "items")), 3);
	assert_int_equal(kit_int(answer, "head"), 4);
	assert_true(json_is_true(json_object_get(answer->body, "more")));
	answer = items(&scene, 4, 3);
	assert_int_equal(json_array_size(json_object_get(answer->body, "items")), 1);
	assert_int_equal(kit_int(answer, "head"), 5);
	assert_true(json_is_false(json_object_get(answer->body, "more")));
	kit_desk_end(scene.desk);
}

TEST(the_newest_number_is_a_cursor_and_the_next_one_is_not)
{
	struct scene scene = scene_begin(5);

	assert_int_equal(kit_int(items(&scene, 5, 10), "head"), 5);
	assert_int_equal(items(&scene, 6, 10)->status, 409);
	assert_string_equal(kit_text(items(&scene, 6, 10), "field"), "since");
	kit_desk_end(scene.desk);
}

TEST(a_page_has_200_items_and_not_201)
{
	struct scene scene = scene_begin(2);

	assert_int_equal(items(&scene, 0, LIMIT_PAGE_ROWS)->status, 200);
	assert_int_equal(items(&scene, 0, LIMIT_PAGE_ROWS + 1)->status, 422);
	assert_int_equal(items(&scene, 0, 0)->status, 422);
	kit_desk_end(scene.desk);
}

TEST(ten_thousand_missed_items_come_once_and_in_order)
{
	struct scene scene = scene_begin(10000);
	int64_t cursor = 0, seen = 0;
	bool has_more = true;

	while (has_more) {
		const struct kit_answer *answer = items(&scene, cursor, LIMIT_PAGE_ROWS);
		json_t *item;
		size_t i;

		json_array_foreach(json_object_get(answer->body, "items"), i, item)
		{
			assert_int_equal(json_integer_value(json_object_get(item, "seq")), ++seen);
		}
		cursor = kit_int(answer, "head");
		has_more = json_is_true(json_object_get(answer->body, "more"));
	}
	assert_int_equal(seen, 10000);
	kit_desk_end(scene.desk);
}
