/*
 * Delays: how long a log-in is held up because of wrong passwords before it.
 *
 * Every try counts against its account and against its address, from the moment it begins, so that many at once do not slip
 * through together. The first few are free; each further one is held up for twice as long as the one before, up to
 * LIMIT_PASSWORD_WAIT_MS. A right password is forgiven its try and clears its account. What is older than an hour is
 * forgotten. Nobody is ever locked out: the longest delay is a few seconds, and whoever has signed in to the account
 * from this address before is answered at once when the password is right (handshake.h).
 *
 * An account is counted whether it exists or not: a delay tells nothing. Rows are bounded; past LIMIT_PASSWORD_FAILURES of
 * them newcomers share one. Soft state of the loop thread; time comes in.
 */
#pragma once

#include <stdint.h>

struct delays;

struct delays *delays_new(void);
void delays_free(struct delays *delays);

/* Counts one try and says for how many milliseconds it is held up. */
int64_t delays_try(struct delays *delays, const char *account, const char *address, int64_t now_ms);

/* The try was right. */
void delays_forgive(struct delays *delays, const char *account, const char *address, int64_t now_ms);

/* How many accounts and addresses are remembered. */
unsigned delays_count(const struct delays *delays);
