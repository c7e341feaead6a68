/* What happens to the desk in the year, whose shifts are when, and when visitors come (see year.h). */
#include <math.h>
#include <string.h>

#include "tests/sim/year_inside.h"

/* Visitors per hundred hours of a normal day, by the hour of the wall. */
static const unsigned per_hour[24] = { 12, 12, 20, 15, 2, 2, 5, 15, 60, 110, 140, 160, 170, 140, 120, 120, 130, 140,
	150, 120, 60, 30, 30, 20 };
/* Per cent, from Monday on. */
static const unsigned per_weekday[] = { 130, 110, 100, 100, 90, 60, 45 };

/* ---- The machine ---- */

static void
serves_again(struct year *year, void *who, int64_t what)
{
	(void)who;
	(void)what;
	year->is_up = true;
	desk_starts(year);
}

static void
goes_down(struct year *year, void *who, int64_t is_killed)
{
	(void)who;
	if (!year->is_up)
		return;
	if (is_killed)
		kit_kill(year->desk);
	else
		kit_restart(year->desk);
	year->counts.kills += is_killed != 0;
	year->counts.restarts += is_killed == 0;
	year->is_up = false;
	year->up_at = year->now +
	    (year_happens(year, 700) ? year_between(year, SECOND, 20 * SECOND)
				     : year_between(year, MINUTE, 12 * MINUTE));
	year_plan(year, year->up_at, serves_again, NULL, 0, NULL);
}

/* Somebody sets the machine's clock, or it is put right again. */
static void
clock_jumps(struct year *year, void *who, int64_t what)
{
	int64_t by = year_between(year, MINUTE / 2, 6 * MINUTE);
	int64_t ahead = year->ahead == 0 ? (year_happens(year, 500) ? by : -by) : 0;

	(void)who;
	(void)what;
	year->counts.jumps++;
	kit_wait(year->desk, ahead - year->ahead);
	year->ahead = ahead;
	desk_clock_was_set(year);
	look(year);
}

/* What somebody may be in the middle of: while the machine was off nobody changed any shift. */
static void
turns_of_yesterday(struct year *year, struct staff *staff)
{
	for (unsigned i = 0; i < staff->pattern_count; i++) {
		if (staff->patterns[i].weekday == cast_weekday(year->day - 1))
			cast_turn(year, staff, year->day - 1, staff->patterns[i].from, staff->patterns[i].minutes);
	}
}

void
world_wakes(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		struct staff *staff = &year->people[i];

		staff->mark++;
		staff->is_at_work = staff->is_cut = false;
		turns_of_yesterday(year, staff);
	}
	for (int i = 0; i < CALLERS; i++)
		year->callers[i].is_starting = false;
	kit_restart(year->desk);
	serves_again(year, NULL, 0);
	callers_go_on(year);
}

/* ---- Shifts of a day ---- */

static bool
is_off(struct year *year, const struct staff *staff, const char *day)
{
	if (!year_happens(year, 15))
		return false;
	post_lead(year, "shift.except",
	    json_pack("{s:s, s:I, s:s, s:s}", "id", post_id(year), "person", (json_int_t)staff->who->person, "day", day,
		"kind", "off"));
	return true;
}

/* One more, in the evening, or right behind the one that they have: then both are one. */
static void
work_more(struct year *year, struct staff *staff, const char *day, const struct pattern *after)
{
	int from = after == NULL ? 18 * 60 : after->from + after->minutes, minutes = 120;

	if (from + minutes > 24 * 60 || staff->role == ROLE_BACKUP)
		return;
	post_lead(year, "shift.except",
	    json_pack("{s:s, s:I, s:s, s:s, s:i, s:i}", "id", post_id(year), "person", (json_int_t)staff->who->person,
		"day", day, "kind", "extra", "from_minute", from, "minutes", minutes));
	cast_turn(year, staff, year->day, from, minutes);
}

