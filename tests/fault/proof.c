/*
 * See proof.h. The store is read by SQLite or PostgreSQL itself, as the desk left it behind, so that no code of the desk can
 * hide what it lost.
 */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "proof_inside.h"
#include "store/store.h"
#include "tests/kit/database.h"

#define FAULTS_TOLD 10

void
proof_wrong(struct proof *proof, const char *format, ...)
{
	va_list args;

	if (proof->told++ >= FAULTS_TOLD)
		return;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("         %s\n", text);
}

void
proof_complain(struct proof *proof, const GPtrArray *complaints)
{
	for (unsigned n = 0; n < complaints->len; n++)
		proof_wrong(proof, "%s", (char *)g_ptr_array_index(complaints, n));
}

static void
read_ledger(struct proof *proof, struct ledger *ledger, const char *where)
{
	g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);

	ledger_read(ledger, where, proof->crowd, complaints);
	proof_complain(proof, complaints);
}

void
proof_check(struct proof *proof, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	if (proof->told > 0 || !proof->is_quiet)
		printf("%s %s\n", proof->told == 0 ? "ok      " : "NOT OK  ", text);
	proof->failed += proof->told == 0 ? 0 : 1;
	proof->told = 0;
}

/* Whether it becomes an item under its own id. */
static bool
is_said(const struct deed *deed)
{
	return deed->kind != DEED_HAND && deed->kind != DEED_TAKE;
}

static bool
is_row_of(const struct row *row, const struct deed *deed)
{
	return row != NULL && g_strcmp0(row->caller_id, deed->id) == 0 && g_strcmp0(row->text, deed->text) == 0 &&
	    row->is_note == (deed->kind == DEED_NOTE) && row->is_file == (deed->kind == DEED_FILE) &&
	    row->is_internal == (deed->kind == DEED_NOTE) &&
	    strcmp(row->author_kind, deed->author->is_staff ? "person" : "visitor") == 0 &&
	    (!deed->author->is_staff || row->author_id == deed->author->advisor.id);
}

static bool
list_has(const struct view *view, gint64 seq)
{
	for (unsigned n = 0; n < view->shown->len; n++)
		if (g_array_index(view->shown, gint64, n) == seq)
			return true;
	return false;
}

/* Whether everybody who follows the conversation and may see it was shown it. */
static void
look_for_shown(struct proof *proof, const struct deed *deed)
{
	for (unsigned n = 0; n < PARTICIPANTS; n++) {
		const struct participant *participant = &proof->crowd->participants[n];
		const struct view *view = &participant->views[deed->place];

		if (view->is_watched && (participant->is_staff || deed->kind != DEED_NOTE) &&
		    !list_has(view, deed->seq))
			proof_wrong(proof, "%s (%u/%" G_GINT64_FORMAT ") was never shown to %s", deed->id, deed->place,
			    deed->seq, participant->name);
	}
}

/* P1, P5: what was acknowledged. */
static void
check_done(struct proof *proof)
{
	unsigned done = 0, hands = 0;

	for (unsigned n = 0; n < proof->crowd->deeds->len; n++) {
		const struct deed *deed = g_ptr_array_index(proof->crowd->deeds, n);

		if (deed->fate != FATE_DONE || !is_said(deed))
			continue;
		done++;
		if (rows_named(&proof->ledger, deed->id) != 1)
			proof_wrong(proof, "%s is there %u times", deed->id, rows_named(&proof->ledger, deed->id));
		else if (!is_row_of(row_at(&proof->ledger, deed->place, deed->seq), deed))
			proof_wrong(
			    proof, "%s is not what %u/%" G_GINT64_FORMAT " says", deed->id, deed->place, deed->seq);
	}
	proof_check(
	    proof, "P1 P5  every acknowledged message, note and file is in the store once, as it was sent (%u)", done);
	for (unsigned n = 0; n < proof->crowd->deeds->len; n++) {
		const struct deed *deed = g_ptr_array_index(proof->crowd->deeds, n);

		if (deed->fate == FATE_DONE && deed->kind == DEED_HAND)
			hands++;
		else if (deed->fate == FATE_DONE && is_said(deed))
			look_for_shown(proof, deed);
	}
	proof_check(proof, "P1     ... and in the list of everybody who may see it");
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		for (unsigned n = 0; n < proof->ledger.items[place]->len; n++)
			hands -= row_at(&proof->ledger, place, n + 1)->is_hand ? 1 : 0;
	if (hands != 0)
		proof_wrong(proof, "%d hand-overs too few", (int)hands);
	proof_check(proof, "P5     every acknowledged hand-over happened once");
}

