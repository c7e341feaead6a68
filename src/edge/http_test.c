/*
 * Facts about HTTP, by raw bytes through a real socket on the loopback: the server's loop is turned by the test itself, so
 * nothing sleeps and nothing races.
 */
#include "tests/kit/facts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/call.h"
#include "edge/flood.h"
#include "edge/http.h"
#include "edge/hub.h"
#include "edge/ticket.h"

/* A conversation of bytes that has not ended by then is a failure. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)

#define HEAD(line) line " HTTP/1.1\r\nHost: localhost\r\n"
#define OWN        "Origin: http://localhost:8080\r\n"
#define JSON       "Content-Type: application/json\r\n"
#define CLOSE      "Connection: close\r\n\r\n"

/* ---- a hub that only remembers ---- */

static struct {
	bool is_full;
	int fd;
	struct credential credential;
	char *extra;
} taken;

void
hub_accept(struct hub *hub, int fd, const struct credential *credential, const char *address, const void *extra,
    size_t extra_size)
{
	(void)hub;
	assert_string_equal(address, "127.0.0.1");
	taken.fd = fd;
	taken.credential = *credential;
	taken.extra = g_strndup(extra, extra_size);
}

bool
hub_is_full(struct hub *hub, const struct credential *credential)
{
	(void)hub, (void)credential;
	return taken.is_full;
}

void
hub_figures(const struct hub *hub, struct hub_figures *figures)
{
	(void)hub, (void)figures;
}

/* ---- commands of the test's own ---- */

struct echo {
	const char *word;
	int64_t count;
	const char *text;
};
static const struct field echo_fields[] = {
	FIELD_LINE(echo, word, 20, IN_PATH),
	FIELD_INT(echo, count, 1, 9, IN_QUERY, OPTIONAL),
	FIELD_TEXT(echo, text, LIMIT_BODY_BYTES, OPTIONAL),
	FIELD_END,
};
static const struct field echoed_fields[] = {
	FIELD_LINE(echo, word, 20),
	FIELD_INT(echo, count, 1, 9),
	FIELD_TEXT(echo, text, LIMIT_BODY_BYTES, OPTIONAL),
	FIELD_END,
};

static gboolean
run_echo(struct tx *tx, const void *ask, void *answer, GError **error)
{
	(void)tx, (void)error;
	*(struct echo *)answer = *(const struct echo *)ask;
	return TRUE;
}

static gboolean
run_nothing(struct tx *tx, const void *ask, void *answer, GError **error)
{
	(void)tx, (void)ask, (void)answer, (void)error;
	return TRUE;
}

static gboolean
run_failing(struct tx *tx, const void *ask, void *answer, GError **error)
{
	(void)tx, (void)ask, (void)answer;
	return fail(error, FAILED_STORE, "a secret cause");
}

/* Calls that nobody answers until the test does. */
static struct call *held;

static void
around_hold(struct call *call)
{
	held = call;
}

#define ECHOES                                                                                                         \
	.fields = echo_fields, .size = sizeof(struct echo), .answers = echoed_fields, .answer_size = sizeof(struct echo)

static const struct command test_commands[] = {
	{ .name = "echo.get",
	    .door = "GET /api/v1/echo/{word}",
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .run = run_echo,
	    ECHOES },
	{ .name = "echo.post",
	    .door = "POST /api/v1/echo/{word}",
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .run = run_echo,
	    ECHOES },
	{ .name = "test.fail",
	    .door = "POST /api/v1/fail",
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .run = run_failing },
	{ .name = "test.visit",
	    .door = "GET /api/v1/visit",
	    .may = MAY_VISIT,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .run = run_nothing },
	{ .name = "test.hold",
	    .door = "POST /api/v1/hold",
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .run = run_nothing,
	    .around = around_hold },
	{ .name = "test.out",
	    .door = "POST /api/v1/out",
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .run = run_nothing,
	    .cookie = COOKIE_CLEARED },
	{ .name = "test.guess",
	    .door = "POST /api/v1/guess",
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_PASSWORD,
	    .run = run_nothing },
	COMMANDS_END,
};
extern const struct command ticket_commands[], visitor_commands[], health_commands[];
static const struct command *const tables[] = { test_commands, ticket_commands, visitor_commands, health_commands,
	NULL };

