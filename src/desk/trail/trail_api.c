/* The doors of trails. */
#include "desk/trail/trail.h"

#include "edge/command.h"
#include "edge/shapes.h"

static const struct field add_fields[] = {
	FIELD_LINE(trail_add, url, LIMIT_PAGE_BYTES, .says = "of the page; what follows a # is left out"),
	FIELD_LINE(trail_add, title, LIMIT_TITLE_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_KEY(trail_ask, conversation, IN_PATH),
	FIELD_END,
};

const struct field trail_page_fields[] = {
	FIELD_LINE(trail_page, url, LIMIT_PAGE_BYTES),
	FIELD_LINE(trail_page, title, LIMIT_TITLE_BYTES, OPTIONAL),
	FIELD_TIME(trail_page, at),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(trail, pages, trail_page, trail_page_fields, .says = "newest first"),
	FIELD_END,
};

RUNS_WITHOUT_ANSWER(trail_add);
RUNS(trail_list);

const struct command trail_commands[] = {
	{ .name = "trail.add",
	    .door = "POST /api/v1/trail",
	    .may = MAY_VISIT,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_TRAIL,
	    TAKES(add_fields, trail_add),
	    .run = run_trail_add,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "The visitor has come to a page. Nothing happens where it has no conversation yet." },
	{ .name = "trail.list",
	    .door = "GET /api/v1/conversations/{conversation}/trail",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(ask_fields, trail_ask),
	    ANSWERS(list_answer, trail),
	    .run = run_trail_list,
	    .on_socket = true,
	    .says = "The last pages that the visitor of a conversation went through, newest first." },
	COMMANDS_END,
};
