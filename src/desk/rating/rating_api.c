/* The door of ratings. */
#include "edge/command.h"

#include "desk/rating/rating.h"

static const struct field give_fields[] = {
	FIELD_KEY(rating_give, conversation, IN_PATH),
	FIELD_CALLER(rating_give, OPTIONAL),
	FIELD_INT(rating_give, score, 1, 5, .says = "5 is best"),
	FIELD_TEXT(rating_give, comment, LIMIT_COMMENT_BYTES, OPTIONAL),
	FIELD_END,
};

RUNS_WITHOUT_ANSWER(rating_give);

const struct command rating_commands[] = {
	{ .name = "rating.give",
	    .door = "POST /api/v1/conversations/{conversation}/rating",
	    .may = MAY_VISIT,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(give_fields, rating_give),
	    .run = run_rating_give,
	    .on_socket = true,
	    .says = "A visitor says how its chat was, once it has ended; again within half an hour replaces it." },
	COMMANDS_END,
};
