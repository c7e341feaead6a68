/* The doors of blocks. */
#include "edge/command.h"

#include "desk/block/block.h"
#include "desk/chat/chat.h"

static const struct field add_fields[] = {
	FIELD_CALLER(block_add, OPTIONAL),
	FIELD_KEY(block_add, conversation, .says = "of the visitor"),
	FIELD_WORD(block_add, kind, block_kinds, .says = "the visitor, or the address that it comes from"),
	FIELD_INT(block_add, hours, 1, LIMIT_BLOCK_HOURS, OPTIONAL, .says = "left out: until it is lifted"),
	FIELD_LINE(block_add, reason, LIMIT_REASON_BYTES, .says = "for colleagues"),
	FIELD_END,
};

static const struct field person_fields[] = {
	FIELD_INT(block_person, id, 1, INT64_MAX),
	FIELD_LINE(block_person, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field row_fields[] = {
	FIELD_INT(block_row, block, 1, INT64_MAX),
	FIELD_WORD(block_row, kind, block_kinds),
	FIELD_LINE(block_row, visitor_name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_KEY(block_row, conversation, OPTIONAL, .says = "of a visitor: its newest"),
	FIELD_LINE(block_row, address, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(block_row, reason, LIMIT_REASON_BYTES),
	FIELD_OBJECT(block_row, made_by, person_fields),
	FIELD_TIME(block_row, made_at),
	FIELD_TIME(block_row, until, OPTIONAL, .says = "left out: until it is lifted"),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_INT(block_list_ask, before, 0, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the `block` of the last row of the page before"),
	FIELD_INT(block_list_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(block_list, blocks, block_row, row_fields),
	FIELD_BOOL(block_list, more),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_INT(block_ask, block, 1, INT64_MAX, IN_PATH),
	FIELD_CALLER(block_ask, OPTIONAL),
	FIELD_END,
};

/* Whoever is blocked is in no chat any more: with that messages need no check of their own. */
static gboolean
run_block_add(struct tx *tx, const void *ask, void *answer, GError **error)
{
	struct block_row *block = answer;

	return block_add(tx, ask, block, error) && chat_end_all_of(tx, block->visitor_id, block->address, error);
}

RUNS_WITHOUT_ANSWER(block_lift);
RUNS(block_list);

const struct command block_commands[] = {
	{ .name = "block.add",
	    .door = "POST /api/v1/blocks",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, block_add),
	    ANSWERS(row_fields, block_row),
	    .run = run_block_add,
	    .on_socket = true,
	    .audit = "blocked a visitor",
	    .says = "Blocks a visitor or its address, and ends its chat." },
	{ .name = "block.list",
	    .door = "GET /api/v1/blocks",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, block_list_ask),
	    ANSWERS(list_answer, block_list),
	    .run = run_block_list,
	    .says = "The blocks that are in force, newest first." },
	{ .name = "block.lift",
	    .door = "POST /api/v1/blocks/{block}/lift",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, block_ask),
	    .run = run_block_lift,
	    .on_socket = true,
	    .audit = "lifted a block",
	    .says = "Lifts a block: by who made it, or a lead." },
	COMMANDS_END,
};
