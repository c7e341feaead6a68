/* Jobs: see jobs.h. */
#include "app/jobs.h"

#include <talloc.h>

#include "base/limits.h"
#include "base/log.h"
#include "desk/chat/chat.h"
#include "desk/draft/draft.h"
#include "desk/duty/duty.h"
#include "desk/events.h"
#include "desk/file/file.h"
#include "desk/people/session.h"
#include "desk/push/push.h"
#include "desk/receipt/receipt.h"
#include "desk/seat/seat.h"
#include "edge/errand.h"

#define ROUND_MS (10 * MS_PER_MINUTE)
#define OFTEN_MS (5 * MS_PER_SECOND)

/*
 * After the start, and after the machine slept or its clock was set, nobody can have been heard of for a while: rounds that are left
 * out until everybody had the time to be.
 */
#define QUIET_ROUNDS (int)(LIMIT_GONE_SECONDS * MS_PER_SECOND / OFTEN_MS)

static const struct job table[] = {
	{ "seat.watch", 50, seat_watch, JOB_AFTER_NOTHING, JOB_OFTEN_QUIETLY },
	{ "seat.look", 50, seat_look, JOB_AFTER_NOTHING, JOB_OFTEN },
	{ "seat.look_again", 1, seat_look_again, EVENT_SHIFT_CHANGED, JOB_SELDOM },
	{ "seat.look_again", 1, seat_look_again, EVENT_SETTING_CHANGED, JOB_SELDOM },
	{ "seat.look_again", 1, seat_look_again, EVENT_HOLIDAY_CHANGED, JOB_SELDOM },
	{ "seat.pass", 50, seat_pass, EVENT_CHAT_CHANGED, JOB_OFTEN },
	{ "seat.let_in", 1, seat_let_in, JOB_AFTER_NOTHING, JOB_OFTEN },
	{ "seat.let_helpers_in", 50, seat_let_helpers_in, EVENT_BACKUP_ALERTED, JOB_OFTEN },
	{ "seat.leave_signed_out", 50, seat_leave_signed_out, EVENT_SESSION_ENDED, JOB_SELDOM },
	{ "duty.cap_again", 50, duty_cap_again, EVENT_SETTING_CHANGED, JOB_SELDOM },
	{ "receipt.purge", 500, receipt_purge, JOB_AFTER_NOTHING, JOB_SELDOM },
	{ "session.end_unused", 50, session_end_unused, JOB_AFTER_NOTHING, JOB_SELDOM },
	{ "file.purge", 20, file_purge, JOB_AFTER_NOTHING, JOB_SELDOM },
	{ "push.purge", 50, push_purge, EVENT_SESSION_ENDED, JOB_SELDOM },
	{ "draft.purge", 200, draft_purge, JOB_AFTER_NOTHING, JOB_SELDOM },
	{ "chat.return_orphans", 50, chat_return_orphans, EVENT_PERSON_CHANGED, JOB_SELDOM },
};

#define JOBS G_N_ELEMENTS(table)

const struct job *
jobs_list(size_t *count)
{
	*count = JOBS;
	return table;
}

struct jobs {
	struct edge *edge;
	uv_timer_t timer, often;
	unsigned handles;
	int64_t often_at_ms; /* of the round before, by the clock on the wall */
	int quiet_rounds;
	/* Of each job: whether it is with the writer, and whether something happened since then that it was to run after. */
	bool is_under_way[JOBS], is_wanted[JOBS];
	bool is_stopping;
};

struct errand {
	struct work work; /* first */
	struct jobs *jobs;
	const struct job *job;
	int did;
};

static void job_send(struct jobs *jobs, const struct job *job);

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct errand *errand = (struct errand *)work;

	return errand->job->run(tx, errand->job->max, &errand->did, error);
}

static void
done(struct work *work)
{
	struct errand *errand = (struct errand *)work;
	struct jobs *jobs = errand->jobs;
	const struct job *job = errand->job;
	size_t i = (size_t)(job - table);
	bool has_more = work->error == NULL && errand->did == job->max;

	if (work->error != NULL)
		log_line(LOG_WARNING, "job.failed", "job", job->name, "why", work->error->message, NULL);
	/* There are none of what was not kept; where nobody knows, they ask subscribers to look. */
	bus_publish(jobs->edge->bus, work->events);
	errand_end(work);
	jobs->is_under_way[i] = false;
	if (has_more || jobs->is_wanted[i])
		job_send(jobs, job);
}

static void
job_send(struct jobs *jobs, const struct job *job)
{
	size_t i = (size_t)(job - table);
	struct errand *errand;
	g_autoptr(GError) error = NULL;

	if (jobs->is_stopping || jobs->edge->is_stopping)
		return;
	/* However much happens meanwhile, it runs once more: it looks for all that there is. */
	jobs->is_wanted[i] = jobs->is_under_way[i];
	if (jobs->is_under_way[i])
		return;
	errand = talloc_zero(NULL, struct errand);
	errand->jobs = jobs;
	errand->job = job;
	errand->work = errand_of(jobs->edge, errand, run, done);
	/* A busy writer has better things to do: the next round comes soon enough. */
	jobs->is_under_way[i] = true;
	if (!crew_write(jobs->edge->crew, &errand->work, &error)) {
		jobs->is_under_way[i] = false;
		talloc_free(errand);
	}
}

static void
on_round(uv_timer_t *timer)
{
	for (unsigned i = 0; i < JOBS; i++) {
		if (table[i].often == JOB_SELDOM)
			job_send(timer->data, &table[i]);
	}
}

static void
on_often(uv_timer_t *timer)
{
	struct jobs *jobs = timer->data;
	int64_t now = clock_now_ms(jobs->edge->clock), since = now - jobs->often_at_ms;

	jobs->often_at_ms = now;
	if (since < 0 || since > 3 * OFTEN_MS)
		jobs->quiet_rounds = QUIET_ROUNDS;
	for (unsigned i = 0; i < JOBS; i++) {
		if (table[i].often == JOB_OFTEN || (table[i].often == JOB_OFTEN_QUIETLY && jobs->quiet_rounds == 0))
			job_send(jobs, &table[i]);
	}
	jobs->quiet_rounds = MAX(jobs->quiet_rounds - 1, 0);
}

static void
on_event(void *data, const struct event *event)
{
	for (unsigned i = 0; i < JOBS; i++) {
		if (table[i].after == (int)event->kind)
			job_send(data, &table[i]);
	}
}

struct jobs *
jobs_start(struct edge *edge, uv_loop_t *loop)
{
	struct jobs *jobs = g_new0(struct jobs, 1);

	jobs->edge = edge;
	jobs->timer.data = jobs;
	bus_subscribe(edge->bus, on_event, jobs);
	uv_timer_init(loop, &jobs->timer);
	uv_timer_start(&jobs->timer, on_round, 0, ROUND_MS);
	jobs->often.data = jobs;
	uv_timer_init(loop, &jobs->often);
	uv_timer_start(&jobs->often, on_often, OFTEN_MS, OFTEN_MS);
	jobs->handles = 2;
	return jobs;
}

static void
on_closed(uv_handle_t *handle)
{
	struct jobs *jobs = handle->data;

	if (--jobs->handles == 0)
		g_free(jobs);
}

void
jobs_stop(struct jobs *jobs)
{
	jobs->is_stopping = true;
	uv_close((uv_handle_t *)&jobs->timer, on_closed);
	uv_close((uv_handle_t *)&jobs->often, on_closed);
}
