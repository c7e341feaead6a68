/*
 * Guests: colleagues who were asked to join in somebody's chat.
 *
 * A guest speaks, whispers and sees the chat among theirs; it stays the owner's. There are guests only while a chat is owned, at
 * most LIMIT_CHAT_GUESTS, and the owner is none of them: when a chat ends or goes back to the line they leave without a word
 * of their own, and a guest to whom it is handed becomes its owner. The visitor is told who joined and left.
 *
 * Whoever neither owns the chat nor is its guest only reads along (a lead, a colleague): what they have seen counts for nothing.
 */
#pragma once

#include "desk/chat/chat.h"

struct chat_invite {
	const char *conversation;
	const char *id;
	int64_t person;
};

/*
 * By the owner or a lead, who may ask themselves. Whoever is a guest already stays one. REFUSED_STATE when nobody has taken the
 * chat, when the person is away or its owner, and when there are LIMIT_CHAT_GUESTS.
 */
CHECKED gboolean chat_invite(struct tx *tx, const struct chat_invite *ask, struct chat_row *answer, GError **error);

struct chat_leave {
	const char *conversation;
	const char *id;
	int64_t person; /* 0: the actor */
};

/* By the guest, the owner or a lead. REFUSED_STATE (field person) for who is no guest. */
CHECKED gboolean chat_leave(struct tx *tx, const struct chat_leave *ask, struct chat_row *answer, GError **error);

/* Whether that person is a guest in the chat. */
CHECKED gboolean guest_is(struct tx *tx, const struct chat *chat, int64_t person, bool *is_guest, GError **error);

/* The chat ends or goes back to the line. */
CHECKED gboolean guest_leave_all(struct tx *tx, int64_t chat, GError **error);

/* The chat is that person's now. */
CHECKED gboolean guest_becomes_owner(struct tx *tx, int64_t chat, int64_t person, GError **error);

/* Lets at most `max` guests leave who do not answer customers any more; adds how many to `returned`. */
CHECKED gboolean guest_return_orphans(struct tx *tx, int64_t max, int *returned, GError **error);

/* Gives each of these rows its guests, with one query for all. */
CHECKED gboolean guest_fill(struct tx *tx, struct chat_row *rows, size_t count, GError **error);
