/*
 * docgen: writes what can be told from the tables, so that it is never told wrongly.
 *
 *     docgen DOCS CLIENT
 *
 * writes DOCS/api.md (commands), events.md, limits.md, permissions.md, settings.md and CLIENT/api.gen.ts (the types of every command
 * and event for the pages). script/lint runs it into a temporary folder and compares.
 *
 * Linked with the program's own tables: there is no second description of anything.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "app/settings.h"
#include "base/limits.h"
#include "edge/command.h"
#include "edge/event_shapes.h"
#include "edge/flood.h"
#include "edge/shapes.h"

#define GENERATED "<!-- Made by tools/docgen from the tables in the source: never edited. -->\n\n"

static void
write_file(const char *folder, const char *name, GString *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GError) error = NULL;

	if (!g_file_set_contents(path, text->str, (gssize)text->len, &error))
		g_error("%s", error->message);
	g_string_free(text, TRUE);
}

/* ---- Markdown ---- */

static const char *
type_word(const struct field *field)
{
	static const char *const words[] = {
		[FIELD_TYPE_INT] = "integer",
		[FIELD_TYPE_TEXT] = "text",
		[FIELD_TYPE_LINE] = "line",
		[FIELD_TYPE_SECRET] = "secret",
		[FIELD_TYPE_EMAIL] = "e-mail",
		[FIELD_TYPE_CALLER] = "caller's id",
		[FIELD_TYPE_KEY] = "public id",
		[FIELD_TYPE_BOOL] = "boolean",
		[FIELD_TYPE_TIME] = "time",
		[FIELD_TYPE_WORD] = "word",
		[FIELD_TYPE_OBJECT] = "object",
		[FIELD_TYPE_BYTES] = "bytes, the whole body as `application/octet-stream`",
		[FIELD_TYPE_LIST] = "list",
	};

	return words[field->type];
}

