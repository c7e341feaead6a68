/* The door of the line. */
#include "edge/command.h"

#include "desk/line/line.h"
#include "edge/shapes.h"

static const struct field state_fields[] = {
	FIELD_KEY(line_ask, site, IN_QUERY, OPTIONAL, .says = "left out: that of the desk's own pages"),
	FIELD_END,
};

static const struct field state_answer[] = {
	FIELD_BOOL(line_state, open, .says = "a chat can be started now; otherwise a form can be left"),
	FIELD_WORD(line_state, reason, line_reasons, OPTIONAL, .says = "why it is not open"),
	FIELD_TIME(line_state, opens_at, OPTIONAL, .says = "outside of the hours: when it opens"),
	FIELD_INT(line_state, wait_ms, 0, INT64_MAX, .says = "an estimate for who starts a chat now; 0 is soon"),
	FIELD_BOOL(line_state, is_free, .says = "somebody has room at once"),
	FIELD_END,
};

const struct field line_place_fields[] = {
	FIELD_KEY(line_place, conversation),
	FIELD_INT(line_place, place, 1, INT64_MAX, .says = "in the waiting line, from 1"),
	FIELD_INT(line_place, wait_ms, 0, INT64_MAX, .says = "an estimate; 0 is soon"),
	FIELD_BOOL(line_place, open, .says = "the desk still answers: it is within the hours, and somebody is there"),
	FIELD_END,
};

RUNS(line_state);

const struct command line_commands[] = {
	{ .name = "line.state",
	    .door = "GET /api/v1/line",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(state_fields, line_ask),
	    ANSWERS(state_answer, line_state),
	    .run = run_line_state,
	    .says = "Whether the desk of a site can answer now, why not, when again, and how long the wait is." },
	COMMANDS_END,
};
