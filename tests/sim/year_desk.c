/*
 * What the program does by itself in the year, at the times at which it would: the jobs of app/jobs.h after what was told and in rounds, and
 * routing (desk/routing). Rounds in which nothing can be due are left out: whether something could be is told by the year's own picture.
 */
#include <string.h>

#include "app/jobs.h"
#include "base/limits.h"
#include "desk/events.h"
#include "desk/routing/routing.h"
#include "edge/routing.h"
#include "tests/sim/year_inside.h"

#define ROUND_MS (5 * SECOND)
#define QUIET_MS (LIMIT_GONE_SECONDS * SECOND) /* after a start or a jump nobody is said to be gone */

/* ---- Works ---- */

struct job_run {
	const struct job *job;
	int did;
};

static gboolean
run_job(struct tx *tx, void *data, GError **error)
{
	struct job_run *run = data;

	return run->job->run(tx, run->job->max, &run->did, error);
}

/* What found nothing to do is no step. */
static void
worked(struct year *year, bool did)
{
	if (!did)
		return;
	year->run.step++;
	look(year);
}

/* How much too early winding down begins: a planted fault. */
static int64_t
hasty_ms(const struct year *year)
{
	return is_planted(year, "hasty") ? 3 * MINUTE : 0;
}

static void
do_job(struct year *year, const struct job *job)
{
	struct job_run run = { job, job->max };
	int64_t hasty = strcmp(job->name, "seat.look") == 0 ? hasty_ms(year) : 0;

	if ((is_planted(year, "ghost") && strcmp(job->name, "seat.watch") == 0) ||
	    (is_planted(year, "unwound") && strcmp(job->name, "seat.look") == 0))
		return;
	bool is_done = true;

	while (is_done && run.did == job->max) {
		if (strcmp(job->name, "seat.watch") == 0)
			staff_hear(year);
		else
			staff_live(year);
		if (!year->needs_round)
			post_fail_sometimes(year);
		kit_wait(year->desk, hasty);
		is_done = kit_try(year->desk, run_job, &run);
		kit_wait(year->desk, -hasty);
		worked(year, run.did > 0 || !is_done);
	}
	/* One that fails comes again with the next round. */
	year->needs_round = year->needs_round || !is_done;
}

struct routing_run {
	int did;
	bool more;
	int64_t due_at;
};

static gboolean
run_routing(struct tx *tx, void *data, GError **error)
{
	struct routing_run *run = data;

	return routing_step(tx, ROUTING_AT_A_TIME, &run->did, &run->more, error) &&
	    routing_due(tx, &run->due_at, error);
}

/* Until nothing is left that could be done now. */
static void
do_routing(struct year *year)
{
	struct routing_run run = { .more = true };
	int64_t early = is_planted(year, "early") ? MINUTE / 2 : 0;

	year->last_routing = year->now;
	while (run.more) {
		bool is_done;

		run = (struct routing_run) { 0 };
		staff_live(year);
		if (!year->routing_failed)
			post_fail_sometimes(year);
		kit_wait(year->desk, early);
		is_done = kit_try(year->desk, run_routing, &run);
		kit_wait(year->desk, -early);
		year->routing_failed = !is_done;
		/* What it did itself is no news to it. */
		year->is_routing_wanted = false;
		if (!is_done)
			run = (struct routing_run) { .due_at = desk_now(year) + SECOND / 2 };
		worked(year, run.did > 0 || !is_done);
	}
	year->due_at = run.due_at;
}

/* ---- When ---- */

static void
work(struct year *year, void *who, int64_t what)
{
	const struct job *jobs;
	size_t count;

	(void)who;
	(void)what;
	year->is_work_planned = false;
	if (!year->is_up)
		return;
	jobs = jobs_list(&count);
	for (size_t i = 0; i < count; i++) {
		if (!(year->wanted_jobs & 1u << i))
			continue;
		year->wanted_jobs &= ~(1u << i);
		do_job(year, &jobs[i]);
	}
	if (year->is_routing_wanted)
		do_routing(year);
	desk_plan(year);
}

