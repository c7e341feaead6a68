/* Settings of the program: see settings.h. */
#include "app/settings.h"

#include <string.h>

#include "base/text.h"

#define GROUP "softanswer"

const struct settings_row settings_rows[] = {
#define SETTING(name, kind, otherwise, says) { #name, #kind, otherwise, says },
#include "app/settings.def"
#undef SETTING
	{ NULL, NULL, NULL, NULL },
};

static const struct settings_row *
row_named(const char *name)
{
	for (const struct settings_row *row = settings_rows; row->name != NULL; row++) {
		if (strcmp(row->name, name) == 0)
			return row;
	}
	return NULL;
}

static gboolean
parse_TEXT(const char *name, const char *text, char **value, GError **error)
{
	(void)name;
	(void)error;
	*value = g_strstrip(g_strdup(text));
	return TRUE;
}

static gboolean
parse_NUMBER(const char *name, const char *text, int64_t *value, GError **error)
{
	if (!text_to_int(text, value) || *value < 0 || *value > 65535)
		return refuse(error, REFUSED_RANGE, name, "%s wants a number from 0 to 65535, not \"%s\"", name, text);
	return TRUE;
}

static gboolean
parse_SWITCH(const char *name, const char *text, bool *value, GError **error)
{
	*value = strcmp(text, "on") == 0;
	if (!*value && strcmp(text, "off") != 0)
		return refuse(error, REFUSED_RANGE, name, "%s wants on or off, not \"%s\"", name, text);
	return TRUE;
}

/* What the file gives for a name, or what it is otherwise; the caller frees. */
static char *
text_of(GKeyFile *file, const char *name)
{
	char *text = g_key_file_get_string(file, GROUP, name, NULL);

	return text == NULL ? g_strdup(row_named(name)->otherwise) : g_strstrip(text);
}

static gboolean
check_names(GKeyFile *file, const char *path, GError **error)
{
	g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
	g_auto(GStrv) names = g_key_file_get_keys(file, GROUP, NULL, NULL);

	for (char **group = groups; *group != NULL; group++) {
		if (strcmp(*group, GROUP) != 0)
			return refuse(error, REFUSED_FIELD, *group, "%s: there is no group [%s]", path, *group);
	}
	for (char **name = names; name != NULL && *name != NULL; name++) {
		if (row_named(*name) == NULL)
			return refuse(error, REFUSED_FIELD, *name, "%s: there is no setting \"%s\"", path, *name);
	}
	return TRUE;
}

static gboolean
load(GKeyFile *file, const char *path, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &problem) ||
	    g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		return check_names(file, path, error);
	return refuse(error, REFUSED_SYNTAX, NULL, "%s: %s", path, problem->message);
}

gboolean
settings_read(const char *path, struct settings *settings, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	struct settings read = { 0 };
	bool is_good = load(file, path, error);

#define SETTING(name, kind, otherwise, says)                                          \
	if (is_good) {                                                                \
		g_autofree char *text = text_of(file, #name);                         \
		is_good = parse_##kind(#name, text, &read.name, error);               \
	}
#include "app/settings.def"
#undef SETTING
	if (is_good)
		*settings = read;
	else
		settings_clear(&read);
	return is_good;
}

static void
clear_TEXT(char **value)
{
	g_clear_pointer(value, g_free);
}

static void
clear_NUMBER(int64_t *value)
{
	*value = 0;
}

static void
clear_SWITCH(bool *value)
{
	*value = false;
}

void
settings_clear(struct settings *settings)
{
#define SETTING(name, kind, otherwise, says) clear_##kind(&settings->name);
#include "app/settings.def"
#undef SETTING
}

static const char *
value_in(const char *const *set, const char *name)
{
	for (; set != NULL && set[0] != NULL; set += 2) {
		if (strcmp(set[0], name) == 0)
			return set[1];
	}
	return NULL;
}

char *
settings_text(const char *const *set)
{
	GString *text = g_string_new("# The settings of this desk's program. A line that begins with # says what holds anyway.\n"
				     "# After a change: restart the desk. Chats go on.\n\n[" GROUP "]\n");

	for (const struct settings_row *row = settings_rows; row->name != NULL; row++) {
		const char *value = value_in(set, row->name);

		g_string_append_printf(text, "\n# %s\n", row->says);
		g_string_append_printf(text, "%s%s=%s\n", value == NULL ? "#" : "", row->name, value == NULL ? row->otherwise : value);
	}
	return g_string_free(text, FALSE);
}

char *
settings_base_url(const struct settings *settings, unsigned port)
{
	if (*settings->base_url != '\0')
		return g_strdup(settings->base_url);
	return g_strdup_printf("http://localhost:%u", port);
}
