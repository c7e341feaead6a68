/*
 * A result of a bench: figures over several runs, each beside the floor or peer that was measured in the same run, as text
 * and in the form of bench/results.
 *
 * A figure's value is the median of its runs; so is its ratio. `also` figures explain the others (the client's own share,
 * batch sizes) and have no goal. One thread.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define RESULT_RUNS_MAX 32

struct figure {
	const char *key, *unit;
	double goal;         /* ignored where `better` is NULL */
	const char *better;  /* "lower", "higher", or NULL: only told */
	const char *against; /* what `ratio` divides by; NULL: the goal */
	double values[RESULT_RUNS_MAX], others[RESULT_RUNS_MAX], goals[RESULT_RUNS_MAX];
	unsigned runs;
};

struct result {
	const char *bench;
	char *commit;
	struct figure *figures; /* up to a NULL key, in the order in which they are told */
	bool is_quick;
	GString *remarks;
};

/* Before the first run; `commit` is that of the program which is measured: trial_commit(). */
void result_init(struct result *result, const char *bench, struct figure *figures, bool is_quick, const char *commit);
void result_clear(struct result *result);

/* One run's value, and the value of what it is held against in that run (0: nothing, the goal counts). */
void result_add(struct result *result, const char *key, double value, double other);

/* The same where the goal itself was measured in the run. */
void result_add_goal(struct result *result, const char *key, double value, double other, double goal);

/* The median of a figure so far. */
double result_value(struct result *result, const char *key);

/* A sentence below the figures. */
void result_say(struct result *result, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Prints the text, and writes the JSON where `path` is not NULL. */
gboolean result_tell(const struct result *result, const char *path, GError **error);

/* The median of values; 0 for none. */
double result_median(const double *values, unsigned count);
