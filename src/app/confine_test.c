/* Facts about a confined process: each runs in a child, which says by its exit code at which line it went wrong. */
#include "app/confine.h"

#include "tests/kit/facts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/landlock.h"
#include "edge/fetch.h"
#include "tests/kit/push_service.h"

static char *folder, *outside;

/* In a child: what is not true ends it. Nothing of cmocka or the sanitizers' ends is done there. */
#define MUST(what)                                                                                                     \
	do {                                                                                                           \
		if (!(what)) {                                                                                         \
			print_error("%s:%d: %s is not so (%s)\n", __FILE__, __LINE__, #what, g_strerror(errno));       \
			_exit(1);                                                                                      \
		}                                                                                                      \
	} while (0)

#define MUST_BE_REFUSED(call) MUST((call) == -1 && (errno == EPERM || errno == EACCES))

/* Runs `facts` in a child, at `place`. */
static void
in_a_child(const struct place *place, void (*facts)(const struct place *place))
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		facts(place);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
confine_fully(const struct place *place)
{
	struct confinement made;

	confine_quietly(place, &made);
	MUST(made.calls > 50);
	MUST(made.landlock == landlock_version());
}

static void (*facts_of_confined)(const struct place *place);

static void
confine_and_see(const struct place *place)
{
	confine_fully(place);
	facts_of_confined(place);
}

/* A new place on a port of the system's choice, for as long as `facts` run in a child. */
static void
at_new_place(const char *database, void (*facts)(const struct place *place))
{
	struct place place;

	folder = fact_folder();
	outside = fact_folder();
	ASSERT_OK(place_find(folder, &place, &error));
	ASSERT_OK(place_make(&place, NULL, &error));
	g_free(place.settings.database);
	place.settings.database = g_strdup(database);
	place.settings.port = 0;
	in_a_child(&place, facts);
	place_clear(&place);
	g_clear_pointer(&folder, g_free);
	g_clear_pointer(&outside, g_free);
}

static void
confined(const char *database, void (*facts)(const struct place *place))
{
	facts_of_confined = facts;
	at_new_place(database, confine_and_see);
}

/* ---- What is refused ---- */

static bool
is_refused(const char *call)
{
	int number = seccomp_syscall_resolve_name(call);

	return number < 0 || (syscall(number, -1L, -1L, -1L, -1L, -1L, -1L) == -1 && errno == EPERM);
}

static void
call_all(const struct place *place)
{
	(void)place;
	for (const char *const *call = confine_calls; *call != NULL; call++) {
#ifdef __SANITIZE_ADDRESS__
		if (strcmp(*call, "ptrace") == 0)
			continue;
#endif
		if (!is_refused(*call))
			print_error("%s is not refused\n", *call);
		MUST(is_refused(*call));
	}
}

TEST(every_listed_call_is_refused)
{
	confined("", call_all);
}

static void
start_programs(const struct place *place)
{
	char *const words[] = { (char *)"/bin/true", NULL };

	(void)place;
	MUST_BE_REFUSED(execv(words[0], words));
	MUST_BE_REFUSED((int)syscall(SYS_unshare, CLONE_NEWUSER));
#ifndef __SANITIZE_ADDRESS__
	MUST_BE_REFUSED(fork());
	MUST(!g_spawn_async(NULL, (char **)words, NULL, 0, NULL, NULL, NULL, NULL));
#endif
	MUST(syscall(SYS_clone3, NULL, 0) == -1 && errno == ENOSYS);
}

TEST(no_program_and_no_process_is_started)
{
	confined("", start_programs);
}

static void
open_sockets(const struct place *place)
{
	static const int good[] = { AF_UNIX, AF_INET, AF_INET6 };

	(void)place;
	for (unsigned i = 0; i < G_N_ELEMENTS(good); i++)
		MUST(socket(good[i], SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0 || errno == EAFNOSUPPORT);
	for (int family = 3; family < 60; family++) {
		if (family != AF_INET6)
			MUST(socket(family, SOCK_DGRAM, 0) == -1 && errno == EPERM);
	}
	MUST(socket(-1, SOCK_DGRAM, 0) == -1 && errno == EPERM);
	MUST(syscall(SYS_socket, (1L << 32) | AF_PACKET, SOCK_DGRAM, 0) == -1 && errno == EPERM);
	MUST_BE_REFUSED(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
}

TEST(sockets_are_of_the_internet_or_of_unix)
{
	confined("", open_sockets);
}

static void
make_code(const struct place *place)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)place;
	MUST(page != MAP_FAILED);
	MUST_BE_REFUSED(mprotect(page, 4096, PROT_READ | PROT_EXEC));
	MUST(mprotect(page, 4096, PROT_READ) == 0);
	MUST(mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED &&
	    errno == EPERM);
}

TEST(memory_that_was_written_is_not_executed)
{
	confined("", make_code);
}

static void
look_for_secrets(const struct place *place)
{
	struct rlimit limit;

	(void)place;
	MUST(prctl(PR_GET_DUMPABLE) == 0);
	MUST(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	MUST(getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_max == 0);
	MUST_BE_REFUSED(ioctl(0, TIOCSTI, "x"));
}

TEST(there_are_no_core_dumps_and_no_new_privileges)
{
	confined("", look_for_secrets);
}

/* Landlock refuses with EACCES. */
static void
write_elsewhere(const struct place *place)
{
	g_autofree char *file = g_build_filename(outside, "file", NULL),
			*own = g_build_filename(place->folder, "own", NULL);

	MUST(g_file_set_contents(own, "x", 1, NULL));
	MUST_BE_REFUSED(open(file, O_WRONLY | O_CREAT, 0600));
	MUST_BE_REFUSED(mkdir(file, 0700));
	MUST_BE_REFUSED(symlink("/", file));
	MUST_BE_REFUSED(rmdir(outside));
	MUST(link(own, file) == -1 && (errno == EXDEV || errno == EACCES));
	MUST_BE_REFUSED(open("/etc/hostname", O_WRONLY));
}

static void
read_elsewhere(const struct place *place)
{
	MUST(open(place->settings_file, O_RDONLY) >= 0);
	MUST(open("/etc/passwd", O_RDONLY) >= 0);
	MUST(open("/proc/self/statm", O_RDONLY) >= 0);
	MUST(open("/dev/urandom", O_RDONLY) >= 0);
	MUST(open("/dev/null", O_RDWR) >= 0);
	MUST_BE_REFUSED(open(outside, O_RDONLY));
	MUST_BE_REFUSED(open("/", O_RDONLY));
}

static void
use_files(const struct place *place)
{
	write_elsewhere(place);
	read_elsewhere(place);
}

TEST(files_are_those_of_the_data_folder_and_read_ones_of_the_system)
{
	if (landlock_version() == 0)
		skip();
	confined("", use_files);
}

static void
read_a_certificate(const struct place *place)
{
	write_elsewhere(place);
	MUST(open(outside, O_RDONLY) >= 0);
}

TEST(a_desk_on_a_server_may_read_certificates_anywhere)
{
	if (landlock_version() == 0)
		skip();
	confined("postgresql://desk@db.example/desk", read_a_certificate);
}

static void
listen_elsewhere(const struct place *place)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int any = socket(AF_INET, SOCK_STREAM, 0), other = socket(AF_INET, SOCK_STREAM, 0);

	(void)place;
	MUST(bind(any, (struct sockaddr *)&address, sizeof address) == 0 && listen(any, 1) == 0);
	address.sin_port = htons(1025);
	MUST_BE_REFUSED(bind(other, (struct sockaddr *)&address, sizeof address));
}

TEST(the_process_listens_on_its_port_only)
{
	if (landlock_version() < 4)
		skip();
	confined("", listen_elsewhere);
}

static void
signal_others(const struct place *place)
{
	(void)place;
	MUST(kill(getpid(), 0) == 0);
	MUST_BE_REFUSED(kill(getppid(), 0));
}

TEST(other_processes_get_no_signals)
{
	if (landlock_version() < 6)
		skip();
	confined("", signal_others);
}

/* ---- What works ---- */

static void
run_sql(sqlite3 *db, const char *sql)
{
	char *said = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK) {
		print_error("%s: %s\n", sql, said);
		_exit(1);
	}
}

