/* The parts of a site: see site_parts.h. */
#include "desk/site/site_parts.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/setting/setting.h"
#include "desk/site/address.h"
#include "desk/team/team.h"
#include "sql/site_sql.h"
#include "store/tx.h"

const char *const site_themes[] = { "auto", "light", "dark", NULL };
const char *const site_sides[] = { "end", "start", NULL };
const char *const site_launchers[] = { "bubble", "label", "none", NULL };
const char *const site_asks[] = { "optional", "no", "required", NULL };
const char *const site_text_names[] = { "greeting", "waiting", "offline", "launcher", "title", "consent", "invitation",
	NULL };
const char *const site_kinds[] = { "line", "text", "choice", "check", NULL };

#define KIND_CHOICE "choice"

/* ---- What is right ---- */

static void
set_otherwise(const char **word, const char *otherwise)
{
	if (*word == NULL)
		*word = otherwise;
}

/* What a new site has. */
static void
fill_in(struct site *site)
{
	set_otherwise(&site->theme, site_themes[0]);
	set_otherwise(&site->colour, SITE_COLOUR);
	set_otherwise(&site->side, site_sides[0]);
	set_otherwise(&site->launcher, site_launchers[0]);
	set_otherwise(&site->ask_name, site_asks[0]);
	set_otherwise(&site->ask_email, site_asks[0]);
	set_otherwise(&site->ask_topic, "no");
	if (site->max_waiting == 0)
		site->max_waiting = SITE_MAX_WAITING;
}

static bool
is_colour(const char *text)
{
	return *text == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

static gboolean
check_look(struct tx *tx, const struct site *site, GError **error)
{
	if (!setting_is_language(site->language))
		return refuse(error, REFUSED_RANGE, "language", "wants a language tag, such as en or pt-BR");
	if (!is_colour(site->colour))
		return refuse(error, REFUSED_RANGE, "colour", "wants a colour such as %s", SITE_COLOUR);
	if (site->consent_url != NULL && address_page(tx_memory(tx), site->consent_url) == NULL)
		return refuse(error, REFUSED_RANGE, "consent_url", "wants the address of a page: http or https");
	return site->team == 0 || team_check(tx, site->team, "team", error);
}

/* Gives them as browsers write them. */
static gboolean
check_origins(struct tx *tx, struct site_origins *origins, GError **error)
{
	struct site_origin *rows = talloc_array(tx_memory(tx), struct site_origin, origins->count);

	for (size_t i = 0; i < origins->count; i++) {
		rows[i].origin = address_origin(tx_memory(tx), origins->rows[i].origin);
		if (rows[i].origin == NULL)
			return refuse(error, REFUSED_RANGE, tx_text(tx, "origins[%zu]", i),
			    "wants an origin such as https://shop.example, without a path");
	}
	origins->rows = rows;
	return TRUE;
}

static gboolean
check_texts(struct tx *tx, const struct site_texts *texts, GError **error)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (!setting_is_language(texts->rows[i].language))
			return refuse(error, REFUSED_RANGE, tx_text(tx, "texts[%zu].language", i),
			    "wants a language tag, such as en or pt-BR");
	}
	return TRUE;
}

static gboolean
check_hours(struct tx *tx, const struct site_hours *hours, GError **error)
{
	for (size_t i = 0; i < hours->count; i++) {
		if (hours->rows[i].from_minute >= hours->rows[i].to_minute)
			return refuse(
			    error, REFUSED_RANGE, tx_text(tx, "hours[%zu].to_minute", i), "ends before it begins");
	}
	return TRUE;
}

/* Answers go by the label: of two with the same one none could be answered. */
static bool
is_label_taken(const struct site_fields *fields, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(fields->rows[i].label, fields->rows[at].label) == 0)
			return true;
	}
	return false;
}

static gboolean
check_fields(struct tx *tx, const struct site_fields *fields, GError **error)
{
	for (size_t i = 0; i < fields->count; i++) {
		bool has_choices = fields->rows[i].choices.count > 0;

		if (is_label_taken(fields, i))
			return refuse(error, REFUSED_RANGE, tx_text(tx, "fields[%zu].label", i), "is said twice");
		if (has_choices != (strcmp(fields->rows[i].kind, KIND_CHOICE) == 0))
			return refuse(error, REFUSED_RANGE, tx_text(tx, "fields[%zu].choices", i),
			    "wants choices for the kind \"choice\", and for no other");
	}
	return TRUE;
}

static gboolean
check_invites(struct tx *tx, const struct site_invites *invites, GError **error)
{
	for (size_t i = 0; i < invites->count; i++) {
		if (*invites->rows[i].path != '/')
			return refuse(error, REFUSED_RANGE, tx_text(tx, "invites[%zu].path", i),
			    "wants the beginning of a path, such as /lamps");
	}
	return TRUE;
}

gboolean
site_parts_check(struct tx *tx, struct site *site, GError **error)
{
	fill_in(site);
	return check_look(tx, site, error) && check_origins(tx, &site->origins, error) &&
	    check_texts(tx, &site->texts, error) && check_hours(tx, &site->hours, error) &&
	    check_fields(tx, &site->fields, error) && check_invites(tx, &site->invites, error);
}

