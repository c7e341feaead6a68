/* Facts about the crowd. */
#include "edge/crowd.h"

#include "tests/kit/facts.h"

TEST(an_address_may_hold_so_many_and_not_one_more)
{
	struct crowd *crowd = crowd_new(3);

	for (int i = 0; i < 3; i++) {
		assert_true(crowd_has_room(crowd, "192.0.2.1"));
		crowd_enter(crowd, "192.0.2.1");
	}
	assert_false(crowd_has_room(crowd, "192.0.2.1"));
	assert_true(crowd_has_room(crowd, "192.0.2.2"));
	crowd_leave(crowd, "192.0.2.1");
	assert_true(crowd_has_room(crowd, "192.0.2.1"));
	crowd_free(crowd);
}

TEST(a_network_of_ipv6_counts_as_one_caller)
{
	struct crowd *crowd = crowd_new(2);

	crowd_enter(crowd, "2001:db8:1:2::1");
	crowd_enter(crowd, "2001:db8:1:2:ffff::1");
	assert_int_equal(crowd_count(crowd, "2001:db8:1:2::"), 2);
	assert_false(crowd_has_room(crowd, "2001:db8:1:2::3"));
	assert_true(crowd_has_room(crowd, "2001:db8:1:3::1"));
	crowd_free(crowd);
}

TEST(who_has_left_leaves_nothing_behind)
{
	struct crowd *crowd = crowd_new(1);

	crowd_enter(crowd, "192.0.2.1");
	crowd_enter(crowd, "2001:db8::1");
	assert_int_equal(crowd_addresses(crowd), 2);
	crowd_leave(crowd, "192.0.2.1");
	crowd_leave(crowd, "2001:db8::2");
	assert_int_equal(crowd_addresses(crowd), 0);
	crowd_free(crowd);
}

TEST(a_limit_of_0_and_no_crowd_at_all_have_room_for_everybody)
{
	struct crowd *crowd = crowd_new(0);

	for (int i = 0; i < 1000; i++)
		crowd_enter(crowd, "192.0.2.1");
	assert_true(crowd_has_room(crowd, "192.0.2.1"));
	crowd_free(crowd);
	crowd_enter(NULL, "192.0.2.1");
	assert_true(crowd_has_room(NULL, "192.0.2.1"));
	crowd_leave(NULL, "192.0.2.1");
	crowd_free(NULL);
}
