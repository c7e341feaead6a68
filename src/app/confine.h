/*
 * Confinement: the serving process gives up, for good, what it never does.
 *
 * It starts no program and no process, looks into no other one, mounts nothing, loads nothing into the kernel, speaks no
 * protocol but those of the internet and UNIX sockets (a seccomp filter: such calls get EPERM); it writes only below the data
 * folder, reads only there and what belongs to the system, listens only on its port (Landlock); it gets no new privileges, and
 * no core dump has its memory. Whoever takes the process over is left with little more than the desk itself.
 *
 * - Called once, by `softanswer serve`, before there are threads: those inherit it. Nothing else is confined: the other
 *   sub-commands, and tests that serve inside their own process.
 * - What the kernel does not have is said and done without: an old kernel is no reason not to serve.
 * - What has to run beside the desk (a parser of strangers' mail) is started before this is called, or by somebody else.
 * - A store on a server: libpq reads certificates and its files wherever they are, so reading stays free there.
 * - Under the leak sanitizer, ptrace and processes stay allowed: it stops the others by them.
 */
#pragma once

#include "app/place.h"

struct confinement {
	unsigned calls;      /* how many system calls are refused; 0: no filter */
	int landlock;        /* its version; 0: none */
	bool reads_anywhere; /* only writing is confined */
	char *lacks;         /* what is not in force and why, for people; NULL: nothing */
};

/* Confines the process to `place`, with the settings that will be served, as far as the kernel can; says so in the log. What it could not is
 * returned for people, NULL: nothing; the caller frees. */
CHECKED char *confine(const struct place *place);

/* The same without the log; the caller clears `made`. */
void confine_quietly(const struct place *place, struct confinement *made);
void confinement_clear(struct confinement *made);

/* What this kernel lacks for it, for people; NULL: nothing. The caller frees. */
char *confine_lacking(void);

/* The names of the system calls that are refused whatever their arguments, up to NULL. */
extern const char *const confine_calls[];
