/*
 * A run of any play of the simulation: its seed and the chances drawn of it, its steps, and the words of what is broken.
 *
 * The same seed gives the same run again, on every machine. What is broken is said with the step and the one command that repeats
 * it, and ends the program; so do the kit's own failures, and an assertion of the desk.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct run {
	const char *play;  /* the words between script/sim and its options, such as "year " */
	char options[128]; /* that are not what they would be without saying so, each with a space before it */
	uint64_t seed, chance;
	unsigned step, steps;
};

/* Begins to draw of the seed, and to speak for this run. */
void run_begin(struct run *run);

/* The next number, in 0..below-1; and whether something happens that happens so many times in a thousand. */
unsigned run_chance(struct run *run, unsigned below);
bool run_happens(struct run *run, unsigned in_thousand);

/* Takes --seed and --steps; false for another option. */
bool run_takes(struct run *run, const char *option, int64_t number);

/* Says what is broken; the program ends. */
void run_broken(struct run *run, const char *format, ...) G_GNUC_PRINTF(2, 3) G_GNUC_NORETURN;