static const struct embedded pages[] = {
	{ "assets/app-1234.js", (const unsigned char *)"let x;", (const unsigned char *)"GZ",
	    (const unsigned char *)"BR", 6, 2, 2, "\"a\"" },
	{ "demo/index.html", (const unsigned char *)"<p>demo", NULL, NULL, 7, 0, 0, "\"d\"" },
	{ "widget.js", (const unsigned char *)"load();", NULL, NULL, 7, 0, 0, "\"l\"" },
	{ "widget/panel.html", (const unsigned char *)"<p>panel", NULL, NULL, 8, 0, 0, "\"p\"" },
	{ "workspace/index.html", (const unsigned char *)"<p>work", NULL, NULL, 7, 0, 0, "\"w\"" },
};

/* ---- a desk with a loop ---- */

struct stage {
	uv_loop_t loop;
	uv_async_t wake;
	struct clock clock;
	struct edge edge;
	struct store *store;
	struct networks *local;
	struct http *http;
	unsigned port;
};

static void
on_wake(uv_async_t *wake)
{
	crew_collect(((struct stage *)wake->data)->edge.crew);
}

static void
wake(void *data)
{
	uv_async_send(data);
}

static struct stage *
open_desk(void)
{
	struct stage *stage = g_new0(struct stage, 1);
	g_autofree char *folder = fact_folder();
	g_autofree char *path = g_build_filename(folder, "softanswer.db", NULL);
	struct store_settings store = { .where = path, .queries = &desk_queries, .is_forgetful = true };

	memset(&taken, 0, sizeof taken);
	held = NULL;
	uv_loop_init(&stage->loop);
	uv_async_init(&stage->loop, &stage->wake, on_wake);
	stage->wake.data = stage;
	stage->clock = clock_by_hand(INT64_C(1774889400000));
	ASSERT_OK((stage->store = store_open(&store, &error)) != NULL);
	ASSERT_OK((stage->edge.crew = crew_start(stage->store, 1, wake, &stage->wake, &error)) != NULL);
	stage->edge.bus = bus_local_new();
	stage->edge.clock = &stage->clock;
	stage->edge.base_url = g_strdup("http://localhost:8080");
	stage->edge.floods = flood_table_new();
	stage->edge.tickets = ticket_table_new();
	stage->edge.hub = (struct hub *)stage; /* the hub above looks at none */
	secret_random(&stage->edge.key, sizeof stage->edge.key);
	stage->local = networks_parse("127.0.0.1", NULL);

	struct http_settings settings = { .commands = tables,
		.assets = { pages, G_N_ELEMENTS(pages), true },
		.embed_origins = "'self' https://shop.example",
		.watchers = stage->local };

	ASSERT_OK((settings.listener = http_listen("127.0.0.1", 0, &error)) >= 0);
	stage->port = http_port(settings.listener);
	ASSERT_OK((stage->http = http_start(&stage->edge, &stage->loop, &settings, &error)) != NULL);
	return stage;
}

static void
close_desk(struct stage *stage)
{
	http_free(stage->http);
	crew_stop(stage->edge.crew);
	uv_close((uv_handle_t *)&stage->wake, NULL);
	while (uv_run(&stage->loop, UV_RUN_DEFAULT) != 0)
		;
	assert_int_equal(uv_loop_close(&stage->loop), 0);
	store_close(stage->store);
	bus_free(stage->edge.bus);
	flood_table_free(stage->edge.floods);
	ticket_table_free(stage->edge.tickets);
	networks_free(stage->local);
	g_free(stage->edge.base_url);
	g_free(taken.extra);
	g_free(stage);
}

/* ---- raw bytes ---- */

static int
connect_to(struct stage *stage)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons((uint16_t)stage->port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&place, sizeof place), 0);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	return fd;
}

