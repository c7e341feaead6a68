/*
 * Settings: what the desk itself keeps of how it is to be, by the table settings.def.
 *
 * A setting that was never set is what settings.def says. The desk is *set up* once it has a person.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

enum setting {
#define SETTING(name, word, max, otherwise, says) SETTING_##name,
#include "desk/setting/settings.def"
#undef SETTING
	SETTINGS
};

struct setting_row {
	const char *name; /* "time_zone" */
	int max;          /* bytes */
	const char *otherwise, *says;
};
const struct setting_row *setting_row(enum setting setting);

/* The value, which is never NULL. */
CHECKED gboolean setting_value(struct tx *tx, enum setting setting, const char **value, GError **error);

/* Sets it, in the actor's name; nothing is told. */
CHECKED gboolean setting_put(struct tx *tx, enum setting setting, const char *value, GError **error);
/* The value of a setting that is a number, or yes or no. */
CHECKED gboolean setting_number(struct tx *tx, enum setting setting, int64_t *value, GError **error);
CHECKED gboolean setting_is_yes(struct tx *tx, enum setting setting, bool *is_yes, GError **error);

extern const char *const setting_answers[]; /* yes, no */

/* Bounds of the numbers. */
#define SETTING_OFFER_SECONDS_MIN 10
#define SETTING_OFFER_SECONDS_MAX 600
#define SETTING_WAIT_SECONDS_MAX  3600 /* of wishes_seconds and backup_seconds */
#define SETTING_QUIET_MINUTES_MAX 1440
#define SETTING_WIND_MINUTES_MAX  240
#define SETTING_HANDOVER_MAX      20

/* What everybody may know of the desk. */
struct setting_desk {
	const char *name;
	const char *language;
	const char *time_zone;
	const char *site; /* key of the site of the desk's own pages; NULL: there is none yet */
	bool is_set_up;   /* there is a person: the first page is not needed any more */
	bool is_online;   /* somebody is online who answers customers */
};

CHECKED gboolean setting_get(struct tx *tx, struct setting_desk *answer, GError **error);

/* All of settings.def: how chats are handed out is for who works there. */
struct setting_list {
	const char *name;
	const char *language;
	const char *time_zone;
	const char *site; /* as above */
	int64_t chats_each;
	bool wait_for_somebody;
	bool offers, strict;
	int64_t offer_seconds, wishes_seconds, backup_seconds;
	int64_t quiet_minutes, quiet_warn_minutes, quiet_close_minutes;
	int64_t wind_down_minutes, handover_seats;
};

CHECKED gboolean setting_list(struct tx *tx, struct setting_list *answer, GError **error);

/* Each text may be NULL, each number SETTING_KEPT: stays as it is; one begins with setting_kept. Body of setting.changed: nothing. */
#define SETTING_KEPT (-1)
struct setting_changed {
	const char *name;
	const char *language;
	const char *time_zone;
	int64_t chats_each;            /* 1..LIMIT_ADVISOR_CHATS */
	const char *wait_for_somebody; /* one of setting_answers, as the next two */
	const char *offers, *strict;
	int64_t offer_seconds, wishes_seconds, backup_seconds;
	int64_t quiet_minutes, quiet_warn_minutes, quiet_close_minutes;
	int64_t wind_down_minutes, handover_seats;
};
extern const struct setting_changed setting_kept;

/* REFUSED_RANGE for a language or a time zone that is none. Tells setting.changed. */
CHECKED gboolean setting_change(struct tx *tx, const struct setting_changed *ask, GError **error);

/*
 * Whether it is a language tag that the desk takes ("en", "pt-BR", "zh-Hant-TW"), and whether it is an IANA time zone
 * that this machine knows ("UTC", "Europe/Lisbon"). Pure but for the machine's time zone files.
 */
bool setting_is_language(const char *text);
bool setting_is_time_zone(const char *text);
