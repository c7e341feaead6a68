#include "tests/kit/facts.h"

#include <glib.h>
#include <string.h>

#include "base/text.h"

TEST(control_characters_are_not_clean)
{
	assert_true(text_is_clean("Grüße, 你好, 👋🏽", false));
	assert_false(text_is_clean("a\033[31mb", true));
	assert_false(text_is_clean("a\177b", true));
	assert_false(text_is_clean("a\302\205b", true));     /* U+0085, a C1 control */
	assert_false(text_is_clean("a\357\277\277b", true)); /* U+FFFF */
}

TEST(lines_are_clean_only_where_they_are_allowed)
{
	assert_true(text_is_clean("one\n\ttwo\r\n", true));
	assert_false(text_is_clean("one\ntwo", false));
}

TEST(what_ends_a_line_or_turns_its_direction_is_clean_only_among_lines)
{
	static const gunichar bad[] = { 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068,
		0x2069 };
	static const gunichar good[] = { 0x2027, 0x202f, 0x206a, 0x200e, 0x200f, 0x061c, 0x05d0 };

	for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autofree char *c = g_ucs4_to_utf8(&bad[i], 1, NULL, NULL, NULL);
		g_autofree char *text = g_strconcat("Vera", c, " R", NULL);

		assert_true(text_is_clean(text, true));
		assert_false(text_is_clean(text, false));
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(good); i++) {
		g_autofree char *c = g_ucs4_to_utf8(&good[i], 1, NULL, NULL, NULL);

		assert_true(text_is_clean(c, false));
	}
}

TEST(a_text_that_is_tidied_is_a_clean_line)
{
	static const char *const examples[][2] = {
		{ "Grüße, 你好, 👋🏽", "Grüße, 你好, 👋🏽" },
		{ "Vera\n\tRoth", "Vera  Roth" },
		{ "Vera\xe2\x80\xa8Roth\xc2\x85\xe2\x80\xa9", "Vera Roth  " },
		{ "Ve\033ra\177\xc2\x9f\xef\xbf\xbf", "Vera" },
		{ "\xe2\x80\xaetoR areV\xe2\x81\xa6\xe2\x81\xa9", "toR areV" },
		{ "\xe2\x80\xae", "" },
		{ "", "" },
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(examples); i++) {
		g_autofree char *text = g_strdup(examples[i][0]);

		text_tidy(text);
		assert_string_equal(text, examples[i][1]);
		assert_true(text_is_clean(text, false));
	}
}

TEST(white_space_of_any_script_is_blank)
{
	assert_true(text_is_blank(""));
	assert_true(text_is_blank(" \t\n\302\240\342\200\213")); /* no-break space, zero-width space */
	assert_false(text_is_blank(" . "));
}

TEST(what_is_drawn_as_nothing_is_blank)
{
	static const gunichar unseen[] = { 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x200d, 0x200f,
		0x2028, 0x202e, 0x2060, 0x2065, 0x2800, 0x3000, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0x1d159,
		0x1d173, 0xe0001, 0xe0100, 0xe0fff };
	static const gunichar seen[] = { '.', 0xa9, 0x5d0, 0x1161, 0x27ff, 0x2801, 0x3163, 0x3165, 0x4f60, 0xff9f,
		0xfffd, 0x1f44b, 0xe000 };

	for (unsigned i = 0; i < G_N_ELEMENTS(unseen); i++) {
		g_autofree char *one = g_ucs4_to_utf8(&unseen[i], 1, NULL, NULL, NULL);
		g_autofree char *among = g_strconcat(" ", one, one, " ", NULL), *name = g_strconcat(one, "V", NULL);

		if (!text_is_blank(one) || !text_is_blank(among) || text_is_blank(name))
			fail_msg("U+%04X", unseen[i]);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(seen); i++) {
		g_autofree char *one = g_ucs4_to_utf8(&seen[i], 1, NULL, NULL, NULL);

		if (text_is_blank(one))
			fail_msg("U+%04X", seen[i]);
	}
}

TEST(a_key_is_letters_digits_dash_and_underscore)
{
	assert_true(text_is_key("kP-_09"));
	assert_false(text_is_key(""));
	assert_false(text_is_key("a b"));
	assert_false(text_is_key("a'b"));
	assert_false(text_is_key("é"));
}

TEST(an_address_has_one_at_sign_with_something_on_both_sides)
{
	assert_true(text_is_email("vera@example.org"));
	assert_true(text_is_email("vera+shop@mail.example"));
	assert_true(text_is_email("o'neil@localhost"));
	assert_false(text_is_email("vera"));
	assert_false(text_is_email("@example.org"));
	assert_false(text_is_email("vera@"));
	assert_false(text_is_email("a@b@c"));
	assert_false(text_is_email("a b@c.org"));
	assert_false(text_is_email("a@b..c"));
	assert_false(text_is_email("a@b.\r\nBcc: all@c"));
	assert_false(text_is_email("a@<b>"));
}

TEST(the_part_before_the_at_sign_has_64_bytes_at_most)
{
	char address[80];

	memset(address, 'a', sizeof address);
	memcpy(address + 64, "@b.org", 7);
	assert_true(text_is_email(address));
	memcpy(address + 65, "@b.org", 7);
	address[64] = 'a';
	assert_false(text_is_email(address));
}

TEST(a_number_is_digits_and_fits_64_bits)
{
	int64_t number = -7;

	assert_true(text_to_int("0", &number));
	assert_int_equal(number, 0);
	assert_true(text_to_int("-9223372036854775808", &number));
	assert_true(number == INT64_MIN);
	assert_true(text_to_int("9223372036854775807", &number));
	assert_false(text_to_int("9223372036854775808", &number));
	assert_false(text_to_int("", &number));
	assert_false(text_to_int("-", &number));
	assert_false(text_to_int("+1", &number));
	assert_false(text_to_int(" 1", &number));
	assert_false(text_to_int("1 ", &number));
	assert_false(text_to_int("01", &number));
	assert_false(text_to_int("1e3", &number));
}

TEST(depth_counts_brackets_outside_of_quotes)
{
	assert_true(text_depth_is_within("[[]]", 4, 2));
	assert_false(text_depth_is_within("[[[]]]", 6, 2));
	assert_true(text_depth_is_within("\"[[[\"", 5, 2));
	assert_true(text_depth_is_within("\"\\\"[[[\"", 7, 2));
	assert_false(text_depth_is_within("{\"a\":[{", 7, 2));
}

TEST(every_prefix_of_a_text_with_quotes_can_be_measured)
{
	static const char text[] = "{\"a\\\\\":\"\\\"[\",\"b\":[1,2]}";

	for (size_t size = 0; size < sizeof text; size++)
		assert_true(text_depth_is_within(text, size, 2));
}

static void
assert_alike(const char *one, const char *other)
{
	g_autofree char *first = text_fold(one), *second = text_fold(other);

	assert_string_equal(first, second);
}

TEST(words_in_other_letters_are_alike_when_they_are_folded)
{
	assert_alike("", "");
	assert_alike("Returns", "RETURNS");
	assert_alike("Größe", "GRÖSSE");
	assert_alike("été", "E\u0301TE\u0301");
	assert_alike("ДОСТАВКА", "доставка");
}