/* Turns the loop once and reads what is there; false: the other side has closed. */
static bool
turn(struct stage *stage, int fd, GString *got)
{
	char bytes[4096];

	uv_run(&stage->loop, UV_RUN_NOWAIT);
	for (;;) {
		ssize_t count = recv(fd, bytes, sizeof bytes, 0);

		if (count == 0 || (count < 0 && errno != EAGAIN))
			return false;
		if (count < 0) {
			poll(&(struct pollfd) { .fd = fd, .events = POLLIN }, 1, 1);
			return true;
		}
		g_string_append_len(got, bytes, count);
	}
}

static void
send_all(struct stage *stage, int fd, const char *bytes, size_t size, GString *got)
{
	gint64 end = g_get_monotonic_time() + PATIENCE_US;

	while (size > 0) {
		ssize_t count = send(fd, bytes, size, MSG_NOSIGNAL);

		if (count < 0 && errno != EAGAIN)
			return; /* cut off: what was read says why */
		bytes += MAX(count, 0);
		size -= (size_t)MAX(count, 0);
		turn(stage, fd, got);
		assert_true(g_get_monotonic_time() < end);
	}
}

/* Sends, and reads until the other side closes, or until `until` was read. */
static char *
talk_until(struct stage *stage, int fd, const char *bytes, size_t size, const char *until)
{
	GString *got = g_string_new(NULL);
	gint64 end = g_get_monotonic_time() + PATIENCE_US;

	send_all(stage, fd, bytes, size, got);
	while (turn(stage, fd, got) && (until == NULL || strstr(got->str, until) == NULL)) {
		if (g_get_monotonic_time() > end)
			fail_msg("no end after: %s", got->str);
	}
	return g_string_free(got, FALSE);
}

static char *
talk_bytes(struct stage *stage, const char *bytes, size_t size)
{
	int fd = connect_to(stage);
	char *got = talk_until(stage, fd, bytes, size, NULL);

	close(fd);
	return got;
}

static char *
talk(struct stage *stage, const char *bytes)
{
	return talk_bytes(stage, bytes, strlen(bytes));
}

static int
status_of(const char *answer)
{
	return g_str_has_prefix(answer, "HTTP/1.1 ") ? (int)g_ascii_strtoll(answer + 9, NULL, 10) : 0;
}

#define ASSERT_HAS(text_, part_)                                                                                       \
	do {                                                                                                           \
		if (strstr((text_), (part_)) == NULL)                                                                  \
			fail_msg("no \"%s\" in: %s", (part_), (text_));                                                \
	} while (0)

static void
assert_status(struct stage *stage, const char *bytes, int status)
{
	g_autofree char *answer = talk(stage, bytes);

	if (status_of(answer) != status)
		fail_msg("wanted %d for:\n%s\ngot:\n%s", status, bytes, answer);
}

static char *
post(const char *path, const char *headers, const char *body)
{
	return g_strdup_printf("POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %zu\r\n" CLOSE "%s", path,
	    headers, strlen(body), body);
}

static char *
talk_post(struct stage *stage, const char *path, const char *headers, const char *body)
{
	g_autofree char *bytes = post(path, headers, body);

	return talk(stage, bytes);
}

/* ---- facts ---- */

