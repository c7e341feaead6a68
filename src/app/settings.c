/* Settings of the program: see settings.h. */
#include "app/settings.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "edge/forwarded.h"
#include "edge/origin.h"
#include "store/store.h"

#define GROUP "softanswer"

#define READERS_MAX 64 /* more than any machine has processors for */
#define WRITERS_MAX 64

#define METRICS_TOKEN_BYTES_MIN 16 /* beyond guessing, where the words are random */

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

#define SETTING(name, kind, otherwise, says)                                                                           \
	if (is_good) {                                                                                                 \
		g_autofree char *text = text_of(file, #name);                                                          \
		is_good = parse_##kind(#name, text, &read.name, error);                                                \
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
	GString *text =
	    g_string_new("# The settings of this desk's program. A line that begins with # says what holds anyway.\n"
			 "# After a change: restart the desk. Chats go on.\n\n[" GROUP "]\n");

	for (const struct settings_row *row = settings_rows; row->name != NULL; row++) {
		const char *value = value_in(set, row->name);

		g_string_append_printf(text, "\n# %s\n", row->says);
		g_string_append_printf(
		    text, "%s%s=%s\n", value == NULL ? "#" : "", row->name, value == NULL ? row->otherwise : value);
	}
	return g_string_free(text, FALSE);
}

/* ---- What the values mean ---- */

static bool
is_address(const char *text)
{
	struct in6_addr six;
	struct in_addr four;

	return inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1;
}

/* A site, one with a star for its first name, or a star for any: what a policy takes, and nothing that could end it. */
static bool
is_site(const char *word)
{
	struct origin origin;
	const char *star = strstr(word, "://*.");
	g_autofree char *named = star == NULL ? NULL : g_strdup_printf("%.*s://%s", (int)(star - word), word, star + 5);

	if (strcmp(word, "*") == 0)
		return true;
	return !g_str_has_suffix(word, "/") && origin_parse(named != NULL ? named : word, &origin, NULL);
}

static gboolean
check_sites(const char *text, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (char **word = words; *word != NULL; word++) {
		if (**word != '\0' && !is_site(*word))
			return refuse(error, REFUSED_RANGE, "embed_origins",
			    "embed_origins wants sites such as https://shop.example.org, separated by blanks, not \"%s\"",
			    *word);
	}
	return TRUE;
}

static gboolean
check_networks(const char *name, const char *text, GError **error)
{
	g_autoptr(GError) problem = NULL;
	struct networks *networks = networks_parse(text, &problem);

	networks_free(networks);
	return networks != NULL || refuse(error, REFUSED_RANGE, name, "%s: %s", name, problem->message);
}

static gboolean
check_base_url(const char *text, GError **error)
{
	g_autoptr(GError) problem = NULL;
	struct origin origin;

	if (*text == '\0' || origin_parse(text, &origin, &problem))
		return TRUE;
	return refuse(error, REFUSED_RANGE, "base_url", "base_url %s, such as https://desk.example.org, not \"%s\"",
	    problem->message, text);
}

gboolean
settings_check(const struct settings *settings, GError **error)
{
	enum log_level level;

	if (!is_address(settings->address))
		return refuse(error, REFUSED_RANGE, "address", "address wants one such as 127.0.0.1 or ::, not \"%s\"",
		    settings->address);
	if (settings->readers < 1 || settings->readers > READERS_MAX)
		return refuse(error, REFUSED_RANGE, "readers", "readers wants a number from 1 to %d", READERS_MAX);
	if (settings->writers < 1 || settings->writers > WRITERS_MAX)
		return refuse(error, REFUSED_RANGE, "writers", "writers wants a number from 1 to %d", WRITERS_MAX);
	if (*settings->database != '\0' && !store_is_server(settings->database))
		return refuse(error, REFUSED_RANGE, "database", "database wants postgresql://… or nothing, not \"%s\"",
		    settings->database);
	if (*settings->metrics_token != '\0' && strlen(settings->metrics_token) < METRICS_TOKEN_BYTES_MIN)
		return refuse(error, REFUSED_RANGE, "metrics_token", "metrics_token wants %d characters at least",
		    METRICS_TOKEN_BYTES_MIN);
	if (!log_level_of(settings->log_level, &level))
		return refuse(error, REFUSED_RANGE, "log_level",
		    "log_level wants debug, info, warning or error, not \"%s\"", settings->log_level);
	return check_base_url(settings->base_url, error) && check_sites(settings->embed_origins, error) &&
	    check_networks("trusted_proxies", settings->trusted_proxies, error) &&
	    check_networks("metrics_from", settings->metrics_from, error);
}

char *
settings_base_url(const struct settings *settings, unsigned port)
{
	const char *given = settings->base_url;

	if (*given == '\0')
		return g_strdup_printf("http://localhost:%u", port);
	return g_strndup(given, strlen(given) - g_str_has_suffix(given, "/"));
}

char *
settings_frame_sources(const struct settings *settings, const char *base_url)
{
	struct origin own;
	bool is_local = origin_parse(base_url, &own, NULL) && origin_is_loopback(&own);
	g_autofree char *listed = g_strstrip(g_strdup(settings->embed_origins));

	return g_strconcat("'self'", *listed == '\0' ? "" : " ", listed,
	    is_local ? " http://localhost:* http://127.0.0.1:*" : "", NULL);
}
