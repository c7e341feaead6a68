/* A desk behind real HTTP for tests: see http_stage.h. */
#include "tests/kit/http_stage.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/crowd.h"
#include "edge/flood.h"
#include "edge/ticket.h"

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

struct call *http_held;

static void
around_hold(struct call *call)
{
	http_held = call;
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
	{ .name = "test.public",
	    .door = "GET /api/v1/public",
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .run = run_nothing,
	    .is_public = true },
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

static void
on_wake(uv_async_t *wake)
{
	crew_collect(((struct http_stage *)wake->data)->edge.crew);
}

static void
wake(void *data)
{
	uv_async_send(data);
}

struct http_stage *
http_stage_open_with(const char *proxies, unsigned connections_per_address)
{
	struct http_stage *stage = g_new0(struct http_stage, 1);
	g_autofree char *folder = fact_folder();
	g_autofree char *path = g_build_filename(folder, "softanswer.db", NULL);
	struct store_settings store = { .where = path, .queries = &desk_queries, .is_forgetful = true };

	http_held = NULL;
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
	stage->edge.crowd = crowd_new(connections_per_address);
	secret_random(&stage->edge.key, sizeof stage->edge.key);
	stage->local = networks_parse("127.0.0.1", NULL);
	stage->proxies = networks_parse(proxies == NULL ? "" : proxies, NULL);

	struct http_settings settings = { .commands = tables,
		.assets = { pages, G_N_ELEMENTS(pages), true },
		.embed_origins = "'self' https://shop.example",
		.proxies = stage->proxies,
		.watchers = stage->local,
		.watch_token = "the-token-of-the-watchers" };

	ASSERT_OK((settings.listener = http_listen("127.0.0.1", 0, &error)) >= 0);
	stage->port = http_port(settings.listener);
	ASSERT_OK((stage->http = http_start(&stage->edge, &stage->loop, &settings, &error)) != NULL);
	return stage;
}

struct http_stage *
http_stage_open(void)
{
	return http_stage_open_with(NULL, 0);
}

void
http_stage_close(struct http_stage *stage)
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
	crowd_free(stage->edge.crowd);
	networks_free(stage->local);
	networks_free(stage->proxies);
	g_free(stage->edge.base_url);
	g_free(stage);
}

/* ---- raw bytes ---- */

int
http_connect_from(struct http_stage *stage, const char *address)
{
	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons((uint16_t)stage->port) };
	struct sockaddr_in own = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(inet_pton(AF_INET, address, &own.sin_addr), 1);
	assert_int_equal(bind(fd, (struct sockaddr *)&own, sizeof own), 0);
	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&place, sizeof place), 0);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	return fd;
}

int
http_connect(struct http_stage *stage)
{
	return http_connect_from(stage, "127.0.0.1");
}

bool
http_turn(struct http_stage *stage, int fd, GString *got)
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

void
http_send(struct http_stage *stage, int fd, const char *bytes, size_t size, GString *got)
{
	gint64 end = g_get_monotonic_time() + HTTP_PATIENCE_US;

	while (size > 0) {
		ssize_t count = send(fd, bytes, size, MSG_NOSIGNAL);

		if (count < 0 && errno != EAGAIN)
			return; /* cut off: what was read says why */
		bytes += MAX(count, 0);
		size -= (size_t)MAX(count, 0);
		http_turn(stage, fd, got);
		assert_true(g_get_monotonic_time() < end);
	}
}

char *
http_talk_until(struct http_stage *stage, int fd, const char *bytes, size_t size, const char *until)
{
	GString *got = g_string_new(NULL);
	gint64 end = g_get_monotonic_time() + HTTP_PATIENCE_US;

	http_send(stage, fd, bytes, size, got);
	while (http_turn(stage, fd, got) && (until == NULL || strstr(got->str, until) == NULL)) {
		if (g_get_monotonic_time() > end)
			fail_msg("no end after: %s", got->str);
	}
	return g_string_free(got, FALSE);
}

char *
http_talk_bytes(struct http_stage *stage, const char *bytes, size_t size)
{
	int fd = http_connect(stage);
	char *got = http_talk_until(stage, fd, bytes, size, NULL);

	close(fd);
	return got;
}

char *
http_talk(struct http_stage *stage, const char *bytes)
{
	return http_talk_bytes(stage, bytes, strlen(bytes));
}

int
http_status(const char *answer)
{
	return g_str_has_prefix(answer, "HTTP/1.1 ") ? (int)g_ascii_strtoll(answer + 9, NULL, 10) : 0;
}

void
http_assert_status(struct http_stage *stage, const char *bytes, int status)
{
	g_autofree char *answer = http_talk(stage, bytes);

	if (http_status(answer) != status)
		fail_msg("wanted %d for:\n%s\ngot:\n%s", status, bytes, answer);
}

char *
http_post(const char *path, const char *headers, const char *body)
{
	return g_strdup_printf("POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %zu\r\n" CLOSE "%s", path,
	    headers, strlen(body), body);
}

char *
http_talk_post(struct http_stage *stage, const char *path, const char *headers, const char *body)
{
	g_autofree char *bytes = http_post(path, headers, body);

	return http_talk(stage, bytes);
}

bool
http_is_served(struct http_stage *stage, int fd)
{
	const char *bytes = HEAD("GET /api/v1/echo/word") "\r\n";
	g_autoptr(GString) got = g_string_new(NULL);

	http_send(stage, fd, bytes, strlen(bytes), got);
	for (int i = 0; i < 100 && strstr(got->str, "\"word\"") == NULL; i++)
		http_turn(stage, fd, got);
	return got->len > 0;
}
