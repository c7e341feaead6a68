/*
 * See bad_disk.h. Only regular files and folders fail, and not the first three descriptors: sockets and the log go on.
 */
#include "bad_disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTORS 4096

static struct bad_disk *disk;
static atomic_bool failed[DESCRIPTORS]; /* its fsync has */

__attribute__((constructor)) static void
find(void)
{
	const char *path = getenv(BAD_DISK_FILE);
	int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
	void *at = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

	if (at != MAP_FAILED)
		disk = at;
	if (file >= 0)
		(void)close(file);
}

static bool
is_on_disk(int descriptor)
{
	struct stat status;
	int before = errno;
	bool is = disk != NULL && descriptor > 2 && descriptor < DESCRIPTORS && fstat(descriptor, &status) == 0 &&
	    (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));

	errno = before;
	return is;
}

/* Whether this call is the one; errno says why then. */
static bool
strikes(int descriptor, enum bad_disk_kind kind)
{
	int before;

	if (!is_on_disk(descriptor) || (disk->kinds & (int)kind) == 0)
		return false;
	before = atomic_fetch_sub(&disk->left, 1);
	if (before > 0 || (before < 0 && !disk->stays))
		return false;
	disk->struck++;
	errno = disk->code;
	return true;
}

/* The call of the C library itself. */
#define REAL(result_, name_, ...)                                                                                      \
	static result_ (*real)(__VA_ARGS__);                                                                           \
	if (real == NULL)                                                                                              \
	real = (result_(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name_)

ssize_t
write(int descriptor, const void *bytes, size_t size)
{
	REAL(ssize_t, write, int, const void *, size_t);
	return strikes(descriptor, BAD_WRITE) ? -1 : real(descriptor, bytes, size);
}

ssize_t
pwrite(int descriptor, const void *bytes, size_t size, off_t at)
{
	REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
	return strikes(descriptor, BAD_WRITE) ? -1 : real(descriptor, bytes, size, at);
}

ssize_t
pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
	REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
	return strikes(descriptor, BAD_WRITE) ? -1 : real(descriptor, bytes, size, at);
}

int
ftruncate(int descriptor, off_t size)
{
	REAL(int, ftruncate, int, off_t);
	return strikes(descriptor, BAD_WRITE) ? -1 : real(descriptor, size);
}

int
ftruncate64(int descriptor, off64_t size)
{
	REAL(int, ftruncate64, int, off64_t);
	return strikes(descriptor, BAD_WRITE) ? -1 : real(descriptor, size);
}

static bool
is_folder(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool
sync_strikes(int descriptor)
{
	if (!is_on_disk(descriptor))
		return false;
	if (disk->slow_ms > 0)
		(void)usleep((useconds_t)disk->slow_ms * 1000);
	disk->again += failed[descriptor] ? 1 : 0;
	if (!strikes(descriptor, BAD_SYNC))
		return false;
	disk->of_folders += is_folder(descriptor) ? 1 : 0;
	failed[descriptor] = true;
	errno = disk->code;
	return true;
}

int
fsync(int descriptor)
{
	REAL(int, fsync, int);
	return sync_strikes(descriptor) ? -1 : real(descriptor);
}

int
fdatasync(int descriptor)
{
	REAL(int, fdatasync, int);
	return sync_strikes(descriptor) ? -1 : real(descriptor);
}

int
close(int descriptor)
{
	REAL(int, close, int);
	if (descriptor >= 0 && descriptor < DESCRIPTORS)
		failed[descriptor] = false;
	return real(descriptor);
}
