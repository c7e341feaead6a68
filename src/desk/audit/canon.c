/* Canon: see canon.h. */
#include "desk/audit/canon.h"

#include <glib.h>
#include <string.h>
#include <talloc.h>

#define ABSENT UINT64_MAX

struct canon {
	uint8_t *bytes;
	size_t size;
};

static void
append(struct canon *canon, const void *bytes, size_t size)
{
	canon->bytes = talloc_realloc(canon, canon->bytes, uint8_t, canon->size + size);
	g_assert(canon->bytes != NULL);
	memcpy(canon->bytes + canon->size, bytes, size);
	canon->size += size;
}

static void
append_length(struct canon *canon, uint64_t length)
{
	uint64_t little = GUINT64_TO_LE(length);

	append(canon, &little, sizeof little);
}

struct canon *
canon_new(void *memory, const struct digest *salt)
{
	struct canon *canon = talloc_zero(memory, struct canon);

	g_assert(canon != NULL);
	if (salt != NULL)
		append(canon, salt->bytes, DIGEST_BYTES);
	return canon;
}

void
canon_text(struct canon *canon, const char *text)
{
	if (text == NULL) {
		append_length(canon, ABSENT);
		return;
	}
	append_length(canon, strlen(text));
	append(canon, text, strlen(text));
}

void
canon_int(struct canon *canon, int64_t integer)
{
	char text[24];

	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, integer);
	canon_text(canon, text);
}

void
canon_int_or_absent(struct canon *canon, int64_t integer)
{
	if (integer == 0)
		canon_text(canon, NULL);
	else
		canon_int(canon, integer);
}

struct digest
canon_digest(const struct canon *canon)
{
	return secret_digest(canon->bytes, canon->size);
}

struct digest
canon_note(void *memory, const struct digest *salt, const struct canon_note *note)
{
	struct canon *canon = canon_new(memory, salt);

	canon_text(canon, note->conversation);
	canon_int(canon, note->seq);
	canon_int(canon, note->author_id);
	canon_int(canon, note->at);
	canon_int_or_absent(canon, note->corrects);
	canon_text(canon, note->text);
	return canon_digest(canon);
}

struct digest
canon_line(void *memory, const struct canon_line *line)
{
	struct canon *canon = canon_new(memory, NULL);

	canon_int(canon, line->at);
	canon_text(canon, line->actor_kind);
	canon_int_or_absent(canon, line->actor_id);
	canon_text(canon, line->command);
	canon_text(canon, line->object);
	canon_text(canon, line->says);
	return canon_digest(canon);
}
