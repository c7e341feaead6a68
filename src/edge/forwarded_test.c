/* Facts about addresses behind proxies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "edge/forwarded.h"

#include <cmocka.h> /* last: its fail() is a macro */

static const char *
address_of(const char *proxies, const char *peer, const char *forwarded)
{
	static char address[ADDRESS_CHARS];
	struct networks *networks = networks_parse(proxies, NULL);

	assert_non_null(networks);
	forwarded_address(networks, peer, forwarded, address);
	networks_free(networks);
	return address;
}

static void
a_stranger_cannot_say_where_it_comes_from(void **state)
{
	(void)state;
	assert_string_equal(address_of("", "192.0.2.1", "198.51.100.1"), "192.0.2.1");
	assert_string_equal(address_of("127.0.0.1", "192.0.2.1", "198.51.100.1"), "192.0.2.1");
}

static void
a_listed_proxy_is_believed(void **state)
{
	(void)state;
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", "198.51.100.1"), "198.51.100.1");
	assert_string_equal(address_of("127.0.0.1", "::ffff:127.0.0.1", "::ffff:198.51.100.1"), "198.51.100.1");
	assert_string_equal(address_of("::1", "::1", " 2001:DB8::1 "), "2001:db8::1");
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", NULL), "127.0.0.1");
}

static void
what_the_caller_wrote_before_the_proxies_is_passed_over(void **state)
{
	(void)state;
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", "10.9.9.9, 198.51.100.1"), "198.51.100.1");
	assert_string_equal(
	    address_of("127.0.0.1 10.0.0.0/8", "127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3"), "198.51.100.1");
	assert_string_equal(address_of("127.0.0.1,10.0.0.0/8", "127.0.0.1", "unknown, 10.1.2.3"), "10.1.2.3");
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", ""), "127.0.0.1");
}

static void
a_network_ends_at_its_last_bit(void **state)
{
	struct networks *networks = networks_parse("10.128.0.0/9, 2001:db8::/33, 0.0.0.0/32", NULL);

	(void)state;
	assert_true(networks_have(networks, "10.128.0.0"));
	assert_true(networks_have(networks, "10.255.255.255"));
	assert_false(networks_have(networks, "10.127.255.255"));
	assert_true(networks_have(networks, "2001:db8:7fff::1"));
	assert_false(networks_have(networks, "2001:db8:8000::1"));
	assert_false(networks_have(networks, "0.0.0.1"));
	assert_false(networks_have(networks, "unix"));
	assert_false(networks_have(NULL, "10.128.0.0"));
	networks_free(networks);
}

static void
a_word_that_is_no_network_is_named(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_null(networks_parse("127.0.0.1, example.org", &error));
	assert_non_null(strstr(error->message, "example.org"));
	assert_null(networks_parse("10.0.0.0/33", NULL));
	assert_null(networks_parse("10.0.0.0/", NULL));
	assert_null(networks_parse("10.0.0.0/-1", NULL));
	assert_null(networks_parse("::/129", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stranger_cannot_say_where_it_comes_from),
		cmocka_unit_test(a_listed_proxy_is_believed),
		cmocka_unit_test(what_the_caller_wrote_before_the_proxies_is_passed_over),
		cmocka_unit_test(a_network_ends_at_its_last_bit),
		cmocka_unit_test(a_word_that_is_no_network_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
