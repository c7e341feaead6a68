/* Facts about the audit log and about the check of both chains. */
#include "desk/audit/audit.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/audit/chain.h"
#include "desk/conversation/conversation.h"
#include "desk/note/note.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

#define VERA "AAAAAAAAAAAAAAAAAAAAAA"

struct lines {
	int count;
};

static gboolean
add_lines(struct tx *tx, void *data, GError **error)
{
	const struct lines *lines = data;

	for (int i = 0; i < lines->count; i++) {
		if (!audit_add(tx, "chat.transfer", tx_text(tx, "conversation %d", i), "handed a chat on", error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
begin_conversation(struct tx *tx, void *data, GError **error)
{
	const char **key = data;
	struct conversation conversation;
	struct item item = { .kind = ITEM_MESSAGE, .text = "Good morning" };

	if (!conversation_of_visitor(tx, &conversation, error) ||
	    !conversation_open(tx, "Vera", NULL, &conversation, error) ||
	    !conversation_add(tx, &conversation, &item, NULL, error))
		return FALSE;
	*key = g_strdup(conversation.key);
	return TRUE;
}

static gboolean
add_notes(struct tx *tx, void *data, GError **error)
{
	struct note_add first = { .conversation = data, .id = "note-0001", .text = "Likes lamps" };
	struct note_add second = { .conversation = data, .id = "note-0002", .text = "Likes brass lamps" };
	struct note_add third = { .conversation = data, .id = "note-0003", .text = "Pays by card" };
	struct note_added added = { 0 };

	if (!note_add(tx, &first, &added, error))
		return FALSE;
	second.corrects = added.seq;
	added = (struct note_added) { 0 };
	if (!note_add(tx, &second, &added, error))
		return FALSE;
	added = (struct note_added) { 0 };
	return note_add(tx, &third, &added, error);
}

/* A desk with a conversation, three notes (items 2, 3 and 4) and three audit lines. */
static struct fact_desk *
kept_desk(void)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	struct actor vera = { .kind = ACTOR_VISITOR, .visitor = VERA };
	struct actor advisor = { .kind = ACTOR_PERSON, .role = ROLE_ADVISOR, .person_id = ann.person };
	struct lines lines = { 3 };
	g_autofree char *key = NULL;

	(void)fact_staff(desk, "ben", ROLE_LEAD);
	fact_change(desk, &vera, begin_conversation, &key);
	fact_change(desk, &advisor, add_notes, key);
	fact_change(desk, &advisor, add_lines, &lines);
	return desk;
}

static gboolean
verify(struct tx *tx, void *data, GError **error)
{
	return audit_verify(tx, data, error);
}

static struct chain_report
report_on(struct fact_desk *desk)
{
	struct chain_report report;

	fact_change(desk, NULL, verify, &report);
	assert_true(report.is_done);
	return report;
}

static void
assert_whole(struct fact_desk *desk)
{
	struct chain_report report = report_on(desk);

	if (!report.is_whole)
		fail_msg("%s", report.says);
	assert_string_equal(report.table, "");
}

/* Does to a desk what `sql` says, and wants that row to be named. */
static void
assert_named(const char *sql, const char *table, int64_t row)
{
	struct fact_desk *desk = kept_desk();
	struct chain_report report;

	assert_whole(desk);
	fact_attack(desk, sql);
	report = report_on(desk);
	if (report.is_whole || strcmp(report.table, table) != 0 || report.row != row)
		fail_msg("%s: wanted %s %d, got %s %d: %s", sql, table, (int)row, report.table, (int)report.row,
		    report.says);
	fact_desk_free(desk);
}

TEST(a_command_with_an_audit_line_adds_one_and_a_refused_one_adds_none)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR),
			   ann = fact_staff(desk, "ann", ROLE_ADVISOR);

	assert_int_equal(fact_do(desk, &ada, "person.disable", "{s:I}", "person", ada.person), 409);
	assert_int_equal(fact_do(desk, &ann, "setting.change", "{s:s}", "name", "Mine"), 403);
	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s}", "language", "nonsense"), 422);
	assert_int_equal(fact_do(desk, &ada, "audit.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "lines"), 0);
	assert_int_equal(fact_do(desk, &ada, "setting.change", "{s:s}", "name", "Ours"), 200);
	assert_int_equal(fact_do(desk, &ada, "audit.list", NULL), 200);
	assert_int_equal(fact_rows(desk, "lines"), 1);
	assert_string_equal(fact_text(desk, "lines.0.command"), "setting.change");
	assert_string_equal(fact_text(desk, "lines.0.name"), "ada");
	assert_int_equal(fact_int(desk, "lines.0.person"), ada.person);
	assert_int_equal(fact_do(desk, &ann, "audit.list", NULL), 403);
	assert_whole(desk);
	fact_desk_free(desk);
}

TEST(an_audit_line_says_who_was_changed_and_into_what)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ada = fact_staff(desk, "ada", ROLE_ADMINISTRATOR),
			   ann = fact_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *object = g_strdup_printf("person %d, role lead", (int)ann.person);

	assert_int_equal(fact_do(desk, &ada, "person.role", "{s:I,s:s}", "person", ann.person, "role", "lead"), 200);
	assert_int_equal(fact_do(desk, &ada, "invitation.make", "{s:s,s:s,s:s}", "email", "ben@desk.example", "name",
			     "Ben", "role", "advisor"),
	    200);
	assert_int_equal(fact_do(desk, &ada, "audit.list", NULL), 200);
	assert_string_equal(
	    fact_text(desk, "lines.0.object"), "invitation 1, role advisor"); /* but nothing that was typed */
	assert_string_equal(fact_text(desk, "lines.1.object"), object);
	fact_desk_free(desk);
}

TEST(the_audit_log_is_read_page_by_page_from_the_newest)
{
	struct fact_desk *desk = fact_desk_new();
	struct fact_caller ben = fact_staff(desk, "ben", ROLE_LEAD);
	struct lines lines = { LIMIT_PAGE_ROWS + 1 };

	fact_change(desk, NULL, add_lines, &lines);
	assert_int_equal(fact_do(desk, &ben, "audit.list", "{s:i}", "limit", LIMIT_PAGE_ROWS + 1), 422);
	assert_int_equal(fact_do(desk, &ben, "audit.list", "{s:i}", "limit", 0), 422);
	assert_int_equal(fact_do(desk, &ben, "audit.list", "{s:i}", "limit", LIMIT_PAGE_ROWS), 200);
	assert_int_equal(fact_rows(desk, "lines"), LIMIT_PAGE_ROWS);
	assert_int_equal(fact_int(desk, "lines.0.id"), LIMIT_PAGE_ROWS + 1);
	assert_int_equal(fact_int(desk, "more"), 1);
	assert_int_equal(fact_do(desk, &ben, "audit.list", "{s:i,s:i}", "limit", 1, "before", 2), 200);
	assert_int_equal(fact_rows(desk, "lines"), 1);
	assert_int_equal(fact_int(desk, "lines.0.id"), 1);
	assert_int_equal(fact_int(desk, "more"), 0);
	fact_desk_free(desk);
}

TEST(the_check_goes_over_any_number_of_steps)
{
	static const int counts[] = { 0, 1, LIMIT_CHECK_ROWS - 1, LIMIT_CHECK_ROWS, LIMIT_CHECK_ROWS + 1 };

	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		struct fact_desk *desk = fact_desk_new();
		struct lines lines = { counts[i] };

		fact_change(desk, NULL, add_lines, &lines);
		assert_whole(desk);
		assert_int_equal(report_on(desk).lines, counts[i]);
		fact_desk_free(desk);
	}
}

