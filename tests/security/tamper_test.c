/*
 * Tampering (P10): somebody opens the file behind the desk's back, takes the triggers away and alters one byte of a note or of an
 * audit line. The check of the chains must name the table and the row, whichever byte it was.
 */
#include <sqlite3.h>
#include <string.h>

#include "base/limits.h"
#include "desk/audit/audit.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	sqlite3 *behind;
	char *triggers; /* what makes them again */
};

static void
run(struct scene *scene, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(scene->behind, sql, NULL, NULL, &problem) != SQLITE_OK)
		fail_msg("%s: %s", sql, problem);
}

static char *
triggers_of(struct scene *scene)
{
	sqlite3_stmt *list;
	char *triggers;

	assert_int_equal(
	    sqlite3_prepare_v2(scene->behind,
		"SELECT group_concat(sql, '; ') FROM sqlite_schema WHERE type = 'trigger'", -1, &list, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(list), SQLITE_ROW);
	triggers = g_strdup((const char *)sqlite3_column_text(list, 0));
	sqlite3_finalize(list);
	return triggers;
}

/* Three notes, one of which corrects another, and several audit lines; no trigger any more. */
static void
scene_begin(struct scene *scene)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *vera = kit_visitor(desk, "vera"), *ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	g_autofree char *key =
	    g_strdup(kit_text(kit_do(desk, vera, "chat.start", "{s:s}", "id", "start-0001"), "conversation"));
	static const char *const texts[] = { "first", "sécond", "third" };

	for (int i = 0; i < 3; i++) {
		g_autofree char *id = g_strdup_printf("note-%04d", i);

		assert_true(kit_do(desk, ann, "note.add", "{s:s, s:s, s:s, s:I}", "conversation", key, "id", id, "text",
				texts[i], "corrects", (json_int_t)(i == 0 ? 0 : 2))
				->is_ok == (i > 0));
		if (i == 0)
			assert_true(kit_do(
			    desk, ann, "note.add", "{s:s, s:s, s:s}", "conversation", key, "id", id, "text", texts[i])
					->is_ok);
	}
	for (int i = 0; i < 3; i++)
		assert_true(kit_do(desk, kit_administrator(desk), "person.role", "{s:I, s:s}", "person",
		    (json_int_t)ann->person, "role", role_names[ROLE_LEAD + i % 2])
				->is_ok);
	scene->desk = desk;
	assert_int_equal(sqlite3_open(kit_path(desk), &scene->behind), SQLITE_OK);
	sqlite3_busy_timeout(scene->behind, 1000);
	run(scene, "PRAGMA synchronous = OFF");
	scene->triggers = triggers_of(scene);
	for (const char *const *table = (const char *const[]) { "item", "note", "audit", NULL }; *table != NULL;
	     table++) {
		for (const char *const *deed = (const char *const[]) { "update", "delete", "replace", NULL };
		     *deed != NULL; deed++) {
			g_autofree char *sql = g_strdup_printf("DROP TRIGGER IF EXISTS %s_is_kept_%s", *table, *deed);

			run(scene, sql);
		}
	}
}

static void
scene_end(struct scene *scene)
{
	run(scene, scene->triggers);
	g_free(scene->triggers);
	sqlite3_close(scene->behind);
	kit_desk_end(scene->desk);
}

struct finding {
	bool is_whole, is_refused;
	char table[16];
	int64_t row;
};

static gboolean
verify(struct tx *tx, void *data, GError **error)
{
	struct finding *finding = data;
	struct chain_report report;

	if (!audit_verify(tx, &report, error))
		return FALSE;
	*finding = (struct finding) { .is_whole = report.is_whole, .row = report.row };
	if (!report.is_whole)
		g_strlcpy(finding->table, report.table, sizeof finding->table);
	return TRUE;
}

/* What the check finds after this change, which is taken back. */
static struct finding
after(struct scene *scene, sqlite3_stmt *change, sqlite3_stmt *back)
{
	struct finding finding;

	if (sqlite3_step(change) != SQLITE_DONE) {
		/* Not even without triggers can two notes have one item. */
		assert_int_equal(sqlite3_reset(change), SQLITE_CONSTRAINT);
		return (struct finding) { .is_refused = true };
	}
	sqlite3_reset(change);
	kit_read(scene->desk, verify, &finding);
	assert_int_equal(sqlite3_step(back), SQLITE_DONE);
	sqlite3_reset(back);
	return finding;
}

static sqlite3_stmt *
prepare(struct scene *scene, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(scene->behind, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(scene->behind));
	return statement;
}

static void
bind(sqlite3_stmt *statement, int type, const void *bytes, int size, int64_t number, int64_t row)
{
	if (type == SQLITE_INTEGER)
		sqlite3_bind_int64(statement, 1, number);
	else if (type == SQLITE_NULL)
		sqlite3_bind_null(statement, 1);
	else if (type == SQLITE_TEXT)
		sqlite3_bind_text(statement, 1, bytes, size, SQLITE_TRANSIENT);
	else
		sqlite3_bind_blob(statement, 1, bytes, size, SQLITE_TRANSIENT);
	sqlite3_bind_int64(statement, 2, row);
}

