/* The year, its clocks and what is due: see year.h. */
#include "tests/sim/year_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define STEPS_OF_A_YEAR 100000
#define DAYS_OF_A_YEAR  365

struct due {
	int64_t at;
	uint64_t order; /* of two at the same time the one that was planned first */
	happening happens;
	void *who;
	int64_t what;
	const unsigned *mark;
	unsigned as_planned;
};

/* ---- The heap ---- */

static struct due *
due_at(const struct year *year, guint i)
{
	return &g_array_index(year->queue, struct due, i);
}

static bool
is_sooner(const struct due *one, const struct due *other)
{
	return one->at < other->at || (one->at == other->at && one->order < other->order);
}

static void
swap(struct due *one, struct due *other)
{
	struct due kept = *one;

	*one = *other;
	*other = kept;
}

void
year_plan(struct year *year, int64_t at, happening happens, void *who, int64_t what, const unsigned *mark)
{
	struct due due = { MAX(at, year->now), ++year->planned, happens, who, what, mark, mark == NULL ? 0 : *mark };
	guint i = year->queue->len;

	g_array_append_val(year->queue, due);
	for (; i > 0 && is_sooner(due_at(year, i), due_at(year, (i - 1) / 2)); i = (i - 1) / 2)
		swap(due_at(year, i), due_at(year, (i - 1) / 2));
}

static struct due
next_due(struct year *year)
{
	struct due first = *due_at(year, 0);
	guint i = 0, count = year->queue->len - 1;

	*due_at(year, 0) = *due_at(year, count);
	g_array_set_size(year->queue, count);
	for (;;) {
		guint sooner = i;

		for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < count; child++)
			sooner = is_sooner(due_at(year, child), due_at(year, sooner)) ? child : sooner;
		if (sooner == i)
			return first;
		swap(due_at(year, i), due_at(year, sooner));
		i = sooner;
	}
}

/* ---- Days ---- */

/* Which days are played, when there are not steps enough for all: the odd ones and their neighbours, the busy one, and stretches of three. */
static bool
is_played(const struct year *year, int64_t day)
{
	int64_t first = cast_day(year, KIT_START_MS), of_year = (day - first) % DAYS_OF_A_YEAR;
	int64_t length = cast_moment(year, day + 1, 0) - cast_moment(year, day, 0);
	int64_t after = cast_moment(year, day + 2, 0) - cast_moment(year, day + 1, 0);
	int64_t share = MAX(DAYS_OF_A_YEAR * (int64_t)year->run.steps / STEPS_OF_A_YEAR, 1);

	return length != DAY || after != DAY || of_year == BUSY_DAY || (of_year / 3 * share) % DAYS_OF_A_YEAR < share;
}

/* The machine is off for some days: everybody who was there is gone when it starts. */
static void
sleep_over(struct year *year, int64_t days)
{
	int64_t until = cast_moment(year, year->day + days, 0);

	g_array_set_size(year->queue, 0);
	kit_wait(year->desk, until - year->now);
	year->now = until;
	year->day += days;
	world_wakes(year);
}

static void
day_begins(struct year *year, void *who, int64_t what)
{
	int64_t off = 0;

	(void)who;
	(void)what;
	year->day++;
	while (off < DAYS_OF_A_YEAR && !is_played(year, year->day + off))
		off++;
	if (off > 0)
		sleep_over(year, off);
	year->counts.days++;
	world_plan_day(year);
	year_plan(year, cast_moment(year, year->day + 1, 0), day_begins, NULL, 0, NULL);
}

/* ---- Playing ---- */

static void
happen(struct year *year)
{
	struct due due = next_due(year);

	if (due.mark != NULL && *due.mark != due.as_planned)
		return;
	kit_wait(year->desk, due.at - year->now);
	year->now = due.at;
	due.happens(year, due.who, due.what);
}

