/* The doors of teams. */
#include "desk/team/team.h"

#include "edge/command.h"
#include "edge/shapes.h"

static const struct field member_fields[] = {
	FIELD_INT(team_member, person, 1, INT64_MAX),
	FIELD_END,
};

const struct field team_row_fields[] = {
	FIELD_INT(team, id, 1, INT64_MAX),
	FIELD_LINE(team, name, LIMIT_NAME_BYTES),
	FIELD_PLAIN_LIST(team, members, team_member, member_fields, .says = "ids of people"),
	FIELD_BOOL(team, is_archived, OPTIONAL),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(team_list, teams, team, team_row_fields),
	FIELD_END,
};

static const struct field add_fields[] = {
	FIELD_CALLER(team_add),
	FIELD_LINE(team_add, name, LIMIT_NAME_BYTES),
	FIELD_PLAIN_LIST(team_add, members, team_member, member_fields, AT_MOST(LIMIT_TEAM_MEMBERS), OPTIONAL,
	    .says = "ids of people"),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_INT(team_change, team, 1, INT64_MAX, IN_PATH),
	FIELD_LINE(team_change, name, LIMIT_NAME_BYTES, OPTIONAL, .says = "left out: stays"),
	FIELD_PLAIN_LIST(team_change, members, team_member, member_fields, AT_MOST(LIMIT_TEAM_MEMBERS), OPTIONAL,
	    .says = "left out: stay; else these and no others"),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_INT(team_ask, team, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

RUNS_WITHOUT_ASK(team_list);
RUNS(team_add);
RUNS(team_change);
RUNS_WITHOUT_ANSWER(team_archive);

const struct command team_commands[] = {
	{ .name = "team.list",
	    .door = "GET /api/v1/teams",
	    .may = MAY_SEE_PEOPLE,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, team_list),
	    .run = run_team_list,
	    .on_socket = true,
	    .says = "Lists the teams and who is in them, by name." },
	{ .name = "team.add",
	    .door = "POST /api/v1/teams",
	    .may = MAY_MANAGE_TEAMS,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, team_add),
	    ANSWERS(team_row_fields, team),
	    .run = run_team_add,
	    .on_socket = true,
	    .audit = "added a team",
	    .says = "Adds a team." },
	{ .name = "team.change",
	    .door = "PUT /api/v1/teams/{team}",
	    .may = MAY_MANAGE_TEAMS,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(change_fields, team_change),
	    ANSWERS(team_row_fields, team),
	    .run = run_team_change,
	    .on_socket = true,
	    .audit = "changed a team",
	    .says = "Changes a team's name or who is in it." },
	{ .name = "team.archive",
	    .door = "POST /api/v1/teams/{team}/archive",
	    .may = MAY_MANAGE_TEAMS,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, team_ask),
	    .run = run_team_archive,
	    .on_socket = true,
	    .audit = "archived a team",
	    .says = "Archives a team: nothing is handed to it any more." },
	COMMANDS_END,
};
