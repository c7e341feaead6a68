/* Facts about who waits, for how long, and whether the desk can answer. */
#include "desk/line/line.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ada, *vera;
};

/* Ada is there and nobody else. It is a Monday, nine o'clock. */
static struct scene
scene_begin(void)
{
	struct kit_desk *desk = kit_desk_begin(1);

	return (struct scene) { desk, kit_administrator(desk), kit_visitor(desk, "vera") };
}

/* The desk's own pages are those of a site of this kind from here on. `format` has what is not usual about it. */
static const char *
has_site(const struct scene *scene, json_t *more)
{
	static const char usual[] =
	    "{\"id\": \"site-0001\", \"name\": \"Shop\", \"language\": \"en\", \"theme\": \"auto\", "
	    "\"colour\": \"#1f5f5b\", \"side\": \"end\", \"launcher\": \"bubble\", "
	    "\"ask_name\": \"optional\", \"ask_email\": \"optional\", \"ask_topic\": \"no\", "
	    "\"max_waiting\": 50, \"is_inviting\": false, \"origins\": [], \"texts\": [], "
	    "\"hours\": [], \"fields\": [], \"invites\": []}";
	json_t *body = json_loads(usual, 0, NULL);
	struct kit_answer answer;
	const char *key;

	assert_non_null(body);
	assert_int_equal(json_object_update(body, more), 0);
	json_decref(more);
	kit_send(scene->desk, scene->ada, "site.add", body, &answer);
	if (!answer.is_ok)
		fail_msg("%s: %s", kit_text(&answer, "field"), kit_text(&answer, "detail"));
	key = g_intern_string(kit_text(&answer, "site"));
	kit_answer_clear(&answer);
	return key;
}

static const struct kit_answer *
state(const struct scene *scene, const char *site)
{
	return kit_do(scene->desk, &kit_nobody, "line.state", site == NULL ? NULL : "{s:s}", "site", site);
}

static const struct kit_answer *
start(const struct scene *scene, const char *name, const char *site)
{
	g_autofree char *id = g_strdup_printf("start-%s", name);
	const struct kit_actor *who = strcmp(name, "vera") == 0 ? scene->vera : kit_visitor(scene->desk, name);

	return kit_do(scene->desk, who, "chat.start", site == NULL ? "{s:s}" : "{s:s, s:s}", "id", id, "site", site);
}

static void
status(const struct scene *scene, const char *word)
{
	assert_true(kit_do(scene->desk, scene->ada, "seat.status", "{s:s}", "status", word)->is_ok);
}

static void
assert_closed_for(const struct kit_answer *answer, const char *reason)
{
	assert_true(answer->is_ok);
	assert_false(json_boolean_value(json_object_get(answer->body, "open")));
	assert_string_equal(kit_text(answer, "reason"), reason);
}

TEST(the_desk_is_open_while_somebody_is_there)
{
	struct scene scene = scene_begin();

	assert_true(json_boolean_value(json_object_get(state(&scene, NULL)->body, "open")));
	assert_true(json_boolean_value(json_object_get(state(&scene, NULL)->body, "is_free")));
	assert_int_equal(kit_int(state(&scene, NULL), "wait_ms"), 0);
	kit_desk_end(scene.desk);
}

