/*
 * Status: how the desk is, for whoever looks after it.
 *
 * What the store knows of it: who waits, what is owed, sites whose widget nobody has seen yet. What the machine and the process know
 * (disk, writer, sockets, confinement) is added by the door, status_api.c, which also reads the disk on the reader's thread, so
 * that a slow disk holds up nobody. Reads only. Non-goal: figures over time (edge/metrics.h).
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct tx;

/* A site that is not archived, whose widget was never seen on a page of its own. */
struct status_site {
	const char *site, *name;
};
struct status_sites {
	const struct status_site *rows;
	size_t count;
};

struct status_desk {
	int64_t waiting, waiting_since; /* chats in the line; since when the first of them, or 0 */
	int64_t owned;
	int64_t online;  /* people who answer customers */
	int64_t overdue; /* promises whose time is over */
	struct status_sites unseen;
};

CHECKED gboolean status_desk(struct tx *tx, struct status_desk *desk, GError **error);
