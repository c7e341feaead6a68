/*
 * The door of health: whether the desk can take work. It goes through the writer's queue, so an answer means that loop and
 * writer both move.
 */
#include "edge/command.h"

#include "edge/call.h"

struct health {
	bool ok;
	const char *version;
};

static const struct field health_fields[] = {
	FIELD_BOOL(health, ok),
	FIELD_LINE(health, version, 32),
	FIELD_END,
};

static gboolean
run_check(struct tx *tx, const void *ask, void *answer, GError **error)
{
	struct health *health = answer;

	(void)tx, (void)ask, (void)error;
	*health = (struct health) { .ok = true, .version = SOFTANSWER_VERSION };
	return TRUE;
}

/* Whoever balances loads is to send no more to a desk that stops. */
static void
around_check(struct call *call)
{
	GError *error = NULL;

	if (call->edge->is_stopping) {
		(void)fail(&error, FAILED_BUSY, "the desk stops");
		call_refuse(call, error);
	} else {
		call_submit(call);
	}
}

const struct command health_commands[] = {
	{
	    .name = "health.check",
	    .door = "GET /healthz",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(health_fields, health),
	    .run = run_check,
	    .around = around_check,
	    .says = "Says that the desk can take work; 503 while it stops or cannot.",
	},
	COMMANDS_END,
};
