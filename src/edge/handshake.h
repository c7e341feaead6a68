/*
 * Handshakes: what happens around the decision of a command that takes a password (command.h, `around`).
 *
 * A decision never sees a password. Here the account is looked up (on a reader), the password compared or hashed (on the
 * pool), and the command submitted with the outcome; the decision checks again that the account is still as it was. A log-in
 * takes the same steps and the same time whether the account exists or not, and is answered in the same words.
 *
 * A log-in that comes after wrong ones is held up (delay.h) before its password is looked at. Who has signed in to the
 * account from the same address before is not: there only the answer to a wrong password is held back.
 *
 * Loop thread.
 */
#pragma once

#include "desk/people/session.h"
#include "edge/call.h"

/* Where a call comes from. */
struct session_place handshake_place(struct call *call);

/* Around session.start. */
void handshake_sign_in(struct call *call);

/* Around person.password. */
void handshake_new_password(struct call *call);

/* Around a command that uses up a pass and sets a password: nothing is hashed unless the pass is open. */
struct handshake_hash {
	const char *kind;  /* of pass.h */
	const char *field; /* that holds the token */
	const char *token;
	const char *password;
	const char **hash; /* in the command's struct */
};
void handshake_hash(struct call *call, const struct handshake_hash *wanted);
