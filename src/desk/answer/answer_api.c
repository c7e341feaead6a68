/* The doors of canned answers. */
#include "edge/command.h"

#include "desk/answer/answer.h"

#define SAYS_SHORTCUT                                                                                                  \
	"what is typed behind the slash: a-z, 0-9 and -; free once among one's own, a team's, and those of all"
#define SAYS_TEXT "may hold {{visitor.name}}, {{me.name}}, {{desk.name}} and {{topic}}, which the page fills in"

static const struct field row_fields[] = {
	FIELD_INT(answer_row, id, 1, INT64_MAX),
	FIELD_LINE(answer_row, shortcut, LIMIT_SHORTCUT_BYTES),
	FIELD_LINE(answer_row, title, LIMIT_ANSWER_TITLE_BYTES),
	FIELD_TEXT(answer_row, text, LIMIT_MESSAGE_BYTES),
	FIELD_WORD(answer_row, scope, answer_scopes),
	FIELD_INT(answer_row, team, 1, INT64_MAX, OPTIONAL),
	FIELD_LINE(answer_row, team_name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(answer_row, changed_by, LIMIT_NAME_BYTES, .says = "a name"),
	FIELD_TIME(answer_row, changed_at),
	FIELD_BOOL(answer_row, is_mine_to_change),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_LINE(answer_list_ask, search, LIMIT_SEARCH_BYTES, IN_QUERY, OPTIONAL,
	    .says = "what shortcut, title or text must hold"),
	FIELD_LINE(answer_list_ask, shortcut, LIMIT_SHORTCUT_BYTES, IN_QUERY, OPTIONAL,
	    .says = "what the shortcut must begin with"),
	FIELD_INT(answer_list_ask, before, 1, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the `id` of the last row of the page before"),
	FIELD_INT(answer_list_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(answer_list, answers, answer_row, row_fields),
	FIELD_BOOL(answer_list, more),
	FIELD_END,
};

static const struct field add_fields[] = {
	FIELD_CALLER(answer_add, OPTIONAL),
	FIELD_LINE(answer_add, shortcut, LIMIT_SHORTCUT_BYTES, .says = SAYS_SHORTCUT),
	FIELD_LINE(answer_add, title, LIMIT_ANSWER_TITLE_BYTES),
	FIELD_TEXT(answer_add, text, LIMIT_MESSAGE_BYTES, .says = SAYS_TEXT),
	FIELD_WORD(answer_add, scope, answer_scopes, .says = "who uses it; `all` is for leads to write"),
	FIELD_INT(answer_add, team, 1, INT64_MAX, OPTIONAL, .says = "with the scope team"),
	FIELD_END,
};

static const struct field added_fields[] = {
	FIELD_INT(answer_added, answer, 1, INT64_MAX, .says = "its id"),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_INT(answer_change, answer, 1, INT64_MAX, IN_PATH),
	FIELD_LINE(answer_change, shortcut, LIMIT_SHORTCUT_BYTES, OPTIONAL, .says = SAYS_SHORTCUT),
	FIELD_LINE(answer_change, title, LIMIT_ANSWER_TITLE_BYTES, OPTIONAL),
	FIELD_TEXT(answer_change, text, LIMIT_MESSAGE_BYTES, OPTIONAL, .says = SAYS_TEXT),
	FIELD_END,
};

static const struct field archive_fields[] = {
	FIELD_INT(answer_ask, answer, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

RUNS(answer_list);
RUNS(answer_add);
RUNS_WITHOUT_ANSWER(answer_change);
RUNS_WITHOUT_ANSWER(answer_archive);

const struct command answer_commands[] = {
	{ .name = "answer.list",
	    .door = "GET /api/v1/answers",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, answer_list_ask),
	    ANSWERS(list_answer, answer_list),
	    .run = run_answer_list,
	    .on_socket = true,
	    .says = "Lists the canned answers that one may use, newest change first." },
	{ .name = "answer.add",
	    .door = "POST /api/v1/answers",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, answer_add),
	    ANSWERS(added_fields, answer_added),
	    .run = run_answer_add,
	    .says = "Adds a canned answer: one's own, a team's by its members or a lead, of all by a lead." },
	{ .name = "answer.change",
	    .door = "POST /api/v1/answers/{answer}",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(change_fields, answer_change),
	    .run = run_answer_change,
	    .says = "Changes a canned answer; what is left out stays." },
	{ .name = "answer.archive",
	    .door = "POST /api/v1/answers/{answer}/archive",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(archive_fields, answer_ask),
	    .run = run_answer_archive,
	    .says = "Archives a canned answer; its shortcut is free again." },
	COMMANDS_END,
};
