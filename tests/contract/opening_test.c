/* Facts about several programs that open one new store at the same time: it is made once, and all of them have it. */
#include <pthread.h>

#include "tests/contract/engines.h"
#include "tests/kit/database.h"

enum { PROGRAMS = 4 };

struct program {
	pthread_t thread;
	pthread_barrier_t *together;
	const char *where;
	struct store *store;
	GError *error;
};

static void *
open_it(void *data)
{
	struct program *program = data;
	struct store_settings settings = {
		.where = program->where, .queries = &contract_queries, .is_forgetful = true
	};

	pthread_barrier_wait(program->together);
	program->store = store_open(&settings, &program->error);
	return NULL;
}

static void
open_together(const char *where)
{
	struct program programs[PROGRAMS];
	pthread_barrier_t together;

	pthread_barrier_init(&together, NULL, PROGRAMS);
	for (unsigned i = 0; i < PROGRAMS; i++) {
		programs[i] = (struct program) { .together = &together, .where = where };
		assert_int_equal(pthread_create(&programs[i].thread, NULL, open_it, &programs[i]), 0);
	}
	for (unsigned i = 0; i < PROGRAMS; i++)
		pthread_join(programs[i].thread, NULL);
	for (unsigned i = 0; i < PROGRAMS; i++) {
		if (programs[i].store == NULL)
			fail_msg("program %u: %s", i, programs[i].error->message);
		assert_int_equal(store_schema(programs[i].store), store_schema_known());
	}
	ASSERT_OK(store_check(programs[0].store, &error));
	for (unsigned i = 0; i < PROGRAMS; i++)
		store_close(programs[i].store);
	pthread_barrier_destroy(&together);
}

TEST(programs_that_bring_one_store_up_to_date_at_once_make_it_once)
{
	for (const struct engine_row *engine = engines; engine->name != NULL; engine++) {
		for (unsigned round = 0; round < 3; round++) {
			g_autofree char *where = engine->where();

			if (where == NULL)
				break;
			open_together(where);
			database_remove(where);
		}
	}
}
