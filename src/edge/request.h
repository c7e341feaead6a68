/*
 * Requests: what came before the body, and what of it is refused at once.
 *
 * libmicrohttpd parses; this looks at what it parsed and refuses every shape that two programs could read in two ways
 * (request smuggling), and whatever no client of ours sends: see request_check(). It cannot see a bare LF, a NUL in a
 * value or a folded header, which are gone by then; so a desk on the internet stands behind a proxy (docs/operate).
 *
 * Pure; the texts are borrowed from the connection and live as long as the request. Any thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/limits.h"

struct header {
	const char *name, *value;
};

struct request {
	const char *method;  /* "GET" */
	const char *version; /* "HTTP/1.1" */
	const char *target;  /* as it stood in the request line */
	int64_t body_max;    /* of this request; 0: LIMIT_BODY_BYTES */
	unsigned header_count;
	struct header headers[LIMIT_HEADERS];
};

/* The target taken apart: percent signs decoded, UTF-8 checked. */
struct target {
	unsigned segment_count;
	const char *segments[LIMIT_TARGET_SEGMENTS];
	const char *query[2 * LIMIT_QUERY_PAIRS + 1]; /* name, value pairs up to NULL */
};

/* The value of a header (any case), or NULL. */
const char *request_header(const struct request *request, const char *name);

/* All values of a header that holds a list, joined with commas, in `memory` (talloc); NULL without one. */
const char *request_header_list(void *memory, const struct request *request, const char *name);

/* Whether a header that holds a list has this word, in any case: Connection: keep-alive, Upgrade. */
bool request_header_has(const struct request *request, const char *name, const char *word);

/*
 * Refuses with REFUSED_SYNTAX: methods that are not upper-case letters, versions but 1.0 and 1.1, targets that are not a path
 * (absolute ones, *), control or 8-bit characters, %00; header names that are no token (a space before the colon),
 * control characters in values, two of a header that may stand once (Host, Content-Length …), none or an empty Host,
 * Content-Length with Transfer-Encoding, any Transfer-Encoding but chunked. REFUSED_SIZE: a body that says to be over its maximum.
 */
CHECKED gboolean request_check(const struct request *request, GError **error);

/* Whether it says that it has a body. */
bool request_has_body(const struct request *request);

/* Refuses with REFUSED_MEDIA unless the body is said to be JSON in UTF-8. */
CHECKED gboolean request_check_json(const struct request *request, GError **error);

/* The same unless it is said to be application/octet-stream. */
CHECKED gboolean request_check_bytes(const struct request *request, GError **error);

/* What a body may have at most. */
int64_t request_body_max(const struct request *request);

/* Takes a target of request_check() apart; texts live in `memory` (talloc). REFUSED_SYNTAX, REFUSED_FIELD for a name given twice. */
CHECKED gboolean target_parse(void *memory, const char *raw, struct target *target, GError **error);
