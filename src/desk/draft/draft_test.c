#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/draft/draft.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben;
	char conversation[KEY_CHARS + 1];
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(5) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene.conversation);
	kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", scene.conversation);
	return scene;
}

static const struct kit_answer *
set(const struct scene *scene, const struct kit_actor *who, int64_t generation, const char *text)
{
	return kit_do(scene->desk, who, "draft.set", "{s:s, s:s, s:I, s:s}", "conversation", scene->conversation,
	    "mode", "message", "generation", (json_int_t)generation, "text", text);
}

static const struct kit_answer *
send(const struct scene *scene, const char *id, int64_t draft)
{
	return kit_do(scene->desk, scene->ann, "message.send", "{s:s, s:s, s:s, s:I}", "conversation",
	    scene->conversation, "id", id, "text", "Good morning", "draft", (json_int_t)draft);
}

static size_t
drafts_of(const struct scene *scene, const struct kit_actor *who)
{
	return json_array_size(json_object_get(kit_do(scene->desk, who, "draft.list", NULL)->body, "drafts"));
}

TEST(a_draft_is_its_writer_s_own)
{
	struct scene scene = scene_begin();

	assert_string_equal(kit_text(set(&scene, scene.ann, 1, "Good mor"), "text"), "Good mor");
	assert_int_equal(drafts_of(&scene, scene.ann), 1);
	assert_int_equal(drafts_of(&scene, scene.ben), 0);
	assert_int_equal(set(&scene, scene.vera, 1, "Me too")->status, 403);
	kit_desk_end(scene.desk);
}

TEST(a_sent_draft_never_comes_back)
{
	struct scene scene = scene_begin();

	set(&scene, scene.ann, 1, "Good mor");
	assert_true(send(&scene, "message-1", 1)->is_ok);
	assert_int_equal(kit_int(set(&scene, scene.ann, 1, "Good morning"), "generation"), 2);
	assert_string_equal(kit_text(set(&scene, scene.ann, 1, "Good morning"), "text"), "");
	assert_int_equal(drafts_of(&scene, scene.ann), 0);
	assert_string_equal(kit_text(set(&scene, scene.ann, 2, "The next"), "text"), "The next");
	kit_desk_end(scene.desk);
}

TEST(a_draft_that_was_sent_before_its_first_save_does_not_come_back_either)
{
	struct scene scene = scene_begin();

	assert_true(send(&scene, "message-1", 1)->is_ok);
	assert_string_equal(kit_text(set(&scene, scene.ann, 1, "Good mor"), "text"), "");
	assert_int_equal(drafts_of(&scene, scene.ann), 0);
	kit_desk_end(scene.desk);
}

TEST(the_same_message_again_moves_no_draft)
{
	struct scene scene = scene_begin();

	send(&scene, "message-1", 1);
	set(&scene, scene.ann, 2, "The next");
	assert_true(send(&scene, "message-1", 1)->is_ok);
	assert_int_equal(drafts_of(&scene, scene.ann), 1);
	kit_desk_end(scene.desk);
}

TEST(a_message_that_was_refused_keeps_its_draft)
{
	struct scene scene = scene_begin();

	set(&scene, scene.ann, 1, "Good mor");
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation)->is_ok);
	assert_int_equal(send(&scene, "message-1", 1)->status, 409);
	assert_int_equal(drafts_of(&scene, scene.ann), 1);
	kit_desk_end(scene.desk);
}

