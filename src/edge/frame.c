/* Frames: see frame.h. References are to sections of RFC 6455. */
#include "edge/frame.h"

#include <string.h>

/* What the first bytes of a frame say (5.2). */
struct head {
	enum frame_opcode opcode;
	bool is_final, is_masked;
	unsigned reserved;
	uint64_t length;
	size_t size; /* of the head itself */
	uint8_t mask[4];
};

void
frame_reader_init(struct frame_reader *reader, enum frame_role role, uint32_t max)
{
	*reader = (struct frame_reader) { .max = max, .is_client = role == FRAME_CLIENT };
}

bool
frame_reader_is_idle(const struct frame_reader *reader)
{
	return !reader->is_in_message;
}

bool
frame_code_is_valid(unsigned code)
{
	if (code >= 3000)
		return code <= 4999;
	return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

/* What the first byte of a character asks of those that follow (Unicode 15, table 3-7). */
static bool
utf8_starts(struct utf8 *utf8, uint8_t byte)
{
	*utf8 = (struct utf8) { .low = 0x80, .high = 0xBF };
	if (byte >= 0xC2 && byte <= 0xDF) {
		utf8->owed = 1;
	} else if (byte >= 0xE0 && byte <= 0xEF) {
		utf8->owed = 2;
		if (byte == 0xE0)
			utf8->low = 0xA0;
		if (byte == 0xED)
			utf8->high = 0x9F;
	} else if (byte >= 0xF0 && byte <= 0xF4) {
		utf8->owed = 3;
		if (byte == 0xF0)
			utf8->low = 0x90;
		if (byte == 0xF4)
			utf8->high = 0x8F;
	}
	return utf8->owed > 0 || byte < 0x80;
}

/* How many bytes from `at` on are ASCII, eight at a time: most text is. */
static size_t
ascii_run(const uint8_t *bytes, size_t at, size_t size)
{
	uint64_t word;

	while (size - at >= sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
		at += sizeof(word);
	}
	return at;
}

bool
utf8_goes_on(struct utf8 *utf8, const uint8_t *bytes, size_t size)
{
	size_t at = 0;

	while (at < size) {
		if (utf8->owed == 0) {
			at = ascii_run(bytes, at, size);
			if (at < size && !utf8_starts(utf8, bytes[at++]))
				return false;
			continue;
		}
		if (bytes[at] < utf8->low || bytes[at] > utf8->high)
			return false;
		*utf8 = (struct utf8) { .owed = utf8->owed - 1, .low = 0x80, .high = 0xBF };
		at++;
	}
	return true;
}

void
frame_mask(uint8_t *bytes, size_t size, const uint8_t mask[4])
{
	uint64_t word, mask_word;
	size_t at = 0;

	memcpy(&mask_word, mask, 4);
	memcpy((uint8_t *)&mask_word + 4, mask, 4);
	for (; size - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		word ^= mask_word;
		memcpy(bytes + at, &word, sizeof(word));
	}
	for (; at < size; at++)
		bytes[at] ^= mask[at % 4];
}

/* Unmasks the next bytes of this frame and turns the mask for those behind them. */
static void
unmask(struct frame_reader *reader, uint8_t *bytes, size_t size)
{
	uint8_t turned[4];

	if (!reader->is_masked)
		return;
	frame_mask(bytes, size, reader->mask);
	for (unsigned i = 0; i < 4; i++)
		turned[i] = reader->mask[(i + size) % 4];
	memcpy(reader->mask, turned, sizeof(turned));
}

static enum frame_step
failed(struct frame *frame, enum frame_code code, const char *says)
{
	*frame = (struct frame) { .code = code, .says = says };
	return FRAME_FAILED;
}

static uint64_t
big_endian(const uint8_t *bytes, unsigned count)
{
	uint64_t number = 0;

	for (unsigned i = 0; i < count; i++)
		number = number << 8 | bytes[i];
	return number;
}

/* Reads a head; false when it is not all there. */
static bool
head_read(struct head *head, const uint8_t *bytes, size_t size)
{
	if (size < 2)
		return false;

	unsigned short_length = bytes[1] & 0x7F;
	unsigned length_bytes = short_length == 127 ? 8 : short_length == 126 ? 2 : 0;

	*head = (struct head) {
		.opcode = bytes[0] & 0x0F,
		.is_final = bytes[0] & 0x80,
		.is_masked = bytes[1] & 0x80,
		.reserved = bytes[0] & 0x70,
		.size = 2 + length_bytes + (bytes[1] & 0x80 ? 4 : 0),
	};
	if (size < head->size)
		return false;
	head->length = length_bytes == 0 ? short_length : big_endian(bytes + 2, length_bytes);
	if (head->is_masked)
		memcpy(head->mask, bytes + head->size - 4, 4);
	return true;
}

/* What is wrong with the first two bytes, whatever follows them; NULL: nothing. */
static const char *
start_says(const struct frame_reader *reader, const uint8_t *bytes)
{
	unsigned opcode = bytes[0] & 0x0F;
	bool is_masked = bytes[1] & 0x80, is_final = bytes[0] & 0x80;

	if ((bytes[0] & 0x70) != 0)
		return "reserved bits are set";
	if ((opcode > FRAME_BINARY && opcode < FRAME_CLOSE) || opcode > FRAME_PONG)
		return "reserved opcode";
	if (is_masked == reader->is_client)
		return reader->is_client ? "a server must not mask" : "a client must mask";
	if (opcode >= FRAME_CLOSE && (!is_final || (bytes[1] & 0x7F) > FRAME_CONTROL_BYTES))
		return "a control frame is short and whole";
	if (opcode == FRAME_CONTINUED && !reader->is_in_message)
		return "nothing to continue";
	if ((opcode == FRAME_TEXT || opcode == FRAME_BINARY) && reader->is_in_message)
		return "a message within a message";
	return NULL;
}

/* The length must be in its shortest form and leave the highest bit alone (5.2). */
static bool
length_is_valid(const struct head *head, const uint8_t *bytes)
{
	unsigned form = bytes[1] & 0x7F;

	if (form == 126)
		return head->length > 125;
	if (form == 127)
		return head->length > UINT16_MAX && head->length <= INT64_MAX;
	return true;
}

/* What a close says: nothing, or a code and a reason (5.5.1). */
static enum frame_step
close_read(struct frame *frame)
{
	struct utf8 utf8 = { 0 };

	frame->code = FRAME_NO_CODE;
	if (frame->size == 0)
		return FRAME_CONTROL;
	if (frame->size == 1 || !frame_code_is_valid(big_endian(frame->bytes, 2)))
		return failed(frame, FRAME_PROTOCOL, "close code is invalid");
	frame->code = big_endian(frame->bytes, 2);
	frame->bytes += 2;
	frame->size -= 2;
	if (!utf8_goes_on(&utf8, frame->bytes, frame->size) || utf8.owed > 0)
		return failed(frame, FRAME_NOT_UTF8, "close reason is not UTF-8");
	return FRAME_CONTROL;
}

static enum frame_step
control_read(const struct head *head, uint8_t *bytes, size_t size, size_t *used, struct frame *frame)
{
	uint8_t *body = bytes + head->size;

	if (size - head->size < head->length)
		return FRAME_NEEDS_MORE;
	if (head->is_masked)
		frame_mask(body, head->length, head->mask);
	*used = head->size + head->length;
	*frame = (struct frame) {
		.opcode = head->opcode,
		.is_first = true,
		.is_last = true,
		.bytes = body,
		.size = head->length,
	};
	return head->opcode == FRAME_CLOSE ? close_read(frame) : FRAME_CONTROL;
}

/* The next part of the payload of the frame under way. */
static enum frame_step
piece_read(struct frame_reader *reader, uint8_t *bytes, size_t size, struct frame *frame)
{
	size_t here = size < reader->left ? size : reader->left;

	unmask(reader, bytes, here);
	reader->left -= here;
	reader->is_in_frame = reader->left > 0;

	bool is_last = reader->is_final && !reader->is_in_frame;

	if (reader->opcode == FRAME_TEXT &&
	    (!utf8_goes_on(&reader->utf8, bytes, here) || (is_last && reader->utf8.owed > 0)))
		return failed(frame, FRAME_NOT_UTF8, "text is not UTF-8");
	*frame = (struct frame) {
		.opcode = reader->opcode,
		.bytes = bytes,
		.size = here,
		.is_first = !reader->is_started,
		.is_last = is_last,
	};
	reader->is_started = !is_last;
	reader->is_in_message = !is_last;
	return FRAME_PIECE;
}

/* A frame of a message begins. */
static void
frame_begins(struct frame_reader *reader, const struct head *head)
{
	if (head->opcode != FRAME_CONTINUED) {
		reader->opcode = head->opcode;
		reader->size = 0;
		reader->utf8 = (struct utf8) { 0 };
		reader->is_started = false;
	}
	reader->left = head->length;
	reader->size += head->length;
	reader->is_in_message = true;
	reader->is_in_frame = true;
	reader->is_final = head->is_final;
	reader->is_masked = head->is_masked;
	memcpy(reader->mask, head->mask, sizeof(head->mask));
}

enum frame_step
frame_read(struct frame_reader *reader, uint8_t *bytes, size_t size, size_t *used, struct frame *frame)
{
	struct head head;

	*used = 0;
	if (reader->is_in_frame) {
		if (size == 0)
			return FRAME_NEEDS_MORE;
		*used = size < reader->left ? size : reader->left;
		return piece_read(reader, bytes, size, frame);
	}

	const char *wrong = size >= 2 ? start_says(reader, bytes) : NULL;

	if (wrong != NULL)
		return failed(frame, FRAME_PROTOCOL, wrong);
	if (!head_read(&head, bytes, size))
		return FRAME_NEEDS_MORE;
	if (!length_is_valid(&head, bytes))
		return failed(frame, FRAME_PROTOCOL, "length is not in its shortest form");
	if (head.opcode >= FRAME_CLOSE)
		return control_read(&head, bytes, size, used, frame);
	if (head.length > reader->max - (head.opcode == FRAME_CONTINUED ? reader->size : 0))
		return failed(frame, FRAME_TOO_BIG, "message is too long");
	frame_begins(reader, &head);
	*used = head.size + (size - head.size < head.length ? size - head.size : head.length);
	return piece_read(reader, bytes + head.size, size - head.size, frame);
}

size_t
frame_head(uint8_t head[FRAME_HEAD_BYTES], enum frame_opcode opcode, bool is_final, uint64_t size, const uint8_t *mask)
{
	unsigned length_bytes = size > UINT16_MAX ? 8 : size > 125 ? 2 : 0;
	size_t at = 2;

	head[0] = (is_final ? 0x80 : 0) | opcode;
	head[1] = (mask != NULL ? 0x80 : 0) | (length_bytes == 8 ? 127 : length_bytes == 2 ? 126 : size);
	for (unsigned i = length_bytes; i > 0; i--)
		head[at++] = size >> 8 * (i - 1);
	if (mask != NULL) {
		memcpy(head + at, mask, 4);
		at += 4;
	}
	return at;
}

size_t
frame_close_body(uint8_t body[FRAME_CONTROL_BYTES], uint16_t code, const char *reason)
{
	size_t size = strlen(reason);

	if (size > FRAME_REASON_BYTES) {
		size = FRAME_REASON_BYTES;
		while (size > 0 && ((uint8_t)reason[size] & 0xC0) == 0x80)
			size--;
	}
	body[0] = code >> 8;
	body[1] = code & 0xFF;
	memcpy(body + 2, reason, size);
	return size + 2;
}
