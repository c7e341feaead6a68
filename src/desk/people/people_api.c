/* The doors of people, invitations and password resets. */
#include "edge/call.h"
#include "edge/command.h"

#include "desk/people/pass.h"
#include "desk/people/people.h"
#include "edge/handshake.h"
#include "edge/shapes.h"

static const struct field person_fields[] = {
	FIELD_INT(person, id, 1, INT64_MAX),
	FIELD_LINE(person, email, LIMIT_EMAIL_BYTES),
	FIELD_LINE(person, name, LIMIT_NAME_BYTES),
	FIELD_WORD(person, role, role_names + 1),
	FIELD_WORD(person, status, status_names),
	FIELD_BOOL(person, is_disabled),
	FIELD_TIME(person, created_at),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(person_list, people, person, person_fields),
	FIELD_END,
};

static const struct field role_fields[] = {
	FIELD_INT(person_role, person, 1, INT64_MAX, IN_PATH),
	FIELD_WORD(person_role, role, role_names + 1),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_INT(person_ask, person, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field invite_fields[] = {
	FIELD_EMAIL(invitation_make, email),
	FIELD_LINE(invitation_make, name, LIMIT_NAME_BYTES),
	FIELD_WORD(invitation_make, role, role_names + 1),
	FIELD_END,
};

static const struct field link_answer[] = {
	FIELD_SECRET(pass_link, link, 1, LIMIT_PAGE_BYTES, .says = "shown this once: hand it on; it works once"),
	FIELD_TIME(pass_link, expires_at),
	FIELD_END,
};

static const struct field invitation_fields[] = {
	FIELD_INT(invitation_row, invitation, 1, INT64_MAX),
	FIELD_LINE(invitation_row, email, LIMIT_EMAIL_BYTES),
	FIELD_LINE(invitation_row, name, LIMIT_NAME_BYTES),
	FIELD_WORD(invitation_row, role, role_names + 1),
	FIELD_LINE(invitation_row, made_by, LIMIT_NAME_BYTES, OPTIONAL, .says = "left out: the command line"),
	FIELD_TIME(invitation_row, made_at),
	FIELD_TIME(invitation_row, expires_at),
	FIELD_END,
};

static const struct field invitations_answer[] = {
	FIELD_LIST(invitation_list, invitations, invitation_row, invitation_fields),
	FIELD_END,
};

static const struct field withdraw_fields[] = {
	FIELD_INT(invitation_ask, invitation, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field accept_fields[] = {
	FIELD_SECRET(invitation_accept, token, 1, LIMIT_TOKEN_BYTES, .says = "of the link, after the #"),
	FIELD_LINE(invitation_accept, name, LIMIT_NAME_BYTES, OPTIONAL, .says = "left out: as the invitation says"),
	FIELD_SECRET(invitation_accept, password, LIMIT_PASSWORD_BYTES_MIN, LIMIT_PASSWORD_BYTES),
	FIELD_END,
};

static const struct field reset_fields[] = {
	FIELD_INT(reset_make, person, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field use_fields[] = {
	FIELD_SECRET(reset_use, token, 1, LIMIT_TOKEN_BYTES, .says = "of the link, after the #"),
	FIELD_SECRET(reset_use, password, LIMIT_PASSWORD_BYTES_MIN, LIMIT_PASSWORD_BYTES),
	FIELD_END,
};

RUNS_WITHOUT_ASK(person_me);
RUNS_WITHOUT_ASK(person_list);
RUNS_WITHOUT_ANSWER(person_role);
RUNS_WITHOUT_ANSWER(person_disable);
RUNS_WITHOUT_ANSWER(person_enable);
RUNS(invitation_make);
RUNS_WITHOUT_ASK(invitation_list);
RUNS_WITHOUT_ANSWER(invitation_withdraw);
RUNS(invitation_accept);
RUNS(reset_make);
RUNS_WITHOUT_ANSWER(reset_use);

static void
around_invite(struct call *call)
{
	((struct invitation_make *)call->ask)->base_url = call->edge->base_url;
	call_submit(call);
}

static void
around_reset(struct call *call)
{
	((struct reset_make *)call->ask)->base_url = call->edge->base_url;
	call_submit(call);
}

static void
around_accept(struct call *call)
{
	struct invitation_accept *ask = call->ask;

	ask->place = handshake_place(call);
	handshake_hash(
	    call, &(struct handshake_hash) { PASS_INVITATION, "token", ask->token, ask->password, &ask->hash });
}

static void
around_use(struct call *call)
{
	struct reset_use *ask = call->ask;

	handshake_hash(call, &(struct handshake_hash) { PASS_RESET, "token", ask->token, ask->password, &ask->hash });
}

const struct command people_commands[] = {
	{ .name = "person.me",
	    .door = "GET /api/v1/me",
	    .may = MAY_BE_STAFF,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(person_me_fields, person_me),
	    .run = run_person_me,
	    .on_socket = true,
	    .says = "Who is asking." },
	{ .name = "person.list",
	    .door = "GET /api/v1/people",
	    .may = MAY_SEE_PEOPLE,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, person_list),
	    .run = run_person_list,
	    .on_socket = true,
	    .says = "Lists who belongs to the desk, by name." },
	{ .name = "person.role",
	    .door = "POST /api/v1/people/{person}/role",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(role_fields, person_role),
	    .run = run_person_role,
	    .on_socket = true,
	    .audit = "changed a role",
	    .says = "Gives somebody another role, and ends their sessions." },
	{ .name = "person.disable",
	    .door = "POST /api/v1/people/{person}/disable",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, person_ask),
	    .run = run_person_disable,
	    .on_socket = true,
	    .audit = "disabled an account",
	    .says = "Disables an account, and ends its sessions." },
	{ .name = "person.enable",
	    .door = "POST /api/v1/people/{person}/enable",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, person_ask),
	    .run = run_person_enable,
	    .on_socket = true,
	    .audit = "enabled an account",
	    .says = "Lets a disabled account sign in again." },
	{ .name = "invitation.make",
	    .door = "POST /api/v1/invitations",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(invite_fields, invitation_make),
	    ANSWERS(link_answer, pass_link),
	    .run = run_invitation_make,
	    .around = around_invite,
	    .audit = "invited somebody",
	    .says = "Invites somebody, and answers a link to hand on; a new one replaces the one before." },
	{ .name = "invitation.list",
	    .door = "GET /api/v1/invitations",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(invitations_answer, invitation_list),
	    .run = run_invitation_list,
	    .on_socket = true,
	    .says = "Lists the open invitations, newest first." },
	{ .name = "invitation.withdraw",
	    .door = "DELETE /api/v1/invitations/{invitation}",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(withdraw_fields, invitation_ask),
	    .run = run_invitation_withdraw,
	    .on_socket = true,
	    .audit = "withdrew an invitation",
	    .says = "Withdraws an invitation: its link opens nothing any more." },
	{ .name = "invitation.accept",
	    .door = "POST /api/v1/invitations/accept",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    TAKES(accept_fields, invitation_accept),
	    ANSWERS(session_begun_fields, session_begun),
	    .run = run_invitation_accept,
	    .around = around_accept,
	    .cookie = COOKIE_SESSION,
	    .audit = "joined by an invitation",
	    .says = "Joins the desk by an invitation, with a password of one's own, and signs in." },
	{ .name = "reset.make",
	    .door = "POST /api/v1/people/{person}/reset",
	    .may = MAY_MANAGE_PEOPLE,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(reset_fields, reset_make),
	    ANSWERS(link_answer, pass_link),
	    .run = run_reset_make,
	    .around = around_reset,
	    .audit = "made a link to reset a password",
	    .says = "Answers a link with which somebody can set a new password." },
	{ .name = "reset.use",
	    .door = "POST /api/v1/resets/use",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    TAKES(use_fields, reset_use),
	    .run = run_reset_use,
	    .around = around_use,
	    .audit = "reset a password by a link",
	    .says = "Sets a new password by a link, and ends every session." },
	COMMANDS_END,
};
