/* Facts about every named query of the desk: each can be prepared on the engine, and gives what it declares. */
#include "store/store.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

TEST(every_query_of_the_desk_prepares_with_the_columns_that_it_declares)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *path = g_build_filename(folder, "desk.db", NULL), *where = database_new(path);
	struct store_settings settings = { .where = where, .queries = &desk_queries };
	struct store *store = NULL;
	struct connection *connection = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	assert_int_equal(store_schema(store), store_schema_known());
	for (int writes = 0; writes <= 1; writes++) {
		ASSERT_OK((connection = store_connect(store, writes, &error)) != NULL);
		ASSERT_OK(connection_prepare(connection, &error));
		connection_close(connection);
	}
	store_close(store);
}
