/* Facts about copying a desk: from a file to a file, or, beside a server (tests/kit/with_postgres), to the server and back. */
#include "app/copy.h"

#include <string.h>

#include "app/demo.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

struct scene {
	char *from_where, *to_where, *back_where;
	struct store *from, *to;
	unsigned said;
};

static struct store *
open_at(const char *where)
{
	struct store_settings settings = { .where = where, .queries = &desk_queries, .is_forgetful = true };
	struct store *store = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	return store;
}

/* What the demo desk has none of: a file in more parts than one page has, keys of three columns with nothing and something in each. */
static void
add_more(const char *where)
{
	static const char *const statements[] = {
		"INSERT INTO file (public_id, conversation_id, caller_id, author_kind, author_id, name, size, created_at)"
		" VALUES ('file', 1, 'file-0001', 'visitor', 1, 'lamp.png', 40, 5)",
		"INSERT INTO file_part (file_id, number, size, digest, bytes) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL"
		" SELECT i + 1 FROM n WHERE i < 39) SELECT (SELECT max(id) FROM file), i, 1, zeroblob(32), CAST(char(65 + i) AS BLOB) FROM n",
		"INSERT INTO draft (person_id, conversation_id, mode, generation, text, changed_at)"
		" VALUES (1, 1, 'message', 3, '', 5), (1, 1, 'note', 1, 'He asks', 6)",
		"INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day)"
		" VALUES (1, 1, 0, 480, '2026-03-30', NULL), (1, 2, 540, 480, '2026-03-30', '2026-12-31')",
		/* The first minute of a day, which is no null. */
		"INSERT INTO shift_exception (person_id, day, kind, from_minute, minutes, reason)"
		" VALUES (1, '2026-04-06', 'off', NULL, NULL, 'Easter'), (1, '2026-04-07', 'extra', 0, 60, NULL)",
		"INSERT INTO holiday (day, name) VALUES ('2026-12-25', 'Christmas')",
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(statements); i++) {
		g_autofree char *says_no = database_run(where, statements[i]);

		assert_null(says_no);
	}
}

static void
scene_begin(struct scene *scene)
{
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "to.db", NULL);

	*scene = (struct scene) { .from_where = g_build_filename(folder, "from.db", NULL),
		.to_where = database_new(path),
		.back_where = g_build_filename(folder, "back.db", NULL) };
	scene->from = open_at(scene->from_where);
	scene->to = open_at(scene->to_where);
	ASSERT_OK(demo_fill(scene->from, folder, INT64_C(1774861200000), &error));
	add_more(scene->from_where);
}

static void
scene_end(struct scene *scene)
{
	ASSERT_OK(store_check(scene->to, &error));
	store_close(scene->from);
	store_close(scene->to);
	database_remove(scene->to_where);
	g_free(scene->from_where);
	g_free(scene->to_where);
	g_free(scene->back_where);
}

static void
says(void *data, const char *what, int64_t rows)
{
	struct scene *scene = data;

	(void)what, (void)rows;
	scene->said++;
}

static struct copy_progress
progress_of(struct scene *scene)
{
	return (struct copy_progress) { .says = says, .data = scene };
}

static void
assert_same(const char *one, const char *other, const char *sql)
{
	g_autofree char *here = database_ask(one, sql), *there = database_ask(other, sql);

	assert_string_equal(here, there);
}

TEST(a_copy_has_every_row_and_can_be_copied_back)
{
	struct scene scene;
	struct copy_progress progress = progress_of(&scene);

	scene_begin(&scene);
	ASSERT_OK(copy_desk(scene.from, scene.to, "a file", &progress, &error));
	assert_true(scene.said >= 12);
	ASSERT_OK(copy_is_whole(scene.to, &error));
	assert_same(scene.from_where, scene.to_where,
	    "SELECT CAST(count(*) AS text) || ' ' || CAST(max(id) AS text) FROM item");

	struct store *back = open_at(scene.back_where);

	ASSERT_OK(copy_desk(scene.to, back, "a server", &progress, &error));
	assert_same(scene.from_where, scene.back_where,
	    "SELECT group_concat(id || seq || kind || COALESCE(body, '-') || at) FROM item");
	assert_same(
	    scene.from_where, scene.back_where, "SELECT group_concat(hex(hash) || hex(salt) || text) FROM note");
	assert_same(scene.from_where, scene.back_where, "SELECT group_concat(number || hex(bytes)) FROM file_part");
	assert_same(scene.from_where, scene.back_where,
	    "SELECT group_concat(mode || generation || text) FROM"
	    " (SELECT * FROM draft ORDER BY person_id, conversation_id, mode)");
	store_close(back);
	scene_end(&scene);
}

