/*
 * The widget of a site, as everybody may see it: the same for each visitor, so that it can be cached. Nothing live stands in it:
 * whether the desk is open now says desk/line.
 */
#pragma once

#include "desk/site/site.h"

struct widget_ask {
	const char *site;
	const char *language; /* of the visitor's page; NULL: the site's own */
};

/* One of the site's own words, in the language that was chosen. */
struct widget_word {
	const char *name, *text;
};
struct widget_words {
	const struct widget_word *rows;
	size_t count;
};

struct widget_language {
	const char *language;
};
struct widget_languages {
	const struct widget_language *rows;
	size_t count;
};

struct widget {
	const char *site;
	const char *desk; /* what the desk is called */
	const char *name;
	const char *language;              /* of the words below */
	struct widget_languages languages; /* that the site has words of its own in, its first language first */
	const char *theme, *colour, *side, *launcher;
	const char *ask_name, *ask_email, *ask_topic;
	const char *consent_url;
	const char *bulletin;
	const char *time_zone; /* of the hours */
	struct widget_words words;
	struct site_hours hours;
	struct site_fields fields;
	struct site_invites invites; /* none unless the site invites */
};

/* REFUSED_UNKNOWN for a site that is not there or is archived, REFUSED_RANGE for a language that is none. */
CHECKED gboolean site_widget(struct tx *tx, const struct widget_ask *ask, struct widget *answer, GError **error);

/*
 * The best of a site's languages for a visitor's: the same; the same without its last subtags ("pt" for "pt-BR"); one of the same
 * language; else the first. Pure.
 */
const char *widget_language(const struct widget_languages *languages, const char *wanted);
