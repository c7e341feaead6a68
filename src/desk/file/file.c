/* Files: see file.h. */
#include "desk/file/file.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/chat/speak.h"
#include "desk/file/file_name.h"
#include "desk/file/file_type.h"
#include "desk/people/actor.h"
#include "desk/people/may.h"
#include "sql/file_sql.h"

/* The actor as the row of a file names it. */
struct sender {
	const char *kind;
	int64_t id;
};

static struct sender
sender_of(const struct tx *tx, const struct conversation *conversation)
{
	const struct actor *actor = tx_actor(tx);

	return actor->kind == ACTOR_VISITOR ? (struct sender) { "visitor", conversation->visitor_id }
					    : (struct sender) { "person", actor->person_id };
}

int64_t
file_parts(int64_t size)
{
	return (size + LIMIT_FILE_PART_BYTES - 1) / LIMIT_FILE_PART_BYTES;
}

int64_t
file_part_size(int64_t size, int64_t number)
{
	return MIN(size - number * LIMIT_FILE_PART_BYTES, LIMIT_FILE_PART_BYTES);
}

/* ---- Starting ---- */

/*
 * What visitors fill the disk with has an end. `mine` is what this one would have sent since, `size` of it now. (The day's limits of the whole
 * desk may be passed by a file for each of several writers that begin one at the same moment.)
 */
static gboolean
has_quota(struct tx *tx, int64_t mine, int64_t size, int64_t since, GError **error)
{
	int64_t files, all;

	if (!file_sql_use_of_visitors(tx, since, LIMIT_FILES_DESK_DAY, &files, &all, error))
		return FALSE;
	if (mine > LIMIT_FILE_DAY_BYTES || files >= LIMIT_FILES_DESK_DAY ||
	    all + size > LIMIT_FILE_DESK_DAY_MB * INT64_C(1048576))
		return refuse(error, REFUSED_STATE, "size", "that is too much for one day, please try again tomorrow");
	return TRUE;
}

static gboolean
has_room(struct tx *tx, const struct conversation *conversation, const struct file_start *ask, GError **error)
{
	struct sender sender = sender_of(tx, conversation);
	int64_t files, open, bytes, since = tx_now_ms(tx) - MS_PER_DAY;

	if (!file_sql_use(tx, conversation->id, sender.kind, sender.id, since, &files, &open, &bytes, error))
		return FALSE;
	if (files >= LIMIT_FILES_PER_CONVERSATION)
		return refuse(
		    error, REFUSED_STATE, NULL, "there are %d files here already", LIMIT_FILES_PER_CONVERSATION);
	if (open >= LIMIT_FILES_OPEN)
		return refuse(error, REFUSED_STATE, NULL, "finish one of your %d files first", LIMIT_FILES_OPEN);
	return *sender.kind != 'v' || has_quota(tx, bytes + ask->size, ask->size, since, error);
}

static gboolean
start_new(struct tx *tx, const struct conversation *conversation, const struct file_start *ask,
    struct file_started *answer, GError **error)
{
	struct sender sender = sender_of(tx, conversation);
	const char *key = tx_key(tx);
	int64_t seq, at;

	if (!conversation_sent(tx, conversation, ask->id, ITEM_FILE, &seq, &at, error) ||
	    !chat_speak(tx, conversation, error) || !has_room(tx, conversation, ask, error) ||
	    !file_sql_add(tx, key, conversation->id, ask->id, sender.kind, sender.id, file_name_clean(tx, ask->name),
		ask->size, tx_now_ms(tx), error))
		return FALSE;
	*answer = (struct file_started) { key, LIMIT_FILE_PART_BYTES, 0 };
	return TRUE;
}

gboolean
file_start(struct tx *tx, const struct file_start *ask, struct file_started *answer, GError **error)
{
	struct conversation conversation;
	struct file_sql_again *row;

	if (!conversation_find(tx, ask->conversation, &conversation, error))
		return FALSE;

	struct sender sender = sender_of(tx, &conversation);

	if (!file_sql_again(tx, conversation.id, sender.kind, sender.id, ask->id, &row, error))
		return FALSE;
	if (row == NULL)
		return start_new(tx, &conversation, ask, answer, error);
	if (row->size != ask->size)
		return refuse(error, REFUSED_STATE, "id", "this id was used for another file");
	*answer = (struct file_started) { row->key, LIMIT_FILE_PART_BYTES, row->parts };
	return TRUE;
}

