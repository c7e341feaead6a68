/*
 * Forms: what a visitor leaves when nobody can answer, or when it would rather have an e-mail.
 *
 * A form becomes a conversation with a chat of the channel `form` that is closed from the beginning, its text the first message,
 * and a promise. It asks what the site asks before a chat, and always for an address. While a chat of the visitor is open it is
 * refused, and so is one more than LIMIT_OPEN_FORMS that nobody has answered yet.
 */
#pragma once

#include "desk/line/asked.h"
#include "store/tx.h"

#define CHANNEL_FORM "form"

struct form_send {
	const char *id;
	const char *site;                                   /* key, or NULL */
	const char *name, *email, *topic, *page, *language; /* but for the address each may be NULL */
	const char *text;
	struct asked_answers answers;
	const char *address, *agent; /* the edge's: where it came from; NULL where it says nothing */
};
struct form_sent {
	const char *conversation;
	int64_t head;   /* the seq of the newest item */
	int64_t due_at; /* by when somebody answers */
};
CHECKED gboolean form_send(struct tx *tx, const struct form_send *ask, struct form_sent *answer, GError **error);
