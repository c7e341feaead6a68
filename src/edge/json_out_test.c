#include "tests/kit/facts.h"

#include <string.h>

#include "edge/json_out.h"

struct inner {
	const char *name;
	int64_t id;
};

struct inner_list {
	const struct inner *rows;
	size_t count;
};

struct outer {
	const char *text, *secret, *note;
	int64_t number, at;
	bool is_red;
	struct inner one, other;
	struct inner_list many;
};

static const struct field inner_fields[] = {
	FIELD_LINE(inner, name, 9),
	FIELD_INT(inner, id, 0, 9, OPTIONAL),
	FIELD_END,
};

static const struct field outer_fields[] = {
	FIELD_TEXT(outer, text, 99),
	FIELD_SECRET(outer, secret, 0, 9, OPTIONAL),
	FIELD_LINE(outer, note, 9, OPTIONAL),
	FIELD_INT(outer, number, 0, 9),
	FIELD_TIME(outer, at, OPTIONAL),
	FIELD_BOOL(outer, is_red),
	FIELD_OBJECT(outer, one, inner_fields),
	FIELD_OBJECT(outer, other, inner_fields, OPTIONAL),
	FIELD_LIST(outer, many, inner, inner_fields),
	FIELD_END,
};

static void
check(const struct outer *outer, const char *expected)
{
	g_autoptr(GString) out = g_string_new(NULL);

	json_out(out, outer_fields, outer);
	assert_string_equal(out->str, expected);
}

TEST(a_struct_is_told_as_its_rows_say)
{
	static const struct inner rows[] = { { "a", 1 }, { "b", 0 } };
	struct outer outer = { .text = "hi",
		.number = 7,
		.at = 1774889400001,
		.is_red = true,
		.one = { "x", 2 },
		.other = { "y", 0 },
		.many = { rows, 2 } };

	check(&outer,
	    "{\"text\":\"hi\",\"number\":7,\"at\":\"2026-03-30T16:50:00.001Z\",\"is_red\":true,\"one\":{\"name\":\"x\",\"id\":2},"
	    "\"other\":{\"name\":\"y\"},\"many\":[{\"name\":\"a\",\"id\":1},{\"name\":\"b\"}]}");
}

TEST(what_is_absent_is_left_out_or_null)
{
	check(
	    &(struct outer) { 0 }, "{\"text\":null,\"number\":0,\"is_red\":false,\"one\":{\"name\":null},\"many\":[]}");
}

TEST(texts_are_escaped_and_nothing_else)
{
	struct outer outer = { .text = "\"\\\n\t\r\001\177é👋</script>" };
	g_autoptr(GString) out = g_string_new(NULL);

	json_out_text(out, outer.text);
	assert_string_equal(out->str, "\"\\\"\\\\\\n\\t\\u000d\\u0001\177é👋</script>\"");
}

TEST(what_is_kept_has_no_secrets)
{
	struct outer outer = { .text = "hi", .secret = "do not keep" };
	g_autoptr(GString) out = g_string_new(NULL);

	json_out_kept(out, outer_fields, &outer);
	assert_null(strstr(out->str, "keep"));
	json_out(out, outer_fields, &outer);
	assert_non_null(strstr(out->str, "do not keep"));
}

TEST(times_have_milliseconds_and_are_utc)
{
	g_autoptr(GString) out = g_string_new(NULL);

	json_out_time(out, 1);
	json_out_time(out, 0);
	json_out_time(out, 1709164799999);
	assert_string_equal(out->str, "\"1970-01-01T00:00:00.001Z\"null\"2024-02-28T23:59:59.999Z\"");
}

TEST(a_byte_that_is_no_utf8_is_told_as_such)
{
	g_autoptr(GString) out = g_string_new(NULL);

	json_out_text(out, "a\xC3(\xED\xA0\x80\xF0\x9F\x91\x8B\xF5\xE2\x82");
	assert_string_equal(out->str, "\"a\\ufffd(\\ufffd\\ufffd\\ufffd\xF0\x9F\x91\x8B\\ufffd\\ufffd\\ufffd\"");
}
