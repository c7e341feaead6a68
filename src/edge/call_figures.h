/*
 * Figures of calls: how many of each command were done, refused and failed, and how long they took; for metrics.
 *
 * Loop thread.
 */
#pragma once

#include "edge/command.h"

struct call_figures {
	const struct command *command;
	uint64_t done, refused, failed;
	int64_t ns; /* from the bytes to the answer, all together */
};

/* Counts one call; `error` is NULL where it was done. */
void call_figures_add(const struct command *command, const GError *error, int64_t ns);

/* The i-th command that was called at all, from 0; NULL past the last. */
const struct call_figures *call_figures_get(unsigned i);
