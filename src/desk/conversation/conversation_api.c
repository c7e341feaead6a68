/* The doors of conversations, and the shape of an item, which events share. */
#include "edge/command.h"

#include "desk/conversation/conversation.h"
#include "edge/shapes.h"

static const struct field author_fields[] = {
	FIELD_WORD(author, kind, ((const char *const[]) { "visitor", "person", "system", NULL })),
	FIELD_LINE(author, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(author, id, 1, INT64_MAX, OPTIONAL, .says = "of a person; towards staff only"),
	FIELD_END,
};

static const struct field about_fields[] = {
	FIELD_WORD(author, kind, ((const char *const[]) { "person", "team", NULL })),
	FIELD_LINE(author, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_INT(author, id, 1, INT64_MAX, OPTIONAL, .says = "of a person or team; towards staff only"),
	FIELD_END,
};

static const char *const item_kinds[] = { ITEM_MESSAGE, ITEM_NOTE, ITEM_STARTED, ITEM_TAKEN, ITEM_RELEASED, ITEM_HANDED,
	ITEM_ENDED, ITEM_JOINED, ITEM_LEFT, ITEM_WHISPER, ITEM_FILE, ITEM_REOPENED, ITEM_WARNED, ITEM_FORM,
	ITEM_PROMISED, ITEM_KEPT, ITEM_RATED, NULL };

const struct field file_fields[] = {
	FIELD_KEY(item_file, key),
	FIELD_LINE(item_file, name, LIMIT_FILE_NAME_BYTES),
	FIELD_LINE(item_file, type, LIMIT_FILE_TYPE_BYTES, .says = "by its content: image/png"),
	FIELD_INT(item_file, size, 1, LIMIT_FILE_BYTES),
	FIELD_INT(item_file, width, 1, INT32_MAX, OPTIONAL, .says = "of a picture"),
	FIELD_INT(item_file, height, 1, INT32_MAX, OPTIONAL),
	FIELD_END,
};

const struct field item_fields[] = {
	FIELD_INT(item, seq, 1, INT64_MAX, .says = "its place in the conversation, from 1"),
	FIELD_WORD(item, kind, item_kinds),
	FIELD_OBJECT(item, author, author_fields),
	FIELD_OBJECT(item, about, about_fields, OPTIONAL,
	    .says = "whom it concerns: who a handed chat went to, who joined or left"),
	FIELD_TEXT(item, text, LIMIT_MESSAGE_BYTES, OPTIONAL),
	FIELD_INT(item, corrects, 1, INT64_MAX, OPTIONAL, .says = "of a note: the seq of the one it corrects"),
	FIELD_LINE(item, caller_id, LIMIT_CALLER_ID_BYTES, OPTIONAL, .says = "what its sender called it"),
	FIELD_TIME(item, at),
	FIELD_BOOL(item, internal, OPTIONAL, .says = "true: for staff only"),
	FIELD_OBJECT(item, file, file_fields, OPTIONAL, .says = "of a file: GET /files/{key}/{name} has its bytes"),
	FIELD_END,
};

const struct field reading_fields[] = {
	FIELD_INT(reading, delivered, 0, INT64_MAX),
	FIELD_INT(reading, seen, 0, INT64_MAX),
	FIELD_END,
};

const struct field readings_fields[] = {
	FIELD_OBJECT(conversation_readings, visitor, reading_fields, OPTIONAL),
	FIELD_OBJECT(conversation_readings, staff, reading_fields, OPTIONAL),
	FIELD_END,
};

static const struct field items_fields[] = {
	FIELD_KEY(conversation_items_ask, conversation, IN_PATH),
	FIELD_INT(conversation_items_ask, since, 0, INT64_MAX, IN_QUERY, OPTIONAL,
	    .says = "the cursor: items after this seq"),
	FIELD_INT(conversation_items_ask, limit, 1, LIMIT_PAGE_ROWS, IN_QUERY, OPTIONAL, .otherwise = LIMIT_PAGE_ROWS),
	FIELD_END,
};

static const struct field items_answer[] = {
	FIELD_LIST(conversation_items, items, item, item_fields),
	FIELD_INT(conversation_items, head, 0, INT64_MAX, .says = "the cursor to go on from"),
	FIELD_BOOL(conversation_items, more, .says = "whether there are more items now"),
	FIELD_OBJECT(conversation_items, readings, readings_fields, .says = "how far each side has come"),
	FIELD_END,
};

RUNS(conversation_items);

const struct command conversation_commands[] = {
	{
	    .name = "conversation.items",
	    .door = "GET /api/v1/conversations/{conversation}/items",
	    .may = MAY_TALK,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    .fields = items_fields,
	    .size = sizeof(struct conversation_items_ask),
	    .answers = items_answer,
	    .answer_size = sizeof(struct conversation_items),
	    .run = run_conversation_items,
	    .on_socket = true,
	    .says = "Reads the log of a conversation after a cursor.",
	},
	COMMANDS_END,
};
