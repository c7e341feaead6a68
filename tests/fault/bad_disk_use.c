/*
 * The tests' side of the bad disk: see bad_disk.h.
 */
#include <fcntl.h>
#include <glib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bad_disk.h"
#include "http.h"

struct bad_disk *
bad_disk_make(const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct bad_disk *disk;

	if (file < 0 || ftruncate(file, sizeof *disk) != 0)
		bench_die("cannot make %s", path);
	disk = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	close(file);
	if (disk == MAP_FAILED)
		bench_die("cannot map %s", path);
	return disk;
}

void
bad_disk_free(struct bad_disk *disk)
{
	munmap(disk, sizeof *disk);
}

/* The library lies beside this program. */
void
bad_disk_begin(const char *path)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL), *folder = g_path_get_dirname(self);
	g_autofree char *library = g_build_filename(folder, "libbad-disk.so", NULL);

	g_setenv("LD_PRELOAD", library, TRUE);
	g_setenv(BAD_DISK_FILE, path, TRUE);
}

void
bad_disk_end(void)
{
	g_unsetenv("LD_PRELOAD");
	g_unsetenv(BAD_DISK_FILE);
}
