/* Facts about the daemon in the loop, time and the end. */
#include "tests/kit/http_stage.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REQUEST_NS (LIMIT_REQUEST_SECONDS * INT64_C(1000000000))

TEST(a_caller_who_leaves_at_any_byte_leaves_nothing_behind)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/echo/a", OWN JSON, "{\"text\":\"x\"}");
	g_autoptr(GString) got = g_string_new(NULL);

	for (size_t size = 0; size <= strlen(bytes); size += 7) {
		int fd = http_connect(stage);

		http_send(stage, fd, bytes, size, got);
		close(fd);
	}
	for (gint64 end = g_get_monotonic_time() + HTTP_PATIENCE_US; http_under_way(stage->http) > 0;) {
		http_tick(stage->http, clock_ticks_ns());
		uv_run(&stage->loop, UV_RUN_NOWAIT);
		assert_true(g_get_monotonic_time() < end);
	}
	http_stage_close(stage);
}

TEST(an_answer_that_does_not_come_in_time_is_uncertain)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/hold", OWN JSON, "{}");
	int fd = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);
	int64_t begun_ns = clock_ticks_ns();

	http_send(stage, fd, bytes, strlen(bytes), got);
	while (http_held == NULL)
		http_turn(stage, fd, got);
	http_tick(stage->http, begun_ns + REQUEST_NS - 1);
	for (int i = 0; i < 5; i++)
		assert_true(http_turn(stage, fd, got));
	assert_int_equal(got->len, 0);
	http_tick(stage->http, clock_ticks_ns() + REQUEST_NS);
	while (http_turn(stage, fd, got))
		;
	assert_int_equal(http_status(got->str), 503);
	ASSERT_HAS(got->str, "urn:softanswer:uncertain");

	/* The answer that comes after all goes nowhere. */
	call_submit(http_held);
	assert_int_equal(http_under_way(stage->http), 0);
	close(fd);
	http_stage_close(stage);
}

TEST(a_jump_of_the_machine_s_clock_cuts_nothing_off)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/hold", OWN JSON, "{}");
	const char *half = HEAD("POST /api/v1/echo/a") OWN JSON "Content-Length: 2\r\nConnection: close\r\n\r\n{";
	int waits = http_connect(stage), dribbles = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	http_send(stage, waits, bytes, strlen(bytes), got);
	http_send(stage, dribbles, half, strlen(half), got);
	while (http_held == NULL || http_under_way(stage->http) < 2)
		http_turn(stage, waits, got);
	stage->clock.set_ms += 365 * MS_PER_DAY;
	http_tick(stage->http, clock_ticks_ns());
	stage->clock.set_ms -= 365 * MS_PER_DAY;
	http_tick(stage->http, clock_ticks_ns());
	for (int i = 0; i < 5; i++)
		assert_true(http_turn(stage, waits, got) && http_turn(stage, dribbles, got));
	assert_int_equal(got->len, 0);

	g_autofree char *late = http_talk_until(stage, dribbles, "}", 1, NULL);

	assert_int_equal(http_status(late), 200);
	call_submit(http_held);
	while (http_turn(stage, waits, got))
		;
	assert_int_equal(http_status(got->str), 200);
	close(waits);
	close(dribbles);
	http_stage_close(stage);
}

TEST(a_request_that_dribbles_in_is_cut_off)
{
	struct http_stage *stage = http_stage_open();
	int fd = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);
	int64_t begun_ns = clock_ticks_ns();
	const char *half = HEAD("POST /api/v1/echo/a") OWN JSON "Content-Length: 10\r\n\r\n{";

	http_send(stage, fd, half, strlen(half), got);
	while (http_under_way(stage->http) == 0)
		http_turn(stage, fd, got);
	http_tick(stage->http, begun_ns + REQUEST_NS - 1);
	for (int i = 0; i < 5; i++)
		assert_true(http_turn(stage, fd, got));
	http_tick(stage->http, clock_ticks_ns() + REQUEST_NS);
	while (http_turn(stage, fd, got))
		;
	assert_int_equal(got->len, 0);
	close(fd);
	http_stage_close(stage);
}

TEST(a_desk_that_stops_answers_what_is_under_way_and_takes_no_more)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/hold", OWN JSON, "{}");
	int fd = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);

	http_send(stage, fd, bytes, strlen(bytes), got);
	while (http_held == NULL)
		http_turn(stage, fd, got);
	stage->edge.is_stopping = true;
	http_stop_listening(stage->http);
	uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_int_equal(http_under_way(stage->http), 1);

	struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = htons((uint16_t)stage->port) };
	int late = socket(AF_INET, SOCK_STREAM, 0);

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_not_equal(connect(late, (struct sockaddr *)&place, sizeof place), 0);
	close(late);
	call_submit(http_held);
	while (http_turn(stage, fd, got))
		;
	assert_int_equal(http_status(got->str), 200);
	ASSERT_HAS(got->str, "Connection: close\r\n");
	close(fd);
	http_stage_close(stage);
}

TEST(who_still_waits_at_the_end_is_told_that_it_is_uncertain)
{
	struct http_stage *stage = http_stage_open();
	g_autofree char *bytes = http_post("/api/v1/hold", OWN JSON, "{}");
	int fd = http_connect(stage);
	g_autoptr(GString) got = g_string_new(NULL);
	char last[4096];

	http_send(stage, fd, bytes, strlen(bytes), got);
	while (http_held == NULL)
		http_turn(stage, fd, got);
	call_submit(http_held); /* its answer is not collected any more */
	http_stage_close(stage);

	ssize_t size = recv(fd, last, sizeof last - 1, 0);

	assert_true(size > 0);
	last[size] = '\0';
	assert_int_equal(http_status(last), 503);
	close(fd);
}
