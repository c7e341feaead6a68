/*
 * See ledger.h.
 */
#include "ledger.h"

#include <string.h>

#include "tests/kit/database.h"

static void
row_free(void *data)
{
	struct row *row = data;

	g_free(row->author_kind);
	g_free(row->caller_id);
	g_free(row->text);
	g_free(row->says);
	g_free(row);
}

static const char items_query[] =
    "SELECT c.public_id, i.seq, i.kind, i.author_kind, CASE i.author_kind WHEN 'person' THEN p.name WHEN 'visitor' THEN v.name END,"
    " COALESCE(i.body, n.text), i.caller_id, i.at, i.is_internal, i.author_id, c.last_seq "
    "FROM item i JOIN conversation c ON c.id = i.conversation_id "
    "LEFT JOIN person p ON p.id = i.author_id AND i.author_kind = 'person' "
    "LEFT JOIN visitor v ON v.id = i.author_id AND i.author_kind = 'visitor' "
    "LEFT JOIN note n ON n.item_id = i.id ORDER BY i.conversation_id, i.seq";

static int64_t
number_of(const char *cell)
{
	return cell == NULL ? 0 : g_ascii_strtoll(cell, NULL, 10);
}

/* `cells` are the columns of items_query. */
static struct row *
row_read(char *const *cells)
{
	struct row *row = g_new0(struct row, 1);

	*row = (struct row) {
		.seq = number_of(cells[1]),
		.is_message = strcmp(cells[2], "message") == 0,
		.is_note = strcmp(cells[2], "note") == 0,
		.is_file = strcmp(cells[2], "file") == 0,
		.is_hand = strcmp(cells[2], "handed") == 0,
		.is_internal = number_of(cells[8]) != 0,
		.author_kind = g_strdup(cells[3]),
		.author_id = number_of(cells[9]),
		.caller_id = g_strdup(cells[6]),
		.text = g_strdup(cells[5]),
		.says = crowd_item_text(cells[2], cells[3], cells[4], cells[5], cells[6], number_of(cells[7])),
	};
	return row;
}

static void
ledger_add(struct ledger *ledger, char *const *cells, const struct crowd *crowd, GPtrArray *complaints)
{
	struct row *row = row_read(cells);
	unsigned place = 0;

	while (place < CONVERSATIONS && strcmp(crowd->keys[place], cells[0]) != 0)
		place++;
	if (place == CONVERSATIONS) {
		g_ptr_array_add(complaints, g_strdup_printf("there is a conversation %s that nobody began", cells[0]));
		row_free(row);
		return;
	}
	row->place = place;
	ledger->last_seqs[place] = number_of(cells[10]);
	g_ptr_array_add(ledger->items[place], row);
	if (row->caller_id != NULL)
		g_hash_table_replace(ledger->by_id, g_strdup(row->caller_id),
		    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(ledger->by_id, row->caller_id)) + 1));
}

void
ledger_read(struct ledger *ledger, const char *where, const struct crowd *crowd, GPtrArray *complaints)
{
	struct database_rows rows;
	char *says = database_read(where, items_query, &rows);

	ledger->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		ledger->items[place] = g_ptr_array_new_with_free_func(row_free);
	if (says != NULL)
		g_ptr_array_add(complaints, says);
	for (unsigned n = 0; n < rows.count; n++)
		ledger_add(ledger, rows.cells + n * rows.columns, crowd, complaints);
	database_rows_clear(&rows);
}

void
ledger_clear(struct ledger *ledger)
{
	g_hash_table_unref(ledger->by_id);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		g_ptr_array_unref(ledger->items[place]);
}

const struct row *
row_at(const struct ledger *ledger, unsigned place, int64_t seq)
{
	const GPtrArray *items = ledger->items[place];

	return seq < 1 || seq > items->len ? NULL : g_ptr_array_index(items, seq - 1);
}

unsigned
rows_named(const struct ledger *ledger, const char *caller_id)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(ledger->by_id, caller_id));
}
