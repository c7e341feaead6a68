/* The doors of sites. */
#include "desk/site/site.h"

#include <talloc.h>

#include "desk/site/widget.h"
#include "edge/call.h"
#include "edge/command.h"
#include "edge/embeds.h"
#include "edge/shapes.h"

/* ---- What a site is made of ---- */

static const struct field origin_fields[] = {
	FIELD_LINE(site_origin, origin, LIMIT_ORIGIN_BYTES),
	FIELD_END,
};

static const struct field text_fields[] = {
	FIELD_LINE(site_text, language, LIMIT_LANGUAGE_BYTES),
	FIELD_WORD(site_text, name, site_text_names),
	FIELD_TEXT(site_text, text, LIMIT_SITE_TEXT_BYTES),
	FIELD_END,
};

static const struct field span_fields[] = {
	FIELD_INT(site_span, weekday, 1, 7, .says = "1 is Monday"),
	FIELD_INT(site_span, from_minute, 0, 1439, .says = "of the day, in the desk's time zone"),
	FIELD_INT(site_span, to_minute, 1, 1440),
	FIELD_END,
};

static const struct field choice_fields[] = {
	FIELD_LINE(site_choice, choice, LIMIT_SITE_LABEL_BYTES),
	FIELD_END,
};

static const struct field field_fields[] = {
	FIELD_LINE(site_field, label, LIMIT_SITE_LABEL_BYTES),
	FIELD_WORD(site_field, kind, site_kinds),
	FIELD_PLAIN_LIST(site_field, choices, site_choice, choice_fields, AT_MOST(LIMIT_SITE_CHOICES), OPTIONAL,
	    .says = "of the kind choice"),
	FIELD_BOOL(site_field, is_required, OPTIONAL),
	FIELD_END,
};

static const struct field invite_fields[] = {
	FIELD_LINE(site_invite, path, LIMIT_SITE_PATH_BYTES, .says = "the beginning of the page's path"),
	FIELD_INT(site_invite, seconds, 0, 3600, .says = "on the page"),
	FIELD_BOOL(site_invite, is_returning, OPTIONAL, .says = "only who has been there before"),
	FIELD_END,
};

/* `given_` is OPTIONAL where a site is asked for, and nothing where it is answered. */
#define LOOK_ROWS(type_, given_)                                                                                       \
	FIELD_WORD(type_, theme, site_themes, given_),                                                                 \
	    FIELD_IN(LINE, type_, colour, 7, 7, .says = "such as " SITE_COLOUR, given_),                               \
	    FIELD_WORD(type_, side, site_sides, .says = "where the launcher stands, as one reads", given_),            \
	    FIELD_WORD(type_, launcher, site_launchers, given_), FIELD_WORD(type_, ask_name, site_asks, given_),       \
	    FIELD_WORD(type_, ask_email, site_asks, given_), FIELD_WORD(type_, ask_topic, site_asks, given_),          \
	    FIELD_LINE(type_, consent_url, LIMIT_PAGE_BYTES, OPTIONAL),                                                \
	    FIELD_TEXT(type_, bulletin, LIMIT_BULLETIN_BYTES, OPTIONAL)

#define LIST_ROWS(type_, given_)                                                                                       \
	FIELD_LIST(                                                                                                    \
	    type_, hours, site_span, span_fields, AT_MOST(LIMIT_SITE_HOURS), .says = "none: always open", given_),     \
	    FIELD_LIST(type_, fields, site_field, field_fields, AT_MOST(LIMIT_SITE_FIELDS), given_),                   \
	    FIELD_LIST(type_, invites, site_invite, invite_fields, AT_MOST(LIMIT_SITE_INVITES), given_)

#define SITE_ROWS(given_)                                                                                              \
	FIELD_LINE(site, name, LIMIT_NAME_BYTES),                                                                      \
	    FIELD_INT(site, team, 1, INT64_MAX, OPTIONAL, .says = "whose chats they are; left out: everybody's"),      \
	    FIELD_LINE(site, language, LIMIT_LANGUAGE_BYTES, .says = "a language tag, such as en or pt-BR"),           \
	    LOOK_ROWS(site, given_),                                                                                   \
	    FIELD_INT(site, max_waiting, 1, LIMIT_WAITING_CHATS, .otherwise = SITE_MAX_WAITING,                        \
		.says = "visitors of this site who wait at a time; the next is given a form", given_),                 \
	    FIELD_BOOL(site, is_inviting, given_),                                                                     \
	    FIELD_PLAIN_LIST(site, origins, site_origin, origin_fields, AT_MOST(LIMIT_SITE_ORIGINS),                   \
		.says = "of pages that may show it, such as https://shop.example", given_),                            \
	    FIELD_LIST(site, texts, site_text, text_fields, AT_MOST(LIMIT_SITE_TEXTS),                                 \
		.says = "its own words; what is left out the widget says itself", given_),                             \
	    LIST_ROWS(site, given_)

