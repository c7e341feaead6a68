/*
 * Frames: RFC 6455 between bytes and messages, for both ends of a WebSocket. Pure: no sockets, no memory, no clock.
 *
 * A *message* is text or binary and comes in one or more *pieces*; a *control* (ping, pong, close) is at most 125 bytes and
 * may stand between two pieces. frame_read() takes as much off a buffer as it can say one thing about and unmasks it in
 * place. It keeps no payload: a piece is given as soon as any of its bytes are there, and only what cannot be told yet
 * (part of a head, part of a control: at most FRAME_TAIL_BYTES) is left for the caller to show again with more behind it.
 * So it makes no difference how the network cut the bytes up.
 *
 * Strict, and as early as the bytes allow: reserved bits and opcodes, masking of the wrong side, lengths that are not the
 * shortest form or need the 64th bit, fragments out of place, close codes that must not be sent, text that is not UTF-8.
 * After an error or a close nothing more may be read. Non-goals: the handshake, extensions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum frame_role { FRAME_SERVER, FRAME_CLIENT }; /* who reads: a server wants masked frames, a client unmasked ones */

enum frame_opcode {
	FRAME_CONTINUED = 0x0,
	FRAME_TEXT = 0x1,
	FRAME_BINARY = 0x2,
	FRAME_CLOSE = 0x8,
	FRAME_PING = 0x9,
	FRAME_PONG = 0xA,
};

/* Close codes of RFC 6455, 7.4.1; the desk's own stand in socket.h. */
enum frame_code {
	FRAME_NORMAL = 1000,
	FRAME_GOING_AWAY = 1001,
	FRAME_PROTOCOL = 1002,
	FRAME_UNSUPPORTED = 1003,
	FRAME_NO_CODE = 1005, /* never sent: a close without a code */
	FRAME_NOT_UTF8 = 1007,
	FRAME_TOO_BIG = 1009,
	FRAME_TRY_LATER = 1013,
};

#define FRAME_HEAD_BYTES    14 /* the longest head */
#define FRAME_CONTROL_BYTES 125
#define FRAME_REASON_BYTES  (FRAME_CONTROL_BYTES - 2)
#define FRAME_TAIL_BYTES    (FRAME_HEAD_BYTES + FRAME_CONTROL_BYTES - 1)

/* Where a text stands between two characters: how many bytes are owed, and the bounds of the next one. */
struct utf8 {
	uint8_t owed, low, high;
};

struct frame_reader {
	uint32_t left;   /* bytes of this frame's payload that are still to come */
	uint32_t size;   /* bytes of this message so far, with those that are still to come of this frame */
	uint32_t max;    /* bytes of a message */
	uint8_t mask[4]; /* turned so that mask[0] is for the next byte */
	struct utf8 utf8;
	uint8_t opcode; /* of the message under way */
	bool is_client : 1, is_in_message : 1, is_in_frame : 1, is_final : 1, is_masked : 1, is_started : 1;
};

enum frame_step {
	FRAME_NEEDS_MORE, /* nothing can be told of what is left */
	FRAME_PIECE,      /* the next part of a message, maybe empty */
	FRAME_CONTROL,    /* a whole ping, pong or close */
	FRAME_FAILED,     /* not RFC 6455: close with `code` */
};

struct frame {
	enum frame_opcode opcode; /* of the message, or of the control */
	bool is_first, is_last;   /* of the message's pieces */
	uint8_t *bytes;           /* inside the buffer given; of a close: its reason */
	size_t size;
	uint16_t code;    /* of a close (FRAME_NO_CODE where it has none) or of what failed */
	const char *says; /* what failed, for the close's reason */
};

/* A reader of messages of at most `max` bytes. */
void frame_reader_init(struct frame_reader *reader, enum frame_role role, uint32_t max);

/* Whether no message is under way: then nothing but a tail must be kept. */
bool frame_reader_is_idle(const struct frame_reader *reader);

/* Says one thing about the head of `bytes`, which are changed where they were masked; *used says how many it covers. */
enum frame_step frame_read(struct frame_reader *reader, uint8_t *bytes, size_t size, size_t *used, struct frame *frame);

/* Writes the head of a frame of `size` bytes and says how long it is. `mask` is NULL for a server. */
size_t frame_head(
    uint8_t head[FRAME_HEAD_BYTES], enum frame_opcode opcode, bool is_final, uint64_t size, const uint8_t *mask);

/* Masks or unmasks; a mask for the bytes that follow is given by turning it `size` further. */
void frame_mask(uint8_t *bytes, size_t size, const uint8_t mask[4]);

/* The body of a close: code and reason, which is cut between characters to fit. Returns its size. */
size_t frame_close_body(uint8_t body[FRAME_CONTROL_BYTES], uint16_t code, const char *reason);

/* Whether a close may carry this code: those of RFC 6455 and IANA's list that mean something on the wire, and 3000..4999. */
bool frame_code_is_valid(unsigned code);

/* Goes on over bytes of a text; false as soon as no text could go on so. Start with zeros; owed == 0 is a whole text. */
bool utf8_goes_on(struct utf8 *utf8, const uint8_t *bytes, size_t size);
