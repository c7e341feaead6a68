/*
 * Canon: the one way in which a record is written down before it is digested, so that anybody can compute the same
 * digest with a program of their own (docs/decisions/0006-chains.md).
 *
 * Each field is its length (8 bytes, little-endian) and its bytes. A number is its decimal text. A field that is absent
 * has the length 2^64-1 and no bytes. A salt, where there is one, goes before the first field, bare.
 *
 * A canon lives in the memory context that it was made in. Pure; any thread.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"

struct canon;

/* An empty record; `salt` may be NULL. */
struct canon *canon_new(void *memory, const struct digest *salt);

void canon_text(struct canon *canon, const char *text); /* NULL is absent */
void canon_int(struct canon *canon, int64_t integer);
void canon_int_or_absent(struct canon *canon, int64_t integer); /* 0 is absent */

/* BLAKE2b-256 of what was written so far. */
struct digest canon_digest(const struct canon *canon);

/* What is written down of a note, in this order. Here, so that desk/note and the check of its chain share it. */
struct canon_note {
	const char *conversation; /* public id */
	int64_t seq;
	int64_t author_id;
	int64_t at;
	int64_t corrects; /* seq of the note that it corrects, or 0 */
	const char *text;
};

/* The column note.content. The salt lets a note's text be erased by law without anybody guessing it from its digest. */
struct digest canon_note(void *memory, const struct digest *salt, const struct canon_note *note);

/* What is written down of an audit line. */
struct canon_line {
	int64_t at;
	const char *actor_kind;
	int64_t actor_id; /* 0: none */
	const char *command, *object, *says;
};
struct digest canon_line(void *memory, const struct canon_line *line);
