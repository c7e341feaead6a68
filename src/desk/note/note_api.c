/* The doors of notes. */
#include "edge/command.h"

#include "desk/draft/draft.h"
#include "desk/note/note.h"

static const struct field add_fields[] = {
	FIELD_KEY(note_add, conversation, IN_PATH),
	FIELD_CALLER(note_add),
	FIELD_TEXT(note_add, text, LIMIT_MESSAGE_BYTES),
	FIELD_INT(note_add, corrects, 1, INT64_MAX, OPTIONAL, .says = "seq of the note that this one corrects"),
	FIELD_INT(
	    note_add, draft, 1, DRAFT_GENERATION_MAX, OPTIONAL, .says = "the generation of the draft that this was"),
	FIELD_END,
};

static const struct field added_fields[] = {
	FIELD_INT(note_added, seq, 1, INT64_MAX),
	FIELD_TIME(note_added, at),
	FIELD_END,
};

RUNS(note_add);

const struct command note_commands[] = {
	{
	    .name = "note.add",
	    .door = "POST /api/v1/conversations/{conversation}/notes",
	    .may = MAY_NOTE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_ITSELF,
	    .flood = FLOOD_MESSAGE,
	    .fields = add_fields,
	    .size = sizeof(struct note_add),
	    .answers = added_fields,
	    .answer_size = sizeof(struct note_added),
	    .run = run_note_add,
	    .on_socket = true,
	    .says = "Writes a note beside the messages, for staff; it can never be changed or deleted.",
	},
	COMMANDS_END,
};
