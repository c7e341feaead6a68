/*
 * What is asked of a visitor beforehand: name, address and topic as the site's form wants them, and the site's own fields.
 *
 * An answer names its field by the label. Before a chat, and on the form that stands in for one.
 */
#pragma once

#include "desk/line/line.h"

struct asked_answer {
	const char *label;
	const char *value; /* of a check: yes or no; of a choice: one of them */
};
struct asked_answers {
	const struct asked_answer *rows;
	size_t count;
};

struct asked {
	const char *name, *email, *topic; /* each may be NULL */
	struct asked_answers answers;
};

/* REFUSED_FIELD where something is missing that the site requires, or is no answer to what was asked, with the field to blame. */
CHECKED gboolean asked_check(struct tx *tx, const struct line_site *site, const struct asked *asked, GError **error);

/* Writes the answers down beside the chat. */
CHECKED gboolean asked_keep(struct tx *tx, int64_t chat, const struct asked_answers *answers, GError **error);

/* The answers of a chat. */
CHECKED gboolean asked_list(struct tx *tx, int64_t chat, struct asked_answers *answers, GError **error);
