/*
 * Passwords: the pool of two threads that compares and hashes them, so that a hundred log-ins at once cost the chats nothing.
 *
 * A job is handed over whole and comes back on the loop thread by `done`, when passwords_collect() is called. It may be *held*:
 * it is not begun before so many milliseconds have passed; held jobs take up no thread. At most LIMIT_PASSWORD_QUEUE jobs wait,
 * at most LIMIT_PASSWORDS_PER_ADDRESS of one address. A comparison with no known hash takes as long as any other.
 *
 * passwords_direct() makes a pool without threads, for tests and simulations: a job is done, without being held, before
 * passwords_submit() returns.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct passwords;
struct delays;
struct wrongs;

struct password_job {
	const char *address; /* of the caller */
	int64_t hold_ms;
	const char *compare; /* a password to compare with `known`; NULL: none */
	const char *known;   /* NULL: nobody's: `compare` does not match */
	const char *make;    /* a password to hash, unless `compare` did not match; NULL: none */

	bool matches;                   /* of a comparison */
	char hash[PASSWORD_HASH_BYTES]; /* of `make` */
	GError *error;                  /* FAILED_BUSY when the pool stops or memory runs out; `done` takes it over */

	void (*done)(struct password_job *job);
	void *data;

	/* The pool's own. */
	struct password_job *next;
	int64_t due_ns;
};

/* `wake` is called from other threads when passwords_collect() has something to do. */
struct passwords *passwords_start(void (*wake)(void *data), void *data);
struct passwords *passwords_direct(void);

/* REFUSED_FLOOD or FAILED_BUSY where too many wait: the job is still yours. */
CHECKED gboolean passwords_submit(struct passwords *passwords, struct password_job *job, GError **error);

/* Calls `done` of every finished job; returns how many. */
unsigned passwords_collect(struct passwords *passwords);

/* Ends the threads; jobs that were not begun come back with FAILED_BUSY before this returns, and no more are taken. */
void passwords_close(struct passwords *passwords);

/* Closes it where that was not done, and frees it. */
void passwords_stop(struct passwords *passwords);

/* The delays of those who try passwords here, and what of their wrong ones is to be recorded. */
struct delays *passwords_delays(struct passwords *passwords);
struct wrongs *passwords_wrongs(struct passwords *passwords);

/* Figures for metrics: jobs under way, and since the start how many there were and how long they were held together. */
struct password_figures {
	unsigned waiting;
	uint64_t jobs;
	int64_t held_ms;
};
void passwords_figures(const struct passwords *passwords, struct password_figures *figures);
