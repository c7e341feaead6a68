/*
 * Sessions: a person who is signed in, in one browser.
 *
 * A session is known by a token of 256 random bits, of which the store keeps the digest only. There is a new token at every
 * log-in and at every change of what it may do. A session ends when its person says so, with a change of role, password or
 * account, when LIMIT_SESSIONS_PER_PERSON newer ones exist, or when it was not used for LIMIT_SESSION_DAYS. Whatever ends
 * one tells session.ended, so that its sockets are closed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"
#include "desk/people/actor.h"
#include "desk/people/people.h"

struct tx;

/*
 * Who a session's token, or a session, stands for: a person, or ACTOR_NOBODY when there is none or it is over. One indexed
 * query that writes nothing. `actor` is whole afterwards.
 */
CHECKED gboolean session_actor(struct tx *tx, const struct digest *token, struct actor *actor, GError **error);
CHECKED gboolean session_actor_by_id(struct tx *tx, int64_t session_id, struct actor *actor, GError **error);

/* Whether it is time to note that the actor's session is in use: every LIMIT_SEEN_SECONDS. Pure. */
bool session_is_due(const struct actor *actor, int64_t now_ms);

/* Notes it. */
CHECKED gboolean session_seen(struct tx *tx, int64_t session_id, GError **error);

/* Body of session.ended. */
struct session_ended {
	int64_t session_id;
	int64_t person_id;
};

/* Where it comes from, as the edge saw it. */
struct session_place {
	const char *address;
	const char *agent;
};

struct session_start {
	const char *email;
	const char *password; /* the edge compares it; the decision never looks at it */
	int64_t person_id;    /* whose password it was */
	const char *hash;     /* what it was compared with: must be that person's still */
	struct session_place place;
};
struct session_begun {
	const char *cookie; /* the token: for the cookie, never for the answer's body */
	struct person_me person;
};

/* REFUSED_SIGN_IN, in the same words for every reason. Returns FALSE. */
gboolean session_wrong(GError **error);

/* Signs in, or session_wrong(). */
CHECKED gboolean session_start(
    struct tx *tx, const struct session_start *ask, struct session_begun *answer, GError **error);

/* Makes a session of that person; the oldest one ends where there are too many. */
CHECKED gboolean session_begin(
    struct tx *tx, int64_t person_id, const struct session_place *place, struct session_begun *answer, GError **error);

/* Signs the actor out. Whoever is signed in nowhere loses their seat soon after (desk/seat). */
CHECKED gboolean session_end(struct tx *tx, GError **error);

struct session_row {
	int64_t session;
	const char *address;
	const char *agent;
	int64_t created_at;
	int64_t seen_at;
	bool is_this; /* the one that asks */
};
struct session_rows {
	struct session_row *rows;
	size_t count;
};
struct session_list {
	struct session_rows sessions;
};

/* The actor's own, the last used first. */
CHECKED gboolean session_list(struct tx *tx, struct session_list *answer, GError **error);

struct session_ask {
	int64_t session;
};

/* Ends one of the actor's own. REFUSED_UNKNOWN for any other. */
CHECKED gboolean session_stop(struct tx *tx, const struct session_ask *ask, GError **error);

/* Ends every session of a person. */
CHECKED gboolean session_end_all(struct tx *tx, int64_t person_id, GError **error);

/*
 * Ends sessions that were not used for LIMIT_SESSION_DAYS, at most `max`; a job's. They open nothing by then: this closes the
 * sockets that still listen. `ended` gets how many.
 */
CHECKED gboolean session_end_unused(struct tx *tx, int64_t max, int *ended, GError **error);

struct session_password {
	const char *old, *new; /* the edge compares and hashes them */
	const char *old_hash;  /* what `old` was compared with; NULL: it was wrong */
	const char *hash;      /* of `new` */
	struct session_place place;
};

/*
 * Changes the actor's password: every session ends and the asking one goes on under a new token. REFUSED_RANGE (field old)
 * when the old password was wrong.
 */
CHECKED gboolean session_password(
    struct tx *tx, const struct session_password *ask, struct session_begun *answer, GError **error);
