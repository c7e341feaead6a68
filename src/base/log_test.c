/* Facts about the log: what a stranger wrote cannot start a line or colour a terminal. */
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/kit/facts.h"

/* What one call writes; the caller frees. */
static char *
written(enum log_level level, const char *value)
{
	char text[8192];
	int ends[2], before = dup(STDERR_FILENO);

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	log_line(level, "test.event", "key", value, "n", "1", NULL);
	dup2(before, STDERR_FILENO);
	close(ends[1]);
	close(before);

	ssize_t count = read(ends[0], text, sizeof text - 1);

	close(ends[0]);
	text[MAX(count, 0)] = '\0';
	return g_strdup(text);
}

static void
assert_value(const char *value, const char *wanted)
{
	g_autofree char *line = written(LOG_INFO, value);
	g_autofree char *end = g_strdup_printf("Z info test.event key=%s n=1\n", wanted);

	if (!g_str_has_suffix(line, end))
		fail_msg("\"%s\" became \"%s\"", value, line);
}

TEST(a_line_has_time_level_event_and_pairs)
{
	g_autofree char *line = written(LOG_WARNING, "plain");

	assert_true(g_regex_match_simple(
	    "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z warning test\\.event key=plain n=1\n$", line, 0, 0));
}

TEST(values_that_are_not_plain_are_quoted_and_escaped)
{
	assert_value("two words", "\"two words\"");
	assert_value("", "\"\"");
	assert_value("a=b", "\"a=b\"");
	assert_value("say \"x\\y\"", "\"say \\\"x\\\\y\\\"\"");
	assert_value("one\n2026 error fake", "\"one\\x0a2026 error fake\"");
	assert_value("\033[31mred", "\"\\x1b[31mred\"");
	assert_value("\x7f", "\"\\x7f\"");
	assert_value("ü", "\"\\xc3\\xbc\"");
	assert_value(NULL, "\"\"");
}

TEST(no_byte_can_start_a_second_line)
{
	for (int byte = 1; byte < 256; byte++) {
		char value[] = { 'a', (char)byte, 'b', '\0' };
		g_autofree char *line = written(LOG_INFO, value);

		assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
		for (const char *at = line; *at != '\n'; at++)
			assert_in_range(*at, 0x20, 0x7e);
	}
}

TEST(lines_below_the_level_are_dropped)
{
	g_autofree char *dropped = written(LOG_DEBUG, "x");

	assert_string_equal(dropped, "");
	log_set_level(LOG_DEBUG);

	g_autofree char *kept = written(LOG_DEBUG, "x");

	assert_string_not_equal(kept, "");
	log_set_level(LOG_INFO);
}

TEST(levels_have_names)
{
	enum log_level level = LOG_DEBUG;

	assert_true(log_level_of("error", &level));
	assert_int_equal(level, LOG_ERROR);
	assert_false(log_level_of("Error", &level));
	assert_false(log_level_of("", &level));
	assert_int_equal(level, LOG_ERROR);
}
