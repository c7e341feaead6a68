/* Facts about sites. */
#include "desk/site/site.h"

#include <string.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/site/widget.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

struct scene {
	struct fact_desk *desk;
	struct fact_caller ada, bea, lea;
	char site[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = fact_desk_new() };

	scene.ada = fact_staff(scene.desk, "ada", ROLE_ADMINISTRATOR);
	scene.bea = fact_staff(scene.desk, "bea", ROLE_ADMINISTRATOR);
	scene.lea = fact_staff(scene.desk, "lea", ROLE_LEAD);
	assert_int_equal(
	    fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s, s:[s, s]}", "id", "site-0001", "name", "Shop",
		"language", "en", "origins", "HTTPS://Shop.example/", "http://localhost:3000"),
	    200);
	g_strlcpy(scene.site, fact_text(scene.desk, "site"), sizeof scene.site);
	return scene;
}

/* Changes the site of version 1, with one more field. */
static int
change_with(const struct scene *scene, const char *field, json_t *value)
{
	return fact_do(scene->desk, &scene->ada, "site.change", "{s:s, s:i, s:s, s:s, s:o}", "site", scene->site,
	    "version", 2, "name", "Shop", "language", "en", field, value);
}

static void
refused_with(const char *field, json_t *value, const char *place)
{
	struct scene scene = scene_begin();

	assert_int_equal(change_with(&scene, field, value), 422);
	assert_string_equal(scene.desk->field, place);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.get", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_int(scene.desk, "version"), 2);
	fact_desk_free(scene.desk);
}

TEST(a_new_site_is_as_the_table_says_and_its_origins_as_browsers_write_them)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.lea, "site.get", "{s:s}", "site", scene.site), 200);
	assert_string_equal(fact_text(scene.desk, "origins.0"), "https://shop.example");
	assert_string_equal(fact_text(scene.desk, "origins.1"), "http://localhost:3000");
	assert_string_equal(fact_text(scene.desk, "theme"), "auto");
	assert_string_equal(fact_text(scene.desk, "colour"), SITE_COLOUR);
	assert_string_equal(fact_text(scene.desk, "ask_topic"), "no");
	assert_int_equal(fact_int(scene.desk, "max_waiting"), SITE_MAX_WAITING);
	assert_int_equal(fact_told(scene.desk, EVENT_SITE_CHANGED), 1);
	fact_desk_free(scene.desk);
}

TEST(everything_that_is_said_of_a_site_is_answered_again)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.change",
			     "{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:[{s:s, s:s, s:s}], s:[{s:i, s:i, s:i}], "
			     "s:[{s:s, s:s, s:[s, s], s:b}], s:[{s:s, s:i, s:b}]}",
			     "site", scene.site, "version", 2, "name", "Lamps", "language", "en", "colour", "#AABBCC",
			     "ask_email", "required", "consent_url", "https://shop.example/privacy", "is_inviting",
			     true, "bulletin", "Closed on Friday", "texts", "language", "de", "name", "greeting",
			     "text", "Guten Tag", "hours", "weekday", 1, "from_minute", 540, "to_minute", 1440,
			     "fields", "label", "Size", "kind", "choice", "choices", "small", "large", "is_required",
			     true, "invites", "path", "/lamps", "seconds", 20, "is_returning", true),
	    200);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "site.get", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_int(scene.desk, "version"), 3);
	assert_int_equal(fact_rows(scene.desk, "origins"), 0); /* everything is replaced */
	assert_string_equal(fact_text(scene.desk, "bulletin"), "Closed on Friday");
	assert_string_equal(fact_text(scene.desk, "texts.0.text"), "Guten Tag");
	assert_int_equal(fact_int(scene.desk, "hours.0.to_minute"), 1440);
	assert_string_equal(fact_text(scene.desk, "fields.0.choices.1"), "large");
	assert_int_equal(fact_int(scene.desk, "invites.0.seconds"), 20);
	fact_desk_free(scene.desk);
}

TEST(of_two_who_change_a_site_the_second_learns_of_the_first)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.change", "{s:s, s:i, s:s, s:s}", "site", scene.site,
			     "version", 2, "name", "Lamps", "language", "en"),
	    200);
	assert_int_equal(fact_do(scene.desk, &scene.bea, "site.change", "{s:s, s:i, s:s, s:s}", "site", scene.site,
			     "version", 2, "name", "Lights", "language", "en"),
	    409);
	assert_string_equal(scene.desk->field, "version");
	assert_int_equal(fact_do(scene.desk, &scene.bea, "site.get", "{s:s}", "site", scene.site), 200);
	assert_string_equal(fact_text(scene.desk, "name"), "Lamps");
	fact_desk_free(scene.desk);
}

