#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(3) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	return scene;
}

static const struct kit_answer *
note(const struct scene *scene, const struct kit_actor *who, const char *id, const char *text)
{
	return kit_do(scene->desk, who, "note.add", "{s:s, s:s, s:s}", "conversation", scene->conversation, "id", id,
	    "text", text);
}

static const struct kit_answer *
correct(const struct scene *scene, const char *id, int64_t seq)
{
	return kit_do(scene->desk, scene->ann, "note.add", "{s:s, s:s, s:s, s:I}", "conversation", scene->conversation,
	    "id", id, "text", "better", "corrects", seq);
}

static size_t
items_seen_by(const struct scene *scene, const struct kit_actor *who)
{
	return json_array_size(json_object_get(
	    kit_do(scene->desk, who, "conversation.items", "{s:s}", "conversation", scene->conversation)->body,
	    "items"));
}

TEST(a_note_is_seen_by_staff_and_not_by_the_visitor)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(note(&scene, scene.ann, "note-0001", "asks for a lamp"), "seq"), 2);
	assert_int_equal(items_seen_by(&scene, scene.ben), 2);
	assert_int_equal(items_seen_by(&scene, scene.vera), 1);
	kit_desk_end(scene.desk);
}

TEST(a_visitor_writes_no_notes)
{
	struct scene scene = scene_begin();

	assert_int_equal(note(&scene, scene.vera, "note-0001", "me")->status, 403);
	kit_desk_end(scene.desk);
}

TEST(the_same_id_again_is_the_same_note)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(note(&scene, scene.ann, "note-0001", "one"), "seq"), 2);
	assert_int_equal(kit_int(note(&scene, scene.ann, "note-0001", "one"), "seq"), 2);
	assert_int_equal(items_seen_by(&scene, scene.ann), 2);
	kit_desk_end(scene.desk);
}

TEST(a_correction_names_a_note_of_the_same_conversation)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	assert_int_equal(kit_int(note(&scene, scene.ann, "note-0001", "one"), "seq"), 2);
	assert_int_equal(correct(&scene, "note-0002", 2)->status, 200);
	answer = correct(&scene, "note-0003", 1); /* an item, but not a note */
	assert_int_equal(answer->status, 404);
	assert_string_equal(kit_text(answer, "field"), "corrects");
	assert_int_equal(correct(&scene, "note-0004", 99)->status, 404);
	kit_desk_end(scene.desk);
}

TEST(notes_are_written_after_the_end_too)
{
	struct scene scene = scene_begin();

	assert_int_equal(
	    kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation)->status, 200);
	assert_int_equal(note(&scene, scene.ann, "note-0001", "will call back")->status, 200);
	kit_desk_end(scene.desk);
}

TEST(an_id_is_for_one_thing_and_refused_for_another)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	note(&scene, scene.ann, "thing-0001", "asks for a lamp");
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	answer = kit_do(scene.desk, scene.ann, "message.send", "{s:s, s:s, s:s}", "conversation", scene.conversation,
	    "id", "thing-0001", "text", "Good morning");
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "id");
	kit_do(scene.desk, scene.ann, "message.send", "{s:s, s:s, s:s}", "conversation", scene.conversation, "id",
	    "thing-0002", "text", "Good morning");
	assert_int_equal(note(&scene, scene.ann, "thing-0002", "never lost in silence")->status, 409);
	kit_desk_end(scene.desk);
}
