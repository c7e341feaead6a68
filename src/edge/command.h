/*
 * The command table: one row gives a command its door, permission, fields, limits, audit line and documentation.
 *
 * From the rows derive the decoding of JSON, the refusals, the router, docs/api.md, /api/v1/openapi.json and the
 * TypeScript types. A route outside the table cannot exist. Each noun has its rows in its noun_api.c; `commands` in
 * edge/commands.c lists the nouns.
 *
 * A field says where it stands in the struct that the command takes; shapes of answers and events are told by the same
 * kind of rows. Everything that is decoded lives in the call's memory.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/limits.h"
#include "desk/people/actor.h"
#include "store/tx.h"

enum field_type {
	FIELD_TYPE_END,
	FIELD_TYPE_INT, /* int64_t, min..max */
	FIELD_TYPE_TEXT, /* const char *, UTF-8 of min..max bytes, blank only where min is 0, no control characters but lines */
	FIELD_TYPE_LINE,   /* the same without what ends a line or turns its direction, trimmed */
	FIELD_TYPE_SECRET, /* as LINE but not trimmed; never logged, audited or answered twice */
	FIELD_TYPE_EMAIL,  /* const char *, an address of LIMIT_EMAIL_BYTES at most, trimmed and in lower case */
	FIELD_TYPE_CALLER, /* const char *, the caller's own id: LIMIT_CALLER_ID_MIN..BYTES of A-Z a-z 0-9 - _ */
	FIELD_TYPE_KEY,    /* const char *, a public id: KEY_CHARS of URL-safe base64; NULL is answered as null */
	FIELD_TYPE_BOOL,   /* bool */
	FIELD_TYPE_TIME,   /* int64_t ms; in JSON an RFC 3339 text in UTC with milliseconds; 0 is null */
	FIELD_TYPE_WORD,   /* const char *, one of `words` */
	FIELD_TYPE_OBJECT, /* a struct of `fields` in place */
	FIELD_TYPE_BYTES, /* struct bytes (store/query.h): the whole body as it is, 1..max; no other field stands in the body */
	FIELD_TYPE_LIST, /* a struct list of structs of `fields`, `size` bytes each; taken: min..max of them */
};

enum field_place { PLACE_BODY, PLACE_PATH, PLACE_QUERY };

/*
 * Rows: `rows` points at `count` structs, one behind the other. Taken by a command: NULL where the list was left out, which an
 * empty one is not.
 */
struct list {
	const void *rows;
	size_t count;
};

struct field {
	const char *name;
	enum field_type type;
	enum field_place place;
	bool is_optional; /* absent or null: the struct keeps its `otherwise` */
	bool is_tidied;   /* of a LINE that a visitor wrote: what may not stand in it is taken out instead of refused */
	bool is_plain;    /* of a LIST: in JSON each row is the value of its one field, and no object */
	size_t offset;
	int64_t min, max;
	int64_t otherwise;        /* of an absent INT or BOOL */
	const char *const *words; /* up to NULL */
	const struct field *fields;
	size_t size;
	const char *says;
};

/* One row: the member of that name in `struct type_`, and what else there is to say of it. */
#define FIELD(kind_, type_, member, ...)                                                                               \
	{                                                                                                              \
		.name = #member, .type = FIELD_TYPE_##kind_, .offset = offsetof(struct type_, member), __VA_ARGS__     \
	}
#define FIELD_IN(kind_, type_, member, min_, max_, ...)                                                                \
	FIELD(kind_, type_, member, .min = (min_), .max = (max_), __VA_ARGS__)

#define FIELD_INT(type_, member, min_, max_, ...)    FIELD_IN(INT, type_, member, min_, max_, __VA_ARGS__)
#define FIELD_TEXT(type_, member, max_, ...)         FIELD_IN(TEXT, type_, member, 1, max_, __VA_ARGS__)
#define FIELD_LINE(type_, member, max_, ...)         FIELD_IN(LINE, type_, member, 1, max_, __VA_ARGS__)
#define FIELD_SECRET(type_, member, min_, max_, ...) FIELD_IN(SECRET, type_, member, min_, max_, __VA_ARGS__)
#define FIELD_EMAIL(type_, member, ...)              FIELD_IN(EMAIL, type_, member, 3, LIMIT_EMAIL_BYTES, __VA_ARGS__)
#define FIELD_KEY(type_, member, ...)                FIELD_IN(KEY, type_, member, KEY_CHARS, KEY_CHARS, __VA_ARGS__)
#define FIELD_BOOL(type_, member, ...)               FIELD(BOOL, type_, member, __VA_ARGS__)
#define FIELD_BYTES(type_, member, max_, ...)        FIELD_IN(BYTES, type_, member, 1, max_, __VA_ARGS__)
#define FIELD_TIME(type_, member, ...)               FIELD(TIME, type_, member, __VA_ARGS__)
#define FIELD_WORD(type_, member, words_, ...)       FIELD(WORD, type_, member, .words = (words_), __VA_ARGS__)
#define FIELD_OBJECT(type_, member, fields_, ...)    FIELD(OBJECT, type_, member, .fields = (fields_), __VA_ARGS__)
#define FIELD_LIST(type_, member, row_, fields_, ...)                                                                  \
	FIELD(LIST, type_, member, .fields = (fields_), .size = sizeof(struct row_), __VA_ARGS__)
/* A list of texts, words, keys or numbers: `fields_` has the one row. */
#define FIELD_PLAIN_LIST(type_, member, row_, fields_, ...)                                                            \
	FIELD_LIST(type_, member, row_, fields_, .is_plain = true, __VA_ARGS__)

/* A list that a command takes has a maximum of rows. */
#define AT_MOST(rows_) .max = (rows_)

