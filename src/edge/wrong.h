/*
 * Wrongs: failed sign-ins, as audit lines that a stranger cannot fill the disk with.
 *
 * The first of an account is written at once; what follows within a minute is counted, and written in the next line: "person 7,
 * tries 12". Accounts that do not exist share one count, since what was typed there is nobody's name, and might be a password.
 * All accounts together get LIMIT_WRONG_LINES a minute. What is counted and not yet written goes out with the next sign-in of
 * anybody, right or wrong, once its minute is over; a restart forgets it.
 *
 * Loop thread. A line goes to the writer as a work of its own, and nobody waits for it: known and unknown accounts are answered
 * alike.
 */
#pragma once

#include "edge/call.h"

struct wrongs;

struct wrongs *wrongs_new(void);
void wrongs_free(struct wrongs *wrongs);

/* A sign-in failed; `person` is 0 for an account that does not exist. */
void wrong_note(struct wrongs *wrongs, const struct call *call, int64_t person);

/* Writes what was counted, where its minute is over. */
void wrong_flush(struct wrongs *wrongs, const struct call *call);
