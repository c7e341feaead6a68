/*
 * WebSockets on the kit's desk: real socket pairs, the real hub and a loop that is driven by hand.
 *
 *     struct kit_hub *hub = kit_hub_begin(desk);
 *     struct kit_client *page = kit_connect(hub, vera);
 *     kit_say(page, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w-1", "conversation", key, "since", 0);
 *     assert_string_equal(kit_heard(page), "{\"event\":…}");
 *
 * kit_settle() turns the loop until nothing moves; kit_say() and kit_heard() do so by themselves. A client answers neither pings
 * nor closes: a fact says when it does.
 */
#pragma once

#include <glib.h>
#include <uv.h>

#include "edge/frame.h"
#include "edge/hub.h"
#include "tests/kit/desk.h"

struct kit_hub {
	struct kit_desk *desk;
	struct hub *hub;
	uv_loop_t loop;
	uv_async_t awake; /* keeps the loop alive */
	GPtrArray *clients;
};

struct kit_client {
	struct kit_hub *hub;
	int fd;
	bool is_deaf;  /* reads nothing */
	bool is_ended; /* the desk closed the descriptor */
	unsigned pings;
	unsigned pongs;
	unsigned closed; /* the code that the desk closed with; 0: it did not */
	char *reason;
	struct frame_reader reader;
	GByteArray *input, *message;
	GQueue *messages; /* texts */
	char *heard;
};

struct kit_hub *kit_hub_begin(struct kit_desk *desk);
void kit_hub_end(struct kit_hub *hub);

/* Turns the loop until nothing moves any more. */
void kit_settle(struct kit_hub *hub);

/* A socket in the name of `who`; it lives as long as the hub, or until kit_disconnect(). */
struct kit_client *kit_connect(struct kit_hub *hub, const struct kit_actor *who);

/* Closes the client's end. */
void kit_hang_up(struct kit_client *client);

/* The same, and forgets the client. */
void kit_disconnect(struct kit_client *client);

/* Sends a message, made by json_pack(); or a text as it is; or one masked frame whose first byte is `first`; or bytes. */
void kit_say(struct kit_client *client, const char *format, ...);
void kit_say_text(struct kit_client *client, const char *text);
void kit_say_frame(struct kit_client *client, unsigned first, const void *payload, size_t size);
void kit_say_bytes(struct kit_client *client, const void *bytes, size_t size);

/* The next message, until the one after it is asked for; NULL: none has come. */
const char *kit_heard(struct kit_client *client);

/* Drops what was heard and not asked for; returns how many messages. */
unsigned kit_forget(struct kit_client *client);
