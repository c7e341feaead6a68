/* Offers: see offer.h. */
#include "desk/chat/offer.h"

#include <string.h>

#include "desk/duty/duty.h"
#include "sql/offer_sql.h"

gboolean
offer_move(struct tx *tx, int64_t chat, GError **error)
{
	return offer_sql_move(tx, chat, error);
}

gboolean
offer_forget(struct tx *tx, int64_t chat, GError **error)
{
	return offer_sql_forget(tx, chat, error);
}

gboolean
offer_make(struct tx *tx, const struct offer_make *make, GError **error)
{
	int64_t id;
	int changed;

	if ((make->is_new_round && !offer_forget(tx, make->chat_id, error)) ||
	    !offer_sql_ask(tx, make->chat_id, make->person_id, &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return offer_sql_add(tx, make->chat_id, make->person_id, tx_now_ms(tx), make->expires_at, &id, error) &&
	    duty_gain(tx, make->person_id, error) && offer_move(tx, make->chat_id, error);
}

gboolean
offer_end(struct tx *tx, int64_t chat, const char *outcome, GError **error)
{
	struct offer_sql_end *ended;

	if (!offer_sql_end(tx, chat, outcome, tx_now_ms(tx), &ended, error))
		return FALSE;
	if (ended == NULL)
		return TRUE;
	return offer_sql_ask_nobody(tx, chat, error) &&
	    (strcmp(outcome, OFFER_ACCEPTED) == 0 || duty_lose(tx, ended->person, error)) &&
	    offer_move(tx, chat, error);
}

gboolean
offer_put_back(struct tx *tx, int64_t chat, int64_t person, GError **error)
{
	return offer_sql_put_back(tx, chat, person, tx_now_ms(tx), OFFER_RELEASED, error);
}
