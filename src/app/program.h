/*
 * The program: its sub-commands, one row and one file each (program_NAME.c).
 *
 * A sub-command gets the arguments behind its own name, prints for people (answers to standard output, troubles to
 * standard error) and returns the exit code: 0 done, 1 refused or failed, 2 called wrongly.
 */
#pragma once

#include <glib.h>

#include "app/place.h"

struct program {
	const char *name;  /* "audit verify" */
	const char *usage; /* behind the name */
	const char *says;
	int (*run)(const struct program *program, int count, char **arguments);
};

/* Up to one without a name. */
extern const struct program programs[];

int program_serve(const struct program *program, int count, char **arguments);
int program_init(const struct program *program, int count, char **arguments);
int program_invite(const struct program *program, int count, char **arguments);
int program_backup(const struct program *program, int count, char **arguments);
int program_restore(const struct program *program, int count, char **arguments);
int program_copy(const struct program *program, int count, char **arguments);
int program_audit_verify(const struct program *program, int count, char **arguments);
int program_doctor(const struct program *program, int count, char **arguments);
int program_version(const struct program *program, int count, char **arguments);

/*
 * Parses the options of a sub-command; `entries` as for GOption. What is left must be `rest_count` words, which go to `rest`.
 * False: it has been said what is wrong (or what --help asks for), and *code is the exit code.
 */
bool program_options(const struct program *program, int count, char **arguments, const GOptionEntry *entries,
    int rest_count, char **rest, int *code);

/* The data folder: the option --data, or SOFTANSWER_DATA, or "data". */
const char *program_folder(const char *given);

/* Says what went wrong and gives exit code 1; takes the error over. */
int program_fails(const struct program *program, GError *error);
