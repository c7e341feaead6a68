/*
 * Settings of the program: read once from the configuration file, which documents itself.
 *
 * The file is a key file with one group, [softanswer]. Unknown names and values of the wrong kind are refused with the
 * file and the name, so a slip is found at the start and not later. Options of the command line go before the file.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

#define SETTING_C_TEXT   char *
#define SETTING_C_NUMBER int64_t
#define SETTING_C_SWITCH bool

struct settings {
#define SETTING(name, kind, otherwise, says) SETTING_C_##kind name;
#include "app/settings.def"
#undef SETTING
};

struct settings_row {
	const char *name, *kind, *otherwise, *says;
};

/* The rows of settings.def, up to one without a name. */
extern const struct settings_row settings_rows[];

/* What the file says; everything as it is otherwise where there is no file. The caller clears it. */
CHECKED gboolean settings_read(const char *path, struct settings *settings, GError **error);
void settings_clear(struct settings *settings);

/*
 * Whether the values can be meant: an address, addresses of pages and proxies, a level, numbers within their bounds.
 * REFUSED_RANGE names the setting. settings_read() looks at their kinds only, so that options can go before the file.
 */
CHECKED gboolean settings_check(const struct settings *settings, GError **error);

/* The text of a new file: every setting with what it means, commented out at what it is otherwise, but for `set` (name, value, …, NULL). */
char *settings_text(const char *const *set);

/* The base URL that is in force for this port, without a slash at its end. The caller frees. */
char *settings_base_url(const struct settings *settings, unsigned port);

/*
 * Who may show the chat's panel in a frame, as a content security policy writes it: the desk itself and the listed sites. Where
 * the desk is reached on this machine only, any page of this machine: that is where a shop is tried out. The caller frees.
 */
char *settings_frame_sources(const struct settings *settings, const char *base_url);