TEST(a_command_is_answered_as_json_that_nobody_keeps)
{
	struct stage *stage = open_desk();
	g_autofree char *got = talk(stage, HEAD("GET /api/v1/echo/h%C3%A4?count=3") CLOSE);
	g_autofree char *posted = talk_post(stage, "/api/v1/echo/a", OWN JSON, "{\"text\":\"Good morning\"}");

	assert_int_equal(status_of(got), 200);
	ASSERT_HAS(got, "{\"word\":\"h\303\244\",\"count\":3}");
	ASSERT_HAS(got, "Content-Type: application/json\r\n");
	ASSERT_HAS(got, "Cache-Control: no-store\r\n");
	ASSERT_HAS(got, "X-Content-Type-Options: nosniff\r\n");
	ASSERT_HAS(got, "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
	assert_null(strstr(got, "Strict-Transport-Security"));
	assert_int_equal(status_of(posted), 200);
	ASSERT_HAS(posted, "\"text\":\"Good morning\"");
	close_desk(stage);
}

TEST(several_requests_share_a_connection)
{
	struct stage *stage = open_desk();
	int fd = connect_to(stage);
	const char *first = HEAD("GET /api/v1/echo/one") "\r\n";
	const char *both = HEAD("GET /api/v1/echo/two") "\r\n" HEAD("GET /api/v1/echo/three") "\r\n";
	g_autofree char *one = talk_until(stage, fd, first, strlen(first), "one");
	g_autofree char *two = talk_until(stage, fd, both, strlen(both), "three");

	ASSERT_HAS(one, "200 OK");
	ASSERT_HAS(two, "\"two\"");
	close(fd);
	close_desk(stage);
}

TEST(a_request_in_single_bytes_is_read)
{
	struct stage *stage = open_desk();
	g_autofree char *bytes = post("/api/v1/echo/a", OWN JSON, "{\"text\":\"x\"}");
	int fd = connect_to(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t i = 0; i + 1 < strlen(bytes); i++)
		send_all(stage, fd, bytes + i, 1, got);

	g_autofree char *answer = talk_until(stage, fd, bytes + strlen(bytes) - 1, 1, NULL);

	assert_int_equal(status_of(answer), 200);
	close(fd);
	close_desk(stage);
}

TEST(a_caller_who_leaves_at_any_byte_leaves_nothing_behind)
{
	struct stage *stage = open_desk();
	g_autofree char *bytes = post("/api/v1/echo/a", OWN JSON, "{\"text\":\"x\"}");
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t size = 0; size <= strlen(bytes); size += 7) {
		int fd = connect_to(stage);

		send_all(stage, fd, bytes, size, got);
		close(fd);
	}
	for (gint64 end = g_get_monotonic_time() + PATIENCE_US; http_under_way(stage->http) > 0;) {
		http_tick(stage->http);
		uv_run(&stage->loop, UV_RUN_NOWAIT);
		assert_true(g_get_monotonic_time() < end);
	}
	close_desk(stage);
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
	struct stage *stage = open_desk();

	for (unsigned i = 0; i < G_N_ELEMENTS(shapes); i++) {
		g_autofree char *answer = talk(stage, shapes[i]);

		/* Some are refused by libmicrohttpd, with 400, 505 or by closing. */
		if (strstr(answer, " 200 ") != NULL || strstr(answer, "\"word\"") != NULL)
			fail_msg("was served: %s\n%s", shapes[i], answer);
	}
	close_desk(stage);
}

TEST(a_body_of_65536_bytes_is_read_and_one_more_is_too_large)
{
	struct stage *stage = open_desk();
	g_autofree char *fill = g_strnfill(LIMIT_BODY_BYTES - strlen("{\"text\":\"\"}"), 'x');
	g_autofree char *fits = g_strdup_printf("{\"text\":\"%s\"}", fill),
			*over = g_strdup_printf("{\"text\":\"x%s\"}", fill);
	g_autofree char *read = talk_post(stage, "/api/v1/echo/a", OWN JSON, fits);
	g_autofree char *refused = talk_post(stage, "/api/v1/echo/a", OWN JSON, over);

	assert_int_equal(status_of(read), 200);
	assert_int_equal(status_of(refused), 413);
	ASSERT_HAS(refused, "urn:softanswer:size");
	close_desk(stage);
}

TEST(a_body_in_chunks_has_the_same_limit_and_is_not_read_for_ever)
{
	struct stage *stage = open_desk();
	g_autofree char *chunk = g_strnfill(4096, ' ');
	g_autoptr(GString) body =
	    g_string_new(HEAD("POST /api/v1/echo/a") OWN JSON "Transfer-Encoding: chunked\r\n" CLOSE);

	for (int i = 0; i < 17; i++)
		g_string_append_printf(body, "1000\r\n%s\r\n", chunk);
	g_string_append(body, "0\r\n\r\n");
	assert_status(stage, body->str, 413);

	g_string_truncate(body, body->len - strlen("0\r\n\r\n"));
	for (int i = 0; i < 300; i++)
		g_string_append_printf(body, "1000\r\n%s\r\n", chunk);
	g_string_append(body, "0\r\n\r\n");

	g_autofree char *cut = talk_bytes(stage, body->str, body->len);

	assert_int_not_equal(status_of(cut), 200);
	close_desk(stage);
}

