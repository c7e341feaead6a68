/*
 * The decoding of every command of the table. The first byte chooses the row; then come, up to a newline, name=value pairs of
 * path and query split by & (none: as over a socket), and behind it the body. What is accepted is written as JSON
 * and must be accepted again as the same; what is refused must name why.
 */
#include <string.h>
#include <talloc.h>

#include "edge/call.h"
#include "edge/commands.h"
#include "edge/json_in.h"
#include "edge/json_out.h"
#include "edge/problem.h"
#include "tests/fuzz/fuzz.h"

#define PAIRS_MAX 8

static const struct command *
choose(unsigned choice)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new();

	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			g_ptr_array_add(rows, (gpointer)command);
	}
	return rows->pdata[choice % rows->len];
}

static GString *
written(const struct command *command, const void *ask)
{
	GString *out = g_string_new(NULL);

	json_out(out, command->fields, ask);
	return out;
}

/* What was accepted is accepted again, and means the same. */
static void
check_again(struct call *call)
{
	g_autoptr(GString) once = written(call->command, call->ask);
	g_autoptr(GError) error = NULL;
	json_t *body = json_in_parse(once->str, once->len, &error);
	void *ask = talloc_zero_size(call_memory(call), MAX(call->command->size, 1));

	if (body == NULL || !json_in(call->command->fields, body, NULL, NULL, call_memory(call), ask, &error))
		g_error("%s: %s is refused: %s", call->command->name, once->str, error->message);

	g_autoptr(GString) twice = written(call->command, ask);

	g_assert_cmpstr(once->str, ==, twice->str);
	json_decref(body);
}

static void
check_refusal(const GError *error)
{
	g_autofree char *text = problem_text(error);
	json_t *problem = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	g_assert(error_is_refusal(error));
	g_assert(json_is_object(problem) && json_object_get(problem, "detail") != NULL);
	json_decref(problem);
}

/* Splits "a=b&c=d" into pairs, in place. */
static void
split(char *text, const char *pairs[2 * PAIRS_MAX + 1])
{
	unsigned count = 0;

	for (char *pair = text; pair != NULL && count < PAIRS_MAX; count++) {
		char *next = strchr(pair, '&'), *value;

		if (next != NULL)
			*next++ = '\0';
		value = strchr(pair, '=');
		if (value != NULL)
			*value++ = '\0';
		pairs[2 * count] = pair;
		pairs[2 * count + 1] = value == NULL ? "" : value;
		pair = next;
	}
	pairs[2 * count] = NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct edge edge;
	const uint8_t *newline = size < 1 ? NULL : memchr(bytes + 1, '\n', size - 1);
	const char *pairs[2 * PAIRS_MAX + 1];

	if (newline == NULL)
		return 0;
	edge.clock = clock_system();

	g_autofree char *path = g_strndup((const char *)bytes + 1, (size_t)(newline - bytes - 1));
	struct call *call = call_new(&edge, choose(bytes[0]));
	json_t *body = json_in_parse((const char *)newline + 1, (size_t)(bytes + size - newline - 1), &call->refusal);

	split(path, pairs);
	if (call->refusal == NULL)
		call_decode(call, body, *path == '\0' ? NULL : pairs);
	if (call->refusal == NULL)
		check_again(call);
	else
		check_refusal(call->refusal);
	json_decref(body);
	g_clear_error(&call->refusal);
	talloc_free(call_memory(call));
	return 0;
}
