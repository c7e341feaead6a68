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

/* The unknown visitor's row becomes that of the known one, which gives way: what was said stays with who said it. */
static gboolean
merge(struct tx *tx, int64_t unknown, int64_t *row, const char *key, GError **error)
{
	const char *old = talloc_strdup(tx_memory(tx), tx_actor(tx)->visitor);

	if (!visitor_sql_take_words(tx, unknown, *row, error) || !visitor_sql_remove(tx, *row, error) ||
	    !visitor_sql_move(tx, unknown, key, error))
		return FALSE;
	*row = unknown;
	return tell_moved(tx, old);
}

/*
 * Somebody known who has no conversation yet goes on with what was said in this browser before signing in: as who is known for the
 * first time does. Only of late: an older one may be of whoever used the browser before.
 */
static gboolean
adopt(struct tx *tx, const char *key, int64_t *row, GError **error)
{
	struct visitor_sql_unknown *unknown;
	bool is_adoptable;

	if (!visitor_sql_unknown(tx, tx_actor(tx)->visitor, &unknown, error))
		return FALSE;
	if (unknown == NULL)
		return TRUE;
	if (!visitor_sql_is_adoptable(tx, unknown->id, *row, tx_now_ms(tx) - VISITOR_ADOPTS_MS, &is_adoptable, error))
		return FALSE;
	return !is_adoptable || merge(tx, unknown->id, row, key, error);
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
	return known != NULL ? adopt(tx, *key, row, error) : first_time(tx, *key, row, error);
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
