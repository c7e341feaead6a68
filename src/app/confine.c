/* Confinement: see confine.h. */
#include "app/confine.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/landlock.h"
#include "base/log.h"

#define NO_LANDLOCK "the kernel has no Landlock: files are guarded by their permissions and by systemd only"
#define NO_FILTER   "the kernel has no seccomp filters: no system call is refused"
#define BAD_FILTER  "the kernel did not take the seccomp filter: no system call is refused"

#ifdef __SANITIZE_ADDRESS__
#define HAS_LEAK_SANITIZER true
#else
#define HAS_LEAK_SANITIZER false
#endif

const char *const confine_calls[] = {
	/* Other programs and processes. */
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
	"pidfd_getfd", "kcmp", "personality",
	/* Users: a desk stays who it was at the start. */
	"setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid",
	"capset",
	/* Mounts, roots and namespaces, and ways around paths. */
	"mount", "umount", "umount2", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick",
	"mount_setattr", "chroot", "pivot_root", "setns", "unshare", "open_by_handle_at", "name_to_handle_at",
	"quotactl", "quotactl_fd", "fanotify_init", "swapon", "swapoff", "acct", "mknod", "mknodat",
	/* The machine and its kernel. */
	"reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "bpf",
	"perf_event_open", "syslog", "iopl", "ioperm", "modify_ldt", "vhangup", "uselib", "lookup_dcookie",
	"nfsservctl", "sethostname", "setdomainname", "settimeofday", "stime", "adjtimex", "clock_settime",
	"clock_settime64", "clock_adjtime", "clock_adjtime64",
	/* Large doors into the kernel that nobody here needs; libuv asks for io_uring and goes on without. */
	"userfaultfd", "keyctl", "add_key", "request_key", "io_uring_setup", "io_uring_enter", "io_uring_register",
	"vmsplice", "remap_file_pages", "shmat", NULL
};

/* What the leak sanitizer stops the other threads by. */
static bool
is_needed(const char *call)
{
	return HAS_LEAK_SANITIZER && strcmp(call, "ptrace") == 0;
}

/* ---- The filter ---- */

static bool
refuse_calls(scmp_filter_ctx filter)
{
	for (const char *const *call = confine_calls; *call != NULL; call++) {
		int number = seccomp_syscall_resolve_name(*call);

		/* Those that this machine or this library has never heard of. */
		if (number < 0 || is_needed(*call))
			continue;
		if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) != 0)
			return false;
	}
	return true;
}

/* A call with an argument that matches; upper halves that the kernel would ignore are not ignored here. */
static bool
refuse_with(scmp_filter_ctx filter, const char *call, struct scmp_arg_cmp argument)
{
	int number = seccomp_syscall_resolve_name(call);

	return number < 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1, argument) == 0;
}

/* All families but those of UNIX (1), IPv4 (2) and IPv6 (10); raw sockets. */
static bool
refuse_sockets(scmp_filter_ctx filter)
{
	bool is_done = refuse_with(filter, "socket", SCMP_A0(SCMP_CMP_GT, AF_INET6)) &&
	    refuse_with(filter, "socket", SCMP_A1(SCMP_CMP_MASKED_EQ, 0xf, SOCK_RAW));

	for (unsigned family = AF_INET + 1; is_done && family < AF_INET6; family++)
		is_done = refuse_with(filter, "socket", SCMP_A0(SCMP_CMP_EQ, family));
	return is_done;
}

/* Memory that was written is never executed: what is injected stays data. */
static bool
refuse_code(scmp_filter_ctx filter)
{
	const scmp_datum_t both = PROT_WRITE | PROT_EXEC;

	return refuse_with(filter, "mmap", SCMP_A2(SCMP_CMP_MASKED_EQ, both, both)) &&
	    refuse_with(filter, "mmap2", SCMP_A2(SCMP_CMP_MASKED_EQ, both, both)) &&
	    refuse_with(filter, "mprotect", SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)) &&
	    refuse_with(filter, "pkey_mprotect", SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
}

/* Threads yes, processes no. The flags of clone3 lie in memory, which no filter sees: the C library then takes clone. */
static bool
refuse_processes(scmp_filter_ctx filter)
{
	return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
	    (HAS_LEAK_SANITIZER || refuse_with(filter, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)));
}

/* Typing into the terminal that the desk was started from. */
static bool
refuse_typing(scmp_filter_ctx filter)
{
	return refuse_with(filter, "ioctl", SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSTI));
}

