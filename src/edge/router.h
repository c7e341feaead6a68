/*
 * The router: which command a method and a path lead to.
 *
 * It is made of the doors of the command table; there are no other ways in to a command. A segment in braces is a
 * parameter; a fixed word goes before a parameter. Two commands with the same door are a bug and stop the start.
 * Loop thread.
 */
#pragma once

#include "edge/command.h"
#include "edge/request.h"

struct router;

/* `tables` is `commands` of edge/commands.c or a test's own, up to NULL. */
struct router *router_new(const struct command *const *tables);
void router_free(struct router *router);

struct route {
	const struct command *command;
	const char *allow; /* with REFUSED_METHOD: for the header Allow, in the memory given */
	/* Name, value pairs of the path and then of the query string, up to NULL: for call_decode(). */
	const char *values[2 * (LIMIT_TARGET_SEGMENTS + LIMIT_QUERY_PAIRS) + 1];
};

/*
 * REFUSED_UNKNOWN: no door has such a path. REFUSED_METHOD: one has, for other methods; route->allow is set. REFUSED_FIELD: the query
 * string names a parameter of the path. HEAD finds what GET finds.
 */
CHECKED gboolean router_find(const struct router *router, void *memory, const char *method, const struct target *target,
    struct route *route, GError **error);