static const struct field add_fields[] = {
	FIELD_CALLER(site),
	SITE_ROWS(OPTIONAL),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_KEY(site, site, IN_PATH),
	FIELD_INT(site, version, 1, INT64_MAX, .says = "as it was read: refused (state) where somebody was quicker"),
	SITE_ROWS(OPTIONAL),
	FIELD_END,
};

static const struct field site_fields[] = {
	FIELD_KEY(site, site),
	FIELD_INT(site, version, 1, INT64_MAX),
	SITE_ROWS(),
	FIELD_BOOL(site, has_secret, .says = "of identities"),
	FIELD_BOOL(site, is_own, .says = "of the desk's own pages"),
	FIELD_TIME(site, seen_at, OPTIONAL, .says = "when the widget was last seen on a page"),
	FIELD_LINE(site, seen_url, LIMIT_PAGE_BYTES, OPTIONAL),
	FIELD_TIME(site, created_at),
	FIELD_BOOL(site, is_archived),
	FIELD_END,
};

const struct field site_row_fields[] = {
	FIELD_KEY(site_row, site),
	FIELD_LINE(site_row, name, LIMIT_NAME_BYTES),
	FIELD_INT(site_row, team, 1, INT64_MAX, OPTIONAL),
	FIELD_LINE(site_row, language, LIMIT_LANGUAGE_BYTES),
	FIELD_INT(site_row, version, 1, INT64_MAX),
	FIELD_BOOL(site_row, has_secret),
	FIELD_TIME(site_row, seen_at, OPTIONAL),
	FIELD_LINE(site_row, seen_url, LIMIT_PAGE_BYTES, OPTIONAL),
	FIELD_BOOL(site_row, is_archived, OPTIONAL),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LIST(site_list, sites, site_row, site_row_fields),
	FIELD_END,
};

static const struct field ask_fields[] = {
	FIELD_KEY(site_ask, site, IN_PATH),
	FIELD_END,
};

static const struct field secret_ask_fields[] = {
	FIELD_KEY(site_secret_ask, site, IN_PATH),
	FIELD_END,
};

static const struct field secret_fields[] = {
	FIELD_SECRET(
	    site_secret, secret, TOKEN_CHARS, TOKEN_CHARS, .says = "shown this once: the key of the signatures"),
	FIELD_END,
};

static const struct field seen_fields[] = {
	FIELD_KEY(site_seen, site, IN_PATH),
	FIELD_LINE(site_seen, url, LIMIT_PAGE_BYTES, .says = "of the page that shows the widget"),
	FIELD_END,
};

/* ---- What everybody sees ---- */

static const struct field widget_ask_fields[] = {
	FIELD_KEY(widget_ask, site, IN_PATH),
	FIELD_LINE(widget_ask, language, LIMIT_LANGUAGE_BYTES, IN_QUERY, OPTIONAL, .says = "of the visitor's page"),
	FIELD_END,
};

static const struct field language_fields[] = {
	FIELD_LINE(widget_language, language, LIMIT_LANGUAGE_BYTES),
	FIELD_END,
};

static const struct field word_fields[] = {
	FIELD_WORD(widget_word, name, site_text_names),
	FIELD_TEXT(widget_word, text, LIMIT_SITE_TEXT_BYTES),
	FIELD_END,
};

static const struct field widget_fields[] = {
	FIELD_KEY(widget, site),
	FIELD_LINE(widget, desk, LIMIT_NAME_BYTES, .says = "what the desk is called"),
	FIELD_LINE(widget, name, LIMIT_NAME_BYTES),
	FIELD_LINE(widget, language, LIMIT_LANGUAGE_BYTES, .says = "of the words"),
	FIELD_PLAIN_LIST(widget, languages, widget_language, language_fields,
	    .says = "that the site has words of its own in; the first is its own"),
	LOOK_ROWS(widget, ),
	FIELD_LINE(widget, time_zone, LIMIT_TIME_ZONE_BYTES, .says = "of the hours"),
	FIELD_LIST(
	    widget, words, widget_word, word_fields, .says = "the site's own; what is missing the widget says itself"),
	LIST_ROWS(widget, ),
	FIELD_END,
};

