/* Facts about how requests are read, by raw bytes. */
#include "tests/kit/http_stage.h"

#include <string.h>
#include <unistd.h>

TEST(several_requests_share_a_connection)
{
	struct http_stage *stage = http_stage_open();
	int fd = http_connect(stage);
	const char *first = HEAD("GET /api/v1/echo/one") "\r\n";
	const char *both = HEAD("GET /api/v1/echo/two") "\r\n" HEAD("GET /api/v1/echo/three") "\r\n";
	g_autofree char *one = http_talk_until(stage, fd, first, strlen(first), "one");
	g_autofree char *two = http_talk_until(stage, fd, both, strlen(both), "three");

	ASSERT_HAS(one, "200 OK");
	ASSERT_HAS(two, "\"two\"");
	close(fd);
	http_stage_close(stage);
}

TEST(a_request_in_single_bytes_is_read)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/echo/a", OWN JSON, "{\"text\":\"x\"}");
	int fd = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t i = 0; i + 1 < strlen(bytes); i++)
		http_send(stage, fd, bytes + i, 1, got);

	g_autofree char *answer = http_talk_until(stage, fd, bytes + strlen(bytes) - 1, 1, NULL);

	assert_int_equal(http_status(answer), 200);
	close(fd);
	http_stage_close(stage);
}

TEST(shapes_that_two_programs_could_read_in_two_ways_are_refused)
{
	static const char *const shapes[] = {
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}",
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
		"POST /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
		"GET /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"GET /api/v1/echo/a HTTP/1.1\r\n\r\n",
		"GET /api/v1/echo/a HTTP/1.1\r\nHost : a\r\n\r\n",
		"GET http://localhost/api/v1/echo/a HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /api/v1/echo/a%00 HTTP/1.1\r\nHost: a\r\n\r\n",
		"get /api/v1/echo/a HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /api/v1/echo/a HTTP/2.0\r\nHost: a\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"CONNECT localhost:80 HTTP/1.1\r\nHost: a\r\n\r\n",
	};
	struct http_stage *stage = http_stage_open();

	for (unsigned i = 0; i < G_N_ELEMENTS(shapes); i++) {
		g_autofree char *answer = http_talk(stage, shapes[i]);

		/* Some are refused by libmicrohttpd, with 400, 505 or by closing. */
		if (strstr(answer, " 200 ") != NULL || strstr(answer, "\"word\"") != NULL)
			fail_msg("was served: %s\n%s", shapes[i], answer);
	}
	http_stage_close(stage);
}

TEST(a_body_of_65536_bytes_is_read_and_one_more_is_too_large)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *fill = g_strnfill(LIMIT_BODY_BYTES - strlen("{\"text\":\"\"}"), 'x');
	g_autofree char *fits = g_strdup_printf("{\"text\":\"%s\"}", fill),
			*over = g_strdup_printf("{\"text\":\"x%s\"}", fill);
	g_autofree char *read = http_talk_post(stage, "/api/v1/echo/a", OWN JSON, fits);
	g_autofree char *refused = http_talk_post(stage, "/api/v1/echo/a", OWN JSON, over);

	assert_int_equal(http_status(read), 200);
	assert_int_equal(http_status(refused), 413);
	ASSERT_HAS(refused, "urn:softanswer:size");
	http_stage_close(stage);
}

TEST(a_body_in_chunks_has_the_same_limit_and_is_not_read_for_ever)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *chunk = g_strnfill(4096, ' ');
	g_autoptr(GString) body =
	    g_string_new(HEAD("POST /api/v1/echo/a") OWN JSON "Transfer-Encoding: chunked\r\n" CLOSE);

	for (int i = 0; i < 17; i++)
		g_string_append_printf(body, "1000\r\n%s\r\n", chunk);
	g_string_append(body, "0\r\n\r\n");
	http_assert_status(stage, body->str, 413);

	g_string_truncate(body, body->len - strlen("0\r\n\r\n"));
	for (int i = 0; i < 300; i++)
		g_string_append_printf(body, "1000\r\n%s\r\n", chunk);
	g_string_append(body, "0\r\n\r\n");

	g_autofree char *cut = http_talk_bytes(stage, body->str, body->len);

	assert_int_not_equal(http_status(cut), 200);
	http_stage_close(stage);
}

TEST(a_target_of_more_than_4096_bytes_and_101_headers_are_refused)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *path = g_strnfill(LIMIT_TARGET_BYTES, 'a');
	g_autofree char *bytes = g_strdup_printf("GET /%s HTTP/1.1\r\nHost: a\r\n" CLOSE, path);
	g_autoptr(GString) many = g_string_new("GET /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");

	http_assert_status(stage, bytes, 400);
	for (int i = 2; i < LIMIT_HEADERS; i++)
		g_string_append_printf(many, "X-%d: x\r\n", i);

	g_autofree char *fits = g_strconcat(many->str, "\r\n", NULL),
			*over = g_strconcat(many->str, "X: x\r\n\r\n", NULL);

	http_assert_status(stage, fits, 200);
	http_assert_status(stage, over, 400);
	http_stage_close(stage);
}