static void
check_refused(struct proof *proof)
{
	unsigned refused = 0, open = 0;

	for (unsigned n = 0; n < proof->crowd->deeds->len; n++) {
		const struct deed *deed = g_ptr_array_index(proof->crowd->deeds, n);

		refused += deed->fate == FATE_REFUSED ? 1 : 0;
		open += deed->fate == FATE_OPEN ? 1 : 0;
		if (deed->fate == FATE_REFUSED && rows_named(&proof->ledger, deed->id) != 0)
			proof_wrong(proof, "%s was refused and is there", deed->id);
	}
	proof_check(proof, "P1     nothing that was refused is in the store (%u)", refused);
	if (open > 0)
		proof_wrong(proof, "%u were never answered", open);
	proof_check(proof, "P5     everything was answered in the end");
}

static void
check_order(struct proof *proof)
{
	for (unsigned place = 0; place < CONVERSATIONS; place++) {
		const GPtrArray *items = proof->ledger.items[place];

		for (unsigned n = 0; n < items->len; n++)
			if (((const struct row *)g_ptr_array_index(items, n))->seq != n + 1)
				proof_wrong(proof, "conversation %u has seq %" G_GINT64_FORMAT " in place %u", place,
				    ((const struct row *)g_ptr_array_index(items, n))->seq, n + 1);
		if (proof->ledger.last_seqs[place] != items->len)
			proof_wrong(proof, "conversation %u counts %" G_GINT64_FORMAT " items and has %u", place,
			    proof->ledger.last_seqs[place], items->len);
	}
	proof_check(proof, "P6     every conversation is seq 1..n without a gap, and its counter says so");
}

static void
compare_list(struct proof *proof, const struct participant *participant, unsigned place)
{
	const GPtrArray *items = proof->ledger.items[place];
	const GArray *shown = participant->views[place].shown;
	unsigned at = 0;

	for (unsigned n = 0; n < items->len; n++) {
		const struct row *row = g_ptr_array_index(items, n);

		if (row->is_internal && !participant->is_staff)
			continue;
		if (at >= shown->len || g_array_index(shown, gint64, at++) != row->seq)
			proof_wrong(proof, "%s was not shown %u/%" G_GINT64_FORMAT " in its place", participant->name,
			    place, row->seq);
	}
	if (at != shown->len)
		proof_wrong(proof, "%s was shown %u items of conversation %u, %u were there to see", participant->name,
		    shown->len, place, at);
}

static void
check_lists(struct proof *proof)
{
	unsigned lists = 0;

	for (unsigned n = 0; n < PARTICIPANTS; n++)
		for (unsigned place = 0; place < CONVERSATIONS; place++)
			if (proof->crowd->participants[n].views[place].is_watched) {
				lists++;
				compare_list(proof, &proof->crowd->participants[n], place);
			}
	proof_check(proof,
	    "P6     everybody's list is the log, once and in order, without internal items for visitors (%u lists)",
	    lists);
}

static void
check_seen(struct proof *proof)
{
	GHashTableIter iter;
	void *key, *says;

	g_hash_table_iter_init(&iter, proof->crowd->seen);
	while (g_hash_table_iter_next(&iter, &key, &says)) {
		unsigned place = (unsigned)g_ascii_strtoull(key, NULL, 10);
		const struct row *row = row_at(&proof->ledger, place, g_ascii_strtoll(strchr(key, '/') + 1, NULL, 10));

		if (row == NULL)
			proof_wrong(
			    proof, "somebody was sent %s, which is not in the store: %s", (char *)key, (char *)says);
		else if (strcmp(row->says, says) != 0)
			proof_wrong(proof, "somebody was sent %s as “%s”; the store has “%s”", (char *)key,
			    (char *)says, row->says);
	}
	proof_check(proof, "P8     nothing was sent to anybody that is not in the store, word for word (%u items)",
	    g_hash_table_size(proof->crowd->seen));
}

static void
check_faults(struct proof *proof)
{
	proof_complain(proof, proof->crowd->faults);
	proof_check(proof, "P5 P6  no answer contradicted another, no list skipped or repeated while it ran");
}

/* The one value that a query gives; NULL and a complaint where it gives none. The caller frees. */
static char *
value(struct proof *proof, const char *where, const char *query)
{
	struct database_rows rows;
	g_autofree char *says = database_read(where, query, &rows);
	char *got = rows.count == 0 ? NULL : g_strdup(database_cell(&rows, 0, 0));

	if (got == NULL)
		proof_wrong(proof, "%s: %s", query, says == NULL ? "nothing" : says);
	database_rows_clear(&rows);
	return got;
}

