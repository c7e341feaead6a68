/* Settings: see setting.h. */
#include "desk/setting/setting.h"

#include <stddef.h>
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
	if (strlen(text) > LIMIT_TIME_ZONE_BYTES)
		return false;

	bool is_name = strcmp(text, "UTC") == 0 || (g_ascii_isalpha(*text) && strchr(text, '/') != NULL);

	for (const char *at = text; *at != '\0'; at++)
		is_name = is_name &&
		    (g_ascii_isalnum(*at) || (*at == '/' && g_ascii_isalpha(at[1])) || strchr("_+-", *at) != NULL);
	if (!is_name)
		return false;

	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text);

	return zone != NULL;
}

gboolean
setting_put(struct tx *tx, enum setting setting, const char *value, GError **error)
{
	return setting_sql_put(tx, rows[setting].name, value, tx_actor(tx)->person_id, tx_now_ms(tx), error);
}

/* What of a setting stands where in the struct that a change gives, and in the one that is answered. */
enum form { FORM_TEXT, FORM_NUMBER, FORM_ANSWER };
struct part {
	enum setting setting;
	enum form form;
	size_t given, kept;
};

#define PART(setting_, form_, member_)                                                                                 \
	{                                                                                                              \
		SETTING_##setting_, FORM_##form_, offsetof(struct setting_changed, member_),                           \
		    offsetof(struct setting_list, member_)                                                             \
	}

static const struct part parts[] = {
	PART(NAME, TEXT, name),
	PART(LANGUAGE, TEXT, language),
	PART(TIME_ZONE, TEXT, time_zone),
	PART(CHATS_EACH, NUMBER, chats_each),
	PART(WAIT_FOR_SOMEBODY, ANSWER, wait_for_somebody),
	PART(OFFERS, ANSWER, offers),
	PART(STRICT, ANSWER, strict),
	PART(OFFER_SECONDS, NUMBER, offer_seconds),
	PART(WISHES_SECONDS, NUMBER, wishes_seconds),
	PART(BACKUP_SECONDS, NUMBER, backup_seconds),
	PART(QUIET_MINUTES, NUMBER, quiet_minutes),
	PART(QUIET_WARN_MINUTES, NUMBER, quiet_warn_minutes),
	PART(QUIET_CLOSE_MINUTES, NUMBER, quiet_close_minutes),
	PART(WIND_DOWN_MINUTES, NUMBER, wind_down_minutes),
	PART(HANDOVER_SEATS, NUMBER, handover_seats),
};

const struct setting_changed setting_kept = {
	.chats_each = SETTING_KEPT,
	.offer_seconds = SETTING_KEPT,
	.wishes_seconds = SETTING_KEPT,
	.backup_seconds = SETTING_KEPT,
	.quiet_minutes = SETTING_KEPT,
	.quiet_warn_minutes = SETTING_KEPT,
	.quiet_close_minutes = SETTING_KEPT,
	.wind_down_minutes = SETTING_KEPT,
	.handover_seats = SETTING_KEPT,
};

static void
keep(const struct part *part, const char *value, struct setting_list *list)
{
	char *at = (char *)list + part->kept;

	if (part->form == FORM_TEXT)
		*(const char **)at = value;
	else if (part->form == FORM_NUMBER)
		*(int64_t *)at = g_ascii_strtoll(value, NULL, 10);
	else
		*(bool *)at = strcmp(value, "yes") == 0;
}

gboolean
setting_list(struct tx *tx, struct setting_list *answer, GError **error)
{
	const char *values[SETTINGS];
	struct setting_sql_all_list found;

	if (!setting_sql_all(tx, &found, error))
		return FALSE;
	for (enum setting setting = 0; setting < SETTINGS; setting++) {
		values[setting] = rows[setting].otherwise;
		for (size_t i = 0; i < found.count; i++) {
			if (strcmp(found.rows[i].name, rows[setting].name) == 0)
				values[setting] = found.rows[i].value;
		}
	}
	*answer = (struct setting_list) { .site = *values[SETTING_SITE] == '\0' ? NULL : values[SETTING_SITE] };
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		keep(&parts[i], values[parts[i].setting], answer);
	return TRUE;
}

gboolean
setting_get(struct tx *tx, struct setting_desk *answer, GError **error)
{
	struct setting_list all;

	if (!setting_list(tx, &all, error))
		return FALSE;
	*answer = (struct setting_desk) {
		.name = all.name, .language = all.language, .time_zone = all.time_zone, .site = all.site
	};
	return person_any(tx, &answer->is_set_up, &answer->is_online, error);
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

/* The value that is given; NULL where it stays. */
static const char *
given(struct tx *tx, const struct part *part, const struct setting_changed *ask)
{
	const char *at = (const char *)ask + part->given;

	if (part->form != FORM_NUMBER)
		return *(const char *const *)at;
	if (*(const int64_t *)at == SETTING_KEPT)
		return NULL;
	return tx_text(tx, "%" G_GINT64_FORMAT, *(const int64_t *)at);
}

/* Puts what is given; `names` gets their names: an audit line has them, and never what was written there. */
static gboolean
put_all(struct tx *tx, const struct setting_changed *ask, const char **names, GError **error)
{
	*names = "";
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		const char *value = given(tx, &parts[i], ask);

		if (value == NULL)
			continue;
		if (!setting_put(tx, parts[i].setting, value, error))
			return FALSE;
		*names = tx_text(tx, "%s%s%s", *names, **names == '\0' ? "" : ", ", rows[parts[i].setting].name);
	}
	return TRUE;
}

gboolean
setting_change(struct tx *tx, const struct setting_changed *ask, GError **error)
{
	const char *names;

	if (!check(ask, error) || !put_all(tx, ask, &names, error))
		return FALSE;
	if (*names == '\0')
		return tx_unremarkable(tx);
	return tx_about(tx, names) &&
	    tx_tell(tx, EVENT_SETTING_CHANGED, 0, talloc_zero(tx_memory(tx), struct setting_changed));
}