TEST(nobody_is_kept_waiting_while_nobody_is_there_unless_the_desk_says_so)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	status(&scene, "away");
	assert_closed_for(state(&scene, NULL), "nobody");
	answer = start(&scene, "vera", NULL);
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "desk");
	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:s}", "wait_for_somebody", "yes")->is_ok);
	assert_true(start(&scene, "vera", NULL)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(outside_of_its_hours_a_site_says_when_it_opens)
{
	struct scene scene = scene_begin();
	const char *site = has_site(
	    &scene, json_pack("{s:[{s:i, s:i, s:i}]}", "hours", "weekday", 1, "from_minute", 570, "to_minute", 600));

	assert_closed_for(state(&scene, site), "hours");
	assert_string_equal(kit_text(state(&scene, site), "opens_at"), "2026-03-30T09:30:00.000Z");
	assert_string_equal(kit_text(start(&scene, "vera", site), "field"), "desk");
	kit_wait(scene.desk, 30 * MS_PER_MINUTE);
	assert_true(start(&scene, "vera", site)->is_ok);
	kit_wait(scene.desk, 30 * MS_PER_MINUTE);
	assert_closed_for(state(&scene, site), "hours");
	assert_string_equal(kit_text(state(&scene, site), "opens_at"), "2026-04-06T09:30:00.000Z");
	kit_desk_end(scene.desk);
}

TEST(as_many_wait_as_the_site_lets_and_the_next_is_told)
{
	struct scene scene = scene_begin();
	const char *site = has_site(&scene, json_pack("{s:i}", "max_waiting", 2));

	assert_true(start(&scene, "vera", site)->is_ok);
	assert_true(json_boolean_value(json_object_get(state(&scene, site)->body, "open")));
	assert_true(start(&scene, "otto", site)->is_ok);
	assert_closed_for(state(&scene, site), "full");
	assert_int_equal(start(&scene, "noor", site)->status, 409);
	/* The line of other pages is another matter. */
	assert_true(start(&scene, "wim1", NULL)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(a_site_that_does_not_exist_is_named)
{
	struct scene scene = scene_begin();

	assert_int_equal(start(&scene, "vera", "aaaaaaaaaaaaaaaaaaaaaa")->status, 404);
	assert_string_equal(kit_text(start(&scene, "vera", "aaaaaaaaaaaaaaaaaaaaaa"), "field"), "site");
	kit_desk_end(scene.desk);
}

TEST(what_a_site_requires_is_asked_for_by_its_name)
{
	struct scene scene = scene_begin();
	const char *site = has_site(&scene,
	    json_pack("{s:s, s:s, s:s}", "ask_name", "required", "ask_email", "required", "ask_topic", "required"));
	const struct kit_actor *vera = scene.vera;

	assert_string_equal(kit_text(start(&scene, "vera", site), "field"), "name");
	assert_string_equal(kit_text(kit_do(scene.desk, vera, "chat.start", "{s:s, s:s, s:s}", "id", "start-0002",
					 "site", site, "name", "Vera"),
				"field"),
	    "email");
	assert_string_equal(kit_text(kit_do(scene.desk, vera, "chat.start", "{s:s, s:s, s:s, s:s}", "id", "start-0002",
					 "site", site, "name", "Vera", "email", "vera@home.example"),
				"field"),
	    "topic");
	assert_true(kit_do(scene.desk, vera, "chat.start", "{s:s, s:s, s:s, s:s, s:s}", "id", "start-0002", "site",
	    site, "name", "Vera", "email", "vera@home.example", "topic", "Lamps")
			->is_ok);
	kit_desk_end(scene.desk);
}

static const struct kit_answer *
answering(const struct scene *scene, const char *site, json_t *answers)
{
	return kit_do(scene->desk, scene->vera, "chat.start", "{s:s, s:s, s:o}", "id", "start-0001", "site", site,
	    "answers", answers);
}

TEST(the_sites_own_fields_are_answered_as_they_were_asked)
{
	struct scene scene = scene_begin();
	const char *site = has_site(&scene,
	    json_pack("{s:[{s:s, s:s, s:b}, {s:s, s:s, s:[s, s], s:b}, {s:s, s:s, s:b}]}", "fields", "label",
		"Order number", "kind", "line", "is_required", 1, "label", "Room", "kind", "choice", "choices",
		"Kitchen", "Hall", "is_required", 0, "label", "I agree", "kind", "check", "is_required", 1));
	static const char *const wrong[] = {
		"[]",
		"[{\"label\": \"Order number\", \"value\": \"20417\"}]",
		"[{\"label\": \"I agree\", \"value\": \"yes\"}]",
		"[{\"label\": \"Order number\", \"value\": \"20417\"}, {\"label\": \"I agree\", \"value\": \"no\"}]",
		"[{\"label\": \"Order number\", \"value\": \"20417\"}, {\"label\": \"I agree\", \"value\": \"perhaps\"}]",
		"[{\"label\": \"Order number\", \"value\": \"2\\n4\"}, {\"label\": \"I agree\", \"value\": \"yes\"}]",
		"[{\"label\": \"Order number\", \"value\": \"2\"}, {\"label\": \"I agree\", \"value\": \"yes\"}, "
		"{\"label\": \"Room\", \"value\": \"Cellar\"}]",
		"[{\"label\": \"Order number\", \"value\": \"2\"}, {\"label\": \"I agree\", \"value\": \"yes\"}, "
		"{\"label\": \"Shoe size\", \"value\": \"43\"}]",
		"[{\"label\": \"Order number\", \"value\": \"2\"}, {\"label\": \"I agree\", \"value\": \"yes\"}, "
		"{\"label\": \"Order number\", \"value\": \"3\"}]",
	};
	static const char right[] =
	    "[{\"label\": \"Order number\", \"value\": \"20417\"}, "
	    "{\"label\": \"I agree\", \"value\": \"yes\"}, {\"label\": \"Room\", \"value\": \"Hall\"}]";
	const struct kit_answer *answer;
	g_autofree char *conversation = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		answer = answering(&scene, site, json_loads(wrong[i], 0, NULL));
		assert_int_equal(answer->status, 400);
		assert_string_equal(kit_text(answer, "field"), "answers");
	}
	answer = answering(&scene, site, json_loads(right, 0, NULL));
	assert_true(answer->is_ok);
	conversation = g_strdup(kit_text(answer, "conversation"));
	answer = kit_do(scene.desk, scene.ada, "chat.get", "{s:s}", "conversation", conversation);
	assert_int_equal(json_array_size(json_object_get(answer->body, "answers")), 3);
	assert_string_equal(kit_text(answer, "site"), "Shop");
	kit_desk_end(scene.desk);
}

TEST(the_estimate_is_nothing_while_somebody_has_room_and_whole_minutes_after_that)
{
	struct line_room room = { .places = 4, .taken = 3, .length_ms = 5 * MS_PER_MINUTE };

	assert_int_equal(line_wait_ms(&room, 1), 0);
	room.taken = 4;
	assert_int_equal(line_wait_ms(&room, 1), 2 * MS_PER_MINUTE);
	assert_int_equal(line_wait_ms(&room, 4), 5 * MS_PER_MINUTE);
	room.length_ms = 4 * MS_PER_MINUTE;
	assert_int_equal(line_wait_ms(&room, 1), MS_PER_MINUTE);
	room.length_ms++;
	assert_int_equal(line_wait_ms(&room, 4), 5 * MS_PER_MINUTE);
	/* With nobody there it is one's turn times the length. */
	room = (struct line_room) { .length_ms = 5 * MS_PER_MINUTE };
	assert_int_equal(line_wait_ms(&room, 2), 10 * MS_PER_MINUTE);
}

/* Ada holds as many chats as the desk says she does well; and one more waits, whose place and wait are answered. */
TEST(one_who_waits_is_told_how_long_and_it_gets_better)
{
	struct scene scene = scene_begin();
	g_autofree char *first = NULL;
	const struct kit_answer *answer;

	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "chats_each", 1)->is_ok);
	kit_jobs(scene.desk);
	first = g_strdup(kit_text(start(&scene, "otto", NULL), "conversation"));
	assert_true(kit_do(scene.desk, scene.ada, "chat.take", "{s:s}", "conversation", first)->is_ok);
	answer = start(&scene, "vera", NULL);
	assert_int_equal(kit_int(answer, "wait_ms"), 5 * MS_PER_MINUTE);
	answer = kit_do(scene.desk, scene.vera, "chat.visit", NULL);
	assert_int_equal(kit_int(answer, "wait_ms"), 5 * MS_PER_MINUTE);
	kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	answer = kit_do(scene.desk, scene.vera, "chat.visit", NULL);
	assert_int_equal(kit_int(answer, "wait_ms"), 0);
	kit_desk_end(scene.desk);
}

