/* Runs: see run.h. */
#include "tests/sim/run.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/kit/desk.h"

static struct run *running; /* for what the kit finds broken */

static G_GNUC_NORETURN void
say(const struct run *run, const char *what)
{
	printf("sim: step %u: %s\nsim: repeat it with: script/sim %s--seed %" G_GUINT64_FORMAT " --steps %u%s\n",
	    run->step, what, run->play, run->seed, run->step, run->options);
	printf("0 passed, 1 failed\n");
	exit(1);
}

void
run_broken(struct run *run, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say(run, g_strdup_vprintf(format, arguments)); /* kept: it is the last thing that is said */
}

static void
kit_broken(const char *says)
{
	say(running, says);
}

/* An assertion of the desk is an invariant as well: it has said its own words already. */
static void
desk_aborted(int number)
{
	(void)number;
	say(running, "the desk stopped itself");
}

void
run_begin(struct run *run)
{
	running = run;
	run->chance = run->seed;
	kit_fails = kit_broken;
	sigaction(SIGABRT, &(struct sigaction) { .sa_handler = desk_aborted }, NULL);
	printf("sim: seed %" G_GUINT64_FORMAT ", %u steps\n", run->seed, run->steps);
	fflush(stdout);
}

/* splitmix64: small, good enough, and the same on every machine. */
static uint64_t
draw(struct run *run)
{
	uint64_t z = run->chance += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

unsigned
run_chance(struct run *run, unsigned below)
{
	return (unsigned)((draw(run) >> 32) * below >> 32);
}

bool
run_happens(struct run *run, unsigned in_thousand)
{
	return run_chance(run, 1000) < in_thousand;
}

bool
run_takes(struct run *run, const char *option, int64_t number)
{
	if (strcmp(option, "--seed") == 0)
		run->seed = (uint64_t)number;
	else if (strcmp(option, "--steps") == 0)
		run->steps = (unsigned)number;
	else
		return false;
	return true;
}
