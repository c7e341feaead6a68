/* The doors of seats. */
#include "desk/seat/seat.h"

#include "edge/command.h"
#include "edge/shapes.h"

static const struct field status_fields[] = {
	FIELD_WORD(seat_status, status, seat_statuses),
	FIELD_LINE(seat_status, reason, LIMIT_REASON_BYTES, OPTIONAL, .says = "of away and phone: why"),
	FIELD_TIME(seat_status, back_at, OPTIONAL, .says = "of those too: when one wants to be back"),
	FIELD_END,
};

static const struct field seat_fields[] = {
	FIELD_WORD(seat, status, status_names),
	FIELD_WORD(seat, seat, duty_seats),
	FIELD_INT(seat, place, 1, INT64_MAX, OPTIONAL, .says = "in the line for seats"),
	FIELD_LINE(seat, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_TIME(seat, back_at, OPTIONAL),
	FIELD_INT(seat, cap, 0, INT64_MAX, .says = "chats that one takes at a time"),
	FIELD_INT(seat, load, 0, INT64_MAX, .says = "chats that count"),
	FIELD_END,
};

static const struct field free_fields[] = {
	FIELD_INT(seat_free, person, 1, INT64_MAX, IN_PATH),
	FIELD_LINE(seat_free, reason, LIMIT_REASON_BYTES),
	FIELD_END,
};

static const struct field board_answer[] = {
	FIELD_LIST(seat_board, people, duty_row, duty_row_fields,
	    .says = "who is on duty: pool by pool, seats first, then the line in its order"),
	FIELD_LIST(seat_board, pools, pool, pool_fields),
	FIELD_END,
};

static const struct field log_fields[] = {
	FIELD_INT(seat_log_ask, pool, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "left out: all pools"),
	FIELD_INT(seat_log_ask, person, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "whose seat; left out: everybody's"),
	FIELD_INT(seat_log_ask, before, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "lines older than this one's `id`"),
	FIELD_INT(seat_log_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = 50),
	FIELD_END,
};

static const struct field person_fields[] = {
	FIELD_INT(seat_person, id, 1, INT64_MAX),
	FIELD_LINE(seat_person, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field line_fields[] = {
	FIELD_INT(seat_line, id, 1, INT64_MAX),
	FIELD_TIME(seat_line, at),
	FIELD_INT(seat_line, pool, 1, INT64_MAX),
	FIELD_OBJECT(seat_line, person, person_fields, OPTIONAL, .says = "whose seat; left out: the pool's line"),
	FIELD_OBJECT(seat_line, by, person_fields, OPTIONAL, .says = "who did it; left out: the desk itself"),
	FIELD_WORD(seat_line, what, seat_happenings),
	FIELD_TEXT(seat_line, why, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field log_answer[] = {
	FIELD_LIST(seat_log, lines, seat_line, line_fields),
	FIELD_BOOL(seat_log, more),
	FIELD_END,
};

static const struct field pool_change_fields[] = {
	FIELD_INT(pool_change, pool, 1, INT64_MAX, IN_PATH),
	FIELD_INT(pool_change, size, 0, LIMIT_POOL_SEATS, OPTIONAL, .otherwise = -1, .says = "left out: stays"),
	FIELD_INT(pool_change, cap, 0, LIMIT_POOL_CHATS, OPTIONAL, .otherwise = -1, .says = "left out: stays"),
	FIELD_END,
};

RUNS(seat_status);
RUNS_WITHOUT_ANSWER(seat_free);
RUNS(seat_pool_change);
RUNS_WITHOUT_ASK(seat_board);
RUNS(seat_log);

const struct command seat_commands[] = {
	{ .name = "seat.status",
	    .door = "POST /api/v1/me/status",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(status_fields, seat_status),
	    ANSWERS(seat_fields, seat),
	    .run = run_seat_status,
	    .on_socket = true,
	    .says =
		"Takes a seat, or a place in the line for one; says that one is away or on the phone; gives the seat back." },
	{ .name = "seat.free",
	    .door = "POST /api/v1/people/{person}/free",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(free_fields, seat_free),
	    .run = run_seat_free,
	    .on_socket = true,
	    .audit = "freed a seat",
	    .says = "Frees somebody's seat, or place in the line; their chats go back to the line first." },
	{ .name = "pool.change",
	    .door = "PUT /api/v1/pools/{pool}",
	    .may = MAY_LEAD,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(pool_change_fields, pool_change),
	    ANSWERS(pool_fields, pool),
	    .run = run_seat_pool_change,
	    .on_socket = true,
	    .audit = "changed a pool of seats",
	    .says = "Changes how many seats a pool has, or how many chats. One made smaller than its use drains." },
	{ .name = "seat.board",
	    .door = "GET /api/v1/seats",
	    .may = MAY_SEE_PEOPLE,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(board_answer, seat_board),
	    .run = run_seat_board,
	    .on_socket = true,
	    .says =
		"Who is on duty, who winds down with how many chats left and until when, who waits for a seat; and the pools." },
	{ .name = "seat.log",
	    .door = "GET /api/v1/seats/log",
	    .may = MAY_LEAD,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(log_fields, seat_log_ask),
	    ANSWERS(log_answer, seat_log),
	    .run = run_seat_log,
	    .on_socket = true,
	    .says = "Everything that happened to seats, the newest first." },
	COMMANDS_END,
};
