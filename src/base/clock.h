/*
 * Time: milliseconds since 1970-01-01 UTC, without leap seconds, as int64_t with a name that ends in _ms or _at.
 *
 * Only the edge and the jobs ask a clock; what they read travels with the command, so that a command can be run again
 * and a whole day can be replayed. Tests set the clock. Any thread.
 */
#pragma once

#include <stdint.h>

struct clock {
	int64_t (*now_ms)(const struct clock *clock);
	int64_t set_ms; /* of a clock that is set by hand */
};

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_HOUR   (60 * MS_PER_MINUTE)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

/* The machine's clock. */
const struct clock *clock_system(void);

/* A clock that stands still until its set_ms is changed; the owner sees to it that no other thread reads meanwhile. */
struct clock clock_by_hand(int64_t now_ms);

static inline int64_t
clock_now_ms(const struct clock *clock)
{
	return clock->now_ms(clock);
}

/* Nanoseconds of a clock that never jumps, for durations. */
int64_t clock_ticks_ns(void);
