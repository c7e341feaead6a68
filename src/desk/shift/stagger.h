/*
 * Staggering: weekly shifts moved by two hours at most, so that there are fewer minutes with nobody there and fewer with more people
 * than seats. Pure; `memory` (talloc) keeps what it needed, 60 kB a call.
 *
 * Minutes are those of one week by the clock on the wall, from Monday's first on; what runs past Sunday goes on on Monday. A *gap* is
 * a wanted minute with nobody on shift; *crowding* counts, for each minute, the people for whom there is no seat.
 *
 * It goes over the shifts one by one and moves each, within its day, to where it helps most (a minute of a gap counts four times one
 * of crowding); never so that gaps or crowding get worse, that more of it lies where nobody is wanted, or that two shifts of one
 * person meet. Again and again until nothing gets better, at most STAGGER_ROUNDS times: shifts x rounds x a day's minutes are the
 * steps that it takes. The same shifts in the same order are moved in the same way. Non-goal: what only helps when two are moved at
 * once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEEK_MINUTES        10080
#define STAGGER_MINUTES_MAX 120
#define STAGGER_ROUNDS      8
#define STAGGER_GAP_WEIGHT  4

struct stagger_shift {
	int64_t id, person;
	int weekday, from_minute, minutes;
	int moved_to; /* from_minute, or what is better */
};

struct stagger_cost {
	int64_t gap_minutes, crowd_minutes;
};

/* Of the shifts as moved_to says; `is_wanted` has WEEK_MINUTES. */
struct stagger_cost stagger_cost(
    const struct stagger_shift *shifts, size_t count, const bool *is_wanted, int64_t seats, void *memory);

/* Sets moved_to, in steps of so many minutes. */
void stagger(struct stagger_shift *shifts, size_t count, const bool *is_wanted, int64_t seats, int step, void *memory);
