/*
 * Canned answers: texts that are kept for what is asked again and again.
 *
 * An answer has a shortcut ("price"), a title and a text, and belongs to one person (own), to a team, or to all. A shortcut is free
 * once in each: one's own "hello" stands beside the "hello" of all, and comes first. Its text may hold variables in double
 * braces (answer_variables), which the page fills in when it is used; any other word in double braces is refused, since a
 * customer would see it. Nothing is removed: an answer is archived, and its shortcut is free again.
 *
 * One's own is one's own to change; a team's its members' and every lead's; that of all the leads'. Nobody sees another's own.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

extern const char *const answer_scopes[];    /* own, team, all */
extern const char *const answer_variables[]; /* visitor.name, …; up to NULL */

struct answer_row {
	int64_t id;
	const char *shortcut, *title, *text;
	const char *scope;
	int64_t team; /* of scope team, or 0 */
	const char *team_name;
	const char *changed_by; /* a name */
	int64_t changed_at;
	bool is_mine_to_change;
};

struct answer_list_ask {
	const char *search;   /* what shortcut, title or text must hold, in any case; or NULL */
	const char *shortcut; /* what the shortcut must begin with; or NULL */
	int64_t before;       /* rows after this one; 0: from the top */
	int64_t limit;
};
struct answer_rows {
	struct answer_row *rows;
	size_t count;
};
struct answer_list {
	struct answer_rows answers;
	bool more;
};

/* Those that the actor may use: their own, those of their teams (a lead: of every team), those of all; newest change first. */
CHECKED gboolean answer_list(
    struct tx *tx, const struct answer_list_ask *ask, struct answer_list *answer, GError **error);

struct answer_add {
	const char *id; /* the caller's own, or NULL */
	const char *shortcut, *title, *text;
	const char *scope;
	int64_t team;
};
struct answer_added {
	int64_t answer;
};

/*
 * Tells answer.changed. REFUSED_RANGE for a shortcut of other letters than a-z, 0-9 and -, or an unknown variable;
 * REFUSED_STATE for a shortcut that is taken, and when there are LIMIT_ANSWERS; REFUSED_PERMISSION for what is not theirs.
 */
CHECKED gboolean answer_add(struct tx *tx, const struct answer_add *ask, struct answer_added *answer, GError **error);

struct answer_change {
	int64_t answer;
	const char *shortcut, *title, *text; /* each may be NULL: stays as it is */
};
CHECKED gboolean answer_change(struct tx *tx, const struct answer_change *ask, GError **error);

struct answer_ask {
	int64_t answer;
};
/* Archiving an archived one changes nothing. */
CHECKED gboolean answer_archive(struct tx *tx, const struct answer_ask *ask, GError **error);

/* Body of answer.changed: whoever may see it reads the list again. */
struct answer_changed {
	int64_t answer;
};

/* Adds what a new desk begins with, for all, in its language; `person` is who opens it. */
CHECKED gboolean answer_add_first(struct tx *tx, const char *language, int64_t person, GError **error);

/* Whether all that stands in double braces is a variable; REFUSED_RANGE (field text) names the known ones. Pure. */
CHECKED gboolean answer_check_text(const char *text, GError **error);
