/* The widget of a site: see widget.h. */
#include "desk/site/widget.h"

#include <string.h>
#include <talloc.h>

#include "desk/setting/setting.h"
#include "desk/site/site_parts.h"
#include "store/tx.h"

/* Whether both begin with the same language: "pt" of "pt-BR". */
static bool
is_same_language(const char *one, const char *other)
{
	size_t size = strcspn(one, "-");

	return size == strcspn(other, "-") && g_ascii_strncasecmp(one, other, size) == 0;
}

/* Whether `tag` is `wanted` without some of its last subtags, or all of it. */
static bool
is_beginning(const char *tag, const char *wanted)
{
	size_t size = strlen(tag);

	return g_ascii_strncasecmp(tag, wanted, size) == 0 && (wanted[size] == '\0' || wanted[size] == '-');
}

const char *
widget_language(const struct widget_languages *languages, const char *wanted)
{
	const char *best = languages->rows[0].language;
	size_t best_size = 0;
	bool is_found = wanted == NULL;

	for (size_t i = 0; wanted != NULL && i < languages->count; i++) {
		const char *tag = languages->rows[i].language;

		if (is_beginning(tag, wanted) && strlen(tag) > best_size) {
			best = tag;
			best_size = strlen(tag);
			is_found = true;
		}
	}
	for (size_t i = 0; !is_found && i < languages->count; i++) {
		is_found = is_same_language(languages->rows[i].language, wanted);
		if (is_found)
			best = languages->rows[i].language;
	}
	return best;
}

/* The site's own language, and every one that it has words in; they come in order. */
static struct widget_languages
languages_of(struct tx *tx, const struct site *site)
{
	struct widget_language *rows = talloc_array(tx_memory(tx), struct widget_language, site->texts.count + 1);
	size_t count = 0;

	rows[count++].language = site->language;
	for (size_t i = 0; i < site->texts.count; i++) {
		const char *language = site->texts.rows[i].language;

		if (strcmp(language, site->language) != 0 && strcmp(language, rows[count - 1].language) != 0)
			rows[count++].language = language;
	}
	return (struct widget_languages) { rows, count };
}

static struct widget_words
words_of(struct tx *tx, const struct site *site, const char *language)
{
	struct widget_word *rows = talloc_array(tx_memory(tx), struct widget_word, site->texts.count);
	size_t count = 0;

	for (size_t i = 0; i < site->texts.count; i++) {
		const struct site_text *text = &site->texts.rows[i];

		if (strcmp(text->language, language) == 0)
			rows[count++] = (struct widget_word) { text->name, text->text };
	}
	return (struct widget_words) { rows, count };
}

gboolean
site_widget(struct tx *tx, const struct widget_ask *ask, struct widget *answer, GError **error)
{
	struct site site;
	struct widget_languages languages;
	const char *language;

	if (ask->language != NULL && !setting_is_language(ask->language))
		return refuse(error, REFUSED_RANGE, "language", "wants a language tag, such as en or pt-BR");
	if (!site_find(tx, ask->site, "site", &site, error) || !site_parts_get(tx, &site, error) ||
	    !setting_value(tx, SETTING_NAME, &answer->desk, error) ||
	    !setting_value(tx, SETTING_TIME_ZONE, &answer->time_zone, error))
		return FALSE;
	languages = languages_of(tx, &site);
	language = widget_language(&languages, ask->language);
	*answer = (struct widget) {
		.site = site.site,
		.desk = answer->desk,
		.name = site.name,
		.language = language,
		.languages = languages,
		.theme = site.theme,
		.colour = site.colour,
		.side = site.side,
		.launcher = site.launcher,
		.ask_name = site.ask_name,
		.ask_email = site.ask_email,
		.ask_topic = site.ask_topic,
		.consent_url = site.consent_url,
		.bulletin = site.bulletin,
		.time_zone = answer->time_zone,
		.words = words_of(tx, &site, language),
		.hours = site.hours,
		.fields = site.fields,
	};
	if (site.is_inviting)
		answer->invites = site.invites;
	else
		answer->invites.rows = site.invites.rows;
	return TRUE;
}
