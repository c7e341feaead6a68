/* Facts about sqlgen and embed: the programs are run as the build runs them. SQLGEN and EMBED are their paths. */
#include <string.h>

#include "tests/kit/facts.h"

static char *folder;

static char *
path_of(const char *name)
{
	if (folder == NULL)
		folder = fact_folder();
	return g_build_filename(folder, name, NULL);
}

static void
write_file(const char *name, const char *text)
{
	g_autofree char *path = path_of(name);

	ASSERT_OK(g_file_set_contents(path, text, -1, &error));
}

/* What has been made, with every run of white space as one space; the caller frees. */
static char *
made(const char *name)
{
	g_autofree char *path = path_of(name);
	char *text = NULL;

	ASSERT_OK(g_file_get_contents(path, &text, NULL, &error));
	return text;
}

/* Runs a program; gives its exit status, and what it complained of without the path of the folder. */
static int
run(const char *const *arguments, char **complaint)
{
	char *said = NULL;
	int status = -1;

	/* They live for a moment and free nothing. */
	g_setenv("ASAN_OPTIONS", "detect_leaks=0", TRUE);
	ASSERT_OK(g_spawn_sync(NULL, (char **)arguments, NULL, 0, NULL, NULL, NULL, &said, &status, &error));
	if (g_str_has_prefix(said, folder))
		memmove(said, said + strlen(folder) + 1, strlen(said + strlen(folder) + 1) + 1);
	*complaint = g_strchomp(said);
	return status;
}

static int
generate(const char *shared, const char *sqlite, char **complaint)
{
	g_autofree char *out = path_of("gen"), *one = path_of("promise.sql"), *other = path_of("promise.sqlite.sql");

	write_file("promise.sql", shared);
	if (sqlite != NULL)
		write_file("promise.sqlite.sql", sqlite);
	return run((const char *const[]) { SQLGEN, out, one, sqlite == NULL ? NULL : other, NULL }, complaint);
}

static void
assert_makes(const char *sql, const char *file, const char *wanted)
{
	g_autofree char *complaint = NULL;
	int status = generate(sql, NULL, &complaint);
	g_autofree char *name = g_build_filename("gen", file, NULL);

	if (status != 0)
		fail_msg("%s: %s", sql, complaint);

	g_autofree char *text = made(name);

	if (strstr(text, wanted) == NULL)
		fail_msg("%s\nshould have \"%s\" in\n%s", sql, wanted, text);
}

static void
assert_complains(const char *sql, const char *wanted)
{
	g_autofree char *complaint = NULL;

	assert_int_not_equal(generate(sql, NULL, &complaint), 0);
	assert_string_equal(complaint, wanted);
}

TEST(without_files_there_is_an_empty_table)
{
	g_autofree char *out = path_of("gen"), *complaint = NULL;

	assert_int_equal(run((const char *const[]) { SQLGEN, out, NULL }, &complaint), 0);

	g_autofree char *table = made("gen/queries.c");

	assert_non_null(strstr(table, ".count = 0"));
}

TEST(each_kind_of_result_has_its_function)
{
	assert_makes("-- :a(id int)\nDELETE FROM t WHERE id = :id;\n", "promise_sql.h",
	    "CHECKED gboolean promise_sql_a(struct tx *tx, int64_t id, GError **error);");
	assert_makes("-- :a() -> changed\nDELETE FROM t;\n", "promise_sql.h",
	    "promise_sql_a(struct tx *tx, int *changed, GError **error);");
	assert_makes("-- :a(n text?) -> id int, n text?\nSELECT 1, :n;\n", "promise_sql.h",
	    "promise_sql_a(struct tx *tx, const char *n, int64_t *id, const char **n_out, GError **error);");
	assert_makes("-- :a() -> one (b bool, c blob?)\nSELECT 1, 2;\n", "promise_sql.h",
	    "struct promise_sql_a {\n\tbool b;\n\tstruct bytes c; /* may be absent */\n};\n");
	assert_makes("-- :a() -> one (b bool)\nSELECT 1;\n", "promise_sql.h",
	    "CHECKED gboolean promise_sql_a(struct tx *tx, struct promise_sql_a **row, GError **error);");
	assert_makes("-- :a() -> many (b int)\nSELECT 1;\n", "promise_sql.h",
	    "promise_sql_a(struct tx *tx, struct promise_sql_a_list *list, GError **error);");
}

TEST(a_declaration_may_take_several_lines_and_columns_may_be_called_one_or_many)
{
	assert_makes("-- :a(id int,\n--    at int)\n--    -> one int, many int\nSELECT :id, :at;\n", "promise_sql.h",
	    "promise_sql_a(struct tx *tx, int64_t id, int64_t at, int64_t *one, int64_t *many, GError **error);");
}

TEST(a_query_may_give_rows_like_those_of_an_earlier_one)
{
	assert_makes("-- :a() -> one (b int)\nSELECT 1;\n\n-- :c() -> many like a\nSELECT 2;\n", "promise_sql.h",
	    "promise_sql_c(struct tx *tx, struct promise_sql_a_list *list, GError **error);");
	assert_complains(
	    "-- :c() -> many like a\nSELECT 2;\n", "promise.sql:1: \"c\": no query above declares rows called \"a\"");
}

TEST(parameters_become_numbers_outside_of_quotes_and_comments)
{
	const char *sql = "-- :a(x int, y text)\n"
			  "SELECT ':no', \":no\", :y, -- :not; either\n\t:x, 'it''s; :no', CAST(:x AS int)::bigint;\n";

	assert_makes(sql, "promise_sql.c",
	    ".sqlite = \"SELECT ':no', \\\":no\\\", ?2, ?1, 'it''s; :no', CAST(?1 AS int)::bigint\"");
	assert_makes(sql, "promise_sql.c",
	    ".postgres = \"SELECT ':no', \\\":no\\\", $2, $1, 'it''s; :no', CAST($1 AS int)::bigint\"");
}

