/* Facts about what is refused before a request is looked at. */
#include "tests/kit/facts.h"

#include <string.h>
#include <talloc.h>

#include "edge/request.h"

static struct request
get(const char *target)
{
	return (struct request) { .method = "GET",
		.version = "HTTP/1.1",
		.target = target,
		.header_count = 1,
		.headers = { { "Host", "desk.example" } } };
}

static void
with(struct request *request, const char *name, const char *value)
{
	request->headers[request->header_count++] = (struct header) { name, value };
}

/* ERROR_KINDS where it is accepted. */
static enum error_kind
verdict(const struct request *request)
{
	g_autoptr(GError) error = NULL;

	return request_check(request, &error) ? ERROR_KINDS : error_kind(error);
}

static enum error_kind
verdict_with(const char *name, const char *value)
{
	struct request request = get("/");

	with(&request, name, value);
	return verdict(&request);
}

TEST(an_ordinary_request_passes)
{
	struct request request = get("/api/v1/chats?view=waiting&limit=20");

	with(&request, "Accept", "*/*");
	with(&request, "Cookie", "a=b; c=d");
	assert_int_equal(verdict(&request), ERROR_KINDS);
}

TEST(a_method_is_upper_case_letters)
{
	struct request request = get("/");

	for (const char **method = (const char *[]) { "get", "Get", "", "GE T", "G1T", "ABCDEFGHIJKLMNOPQ", NULL };
	     *method; method++) {
		request.method = *method;
		assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	}
	request.method = "ABCDEFGHIJKLMNOP";
	assert_int_equal(verdict(&request), ERROR_KINDS);
}

TEST(a_target_is_a_path_of_plain_characters)
{
	const char *bad[] = { "*", "", "http://desk.example/", "desk.example:80", "/a\x01", "/a\x80", "/a#b", "/a%00b",
		"/a\\b", "/a b", "/{id}" };

	for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++) {
		struct request request = get(bad[i]);

		assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	}
}

TEST(a_target_has_at_most_4096_bytes)
{
	g_autofree char *long_one = g_strnfill(LIMIT_TARGET_BYTES + 1, 'a');
	struct request request = get(long_one);

	long_one[0] = '/';
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	long_one[LIMIT_TARGET_BYTES] = '\0';
	assert_int_equal(verdict(&request), ERROR_KINDS);
}

