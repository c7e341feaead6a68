/*
 * What the facts about people share: an empty desk on a clock that stands still, with a direct crew and a direct pool, and
 * callers of its commands, each with an address and perhaps a session.
 *
 *     struct fact_desk *desk = fact_desk_new();
 *     struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
 *     assert_int_equal(fact_do(desk, &ann, "seat.status", "{s:s}", "status", "online"), 200);
 *
 * fact_do() sends one command as over a socket, all fields in one object, and says how it was answered, in HTTP's words.
 */
#pragma once

#include <jansson.h>

#include "base/clock.h"
#include "desk/people/actor.h"
#include "edge/edge.h"

#define FACT_NOW      (INT64_C(1774889400) * MS_PER_SECOND)
#define FACT_PASSWORD "correct horse battery"

struct fact_desk {
	struct store *store;
	char *where; /* its file */
	struct clock clock;
	struct edge edge;
	/* The last answer. */
	int status;
	char *type, *field, *detail, *cookie;
	json_t *body; /* NULL: refused */
	/* Events told since the desk was made. */
	GArray *told; /* of unsigned */
};

struct fact_caller {
	const char *address;
	char token[TOKEN_CHARS + 1]; /* of a session; "" for nobody */
	int64_t person, session;
};

struct fact_desk *fact_desk_new(void);
void fact_desk_free(struct fact_desk *desk);

/* Somebody who is not signed in. */
struct fact_caller fact_stranger(const char *address);

/* A person NAME@desk.example with the password FACT_PASSWORD, signed in from 192.0.2.1. */
struct fact_caller fact_staff(struct fact_desk *desk, const char *name, enum role role);

/* One more session of that person. */
struct fact_caller fact_again(struct fact_desk *desk, const struct fact_caller *person);

/* Sends a command; `format` is json_pack()'s, NULL is {}. Returns the HTTP status. */
int fact_do(struct fact_desk *desk, const struct fact_caller *caller, const char *command, const char *format, ...);

/* Signs in by e-mail and password. */
int fact_sign_in(struct fact_desk *desk, const struct fact_caller *caller, const char *email, const char *password);

/* Whether the caller is signed in still. */
bool fact_is_in(struct fact_desk *desk, const struct fact_caller *caller);

/* A text or number of the last answer, by a path of names and places such as "people.0.email"; NULL or -1: not there. */
const char *fact_text(const struct fact_desk *desk, const char *path);
int64_t fact_int(const struct fact_desk *desk, const char *path);

/* Rows of a list of the last answer. */
size_t fact_rows(const struct fact_desk *desk, const char *list);

/* How often an event of that kind was told. */
unsigned fact_told(const struct fact_desk *desk, unsigned kind);

/* Runs `run` as one change, in the name of `actor`; NULL: the desk itself. */
void fact_change(struct fact_desk *desk, const struct actor *actor,
    gboolean (*run)(struct tx *tx, void *data, GError **error), void *data);

/* The token in a link of the last answer. */
const char *fact_link_token(const struct fact_desk *desk);

/* Changes the store as another program would; false, or a failed fact, where the engine refuses. */
bool fact_try(struct fact_desk *desk, const char *sql);
void fact_tamper(struct fact_desk *desk, const char *sql);

/*
 * The same as somebody does who has the files, or is the server's master: first of all the triggers and references go.
 * zeroblob(32) and x'00' are understood by both engines.
 */
void fact_attack(struct fact_desk *desk, const char *sql);

/* The first value of a statement, as text; the caller frees. */
char *fact_peek(struct fact_desk *desk, const char *sql);

/* Whether the text stands anywhere in the store's files, its log included. */
bool fact_files_hold(struct fact_desk *desk, const char *text);
