/* Facts about the end of chats, what is said about it, and their return. */
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/chat/chat.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

#define REOPEN_MS (LIMIT_REOPEN_MINUTES * MS_PER_MINUTE)

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ada, *vera, *ann;
	char conversation[KEY_CHARS + 1];
};

/* Ann has had Vera's chat, and has ended it. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.ada = kit_administrator(scene.desk);
	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"),
	    sizeof scene.conversation);
	assert_true(kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation)->is_ok);
	assert_true(kit_do(scene.desk, scene.ann, "chat.end", "{s:s, s:s, s:s}", "conversation", scene.conversation,
	    "topic", "Lamps", "outcome", "solved")
			->is_ok);
	return scene;
}

static const struct kit_answer *
reopen(const struct scene *scene)
{
	return kit_do(scene->desk, scene->vera, "chat.reopen", "{s:s}", "conversation", scene->conversation);
}

static const struct kit_answer *
rate(const struct scene *scene, int score, const char *comment)
{
	return kit_do(scene->desk, scene->vera, "rating.give", comment == NULL ? "{s:s, s:i}" : "{s:s, s:i, s:s}",
	    "conversation", scene->conversation, "score", score, "comment", comment);
}

static const struct kit_answer *
get(const struct scene *scene)
{
	return kit_do(scene->desk, scene->ann, "chat.get", "{s:s}", "conversation", scene->conversation);
}

TEST(what_was_said_at_the_end_is_kept)
{
	struct scene scene = scene_begin();

	assert_string_equal(kit_text(get(&scene), "topic"), "Lamps");
	assert_string_equal(kit_text(get(&scene), "outcome"), "solved");
	kit_desk_end(scene.desk);
}

TEST(a_chat_comes_back_to_its_last_owner)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer = reopen(&scene);

	assert_true(answer->is_ok);
	assert_string_equal(kit_text(answer, "state"), "owned");
	assert_string_equal(kit_text(answer, "advisor"), "Ann");
	assert_string_equal(kit_text(get(&scene), "outcome"), "");
	kit_desk_end(scene.desk);
}

TEST(a_chat_can_be_opened_again_for_half_an_hour_and_not_a_millisecond_longer)
{
	struct scene scene = scene_begin();

	kit_wait(scene.desk, REOPEN_MS + 1);
	assert_false(json_boolean_value(
	    json_object_get(kit_do(scene.desk, scene.vera, "chat.visit", NULL)->body, "can_reopen")));
	assert_int_equal(reopen(&scene)->status, 409);
	kit_wait(scene.desk, -1);
	assert_true(json_boolean_value(
	    json_object_get(kit_do(scene.desk, scene.vera, "chat.visit", NULL)->body, "can_reopen")));
	assert_int_equal(reopen(&scene)->status, 200);
	kit_desk_end(scene.desk);
}

TEST(when_the_last_owner_is_away_it_waits_in_the_line)
{
	struct scene scene = scene_begin();

	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "away");
	assert_string_equal(kit_text(reopen(&scene), "state"), "waiting");
	assert_int_equal(kit_int(kit_do(scene.desk, scene.vera, "chat.visit", NULL), "place"), 1);
	kit_desk_end(scene.desk);
}

TEST(when_nobody_is_there_it_stays_closed)
{
	struct scene scene = scene_begin();

	kit_do(scene.desk, scene.ann, "seat.status", "{s:s}", "status", "away");
	kit_do(scene.desk, scene.ada, "seat.status", "{s:s}", "status", "away");
	assert_string_equal(kit_text(reopen(&scene), "field"), "desk");
	kit_desk_end(scene.desk);
}

TEST(opening_an_open_chat_changes_nothing)
{
	struct scene scene = scene_begin();
	int64_t version;

	assert_true(reopen(&scene)->is_ok);
	version = kit_version(scene.desk);
	assert_string_equal(kit_text(reopen(&scene), "state"), "owned");
	assert_int_equal(kit_version(scene.desk), version);
	kit_desk_end(scene.desk);
}

TEST(a_form_is_not_opened)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera");
	g_autofree char *conversation = g_strdup(kit_text(kit_do(desk, vera, "form.send", "{s:s, s:s, s:s}", "id",
							      "form-0001", "email", "vera@home.example", "text", "Hi"),
	    "conversation"));

	assert_int_equal(kit_do(desk, vera, "chat.reopen", "{s:s}", "conversation", conversation)->status, 409);
	assert_int_equal(
	    kit_do(desk, vera, "rating.give", "{s:s, s:i}", "conversation", conversation, "score", 5)->status, 409);
	kit_desk_end(desk);
}

TEST(a_rating_is_given_after_the_end_and_replaced_within_half_an_hour)
{
	struct scene scene = scene_begin();
	json_t *rating;

	assert_true(rate(&scene, 2, "slow")->is_ok);
	kit_wait(scene.desk, REOPEN_MS);
	assert_true(rate(&scene, 5, NULL)->is_ok);
	kit_wait(scene.desk, 1);
	assert_int_equal(rate(&scene, 1, NULL)->status, 409);
	rating = json_object_get(get(&scene)->body, "rating");
	assert_int_equal(json_integer_value(json_object_get(rating, "score")), 5);
	assert_null(json_string_value(json_object_get(rating, "comment")));
	kit_desk_end(scene.desk);
}

TEST(an_open_chat_is_not_rated)
{
	struct scene scene = scene_begin();

	assert_true(reopen(&scene)->is_ok);
	assert_int_equal(rate(&scene, 5, NULL)->status, 409);
	kit_desk_end(scene.desk);
}

TEST(staff_reads_a_rating_in_the_log_and_the_visitor_does_not)
{
	struct scene scene = scene_begin();
	json_t *items, *last;

	assert_true(rate(&scene, 4, "kind people")->is_ok);
	items = json_object_get(
	    kit_do(scene.desk, scene.ann, "conversation.items", "{s:s}", "conversation", scene.conversation)->body,
	    "items");
	last = json_array_get(items, json_array_size(items) - 1);
	assert_string_equal(json_string_value(json_object_get(last, "kind")), "rated");
	assert_string_equal(json_string_value(json_object_get(last, "text")), "4\nkind people");
	items = json_object_get(
	    kit_do(scene.desk, scene.vera, "conversation.items", "{s:s}", "conversation", scene.conversation)->body,
	    "items");
	last = json_array_get(items, json_array_size(items) - 1);
	assert_string_equal(json_string_value(json_object_get(last, "kind")), "ended");
	kit_desk_end(scene.desk);
}

TEST(who_is_heard_of_no_more_is_away_and_gets_no_new_chat)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);

	assert_true(reopen(&scene)->is_ok);
	kit_vanish(ben);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND - 1);
	kit_jobs(scene.desk);
	assert_int_equal(kit_do(scene.desk, scene.ann, "chat.transfer", "{s:s, s:I}", "conversation",
			     scene.conversation, "to", (json_int_t)ben->person)
			     ->status,
	    200);
	assert_true(kit_do(scene.desk, ben, "chat.transfer", "{s:s, s:I}", "conversation", scene.conversation, "to",
	    (json_int_t)scene.ann->person)
			->is_ok);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_int_equal(kit_do(scene.desk, scene.ann, "chat.transfer", "{s:s, s:I}", "conversation",
			     scene.conversation, "to", (json_int_t)ben->person)
			     ->status,
	    409);
	kit_desk_end(scene.desk);
}
