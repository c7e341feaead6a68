/* Facts about what a request leads to: commands, cookies, figures and pages. */
#include "tests/kit/http_stage.h"

#include <string.h>

TEST(a_command_is_answered_as_json_that_nobody_keeps)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk(stage, HEAD("GET /api/v1/echo/h%C3%A4?count=3") CLOSE);
	g_autofree char *posted = http_talk_post(stage, "/api/v1/echo/a", OWN JSON, "{\"text\":\"Good morning\"}");

	assert_int_equal(http_status(got), 200);
	ASSERT_HAS(got, "{\"word\":\"h\303\244\",\"count\":3}");
	ASSERT_HAS(got, "Content-Type: application/json\r\n");
	ASSERT_HAS(got, "Cache-Control: no-store\r\n");
	ASSERT_HAS(got, "X-Content-Type-Options: nosniff\r\n");
	ASSERT_HAS(got, "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
	assert_null(strstr(got, "Strict-Transport-Security"));
	assert_int_equal(http_status(posted), 200);
	ASSERT_HAS(posted, "\"text\":\"Good morning\"");
	http_stage_close(stage);
}

TEST(what_is_the_same_for_everybody_is_kept_for_a_minute_and_read_by_any_page)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk(stage, HEAD("GET /api/v1/public") "Origin: https://shop.example\r\n" CLOSE);
	const char *start = strstr(got, "ETag: ");
	g_autofree char *etag = NULL, *asked = NULL, *again = NULL;

	assert_int_equal(http_status(got), 200);
	ASSERT_HAS(got, "Cache-Control: public, max-age=60\r\n");
	ASSERT_HAS(got, "Access-Control-Allow-Origin: *\r\n");
	ASSERT_HAS(got, "Cross-Origin-Resource-Policy: cross-origin\r\n");
	assert_null(strstr(got, "Access-Control-Allow-Credentials"));
	assert_null(strstr(got, "Set-Cookie"));
	assert_null(strstr(got, "no-store"));
	assert_non_null(start);
	etag = g_strndup(start + 6, strcspn(start + 6, "\r"));
	asked = g_strdup_printf(HEAD("GET /api/v1/public") "If-None-Match: %s\r\n" CLOSE, etag);
	again = http_talk(stage, asked);
	assert_int_equal(http_status(again), 304);
	ASSERT_HAS(again, etag);
	http_stage_close(stage);
}

TEST(every_answer_says_what_is_spoken_and_a_page_that_is_too_old_is_told_to_reload)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *now = http_talk(stage, HEAD("GET /api/v1/echo/a") "Softanswer-Protocol: 1\r\n" CLOSE);
	/* Leaves an Allow behind, of which the next answer must know nothing. */
	g_autofree char *other = http_talk(stage, HEAD("DELETE /api/v1/echo/a") OWN CLOSE);
	g_autofree char *old = http_talk(stage, HEAD("GET /api/v1/echo/a") "Softanswer-Protocol: 0\r\n" CLOSE);

	assert_int_equal(http_status(other), 405);
	assert_int_equal(http_status(now), 200);
	ASSERT_HAS(now, "Softanswer-Version: " SOFTANSWER_VERSION "; protocol=1\r\n");
	assert_int_equal(http_status(old), 426);
	ASSERT_HAS(old, "urn:softanswer:reload");
	assert_null(strstr(old, "Allow: "));
	ASSERT_HAS(old, "Softanswer-Version: ");
	http_stage_close(stage);
}

TEST(a_change_must_come_from_a_page_of_the_desk)
{
	struct http_stage *stage = http_stage_open();
	static const struct {
		const char *headers;
		int status;
	} examples[] = {
		{ JSON, 403 },
		{ JSON "Origin: https://evil.example\r\n", 403 },
		{ JSON "Origin: null\r\n", 403 },
		{ JSON "Sec-Fetch-Site: cross-site\r\n", 403 },
		{ JSON "Sec-Fetch-Site: same-origin\r\n", 200 },
		{ JSON "Origin: http://127.0.0.1:8080\r\n", 200 },
		{ JSON "Authorization: Bearer x\r\n", 200 },
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(examples); i++) {
		g_autofree char *bytes = http_post("/api/v1/echo/a", examples[i].headers, "{}");

		http_assert_status(stage, bytes, examples[i].status);
	}
	http_stage_close(stage);
}

TEST(a_body_must_say_that_it_is_json_and_be_it)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *untold = http_post("/api/v1/echo/a", OWN, ""),
			*form = http_post("/api/v1/echo/a", OWN "Content-Type: text/plain\r\n", "{}");
	g_autofree char *list = http_post("/api/v1/echo/a", OWN JSON, "[]"),
			*half = http_post("/api/v1/echo/a", OWN JSON, "{\"text\"");
	g_autofree char *unknown = http_talk_post(stage, "/api/v1/echo/a", OWN JSON, "{\"nonsense\":1}");
	g_autofree char *empty = http_post("/api/v1/echo/a", OWN JSON, "");

	http_assert_status(stage, untold, 415);
	http_assert_status(stage, form, 415);
	http_assert_status(stage, list, 400);
	http_assert_status(stage, half, 400);
	http_assert_status(stage, empty, 200);
	ASSERT_HAS(unknown, "\"field\":\"nonsense\"");
	ASSERT_HAS(unknown, "application/problem+json");
	http_stage_close(stage);
}

