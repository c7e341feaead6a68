/* The doors of the desk itself: its opening and its settings. */
#include "edge/command.h"

#include "desk/people/pass.h"
#include "desk/opening/opening.h"
#include "desk/setting/setting.h"
#include "edge/handshake.h"
#include "edge/shapes.h"

static const struct field desk_answer[] = {
	FIELD_LINE(setting_desk, name, LIMIT_NAME_BYTES),
	FIELD_LINE(setting_desk, language, LIMIT_LANGUAGE_BYTES),
	FIELD_LINE(setting_desk, time_zone, LIMIT_TIME_ZONE_BYTES),
	FIELD_KEY(setting_desk, site, OPTIONAL, .says = "the site of the desk's own pages"),
	FIELD_BOOL(setting_desk, is_set_up, .says = "false: the desk waits for its first administrator"),
	FIELD_BOOL(setting_desk, is_online, .says = "somebody is online who answers customers"),
	FIELD_INT(
	    setting_desk, chats_each, 1, LIMIT_ADVISOR_CHATS, .says = "chats that an advisor holds well at a time"),
	FIELD_BOOL(setting_desk, wait_for_somebody, .says = "visitors may wait while nobody is online"),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_LINE(setting_changed, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(
	    setting_changed, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "a language tag, such as en or pt-BR"),
	FIELD_LINE(
	    setting_changed, time_zone, LIMIT_TIME_ZONE_BYTES, OPTIONAL, .says = "an IANA name, such as Europe/Lisbon"),
	FIELD_INT(setting_changed, chats_each, 1, LIMIT_ADVISOR_CHATS, OPTIONAL,
	    .says = "how many chats an advisor holds well at a time: the wait that visitors are told goes by it"),
	FIELD_WORD(setting_changed, wait_for_somebody, setting_answers, OPTIONAL,
	    .says = "yes: visitors may wait while nobody is online; no: they are offered the form"),
	FIELD_END,
};

static const struct field open_fields[] = {
	FIELD_SECRET(desk_open, code, 1, LIMIT_TOKEN_BYTES, .says = "the one-time code that the console showed"),
	FIELD_EMAIL(desk_open, email, .says = "the first administrator's"),
	FIELD_LINE(desk_open, name, LIMIT_NAME_BYTES),
	FIELD_SECRET(desk_open, password, LIMIT_PASSWORD_BYTES_MIN, LIMIT_PASSWORD_BYTES),
	FIELD_LINE(desk_open, desk, LIMIT_NAME_BYTES, .says = "what the desk is called"),
	FIELD_LINE(desk_open, language, LIMIT_LANGUAGE_BYTES),
	FIELD_LINE(desk_open, time_zone, LIMIT_TIME_ZONE_BYTES),
	FIELD_END,
};

RUNS_WITHOUT_ASK(setting_get);
RUNS_WITHOUT_ANSWER(setting_change);
RUNS(desk_open);

static void
around_open(struct call *call)
{
	struct desk_open *ask = call->ask;

	ask->place = handshake_place(call);
	ask->base_url = call->edge->base_url;
	handshake_hash(call, &(struct handshake_hash) { PASS_FIRST, "code", ask->code, ask->password, &ask->hash });
}

const struct command setting_commands[] = {
	{ .name = "desk.open",
	    .door = "POST /api/v1/setup",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    TAKES(open_fields, desk_open),
	    ANSWERS(session_begun_fields, session_begun),
	    .run = run_desk_open,
	    .around = around_open,
	    .cookie = COOKIE_SESSION,
	    .audit = "opened the desk",
	    .says = "Opens a new desk with the first code: makes its administrator, and signs them in." },
	{ .name = "setting.get",
	    .door = "GET /api/v1/desk",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(desk_answer, setting_desk),
	    .run = run_setting_get,
	    .on_socket = true,
	    .says = "What everybody may know of the desk." },
	{ .name = "setting.change",
	    .door = "PUT /api/v1/desk",
	    .may = MAY_MANAGE_DESK,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(change_fields, setting_changed),
	    .run = run_setting_change,
	    .on_socket = true,
	    .audit = "changed the desk's settings",
	    .says = "Changes the desk's name, language or time zone; what is left out stays." },
	COMMANDS_END,
};
