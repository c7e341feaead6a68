#include "tests/kit/facts.h"

#include "edge/range.h"

static void
assert_range(const char *header, enum range_kind kind, int64_t start, int64_t size)
{
	struct range range;

	assert_int_equal(range_parse(header, 100, &range), kind);
	if (kind != RANGE_OUTSIDE) {
		assert_int_equal(range.start, start);
		assert_int_equal(range.size, size);
	}
}

TEST(one_range_of_bytes_is_understood)
{
	assert_range("bytes=0-9", RANGE_PART, 0, 10);
	assert_range("bytes=90-", RANGE_PART, 90, 10);
	assert_range("bytes=-5", RANGE_PART, 95, 5);
	assert_range("bytes=-500", RANGE_PART, 0, 100);
	assert_range("bytes=99-99", RANGE_PART, 99, 1);
	assert_range("bytes=50-1000", RANGE_PART, 50, 50);
}

TEST(what_begins_behind_the_end_is_outside)
{
	assert_range("bytes=100-", RANGE_OUTSIDE, 0, 0);
	assert_range("bytes=100-200", RANGE_OUTSIDE, 0, 0);
	assert_range("bytes=-0", RANGE_OUTSIDE, 0, 0);
}

TEST(anything_else_is_the_whole)
{
	static const char *const headers[] = { "", "bytes", "bytes=", "bytes=-", "bytes=5", "bytes=9-5",
		"bytes=0-1,4-5", "bytes= 0-1", "bytes=0-1 ", "lines=0-1", "bytes=a-b", "bytes=0x0-1", "bytes=--5",
		"bytes=99999999999999999999-", "bytes=0-99999999999999999999" };

	assert_range(NULL, RANGE_WHOLE, 0, 100);
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
		assert_range(headers[i], RANGE_WHOLE, 0, 100);
}
