/* Facts about the pages that visitors go through. */
#include "desk/trail/trail.h"

#include "base/clock.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann;
	char conversation[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(5) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	return scene;
}

static const struct kit_answer *
go(const struct scene *scene, const struct kit_actor *who, const char *url)
{
	kit_wait(scene->desk, 10 * MS_PER_SECOND);
	return kit_do(scene->desk, who, "trail.add", "{s:s, s:s}", "url", url, "title", "Lamps");
}

static const json_t *
pages(const struct scene *scene)
{
	return json_object_get(
	    kit_do(scene->desk, scene->ann, "trail.list", "{s:s}", "conversation", scene->conversation)->body, "pages");
}

static const char *
url_at(const json_t *list, size_t i)
{
	return json_string_value(json_object_get(json_array_get(list, i), "url"));
}

TEST(staff_sees_the_pages_newest_first_and_without_what_comes_after_the_hash)
{
	struct scene scene = scene_begin();
	const json_t *list;

	assert_true(go(&scene, scene.vera, "https://shop.example/lamps#heron")->is_ok);
	assert_true(go(&scene, scene.vera, "https://shop.example/jugs")->is_ok);
	assert_true(go(&scene, scene.vera, "https://shop.example/jugs")->is_ok);
	list = pages(&scene);
	assert_int_equal(json_array_size(list), 2);
	assert_string_equal(url_at(list, 0), "https://shop.example/jugs");
	assert_string_equal(url_at(list, 1), "https://shop.example/lamps");
	kit_desk_end(scene.desk);
}

TEST(of_51_pages_the_newest_50_are_kept)
{
	struct scene scene = scene_begin();
	const json_t *list;

	for (int i = 0; i <= TRAIL_KEPT; i++) {
		g_autofree char *url = g_strdup_printf("https://shop.example/%d", i);

		assert_true(go(&scene, scene.vera, url)->is_ok);
	}
	list = pages(&scene);
	assert_int_equal(json_array_size(list), TRAIL_KEPT);
	assert_string_equal(url_at(list, TRAIL_KEPT - 1), "https://shop.example/1");
	kit_desk_end(scene.desk);
}

TEST(a_visitor_without_a_conversation_leaves_no_trail)
{
	struct scene scene = scene_begin();
	int64_t version = kit_version(scene.desk);

	assert_true(go(&scene, kit_visitor(scene.desk, "quiet"), "https://shop.example/")->is_ok);
	assert_int_equal(json_array_size(pages(&scene)), 0);
	assert_true(kit_version(scene.desk) >= version);
	kit_desk_end(scene.desk);
}

TEST(only_addresses_of_pages_are_taken)
{
	static const char *const urls[] = { "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/lamps",
		"https://user:word@shop.example/", "https://shop.example/ x" };
	struct scene scene = scene_begin();

	for (size_t i = 0; i < G_N_ELEMENTS(urls); i++)
		assert_int_equal(go(&scene, scene.vera, urls[i])->status, 422);
	kit_desk_end(scene.desk);
}

TEST(visitors_read_no_trails)
{
	struct scene scene = scene_begin();

	assert_int_equal(
	    kit_do(scene.desk, scene.vera, "trail.list", "{s:s}", "conversation", scene.conversation)->status, 403);
	kit_desk_end(scene.desk);
}
