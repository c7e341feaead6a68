/*
 * The outbox: frames on their way to one socket, and *packets*, the frames that many sockets share.
 *
 * A packet is a whole frame, made once and counted by reference: what a thousand sockets are told is kept once. An outbox
 * exists only while something waits in it, so an idle socket pays nothing; all that waits goes out in one system call.
 *
 * Loop thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "edge/frame.h"

struct packet {
	unsigned references;
	uint32_t size; /* of bytes, head included */
	uint8_t bytes[];
};

/* A frame around a copy of the payload, with one reference, the caller's. */
struct packet *packet_new(enum frame_opcode opcode, const void *payload, size_t size);
struct packet *packet_ref(struct packet *packet);
void packet_unref(struct packet *packet); /* NULL is fine */

/* What all packets take in memory, those that are shared once. */
size_t packets_bytes(void);

struct outbox;

/* Adds a reference of its own to the packet. *outbox is made where it is NULL. */
void outbox_add(struct outbox **outbox, struct packet *packet);

/* Bytes that wait; 0 for NULL. */
size_t outbox_bytes(const struct outbox *outbox);

/* Takes back what was not begun to be sent. */
void outbox_cut(struct outbox **outbox);
void outbox_free(struct outbox **outbox);

enum outbox_state { OUTBOX_EMPTY, OUTBOX_WAITS, OUTBOX_BROKEN };

/*
 * Writes what the socket takes now. EMPTY: all of it, and *outbox is NULL; WAITS: more when it can be written to again; BROKEN:
 * nobody reads there any more. *written grows by the bytes that went out.
 */
enum outbox_state outbox_write(struct outbox **outbox, int fd, uint64_t *written);