static void
add_bounds(GString *out, const struct field *field)
{
	switch (field->type) {
	case FIELD_TYPE_WORD: {
		g_autofree char *words = g_strjoinv("`, `", (char **)field->words);

		g_string_append_printf(out, ": `%s`", words);
		break;
	}
	case FIELD_TYPE_INT:
		if (field->max < INT64_MAX)
			g_string_append_printf(
			    out, ", %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, field->min, field->max);
		else
			g_string_append_printf(out, ", from %" G_GINT64_FORMAT, field->min);
		if (field->otherwise != 0 && field->otherwise >= field->min)
			g_string_append_printf(out, ", else %" G_GINT64_FORMAT, field->otherwise);
		break;
	case FIELD_TYPE_LIST:
		if (field->max > 0)
			g_string_append_printf(
			    out, ", %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " rows", field->min, field->max);
		break;
	default:
		if (field->max > 0)
			g_string_append_printf(
			    out, ", %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " bytes", field->min, field->max);
	}
}

static void add_fields(GString *out, const struct field *fields, const char *prefix);

static void
add_field(GString *out, const struct field *field, const char *name)
{
	static const char *const places[] = { "", "path", "query" };

	g_string_append_printf(out, "| `%s` | %s", name, type_word(field));
	add_bounds(out, field);
	g_string_append_printf(out, " | %s%s%s | %s |\n", places[field->place],
	    field->place != PLACE_BODY && field->is_optional ? ", " : "", field->is_optional ? "optional" : "",
	    field->says == NULL ? "" : field->says);
	if (field->is_plain) {
		g_autofree char *inner = g_strconcat(name, "[]", NULL);

		add_field(out, &field->fields[0], inner);
	} else if (field->fields != NULL) {
		g_autofree char *inner = g_strconcat(name, field->type == FIELD_TYPE_LIST ? "[]." : ".", NULL);

		add_fields(out, field->fields, inner);
	}
}

static void
add_fields(GString *out, const struct field *fields, const char *prefix)
{
	for (const struct field *field = fields; field->type != FIELD_TYPE_END; field++) {
		g_autofree char *name = g_strconcat(prefix, field->name, NULL);

		add_field(out, field, name);
	}
}

static void
add_table(GString *out, const char *title, const struct field *fields)
{
	if (fields == NULL || fields->type == FIELD_TYPE_END)
		return;
	g_string_append_printf(out, "\n| %s | type | | |\n|---|---|---|---|\n", title);
	add_fields(out, fields, "");
}

static const char *
once_words(const struct command *command)
{
	switch (command->once) {
	case ONCE_BY_RECEIPT:
		return "the same id again gets the first answer";
	case ONCE_BY_ITSELF:
		return "the same id again gets the first answer, for ever";
	default:
		return command->kind == COMMAND_READ ? "reads only" : "takes no id";
	}
}

static void
add_command(GString *out, const struct command *command)
{
	g_string_append_printf(out, "\n## %s\n\n`%s`\n\n%s\n\n", command->name, command->door, command->says);
	g_string_append_printf(out, "Who: %s (%s). Repeated: %s.%s%s\n", permission_name(command->may),
	    permission_says(command->may), once_words(command), command->on_socket ? " Also over a socket." : "",
	    command->audit != NULL ? " Leaves an audit line." : "");
	add_table(out, "takes", command->fields);
	add_table(out, "answers", command->answers);
	if (command->codes != NULL) {
		g_autofree char *codes = g_strjoinv("`, `", (char **)command->codes);

		g_string_append_printf(out, "\nRefused with a `code`: `%s`.\n", codes);
	}
}

static void
write_api(const char *folder)
{
	GString *out = g_string_new(
	    "# The commands\n\n" GENERATED
	    "How they are sent, refused and repeated stands in [protocol.md](protocol.md). \"optional\" fields may be left out or be `null`; in answers\n"
	    "they are left out when there is nothing to say. Lengths count bytes of UTF-8.\n\n");

	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			g_string_append_printf(out, "- `%s` — `%s`\n", command->name, command->door);
	}
	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			add_command(out, command);
	}
	write_file(folder, "api.md", out);
}

static void
write_permissions(const char *folder)
{
	static const char letters[] = "valbcpA";
	static const char *const roles[] = { "visitor", "advisor", "lead", "back-up", "consultant", "production team",
		"administrator" };
	GString *out = g_string_new("# Who may do what\n\n" GENERATED "| permission | ");

	for (unsigned i = 0; i < G_N_ELEMENTS(roles); i++)
		g_string_append_printf(out, "%s | ", roles[i]);
	g_string_append(out, "what |\n|---|---|---|---|---|---|---|---|---|\n");
	for (enum permission permission = 0; permission < PERMISSIONS; permission++) {
		const char *has = permission_roles(permission);

		g_string_append_printf(out, "| %s | ", permission_name(permission));
		for (unsigned i = 0; i < G_N_ELEMENTS(roles); i++) {
			bool is_staff = letters[i] != 'v' && strchr(has, 's') != NULL;

			g_string_append(out,
			    strchr(has, '*') != NULL || is_staff || strchr(has, letters[i]) != NULL ? "yes | "
												    : "– | ");
		}
		g_string_append_printf(out, "%s |\n", permission_says(permission));
	}
	write_file(folder, "permissions.md", out);
}

static void
write_floods(GString *out)
{
	static const char *const of[FLOOD_WHOS] = {
		[BY_ADDRESS] = "an address",
		[BY_VISITOR] = "a visitor",
		[BY_STAFF] = "a session of staff",
		[BY_SITE] = "a site",
	};

	g_string_append(out,
	    "\n## How much is too much\n\nSo much at once, and so much again in a while; past it 429 `flood`, with `Retry-After`. A request counts"
	    " for its address and for who asks, what begins at a site for the site too.\n\n"
	    "| of | at once | again | what |\n|---|---|---|---|\n");
#define FLOOD(kind, who, per, seconds, burst, says)                                                                    \
	g_string_append_printf(out, "| %s | %d | %d in %d s | %s |\n", of[who], burst, per, seconds, says);
#include "edge/flood.def"
#undef FLOOD
}

static void
write_limits(const char *folder)
{
	GString *out =
	    g_string_new("# The limits\n\n" GENERATED "| limit | value | unit | of what |\n|---|---|---|---|\n");

#define LIMIT(name, value, unit, says)                                                                                 \
	g_string_append_printf(out, "| %s | %" G_GINT64_FORMAT " | %s | %s |\n", #name, (gint64)(value), unit, says);
#include "base/limits.def"
#undef LIMIT
	write_floods(out);
	write_file(folder, "limits.md", out);
}

static void
write_settings(const char *folder)
{
	GString *out = g_string_new(
	    "# The settings of the program\n\n" GENERATED
	    "They stand in `softanswer.conf` in the data folder, in the group `[softanswer]`. Options of the command line go before them.\n\n"
	    "| setting | otherwise | what it means |\n|---|---|---|\n");

	for (const struct settings_row *row = settings_rows; row->name != NULL; row++)
		g_string_append_printf(out,
		    *row->otherwise == '\0' ? "| `%s` | (empty%s) | %s |\n" : "| `%s` | `%s` | %s |\n", row->name,
		    row->otherwise, row->says);
	write_file(folder, "settings.md", out);
}

static void
write_events(const char *folder)
{
	GString *out = g_string_new(
	    "# The events\n\n" GENERATED
	    "What a socket is sent after `watch` ([protocol.md](protocol.md), 4). The sender puts the event's name into `event`.\n");

	for (enum event_kind kind = 0; kind < EVENT_KINDS; kind++) {
		const struct field *shape = event_shape(kind);

		if (shape == NULL)
			continue;
		g_string_append_printf(out, "\n## %s\n\n%s\n", event_row(kind)->name, event_row(kind)->says);
		add_table(out, "carries", shape);
	}
	write_file(folder, "events.md", out);
}

/* ---- TypeScript ---- */

static void
add_type_name(GString *out, const char *name)
{
	bool is_start = true;

	for (; *name != '\0'; name++) {
		if (*name == '.' || *name == '_') {
			is_start = true;
			continue;
		}
		g_string_append_c(out, is_start ? g_ascii_toupper(*name) : *name);
		is_start = false;
	}
}

static void add_shape(GString *out, const struct field *fields, int depth, bool with_place, enum field_place place);

static void
add_type(GString *out, const struct field *field, int depth)
{
	switch (field->type) {
	case FIELD_TYPE_INT:
		g_string_append(out, "number");
		break;
	case FIELD_TYPE_BOOL:
		g_string_append(out, "boolean");
		break;
	case FIELD_TYPE_BYTES:
		g_string_append(out, "Blob");
		break;
	case FIELD_TYPE_WORD: {
		g_autofree char *words = g_strjoinv("\" | \"", (char **)field->words);

		g_string_append_printf(out, "\"%s\"", words);
		break;
	}
	case FIELD_TYPE_OBJECT:
		add_shape(out, field->fields, depth + 1, false, PLACE_BODY);
		break;
	case FIELD_TYPE_LIST:
		g_string_append(out, "Array<");
		if (field->is_plain)
			add_type(out, &field->fields[0], depth);
		else
			add_shape(out, field->fields, depth + 1, false, PLACE_BODY);
		g_string_append_c(out, '>');
		break;
	default:
		g_string_append(out, "string");
	}
}

static void
add_shape(GString *out, const struct field *fields, int depth, bool with_place, enum field_place place)
{
	g_string_append(out, "{\n");
	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		if (with_place && field->place != place)
			continue;
		if (field->says != NULL)
			g_string_append_printf(out, "%*s/** %s */\n", depth * 2, "", field->says);
		g_string_append_printf(out, "%*s%s%s: ", depth * 2, "", field->name, field->is_optional ? "?" : "");
		add_type(out, field, depth);
		g_string_append(out, ";\n");
	}
	g_string_append_printf(out, "%*s}", (depth - 1) * 2, "");
}

static void
add_interface(GString *out, const char *name, const char *suffix, const struct field *fields)
{
	g_string_append(out, "export interface ");
	add_type_name(out, name);
	g_string_append_printf(out, "%s ", suffix);
	add_shape(out, fields, 1, false, PLACE_BODY);
	g_string_append(out, "\n\n");
}

static void
add_codes(GString *out, const struct command *command)
{
	g_autofree char *codes = command->codes == NULL ? NULL : g_strjoinv("\" | \"", (char **)command->codes);

	if (codes == NULL)
		return;
	g_string_append(out, "export type ");
	add_type_name(out, command->name);
	g_string_append_printf(out, "Code = \"%s\";\n\n", codes);
}

static void
add_row(GString *out, const struct command *command)
{
	g_string_append_printf(
	    out, "  /** %s `%s` */\n  \"%s\": { asks: ", command->says, command->door, command->name);
	add_type_name(out, command->name);
	g_string_append(out, "Ask; answers: ");
	add_type_name(out, command->name);
	g_string_append(out, "Answer };\n");
}

static void
add_doors(GString *out)
{
	g_string_append(out, "/** The door of every command: method and path. */\nexport const doors = {\n");
	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++)
			g_string_append_printf(out, "  \"%s\": \"%s\",\n", command->name, command->door);
	}
	g_string_append(out, "} as const;\n");
}

