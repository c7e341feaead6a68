/* Time: see clock.h. */
#include "base/clock.h"

#include <time.h>

static int64_t
system_now_ms(const struct clock *clock)
{
	struct timespec now;

	(void)clock;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

static int64_t
hand_now_ms(const struct clock *clock)
{
	return clock->set_ms;
}

const struct clock *
clock_system(void)
{
	static const struct clock system = { .now_ms = system_now_ms };

	return &system;
}

struct clock
clock_by_hand(int64_t now_ms)
{
	return (struct clock) { .now_ms = hand_now_ms, .set_ms = now_ms };
}

int64_t
clock_ticks_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