TEST(a_target_of_more_than_4096_bytes_and_101_headers_are_refused)
{
	struct stage *stage = open_desk();
	g_autofree char *path = g_strnfill(LIMIT_TARGET_BYTES, 'a');
	g_autofree char *bytes = g_strdup_printf("GET /%s HTTP/1.1\r\nHost: a\r\n" CLOSE, path);
	g_autoptr(GString) many = g_string_new("GET /api/v1/echo/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");

	assert_status(stage, bytes, 400);
	for (int i = 2; i < LIMIT_HEADERS; i++)
		g_string_append_printf(many, "X-%d: x\r\n", i);

	g_autofree char *fits = g_strconcat(many->str, "\r\n", NULL),
			*over = g_strconcat(many->str, "X: x\r\n\r\n", NULL);

	assert_status(stage, fits, 200);
	assert_status(stage, over, 400);
	close_desk(stage);
}

TEST(a_change_must_come_from_a_page_of_the_desk)
{
	struct stage *stage = open_desk();
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
		g_autofree char *bytes = post("/api/v1/echo/a", examples[i].headers, "{}");

		assert_status(stage, bytes, examples[i].status);
	}
	close_desk(stage);
}

TEST(a_body_must_say_that_it_is_json_and_be_it)
{
	struct stage *stage = open_desk();
	g_autofree char *untold = post("/api/v1/echo/a", OWN, ""),
			*form = post("/api/v1/echo/a", OWN "Content-Type: text/plain\r\n", "{}");
	g_autofree char *list = post("/api/v1/echo/a", OWN JSON, "[]"),
			*half = post("/api/v1/echo/a", OWN JSON, "{\"text\"");
	g_autofree char *unknown = talk_post(stage, "/api/v1/echo/a", OWN JSON, "{\"nonsense\":1}");
	g_autofree char *empty = post("/api/v1/echo/a", OWN JSON, "");

	assert_status(stage, untold, 415);
	assert_status(stage, form, 415);
	assert_status(stage, list, 400);
	assert_status(stage, half, 400);
	assert_status(stage, empty, 200);
	ASSERT_HAS(unknown, "\"field\":\"nonsense\"");
	ASSERT_HAS(unknown, "application/problem+json");
	close_desk(stage);
}

TEST(what_is_no_door_is_404_and_another_method_405)
{
	struct stage *stage = open_desk();
	g_autofree char *method = talk(stage, HEAD("DELETE /api/v1/echo/a") OWN CLOSE);

	assert_status(stage, HEAD("GET /api/v1/nothing") CLOSE, 404);
	assert_status(stage, HEAD("GET /api") CLOSE, 404);
	assert_status(stage, HEAD("GET /nothing") CLOSE, 404);
	assert_status(stage, HEAD("GET /assets/../widget.js") CLOSE, 404);
	assert_status(stage, HEAD("GET /assets/%2e%2e%2fwidget.js") CLOSE, 404);
	assert_status(stage, HEAD("DELETE /") CLOSE, 405);
	assert_int_equal(status_of(method), 405);
	ASSERT_HAS(method, "Allow: GET, HEAD, POST\r\n");
	close_desk(stage);
}

TEST(head_is_answered_like_get_without_a_body)
{
	struct stage *stage = open_desk();
	g_autofree char *got = talk(stage, HEAD("HEAD /api/v1/echo/word") CLOSE);

	assert_int_equal(status_of(got), 200);
	assert_null(strstr(got, "{\"word\""));
	ASSERT_HAS(got, "Content-Length: ");
	close_desk(stage);
}

TEST(a_failure_is_answered_without_its_cause)
{
	struct stage *stage = open_desk();
	g_autofree char *got = talk_post(stage, "/api/v1/fail", OWN JSON, "{}");

	assert_int_equal(status_of(got), 500);
	assert_null(strstr(got, "secret"));
	close_desk(stage);
}

