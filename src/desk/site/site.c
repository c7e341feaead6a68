/* Sites: see site.h. Their lists and what is right of them: site_parts.c. */
#include "desk/site/site.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "desk/setting/setting.h"
#include "desk/site/address.h"
#include "desk/site/site_parts.h"
#include "sql/site_sql.h"
#include "store/query.h"
#include "store/tx.h"

static gboolean
refuse_unknown(const char *field, GError **error)
{
	return refuse(error, REFUSED_UNKNOWN, field, "there is no such site");
}

static struct site
site_of(const struct site_sql_find *row)
{
	return (struct site) {
		.row = row->id,
		.site = row->key,
		.version = row->version,
		.name = row->name,
		.team = row->team,
		.language = row->language,
		.theme = row->theme,
		.colour = row->colour,
		.side = row->side,
		.launcher = row->launcher,
		.ask_name = row->ask_name,
		.ask_email = row->ask_email,
		.ask_topic = row->ask_topic,
		.consent_url = row->consent_url,
		.max_waiting = row->max_waiting,
		.is_inviting = row->is_inviting,
		.bulletin = row->bulletin,
		.has_secret = row->has_secret,
		.seen_at = row->seen_at,
		.seen_url = row->seen_url,
		.created_at = row->created_at,
		.is_archived = row->is_archived,
	};
}

static gboolean
find(struct tx *tx, const char *key, const char *field, struct site *site, GError **error)
{
	struct site_sql_find *row;
	const char *own;

	if (!site_sql_find(tx, key, &row, error) || !setting_value(tx, SETTING_SITE, &own, error))
		return FALSE;
	if (row == NULL)
		return refuse_unknown(field, error);
	*site = site_of(row);
	site->is_own = strcmp(own, key) == 0;
	return TRUE;
}

gboolean
site_find(struct tx *tx, const char *key, const char *field, struct site *site, GError **error)
{
	struct site found;

	if (!find(tx, key, field, &found, error))
		return FALSE;
	if (found.is_archived)
		return refuse_unknown(field, error);
	*site = found;
	return TRUE;
}

gboolean
site_get(struct tx *tx, const struct site_ask *ask, struct site *answer, GError **error)
{
	return find(tx, ask->site, "site", answer, error) && site_parts_get(tx, answer, error);
}

