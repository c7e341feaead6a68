#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "base/secret.h"
#include "desk/file/file.h"
#include "sql/file_sql.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *wim, *ann;
	char conversation[KEY_CHARS + 1], file[KEY_CHARS + 1];
	uint8_t bytes[LIMIT_FILE_PART_BYTES + 1];
};

/* Ann has Vera's chat. */
static void
scene_begin(struct scene *scene)
{
	scene->desk = kit_desk_begin(7);
	scene->vera = kit_visitor(scene->desk, "vera");
	scene->wim = kit_visitor(scene->desk, "wim");
	scene->ann = kit_staff(scene->desk, "ann", ROLE_ADVISOR);
	g_strlcpy(scene->conversation,
	    kit_text(kit_do(scene->desk, scene->vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene->conversation);
	assert_true(kit_do(scene->desk, scene->ann, "chat.take", "{s:s}", "conversation", scene->conversation)->is_ok);
	for (size_t i = 0; i < sizeof scene->bytes; i++)
		scene->bytes[i] = (uint8_t)(i * 31 + i / 251);
}

static const struct kit_answer *
start(struct scene *scene, const struct kit_actor *who, const char *id, int64_t size)
{
	const struct kit_answer *answer = kit_do(scene->desk, who, "file.start", "{s:s, s:s, s:s, s:I}", "conversation",
	    scene->conversation, "id", id, "name", "lamp.png", "size", (json_int_t)size);

	if (answer->is_ok)
		g_strlcpy(scene->file, kit_text(answer, "file"), sizeof scene->file);
	return answer;
}

static const struct kit_answer *
part(struct scene *scene, const struct kit_actor *who, int64_t number, const void *bytes, size_t size)
{
	kit_attach(scene->desk, bytes, size);
	return kit_do(scene->desk, who, "file.part", "{s:s, s:s, s:I}", "conversation", scene->conversation, "file",
	    scene->file, "number", (json_int_t)number);
}

static const struct kit_answer *
finish(struct scene *scene, const struct kit_actor *who)
{
	return kit_do(
	    scene->desk, who, "file.finish", "{s:s, s:s}", "conversation", scene->conversation, "file", scene->file);
}

static const struct kit_answer *
get(struct scene *scene, const struct kit_actor *who)
{
	return kit_do(scene->desk, who, "file.get", "{s:s, s:s}", "file", scene->file, "name", "lamp.png");
}

TEST(a_file_of_two_parts_stands_in_the_log_once_and_is_seen_by_both)
{
	struct scene scene;
	const struct kit_answer *answer;
	const json_t *item;

	scene_begin(&scene);
	assert_int_equal(
	    kit_int(start(&scene, scene.vera, "file-0001", LIMIT_FILE_PART_BYTES + 1), "part_bytes"), 262144);
	assert_true(part(&scene, scene.vera, 1, scene.bytes + LIMIT_FILE_PART_BYTES, 1)->is_ok);
	assert_int_equal(finish(&scene, scene.vera)->status, 409); /* a part is missing */
	assert_true(part(&scene, scene.vera, 0, scene.bytes, LIMIT_FILE_PART_BYTES)->is_ok);
	assert_int_equal(kit_int(finish(&scene, scene.vera), "seq"), 3);
	assert_int_equal(kit_int(finish(&scene, scene.vera), "seq"), 3);
	answer = kit_do(
	    scene.desk, scene.ann, "conversation.items", "{s:s, s:i}", "conversation", scene.conversation, "since", 2);
	assert_int_equal(json_array_size(json_object_get(answer->body, "items")), 1);
	item = json_array_get(json_object_get(answer->body, "items"), 0);
	assert_string_equal(json_string_value(json_object_get(item, "kind")), "file");
	item = json_object_get(item, "file");
	assert_string_equal(json_string_value(json_object_get(item, "key")), scene.file);
	assert_string_equal(json_string_value(json_object_get(item, "type")), "application/octet-stream");
	assert_true(get(&scene, scene.vera)->is_ok);
	assert_int_equal(kit_int(get(&scene, scene.ann), "size"), LIMIT_FILE_PART_BYTES + 1);
	assert_int_equal(get(&scene, scene.wim)->status, 404);
	assert_int_equal(get(&scene, &kit_nobody)->status, 401);
	kit_desk_end(scene.desk);
}

TEST(a_file_is_its_sender_s_until_it_is_finished)
{
	struct scene scene;

	scene_begin(&scene);
	assert_true(start(&scene, scene.vera, "file-0001", 3)->is_ok);
	assert_int_equal(part(&scene, scene.ann, 0, "abc", 3)->status, 404);
	assert_int_equal(part(&scene, scene.wim, 0, "abc", 3)->status, 404);
	assert_true(part(&scene, scene.vera, 0, "abc", 3)->is_ok);
	assert_int_equal(finish(&scene, scene.ann)->status, 404);
	assert_int_equal(get(&scene, scene.vera)->status, 404);
	assert_true(finish(&scene, scene.vera)->is_ok);
	assert_true(get(&scene, scene.ann)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(a_part_may_be_put_again_with_the_same_bytes_and_with_no_others)
{
	struct scene scene;

	scene_begin(&scene);
	start(&scene, scene.vera, "file-0001", 3);
	assert_int_equal(part(&scene, scene.vera, 0, "ab", 2)->status, 422);
	assert_int_equal(part(&scene, scene.vera, 0, "abcd", 4)->status, 422);
	assert_int_equal(part(&scene, scene.vera, 1, "abc", 3)->status, 422);
	assert_true(part(&scene, scene.vera, 0, "abc", 3)->is_ok);
	assert_true(part(&scene, scene.vera, 0, "abc", 3)->is_ok);
	assert_int_equal(part(&scene, scene.vera, 0, "abd", 3)->status, 409);
	assert_true(finish(&scene, scene.vera)->is_ok);
	assert_true(part(&scene, scene.vera, 0, "abc", 3)->is_ok);
	assert_int_equal(part(&scene, scene.vera, 0, "abd", 3)->status, 409);
	kit_desk_end(scene.desk);
}

TEST(the_same_id_goes_on_with_the_same_file)
{
	struct scene scene;
	char first[KEY_CHARS + 1];

	scene_begin(&scene);
	start(&scene, scene.vera, "file-0001", 3);
	g_strlcpy(first, scene.file, sizeof first);
	part(&scene, scene.vera, 0, "abc", 3);
	assert_int_equal(kit_int(start(&scene, scene.vera, "file-0001", 3), "parts"), 1);
	assert_string_equal(scene.file, first);
	assert_int_equal(start(&scene, scene.vera, "file-0001", 4)->status, 409);
	assert_int_equal(kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "conversation",
			     scene.conversation, "id", "message-1", "text", "hello")
			     ->status,
	    200);
	assert_int_equal(start(&scene, scene.vera, "message-1", 4)->status, 409);
	kit_desk_end(scene.desk);
}

TEST(a_file_of_20_mb_may_be_begun_and_one_more_byte_not)
{
	struct scene scene;

	scene_begin(&scene);
	assert_true(start(&scene, scene.vera, "file-0001", LIMIT_FILE_BYTES)->is_ok);
	assert_int_equal(start(&scene, scene.vera, "file-0002", LIMIT_FILE_BYTES + 1)->status, 422);
	assert_int_equal(start(&scene, scene.vera, "file-0003", 0)->status, 422);
	kit_desk_end(scene.desk);
}

TEST(eight_files_are_sent_at_a_time_and_the_ninth_waits)
{
	struct scene scene;
	char id[16];

	scene_begin(&scene);
	for (int i = 0; i <= LIMIT_FILES_OPEN; i++) {
		g_snprintf(id, sizeof id, "file-%04d", i);
		assert_int_equal(start(&scene, scene.vera, id, 1)->status, i < LIMIT_FILES_OPEN ? 200 : 409);
	}
	assert_true(start(&scene, scene.ann, id, 1)->is_ok); /* somebody else's are not counted */
	part(&scene, scene.ann, 0, "x", 1);
	assert_true(finish(&scene, scene.ann)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(what_was_not_finished_within_an_hour_is_gone_and_the_rest_stays)
{
	struct scene scene;
	char whole[KEY_CHARS + 1];

	scene_begin(&scene);
	start(&scene, scene.vera, "file-0001", 3);
	part(&scene, scene.vera, 0, "abc", 3);
	assert_true(finish(&scene, scene.vera)->is_ok);
	g_strlcpy(whole, scene.file, sizeof whole);
	start(&scene, scene.vera, "file-0002", 3);
	part(&scene, scene.vera, 0, "abc", 3);
	kit_wait(scene.desk, LIMIT_FILE_UPLOAD_MINUTES * MS_PER_MINUTE);
	kit_jobs(scene.desk);
	assert_true(part(&scene, scene.vera, 0, "abc", 3)->is_ok);
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	assert_int_equal(part(&scene, scene.vera, 0, "abc", 3)->status, 404);
	g_strlcpy(scene.file, whole, sizeof scene.file);
	assert_true(get(&scene, scene.ann)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(nothing_is_sent_into_a_closed_chat_or_another_s)
{
	struct scene scene;
	const struct kit_actor *ben;

	scene_begin(&scene);
	ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	assert_int_equal(start(&scene, ben, "file-0001", 3)->status, 409);
	start(&scene, scene.vera, "file-0002", 3);
	part(&scene, scene.vera, 0, "abc", 3);
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", scene.conversation)->is_ok);
	assert_int_equal(finish(&scene, scene.vera)->status, 409);
	assert_int_equal(start(&scene, scene.vera, "file-0003", 3)->status, 409);
	kit_desk_end(scene.desk);
}

TEST(a_digest_that_differs_is_refused)
{
	struct scene scene;
	struct digest part_digest = secret_sha256("abc", 3), whole = secret_sha256(part_digest.bytes, DIGEST_BYTES);
	char hex[2 * DIGEST_BYTES + 1];

	scene_begin(&scene);
	start(&scene, scene.vera, "file-0001", 3);
	part(&scene, scene.vera, 0, "abc", 3);
	for (unsigned i = 0; i < DIGEST_BYTES; i++)
		g_snprintf(hex + 2 * i, 3, "%02x", whole.bytes[i] ^ 1);
	assert_string_equal(kit_text(kit_do(scene.desk, scene.vera, "file.finish", "{s:s, s:s, s:s}", "conversation",
					 scene.conversation, "file", scene.file, "digest", hex),
				"field"),
	    "digest");
	for (unsigned i = 0; i < DIGEST_BYTES; i++)
		g_snprintf(hex + 2 * i, 3, "%02x", whole.bytes[i]);
	assert_true(kit_do(scene.desk, scene.vera, "file.finish", "{s:s, s:s, s:s}", "conversation", scene.conversation,
	    "file", scene.file, "digest", hex)
			->is_ok);
	kit_desk_end(scene.desk);
}

/* Finished files without bytes, as many and as large as a fact needs: their desk is abandoned. */
struct filling {
	int count;
	int64_t size;
	int64_t visitor;
};

static gboolean
fill(struct tx *tx, void *data, GError **error)
{
	const struct filling *filling = data;
	static const uint8_t digest[DIGEST_BYTES];

	for (int i = 0; i < filling->count; i++) {
		int changed;

		if (!file_sql_add(tx, tx_key(tx), 1, tx_text(tx, "filled-%04d", i), "visitor", filling->visitor, "a",
			filling->size, tx_now_ms(tx), error) ||
		    !file_sql_finish(tx, i + 1, 1000 + i, "image/png", 0, 0, (struct bytes) { digest, sizeof digest },
			tx_now_ms(tx), &changed, error))
			return FALSE;
	}
	return TRUE;
}

TEST(a_visitor_sends_200_mb_a_day_and_not_one_byte_more)
{
	struct filling filling = { LIMIT_FILE_DAY_BYTES / LIMIT_FILE_BYTES - 1, LIMIT_FILE_BYTES, 1 };
	struct scene scene;

	scene_begin(&scene);
	kit_change(scene.desk, fill, &filling);
	assert_int_equal(start(&scene, scene.vera, "file-0001", LIMIT_FILE_BYTES - 1)->status, 200);
	assert_int_equal(start(&scene, scene.vera, "file-0002", 2)->status, 409);
	assert_int_equal(start(&scene, scene.vera, "file-0003", 1)->status, 200);
	assert_int_equal(start(&scene, scene.ann, "file-0004", LIMIT_FILE_BYTES)->status, 200); /* staff may */
	kit_wait(scene.desk, MS_PER_DAY);
	assert_int_equal(start(&scene, scene.vera, "file-0005", LIMIT_FILE_BYTES)->status, 200);
	kit_desk_abandon(scene.desk);
}

TEST(all_visitors_together_send_5_gb_a_day_and_not_one_byte_more)
{
	struct filling filling = { 1, LIMIT_FILE_DESK_DAY_MB * INT64_C(1048576) - 1, 99 };
	struct scene scene;

	scene_begin(&scene);
	kit_change(scene.desk, fill, &filling);
	assert_int_equal(start(&scene, scene.vera, "file-0001", 2)->status, 409);
	assert_int_equal(start(&scene, scene.vera, "file-0002", 1)->status, 200);
	assert_int_equal(start(&scene, scene.ann, "file-0003", LIMIT_FILE_BYTES)->status, 200); /* staff may */
	kit_desk_abandon(scene.desk);
}

TEST(all_visitors_together_begin_20000_files_a_day_and_not_20001)
{
	struct filling filling = { LIMIT_FILES_DESK_DAY - 1, 1, 99 };
	struct scene scene;

	scene_begin(&scene);
	kit_change(scene.desk, fill, &filling);
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.wim, "chat.start", "{s:s}", "id", "start-wim"), "conversation"),
	    sizeof scene.conversation);
	assert_int_equal(start(&scene, scene.wim, "file-0001", 1)->status, 200);
	assert_int_equal(start(&scene, scene.wim, "file-0002", 1)->status, 409);
	kit_wait(scene.desk, MS_PER_DAY);
	assert_int_equal(start(&scene, scene.wim, "file-0002", 1)->status, 200);
	kit_desk_abandon(scene.desk);
}

TEST(a_conversation_has_1000_files_and_not_1001)
{
	struct filling filling = { LIMIT_FILES_PER_CONVERSATION - 1, 1, 1 };
	struct scene scene;

	scene_begin(&scene);
	kit_change(scene.desk, fill, &filling);
	assert_int_equal(start(&scene, scene.vera, "file-0001", 1)->status, 200);
	assert_int_equal(start(&scene, scene.vera, "file-0002", 1)->status, 409);
	kit_desk_abandon(scene.desk);
}
