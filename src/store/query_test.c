/* Facts about queries: what goes in comes out, and what must not be is refused. */
#include <string.h>

#include "store/engine.h"
#include "tests/kit/facts.h"
#include "tests/kit/store_facts.h"

struct row {
	int64_t a;
	bool b;
	const char *c;
	struct bytes d;
	const char *e;
};

static const struct column columns[] = {
	{ "a", COLUMN_INT, true, offsetof(struct row, a) },
	{ "b", COLUMN_BOOL, false, offsetof(struct row, b) },
	{ "c", COLUMN_TEXT, false, offsetof(struct row, c) },
	{ "d", COLUMN_BLOB, true, offsetof(struct row, d) },
	{ "e", COLUMN_TEXT, true, offsetof(struct row, e) },
};

#define SHAPE .columns = 5, .shape = columns, .row_size = sizeof(struct row)

enum { ECHO, NOTHING, MANY, WRITE, ADD_TWO, MARK, SET };
static const struct query queries[SET] = {
	[ECHO] = { .name = "test.echo", .sqlite = "SELECT ?1, ?2, ?3, ?4, ?5", .index = ECHO, .params = 5, SHAPE },
	[NOTHING] = { .name = "test.nothing",
	    .sqlite = "SELECT 1, 1, 'c', NULL, NULL WHERE 0",
	    .index = NOTHING,
	    SHAPE },
	[MANY] = { .name = "test.many",
	    .index = MANY,
	    .params = 1,
	    SHAPE,
	    .sqlite = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
		      "SELECT i, i % 2, 'row ' || i, NULL, NULL FROM n WHERE i <= ?1" },
	[WRITE] = { .name = "test.write", .sqlite = "UPDATE setting SET value = value || '!'", .index = WRITE },
	[ADD_TWO] = { .name = "test.add_two",
	    .index = ADD_TWO,
	    SHAPE,
	    .sqlite = "INSERT INTO setting (name, value, changed_at) VALUES ('x', 'x', 1), ('y', 'y', 2) "
		      "RETURNING changed_at, 0, name, NULL, NULL" },
	[MARK] = { .name = "test.mark", .sqlite = "SELECT 'text', 0, 'c', NULL, NULL", .index = MARK, SHAPE },
};
static const struct query *const rows[] = { &queries[ECHO], &queries[NOTHING], &queries[MANY], &queries[WRITE],
	&queries[ADD_TWO], &queries[MARK] };
static const struct query_set set = { .queries = rows, .count = SET };

static struct store *
open_with(const struct query_set *with)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *where = g_build_filename(folder, "desk.db", NULL);
	struct store_settings settings = { .where = where, .queries = with };
	struct store *store = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	return store;
}

/* Runs `run` with a fresh store on a connection that may write. */
static void
with_tx(gboolean (*run)(struct tx *tx, struct work *work, GError **error), bool writes)
{
	struct store *store = open_with(&set);
	struct connection *connection = NULL;
	struct work work = { .run = run, .memory = talloc_new(NULL) };

	ASSERT_OK((connection = store_connect(store, true, &error)) != NULL);
	connection_run(connection, &work, writes);
	if (work.error != NULL)
		fail_msg("%s", work.error->message);
	connection_close(connection);
	store_close(store);
	talloc_free(work.memory);
}

static gboolean
echo(struct tx *tx, struct work *work, GError **error)
{
	const struct value params[] = { value_int(INT64_MIN), value_int(true), value_text(""),
		value_blob((struct bytes) { "a\0b", 3 }), value_text("Grüße") };
	struct row row;

	(void)work;
	if (!query_values(tx, &queries[ECHO], params, &row, error))
		return FALSE;
	assert_true(row.a == INT64_MIN);
	assert_true(row.b);
	assert_string_equal(row.c, "");
	assert_int_equal(row.d.size, 3);
	assert_memory_equal(row.d.data, "a\0b", 3);
	assert_string_equal(row.e, "Grüße");
	return TRUE;
}

TEST(values_come_back_as_they_went_in)
{
	with_tx(echo, false);
}

static gboolean
absent(struct tx *tx, struct work *work, GError **error)
{
	const struct value params[] = { value_int_or_null(0), value_int(false), value_text("c"),
		value_blob((struct bytes) { 0 }), value_text(NULL) };
	struct row *row;
	void *found;

	(void)work;
	if (!query_one(tx, &queries[ECHO], params, &found, error))
		return FALSE;
	row = found;
	assert_int_equal(row->a, 0);
	assert_false(row->b);
	assert_null(row->d.data);
	assert_null(row->e);
	return TRUE;
}

TEST(what_is_absent_stays_absent)
{
	with_tx(absent, false);
}

