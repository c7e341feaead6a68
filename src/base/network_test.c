/* Facts about what counts as one caller. */
#include "tests/kit/facts.h"

#include "base/network.h"

static void
assert_network(const char *address, const char *expected)
{
	char text[NETWORK_CHARS];

	network_text(address, text);
	assert_string_equal(text, expected);
}

TEST(a_household_has_one_network_of_ipv6)
{
	assert_network("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64");
	assert_network("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64");
	assert_network("2001:db8:1:3::1", "2001:db8:1:3::/64");
}

TEST(any_other_address_stands_for_itself)
{
	assert_network("192.0.2.7", "192.0.2.7");
	assert_network("::ffff:192.0.2.7", "::ffff:192.0.2.7");
	assert_network("", "");
	assert_network("no address at all", "no address at all");
}
