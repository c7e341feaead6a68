/* A disk that fails when it is told to: see fault_vfs.h. */
#include "tests/kit/fault_vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <stdatomic.h>

struct fault_file {
	sqlite3_file base; /* first */
	sqlite3_file *real;
	const char *path; /* SQLite keeps it while the file is open; NULL: a temporary one */
	bool is_store;
};

static sqlite3_vfs *real_vfs;
static const struct fault_vfs_watcher *watcher;
static int (*real_open_directory)(const char *path, int *descriptor);
static _Atomic int kinds_armed, calls_left, code_wanted, has_struck;
static _Atomic bool fault_stays;

void
fault_vfs_arm(unsigned kinds, unsigned n, int code, bool stays)
{
	calls_left = (int)n;
	code_wanted = code;
	fault_stays = stays;
	has_struck = 0;
	kinds_armed = (int)kinds;
}

bool
fault_vfs_disarm(void)
{
	kinds_armed = 0;
	return has_struck > 0;
}

/* The code of the fault, if it strikes now. */
static int
strike(enum fault_vfs_kind kind)
{
	if ((kinds_armed & (int)kind) == 0)
		return SQLITE_OK;

	int before = calls_left--;

	if (before > 0 || (before < 0 && !fault_stays))
		return SQLITE_OK;
	has_struck++;
	return code_wanted;
}

void
fault_vfs_watch(const struct fault_vfs_watcher *who)
{
	watcher = who;
}

#define REAL(file_)                (((struct fault_file *)(file_))->real)
#define PATH(file_)                (((struct fault_file *)(file_))->path)
#define IS_WATCHED(file_)          (watcher != NULL && PATH(file_) != NULL)
#define FORWARD(name_, file_, ...) (REAL(file_)->pMethods->name_(REAL(file_), ##__VA_ARGS__))

static int
file_close(sqlite3_file *file)
{
	return FORWARD(xClose, file);
}

static int
file_read(sqlite3_file *file, void *to, int count, sqlite3_int64 from)
{
	return FORWARD(xRead, file, to, count, from);
}

static int
file_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 to)
{
	int code = strike(FAULT_WRITE);

	if (code != SQLITE_OK)
		return code;
	if (IS_WATCHED(file))
		watcher->writes(PATH(file), from, (size_t)count, to);
	return FORWARD(xWrite, file, from, count, to);
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	int code = strike(FAULT_WRITE);

	if (code != SQLITE_OK)
		return code;
	if (IS_WATCHED(file))
		watcher->shortens(PATH(file), size);
	return FORWARD(xTruncate, file, size);
}

static int
file_sync(sqlite3_file *file, int flags)
{
	int code = strike(FAULT_SYNC);

	if (code == SQLITE_OK && ((struct fault_file *)file)->is_store)
		code = strike(FAULT_STORE_SYNC);
	if (code != SQLITE_OK)
		return code;
	if (IS_WATCHED(file))
		watcher->syncs(PATH(file));
	return FORWARD(xSync, file, flags);
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return FORWARD(xFileSize, file, size);
}

static int
file_lock(sqlite3_file *file, int level)
{
	return FORWARD(xLock, file, level);
}

static int
file_unlock(sqlite3_file *file, int level)
{
	return FORWARD(xUnlock, file, level);
}

static int
file_is_reserved(sqlite3_file *file, int *result)
{
	return FORWARD(xCheckReservedLock, file, result);
}

static int
file_control(sqlite3_file *file, int what, void *data)
{
	return FORWARD(xFileControl, file, what, data);
}

static int
file_sector_size(sqlite3_file *file)
{
	return FORWARD(xSectorSize, file);
}

static int
file_device(sqlite3_file *file)
{
	return FORWARD(xDeviceCharacteristics, file);
}

static int
file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **to)
{
	return FORWARD(xShmMap, file, page, size, extend, to);
}

static int
file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	return FORWARD(xShmLock, file, offset, count, flags);
}

static void
file_shm_barrier(sqlite3_file *file)
{
	FORWARD(xShmBarrier, file);
}

static int
file_shm_unmap(sqlite3_file *file, int is_delete)
{
	return FORWARD(xShmUnmap, file, is_delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_is_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_device,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

/* The room for the real file lies behind ours: szOsFile says so. */
static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
	struct fault_file *fault = (struct fault_file *)file;

	(void)vfs;
	fault->real = (sqlite3_file *)(fault + 1);
	fault->is_store = (flags & SQLITE_OPEN_MAIN_DB) != 0;
	fault->path = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0 ? NULL : name;
	if (IS_WATCHED(fault))
		watcher->opens(name);

	int code = real_vfs->xOpen(real_vfs, name, fault->real, flags, flags_out);

	fault->base.pMethods = fault->real->pMethods == NULL ? NULL : &methods;
	return code;
}

static int
vfs_delete(sqlite3_vfs *vfs, const char *path, int must_last)
{
	(void)vfs;
	if (watcher != NULL)
		watcher->removes(path);
	return real_vfs->xDelete(real_vfs, path, must_last);
}

/* SQLite opens a folder for nothing else than to fsync it at once. */
static int
open_directory(const char *path, int *descriptor)
{
	if (watcher != NULL)
		watcher->syncs_folder(path);
	return real_open_directory(path, descriptor);
}

void
fault_vfs_install(void)
{
	static sqlite3_vfs vfs;

	if (real_vfs != NULL)
		return;
	real_vfs = sqlite3_vfs_find(NULL);
	vfs = *real_vfs;
	vfs.zName = "fault";
	vfs.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
	vfs.xOpen = vfs_open;
	vfs.xDelete = vfs_delete;
	real_open_directory = (int (*)(const char *, int *))real_vfs->xGetSystemCall(real_vfs, "openDirectory");
	g_assert(real_vfs->xSetSystemCall(real_vfs, "openDirectory", (sqlite3_syscall_ptr)open_directory) == SQLITE_OK);
	g_assert(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}