TEST(a_blank_draft_is_none_and_its_generation_is_remembered_for_60_days)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	set(&scene, scene.ann, 7, "   ");
	assert_int_equal(drafts_of(&scene, scene.ann), 0);
	kit_wait(scene.desk, DRAFT_KEPT_MS);
	kit_jobs(scene.desk);
	kit_sign_in(scene.desk, scene.ann);
	answer = kit_do(scene.desk, scene.ann, "draft.list", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(json_array_size(json_object_get(answer->body, "drafts")), 1);
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	answer = kit_do(scene.desk, scene.ann, "draft.list", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(json_array_size(json_object_get(answer->body, "drafts")), 0);
	kit_desk_end(scene.desk);
}

static gboolean
fill(struct tx *tx, void *data, GError **error)
{
	const struct scene *scene = data;

	for (int i = 0; i < LIMIT_DRAFTS - 1; i++) {
		struct conversation conversation = { .visitor = tx_key(tx) };
		struct draft_set ask = { .mode = DRAFT_NOTE, .generation = 1, .text = "begun" };
		static struct actor ann = { .kind = ACTOR_PERSON, .role = ROLE_ADVISOR };
		struct draft draft;
		struct item item = { .kind = ITEM_STARTED };

		ann.person_id = scene->ann->person;
		tx_act_as(tx, &ann);
		if (!conversation_open(tx, NULL, NULL, &conversation, error) ||
		    !conversation_add(tx, &conversation, &item, NULL, error))
			return FALSE;
		ask.conversation = conversation.key;
		if (!draft_set(tx, &ask, &draft, error))
			return FALSE;
	}
	return TRUE;
}

TEST(somebody_has_200_drafts_and_not_201)
{
	struct scene scene = scene_begin();

	kit_change(scene.desk, fill, &scene);
	assert_int_equal(set(&scene, scene.ann, 1, "The last")->status, 200);
	assert_int_equal(drafts_of(&scene, scene.ann), LIMIT_DRAFTS);
	assert_int_equal(kit_do(scene.desk, scene.ann, "draft.set", "{s:s, s:s, s:i, s:s}", "conversation",
			     scene.conversation, "mode", "note", "generation", 1, "text", "one more")
			     ->status,
	    409);
	assert_int_equal(set(&scene, scene.ann, 1, "The last, and it goes on")->status, 200);
	kit_desk_abandon(scene.desk); /* conversations without chats are no desk's */
}

/* What stands in one row of the list. */
static const char *
row_text(const struct kit_answer *answer, size_t row, const char *field)
{
	return json_string_value(json_object_get(json_array_get(json_object_get(answer->body, "drafts"), row), field));
}

TEST(drafts_are_read_page_by_page_without_a_gap_though_all_are_of_the_same_moment)
{
	struct scene scene = scene_begin();
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const struct kit_answer *answer;
	bool has_more;

	kit_change(scene.desk, fill, &scene);
	set(&scene, scene.ann, 1, "A second one of this conversation");
	answer = kit_do(scene.desk, scene.ann, "draft.list", "{s:i}", "limit", 70);
	do {
		json_t *rows = json_object_get(answer->body, "drafts");
		size_t last = json_array_size(rows) - 1;

		assert_true(last < 70);
		for (size_t i = 0; i <= last; i++)
			assert_true(g_hash_table_add(
			    seen, g_strconcat(row_text(answer, i, "conversation"), row_text(answer, i, "mode"), NULL)));
		has_more = json_is_true(json_object_get(answer->body, "more"));
		answer = kit_do(scene.desk, scene.ann, "draft.list", "{s:s, s:s, s:i}", "before",
		    row_text(answer, last, "conversation"), "before_mode", row_text(answer, last, "mode"), "limit", 70);
	} while (has_more);
	assert_int_equal(g_hash_table_size(seen), LIMIT_DRAFTS);
	assert_int_equal(
	    kit_do(scene.desk, scene.ann, "draft.list", "{s:s}", "before", scene.conversation)->status, 400);
	assert_int_equal(kit_do(scene.desk, scene.ben, "draft.list", "{s:s, s:s}", "before", scene.conversation,
			     "before_mode", "note")
			     ->status,
	    404);
	kit_desk_abandon(scene.desk); /* conversations without chats are no desk's */
}

/* A draft of so many bytes, each of which takes six when it is written out. */
static void
set_long(const struct scene *scene, unsigned n, size_t size)
{
	g_autofree char *name = g_strdup_printf("visitor-%u", n), *id = g_strdup_printf("start-%04u", n),
			*text = g_strnfill(size, '\r');
	g_autofree char *conversation = g_strdup(kit_text(
	    kit_do(scene->desk, kit_visitor(scene->desk, name), "chat.start", "{s:s}", "id", id), "conversation"));

	text[0] = 'x';
	assert_true(kit_do(scene->desk, scene->ann, "draft.set", "{s:s, s:s, s:i, s:s}", "conversation", conversation,
	    "mode", "note", "generation", 1, "text", text)
			->is_ok);
}

TEST(a_page_of_drafts_holds_65536_bytes_of_text_and_not_one_more_and_fits_a_socket)
{
	for (int more = 0; more < 2; more++) {
		struct scene scene = scene_begin();
		const struct kit_answer *answer;

		for (unsigned i = 0; i < 3; i++)
			set_long(&scene, i, LIMIT_MESSAGE_BYTES);
		set_long(&scene, 3, LIMIT_MESSAGE_BYTES - 1);
		set_long(&scene, 4, 1 + (size_t)more);
		answer = kit_do(scene.desk, scene.ann, "draft.list", NULL);
		assert_int_equal(json_array_size(json_object_get(answer->body, "drafts")), more ? 4 : 5);
		assert_int_equal(json_is_true(json_object_get(answer->body, "more")), more);
		assert_true(strlen(answer->text) > 6 * (LIMIT_DRAFT_LIST_BYTES - 10));
		assert_true(strlen(answer->text) <= LIMIT_SOCKET_OUTPUT_BYTES / 2 - LIMIT_PAGE_ROWS * 160);
		kit_desk_end(scene.desk);
	}
}