static gboolean
null_where_none_may_be(struct tx *tx, struct work *work, GError **error)
{
	const struct value params[] = { value_int(1), value_int(1), value_text(NULL), value_text(NULL),
		value_text(NULL) };
	struct row row = { .a = 5 };
	void *found = &row;

	(void)work;
	(void)error;
	ASSERT_REFUSED(FAILED_STORE, NULL, query_one(tx, &queries[ECHO], params, &found, &error));
	assert_ptr_equal(found, &row);
	ASSERT_REFUSED(FAILED_STORE, NULL, query_values(tx, &queries[MARK], NULL, &row, &error));
	return TRUE;
}

TEST(a_stored_value_of_the_wrong_type_is_refused)
{
	with_tx(null_where_none_may_be, false);
}

static gboolean
text_with_nul(struct tx *tx, struct work *work, GError **error)
{
	struct value text = { .type = VALUE_TEXT, .data = "a\0b", .size = 3 };
	const struct value params[] = { value_int(1), value_int(1), text, value_text(NULL), value_text(NULL) };
	struct row row;

	(void)work;
	(void)error;
	ASSERT_REFUSED(FAILED_STORE, NULL, query_values(tx, &queries[ECHO], params, &row, &error));
	return TRUE;
}

TEST(a_stored_text_with_a_nul_inside_is_refused)
{
	with_tx(text_with_nul, false);
}

static gboolean
no_row(struct tx *tx, struct work *work, GError **error)
{
	struct row row;
	void *found = &row;
	size_t count = 9;

	(void)work;
	ASSERT_REFUSED(FAILED_STORE, NULL, query_values(tx, &queries[NOTHING], NULL, &row, &error));
	if (!query_one(tx, &queries[NOTHING], NULL, &found, error))
		return FALSE;
	assert_null(found);
	if (!query_many(tx, &queries[NOTHING], NULL, &found, &count, error))
		return FALSE;
	assert_int_equal(count, 0);
	return TRUE;
}

TEST(no_row_is_null_an_empty_list_or_a_failure)
{
	with_tx(no_row, false);
}

static gboolean
many(struct tx *tx, struct work *work, GError **error)
{
	(void)work;
	for (int64_t wanted = 0; wanted <= 70; wanted++) {
		const struct value params[] = { value_int(wanted == 0 ? -1 : wanted) };
		struct row *list;
		void *found;
		size_t count;

		if (!query_many(tx, &queries[MANY], params, &found, &count, error))
			return FALSE;
		list = found;
		assert_int_equal(count, wanted);
		for (size_t i = 0; i < count; i++) {
			g_autofree char *text = g_strdup_printf("row %zu", i + 1);

			assert_int_equal(list[i].a, i + 1);
			assert_string_equal(list[i].c, text);
		}
	}
	return TRUE;
}

TEST(rows_stand_one_behind_the_other_however_many)
{
	with_tx(many, false);
}

static gboolean
write_while_reading(struct tx *tx, struct work *work, GError **error)
{
	(void)work;
	(void)error;
	ASSERT_REFUSED(FAILED_STORE, NULL, query_change(tx, &queries[WRITE], NULL, NULL, &error));
	return TRUE;
}

TEST(nothing_is_written_in_a_tx_that_reads)
{
	with_tx(write_while_reading, false);
}

static gboolean
add_two(struct tx *tx, struct work *work, GError **error)
{
	struct row row;
	int changed;

	(void)work;
	if (!query_values(tx, &queries[ADD_TWO], NULL, &row, error) ||
	    !query_change(tx, &queries[WRITE], NULL, &changed, error))
		return FALSE;
	assert_string_equal(row.c, "x");
	assert_int_equal(changed, 2);
	return TRUE;
}

TEST(a_write_is_done_in_full_when_only_its_first_row_is_read)
{
	with_tx(add_two, true);
}

static void
prepare_refuses(struct query query)
{
	const struct query *const one[] = { &query };
	struct query_set wrong = { .queries = one, .count = 1 };
	struct store *store = open_with(&wrong);
	struct connection *connection;

	ASSERT_OK((connection = store_connect(store, true, &error)) != NULL);
	ASSERT_REFUSED(FAILED_STORE, NULL, connection_prepare(connection, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, connection_prepare(connection, &error));
	connection_close(connection);
	store_close(store);
}

TEST(a_connection_refuses_queries_that_do_not_fit_what_they_declare)
{
	prepare_refuses((struct query) { .name = "test.columns", .sqlite = "SELECT 1, 2", .columns = 1 });
	prepare_refuses((struct query) { .name = "test.params", .sqlite = "SELECT ?1", .columns = 1 });
	prepare_refuses((struct query) { .name = "test.table", .sqlite = "SELECT 1 FROM nowhere", .columns = 1 });
	prepare_refuses((struct query) { .name = "test.engine", .postgres = "SELECT 1", .columns = 1 });
}
