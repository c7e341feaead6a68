/*
 * Conversations: the lasting thread with a customer, and its log.
 *
 * The log is a list of *items* with seq = 1..n, in one order for everybody, without gaps; an item is never changed or
 * deleted (triggers). *Internal* items are for staff: they have their seq like the others, and item_hide() and the
 * visitors' query keep them and the ids of people from visitors. The log is also the outbox: whoever missed something
 * asks for what is after the last seq it has (docs/decisions/0003).
 *
 * Decisions run inside a tx. Non-goal: chats, which come and go inside a conversation (desk/chat).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/tx.h"

/* Who said or did it. kind: "visitor", "person" or "system"; of what an item is about also "team". */
struct author {
	const char *kind;
	const char *name; /* NULL: a visitor who gave none, or the system */
	int64_t id;       /* of a person or team; 0 for others and towards visitors */
};

#define ITEM_MESSAGE  "message"
#define ITEM_NOTE     "note"
#define ITEM_STARTED  "started"
#define ITEM_TAKEN    "taken"
#define ITEM_RELEASED "released"
#define ITEM_HANDED   "handed"
#define ITEM_ENDED    "ended"
#define ITEM_JOINED   "joined"
#define ITEM_LEFT     "left"
#define ITEM_WHISPER  "whisper"
#define ITEM_REOPENED "reopened"
#define ITEM_WARNED   "warned"   /* nobody said a word for a while: the chat will be closed */
#define ITEM_FORM     "form"     /* a form was left; its words are the message that follows */
#define ITEM_PROMISED "promised" /* internal; its text is what is owed */
#define ITEM_KEPT     "kept"     /* internal; what was owed */
#define ITEM_RATED    "rated"    /* internal; the score and, on the next line, the comment */
#define ITEM_FILE     "file"

/* Of an item of that kind: see desk/file. width and height are 0 for what is no picture. */
struct item_file {
	const char *key; /* public id; NULL: no file */
	const char *name;
	const char *type;
	int64_t size, width, height;
};

struct item {
	int64_t seq;
	const char *kind;
	struct author author;
	struct author about;   /* whom it concerns; kind NULL: nobody */
	const char *text;      /* of a message or note, the name of a file; NULL for what happened */
	int64_t corrects;      /* of a note: the seq of the one it corrects, or 0 */
	const char *caller_id; /* what the sender called it, or NULL */
	int64_t at;
	bool internal;
	struct item_file file;
};

/* Body of item.added. */
struct item_added {
	const char *conversation; /* public id */
	struct item item;
};

/* A conversation that the actor may see. */
struct conversation {
	int64_t id;
	const char *key; /* public id */
	int64_t visitor_id;
	const char *visitor; /* public id */
	const char *visitor_name, *visitor_email;
	int64_t last_seq;
	int64_t created_at;
};

/*
 * The conversation of that public id. REFUSED_UNKNOWN when there is none or the actor may not see it: nobody can tell
 * which.
 */
CHECKED gboolean conversation_find(struct tx *tx, const char *key, struct conversation *conversation, GError **error);

/*
 * Makes a conversation of what conversation_of_visitor() gave, when there was none; name and e-mail replace what was known
 * unless NULL.
 */
CHECKED gboolean conversation_open(
    struct tx *tx, const char *name, const char *email, struct conversation *conversation, GError **error);

/* The acting visitor's conversation; id 0 when there is none yet. */
CHECKED gboolean conversation_of_visitor(struct tx *tx, struct conversation *conversation, GError **error);

/*
 * Adds an item in the actor's name: gives it author, seq and time, and tells item.added. Kind, text, about, corrects,
 * caller_id and internal are the caller's to fill in; the text of a note goes to the log of notes, not into the item's
 * row. `row` gets the row id; may be NULL.
 */
CHECKED gboolean conversation_add(
    struct tx *tx, struct conversation *conversation, struct item *item, int64_t *row, GError **error);

/*
 * The seq and time of what the actor has sent here under its own id; seq 0 when nothing. REFUSED_STATE (field id) when what
 * was sent is not of that kind: an id is for one thing.
 */
CHECKED gboolean conversation_sent(struct tx *tx, const struct conversation *conversation, const char *caller_id,
    const char *kind, int64_t *seq, int64_t *at, GError **error);

struct conversation_items_ask {
	const char *conversation;
	int64_t since;
	int64_t limit; /* 1..LIMIT_PAGE_ROWS */
};

struct item_list {
	const struct item *rows;
	size_t count;
};

/* How far a side has come: seq up to which it has the log, and has seen it (desk/reading). */
struct reading {
	int64_t delivered, seen;
};
struct conversation_readings {
	struct reading visitor, staff;
};

struct conversation_items {
	struct item_list items;
	int64_t head;
	bool more;
	struct conversation_readings readings;
	int64_t topic; /* the conversation's row id, which events carry; not answered */
};

/*
 * The items after `since` that the actor may see, at most `limit`, in order; and the cursor to go on from. REFUSED_STATE
 * (field since) when there is no item of that number yet.
 */
CHECKED gboolean conversation_items(
    struct tx *tx, const struct conversation_items_ask *ask, struct conversation_items *answer, GError **error);

/* Takes out of a public item what visitors are not shown. */
void item_hide(struct item *item);
