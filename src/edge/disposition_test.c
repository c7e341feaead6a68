#include "tests/kit/facts.h"

#include <string.h>

#include "edge/disposition.h"

static void
assert_disposition(bool is_shown, const char *name, const char *wanted)
{
	g_autofree char *text = disposition_text(is_shown, name);

	assert_string_equal(text, wanted);
}

TEST(a_plain_name_is_written_twice)
{
	assert_disposition(true, "lamp.png", "inline; filename=\"lamp.png\"; filename*=UTF-8''lamp.png");
	assert_disposition(false, "a b.pdf", "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf");
}

TEST(nothing_in_a_name_ends_the_header_or_its_quotes)
{
	assert_disposition(false, "a\r\nX: y\"\\%41;'",
	    "attachment; filename=\"a__X: y___41;'\"; filename*=UTF-8''a%0D%0AX%3A%20y%22%5C%2541%3B%27");
	assert_disposition(
	    false, "\xc3\xa4\xe2\x82\xac.png", "attachment; filename=\"__.png\"; filename*=UTF-8''%C3%A4%E2%82%AC.png");
}
