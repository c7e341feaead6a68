/*
 * Ranges: which bytes of a file a request wants (RFC 9110, 14). One range of bytes is understood; anything else is taken as if
 * it had not been said, as the RFC allows. Pure.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum range_kind {
	RANGE_WHOLE,   /* 200 */
	RANGE_PART,    /* 206 */
	RANGE_OUTSIDE, /* 416: nothing of it is there */
};

struct range {
	int64_t start, size;
};

/* `header` may be NULL; `size` is that of the file, at least 1. */
enum range_kind range_parse(const char *header, int64_t size, struct range *range);
