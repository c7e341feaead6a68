/* Visitors: see visitor.h. */
#include "desk/visitor/visitor.h"

#include <string.h>
#include <talloc.h>

#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/site/site.h"
#include "sql/visitor_sql.h"
#include "store/tx.h"

/* Whether a page of that site has said so. Nothing of it is believed before. */
static gboolean
is_signed(struct tx *tx, const struct site *site, const struct visitor_identify *ask, GError **error)
{
	const struct identity *identity = ask->identity;
	const char *secret;
	struct digest right;

	if (!site_secret_open(tx, site, ask->key, &secret, error))
		return FALSE;
	if (secret == NULL)
		return refuse(error, REFUSED_STATE, "token", "this site has no identity secret yet");
	right = secret_hmac_sha256(secret, identity->payload, strlen(identity->payload));
	return secret_equal(&right, &identity->mac) ||
	    refuse(error, REFUSED_FIELD, "token", "is not signed with the secret of this site");
}

static gboolean
is_fresh(struct tx *tx, const struct identity *identity, GError **error)
{
	int64_t now = tx_now_ms(tx);

	if (identity->expires_at <= now)
		return refuse(error, REFUSED_RANGE, "token", "has ended: exp is not ahead");
	if (identity->expires_at > now + IDENTITY_AHEAD_MS)
		return refuse(error, REFUSED_RANGE, "token", "ends too late: exp is more than 24 hours ahead");
	return TRUE;
}

static gboolean
tell_moved(struct tx *tx, const char *old)
{
	struct visitor_moved *body = talloc(tx_memory(tx), struct visitor_moved);

	body->visitor = old;
	return tx_tell(tx, EVENT_VISITOR_MOVED, 0, body);
}

/* The row for somebody whom the site has not named before: the caller's own, when it is unknown so far, or a new one. */
static gboolean
first_time(struct tx *tx, const char *key, int64_t *row, GError **error)
{
	const char *old = tx_actor(tx)->visitor;
	struct visitor_sql_unknown *unknown;

	if (!visitor_sql_unknown(tx, old, &unknown, error))
		return FALSE;
	if (unknown == NULL)
		return visitor_sql_add(tx, key, tx_now_ms(tx), row, error);
	*row = unknown->id;
	return visitor_sql_move(tx, unknown->id, key, error) && tell_moved(tx, talloc_strdup(tx_memory(tx), old));
}

static gboolean
row_of(struct tx *tx, const struct site *site, const struct identity *identity, const char **key, int64_t *row,
    GError **error)
{
	struct visitor_sql_known *known;

	if (!visitor_sql_known(tx, site->row, identity->external_id, &known, error))
		return FALSE;
	*key = known != NULL ? known->key : tx_key(tx);
	*row = known != NULL ? known->id : 0;
	return known != NULL || first_time(tx, *key, row, error);
}

gboolean
visitor_identify(struct tx *tx, const struct visitor_identify *ask, struct visitor_identified *answer, GError **error)
{
	const struct identity *identity = ask->identity;
	struct site site;
	const char *key;
	int64_t row;

	if (!site_find(tx, ask->site, "site", &site, error))
		return FALSE;
	if (identity == NULL)
		return refuse(error, REFUSED_FIELD, "token", "%s", ask->problem);
	if (!is_signed(tx, &site, ask, error) || !is_fresh(tx, identity, error) ||
	    !row_of(tx, &site, identity, &key, &row, error) ||
	    !visitor_sql_put(
		tx, row, site.row, identity->external_id, identity->name, identity->email, tx_now_ms(tx), error))
		return FALSE;
	*answer = (struct visitor_identified) { key, identity->expires_at };
	return TRUE;
}