TEST(a_comment_right_above_a_query_belongs_to_it)
{
	assert_makes("-- All of it.\n\n-- First.\n-- Second.\n-- :a()\nSELECT 1;\n", "promise_sql.h",
	    "\n/* First.\n * Second. */\nCHECKED");
}

TEST(an_engine_may_have_its_own_text)
{
	g_autofree char *complaint = NULL;

	assert_int_equal(
	    generate("-- :a(x int)\nSELECT :x;\n", "-- Faster so.\n-- :a\nSELECT :x + 0;\n", &complaint), 0);

	g_autofree char *source = made("gen/promise_sql.c");

	assert_non_null(strstr(source, ".sqlite = \"SELECT ?1 + 0\""));
	assert_non_null(strstr(source, ".postgres = \"SELECT $1\""));
	g_free(g_steal_pointer(&complaint));
	/* No query is for one engine only. */
	assert_int_not_equal(generate("-- :a(x int)\n;\n", "-- :a\nSELECT :x;\n", &complaint), 0);
	assert_string_equal(complaint, "promise.sql:1: \"a\" has no text for postgres: it wants promise.postgres.sql");
	g_free(g_steal_pointer(&complaint));
	assert_int_not_equal(generate("-- :a()\nSELECT 1;\n", "\n-- :b\nSELECT 1;\n", &complaint), 0);
	assert_string_equal(complaint, "promise.sqlite.sql:2: promise.sql declares no query \"b\"");
}

TEST(what_is_wrong_is_told_with_file_and_line)
{
	assert_complains("\n-- :a(x int)\nSELECT 1;\n", "promise.sql:2: \"a\" declares x and does not use it");
	assert_complains("-- :a()\nSELECT :x;\n", "promise.sql:1: \"a\" uses :x, which it does not declare");
	assert_complains("-- :a(x int, x int)\nSELECT :x;\n", "promise.sql:1: \"x\" is declared twice");
	assert_complains("-- :a(x day)\nSELECT :x;\n", "promise.sql:1: x: there is no type \"day\"");
	assert_complains("-- :a(x bool?)\nSELECT :x;\n", "promise.sql:1: x: a bool parameter is never absent");
	assert_complains("-- :a\nSELECT 1;\n", "promise.sql:1: \"a\" wants its parameters: \"(…)\"");
	assert_complains(
	    "-- :a() -> one (b int\nSELECT 1;\n", "promise.sql:1: \")\" is missing after the columns of \"a\"");
	assert_complains("-- :a() changed\nSELECT 1;\n", "promise.sql:1: \"a\": this was not expected: \"changed\"");
	assert_complains("-- :A()\nSELECT 1;\n", "promise.sql:1: a name in lower case is missing before \"A()\"");
	assert_complains("-- :a()\nSELECT 1\n", "promise.sql:1: \"a\" does not end: \";\" is missing");
	assert_complains(
	    "-- :a()\nSELECT 1\n-- :b()\nSELECT 2;\n", "promise.sql:1: \"a\" does not end: \";\" is missing");
	assert_complains(
	    "-- :a()\nSELECT 1; SELECT 2;\n", "promise.sql:2: one query ends with the line: \"SELECT 2;\"");
	assert_complains("-- :a()\nSELECT 'x;\n", "promise.sql:2: a quote (') is not closed");
	assert_complains("SELECT 1;\n", "promise.sql:1: this belongs to no query: \"SELECT 1;\"");
	assert_complains("-- :a()\nSELECT 1;\n\n-- :a()\nSELECT 2;\n", "promise.sql:4: there are two queries \"a\"");
}

/* Nothing crashes on half a file. */
TEST(every_prefix_of_a_file_is_taken_or_complained_of)
{
	const char *sql = "-- Promises.\n\n-- :add(contact int, note text?) -> id int, at int\n"
			  "INSERT INTO promise VALUES (:contact, ':', :note) RETURNING id, at;\n";

	for (size_t length = 0; length <= strlen(sql); length++) {
		g_autofree char *prefix = g_strndup(sql, length), *complaint = NULL;
		int status = generate(prefix, NULL, &complaint);

		assert_true(status == 0 || status == 256);
		assert_true((status == 0) == (*complaint == '\0'));
	}
}

TEST(embedded_files_are_listed_by_path_and_compressed_where_that_is_smaller)
{
	g_autofree char *out = path_of("pages.S"), *root = path_of("pages"), *deep = path_of("pages/b"),
			*complaint = NULL;
	g_autofree char *many = g_strnfill(5000, 'x');

	g_mkdir_with_parents(deep, 0700);
	write_file("pages/b/long.txt", many);
	write_file("pages/a.txt", "x");
	assert_int_equal(
	    run((const char *const[]) { EMBED, "--compress", "--tree", out, "pages", root, NULL }, &complaint), 0);

	g_autofree char *text = made("pages.S");

	assert_non_null(strstr(text, ".Lpath0:\n\t.asciz \"a.txt\""));
	assert_non_null(strstr(text, ".Lpath1:\n\t.asciz \"b/long.txt\""));
	assert_null(strstr(text, ".Lgzip0:"));
	assert_null(strstr(text, ".Lbrotli0:"));
	assert_non_null(strstr(text, ".Lgzip1:"));
	assert_non_null(strstr(text, ".Lbrotli1:"));
	assert_non_null(strstr(text, "pages_count:\n\t.4byte 2"));
}
