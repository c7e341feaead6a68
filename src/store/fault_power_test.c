/*
 * Facts about a power cut: whatever the disk had not been told to keep is kept or not, in any order, torn; what was acknowledged is
 * there all the same, whole batches are there or not at all, and the store is intact (P2).
 *
 * A *life* is a store from its first opening on: batches, checkpoints, closing and opening again. At random calls of the disk a cut
 * is made (tests/kit/power_vfs.h), and afterwards a store is opened on each. SOFTANSWER_FAULT_LIVES says how many lives (6);
 * SOFTANSWER_FAULT_SEED which is the first.
 */
#include <sqlite3.h>
#include <stdlib.h>

#include "store/batch.h"
#include "store/engine.h"
#include "tests/kit/facts.h"
#include "tests/kit/power_vfs.h"
#include "tests/kit/store_facts.h"

#define LIVES     6
#define STEPS     50
#define CUTS_MAX  40
#define BATCH_MAX 5
#define VALUE_MAX 20000

/* What had been acknowledged when the power went: the first `acknowledged` batches. The one behind them was perhaps under way. */
struct cut {
	char *folder;
	unsigned acknowledged;
};

static struct life {
	GRand *chance;
	struct store *store;
	struct connection *connection;
	GArray *batches; /* of unsigned: how many puts each has; the last one may be under way */
	unsigned acknowledged;
	struct cut cuts[CUTS_MAX];
	unsigned count;
	int one_in; /* calls of the disk, that the power goes at */
} life;

static void
perhaps_cut(void)
{
	struct cut *cut = &life.cuts[life.count];

	if (life.count == CUTS_MAX || g_rand_int_range(life.chance, 0, life.one_in) != 0)
		return;
	*cut = (struct cut) { fact_folder(), life.acknowledged };
	power_vfs_cut(cut->folder, life.chance);
	life.count++;
}

static char *
name_of(unsigned batch, unsigned n)
{
	return g_strdup_printf("n%04u-%u", batch, n);
}

/* Values follow from their names. */
static char *
value_of(unsigned batch, unsigned n)
{
	return g_strnfill(1 + (batch * 7919 + n * 104729) % VALUE_MAX, (char)('a' + (batch + n) % 26));
}

static void
put_some(void)
{
	unsigned batch = life.batches->len, size = (unsigned)g_rand_int_range(life.chance, 1, BATCH_MAX + 1);
	struct put *puts[BATCH_MAX + 1] = { NULL };

	g_array_append_val(life.batches, size);
	for (unsigned n = 0; n < size; n++) {
		g_autofree char *name = name_of(batch, n), *value = value_of(batch, n);

		puts[n] = put_new(name, value);
	}
	batch_run(life.connection, put_batch(puts[0], puts[1], puts[2], puts[3], puts[4], NULL));
	life.acknowledged++;
	for (unsigned n = 0; n < size; n++) {
		assert_null(puts[n]->work.error);
		put_free(puts[n]);
	}
}

