/* Facts about problem documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "edge/problem.h"

#include <cmocka.h>
#undef fail

static void
a_refusal_tells_its_words_and_its_field(void **state)
{
	(void)state;
	g_autoptr(GError) error = NULL;

	refuse(&error, REFUSED_RANGE, "text", "wants 1 to 16384 bytes, got %d", 16385);

	g_autofree char *text = problem_text(error);

	assert_string_equal(text,
	    "{\"type\":\"urn:softanswer:range\",\"title\":\"A field is out of its limits\",\"status\":422,"
	    "\"detail\":\"wants 1 to 16384 bytes, got 16385\",\"field\":\"text\"}");
	assert_int_equal(problem_retry_seconds(error), 0);
}

static void
a_failure_keeps_its_cause_to_itself(void **state)
{
	(void)state;
	g_autoptr(GError) error = NULL;

	fail(&error, FAILED_STORE, "disk I/O error in /secret/path");

	g_autofree char *text = problem_text(error);

	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, "urn:softanswer:store"));
}

static void
an_error_of_another_domain_is_a_failure(void **state)
{
	(void)state;
	g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_IO, "secret");
	g_autofree char *text = problem_text(error);

	assert_null(strstr(text, "secret"));
	assert_non_null(strstr(text, "\"status\":500"));
}

static void
what_may_be_tried_again_says_when(void **state)
{
	(void)state;
	g_autoptr(GError) busy = NULL, uncertain = NULL;

	fail(&busy, FAILED_BUSY, "full");
	fail(&uncertain, UNCERTAIN, "lost");
	assert_true(problem_retry_seconds(busy) > 0);
	assert_true(problem_retry_seconds(uncertain) > 0);
}

static void
a_field_that_is_no_utf8_is_made_so(void **state)
{
	(void)state;
	g_autoptr(GError) error = NULL;

	refuse(&error, REFUSED_FIELD, "a\xff", "no such field");

	g_autofree char *text = problem_text(error);

	assert_true(g_utf8_validate(text, -1, NULL));
	assert_non_null(strstr(text, "\"field\":\"a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_tells_its_words_and_its_field),
		cmocka_unit_test(a_failure_keeps_its_cause_to_itself),
		cmocka_unit_test(an_error_of_another_domain_is_a_failure),
		cmocka_unit_test(what_may_be_tried_again_says_when),
		cmocka_unit_test(a_field_that_is_no_utf8_is_made_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
