/* Chains: see chain.h. */
#include "desk/audit/chain.h"

#include <string.h>

#include "sql/chain_sql.h"
#include "store/tx.h"

struct digest
chain_start(const char *chain)
{
	return secret_digest_text(chain);
}

struct digest
chain_hash(const struct digest *before, const struct digest *content)
{
	struct digest both[2] = { *before, *content };

	G_STATIC_ASSERT(sizeof both == 2 * DIGEST_BYTES);
	return secret_digest(both, sizeof both);
}

/* The head as it is; length 0 for a chain that has no row yet. */
static gboolean
read_head(struct tx *tx, const char *chain, int64_t *length, struct digest *head, GError **error)
{
	struct chain_sql_head *row;

	if (!chain_sql_head(tx, chain, &row, error))
		return FALSE;
	if (row == NULL) {
		*length = 0;
		*head = chain_start(chain);
		return TRUE;
	}
	if (row->head.size != DIGEST_BYTES)
		return fail(error, FAILED_STORE, "the head of chain %s is damaged", chain);
	*length = row->length;
	memcpy(head->bytes, row->head.data, DIGEST_BYTES);
	return TRUE;
}

gboolean
chain_extend(struct tx *tx, const char *chain, const struct digest *content, struct chain_link *link, GError **error)
{
	struct digest head, hash;
	int64_t length = 0;
	int changed;

	if (!read_head(tx, chain, &length, &head, error))
		return FALSE;
	hash = chain_hash(&head, content);
	if (!chain_sql_move(tx, chain, length + 1, (struct bytes) { hash.bytes, DIGEST_BYTES }, &changed, error))
		return FALSE;
	if (changed != 1)
		return fail(error, FAILED_STORE, "chain %s moved meanwhile", chain);
	*link = (struct chain_link) { .id = length + 1, .hash = hash };
	return TRUE;
}