TEST(a_header_name_is_a_token)
{
	assert_int_equal(verdict_with("Accept ", "x"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("", "x"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("A\tb", "x"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("X-Softanswer_1", "x"), ERROR_KINDS);
}

TEST(a_length_that_was_folded_into_a_name_is_seen)
{
	assert_int_equal(verdict_with("Content-Length5", ""), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("transfer-encodingchunked", ""), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Transfer-Encoding", "chunked"), ERROR_KINDS);
	assert_int_equal(verdict_with("Content-Lengt", "5"), ERROR_KINDS);
}

TEST(a_header_value_has_no_control_character_but_tab)
{
	assert_int_equal(verdict_with("X", "a\rb"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("X", "a\nb"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("X", "a\x7f"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("X", "a\tb"), ERROR_KINDS);
}

TEST(what_may_stand_once_stands_once)
{
	assert_int_equal(verdict_with("host", "other.example"), REFUSED_SYNTAX);
	for (const char **name = (const char *[]) { "Content-Length", "Cookie", "Origin", "Authorization", NULL };
	     *name; name++) {
		struct request request = get("/");

		with(&request, *name, "1");
		assert_int_equal(verdict(&request), ERROR_KINDS);
		with(&request, *name, "1");
		assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	}
}

TEST(a_host_is_needed_and_is_a_host)
{
	struct request request = get("/");

	request.headers[0].value = "";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	request.headers[0].value = "a b";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	request.headers[0].value = "a@b";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	request.headers[0].value = "[::1]:8080";
	assert_int_equal(verdict(&request), ERROR_KINDS);
	request.header_count = 0;
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	request.version = "HTTP/1.0";
	assert_int_equal(verdict(&request), ERROR_KINDS);
	request.version = "HTTP/2.0";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
}

TEST(a_body_has_one_length)
{
	struct request request = get("/");

	with(&request, "Transfer-Encoding", "chunked");
	assert_int_equal(verdict(&request), ERROR_KINDS);
	with(&request, "Content-Length", "5");
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);

	assert_int_equal(verdict_with("Transfer-Encoding", "gzip, chunked"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Transfer-Encoding", "xchunked"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Transfer-Encoding", "identity"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Transfer-Encoding", ""), REFUSED_SYNTAX);
	for (const char **length = (const char *[]) { "+7", "-1", "", "5, 5", "0x5", "99999999999999999999", NULL };
	     *length; length++)
		assert_int_equal(verdict_with("Content-Length", *length), REFUSED_SYNTAX);
}

TEST(a_body_of_65537_bytes_is_too_large)
{
	assert_int_equal(verdict_with("Content-Length", "65536"), ERROR_KINDS);
	assert_int_equal(verdict_with("Content-Length", "65537"), REFUSED_SIZE);
}

static bool
is_json(const char *type)
{
	struct request request = get("/");
	g_autoptr(GError) error = NULL;

	with(&request, "Content-Type", type);
	return request_check_json(&request, &error);
}

TEST(a_body_is_said_to_be_json_in_utf8)
{
	struct request request = get("/");
	g_autoptr(GError) error = NULL;

	assert_true(is_json("application/json"));
	assert_true(is_json("Application/JSON; charset=UTF-8"));
	assert_true(is_json("application/json;charset=\"utf-8\""));
	assert_false(is_json("text/plain"));
	assert_false(is_json("application/json; charset=latin1"));
	assert_false(is_json("application/json; charset=utf-8; x=y"));
	assert_false(is_json("application/jsonp"));
	assert_false(is_json(""));
	assert_false(request_check_json(&request, &error));
	assert_int_equal(error_kind(error), REFUSED_MEDIA);
}

TEST(a_list_of_words_is_searched_in_any_case)
{
	struct request request = get("/");
	void *memory = talloc_new(NULL);

	with(&request, "Connection", "keep-alive, Upgrade");
	with(&request, "X-Forwarded-For", "192.0.2.1");
	with(&request, "x-forwarded-for", "192.0.2.2");
	assert_true(request_header_has(&request, "connection", "upgrade"));
	assert_false(request_header_has(&request, "connection", "up"));
	assert_string_equal(request_header_list(memory, &request, "X-Forwarded-For"), "192.0.2.1, 192.0.2.2");
	assert_null(request_header_list(memory, &request, "Forwarded"));
	talloc_free(memory);
}

/* The segments joined with | and then the pairs, or the kind of refusal as ERROR n. */
static char *
parsed(const char *raw)
{
	void *memory = talloc_new(NULL);
	struct target target;
	g_autoptr(GError) error = NULL;
	GString *text = g_string_new(NULL);

	if (!target_parse(memory, raw, &target, &error)) {
		g_string_printf(text, "ERROR %d", error_row(error_kind(error))->status);
	} else {
		for (unsigned i = 0; i < target.segment_count; i++)
			g_string_append_printf(text, "|%s", target.segments[i]);
		for (unsigned i = 0; target.query[i] != NULL; i += 2)
			g_string_append_printf(text, " %s=%s", target.query[i], target.query[i + 1]);
	}
	talloc_free(memory);
	return g_string_free(text, FALSE);
}

TEST(a_target_is_taken_apart)
{
	static const char *const examples[][2] = {
		{ "/", "|" },
		{ "/api/v1/chats", "|api|v1|chats" },
		{ "/a/", "|a|" },
		{ "//a", "||a" },
		{ "/a%2Fb/%C3%A4", "|a/b|\303\244" },
		{ "/a+b?c=d+e&f=%26&g&&h=", "|a+b c=d e f=& g= h=" },
		{ "/?", "|" },
		{ "/a?b=c=d?", "|a b=c=d?" },
		{ "/%", "ERROR 400" },
		{ "/%4", "ERROR 400" },
		{ "/%zz", "ERROR 400" },
		{ "/%ff", "ERROR 400" },
		{ "/%0a", "ERROR 400" },
		{ "/%00", "ERROR 400" },
		{ "/?%ff=1", "ERROR 400" },
		{ "/?a=%", "ERROR 400" },
		{ "/?a=1&a=2", "ERROR 400" },
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(examples); i++) {
		g_autofree char *text = parsed(examples[i][0]);

		assert_string_equal(text, examples[i][1]);
	}
}

TEST(a_target_has_at_most_16_segments_and_16_names)
{
	g_autofree char *fits =
	    parsed("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16?1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16");
	g_autofree char *too_deep = parsed("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17");
	g_autofree char *too_many = parsed("/?1&2&3&4&5&6&7&8&9&10&11&12&13&14&15&16&17");

	assert_string_not_equal(fits, "ERROR 400");
	assert_string_equal(too_deep, "ERROR 404");
	assert_string_equal(too_many, "ERROR 400");
}

TEST(every_prefix_of_a_target_is_read_or_refused)
{
	static const char whole[] = "/api/v1/conv%C3%A4/items?since=4&limit=%32%30&x=%F0%9F%98%80";

	for (size_t size = 1; size < sizeof whole; size++) {
		g_autofree char *prefix = g_strndup(whole, size);
		g_autofree char *text = parsed(prefix);

		assert_true(*text == '|' || g_str_has_prefix(text, "ERROR"));
	}
}
