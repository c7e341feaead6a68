/*
 * Promises: an answer owed to a customer, by when.
 *
 * A promise is made by a chat that ends with something owed, or by a form. It is *open* until somebody keeps it, which happens once;
 * its due time is fixed when it is made: PROMISE_DAYS business days later on the desk's clocks (calendar_business_days_after()). While one is open, staff may write in its conversation though no chat is open there.
 *
 * The log of the conversation has an internal item for each that is made (its text is what is owed) and kept. Tells promise.changed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/conversation/conversation.h"
#include "store/tx.h"

#define PROMISE_DAYS 1 /* business days */

#define PROMISE_OF_CHAT "chat"
#define PROMISE_OF_FORM "form"
extern const char *const promise_sources[]; /* up to NULL */

struct promise_make {
	int64_t chat_id;
	const char *source;
	const char *what;
	int64_t owner_id; /* 0: whoever takes it up */
};

/* Writes the promise down; `due_at` may be NULL. */
CHECKED gboolean promise_make(
    struct tx *tx, struct conversation *conversation, const struct promise_make *ask, int64_t *due_at, GError **error);

/* How many are open in a conversation. */
CHECKED gboolean promise_count_open(struct tx *tx, int64_t conversation, int64_t *count, GError **error);

struct promise_visitor {
	const char *name, *email;
};
struct promise_owner {
	int64_t id;
	const char *name;
};

/* A promise in the list. Body of promise.changed. */
struct promise_row {
	int64_t promise;
	const char *conversation;
	struct promise_visitor visitor;
	const char *source, *what;
	struct promise_owner owner;
	int64_t made_at, due_at, kept_at;
	struct promise_owner kept_by;
};
struct promise_rows {
	struct promise_row *rows;
	size_t count;
};

extern const char *const promise_views[]; /* open, mine, overdue */

struct promise_list_ask {
	const char *view;
	int64_t after; /* rows after that promise; 0: from the top */
	int64_t limit;
};
struct promise_list {
	struct promise_rows promises;
	bool more;
};

/* Open ones, in the order of when they are due. */
CHECKED gboolean promise_list(
    struct tx *tx, const struct promise_list_ask *ask, struct promise_list *answer, GError **error);

struct promise_ask {
	int64_t promise;
	const char *id; /* the caller's own, or NULL */
};

/* Marks it as kept; keeping one that is kept changes nothing. */
CHECKED gboolean promise_keep(struct tx *tx, const struct promise_ask *ask, struct promise_row *answer, GError **error);
