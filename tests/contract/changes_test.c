/* The contract of stores: transactions, batches, refusals, and what can never be changed. */
#include <string.h>
#include <talloc.h>

#include "sql/contract_sql.h"
#include "tests/contract/engines.h"

static gboolean
put_one(struct tx *tx, void *data, GError **error)
{
	return contract_sql_put(tx, data, "kept", 0, 1, error) && tx_tell(tx, 7, 0, data);
}

static gboolean
put_and_refuse(struct tx *tx, void *data, GError **error)
{
	return put_one(tx, data, error) && refuse(error, REFUSED_STATE, "name", "changed its mind");
}

static gboolean
put_and_break(struct tx *tx, void *data, GError **error)
{
	const char *value;

	/* The second one meets a name that is taken. */
	return put_one(tx, data, error) && contract_sql_add(tx, data, "again", 1, &value, error);
}

static gboolean
count(struct tx *tx, void *data, GError **error)
{
	return contract_sql_count(tx, data, error);
}

static int64_t
count_of(struct bench *bench)
{
	int64_t found;

	bench_must_read(bench, count, &found);
	return found;
}

/* ---- Batches ---- */

#define BATCH 5

static void
link_works(struct deed_work **works, unsigned length)
{
	for (unsigned i = 0; i < length; i++)
		works[i]->work.link.next = i + 1 < length ? &works[i + 1]->work.link : NULL;
}

static void
free_works(struct deed_work **works, unsigned length)
{
	for (unsigned i = 0; i < length; i++)
		deed_work_free(works[i]);
}

CONTRACT(a_work_that_is_refused_or_broken_leaves_its_neighbours_and_nothing_of_its_own)
{
	struct deed_work *works[BATCH] = { deed_work_new(put_one, "one"), deed_work_new(put_and_refuse, "two"),
		deed_work_new(put_one, "three"), deed_work_new(put_and_break, "four"), deed_work_new(put_one, "five") };
	struct batch_outcome outcome;

	link_works(works, BATCH);
	outcome = batch_run(bench->writing, &works[0]->work);
	assert_int_equal(outcome.done, 3);
	assert_int_equal(outcome.refused, 1);
	assert_int_equal(outcome.failed, 1);
	assert_false(outcome.must_stop);
	assert_int_equal(error_kind(works[1]->work.error), REFUSED_STATE);
	assert_int_equal(error_kind(works[3]->work.error), FAILED_STORE);
	assert_null(works[1]->work.events);
	assert_null(works[3]->work.events);
	assert_non_null(works[4]->work.events);
	assert_int_equal(count_of(bench), 3);
	free_works(works, BATCH);
}

CONTRACT(later_works_of_a_batch_see_what_earlier_ones_did)
{
	struct deed_work *works[] = { deed_work_new(put_one, "the same"), deed_work_new(put_and_break, "other"),
		deed_work_new(put_one, "the same") };

	link_works(works, G_N_ELEMENTS(works));
	assert_int_equal(batch_run(bench->writing, &works[0]->work).done, 2);
	assert_int_equal(count_of(bench), 1);
	free_works(works, G_N_ELEMENTS(works));
}

static gboolean
note_key(struct tx *tx, void *data, GError **error)
{
	GString *drawn = data;
	const char *key = tx_key(tx);

	g_string_append_printf(drawn, "%s ", key);
	return contract_sql_put(tx, key, "drawn", 0, tx_now_ms(tx), error);
}

CONTRACT(a_lost_batch_runs_again_and_does_the_same)
{
	g_autoptr(GError) problem = NULL;
	struct crew *crew = crew_direct(bench->store, &problem);
	g_autoptr(GString) drawn = g_string_new(NULL);
	struct deed_work *works[] = { deed_work_new(note_key, drawn), deed_work_new(put_one, "beside") };

	crew_hold(crew);
	for (size_t i = 0; i < G_N_ELEMENTS(works); i++)
		ASSERT_OK(crew_write(crew, &works[i]->work, &error));
	crew_fail_next(crew, CREW_LOST);
	crew_let_go(crew);
	for (size_t i = 0; i < G_N_ELEMENTS(works); i++) {
		assert_null(works[i]->work.error);
		assert_int_equal(works[i]->runs, 2);
		assert_int_equal(works[i]->done, 1);
	}
	assert_int_equal(drawn->len, 2 * (KEY_CHARS + 1));
	assert_memory_equal(drawn->str, drawn->str + KEY_CHARS + 1, KEY_CHARS);
	assert_int_equal(count_of(bench), 2);
	free_works(works, G_N_ELEMENTS(works));
	crew_stop(crew);
}

