/* The door of forms. */
#include "edge/command.h"

#include "desk/form/form.h"
#include "edge/call.h"
#include "edge/shapes.h"

static const struct field send_fields[] = {
	FIELD_CALLER(form_send),
	FIELD_KEY(form_send, site, OPTIONAL, .says = "left out: that of the desk's own pages"),
	FIELD_LINE(form_send, name, LIMIT_NAME_BYTES, OPTIONAL, TIDIED),
	FIELD_EMAIL(form_send, email, .says = "where the answer goes"),
	FIELD_LINE(form_send, topic, LIMIT_TOPIC_BYTES, OPTIONAL, TIDIED),
	FIELD_LINE(form_send, page, LIMIT_PAGE_BYTES, OPTIONAL, TIDIED,
	    .says = "the address of the page that the visitor is on"),
	FIELD_LINE(form_send, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "that the page speaks"),
	FIELD_LIST(form_send, answers, asked_answer, asked_answer_fields, OPTIONAL, AT_MOST(LIMIT_SITE_FIELDS),
	    .says = "to the site's own fields"),
	FIELD_TEXT(form_send, text, LIMIT_MESSAGE_BYTES, .says = "becomes a message"),
	FIELD_END,
};

static const struct field sent_fields[] = {
	FIELD_KEY(form_sent, conversation),
	FIELD_INT(form_sent, head, 1, INT64_MAX, .says = "the seq of the newest item"),
	FIELD_TIME(form_sent, due_at, .says = "by when somebody answers"),
	FIELD_END,
};

static void
around_send(struct call *call)
{
	struct form_send *ask = call->ask;

	ask->address = call->origin;
	ask->agent = *call->agent == '\0' ? NULL : call->agent;
	call_submit_at(call, ask->site);
}

RUNS(form_send);

const struct command form_commands[] = {
	{ .name = "form.send",
	    .door = "POST /api/v1/forms",
	    .may = MAY_VISIT,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_START,
	    TAKES(send_fields, form_send),
	    ANSWERS(sent_fields, form_sent),
	    .run = run_form_send,
	    .around = around_send,
	    .says = "Leaves a message that is answered by e-mail; also while the desk is open." },
	COMMANDS_END,
};