static gboolean
verify_some(struct tx *tx, void *data, GError **error)
{
	return audit_verify_some(tx, data, error);
}

TEST(rows_that_are_added_during_a_check_are_checked_too)
{
	struct fact_desk *desk = fact_desk_new();
	struct lines many = { LIMIT_CHECK_ROWS + 1 }, one = { 1 };
	struct chain_report report = { 0 };

	fact_change(desk, NULL, add_lines, &many);
	while (!report.is_done) {
		fact_change(desk, NULL, verify_some, &report);
		if (report.lines == LIMIT_CHECK_ROWS)
			fact_change(desk, NULL, add_lines, &one);
	}
	assert_true(report.is_whole);
	assert_int_equal(report.lines, LIMIT_CHECK_ROWS + 2);
	fact_desk_free(desk);
}

TEST(nobody_changes_or_deletes_what_is_kept)
{
	static const char *const tries[] = { "UPDATE audit SET says = ''", "DELETE FROM audit",
		"UPDATE note SET text = ''", "DELETE FROM note", "REPLACE INTO audit SELECT * FROM audit",
		"REPLACE INTO note SELECT * FROM note" };
	struct fact_desk *desk = kept_desk();

	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++)
		assert_false(fact_try(desk, tries[i]));
	assert_whole(desk);
	fact_desk_free(desk);
}

