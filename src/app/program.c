/* What the sub-commands share: see program.h. */
#include "app/program.h"

#include <stdio.h>
#include <string.h>

int
program_fails(const struct program *program, GError *error)
{
	fprintf(stderr, "softanswer %s: %s\n", program->name, error->message);
	g_error_free(error);
	return 1;
}

static bool
wrong(const struct program *program, const char *says, int *code)
{
	fprintf(
	    stderr, "softanswer %s: %s\nusage: softanswer %s %s\n", program->name, says, program->name, program->usage);
	*code = 2;
	return false;
}

/* GOption wants a program name in front, and changes the list that it is given. */
static char **
with_name(int count, char **arguments)
{
	char **list = g_new0(char *, count + 2);

	list[0] = g_strdup("softanswer");
	for (int i = 0; i < count; i++)
		list[i + 1] = g_strdup(arguments[i]);
	return list;
}

static GOptionContext *
context_of(const struct program *program, const GOptionEntry *entries)
{
	GOptionContext *context = g_option_context_new(NULL);

	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_summary(context, program->says);
	g_option_context_add_main_entries(context, entries, NULL);
	return context;
}

static bool
asks_for_help(int count, char **arguments)
{
	for (int i = 0; i < count; i++) {
		if (g_str_equal(arguments[i], "--help") || g_str_equal(arguments[i], "-h"))
			return true;
	}
	return false;
}

static void
print_help(const struct program *program, const GOptionEntry *entries)
{
	printf("softanswer %s %s\n\n%s\n\n", program->name, program->usage, program->says);
	for (; entries != NULL && entries->long_name != NULL; entries++) {
		const char *what = entries->arg_description == NULL ? "" : entries->arg_description;

		printf("  --%s %-*s %s\n", entries->long_name, (int)(16 - strlen(entries->long_name)), what,
		    entries->description);
	}
}

bool
program_options(const struct program *program, int count, char **arguments, const GOptionEntry *entries, int rest_count,
    char **rest, int *code)
{
	g_autoptr(GOptionContext) context = context_of(program, entries);
	g_auto(GStrv) list = with_name(count, arguments);
	g_autoptr(GError) error = NULL;

	if (asks_for_help(count, arguments)) {
		print_help(program, entries);
		*code = 0;
		return false;
	}
	if (!g_option_context_parse_strv(context, &list, &error))
		return wrong(program, error->message, code);
	if ((int)g_strv_length(list) - 1 != rest_count)
		return wrong(program, rest_count == 0 ? "takes no words" : "wants other words", code);
	for (int i = 0; i < rest_count; i++)
		rest[i] = g_strdup(list[i + 1]);
	return true;
}

/* ---- Sub-commands that work on a data folder ---- */

/* The body's entries and --data. */
static GArray *
entries_of(const struct program_body *body, char **folder)
{
	GArray *entries = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
	const GOptionEntry data = { "data", 0, 0, G_OPTION_ARG_FILENAME, folder, "the data folder", "FOLDER" };

	g_array_append_val(entries, data);
	for (const GOptionEntry *entry = body->entries; entry != NULL && entry->long_name != NULL; entry++)
		g_array_append_vals(entries, entry, 1);
	return entries;
}

static const char *
folder_of(const char *given)
{
	const char *from_environment = g_getenv("SOFTANSWER_DATA");

	return given != NULL ? given : from_environment != NULL ? from_environment : "data";
}

static gboolean
run_at(struct place *place, char **words, const struct program_body *body, GError **error)
{
	struct program_at at = { .place = place, .words = words, .data = body->data };

	if (body->opens && (at.store = place_open(place, PLACE_LOOK, error)) == NULL)
		return FALSE;

	gboolean is_done = body->run(&at, error);

	if (at.store != NULL)
		store_close(at.store);
	return is_done;
}

int
program_at_place(const struct program *program, int count, char **arguments, const struct program_body *body)
{
	g_autofree char *folder = NULL;
	g_autoptr(GArray) entries = entries_of(body, &folder);
	g_auto(GStrv) words = g_new0(char *, body->words + 1);
	GError *error = NULL;
	struct place place;
	int code;

	if (!program_options(program, count, arguments, (const GOptionEntry *)entries->data, body->words, words, &code))
		return code;
	if (!place_find(folder_of(folder), &place, &error))
		return program_fails(program, error);
	code = run_at(&place, words, body, &error) ? 0 : 1;
	place_clear(&place);
	return error == NULL ? code : program_fails(program, error);
}
