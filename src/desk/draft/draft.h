/*
 * Drafts: what a member of staff began to write and has not sent, kept so that it outlives tab, browser and server (P35).
 *
 * One for each person, conversation and *mode*: a message, a note or a whisper. Each has a *generation*, from 1, which moves when
 * it is sent, in the transaction of what was sent: a save that comes late belongs to a generation that is over and changes
 * nothing. Without text there is none; its row stays for DRAFT_KEPT_MS to remember the generation. Nobody sees another's.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "desk/conversation/conversation.h"
#include "store/tx.h"

#define DRAFT_MESSAGE "message"
#define DRAFT_NOTE    "note"
#define DRAFT_WHISPER "whisper"

#define DRAFT_GENERATION_MAX 1000000000

/* Longer than any tab sleeps that still has an old generation. */
#define DRAFT_KEPT_MS (60 * MS_PER_DAY)

extern const char *const draft_modes[];

struct draft {
	const char *conversation; /* public id */
	const char *mode;
	int64_t generation;
	const char *text; /* "": none */
	int64_t changed_at;
};

struct draft_set {
	const char *conversation;
	const char *mode;
	int64_t generation; /* the one that the writer knows of; 1 for the first */
	const char *text;   /* NULL or blank: there is none any more */
};

/*
 * Keeps the text; the answer is the draft as it is now. A generation that is over changes nothing. REFUSED_STATE when the person has
 * LIMIT_DRAFTS already.
 */
CHECKED gboolean draft_set(struct tx *tx, const struct draft_set *ask, struct draft *answer, GError **error);

/* Within the transaction of what was sent: this generation is over. `generation` 0: it was no draft. */
CHECKED gboolean draft_was_sent(
    struct tx *tx, const struct conversation *conversation, const char *mode, int64_t generation, GError **error);

struct draft_list_ask {
	const char *conversation; /* NULL: everywhere */
	const char *before;       /* everywhere: rows after the one of this conversation and mode; NULL: from the top */
	const char *before_mode;
	int64_t limit; /* 1..LIMIT_PAGE_ROWS */
};
struct draft_rows {
	const struct draft *rows;
	size_t count;
};
struct draft_list {
	struct draft_rows drafts;
	bool more;
};

/*
 * One's own drafts, newest first, as many as LIMIT_DRAFT_LIST_BYTES hold and at least one; of one conversation also those without
 * text, for their generation, and always all.
 */
CHECKED gboolean draft_list(struct tx *tx, const struct draft_list_ask *ask, struct draft_list *answer, GError **error);

/* Forgets drafts without text after DRAFT_KEPT_MS: at most `max`, `purged` gets how many. */
CHECKED gboolean draft_purge(struct tx *tx, int64_t max, int *purged, GError **error);