/* More than a cache of 64 pages holds: sorting, an index and VACUUM would spill into files. */
static void
use_store(const struct place *place)
{
	sqlite3 *db;

	MUST(sqlite3_open(place->database, &db) == SQLITE_OK);
	run_sql(db,
	    "PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=64; CREATE TABLE x (a INT, b TEXT);"
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
	    "INSERT INTO x SELECT i * 7919 % 20011, printf('%050d', i) FROM n;"
	    "CREATE INDEX y ON x (b, a); SELECT * FROM x ORDER BY b DESC, a; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(db);
}

TEST(sqlite_has_all_that_it_needs)
{
	confined("", use_store);
}

static void
use_linked_store(const struct place *place)
{
	g_autofree char *file = g_build_filename(outside, "real.db", NULL);

	MUST(g_file_set_contents(file, "", 0, NULL));
	MUST(symlink(file, place->database) == 0);
	confine_fully(place);
	use_store(place);
}

/* Its log and shared memory are made beside it. */
TEST(a_database_behind_a_link_is_opened_where_it_lies)
{
	at_new_place("", use_linked_store);
}

/* The C library loads what looks names up only when it is asked: it must find it under the confinement. */
static void
look_names_up(const struct place *place)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG };
	struct addrinfo *found = NULL;

	(void)place;
	MUST(getaddrinfo("localhost", "5432", &hints, &found) == 0);
	freeaddrinfo(found);
}