/* ---- Parts ---- */

/* A file that the actor has started there. */
static gboolean
find(struct tx *tx, const char *conversation_key, const char *key, struct conversation *conversation,
    struct file_sql_find **row, GError **error)
{
	if (!conversation_find(tx, conversation_key, conversation, error))
		return FALSE;

	struct sender sender = sender_of(tx, conversation);

	return file_sql_find(tx, key, conversation->id, sender.kind, sender.id, row, error) &&
	    (*row != NULL || refuse(error, REFUSED_UNKNOWN, "file", "there is no such file of yours"));
}

static gboolean
check_part(const struct file_sql_find *row, const struct file_part *ask, GError **error)
{
	int64_t wanted;

	if (ask->number >= file_parts(row->size))
		return refuse(
		    error, REFUSED_RANGE, "number", "the file has %" G_GINT64_FORMAT " parts", file_parts(row->size));
	wanted = file_part_size(row->size, ask->number);
	if ((int64_t)ask->bytes.size != wanted)
		return refuse(error, REFUSED_RANGE, "bytes", "wants %" G_GINT64_FORMAT " bytes, got %zu", wanted,
		    ask->bytes.size);
	return TRUE;
}

static struct bytes
bytes_of(const struct digest *digest)
{
	return (struct bytes) { digest->bytes, DIGEST_BYTES };
}

gboolean
file_part(struct tx *tx, const struct file_part *ask, GError **error)
{
	struct conversation conversation;
	struct file_sql_part_digest *part;
	struct file_sql_find *row;
	struct digest digest;

	if (!find(tx, ask->conversation, ask->file, &conversation, &row, error) || !check_part(row, ask, error) ||
	    !file_sql_part_digest(tx, row->id, ask->number, &part, error))
		return FALSE;
	digest = secret_sha256(ask->bytes.data, ask->bytes.size);
	if (part == NULL)
		return file_sql_part_add(
		    tx, row->id, ask->number, (int64_t)ask->bytes.size, bytes_of(&digest), ask->bytes, error);
	return (part->digest.size == DIGEST_BYTES && memcmp(part->digest.data, digest.bytes, DIGEST_BYTES) == 0) ||
	    refuse(error, REFUSED_STATE, "bytes", "this part is there already, with other bytes");
}

/* ---- Finishing ---- */

static const char *
hex_of(struct tx *tx, const struct digest *digest)
{
	const char *text = "";

	for (unsigned i = 0; i < DIGEST_BYTES; i += 8)
		text = tx_text(tx, "%s%02x%02x%02x%02x%02x%02x%02x%02x", text, digest->bytes[i], digest->bytes[i + 1],
		    digest->bytes[i + 2], digest->bytes[i + 3], digest->bytes[i + 4], digest->bytes[i + 5],
		    digest->bytes[i + 6], digest->bytes[i + 7]);
	return text;
}

/* The digest of the whole from those of its parts. */
static gboolean
digest_of(struct tx *tx, const struct file_sql_find *row, struct digest *digest, GError **error)
{
	struct file_sql_part_digests_list parts;
	int64_t wanted = file_parts(row->size);
	uint8_t *all;

	if (!file_sql_part_digests(tx, row->id, &parts, error))
		return FALSE;
	if ((int64_t)parts.count < wanted)
		return refuse(error, REFUSED_STATE, NULL, "%" G_GINT64_FORMAT " parts are missing",
		    wanted - (int64_t)parts.count);
	all = talloc_array(tx_memory(tx), uint8_t, parts.count * DIGEST_BYTES);
	for (size_t i = 0; i < parts.count; i++) {
		g_assert(parts.rows[i].number == (int64_t)i && parts.rows[i].digest.size == DIGEST_BYTES);
		memcpy(all + i * DIGEST_BYTES, parts.rows[i].digest.data, DIGEST_BYTES);
	}
	*digest = secret_sha256(all, parts.count * DIGEST_BYTES);
	return TRUE;
}

