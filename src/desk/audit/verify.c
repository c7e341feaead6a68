/*
 * The check of the chains: see audit.h, and docs/decisions/0006-chains.md for what is hashed.
 *
 * It goes by stages, each a page of rows at a time. Of several differences in a row the most telling is named: a missing row
 * before a wrong hash, a wrong content before the hash that follows from it.
 */
#include <string.h>

#include "base/limits.h"
#include "desk/audit/audit.h"
#include "desk/audit/canon.h"
#include "desk/audit/chain.h"
#include "sql/audit_sql.h"
#include "sql/chain_sql.h"
#include "store/tx.h"

/* Items are only counted through, not read: more of them fit into one step. */
#define ITEMS_PER_STEP 50000

enum stage { NOTES, LINES, ITEMS, DONE };

static G_GNUC_PRINTF(4, 5) void differ(
    struct chain_report *report, const char *table, int64_t row, const char *format, ...)
{
	va_list arguments;

	g_strlcpy(report->table, table, sizeof report->table);
	report->row = row;
	va_start(arguments, format);
	g_vsnprintf(report->says, sizeof report->says, format, arguments);
	va_end(arguments);
	report->stage = DONE;
	report->is_done = true;
}

static bool
is_digest(const struct bytes *bytes, const struct digest *digest)
{
	return bytes->size == DIGEST_BYTES && memcmp(bytes->data, digest->bytes, DIGEST_BYTES) == 0;
}

static void
stage_begin(struct chain_report *report, enum stage stage, const char *chain)
{
	report->stage = stage;
	report->after = 0;
	if (chain != NULL)
		report->head = chain_start(chain);
}

/* Checks that the row is the next of its chain and that its hash follows; moves on to it. */
static void
follow(
    struct chain_report *report, const char *table, int64_t id, const struct digest *content, const struct bytes *hash)
{
	int64_t wanted = report->after + 1;

	report->head = chain_hash(&report->head, content);
	if (id != wanted)
		differ(report, table, wanted, "row %" G_GINT64_FORMAT " of %s is missing", wanted, table);
	else if (!is_digest(hash, &report->head))
		differ(report, table, id, "row %" G_GINT64_FORMAT " of %s is not as it was written", id, table);
	else
		report->after = id;
}

/* The head must tell of as many rows as there are, with the hash of the last. */
static gboolean
check_head(struct tx *tx, struct chain_report *report, const char *chain, struct digest *head, GError **error)
{
	struct chain_sql_head *row;
	int64_t length;

	if (!chain_sql_head(tx, chain, &row, error))
		return FALSE;
	length = row == NULL ? 0 : row->length;
	*head = report->head;
	if (length > report->after)
		differ(report, chain, report->after + 1,
		    "the end of %s is cut off: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " rows are there", chain,
		    report->after, length);
	else if (length < report->after || (row != NULL && !is_digest(&row->head, &report->head)))
		differ(report, "chain", length, "the head of %s is not that of its last row, %" G_GINT64_FORMAT, chain,
		    report->after);
	return TRUE;
}

/* ---- Notes ---- */

static void
check_note(struct tx *tx, struct chain_report *report, const struct audit_sql_notes *row)
{
	const struct canon_note note = { row->conversation, row->seq, row->author, row->at, row->corrects, row->text };
	struct digest salt = { { 0 } }, content;

	if (row->salt.size == DIGEST_BYTES)
		memcpy(salt.bytes, row->salt.data, DIGEST_BYTES);
	content = canon_note(tx_memory(tx), &salt, &note);
	if (row->id == report->after + 1 && !is_digest(&row->content, &content)) {
		differ(report, "note", row->id, "row %" G_GINT64_FORMAT " of note is not as it was written", row->id);
		return;
	}
	follow(report, "note", row->id, &content, &row->hash);
	if (report->is_done)
		return;
	if (!row->is_in_log)
		differ(report, "item", row->item,
		    "the item of note %" G_GINT64_FORMAT " is missing or says something else", row->id);
	report->notes += !report->is_done;
}

static gboolean
check_notes(struct tx *tx, struct chain_report *report, GError **error)
{
	struct audit_sql_notes_list list;

	if (!audit_sql_notes(tx, report->after, LIMIT_CHECK_ROWS, &list, error))
		return FALSE;
	for (size_t i = 0; i < list.count && !report->is_done; i++)
		check_note(tx, report, &list.rows[i]);
	if (report->is_done || list.count == LIMIT_CHECK_ROWS)
		return TRUE;
	if (!check_head(tx, report, CHAIN_NOTE, &report->note_head, error))
		return FALSE;
	if (!report->is_done)
		stage_begin(report, LINES, CHAIN_AUDIT);
	return TRUE;
}

/* ---- Audit lines ---- */

static void
check_line(struct tx *tx, struct chain_report *report, const struct audit_sql_lines *row)
{
	const struct canon_line line = { row->at, row->actor_kind, row->actor, row->command, row->object, row->says };
	struct digest content = canon_line(tx_memory(tx), &line);

	follow(report, "audit", row->id, &content, &row->hash);
	report->lines += !report->is_done;
}

static gboolean
check_lines(struct tx *tx, struct chain_report *report, GError **error)
{
	struct audit_sql_lines_list list;

	if (!audit_sql_lines(tx, report->after, LIMIT_CHECK_ROWS, &list, error))
		return FALSE;
	for (size_t i = 0; i < list.count && !report->is_done; i++)
		check_line(tx, report, &list.rows[i]);
	if (report->is_done || list.count == LIMIT_CHECK_ROWS)
		return TRUE;
	if (!check_head(tx, report, CHAIN_AUDIT, &report->audit_head, error))
		return FALSE;
	if (!report->is_done)
		stage_begin(report, ITEMS, NULL);
	return TRUE;
}

/* ---- Items ---- */

static gboolean
check_items(struct tx *tx, struct chain_report *report, GError **error)
{
	struct audit_sql_bare_items_list list;
	int64_t up_to = report->after + ITEMS_PER_STEP, last;

	if (!audit_sql_bare_items(tx, report->after, up_to, &list, error) || !audit_sql_last_item(tx, &last, error))
		return FALSE;
	if (list.count > 0)
		differ(report, "item", list.rows[0].id, "the note of item %" G_GINT64_FORMAT " is missing",
		    list.rows[0].id);
	report->after = up_to;
	if (!report->is_done && up_to >= last) {
		report->stage = DONE;
		report->is_done = report->is_whole = true;
	}
	return TRUE;
}

gboolean
audit_verify_some(struct tx *tx, struct chain_report *report, GError **error)
{
	static gboolean (*const stages[])(struct tx *, struct chain_report *, GError **) = {
		[NOTES] = check_notes,
		[LINES] = check_lines,
		[ITEMS] = check_items,
	};

	if (report->is_done)
		return TRUE;
	if (report->stage == NOTES && report->after == 0)
		stage_begin(report, NOTES, CHAIN_NOTE);
	return stages[report->stage](tx, report, error);
}

gboolean
audit_verify(struct tx *tx, struct chain_report *report, GError **error)
{
	*report = (struct chain_report) { 0 };
	while (!report->is_done) {
		if (!audit_verify_some(tx, report, error))
			return FALSE;
	}
	return TRUE;
}
