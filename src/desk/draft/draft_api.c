/* The doors of drafts. */
#include "edge/command.h"

#include "desk/draft/draft.h"

static const struct field set_fields[] = {
	FIELD_KEY(draft_set, conversation, IN_PATH),
	FIELD_WORD(draft_set, mode, draft_modes),
	FIELD_INT(draft_set, generation, 1, DRAFT_GENERATION_MAX,
	    .says = "of the draft that is being written; 1 where none is known"),
	FIELD_IN(
	    TEXT, draft_set, text, 0, LIMIT_MESSAGE_BYTES, OPTIONAL, .says = "blank or absent: there is none any more"),
	FIELD_END,
};

static const struct field draft_fields[] = {
	FIELD_KEY(draft, conversation),
	FIELD_WORD(draft, mode, draft_modes),
	FIELD_INT(
	    draft, generation, 1, DRAFT_GENERATION_MAX + 1, .says = "higher than what was given: that one was sent"),
	FIELD_IN(TEXT, draft, text, 0, LIMIT_MESSAGE_BYTES),
	FIELD_TIME(draft, changed_at),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_KEY(draft_list_ask, conversation, IN_QUERY, OPTIONAL,
	    .says = "only of this one, and those without text too, for their generation"),
	FIELD_KEY(draft_list_ask, before, IN_QUERY, OPTIONAL,
	    .says = "the conversation of the last row of the page before; with `before_mode`"),
	FIELD_WORD(draft_list_ask, before_mode, draft_modes, IN_QUERY, OPTIONAL, .says = "the mode of that row"),
	FIELD_INT(draft_list_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = LIMIT_PAGE_ROWS),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(draft_list, drafts, draft, draft_fields),
	FIELD_BOOL(
	    draft_list, more, .says = "there are further ones: fewer than `limit` come where their texts are long"),
	FIELD_END,
};

RUNS(draft_set);
RUNS(draft_list);

const struct command draft_commands[] = {
	{ .name = "draft.set",
	    .door = "POST /api/v1/conversations/{conversation}/draft",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(set_fields, draft_set),
	    ANSWERS(draft_fields, draft),
	    .run = run_draft_set,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "Keeps what one began to write; answers the draft as it is now." },
	{ .name = "draft.list",
	    .door = "GET /api/v1/me/drafts",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, draft_list_ask),
	    ANSWERS(list_answer, draft_list),
	    .run = run_draft_list,
	    .on_socket = true,
	    .says = "Lists one's own drafts, the newest first." },
	COMMANDS_END,
};
