/* Names of files: see file_name.h. */
#include "desk/file/file_name.h"

#include <string.h>

#include "base/limits.h"

/* Turns the direction of what follows, or cannot be seen at all. */
static bool
is_hidden(gunichar c)
{
	return c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0x2028 || c == 0x2029 || c == 0x00ad;
}

static bool
is_forbidden(gunichar c)
{
	return g_unichar_iscntrl(c) || (c < 0x80 && strchr("/\\:*?\"<>|", (int)c) != NULL);
}

static const char *
behind_folders(const char *name)
{
	for (const char *at = name; *at != '\0'; at++) {
		if (*at == '/' || *at == '\\')
			name = at + 1;
	}
	return name;
}

/* Devices of old systems, with any ending. */
static bool
is_device(const char *name)
{
	static const char *const words[] = { "con", "prn", "aux", "nul", "conin$", "conout$" };
	size_t size = strcspn(name, ".");

	while (size > 0 && name[size - 1] == ' ')
		size--;
	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
		if (size == strlen(words[i]) && g_ascii_strncasecmp(name, words[i], size) == 0)
			return true;
	}
	return size == 4 && g_ascii_isdigit(name[3]) &&
	    (g_ascii_strncasecmp(name, "com", 3) == 0 || g_ascii_strncasecmp(name, "lpt", 3) == 0);
}

static void
take_ends_off(GString *name)
{
	size_t lead = strspn(name->str, " .");

	g_string_erase(name, 0, (gssize)lead);
	while (name->len > 0 && strchr(" .", name->str[name->len - 1]) != NULL)
		g_string_truncate(name, name->len - 1);
}

/* Shorter at the end of a character. */
static void
shorten(GString *name)
{
	if (name->len <= LIMIT_FILE_NAME_BYTES)
		return;

	const char *end = g_utf8_find_prev_char(name->str, name->str + LIMIT_FILE_NAME_BYTES + 1);

	g_string_truncate(name, (gsize)(end - name->str));
}

const char *
file_name_clean(struct tx *tx, const char *given)
{
	g_autoptr(GString) name = g_string_new(NULL);

	for (const char *at = behind_folders(given); *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (is_forbidden(c))
			g_string_append_c(name, '_');
		else if (!is_hidden(c))
			g_string_append_unichar(name, c);
	}
	take_ends_off(name);
	if (is_device(name->str))
		g_string_prepend_c(name, '_');
	shorten(name);
	take_ends_off(name);
	return tx_text(tx, "%s", name->len == 0 ? "file" : name->str);
}
