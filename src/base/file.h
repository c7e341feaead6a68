/*
 * Files that outlive a power cut: when one of these functions has returned TRUE, what it did is on the disk.
 *
 * A file that must never be seen half done is written beside its place, brought to the disk, and gets its name then; what is there
 * already is never replaced by that. All set *error as FAILED_STORE, with the path. Any thread; they wait for the disk, so not on the
 * loop.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* Sets *error from errno, "cannot WHAT PATH: …", and returns FALSE. */
gboolean file_fails(const char *what, const char *path, GError **error);

/* What is in the file. */
CHECKED gboolean file_sync(const char *path, GError **error);

/* That something was made, renamed or removed at `path`. */
CHECKED gboolean file_sync_folder(const char *path, GError **error);

/* Makes an empty file that only its owner may read. TRUE too where it was there already, unless `must_be_new`. */
CHECKED gboolean file_make(const char *path, bool must_be_new, GError **error);

/* Calls a whole file from now on `path`, where nothing may be yet. */
CHECKED gboolean file_name(const char *unfinished, const char *path, GError **error);

/* Makes a file with these bytes. TRUE too where there is one, which stays as it is, whoever made it in the meantime. */
CHECKED gboolean file_write_new(const char *path, int mode, const void *bytes, size_t size, GError **error);

/* Renames; what was called `to` is gone. */
CHECKED gboolean file_rename(const char *from, const char *to, GError **error);
