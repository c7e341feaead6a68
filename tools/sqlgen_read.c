/* Reading of sqlgen: declarations, texts, files. See sqlgen.c. */
#include "sqlgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const type_words[TYPES] = { "int", "bool", "text", "blob" };
const char *const engine_words[ENGINES] = { "sqlite", "postgres" };
static const char engine_marks[ENGINES] = { '?', '$' };

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

/* ---- Declarations: -- :name(param type, …) -> result ---- */

static void
skip_space(const char **at)
{
	while (g_ascii_isspace(**at))
		(*at)++;
}

static bool
take(const char **at, const char *what)
{
	skip_space(at);
	if (!g_str_has_prefix(*at, what))
		return false;
	*at += strlen(what);
	return true;
}

static char *
take_name(const char **at, struct place place)
{
	skip_space(at);

	const char *start = *at;

	while (g_ascii_islower(**at) || **at == '_' || (*at > start && g_ascii_isdigit(**at)))
		(*at)++;
	if (*at == start)
		complain(place, "a name in lower case is missing before \"%s\"", start);
	return g_strndup(start, (gsize)(*at - start));
}

static struct slot
take_slot(const char **at, struct place place)
{
	struct slot slot = { .name = take_name(at, place) };
	g_autofree char *word = take_name(at, place);

	while (slot.type < TYPES && strcmp(type_words[slot.type], word) != 0)
		slot.type++;
	if (slot.type == TYPES)
		complain(place, "%s: there is no type \"%s\"", slot.name, word);
	slot.is_nullable = **at == '?';
	*at += slot.is_nullable;
	return slot;
}

struct slot *
find_slot(GArray *slots, const char *name, gsize length)
{
	for (guint i = 0; i < slots->len; i++) {
		struct slot *slot = &g_array_index(slots, struct slot, i);

		if (strlen(slot->name) == length && strncmp(slot->name, name, length) == 0)
			return slot;
	}
	return NULL;
}

static void
take_slots(const char **at, struct place place, GArray *slots)
{
	do {
		struct slot slot = take_slot(at, place);

		if (find_slot(slots, slot.name, strlen(slot.name)) != NULL)
			complain(place, "\"%s\" is declared twice", slot.name);
		g_array_append_val(slots, slot);
	} while (take(at, ","));
}

static void
take_params(const char **at, struct query *query)
{
	if (!take(at, "("))
		complain(query->place, "\"%s\" wants its parameters: \"(…)\"", query->name);
	if (take(at, ")"))
		return;
	take_slots(at, query->place, query->params);
	if (!take(at, ")"))
		complain(query->place, "\")\" is missing after the parameters of \"%s\"", query->name);
	for (guint i = 0; i < query->params->len; i++) {
		struct slot *slot = &g_array_index(query->params, struct slot, i);

		if (slot->type == TYPE_BOOL && slot->is_nullable)
			complain(query->place, "%s: a bool parameter is never absent", slot->name);
	}
}

/* Whether `one (` or `many (` stands here; a column may have such a name too. */
static bool
take_shape(const char **at, const char *word)
{
	const char *ahead = *at;

	if (!take(&ahead, word) || !take(&ahead, "("))
		return false;
	*at = ahead;
	return true;
}

/* `one like NAME`, `many like NAME`: rows of the shape that an earlier query declares. */
static bool
take_like(const char **at, struct query *query, const char *word, enum result result)
{
	const char *ahead = *at;

	if (!take(&ahead, word) || !take(&ahead, "like "))
		return false;
	query->result = result;
	query->like = take_name(&ahead, query->place);
	*at = ahead;
	return true;
}

static void
take_result(const char **at, struct query *query)
{
	if (!take(at, "->"))
		return;
	skip_space(at);
	if (strcmp(g_strchomp(g_strdup(*at)), "changed") == 0) {
		query->result = RESULT_CHANGED;
		*at += strlen(*at);
		return;
	}
	if (take_like(at, query, "one", RESULT_ONE) || take_like(at, query, "many", RESULT_MANY))
		return;
	query->result = take_shape(at, "one") ? RESULT_ONE : take_shape(at, "many") ? RESULT_MANY : RESULT_VALUES;
	take_slots(at, query->place, query->columns);
	if (query->result != RESULT_VALUES && !take(at, ")"))
		complain(query->place, "\")\" is missing after the columns of \"%s\"", query->name);
}

