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
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LINE(setting_list, name, LIMIT_NAME_BYTES),
	FIELD_LINE(setting_list, language, LIMIT_LANGUAGE_BYTES),
	FIELD_LINE(setting_list, time_zone, LIMIT_TIME_ZONE_BYTES),
	FIELD_KEY(setting_list, site, OPTIONAL, .says = "the site of the desk's own pages"),
	FIELD_INT(
	    setting_list, chats_each, 1, LIMIT_ADVISOR_CHATS, .says = "chats that an advisor holds well at a time"),
	FIELD_BOOL(setting_list, wait_for_somebody, .says = "visitors may wait while nobody is online"),
	FIELD_BOOL(setting_list, offers,
	    .says = "waiting chats are offered to one advisor after the other; otherwise they pick"),
	FIELD_BOOL(setting_list, strict, .says = "nobody exceeds a cap, and an offered chat is only for who is asked"),
	FIELD_INT(setting_list, offer_seconds, SETTING_OFFER_SECONDS_MIN, SETTING_OFFER_SECONDS_MAX,
	    .says = "how long an advisor is asked to take a chat"),
	FIELD_INT(setting_list, wishes_seconds, 0, SETTING_WAIT_SECONDS_MAX,
	    .says = "how long a visitor waits for somebody of the team, topic and language"),
	FIELD_INT(setting_list, backup_seconds, 0, SETTING_WAIT_SECONDS_MAX,
	    .says = "how long a visitor waits before the back-ups are asked for help"),
	FIELD_INT(setting_list, quiet_minutes, 0, SETTING_QUIET_MINUTES_MAX,
	    .says = "without a word: then a chat does not count; 0: it always does"),
	FIELD_INT(setting_list, quiet_warn_minutes, 0, SETTING_QUIET_MINUTES_MAX,
	    .says = "without a word: then the visitor is told that the chat will be closed; 0: never"),
	FIELD_INT(setting_list, quiet_close_minutes, 0, SETTING_QUIET_MINUTES_MAX,
	    .says = "without a word: then the chat is closed; 0: never"),
	FIELD_INT(setting_list, wind_down_minutes, 0, SETTING_WIND_MINUTES_MAX,
	    .says = "before the end of a shift: from then on no new chats"),
	FIELD_INT(setting_list, handover_seats, 0, SETTING_HANDOVER_MAX,
	    .says = "seats of a pool beyond its size while somebody winds down"),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_LINE(setting_changed, name, LIMIT_NAME_BYTES, OPTIONAL),
	FIELD_LINE(
	    setting_changed, language, LIMIT_LANGUAGE_BYTES, OPTIONAL, .says = "a language tag, such as en or pt-BR"),
	FIELD_LINE(
	    setting_changed, time_zone, LIMIT_TIME_ZONE_BYTES, OPTIONAL, .says = "an IANA name, such as Europe/Lisbon"),
	FIELD_INT(setting_changed, chats_each, 1, LIMIT_ADVISOR_CHATS, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "how many chats an advisor holds at a time who has no cap of their own"),
	FIELD_WORD(setting_changed, wait_for_somebody, setting_answers, OPTIONAL,
	    .says = "yes: visitors may wait while nobody is online; no: they are offered the form"),
	FIELD_WORD(setting_changed, offers, setting_answers, OPTIONAL,
	    .says = "yes: waiting chats are offered to one advisor after the other; no: they pick from the line"),
	FIELD_WORD(setting_changed, strict, setting_answers, OPTIONAL,
	    .says = "yes: nobody exceeds a cap, and an offered chat is only for who is asked"),
	FIELD_INT(setting_changed, offer_seconds, SETTING_OFFER_SECONDS_MIN, SETTING_OFFER_SECONDS_MAX, OPTIONAL,
	    .otherwise = SETTING_KEPT, .says = "how long an advisor is asked to take a chat"),
	FIELD_INT(setting_changed, wishes_seconds, 0, SETTING_WAIT_SECONDS_MAX, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "how long a visitor waits for somebody of the team, topic and language"),
	FIELD_INT(setting_changed, backup_seconds, 0, SETTING_WAIT_SECONDS_MAX, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "how long a visitor waits before the back-ups are asked for help"),
	FIELD_INT(setting_changed, quiet_minutes, 0, SETTING_QUIET_MINUTES_MAX, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "without a word: then a chat does not count; 0: it always does"),
	FIELD_INT(setting_changed, quiet_warn_minutes, 0, SETTING_QUIET_MINUTES_MAX, OPTIONAL,
	    .otherwise = SETTING_KEPT,
	    .says = "without a word: then the visitor is told that the chat will be closed; 0: never"),
	FIELD_INT(setting_changed, quiet_close_minutes, 0, SETTING_QUIET_MINUTES_MAX, OPTIONAL,
	    .otherwise = SETTING_KEPT, .says = "without a word: then the chat is closed; 0: never"),
	FIELD_INT(setting_changed, wind_down_minutes, 0, SETTING_WIND_MINUTES_MAX, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "before the end of a shift: from then on no new chats"),
	FIELD_INT(setting_changed, handover_seats, 0, SETTING_HANDOVER_MAX, OPTIONAL, .otherwise = SETTING_KEPT,
	    .says = "seats of a pool beyond its size while somebody winds down"),
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
RUNS_WITHOUT_ASK(setting_list);
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
	{ .name = "setting.list",
	    .door = "GET /api/v1/settings",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, setting_list),
	    .run = run_setting_list,
	    .on_socket = true,
	    .says = "All settings of the desk, among them how chats are handed out." },
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
	    .says = "Changes the desk's settings; what is left out stays." },
	COMMANDS_END,
};
