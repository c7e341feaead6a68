#include "tests/kit/facts.h"

#include <string.h>

#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *wim, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

/* 1 started, 2 Vera's words, 3 taken by Ann, 4 a note of hers, 5 Vera's words. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(5) };
	struct kit_desk *desk = scene.desk;

	scene.vera = kit_visitor(desk, "vera");
	scene.wim = kit_visitor(desk, "wim");
	scene.ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(desk, "ben", ROLE_LEAD);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "start-vera", "text", "Hello"),
		"conversation"),
	    sizeof scene.conversation);
	kit_do(desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	kit_do(desk, scene.ann, "note.add", "{s:s, s:s, s:s}", "conversation", scene.conversation, "id", "note-0001",
	    "text", "inside");
	kit_do(desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "conversation", scene.conversation, "id",
	    "message-1", "text", "Are you there?");
	return scene;
}

static const struct kit_answer *
set(const struct scene *scene, const struct kit_actor *who, int64_t delivered, int64_t seen)
{
	return kit_do(scene->desk, who, "reading.set", "{s:s, s:I, s:I}", "conversation", scene->conversation,
	    "delivered", (json_int_t)delivered, "seen", (json_int_t)seen);
}

static int64_t
read_by(const struct scene *scene, const char *side, const char *what)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->vera, "conversation.items", "{s:s}", "conversation", scene->conversation);

	return json_integer_value(
	    json_object_get(json_object_get(json_object_get(answer->body, "readings"), side), what));
}

TEST(a_reading_only_rises_and_seeing_is_having)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(set(&scene, scene.ann, 2, 0), "delivered"), 2);
	assert_int_equal(kit_int(set(&scene, scene.ann, 0, 5), "delivered"), 5);
	assert_int_equal(kit_int(set(&scene, scene.ann, 1, 1), "seen"), 5);
	assert_int_equal(read_by(&scene, "staff", "delivered"), 5);
	assert_int_equal(read_by(&scene, "staff", "seen"), 5);
	assert_int_equal(read_by(&scene, "visitor", "seen"), 0);
	assert_int_equal(kit_int(set(&scene, scene.vera, 3, 2), "seen"), 2);
	assert_int_equal(read_by(&scene, "visitor", "delivered"), 3);
	kit_desk_end(scene.desk);
}

TEST(a_step_back_leaves_no_trace)
{
	struct scene scene = scene_begin();
	int64_t version;

	set(&scene, scene.ann, 5, 5);
	version = kit_version(scene.desk);
	assert_true(set(&scene, scene.ann, 5, 5)->is_ok);
	assert_true(set(&scene, scene.ann, 3, 2)->is_ok);
	assert_int_equal(kit_version(scene.desk), version);
	kit_desk_end(scene.desk);
}

TEST(what_is_not_there_yet_is_not_read)
{
	struct scene scene = scene_begin();

	assert_int_equal(set(&scene, scene.ann, 5, 5)->status, 200);
	assert_int_equal(set(&scene, scene.ann, 6, 0)->status, 409);
	assert_string_equal(kit_text(set(&scene, scene.ann, 6, 0), "field"), "delivered");
	assert_string_equal(kit_text(set(&scene, scene.ann, 0, 6), "field"), "seen");
	kit_desk_end(scene.desk);
}

TEST(who_reads_along_sees_nothing_in_the_name_of_staff)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(set(&scene, scene.ben, 0, 5), "seen"), 0);
	assert_int_equal(read_by(&scene, "staff", "delivered"), 5);
	assert_true(kit_do(scene.desk, scene.ann, "chat.invite", "{s:s, s:s, s:I}", "conversation", scene.conversation,
	    "id", "invite-0001", "person", (json_int_t)scene.ben->person)
			->is_ok);
	assert_int_equal(kit_int(set(&scene, scene.ben, 0, 5), "seen"), 5);
	kit_desk_end(scene.desk);
}

TEST(a_note_is_not_given_away_by_a_number)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(set(&scene, scene.ann, 4, 4), "seen"), 3);
	assert_int_equal(read_by(&scene, "staff", "seen"), 3);
	kit_desk_end(scene.desk);
}

TEST(the_conversation_of_another_visitor_does_not_exist)
{
	struct scene scene = scene_begin();

	assert_int_equal(set(&scene, scene.wim, 1, 1)->status, 404);
	kit_desk_end(scene.desk);
}
