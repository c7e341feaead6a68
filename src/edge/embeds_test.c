/* Facts about which pages may show which site. */
#include "edge/embeds.h"

#include <string.h>

#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

struct scene {
	struct fact_desk *desk;
	struct fact_caller ada;
	struct embeds *embeds;
	char site[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = fact_desk_new() };

	scene.ada = fact_staff(scene.desk, "ada", ROLE_ADMINISTRATOR);
	scene.embeds = scene.desk->edge.embeds = embeds_new(&scene.desk->edge);
	assert_int_equal(
	    fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s, s:[s, s]}", "id", "site-0001", "name", "Shop",
		"language", "en", "origins", "https://shop.example", "https://shop.example:8443"),
	    200);
	g_strlcpy(scene.site, fact_text(scene.desk, "site"), sizeof scene.site);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	struct embeds *embeds = scene->embeds;

	fact_desk_free(scene->desk);
	embeds_free(embeds);
}

TEST(a_change_of_a_site_is_known_at_once)
{
	struct scene scene = scene_begin();

	assert_string_equal(
	    embeds_sources(scene.embeds, scene.site), " https://shop.example https://shop.example:8443");
	assert_int_equal(
	    fact_do(scene.desk, &scene.ada, "site.change", "{s:s, s:i, s:s, s:s, s:[s]}", "site", scene.site, "version",
		2, "name", "Shop", "language", "en", "origins", "https://other.example"),
	    200);
	assert_string_equal(embeds_sources(scene.embeds, scene.site), " https://other.example");
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.archive", "{s:s}", "site", scene.site), 200);
	assert_null(embeds_sources(scene.embeds, scene.site));
	assert_null(embeds_sources(scene.embeds, "nothing"));
	scene_end(&scene);
}

TEST(a_site_without_origins_is_known_and_shown_nowhere_else)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s}", "id", "site-0002", "name",
			     "Own", "language", "en"),
	    200);
	assert_string_equal(embeds_sources(scene.embeds, fact_text(scene.desk, "site")), "");
	scene_end(&scene);
}

TEST(of_many_who_say_that_a_page_shows_the_site_one_an_hour_reaches_the_store)
{
	struct scene scene = scene_begin();

	assert_false(embeds_is_due(scene.embeds, scene.site, "https://shop.example.org/", 1000));
	assert_false(embeds_is_due(scene.embeds, scene.site, "https://shop.exampl/", 1000));
	assert_false(embeds_is_due(scene.embeds, "AAAAAAAAAAAAAAAAAAAAAA", "https://shop.example/", 1000));
	assert_true(embeds_is_due(scene.embeds, scene.site, "https://shop.example/lamps", 1000));
	assert_false(embeds_is_due(scene.embeds, scene.site, "https://shop.example/jugs", 1000 + SITE_SEEN_MS - 1));
	assert_true(embeds_is_due(scene.embeds, scene.site, "https://shop.example:8443/", 1000 + SITE_SEEN_MS));
	scene_end(&scene);
}

TEST(saying_so_again_and_again_changes_nothing)
{
	struct scene scene = scene_begin();
	struct fact_caller stranger = fact_stranger("192.0.2.9");

	for (int i = 0; i < 3; i++)
		assert_int_equal(fact_do(scene.desk, &stranger, "site.seen", "{s:s, s:s}", "site", scene.site, "url",
				     "https://shop.example/lamps"),
		    200);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.get", "{s:s}", "site", scene.site), 200);
	assert_string_equal(fact_text(scene.desk, "seen_url"), "https://shop.example/lamps");
	scene_end(&scene);
}
