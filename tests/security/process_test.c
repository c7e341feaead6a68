/*
 * The process that serves, from outside: the real program as a child, confined as an administrator gets it, with the sanitizers'
 * own checks at its end; and what it does when it has no descriptors left.
 */
#include "tests/kit/facts.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Far longer than anything here takes: only a desk that hangs meets it. */
#define PATIENCE_MS  60000
#define ASK_EVERY_MS 50

struct desk {
	char *folder, *log;
	GPid pid;
	int out;
	unsigned port;
};

/* The port stands at the end of the first line that the program prints. */
static unsigned
read_port(int out)
{
	g_autoptr(GString) said = g_string_new(NULL);
	char byte;

	while (read(out, &byte, 1) == 1 && byte != '\n')
		g_string_append_c(said, byte);

	const char *colon = strrchr(said->str, ':');

	if (colon == NULL)
		fail_msg("the desk said: %s", said->str);
	return (unsigned)g_ascii_strtoull(colon + 1, NULL, 10);
}

/* The log goes to a file, so that the child never waits for somebody to read it. */
static void
become_desk(gpointer data)
{
	const struct desk *desk = data;
	int log = open(desk->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	dup2(log, STDERR_FILENO);
}

static void
begin(struct desk *desk, const char *settings)
{
	g_autofree char *data = NULL, *file = NULL;
	const char *words[] = { SOFTANSWER, "serve", "--port", "0", "--data", NULL, NULL };

	*desk = (struct desk) { .folder = fact_folder() };
	desk->log = g_build_filename(desk->folder, "log", NULL);
	words[5] = data = g_build_filename(desk->folder, "desk", NULL);
	file = g_build_filename(data, "softanswer.conf", NULL);
	assert_int_equal(g_mkdir_with_parents(data, 0700), 0);
	assert_true(g_file_set_contents(file, settings, -1, NULL));
	ASSERT_OK(g_spawn_async_with_pipes(NULL, (char **)words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, become_desk, desk,
	    &desk->pid, NULL, &desk->out, NULL, &error));
	desk->port = read_port(desk->out);
}

/* A sanitizer that found something makes the exit code another one than 0. */
static void
end(struct desk *desk)
{
	g_autofree char *log = NULL;
	int status;

	assert_int_equal(kill(desk->pid, SIGTERM), 0);
	assert_int_equal(waitpid(desk->pid, &status, 0), desk->pid);
	if (status != 0 && g_file_get_contents(desk->log, &log, NULL, NULL))
		fail_msg("the desk ended with %d: %s", status, log);
	assert_int_equal(status, 0);
	close(desk->out);
	g_free(desk->log);
	g_free(desk->folder);
}

static void
assert_logged(const struct desk *desk, const char *words, bool is_said)
{
	g_autofree char *log = NULL;

	assert_true(g_file_get_contents(desk->log, &log, NULL, NULL));
	if ((strstr(log, words) != NULL) != is_said)
		fail_msg("the log says: %s", log);
}

static int
reach(const struct desk *desk)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)desk->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void
ask(int fd)
{
	static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

	assert_int_equal(send(fd, request, sizeof request - 1, MSG_NOSIGNAL), sizeof request - 1);
}

static bool
is_answered_within(int fd, int milliseconds)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };

	return poll(&wait, 1, milliseconds) == 1;
}

static void
assert_answered(int fd)
{
	char text[4096];

	assert_true(is_answered_within(fd, PATIENCE_MS));

	ssize_t size = recv(fd, text, sizeof text - 1, 0);

	assert_true(size > 12);
	assert_memory_equal(text, "HTTP/1.1 200", 12);
}

/* ---- Confinement ---- */

/* The lines of this beginning in the status of every thread; -1 where they differ. */
static int
of_every_thread(const struct desk *desk, const char *key)
{
	g_autofree char *folder = g_strdup_printf("/proc/%d/task", (int)desk->pid);
	g_autoptr(GDir) threads = g_dir_open(folder, 0, NULL);
	const char *name;
	int of_all = -2;

	while ((name = g_dir_read_name(threads)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, "status", NULL), *status = NULL;

		if (!g_file_get_contents(path, &status, NULL, NULL))
			continue; /* it has ended meanwhile */
		int value = (int)g_ascii_strtoll(strstr(status, key) + strlen(key), NULL, 10);

		of_all = of_all == -2 || of_all == value ? value : -1;
	}
	return of_all;
}

TEST(every_thread_of_a_desk_is_confined_and_it_says_so)
{
	struct desk desk;
	int fd;

	begin(&desk, "[softanswer]\n");
	assert_logged(&desk, "desk.confined refused_calls=", true);
	assert_int_equal(of_every_thread(&desk, "\nSeccomp:"), 2);
	assert_int_equal(of_every_thread(&desk, "\nNoNewPrivs:"), 1);
	fd = reach(&desk);
	ask(fd);
	assert_answered(fd);
	close(fd);
	end(&desk);
}

