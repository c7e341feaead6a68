/*
 * See trial.h.
 */
#include "trial.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_SECONDS 30
#define STOP_SECONDS  20
#define WORDS_MAX     6

/* A port of the loopback that was free a moment ago. */
static int
free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(descriptor, (struct sockaddr *)&address, size) != 0 ||
	    getsockname(descriptor, (struct sockaddr *)&address, &size) != 0)
		bench_die("no port is free");
	close(descriptor);
	return ntohs(address.sin_port);
}

/* Benches lie in BUILD/bench and BUILD/tests/…: the program lies some folders above. */
static char *
program_of_build(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);

	for (char *folder = g_path_get_dirname(self == NULL ? "." : self);;) {
		char *program = g_build_filename(folder, "softanswer", NULL), *above;

		if (g_file_test(program, G_FILE_TEST_IS_REGULAR) || strlen(folder) <= 1) {
			g_free(folder);
			return program;
		}
		g_free(program);
		above = g_path_get_dirname(folder);
		g_free(folder);
		folder = above;
	}
}

char *
trial_commit(const char *program)
{
	g_autofree char *path = program == NULL ? program_of_build() : g_strdup(program), *said = NULL;
	char *words[] = { path, (char *)"version", NULL };
	const char *commit;

	if (!g_spawn_sync(NULL, words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, NULL, NULL) ||
	    (commit = strstr(said, "commit ")) == NULL)
		return g_strdup("unknown");
	return g_strchomp(g_strdup(commit + strlen("commit ")));
}

static char *
folder_make(const char *parent, GError **error)
{
	g_autofree char *template =
	    g_build_filename(parent == NULL ? g_get_tmp_dir() : parent, "softanswer-XXXXXX", NULL);

	if (g_mkdtemp(template) != NULL)
		return g_steal_pointer(&template);
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot make the folder %s", template);
	return NULL;
}

/* Everybody comes from one address, so the desk must not take the crowd for a flood. */
static gboolean
write_settings(const struct trial *trial, GError **error)
{
	g_autofree char *path = g_build_filename(trial->data, "softanswer.conf", NULL), *before = NULL, *text = NULL;

	g_mkdir(trial->data, 0700);
	if (!g_file_get_contents(path, &before, NULL, NULL))
		before = g_strdup("[softanswer]");
	text = g_strconcat(before, "\nfloods = off\nconnections_per_address = 0\n", NULL);
	return g_file_set_contents(path, text, -1, error);
}

/* The trials of this program, for a sudden end. */
static GPtrArray *trials;

/* Nothing is left behind by a bench that gives up. */
static void
close_all(void)
{
	while (trials->len > 0)
		trial_close(g_ptr_array_index(trials, trials->len - 1));
}

static void
remember(struct trial *trial)
{
	if (trials == NULL) {
		trials = g_ptr_array_new();
		atexit(close_all);
	}
	g_ptr_array_add(trials, trial);
}

const char *
trial_server(void)
{
	return g_getenv("SOFTANSWER_TEST_DATABASE");
}

/* createdb and dropdb are the server's own programs. */
static gboolean
change_databases(const char *program, const char *option, const char *name, GError **error)
{
	g_autofree char *server = g_strconcat("--maintenance-db=", trial_server(), NULL), *said = NULL;
	const char *words[] = { program, server, option, name, NULL };
	int status;

	if (!g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status, error))
		return FALSE;
	if (status == 0)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", program, said);
	return FALSE;
}

/* A database of its own: an address is postgresql:///NAME?… */
static gboolean
make_database(struct trial *trial, GError **error)
{
	static unsigned made;
	g_autofree char *name = g_strdup_printf("trial_%d_%u", (int)getpid(), made++);
	const char *options = strchr(trial_server(), '?');

	trial->server = g_strconcat("postgresql:///", name, options == NULL ? "" : options, NULL);
	return change_databases("createdb", "--template=template0", name, error);
}

