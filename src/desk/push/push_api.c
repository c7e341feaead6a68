/* The doors of pushes. */
#include "edge/command.h"

#include <talloc.h>

#include "desk/push/push.h"
#include "edge/call.h"
#include "edge/push_seal.h"

static const struct field key_fields[] = {
	FIELD_LINE(push_key, key, PUSH_POINT_CHARS,
	    .says = "for `applicationServerKey`: a browser that has a subscription for another one makes a new one"),
	FIELD_END,
};

static const struct field no_fields[] = { FIELD_END };

static const struct field add_fields[] = {
	FIELD_SECRET(push_add, endpoint, 1, LIMIT_PUSH_ENDPOINT_BYTES, .says = "an https address"),
	FIELD_SECRET(push_add, p256dh, PUSH_POINT_CHARS, PUSH_POINT_CHARS, .says = "the browser's public key"),
	FIELD_SECRET(push_add, auth, KEY_CHARS, KEY_CHARS),
	FIELD_LINE(push_add, language, LIMIT_LANGUAGE_BYTES, .says = "of the words to show"),
	FIELD_END,
};

static const struct field made_fields[] = {
	FIELD_INT(push_made, push, 1, INT64_MAX),
	FIELD_END,
};

static const struct field row_fields[] = {
	FIELD_INT(push_row, push, 1, INT64_MAX),
	FIELD_LINE(push_row, agent, LIMIT_NAME_BYTES, .says = "the browser, as it calls itself"),
	FIELD_TIME(push_row, created_at),
	FIELD_BOOL(push_row, is_this, .says = "of the session that asks"),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(push_list, pushes, push_row, row_fields),
	FIELD_END,
};

static const struct field remove_fields[] = {
	FIELD_INT(push_ask, push, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

RUNS(push_key);
RUNS(push_add);
RUNS_WITHOUT_ASK(push_list);
RUNS_WITHOUT_ANSWER(push_remove);

/* The key follows from the desk's own, which no decision knows. */
static void
around_key(struct call *call)
{
	char *key = talloc_array(call_memory(call), char, PUSH_POINT_CHARS + 1);

	push_seal_public(&call->edge->key, key);
	((struct push_key *)call->ask)->key = key;
	call_submit(call);
}

const struct command push_commands[] = {
	{ .name = "push.key",
	    .door = "GET /api/v1/push/key",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(no_fields, push_key),
	    ANSWERS(key_fields, push_key),
	    .run = run_push_key,
	    .around = around_key,
	    .says = "Says the desk's public key, for browsers that subscribe to pushes." },
	{ .name = "push.add",
	    .door = "POST /api/v1/me/pushes",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, push_add),
	    ANSWERS(made_fields, push_made),
	    .run = run_push_add,
	    .audit = "is told by push",
	    .says = "Tells this session's browser by push while no page is open; in the place of what it had." },
	{ .name = "push.list",
	    .door = "GET /api/v1/me/pushes",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, push_list),
	    .run = run_push_list,
	    .says = "Lists one's own browsers that are told by push, the newest first." },
	{ .name = "push.remove",
	    .door = "DELETE /api/v1/me/pushes/{push}",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(remove_fields, push_ask),
	    .run = run_push_remove,
	    .audit = "is told by push no more",
	    .says = "Tells one of one's own browsers no more." },
	COMMANDS_END,
};
