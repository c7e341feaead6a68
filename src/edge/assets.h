/*
 * Assets: the pages and what they load, embedded in the program (base/embedded.h).
 *
 * Files below assets/ have their content's hash in the name and are kept for ever; pages are asked for again each time and
 * answered by 304 while they are the same. A file goes out as brotli or gzip where the browser takes it. Addresses that
 * only the workspace's own router knows all give its one page. Loop thread.
 */
#pragma once

#include <stdbool.h>

#include "base/embedded.h"
#include "edge/headers.h"
#include "edge/request.h"

struct assets {
	const struct embedded *files; /* sorted by path */
	unsigned count;
	bool has_demo; /* the demo shop is shown */
};

/* A file found, and how it is to be answered. */
struct asset {
	const struct embedded *file;
	const char *media_type;
	const char *cache; /* for Cache-Control */
	enum headers_kind headers;
};

/* Which file a path (decoded segments) gives. False: none. */
bool asset_find(const struct assets *assets, const struct target *target, struct asset *asset);

/* The answer: 200, or 304 when If-None-Match has it. Sets *status. Headers of headers_add() are still to be added. */
struct MHD_Response *asset_answer(const struct asset *asset, const struct request *request, unsigned *status);

/* Whether an Accept-Encoding takes this coding. Pure. */
bool asset_accepts(const char *accept_encoding, const char *coding);

/* Whether an If-None-Match names this tag, by weak comparison. Pure. */
bool asset_matches(const char *if_none_match, const char *etag);
