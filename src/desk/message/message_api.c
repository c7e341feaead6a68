/* The doors of messages. */
#include "edge/command.h"

#include "desk/draft/draft.h"
#include "desk/message/message.h"

static const struct field send_fields[] = {
	FIELD_KEY(message_send, conversation, IN_PATH),
	FIELD_CALLER(message_send),
	FIELD_TEXT(message_send, text, LIMIT_MESSAGE_BYTES, .says = "what is said"),
	FIELD_INT(message_send, draft, 1, DRAFT_GENERATION_MAX, OPTIONAL,
	    .says = "staff: the generation of the draft that this was"),
	FIELD_END,
};

static const struct field sent_fields[] = {
	FIELD_INT(message_sent, seq, 1, INT64_MAX, .says = "its place in the conversation"),
	FIELD_TIME(message_sent, at),
	FIELD_END,
};

RUNS(message_send);

const struct command message_commands[] = {
	{
	    .name = "message.send",
	    .door = "POST /api/v1/conversations/{conversation}/messages",
	    .may = MAY_TALK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_ITSELF,
	    .flood = FLOOD_MESSAGE,
	    .fields = send_fields,
	    .size = sizeof(struct message_send),
	    .answers = sent_fields,
	    .answer_size = sizeof(struct message_sent),
	    .run = run_message_send,
	    .on_socket = true,
	    .stays_inside = true,
	    .says = "Says something to the customer, or to the desk; acknowledged once it is on disk.",
	},
	COMMANDS_END,
};
