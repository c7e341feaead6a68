/*
 * See disk.h.
 */
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "http.h"

#define COPIES_MAX 1000
#define COPY_BYTES (1 << 20)

bool
disk_may_mount(const char *what)
{
	const char *why = geteuid() != 0 ? "only root can mount disks"
	    : unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0
	    ? "mounting is not allowed here"
	    : NULL;

	if (why != NULL)
		printf("skipped  %s: %s\n", what, why);
	return why == NULL;
}

char *
disk_parent(void)
{
	return g_strdup(g_file_test("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir());
}

/* Runs a program; false where it says no. */
static bool
run(const char *const *words)
{
	int status = -1;

	return g_spawn_sync(NULL, (char **)words, NULL,
		   G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
		   NULL, &status, NULL) &&
	    status == 0;
}

static char *
folder_below(const char *parent)
{
	char *folder = g_build_filename(parent, "softanswer-disk-XXXXXX", NULL);

	if (g_mkdtemp(folder) == NULL)
		bench_die("cannot make the folder %s", folder);
	return folder;
}

bool
disk_open(struct disk *disk, const char *parent, const char *image)
{
	struct stat status;

	*disk = (struct disk) { .folder = folder_below(parent), .image = g_strdup(image) };

	const char *words[] = { "mount", "-o", "loop", image, disk->folder, NULL };

	if (!run(words) || stat(disk->folder, &status) != 0) {
		disk_close(disk);
		return false;
	}
	disk->device = g_strdup_printf("/sys/dev/block/%u:%u", major(status.st_dev), minor(status.st_dev));
	return true;
}

void
disk_make(struct disk *disk, const char *parent, unsigned megabytes)
{
	g_autofree char *image = g_build_filename(parent, "softanswer-image-XXXXXX", NULL);
	int file = g_mkstemp(image);
	const char *words[] = { "mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0",
		image, NULL };

	if (file < 0 || ftruncate(file, (off_t)megabytes << 20) != 0 || close(file) != 0 || !run(words) ||
	    !disk_open(disk, parent, image))
		bench_die("cannot make a disk of %u MB below %s", megabytes, parent);
}

void
disk_make_in_memory(struct disk *disk, const char *parent, unsigned megabytes)
{
	g_autofree char *options = g_strdup_printf("size=%um,mode=0700", megabytes);

	*disk = (struct disk) { .folder = folder_below(parent) };
	if (mount("tmpfs", disk->folder, "tmpfs", 0, options) != 0)
		bench_die("cannot make a disk of %u MB in memory: %s", megabytes, g_strerror(errno));
}

void
disk_close(struct disk *disk)
{
	(void)umount2(disk->folder, MNT_DETACH);
	(void)g_rmdir(disk->folder);
	if (disk->image != NULL)
		(void)g_unlink(disk->image);
	g_clear_pointer(&disk->folder, g_free);
	g_clear_pointer(&disk->image, g_free);
	g_clear_pointer(&disk->device, g_free);
}

/* Writes that the device has done, and how many things it has under way. */
static bool
figures(const struct disk *disk, unsigned long long *writes, unsigned long long *under_way)
{
	g_autofree char *path = g_build_filename(disk->device, "stat", NULL), *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) &&
	    sscanf(text, "%*u %*u %*u %*u %llu %*u %*u %*u %llu", writes, under_way) == 2;
}

static void
copy_range(int from, int to, off_t at, off_t end, char *bytes)
{
	while (at < end) {
		ssize_t got = pread(from, bytes, (size_t)MIN(end - at, COPY_BYTES), at);

		if (got <= 0 || pwrite(to, bytes, (size_t)got, at) != got)
			bench_die("cannot copy a disk: %s", g_strerror(errno));
		at += got;
	}
}

/* Only what is in it: the rest are holes in both. */
static void
copy_image(const char *image, const char *goal)
{
	int from = open(image, O_RDONLY | O_CLOEXEC), to = open(goal, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	off_t size = from < 0 ? -1 : lseek(from, 0, SEEK_END), at = 0, end = 0;
	g_autofree char *bytes = g_malloc(COPY_BYTES);

	if (size < 0 || to < 0 || ftruncate(to, size) != 0)
		bench_die("cannot copy a disk: %s", g_strerror(errno));
	while ((at = lseek(from, end, SEEK_DATA)) >= 0 && (end = lseek(from, at, SEEK_HOLE)) >= 0)
		copy_range(from, to, at, end, bytes);
	close(from);
	close(to);
}

void
disk_copy(const struct disk *disk, const char *to)
{
	unsigned long long before, after, under_way;

	for (unsigned n = 0; n < COPIES_MAX; n++) {
		if (!figures(disk, &before, &under_way))
			bench_die("%s says nothing of its writes", disk->device);
		if (under_way > 0)
			continue;
		copy_image(disk->image, to);
		if (figures(disk, &after, &under_way) && after == before && under_way == 0)
			return;
	}
	bench_die("the kernel never stops to write to %s", disk->image);
}

char *
disk_place(const struct disk *copy, const struct disk *disk, const char *path)
{
	if (!g_str_has_prefix(path, disk->folder))
		bench_die("%s is not on %s", path, disk->folder);
	return g_strconcat(copy->folder, path + strlen(disk->folder), NULL);
}
