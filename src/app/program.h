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

/* The commit that the program was built from. */
const char *program_commit(void);

/* Says what went wrong and gives exit code 1; takes the error over. */
int program_fails(const struct program *program, GError *error);

/* ---- Sub-commands that work on a data folder ---- */

/* What such a one finds when it runs. */
struct program_at {
	struct place *place;
	struct store *store; /* where the body opens it */
	char **words;        /* what was left behind the options */
	void *data;          /* the body's */
};

struct program_body {
	const GOptionEntry *entries; /* besides --data; NULL: there are none */
	int words;
	bool opens; /* the store, as PLACE_LOOK; a run without it does so itself, if at all */
	/* FALSE is exit code 1; *error is said then, or, where it is NULL, everything has been. */
	gboolean (*run)(const struct program_at *at, GError **error);
	void *data;
};

/*
 * Parses options and words, finds the place (the option --data, or SOFTANSWER_DATA, or "data"), opens the store if the body wants it,
 * runs the body and clears all away. Gives the exit code.
 */
int program_at_place(const struct program *program, int count, char **arguments, const struct program_body *body);
