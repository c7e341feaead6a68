/* The doors of routing. */
#include "edge/command.h"

#include "desk/chat/chat.h"
#include "desk/routing/routing.h"
#include "edge/shapes.h"

static const struct field decline_fields[] = {
	FIELD_KEY(offer_decline, conversation, IN_PATH),
	FIELD_CALLER(offer_decline, OPTIONAL),
	FIELD_END,
};

static const struct field wall_pool_fields[] = {
	FIELD_INT(routing_pool, pool, 1, INT64_MAX),
	FIELD_INT(
	    routing_pool, team, 1, INT64_MAX, OPTIONAL, .says = "left out: everybody who is in no team with a pool"),
	FIELD_LINE(routing_pool, team_name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(routing_pool, chats, 0, INT64_MAX, .says = "that count: owned and not quiet, and offered"),
	FIELD_INT(routing_pool, cap, 0, INT64_MAX),
	FIELD_INT(routing_pool, able, 0, INT64_MAX, .says = "people who could be given one more chat"),
	FIELD_INT(routing_pool, waiting, 0, INT64_MAX, .says = "chats that nobody has, the offered ones too"),
	FIELD_INT(routing_pool, offered, 0, INT64_MAX, .says = "of these, how many somebody is asked to take"),
	FIELD_TIME(routing_pool, longest_since, OPTIONAL, .says = "since when the one waits who waits longest"),
	FIELD_INT(routing_pool, wait_ms, 0, INT64_MAX, .says = "an estimate for who comes now"),
	FIELD_BOOL(routing_pool, calls_for_help, .says = "a back-up may sign in beyond the size"),
	FIELD_END,
};

static const struct field wall_answer[] = {
	FIELD_LIST(routing_wall, pools, routing_pool, wall_pool_fields,
	    .says = "everybody's first, then by the name of the team"),
	FIELD_INT(routing_wall, owned, 0, INT64_MAX, .says = "chats that somebody has"),
	FIELD_INT(routing_wall, quiet, 0, INT64_MAX,
	    .says = "of these, how many do not count, since nobody said a word for a while"),
	FIELD_END,
};

RUNS(offer_decline);
RUNS_WITHOUT_ASK(routing_wall);

const struct command routing_commands[] = {
	{ .name = "offer.decline",
	    .door = "POST /api/v1/conversations/{conversation}/decline",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(decline_fields, offer_decline),
	    ANSWERS(chat_row_fields, chat_row),
	    .run = run_offer_decline,
	    .on_socket = true,
	    .says = "Declines a chat that one is asked to take: the next is asked. Accepting is chat.take." },
	{ .name = "routing.wall",
	    .door = "GET /api/v1/wall",
	    .may = MAY_LEAD,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(wall_answer, routing_wall),
	    .run = run_routing_wall,
	    .on_socket = true,
	    .says = "How it is now, pool by pool: room, who waits, and how long." },
	COMMANDS_END,
};
