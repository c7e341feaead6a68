/* Blocks: see block.h. */
#include "desk/block/block.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/network.h"
#include "desk/conversation/conversation.h"
#include "desk/people/actor.h"
#include "sql/block_sql.h"

const char *const block_kinds[] = { BLOCK_VISITOR, BLOCK_ADDRESS, NULL };

/* Whom a block is against; exactly one of them. */
struct target {
	int64_t visitor_id;
	const char *address;
};

static struct block_row
row_of(const struct block_sql_row *row)
{
	return (struct block_row) {
		.block = row->id,
		.kind = row->visitor == 0 ? BLOCK_ADDRESS : BLOCK_VISITOR,
		.visitor_name = row->visitor_name,
		.conversation = row->conversation,
		.address = row->address,
		.reason = row->reason,
		.made_by = { row->made_by, row->maker_name },
		.made_at = row->made_at,
		.until = row->until,
		.visitor_id = row->visitor,
	};
}

gboolean
block_check(struct tx *tx, int64_t visitor_id, const char *address, GError **error)
{
	bool blocked;

	if (!block_sql_is_blocked(tx, visitor_id, address == NULL ? "" : address, tx_now_ms(tx), &blocked, error))
		return FALSE;
	return !blocked || refuse(error, REFUSED_PERMISSION, NULL, "we are sorry, we cannot help you here");
}

static bool
is_in_network(const char *address, const char *network)
{
	char text[NETWORK_CHARS];

	network_text(address, text);
	return strcmp(text, network) == 0;
}

/* Somebody of the desk is there as well. */
static gboolean
is_ours(struct tx *tx, const char *address, bool *ours, GError **error)
{
	struct block_sql_staff_addresses_list found;

	if (!block_sql_staff_addresses(tx, LIMIT_PEOPLE, &found, error))
		return FALSE;
	*ours = false;
	for (size_t i = 0; i < found.count; i++)
		*ours = *ours || is_in_network(found.rows[i].address, address);
	return TRUE;
}

static gboolean
find_address(struct tx *tx, const struct conversation *conversation, const char **address, GError **error)
{
	struct block_sql_address *row;
	bool ours;

	if (!block_sql_address(tx, conversation->id, &row, error))
		return FALSE;
	if (row == NULL || row->address == NULL)
		return refuse(
		    error, REFUSED_STATE, "kind", "the address of this visitor is not known: block the visitor");
	if (!is_ours(tx, row->address, &ours, error))
		return FALSE;
	if (ours)
		return refuse(
		    error, REFUSED_STATE, "kind", "somebody of the desk is at this address: block the visitor");
	*address = row->address;
	return TRUE;
}

static gboolean
find_target(struct tx *tx, const struct block_add *ask, struct target *target, GError **error)
{
	struct conversation conversation;

	*target = (struct target) { 0 };
	if (!conversation_find(tx, ask->conversation, &conversation, error))
		return FALSE;
	if (strcmp(ask->kind, BLOCK_ADDRESS) == 0)
		return find_address(tx, &conversation, &target->address, error);
	target->visitor_id = conversation.visitor_id;
	return TRUE;
}

static gboolean
has_room(struct tx *tx, GError **error)
{
	int64_t count;

	if (!block_sql_count(tx, tx_now_ms(tx), &count, error))
		return FALSE;
	return count < LIMIT_BLOCKS ||
	    refuse(error, REFUSED_STATE, NULL, "there are %d blocks already: lift some first", LIMIT_BLOCKS);
}

static gboolean
find(struct tx *tx, int64_t id, struct block_row *block, GError **error)
{
	struct block_sql_row *row;

	if (!block_sql_row(tx, id, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "block", "there is no such block");
	*block = row_of(row);
	return TRUE;
}

gboolean
block_add(struct tx *tx, const struct block_add *ask, struct block_row *answer, GError **error)
{
	int64_t now = tx_now_ms(tx), me = tx_actor(tx)->person_id;
	int64_t until = ask->hours == 0 ? 0 : now + ask->hours * MS_PER_HOUR;
	struct target target;
	int64_t id;

	return find_target(tx, ask, &target, error) &&
	    block_sql_lift_same(tx, target.visitor_id, target.address, me, now, error) && has_room(tx, error) &&
	    block_sql_add(tx, target.visitor_id, target.address, ask->reason, me, now, until, &id, error) &&
	    find(tx, id, answer, error);
}

gboolean
block_lift(struct tx *tx, const struct block_ask *ask, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	struct block_row block;
	int changed;

	if (!find(tx, ask->block, &block, error))
		return FALSE;
	if (block.made_by.id != actor->person_id && !actor_may(actor, MAY_LEAD))
		return refuse(
		    error, REFUSED_STATE, "block", "%s made this block: they or a lead lift it", block.made_by.name);
	return block_sql_lift(tx, ask->block, actor->person_id, tx_now_ms(tx), &changed, error);
}

gboolean
block_list(struct tx *tx, const struct block_list_ask *ask, struct block_list *answer, GError **error)
{
	struct block_sql_row_list found;
	struct block_row *rows;

	if (!block_sql_list(
		tx, tx_now_ms(tx), ask->before == 0 ? INT64_MAX : ask->before, ask->limit + 1, &found, error))
		return FALSE;
	answer->more = found.count > (size_t)ask->limit;
	answer->blocks.count = MIN(found.count, (size_t)ask->limit);
	answer->blocks.rows = rows = talloc_array(tx_memory(tx), struct block_row, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = row_of(&found.rows[i]);
	return TRUE;
}
