/* The grammar of stories: see grammar.h. */
#include "tests/stories/grammar.h"

#include <string.h>

void
words_clear(struct words *words)
{
	for (unsigned i = 0; i < words->count; i++)
		g_free(words->texts[i]);
	words->count = 0;
}

static bool
is_word_char(char c)
{
	return g_ascii_isalnum(c) || c == '-';
}

static size_t
word_length(const char *line)
{
	size_t length = 0;

	while (is_word_char(line[length]))
		length++;
	return length;
}

/* "ann, ben and cleo": the words "and" and a comma go on, anything else ends the list. */
static size_t
names_length(const char *line)
{
	size_t length = word_length(line);

	while (length > 0) {
		size_t link = g_str_has_prefix(line + length, ", ") ? 2
		    : g_str_has_prefix(line + length, " and ")      ? 5
								    : 0;
		size_t next = link == 0 ? 0 : word_length(line + length + link);

		if (next == 0)
			return length;
		length += link + next;
	}
	return 0;
}

/* With both quotes; 0 where there is no whole text. */
static size_t
quoted_length(const char *line)
{
	if (*line != '"')
		return 0;
	for (size_t i = 1; line[i] != '\0'; i++) {
		if (line[i] == '\\' && line[i + 1] != '\0')
			i++;
		else if (line[i] == '"')
			return i + 1;
	}
	return 0;
}

static char *
unquote(const char *line, size_t length)
{
	GString *text = g_string_sized_new(length);

	for (size_t i = 1; i + 1 < length; i++) {
		if (line[i] == '\\')
			i++;
		g_string_append_c(text, line[i]);
	}
	return g_string_free(text, FALSE);
}

/* How much of the line a brace takes; 0: it does not fit. */
static size_t
brace_length(const char *brace, const char *line)
{
	if (g_str_has_prefix(brace, "{text}"))
		return quoted_length(line);
	if (g_str_has_prefix(brace, "{names}"))
		return names_length(line);
	if (g_str_has_prefix(brace, "{n}"))
		return strspn(line, "0123456789");
	if (g_str_has_prefix(brace, "{rest}"))
		return strlen(line);
	return word_length(line);
}

/* Takes a brace's part of the line into `words`. */
static bool
take_brace(const char *brace, const char **line, struct words *words)
{
	size_t length = brace_length(brace, *line);

	if (length == 0)
		return false;
	g_assert(words->count < WORDS_MAX);
	words->texts[words->count++] = **line == '"' ? unquote(*line, length) : g_strndup(*line, length);
	*line += length;
	return true;
}

/* Passes over the ending of a verb. */
static bool
take_ending(const char *ending, size_t length, bool is_bare, const char **line)
{
	if (is_bare)
		return true;
	if (strncmp(*line, ending, length) != 0)
		return false;
	*line += length;
	return true;
}

static bool
matches(const char *pattern, const char *line, bool is_bare, struct words *words)
{
	while (*pattern != '\0') {
		bool fits;

		if (g_str_has_prefix(pattern, "{s}") || g_str_has_prefix(pattern, "{es}"))
			fits = take_ending(pattern + 1, (size_t)(strchr(pattern, '}') - pattern) - 1, is_bare, &line);
		else if (*pattern == '{')
			fits = take_brace(pattern, &line, words);
		else
			fits = *pattern == *line++;
		if (!fits)
			return false;
		pattern = *pattern == '{' ? strchr(pattern, '}') + 1 : pattern + 1;
	}
	return *line == '\0';
}

bool
grammar_matches(const char *pattern, const char *line, bool is_bare, struct words *words)
{
	words->count = 0;
	if (matches(pattern, line, is_bare, words))
		return true;
	words_clear(words);
	return false;
}

char **
grammar_names(const char *names)
{
	g_autofree char *line = g_strdup(names);
	GPtrArray *list = g_ptr_array_new();

	for (char *at = line; *at != '\0';) {
		size_t length = word_length(at);

		g_ptr_array_add(list, g_strndup(at, length));
		at += length;
		at += g_str_has_prefix(at, ", ") ? 2 : g_str_has_prefix(at, " and ") ? 5 : 0;
	}
	g_ptr_array_add(list, NULL);
	return (char **)g_ptr_array_free(list, FALSE);
}
