/*
 * See ledger.h.
 */
#include "ledger.h"

#include <string.h>

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

static const char *
column(sqlite3_stmt *statement, int n)
{
	return (const char *)sqlite3_column_text(statement, n);
}

static struct row *
row_read(sqlite3_stmt *statement)
{
	const char *kind = column(statement, 2);
	struct row *row = g_new0(struct row, 1);

	*row = (struct row) {
		.seq = sqlite3_column_int64(statement, 1),
		.is_message = strcmp(kind, "message") == 0,
		.is_note = strcmp(kind, "note") == 0,
		.is_hand = strcmp(kind, "handed") == 0,
		.is_internal = sqlite3_column_int(statement, 8) != 0,
		.author_kind = g_strdup(column(statement, 3)),
		.author_id = sqlite3_column_int64(statement, 9),
		.caller_id = g_strdup(column(statement, 6)),
		.text = g_strdup(column(statement, 5)),
		.says = crowd_item_text(kind, column(statement, 3), column(statement, 4), column(statement, 5),
		    column(statement, 6), sqlite3_column_int64(statement, 7)),
	};
	return row;
}

static void
ledger_add(struct ledger *ledger, sqlite3_stmt *statement, const struct crowd *crowd, GPtrArray *complaints)
{
	struct row *row = row_read(statement);
	unsigned place = 0;

	while (place < CONVERSATIONS && strcmp(crowd->keys[place], column(statement, 0)) != 0)
		place++;
	if (place == CONVERSATIONS) {
		g_ptr_array_add(
		    complaints, g_strdup_printf("there is a conversation %s that nobody began", column(statement, 0)));
		row_free(row);
		return;
	}
	row->place = place;
	ledger->last_seqs[place] = sqlite3_column_int64(statement, 10);
	g_ptr_array_add(ledger->items[place], row);
	if (row->caller_id != NULL)
		g_hash_table_replace(ledger->by_id, g_strdup(row->caller_id),
		    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(ledger->by_id, row->caller_id)) + 1));
}

void
ledger_read(struct ledger *ledger, sqlite3 *file, const struct crowd *crowd, GPtrArray *complaints)
{
	sqlite3_stmt *statement = NULL;

	ledger->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		ledger->items[place] = g_ptr_array_new_with_free_func(row_free);
	if (sqlite3_prepare_v2(file, items_query, -1, &statement, NULL) != SQLITE_OK)
		g_ptr_array_add(complaints, g_strdup_printf("SQLite: %s", sqlite3_errmsg(file)));
	while (statement != NULL && sqlite3_step(statement) == SQLITE_ROW)
		ledger_add(ledger, statement, crowd, complaints);
	sqlite3_finalize(statement);
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
