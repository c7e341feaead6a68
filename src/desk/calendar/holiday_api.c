/* The doors of holidays. */
#include "desk/calendar/holiday.h"

#include "edge/command.h"
#include "edge/shapes.h"

static const struct field row_fields[] = {
	FIELD_LINE(holiday_row, day, CALENDAR_DAY_CHARS),
	FIELD_LINE(holiday_row, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_LINE(holiday_list_ask, from, CALENDAR_DAY_CHARS, IN_QUERY, OPTIONAL, .says = "a day; left out: today"),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(holiday_list, holidays, holiday_row, row_fields),
	FIELD_END,
};

static const struct field set_fields[] = {
	FIELD_LINE(
	    holiday_row, day, CALENDAR_DAY_CHARS, IN_PATH, .says = "of the desk's time zone, such as 2026-12-25"),
	FIELD_LINE(holiday_row, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_LINE(holiday_ask, day, CALENDAR_DAY_CHARS, IN_PATH),
	FIELD_END,
};

RUNS(holiday_list);
RUNS_WITHOUT_ANSWER(holiday_set);
RUNS_WITHOUT_ANSWER(holiday_remove);

const struct command holiday_commands[] = {
	{ .name = "holiday.list",
	    .door = "GET /api/v1/holidays",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, holiday_list_ask),
	    ANSWERS(list_answer, holiday_list),
	    .run = run_holiday_list,
	    .on_socket = true,
	    .says = "Lists the desk's holidays from a day on." },
	{ .name = "holiday.set",
	    .door = "PUT /api/v1/holidays/{day}",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(set_fields, holiday_row),
	    .run = run_holiday_set,
	    .on_socket = true,
	    .audit = "set a holiday",
	    .says = "Makes a day a holiday, or gives it another name." },
	{ .name = "holiday.remove",
	    .door = "DELETE /api/v1/holidays/{day}",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, holiday_ask),
	    .run = run_holiday_remove,
	    .on_socket = true,
	    .audit = "removed a holiday",
	    .says = "Makes a holiday a day like others." },
	COMMANDS_END,
};
