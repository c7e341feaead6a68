/*
 * Sites: where the widget stands.
 *
 * A site has a public id (its *key*, which stands in the page's snippet), origins of the pages that may show it, and what the
 * widget looks like, says, asks and when it invites. A site is never removed, since chats name it: it is archived, and then its
 * widget is there no more. One site may be the desk's own: that of its own pages.
 *
 * Everything about a site is changed at once and with its `version`, so that of two people who change it at the same time the
 * second learns of the first. Decisions run inside a tx and tell site.changed. What the public sees of one: widget.h. Non-goal:
 * whether the desk is open now (desk/line).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/secret.h"

struct tx;

/* Up to NULL each; the first is what a new site has. */
extern const char *const site_themes[];     /* auto, light, dark */
extern const char *const site_sides[];      /* end, start */
extern const char *const site_launchers[];  /* bubble, label, none */
extern const char *const site_asks[];       /* optional, no, required */
extern const char *const site_text_names[]; /* greeting, waiting, offline, … */
extern const char *const site_kinds[];      /* line, text, choice, check */

#define SITE_COLOUR      "#1f5f5b"
#define SITE_MAX_WAITING 50

struct site_origin {
	const char *origin;
};
struct site_origins {
	const struct site_origin *rows;
	size_t count;
};

/* One of the site's own words in one language. */
struct site_text {
	const char *language, *name, *text;
};
struct site_texts {
	const struct site_text *rows;
	size_t count;
};

/* The desk's time zone; weekday 1 is Monday; minutes of the day. */
struct site_span {
	int64_t weekday, from_minute, to_minute;
};
struct site_hours {
	const struct site_span *rows;
	size_t count;
};

struct site_choice {
	const char *choice;
};
struct site_choices {
	const struct site_choice *rows;
	size_t count;
};

/* An own field of the pre-chat form. Choices are of a field of the kind "choice" only. */
struct site_field {
	const char *label, *kind;
	struct site_choices choices;
	bool is_required;
};
struct site_fields {
	const struct site_field *rows;
	size_t count;
};

/* The widget invites on pages whose path begins so, after so long, everybody or only who comes again. */
struct site_invite {
	const char *path;
	int64_t seconds;
	bool is_returning;
};
struct site_invites {
	const struct site_invite *rows;
	size_t count;
};

/* A site with everything; also what is asked for when one is added or changed: the words that may be NULL are as on a new site. */
struct site {
	int64_t row;      /* of the table; not answered */
	const char *id;   /* the caller's own, when one is added */
	const char *site; /* the key */
	int64_t version;
	const char *name;
	int64_t team; /* whose chats they are; 0: everybody's */
	const char *language;
	const char *theme, *colour, *side, *launcher;
	const char *ask_name, *ask_email, *ask_topic;
	const char *consent_url;
	int64_t max_waiting;
	bool is_inviting;
	const char *bulletin;
	struct site_origins origins;
	struct site_texts texts;
	struct site_hours hours; /* none: always open */
	struct site_fields fields;
	struct site_invites invites;
	bool has_secret;
	bool is_own; /* of the desk's own pages */
	int64_t seen_at;
	const char *seen_url;
	int64_t created_at;
	bool is_archived;
};

/* A site in the list; body of site.changed. */
struct site_row {
	const char *site;
	const char *name;
	int64_t team;
	const char *language;
	int64_t version;
	bool has_secret;
	int64_t seen_at;
	const char *seen_url;
	bool is_archived;
};
struct site_rows {
	const struct site_row *rows;
	size_t count;
};
struct site_list {
	struct site_rows sites;
};

struct site_ask {
	const char *site;
};

/* All that are not archived, by name. */
CHECKED gboolean site_list(struct tx *tx, struct site_list *answer, GError **error);

/* One with everything, archived or not. REFUSED_UNKNOWN (field site) where there is none. */
CHECKED gboolean site_get(struct tx *tx, const struct site_ask *ask, struct site *answer, GError **error);

/* The one of that key that is not archived, without its lists: REFUSED_UNKNOWN with that field where there is none. */
CHECKED gboolean site_find(struct tx *tx, const char *key, const char *field, struct site *site, GError **error);

/*
 * Adds a site. Refused by name is whatever is not right of it: an origin that is none ("origins[2]"), a span that ends before it
 * begins, a choice without choices … REFUSED_STATE when there are LIMIT_SITES already.
 */
CHECKED gboolean site_add(struct tx *tx, const struct site *ask, struct site *answer, GError **error);

/* Replaces everything of a site. REFUSED_STATE (field version) when somebody else has changed it meanwhile. */
CHECKED gboolean site_change(struct tx *tx, const struct site *ask, struct site *answer, GError **error);

/* Archiving an archived one changes nothing; REFUSED_STATE for the desk's own. */
CHECKED gboolean site_archive(struct tx *tx, const struct site_ask *ask, GError **error);

/* From now on the desk's own pages use this site. */
CHECKED gboolean site_own(struct tx *tx, const struct site_ask *ask, GError **error);

/* The first site of a desk, for its own pages; `base_url` says where they are (NULL: nobody knows). */
CHECKED gboolean site_first(
    struct tx *tx, const char *name, const char *language, const char *base_url, GError **error);

struct site_secret_ask {
	const char *site;
	const struct digest *key; /* the edge's: what secrets are sealed with */
};
struct site_secret {
	const char *secret; /* shown this once */
};

/* Makes a new identity secret (docs/protocol.md): what was signed with the one before counts no more. */
CHECKED gboolean site_secret(
    struct tx *tx, const struct site_secret_ask *ask, struct site_secret *answer, GError **error);

/* The identity secret of a site, opened with `key`; NULL where it has none. FAILED where the key is another. */
CHECKED gboolean site_secret_open(
    struct tx *tx, const struct site *site, const struct digest *key, const char **secret, GError **error);

struct site_seen {
	const char *site;
	const char *url; /* of the page that shows the widget */
};

/* Notes that the widget was seen on one of the site's pages: at most once an hour, and only below a listed origin. */
CHECKED gboolean site_seen(struct tx *tx, const struct site_seen *ask, GError **error);

/* How long after a page was seen another one is noted. */
#define SITE_SEEN_MS (60 * INT64_C(60) * 1000)

/* Which origins may show which site: a row for each, in the order of the keys; one without an origin has a row too. */
struct site_place {
	const char *site;
	const char *origin; /* NULL: nowhere but on the desk's own pages */
	int64_t seen_at;
};
struct site_places {
	const struct site_place *rows;
	size_t count;
};
CHECKED gboolean site_places(struct tx *tx, struct site_places *answer, GError **error);
