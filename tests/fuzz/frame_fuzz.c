/*
 * The frame codec. The first byte chooses the role and how the stream is cut up; cut up or whole it must say the same, all
 * text must be UTF-8, no message above the limit, and a whole message written again must be read the same.
 */
#include "edge/frame.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

#define MESSAGE_MAX 4096

struct reading {
	struct frame_reader reader;
	GByteArray *waiting, *message, *told;
	enum frame_role role;
	bool over;
};

static void
tell(struct reading *reading, unsigned what, const uint8_t *bytes, size_t size)
{
	guint32 head[2] = { what, size };

	g_byte_array_append(reading->told, (const uint8_t *)head, sizeof(head));
	g_byte_array_append(reading->told, bytes, size);
}

/* What is written again must be read as the same one piece. */
static void
check_again(const struct reading *reading, enum frame_opcode opcode, const uint8_t *bytes, size_t size)
{
	static const uint8_t mask[4] = { 1, 2, 3, 4 };
	bool is_masked = reading->role == FRAME_SERVER;
	g_autofree uint8_t *again = g_malloc(FRAME_HEAD_BYTES + size);
	size_t head = frame_head(again, opcode, true, size, is_masked ? mask : NULL), used;
	struct frame_reader reader;
	struct frame frame;

	if (size > 0)
		memcpy(again + head, bytes, size);
	if (is_masked)
		frame_mask(again + head, size, mask);
	frame_reader_init(&reader, reading->role, MESSAGE_MAX);
	g_assert(frame_read(&reader, again, head + size, &used, &frame) == FRAME_PIECE);
	g_assert(used == head + size && frame.size == size && frame.is_first && frame.is_last);
	g_assert(size == 0 || memcmp(frame.bytes, bytes, size) == 0);
}

static void
take_piece(struct reading *reading, const struct frame *frame)
{
	if (frame->is_first)
		g_byte_array_set_size(reading->message, 0);
	g_byte_array_append(reading->message, frame->bytes, frame->size);
	g_assert(reading->message->len <= MESSAGE_MAX);
	if (!frame->is_last)
		return;

	/* GLib refuses a NUL inside a text, which is UTF-8 like any other. */
	bool is_plain_text = frame->opcode == FRAME_TEXT && reading->message->len > 0 &&
	    memchr(reading->message->data, 0, reading->message->len) == NULL;

	g_assert(!is_plain_text || g_utf8_validate((const char *)reading->message->data, reading->message->len, NULL));
	tell(reading, frame->opcode, reading->message->data, reading->message->len);
	check_again(reading, frame->opcode, reading->message->data, reading->message->len);
}

static void
feed(struct reading *reading, const uint8_t *bytes, size_t size)
{
	struct frame frame;
	size_t used;

	g_byte_array_append(reading->waiting, bytes, size);
	while (!reading->over) {
		switch (frame_read(&reading->reader, reading->waiting->data, reading->waiting->len, &used, &frame)) {
		case FRAME_NEEDS_MORE:
			g_assert(reading->waiting->len <= FRAME_TAIL_BYTES);
			return;
		case FRAME_PIECE:
			take_piece(reading, &frame);
			break;
		case FRAME_CONTROL:
			g_assert(frame.size <= FRAME_CONTROL_BYTES);
			tell(reading, frame.opcode << 16 | frame.code, frame.bytes, frame.size);
			reading->over = frame.opcode == FRAME_CLOSE;
			break;
		case FRAME_FAILED:
			g_assert(frame_code_is_valid(frame.code) && frame.says != NULL);
			tell(reading, 1 << 24 | frame.code, NULL, 0);
			reading->over = true;
			break;
		}
		g_byte_array_remove_range(reading->waiting, 0, used);
	}
}

static GByteArray *
told_in_parts(enum frame_role role, const uint8_t *bytes, size_t size, size_t part)
{
	struct reading reading = {
		.waiting = g_byte_array_new(),
		.message = g_byte_array_new(),
		.told = g_byte_array_new(),
		.role = role,
	};

	frame_reader_init(&reading.reader, role, MESSAGE_MAX);
	for (size_t at = 0; at < size; at += part)
		feed(&reading, bytes + at, MIN(part, size - at));
	g_byte_array_unref(reading.waiting);
	g_byte_array_unref(reading.message);
	return reading.told;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 1)
		return 0;

	enum frame_role role = bytes[0] & 1 ? FRAME_CLIENT : FRAME_SERVER;
	g_autoptr(GByteArray) whole = told_in_parts(role, bytes + 1, size - 1, size);
	g_autoptr(GByteArray) parts = told_in_parts(role, bytes + 1, size - 1, 1 + (bytes[0] >> 1));

	g_assert(whole->len == parts->len);
	g_assert(whole->len == 0 || memcmp(whole->data, parts->data, whole->len) == 0);
	return 0;
}
