/*
 * Passes: codes and links that open something once.
 *
 * There are three kinds: the *first code*, which opens the desk (opening/opening.h), *invitations* and password *resets*. A
 * pass works once and for a while; the store keeps its digest only. Links carry the token after a #, so that it gets into no
 * server's log. Whoever makes one is shown it once and hands it on, since the desk sends no mail yet.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/people/actor.h"
#include "desk/people/session.h"

struct tx;

#define PASS_FIRST      "first"
#define PASS_INVITATION "invitation"
#define PASS_RESET      "reset"

/* For the command line and the first start. */

/* A new first code, which replaces the one before; NULL where there is somebody already. */
CHECKED gboolean people_first_code(struct tx *tx, const char **code, GError **error);

/* An invitation that replaces an open one for the same address; `token` goes into a link. See invitation_make(). */
CHECKED gboolean people_invite(
    struct tx *tx, const char *email, const char *name, enum role role, const char **token, GError **error);

/* A reset for that person, which replaces an open one. REFUSED_STATE for a disabled person. */
CHECKED gboolean people_reset(struct tx *tx, int64_t person_id, const char **token, GError **error);

/* Uses up the first code. REFUSED_UNKNOWN (field code) when it does not open the desk. */
CHECKED gboolean pass_use_first(struct tx *tx, const char *code, GError **error);

/* REFUSED_UNKNOWN in the words that every pass that opens nothing is answered with. Returns FALSE. */
gboolean pass_refuse(const char *field, GError **error);

/* The address of the page that takes a pass, in tx_memory(): BASE/setup#TOKEN, BASE/invitation#TOKEN, BASE/reset#TOKEN. */
const char *pass_link(struct tx *tx, const char *base_url, const char *kind, const char *token);

struct pass_link {
	const char *link; /* shown once: the store cannot tell it again */
	int64_t expires_at;
};

struct invitation_make {
	const char *email, *name;
	const char *role;
	const char *base_url; /* the edge's */
};

/*
 * Invites somebody. REFUSED_RANGE for an address that is none, REFUSED_STATE when it belongs to somebody already, or when
 * people and open invitations are LIMIT_PEOPLE.
 */
CHECKED gboolean invitation_make(
    struct tx *tx, const struct invitation_make *ask, struct pass_link *answer, GError **error);

struct invitation_row {
	int64_t invitation;
	const char *email, *name, *role;
	const char *made_by; /* a name; NULL: the command line */
	int64_t made_at, expires_at;
};
struct invitation_rows {
	struct invitation_row *rows;
	size_t count;
};
struct invitation_list {
	struct invitation_rows invitations;
};

/* The open ones, newest first. */
CHECKED gboolean invitation_list(struct tx *tx, struct invitation_list *answer, GError **error);

struct invitation_ask {
	int64_t invitation;
};
CHECKED gboolean invitation_withdraw(struct tx *tx, const struct invitation_ask *ask, GError **error);

/* Whether that pass would work now. A look before the password is hashed: the decision looks again. */
CHECKED gboolean pass_is_open(struct tx *tx, const char *kind, const char *token, bool *is_open, GError **error);

struct invitation_accept {
	const char *token;
	const char *name;     /* NULL: as the invitation says */
	const char *password; /* the edge makes `hash` of it */
	const char *hash;
	struct session_place place;
};

/* Makes the person and signs them in. REFUSED_UNKNOWN (field token) for a wrong, used, withdrawn or old one. */
CHECKED gboolean invitation_accept(
    struct tx *tx, const struct invitation_accept *ask, struct session_begun *answer, GError **error);

struct reset_make {
	int64_t person;
	const char *base_url; /* the edge's */
};
CHECKED gboolean reset_make(struct tx *tx, const struct reset_make *ask, struct pass_link *answer, GError **error);

struct reset_use {
	const char *token;
	const char *password; /* the edge makes `hash` of it */
	const char *hash;
};

/* Sets the password and ends every session. REFUSED_UNKNOWN (field token) as above. */
CHECKED gboolean reset_use(struct tx *tx, const struct reset_use *ask, GError **error);