TEST(rows_after_a_copy_go_on_behind_the_newest)
{
	struct scene scene;
	struct copy_progress progress = progress_of(&scene);
	g_autofree char *says_no = NULL;

	scene_begin(&scene);
	ASSERT_OK(copy_desk(scene.from, scene.to, "a file", &progress, &error));
	says_no = database_run(scene.to_where, "INSERT INTO visitor (public_id, created_at) VALUES ('new', 1)");
	assert_null(says_no);
	assert_same(scene.to_where, scene.to_where, "SELECT CAST(id AS text) FROM visitor ORDER BY id DESC LIMIT 1");
	scene_end(&scene);
}

TEST(a_copy_that_differs_is_unfinished_and_goes_on_when_it_can)
{
	struct scene scene;
	struct copy_progress progress = progress_of(&scene);

	scene_begin(&scene);
	/* Somebody serves the desk meanwhile: a row that is over changes. */
	ASSERT_OK(copy_desk(scene.from, scene.to, "a file", &progress, &error));
	g_free(database_run(
	    scene.to_where, "INSERT INTO setting (name, value, changed_at) VALUES ('copy.unfinished', 'a file', 1)"));
	g_free(database_run(scene.from_where, "UPDATE person SET name = 'Another' WHERE id = 1"));
	ASSERT_REFUSED(FAILED_STORE, NULL, copy_desk(scene.from, scene.to, "a file", &progress, &error));
	ASSERT_REFUSED(REFUSED_STATE, NULL, copy_is_whole(scene.to, &error));
	ASSERT_REFUSED(REFUSED_STATE, "to", copy_desk(scene.from, scene.to, "another file", &progress, &error));
	g_free(database_run(scene.to_where, "UPDATE person SET name = 'Another' WHERE id = 1"));
	ASSERT_OK(copy_desk(scene.from, scene.to, "a file", &progress, &error));
	ASSERT_OK(copy_is_whole(scene.to, &error));
	scene_end(&scene);
}

TEST(a_store_that_has_a_desk_is_not_copied_into)
{
	struct scene scene;
	struct copy_progress progress = progress_of(&scene);

	scene_begin(&scene);
	ASSERT_OK(copy_desk(scene.from, scene.to, "a file", &progress, &error));
	ASSERT_REFUSED(REFUSED_STATE, "to", copy_desk(scene.from, scene.to, "a file", &progress, &error));
	scene_end(&scene);
}

static gint
by_text(gconstpointer one, gconstpointer other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The tables and columns that the copy writes: "draft(person_id, conversation_id, …)", one a line, sorted. */
static char *
copied(void)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	const char *sql;

	for (unsigned i = 0; (sql = copy_statement(i)) != NULL; i++) {
		const char *from = sql + strlen("INSERT INTO "), *end = strchr(from, ')');
		GString *line = g_string_new(NULL);

		/* Without blanks: the statement is broken into lines. */
		for (; from <= end; from++) {
			if (!g_ascii_isspace(*from))
				g_string_append_c(line, *from);
		}
		g_ptr_array_add(lines, g_string_free(line, FALSE));
	}
	g_ptr_array_sort(lines, by_text);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

TEST(no_table_and_no_column_is_forgotten)
{
	g_autofree char *folder = fact_folder(), *path = g_build_filename(folder, "all.db", NULL);
	struct store *store = open_at(path);
	g_autofree char *there = database_ask(path,
	    "SELECT group_concat(line, char(10)) FROM (SELECT m.name || '(' || (SELECT group_concat(c.name, ',')"
	    " FROM pragma_table_info(m.name) c) || ')' AS line FROM sqlite_master m"
	    " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY line)");
	g_autofree char *here = copied();

	assert_string_equal(here, there);
	store_close(store);
}
