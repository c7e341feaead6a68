/* The door of readings. */
#include "edge/command.h"

#include "desk/reading/reading.h"
#include "edge/shapes.h"

static const struct field set_fields[] = {
	FIELD_KEY(reading_set, conversation, IN_PATH),
	FIELD_INT(reading_set, delivered, 0, INT64_MAX, OPTIONAL, .says = "the seq up to which the page has the log"),
	FIELD_INT(reading_set, seen, 0, INT64_MAX, OPTIONAL, .says = "the seq up to which somebody looked at it"),
	FIELD_END,
};

RUNS(reading_set);

const struct command reading_commands[] = {
	{
	    .name = "reading.set",
	    .door = "POST /api/v1/conversations/{conversation}/reading",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(set_fields, reading_set),
	    ANSWERS(reading_fields, reading),
	    .run = run_reading_set,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "Says how far one's side has come; a step back changes nothing.",
	},
	COMMANDS_END,
};
