/*
 * The list of the nouns' command tables: one line here, and one in commands.c, gives a noun its doors.
 */
#pragma once

#include "edge/command.h"

extern const struct command conversation_commands[];
extern const struct command chat_commands[];
extern const struct command line_commands[];
extern const struct command routing_commands[];
extern const struct command form_commands[];
extern const struct command rating_commands[];
extern const struct command promise_commands[];
extern const struct command block_commands[];
extern const struct command message_commands[];
extern const struct command note_commands[];
extern const struct command whisper_commands[];
extern const struct command answer_commands[];
extern const struct command file_commands[];
extern const struct command reading_commands[];
extern const struct command draft_commands[];
extern const struct command push_commands[];
extern const struct command ticket_commands[];
extern const struct command visitor_commands[];
extern const struct command session_commands[];
extern const struct command people_commands[];
extern const struct command trail_commands[];
extern const struct command team_commands[];
extern const struct command duty_commands[];
extern const struct command seat_commands[];
extern const struct command status_commands[];
extern const struct command shift_commands[];
extern const struct command holiday_commands[];
extern const struct command site_commands[];
extern const struct command setting_commands[];
extern const struct command audit_commands[];
extern const struct command health_commands[];