static void
begin(struct year *year)
{
	run_begin(&year->run);
	year->queue = g_array_new(FALSE, FALSE, sizeof(struct due));
	year->now = KIT_START_MS;
	year->is_up = true;
	year->desk = kit_desk_begin(year->run.seed);
	year->zone = g_time_zone_new_identifier("Europe/Berlin");
	year->debts = g_array_new(FALSE, FALSE, sizeof(struct debt));
	year->asked = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	cast_enter(year);
	look_begin(year);
	desk_begin(year);
	year->day = cast_day(year, year->now) - 1;
	year_plan(year, year->now, day_begins, NULL, 0, NULL);
}

static void
end(struct year *year)
{
	kit_desk_end(year->desk);
	cast_leave(year);
	look_end(year);
	g_array_unref(year->debts);
	g_hash_table_unref(year->asked);
	g_array_unref(year->queue);
	g_time_zone_unref(year->zone);
}

static void
say_what_happened(const struct year *year)
{
	const struct year_counts *c = &year->counts;

	printf("sim: %u days, %u chats, %u not let in, %u reopened, at most %u open at once, %u in the line\n", c->days,
	    c->chats, c->refused, c->reopened, c->busiest, c->waited_most);
	printf(
	    "sim: %u offers: %u taken, %u declined, %u expired; %u picked, %u handed on, %u quiet, %u closed for it\n",
	    c->offers, c->taken, c->declined, c->expired, c->picked, c->transfers, c->quiet, c->closed_quiet);
	printf(
	    "sim: %u shifts wound down, %u stayed longer, %u let in from the line, %u back-ups, %u seats to hand over\n",
	    c->wound, c->stayed, c->let_in, c->backups, c->handovers);
	printf(
	    "sim: %u to the phone, %u laptops died, %u links flapped, %u lost their seat, %u freed by the lead, %u pools shrunk\n",
	    c->phones, c->deaths, c->flaps, c->lost, c->freed, c->shrunk);
	printf(
	    "sim: %u commits failed, %u not answered, %u sent again, %u at once; %u kills, %u restarts, %u jumps of the clock\n",
	    c->failed, c->unanswered, c->repeated, c->together, c->kills, c->restarts, c->jumps);
	printf(
	    "sim: %u were said to go first, or not any more; %u pools given, %u taken, %u moved to another team, %u learned\n",
	    c->hurried, c->founded, c->closed, c->moved, c->taught);
}

/* A whole year in which something never happened proves nothing about it. */
static void
check_variety(struct year *year)
{
	const unsigned *counts = (const unsigned *)&year->counts;

	for (size_t i = 0; i < sizeof year->counts / sizeof *counts; i++) {
		if (counts[i] == 0)
			year_broken(year, "number %zu of what should happen never did", i);
	}
}

static bool
take_options(struct year *year, char **arguments)
{
	for (; *arguments != NULL; arguments += 2) {
		int64_t number;

		if (arguments[1] == NULL)
			return false;
		if (strcmp(*arguments, "--plant") == 0) {
			year->plant = arguments[1];
			g_snprintf(year->run.options, sizeof year->run.options, " --plant %s", year->plant);
		} else if (!text_to_int(arguments[1], &number) || number < 0 ||
		    !run_takes(&year->run, *arguments, number)) {
			return false;
		}
	}
	return true;
}

static void
say_plant(const char *name, const char *found_by)
{
	fprintf(stderr, "  %s: found by \"%s\"\n", name, found_by);
}

static int
say_usage(void)
{
	fprintf(stderr, "usage: sim year [--seed N] [--steps N] [--plant FAULT]\nFAULT is one of:\n");
	plant_list(say_plant);
	return 2;
}

int
year_play(char **arguments, uint64_t seed)
{
	struct year *year = g_new0(struct year, 1);

	year->run = (struct run) { .play = "year ", .seed = seed, .steps = STEPS_OF_A_YEAR };
	if (!take_options(year, arguments) || (year->plant != NULL && !plant_is_known(year->plant)))
		return say_usage();
	begin(year);
	while (year->run.step < year->run.steps)
		happen(year);
	rules_at_the_end(year);
	say_what_happened(year);
	if (year->run.steps >= STEPS_OF_A_YEAR)
		check_variety(year);
	end(year);
	g_free(year);
	printf("1 passed, 0 failed\n");
	return 0;
}