gboolean
site_list(struct tx *tx, struct site_list *answer, GError **error)
{
	struct site_sql_list_list found;
	struct site_row *rows;

	if (!site_sql_list(tx, LIMIT_SITES, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct site_row, found.count);
	for (size_t i = 0; i < found.count; i++) {
		const struct site_sql_list *row = &found.rows[i];

		rows[i] = (struct site_row) { row->key, row->name, row->team, row->language, row->version,
			row->has_secret, row->seen_at, row->seen_url, false };
	}
	answer->sites = (struct site_rows) { rows, found.count };
	return TRUE;
}

/* Tells everybody what the site is like now. */
static gboolean
tell(struct tx *tx, const char *key, GError **error)
{
	struct site_row *body = talloc(tx_memory(tx), struct site_row);
	struct site site;

	if (!find(tx, key, "site", &site, error))
		return FALSE;
	*body = (struct site_row) { site.site, site.name, site.team, site.language, site.version, site.has_secret,
		site.seen_at, site.seen_url, site.is_archived };
	return tx_tell(tx, EVENT_SITE_CHANGED, 0, body);
}

static gboolean
answer_now(struct tx *tx, const char *key, struct site *answer, GError **error)
{
	return tell(tx, key, error) && site_get(tx, &(struct site_ask) { key }, answer, error);
}

/* Everything that `ask` says, in the place of what there was; `version` is that of the row. */
static gboolean
put(struct tx *tx, int64_t row, int64_t version, const struct site *ask, GError **error)
{
	struct site site = *ask;
	int changed;

	if (!site_parts_check(tx, &site, error) ||
	    !site_sql_put(tx, row, version, site.name, site.team, site.language, site.theme, site.colour, site.side,
		site.launcher, site.ask_name, site.ask_email, site.ask_topic, site.consent_url, site.max_waiting,
		site.is_inviting, site.bulletin, &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_STATE, "version", "somebody else has changed this site: look at it again");
	return site_parts_put(tx, row, &site, error);
}

static gboolean
has_room(struct tx *tx, GError **error)
{
	int64_t sites;

	if (!site_sql_count(tx, &sites, error))
		return FALSE;
	return sites < LIMIT_SITES || refuse(error, REFUSED_STATE, NULL, "a desk has at most %d sites", LIMIT_SITES);
}

gboolean
site_add(struct tx *tx, const struct site *ask, struct site *answer, GError **error)
{
	const char *key = tx_key(tx);
	int64_t row;

	return has_room(tx, error) && site_sql_add(tx, key, ask->name, ask->language, tx_now_ms(tx), &row, error) &&
	    put(tx, row, 1, ask, error) && answer_now(tx, key, answer, error);
}

gboolean
site_change(struct tx *tx, const struct site *ask, struct site *answer, GError **error)
{
	struct site site;

	return site_find(tx, ask->site, "site", &site, error) && put(tx, site.row, ask->version, ask, error) &&
	    answer_now(tx, site.site, answer, error);
}

gboolean
site_archive(struct tx *tx, const struct site_ask *ask, GError **error)
{
	struct site site;
	int changed;

	if (!find(tx, ask->site, "site", &site, error))
		return FALSE;
	if (site.is_own)
		return refuse(error, REFUSED_STATE, "site", "the desk's own pages use this site");
	if (!site_sql_archive(tx, site.row, tx_now_ms(tx), &changed, error))
		return FALSE;
	return changed == 0 || tell(tx, ask->site, error);
}

gboolean
site_own(struct tx *tx, const struct site_ask *ask, GError **error)
{
	struct site site;

	return site_find(tx, ask->site, "site", &site, error) && setting_put(tx, SETTING_SITE, ask->site, error);
}

gboolean
site_first(struct tx *tx, const char *name, const char *language, const char *base_url, GError **error)
{
	struct site_origin own = { base_url == NULL ? NULL : address_origin(tx_memory(tx), base_url) };
	struct site ask = { .name = name, .language = language, .origins = { &own, own.origin == NULL ? 0 : 1 } };
	struct site site;

	return site_add(tx, &ask, &site, error) && site_own(tx, &(struct site_ask) { site.site }, error);
}

/* ---- The secret with which the site's pages say who a visitor is ---- */

gboolean
site_secret(struct tx *tx, const struct site_secret_ask *ask, struct site_secret *answer, GError **error)
{
	const char *secret = tx_token(tx);
	struct digest salt = tx_salt(tx);
	uint8_t sealed[TOKEN_CHARS + SEAL_BYTES];
	struct site site;

	secret_seal(ask->key, &salt, secret, TOKEN_CHARS, sealed);
	if (!site_find(tx, ask->site, "site", &site, error) ||
	    !site_sql_secret_put(tx, site.row, (struct bytes) { sealed, sizeof sealed }, error) ||
	    !tell(tx, ask->site, error))
		return FALSE;
	answer->secret = secret;
	return TRUE;
}

gboolean
site_secret_open(struct tx *tx, const struct site *site, const struct digest *key, const char **secret, GError **error)
{
	struct bytes sealed;
	char *opened;

	if (!site_sql_secret(tx, site->row, &sealed, error))
		return FALSE;
	*secret = NULL;
	if (sealed.data == NULL)
		return TRUE;
	opened = talloc_zero_size(tx_memory(tx), TOKEN_CHARS + 1);
	if (sealed.size != TOKEN_CHARS + SEAL_BYTES || !secret_unseal(key, sealed.data, sealed.size, opened))
		return fail(error, FAILED, "the identity secret of site %s was sealed with another key", site->site);
	*secret = opened;
	return TRUE;
}

/* ---- Where it was seen ---- */

static gboolean
is_listed(struct tx *tx, const struct site *site, const char *url, bool *is_listed, GError **error)
{
	const char *origin = address_origin_of(tx_memory(tx), url);
	struct site_sql_origins_list origins;

	if (!site_sql_origins(tx, site->row, &origins, error))
		return FALSE;
	*is_listed = false;
	for (size_t i = 0; i < origins.count; i++)
		*is_listed = *is_listed || g_strcmp0(origin, origins.rows[i].origin) == 0;
	return TRUE;
}

gboolean
site_seen(struct tx *tx, const struct site_seen *ask, GError **error)
{
	const char *page = address_page(tx_memory(tx), ask->url);
	int64_t now = tx_now_ms(tx);
	struct site site;
	bool is_ours;
	int changed;

	if (page == NULL)
		return refuse(error, REFUSED_RANGE, "url", "wants the address of a page: http or https");
	if (!site_find(tx, ask->site, "site", &site, error) || !is_listed(tx, &site, page, &is_ours, error))
		return FALSE;
	if (!is_ours)
		return TRUE;
	if (!site_sql_seen(tx, site.row, page, now, now - SITE_SEEN_MS, &changed, error))
		return FALSE;
	return changed == 0 || tell(tx, ask->site, error);
}

gboolean
site_places(struct tx *tx, struct site_places *answer, GError **error)
{
	struct site_sql_all_origins_list found;
	struct site_place *rows;

	if (!site_sql_all_origins(tx, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct site_place, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = (struct site_place) { found.rows[i].key, found.rows[i].origin, found.rows[i].seen_at };
	*answer = (struct site_places) { rows, found.count };
	return TRUE;
}
