#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann;
	char conversation[KEY_CHARS + 1];
};

/* Vera waits, Ann is online. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(2) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	return scene;
}

static const struct kit_answer *
say(const struct scene *scene, const struct kit_actor *who, const char *id, const char *text)
{
	return kit_do(scene->desk, who, "message.send", "{s:s, s:s, s:s}", "conversation", scene->conversation, "id",
	    id, "text", text);
}

static int
act(const struct scene *scene, const struct kit_actor *who, const char *command)
{
	return kit_do(scene->desk, who, command, "{s:s}", "conversation", scene->conversation)->status;
}

TEST(messages_get_the_next_seq)
{
	struct scene scene = scene_begin();

	assert_int_equal(kit_int(say(&scene, scene.vera, "message-1", "one"), "seq"), 2);
	assert_int_equal(kit_int(say(&scene, scene.vera, "message-2", "two"), "seq"), 3);
	kit_desk_end(scene.desk);
}

TEST(the_same_id_again_is_the_same_message_with_the_first_answer)
{
	struct scene scene = scene_begin();
	g_autofree char *first = g_strdup(say(&scene, scene.vera, "message-1", "one")->text);
	int64_t version = kit_version(scene.desk);

	kit_wait(scene.desk, 1000);
	assert_string_equal(say(&scene, scene.vera, "message-1", "one")->text, first);
	assert_string_equal(say(&scene, scene.vera, "message-1", "something else")->text, first);
	assert_int_equal(kit_version(scene.desk), version);
	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200);
	assert_string_equal(say(&scene, scene.vera, "message-1", "one")->text, first); /* also after the end */
	kit_desk_end(scene.desk);
}

TEST(an_id_counts_for_its_sender_only)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(kit_int(say(&scene, scene.vera, "message-1", "one"), "seq"), 3);
	assert_int_equal(kit_int(say(&scene, scene.ann, "message-1", "two"), "seq"), 4);
	kit_desk_end(scene.desk);
}

TEST(staff_write_to_the_customer_only_in_their_own_chat)
{
	struct scene scene = scene_begin();
	const struct kit_actor *ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);

	assert_int_equal(say(&scene, scene.ann, "message-1", "hello")->status, 409);
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(say(&scene, scene.ann, "message-1", "hello")->status, 200);
	assert_int_equal(say(&scene, ben, "message-2", "me too")->status, 409);
	kit_desk_end(scene.desk);
}

TEST(nothing_is_said_in_a_closed_chat)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200);
	assert_int_equal(say(&scene, scene.vera, "message-1", "one more")->status, 409);
	kit_desk_end(scene.desk);
}

TEST(the_conversation_of_another_visitor_does_not_exist)
{
	struct scene scene = scene_begin();
	const struct kit_actor *wim = kit_visitor(scene.desk, "wim");
	g_autofree char *theirs = g_strdup(kit_text(say(&scene, wim, "message-1", "hi"), "detail"));
	const struct kit_answer *nowhere = kit_do(scene.desk, wim, "message.send", "{s:s, s:s, s:s}", "conversation",
	    "AAAAAAAAAAAAAAAAAAAAAA", "id", "message-1", "text", "hi");

	assert_int_equal(nowhere->status, 404);
	assert_string_equal(kit_text(nowhere, "detail"), theirs);
	kit_desk_end(scene.desk);
}

TEST(a_message_of_16384_bytes_is_taken_and_one_more_byte_refused)
{
	struct scene scene = scene_begin();
	g_autofree char *longest = g_strnfill(LIMIT_MESSAGE_BYTES, 'x');
	g_autofree char *longer = g_strnfill(LIMIT_MESSAGE_BYTES + 1, 'x');
	const struct kit_answer *answer;

	assert_int_equal(say(&scene, scene.vera, "message-1", longest)->status, 200);
	answer = say(&scene, scene.vera, "message-2", longer);
	assert_int_equal(answer->status, 422);
	assert_string_equal(kit_text(answer, "field"), "text");
	kit_desk_end(scene.desk);
}