/* " name: [0, 1000]," for each number of the body that has a maximum, and of a list how many rows. */
static void
add_range(GString *out, const struct field *fields)
{
	for (const struct field *field = fields; field != NULL && field->type != FIELD_TYPE_END; field++) {
		bool is_counted = field->type == FIELD_TYPE_INT || field->type == FIELD_TYPE_LIST;

		if (is_counted && field->place == PLACE_BODY && field->max < INT64_MAX)
			g_string_append_printf(out, " %s: [%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "],", field->name,
			    field->min, field->max);
	}
}

/* So that a form refuses what the desk would refuse, and says so beside the field. */
static void
add_ranges(GString *out)
{
	g_string_append(out,
	    "/** The least and the most of the numbers that commands take, and of the rows of lists. */\nexport const ranges = {\n");
	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++) {
			g_autoptr(GString) bounds = g_string_new(NULL);

			add_range(bounds, command->fields);
			if (bounds->len > 0)
				g_string_append_printf(out, "  \"%s\": {%s },\n", command->name, bounds->str);
		}
	}
	g_string_append(out, "} as const;\n");
}

static void
write_types(const char *folder)
{
	GString *out = g_string_new("// Made by tools/docgen from the command table: never edited.\n\n");
	GString *rows = g_string_new("export interface Commands {\n");

	for (const struct command *const *table = commands; *table != NULL; table++) {
		for (const struct command *command = *table; command->name != NULL; command++) {
			add_interface(out, command->name, "Ask", command->fields);
			add_interface(out, command->name, "Answer", command->answers);
			add_codes(out, command);
			add_row(rows, command);
		}
	}
	add_interface(out, "item", "", item_fields);
	add_interface(out, "chat", "Row", chat_row_fields);
	for (enum event_kind kind = 0; kind < EVENT_KINDS; kind++) {
		if (event_shape(kind) != NULL)
			add_interface(out, event_row(kind)->name, "Event", event_shape(kind));
	}
	g_string_append_printf(out, "%s}\n\n", rows->str);
	g_string_free(rows, TRUE);
	add_doors(out);
	add_ranges(out);
	write_file(folder, "api.gen.ts", out);
}

int
main(int count, char **arguments)
{
	if (count != 3) {
		fputs("usage: docgen DOCS CLIENT\n", stderr);
		return 2;
	}
	write_api(arguments[1]);
	write_permissions(arguments[1]);
	write_limits(arguments[1]);
	write_settings(arguments[1]);
	write_events(arguments[1]);
	write_types(arguments[2]);
	return 0;
}