static void *
run_thread(void *data)
{
	MUST(execl("/bin/true", "true", NULL) == -1 && errno == EPERM);
	return data;
}

static void
use_threads(const struct place *place)
{
	pthread_t thread;
	void *said = NULL;

	MUST(pthread_create(&thread, NULL, run_thread, (void *)place) == 0);
	MUST(pthread_join(thread, &said) == 0 && said == place);
}

static struct push_service *service;

/* By name, in a thread of curl's own; then with TLS, which the other side does not speak: but the system's certificates were read by then. */
static void
fetch_something(const struct place *place)
{
	const struct fetch_settings settings = { .allows_loopback = true };
	struct fetcher *fetcher = fetcher_new(&settings, NULL);
	g_autofree char *url = push_service_url(service, ""), *port = g_strdup(strrchr(url, ':'));
	g_autofree char *by_name = g_strconcat("http://localhost", port, NULL);
	g_autofree char *by_tls = g_strconcat("https://localhost", port, NULL);
	struct fetched answer;
	GError *error = NULL;

	(void)place;
	MUST(fetch(fetcher, &(struct fetch) { .url = by_name }, &answer, NULL));
	MUST(answer.status == 201);
	MUST(!fetch(fetcher, &(struct fetch) { .url = by_tls }, &answer, &error));
	MUST(strstr(error->message, "CA cert") == NULL);
}

TEST(a_push_service_is_reached_and_the_system_s_certificates_are_read)
{
	service = push_service_start();
	confined("", fetch_something);
	push_service_stop(service);
}

TEST(names_are_looked_up_and_certificates_loaded)
{
	confined("", look_names_up);
	confined("postgresql://desk@db.example/desk", look_names_up);
}

TEST(threads_start_and_are_confined_too)
{
	confined("", use_threads);
}

/* ---- Kernels that lack something ---- */

/* From here on the kernel does not know `call`, as an older one, or a container that hides it. */
static void
unlearn(const char *call)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	MUST(filter != NULL);
	MUST(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), seccomp_syscall_resolve_name(call), 0) == 0);
	MUST(seccomp_load(filter) == 0);
	seccomp_release(filter);
}

static void
do_without_landlock(const struct place *place)
{
	struct confinement made;

	unlearn("landlock_create_ruleset");
	confine_quietly(place, &made);
	MUST(made.landlock == 0 && made.calls > 50);
	MUST(strstr(made.lacks, "no Landlock") != NULL && strstr(made.lacks, "seccomp") == NULL);
	MUST(g_file_test(outside, G_FILE_TEST_IS_DIR) && rmdir(outside) == 0);
	MUST(is_refused("execve"));
}

TEST(without_landlock_the_filter_is_in_force_and_the_lack_is_named)
{
	at_new_place("", do_without_landlock);
}

static void
do_without_filters(const struct place *place)
{
	struct confinement made;

	unlearn("seccomp");
	confine_quietly(place, &made);
	MUST(made.calls == 0 && made.landlock == landlock_version());
	MUST(strstr(made.lacks, "no seccomp filters") != NULL);
}

TEST(without_filters_landlock_is_in_force_and_the_lack_is_named)
{
	at_new_place("", do_without_filters);
}

TEST(what_the_kernel_lacks_is_known_beforehand)
{
	g_autofree char *lacks = confine_lacking();

	assert_int_equal(lacks == NULL, landlock_version() > 0);
}
