/*
 * Texts of sqlgen: the SQL of a query as one engine takes it, on one line, without comments, its parameters as numbers. Quotes are the
 * only thing of SQL that is understood here.
 */
#include "sqlgen.h"

#include <string.h>

static const char engine_marks[ENGINES] = { '?', '$' };

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

char *
text_for(const char *sql, struct query *query, enum engine engine)
{
	GString *text = g_string_new(NULL);

	while (*sql != '\0')
		sql = copy_piece(sql, text, query, engine);
	g_strchomp(text->str);
	return g_string_free(text, *text->str == '\0');
}

bool
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
