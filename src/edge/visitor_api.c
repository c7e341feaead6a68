/*
 * The door at which a stranger becomes a visitor: a public id in a token that the desk signs and keeps nowhere (cookie.h).
 * Who is a visitor already stays the same one.
 */
#include "edge/command.h"

#include <talloc.h>

#include "edge/call.h"
#include "edge/cookie.h"

struct visitor_start {
	bool token;
};
struct visitor_started {
	const char *cookie; /* first: see command.h */
	const char *token;
};

static const struct field start_fields[] = {
	FIELD_BOOL(visitor_start, token, OPTIONAL, .says = "answer the token too, for a browser that keeps no cookies"),
	FIELD_END,
};

static const struct field started_fields[] = {
	FIELD_SECRET(visitor_started, token, VISITOR_TOKEN_CHARS, VISITOR_TOKEN_CHARS, OPTIONAL,
	    .says = "for Authorization: Bearer; only where it was asked for"),
	FIELD_END,
};

static void
around_start(struct call *call)
{
	const struct visitor_start *ask = call->ask;
	struct visitor_started *started = call->answer;
	char visitor[KEY_CHARS + 1];
	char *token = talloc_size(call_memory(call), VISITOR_TOKEN_CHARS + 1);

	if (call->credential.kind == CREDENTIAL_VISITOR)
		g_strlcpy(visitor, call->credential.visitor, sizeof visitor);
	else
		secret_key(visitor);
	visitor_token_make(&call->edge->key, visitor, token);
	started->cookie = token;
	if (ask->token)
		started->token = token;
	call_answer(call);
}

/* Reached only with fields that were wrong: the store is asked who may hear so. */
static gboolean
run_start(struct tx *tx, const void *ask, void *answer, GError **error)
{
	(void)tx, (void)ask, (void)answer;
	return refuse(error, REFUSED_FIELD, NULL, "cannot be read");
}

const struct command visitor_commands[] = {
	{
	    .name = "visitor.start",
	    .door = "POST /api/v1/visitors",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_START,
	    TAKES(start_fields, visitor_start),
	    ANSWERS(started_fields, visitor_started),
	    .run = run_start,
	    .around = around_start,
	    .cookie = COOKIE_VISITOR,
	    .says = "Becomes a visitor, or stays the one that the cookie or token names.",
	},
	COMMANDS_END,
};