void
proof_want(struct proof *proof, const char *where, const char *query, const char *wanted)
{
	g_autofree char *got = value(proof, where, query);

	if (got != NULL && strcmp(got, wanted) != 0)
		proof_wrong(proof, "%s: %s, not %s", query, got, wanted);
}

static void
check_file(struct proof *proof, const char *where)
{
	proof_want(proof, where, "PRAGMA integrity_check", "ok");
	proof_want(proof, where, "SELECT count(*) FROM pragma_foreign_key_check", "0");
}

/* Every row of every table is in its indexes, and every reference leads somewhere: the server's own checks, and a look. */
static void
check_server(struct proof *proof, const char *where)
{
	g_autofree char *says = database_run(where, "CREATE EXTENSION IF NOT EXISTS amcheck"), *references = NULL;

	if (says != NULL)
		proof_wrong(proof, "amcheck: %s", says);
	proof_want(proof, where,
	    "SELECT count(bt_index_check(c.oid, true)) > 0 FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid "
	    "WHERE c.relkind = 'i' AND c.relnamespace = current_schema()::regnamespace",
	    "t");
	references = value(proof, where,
	    "SELECT 'SELECT ' || string_agg(format('(SELECT count(*) FROM %s a WHERE a.%I IS NOT NULL AND NOT EXISTS "
	    "(SELECT 1 FROM %s b WHERE b.%I = a.%I))', k.conrelid::regclass, f.attname, k.confrelid::regclass, t.attname, "
	    "f.attname), ' + ') FROM pg_constraint k JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1] "
	    "JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1] "
	    "WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace");
	if (references != NULL)
		proof_want(proof, where, references, "0");
}

static void
check_store(struct proof *proof, const char *where, const char *what)
{
	(store_is_server(where) ? check_server : check_file)(proof, where);
	proof_check(proof, "P37    %s: pages, indexes and references are intact", what);
	proof_want(proof, where,
	    "SELECT COALESCE((SELECT length FROM chain WHERE name = 'note'), 0) - (SELECT count(*) FROM note)", "0");
	proof_want(proof, where,
	    "SELECT COALESCE((SELECT length FROM chain WHERE name = 'audit'), 0) - (SELECT count(*) FROM audit)", "0");
	proof_want(proof, where,
	    "SELECT count(*) FROM item i WHERE kind = 'note' AND NOT EXISTS (SELECT 1 FROM note n WHERE n.item_id = i.id)",
	    "0");
	proof_want(proof, where,
	    "SELECT count(*) FROM conversation c WHERE last_seq <> (SELECT count(*) FROM item i WHERE i.conversation_id = c.id)",
	    "0");
	proof_check(proof, "P37    %s: counters are what a recount finds", what);
	proof_live(proof, where, what);
}

static void
check_owners(struct proof *proof, const char *where)
{
	for (unsigned place = 0; place < CONVERSATIONS; place++) {
		const struct participant *owner_of = proof->crowd->owners[place];
		g_autofree char *query = g_strdup_printf(
		    "SELECT COALESCE(h.owner_id, 0) FROM chat h JOIN conversation c ON c.id = h.conversation_id "
		    "WHERE c.public_id = '%s' AND h.state = '%s'",
		    proof->crowd->keys[place], owner_of == NULL ? "waiting" : "owned");
		g_autofree char *owner =
		    g_strdup_printf("%" G_GINT64_FORMAT, owner_of == NULL ? 0 : owner_of->advisor.id);

		proof_want(proof, where, query, owner);
	}
	proof_check(
	    proof, "P21    every chat is with the advisor, or in the line, where it was last acknowledged to be");
}

static void
check_audit(struct proof *proof, struct trial *trial)
{
	const char *words[] = { "audit", "verify", NULL };
	g_autofree char *said = NULL;
	int code = trial_run(trial, words, &said);

	if (code != 0)
		proof_wrong(proof, "it ended with %d: %s", code, said == NULL ? "" : said);
	proof_check(proof, "P37    softanswer audit verify finds the chains whole");
}

/* What had been acknowledged by then is in the copy, as it was sent. */
static void
compare_acknowledged(struct proof *proof, const struct ledger *copy, uint64_t answered)
{
	for (unsigned n = 0; n < proof->crowd->deeds->len; n++) {
		const struct deed *deed = g_ptr_array_index(proof->crowd->deeds, n);

		if (deed->fate == FATE_DONE && is_said(deed) && deed->order <= answered &&
		    (rows_named(copy, deed->id) != 1 || !is_row_of(row_at(copy, deed->place, deed->seq), deed)))
			proof_wrong(proof, "%s was acknowledged before and is not there", deed->id);
	}
}

