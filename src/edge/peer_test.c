/* Facts about who is let in. */
#include "tests/kit/http_stage.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "edge/crowd.h"

TEST(one_connection_too_many_waits_until_another_ends)
{
	struct rlimit before, few;
	int fds[9];

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = 4 * 8; /* a quarter of it is for HTTP */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);

	struct http_stage *stage = http_stage_open();

	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	for (int i = 0; i < 9; i++)
		fds[i] = http_connect(stage);
	for (int i = 0; i < 8; i++)
		assert_true(http_is_served(stage, fds[i]));
	assert_false(http_is_served(stage, fds[8]));
	close(fds[3]);

	g_autofree char *late = http_talk_until(stage, fds[8], "", 0, "\"word\"");

	assert_int_equal(http_status(late), 200);
	for (int i = 0; i < 9; i++) {
		if (i != 3)
			close(fds[i]);
	}
	http_stage_close(stage);
}

/* Whether a connection was closed instead of let in. */
static bool
is_closed(struct http_stage *stage, int fd)
{
	g_autoptr(GString) got = g_string_new(NULL);

	for (int i = 0; i < 100; i++) {
		if (!http_turn(stage, fd, got))
			return true;
	}
	return false;
}

static void
close_all(const int *fds, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		close(fds[i]);
}

TEST(an_address_holds_three_connections_where_it_may_and_a_fourth_is_closed)
{
	struct http_stage *stage = http_stage_open_with(NULL, 3);
	int fds[3];

	for (int i = 0; i < 3; i++) {
		fds[i] = http_connect_from(stage, "127.0.0.9");
		assert_true(http_is_served(stage, fds[i]));
	}

	int fourth = http_connect_from(stage, "127.0.0.9"), other = http_connect(stage);

	assert_true(is_closed(stage, fourth));
	assert_true(http_is_served(stage, other));
	close(fds[0]);
	while (crowd_count(stage->edge.crowd, "127.0.0.9") > 2)
		uv_run(&stage->loop, UV_RUN_NOWAIT);
	fds[0] = http_connect_from(stage, "127.0.0.9");
	assert_true(http_is_served(stage, fds[0]));
	close(fourth);
	close(other);
	close_all(fds, 3);
	http_stage_close(stage);
}

TEST(what_comes_through_a_listed_proxy_counts_for_whom_it_comes_from)
{
	struct http_stage *stage = http_stage_open_with("127.0.0.1", 2);
	g_autofree char *vera = http_post("/api/v1/hold", OWN JSON "X-Forwarded-For: 192.0.2.7\r\n", "{}");
	const char *again = HEAD("GET /api/v1/echo/a") "X-Forwarded-For: 192.0.2.7\r\n" CLOSE;
	const char *ben = HEAD("GET /api/v1/echo/a") "X-Forwarded-For: 192.0.2.8\r\n" CLOSE;
	g_autoptr(GString) got = g_string_new(NULL);
	struct call *held[2];
	int fds[2];

	for (int i = 0; i < 2; i++) {
		http_held = NULL;
		fds[i] = http_connect(stage);
		http_send(stage, fds[i], vera, strlen(vera), got);
		while (http_held == NULL)
			http_turn(stage, fds[i], got);
		held[i] = http_held;
	}

	g_autofree char *refused = http_talk(stage, again);

	assert_int_equal(http_status(refused), 429);
	ASSERT_HAS(refused, "urn:softanswer:flood");
	ASSERT_HAS(refused, "Retry-After: ");
	http_assert_status(stage, ben, 200);
	for (int i = 0; i < 2; i++) {
		call_submit(held[i]);
		while (http_turn(stage, fds[i], got))
			;
		close(fds[i]);
	}
	http_assert_status(stage, again, 200);
	http_stage_close(stage);
}

TEST(this_machine_hears_of_the_desk_s_health_while_strangers_hold_all_their_connections)
{
	struct rlimit before, few;
	int fds[7];

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	few = before;
	few.rlim_cur = 4 * 8; /* a quarter of it is for HTTP, and a quarter of that is kept */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);

	/* A proxy is no part of this machine, wherever it runs. */
	struct http_stage *stage = http_stage_open_with("127.0.0.2", 0);

	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	for (int i = 0; i < 7; i++)
		fds[i] = http_connect_from(stage, "127.0.0.2");
	for (int i = 0; i < 6; i++)
		assert_true(http_is_served(stage, fds[i]));
	assert_true(is_closed(stage, fds[6]));
	for (int i = 0; i < 3; i++)
		http_assert_status(stage, HEAD("GET /healthz") CLOSE, 200);
	close_all(fds, 7);
	http_stage_close(stage);
}
