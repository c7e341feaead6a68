/* The door of tickets: see ticket.h. */
#include "edge/command.h"

#include "edge/call.h"
#include "edge/ticket.h"

struct ticket_made {
	const char *ticket;
};

static const struct field made_fields[] = {
	FIELD_SECRET(
	    ticket_made, ticket, TOKEN_CHARS, TOKEN_CHARS, .says = "opens one socket, once, within 30 seconds"),
	FIELD_END,
};

static gboolean
run_make(struct tx *tx, const void *ask, void *answer, GError **error)
{
	struct ticket_made *made = answer;

	(void)ask;
	if (tx_actor(tx)->kind == ACTOR_NOBODY)
		return refuse(error, REFUSED_SIGN_IN, NULL, "sign in first, or become a visitor");
	made->ticket = tx_token(tx);
	return TRUE;
}

/* A cookie's token has become a session by now: the socket holds on to that. */
static struct credential
credential_of(const struct call *call)
{
	const struct actor *actor = &call->actor;
	struct credential credential = { .kind = CREDENTIAL_SESSION, .session_id = actor->session_id };

	if (actor->kind == ACTOR_VISITOR) {
		credential.kind = CREDENTIAL_VISITOR;
		credential.visitor_until = call->credential.visitor_until;
		g_strlcpy(credential.visitor, actor->visitor, sizeof credential.visitor);
	}
	return credential;
}

static void
keep(struct call *call)
{
	const struct ticket_made *made = call->answer;
	struct credential credential = credential_of(call);

	if (call->error == NULL && !ticket_add(call->edge->tickets, made->ticket, &credential, call->work.now_ms))
		(void)fail(&call->error, FAILED_BUSY, "too many tickets are out");
	call_answer(call);
}

static void
around_make(struct call *call)
{
	call->after = keep;
	call_submit(call);
}

const struct command ticket_commands[] = {
	{
	    .name = "ticket.make",
	    .door = "POST /api/v1/tickets",
	    .may = MAY_ANYTHING,
	    /* Writes nothing, but stands in line with what ends sessions: no ticket is made after its session's end was told. */
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    ANSWERS(made_fields, ticket_made),
	    .run = run_make,
	    .around = around_make,
	    .says = "Makes a ticket for one WebSocket, which then acts as whoever made it.",
	},
	COMMANDS_END,
};
