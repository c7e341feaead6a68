/* Facts about origins. */
#include "tests/kit/facts.h"

#include <string.h>

#include "edge/origin.h"

TEST(a_desk_knows_its_own_pages)
{
	assert_true(origin_is_own("https://desk.example", "https://desk.example"));
	assert_true(origin_is_own("https://desk.example/", "https://desk.example:443"));
	assert_true(origin_is_own("https://Desk.example", "https://desk.EXAMPLE"));
	assert_true(origin_is_own("http://desk.example:8080", "http://desk.example:8080"));
}

TEST(other_origins_are_strangers)
{
	static const char *const strangers[] = { "", "null", "https://", "http://desk.example",
		"https://desk.example:444", "https://desk.example.evil.example", "https://evil.example",
		"https://desk.example/", "https://desk.example/x", "https://desk.example@evil.example",
		"https://desk.example:", "https://desk.example:0", "https://desk.example:443x",
		"https://desk.example,https://evil.example", " https://desk.example", "https://desk.example ",
		"ws://desk.example", "https://desk\texample", "//desk.example", "file://", "https://[::1" };

	for (unsigned i = 0; i < G_N_ELEMENTS(strangers); i++)
		assert_false(origin_is_own("https://desk.example", strangers[i]));
}

TEST(this_machine_has_three_names)
{
	assert_true(origin_is_own("http://localhost:8080", "http://127.0.0.1:8080"));
	assert_true(origin_is_own("http://127.0.0.1:8080", "http://[::1]:8080"));
	assert_false(origin_is_own("http://localhost:8080", "http://127.0.0.1:8081"));
	assert_false(origin_is_own("http://localhost:8080", "http://127.0.0.2:8080"));
	assert_false(origin_is_own("http://localhost:8080", "http://localhost.evil.example:8080"));
	assert_false(origin_is_own("http://desk.example:8080", "http://localhost:8080"));
}

TEST(without_an_origin_the_browser_must_say_same_origin)
{
	g_autoptr(GError) error = NULL;

	assert_true(origin_check("https://desk.example", "https://desk.example", NULL, NULL));
	assert_true(origin_check("https://desk.example", NULL, "same-origin", NULL));
	assert_false(origin_check("https://desk.example", NULL, NULL, NULL));
	assert_false(origin_check("https://desk.example", NULL, "same-site", NULL));
	assert_false(origin_check("https://desk.example", NULL, "none", NULL));
	assert_false(origin_check("https://desk.example", "https://evil.example", "same-origin", &error));
	assert_int_equal(error_kind(error), REFUSED_ORIGIN);
}

TEST(every_prefix_of_an_origin_is_another_one_or_none)
{
	static const char whole[] = "https://desk.example:8443";

	for (size_t size = 0; size < sizeof whole - 1; size++) {
		g_autofree char *prefix = g_strndup(whole, size);

		assert_false(origin_is_own(whole, prefix));
	}
	assert_true(origin_is_own(whole, whole));
}

TEST(a_host_of_256_bytes_is_refused)
{
	struct origin origin;
	g_autofree char *host = g_strnfill(255, 'a');
	g_autofree char *fits = g_strconcat("http://", host, NULL), *over = g_strconcat("http://a", host, NULL);

	assert_true(origin_parse(fits, &origin, NULL));
	assert_false(origin_parse(over, &origin, NULL));
}