static void
must_be_named(struct finding finding, const char *table, const char *column, int64_t row, int place)
{
	if (finding.is_refused)
		return;
	if (finding.is_whole)
		fail_msg(
		    "%s %" G_GINT64_FORMAT ": %s, byte %d was altered, and nobody noticed", table, row, column, place);
	/* A note points at its item and the other way round: either may be named then. */
	if (strcmp(column, "item_id") == 0)
		return;
	if (strcmp(finding.table, table) != 0 || finding.row != row)
		fail_msg("%s %" G_GINT64_FORMAT ": %s, byte %d was altered, and %s %" G_GINT64_FORMAT " was named",
		    table, row, column, place, finding.table, finding.row);
}

/* Every byte of a text or blob, every bit of a number, and NULL turned into 1. */
static unsigned
alter_value(struct scene *scene, const char *table, const char *column, int64_t row, sqlite3_value *value)
{
	g_autofree char *update = g_strdup_printf("UPDATE %s SET %s = ?1 WHERE id = ?2", table, column);
	sqlite3_stmt *change = prepare(scene, update), *back = prepare(scene, update);
	int type = sqlite3_value_type(value), size = sqlite3_value_bytes(value);
	int64_t number = sqlite3_value_int64(value);
	g_autofree char *bytes = g_memdup2(sqlite3_value_blob(value), (gsize)size);
	int places = type == SQLITE_INTEGER ? 48 : type == SQLITE_NULL ? 1 : size;

	bind(back, type, bytes, size, number, row);
	for (int i = 0; i < places; i++) {
		if (type == SQLITE_INTEGER || type == SQLITE_NULL) {
			bind(change, SQLITE_INTEGER, NULL, 0, number ^ (INT64_C(1) << i), row);
		} else {
			bytes[i] ^= 1;
			bind(change, type, bytes, size, 0, row);
			bytes[i] ^= 1;
		}
		must_be_named(after(scene, change, back), table, column, row, i);
	}
	sqlite3_finalize(change);
	sqlite3_finalize(back);
	return (unsigned)places;
}

/* Every column but the id, of every row. */
static unsigned
alter_table(struct scene *scene, const char *table)
{
	g_autofree char *select = g_strdup_printf("SELECT * FROM %s ORDER BY id", table);
	sqlite3_stmt *rows = prepare(scene, select);
	unsigned altered = 0;

	while (sqlite3_step(rows) == SQLITE_ROW) {
		int64_t row = sqlite3_column_int64(rows, 0);

		for (int i = 1; i < sqlite3_column_count(rows); i++) {
			sqlite3_value *value = sqlite3_value_dup(sqlite3_column_value(rows, i));

			altered += alter_value(scene, table, sqlite3_column_name(rows, i), row, value);
			sqlite3_value_free(value);
		}
	}
	sqlite3_finalize(rows);
	return altered;
}

TEST(any_byte_of_a_note_that_is_altered_is_found_and_its_row_named)
{
	struct scene scene;

	scene_begin(&scene);
	assert_true(alter_table(&scene, "note") > 300);
	scene_end(&scene);
}

TEST(any_byte_of_an_audit_line_that_is_altered_is_found_and_its_row_named)
{
	struct scene scene;

	scene_begin(&scene);
	assert_true(alter_table(&scene, "audit") > 300);
	scene_end(&scene);
}

/* ---- Whole rows ---- */

static struct finding
finding_after(const char *sql)
{
	struct finding finding;
	struct scene scene;

	scene_begin(&scene);
	run(&scene, "BEGIN");
	run(&scene, sql);
	run(&scene, "COMMIT");
	kit_read(scene.desk, verify, &finding);
	/* It is meant to be broken, so its end is not that of other desks. */
	g_free(scene.triggers);
	sqlite3_close(scene.behind);
	kit_desk_abandon(scene.desk);
	return finding;
}

static void
must_find(const char *sql, const char *table, int64_t row)
{
	struct finding finding = finding_after(sql);

	if (finding.is_whole || strcmp(finding.table, table) != 0 || finding.row != row)
		fail_msg("%s: wanted %s %" G_GINT64_FORMAT ", seen %s %" G_GINT64_FORMAT, sql, table, row,
		    finding.is_whole ? "nothing" : finding.table, finding.row);
}

TEST(a_missing_added_or_swapped_row_is_found_and_named)
{
	must_find("DELETE FROM note WHERE id = 2", "note", 2);
	must_find("DELETE FROM audit WHERE id = 2", "audit", 2);
	must_find("UPDATE audit SET id = 99 WHERE id = 2", "audit", 2);
	must_find("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "audit", 3);
	must_find(
	    "INSERT INTO audit (id, at, actor_kind, command, object, says, hash) SELECT id + 1, at, actor_kind, command, object, "
	    "says, hash FROM audit ORDER BY id DESC LIMIT 1",
	    "audit", 4);
	must_find("UPDATE note SET text = (SELECT text FROM note WHERE id = 1) WHERE id = 2", "note", 2);
}