static void
join_turns(GArray *turns)
{
	for (guint i = 1; i < turns->len; i++) {
		struct turn *before = &g_array_index(turns, struct turn, i - 1);

		if (before->ends < g_array_index(turns, struct turn, i).begins)
			continue;
		before->ends = MAX(before->ends, g_array_index(turns, struct turn, i).ends);
		g_array_remove_index(turns, i--);
	}
}

static void
plan_shifts(struct year *year, struct staff *staff, const char *day, bool is_holiday)
{
	const struct pattern *todays = NULL;
	bool has_more = year_happens(year, 25);

	/* The last one may still be what somebody winds down for. */
	while (staff->turns->len > 1 && g_array_index(staff->turns, struct turn, 0).ends < year->now - DAY)
		g_array_remove_index(staff->turns, 0);
	for (unsigned i = 0; i < staff->pattern_count; i++) {
		if (staff->patterns[i].weekday == cast_weekday(year->day))
			todays = &staff->patterns[i];
	}
	if (todays != NULL && !is_holiday && !is_off(year, staff, day))
		cast_turn(year, staff, year->day, todays->from, todays->minutes);
	if (has_more)
		work_more(year, staff, day, todays);
	join_turns(staff->turns);
	for (guint i = 0; i < staff->turns->len; i++) {
		const struct turn *turn = &g_array_index(staff->turns, struct turn, i);

		if (turn->begins >= year->now)
			staff_plan_turn(year, staff, turn);
	}
}

/* Early in the morning, before anybody knows of it: some days are holidays. */
static bool
is_holiday(struct year *year, const char *day)
{
	if (!year_happens(year, 25))
		return false;
	post_lead(year, "holiday.set", json_pack("{s:s, s:s}", "day", day, "name", "A day off"));
	return true;
}

/* ---- Arrivals ---- */

static unsigned
poisson(struct year *year, unsigned per_hundred)
{
	double left = exp(-(double)per_hundred / 100), chance = 1;
	unsigned count = 0;

	while ((chance *= (year_chance(year, 1000000) + 1) / 1e6) > left)
		count++;
	return count;
}

/* Often many come at once: a mailing went out, the shop is down. */
static void
plan_arrivals(struct year *year)
{
	bool is_busy = (year->day - cast_day(year, KIT_START_MS)) % 365 == BUSY_DAY;
	unsigned per_cent = per_weekday[cast_weekday(year->day) - 1] * (is_busy ? 5 : 1);

	for (int hour = 0; hour < 24; hour++) {
		int64_t from = cast_moment(year, year->day, hour * 60),
			to = cast_moment(year, year->day, hour * 60 + 60);
		unsigned count = poisson(year, per_hour[hour] * per_cent / 100);
		bool is_at_once = year_happens(year, 200);

		for (unsigned i = 0; i < count * (is_at_once ? 3 : 1) && from < to; i++)
			year_plan(year,
			    is_at_once ? from + year_between(year, 0, 3 * MINUTE) : year_between(year, from, to - 1),
			    caller_arrives, NULL, 0, NULL);
	}
}

/* So many times in a hundred days. */
static void
plan_now_and_then(struct year *year, unsigned per_hundred, happening happens, int64_t what)
{
	for (unsigned count = poisson(year, per_hundred); count > 0; count--)
		year_plan(year, year_between(year, year->now, year->now + DAY - HOUR), happens, NULL, what, NULL);
}

void
world_plan_day(struct year *year)
{
	g_autofree char *day = cast_day_text(year->day);
	bool is_free;

	/* Nobody hears of the administrator otherwise: the session would end. */
	kit_sign_in(year->desk, kit_administrator(year->desk));
	is_free = is_holiday(year, day);
	for (int i = 0; i < PEOPLE; i++)
		plan_shifts(year, &year->people[i], day, is_free);
	plan_arrivals(year);
	plan_now_and_then(year, 10, goes_down, true);
	plan_now_and_then(year, 10, goes_down, false);
	plan_now_and_then(year, 40, clock_jumps, 0);
	plan_now_and_then(year, 300, lead_acts, 0);
	desk_plan_seldom(year, year_between(year, year->now, year->now + 20 * HOUR));
}
