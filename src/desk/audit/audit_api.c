/* The door of the audit log. */
#include "edge/command.h"

#include "desk/audit/audit.h"

static const struct field line_fields[] = {
	FIELD_INT(audit_line, id, 1, INT64_MAX, .says = "what `before` goes by"),
	FIELD_TIME(audit_line, at),
	FIELD_WORD(audit_line, actor_kind, actor_kind_names),
	FIELD_INT(audit_line, person, 1, INT64_MAX, OPTIONAL, .says = "who it was, of the staff"),
	FIELD_LINE(audit_line, name, LIMIT_NAME_BYTES, OPTIONAL, .says = "that person's name"),
	FIELD_LINE(audit_line, command, LIMIT_NAME_BYTES),
	FIELD_LINE(audit_line, object, LIMIT_NAME_BYTES, .says = "which thing; empty: the desk itself"),
	FIELD_LINE(audit_line, says, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_INT(audit_ask, before, 0, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the `id` of the last line of the page before"),
	FIELD_INT(audit_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(audit_page, lines, audit_line, line_fields),
	FIELD_BOOL(audit_page, more),
	FIELD_END,
};

RUNS(audit_list);

const struct command audit_commands[] = {
	{ .name = "audit.list",
	    .door = "GET /api/v1/audit",
	    .may = MAY_READ_AUDIT,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, audit_ask),
	    ANSWERS(list_answer, audit_page),
	    .run = run_audit_list,
	    .on_socket = true,
	    .says = "Lists who did what, newest first." },
	COMMANDS_END,
};
