/* Facts about suggested starts. */
#include "desk/shift/stagger.h"

#include <string.h>
#include <talloc.h>

#include "desk/calendar/calendar.h"
#include "tests/kit/facts.h"

#define MAX_SHIFTS 12

static bool wanted[WEEK_MINUTES];

static void
want(int from, int until)
{
	for (int minute = 0; minute < WEEK_MINUTES; minute++)
		wanted[minute] = minute % MINUTES_PER_DAY >= from && minute % MINUTES_PER_DAY < until;
}

/* Mondays, from 9 to 17 unless something else is said; wanted from 8 to 20 every day. */
struct row {
	const char *says;
	int64_t seats;
	int step;
	struct stagger_shift shifts[4];
	int moved_to[4];
};

static const struct row rows[] = {
	{ "one that fills all it can stays", 1, 15, { { 1, 1, 1, 540, 480, 0 } }, { 540 } },
	{ "one that begins before anybody is wanted begins later", 1, 15, { { 1, 1, 1, 420, 480, 0 } }, { 480 } },
	{ "two at the same time part", 1, 30, { { 1, 1, 1, 540, 480, 0 }, { 2, 2, 1, 540, 480, 0 } }, { 660, 480 } },
	{ "with seats for both they part to fill gaps only", 2, 30,
	    { { 1, 1, 1, 540, 480, 0 }, { 2, 2, 1, 540, 480, 0 } }, { 660, 480 } },
	{ "three for two seats", 2, 60,
	    { { 1, 1, 1, 540, 480, 0 }, { 2, 2, 1, 540, 480, 0 }, { 3, 3, 1, 540, 480, 0 } }, { 660, 480, 540 } },
	{ "nobody is moved into their own next shift", 1, 15, { { 1, 1, 1, 420, 240, 0 }, { 2, 1, 1, 660, 240, 0 } },
	    { 420, 660 } },
	{ "a night that runs into Monday counts there", 1, 15, { { 1, 1, 7, 1320, 660, 0 }, { 2, 2, 1, 480, 480, 0 } },
	    { 1320, 540 } },
	{ "none is moved out of its day", 1, 15, { { 1, 1, 1, 1400, 15, 0 }, { 2, 2, 1, 1400, 15, 0 } },
	    { 1385, 1400 } },
};

TEST(shifts_are_moved_to_where_they_help)
{
	void *memory = talloc_new(NULL);

	want(480, 1200);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct stagger_shift shifts[4];
		size_t count = 0;

		for (; count < 4 && rows[i].shifts[count].id != 0; count++)
			shifts[count] = rows[i].shifts[count];
		stagger(shifts, count, wanted, rows[i].seats, rows[i].step, memory);
		for (size_t k = 0; k < count; k++) {
			if (shifts[k].moved_to != rows[i].moved_to[k])
				fail_msg("%s: shift %zu begins at %d, not %d", rows[i].says, k + 1, shifts[k].moved_to,
				    rows[i].moved_to[k]);
		}
	}
	talloc_free(memory);
}

static bool
meet(const struct stagger_shift *one, const struct stagger_shift *other, int one_from, int other_from)
{
	int apart = ((other->weekday - 1) * MINUTES_PER_DAY + other_from - (one->weekday - 1) * MINUTES_PER_DAY -
			one_from + WEEK_MINUTES) %
	    WEEK_MINUTES;

	return apart < one->minutes || WEEK_MINUTES - apart < other->minutes;
}

/* Some shifts of four people, none of whose own meet. */
static size_t
draw(GRand *chance, struct stagger_shift *shifts)
{
	size_t count = 0, wished = (size_t)g_rand_int_range(chance, 1, MAX_SHIFTS + 1);

	for (size_t i = 0; i < wished; i++) {
		struct stagger_shift shift = { .id = (int64_t)i + 1,
			.person = g_rand_int_range(chance, 1, 5),
			.weekday = g_rand_int_range(chance, 1, 8),
			.from_minute = g_rand_int_range(chance, 0, MINUTES_PER_DAY),
			.minutes = g_rand_int_range(chance, 15, MINUTES_PER_DAY + 1) };
		bool is_free = true;

		shift.moved_to = shift.from_minute;
		for (size_t k = 0; k < count; k++)
			is_free = is_free &&
			    (shifts[k].person != shift.person ||
				!meet(&shifts[k], &shift, shifts[k].from_minute, shift.from_minute));
		if (is_free)
			shifts[count++] = shift;
	}
	return count;
}

TEST(nothing_gets_worse_whatever_the_week_and_the_same_comes_of_the_same)
{
	g_autoptr(GRand) chance = g_rand_new_with_seed(5);

	for (int round = 0; round < 200; round++) {
		struct stagger_shift shifts[MAX_SHIFTS], again[MAX_SHIFTS];
		size_t count = draw(chance, shifts);
		int64_t seats = g_rand_int_range(chance, 0, 4);
		int from = g_rand_int_range(chance, 0, 720), step = round % 2 == 0 ? 15 : 30;
		void *memory = talloc_new(NULL);

		want(from, from + g_rand_int_range(chance, 0, 720));
		memcpy(again, shifts, sizeof again);

		struct stagger_cost before = stagger_cost(shifts, count, wanted, seats, memory), after;

		stagger(shifts, count, wanted, seats, step, memory);
		after = stagger_cost(shifts, count, wanted, seats, memory);
		assert_true(after.gap_minutes <= before.gap_minutes);
		assert_true(after.crowd_minutes <= before.crowd_minutes);
		stagger(again, count, wanted, seats, step, memory);
		for (size_t i = 0; i < count; i++) {
			int by = shifts[i].moved_to - shifts[i].from_minute;

			assert_int_equal(shifts[i].moved_to, again[i].moved_to);
			assert_true(ABS(by) <= STAGGER_MINUTES_MAX && by % step == 0);
			assert_true(shifts[i].moved_to >= 0 && shifts[i].moved_to < MINUTES_PER_DAY);
			for (size_t k = 0; k < i; k++)
				assert_true(shifts[k].person != shifts[i].person ||
				    !meet(&shifts[k], &shifts[i], shifts[k].moved_to, shifts[i].moved_to));
		}
		talloc_free(memory);
	}
}
