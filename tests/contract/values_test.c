/* The contract of stores: values, rows and order. */
#include <string.h>
#include <talloc.h>

#include "sql/contract_sql.h"
#include "tests/contract/engines.h"

/* ---- Texts, numbers, blobs, and what is absent ---- */

static gboolean
keep_texts(struct tx *tx, void *data, GError **error)
{
	char **texts = data;

	for (unsigned i = 0; texts[i] != NULL; i++) {
		if (!contract_sql_put(tx, tx_text(tx, "text %u", i), texts[i], 0, 1, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
compare_texts(struct tx *tx, void *data, GError **error)
{
	char **texts = data;

	for (unsigned i = 0; texts[i] != NULL; i++) {
		struct contract_sql_get *row;

		if (!contract_sql_get(tx, tx_text(tx, "text %u", i), &row, error))
			return FALSE;
		assert_string_equal(row->value, texts[i]);
	}
	return TRUE;
}

CONTRACT(texts_come_back_as_they_went_in)
{
	char *texts[] = { "", " ", "trailing blank ", "'; DROP TABLE setting; --",
		"\"double\" `back` \\ % _ ?1 $1 :name", "line\nfeed\ttab\r",
		"\xc3\xa9 \xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x8f\xae", "e\xcc\x81 is not \xc3\xa9",
		"\xef\xbb\xbf"
		"begins with a mark",
		NULL };

	bench_must_write(bench, keep_texts, texts);
	bench_must_read(bench, compare_texts, texts);
}

CONTRACT(a_text_of_a_megabyte_comes_back_whole)
{
	g_autofree char *text = g_strnfill(1 << 20, 'x');
	char *texts[] = { text, NULL };

	memcpy(text + 4095, "\xc3\xa9", 2); /* across a page's edge */
	bench_must_write(bench, keep_texts, texts);
	bench_must_read(bench, compare_texts, texts);
}

static gboolean
keep_numbers(struct tx *tx, void *data, GError **error)
{
	const int64_t *numbers = data;

	for (unsigned i = 0; i < 5; i++) {
		if (!contract_sql_put(tx, tx_text(tx, "number %u", i), "", 0, numbers[i], error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
compare_numbers(struct tx *tx, void *data, GError **error)
{
	const int64_t *numbers = data;

	for (unsigned i = 0; i < 5; i++) {
		struct contract_sql_get *row;

		if (!contract_sql_get(tx, tx_text(tx, "number %u", i), &row, error))
			return FALSE;
		assert_true(row->at == numbers[i]);
	}
	return TRUE;
}

CONTRACT(numbers_have_sixty_four_bits)
{
	int64_t numbers[] = { INT64_MIN, -1, 0, INT64_C(1774861200000), INT64_MAX };

	bench_must_write(bench, keep_numbers, numbers);
	bench_must_read(bench, compare_numbers, numbers);
}

static gboolean
keep_blobs(struct tx *tx, void *data, GError **error)
{
	uint8_t all[256];

	(void)data;
	for (unsigned i = 0; i < sizeof all; i++)
		all[i] = (uint8_t)i;
	return contract_sql_chain_put(tx, "all", 1, (struct bytes) { all, sizeof all }, error) &&
	    contract_sql_chain_put(tx, "none", 2, (struct bytes) { "", 0 }, error);
}

static gboolean
compare_blobs(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_chain_get *row;

	(void)data;
	if (!contract_sql_chain_get(tx, "all", &row, error))
		return FALSE;
	assert_int_equal(row->head.size, 256);
	for (unsigned i = 0; i < 256; i++)
		assert_int_equal(((const uint8_t *)row->head.data)[i], i);
	if (!contract_sql_chain_get(tx, "none", &row, error))
		return FALSE;
	assert_int_equal(row->head.size, 0);
	assert_non_null(row->head.data);
	return TRUE;
}

CONTRACT(blobs_have_every_byte_and_an_empty_one_is_not_absent)
{
	bench_must_write(bench, keep_blobs, NULL);
	bench_must_read(bench, compare_blobs, NULL);
}

static gboolean
keep_absent(struct tx *tx, void *data, GError **error)
{
	int64_t *ids = data;

	return contract_sql_visitor_add(tx, "absent", NULL, NULL, 1, &ids[0], error) &&
	    contract_sql_visitor_add(tx, "empty", "", "", 1, &ids[1], error);
}

static gboolean
compare_absent(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_visitor_get *absent, *empty, *none;
	const int64_t *ids = data;

	if (!contract_sql_visitor_get(tx, ids[0], &absent, error) ||
	    !contract_sql_visitor_get(tx, ids[1], &empty, error) || !contract_sql_visitor_get(tx, 999999, &none, error))
		return FALSE;
	assert_null(absent->name);
	assert_false(absent->has_name);
	assert_string_equal(empty->name, "");
	assert_true(empty->has_name);
	assert_null(none);
	return TRUE;
}

CONTRACT(what_is_absent_is_neither_empty_nor_nothing)
{
	int64_t ids[2];

	bench_must_write(bench, keep_absent, ids);
	bench_must_read(bench, compare_absent, ids);
}

/* ---- Rows ---- */

static const char *const unordered[] = { "b", "a", "B", "\xc3\xa9", "ab", "a b", "_", "10", "9", "A" };

static gboolean
keep_unordered(struct tx *tx, void *data, GError **error)
{
	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(unordered); i++) {
		if (!contract_sql_put(tx, unordered[i], "", 0, (int64_t)i, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
compare_order(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_list_list up;
	struct contract_sql_list_backwards_list down;

	(void)data;
	if (!contract_sql_list(tx, &up, error) || !contract_sql_list_backwards(tx, 3, &down, error))
		return FALSE;
	assert_int_equal(up.count, G_N_ELEMENTS(unordered));
	for (size_t i = 1; i < up.count; i++)
		assert_true(strcmp(up.rows[i - 1].name, up.rows[i].name) < 0);
	assert_int_equal(down.count, 3);
	for (size_t i = 0; i < down.count; i++)
		assert_string_equal(down.rows[i].name, up.rows[up.count - 1 - i].name);
	return TRUE;
}

CONTRACT(texts_are_in_the_order_of_their_bytes_and_letters_have_their_case)
{
	bench_must_write(bench, keep_unordered, NULL);
	bench_must_read(bench, compare_order, NULL);
}

static gboolean
count_changes(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_touch_and_tell_list told;
	struct contract_sql_add_unless *added;
	int changed;

	(void)data;
	if (!contract_sql_touch(tx, 7, &changed, error))
		return FALSE;
	assert_int_equal(changed, G_N_ELEMENTS(unordered));
	if (!contract_sql_touch(tx, 7, &changed, error))
		return FALSE;
	assert_int_equal(changed, G_N_ELEMENTS(unordered)); /* the same value counts as a change */
	if (!contract_sql_touch_and_tell(tx, 8, &told, error) || !contract_sql_forget(tx, "nobody", &changed, error))
		return FALSE;
	assert_int_equal(told.count, G_N_ELEMENTS(unordered));
	assert_int_equal(changed, 0);
	if (!contract_sql_add_unless(tx, "a", "again", 9, &added, error))
		return FALSE;
	assert_null(added);
	if (!contract_sql_add_unless(tx, "new", "first", 9, &added, error))
		return FALSE;
	assert_string_equal(added->value, "first");
	return TRUE;
}

CONTRACT(a_change_says_how_many_rows_it_met_and_gives_back_what_it_wrote)
{
	bench_must_write(bench, keep_unordered, NULL);
	bench_must_write(bench, count_changes, NULL);
}

static gboolean
add_many(struct tx *tx, void *data, GError **error)
{
	int64_t last = 0, id;

	(void)data;
	for (unsigned i = 0; i < 50; i++) {
		if (!contract_sql_visitor_add(tx, tx_text(tx, "visitor %u", i), NULL, NULL, 1, &id, error))
			return FALSE;
		assert_true(id > last);
		last = id;
	}
	return TRUE;
}

CONTRACT(ids_rise_and_never_come_from_the_caller)
{
	bench_must_write(bench, add_many, NULL);
}

static gboolean
compare_sums(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_sums_list sums;

	(void)data;
	if (!contract_sql_put(tx, "a1", "", 0, 1, error) || !contract_sql_put(tx, "a2", "", 0, 2, error) ||
	    !contract_sql_put(tx, "b1", "", 0, 5, error) || !contract_sql_sums(tx, &sums, error))
		return FALSE;
	assert_int_equal(sums.count, 2);
	assert_string_equal(sums.rows[0].part, "a");
	assert_int_equal(sums.rows[0].total, 3);
	assert_int_equal(sums.rows[0].place, 2);
	assert_int_equal(sums.rows[1].total, 5);
	return TRUE;
}

CONTRACT(common_table_expressions_and_windows_are_there)
{
	bench_must_write(bench, compare_sums, NULL);
}

static gboolean
add_large_list(struct tx *tx, void *data, GError **error)
{
	(void)data;
	for (unsigned i = 0; i < 1000; i++) {
		if (!contract_sql_put(tx, tx_text(tx, "row %04u", i), tx_text(tx, "value %u", i), 0, 1, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
compare_large_list(struct tx *tx, void *data, GError **error)
{
	struct contract_sql_list_list list;

	(void)data;
	if (!contract_sql_list(tx, &list, error))
		return FALSE;
	assert_int_equal(list.count, 1000);
	for (unsigned i = 0; i < 1000; i++)
		assert_string_equal(list.rows[i].value, tx_text(tx, "value %u", i));
	return TRUE;
}

CONTRACT(a_thousand_rows_are_read_one_behind_the_other)
{
	bench_must_write(bench, add_large_list, NULL);
	bench_must_read(bench, compare_large_list, NULL);
}
