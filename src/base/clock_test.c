/* Facts about clocks. */
#include "base/clock.h"
#include "tests/kit/facts.h"

TEST(a_clock_by_hand_stands_still_until_it_is_set)
{
	struct clock clock = clock_by_hand(1000);

	assert_int_equal(clock_now_ms(&clock), 1000);
	clock.set_ms += MS_PER_DAY;
	assert_int_equal(clock_now_ms(&clock), 86401000);
}

TEST(the_machines_clock_is_past_2025_and_in_milliseconds)
{
	int64_t now_ms = clock_now_ms(clock_system());

	assert_true(now_ms > INT64_C(1735689600000));
	assert_true(now_ms < INT64_C(4102444800000)); /* 2100 */
}

TEST(ticks_never_go_back)
{
	int64_t last = clock_ticks_ns();

	for (int i = 0; i < 1000; i++) {
		int64_t next = clock_ticks_ns();

		assert_true(next >= last);
		last = next;
	}
}
