#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/answer/answer.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ann, *ben, *lea;
	int64_t team; /* of Ann */
	unsigned ids;
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };
	const struct kit_answer *answer;

	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	answer = kit_do(scene.desk, kit_administrator(scene.desk), "team.add", "{s:s, s:s, s:[I]}", "id", "team-0001",
	    "name", "Refunds", "members", (json_int_t)scene.ann->person);
	assert_true(answer->is_ok);
	scene.team = kit_int(answer, "id");
	return scene;
}

static const struct kit_answer *
add(struct scene *scene, const struct kit_actor *who, const char *scope, const char *shortcut, const char *text)
{
	g_autofree char *id = g_strdup_printf("answer-%05u", ++scene->ids);
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", id, "shortcut", shortcut, "title", "A title",
	    "text", text, "scope", scope);

	if (strcmp(scope, "team") == 0)
		json_object_set_new(body, "team", json_integer(scene->team));
	return kit_do(scene->desk, who, "answer.add", "o", body);
}

static int64_t
added(struct scene *scene, const struct kit_actor *who, const char *scope, const char *shortcut)
{
	const struct kit_answer *answer = add(scene, who, scope, shortcut, "Some words");

	assert_true(answer->is_ok);
	return kit_int(answer, "answer");
}

/* The shortcuts that they are shown, newest change first. */
static const char *
shown(struct scene *scene, const struct kit_actor *who, const char *search, const char *shortcut)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, who, "answer.list", "{s:s*, s:s*}", "search", search, "shortcut", shortcut);
	g_autoptr(GString) names = g_string_new(NULL);
	json_t *row;
	size_t i;

	assert_true(answer->is_ok);
	json_array_foreach(json_object_get(answer->body, "answers"), i, row)
	{
		g_string_append_printf(
		    names, "%s%s", i > 0 ? " " : "", json_string_value(json_object_get(row, "shortcut")));
	}
	return g_intern_string(names->str);
}

static int
change(struct scene *scene, const struct kit_actor *who, int64_t id, const char *text)
{
	return kit_do(scene->desk, who, "answer.change", "{s:I, s:s}", "answer", (json_int_t)id, "text", text)->status;
}

static int
archive(struct scene *scene, const struct kit_actor *who, int64_t id)
{
	return kit_do(scene->desk, who, "answer.archive", "{s:I}", "answer", (json_int_t)id)->status;
}

TEST(one_sees_ones_own_those_of_ones_teams_and_those_of_all)
{
	struct scene scene = scene_begin();

	added(&scene, scene.lea, "all", "everybody");
	kit_wait(scene.desk, 1000);
	added(&scene, scene.ann, "team", "refund");
	kit_wait(scene.desk, 1000);
	added(&scene, scene.ann, "own", "mine");
	assert_string_equal(shown(&scene, scene.ann, NULL, NULL), "mine refund everybody");
	assert_string_equal(shown(&scene, scene.ben, NULL, NULL), "everybody");
	assert_string_equal(shown(&scene, scene.lea, NULL, NULL), "refund everybody");
	kit_desk_end(scene.desk);
}

TEST(a_search_finds_any_words_in_any_case_and_a_prefix_the_shortcut)
{
	struct scene scene = scene_begin();

	assert_true(add(&scene, scene.ann, "own", "thanks", "Schönen DANK für 100% Geduld_")->is_ok);
	assert_true(add(&scene, scene.ann, "own", "though", "Nothing of that")->is_ok);
	assert_string_equal(shown(&scene, scene.ann, "SCHÖNEN dank", NULL), "thanks");
	assert_string_equal(shown(&scene, scene.ann, "100%", NULL), "thanks");
	assert_string_equal(shown(&scene, scene.ann, "d_", NULL), "thanks");
	assert_string_equal(shown(&scene, scene.ann, "_%", NULL), "");
	assert_string_equal(shown(&scene, scene.ann, NULL, "tha"), "thanks");
	assert_string_equal(shown(&scene, scene.ann, NULL, "th"), "though thanks");
	assert_string_equal(shown(&scene, scene.ann, NULL, "%"), "");
	kit_desk_end(scene.desk);
}

TEST(who_may_not_change_an_answer_is_told_so_only_where_they_see_it)
{
	struct scene scene = scene_begin();
	int64_t all = added(&scene, scene.lea, "all", "everybody"), team = added(&scene, scene.ann, "team", "refund"),
		own = added(&scene, scene.ann, "own", "mine");

	assert_int_equal(change(&scene, scene.ann, all, "Other words"), 403);
	assert_int_equal(change(&scene, scene.lea, all, "Other words"), 200);
	assert_int_equal(change(&scene, scene.ben, team, "Other words"), 404);
	assert_int_equal(change(&scene, scene.lea, team, "Other words"), 200);
	assert_int_equal(change(&scene, scene.ann, team, "Other words"), 200);
	assert_int_equal(change(&scene, scene.lea, own, "Other words"), 404);
	assert_int_equal(archive(&scene, scene.lea, own), 404);
	assert_int_equal(change(&scene, scene.ann, own, "Other words"), 200);
	assert_int_equal(add(&scene, scene.ann, "all", "other", "Words")->status, 403);
	assert_int_equal(add(&scene, scene.ben, "team", "other", "Words")->status, 404);
	kit_desk_end(scene.desk);
}

