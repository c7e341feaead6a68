/*
 * See histogram.h. A value below 128 has a cell of its own; above, each power of two is cut into 64 cells.
 */
#include "histogram.h"

#include <math.h>
#include <string.h>

static unsigned
cell_of(uint64_t value)
{
	unsigned shift = value < 128 ? 0 : 57 - (unsigned)__builtin_clzll(value);
	unsigned cell = shift * 64 + (unsigned)(value >> shift);

	return cell < HISTOGRAM_CELLS ? cell : HISTOGRAM_CELLS - 1;
}

/* The largest value that falls into the cell. */
static uint64_t
cell_top(unsigned cell)
{
	unsigned shift = cell < 128 ? 0 : cell / 64 - 1;
	uint64_t step = cell - shift * 64;

	return ((step + 1) << shift) - 1;
}

void
histogram_clear(struct histogram *histogram)
{
	memset(histogram, 0, sizeof *histogram);
}

void
histogram_add(struct histogram *histogram, uint64_t ns)
{
	histogram->counts[cell_of(ns)]++;
	histogram->count++;
	if (ns > histogram->max)
		histogram->max = ns;
}

uint64_t
histogram_at(const struct histogram *histogram, double share)
{
	uint64_t wanted = (uint64_t)ceil(share * (double)histogram->count), seen = 0;

	for (unsigned cell = 0; cell < HISTOGRAM_CELLS && histogram->count > 0; cell++) {
		seen += histogram->counts[cell];
		if (seen >= wanted && seen > 0) {
			uint64_t top = cell_top(cell);

			return top < histogram->max ? top : histogram->max;
		}
	}
	return 0;
}

double
histogram_ms(const struct histogram *histogram, double share)
{
	return (double)histogram_at(histogram, share) / 1e6;
}
