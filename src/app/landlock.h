/*
 * Landlock: the kernel refuses this process, for good, every file that is not below the paths named here.
 *
 * Goes by what lies there when it begins, not by name: a folder that is moved stays allowed. What is open already stays open.
 * A kernel knows as much of it as its version says (landlock(7)); what it does not know is left as it was. One thread only:
 * those started afterwards inherit it, those that run already do not.
 */
#pragma once

#include <stdbool.h>

#include "base/error.h"

struct landlock_rules {
	const char *const *writes; /* folders below which all may be done but executing; up to NULL */
	const char *const *reads;  /* files and folders that may be read too, up to NULL; NULL: anything may be read */
	unsigned port;             /* the one port to listen on */
	bool is_local;             /* no abstract UNIX sockets of others */
};

/* 0: the kernel has none, or it was not switched on. */
int landlock_version(void);

/* Paths that are not there are left out. FAILED says what the kernel refused; nothing is in force then. */
CHECKED gboolean landlock_confine(const struct landlock_rules *rules, GError **error);
