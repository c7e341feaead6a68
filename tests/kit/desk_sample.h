/*
 * Samples: a right request for any command, made of its row in the command table, so that tests of every command need not know
 * the fields of each.
 */
#pragma once

#include "edge/command.h"
#include "tests/kit/desk.h"

/* What the fields that name things are filled with. */
struct sample {
	const char *conversation;
	int64_t person; /* a colleague; also for `to` */
	int64_t session, invitation;
	const char *site;
	int64_t team;
	const char *id; /* the caller's own */
};

/* Every field that is not optional, with a value that it takes; and `id` also where it is. */
json_t *sample_body(const struct command *command, const struct sample *sample);

/* So many rows of a list that a command takes. */
json_t *sample_rows(const struct field *field, const struct sample *sample, int64_t count);

/* A value of exactly `size` bytes for a field of text, of two-byte characters where its kind takes them. */
char *sample_text(const struct field *field, size_t size);

/* The field of that name, or NULL. */
const struct field *sample_field(const struct command *command, const char *name);

/* Calls `visit` for every command of the table. */
void sample_each_command(void (*visit)(const struct command *command, void *data), void *data);