static void
remove_database(struct trial *trial)
{
	const char *name = trial->server + strlen("postgresql:///");
	g_autofree char *bare = g_strndup(name, strcspn(name, "?"));

	(void)change_databases("dropdb", "--force", bare, NULL);
}

void
trial_adopt(struct trial *trial, const char *program, const char *folder)
{
	*trial = (struct trial) { .folder = g_strdup(folder), .port = free_port() };
	trial->program = program == NULL ? program_of_build() : g_strdup(program);
	trial->data = g_build_filename(folder, "data", NULL);
	trial->log = g_build_filename(folder, "desk.log", NULL);
	remember(trial);
}

gboolean
trial_make(struct trial *trial, const char *program, const char *parent, GError **error)
{
	g_autofree char *folder = folder_make(parent, error);

	if (folder == NULL)
		return FALSE;
	trial_adopt(trial, program, folder);
	return trial_server() == NULL || make_database(trial, error);
}

static gboolean
init_on_server(struct trial *trial, GError **error)
{
	const char *words[] = { "init", "--database", trial->server, NULL };
	g_autofree char *said = NULL;

	if (trial_run(trial, words, &said) == 0)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s init: %s", trial->program, said);
	return FALSE;
}

gboolean
trial_settle(struct trial *trial, GError **error)
{
	return (trial->server == NULL || init_on_server(trial, error)) && write_settings(trial, error);
}

gboolean
trial_open(struct trial *trial, const char *program, const char *parent, GError **error)
{
	return trial_make(trial, program, parent, error) && trial_settle(trial, error);
}

void
trial_remove_folder(const char *path)
{
	GDir *folder = g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *inside = g_build_filename(path, name, NULL);

		if (g_file_test(inside, G_FILE_TEST_IS_DIR) && !g_file_test(inside, G_FILE_TEST_IS_SYMLINK))
			trial_remove_folder(inside);
		else
			g_unlink(inside);
	}
	if (folder != NULL)
		g_dir_close(folder);
	g_rmdir(path);
}

void
trial_close(struct trial *trial)
{
	g_ptr_array_remove(trials, trial);
	if (trial->pid != 0)
		trial_kill(trial);
	if (trial->server != NULL)
		remove_database(trial);
	if (trial->keeps)
		printf("kept: %s\n", trial->folder);
	else
		trial_remove_folder(trial->folder);
	g_free(trial->program);
	g_free(trial->folder);
	g_free(trial->data);
	g_free(trial->log);
	g_free(trial->server);
}

/* In the child: its words go to the log, and it dies with its parent. */
static void
become_desk(void *data)
{
	const struct trial *trial = data;
	int log = open(trial->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0)
		_exit(127);
	close(log);
}

gboolean
trial_spawn(struct trial *trial, GError **error)
{
	g_autofree char *port = g_strdup_printf("%d", trial->port);
	const char *words[] = { trial->program, "serve", "--data", trial->data, "--port", port, NULL };
	GPid pid;

	if (!g_spawn_async(NULL, (char **)words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, become_desk, trial, &pid, error))
		return FALSE;
	trial->pid = pid;
	return TRUE;
}

/* Whether the process has ended by itself; it is reaped then. */
static bool
has_ended(struct trial *trial)
{
	if (trial->pid != 0 && waitpid(trial->pid, NULL, WNOHANG) == 0)
		return false;
	trial->pid = 0;
	return true;
}

static gboolean
complain(const struct trial *trial, const char *what, GError **error)
{
	g_autofree char *said = NULL;
	gsize size = 0;

	if (!g_file_get_contents(trial->log, &said, &size, NULL))
		said = g_strdup("");
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s %s; it said:\n%s", trial->program, what,
	    said + (size > 2000 ? size - 2000 : 0));
	return FALSE;
}

gboolean
trial_wait(struct trial *trial, GError **error)
{
	gint64 end = g_get_monotonic_time() + START_SECONDS * G_USEC_PER_SEC;
	struct http http;
	int status;

	http_init(&http, trial->port);
	while ((status = http_call(&http, "GET", "/healthz", NULL, NULL)) != 200 && !has_ended(trial) &&
	    g_get_monotonic_time() < end)
		g_usleep(1000);
	http_clear(&http);
	return status == 200 || complain(trial, "does not answer", error);
}

