/* Facts about who is not served. */
#include "desk/block/block.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/database.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *otto, *ann, *ben, *lea;
	char conversation[KEY_CHARS + 1];
};

/* Vera, who waits, and Otto, who has not said anything yet, come from the same address. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.otto = kit_visitor(scene.desk, "otto");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	kit_comes_from(scene.vera, "2001:db8:1:2::/64");
	kit_comes_from(scene.otto, "2001:db8:1:2::/64");
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"),
	    sizeof scene.conversation);
	return scene;
}

static const struct kit_answer *
block(const struct scene *scene, const char *kind, int hours)
{
	return kit_do(scene->desk, scene->ann, "block.add", hours == 0 ? "{s:s, s:s, s:s}" : "{s:s, s:s, s:s, s:i}",
	    "conversation", scene->conversation, "kind", kind, "reason", "shouts", "hours", hours);
}

static int
start(const struct scene *scene, const struct kit_actor *who, const char *id)
{
	return kit_do(scene->desk, who, "chat.start", "{s:s}", "id", id)->status;
}

TEST(who_is_blocked_is_in_no_chat_any_more_and_begins_none)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	assert_true(block(&scene, "visitor", 0)->is_ok);
	answer = kit_do(scene.desk, scene.ann, "chat.get", "{s:s}", "conversation", scene.conversation);
	assert_string_equal(kit_text(answer, "state"), "closed");
	assert_int_equal(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "conversation",
			     scene.conversation, "id", "say-0001", "text", "Hey!")
			     ->status,
	    409);
	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-0002");
	assert_int_equal(answer->status, 403);
	assert_null(strstr(kit_text(answer, "detail"), "shouts"));
	assert_null(strstr(kit_text(answer, "detail"), "Ann"));
	assert_int_equal(kit_do(scene.desk, scene.vera, "form.send", "{s:s, s:s, s:s}", "id", "form-0001", "email",
			     "vera@home.example", "text", "Hey!")
			     ->status,
	    403);
	assert_int_equal(
	    kit_do(scene.desk, scene.vera, "chat.reopen", "{s:s}", "conversation", scene.conversation)->status, 403);
	/* Others of the same address are welcome. */
	assert_int_equal(start(&scene, scene.otto, "start-otto"), 200);
	kit_desk_end(scene.desk);
}

TEST(a_blocked_address_is_closed_to_everybody_who_comes_from_there)
{
	struct scene scene = scene_begin();
	const struct kit_actor *noor = kit_visitor(scene.desk, "noor");

	kit_comes_from(noor, "192.0.2.7");
	assert_int_equal(start(&scene, scene.otto, "start-otto"), 200);
	assert_true(block(&scene, "address", 0)->is_ok);
	assert_string_equal(kit_text(kit_do(scene.desk, scene.otto, "chat.visit", NULL), "state"), "closed");
	assert_int_equal(start(&scene, scene.otto, "start-0002"), 403);
	assert_int_equal(start(&scene, noor, "start-noor"), 200);
	kit_desk_end(scene.desk);
}

