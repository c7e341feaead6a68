/* Ranges: see range.h. */
#include "edge/range.h"

#include <glib.h>
#include <string.h>

/* A number of at most 18 digits, or -1 for none; moves *at behind it. */
static int64_t
number(const char **at)
{
	int64_t value = 0;
	unsigned digits = 0;

	for (; g_ascii_isdigit(**at) && digits < 18; (*at)++, digits++)
		value = value * 10 + (**at - '0');
	return digits == 0 ? -1 : value;
}

enum range_kind
range_parse(const char *header, int64_t size, struct range *range)
{
	int64_t first, last;

	*range = (struct range) { 0, size };
	if (header == NULL || g_ascii_strncasecmp(header, "bytes=", 6) != 0)
		return RANGE_WHOLE;
	header += 6;
	first = number(&header);
	if (*header++ != '-')
		return RANGE_WHOLE;
	last = number(&header);
	if (*header != '\0' || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first))
		return RANGE_WHOLE;
	/* "-500" is the last 500 bytes. */
	if (first < 0 && last == 0)
		return RANGE_OUTSIDE;
	if (first < 0)
		first = MAX(size - last, 0), last = size - 1;
	if (first >= size)
		return RANGE_OUTSIDE;
	if (last < 0 || last >= size)
		last = size - 1;
	*range = (struct range) { first, last - first + 1 };
	return RANGE_PART;
}
