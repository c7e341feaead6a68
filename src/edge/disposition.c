/* Content-Disposition: see disposition.h. */
#include "edge/disposition.h"

#include <glib.h>
#include <string.h>

/* What old programs read: ASCII, without what quotes or escapes. */
static void
append_plain(GString *out, const char *name)
{
	for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at)) {
		bool is_plain = g_ascii_isprint(*at) && strchr("\"\\%/", *at) == NULL;

		g_string_append_c(out, is_plain ? *at : '_');
	}
}

/* The attr-char of RFC 8187; the rest as %XX. */
static void
append_escaped(GString *out, const char *name)
{
	for (; *name != '\0'; name++) {
		if (g_ascii_isalnum(*name) || strchr("!#$&+-.^_`|~", *name) != NULL)
			g_string_append_c(out, *name);
		else
			g_string_append_printf(out, "%%%02X", (unsigned char)*name);
	}
}

char *
disposition_text(bool is_shown, const char *name)
{
	GString *out = g_string_new(is_shown ? "inline" : "attachment");

	g_string_append(out, "; filename=\"");
	append_plain(out, name);
	g_string_append(out, "\"; filename*=UTF-8''");
	append_escaped(out, name);
	return g_string_free(out, FALSE);
}