TEST(a_desk_that_is_not_confined_says_so)
{
	struct desk desk;

	begin(&desk, "[softanswer]\nconfine=off\n");
	assert_logged(&desk, "warning desk.unconfined", true);
	assert_logged(&desk, "desk.confined", false);
	end(&desk);
}

static bool
is_well(const struct desk *desk)
{
	char text[4096] = "";
	int fd = reach(desk);

	ask(fd);
	assert_true(is_answered_within(fd, PATIENCE_MS));
	assert_true(recv(fd, text, sizeof text - 1, 0) > 0);
	close(fd);
	return g_str_has_prefix(text, "HTTP/1.1 200");
}

/* New connections, new look-ups of names, and whatever libraries load late for them; on PostgreSQL only (tests/kit/with_postgres). */
TEST(a_confined_desk_comes_back_to_its_server)
{
	const char *server = g_getenv("SOFTANSWER_TEST_SERVER");
	g_autofree char *settings = NULL, *steer = NULL;
	struct desk desk;
	int status, quiet;

	if (server == NULL)
		skip();
	steer = g_build_filename(server, "do", NULL);
	settings = g_strdup_printf("[softanswer]\ndatabase=%s\n", g_getenv("SOFTANSWER_TEST_DATABASE"));

	const char *words[] = { steer, "restart", NULL };

	begin(&desk, settings);
	assert_logged(&desk, "desk.confined refused_calls=", true);
	assert_true(is_well(&desk));
	ASSERT_OK(g_spawn_sync(
	    NULL, (char **)words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error));
	assert_int_equal(status, 0);
	/* It tries again at its own pace: a connection on which nothing comes measures the time until the next question. */
	quiet = reach(&desk);
	for (int waited_ms = 0; !is_well(&desk); waited_ms += ASK_EVERY_MS) {
		assert_in_range(waited_ms, 0, PATIENCE_MS);
		assert_false(is_answered_within(quiet, ASK_EVERY_MS));
	}
	close(quiet);
	end(&desk);
}

/* ---- No descriptors left ---- */

#define CROWD    20
#define WATCH_MS 500
#define BUSY_MS  100 /* of WATCH_MS: one that turns in circles takes what it gets, one that waits takes nothing */

static void
allow_descriptors(const struct desk *desk, rlim_t count)
{
	struct rlimit limit;

	assert_int_equal(prlimit(desk->pid, RLIMIT_NOFILE, NULL, &limit), 0);
	limit.rlim_cur = MIN(count, limit.rlim_max);
	assert_int_equal(prlimit(desk->pid, RLIMIT_NOFILE, &limit, NULL), 0);
}

/* The time on a processor that the desk has taken so far. */
static int64_t
busy_ms(const struct desk *desk)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)desk->pid), *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));

	/* Behind the name, which is in brackets: state is field 3, the user's and the system's ticks are 14 and 15. */
	g_auto(GStrv) fields = g_strsplit(strrchr(text, ')') + 2, " ", -1);
	int64_t ticks = g_ascii_strtoll(fields[11], NULL, 10) + g_ascii_strtoll(fields[12], NULL, 10);

	return ticks * 1000 / sysconf(_SC_CLK_TCK);
}

/* Nobody who came is answered, and nothing is burnt meanwhile. */
static void
assert_waits_quietly(const struct desk *desk, int fd)
{
	int64_t before = busy_ms(desk);

	assert_false(is_answered_within(fd, WATCH_MS));
	assert_in_range(busy_ms(desk) - before, 0, BUSY_MS);
}

static void
come(const struct desk *desk, int *crowd)
{
	for (unsigned i = 0; i < CROWD; i++)
		ask(crowd[i] = reach(desk));
}

static void
assert_all_are_served(const int *crowd)
{
	for (unsigned i = 0; i < CROWD; i++) {
		assert_answered(crowd[i]);
		close(crowd[i]);
	}
}

TEST(without_descriptors_those_who_are_in_are_served_and_the_others_when_there_are_some_again)
{
	struct desk desk;
	int crowd[CROWD], inside;

	begin(&desk, "[softanswer]\n");
	inside = reach(&desk);
	ask(inside);
	assert_answered(inside);
	allow_descriptors(&desk, 1);
	come(&desk, crowd);
	assert_waits_quietly(&desk, crowd[0]);
	ask(inside);
	assert_answered(inside);
	allow_descriptors(&desk, RLIM_INFINITY);
	close(inside);
	assert_all_are_served(crowd);
	end(&desk);
}

TEST(a_desk_with_nobody_inside_and_no_descriptors_waits_quietly_and_serves_again)
{
	struct desk desk;
	int crowd[CROWD];

	begin(&desk, "[softanswer]\n");
	allow_descriptors(&desk, 1);
	come(&desk, crowd);
	assert_waits_quietly(&desk, crowd[0]);
	allow_descriptors(&desk, RLIM_INFINITY);
	assert_all_are_served(crowd);
	end(&desk);
}