TEST(what_is_no_door_is_404_and_another_method_405)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *method = http_talk(stage, HEAD("DELETE /api/v1/echo/a") OWN CLOSE);

	http_assert_status(stage, HEAD("GET /api/v1/nothing") CLOSE, 404);
	http_assert_status(stage, HEAD("GET /api") CLOSE, 404);
	http_assert_status(stage, HEAD("GET /nothing") CLOSE, 404);
	http_assert_status(stage, HEAD("GET /assets/../widget.js") CLOSE, 404);
	http_assert_status(stage, HEAD("GET /assets/%2e%2e%2fwidget.js") CLOSE, 404);
	http_assert_status(stage, HEAD("DELETE /") CLOSE, 405);
	assert_int_equal(http_status(method), 405);
	ASSERT_HAS(method, "Allow: GET, HEAD, POST\r\n");
	http_stage_close(stage);
}

TEST(head_is_answered_like_get_without_a_body)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk(stage, HEAD("HEAD /api/v1/echo/word") CLOSE);

	assert_int_equal(http_status(got), 200);
	assert_null(strstr(got, "{\"word\""));
	ASSERT_HAS(got, "Content-Length: ");
	http_stage_close(stage);
}

TEST(a_failure_is_answered_without_its_cause)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk_post(stage, "/api/v1/fail", OWN JSON, "{}");

	assert_int_equal(http_status(got), 500);
	assert_null(strstr(got, "secret"));
	http_stage_close(stage);
}

TEST(a_visitor_gets_a_cookie_and_is_known_by_it)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *stranger = http_talk(stage, HEAD("GET /api/v1/visit") CLOSE);
	g_autofree char *started = http_talk_post(stage, "/api/v1/visitors", OWN JSON, "{\"token\":true}");
	const char *cookie = strstr(started, "Set-Cookie: __Host-visitor=");
	g_autofree char *token = NULL;

	assert_int_equal(http_status(stranger), 401);
	assert_int_equal(http_status(started), 200);
	assert_non_null(cookie);
	cookie += strlen("Set-Cookie: __Host-visitor=");
	token = g_strndup(cookie, strcspn(cookie, ";"));
	ASSERT_HAS(started, token);
	ASSERT_HAS(started, "SameSite=None; Secure; Partitioned");

	g_autofree char *by_cookie =
	    g_strdup_printf(HEAD("GET /api/v1/visit") "Cookie: __Host-visitor=%s\r\n" CLOSE, token);
	g_autofree char *by_token =
	    g_strdup_printf(HEAD("GET /api/v1/visit") "Authorization: Bearer %s\r\n" CLOSE, token);
	g_autofree char *forged =
	    g_strdup_printf(HEAD("GET /api/v1/visit") "Authorization: Bearer %sx\r\n" CLOSE, token);

	http_assert_status(stage, by_cookie, 200);
	http_assert_status(stage, by_token, 200);
	http_assert_status(stage, forged, 401);

	/* Who is a visitor already stays the same one. */
	g_autofree char *headers = g_strdup_printf(OWN JSON "Cookie: __Host-visitor=%s\r\n", token);
	g_autofree char *again = http_talk_post(stage, "/api/v1/visitors", headers, "{}");

	ASSERT_HAS(again, token);
	http_stage_close(stage);
}

TEST(a_visitor_who_keeps_no_cookie_gets_a_token_whatever_else_is_told)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *started =
	    http_talk_post(stage, "/api/v1/visitors", OWN JSON, "{\"language\":\"en\",\"token\":true}");
	g_autofree char *cookie_only = http_talk_post(stage, "/api/v1/visitors", OWN JSON, "{\"language\":\"en\"}");

	ASSERT_HAS(started, "{\"token\":\"v1.");
	ASSERT_HAS(cookie_only, "\r\n\r\n{}");
	http_stage_close(stage);
}

TEST(signing_out_takes_the_cookie_back)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk_post(stage, "/api/v1/out", OWN JSON, "{}");

	ASSERT_HAS(got, "Set-Cookie: __Host-session=; Path=/; Max-Age=0;");
	http_stage_close(stage);
}

TEST(the_eleventh_guess_is_told_to_wait)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *guess = http_post("/api/v1/guess", OWN JSON, "{}");

	for (int i = 0; i < 10; i++)
		http_assert_status(stage, guess, 200);

	g_autofree char *refused = http_talk(stage, guess);

	assert_int_equal(http_status(refused), 429);
	ASSERT_HAS(refused, "Retry-After: 6\r\n");
	http_stage_close(stage);
}

