/*
 * The proof after a run of the kill loop: what the store has against what the crowd was told. Every check prints one line.
 */
#pragma once

#include "crowd.h"

/* A backup that was taken while the desk was in use. */
struct backup {
	char *path;        /* the file; NULL: none was taken */
	uint64_t answered; /* deeds that had been answered when it began */
	int code;          /* of the backup command; -1: it has not ended */
};

/* All checks on the stopped desk; returns how many failed. */
unsigned proof_run(struct crowd *crowd, const struct backup *backup);

/*
 * What a power cut left, as a desk of its own that does not run yet: starts it, and looks for everything of the first `answered`
 * answers. Prints only what is wrong; returns how many checks failed.
 */
unsigned proof_copy(struct crowd *crowd, struct trial *copy, uint64_t answered);
