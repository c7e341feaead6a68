/*
 * The actor: who sends a command. Known to every decision by tx_actor(); made at the edge, from a cookie or token.
 *
 * A visitor is known by the public id in a token that the desk signed; its row in the store comes with its first chat. A
 * person is a member of staff with a session. The system acts for itself: jobs and the command line.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"

enum actor_kind { ACTOR_NOBODY, ACTOR_VISITOR, ACTOR_PERSON, ACTOR_SYSTEM };

/* "nobody", "visitor", "person", "system". */
extern const char *const actor_kind_names[];

/* The order is that of role_names; the letters are those of permissions.def. */
enum role {
	ROLE_NONE,
	ROLE_ADMINISTRATOR,
	ROLE_LEAD,
	ROLE_ADVISOR,
	ROLE_BACKUP,
	ROLE_CONSULTANT,
	ROLE_PRODUCTION,
	ROLES
};

/* "administrator", "lead", …, as the API and the store spell them; role_names[ROLE_NONE] is "". */
extern const char *const role_names[];

/* ROLE_NONE for a word that is none. */
enum role role_of(const char *name);

struct actor {
	enum actor_kind kind;
	enum role role;
	int64_t person_id;           /* of a person */
	int64_t session_id;          /* of a person's session */
	int64_t seen_at;             /* when that session was last noted as used (session.h) */
	char visitor[KEY_CHARS + 1]; /* of a visitor: its public id */
};

enum permission {
#define MAY(name, roles, says) MAY_##name,
#include "desk/people/permissions.def"
#undef MAY
	PERMISSIONS
};

/* Whether this kind of actor may do such a thing at all. */
bool actor_may(const struct actor *actor, enum permission permission);

/* The roles of a permission as in permissions.def, and its description. */
const char *permission_roles(enum permission permission);
const char *permission_says(enum permission permission);
const char *permission_name(enum permission permission);
