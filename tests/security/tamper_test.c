/*
 * Tampering (P10): what is kept for good cannot be changed from outside, not even by the owner of the store. And when somebody
 * takes the triggers away and alters one byte of a note or of an audit line, the check of the chains must name the table and the
 * row, whichever byte it was. On a file, or on the server of tests/kit/with_postgres.
 */
#include <string.h>

#include "base/limits.h"
#include "desk/audit/audit.h"
#include "tests/kit/database.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	struct database behind;
	char *triggers; /* what makes them again */
};

/* What the engines call differently. */
static const struct dialect {
	const char *columns;     /* of a table: their names but the id's */
	const char *value;       /* of a column, a table, a row: its type, and itself: texts and blobs in hexadecimal */
	const char *text, *blob; /* literals, of hexadecimal */
} dialects[] = {
	{ "SELECT name FROM pragma_table_info('%s') WHERE name <> 'id'",
	    "SELECT typeof(%1$s), CASE typeof(%1$s) WHEN 'integer' THEN CAST(%1$s AS TEXT) ELSE hex(%1$s) END FROM %2$s WHERE "
	    "id = %3$s",
	    "CAST(X'%s' AS TEXT)", "X'%s'" },
	{ "SELECT attname FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum > 0 AND attname <> 'id'",
	    "SELECT CASE WHEN %1$s IS NULL THEN 'null' WHEN pg_typeof(%1$s)::text = 'bigint' THEN 'integer' "
	    "WHEN pg_typeof(%1$s)::text = 'bytea' THEN 'blob' ELSE 'text' END, "
	    "CASE pg_typeof(%1$s)::text WHEN 'bigint' THEN %1$s::text WHEN 'bytea' THEN substr(%1$s::text, 3) "
	    "ELSE encode(convert_to(%1$s::text, 'UTF8'), 'hex') END FROM %2$s WHERE id = %3$s",
	    "convert_from('\\x%s', 'UTF8')", "'\\x%s'::bytea" },
};

static const struct dialect *
dialect(void)
{
	return &dialects[database_is_server()];
}

static void
run(struct scene *scene, const char *sql)
{
	g_autofree char *problem = database_exec(&scene->behind, sql);

	if (problem != NULL)
		fail_msg("%s: %s", sql, problem);
}

static void
read_rows(struct scene *scene, const char *sql, struct database_rows *rows)
{
	g_autofree char *problem = database_select(&scene->behind, sql, rows);

	if (problem != NULL)
		fail_msg("%s: %s", sql, problem);
}

static const char *const kept[] = { "item", "note", "audit" };

static void
triggers_of_file(struct scene *scene, GString *drop, GString *make)
{
	struct database_rows rows;

	read_rows(scene, "SELECT name, sql FROM sqlite_schema WHERE name GLOB '*_is_kept_*'", &rows);
	for (unsigned i = 0; i < rows.count; i++) {
		g_string_append_printf(drop, "DROP TRIGGER %s;", database_cell(&rows, i, 0));
		g_string_append_printf(make, "%s;", database_cell(&rows, i, 1));
	}
	database_rows_clear(&rows);
}

static void
triggers_of_server(GString *drop, GString *make)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_string_append_printf(drop, "ALTER TABLE %s DISABLE TRIGGER USER;", kept[i]);
		g_string_append_printf(make, "ALTER TABLE %s ENABLE TRIGGER USER;", kept[i]);
	}
}

static void
take_triggers_away(struct scene *scene)
{
	g_autoptr(GString) drop = g_string_new(NULL);
	GString *make = g_string_new(NULL);

	if (database_is_server())
		triggers_of_server(drop, make);
	else
		triggers_of_file(scene, drop, make);
	run(scene, drop->str);
	scene->triggers = g_string_free(make, FALSE);
}

/* Three notes, one of which corrects another, and several audit lines. */
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
	*scene = (struct scene) { .desk = desk };
	database_open(&scene->behind, kit_path(desk));
	if (!database_is_server())
		run(scene, "PRAGMA synchronous = OFF");
}