/*
 * The caller's own id, called `id` in JSON and in the struct. Every command with a `once` but ONCE_NEVER has it; where it is
 * OPTIONAL a caller who gives none does without.
 */
#define FIELD_CALLER(type_, ...)                                                                                       \
	FIELD_IN(CALLER, type_, id, LIMIT_CALLER_ID_MIN, LIMIT_CALLER_ID_BYTES,                                        \
	    .says = "the caller's own id: the same again when it repeats", __VA_ARGS__)

#define FIELD_END                                                                                                      \
	{                                                                                                              \
		.type = FIELD_TYPE_END                                                                                 \
	}

#define IN_PATH  .place = PLACE_PATH
#define IN_QUERY .place = PLACE_QUERY
#define OPTIONAL .is_optional = true
#define TIDIED   .is_tidied = true

enum command_kind {
	COMMAND_READ,  /* on a reader; nothing can be written */
	COMMAND_WRITE, /* on the writer; acknowledged after the commit */
};

/* How the caller's own id makes a repeated command harmless (house.md, 2.5). */
enum command_once {
	ONCE_BY_RECEIPT, /* the edge keeps the first answer in `receipt`, in the same transaction */
	ONCE_BY_ITSELF,  /* the decision finds its earlier work by the id (message.send, note.add) */
	ONCE_NEVER,      /* takes no id: doing it twice is the same as once, or must not be repeated (log-in) */
};

/* What it counts against: flood.def has the numbers. */
enum flood { FLOOD_READ, FLOOD_WRITE, FLOOD_MESSAGE, FLOOD_TRAIL, FLOOD_START, FLOOD_PASSWORD, FLOODS };

/*
 * What the answer does with cookies. Of a command that sets one (SESSION, VISITOR) the answer's struct begins with
 * `const char *cookie`, the token, which no field row names; NULL sets none. CLEARED: the session's cookie is taken back;
 * VISITOR_CLEARED: the visitor's.
 */
enum command_cookie { COOKIE_KEPT, COOKIE_SESSION, COOKIE_VISITOR, COOKIE_CLEARED, COOKIE_VISITOR_CLEARED };

struct call;

struct command {
	const char *name; /* "chat.take": a noun of desk/ and a verb; also what a socket names in "do" */
	const char *door; /* "POST /api/v1/conversations/{conversation}/take" */
	enum permission may;
	enum command_kind kind;
	enum command_once once;
	enum flood flood;
	const struct field *fields; /* of what it takes, `size` bytes; NULL: nothing */
	size_t size;
	const struct field *answers; /* of what it answers, `answer_size` bytes; NULL: {} */
	size_t answer_size;
	/* The decision. `ask` and `answer` point at structs of those sizes, the answer zeroed. */
	gboolean (*run)(struct tx *tx, const void *ask, void *answer, GError **error);
	/*
	 * For what happens around the store (hashing a password, making a ticket): called on the loop instead of submitting the
	 * work; it calls call_submit() or call_answer() itself, at once or later. See edge/call.h.
	 */
	void (*around)(struct call *call);
	const char
	    *audit; /* the audit line's words, "took the chat"; NULL: not audited. See tx_about(), tx_unremarkable() */
	bool on_socket; /* may be sent over a WebSocket as well */
	/*
	 * A read whose answer is the same for everybody, whoever asks: it has an ETag, is cached for LIMIT_PUBLIC_SECONDS, and pages of
	 * any origin may read it.
	 */
	bool is_public;
	/*
	 * Decides by, and changes, nothing but the conversation whose key is in its path (where there is none: what is its visitor's own,
	 * and nobody else's with this), and what only commands without this change: then it may run at the same time as those of other
	 * conversations (docs/decisions/0010-postgres.md).
	 */
	bool stays_inside;
	enum command_cookie cookie;
	bool
	    sends_file; /* over HTTP it is answered by the bytes of the file that its answer, a struct file_got, names */
	const char *const *codes; /* up to NULL: what a refusal's `code` may be; NULL: it has none */
	const char *says;         /* one sentence for docs/api.md */
};

/* For rows: what a command takes and answers. */
#define TAKES(fields_, type_)   .fields = (fields_), .size = sizeof(struct type_)
#define ANSWERS(fields_, type_) .answers = (fields_), .answer_size = sizeof(struct type_)

/*
 * For `run`: RUNS(chat_take); makes run_chat_take(), which hands everything on to the decision chat_take(). The others are for
 * decisions that take nothing (they stand beside a row without TAKES), that answer nothing (without ANSWERS), or neither.
 */
#define RUNS(decision_)                RUNS_BY(decision_, decision_(tx, ask, answer, error))
#define RUNS_WITHOUT_ASK(decision_)    RUNS_BY(decision_, decision_(tx, answer, error))
#define RUNS_WITHOUT_ANSWER(decision_) RUNS_BY(decision_, decision_(tx, ask, error))
#define RUNS_ALONE(decision_)          RUNS_BY(decision_, decision_(tx, error))
#define RUNS_BY(decision_, call_)                                                                                      \
	static gboolean run_##decision_(struct tx *tx, const void *ask, void *answer, GError **error)                  \
	{                                                                                                              \
		(void)ask, (void)answer;                                                                               \
		return call_;                                                                                          \
	}                                                                                                              \
	struct tx /* and takes the semicolon */

#define COMMANDS_END                                                                                                   \
	{                                                                                                              \
		.name = NULL                                                                                           \
	}

/* The tables of all nouns, up to NULL. */
extern const struct command *const commands[];

/* The field of a command that takes bytes as they are, or NULL. */
const struct field *command_bytes(const struct command *command);

/* The command of this name, or NULL. */
const struct command *command_named(const char *name);
