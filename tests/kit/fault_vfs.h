/*
 * A disk that fails when it is told to: SQLite's own file layer, with writes and fsyncs counted and one of them refused.
 *
 * fault_vfs_install() makes it the layer of every store that is opened afterwards. The count may be reached on any thread.
 */
#pragma once

#include <stdbool.h>

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
