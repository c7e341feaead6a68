/* Files that outlive a power cut: see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

gboolean
file_fails(const char *what, const char *path, GError **error)
{
	return fail(error, FAILED_STORE, "cannot %s %s: %s", what, path, g_strerror(errno));
}

static gboolean
sync_opened(const char *path, int flags, GError **error)
{
	int file = open(path, flags | O_CLOEXEC);

	if (file < 0)
		return file_fails("open", path, error);

	int result = fsync(file), because = errno;

	close(file);
	errno = because;
	return result == 0 || file_fails("fsync", path, error);
}

gboolean
file_sync(const char *path, GError **error)
{
	return sync_opened(path, O_RDWR, error);
}

gboolean
file_sync_folder(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	return sync_opened(folder, O_RDONLY | O_DIRECTORY, error);
}

gboolean
file_make(const char *path, bool must_be_new, GError **error)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file < 0 && errno == EEXIST && !must_be_new)
		return TRUE;
	if (file < 0)
		return file_fails("make", path, error);
	close(file);
	return file_sync_folder(path, error);
}

/* link() and not rename(): it never replaces what is there. */
gboolean
file_name(const char *unfinished, const char *path, GError **error)
{
	if (link(unfinished, path) != 0)
		return file_fails("make", path, error);
	g_unlink(unfinished);
	return file_sync_folder(path, error);
}

static gboolean
write_whole(const char *path, int mode, const void *bytes, size_t size, GError **error)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (file < 0)
		return file_fails("make", path, error);

	bool is_written = write(file, bytes, size) == (ssize_t)size && fsync(file) == 0;
	int because = errno;

	close(file);
	errno = because;
	return is_written || file_fails("write", path, error);
}

gboolean
file_write_new(const char *path, int mode, const void *bytes, size_t size, GError **error)
{
	g_autofree char *unfinished = g_strconcat(path, ".new", NULL);
	g_autoptr(GError) why = NULL;

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	g_unlink(unfinished); /* of a program that was killed, with whatever rights it had */
	if (write_whole(unfinished, mode, bytes, size, error) && file_name(unfinished, path, &why))
		return TRUE;
	g_unlink(unfinished);
	if (why == NULL)
		return FALSE;
	/* Another program may have been quicker. */
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&why));
	return FALSE;
}

gboolean
file_rename(const char *from, const char *to, GError **error)
{
	if (g_rename(from, to) != 0)
		return file_fails("rename", from, error);
	return file_sync_folder(to, error);
}
