/*
 * Errors: what was refused or failed, and which field was to blame.
 *
 * Every function that can fail takes a `GError **error` last and returns FALSE (or NULL) with *error set; its outputs are
 * untouched then. The kinds stand in errors.def. A *refusal* is the caller's doing and its words are meant for the
 * caller; a *failure* is ours and its words are for the log only.
 *
 * Where one field can be refused for many reasons, a refusal has a *cause* too: a code of a closed list, which the command's row
 * names, and the line of a text.
 *
 * Any thread. Non-goal: translation; the pages translate by kind, field and cause.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define CHECKED G_GNUC_WARN_UNUSED_RESULT

enum error_kind {
#define KIND(name, type, status, retry, title) name,
#include "base/errors.def"
#undef KIND
	ERROR_KINDS
};

#define DESK_ERROR desk_error_quark()
GQuark desk_error_quark(void);

/* One row of errors.def. */
struct error_row {
	const char *type;
	int status;
	bool retry;
	const char *title;
};
const struct error_row *error_row(enum error_kind kind);

/* The kind of `error`; one of another domain is FAILED. */
enum error_kind error_kind(const GError *error);

/* The field that was refused, or NULL where no field is to blame. */
const char *error_field(const GError *error);

/* Why, as programs know it. */
struct error_cause {
	const char *code; /* NULL: there is none; lives as long as the program */
	int line;         /* of the field's text, from 1; 0: of no line */
};
struct error_cause error_cause(const GError *error);

bool error_is_refusal(const GError *error);

/* Sets *error and returns FALSE, so that a decision can end with it. `field` is the name as the caller wrote it, or NULL. */
gboolean refuse(GError **error, enum error_kind kind, const char *field, const char *format, ...) G_GNUC_PRINTF(4, 5);

gboolean refuse_because(GError **error, enum error_kind kind, const char *field, struct error_cause cause,
    const char *format, ...) G_GNUC_PRINTF(5, 6);

/* The same for what is our fault. */
gboolean fail(GError **error, enum error_kind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
