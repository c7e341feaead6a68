/* The router: see router.h. */
#include "edge/router.h"

#include <string.h>
#include <talloc.h>

struct way {
	const struct command *command;
	char **parts; /* method, then one per segment: a word or {name} */
	unsigned segment_count;
};

/* A desk has some sixty doors: looking at those with as many segments costs less than a microsecond. */
struct router {
	struct way *ways;
	unsigned count;
};

static bool
is_parameter(const char *part)
{
	return part[0] == '{';
}

/* Fixed words before parameters, from the left. */
static int
way_compare(const void *one, const void *other)
{
	const struct way *left = one, *right = other;

	if (left->segment_count != right->segment_count)
		return left->segment_count < right->segment_count ? -1 : 1;
	for (unsigned i = 1; i <= left->segment_count; i++) {
		if (is_parameter(left->parts[i]) != is_parameter(right->parts[i]))
			return is_parameter(left->parts[i]) ? 1 : -1;
	}
	return strcmp(left->command->door, right->command->door);
}

static struct way
way_make(const struct command *command)
{
	char **parts = g_strsplit_set(command->door, " /", -1);

	/* "GET /api/x" gives GET, "", api, x: the empty one goes. */
	g_assert(g_strv_length(parts) >= 3 && parts[1][0] == '\0');
	g_free(parts[1]);
	for (char **at = &parts[1]; *at != NULL; at++)
		at[0] = at[1];

	unsigned segment_count = g_strv_length(parts) - 1;

	g_assert(segment_count <= LIMIT_TARGET_SEGMENTS);
	return (struct way) { .command = command, .parts = parts, .segment_count = segment_count };
}

static void
check_distinct(const struct router *router)
{
	for (unsigned i = 1; i < router->count; i++) {
		if (strcmp(router->ways[i - 1].command->door, router->ways[i].command->door) == 0)
			g_error("two commands have the door %s", router->ways[i].command->door);
	}
}

struct router *
router_new(const struct command *const *tables)
{
	struct router *router = g_new0(struct router, 1);
	GArray *ways = g_array_new(FALSE, FALSE, sizeof(struct way));

	for (const struct command *const *table = tables; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++) {
			struct way way = way_make(command);

			g_array_append_val(ways, way);
		}
	}
	router->count = ways->len;
	router->ways = (struct way *)(void *)g_array_free(ways, FALSE);
	qsort(router->ways, router->count, sizeof *router->ways, way_compare);
	check_distinct(router);
	return router;
}

void
router_free(struct router *router)
{
	if (router == NULL)
		return;
	for (unsigned i = 0; i < router->count; i++)
		g_strfreev(router->ways[i].parts);
	g_free(router->ways);
	g_free(router);
}

static bool
way_matches(const struct way *way, const struct target *target)
{
	if (way->segment_count != target->segment_count)
		return false;
	for (unsigned i = 0; i < target->segment_count; i++) {
		const char *part = way->parts[i + 1], *segment = target->segments[i];

		if (is_parameter(part) ? *segment == '\0' : strcmp(part, segment) != 0)
			return false;
	}
	return true;
}

/* Name, value pairs of the path; returns how many texts. */
static unsigned
take_path(void *memory, const struct way *way, const struct target *target, struct route *route)
{
	unsigned count = 0;

	for (unsigned i = 0; i < target->segment_count; i++) {
		const char *part = way->parts[i + 1];

		if (!is_parameter(part))
			continue;
		route->values[count++] = talloc_strndup(memory, part + 1, strlen(part) - 2);
		route->values[count++] = target->segments[i];
	}
	return count;
}

static gboolean
take_values(void *memory, const struct way *way, const struct target *target, struct route *route, GError **error)
{
	unsigned path_count = take_path(memory, way, target, route), count = path_count;

	for (unsigned i = 0; target->query[i] != NULL; i += 2) {
		for (unsigned k = 0; k < path_count; k += 2) {
			if (strcmp(route->values[k], target->query[i]) == 0)
				return refuse(error, REFUSED_FIELD, target->query[i], "is given by the path");
		}
		route->values[count++] = target->query[i];
		route->values[count++] = target->query[i + 1];
	}
	route->values[count] = NULL;
	return TRUE;
}

static const char *
add_method(void *memory, const char *allow, const char *method)
{
	const char *also = strcmp(method, "GET") == 0 ? "GET, HEAD" : method;

	if (allow == NULL)
		return talloc_strdup(memory, also);
	return strstr(allow, also) != NULL ? allow : talloc_asprintf(memory, "%s, %s", allow, also);
}

gboolean
router_find(const struct router *router, void *memory, const char *method, const struct target *target,
    struct route *route, GError **error)
{
	const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;

	*route = (struct route) { 0 };
	for (unsigned i = 0; i < router->count; i++) {
		const struct way *way = &router->ways[i];

		if (!way_matches(way, target))
			continue;
		if (strcmp(way->parts[0], wanted) == 0) {
			route->command = way->command;
			return take_values(memory, way, target, route, error);
		}
		route->allow = add_method(memory, route->allow, way->parts[0]);
	}
	if (route->allow != NULL)
		return refuse(error, REFUSED_METHOD, NULL, "takes %s", route->allow);
	return refuse(error, REFUSED_UNKNOWN, NULL, "there is no such address");
}