TEST(a_visitor_gets_a_cookie_and_is_known_by_it)
{
	struct stage *stage = open_desk();
	g_autofree char *stranger = talk(stage, HEAD("GET /api/v1/visit") CLOSE);
	g_autofree char *started = talk_post(stage, "/api/v1/visitors", OWN JSON, "{\"token\":true}");
	const char *cookie = strstr(started, "Set-Cookie: __Host-visitor=");
	g_autofree char *token = NULL;

	assert_int_equal(status_of(stranger), 401);
	assert_int_equal(status_of(started), 200);
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

	assert_status(stage, by_cookie, 200);
	assert_status(stage, by_token, 200);
	assert_status(stage, forged, 401);

	/* Who is a visitor already stays the same one. */
	g_autofree char *headers = g_strdup_printf(OWN JSON "Cookie: __Host-visitor=%s\r\n", token);
	g_autofree char *again = talk_post(stage, "/api/v1/visitors", headers, "{}");

	ASSERT_HAS(again, token);
	close_desk(stage);
}

TEST(signing_out_takes_the_cookie_back)
{
	struct stage *stage = open_desk();
	g_autofree char *got = talk_post(stage, "/api/v1/out", OWN JSON, "{}");

	ASSERT_HAS(got, "Set-Cookie: __Host-session=; Path=/; Max-Age=0;");
	close_desk(stage);
}

TEST(the_eleventh_guess_is_told_to_wait)
{
	struct stage *stage = open_desk();
	g_autofree char *guess = post("/api/v1/guess", OWN JSON, "{}");

	for (int i = 0; i < 10; i++)
		assert_status(stage, guess, 200);

	g_autofree char *refused = talk(stage, guess);

	assert_int_equal(status_of(refused), 429);
	ASSERT_HAS(refused, "Retry-After: 6\r\n");
	close_desk(stage);
}

TEST(an_answer_that_does_not_come_in_time_is_uncertain)
{
	struct stage *stage = open_desk();
	g_autofree char *bytes = post("/api/v1/hold", OWN JSON, "{}");
	int fd = connect_to(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	send_all(stage, fd, bytes, strlen(bytes), got);
	while (held == NULL)
		turn(stage, fd, got);
	stage->clock.set_ms += (LIMIT_REQUEST_SECONDS - 1) * MS_PER_SECOND;
	http_tick(stage->http);
	for (int i = 0; i < 5; i++)
		assert_true(turn(stage, fd, got));
	assert_int_equal(got->len, 0);
	stage->clock.set_ms += MS_PER_SECOND;
	http_tick(stage->http);
	while (turn(stage, fd, got))
		;
	assert_int_equal(status_of(got->str), 503);
	ASSERT_HAS(got->str, "urn:softanswer:uncertain");

	/* The answer that comes after all goes nowhere. */
	call_submit(held);
	assert_int_equal(http_under_way(stage->http), 0);
	close(fd);
	close_desk(stage);
}

TEST(a_request_that_dribbles_in_is_cut_off)
{
	struct stage *stage = open_desk();
	int fd = connect_to(stage);
	g_autoptr(GString) got = g_string_new(NULL);
	const char *half = HEAD("POST /api/v1/echo/a") OWN JSON "Content-Length: 10\r\n\r\n{";

	send_all(stage, fd, half, strlen(half), got);
	while (http_under_way(stage->http) == 0)
		turn(stage, fd, got);
	stage->clock.set_ms += LIMIT_REQUEST_SECONDS * MS_PER_SECOND;
	http_tick(stage->http);
	while (turn(stage, fd, got))
		;
	assert_int_equal(got->len, 0);
	close(fd);
	close_desk(stage);
}

TEST(a_desk_that_stops_answers_what_is_under_way_and_takes_no_more)
{
	struct stage *stage = open_desk();
	g_autofree char *bytes = post("/api/v1/hold", OWN JSON, "{}");
	int fd = connect_to(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	send_all(stage, fd, bytes, strlen(bytes), got);
	while (held == NULL)
		turn(stage, fd, got);
	stage->edge.is_stopping = true;
	http_stop_listening(stage->http);
	uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_int_equal(http_under_way(stage->http), 1);

	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons((uint16_t)stage->port) };
	int late = socket(AF_INET, SOCK_STREAM, 0);

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_not_equal(connect(late, (struct sockaddr *)&place, sizeof place), 0);
	close(late);
	call_submit(held);
	while (turn(stage, fd, got))
		;
	assert_int_equal(status_of(got->str), 200);
	ASSERT_HAS(got->str, "Connection: close\r\n");
	close(fd);
	close_desk(stage);
}

TEST(who_still_waits_at_the_end_is_told_that_it_is_uncertain)
{
	struct stage *stage = open_desk();
	g_autofree char *bytes = post("/api/v1/hold", OWN JSON, "{}");
	int fd = connect_to(stage);
	g_autoptr(GString) got = g_string_new(NULL);
	char last[4096];

	send_all(stage, fd, bytes, strlen(bytes), got);
	while (held == NULL)
		turn(stage, fd, got);
	call_submit(held); /* its answer is not collected any more */
	close_desk(stage);

	ssize_t size = recv(fd, last, sizeof last - 1, 0);

	assert_true(size > 0);
	last[size] = '\0';
	assert_int_equal(status_of(last), 503);
	close(fd);
}

/* Asks for a word on a connection that stays open; false: there is no answer in a hundred turns of the loop. */
static bool
is_served(struct stage *stage, int fd)
{
	const char *bytes = HEAD("GET /api/v1/echo/word") "\r\n";
	g_autoptr(GString) got = g_string_new(NULL);

	send_all(stage, fd, bytes, strlen(bytes), got);
	for (int i = 0; i < 100 && strstr(got->str, "\"word\"") == NULL; i++)
		turn(stage, fd, got);
	return got->len > 0;
}

TEST(one_connection_too_many_waits_until_another_ends)
{
	struct rlimit before, few;
	int fds[9];

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = 4 * 8; /* a quarter of it is for HTTP */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);

	struct stage *stage = open_desk();

	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	for (int i = 0; i < 9; i++)
		fds[i] = connect_to(stage);
	for (int i = 0; i < 8; i++)
		assert_true(is_served(stage, fds[i]));
	assert_false(is_served(stage, fds[8]));
	close(fds[3]);

	g_autofree char *late = talk_until(stage, fds[8], "", 0, "\"word\"");

	assert_int_equal(status_of(late), 200);
	for (int i = 0; i < 9; i++) {
		if (i != 3)
			close(fds[i]);
	}
	close_desk(stage);
}

