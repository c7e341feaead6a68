/* Facts about migrations. */
#include <string.h>

#include "store/engine.h"
#include "tests/kit/facts.h"
#include "tests/kit/store_facts.h"

#define FILE(path_, sql_)                                                                                              \
	{                                                                                                              \
		.path = path_, .data = (const unsigned char *)sql_, .size = sizeof sql_ - 1                            \
	}

static const struct embedded files[] = {
	FILE("0001_one.sql", "CREATE TABLE one (id @id, n @int, b @blob) @strict;"),
	FILE("0001_one.sqlite.sql",
	    "CREATE TRIGGER one_kept BEFORE DELETE ON one BEGIN SELECT RAISE(ABORT, 'kept'); END;"),
	FILE("0002_two.postgres.sql", "this is not for SQLite"),
	FILE("0002_two.sql", "INSERT INTO one (n) VALUES (1); INSERT INTO one (n) VALUES (2);"),
	FILE("0003_three.sql", "CREATE TABLE three (id @id) @strict; INSERT INTO one (n) VALUES ('text');"),
};

/* A store without a schema, and a connection to it. */
struct ground {
	struct store store;
	struct connection *connection;
};

static void
ground_make(struct ground *ground)
{
	g_autofree char *folder = fact_folder();

	*ground = (struct ground) { .store = { .engine = &sqlite_engine, .queries = &fact_queries } };
	ground->store.where = g_build_filename(folder, "desk.db", NULL);
	ASSERT_OK((ground->connection = sqlite_engine.connect(&ground->store, true, &error)) != NULL);
}

static void
ground_clear(struct ground *ground)
{
	connection_close(ground->connection);
	g_free(ground->store.where);
}

static int
schema_of(struct ground *ground)
{
	int version = -1;

	ASSERT_OK(sqlite_engine.schema_get(ground->connection, &version, &error));
	return version;
}

TEST(the_words_of_the_engine_replace_ours)
{
	g_autofree char *text = migrate_text(&sqlite_engine, "CREATE TABLE t (id @id, n @int, b @blob) @strict;");

	assert_string_equal(text, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, b BLOB) STRICT;");
	g_free(text);
	text = migrate_text(&sqlite_engine, "CREATE TABLE t (id @id_once);");
	assert_string_equal(text, "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);");
}

TEST(migrations_run_once_and_in_order)
{
	struct ground ground;
	int schema;

	ground_make(&ground);
	ASSERT_OK(migrate_run(ground.connection, files, 1, &schema, &error));
	assert_int_equal(schema, 1);
	ASSERT_OK(migrate_run(ground.connection, files, 4, &schema, &error));
	ASSERT_OK(migrate_run(ground.connection, files, 4, &schema, &error));
	assert_int_equal(schema, 2);
	assert_int_equal(schema_of(&ground), 2);
	ASSERT_OK(sqlite_engine.script(ground.connection, "INSERT INTO one (id) VALUES (3)", &error));
	ground_clear(&ground);
}

TEST(a_migration_that_fails_leaves_the_schema_before_it)
{
	struct ground ground;
	int schema = -1;

	ground_make(&ground);
	ASSERT_REFUSED(FAILED_STORE, NULL, migrate_run(ground.connection, files, 5, &schema, &error));
	assert_int_equal(schema, -1);
	assert_int_equal(schema_of(&ground), 2);
	/* Nothing of the third is there, so it can be run when it is mended. */
	ASSERT_OK(sqlite_engine.script(ground.connection, "CREATE TABLE three (id INTEGER)", &error));
	ground_clear(&ground);
}

TEST(a_program_that_dies_inside_a_migration_leaves_the_schema_before_it)
{
	struct ground ground;
	int schema;

	ground_make(&ground);
	ASSERT_OK(migrate_run(ground.connection, files, 1, &schema, &error));
	ASSERT_OK(sqlite_engine.begin(ground.connection, true, NULL, &error));
	ASSERT_OK(sqlite_engine.script(ground.connection, (const char *)files[3].data, &error));
	/* Gone without a commit, as after a kill. */
	connection_close(ground.connection);
	ASSERT_OK((ground.connection = sqlite_engine.connect(&ground.store, true, &error)) != NULL);
	assert_int_equal(schema_of(&ground), 1);
	ASSERT_OK(migrate_run(ground.connection, files, 4, &schema, &error));
	assert_int_equal(schema, 2);
	ground_clear(&ground);
}

TEST(a_newer_schema_is_refused_and_left_alone)
{
	struct store *store = fact_store();
	struct store_settings settings = { .where = store->where, .queries = &fact_queries };

	assert_int_equal(store_schema(store), store_schema_known());
	assert_null(fact_sql(store, "PRAGMA user_version=9999"));
	ASSERT_REFUSED(FAILED_STORE, NULL, store_open(&settings, &error) != NULL);
	assert_null(fact_sql(store, "PRAGMA user_version=1"));
	store_close(store);
}

TEST(a_database_of_another_program_is_refused_and_left_alone)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *where = g_build_filename(folder, "other.db", NULL);
	struct store other = { .where = where };
	struct store_settings settings = { .where = where, .queries = &fact_queries };

	ASSERT_OK(g_file_set_contents(where, "", 0, &error));
	assert_null(fact_sql(&other, "CREATE TABLE theirs (id INTEGER)"));
	ASSERT_REFUSED(FAILED_STORE, NULL, store_open(&settings, &error) != NULL);
	assert_null(fact_sql(&other, "DROP TABLE theirs"));
}

TEST(a_file_that_is_no_database_is_refused_and_left_alone)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *where = g_build_filename(folder, "letter.txt", NULL), *after = NULL;
	g_autofree char *letter = g_strnfill(5000, 'a');
	struct store_settings settings = { .where = where, .queries = &fact_queries };

	ASSERT_OK(g_file_set_contents(where, letter, -1, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, store_open(&settings, &error) != NULL);
	ASSERT_OK(g_file_get_contents(where, &after, NULL, &error));
	assert_string_equal(after, letter);
}

TEST(a_folder_that_is_not_there_is_refused)
{
	struct store_settings settings = { .where = "/nowhere/at/all/desk.db", .queries = &fact_queries };

	ASSERT_REFUSED(FAILED_STORE, NULL, store_open(&settings, &error) != NULL);
}