TEST(a_chat_that_began_elsewhere_is_not_opened_again_from_a_blocked_address)
{
	struct scene scene = scene_begin();
	const struct kit_actor *noor = kit_visitor(scene.desk, "noor");
	g_autofree char *conversation = NULL;

	kit_comes_from(noor, "192.0.2.7");
	conversation =
	    g_strdup(kit_text(kit_do(scene.desk, noor, "chat.start", "{s:s}", "id", "start-noor"), "conversation"));
	assert_true(kit_do(scene.desk, noor, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
	assert_true(block(&scene, "address", 0)->is_ok);
	kit_comes_from(noor, "2001:db8:1:2::/64");
	assert_int_equal(kit_do(scene.desk, noor, "chat.reopen", "{s:s}", "conversation", conversation)->status, 403);
	kit_comes_from(noor, "192.0.2.8");
	assert_int_equal(kit_do(scene.desk, noor, "chat.reopen", "{s:s}", "conversation", conversation)->status, 200);
	/* Where it came from the last time is what can be blocked. */
	assert_string_equal(kit_text(kit_do(scene.desk, scene.ann, "block.add", "{s:s, s:s, s:s}", "conversation",
					 conversation, "kind", "address", "reason", "shouts"),
				"address"),
	    "192.0.2.8");
	kit_desk_end(scene.desk);
}

TEST(a_block_ends_with_its_last_millisecond)
{
	struct scene scene = scene_begin();

	assert_true(block(&scene, "visitor", 1)->is_ok);
	kit_wait(scene.desk, MS_PER_HOUR - 1);
	assert_int_equal(start(&scene, scene.vera, "start-0002"), 403);
	kit_wait(scene.desk, 1);
	assert_int_equal(start(&scene, scene.vera, "start-0002"), 200);
	kit_desk_end(scene.desk);
}

TEST(a_block_is_lifted_by_who_made_it_or_a_lead)
{
	struct scene scene = scene_begin();
	int64_t id = kit_int(block(&scene, "visitor", 0), "block");

	assert_int_equal(kit_do(scene.desk, scene.ben, "block.lift", "{s:I}", "block", id)->status, 409);
	assert_int_equal(kit_do(scene.desk, scene.lea, "block.lift", "{s:I}", "block", id)->status, 200);
	assert_int_equal(start(&scene, scene.vera, "start-0002"), 200);
	assert_int_equal(kit_do(scene.desk, scene.ann, "block.lift", "{s:I}", "block", id)->status, 200);
	kit_desk_end(scene.desk);
}

TEST(a_second_block_of_the_same_takes_the_place_of_the_first)
{
	struct scene scene = scene_begin();
	json_t *blocks;

	assert_true(block(&scene, "visitor", 1)->is_ok);
	assert_true(block(&scene, "visitor", 2)->is_ok);
	blocks = json_object_get(kit_do(scene.desk, scene.ben, "block.list", NULL)->body, "blocks");
	assert_int_equal(json_array_size(blocks), 1);
	assert_string_equal(json_string_value(json_object_get(json_array_get(blocks, 0), "reason")), "shouts");
	assert_string_equal(
	    json_string_value(json_object_get(json_array_get(blocks, 0), "until")), "2026-03-30T11:00:00.000Z");
	kit_desk_end(scene.desk);
}

TEST(an_address_that_nobody_knows_or_where_staff_is_cannot_be_blocked)
{
	struct scene scene = scene_begin();
	const struct kit_actor *noor = kit_visitor(scene.desk, "noor"), *wim = kit_visitor(scene.desk, "wim");
	g_autofree char *conversation = NULL, *own = NULL;

	conversation =
	    g_strdup(kit_text(kit_do(scene.desk, noor, "chat.start", "{s:s}", "id", "start-noor"), "conversation"));
	assert_int_equal(kit_do(scene.desk, scene.ann, "block.add", "{s:s, s:s, s:s}", "conversation", conversation,
			     "kind", "address", "reason", "shouts")
			     ->status,
	    409);
	/* The kit's staff is signed in from there. */
	kit_comes_from(wim, "127.0.0.1");
	own = g_strdup(kit_text(kit_do(scene.desk, wim, "chat.start", "{s:s}", "id", "start-wim1"), "conversation"));
	assert_int_equal(kit_do(scene.desk, scene.ann, "block.add", "{s:s, s:s, s:s}", "conversation", own, "kind",
			     "address", "reason", "shouts")
			     ->status,
	    409);
	kit_desk_end(scene.desk);
}

TEST(as_many_blocks_are_in_force_as_the_limit_says_and_no_more)
{
	struct scene scene = scene_begin();
	g_autofree char *fill =
	    g_strdup_printf("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
			    "INSERT INTO block (address, reason, made_by, made_at) "
			    "SELECT 'x' || i, 'many', 1, 1 FROM n",
		LIMIT_BLOCKS - 1);
	g_autofree char *wrong = database_run(kit_path(scene.desk), fill);
	const struct kit_answer *answer;

	assert_null(wrong);
	assert_true(block(&scene, "visitor", 0)->is_ok);
	assert_int_equal(start(&scene, scene.otto, "start-otto"), 200);
	answer = kit_do(scene.desk, scene.otto, "chat.visit", NULL);
	assert_int_equal(kit_do(scene.desk, scene.ann, "block.add", "{s:s, s:s, s:s}", "conversation",
			     kit_text(answer, "conversation"), "kind", "visitor", "reason", "one more")
			     ->status,
	    409);
	/* One that is there already is made longer all the same. */
	assert_true(block(&scene, "visitor", 2)->is_ok);
	kit_desk_end(scene.desk);
}