TEST(health_goes_through_the_writer_and_ends_with_the_desk)
{
	struct stage *stage = open_desk();
	g_autofree char *well = talk(stage, HEAD("GET /healthz") CLOSE);

	assert_int_equal(status_of(well), 200);
	ASSERT_HAS(well, "{\"ok\":true,\"version\":\"");
	stage->edge.is_stopping = true;
	assert_status(stage, HEAD("GET /healthz") CLOSE, 503);
	close_desk(stage);
}

TEST(figures_are_for_listed_addresses_and_not_through_a_proxy)
{
	struct stage *stage = open_desk();
	g_autofree char *got = talk(stage, HEAD("GET /metrics") CLOSE);

	assert_int_equal(status_of(got), 200);
	ASSERT_HAS(got, "# TYPE softanswer_writer_batches_total counter\n");
	ASSERT_HAS(got, "softanswer_http_connections 1\n");
	assert_status(stage, HEAD("GET /metrics") "X-Forwarded-For: 127.0.0.1\r\n" CLOSE, 404);
	assert_status(stage, HEAD("GET /metrics") "Forwarded: for=127.0.0.1\r\n" CLOSE, 404);
	assert_status(stage, HEAD("POST /metrics") OWN JSON "Content-Length: 0\r\n" CLOSE, 405);
	close_desk(stage);
}

TEST(pages_carry_a_policy_and_their_own_kind_of_cache)
{
	struct stage *stage = open_desk();
	g_autofree char *work = talk(stage, HEAD("GET /w/chats/7") CLOSE), *root = talk(stage, HEAD("GET /") CLOSE);
	g_autofree char *panel = talk(stage, HEAD("GET /widget/panel") CLOSE),
			*loader = talk(stage, HEAD("GET /widget.js") CLOSE);
	g_autofree char *script = talk(stage, HEAD("GET /assets/app-1234.js") "Accept-Encoding: gzip, br\r\n" CLOSE);
	g_autofree char *same = talk(stage, HEAD("GET /") "If-None-Match: \"x\", W/\"w\"\r\n" CLOSE);

	ASSERT_HAS(root, "<p>work");
	ASSERT_HAS(work, "<p>work");
	ASSERT_HAS(work, "frame-ancestors 'none'");
	ASSERT_HAS(work, "require-trusted-types-for 'script'");
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
	assert_int_equal(status_of(same), 304);
	assert_null(strstr(same, "<p>"));
	close_desk(stage);
}

