/*
 * Facts about connections on which nothing happens, on a clock that stands still: libmicrohttpd and libuv ask the system what time
 * it is, and here this file answers.
 */
#include "tests/kit/http_stage.h"

#include <time.h>
#include <unistd.h>

static int64_t now_ms = 1000000;

int
clock_gettime(clockid_t clock, struct timespec *time)
{
	(void)clock;
	*time = (struct timespec) { now_ms / MS_PER_SECOND, now_ms % MS_PER_SECOND * 1000000 };
	return 0;
}

static bool
is_open(struct http_stage *stage, int fd)
{
	g_autoptr(GString) got = g_string_new(NULL);

	for (int i = 0; i < 20; i++) {
		if (!http_turn(stage, fd, got))
			return false;
	}
	return true;
}

TEST(a_connection_may_be_idle_for_60_seconds_and_not_a_moment_longer)
{
	struct http_stage *stage = http_stage_open();
	int quiet = http_connect(stage), used = http_connect(stage);

	assert_true(http_is_served(stage, quiet));
	assert_true(http_is_served(stage, used));
	now_ms += LIMIT_IDLE_SECONDS * MS_PER_SECOND;
	assert_true(is_open(stage, quiet));
	assert_true(http_is_served(stage, used));
	now_ms++;
	assert_false(is_open(stage, quiet));
	assert_true(is_open(stage, used));
	close(quiet);
	close(used);
	http_stage_close(stage);
}
