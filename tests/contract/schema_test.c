/* What every store keeps about its schema: who brings it up to date, who does not, and that two programs may come at once. */
#include <string.h>

#include "tests/contract/engines.h"
#include "tests/kit/database.h"

static struct store_settings
settings_of(const struct bench *bench)
{
	return (struct store_settings) { .where = bench->where, .queries = &contract_queries, .is_forgetful = true };
}

static void
set_schema(const struct bench *bench, int version)
{
	bool is_server = strcmp(store_engine(bench->store), "postgres") == 0;
	g_autofree char *sql =
	    g_strdup_printf(is_server ? "UPDATE desk_schema SET version = %d" : "PRAGMA user_version = %d", version);
	g_autofree char *says = database_run(bench->where, sql);

	assert_null(says);
}

static int
get_schema(const struct bench *bench)
{
	bool is_server = strcmp(store_engine(bench->store), "postgres") == 0;
	g_autofree char *version =
	    database_ask(bench->where, is_server ? "SELECT version FROM desk_schema" : "PRAGMA user_version");

	return (int)g_ascii_strtoll(version, NULL, 10);
}

CONTRACT(an_old_program_refuses_a_newer_schema_and_leaves_it_alone)
{
	struct store_settings settings = settings_of(bench);

	for (int i = 0; i < 2; i++) {
		settings.as_it_is = i == 1;
		set_schema(bench, store_schema_known() + 1);
		ASSERT_REFUSED(FAILED_STORE, NULL, store_open(&settings, &error) != NULL);
		assert_int_equal(get_schema(bench), store_schema_known() + 1);
	}
	set_schema(bench, store_schema_known());
}

CONTRACT(who_only_looks_refuses_an_older_schema_and_leaves_it_alone)
{
	struct store_settings settings = settings_of(bench);
	struct store *store = NULL;

	settings.as_it_is = true;
	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	assert_int_equal(store_schema(store), store_schema_known());
	store_close(store);

	set_schema(bench, store_schema_known() - 1);
	ASSERT_REFUSED(REFUSED_STATE, NULL, store_open(&settings, &error) != NULL);
	assert_int_equal(get_schema(bench), store_schema_known() - 1);
	set_schema(bench, store_schema_known());
}

/* ---- A place where nothing is yet ---- */

#define EACH_PLACE(sentence_)                                                                                          \
	static void check_##sentence_(const char *where);                                                              \
	TEST(sentence_)                                                                                                \
	{                                                                                                              \
		for (const struct engine_row *engine = engines; engine->name != NULL; engine++) {                      \
			g_autofree char *where = engine->where(false);                                                 \
			if (where == NULL)                                                                             \
				continue;                                                                              \
			check_##sentence_(where);                                                                      \
			database_remove(where);                                                                        \
		}                                                                                                      \
	}                                                                                                              \
	static void check_##sentence_(const char *where)

EACH_PLACE(who_only_looks_makes_nothing)
{
	struct store_settings settings = { .where = where, .queries = &contract_queries, .as_it_is = true };
	GError *error = NULL;

	for (int i = 0; i < 2; i++) {
		assert_null(store_open(&settings, &error));
		g_clear_error(&error);
		assert_true(store_is_server(where) || !g_file_test(where, G_FILE_TEST_EXISTS));
	}
}

#define PROGRAMS 4

static gpointer
open_store(gpointer where)
{
	struct store_settings settings = { .where = where, .queries = &contract_queries, .is_forgetful = true };
	GError *error = NULL;
	struct store *store = store_open(&settings, &error);

	if (store == NULL)
		print_error("%s\n", error->message);
	g_clear_error(&error);
	return store;
}

EACH_PLACE(of_several_programs_that_make_a_schema_at_once_one_does_and_all_find_it_whole)
{
	GThread *programs[PROGRAMS];

	for (int i = 0; i < PROGRAMS; i++)
		programs[i] = g_thread_new("program", open_store, (gpointer)where);
	for (int i = 0; i < PROGRAMS; i++) {
		struct store *store = g_thread_join(programs[i]);

		assert_non_null(store);
		assert_int_equal(store_schema(store), store_schema_known());
		ASSERT_OK(store_check(store, &error));
		store_close(store);
	}
}
