/* Facts about the addresses of callers. */
#include "edge/address.h"

#include <string.h>

#include "tests/kit/facts.h"

static void
assert_same(const char *one, const char *other, bool is_same)
{
	uint8_t rooms[2][ADDRESS_NETWORK_BYTES];
	size_t sizes[2];
	const void *networks[2] = { address_network(one, rooms[0], &sizes[0]),
		address_network(other, rooms[1], &sizes[1]) };
	bool was_same = sizes[0] == sizes[1] && memcmp(networks[0], networks[1], sizes[0]) == 0;

	assert_int_equal(was_same, is_same);
}

TEST(one_household_of_ipv6_is_one_caller)
{
	assert_same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true);
	assert_same("2001:db8:1:2::1", "2001:0DB8:0001:0002::1", true);
	assert_same("2001:db8:1:2::1", "2001:db8:1:3::1", false);
}

TEST(each_ipv4_address_is_a_caller_however_it_is_written)
{
	assert_same("192.0.2.1", "192.0.2.2", false);
	assert_same("::ffff:192.0.2.1", "::ffff:192.0.2.2", false);
	assert_same("192.0.2.1", "192.0.2.1", true);
	assert_same("", "192.0.2.1", false);
}

TEST(this_machine_is_known_by_all_its_own_addresses)
{
	assert_true(address_is_loopback("127.0.0.1"));
	assert_true(address_is_loopback("127.255.0.9"));
	assert_true(address_is_loopback("::1"));
	assert_false(address_is_loopback("128.0.0.1"));
	assert_false(address_is_loopback("10.0.0.1"));
	assert_false(address_is_loopback("::2"));
	assert_false(address_is_loopback("::"));
	assert_false(address_is_loopback("127.0.0"));
	assert_false(address_is_loopback(""));
}