static void
on_event(void *data, const struct event *event)
{
	struct year *year = data;
	const struct job *jobs;
	size_t count;

	jobs = jobs_list(&count);
	for (size_t i = 0; i < count; i++) {
		if (jobs[i].after == (int)event->kind)
			year->wanted_jobs |= 1u << i;
	}
	if (event->kind == EVENT_BACKUP_ALERTED)
		year->is_help_called = true;
	if (routing_follows(event->kind) && !is_planted(year, "unrouted"))
		year->is_routing_wanted = true;
}

static bool
is_due(const struct year *year, const struct job *job, enum job_often often)
{
	bool is_quiet = job->often == JOB_OFTEN_QUIETLY && year->now - year->quiet_since < QUIET_MS;

	return job->often == often || (often == JOB_OFTEN && job->often == JOB_OFTEN_QUIETLY && !is_quiet);
}

static void
want_jobs(struct year *year, enum job_often often)
{
	const struct job *jobs;
	size_t count;

	jobs = jobs_list(&count);
	for (size_t i = 0; i < count; i++) {
		if (is_due(year, &jobs[i], often))
			year->wanted_jobs |= 1u << i;
	}
}

static void
round_comes(struct year *year, void *who, int64_t what)
{
	bool was_failed = year->needs_round;

	year->round_at = FOREVER;
	year->last_round = year->now;
	want_jobs(year, JOB_OFTEN);
	work(year, who, what);
	/* What failed once does not fail again. */
	if (was_failed)
		year->needs_round = false;
	desk_plan(year);
}

/* What was due at a time of its own: offers, and whatever else routing waits for. */
static void
routing_comes(struct year *year, void *who, int64_t what)
{
	year->routing_at = FOREVER;
	year->is_routing_wanted = true;
	work(year, who, what);
}

static void
seldom_comes(struct year *year, void *who, int64_t what)
{
	if (!year->is_up)
		return;
	want_jobs(year, JOB_SELDOM);
	work(year, who, what);
}

/* ---- Which rounds find anything to do ---- */

/* What was due up to the last time is done. */
static int64_t
sooner(int64_t soonest, int64_t at, int64_t last)
{
	return at > last ? MIN(soonest, at) : soonest;
}

static int64_t
due_by_turns(const struct year *year, const struct staff *staff, int64_t soonest)
{
	for (guint i = 0; i < staff->turns->len; i++) {
		const struct turn *turn = &g_array_index(staff->turns, struct turn, i);
		int64_t winds = turn->ends - year->settings.wind_down_minutes * MINUTE - hasty_ms(year);

		soonest = sooner(soonest, turn->begins - year->ahead, year->last_round);
		soonest = sooner(soonest, winds - year->ahead, year->last_round);
		soonest = sooner(soonest, turn->ends - year->ahead, year->last_round);
	}
	return soonest;
}

/* By the true clock; FOREVER: none. */
static int64_t
next_due(const struct year *year)
{
	int64_t soonest = year->needs_round ? year->last_round + 1 : FOREVER;

	for (int i = 0; i < PEOPLE; i++) {
		const struct staff *staff = &year->people[i];
		const struct duty_now *duty = &year->after.duties[i];
		bool is_silent = !staff->is_at_work || staff->is_cut;

		if (duty->state == OFFLINE)
			continue;
		soonest = due_by_turns(year, staff, soonest);
		if (is_silent) {
			soonest = sooner(soonest, staff->heard_at + LIMIT_GONE_SECONDS * SECOND, year->last_round);
			soonest = sooner(soonest,
			    year->now - desk_now(year) + staff->heard_by_desk + LIMIT_LOST_SECONDS * SECOND,
			    year->last_round);
			soonest = sooner(soonest, year->quiet_since + QUIET_MS, year->last_round);
			/* Where a clock that was set back hides how long they have been. */
			soonest = MIN(soonest, year->last_round + 2 * MINUTE);
		} else if (duty->gone_since != 0) {
			soonest = MIN(soonest, year->last_round + 1);
		}
	}
	return soonest;
}

