/*
 * Notes: what staff write beside the messages, for staff.
 *
 * A note is never changed or deleted, by anybody: a correction is a new note that names the old one. The database refuses
 * UPDATE and DELETE, and a hash chain over all notes shows what was changed behind its back (docs/decisions/0006).
 */
#pragma once

#include <stdint.h>

#include "base/secret.h"
#include "store/tx.h"

struct conversation;

struct note_add {
	const char *conversation;
	const char *id;
	const char *text;
	int64_t corrects; /* seq of the note that this one corrects, or 0 */
	int64_t draft;    /* the generation of the draft that is sent, or 0 */
};

struct note_added {
	int64_t seq;
	int64_t at;
};

/* REFUSED_UNKNOWN (field corrects) when there is no such note in this conversation. */
CHECKED gboolean note_add(struct tx *tx, const struct note_add *ask, struct note_added *answer, GError **error);

/* Writes a note in the actor's name that belongs to something else it does, in the same transaction. */
CHECKED gboolean note_write(struct tx *tx, struct conversation *conversation, const char *text, GError **error);
