/* Content lines of iCalendar: see icalendar_line.h. */
#include "desk/shift/icalendar_line.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

/* Appends one physical line; false at the end of the text. */
static bool
read_physical(struct icalendar_line *line)
{
	size_t size = strcspn(line->at, "\n");

	if (*line->at == '\0')
		return false;
	g_string_append_len(
	    line->content, line->at, (gssize)(size > 0 && line->at[size - 1] == '\r' ? size - 1 : size));
	line->at += size + (line->at[size] == '\n');
	line->next++;
	return true;
}

bool
icalendar_line_read(struct icalendar_line *line)
{
	do {
		g_string_truncate(line->content, 0);
		line->number = line->next;
		if (!read_physical(line))
			return false;
		while (*line->at == ' ' || *line->at == '\t') {
			line->at++;
			if (!read_physical(line))
				break;
		}
	} while (line->content->len == 0);
	return true;
}

/* Behind a parameter's value: what is in quotes counts as one, and so do the addresses by which Exchange names zones without any. */
static char *
skip_value(char *at)
{
	bool is_quoted = false;

	while (*at != '\0' && (is_quoted || (*at != ';' && (*at != ':' || g_str_has_prefix(at, "://"))))) {
		if (*at == '"')
			is_quoted = !is_quoted;
		at++;
	}
	return at;
}

static char *
unquoted(char *text)
{
	size_t size = strlen(text);

	if (size < 2 || text[0] != '"' || text[size - 1] != '"')
		return text;
	text[size - 1] = '\0';
	return text + 1;
}

bool
icalendar_line_cut(struct icalendar_line *line)
{
	char *at = line->content->str + strcspn(line->content->str, ";:");

	line->name = line->content->str;
	line->zone = NULL;
	line->is_since = false;
	while (*at == ';') {
		char *parameter = at + 1, *end = skip_value(parameter);
		bool is_last = *end == ':';

		if (*end == '\0')
			return false;
		*at = *end = '\0';
		if (g_ascii_strncasecmp(parameter, "TZID=", 5) == 0)
			line->zone = unquoted(parameter + 5);
		if (g_ascii_strcasecmp(parameter, "RANGE=THISANDFUTURE") == 0)
			line->is_since = true;
		at = end;
		*at = is_last ? ':' : ';';
	}
	if (*at != ':' || at == line->name)
		return false;
	*at = '\0';
	line->value = g_strstrip(at + 1);
	return true;
}

bool
icalendar_line_is(const struct icalendar_line *line, const char *name)
{
	return g_ascii_strcasecmp(line->name, name) == 0;
}

bool
icalendar_line_says(const struct icalendar_line *line, const char *value)
{
	return g_ascii_strcasecmp(line->value, value) == 0;
}

const char *
icalendar_line_zone(const struct icalendar_line *line, void *memory)
{
	char *zone = line->zone == NULL ? NULL : talloc_strdup(memory, line->zone);

	if (zone == NULL)
		return NULL;
	text_tidy(zone);
	return *g_strstrip(zone) == '\0' ? NULL : zone;
}
