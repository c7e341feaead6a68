/* Facts about origins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "edge/origin.h"

#include <cmocka.h> /* last: its fail() is a macro */

static void
a_desk_knows_its_own_pages(void **state)
{
	(void)state;
	assert_true(origin_is_own("https://desk.example", "https://desk.example"));
	assert_true(origin_is_own("https://desk.example/", "https://desk.example:443"));
	assert_true(origin_is_own("https://Desk.example", "https://desk.EXAMPLE"));
	assert_true(origin_is_own("http://desk.example:8080", "http://desk.example:8080"));
}

static void
other_origins_are_strangers(void **state)
{
	static const char *const strangers[] = { "", "null", "https://", "http://desk.example",
		"https://desk.example:444", "https://desk.example.evil.example", "https://evil.example",
		"https://desk.example/", "https://desk.example/x", "https://desk.example@evil.example",
		"https://desk.example:", "https://desk.example:0", "https://desk.example:443x",
		"https://desk.example,https://evil.example", " https://desk.example", "https://desk.example ",
		"ws://desk.example", "https://desk\texample", "//desk.example", "file://", "https://[::1" };

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(strangers); i++)
		assert_false(origin_is_own("https://desk.example", strangers[i]));
}

static void
this_machine_has_three_names(void **state)
{
	(void)state;
	assert_true(origin_is_own("http://localhost:8080", "http://127.0.0.1:8080"));
	assert_true(origin_is_own("http://127.0.0.1:8080", "http://[::1]:8080"));
	assert_false(origin_is_own("http://localhost:8080", "http://127.0.0.1:8081"));
	assert_false(origin_is_own("http://localhost:8080", "http://127.0.0.2:8080"));
	assert_false(origin_is_own("http://localhost:8080", "http://localhost.evil.example:8080"));
	assert_false(origin_is_own("http://desk.example:8080", "http://localhost:8080"));
}

static void
without_an_origin_the_browser_must_say_same_origin(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(origin_check("https://desk.example", "https://desk.example", NULL, NULL));
	assert_true(origin_check("https://desk.example", NULL, "same-origin", NULL));
	assert_false(origin_check("https://desk.example", NULL, NULL, NULL));
	assert_false(origin_check("https://desk.example", NULL, "same-site", NULL));
	assert_false(origin_check("https://desk.example", NULL, "none", NULL));
	assert_false(origin_check("https://desk.example", "https://evil.example", "same-origin", &error));
	assert_int_equal(error_kind(error), REFUSED_ORIGIN);
}

static void
every_prefix_of_an_origin_is_another_one_or_none(void **state)
{
	static const char whole[] = "https://desk.example:8443";

	(void)state;
	for (size_t size = 0; size < sizeof whole - 1; size++) {
		g_autofree char *prefix = g_strndup(whole, size);

		assert_false(origin_is_own(whole, prefix));
	}
	assert_true(origin_is_own(whole, whole));
}

static void
a_host_of_256_bytes_is_refused(void **state)
{
	struct origin origin;
	g_autofree char *host = g_strnfill(255, 'a');
	g_autofree char *fits = g_strconcat("http://", host, NULL), *over = g_strconcat("http://a", host, NULL);

	(void)state;
	assert_true(origin_parse(fits, &origin, NULL));
	assert_false(origin_parse(over, &origin, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_desk_knows_its_own_pages),
		cmocka_unit_test(other_origins_are_strangers),
		cmocka_unit_test(this_machine_has_three_names),
		cmocka_unit_test(without_an_origin_the_browser_must_say_same_origin),
		cmocka_unit_test(every_prefix_of_an_origin_is_another_one_or_none),
		cmocka_unit_test(a_host_of_256_bytes_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