/* The round after that moment. */
static int64_t
round_after(const struct year *year, int64_t at)
{
	int64_t first = MAX(at, year->last_round + 1);

	return year->up_since + (first - year->up_since + ROUND_MS - 1) / ROUND_MS * ROUND_MS;
}

/*
 * While somebody waits, routing looks every ROUTING_ROUND_MS, mostly for nothing: here only after a moment at which there is something, and now
 * and then. Otherwise at the moment that it asked for.
 */
static int64_t
next_routing(struct year *year)
{
	const struct picture *now = &year->after;
	int64_t asked = year->due_at == 0 ? FOREVER : MAX(year->due_at - year->ahead, year->last_routing + 1),
		soonest = FOREVER;
	bool is_somebody_there = false;

	if (asked > year->last_routing + ROUTING_ROUND_MS || year->routing_failed)
		return asked;
	for (guint i = 0; i < now->offers->len && !is_planted(year, "late"); i++)
		soonest = sooner(soonest, offer_at(now, i)->expires_at - year->ahead, year->last_routing);
	for (guint i = 0; i < now->chats->len; i++) {
		const struct chat_now *chat = chat_at(now, i);

		if (chat->is_owned)
			continue;
		soonest = sooner(soonest, chat->waiting_since + year->settings.wishes_seconds * SECOND - year->ahead,
		    year->last_routing);
		soonest = sooner(soonest, chat->waiting_since + year->settings.backup_seconds * SECOND - year->ahead,
		    year->last_routing);
	}
	for (int i = 0; i < PEOPLE; i++)
		is_somebody_there = is_somebody_there || now->duties[i].state != OFFLINE;
	return MIN(soonest, year->last_routing + (is_somebody_there ? 2 * MINUTE : 20 * MINUTE));
}

static void
plan_routing(struct year *year)
{
	int64_t at = next_routing(year);

	if (at == year->routing_at)
		return;
	year->routing_mark++;
	year->routing_at = at;
	if (at != FOREVER)
		year_plan(year, at + year_between(year, 1, year->routing_failed ? 100 : 900), routing_comes, NULL, 0,
		    &year->routing_mark);
}

void
desk_plan(struct year *year)
{
	int64_t due = next_due(year), round = due == FOREVER ? FOREVER : round_after(year, due);

	if (!year->is_up)
		return;
	if (!year->is_work_planned && (year->wanted_jobs != 0 || year->is_routing_wanted)) {
		year->is_work_planned = true;
		year_plan(year, year->now + year_between(year, 1, year_happens(year, 50) ? 1200 : 100), work, NULL, 0,
		    &year->work_mark);
	}
	if (round < year->round_at) {
		year->round_mark++;
		year->round_at = round;
		year_plan(year, round, round_comes, NULL, 0, &year->round_mark);
	}
	plan_routing(year);
}

void
desk_plan_seldom(struct year *year, int64_t at)
{
	year_plan(year, at, seldom_comes, NULL, 0, NULL);
}

/* ---- Beginning ---- */

void
desk_starts(struct year *year)
{
	year->work_mark++;
	year->round_mark++;
	year->routing_mark++;
	year->routing_at = FOREVER;
	year->due_at = 0;
	year->last_routing = year->now;
	year->routing_failed = false;
	year->is_work_planned = false;
	year->wanted_jobs = 0;
	year->round_at = FOREVER;
	year->last_round = year->quiet_since = year->up_since = year->now;
	year->needs_round = true;
	year->is_routing_wanted = true;
	want_jobs(year, JOB_SELDOM);
	look(year);
}

void
desk_clock_was_set(struct year *year)
{
	year->up_since = year->quiet_since = year->last_round = year->now;
	year->needs_round = true;
	year->is_routing_wanted = true;
}

void
desk_begin(struct year *year)
{
	bus_subscribe(kit_edge(year->desk)->bus, on_event, year);
	desk_starts(year);
}
