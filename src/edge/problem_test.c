/* Facts about problem documents. */
#include "tests/kit/facts.h"

#include <string.h>

#include "base/error.h"
#include "edge/problem.h"

TEST(a_refusal_tells_its_words_and_its_field)
{
	g_autoptr(GError) error = NULL;

	refuse(&error, REFUSED_RANGE, "text", "wants 1 to 16384 bytes, got %d", 16385);

	g_autofree char *text = problem_text(error);

	assert_string_equal(text,
	    "{\"type\":\"urn:softanswer:range\",\"title\":\"A field is out of its limits\",\"status\":422,"
	    "\"detail\":\"wants 1 to 16384 bytes, got 16385\",\"field\":\"text\"}");
	assert_int_equal(problem_retry_seconds(error), 0);
}

TEST(a_failure_keeps_its_cause_to_itself)
{
	g_autoptr(GError) error = NULL;

	fail(&error, FAILED_STORE, "disk I/O error in /secret/path");

	g_autofree char *text = problem_text(error);

	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, "urn:softanswer:store"));
}

TEST(an_error_of_another_domain_is_a_failure)
{
	g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "secret");
	g_autofree char *text = problem_text(error);

	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, "\"status\":500"));
}

TEST(what_may_be_tried_again_says_when)
{
	g_autoptr(GError) busy = NULL, uncertain = NULL;

	fail(&busy, FAILED_BUSY, "full");
	fail(&uncertain, UNCERTAIN, "lost");
	assert_true(problem_retry_seconds(busy) > 0);
	assert_true(problem_retry_seconds(uncertain) > 0);
}

TEST(a_field_that_is_no_utf8_is_made_so)
{
	g_autoptr(GError) error = NULL;

	refuse(&error, REFUSED_FIELD, "a\xff", "no such field");

	g_autofree char *text = problem_text(error);

	assert_true(g_utf8_validate(text, -1, NULL));
	assert_non_null(strstr(text, "\"field\":\"a"));
}