static bool
load(scmp_filter_ctx filter)
{
	/* TSYNC: also threads that a sanitizer has started. OPTIMIZE 2: a tree, for what the kernel does not remember. */
	return seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
	    seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 && refuse_calls(filter) &&
	    refuse_sockets(filter) && refuse_code(filter) && refuse_processes(filter) && refuse_typing(filter) &&
	    seccomp_load(filter) == 0;
}

static bool
filter_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool is_loaded = filter != NULL && load(filter);

	if (filter != NULL)
		seccomp_release(filter);
	return is_loaded;
}

static bool
has_filters(void)
{
	const guint32 action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* ---- Files ---- */

/*
 * What the program and its libraries read while it runs: libraries that load late, time zones, names of hosts, the C library's
 * settings. A program that lies elsewhere with its libraries (its own folder is looked up) brings them along.
 */
static const char *const system_paths[] = { "/etc", "/usr", "/lib", "/lib32", "/lib64", "/proc", "/sys", "/dev/null",
	"/dev/zero", "/dev/random", "/dev/urandom", "/run/systemd", "/run/resolvconf", "/run/NetworkManager",
	"/run/nscd", "/var/lib/sss" };

/* Where the database lies in truth, should its name be a link: SQLite puts its log beside it. Or NULL. */
static char *
database_folder(const struct place *place)
{
	char *path = realpath(place->database, NULL);
	char *folder = path == NULL ? NULL : g_path_get_dirname(path);

	free(path);
	return folder;
}

static char *
program_folder_of_self(void)
{
	g_autofree char *path = g_file_read_link("/proc/self/exe", NULL);

	return path == NULL ? NULL : g_path_get_dirname(path);
}

static gboolean
confine_files(const struct place *place, GError **error)
{
	bool is_on_server = place_is_on_server(place);
	g_autofree char *database = database_folder(place), *program = program_folder_of_self();
	const char *const writes[] = { place->folder, "/dev/null", database, NULL };
	const char *reads[G_N_ELEMENTS(system_paths) + 2] = { program };

	memcpy(reads + (program != NULL), system_paths, sizeof system_paths);

	const struct landlock_rules rules = { .writes = writes,
		.reads = is_on_server ? NULL : reads,
		.port = (unsigned)place->settings.port,
		.is_local = !is_on_server };

	return landlock_confine(&rules, error);
}

/* ---- All of it ---- */

/*
 * RLIMIT_CORE alone does not keep the memory from a program that /proc/sys/kernel/core_pattern pipes it into; a process that is
 * not dumpable is not dumped at all, and others of the same user can neither trace it nor read its /proc/self/mem.
 */
static void
keep_secrets(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static unsigned
count_calls(void)
{
	return g_strv_length((char **)confine_calls);
}

static void
lack(struct confinement *made, const char *what)
{
	char *both = made->lacks == NULL ? g_strdup(what) : g_strconcat(made->lacks, "; ", what, NULL);

	g_free(made->lacks);
	made->lacks = both;
}

/* Landlock first: the filter leaves its calls alone, but nothing is left to chance. */
void
confine_quietly(const struct place *place, struct confinement *made)
{
	g_autoptr(GError) error = NULL;

	*made = (struct confinement) { .reads_anywhere = place_is_on_server(place) };
	keep_secrets();
	if (landlock_version() == 0)
		lack(made, NO_LANDLOCK);
	else if (confine_files(place, &error))
		made->landlock = landlock_version();
	else
		lack(made, error->message);
	if (filter_calls())
		made->calls = count_calls();
	else
		lack(made, has_filters() ? BAD_FILTER : NO_FILTER);
}

void
confinement_clear(struct confinement *made)
{
	g_clear_pointer(&made->lacks, g_free);
}

char *
confine(const struct place *place)
{
	struct confinement made;

	confine_quietly(place, &made);

	g_autofree char *calls = g_strdup_printf("%u", made.calls), *landlock = g_strdup_printf("%d", made.landlock);

	log_line(made.lacks == NULL ? LOG_INFO : LOG_WARNING, "desk.confined", "refused_calls", calls, "landlock",
	    landlock, "writes", made.landlock > 0 ? place->folder : "anywhere", "reads",
	    made.landlock > 0 && !made.reads_anywhere ? "the data folder and the system" : "anywhere", "lacks",
	    made.lacks == NULL ? "nothing" : made.lacks, NULL);

	char *lacks = g_steal_pointer(&made.lacks);

	confinement_clear(&made);
	return lacks;
}

char *
confine_lacking(void)
{
	struct confinement could = { 0 };

	if (landlock_version() == 0)
		lack(&could, NO_LANDLOCK);
	if (!has_filters())
		lack(&could, NO_FILTER);
	return could.lacks;
}
