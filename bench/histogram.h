/*
 * A histogram of durations: counts in cells that grow with the value, so that a quantile is exact to 1.6 % from
 * nanoseconds to hours, and adding a value costs a few nanoseconds and never allocates.
 *
 * One thread. Non-goals: merging over machines, compressed output.
 */
#pragma once

#include <stdint.h>

#define HISTOGRAM_CELLS (60 * 64)

struct histogram {
	uint64_t counts[HISTOGRAM_CELLS];
	uint64_t count, max;
};

void histogram_clear(struct histogram *histogram);
void histogram_add(struct histogram *histogram, uint64_t ns);

/* The smallest value that `share` (0..1) of the values do not exceed; 0 when there are none. */
uint64_t histogram_at(const struct histogram *histogram, double share);

/* The same in milliseconds. */
double histogram_ms(const struct histogram *histogram, double share);
