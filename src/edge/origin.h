/*
 * Origins: whether a request comes from a page of this desk (docs/protocol.md, 2).
 *
 * An origin is scheme, host and port. The desk's own is that of its base URL; where that is this machine itself, its
 * other names (localhost, 127.0.0.1, [::1]) count as well, on the same port. Pure; any thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct origin {
	bool is_https;
	char host[256]; /* lower case; an IPv6 address in brackets */
	uint16_t port;
};

/*
 * Reads "http://localhost:8080": scheme http or https, host, port if it is not 80 or 443. What may follow (a path) is
 * refused unless it is "/" or nothing. *origin is untouched on refusal.
 */
CHECKED gboolean origin_parse(const char *text, struct origin *origin, GError **error);

bool origin_equal(const struct origin *one, const struct origin *other);

/* localhost, 127.0.0.1 or [::1]. */
bool origin_is_loopback(const struct origin *origin);

/* Whether the value of an Origin header is the desk's own. */
bool origin_is_own(const char *base_url, const char *value);

/* REFUSED_ORIGIN unless Origin is the desk's own or, without it, Sec-Fetch-Site is same-origin. Both may be NULL. */
CHECKED gboolean origin_check(const char *base_url, const char *value, const char *fetch_site, GError **error);