/* Every conversation of the backup is a beginning of the final log, and long enough for what had been acknowledged. */
static void
compare_backup(struct proof *proof, const struct ledger *copy, uint64_t answered)
{
	for (unsigned place = 0; place < CONVERSATIONS; place++)
		for (unsigned n = 0; n < copy->items[place]->len; n++) {
			const struct row *row = g_ptr_array_index(copy->items[place], n),
					 *now = row_at(&proof->ledger, place, n + 1);

			if (now == NULL || row->seq != now->seq || strcmp(row->says, now->says) != 0)
				proof_wrong(proof, "the backup has “%s” as %u/%u", row->says, place, n + 1);
		}
	compare_acknowledged(proof, copy, answered);
}

static gboolean
restore_on_server(struct trial *other, const char *path, GError **error)
{
	g_autofree char *to = g_strconcat("--dbname=", other->server, NULL), *said = NULL;
	const char *words[] = { "pg_restore", "--exit-on-error", to, path, NULL };
	int status;

	if (!g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status, error))
		return FALSE;
	if (status == 0)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "pg_restore: %s", said);
	return FALSE;
}

static gboolean
restore_file(struct trial *other, const char *path, GError **error)
{
	const char *words[] = { "restore", path, NULL };
	g_autofree char *said = NULL;

	if (trial_run(other, words, &said) == 0)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "softanswer restore: %s", said);
	return FALSE;
}

/* The backup becomes a desk of its own, which must answer. */
static void
restore(struct proof *proof, struct trial *other, const struct backup *backup)
{
	g_autoptr(GError) error = NULL;

	if (!trial_make(other, proof->crowd->trial->program, NULL, &error) ||
	    !(other->server == NULL ? restore_file : restore_on_server)(other, backup->path, &error) ||
	    !trial_settle(other, &error) || !trial_start(other, &error) || !trial_stop(other, &error))
		proof_wrong(proof, "%s", error->message);
	proof_check(proof, "P25    it restores to a desk that answers");
}

static void
check_backup(struct proof *proof, const struct backup *backup)
{
	struct ledger copy = { .by_id = NULL };
	struct trial other;

	if (backup->path == NULL)
		return;
	if (backup->code != 0)
		proof_wrong(proof, "the backup ended with %d", backup->code);
	proof_check(proof, "P25    a backup was taken under load");
	restore(proof, &other, backup);

	g_autofree char *where = g_strdup(other.server == NULL ? backup->path : other.server);

	check_store(proof, where, "the backup");
	read_ledger(proof, &copy, where);
	compare_backup(proof, &copy, backup->answered);
	proof_check(proof,
	    "P25    it has everything acknowledged before it began (%" G_GUINT64_FORMAT
	    " answers), and nothing that is not in the log",
	    backup->answered);
	ledger_clear(&copy);
	trial_close(&other);
}

unsigned
proof_run(struct crowd *crowd, const struct backup *backup)
{
	struct proof proof = { .crowd = crowd };
	g_autofree char *where = trial_database(crowd->trial);

	check_audit(&proof, crowd->trial);
	read_ledger(&proof, &proof.ledger, where);
	check_done(&proof);
	check_refused(&proof);
	check_order(&proof);
	check_lists(&proof);
	check_seen(&proof);
	check_faults(&proof);
	check_owners(&proof, where);
	check_store(&proof, where, "the store");
	proof_files(&proof);
	proof_marks(&proof, where);
	proof_pens(&proof, where);
	check_backup(&proof, backup);
	ledger_clear(&proof.ledger);
	return proof.failed;
}

unsigned
proof_copy(struct crowd *crowd, struct trial *copy, uint64_t answered)
{
	struct proof proof = { .crowd = crowd, .is_quiet = true };
	g_autoptr(GPtrArray) unread = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autofree char *where = trial_database(copy);
	struct ledger ledger = { .by_id = NULL };

	if (!trial_start(copy, &error)) {
		proof_wrong(&proof, "%s", error->message);
		proof_check(&proof, "P2     a desk starts on what the cut left");
		return proof.failed;
	}
	(void)files_read(crowd, copy->port, answered, unread);
	proof_complain(&proof, unread);
	proof_check(&proof, "P2 P22 every file that was acknowledged reads back bit for bit");
	if (!trial_stop(copy, &error))
		proof_wrong(&proof, "%s", error->message);
	check_audit(&proof, copy);
	check_store(&proof, where, "what the cut left");
	read_ledger(&proof, &ledger, where);
	compare_acknowledged(&proof, &ledger, answered);
	proof_check(&proof, "P2     everything that was acknowledged is there");
	ledger_clear(&ledger);
	return proof.failed;
}
