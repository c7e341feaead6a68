/* The doors of promises. */
#include "edge/command.h"

#include "desk/promise/promise.h"
#include "edge/shapes.h"

static const struct field visitor_fields[] = {
	FIELD_LINE(promise_visitor, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(promise_visitor, email, LIMIT_EMAIL_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field owner_fields[] = {
	FIELD_INT(promise_owner, id, 1, INT64_MAX),
	FIELD_LINE(promise_owner, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

const struct field promise_row_fields[] = {
	FIELD_INT(promise_row, promise, 1, INT64_MAX),
	FIELD_KEY(promise_row, conversation),
	FIELD_OBJECT(promise_row, visitor, visitor_fields),
	FIELD_WORD(promise_row, source, promise_sources, .says = "what it comes from: the end of a chat, or a form"),
	FIELD_TEXT(promise_row, what, LIMIT_OWED_BYTES, .says = "what is owed"),
	FIELD_OBJECT(promise_row, owner, owner_fields, OPTIONAL, .says = "who promised it; left out: nobody yet"),
	FIELD_TIME(promise_row, made_at),
	FIELD_TIME(promise_row, due_at),
	FIELD_TIME(promise_row, kept_at, OPTIONAL),
	FIELD_OBJECT(promise_row, kept_by, owner_fields, OPTIONAL),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_WORD(promise_list_ask, view, promise_views, IN_QUERY),
	FIELD_INT(promise_list_ask, after, 0, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the `promise` of the last row of the page before"),
	FIELD_INT(promise_list_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(promise_list, promises, promise_row, promise_row_fields),
	FIELD_BOOL(promise_list, more),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_INT(promise_ask, promise, 1, INT64_MAX, IN_PATH),
	FIELD_CALLER(promise_ask, OPTIONAL),
	FIELD_END,
};

RUNS(promise_list);
RUNS(promise_keep);

const struct command promise_commands[] = {
	{ .name = "promise.list",
	    .door = "GET /api/v1/promises",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, promise_list_ask),
	    ANSWERS(list_answer, promise_list),
	    .run = run_promise_list,
	    .on_socket = true,
	    .says = "What is owed to customers and not yet kept, first due first: all, one's own, or overdue." },
	{ .name = "promise.keep",
	    .door = "POST /api/v1/promises/{promise}/keep",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, promise_ask),
	    ANSWERS(promise_row_fields, promise_row),
	    .run = run_promise_keep,
	    .on_socket = true,
	    .says = "Marks a promise as kept; again changes nothing." },
	COMMANDS_END,
};