TEST(a_shortcut_is_free_once_in_each_place_and_again_after_archiving)
{
	struct scene scene = scene_begin();
	int64_t mine = added(&scene, scene.ann, "own", "hello");

	added(&scene, scene.ben, "own", "hello");
	added(&scene, scene.lea, "all", "hello");
	added(&scene, scene.ann, "team", "hello");
	assert_int_equal(add(&scene, scene.ann, "own", "hello", "Again")->status, 409);
	assert_int_equal(add(&scene, scene.lea, "all", "hello", "Again")->status, 409);
	assert_int_equal(archive(&scene, scene.ann, mine), 200);
	assert_int_equal(archive(&scene, scene.ann, mine), 200);
	assert_int_equal(change(&scene, scene.ann, mine, "Too late"), 409);
	assert_int_equal(add(&scene, scene.ann, "own", "hello", "Again")->status, 200);
	kit_desk_end(scene.desk);
}

TEST(a_shortcut_is_small_letters_digits_and_dashes)
{
	struct scene scene = scene_begin();
	static const char *const wrong[] = { "Hello", "two words", "a_b", "h\xC3\xA9", "a/b" };

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		const struct kit_answer *answer = add(&scene, scene.ann, "own", wrong[i], "Words");

		assert_int_equal(answer->status, 422);
		assert_string_equal(kit_text(answer, "field"), "shortcut");
	}
	assert_true(add(&scene, scene.ann, "own", "a-1", "Words")->is_ok);
	kit_desk_end(scene.desk);
}

static bool
is_right(const char *text)
{
	g_autoptr(GError) error = NULL;

	if (answer_check_text(text, &error))
		return true;
	assert_int_equal(error_kind(error), REFUSED_RANGE);
	assert_string_equal(error_field(error), "text");
	assert_non_null(strstr(error->message, "{{visitor.name}}"));
	return false;
}

TEST(only_known_variables_stand_in_double_braces)
{
	assert_true(is_right("Hello {{visitor.name}}, {{me.name}} of {{desk.name}} about {{topic}}"));
	assert_true(is_right("Braces {like} these, and }} or {{ alone"));
	assert_false(is_right("Hello {{visitor}}"));
	assert_false(is_right("Hello {{ visitor.name }}"));
	assert_false(is_right("Hello {{}}"));
	assert_false(is_right("{{topic}}{{visitor.name{{topic}}"));
}

TEST(every_prefix_of_a_text_is_judged_without_harm)
{
	static const char text[] = "a {{visitor.name}} b {{me.name}} {{nobody}} c";

	for (size_t size = 0; size < sizeof text; size++) {
		g_autofree char *prefix = g_strndup(text, size);

		assert_int_equal(is_right(prefix), strstr(prefix, "{{nobody}}") == NULL);
	}
}

TEST(answers_are_read_page_by_page_the_newest_change_first)
{
	struct scene scene = scene_begin();
	int64_t first = added(&scene, scene.ann, "own", "a0"), before = 0;
	int seen = 0;
	bool has_more = true;

	for (int i = 1; i < 7; i++) {
		g_autofree char *shortcut = g_strdup_printf("a%d", i);

		added(&scene, scene.ann, "own", shortcut);
	}
	kit_wait(scene.desk, 1000);
	assert_int_equal(change(&scene, scene.ann, first, "Newer words"), 200);
	while (has_more) {
		const struct kit_answer *answer = before == 0
		    ? kit_do(scene.desk, scene.ann, "answer.list", "{s:i}", "limit", 2)
		    : kit_do(scene.desk, scene.ann, "answer.list", "{s:i, s:I}", "limit", 2, "before", before);
		json_t *row;
		size_t i;

		json_array_foreach(json_object_get(answer->body, "answers"), i, row)
		{
			before = json_integer_value(json_object_get(row, "id"));
			assert_true(seen > 0 || before == first);
			seen++;
		}
		has_more = json_is_true(json_object_get(answer->body, "more"));
	}
	assert_int_equal(seen, 7);
	kit_desk_end(scene.desk);
}

TEST(one_person_keeps_200_of_their_own_and_not_201_and_a_desk_2000_and_not_2001)
{
	struct scene scene = scene_begin();

	for (int i = 0; i <= LIMIT_OWN_ANSWERS; i++) {
		g_autofree char *shortcut = g_strdup_printf("own-%d", i);

		assert_int_equal(
		    add(&scene, scene.ann, "own", shortcut, "Words")->status, i < LIMIT_OWN_ANSWERS ? 200 : 409);
	}
	for (int i = LIMIT_OWN_ANSWERS; i <= LIMIT_ANSWERS; i++) {
		g_autofree char *shortcut = g_strdup_printf("all-%d", i);

		assert_int_equal(
		    add(&scene, scene.lea, "all", shortcut, "Words")->status, i < LIMIT_ANSWERS ? 200 : 409);
		if (i % 100 == 0)
			kit_wait(scene.desk, 10000);
	}
	kit_desk_end(scene.desk);
}

static gboolean
add_first(struct tx *tx, void *language, GError **error)
{
	return answer_add_first(tx, language, 1, error);
}

TEST(a_new_desk_begins_with_answers_in_its_language_that_hold_no_unknown_variable)
{
	static const struct {
		const char *language, *hello;
	} languages[] = { { "en", "hello" }, { "de-AT", "hallo" }, { "es", "hola" }, { "fr", "hello" },
		{ "den", "hello" } };

	for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
		struct scene scene = scene_begin();
		const struct kit_answer *answer;
		json_t *row;
		size_t j;

		kit_change(scene.desk, add_first, (void *)languages[i].language);
		assert_non_null(strstr(shown(&scene, scene.ann, NULL, NULL), languages[i].hello));
		answer = kit_do(scene.desk, scene.ann, "answer.list", "{}");
		assert_int_equal(json_array_size(json_object_get(answer->body, "answers")), 12);
		json_array_foreach(json_object_get(answer->body, "answers"), j, row)
		{
			assert_true(is_right(json_string_value(json_object_get(row, "text"))));
		}
		kit_desk_end(scene.desk);
	}
}