CONTRACT(an_unanswered_commit_is_kept_and_a_lost_one_is_not)
{
	g_autoptr(GError) problem = NULL;
	struct crew *crew = crew_direct(bench->store, &problem);
	struct deed_work *lost = deed_work_new(put_one, "lost"), *unanswered = deed_work_new(put_one, "unanswered");

	crew_fail_next(crew, CREW_LOST);
	ASSERT_OK(crew_write(crew, &lost->work, &error));
	assert_int_equal(error_kind(lost->work.error), FAILED_STORE);
	assert_int_equal(count_of(bench), 0);
	crew_fail_next(crew, CREW_UNANSWERED);
	ASSERT_OK(crew_write(crew, &unanswered->work, &error));
	assert_int_equal(error_kind(unanswered->work.error), UNCERTAIN);
	assert_int_equal(count_of(bench), 1);
	deed_work_free(lost);
	deed_work_free(unanswered);
	crew_stop(crew);
}

/* ---- Readers ---- */

struct look {
	struct bench *bench;
	int64_t before, after;
};

/* Counts, lets somebody else commit, and counts again. */
static gboolean
look_twice(struct tx *tx, void *data, GError **error)
{
	struct look *look = data;

	if (!contract_sql_count(tx, &look->before, error))
		return FALSE;
	bench_must_write(look->bench, put_one, "meanwhile");
	return contract_sql_count(tx, &look->after, error);
}

CONTRACT(a_read_sees_one_moment_and_the_next_one_sees_the_commit)
{
	struct look look = { .bench = bench };

	bench_must_write(bench, put_one, "before");
	bench_must_read(bench, look_twice, &look);
	assert_int_equal(look.before, 1);
	assert_int_equal(look.after, 1);
	assert_int_equal(count_of(bench), 2);
}

/* Writes, and asks a reader before it is committed. */
static gboolean
write_and_look(struct tx *tx, void *data, GError **error)
{
	struct look *look = data;

	if (!contract_sql_put(tx, "uncommitted", "", 0, 1, error))
		return FALSE;
	look->before = count_of(look->bench);
	return TRUE;
}

CONTRACT(nobody_reads_what_is_not_committed)
{
	struct look look = { .bench = bench };

	bench_must_write(bench, write_and_look, &look);
	assert_int_equal(look.before, 0);
	assert_int_equal(count_of(bench), 1);
}

CONTRACT(a_reader_cannot_write)
{
	g_autoptr(GError) error = bench_read(bench, put_one, "smuggled");

	assert_int_equal(error_kind(error), FAILED_STORE);
	assert_int_equal(count_of(bench), 0);
}

/* ---- What the schema refuses ---- */

struct people {
	int64_t visitor, person, conversation, item, chat;
};

static gboolean
settle(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	static const uint8_t salt[32];

	return contract_sql_visitor_add(tx, "visitor", NULL, NULL, 1, &made->visitor, error) &&
	    contract_sql_person_add(tx, "ann@desk.example", "Ann", "advisor", "online", 1, &made->person, error) &&
	    contract_sql_conversation_add(tx, "conversation", made->visitor, 1, &made->conversation, error) &&
	    contract_sql_item_add(tx, made->conversation, 1, "note", true, "person", made->person, "caller-1", NULL, 5,
		&made->item, error) &&
	    contract_sql_note_add(tx, 1, made->item, made->conversation, made->person, 0, "first", 5,
		(struct bytes) { salt, sizeof salt }, error) &&
	    contract_sql_audit_add(tx, 1, 5, (struct bytes) { salt, sizeof salt }, error) &&
	    contract_sql_chat_add(tx, made->conversation, "waiting", 0, 1, &made->chat, error);
}

static gboolean
double_visitor(struct tx *tx, void *data, GError **error)
{
	int64_t id;

	(void)data;
	return contract_sql_visitor_add(tx, "visitor", NULL, NULL, 1, &id, error);
}

static gboolean
double_seq(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int64_t id;

	return contract_sql_item_add(
	    tx, made->conversation, 1, "message", false, "visitor", made->visitor, NULL, "again", 5, &id, error);
}

static gboolean
double_caller(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int64_t id;

	return contract_sql_item_add(
	    tx, made->conversation, 2, "message", false, "person", made->person, "caller-1", "again", 5, &id, error);
}

static gboolean
second_open_chat(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int64_t id;

	return contract_sql_chat_add(tx, made->conversation, "waiting", 0, 1, &id, error);
}

static gboolean
owned_by_nobody(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int64_t other, id;

	return contract_sql_conversation_add(tx, "another", made->visitor, 1, &other, error) &&
	    contract_sql_chat_add(tx, other, "owned", 0, 1, &id, error);
}

static gboolean
unknown_state(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int64_t other, id;

	return contract_sql_conversation_add(tx, "another", made->visitor, 1, &other, error) &&
	    contract_sql_chat_add(tx, other, "dreaming", 0, 1, &id, error);
}

static gboolean
unknown_role(struct tx *tx, void *data, GError **error)
{
	int64_t id;

	(void)data;
	return contract_sql_person_add(tx, "eve@desk.example", "Eve", "emperor", "online", 1, &id, error);
}

static gboolean
of_no_visitor(struct tx *tx, void *data, GError **error)
{
	int64_t id;

	(void)data;
	return contract_sql_conversation_add(tx, "orphan", 999999, 1, &id, error);
}

