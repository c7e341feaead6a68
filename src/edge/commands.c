/* The tables of all nouns, and the way to a row by its name: see command.h. */
#include "edge/commands.h"

#include <string.h>

#include "edge/command.h"

const struct command *const commands[] = {
	conversation_commands,
	chat_commands,
	routing_commands,
	line_commands,
	form_commands,
	rating_commands,
	promise_commands,
	block_commands,
	message_commands,
	note_commands,
	whisper_commands,
	answer_commands,
	file_commands,
	reading_commands,
	draft_commands,
	push_commands,
	ticket_commands,
	visitor_commands,
	session_commands,
	people_commands,
	trail_commands,
	team_commands,
	duty_commands,
	seat_commands,
	site_commands,
	shift_commands,
	holiday_commands,
	setting_commands,
	audit_commands,
	status_commands,
	health_commands,
	NULL,
};

/* Rows by name, made once; the loop thread's. */
static GHashTable *
index_by_name(void)
{
	GHashTable *by_name = g_hash_table_new(g_str_hash, g_str_equal);

	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			g_assert(g_hash_table_insert(by_name, (char *)command->name, (struct command *)command));
	}
	return by_name;
}

const struct command *
command_named(const char *name)
{
	static GHashTable *by_name;

	if (by_name == NULL)
		by_name = index_by_name();
	return g_hash_table_lookup(by_name, name);
}

const struct field *
command_bytes(const struct command *command)
{
	const struct field *field = command->fields;

	while (field != NULL && field->type != FIELD_TYPE_END && field->type != FIELD_TYPE_BYTES)
		field++;
	return field == NULL || field->type == FIELD_TYPE_END ? NULL : field;
}