TEST(what_is_not_right_is_named_and_nothing_is_changed)
{
	refused_with("origins", json_pack("[s, s]", "https://a.example", "https://*.b.example"), "origins[1]");
	refused_with("colour", json_string("#12345g"), "colour");
	refused_with("consent_url", json_string("javascript:alert(1)"), "consent_url");
	refused_with("texts", json_pack("[{s:s, s:s, s:s}]", "language", "!", "name", "title", "text", "x"),
	    "texts[0].language");
	refused_with("texts",
	    json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "language", "en", "name", "title", "text", "x", "language",
		"en", "name", "title", "text", "y"),
	    "texts[1]");
	refused_with("hours", json_pack("[{s:i, s:i, s:i}]", "weekday", 1, "from_minute", 600, "to_minute", 600),
	    "hours[0].to_minute");
	refused_with("fields", json_pack("[{s:s, s:s}]", "label", "Size", "kind", "choice"), "fields[0].choices");
	refused_with("fields", json_pack("[{s:s, s:s, s:[s]}]", "label", "Size", "kind", "line", "choices", "x"),
	    "fields[0].choices");
	refused_with("invites", json_pack("[{s:s, s:i}]", "path", "lamps", "seconds", 1), "invites[0].path");
	refused_with("language", json_string("english language"), "language");
}

TEST(of_two_own_fields_with_one_label_the_second_is_refused)
{
	refused_with("fields",
	    json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}]", "label", "Order", "kind", "line", "label", "Age", "kind",
		"line", "label", "Order", "kind", "check"),
	    "fields[2].label");
}

TEST(a_desk_has_100_sites_and_not_101)
{
	struct scene scene = scene_begin();

	for (int i = 1; i < LIMIT_SITES; i++) {
		g_autofree char *id = g_strdup_printf("more-%04d", i);

		assert_int_equal(fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s}", "id", id, "name",
				     "Shop", "language", "en"),
		    200);
	}
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s}", "id", "more-last", "name",
			     "Shop", "language", "en"),
	    409);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.archive", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.add", "{s:s, s:s, s:s}", "id", "more-last", "name",
			     "Shop", "language", "en"),
	    200);
	fact_desk_free(scene.desk);
}

