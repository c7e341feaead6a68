/*
 * A disk that fails when it is told to: SQLite's own file layer, with writes and fsyncs counted and one of them refused.
 *
 * fault_vfs_install() makes it the layer of every store that is opened afterwards. The count may be reached on any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault_vfs_kind {
	FAULT_WRITE = 1,      /* writing to a file or making it shorter */
	FAULT_SYNC = 2,       /* of any file */
	FAULT_STORE_SYNC = 4, /* of the store itself and not its log: only checkpoints do that */
};

void fault_vfs_install(void);

/* The n-th (0, 1, …) call of one of `kinds` from now on gives the SQLite code `code`, and does nothing; so do all after it
 * where `stays`. */
void fault_vfs_arm(unsigned kinds, unsigned n, int code, bool stays);

/* All is well again; true where the fault has struck. */
bool fault_vfs_disarm(void);

/* Is told what the disk is asked for, before it is done; `path` is that of the file. (power_vfs.h) */
struct fault_vfs_watcher {
	void (*opens)(const char *path);
	void (*writes)(const char *path, const void *bytes, size_t size, int64_t at);
	void (*shortens)(const char *path, int64_t size);
	void (*syncs)(const char *path);
	void (*removes)(const char *path);
	void (*syncs_folder)(const char *path); /* that of this file */
};

/* NULL: nobody is told. One at a time, for stores that one thread uses. */
void fault_vfs_watch(const struct fault_vfs_watcher *watcher);
