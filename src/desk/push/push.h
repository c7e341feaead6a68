/*
 * Push: browsers of staff that are told of what happens while their pages are closed (RFC 8030).
 *
 * A *push* is a subscription that a browser made with its maker's push service: an *endpoint* (an address that the desk posts to), and
 * two values that what is posted is encrypted with (RFC 8291). It belongs to one session, which has at most one, and is over with it,
 * however that ends: every query here asks for the session again. A person has at most LIMIT_PUSHES_PER_PERSON; the oldest gives way.
 * The same endpoint again is the same browser: whoever signed in there last is told, and nobody before.
 *
 * Who is told of what: of a waiting chat that nobody is asked to take whoever could take it (of a team's, its members; nobody who is on
 * duty without a seat, and no back-up who is not on duty); of an offer who is asked; of a chat that was handed over the one who got
 * it, or who was asked to join in; of a customer's message its owner and guests; of a seat who stood in the line for it; of a call for
 * help the back-ups of that pool.
 * Non-goals: sending (edge/pusher.h), and whether somebody looks at a page right now, which only the edge knows.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/query.h"
#include "store/tx.h"

#define PUSH_POINT_BYTES 65 /* of an uncompressed point of P-256 */
#define PUSH_POINT_CHARS 87 /* of it in URL-safe base64 */
#define PUSH_AUTH_BYTES  16

/* What is told of. */
#define PUSH_WAITING "waiting"
#define PUSH_HANDED  "handed"
#define PUSH_MESSAGE "message"
#define PUSH_OFFER   "offer"
#define PUSH_SEAT    "seat"   /* they stood in the line, and have one now */
#define PUSH_BACKUP  "backup" /* help is called for */
#define PUSH_PASSED  "passed" /* the offer that they were told of is theirs no more: takes its place */

struct push_key {
	const char *key; /* the desk's public key (RFC 8292), which only the edge can make */
};

/* Hands on what the edge made. */
CHECKED gboolean push_key(struct tx *tx, const struct push_key *ask, struct push_key *answer, GError **error);

struct push_add {
	const char *endpoint;
	const char *p256dh; /* URL-safe base64 */
	const char *auth;
	const char *language; /* of the words that the page shows */
};
struct push_made {
	int64_t push;
};

/* The acting session's, in the place of what it had. REFUSED_FIELD for an endpoint that is no https address, or keys that are none. */
CHECKED gboolean push_add(struct tx *tx, const struct push_add *ask, struct push_made *answer, GError **error);

struct push_row {
	int64_t push;
	const char *agent; /* of the session */
	int64_t created_at;
	bool is_this; /* of the session that asks */
};
struct push_rows {
	const struct push_row *rows;
	size_t count;
};
struct push_list {
	struct push_rows pushes;
};

/* The actor's own, the newest first. */
CHECKED gboolean push_list(struct tx *tx, struct push_list *answer, GError **error);

struct push_ask {
	int64_t push;
};

/* One of the actor's own; REFUSED_UNKNOWN for any other. */
CHECKED gboolean push_remove(struct tx *tx, const struct push_ask *ask, GError **error);

/* ---- For who sends: the desk itself ---- */

/* What somebody may have to be told of. */
struct push_notice {
	const char *kind;  /* PUSH_… */
	int64_t about_id;  /* the conversation; OFFER, PASSED: the chat; BACKUP: the pool; SEAT: the person */
	int64_t person_id; /* HANDED, OFFER, PASSED, SEAT: to whom; of others 0 */
};

/* Whom it concerns; but for a seat and an offer, among those who have a push. Nobody, where it is not so any more. */
struct push_hearers {
	const char *conversation; /* public id; NULL: it is about none */
	const char *name;         /* of the visitor; BACKUP: of the team; or NULL */
	int64_t until;            /* when it is of no use any more; 0: not known */
	const int64_t *people;
	size_t count;
};
CHECKED gboolean push_hearers(
    struct tx *tx, const struct push_notice *notice, struct push_hearers *hearers, GError **error);

/* Where to send it. */
struct push_target {
	int64_t push, person_id;
	const char *endpoint, *language;
	struct bytes p256dh, auth;
};
struct push_targets {
	const struct push_target *rows;
	size_t count;
};

/* Of a person; and the sessions by which that person may look at a page right now. */
struct push_person {
	struct push_targets targets;
	const int64_t *sessions;
	size_t session_count;
};
CHECKED gboolean push_person(struct tx *tx, int64_t person_id, struct push_person *answer, GError **error);

/* One, if it is not over yet; else NULL. */
CHECKED gboolean push_find(struct tx *tx, int64_t push, const struct push_target **target, GError **error);

/* The push service says that there is no such browser any more. */
CHECKED gboolean push_gone(struct tx *tx, int64_t push, GError **error);

/* Whether anybody is to be told at all. */
CHECKED gboolean push_any(struct tx *tx, bool *is_any, GError **error);

/* Forgets at most `max` whose session is over; `purged` gets how many. */
CHECKED gboolean push_purge(struct tx *tx, int64_t max, int *purged, GError **error);
