/*
 * Messages: what is said to or by the customer.
 *
 * A message is an item of the conversation's log. Only while a chat is open, only by its visitor or its owner. The sender's own id
 * makes a repeated send one message (P5), for ever.
 */
#pragma once

#include <stdint.h>

#include "store/tx.h"

struct message_send {
	const char *conversation;
	const char *id;
	const char *text; /* UTF-8, at most LIMIT_MESSAGE_BYTES */
	int64_t draft;    /* of staff: the generation of the draft that is sent, or 0 */
};

struct message_sent {
	int64_t seq;
	int64_t at;
};

/* REFUSED_STATE when the chat is closed, waits (staff), or is another's. */
CHECKED gboolean message_send(
    struct tx *tx, const struct message_send *ask, struct message_sent *answer, GError **error);
