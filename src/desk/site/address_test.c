/* Facts about addresses of pages. */
#include "desk/site/address.h"

#include <string.h>
#include <talloc.h>

#include "tests/kit/facts.h"

static void
origin_is(const char *text, const char *origin)
{
	void *memory = talloc_new(NULL);

	assert_string_equal(address_origin(memory, text), origin);
	talloc_free(memory);
}

static void
is_no_origin(const char *text)
{
	void *memory = talloc_new(NULL);

	assert_null(address_origin(memory, text));
	talloc_free(memory);
}

TEST(an_origin_is_written_as_browsers_write_it)
{
	origin_is("https://shop.example", "https://shop.example");
	origin_is("HTTPS://Shop.Example/", "https://shop.example");
	origin_is("https://shop.example:443", "https://shop.example");
	origin_is("http://shop.example:80", "http://shop.example");
	origin_is("https://shop.example:8443", "https://shop.example:8443");
	origin_is("http://localhost:8080", "http://localhost:8080");
	origin_is("http://[::1]:8080", "http://[::1]:8080");
	origin_is("https://xn--bcher-kva.example", "https://xn--bcher-kva.example");
}

TEST(what_could_say_more_in_a_header_is_no_origin)
{
	static const char *const texts[] = { "", "https://", "https:///", "shop.example", "//shop.example",
		"ftp://shop.example", "javascript://shop.example", "https://*", "https://*.example",
		"https://a.example b", "https://a.example;script-src", "https://a.example,https://b.example",
		"https://a.example'", "'self'", "https://a.example/path", "https://a.example?x", "https://a.example#x",
		"https://user@a.example", "https://a.example:0", "https://a.example:65536",
		"https://a.example:", "https://a.example:+1", "https://a..example", "https://.example",
		"https://a.example.", "https://-a.example", "https://[::1", "https://[zz]", "https://a.example\\b",
		"https://b\xc3\xbc"
		"cher.example" };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		is_no_origin(texts[i]);
}

TEST(a_host_of_the_longest_name_is_taken_and_one_without_an_end_is_not)
{
	g_autofree char *long_host = g_strnfill(300, 'a');
	g_autofree char *text = g_strconcat("https://", long_host, NULL);

	is_no_origin(text);
	text[8 + 253] = '\0';
	origin_is(text, text);
}

TEST(the_origin_of_a_page_is_that_of_its_host)
{
	void *memory = talloc_new(NULL);

	assert_string_equal(
	    address_origin_of(memory, "https://Shop.example/lamps?x=https://other.example#y"), "https://shop.example");
	assert_null(address_origin_of(memory, "https://shop.example@other.example/"));
	assert_null(address_origin_of(memory, "https://shop.example\\@other.example/"));
	talloc_free(memory);
}

TEST(a_page_is_kept_without_what_comes_after_the_hash)
{
	void *memory = talloc_new(NULL);

	assert_string_equal(address_page(memory, "https://shop.example/a?b#c"), "https://shop.example/a?b");
	assert_string_equal(address_page(memory, "http://localhost:3000/"), "http://localhost:3000/");
	assert_null(address_page(memory, "javascript:alert(1)"));
	assert_null(address_page(memory, "data:text/html,x"));
	assert_null(address_page(memory, "https://vera:secret@shop.example/"));
	assert_null(address_page(memory, NULL));
	assert_null(address_page(memory, "https://shop.example/a b"));
	assert_null(address_page(memory, "https://shop.example/\n"));
	talloc_free(memory);
}

TEST(every_prefix_of_an_address_is_borne)
{
	static const char text[] = "https://[2001:db8::1]:8443/a?b#c";
	void *memory = talloc_new(NULL);

	for (size_t size = 0; size < strlen(text); size++) {
		g_autofree char *prefix = g_strndup(text, size);

		(void)address_origin(memory, prefix);
		(void)address_page(memory, prefix);
	}
	talloc_free(memory);
}
