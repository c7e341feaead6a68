/* Facts about who is seen to have a conversation on the screen. */
#include "edge/presence.h"

#include <string.h>

#include "tests/kit/desk_socket.h"
#include "tests/kit/facts.h"

/* Vera's chat, watched by herself, Ann and Ben; Lea watches the desk. */
struct scene {
	struct kit_desk *desk;
	struct kit_hub *hub;
	struct kit_client *vera, *ann, *ben, *lea;
	const struct kit_actor *ann_herself;
	const char *key;
	uint32_t seconds;
};

static void
watch(struct kit_client *client, const char *key)
{
	kit_say(client, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w-1", "conversation", key, "since", 1);
	kit_forget(client);
}

static struct kit_client *
page_of(struct scene *scene, const struct kit_actor *who)
{
	struct kit_client *client = kit_connect(scene->hub, who);

	watch(client, scene->key);
	return client;
}

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };
	const struct kit_actor *vera = kit_visitor(scene.desk, "vera");

	scene.hub = kit_hub_begin(scene.desk);
	scene.key = g_intern_string(
	    kit_text(kit_do(scene.desk, vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"));
	scene.vera = kit_connect(scene.hub, vera);
	watch(scene.vera, scene.key);
	scene.ann_herself = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ann = page_of(&scene, scene.ann_herself);
	scene.ben = page_of(&scene, kit_staff(scene.desk, "ben", ROLE_ADVISOR));
	scene.lea = kit_connect(scene.hub, kit_staff(scene.desk, "lea", ROLE_LEAD));
	kit_say(scene.lea, "{s:s, s:s, s:b}", "do", "watch", "id", "w-2", "desk", 1);
	kit_forget(scene.lea);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	kit_hub_end(scene->hub);
	kit_desk_end(scene->desk);
}

static void
view(struct scene *scene, struct kit_client *client, bool is_composing)
{
	kit_say(client, "{s:s, s:s, s:b}", "do", "viewing", "conversation", scene->key, "composing", is_composing);
}

static void
pass(struct scene *scene, uint32_t seconds)
{
	scene->seconds += seconds;
	hub_tick(scene->hub->hub, scene->seconds);
	kit_settle(scene->hub);
}

/* The next presence that the client hears of, as "Ann Ben!" (! composes); "none" for an empty one, NULL when it hears of nothing. */
static const char *
seen(struct scene *scene, struct kit_client *client)
{
	const char *heard = kit_heard(client), *name;
	json_t *message = heard == NULL ? NULL : json_loads(heard, 0, NULL), *who;
	g_autoptr(GString) names = g_string_new(NULL);
	size_t i;

	if (message == NULL)
		return NULL;
	assert_string_equal(json_string_value(json_object_get(message, "event")), "presence");
	assert_string_equal(json_string_value(json_object_get(message, "conversation")), scene->key);
	json_array_foreach(json_object_get(message, "who"), i, who)
	{
		name = json_string_value(json_object_get(who, "name"));
		assert_true(json_integer_value(json_object_get(who, "id")) > 0);
		g_string_append_printf(names, "%s%s%s", i > 0 ? " " : "", name,
		    json_is_true(json_object_get(who, "composing")) ? "!" : "");
	}
	json_decref(message);
	return g_intern_string(names->len == 0 ? "none" : names->str);
}

TEST(colleagues_see_who_views_and_who_writes_and_the_visitor_sees_nothing)
{
	struct scene scene = scene_begin();

	view(&scene, scene.ann, false);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	assert_string_equal(seen(&scene, scene.lea), "Ann");
	assert_string_equal(seen(&scene, scene.ann), "Ann");
	view(&scene, scene.ben, true);
	assert_null(seen(&scene, scene.ann)); /* at most once a second */
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ann), "Ben! Ann");
	assert_string_equal(seen(&scene, scene.lea), "Ben! Ann");
	/* Her place in the line, and nothing else. */
	assert_true(g_str_has_prefix(kit_heard(scene.vera), "{\"event\":\"line.moved\","));
	assert_null(kit_heard(scene.vera));
	scene_end(&scene);
}

TEST(what_is_renewed_tells_nobody_anything)
{
	struct scene scene = scene_begin();

	view(&scene, scene.ann, true);
	assert_string_equal(seen(&scene, scene.ben), "Ann!");
	for (unsigned i = 0; i < 8; i++) {
		pass(&scene, 10);
		view(&scene, scene.ann, true);
	}
	kit_settle(scene.hub);
	assert_null(seen(&scene, scene.ben));
	scene_end(&scene);
}

TEST(what_is_not_renewed_fades_after_25_seconds_and_not_before)
{
	struct scene scene = scene_begin();

	view(&scene, scene.ann, false);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	pass(&scene, PRESENCE_SECONDS - 1);
	assert_null(seen(&scene, scene.ben));
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "none");
	assert_int_equal(g_hash_table_size(scene.hub->hub->places), 0);
	scene_end(&scene);
}