TEST(a_note_with_anything_changed_is_named)
{
	assert_named("UPDATE note SET text = 'Hates lamps' WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET text = replace(text, 'P', 'p') WHERE id = 3", "note", 3);
	assert_named("UPDATE note SET seq = 9 WHERE id = 1", "note", 1);
	assert_named("UPDATE note SET author_id = 2 WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET corrects_seq = 4 WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET corrects_seq = NULL WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET at = at + 1 WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET salt = zeroblob(32) WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET salt = x'00' WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET content = zeroblob(32) WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET hash = zeroblob(32) WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET conversation_id = 77 WHERE id = 2", "note", 2);
	assert_named("UPDATE conversation SET public_id = 'BBBBBBBBBBBBBBBBBBBBBB'", "note", 1);
	assert_named("UPDATE note SET item_id = 1 WHERE id = 2", "item", 1);
}

TEST(a_note_that_is_gone_is_named)
{
	assert_named("DELETE FROM note WHERE id = 1", "note", 1);
	assert_named("DELETE FROM note WHERE id = 2", "note", 2);
	assert_named("DELETE FROM note WHERE id = 3", "note", 3);
	assert_named("DELETE FROM note", "note", 1);
	assert_named("UPDATE note SET id = 9 WHERE id = 2", "note", 2);
	assert_named("UPDATE note SET id = 9 WHERE id = 3", "note", 3);
}

TEST(an_item_of_a_note_that_is_gone_or_says_something_else_is_named)
{
	assert_named("DELETE FROM item WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET kind = 'message' WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET is_internal = 0 WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET seq = 99 WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET author_id = 2 WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET author_kind = 'system' WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET at = at + 1 WHERE id = 3", "item", 3);
	assert_named("UPDATE item SET body = 'Likes lamps' WHERE id = 3", "item", 3);
	assert_named("INSERT INTO item (id, conversation_id, seq, kind, is_internal, author_kind, author_id, at) "
		     "VALUES (55, 1, 9, 'note', 1, 'person', 1, 1)",
	    "item", 55);
}

TEST(an_audit_line_with_anything_changed_is_named)
{
	assert_named("UPDATE audit SET at = at - 1 WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET actor_kind = 'system' WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET actor_id = 2 WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET actor_id = NULL WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET command = 'chat.take' WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET object = '' WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET says = says || '.' WHERE id = 2", "audit", 2);
	assert_named("UPDATE audit SET hash = zeroblob(32) WHERE id = 3", "audit", 3);
	assert_named("DELETE FROM audit WHERE id = 2", "audit", 2);
	assert_named("DELETE FROM audit WHERE id = 3", "audit", 3);
	assert_named("DELETE FROM audit", "audit", 1);
}

TEST(two_lines_that_changed_places_are_named)
{
	assert_named("UPDATE audit SET id = 10 WHERE id = 1; UPDATE audit SET id = 1 WHERE id = 2; "
		     "UPDATE audit SET id = 2 WHERE id = 10",
	    "audit", 1);
}

TEST(a_head_that_does_not_belong_to_its_chain_is_named)
{
	assert_named("UPDATE chain SET head = zeroblob(32) WHERE name = 'note'", "chain", 3);
	assert_named("UPDATE chain SET length = 2 WHERE name = 'audit'", "chain", 2);
	assert_named("UPDATE chain SET length = 4 WHERE name = 'audit'", "audit", 4);
	assert_named("DELETE FROM chain WHERE name = 'audit'", "chain", 0);
	/* The end is cut off, and the head set back to where the chain ends now: only a head that was noted tells. */
	assert_named("DELETE FROM audit WHERE id = 3; UPDATE chain SET length = 2 WHERE name = 'audit'", "chain", 2);
}

TEST(heads_tell_a_chain_that_was_rewritten_whole)
{
	struct fact_desk *desk = kept_desk();
	struct chain_report before = report_on(desk), after;
	struct lines two = { 2 };

	/* The last line goes and another takes its place, with every hash as it should be. */
	fact_attack(desk, "DELETE FROM audit; DELETE FROM chain WHERE name = 'audit'");
	fact_change(desk, NULL, add_lines, &two);
	after = report_on(desk);
	assert_true(after.is_whole);
	assert_false(secret_equal(&before.audit_head, &after.audit_head));
	assert_true(secret_equal(&before.note_head, &after.note_head));
	fact_desk_free(desk);
}

TEST(an_empty_desk_is_whole)
{
	struct fact_desk *desk = fact_desk_new();
	struct digest start = chain_start(CHAIN_NOTE);
	struct chain_report report = report_on(desk);

	assert_true(report.is_whole);
	assert_true(secret_equal(&report.note_head, &start));
	fact_desk_free(desk);
}