static struct query *
declaration_parse(const char *declaration, struct place place, bool names_only)
{
	struct query *query = g_new0(struct query, 1);
	const char *at = declaration;

	query->place = place;
	query->name = take_name(&at, place);
	query->params = g_array_new(FALSE, FALSE, sizeof(struct slot));
	query->columns = g_array_new(FALSE, FALSE, sizeof(struct slot));
	if (!names_only) {
		take_params(&at, query);
		take_result(&at, query);
	}
	skip_space(&at);
	if (*at != '\0')
		complain(place, "\"%s\": this was not expected: \"%s\"", query->name, at);
	return query;
}

/* ---- Texts ---- */

/* Copies a quoted text from `at` and returns its end; a doubled quote reads as the end of one and the start of another. */
static const char *
copy_quoted(const char *at, GString *text, struct place place)
{
	const char *end = strchr(at + 1, *at);

	if (end == NULL)
		complain(place, "a quote (%c) is not closed", *at);
	g_string_append_len(text, at, end + 1 - at);
	return end + 1;
}

static const char *
copy_param(const char *at, GString *text, struct query *query, enum engine engine)
{
	const char *end = ++at;

	while (g_ascii_isalnum(*end) || *end == '_')
		end++;

	struct slot *slot = find_slot(query->params, at, (gsize)(end - at));

	if (slot == NULL)
		complain(
		    query->place, "\"%s\" uses :%.*s, which it does not declare", query->name, (int)(end - at), at);
	slot->is_used = true;
	g_string_append_printf(
	    text, "%c%d", engine_marks[engine], (int)(slot - &g_array_index(query->params, struct slot, 0)) + 1);
	return end;
}

static const char *
copy_space(const char *at, GString *text)
{
	while (g_ascii_isspace(*at))
		at++;
	if (text->len > 0)
		g_string_append_c(text, ' ');
	return at;
}

static const char *
copy_piece(const char *at, GString *text, struct query *query, enum engine engine)
{
	if (*at == '\'' || *at == '"')
		return copy_quoted(at, text, query->place);
	if (g_str_has_prefix(at, "::")) {
		g_string_append(text, "::");
		return at + 2;
	}
	if (*at == ':')
		return copy_param(at, text, query, engine);
	if (g_ascii_isspace(*at))
		return copy_space(at, text);
	g_string_append_c(text, *at);
	return at + 1;
}

/* The text of one engine; NULL where `sql` is empty. */
static char *
text_for(const char *sql, struct query *query, enum engine engine)
{
	GString *text = g_string_new(NULL);

	while (*sql != '\0')
		sql = copy_piece(sql, text, query, engine);
	g_strchomp(text->str);
	return g_string_free(text, *text->str == '\0');
}

/* Appends a line without its comment; true where the query ends on it. */
static bool
append_line(GString *sql, const char *line, struct place place)
{
	char quote = '\0';

	for (const char *at = line; *at != '\0'; at++) {
		if (quote == '\0' && g_str_has_prefix(at, "--"))
			break;
		if (quote == '\0' && *at == ';') {
			const char *rest = at + 1;

			skip_space(&rest);
			if (*rest != '\0' && !g_str_has_prefix(rest, "--"))
				complain(place, "one query ends with the line: \"%s\"", rest);
			return true;
		}
		if (*at == '\'' || *at == '"')
			quote = quote == '\0' ? *at : quote == *at ? '\0' : quote;
		g_string_append_c(sql, *at);
	}
	if (quote != '\0')
		complain(place, "a quote (%c) is not closed", quote);
	g_string_append_c(sql, '\n');
	return false;
}

/* ---- Files ---- */

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