TEST(who_leaves_in_any_way_is_seen_no_more)
{
	struct scene scene = scene_begin();

	view(&scene, scene.ann, false);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	kit_say(scene.ann, "{s:s}", "do", "viewing");
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "none");
	view(&scene, scene.ann, false);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	kit_say(scene.ann, "{s:s, s:s, s:s}", "do", "unwatch", "id", "u-1", "conversation", scene.key);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "none");
	watch(scene.ann, scene.key);
	view(&scene, scene.ann, false);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	kit_hang_up(scene.ann);
	kit_settle(scene.hub);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "none");
	scene_end(&scene);
}

TEST(two_pages_of_one_person_are_one_person)
{
	struct scene scene = scene_begin();
	struct kit_client *tab = kit_connect(scene.hub, scene.ann_herself);

	watch(tab, scene.key);
	view(&scene, scene.ann, true);
	assert_string_equal(seen(&scene, scene.ben), "Ann!");
	view(&scene, tab, false);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "Ann!");
	kit_hang_up(scene.ann);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	scene_end(&scene);
}

TEST(one_socket_views_one_conversation_at_a_time)
{
	struct scene scene = scene_begin();
	const char *other = g_intern_string(
	    kit_text(kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.start", "{s:s}", "id", "start-0001"),
		"conversation"));

	kit_forget(scene.lea);
	view(&scene, scene.ann, false);
	assert_string_equal(seen(&scene, scene.ben), "Ann");
	watch(scene.ann, other);
	kit_say(scene.ann, "{s:s, s:s}", "do", "viewing", "conversation", other);
	pass(&scene, 1);
	assert_string_equal(seen(&scene, scene.ben), "none");
	assert_int_equal(g_hash_table_size(scene.hub->hub->viewers), 1);
	scene_end(&scene);
}

TEST(who_comes_later_is_told_what_there_is_to_see)
{
	struct scene scene = scene_begin();
	struct kit_client *late;

	view(&scene, scene.ann, true);
	kit_forget(scene.ann);
	late = kit_connect(scene.hub, kit_staff(scene.desk, "cleo", ROLE_ADVISOR));
	kit_say(late, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w-1", "conversation", scene.key, "since", 1);
	assert_true(g_str_has_prefix(kit_heard(late), "{\"re\":\"w-1\",\"ok\":{\"head\":1"));
	assert_string_equal(seen(&scene, late), "Ann!");
	kit_say(late, "{s:s, s:s, s:b}", "do", "watch", "id", "w-2", "desk", 1);
	assert_string_equal(kit_heard(late), "{\"re\":\"w-2\",\"ok\":{}}");
	assert_string_equal(seen(&scene, late), "Ann!");
	scene_end(&scene);
}

TEST(a_visitor_views_nothing_and_nobody_views_what_they_do_not_watch)
{
	struct scene scene = scene_begin();
	const char *heard;

	kit_say(scene.vera, "{s:s, s:s, s:s}", "do", "viewing", "id", "v-1", "conversation", scene.key);
	heard = kit_heard(scene.vera);
	assert_non_null(strstr(heard, "urn:softanswer:permission"));
	kit_say(scene.lea, "{s:s, s:s, s:s}", "do", "viewing", "id", "v-2", "conversation", scene.key);
	heard = kit_heard(scene.lea);
	assert_non_null(strstr(heard, "urn:softanswer:state"));
	pass(&scene, 1);
	assert_null(kit_heard(scene.ben));
	scene_end(&scene);
}

TEST(of_many_colleagues_50_are_shown_and_not_51)
{
	struct scene scene = scene_begin();
	json_t *message;
	const char *heard, *newest = NULL;

	for (unsigned i = 0; i <= LIMIT_PRESENCE; i++) {
		g_autofree char *name = g_strdup_printf("one%u", i);

		view(&scene, page_of(&scene, kit_staff(scene.desk, name, ROLE_ADVISOR)), false);
	}
	kit_forget(scene.ben);
	pass(&scene, 1);
	while ((heard = kit_heard(scene.ben)) != NULL)
		newest = g_intern_string(heard);
	message = json_loads(newest, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(message, "who")), LIMIT_PRESENCE);
	json_decref(message);
	scene_end(&scene);
}

static bool
is_looked_at(const struct scene *scene)
{
	return hub_is_looked_at(scene->hub->hub, scene->ann_herself->session);
}

TEST(a_page_is_looked_at_while_it_says_so_whatever_it_shows)
{
	struct scene scene = scene_begin();

	assert_false(is_looked_at(&scene));
	kit_say(scene.ann, "{s:s, s:b}", "do", "viewing", "visible", 1);
	assert_true(is_looked_at(&scene));
	kit_say(scene.ann, "{s:s, s:b}", "do", "viewing", "visible", 0);
	assert_false(is_looked_at(&scene));
	view(&scene, scene.ann, false);
	assert_true(is_looked_at(&scene));
	kit_say(scene.ann, "{s:s}", "do", "viewing");
	assert_false(is_looked_at(&scene));
	scene_end(&scene);
}

TEST(a_page_that_says_nothing_for_25_seconds_is_looked_at_no_more)
{
	struct scene scene = scene_begin();

	kit_say(scene.ann, "{s:s, s:b}", "do", "viewing", "visible", 1);
	pass(&scene, PRESENCE_SECONDS - 1);
	assert_true(is_looked_at(&scene));
	pass(&scene, 1);
	assert_false(is_looked_at(&scene));
	scene_end(&scene);
}
