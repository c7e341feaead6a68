/*
 * Fetching: the one door through which the desk calls an address that somebody wrote down (a push endpoint, a webhook).
 *
 * - Every address that a name resolves to is looked at before it is connected to, and that very address is connected to: never this
 *   machine, a private, link-local or unique-local network, or anything else that is not the public internet, however it is spelt.
 * - https only, with the certificate checked against the system's; no redirects, no proxies of the environment, no cookies, no
 *   user in the address. Connecting, the whole of it, and the answer's size have limits.
 * - A desk under test may allow its own machine (`allows_loopback`), and there plain http too; nothing else then.
 *
 * A fetcher belongs to one thread, a worker's: fetch() blocks. libcurl is set up with the first fetcher, so a desk that calls nobody
 * pays nothing for it. Non-goals: saying what to call, trying again.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/error.h"

#define FETCH_CONNECT_MS 5000
#define FETCH_WHOLE_MS   10000

struct fetcher;

struct fetch_settings {
	bool allows_loopback;
	int64_t whole_ms; /* 0: FETCH_WHOLE_MS */
};

/* `stop` (may be NULL): once it is not 0, a fetch under way ends within a second. */
struct fetcher *fetcher_new(const struct fetch_settings *settings, gint *stop);
void fetcher_free(struct fetcher *fetcher);

struct fetch {
	const char *url;
	const char *const *headers; /* "Name: value", up to NULL */
	const void *body;           /* it is POSTed; NULL: a GET */
	size_t size;
};

struct fetched {
	int status;
	int64_t retry_seconds; /* of Retry-After; 0: it did not say */
	GString *body;         /* up to LIMIT_FETCH_ANSWER_BYTES; the caller frees */
};

/*
 * REFUSED_RANGE (field url) for an address that is not to be called, FAILED where it could not be reached or took too long,
 * REFUSED_SIZE where the answer is too large. Whatever status the other side answers is no error.
 */
CHECKED gboolean fetch(struct fetcher *fetcher, const struct fetch *what, struct fetched *answer, GError **error);

/* Whether that address may be connected to. Pure. */
bool fetch_may_reach(const struct sockaddr *address, bool allows_loopback);