/* ---- sockets ---- */

#define UPGRADE                                                                                                        \
	HEAD("GET /api/v1/socket")                                                                                     \
	"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"                       \
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

#define TICKET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"

static const struct credential vera = { .kind = CREDENTIAL_VISITOR, .visitor = "AAAAAAAAAAAAAAAAAAAAAA" };

TEST(a_ticket_turns_a_connection_into_a_socket)
{
	struct stage *stage = open_desk();
	int fd = connect_to(stage);
	const char *bytes = UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\nFIRST FRAME";

	assert_true(ticket_add(stage->edge.tickets, TICKET, &vera, stage->clock.set_ms));

	g_autofree char *answer = talk_until(stage, fd, bytes, strlen(bytes), "\r\n\r\n");

	assert_int_equal(status_of(answer), 101);
	ASSERT_HAS(answer, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
	ASSERT_HAS(answer, "Sec-WebSocket-Protocol: softanswer.v1\r\n");
	while (taken.fd == 0)
		uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_string_equal(taken.credential.visitor, vera.visitor);

	/* Whatever the client sent too early is in one of two places. */
	g_autoptr(GString) rest = g_string_new(taken.extra);
	char more[64];
	ssize_t count = recv(taken.fd, more, sizeof more, MSG_DONTWAIT);

	g_string_append_len(rest, more, MAX(count, 0));
	assert_string_equal(rest->str, "FIRST FRAME");

	/* libmicrohttpd has closed its own descriptor; the socket lives on. */
	for (int i = 0; i < 5; i++)
		uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_int_equal(http_under_way(stage->http), 0);
	assert_int_equal(send(taken.fd, "hello", 5, MSG_NOSIGNAL), 5);
	assert_int_equal(recv(fd, more, sizeof more, 0), 5);
	close(taken.fd);
	close(fd);
	close_desk(stage);
}

TEST(a_handshake_that_is_not_right_is_refused)
{
	static const struct {
		const char *bytes;
		int status;
	} examples[] = {
		{ HEAD("GET /api/v1/socket") OWN CLOSE, 400 },
		{ UPGRADE OWN "\r\n", 400 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket.short\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: ticket." TICKET "\r\n\r\n", 400 },
		{ UPGRADE "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n", 403 },
		{ UPGRADE "Origin: https://evil.example\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET
			  "\r\n\r\n",
		    403 },
		{ HEAD("GET /api/v1/socket") OWN
		    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
		    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET
		    "\r\n\r\n",
		    400 },
		{ HEAD("GET /api/v1/socket") OWN
		    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
		    "Sec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n",
		    400 },
	};
	struct stage *stage = open_desk();

	for (unsigned i = 0; i < G_N_ELEMENTS(examples); i++) {
		int fd = connect_to(stage);
		g_autofree char *answer =
		    talk_until(stage, fd, examples[i].bytes, strlen(examples[i].bytes), "\"status\":");

		if (status_of(answer) != examples[i].status)
			fail_msg("wanted %d for:\n%s\ngot:\n%s", examples[i].status, examples[i].bytes, answer);
		close(fd);
	}
	assert_int_equal(taken.fd, 0);
	close_desk(stage);
}

TEST(one_socket_too_many_is_told_to_come_back)
{
	struct stage *stage = open_desk();
	const char *bytes = UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1,ticket." TICKET "\r\n\r\n";
	int fd = connect_to(stage);

	taken.is_full = true;
	assert_true(ticket_add(stage->edge.tickets, TICKET, &vera, stage->clock.set_ms));

	g_autofree char *answer = talk_until(stage, fd, bytes, strlen(bytes), "\"status\":");

	assert_int_equal(status_of(answer), 503);
	ASSERT_HAS(answer, "Retry-After: ");
	close(fd);
	close_desk(stage);
}