/* ---- Writing ---- */

static gboolean
put_origins(struct tx *tx, int64_t row, const struct site_origins *origins, GError **error)
{
	if (!site_sql_origins_clear(tx, row, error))
		return FALSE;
	for (size_t i = 0; i < origins->count; i++) {
		if (!site_sql_origin_add(tx, row, (int64_t)i, origins->rows[i].origin, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
put_texts(struct tx *tx, int64_t row, const struct site_texts *texts, GError **error)
{
	int changed;

	if (!site_sql_texts_clear(tx, row, error))
		return FALSE;
	for (size_t i = 0; i < texts->count; i++) {
		const struct site_text *text = &texts->rows[i];

		if (!site_sql_text_add(tx, row, text->language, text->name, text->text, &changed, error))
			return FALSE;
		if (changed == 0)
			return refuse(error, REFUSED_RANGE, tx_text(tx, "texts[%zu]", i), "is said twice");
	}
	return TRUE;
}

static gboolean
put_hours(struct tx *tx, int64_t row, const struct site_hours *hours, GError **error)
{
	if (!site_sql_hours_clear(tx, row, error))
		return FALSE;
	for (size_t i = 0; i < hours->count; i++) {
		const struct site_span *span = &hours->rows[i];

		if (!site_sql_hours_add(tx, row, (int64_t)i, span->weekday, span->from_minute, span->to_minute, error))
			return FALSE;
	}
	return TRUE;
}

/* One a line. */
static const char *
joined(struct tx *tx, const struct site_choices *choices)
{
	char *text = NULL;

	for (size_t i = 0; i < choices->count; i++)
		text = text == NULL ? talloc_strdup(tx_memory(tx), choices->rows[i].choice)
				    : talloc_asprintf_append(text, "\n%s", choices->rows[i].choice);
	return text;
}

static gboolean
put_fields(struct tx *tx, int64_t row, const struct site_fields *fields, GError **error)
{
	if (!site_sql_fields_clear(tx, row, error))
		return FALSE;
	for (size_t i = 0; i < fields->count; i++) {
		const struct site_field *field = &fields->rows[i];

		if (!site_sql_field_add(tx, row, (int64_t)i, field->label, field->kind, joined(tx, &field->choices),
			field->is_required, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
put_invites(struct tx *tx, int64_t row, const struct site_invites *invites, GError **error)
{
	if (!site_sql_invites_clear(tx, row, error))
		return FALSE;
	for (size_t i = 0; i < invites->count; i++) {
		const struct site_invite *invite = &invites->rows[i];

		if (!site_sql_invite_add(
			tx, row, (int64_t)i, invite->path, invite->seconds, invite->is_returning, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
site_parts_put(struct tx *tx, int64_t row, const struct site *site, GError **error)
{
	return put_origins(tx, row, &site->origins, error) && put_texts(tx, row, &site->texts, error) &&
	    put_hours(tx, row, &site->hours, error) && put_fields(tx, row, &site->fields, error) &&
	    put_invites(tx, row, &site->invites, error);
}

/* ---- Reading ---- */

/* Makes `rows_` of the site's list out of what the query of that name found, row by row. */
#define GET(list_, query_, type_, ...)                                                                                 \
	do {                                                                                                           \
		struct site_sql_##query_##_list found;                                                                 \
		struct type_ *rows;                                                                                    \
                                                                                                                       \
		if (!site_sql_##query_(tx, site->row, &found, error))                                                  \
			return FALSE;                                                                                  \
		rows = talloc_array(tx_memory(tx), struct type_, found.count);                                         \
		for (size_t i = 0; i < found.count; i++) {                                                             \
			const struct site_sql_##query_ *row = &found.rows[i];                                          \
			rows[i] = (struct type_) { __VA_ARGS__ };                                                      \
		}                                                                                                      \
		site->list_.rows = rows;                                                                               \
		site->list_.count = found.count;                                                                       \
	} while (0)

static struct site_choices
split(struct tx *tx, const char *text)
{
	if (text == NULL)
		return (struct site_choices) { 0 };

	char *rest = talloc_strdup(tx_memory(tx), text);
	struct site_choice *rows = talloc_array(tx_memory(tx), struct site_choice, LIMIT_SITE_CHOICES);
	size_t count = 0;

	while (rest != NULL && count < LIMIT_SITE_CHOICES) {
		rows[count++].choice = rest;
		rest = strchr(rest, '\n');
		if (rest != NULL)
			*rest++ = '\0';
	}
	return (struct site_choices) { rows, count };
}

gboolean
site_parts_get(struct tx *tx, struct site *site, GError **error)
{
	GET(origins, origins, site_origin, row->origin);
	GET(texts, texts, site_text, row->language, row->name, row->text);
	GET(hours, hours, site_span, row->weekday, row->from_minute, row->to_minute);
	GET(fields, fields, site_field, row->label, row->kind, split(tx, row->choices), row->is_required);
	GET(invites, invites, site_invite, row->path, row->seconds, row->is_returning);
	return TRUE;
}