TEST(health_goes_through_the_writer_and_ends_with_the_desk)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *well = http_talk(stage, HEAD("GET /healthz") CLOSE);

	assert_int_equal(http_status(well), 200);
	ASSERT_HAS(well, "{\"ok\":true,\"version\":\"");
	stage->edge.is_stopping = true;
	http_assert_status(stage, HEAD("GET /healthz") CLOSE, 503);
	http_stage_close(stage);
}

TEST(figures_are_for_listed_addresses_and_not_through_a_proxy)
{
	static const char *const signs[] = { "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1",
		"X-Real-IP: 127.0.0.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: localhost", "Via: 1.1 proxy" };
	struct http_stage *stage = http_stage_open();
	g_autofree char *got = http_talk(stage, HEAD("GET /metrics") CLOSE);

	assert_int_equal(http_status(got), 200);
	ASSERT_HAS(got, "# TYPE softanswer_writer_batches_total counter\n");
	ASSERT_HAS(got, "softanswer_http_connections 1\n");
	for (unsigned i = 0; i < G_N_ELEMENTS(signs); i++) {
		g_autofree char *bytes = g_strconcat(HEAD("GET /metrics"), signs[i], "\r\n" CLOSE, NULL);

		http_assert_status(stage, bytes, 404);
	}
	http_assert_status(stage, HEAD("POST /metrics") OWN JSON "Content-Length: 0\r\n" CLOSE, 405);
	http_stage_close(stage);
}

TEST(figures_are_not_for_a_proxy_that_does_not_say_for_whom_it_asks)
{
	/* One that hands on the name that its caller knows the desk by, and one that is listed. */
	struct http_stage *silent = http_stage_open(), *listed = http_stage_open_with("127.0.0.1", 0);

	http_assert_status(silent, "GET /metrics HTTP/1.1\r\nHost: desk.example.org\r\n" CLOSE, 404);
	http_assert_status(silent, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:9\r\n" CLOSE, 200);
	http_assert_status(listed, HEAD("GET /metrics") CLOSE, 404);
	http_assert_status(listed, HEAD("GET /metrics") "X-Forwarded-For: 127.0.0.1\r\n" CLOSE, 404);
	http_stage_close(silent);
	http_stage_close(listed);
}

TEST(figures_are_for_who_has_the_token_also_through_a_proxy)
{
	struct http_stage *stage = http_stage_open_with("127.0.0.1", 0);

	http_assert_status(
	    stage, HEAD("GET /metrics") "Authorization: Bearer the-token-of-the-watchers\r\n" CLOSE, 200);
	http_assert_status(stage, HEAD("GET /metrics") "Authorization: Bearer the-token-of-the-watcher\r\n" CLOSE, 404);
	http_assert_status(stage, HEAD("GET /metrics") "Authorization: Bearer \r\n" CLOSE, 404);
	http_stage_close(stage);
}

TEST(pages_carry_a_policy_and_their_own_kind_of_cache)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *work = http_talk(stage, HEAD("GET /w/chats/7") CLOSE),
			*root = http_talk(stage, HEAD("GET /") CLOSE);
	g_autofree char *panel = http_talk(stage, HEAD("GET /widget/panel") CLOSE),
			*loader = http_talk(stage, HEAD("GET /widget.js") CLOSE);
	g_autofree char *script =
	    http_talk(stage, HEAD("GET /assets/app-1234.js") "Accept-Encoding: gzip, br\r\n" CLOSE);
	g_autofree char *same = http_talk(stage, HEAD("GET /") "If-None-Match: \"x\", W/\"w\"\r\n" CLOSE);

	ASSERT_HAS(root, "<p>work");
	ASSERT_HAS(work, "<p>work");
	ASSERT_HAS(work, "frame-ancestors 'none'");
	ASSERT_HAS(work, "require-trusted-types-for 'script'; trusted-types svelte-trusted-html softanswer-worker\r\n");
	assert_null(strstr(panel, "softanswer-worker"));
	ASSERT_HAS(work, "connect-src 'self' ws://localhost:8080;");
	ASSERT_HAS(work, "Cross-Origin-Opener-Policy: same-origin\r\n");
	ASSERT_HAS(work, "Referrer-Policy: no-referrer\r\n");
	ASSERT_HAS(work, "Cache-Control: no-cache\r\n");
	assert_null(strstr(work, "unsafe"));
	ASSERT_HAS(panel, "frame-ancestors 'self' https://shop.example;");
	assert_null(strstr(panel, "X-Frame-Options"));
	ASSERT_HAS(loader, "Cross-Origin-Resource-Policy: cross-origin\r\n");
	ASSERT_HAS(loader, "max-age=600\r\n");
	ASSERT_HAS(script, "Content-Encoding: br\r\n");
	ASSERT_HAS(script, "immutable\r\n");
	ASSERT_HAS(script, "Content-Type: text/javascript; charset=utf-8\r\n");
	assert_int_equal(http_status(same), 304);
	assert_null(strstr(same, "<p>"));
	http_stage_close(stage);
}