gboolean
trial_start(struct trial *trial, GError **error)
{
	return trial_spawn(trial, error) && trial_wait(trial, error);
}

void
trial_kill(struct trial *trial)
{
	if (trial->pid == 0)
		return;
	kill(trial->pid, SIGKILL);
	waitpid(trial->pid, NULL, 0);
	trial->pid = 0;
}

gboolean
trial_stop(struct trial *trial, GError **error)
{
	gint64 end = g_get_monotonic_time() + STOP_SECONDS * G_USEC_PER_SEC;
	int status = 0;

	kill(trial->pid, SIGTERM);
	while (waitpid(trial->pid, &status, WNOHANG) == 0) {
		if (g_get_monotonic_time() > end) {
			trial_kill(trial);
			return complain(trial, "does not stop", error);
		}
		g_usleep(1000);
	}
	trial->pid = 0;
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || complain(trial, "did not stop well", error);
}

int
trial_run(struct trial *trial, const char *const *words, char **output)
{
	const char *all[WORDS_MAX + 4] = { trial->program };
	char *said = NULL, *complained = NULL;
	int count = 1, status = -1;

	while (*words != NULL && count <= WORDS_MAX)
		all[count++] = *words++;
	all[count++] = "--data";
	all[count++] = trial->data;
	if (g_spawn_sync(NULL, (char **)all, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complained, &status, NULL) &&
	    output != NULL)
		*output = g_strconcat(said, complained, NULL);
	g_free(said);
	g_free(complained);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

char *
trial_database(const struct trial *trial)
{
	return trial->server != NULL ? g_strdup(trial->server) : g_build_filename(trial->data, "softanswer.db", NULL);
}

/* The number behind `key` in a file of /proc/PID. */
static int64_t
number_in(const struct trial *trial, const char *file, const char *key)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/%s", (int)trial->pid, file), *text = NULL;
	const char *at;

	if (!g_file_get_contents(path, &text, NULL, NULL) || (at = strstr(text, key)) == NULL)
		return 0;
	return g_ascii_strtoll(at + strlen(key), NULL, 10);
}

int64_t
trial_resident(const struct trial *trial)
{
	return number_in(trial, "smaps_rollup", "\nRss:") * 1024;
}

int64_t
trial_proportional(const struct trial *trial)
{
	return number_in(trial, "smaps_rollup", "\nPss:") * 1024;
}

/* The scheduler's own count: the ticks of /proc/PID/stat miss what runs between them. */
double
trial_seconds(const struct trial *trial)
{
	g_autofree char *threads = g_strdup_printf("/proc/%d/task", (int)trial->pid);
	GDir *folder = g_dir_open(threads, 0, NULL);
	const char *name;
	double seconds = 0;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(threads, name, "schedstat", NULL), *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			seconds += (double)g_ascii_strtoull(text, NULL, 10) / 1e9;
	}
	if (folder != NULL)
		g_dir_close(folder);
	return seconds;
}

double
trial_metric(struct http *http, const char *name)
{
	g_autofree char *text = http_text(http, "/metrics");
	g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit(text, "\n", -1);
	double sum = 0;

	for (char **line = lines; line != NULL && *line != NULL; line++) {
		size_t size = strlen(name);

		if (g_str_has_prefix(*line, name) && ((*line)[size] == ' ' || (*line)[size] == '{'))
			sum += g_ascii_strtod(strrchr(*line, ' ') + 1, NULL);
	}
	return sum;
}

gboolean
trial_may_open(unsigned count, GError **error)
{
	struct rlimit limit;
	rlim_t wanted = count + 1000;

	getrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur >= wanted)
		return TRUE;
	limit.rlim_cur = wanted;
	limit.rlim_max = MAX(limit.rlim_max, wanted);
	if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_MFILE,
	    "needs %u open files: raise the limit (ulimit -n %u) as root", count, (unsigned)wanted);
	return FALSE;
}
