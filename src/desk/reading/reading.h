/*
 * Readings: how far each side of a conversation has come (receipts).
 *
 * The sides are the visitor and the staff. *Delivered* is the seq up to which a page of the side has the log, *seen* up to which it
 * was on a screen that somebody looked at: of staff, somebody who has the chat or was asked to join in. Both only rise, and
 * sent <= delivered <= seen (P9, read as "was at least"): seen never passes delivered, delivered never the newest item. They count what both sides
 * can see: what falls on an internal item is told as the public item before it, so a visitor learns nothing of notes.
 *
 * Seeing moves the conversation's `unread`, the visitor's words that staff has not seen. Inside a tx; never on a message's way.
 */
#pragma once

#include <stdint.h>

#include "desk/conversation/conversation.h"
#include "store/tx.h"

#define SIDE_VISITOR "visitor"
#define SIDE_STAFF   "staff"

extern const char *const reading_sides[];

struct reading_set {
	const char *conversation;
	int64_t delivered, seen; /* 0: nothing new of it */
};

/* Body of reading.moved. */
struct reading_moved {
	const char *conversation; /* public id */
	const char *side;
	int64_t delivered, seen;
};

/*
 * Moves the acting side on to these, where they are ahead; tells reading.moved when something changed. The answer is how far the
 * side is now. REFUSED_STATE (field delivered or seen) above the newest item.
 */
CHECKED gboolean reading_set(struct tx *tx, const struct reading_set *ask, struct reading *answer, GError **error);
