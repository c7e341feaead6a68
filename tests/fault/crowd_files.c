/*
 * See crowd_files.h. The bytes of a file follow from its seed, so nobody keeps them.
 */
#include "crowd_files.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/secret.h"

#define SMALL_BYTES  4000
#define MIDDLE_BYTES 100000
#define LARGE_BYTES  600000 /* three parts */

static GByteArray *
content_of(const struct deed *deed)
{
	GRand *chance = g_rand_new_with_seed(deed->seed);
	int lot = g_rand_int_range(chance, 0, 100);
	int from = lot < 70 ? 1 : lot < 95 ? SMALL_BYTES : LIMIT_FILE_PART_BYTES;
	int to = lot < 70 ? SMALL_BYTES : lot < 95 ? MIDDLE_BYTES : LARGE_BYTES;
	GByteArray *content = g_byte_array_new();

	g_byte_array_set_size(content, (guint)g_rand_int_range(chance, from, to));
	for (guint n = 0; n < content->len; n++)
		content->data[n] = (guint8)g_rand_int(chance);
	g_rand_free(chance);
	return content;
}

static size_t
part_size(const GByteArray *content, unsigned number)
{
	return MIN(content->len - (size_t)number * LIMIT_FILE_PART_BYTES, LIMIT_FILE_PART_BYTES);
}

static unsigned
parts_of(const GByteArray *content)
{
	return (content->len + LIMIT_FILE_PART_BYTES - 1) / LIMIT_FILE_PART_BYTES;
}

/* SHA-256 of the SHA-256s of all parts, in hex. */
static char *
digest_of(const GByteArray *content)
{
	GChecksum *whole = g_checksum_new(G_CHECKSUM_SHA256);
	char *text;

	for (unsigned number = 0; number < parts_of(content); number++) {
		GChecksum *part = g_checksum_new(G_CHECKSUM_SHA256);
		guint8 digest[32];
		gsize size = sizeof digest;

		g_checksum_update(
		    part, content->data + (size_t)number * LIMIT_FILE_PART_BYTES, (gssize)part_size(content, number));
		g_checksum_get_digest(part, digest, &size);
		g_checksum_update(whole, digest, sizeof digest);
		g_checksum_free(part);
	}
	text = g_strdup(g_checksum_get_string(whole));
	g_checksum_free(whole);
	return text;
}

/* An answer that ends the attempt: cut, refused, too busy. */
static bool
goes_on(struct deed *deed, int status)
{
	if (status >= 200 && status < 300)
		return true;
	if (status != HTTP_CUT)
		deed_judge(deed, status, NULL);
	else if (deed->author->way == WAY_POLL)
		participant_go_away(deed->author);
	return false;
}

/* Learns its key, and how many parts are there already. */
static bool
start(struct deed *deed, const GByteArray *content, unsigned *parts)
{
	g_autofree char *path = g_strdup_printf("/api/v1/conversations/%s/files", deed->conversation);
	json_t *answer = NULL;
	int status = http_call(&deed->author->http, "POST", path,
	    json_pack("{s:s, s:s, s:i}", "id", deed->id, "name", deed->text, "size", (int)content->len), &answer);
	const char *key = json_string_value(json_object_get(answer, "file"));

	if (key != NULL && deed->key[0] != '\0' && g_strcmp0(deed->key, key) != 0)
		crowd_fault(deed->author->crowd, "%s was the file %s and is %s", deed->id, deed->key, key);
	if (key != NULL)
		g_strlcpy(deed->key, key, sizeof deed->key);
	*parts = (unsigned)json_integer_value(json_object_get(answer, "parts"));
	json_decref(answer);
	return goes_on(deed, status);
}

static bool
put(struct deed *deed, const GByteArray *content, unsigned number)
{
	g_autofree char *path =
	    g_strdup_printf("/api/v1/conversations/%s/files/%s/parts/%u", deed->conversation, deed->key, number);

	return goes_on(deed,
	    http_put_bytes(&deed->author->http, path, content->data + (size_t)number * LIMIT_FILE_PART_BYTES,
		part_size(content, number)));
}

static void
finish(struct deed *deed, const GByteArray *content)
{
	g_autofree char *path =
	    g_strdup_printf("/api/v1/conversations/%s/files/%s/finish", deed->conversation, deed->key);
	g_autofree char *digest = digest_of(content);
	json_t *answer = NULL;
	int status = http_call(&deed->author->http, "POST", path, json_pack("{s:s}", "digest", digest), &answer);

	if (goes_on(deed, status))
		deed_judge(deed, status, answer);
	json_decref(answer);
}

void
file_send(struct deed *deed)
{
	GByteArray *content = content_of(deed);
	bool starts_over = deed->seed % 10 == 0, breaks_off = deed->sent == 0 && deed->seed % 7 == 0;
	unsigned number = 0;
	bool went_well;

	deed->sent++;
	deed->sent_at = clock_ticks_ns();
	went_well = start(deed, content, &number);
	for (number = starts_over ? 0 : number; went_well && number < parts_of(content); number++)
		went_well = put(deed, content, number);
	if (went_well && !breaks_off)
		finish(deed, content);
	g_byte_array_unref(content);
}

/* ---- Reading back ---- */

static void
read_back(const struct deed *deed, const struct participant *reader, int port, GPtrArray *complaints)
{
	g_autofree char *name = g_uri_escape_string(deed->text, NULL, FALSE);
	g_autofree char *path = g_strdup_printf("/files/%s/%s", deed->key, name);
	g_autoptr(GString) got = g_string_new(NULL);
	GByteArray *content = content_of(deed);
	struct http http;
	int status;

	http_init(&http, port);
	http.token = g_strdup(reader->http.token);
	http.cookie = g_strdup(reader->http.cookie);
	status = http_get_bytes(&http, path, got);
	if (status != 200)
		g_ptr_array_add(
		    complaints, g_strdup_printf("%s (%s) is answered %d to %s", deed->id, path, status, reader->name));
	else if (got->len != content->len || memcmp(got->str, content->data, got->len) != 0)
		g_ptr_array_add(complaints,
		    g_strdup_printf("%s (%s) reads back with %zu bytes as something else than the %u that were sent",
			deed->id, path, got->len, content->len));
	http_clear(&http);
	g_byte_array_unref(content);
}

unsigned
files_read(const struct crowd *crowd, int port, uint64_t answered, GPtrArray *complaints)
{
	unsigned read = 0;

	for (unsigned n = 0; n < crowd->deeds->len; n++) {
		const struct deed *deed = g_ptr_array_index(crowd->deeds, n);

		if (deed->kind != DEED_FILE || deed->fate != FATE_DONE || deed->order > answered)
			continue;
		/* By the other side than its sender's. */
		read_back(deed,
		    deed->author->is_staff ? &crowd->participants[ADVISORS + deed->place] : &crowd->participants[0],
		    port, complaints);
		read++;
	}
	return read;
}
