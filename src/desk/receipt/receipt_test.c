/* Facts about receipts. */
#include "desk/receipt/receipt.h"

#include "base/limits.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define ID "receipt-0001"

static gboolean
keep(struct tx *tx, void *data, GError **error)
{
	return receipt_keep(tx, "chat.take", ID, data, error);
}

static gboolean
find(struct tx *tx, void *data, GError **error)
{
	const char **answer = data, *found;

	if (!receipt_find(tx, "chat.take", ID, &found, error))
		return FALSE;
	*answer = g_strdup(found);
	return TRUE;
}

static gboolean
purge(struct tx *tx, void *data, GError **error)
{
	return receipt_purge(tx, 10, data, error);
}

TEST(an_answer_is_kept_for_168_hours_and_not_a_moment_longer)
{
	static const struct actor ann = { .kind = ACTOR_PERSON, .role = ROLE_ADVISOR, .person_id = 7 };
	struct fact_desk *desk = fact_desk_new();
	g_autofree char *kept = NULL;
	char *gone = NULL;
	int purged = 0;

	fact_change(desk, &ann, keep, (void *)"{}");
	desk->clock.set_ms += LIMIT_RECEIPT_HOURS * MS_PER_HOUR;
	fact_change(desk, NULL, purge, &purged);
	assert_int_equal(purged, 0);
	fact_change(desk, &ann, find, &kept);
	assert_string_equal(kept, "{}");
	desk->clock.set_ms++;
	fact_change(desk, NULL, purge, &purged);
	assert_int_equal(purged, 1);
	fact_change(desk, &ann, find, &gone);
	assert_null(gone);
	fact_desk_free(desk);
}
