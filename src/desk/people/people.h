/*
 * People: the members of staff.
 *
 * A person has an e-mail address (lower case, theirs alone), a name, one role (actor.h), a status (what they are doing: desk/duty says which word), and a
 * password, of which only the argon2id text is kept. Nobody is ever removed, since notes and audit lines name them: a
 * person is disabled, which ends their sessions. There is always an administrator who is not disabled.
 *
 * Decisions run inside a tx and tell person.changed. Hashing is the edge's (edge/password.h): a decision gets the hash.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "desk/people/actor.h"

struct tx;

/* What somebody is doing; the words are explained in desk/duty/duty.h. */
#define STATUS_ONLINE  "online"
#define STATUS_AWAY    "away"
#define STATUS_WINDING "winding"
#define STATUS_LINE    "line"
#define STATUS_PHONE   "phone"
#define STATUS_OFFLINE "offline"
extern const char *const status_names[]; /* up to NULL */

/* Body of person.changed: what every colleague may know. */
struct person_row {
	int64_t id;
	const char *name;
	const char *role;
	const char *status;
	bool is_disabled;
};

/* A person in the list of people. */
struct person {
	int64_t id;
	const char *email;
	const char *name;
	const char *role;
	const char *status;
	bool is_disabled;
	int64_t created_at;
};
struct person_rows {
	struct person *rows;
	size_t count;
};
struct person_list {
	struct person_rows people;
};

/* Everybody, by name. At most LIMIT_PEOPLE. */
CHECKED gboolean person_list(struct tx *tx, struct person_list *answer, GError **error);

/* Who is asking; `session` is theirs. */
struct person_me {
	int64_t id;
	const char *email;
	const char *name;
	const char *role;
	const char *status;
	int64_t session;
};
CHECKED gboolean person_me(struct tx *tx, struct person_me *answer, GError **error);

/* The same of any person and session. */
CHECKED gboolean person_get(struct tx *tx, int64_t id, int64_t session, struct person_me *answer, GError **error);

/* Writes down what a person is doing, as desk/duty has it, and tells person.changed where that is another word than before. */
CHECKED gboolean person_status_put(struct tx *tx, int64_t id, const char *status, GError **error);

struct person_ask {
	int64_t person;
};
struct person_role {
	int64_t person;
	const char *role;
};

/*
 * Gives a person another role, which ends their sessions: what a role may do is given to new ones only. REFUSED_STATE for the
 * last administrator.
 */
CHECKED gboolean person_role(struct tx *tx, const struct person_role *ask, GError **error);

/* Ends their sessions, reset links, and the invitations that they made. REFUSED_STATE for the last administrator. */
CHECKED gboolean person_disable(struct tx *tx, const struct person_ask *ask, GError **error);
CHECKED gboolean person_enable(struct tx *tx, const struct person_ask *ask, GError **error);

struct person_new {
	const char *email;
	const char *name;
	enum role role;
	const char *hash;
};

/* Adds a person and tells person.changed. REFUSED_STATE when the address is taken or there are LIMIT_PEOPLE already. */
CHECKED gboolean person_add(struct tx *tx, const struct person_new *ask, int64_t *id, GError **error);

/* REFUSED_STATE when there is no room for one more beside `invited` others who may still come. */
CHECKED gboolean person_room(struct tx *tx, int64_t invited, GError **error);

/* Whether there is anybody at all, and whether somebody is online who answers customers. */
CHECKED gboolean person_any(struct tx *tx, bool *is_any, bool *is_online, GError **error);

/* What is needed to check somebody's password. person_id is 0 for an address that nobody signs in with. */
struct person_account {
	int64_t person_id;
	const char *email;     /* as it is kept; "" for what is no address */
	const char *hash;      /* of the password; NULL where there is none */
	bool is_known_address; /* somebody has signed in to this account from `address` before */
};
CHECKED gboolean person_account(
    struct tx *tx, const char *email, const char *address, struct person_account *account, GError **error);

/* The same of the person with that id; 0 is nobody. */
CHECKED gboolean person_account_own(
    struct tx *tx, int64_t id, const char *address, struct person_account *account, GError **error);

/* The address as it is kept, in lower case; NULL when it is none. */
const char *person_email(void *memory, const char *text);
