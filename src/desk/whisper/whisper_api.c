/* The doors of whispers. */
#include "edge/command.h"

#include "desk/draft/draft.h"
#include "desk/whisper/whisper.h"

static const struct field add_fields[] = {
	FIELD_KEY(whisper_add, conversation, IN_PATH),
	FIELD_CALLER(whisper_add),
	FIELD_TEXT(whisper_add, text, LIMIT_MESSAGE_BYTES, .says = "what is whispered"),
	FIELD_INT(
	    whisper_add, draft, 1, DRAFT_GENERATION_MAX, OPTIONAL, .says = "the generation of the draft that this was"),
	FIELD_END,
};

static const struct field added_fields[] = {
	FIELD_INT(whisper_added, seq, 1, INT64_MAX),
	FIELD_TIME(whisper_added, at),
	FIELD_END,
};

RUNS(whisper_add);

const struct command whisper_commands[] = {
	{ .name = "whisper.add",
	    .door = "POST /api/v1/conversations/{conversation}/whispers",
	    .may = MAY_NOTE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_ITSELF,
	    .flood = FLOOD_MESSAGE,
	    TAKES(add_fields, whisper_add),
	    ANSWERS(added_fields, whisper_added),
	    .run = run_whisper_add,
	    .on_socket = true,
	    .stays_inside = true,
	    .says =
		"A lead or a guest says something to who has the chat, or is answered: never shown to the visitor." },
	COMMANDS_END,
};
