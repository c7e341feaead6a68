/* Facts about calls on their way in: what begins at a site is counted there, with the numbers of flood.def. */
#include "edge/call.h"

#include "edge/embeds.h"
#include "edge/flood.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

#define AT_ONCE 120 /* FLOOD(START, BY_SITE) */

struct scene {
	struct kit_desk *desk;
	struct embeds *embeds;
	struct flood_table *floods;
	const char *shop, *other; /* keys of sites */
	unsigned visitors;
};

static const char *
add_site(struct scene *scene, const char *name)
{
	g_autofree char *id = g_strdup_printf("site-%s", name);
	const struct kit_answer *answer = kit_do(scene->desk, kit_administrator(scene->desk), "site.add",
	    "{s:s, s:s, s:s, s:[], s:i}", "id", id, "name", name, "language", "en", "origins", "max_waiting", AT_ONCE);

	assert_int_equal(answer->status, 200);
	return g_intern_string(kit_text(answer, "site"));
}

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(5), .floods = flood_table_new() };
	struct edge *edge = kit_edge(scene.desk);

	edge->embeds = scene.embeds = embeds_new(edge);
	scene.shop = add_site(&scene, "shop");
	scene.other = add_site(&scene, "other");
	edge->floods = scene.floods;
	return scene;
}

static void
scene_end(struct scene *scene)
{
	kit_edge(scene->desk)->floods = NULL;
	kit_desk_end(scene->desk);
	embeds_free(scene->embeds);
	flood_table_free(scene->floods);
}

/* Somebody new, whose address nobody else has. */
static const struct kit_actor *
somebody(struct scene *scene)
{
	unsigned number = ++scene->visitors;
	g_autofree char *name = g_strdup_printf("v%u", number), *address = g_strdup_printf("192.0.2.%u", number);
	const struct kit_actor *who = kit_visitor(scene->desk, name);

	kit_comes_from(who, g_intern_string(address));
	return who;
}

static int
starts(struct scene *scene, const struct kit_actor *who, const char *site)
{
	return kit_do(scene->desk, who, "chat.start", "{s:s, s:s*}", "id", "start-0001", "site", site)->status;
}

static int
leaves_form(struct scene *scene, const struct kit_actor *who, const char *site)
{
	return kit_do(scene->desk, who, "form.send", "{s:s, s:s*, s:s, s:s}", "id", "form-00001", "site", site, "email",
	    "vera@home.example", "text", "Is the lamp in stock?")
	    ->status;
}

TEST(chats_and_forms_from_everywhere_count_together_at_one_site_and_at_no_other)
{
	struct scene scene = scene_begin();

	for (unsigned i = 0; i < AT_ONCE; i++)
		assert_int_equal((i % 2 == 0 ? starts : leaves_form)(&scene, somebody(&scene), scene.shop), 200);
	assert_int_equal(starts(&scene, somebody(&scene), scene.shop), 429);
	assert_int_equal(leaves_form(&scene, somebody(&scene), scene.shop), 429);
	assert_int_equal(starts(&scene, somebody(&scene), scene.other), 200);
	assert_int_equal(leaves_form(&scene, somebody(&scene), NULL), 200);
	kit_wait(scene.desk, MS_PER_SECOND);
	assert_int_equal(starts(&scene, somebody(&scene), scene.shop), 200);
	assert_int_equal(starts(&scene, somebody(&scene), scene.shop), 429);
	scene_end(&scene);
}

TEST(a_site_that_somebody_invents_takes_no_bucket)
{
	struct scene scene = scene_begin();
	const struct kit_actor *vera = somebody(&scene);
	unsigned count;

	/* Vera's address has one from here on. */
	assert_int_equal(starts(&scene, vera, "AAAAAAAAAAAAAAAAAAAAAA"), 404);
	count = flood_table_count(scene.floods);
	assert_int_equal(starts(&scene, vera, "BBBBBBBBBBBBBBBBBBBBBB"), 404);
	assert_int_equal(leaves_form(&scene, vera, "CCCCCCCCCCCCCCCCCCCCCC"), 404);
	assert_int_equal(flood_table_count(scene.floods), count);
	assert_int_equal(starts(&scene, vera, scene.shop), 200);
	assert_int_equal(flood_table_count(scene.floods), count + 1);
	scene_end(&scene);
}