RUNS_WITHOUT_ASK(site_list);
RUNS(site_get);
RUNS(site_add);
RUNS(site_change);
RUNS_WITHOUT_ANSWER(site_archive);
RUNS_WITHOUT_ANSWER(site_own);
RUNS(site_secret);
RUNS_WITHOUT_ANSWER(site_seen);
RUNS(site_widget);

static void
around_secret(struct call *call)
{
	((struct site_secret_ask *)call->ask)->key = &call->edge->key;
	call_submit(call);
}

/*
 * Anybody may say so, and as often: what would change nothing does not reach the writer. (A site that is not known here is left to the
 * decision, and the reader that asks whether there is one.)
 */
static void
around_seen(struct call *call)
{
	const struct site_seen *ask = call->ask;
	struct embeds *embeds = call->edge->embeds;

	if (embeds == NULL || embeds_sources(embeds, ask->site) == NULL ||
	    embeds_is_due(embeds, ask->site, ask->url, call->work.now_ms))
		call_submit(call);
	else
		call_answer(call);
}

const struct command site_commands[] = {
	{ .name = "site.list",
	    .door = "GET /api/v1/sites",
	    .may = MAY_SEE_SITES,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    ANSWERS(list_answer, site_list),
	    .run = run_site_list,
	    .on_socket = true,
	    .says = "Lists the sites that are not archived, by name." },
	{ .name = "site.get",
	    .door = "GET /api/v1/sites/{site}",
	    .may = MAY_SEE_SITES,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(ask_fields, site_ask),
	    ANSWERS(site_fields, site),
	    .run = run_site_get,
	    .on_socket = true,
	    .says = "Everything about one site." },
	{ .name = "site.add",
	    .door = "POST /api/v1/sites",
	    .may = MAY_MANAGE_SITES,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, site),
	    ANSWERS(site_fields, site),
	    .run = run_site_add,
	    .on_socket = true,
	    .audit = "added a site",
	    .says = "Adds a site; what is left out is as on a new one." },
	{ .name = "site.change",
	    .door = "PUT /api/v1/sites/{site}",
	    .may = MAY_MANAGE_SITES,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(change_fields, site),
	    ANSWERS(site_fields, site),
	    .run = run_site_change,
	    .on_socket = true,
	    .audit = "changed a site",
	    .says = "Replaces everything of a site: what is left out is as on a new one." },
	{ .name = "site.archive",
	    .door = "POST /api/v1/sites/{site}/archive",
	    .may = MAY_MANAGE_SITES,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, site_ask),
	    .run = run_site_archive,
	    .on_socket = true,
	    .audit = "archived a site",
	    .says = "Archives a site: its widget is there no more." },
	{ .name = "site.own",
	    .door = "POST /api/v1/sites/{site}/own",
	    .may = MAY_MANAGE_SITES,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(ask_fields, site_ask),
	    .run = run_site_own,
	    .on_socket = true,
	    .audit = "made a site that of the desk's own pages",
	    .says = "Makes a site that of the desk's own pages." },
	{ .name = "site.secret",
	    .door = "POST /api/v1/sites/{site}/secret",
	    .may = MAY_MANAGE_SITES,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(secret_ask_fields, site_secret_ask),
	    ANSWERS(secret_fields, site_secret),
	    .run = run_site_secret,
	    .around = around_secret,
	    .audit = "made a new identity secret",
	    .says =
		"Makes a new secret by which the site's pages sign who a visitor is; the one before counts no more." },
	{ .name = "site.seen",
	    .door = "POST /api/v1/sites/{site}/seen",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(seen_fields, site_seen),
	    .run = run_site_seen,
	    .around = around_seen,
	    .says = "By the panel: it was opened on that page. Noted once an hour, for pages of the site's origins." },
	{ .name = "site.widget",
	    .door = "GET /api/v1/sites/{site}/widget",
	    .may = MAY_ANYTHING,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(widget_ask_fields, widget_ask),
	    ANSWERS(widget_fields, widget),
	    .run = run_site_widget,
	    .is_public = true,
	    .says = "What the widget of a site looks like, says and asks; the same for everybody." },
	COMMANDS_END,
};
