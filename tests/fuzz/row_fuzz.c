/*
 * Stored rows: items that hold any bytes at all, as a broken disk or a foreign hand may leave them, read back by the desk and
 * written as JSON, as an answer and as an event. Staff and visitors get JSON in UTF-8 or a refusal, and a visitor nothing that
 * the row calls internal.
 *
 * The first bytes choose kind, author and the numbers; the rest is split at each 0xFF into text, caller_id and kind.
 */
#include <sqlite3.h>
#include <string.h>

#include "base/log.h"
#include "desk/conversation/conversation.h"
#include "edge/event_shapes.h"
#include "tests/fuzz/fuzz.h"
#include "tests/kit/desk.h"

#define HEAD_BYTES 4

static struct kit_desk *desk;
static const struct kit_actor *vera, *ann;
static char *key;
static sqlite3 *behind;
static sqlite3_stmt *add, *count;
static int64_t seq;

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(behind, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(behind));
	return statement;
}

static void
begin(void)
{
	const struct kit_answer *answer;

	desk = kit_desk_begin(1);
	vera = kit_visitor(desk, "vera");
	ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	answer = kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001");
	key = g_strdup(kit_text(answer, "conversation"));
	seq = kit_int(answer, "head");
	if (sqlite3_open(kit_path(desk), &behind) != SQLITE_OK)
		g_error("%s: %s", kit_path(desk), sqlite3_errmsg(behind));
	sqlite3_exec(behind, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
	add = prepare(
	    "INSERT INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, about_id, body, caller_id, at)"
	    " VALUES (1, ?1, CAST(?2 AS TEXT), ?3, ?4, ?5, ?6, CAST(?7 AS TEXT), CAST(?8 AS TEXT), ?9)");
	count = prepare("UPDATE conversation SET last_seq = ?1 WHERE id = 1");
}

static void
bind(int place, const uint8_t *bytes, size_t size)
{
	if (bytes == NULL)
		sqlite3_bind_null(add, place);
	else
		sqlite3_bind_blob(add, place, bytes, (int)size, SQLITE_TRANSIENT);
}

/* The part of the rest up to the next 0xFF; NULL where there is none. */
static const uint8_t *
part(const uint8_t **at, const uint8_t *end, size_t *size)
{
	const uint8_t *start = *at, *stop;

	if (start >= end)
		return NULL;
	stop = memchr(start, 0xFF, (size_t)(end - start)) ?: end;
	*size = (size_t)(stop - start);
	*at = stop + 1;
	return start;
}

static bool
write_row(const uint8_t *bytes, size_t size)
{
	static const char *const authors[] = { "visitor", "person", "system" };
	const uint8_t *at = bytes + HEAD_BYTES, *end = bytes + size;
	size_t part_size = 0;
	const uint8_t *text = part(&at, end, &part_size);

	bind(7, text, part_size);
	text = part(&at, end, &part_size);
	bind(8, text, part_size);
	text = part(&at, end, &part_size);
	bind(2, text != NULL ? text : (const uint8_t *)ITEM_MESSAGE, text != NULL ? part_size : strlen(ITEM_MESSAGE));
	sqlite3_bind_int64(add, 1, seq + 1);
	sqlite3_bind_int64(add, 3, bytes[0] & 1);
	sqlite3_bind_text(add, 4, authors[bytes[0] / 2 % 3], -1, SQLITE_STATIC);
	sqlite3_bind_int64(add, 5, (int8_t)bytes[1]);
	sqlite3_bind_int64(add, 6, (int8_t)bytes[2]);
	sqlite3_bind_int64(add, 9, (int8_t)bytes[3] * (INT64_C(1) << 40));

	bool is_added = sqlite3_step(add) == SQLITE_DONE;

	sqlite3_reset(add);
	if (!is_added)
		return false;
	sqlite3_bind_int64(count, 1, ++seq);
	g_assert(sqlite3_step(count) == SQLITE_DONE);
	sqlite3_reset(count);
	return true;
}

static void
check_text(const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);

	if (json == NULL)
		g_error("not JSON: %s", text);
	json_decref(json);
}

static void
check_answer(const struct kit_actor *who, bool is_hidden)
{
	const struct kit_answer *answer =
	    kit_do(desk, who, "conversation.items", "{s:s, s:I}", "conversation", key, "since", seq - 1);

	if (!answer->is_ok) {
		g_assert_cmpstr(kit_text(answer, "type"), ==, "urn:softanswer:store");
		return;
	}
	check_text(answer->text);
	g_assert(json_array_size(json_object_get(answer->body, "items")) == (is_hidden ? 0 : 1));
}

/* The same bytes on their way to those who watch. */
static void
check_event(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);
	struct item_added added = { .conversation = text,
		.item = { .seq = INT64_MAX,
		    .kind = text,
		    .author = { text, text, 1 },
		    .text = text,
		    .caller_id = text,
		    .at = INT64_MAX } };
	struct event event = { .kind = EVENT_ITEM_ADDED, .body = &added };

	for (enum audience audience = 0; audience < AUDIENCES; audience++) {
		g_autoptr(GString) out = g_string_new(NULL);

		g_assert(event_out(out, &event, audience));
		check_text(out->str);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (desk == NULL)
		begin();
	log_set_level(LOG_ERROR + 1);
	if (size < HEAD_BYTES)
		return 0;
	check_event(bytes, size);
	if (!write_row(bytes, size))
		return 0;
	check_answer(ann, false);
	check_answer(vera, (bytes[0] & 1) != 0);
	return 0;
}