TEST(an_archived_site_has_no_widget_and_is_in_no_list_but_can_be_read)
{
	struct scene scene = scene_begin();
	struct fact_caller stranger = fact_stranger("192.0.2.9");

	assert_int_equal(fact_do(scene.desk, &stranger, "site.widget", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.archive", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.archive", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_told(scene.desk, EVENT_SITE_CHANGED), 2);
	assert_int_equal(fact_do(scene.desk, &stranger, "site.widget", "{s:s}", "site", scene.site), 404);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.list", NULL), 200);
	assert_int_equal(fact_rows(scene.desk, "sites"), 0);
	assert_int_equal(change_with(&scene, "bulletin", json_string("x")), 404);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.get", "{s:s}", "site", scene.site), 200);
	fact_desk_free(scene.desk);
}

TEST(the_site_of_the_desks_own_pages_is_told_to_everybody_and_is_not_archived)
{
	struct scene scene = scene_begin();
	struct fact_caller stranger = fact_stranger("192.0.2.9");

	assert_int_equal(fact_do(scene.desk, &stranger, "setting.get", NULL), 200);
	assert_null(fact_text(scene.desk, "site"));
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.own", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_do(scene.desk, &stranger, "setting.get", NULL), 200);
	assert_string_equal(fact_text(scene.desk, "site"), scene.site);
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.archive", "{s:s}", "site", scene.site), 409);
	fact_desk_free(scene.desk);
}

TEST(a_secret_is_shown_once_and_lies_sealed_in_the_store)
{
	struct scene scene = scene_begin();
	g_autofree char *secret = NULL;

	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.secret", "{s:s}", "site", scene.site), 200);
	secret = g_strdup(fact_text(scene.desk, "secret"));
	assert_int_equal(strlen(secret), TOKEN_CHARS);
	assert_false(fact_files_hold(scene.desk, secret));
	assert_int_equal(fact_do(scene.desk, &scene.ada, "site.get", "{s:s}", "site", scene.site), 200);
	assert_null(fact_text(scene.desk, "secret"));
	assert_int_equal(fact_int(scene.desk, "has_secret"), 1);
	fact_desk_free(scene.desk);
}

TEST(a_page_of_the_site_is_noted_once_an_hour_and_others_are_not)
{
	struct scene scene = scene_begin();
	struct fact_caller stranger = fact_stranger("192.0.2.9");
	static const char *const urls[] = { "https://elsewhere.example/", "https://shop.example.elsewhere.example/",
		"http://shop.example/" };

	for (size_t i = 0; i < G_N_ELEMENTS(urls); i++)
		assert_int_equal(
		    fact_do(scene.desk, &stranger, "site.seen", "{s:s, s:s}", "site", scene.site, "url", urls[i]), 200);
	assert_int_equal(fact_told(scene.desk, EVENT_SITE_CHANGED), 1);
	assert_int_equal(fact_do(scene.desk, &stranger, "site.seen", "{s:s, s:s}", "site", scene.site, "url",
			     "https://shop.example/lamps#now"),
	    200);
	scene.desk->clock.set_ms += SITE_SEEN_MS - 1;
	assert_int_equal(fact_do(scene.desk, &stranger, "site.seen", "{s:s, s:s}", "site", scene.site, "url",
			     "https://shop.example/jugs"),
	    200);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "site.list", NULL), 200);
	assert_string_equal(fact_text(scene.desk, "sites.0.seen_url"), "https://shop.example/lamps");
	scene.desk->clock.set_ms += 1;
	assert_int_equal(fact_do(scene.desk, &stranger, "site.seen", "{s:s, s:s}", "site", scene.site, "url",
			     "https://shop.example/jugs"),
	    200);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "site.list", NULL), 200);
	assert_string_equal(fact_text(scene.desk, "sites.0.seen_url"), "https://shop.example/jugs");
	assert_int_equal(fact_told(scene.desk, EVENT_SITE_CHANGED), 3);
	fact_desk_free(scene.desk);
}

TEST(the_widget_speaks_the_language_of_the_page_as_far_as_the_site_has_words)
{
	struct scene scene = scene_begin();
	struct fact_caller stranger = fact_stranger("192.0.2.9");

	assert_int_equal(change_with(&scene, "texts",
			     json_pack("[{s:s, s:s, s:s}, {s:s, s:s, s:s}]", "language", "en", "name", "greeting",
				 "text", "Hello", "language", "de", "name", "greeting", "text", "Guten Tag")),
	    200);
	assert_int_equal(
	    fact_do(scene.desk, &stranger, "site.widget", "{s:s, s:s}", "site", scene.site, "language", "de-AT"), 200);
	assert_string_equal(fact_text(scene.desk, "language"), "de");
	assert_string_equal(fact_text(scene.desk, "words.0.text"), "Guten Tag");
	assert_int_equal(
	    fact_do(scene.desk, &stranger, "site.widget", "{s:s, s:s}", "site", scene.site, "language", "fr"), 200);
	assert_string_equal(fact_text(scene.desk, "words.0.text"), "Hello");
	fact_desk_free(scene.desk);
}

TEST(a_widget_tells_rules_only_where_the_site_invites)
{
	struct scene scene = scene_begin();

	assert_int_equal(
	    change_with(&scene, "invites", json_pack("[{s:s, s:i}]", "path", "/lamps", "seconds", 1)), 200);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "site.widget", "{s:s}", "site", scene.site), 200);
	assert_int_equal(fact_rows(scene.desk, "invites"), 0);
	fact_desk_free(scene.desk);
}

TEST(the_best_language_is_the_longest_that_fits_else_a_cousin_else_the_first)
{
	static const struct widget_language rows[] = { { "en" }, { "pt" }, { "pt-BR" }, { "zh-Hant" } };
	const struct widget_languages languages = { rows, 4 };

	assert_string_equal(widget_language(&languages, NULL), "en");
	assert_string_equal(widget_language(&languages, "pt-BR"), "pt-BR");
	assert_string_equal(widget_language(&languages, "PT-br"), "pt-BR");
	assert_string_equal(widget_language(&languages, "pt-PT"), "pt");
	assert_string_equal(widget_language(&languages, "zh-Hans"), "zh-Hant");
	assert_string_equal(widget_language(&languages, "ptx"), "en");
	assert_string_equal(widget_language(&languages, "fr"), "en");
}