static void
scene_end(struct scene *scene)
{
	if (scene->triggers != NULL)
		run(scene, scene->triggers);
	g_free(scene->triggers);
	database_close(&scene->behind);
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
after(struct scene *scene, const char *change, const char *back)
{
	g_autofree char *problem = database_exec(&scene->behind, change);
	struct finding finding;

	/* Not even without triggers can two notes have one item, or a server's text be no text. */
	if (problem != NULL)
		return (struct finding) { .is_refused = true };
	kit_read(scene->desk, verify, &finding);
	run(scene, back);
	return finding;
}

static void
must_be_named(struct finding finding, const char *table, const char *column, const char *row, int place)
{
	if (finding.is_refused)
		return;
	if (finding.is_whole)
		fail_msg("%s %s: %s, byte %d was altered, and nobody noticed", table, row, column, place);
	/* A note points at its item and the other way round: either may be named then. */
	if (strcmp(column, "item_id") == 0)
		return;
	if (strcmp(finding.table, table) != 0 || finding.row != g_ascii_strtoll(row, NULL, 10))
		fail_msg("%s %s: %s, byte %d was altered, and %s %" G_GINT64_FORMAT " was named", table, row, column,
		    place, finding.table, finding.row);
}

/* A value, and one that differs from it in one place: as literals. */
struct value_of {
	char type; /* the first letter of: integer, text, blob, null */
	char *says;
};

static int
places_of(const struct value_of *value)
{
	return value->type == 'i' ? 48 : value->type == 'n' ? 1 : (int)strlen(value->says) / 2;
}

static char *
literal(const struct value_of *value)
{
	const char *format = value->type == 't' ? dialect()->text : dialect()->blob;
	g_auto(GStrv) parts = g_strsplit(format, "%s", 2);

	return value->type == 'n' ? g_strdup("NULL")
	    : value->type == 'i'  ? g_strdup(value->says)
				  : g_strconcat(parts[0], value->says, parts[1], NULL);
}

/* Another byte of a text or blob, another bit of a number, and 1 for NULL. */
static char *
altered(const struct value_of *value, int place)
{
	struct value_of other = { .type = value->type };
	g_autofree char *says = NULL;

	if (value->type == 'n')
		return g_strdup("1");
	if (value->type == 'i')
		return g_strdup_printf(
		    "%" G_GINT64_FORMAT, g_ascii_strtoll(value->says, NULL, 10) ^ (INT64_C(1) << place));
	says = g_strdup(value->says);
	/* The last bit of the byte is the last bit of its second digit. */
	says[2 * place + 1] = "0123456789abcdef"[g_ascii_xdigit_value(says[2 * place + 1]) ^ 1];
	other.says = says;
	return literal(&other);
}

static unsigned
alter_value(struct scene *scene, const char *table, const char *column, const char *row, const struct value_of *value)
{
	g_autofree char *old = literal(value);
	g_autofree char *back = g_strdup_printf("UPDATE %s SET %s = %s WHERE id = %s", table, column, old, row);
	unsigned noticed = 0;

	for (int i = 0; i < places_of(value); i++) {
		g_autofree char *new = altered(value, i);
		g_autofree char *change =
		    g_strdup_printf("UPDATE %s SET %s = %s WHERE id = %s", table, column, new, row);
		struct finding finding = after(scene, change, back);

		must_be_named(finding, table, column, row, i);
		noticed += !finding.is_refused;
	}
	return noticed;
}

static unsigned
alter_row(struct scene *scene, const char *table, const char *row)
{
	g_autofree char *names = NULL;
	g_auto(GStrv) parts = g_strsplit(dialect()->columns, "%s", 2);
	struct database_rows columns;
	unsigned noticed = 0;

	names = g_strconcat(parts[0], table, parts[1], NULL);
	read_rows(scene, names, &columns);
	for (unsigned i = 0; i < columns.count; i++) {
		const char *column = database_cell(&columns, i, 0);
		GString *select = g_string_new(dialect()->value);
		struct database_rows cells;

		g_string_replace(select, "%1$s", column, 0);
		g_string_replace(select, "%2$s", table, 0);
		g_string_replace(select, "%3$s", row, 0);
		read_rows(scene, select->str, &cells);
		noticed += alter_value(scene, table, column, row,
		    &(struct value_of) { .type = *database_cell(&cells, 0, 0), .says = cells.cells[1] });
		database_rows_clear(&cells);
		g_string_free(select, TRUE);
	}
	database_rows_clear(&columns);
	return noticed;
}

/* Every column but the id, of every row; how many changes were noticed. */
static unsigned
alter_table(struct scene *scene, const char *table)
{
	g_autofree char *select = g_strdup_printf("SELECT id FROM %s ORDER BY id", table);
	struct database_rows rows;
	unsigned noticed = 0;

	take_triggers_away(scene);
	read_rows(scene, select, &rows);
	for (unsigned i = 0; i < rows.count; i++)
		noticed += alter_row(scene, table, database_cell(&rows, i, 0));
	database_rows_clear(&rows);
	return noticed;
}

/* ---- With the triggers ---- */

static void
must_be_refused(struct scene *scene, const char *sql)
{
	g_autofree char *problem = database_exec(&scene->behind, sql);

	if (problem == NULL || strstr(problem, "are never") == NULL)
		fail_msg("%s: was not refused by a trigger: %s", sql, problem == NULL ? "done" : problem);
}

TEST(the_owner_of_the_store_can_neither_change_nor_delete_what_is_kept_for_good)
{
	struct scene scene;

	scene_begin(&scene);
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_autofree char *update = g_strdup_printf("UPDATE %s SET at = at + 1", kept[i]);
		g_autofree char *delete = g_strdup_printf("DELETE FROM %s", kept[i]);
		g_autofree char *truncate = g_strdup_printf("TRUNCATE %s CASCADE", kept[i]);

		must_be_refused(&scene, update);
		must_be_refused(&scene, delete);
		if (database_is_server())
			must_be_refused(&scene, truncate);
	}
	scene_end(&scene);
}

/* ---- Without them ---- */

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
	take_triggers_away(&scene);
	run(&scene, "BEGIN");
	run(&scene, sql);
	run(&scene, "COMMIT");
	kit_read(scene.desk, verify, &finding);
	/* It is meant to be broken, so its end is not that of other desks. */
	g_free(scene.triggers);
	database_close(&scene.behind);
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
