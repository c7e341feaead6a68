/* Settings: see setting.h. */
#include "desk/setting/setting.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/people/people.h"
#include "sql/setting_sql.h"
#include "store/tx.h"

static const struct setting_row rows[SETTINGS] = {
#define SETTING(name, word, max, otherwise, says) [SETTING_##name] = { word, max, otherwise, says },
#include "desk/setting/settings.def"
#undef SETTING
};

const struct setting_row *
setting_row(enum setting setting)
{
	g_assert(setting < SETTINGS);
	return &rows[setting];
}

gboolean
setting_value(struct tx *tx, enum setting setting, const char **value, GError **error)
{
	struct setting_sql_find *row;

	if (!setting_sql_find(tx, rows[setting].name, &row, error))
		return FALSE;
	*value = row == NULL ? rows[setting].otherwise : row->value;
	return TRUE;
}

const char *const setting_answers[] = { "yes", "no", NULL };

gboolean
setting_number(struct tx *tx, enum setting setting, int64_t *value, GError **error)
{
	const char *text;

	if (!setting_value(tx, setting, &text, error))
		return FALSE;
	*value = g_ascii_strtoll(text, NULL, 10);
	return TRUE;
}

gboolean
setting_is_yes(struct tx *tx, enum setting setting, bool *is_yes, GError **error)
{
	const char *text;

	if (!setting_value(tx, setting, &text, error))
		return FALSE;
	*is_yes = strcmp(text, "yes") == 0;
	return TRUE;
}

/* Subtags of 1 to 8 letters or digits, of which the first is a language of 2 or 3 letters (RFC 5646, 2.1). */
bool
setting_is_language(const char *text)
{
	size_t first = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	const char *at = text + first;

	if (first < 2 || first > 3 || strlen(text) > LIMIT_LANGUAGE_BYTES)
		return false;
	while (*at == '-') {
		size_t length = 0;

		for (at++; g_ascii_isalnum(*at); at++)
			length++;
		if (length < 1 || length > 8)
			return false;
	}
	return *at == '\0';
}

/* GLib reads the zone from the machine's files, and also takes offsets, rules and paths, which are no names. */
bool
setting_is_time_zone(const char *text)
{
	bool is_name = strcmp(text, "UTC") == 0 || (g_ascii_isalpha(*text) && strchr(text, '/') != NULL);

	for (const char *at = text; *at != '\0'; at++)
		is_name = is_name &&
		    (g_ascii_isalnum(*at) || (*at == '/' && g_ascii_isalpha(at[1])) || strchr("_+-", *at) != NULL);
	if (!is_name || strlen(text) > LIMIT_TIME_ZONE_BYTES)
		return false;

	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text);

	return zone != NULL;
}

gboolean
setting_put(struct tx *tx, enum setting setting, const char *value, GError **error)
{
	return setting_sql_put(tx, rows[setting].name, value, tx_actor(tx)->person_id, tx_now_ms(tx), error);
}

gboolean
setting_get(struct tx *tx, struct setting_desk *answer, GError **error)
{
	const char *site;

	if (!setting_value(tx, SETTING_SITE, &site, error))
		return FALSE;
	answer->site = *site == '\0' ? NULL : site;
	return setting_value(tx, SETTING_NAME, &answer->name, error) &&
	    setting_value(tx, SETTING_LANGUAGE, &answer->language, error) &&
	    setting_value(tx, SETTING_TIME_ZONE, &answer->time_zone, error) &&
	    setting_number(tx, SETTING_CHATS_EACH, &answer->chats_each, error) &&
	    setting_is_yes(tx, SETTING_WAIT_FOR_SOMEBODY, &answer->wait_for_somebody, error) &&
	    person_any(tx, &answer->is_set_up, &answer->is_online, error);
}

static gboolean
check(const struct setting_changed *ask, GError **error)
{
	if (ask->language != NULL && !setting_is_language(ask->language))
		return refuse(error, REFUSED_RANGE, "language", "wants a language tag, such as en or pt-BR");
	if (ask->time_zone != NULL && !setting_is_time_zone(ask->time_zone))
		return refuse(error, REFUSED_RANGE, "time_zone", "wants a time zone, such as Europe/Lisbon or UTC");
	return TRUE;
}

static gboolean
put(struct tx *tx, enum setting setting, const char *value, GError **error)
{
	return value == NULL || setting_put(tx, setting, value, error);
}

static gboolean
tell(struct tx *tx, GError **error)
{
	struct setting_changed *body = talloc_zero(tx_memory(tx), struct setting_changed);

	return setting_value(tx, SETTING_NAME, &body->name, error) &&
	    setting_value(tx, SETTING_LANGUAGE, &body->language, error) &&
	    setting_value(tx, SETTING_TIME_ZONE, &body->time_zone, error) &&
	    setting_number(tx, SETTING_CHATS_EACH, &body->chats_each, error) &&
	    setting_value(tx, SETTING_WAIT_FOR_SOMEBODY, &body->wait_for_somebody, error) &&
	    tx_tell(tx, EVENT_SETTING_CHANGED, 0, body);
}

/* The names of what is given: an audit line has them, and never what was written there. */
static const char *
names_given(struct tx *tx, const struct setting_changed *ask)
{
	const char *const given[SETTINGS] = { [SETTING_NAME] = ask->name,
		[SETTING_LANGUAGE] = ask->language,
		[SETTING_TIME_ZONE] = ask->time_zone,
		[SETTING_CHATS_EACH] = ask->chats_each == 0 ? NULL : "",
		[SETTING_WAIT_FOR_SOMEBODY] = ask->wait_for_somebody };
	const char *names = "";

	for (enum setting setting = 0; setting < SETTINGS; setting++) {
		if (given[setting] != NULL)
			names = tx_text(tx, "%s%s%s", names, *names == '\0' ? "" : ", ", rows[setting].name);
	}
	return names;
}

static gboolean
put_number(struct tx *tx, enum setting setting, int64_t value, GError **error)
{
	return value == 0 || put(tx, setting, tx_text(tx, "%" G_GINT64_FORMAT, value), error);
}

gboolean
setting_change(struct tx *tx, const struct setting_changed *ask, GError **error)
{
	const char *names = names_given(tx, ask);

	if (*names == '\0')
		return tx_unremarkable(tx);
	return check(ask, error) && tx_about(tx, names) && put(tx, SETTING_NAME, ask->name, error) &&
	    put(tx, SETTING_LANGUAGE, ask->language, error) && put(tx, SETTING_TIME_ZONE, ask->time_zone, error) &&
	    put_number(tx, SETTING_CHATS_EACH, ask->chats_each, error) &&
	    put(tx, SETTING_WAIT_FOR_SOMEBODY, ask->wait_for_somebody, error) && tell(tx, error);
}
