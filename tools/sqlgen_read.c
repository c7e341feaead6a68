/* Reading of sqlgen: files, and what stands where in them. See sqlgen.c. */
#include "sqlgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const engine_words[ENGINES] = { "sqlite", "postgres" };

/* Where the reading of one file stands. */
struct source {
	struct place place;
	char **lines; /* from place.line on */
};

void
complain(struct place place, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%d: ", place.file, place.line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static const char *
line_next(struct source *source)
{
	source->place.line++;
	return *source->lines == NULL ? NULL : *source->lines++;
}

static int
open_brackets(const char *text)
{
	int open = 0;

	for (; *text != '\0'; text++)
		open += *text == '(' ? 1 : *text == ')' ? -1 : 0;
	return open;
}

/* A declaration goes on over comment lines until its brackets are closed, and on a line that starts with "->". */
static char *
declaration_read(struct source *source, const char *line)
{
	GString *declaration = g_string_new(line);

	while (*source->lines != NULL && g_str_has_prefix(*source->lines, "--")) {
		const char *more = *source->lines + 2;

		skip_space(&more);
		if (open_brackets(declaration->str) <= 0 && !g_str_has_prefix(more, "->"))
			break;
		g_string_append_printf(declaration, " %s", more);
		line_next(source);
	}
	return g_string_free(declaration, FALSE);
}

static char *
sql_read(struct source *source, const struct query *query)
{
	GString *sql = g_string_new(NULL);

	for (;;) {
		const char *line = line_next(source);

		if (line == NULL || g_str_has_prefix(line, "-- :"))
			complain(query->place, "\"%s\" does not end: \";\" is missing", query->name);
		if (append_line(sql, line, source->place))
			return g_string_free(sql, FALSE);
	}
}

static struct query *
query_named(const struct noun *noun, const char *name)
{
	for (guint i = 0; i < noun->queries->len; i++) {
		struct query *query = noun->queries->pdata[i];

		if (strcmp(query->name, name) == 0)
			return query;
	}
	return NULL;
}

static void
params_all_used(const struct query *query, struct place place)
{
	for (guint i = 0; i < query->params->len; i++) {
		struct slot *slot = &g_array_index(query->params, struct slot, i);

		if (!slot->is_used)
			complain(place, "\"%s\" declares %s and does not use it", query->name, slot->name);
		slot->is_used = false;
	}
}

static void
text_set(struct query *query, const char *sql, enum engine engine)
{
	query->texts[engine] = text_for(sql, query, engine);
	if (query->texts[engine] != NULL)
		params_all_used(query, query->place);
}

static void
columns_borrow(const struct noun *noun, struct query *query)
{
	struct query *lender = query_named(noun, query->like);

	if (lender == NULL || lender->like != NULL || (lender->result != RESULT_ONE && lender->result != RESULT_MANY))
		complain(query->place, "\"%s\": no query above declares rows called \"%s\"", query->name, query->like);
	query->columns = lender->columns;
}

static void
query_read(struct noun *noun, struct source *source, const char *line, const char *comment)
{
	struct place place = source->place;
	struct query *query = declaration_parse(declaration_read(source, line), place, false);
	g_autofree char *sql = sql_read(source, query);

	if (query->like != NULL)
		columns_borrow(noun, query);
	if (query_named(noun, query->name) != NULL)
		complain(place, "there are two queries \"%s\"", query->name);
	query->comment = g_strdup(comment);
	text_set(query, sql, ENGINE_SQLITE);
	text_set(query, sql, ENGINE_POSTGRES);
	g_ptr_array_add(noun->queries, query);
}

/* A query in the file of one engine replaces that engine's text. */
static void
override_read(struct noun *noun, struct source *source, const char *line, enum engine engine)
{
	struct query *named = declaration_parse(line, source->place, true);
	struct query *query = query_named(noun, named->name);

	if (query == NULL)
		complain(source->place, "%s.sql declares no query \"%s\"", noun->name, named->name);

	struct place declared = query->place;
	g_autofree char *sql = sql_read(source, named);

	query->place = named->place;
	text_set(query, sql, engine);
	query->place = declared;
}

/* Reads every query of a file; `engine` is ENGINES for the file that both engines share. */
static void
file_read(struct noun *noun, const char *file, enum engine engine)
{
	g_autoptr(GError) error = NULL;
	char *content;
	GString *comment = g_string_new(NULL);
	struct source source = { .place = { .file = file } };
	const char *line;

	if (!g_file_get_contents(file, &content, NULL, &error))
		complain(source.place, "%s", error->message);
	source.lines = g_strsplit(content, "\n", -1);
	while ((line = line_next(&source)) != NULL) {
		if (g_str_has_prefix(line, "-- :")) {
			if (engine == ENGINES)
				query_read(noun, &source, line + 4, comment->str);
			else
				override_read(noun, &source, line + 4, engine);
			g_string_truncate(comment, 0);
		} else if (g_str_has_prefix(line, "--")) {
			g_string_append_printf(comment, "%s%s", comment->len > 0 ? "\n *" : "", line + 2);
		} else if (*g_strstrip(g_strdup(line)) == '\0') {
			g_string_truncate(comment, 0);
		} else {
			complain(source.place, "this belongs to no query: \"%s\"", line);
		}
	}
}

static struct noun *
noun_named(GPtrArray *nouns, const char *name)
{
	for (guint i = 0; i < nouns->len; i++) {
		struct noun *noun = nouns->pdata[i];

		if (strcmp(noun->name, name) == 0)
			return noun;
	}
	return NULL;
}

static void
shared_file_read(GPtrArray *nouns, const char *file, char **parts)
{
	struct noun *noun = g_new0(struct noun, 1);

	if (noun_named(nouns, parts[0]) != NULL)
		complain((struct place) { .file = file }, "there are two files %s.sql", parts[0]);
	noun->name = parts[0];
	noun->queries = g_ptr_array_new();
	g_ptr_array_add(nouns, noun);
	file_read(noun, file, ENGINES);
}

static void
engine_file_read(GPtrArray *nouns, const char *file, char **parts)
{
	struct noun *noun = noun_named(nouns, parts[0]);

	if (noun == NULL)
		complain((struct place) { .file = file }, "there is no %s.sql", parts[0]);
	for (enum engine engine = 0; engine < ENGINES; engine++) {
		if (strcmp(parts[1], engine_words[engine]) == 0) {
			file_read(noun, file, engine);
			return;
		}
	}
	complain((struct place) { .file = file }, "\"%s\" is no engine", parts[1]);
}

/* Reads the files of one sort: NOUN.sql first, since the engines' own refer to them. */
static void
files_read(GPtrArray *nouns, char **files, guint parts_wanted, void (*read)(GPtrArray *, const char *, char **))
{
	for (; *files != NULL; files++) {
		char **parts = g_strsplit(g_path_get_basename(*files), ".", -1);

		if (g_strv_length(parts) == parts_wanted)
			read(nouns, *files, parts);
	}
}

/* No SQL drifts towards one engine: a query that only one of them understands has a second text for the other. */
static void
both_sides(gpointer data, gpointer nothing)
{
	const struct noun *noun = data;

	(void)nothing;
	for (guint i = 0; i < noun->queries->len; i++) {
		const struct query *query = noun->queries->pdata[i];

		for (enum engine engine = 0; engine < ENGINES; engine++) {
			if (query->texts[engine] == NULL)
				complain(query->place, "\"%s\" has no text for %s: it wants %s.%s.sql", query->name,
				    engine_words[engine], noun->name, engine_words[engine]);
		}
	}
}

GPtrArray *
nouns_read(char **files)
{
	GPtrArray *nouns = g_ptr_array_new();

	files_read(nouns, files, 2, shared_file_read);
	files_read(nouns, files, 3, engine_file_read);
	g_ptr_array_foreach(nouns, both_sides, NULL);
	return nouns;
}
