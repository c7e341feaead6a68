/*
 * Whispers: what colleagues say to each other inside a chat, for nobody else.
 *
 * A whisper is an internal item: visitors are never shown it, and it is never changed or deleted. Unlike a note it is no record
 * about the customer but a word at the moment, so it needs an open chat: from a lead who reads along, a guest, or the owner.
 */
#pragma once

#include <stdint.h>

#include "store/tx.h"

struct whisper_add {
	const char *conversation;
	const char *id;
	const char *text;
	int64_t draft; /* the generation of the draft that is sent, or 0 */
};

struct whisper_added {
	int64_t seq;
	int64_t at;
};

/* REFUSED_STATE when the chat is closed, or the actor is neither a lead nor in it. */
CHECKED gboolean whisper_add(
    struct tx *tx, const struct whisper_add *ask, struct whisper_added *answer, GError **error);
