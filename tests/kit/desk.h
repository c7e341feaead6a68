/*
 * A desk on a virtual clock, for stories, simulations and tests: the real command table, permissions, decoding, decisions and
 * store, without sockets and threads.
 *
 *     struct kit_desk *desk = kit_desk_begin(1);
 *     const struct kit_actor *vera = kit_visitor(desk, "vera"), *ann = kit_staff(desk, "ann", ROLE_ADVISOR);
 *     kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001");
 *
 * An *actor* is who sends a command: a visitor, or a member of staff who is signed in and, where the role answers customers, online. A command is answered before
 * kit_do() returns. Time stands still until it is moved. All that the desk draws follows from the seed, so the same calls
 * give the same answers again. kit_desk_end() checks that what is left behind is whole (P37): every test that ends a
 * desk so has asked for it. Whatever the kit itself cannot do, or finds broken, goes to kit_fails().
 */
#pragma once

#include <jansson.h>

#include "desk/people/actor.h"
#include "edge/edge.h"

#define KIT_START_MS   INT64_C(1774861200000)   /* Monday 2026-03-30 09:00 UTC */
#define KIT_PASSWORD   "a lamp in every window" /* everybody's */
#define KIT_NAME_BYTES 32

struct kit_desk;

struct kit_actor {
	char name[KIT_NAME_BYTES];
	struct credential credential; /* as a socket has it: of staff the session */
	int64_t person, session;      /* of staff */
	struct digest cookie;         /* of staff: what speaks for the session over HTTP */
	enum role role;
	const char *origin; /* the network that it comes from, or NULL */
	bool is_gone;       /* of staff: no page of theirs is there any more */
};

/* Somebody who is not signed in. */
extern const struct kit_actor kit_nobody;

/* A new desk in a temporary folder, with its administrator "ada" and nobody else. */
struct kit_desk *kit_desk_begin(uint64_t seed);

/* Checks everything with kit_desk_check() and removes the desk. */
void kit_desk_end(struct kit_desk *desk);

/* Removes a desk that was broken on purpose. */
void kit_desk_abandon(struct kit_desk *desk);

/* What is wrong with the store now, as one sentence per line; NULL: nothing. The caller frees. */
char *kit_desk_check(struct kit_desk *desk);

/* ---- Time, faults and restarts ---- */

int64_t kit_now(const struct kit_desk *desk);
void kit_wait(struct kit_desk *desk, int64_t ms); /* may be negative: somebody sets the machine's clock */

/* The desk is stopped and started again; or killed, and started on the files as they are at this moment. */
void kit_restart(struct kit_desk *desk);
void kit_kill(struct kit_desk *desk);

/* The next change: see crew_fail_next(). */
void kit_fail_next(struct kit_desk *desk, enum crew_fault fault);

/* From here on changes wait; then they are one batch, with one commit. */
void kit_hold(struct kit_desk *desk);
void kit_let_go(struct kit_desk *desk);

/* ---- Actors; they live as long as the desk ---- */

const struct kit_actor *kit_administrator(const struct kit_desk *desk);
const struct kit_actor *kit_visitor(struct kit_desk *desk, const char *name);
const struct kit_actor *kit_staff(struct kit_desk *desk, const char *name, enum role role);

/* Whether the hash that is kept for everybody is that of KIT_PASSWORD: a fact for the kit's own test. */
bool kit_password_fits(void);

/* A new session for somebody whose last one has ended, given by the desk itself. */
void kit_sign_in(struct kit_desk *desk, const struct kit_actor *who);

/* The same by e-mail and KIT_PASSWORD, as a person does it. */
const struct kit_answer *kit_log_in(struct kit_desk *desk, const struct kit_actor *who);

/* From here on a visitor comes from that network; or somebody of staff is heard of no more, and does not say so. */
void kit_comes_from(const struct kit_actor *who, const char *origin);
void kit_vanish(const struct kit_actor *who);

/* ---- Commands ---- */

struct kit_answer {
	bool is_answered;
	bool is_ok;
	int status;           /* of HTTP: 200, or the problem's */
	enum error_kind kind; /* when it is not ok */
	json_t *body;         /* the answer, or the problem document */
	char *text;           /* the answer as it was written; NULL when it is not ok */
	char *cookie;         /* for Set-Cookie, or NULL */
};
void kit_answer_clear(struct kit_answer *answer);

/*
 * Sends the command and answers it; the answer lives until the next kit_do(). `format` and what follows are those of json_pack();
 * NULL is {}. Commands that a socket takes go as they would over one, unless kit_over_http() said otherwise.
 */
const struct kit_answer *kit_do(
    struct kit_desk *desk, const struct kit_actor *who, const char *command, const char *format, ...);

/* The same with a body that is taken over, and an answer of the caller's own, which is filled in later while changes are held. */
void kit_send(
    struct kit_desk *desk, const struct kit_actor *who, const char *command, json_t *body, struct kit_answer *answer);

/* The next command, which takes bytes, takes these; they are copied when it is sent. */
void kit_attach(struct kit_desk *desk, const void *data, size_t size);

/* Whether fields of the path and query come as such, or all in one object. */
void kit_over_http(struct kit_desk *desk, bool is_http);

/* Fields of an answer; "" and 0 where there are none. `problem` words: detail, field, type. */
const char *kit_text(const struct kit_answer *answer, const char *field);
int64_t kit_int(const struct kit_answer *answer, const char *field);

/* ---- Behind the desk's back ---- */

struct edge *kit_edge(struct kit_desk *desk);
struct store *kit_store(struct kit_desk *desk);
const char *kit_path(const struct kit_desk *desk);

/* Runs `run` in a reading tx of the desk's own queries, or of kit.sql's. */
void kit_read(struct kit_desk *desk, gboolean (*run)(struct tx *tx, void *data, GError **error), void *data);
void kit_look(struct kit_desk *desk, gboolean (*run)(struct tx *tx, void *data, GError **error), void *data);

/* Runs `run` as the system, as one change; what it tells goes to the bus. */
void kit_change(struct kit_desk *desk, gboolean (*run)(struct tx *tx, void *data, GError **error), void *data);

/* The same, where it may fail (kit_fail_next()): false when it did. */
bool kit_try(struct kit_desk *desk, gboolean (*run)(struct tx *tx, void *data, GError **error), void *data);

/* Everybody of staff whose pages are there was heard of just now, as by their sockets: then no command notes that it was. */
void kit_hear(struct kit_desk *desk);

/* One round of what the program does by itself now and then (app/jobs.h). */
void kit_jobs(struct kit_desk *desk);

/* What the program does after everything that is told (edge/routing.h), until nothing is left to do. */
void kit_route(struct kit_desk *desk);

/* A number that changes with every commit, and only then: a refused command leaves no trace. */
int64_t kit_version(struct kit_desk *desk);

/* Ends the program after saying why; a program may put a function of its own here. */
extern void (*kit_fails)(const char *says);
void kit_fail(const char *format, ...) G_GNUC_PRINTF(1, 2) G_GNUC_NORETURN;
