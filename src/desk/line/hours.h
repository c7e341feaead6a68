/*
 * Hours: when a desk is open, on the clocks of its time zone. Pure.
 *
 * Opening hours are spans of minutes on weekdays; none at all is always open. A span that begins where the clocks skip begins
 * after the gap.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/calendar/calendar.h"

struct hours_span {
	int weekday;       /* 1 is Monday */
	int opens, closes; /* minutes of the day; closes may be 1440 */
};

struct hours {
	const struct hours_span *spans;
	size_t count;
};

bool hours_are_open(const struct hours *hours, GTimeZone *zone, int64_t now_ms);

/* The first moment from `now_ms` on at which it is open: now, when it is; 0: not within two weeks. */
int64_t hours_open_at(const struct hours *hours, GTimeZone *zone, int64_t now_ms);
