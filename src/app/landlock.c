/* Landlock: see landlock.h. The C library has no functions for it, and its headers may know less than the kernel. */
#include "app/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What came after version 2, the one of Debian 12's headers; by the names of the kernel's documentation. */
enum {
	FS_TRUNCATE = 1 << 14,     /* 3 */
	NET_BIND_TCP = 1 << 0,     /* 4 */
	RULE_NET_PORT = 2,         /* 4 */
	FS_IOCTL_DEVICE = 1 << 15, /* 5 */
	SCOPE_ABSTRACT_SOCKET = 1, /* 6 */
	SCOPE_SIGNAL = 2,          /* 6 */
};

/* As the newest version above has them; an older kernel takes it as long as what it does not know is 0. */
struct rule_set {
	guint64 files, ports, scoped;
};

struct port_rule {
	guint64 allowed, port;
};

#define READING   (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define OF_A_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)

/* All that is done to files in `version`, but executing them. */
static guint64
file_rights(int version)
{
	guint64 rights = READING | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

	if (version >= 2)
		rights |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		rights |= FS_TRUNCATE;
	if (version >= 5)
		rights |= FS_IOCTL_DEVICE;
	return rights;
}

int
landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return version < 0 ? 0 : (int)version;
}

static gboolean
fail_at(const char *what, GError **error)
{
	return fail(error, FAILED, "Landlock: %s: %s", what, g_strerror(errno));
}

/* Devices and their like are made and driven nowhere, not even in the data folder. */
static guint64
rights_below(guint64 rights)
{
	return rights & ~(guint64)(FS_IOCTL_DEVICE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK);
}

static gboolean
allow(int rules, const char *path, guint64 rights, GError **error)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights,
		.parent_fd = open(path, O_PATH | O_CLOEXEC) };
	struct stat about;

	if (rule.parent_fd < 0)
		return errno == ENOENT || errno == EACCES || fail_at(path, error);
	/* A right of folders on a file is refused. */
	if (fstat(rule.parent_fd, &about) == 0 && !S_ISDIR(about.st_mode))
		rule.allowed_access &= OF_A_FILE;

	bool is_added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	gboolean is_done = is_added || fail_at(path, error);

	close(rule.parent_fd);
	return is_done;
}

static gboolean
allow_all(int rules, const char *const *paths, guint64 rights, GError **error)
{
	for (; paths != NULL && *paths != NULL; paths++) {
		if (!allow(rules, *paths, rights, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
allow_port(int rules, unsigned port, GError **error)
{
	const struct port_rule rule = { .allowed = NET_BIND_TCP, .port = port };

	return syscall(SYS_landlock_add_rule, rules, RULE_NET_PORT, &rule, 0) == 0 || fail_at("the port", error);
}

static gboolean
enforce(int rules, GError **error)
{
	return (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, rules, 0) == 0) ||
	    fail_at("restricting", error);
}

gboolean
landlock_confine(const struct landlock_rules *wanted, GError **error)
{
	int version = landlock_version();
	guint64 files = file_rights(version), scoped = SCOPE_SIGNAL | (wanted->is_local ? SCOPE_ABSTRACT_SOCKET : 0);

	if (wanted->reads == NULL)
		files &= ~(guint64)READING;

	const struct rule_set set = { .files = files | LANDLOCK_ACCESS_FS_EXECUTE,
		.ports = version >= 4 ? NET_BIND_TCP : 0,
		.scoped = version >= 6 ? scoped : 0 };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &set, sizeof set, 0);

	if (rules < 0)
		return fail_at("rules", error);

	gboolean is_done = allow_all(rules, wanted->writes, rights_below(files), error) &&
	    allow_all(rules, wanted->reads, files & READING, error) &&
	    (version < 4 || allow_port(rules, wanted->port, error)) && enforce(rules, error);

	close(rules);
	return is_done;
}
