/* The doors of sessions: log-in, log-out, one's own sessions and password. */
#include "edge/command.h"

#include "desk/people/session.h"
#include "edge/handshake.h"
#include "edge/shapes.h"

const struct field person_me_fields[] = {
	FIELD_INT(person_me, id, 1, INT64_MAX),
	FIELD_LINE(person_me, email, LIMIT_EMAIL_BYTES),
	FIELD_LINE(person_me, name, LIMIT_NAME_BYTES),
	FIELD_WORD(person_me, role, role_names + 1),
	FIELD_WORD(person_me, status, status_names),
	FIELD_INT(person_me, session, 1, INT64_MAX, .says = "the session that asks"),
	FIELD_END,
};

const struct field session_begun_fields[] = {
	FIELD_OBJECT(session_begun, person, person_me_fields),
	FIELD_END,
};

static const struct field start_fields[] = {
	FIELD_EMAIL(session_start, email),
	FIELD_SECRET(session_start, password, 1, LIMIT_PASSWORD_BYTES),
	FIELD_END,
};

static const struct field row_fields[] = {
	FIELD_INT(session_row, session, 1, INT64_MAX),
	FIELD_LINE(session_row, address, LIMIT_NAME_BYTES, .says = "where it was started from"),
	FIELD_LINE(session_row, agent, LIMIT_NAME_BYTES, .says = "the browser, as it calls itself"),
	FIELD_TIME(session_row, created_at),
	FIELD_TIME(session_row, seen_at, .says = "when it was used, or a page of it was open, to some seconds"),
	FIELD_BOOL(session_row, is_this, .says = "the session that asks"),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(session_list, sessions, session_row, row_fields),
	FIELD_END,
};

static const struct field stop_fields[] = {
	FIELD_INT(session_ask, session, 1, INT64_MAX, IN_PATH),
	FIELD_END,
};

static const struct field password_fields[] = {
	FIELD_SECRET(session_password, old, 1, LIMIT_PASSWORD_BYTES),
	FIELD_SECRET(session_password, new, LIMIT_PASSWORD_BYTES_MIN, LIMIT_PASSWORD_BYTES),
	FIELD_END,
};

RUNS(session_start);
RUNS_ALONE(session_end);
RUNS_WITHOUT_ASK(session_list);
RUNS_WITHOUT_ANSWER(session_stop);
RUNS(session_password);

const struct command session_commands[] = {
	{ .name = "session.start",
	    .door = "POST /api/v1/session",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    TAKES(start_fields, session_start),
	    ANSWERS(session_begun_fields, session_begun),
	    .run = run_session_start,
	    .around = handshake_sign_in,
	    .cookie = COOKIE_SESSION,
	    .audit = "signed in",
	    .says = "Signs a member of staff in." },
	{ .name = "session.end",
	    .door = "DELETE /api/v1/session",
	    .may = MAY_BE_STAFF,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    .run = run_session_end,
	    .cookie = COOKIE_CLEARED,
	    .audit = "signed out",
	    .says = "Signs out." },
	{ .name = "session.list",
	    .door = "GET /api/v1/sessions",
	    .may = MAY_BE_STAFF,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, session_list),
	    .run = run_session_list,
	    .on_socket = true,
	    .says = "Lists one's own sessions, the last used first." },
	{ .name = "session.stop",
	    .door = "DELETE /api/v1/sessions/{session}",
	    .may = MAY_BE_STAFF,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(stop_fields, session_ask),
	    .run = run_session_stop,
	    .on_socket = true,
	    .audit = "ended a session",
	    .says = "Ends one of one's own sessions, with its open sockets." },
	{ .name = "person.password",
	    .door = "POST /api/v1/me/password",
	    .may = MAY_BE_STAFF,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    TAKES(password_fields, session_password),
	    ANSWERS(session_begun_fields, session_begun),
	    .run = run_session_password,
	    .around = handshake_new_password,
	    .cookie = COOKIE_SESSION,
	    .audit = "changed their password",
	    .says = "Changes one's password; all other sessions end and this one gets a new cookie." },
	COMMANDS_END,
};
