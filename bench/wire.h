/*
 * Wires: many WebSocket connections to one desk, in one thread, as docs/protocol.md says.
 *
 * A *pool* is a libuv loop with the wires in it. What is sent during one turn of the loop leaves in one write per wire
 * before the loop sleeps, as a busy program's would. Texts are given to `text` where they lie; a copy is made only of one
 * that the network cut. Opening blocks (ticket, connect, handshake: three round trips) and everything after does not.
 *
 * Non-goals: reconnecting by itself (a load client must see what breaks), TLS.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <uv.h>

#include "edge/frame.h"
#include "http.h"

struct wire;

struct pool {
	uv_loop_t *loop;
	uv_prepare_t flush;
	char *bytes; /* one read buffer for all */
	struct wire *first_unsent;
	unsigned open;
	/* What was heard, with the loop's time of hearing it. */
	void (*text)(struct wire *wire, const char *text, size_t size);
	/* The wire is over, by the desk's close code or by a cut (1006); it frees itself afterwards. */
	void (*closed)(struct wire *wire, unsigned code);
};

struct wire {
	uv_tcp_t tcp;
	struct pool *pool;
	void *owner;
	struct frame_reader reader;
	GByteArray *tail;    /* bytes that could not be told yet */
	GByteArray *message; /* the pieces so far of a message that came in several */
	GByteArray *unsent;  /* frames of this turn */
	struct wire *next_unsent;
	unsigned code;
	bool is_closing;
};

void pool_init(struct pool *pool, uv_loop_t *loop);
void pool_clear(struct pool *pool);

/* A ticket of the caller's, a connection and a handshake; NULL where one of them fails. */
struct wire *wire_open(struct pool *pool, struct http *caller, void *owner);

/* Queues one text message for the end of this turn; false when the wire is closing. */
bool wire_send(struct wire *wire, const char *text, size_t size);
bool wire_send_format(struct wire *wire, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Sends now what waits for the end of the turn. */
void wire_flush(struct wire *wire);

/* Closes politely with 1000, or cuts the connection as a broken network does. `closed` follows. */
void wire_close(struct wire *wire);
void wire_cut(struct wire *wire);

/*
 * The text value of the first "key" in a JSON text, without its quotes, or NULL: for the hot path of a load client, whose
 * own values hold no quotes or backslashes.
 */
const char *text_value(const char *text, size_t size, const char *key, size_t *value_size);
