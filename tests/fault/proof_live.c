/*
 * The proof of what stands beside the log: owners, files, receipts, drafts. See proof_inside.h.
 */
#include "proof_inside.h"

#include <string.h>

#include "tests/kit/database.h"

void
proof_live(struct proof *proof, const char *where, const char *what)
{
	proof_want(proof, where,
	    "SELECT count(*) FROM conversation c WHERE (SELECT count(*) FROM chat h WHERE h.conversation_id = c.id AND "
	    "(h.state = 'waiting' OR (h.state IN ('offered', 'owned') AND EXISTS (SELECT 1 FROM person p WHERE p.id = h.owner_id)))) <> 1",
	    "0");
	proof_want(proof, where,
	    "SELECT count(*) FROM note n JOIN item i ON i.id = n.item_id WHERE n.text LIKE 'With deed-%' AND NOT EXISTS "
	    "(SELECT 1 FROM item h WHERE h.conversation_id = i.conversation_id AND h.seq = i.seq + 1 AND h.kind = 'handed')",
	    "0");
	proof_check(proof, "P21    %s: no chat is an orphan, and no note of a hand-over is without it", what);
	proof_want(proof, where,
	    "SELECT count(*) FROM file f WHERE finished_at IS NOT NULL AND size <> "
	    "COALESCE((SELECT sum(length(p.bytes)) FROM file_part p WHERE p.file_id = f.id), 0)",
	    "0");
	proof_want(proof, where,
	    "SELECT count(*) FROM item i WHERE kind = 'file' AND NOT EXISTS "
	    "(SELECT 1 FROM file f WHERE f.conversation_id = i.conversation_id AND f.seq = i.seq)",
	    "0");
	proof_check(proof, "P22    %s: every finished file has all its bytes, every item of a file its file", what);
	proof_want(proof, where,
	    "SELECT count(*) FROM reading r JOIN conversation c ON c.id = r.conversation_id "
	    "WHERE r.seen_seq > r.delivered_seq OR r.delivered_seq > c.last_seq",
	    "0");
	proof_check(proof, "P9     %s: seen <= delivered <= sent, of both sides of every chat", what);
}

void
proof_files(struct proof *proof)
{
	proof_complain(proof, proof->crowd->unread);
	proof_check(proof, "P22    every acknowledged file reads back bit for bit, by the other side (%u)",
	    proof->crowd->files);
}

/* A receipt that was told is kept, and not less of it. */
static void
look_for_mark(struct proof *proof, const struct database_rows *rows, unsigned row)
{
	const char *key = database_cell(rows, row, 0), *side = database_cell(rows, row, 1);
	enum side which = strcmp(side, "staff") == 0 ? SIDE_OF_STAFF : SIDE_OF_VISITOR;
	int64_t delivered = g_ascii_strtoll(database_cell(rows, row, 2), NULL, 10),
		seen = g_ascii_strtoll(database_cell(rows, row, 3), NULL, 10);

	for (unsigned n = 0; n < PARTICIPANTS; n++)
		for (unsigned place = 0; place < CONVERSATIONS; place++) {
			const struct mark *mark = &proof->crowd->participants[n].views[place].marks[which];

			if (strcmp(proof->crowd->keys[place], key) == 0 &&
			    (mark->delivered > delivered || mark->seen > seen))
				proof_wrong(proof,
				    "%s was told that the %s has %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
				    " of %u; the store has %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
				    proof->crowd->participants[n].name, side, mark->delivered, mark->seen, place,
				    delivered, seen);
		}
}

void
proof_marks(struct proof *proof, const char *where)
{
	struct database_rows rows;
	g_autofree char *says = database_read(where,
	    "SELECT c.public_id, r.side, r.delivered_seq, r.seen_seq FROM reading r JOIN conversation c ON c.id = r.conversation_id",
	    &rows);

	if (says != NULL)
		proof_wrong(proof, "%s", says);
	for (unsigned row = 0; row < rows.count; row++)
		look_for_mark(proof, &rows, row);
	if (rows.count == 0 && proof->crowd->told > 0)
		proof_wrong(proof, "there are no receipts");
	database_rows_clear(&rows);
	proof_check(proof, "P9     no receipt that anybody was told is lost or went back (%" G_GUINT64_FORMAT " told)",
	    proof->crowd->told);
}

static void
look_for_pen(struct proof *proof, const char *where, const struct participant *owner, unsigned place)
{
	const struct pen *pen = &owner->pens[place];
	g_autofree char *query =
	    g_strdup_printf("SELECT d.generation, d.text FROM draft d JOIN conversation c ON c.id = d.conversation_id "
			    "WHERE d.mode = 'message' AND c.public_id = '%s' AND d.person_id = %" G_GINT64_FORMAT,
		proof->crowd->keys[place], owner->advisor.id);
	struct database_rows rows;
	g_autofree char *says = database_read(where, query, &rows);
	const char *text = rows.count == 0 ? "" : database_cell(&rows, 0, 1);
	int64_t generation = rows.count == 0 ? 1 : g_ascii_strtoll(database_cell(&rows, 0, 0), NULL, 10);

	if (says != NULL || generation != pen->generation ||
	    (strcmp(text, pen->text == NULL ? "" : pen->text) != 0 && g_strcmp0(text, pen->maybe) != 0))
		proof_wrong(proof,
		    "%s wrote “%s” (%" G_GINT64_FORMAT ") in %u; the store has “%s” (%" G_GINT64_FORMAT ")",
		    owner->name, pen->text == NULL ? "" : pen->text, pen->generation, place, text, generation);
	database_rows_clear(&rows);
}

void
proof_pens(struct proof *proof, const char *where)
{
	for (unsigned n = 0; n < ADVISORS; n++)
		for (unsigned place = 0; place < CONVERSATIONS; place++)
			if (proof->crowd->participants[n].pens[place].generation > 0)
				look_for_pen(proof, where, &proof->crowd->participants[n], place);
	proof_check(proof,
	    "P35    every acknowledged draft is there, and none that was sent came back (%" G_GUINT64_FORMAT " saves)",
	    proof->crowd->drafts);
}