CONTRACT(what_breaks_a_rule_of_the_schema_fails_and_leaves_nothing)
{
	deed *const breaks[] = { double_visitor, double_seq, double_caller, second_open_chat, owned_by_nobody,
		unknown_state, unknown_role, of_no_visitor };
	struct people made;

	bench_must_write(bench, settle, &made);
	for (size_t i = 0; i < G_N_ELEMENTS(breaks); i++) {
		g_autoptr(GError) error = bench_write(bench, breaks[i], &made);

		if (error == NULL || error_kind(error) != FAILED_STORE)
			fail_msg("rule %zu: %s", i, error == NULL ? "nothing failed" : error->message);
	}
}

static gboolean
two_take(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	int first, second;

	if (!contract_sql_chat_take(tx, made->chat, made->person, &first, error) ||
	    !contract_sql_chat_take(tx, made->chat, made->person, &second, error))
		return FALSE;
	assert_int_equal(first, 1);
	assert_int_equal(second, 0);
	return TRUE;
}

CONTRACT(of_two_who_take_the_same_chat_one_changes_a_row)
{
	struct people made;

	bench_must_write(bench, settle, &made);
	bench_must_write(bench, two_take, &made);
}

/* ---- What is never changed (P10) ---- */

static gboolean
change_item(struct tx *tx, void *data, GError **error)
{
	int changed;

	return contract_sql_item_change(tx, ((struct people *)data)->item, &changed, error);
}

static gboolean
remove_item(struct tx *tx, void *data, GError **error)
{
	int changed;

	return contract_sql_item_remove(tx, ((struct people *)data)->item, &changed, error);
}

static gboolean
change_note(struct tx *tx, void *data, GError **error)
{
	int changed;

	(void)data;
	return contract_sql_note_change(tx, 1, &changed, error);
}

static gboolean
remove_note(struct tx *tx, void *data, GError **error)
{
	int changed;

	(void)data;
	return contract_sql_note_remove(tx, 1, &changed, error);
}

static gboolean
change_line(struct tx *tx, void *data, GError **error)
{
	int changed;

	(void)data;
	return contract_sql_audit_change(tx, 1, &changed, error);
}

static gboolean
remove_line(struct tx *tx, void *data, GError **error)
{
	int changed;

	(void)data;
	return contract_sql_audit_remove(tx, 1, &changed, error);
}

static gboolean
compare_kept(struct tx *tx, void *data, GError **error)
{
	struct people *made = data;
	struct contract_sql_item_get *item;
	struct contract_sql_note_get *note;
	struct contract_sql_audit_get *line;

	if (!contract_sql_item_get(tx, made->item, &item, error) || !contract_sql_note_get(tx, 1, &note, error) ||
	    !contract_sql_audit_get(tx, 1, &line, error))
		return FALSE;
	assert_int_equal(item->at, 5);
	assert_true(item->internal);
	assert_null(item->body);
	assert_string_equal(note->text, "first");
	assert_int_equal(note->corrects, 0);
	assert_string_equal(line->says, "was here");
	return TRUE;
}

CONTRACT(items_notes_and_audit_lines_are_never_changed_or_removed)
{
	deed *const tries[] = { change_item, remove_item, change_note, remove_note, change_line, remove_line };
	struct people made;

	bench_must_write(bench, settle, &made);
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
		g_autoptr(GError) error = bench_write(bench, tries[i], &made);

		if (error == NULL || error_kind(error) != FAILED_STORE)
			fail_msg("try %zu: %s", i, error == NULL ? "it was done" : error->message);
	}
	bench_must_read(bench, compare_kept, &made);
}

/* ---- The store as a whole ---- */

CONTRACT(a_store_that_is_opened_again_has_everything_and_the_newest_schema)
{
	struct store_settings settings = { .where = bench->where, .queries = &contract_queries, .is_forgetful = true };
	struct store *again = NULL;

	bench_must_write(bench, put_one, "lasting");
	ASSERT_OK((again = store_open(&settings, &error)) != NULL);
	assert_int_equal(store_schema(again), store_schema_known());
	store_close(again);
	assert_int_equal(count_of(bench), 1);
}

CONTRACT(a_backup_is_a_store_of_its_own)
{
	if (strcmp(store_engine(bench->store), "postgres") == 0)
		return; /* pg_dump makes those of a server */
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "backup.db", NULL);
	struct bench copy = { .where = g_strdup(path) };
	struct store_settings settings = { .where = path, .queries = &contract_queries, .is_forgetful = true };

	bench_must_write(bench, put_one, "in both");
	ASSERT_OK(store_backup(bench->store, path, &error));
	bench_must_write(bench, put_one, "too late");
	ASSERT_OK((copy.store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((copy.writing = store_connect(copy.store, true, &error)) != NULL);
	ASSERT_OK((copy.reading = store_connect(copy.store, false, &error)) != NULL);
	assert_int_equal(count_of(&copy), 1);
	bench_end(&copy);
	assert_int_equal(count_of(bench), 2);
}
