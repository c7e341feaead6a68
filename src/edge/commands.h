/*
 * The list of the nouns' command tables: one line here, and one in commands.c, gives a noun its doors.
 */
#pragma once

#include "edge/command.h"

extern const struct command conversation_commands[], chat_commands[], message_commands[], note_commands[], ticket_commands[],
    visitor_commands[];
extern const struct command ticket_commands[], visitor_commands[];