static gboolean
check_digest(struct tx *tx, const struct digest *digest, const char *wanted, GError **error)
{
	return wanted == NULL || g_ascii_strcasecmp(hex_of(tx, digest), wanted) == 0 ||
	    refuse(error, REFUSED_STATE, "digest", "what arrived is not what was meant");
}

static void
answer_of(const struct file_finish *ask, const struct file_sql_find *row, struct file_finished *answer)
{
	*answer = (struct file_finished) { row->seq, row->at,
		{ ask->file, row->name, row->type, row->size, row->width, row->height } };
}

/* Puts the item into the log and the rest into the row. */
static gboolean
keep(struct tx *tx, struct conversation *conversation, const struct file_finish *ask, const struct digest *digest,
    struct file_sql_find *row, GError **error)
{
	struct item item = { .kind = ITEM_FILE, .text = row->name, .caller_id = row->caller };
	struct file_type type;
	struct bytes first;
	int changed;

	if (!file_read(tx, row->id, 0, &first, error))
		return FALSE;
	type = file_type_of(first.data, first.size);
	item.file = (struct item_file) { ask->file, row->name, type.name, row->size, type.width, type.height };
	if (!conversation_add(tx, conversation, &item, NULL, error) ||
	    !file_sql_finish(
		tx, row->id, item.seq, type.name, type.width, type.height, bytes_of(digest), item.at, &changed, error))
		return FALSE;
	g_assert(changed == 1);
	row->seq = item.seq;
	row->at = item.at;
	row->type = type.name;
	row->width = type.width;
	row->height = type.height;
	return TRUE;
}

gboolean
file_finish(struct tx *tx, const struct file_finish *ask, struct file_finished *answer, GError **error)
{
	struct conversation conversation;
	struct file_sql_find *row;
	struct digest digest;
	int64_t seq, at;

	if (!find(tx, ask->conversation, ask->file, &conversation, &row, error) ||
	    !digest_of(tx, row, &digest, error) || !check_digest(tx, &digest, ask->digest, error))
		return FALSE;
	if (row->seq == 0 &&
	    (!conversation_sent(tx, &conversation, row->caller, ITEM_FILE, &seq, &at, error) ||
		!chat_speak(tx, &conversation, error) || !keep(tx, &conversation, ask, &digest, row, error)))
		return FALSE;
	answer_of(ask, row, answer);
	return TRUE;
}

/* ---- Reading and forgetting ---- */

gboolean
file_get(struct tx *tx, const struct file_get *ask, struct file_got *answer, GError **error)
{
	struct file_sql_get *row;

	if (!file_sql_get(tx, ask->file, &row, error))
		return FALSE;
	if (row == NULL || !may_see_conversation(tx_actor(tx), row->visitor) || strcmp(row->name, ask->name) != 0)
		return refuse(error, REFUSED_UNKNOWN, "file", "there is no such file");
	*answer = (struct file_got) { ask->file, row->name, row->type, row->size, row->id };
	return TRUE;
}

gboolean
file_read(struct tx *tx, int64_t id, int64_t number, struct bytes *bytes, GError **error)
{
	struct file_sql_part_bytes *row;

	if (!file_sql_part_bytes(tx, id, number, &row, error))
		return FALSE;
	if (row == NULL)
		return fail(error, FAILED_STORE, "part %" G_GINT64_FORMAT " of file %" G_GINT64_FORMAT " is not there",
		    number, id);
	*bytes = row->bytes;
	return TRUE;
}

gboolean
file_purge(struct tx *tx, int64_t max, int *purged, GError **error)
{
	int64_t before = tx_now_ms(tx) - LIMIT_FILE_UPLOAD_MINUTES * MS_PER_MINUTE;
	int parts, files;

	if (!file_sql_purge_parts(tx, before, max, &parts, error) || !file_sql_purge(tx, before, max, &files, error))
		return FALSE;
	*purged = MAX(parts, files);
	return TRUE;
}