static void
open_store(const char *folder, bool is_forgetful)
{
	g_autofree char *where = g_build_filename(folder, "desk.db", NULL);
	struct store_settings settings = { .where = where, .queries = &fact_queries, .is_forgetful = is_forgetful };

	ASSERT_OK((life.store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((life.connection = store_connect(life.store, true, &error)) != NULL);
}

static void
close_store(void)
{
	connection_close(life.connection);
	store_close(life.store);
}

static void
live(const char *folder, bool is_forgetful)
{
	open_store(folder, is_forgetful);
	for (unsigned step = 0; step < STEPS; step++) {
		int lot = g_rand_int_range(life.chance, 0, 100);

		if (lot < 8)
			ASSERT_OK(life.connection->engine->checkpoint(life.connection, &error));
		else if (lot < 11) {
			close_store();
			open_store(folder, is_forgetful);
		} else {
			put_some();
		}
	}
	close_store();
}

/* How many puts of that batch are there, as they were put; more than it has where one says something else. */
static unsigned
count_there(sqlite3 *db, unsigned batch)
{
	unsigned size = g_array_index(life.batches, unsigned, batch), there = 0;
	sqlite3_stmt *query;

	assert_int_equal(
	    sqlite3_prepare_v2(db, "SELECT value FROM setting WHERE name = ?1", -1, &query, NULL), SQLITE_OK);
	for (unsigned n = 0; n < size; n++) {
		g_autofree char *name = name_of(batch, n), *value = value_of(batch, n);

		sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
		if (sqlite3_step(query) == SQLITE_ROW)
			there += g_strcmp0((const char *)sqlite3_column_text(query, 0), value) == 0 ? 1 : BATCH_MAX + 1;
		sqlite3_reset(query);
	}
	sqlite3_finalize(query);
	return there;
}

/* The first batch that is not as it should be, or -1. */
static int
first_wrong(const struct cut *cut)
{
	g_autofree char *where = g_build_filename(cut->folder, "desk.db", NULL);
	int wrong = -1;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(where, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	for (unsigned batch = 0; batch < life.batches->len && wrong < 0; batch++) {
		unsigned there = count_there(db, batch), size = g_array_index(life.batches, unsigned, batch);

		if (batch < cut->acknowledged        ? there != size
			: batch == cut->acknowledged ? there != 0 && there != size
						     : there != 0)
			wrong = (int)batch;
	}
	sqlite3_close(db);
	return wrong;
}

/* What is wrong with what a cut left, or NULL; the caller frees. */
static char *
look_at(const struct cut *cut)
{
	g_autofree char *where = g_build_filename(cut->folder, "desk.db", NULL);
	struct store_settings settings = { .where = where, .queries = &fact_queries };
	g_autoptr(GError) error = NULL;
	struct store *store = store_open(&settings, &error);
	int wrong;

	if (store != NULL && store_check(store, &error) && (wrong = first_wrong(cut)) >= 0)
		g_set_error(&error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "batch %d of %u acknowledged ones is not whole",
		    wrong, cut->acknowledged);
	if (store != NULL)
		store_close(store);
	return error == NULL ? NULL : g_strdup(error->message);
}

/* Lives a life; how many of its cuts lost something, the last such loss in *says. */
static unsigned
lose_in_life(unsigned seed, bool is_forgetful, char **says)
{
	g_autofree char *folder = fact_folder();
	unsigned lost = 0;

	life = (struct life) { .chance = g_rand_new_with_seed(seed),
		.batches = g_array_new(FALSE, FALSE, sizeof(unsigned)) };
	life.one_in = g_rand_int_range(life.chance, 20, 120);
	power_vfs_begin(folder);
	power_vfs_on_change(perhaps_cut);
	live(folder, is_forgetful);
	power_vfs_end();
	for (unsigned n = 0; n < life.count; n++) {
		char *loss = look_at(&life.cuts[n]);

		lost += loss == NULL ? 0 : 1;
		if (loss != NULL) {
			g_free(*says);
			*says = loss;
		}
		g_free(life.cuts[n].folder);
	}
	g_array_unref(life.batches);
	g_rand_free(life.chance);
	return lost;
}

static unsigned
number_of(const char *name, unsigned otherwise)
{
	const char *text = g_getenv(name);

	return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

TEST(what_was_acknowledged_outlives_a_power_cut_at_any_moment)
{
	unsigned first = number_of("SOFTANSWER_FAULT_SEED", (unsigned)g_random_int_range(1, 1000000)), cuts = 0;
	unsigned lives = number_of("SOFTANSWER_FAULT_LIVES", LIVES);

	for (unsigned seed = first; seed < first + lives; seed++) {
		g_autofree char *says = NULL;

		if (lose_in_life(seed, false, &says) > 0)
			fail_msg("SOFTANSWER_FAULT_SEED=%u: %s", seed, says);
		cuts += life.count;
	}
	assert_true(cuts > 0);
	print_message("%u lives from seed %u, %u power cuts\n", lives, first, cuts);
}

/* That the disk of these facts is one on which something can be lost. */
TEST(a_store_without_fsync_loses_something_on_this_disk)
{
	g_autofree char *says = NULL;
	unsigned lost = 0;

	for (unsigned seed = 1; seed <= 2; seed++)
		lost += lose_in_life(seed, true, &says);
	assert_true(lost > 0);
}
