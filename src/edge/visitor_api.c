/*
 * The doors at which a stranger becomes a visitor, a known one, or a stranger again. A visitor is a public id in a token that the desk
 * signed and keeps nowhere (cookie.h). Who is a visitor already stays the same one.
 */
#include "edge/command.h"

#include <talloc.h>

#include "desk/setting/setting.h"
#include "desk/site/site.h"
#include "desk/visitor/visitor.h"
#include "edge/call.h"
#include "edge/cookie.h"
#include "edge/identity.h"

struct visitor_start {
	bool token;
	const char *site, *language;
};
struct visitor_started {
	const char *cookie; /* first: see command.h */
	const char *token;
};

static const struct field start_fields[] = {
	FIELD_BOOL(visitor_start, token, OPTIONAL, .says = "answer the token too, for a browser that keeps no cookies"),
	FIELD_KEY(visitor_start, site, OPTIONAL, .says = "whose widget it is; left out: the desk's own page"),
	FIELD_LINE(visitor_start, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "that the widget speaks"),
	FIELD_END,
};

static const struct field started_fields[] = {
	FIELD_SECRET(visitor_started, token, VISITOR_TOKEN_CHARS_MIN, VISITOR_TOKEN_CHARS, OPTIONAL,
	    .says = "for Authorization: Bearer; only where it was asked for"),
	FIELD_END,
};

static const struct field identify_fields[] = {
	FIELD_KEY(visitor_identify, site),
	FIELD_SECRET(visitor_identify, token, 1, LIMIT_IDENTITY_BYTES, .says = "what the site's page signed"),
	FIELD_BOOL(visitor_identify, bearer, OPTIONAL, .says = "answer the visitor's token too"),
	FIELD_END,
};

static const char *
token_of(struct call *call, const char *visitor, int64_t until)
{
	char *token = talloc_size(call_memory(call), VISITOR_TOKEN_CHARS + 1);

	visitor_token_make(&call->edge->key, visitor, until, token);
	return token;
}

static void
start(struct call *call)
{
	const struct visitor_start *ask = call->ask;
	struct visitor_started *started = call->answer;
	char visitor[KEY_CHARS + 1];
	int64_t until = 0;

	if (call->credential.kind == CREDENTIAL_VISITOR) {
		g_strlcpy(visitor, call->credential.visitor, sizeof visitor);
		until = call->credential.visitor_until; /* known for a while stays known for that while */
	} else {
		secret_key(visitor);
	}
	started->cookie = token_of(call, visitor, until);
	if (ask->token)
		started->token = started->cookie;
}

static void
start_after(struct call *call)
{
	if (call->error == NULL) {
		start(call);
		call->json = NULL; /* told again, with the token */
	}
	call_answer(call);
}

static void
around_start(struct call *call)
{
	const struct visitor_start *ask = call->ask;

	call->after = start_after;
	if (ask->site != NULL || ask->language != NULL) {
		call_submit(call);
		return;
	}
	start(call);
	call_answer(call);
}

/* Asks the store what it knows of the site, and who may hear of wrong fields. */
static gboolean
run_start(struct tx *tx, const void *ask, void *answer, GError **error)
{
	const struct visitor_start *start = ask;
	struct site site;

	(void)answer;
	if (start->language != NULL && !setting_is_language(start->language))
		return refuse(error, REFUSED_RANGE, "language", "wants a language tag, such as en or pt-BR");
	return start->site == NULL || site_find(tx, start->site, "site", &site, error);
}

static void
identify_after(struct call *call)
{
	const struct visitor_identify *ask = call->ask;
	struct visitor_started *started = call->answer;

	if (call->error == NULL && ask->bearer)
		started->token = started->cookie;
	if (call->error == NULL)
		call->json = NULL; /* told again, with the token */
	call_answer(call);
}

static void
around_identify(struct call *call)
{
	struct visitor_identify *ask = call->ask;
	struct identity *identity = talloc_zero(call_memory(call), struct identity);
	g_autoptr(GError) error = NULL;

	ask->key = &call->edge->key;
	if (identity_read(call_memory(call), ask->token, identity, &error))
		ask->identity = identity;
	else
		ask->problem = talloc_strdup(call_memory(call), error->message);
	call->after = identify_after;
	call_submit(call);
}

static gboolean
run_identify(struct tx *tx, const void *ask, void *answer, GError **error)
{
	const struct visitor_identify *identify = ask;
	struct visitor_started *started = answer;
	char *token = talloc_size(tx_memory(tx), VISITOR_TOKEN_CHARS + 1);
	struct visitor_identified identified;

	if (!visitor_identify(tx, identify, &identified, error))
		return FALSE;
	visitor_token_make(identify->key, identified.visitor, identified.until, token);
	started->cookie = token;
	return TRUE;
}

/* What the cookie said is forgotten by the browser alone: there is nothing in the store. */
static gboolean
run_leave(struct tx *tx, const void *ask, void *answer, GError **error)
{
	(void)tx, (void)ask, (void)answer, (void)error;
	return TRUE;
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
	{
	    .name = "visitor.identify",
	    .door = "POST /api/v1/visitors/identify",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(identify_fields, visitor_identify),
	    ANSWERS(started_fields, visitor_started),
	    .run = run_identify,
	    .around = around_identify,
	    .cookie = COOKIE_VISITOR,
	    .says = "Becomes the visitor whom a page of the site has named and signed, with its conversation.",
	},
	{
	    .name = "visitor.leave",
	    .door = "DELETE /api/v1/visitor",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    .run = run_leave,
	    .cookie = COOKIE_VISITOR_CLEARED,
	    .says =
		"Takes the visitor's cookie back: the browser knows nobody any more. The chat goes on until somebody ends it.",
	},
	COMMANDS_END,
};
