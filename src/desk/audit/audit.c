/* The audit log: see audit.h; the check of the chains is in verify.c. */
#include "desk/audit/audit.h"

#include <talloc.h>

#include "desk/audit/canon.h"
#include "desk/audit/chain.h"
#include "desk/people/actor.h"
#include "sql/audit_sql.h"
#include "store/tx.h"

gboolean
audit_add(struct tx *tx, const char *command, const char *object, const char *says, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	const struct canon_line line = {
		.at = tx_now_ms(tx),
		.actor_kind = actor_kind_names[actor->kind],
		.actor_id = actor->person_id,
		.command = command,
		.object = object,
		.says = says,
	};
	struct digest content = canon_line(tx_memory(tx), &line);
	struct chain_link link;

	return chain_extend(tx, CHAIN_AUDIT, &content, &link, error) &&
	    audit_sql_add(tx, link.id, line.at, line.actor_kind, line.actor_id, command, object, says,
		(struct bytes) { link.hash.bytes, DIGEST_BYTES }, error);
}

gboolean
audit_list(struct tx *tx, const struct audit_ask *ask, struct audit_page *answer, GError **error)
{
	struct audit_sql_list_list list;
	struct audit_line *rows;
	size_t count;

	/* One more than asked for tells whether there are more. */
	if (!audit_sql_list(tx, ask->before == 0 ? INT64_MAX : ask->before, ask->limit + 1, &list, error))
		return FALSE;
	count = MIN(list.count, (size_t)ask->limit);
	rows = talloc_array(tx_memory(tx), struct audit_line, count);
	for (size_t i = 0; i < count; i++) {
		const struct audit_sql_list *row = &list.rows[i];

		rows[i] = (struct audit_line) { row->id, row->at, row->actor_kind, row->person, row->name, row->command,
			row->object, row->says };
	}
	*answer = (struct audit_page) { .lines = { rows, count }, .more = list.count > count };
	return TRUE;
}
