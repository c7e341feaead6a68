#include "tests/kit/facts.h"

#include <string.h>

#include "desk/conversation/conversation.h"
#include "tests/kit/desk.h"

/* Vera's chat is Ann's; Ben has no part in it, Lea leads. */
struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben, *lea;
	char conversation[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	return scene;
}

static const struct kit_answer *
whisper(const struct scene *scene, const struct kit_actor *who, const char *id)
{
	return kit_do(scene->desk, who, "whisper.add", "{s:s, s:s, s:s}", "conversation", scene->conversation, "id", id,
	    "text", "Offer a refund");
}

TEST(the_owner_and_any_lead_whisper_and_who_has_no_part_does_not)
{
	struct scene scene = scene_begin();

	assert_int_equal(whisper(&scene, scene.ann, "whisper-01")->status, 200);
	assert_int_equal(whisper(&scene, scene.lea, "whisper-02")->status, 200);
	assert_int_equal(whisper(&scene, scene.ben, "whisper-03")->status, 409);
	assert_int_equal(whisper(&scene, scene.vera, "whisper-04")->status, 403);
	kit_desk_end(scene.desk);
}

TEST(a_whisper_sent_twice_is_one_whisper_and_its_id_is_for_nothing_else)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	assert_int_equal(kit_int(whisper(&scene, scene.lea, "whisper-01"), "seq"), 3);
	assert_int_equal(kit_int(whisper(&scene, scene.lea, "whisper-01"), "seq"), 3);
	answer = kit_do(scene.desk, scene.lea, "note.add", "{s:s, s:s, s:s}", "conversation", scene.conversation, "id",
	    "whisper-01", "text", "A note");
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "id");
	kit_desk_end(scene.desk);
}

TEST(nobody_whispers_in_a_closed_chat)
{
	struct scene scene = scene_begin();

	kit_do(scene.desk, scene.ann, "chat.end", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(whisper(&scene, scene.lea, "whisper-01")->status, 409);
	kit_desk_end(scene.desk);
}

TEST(a_whisper_is_read_by_colleagues_and_never_by_the_visitor)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	whisper(&scene, scene.lea, "whisper-01");
	answer = kit_do(scene.desk, scene.ben, "conversation.items", "{s:s}", "conversation", scene.conversation);
	assert_non_null(strstr(answer->text, "Offer a refund"));
	assert_non_null(strstr(answer->text, "\"whisper\""));
	answer = kit_do(scene.desk, scene.vera, "conversation.items", "{s:s}", "conversation", scene.conversation);
	assert_null(strstr(answer->text, "refund"));
	assert_null(strstr(answer->text, "whisper"));
	answer = kit_do(scene.desk, scene.ben, "chat.get", "{s:s}", "conversation", scene.conversation);
	assert_null(strstr(answer->text, "refund")); /* a whisper is not the newest message */
	kit_desk_end(scene.desk);
}
