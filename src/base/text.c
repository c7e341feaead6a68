/* Texts of strangers: see text.h. */
#include "base/text.h"

#include <glib.h>
#include <string.h>

static bool
is_line_control(gunichar c)
{
	return c == '\t' || c == '\n' || c == '\r';
}

static bool
is_line_end(gunichar c)
{
	return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Embeddings, overrides and isolates: what they begin goes on behind the text that they stand in. */
static bool
is_turn(gunichar c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Neither in a line nor in a text of many. */
static bool
is_never(gunichar c)
{
	bool is_control = c < 0x20 || (c >= 0x7f && c < 0xa0);
	bool is_nobody = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);

	return is_nobody || (is_control && !is_line_control(c));
}

bool
text_is_clean(const char *text, bool with_lines)
{
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (is_never(c) || (!with_lines && (is_line_end(c) || is_turn(c))))
			return false;
	}
	return true;
}

void
text_tidy(char *text)
{
	char *to = text;

	for (const char *at = text, *next; *at != '\0'; at = next) {
		gunichar c = g_utf8_get_char(at);

		next = g_utf8_next_char(at);
		if (is_line_end(c)) {
			*to++ = ' ';
		} else if (!is_never(c) && !is_turn(c)) {
			memmove(to, at, (size_t)(next - at));
			to += next - at;
		}
	}
	*to = '\0';
}

/* Letters and symbols that are drawn as nothing, which their category does not say, and what is reserved for more of that. */
static bool
is_filler(gunichar c)
{
	static const gunichar fillers[] = { 0x115f, 0x1160, 0x2065, 0x2800, 0x3164, 0xffa0, 0x1d159 };

	for (unsigned i = 0; i < G_N_ELEMENTS(fillers); i++) {
		if (c == fillers[i])
			return true;
	}
	return (c >= 0xfff0 && c <= 0xfff8) || (c >= 0xe0000 && c <= 0xe0fff);
}

static bool
is_unseen(gunichar c)
{
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_SPACE_SEPARATOR:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR:
	case G_UNICODE_NON_SPACING_MARK:
	case G_UNICODE_ENCLOSING_MARK:
		return true;
	default:
		return is_filler(c);
	}
}

bool
text_is_blank(const char *text)
{
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		if (!is_unseen(g_utf8_get_char(at)))
			return false;
	}
	return true;
}

bool
text_is_key(const char *text)
{
	const char *at = text;

	while (g_ascii_isalnum(*at) || *at == '-' || *at == '_')
		at++;
	return at > text && *at == '\0';
}

static bool
is_host(const char *host)
{
	if (*host == '\0' || *host == '.' || *host == '-')
		return false;
	for (const char *at = host; *at != '\0'; at++) {
		if (!g_ascii_isalnum(*at) && *at != '-' && *at != '.' && (unsigned char)*at < 0x80)
			return false;
		if (*at == '.' && (at[1] == '.' || at[1] == '\0'))
			return false;
	}
	return true;
}

bool
text_is_email(const char *text)
{
	const char *at = strchr(text, '@');

	if (at == NULL || at == text || at - text > 64 || strchr(at + 1, '@') != NULL || !text_is_clean(text, false))
		return false;
	for (const char *c = text; c < at; c++) {
		if (*c == ' ' || strchr("\"(),:;<>[\\]", *c) != NULL)
			return false;
	}
	return is_host(at + 1);
}

void
text_to_lower(char *text)
{
	for (char *at = text; *at != '\0'; at++)
		*at = g_ascii_tolower(*at);
}

char *
text_fold(const char *text)
{
	g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFD);
	g_autofree char *folded = g_utf8_casefold(apart, -1);

	return g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
}

bool
text_to_int(const char *text, int64_t *number)
{
	const char *digits = *text == '-' ? text + 1 : text;

	if (!g_ascii_isdigit(*digits) || (*digits == '0' && digits[1] != '\0'))
		return false;
	return g_ascii_string_to_signed(text, 10, INT64_MIN, INT64_MAX, number, NULL);
}

bool
text_depth_is_within(const char *bytes, size_t size, int max)
{
	bool is_quoted = false;
	int depth = 0;

	for (size_t i = 0; i < size; i++) {
		if (is_quoted && bytes[i] == '\\')
			i++;
		else if (bytes[i] == '"')
			is_quoted = !is_quoted;
		else if (!is_quoted && (bytes[i] == '{' || bytes[i] == '[') && ++depth > max)
			return false;
		else if (!is_quoted && (bytes[i] == '}' || bytes[i] == ']'))
			depth--;
	}
	return true;
}
