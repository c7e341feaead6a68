/* Facts about errors. */
#include <string.h>

#include "base/error.h"
#include "tests/kit/facts.h"

TEST(a_refusal_carries_its_kind_its_field_and_its_words)
{
	g_autoptr(GError) error = NULL;

	assert_false(refuse(&error, REFUSED_RANGE, "text", "wants 1 to %d bytes", 5));
	assert_int_equal(error_kind(error), REFUSED_RANGE);
	assert_string_equal(error_field(error), "text");
	assert_string_equal(error->message, "wants 1 to 5 bytes");
	assert_true(error_is_refusal(error));
}

TEST(a_failure_blames_no_field)
{
	g_autoptr(GError) error = NULL;

	assert_false(fail(&error, FAILED_STORE, "the disk is full"));
	assert_null(error_field(error));
	assert_false(error_is_refusal(error));
}

TEST(a_copy_of_an_error_keeps_the_field)
{
	g_autoptr(GError) error = NULL;

	assert_false(refuse(&error, REFUSED_FIELD, "note", "is unknown"));

	g_autoptr(GError) copy = g_error_copy(error);

	g_clear_error(&error);
	assert_string_equal(error_field(copy), "note");
}

TEST(a_refusal_may_carry_its_cause_and_a_copy_keeps_it)
{
	g_autoptr(GError) error = NULL;
	struct error_cause cause = { "too_deep", 4 };

	assert_false(refuse_because(&error, REFUSED_RANGE, "calendar", cause, "line %d: is too deep", 4));

	g_autoptr(GError) copy = g_error_copy(error);

	g_clear_error(&error);
	assert_string_equal(copy->message, "line 4: is too deep");
	assert_string_equal(error_field(copy), "calendar");
	assert_string_equal(error_cause(copy).code, "too_deep");
	assert_int_equal(error_cause(copy).line, 4);
}

TEST(an_error_of_another_library_is_our_failure)
{
	g_autoptr(GError) error = g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

	assert_int_equal(error_kind(error), FAILED);
	assert_null(error_field(error));
	assert_null(error_cause(error).code);
	assert_false(error_is_refusal(error));
}

TEST(without_a_place_for_the_error_a_refusal_is_only_false)
{
	assert_false(refuse(NULL, REFUSED_STATE, "id", "is closed"));
}

TEST(every_kind_has_a_type_a_title_and_a_status_of_its_sort)
{
	for (int kind = 0; kind < ERROR_KINDS; kind++) {
		const struct error_row *row = error_row((enum error_kind)kind);

		assert_true(*row->type != '\0' && *row->title != '\0');
		assert_in_range(row->status, 400, 599);
		for (int other = 0; other < kind; other++)
			assert_string_not_equal(error_row((enum error_kind)other)->type, row->type);
	}
	assert_false(error_row(REFUSED_STATE)->retry);
	assert_true(error_row(FAILED_BUSY)->retry);
	assert_true(error_row(UNCERTAIN)->retry);
}
