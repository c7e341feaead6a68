/* Staggering: see stagger.h. */
#include "desk/shift/stagger.h"

#include <talloc.h>

#include "desk/calendar/calendar.h"

/* What is tried of one shift: its minutes, and as many before and after as it may be moved. */
#define WINDOW_MINUTES (STAGGER_MINUTES_MAX + MINUTES_PER_DAY + STAGGER_MINUTES_MAX)

struct week {
	const bool *is_wanted;
	int64_t seats;
	int *people; /* on shift, of each minute */
	/* Of the shift that is tried: how many gaps, full and unwanted minutes there are before each minute of its window. */
	int gaps[WINDOW_MINUTES + 1], full[WINDOW_MINUTES + 1], idle[WINDOW_MINUTES + 1];
};

/* A place for a shift, and what it would be good for. */
struct place {
	int move;
	int filled, crowded, idle; /* minutes */
};

static int
week_minute(int64_t minute)
{
	return (int)((minute % WEEK_MINUTES + WEEK_MINUTES) % WEEK_MINUTES);
}

static int
start_of(const struct stagger_shift *shift)
{
	return (shift->weekday - 1) * MINUTES_PER_DAY + shift->moved_to;
}

static void
lay(struct week *week, const struct stagger_shift *shift, int by)
{
	for (int i = 0; i < shift->minutes; i++)
		week->people[week_minute(start_of(shift) + i)] += by;
}

static void
week_begin(struct week *week, const struct stagger_shift *shifts, size_t count, void *memory)
{
	week->people = talloc_zero_array(memory, int, WEEK_MINUTES);
	g_assert(week->people != NULL);
	for (size_t i = 0; i < count; i++)
		lay(week, &shifts[i], 1);
}

struct stagger_cost
stagger_cost(const struct stagger_shift *shifts, size_t count, const bool *is_wanted, int64_t seats, void *memory)
{
	struct stagger_cost cost = { 0 };
	struct week *week = talloc(memory, struct week);

	week_begin(week, shifts, count, week);
	for (int minute = 0; minute < WEEK_MINUTES; minute++) {
		if (is_wanted[minute] && week->people[minute] == 0)
			cost.gap_minutes++;
		if (week->people[minute] > seats)
			cost.crowd_minutes += week->people[minute] - seats;
	}
	return cost;
}

/* Looks at the minutes around where the shift was at first; it is laid nowhere meanwhile. */
static void
look_around(struct week *week, const struct stagger_shift *shift)
{
	int start = (shift->weekday - 1) * MINUTES_PER_DAY + shift->from_minute - STAGGER_MINUTES_MAX;

	week->gaps[0] = week->full[0] = week->idle[0] = 0;
	for (int i = 0; i < shift->minutes + 2 * STAGGER_MINUTES_MAX; i++) {
		int minute = week_minute(start + i);

		week->gaps[i + 1] = week->gaps[i] + (week->is_wanted[minute] && week->people[minute] == 0);
		week->full[i + 1] = week->full[i] + (week->people[minute] >= week->seats);
		week->idle[i + 1] = week->idle[i] + !week->is_wanted[minute];
	}
}

static struct place
place_at(const struct week *week, const struct stagger_shift *shift, int move)
{
	int from = STAGGER_MINUTES_MAX + move, until = from + shift->minutes;

	return (struct place) { .move = move,
		.filled = week->gaps[until] - week->gaps[from],
		.crowded = week->full[until] - week->full[from],
		.idle = week->idle[until] - week->idle[from] };
}

/* Whether it would meet another one of the same person there. */
static bool
meets_own(const struct stagger_shift *shifts, size_t count, const struct stagger_shift *shift, int from_minute)
{
	int start = (shift->weekday - 1) * MINUTES_PER_DAY + from_minute;

	for (size_t i = 0; i < count; i++) {
		const struct stagger_shift *other = &shifts[i];

		if (other != shift && other->person == shift->person &&
		    (week_minute(start - start_of(other)) < other->minutes ||
			week_minute(start_of(other) - start) < shift->minutes))
			return true;
	}
	return false;
}

static bool
is_better(const struct place *place, const struct place *best)
{
	int good = place->filled * STAGGER_GAP_WEIGHT - place->crowded;
	int best_good = best->filled * STAGGER_GAP_WEIGHT - best->crowded;

	return good > best_good || (good == best_good && ABS(place->move) < ABS(best->move));
}

/* True: it was moved. */
static bool
improve(struct week *week, struct stagger_shift *shifts, size_t count, struct stagger_shift *shift, int step)
{
	int old = shift->moved_to;

	lay(week, shift, -1);
	look_around(week, shift);

	const struct place was = place_at(week, shift, old - shift->from_minute);
	struct place best = was;

	for (int move = -STAGGER_MINUTES_MAX / step * step; move <= STAGGER_MINUTES_MAX; move += step) {
		struct place place = place_at(week, shift, move);
		int from_minute = shift->from_minute + move;

		if (from_minute >= 0 && from_minute < MINUTES_PER_DAY && place.filled >= was.filled &&
		    place.crowded <= was.crowded && place.idle <= was.idle && is_better(&place, &best) &&
		    !meets_own(shifts, count, shift, from_minute))
			best = place;
	}
	shift->moved_to = shift->from_minute + best.move;
	lay(week, shift, 1);
	return shift->moved_to != old;
}

void
stagger(struct stagger_shift *shifts, size_t count, const bool *is_wanted, int64_t seats, int step, void *memory)
{
	struct week *week = talloc(memory, struct week);
	bool is_moving = true;

	g_assert(week != NULL);
	week->is_wanted = is_wanted;
	week->seats = seats;
	for (size_t i = 0; i < count; i++)
		shifts[i].moved_to = shifts[i].from_minute;
	week_begin(week, shifts, count, week);
	for (int round = 0; is_moving && round < STAGGER_ROUNDS; round++) {
		is_moving = false;
		for (size_t i = 0; i < count; i++)
			is_moving = improve(week, shifts, count, &shifts[i], step) || is_moving;
	}
}