static void
talk_a_minute(const struct scene *scene, const char *name, bool ends)
{
	g_autofree char *conversation = g_strdup(kit_text(start(scene, name, NULL), "conversation"));

	assert_true(kit_do(scene->desk, scene->ada, "chat.take", "{s:s}", "conversation", conversation)->is_ok);
	kit_wait(scene->desk, MS_PER_MINUTE);
	if (ends)
		assert_true(kit_do(scene->desk, scene->ada, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
}

static int64_t
wait_after(const char *const *names)
{
	struct scene scene = scene_begin();
	int64_t wait_ms;

	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "chats_each", 1)->is_ok);
	kit_jobs(scene.desk);
	for (; *names != NULL; names++)
		talk_a_minute(&scene, *names, true);
	talk_a_minute(&scene, "vera", false);
	wait_ms = kit_int(state(&scene, NULL), "wait_ms");
	kit_desk_end(scene.desk);
	return wait_ms;
}

TEST(how_long_chats_take_is_known_from_the_third_on)
{
	assert_int_equal(wait_after((const char *const[]) { "otto", "noor", NULL }), 5 * MS_PER_MINUTE);
	assert_int_equal(wait_after((const char *const[]) { "otto", "noor", "wim1", NULL }), MS_PER_MINUTE);
}
