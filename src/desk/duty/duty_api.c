/* The doors of pools and of what people can. */
#include "desk/duty/able.h"
#include "desk/duty/duty.h"
#include "desk/duty/pool.h"

#include "edge/command.h"
#include "edge/shapes.h"

const struct field duty_row_fields[] = {
	FIELD_INT(duty_row, id, 1, INT64_MAX),
	FIELD_LINE(duty_row, name, LIMIT_NAME_BYTES),
	FIELD_WORD(duty_row, role, role_names + 1),
	FIELD_WORD(duty_row, status, status_names),
	FIELD_WORD(duty_row, seat, duty_seats),
	FIELD_INT(duty_row, place, 1, INT64_MAX, OPTIONAL, .says = "in the line for seats"),
	FIELD_LINE(duty_row, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_TIME(duty_row, back_at, OPTIONAL, .says = "when they want to be back"),
	FIELD_TIME(duty_row, since, OPTIONAL, .says = "in this status; left out of who is offline"),
	FIELD_TIME(duty_row, line_since, OPTIONAL, .says = "what the line for seats is ordered by"),
	FIELD_TIME(duty_row, gone_since, OPTIONAL, .says = "not heard of since then"),
	FIELD_INT(duty_row, load, 0, INT64_MAX, .says = "chats that count"),
	FIELD_INT(duty_row, cap, 0, INT64_MAX),
	FIELD_INT(duty_row, chats, 0, INT64_MAX, .says = "all that they have, the quiet ones too"),
	FIELD_INT(duty_row, pool, 1, INT64_MAX, OPTIONAL),
	FIELD_TIME(duty_row, ends_at, OPTIONAL, .says = "the end of their shift"),
	FIELD_TIME(duty_row, expected_at, OPTIONAL,
	    .says = "of the board, who stands in the line: when a seat is expected to free, by the shifts"),
	FIELD_END,
};

const struct field pool_fields[] = {
	FIELD_INT(pool, id, 1, INT64_MAX),
	FIELD_INT(pool, team, 1, INT64_MAX, OPTIONAL, .says = "left out: of everybody else"),
	FIELD_LINE(pool, team_name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(pool, size, 0, LIMIT_POOL_SEATS),
	FIELD_INT(pool, cap, 0, LIMIT_POOL_CHATS, .says = "chats that its people have together at most"),
	FIELD_INT(pool, used, 0, INT64_MAX, .says = "seats"),
	FIELD_INT(pool, extra, 0, INT64_MAX, .says = "seats beyond the size: back-ups, hand-overs"),
	FIELD_INT(pool, chats, 0, INT64_MAX),
	FIELD_INT(pool, line, 0, INT64_MAX, .says = "people who wait for a seat"),
	FIELD_BOOL(pool, is_removed, OPTIONAL),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(pool_list, pools, pool, pool_fields),
	FIELD_END,
};

static const struct field add_fields[] = {
	FIELD_CALLER(pool_add),
	FIELD_INT(pool_add, team, 1, INT64_MAX),
	FIELD_INT(pool_add, size, 0, LIMIT_POOL_SEATS),
	FIELD_INT(pool_add, cap, 0, LIMIT_POOL_CHATS),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_INT(pool_ask, pool, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field topic_fields[] = {
	FIELD_LINE(able_skill, value, LIMIT_TOPIC_BYTES),
	FIELD_END,
};

static const struct field language_fields[] = {
	FIELD_LINE(able_skill, value, LIMIT_LANGUAGE_BYTES),
	FIELD_END,
};

static const struct field able_ask_fields[] = {
	FIELD_INT(able_ask, person, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field able_fields[] = {
	FIELD_INT(able, person, 1, INT64_MAX),
	FIELD_INT(able, cap, 1, LIMIT_ADVISOR_CHATS, OPTIONAL, .says = "left out: the desk's setting chats_each"),
	FIELD_PLAIN_LIST(able, topics, able_skill, topic_fields, .says = "none: any"),
	FIELD_PLAIN_LIST(able, languages, able_skill, language_fields, .says = "none: any"),
	FIELD_END,
};

static const struct field able_change_fields[] = {
	FIELD_INT(able, person, 1, INT64_MAX, IN_PATH),
	FIELD_INT(able, cap, 0, LIMIT_ADVISOR_CHATS, OPTIONAL, .otherwise = -1,
	    .says = "0: the desk's setting chats_each; left out: stays"),
	FIELD_PLAIN_LIST(able, topics, able_skill, topic_fields, AT_MOST(LIMIT_SKILLS), OPTIONAL,
	    .says = "left out: stay; none: any"),
	FIELD_PLAIN_LIST(able, languages, able_skill, language_fields, AT_MOST(LIMIT_SKILLS), OPTIONAL,
	    .says = "left out: stay; none: any"),
	FIELD_END,
};

RUNS_WITHOUT_ASK(pool_list);
RUNS(pool_add);
RUNS_WITHOUT_ANSWER(pool_remove);
RUNS(able_get);
RUNS(able_change);

const struct command duty_commands[] = {
	{ .name = "pool.list",
	    .door = "GET /api/v1/pools",
	    .may = MAY_SEE_PEOPLE,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, pool_list),
	    .run = run_pool_list,
	    .on_socket = true,
	    .says = "Lists the pools of seats, everybody's first." },
	{ .name = "pool.add",
	    .door = "POST /api/v1/pools",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, pool_add),
	    ANSWERS(pool_fields, pool),
	    .run = run_pool_add,
	    .on_socket = true,
	    .audit = "gave a team a pool of seats",
	    .says = "Gives a team a pool of seats of its own; its people go there with their next signing in." },
	{ .name = "pool.remove",
	    .door = "DELETE /api/v1/pools/{pool}",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, pool_ask),
	    .run = run_pool_remove,
	    .on_socket = true,
	    .audit = "removed a pool of seats",
	    .says = "Takes a team's pool of seats away; nobody of it may be on duty." },
	{ .name = "person.abilities",
	    .door = "GET /api/v1/people/{person}/abilities",
	    .may = MAY_LEAD,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(able_ask_fields, able_ask),
	    ANSWERS(able_fields, able),
	    .run = run_able_get,
	    .on_socket = true,
	    .says = "How many chats somebody takes at a time, about which topics and in which languages." },
	{ .name = "person.abilities_change",
	    .door = "PUT /api/v1/people/{person}/abilities",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(able_change_fields, able),
	    ANSWERS(able_fields, able),
	    .run = run_able_change,
	    .on_socket = true,
	    .audit = "changed what somebody can",
	    .says = "Changes how many chats somebody takes at a time, and which." },
	COMMANDS_END,
};
