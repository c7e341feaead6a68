/* Facts about addresses behind proxies. */
#include "tests/kit/facts.h"

#include <string.h>

#include "edge/forwarded.h"

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

TEST(a_stranger_cannot_say_where_it_comes_from)
{
	assert_string_equal(address_of("", "192.0.2.1", "198.51.100.1"), "192.0.2.1");
	assert_string_equal(address_of("127.0.0.1", "192.0.2.1", "198.51.100.1"), "192.0.2.1");
}

TEST(a_listed_proxy_is_believed)
{
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", "198.51.100.1"), "198.51.100.1");
	assert_string_equal(address_of("127.0.0.1", "::ffff:127.0.0.1", "::ffff:198.51.100.1"), "198.51.100.1");
	assert_string_equal(address_of("::1", "::1", " 2001:DB8::1 "), "2001:db8::1");
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", NULL), "127.0.0.1");
}

TEST(what_the_caller_wrote_before_the_proxies_is_passed_over)
{
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", "10.9.9.9, 198.51.100.1"), "198.51.100.1");
	assert_string_equal(
	    address_of("127.0.0.1 10.0.0.0/8", "127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3"), "198.51.100.1");
	assert_string_equal(address_of("127.0.0.1,10.0.0.0/8", "127.0.0.1", "unknown, 10.1.2.3"), "10.1.2.3");
	assert_string_equal(address_of("127.0.0.1", "127.0.0.1", ""), "127.0.0.1");
}

TEST(a_network_ends_at_its_last_bit)
{
	struct networks *networks = networks_parse("10.128.0.0/9, 2001:db8::/33, 0.0.0.0/32", NULL);

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

TEST(a_word_that_is_no_network_is_named)
{
	g_autoptr(GError) error = NULL;

	assert_null(networks_parse("127.0.0.1, example.org", &error));
	assert_non_null(strstr(error->message, "example.org"));
	assert_null(networks_parse("10.0.0.0/33", NULL));
	assert_null(networks_parse("10.0.0.0/", NULL));
	assert_null(networks_parse("10.0.0.0/-1", NULL));
	assert_null(networks_parse("::/129", NULL));
}
