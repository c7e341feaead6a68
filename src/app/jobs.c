/* Jobs: see jobs.h. */
#include "app/jobs.h"

#include <talloc.h>

#include "base/log.h"
#include "desk/people/actor.h"
#include "desk/receipt/receipt.h"

/* How often is looked, and how many rows one command may take away: a few milliseconds of the writer's time. */
#define ROUND_MS   (10 * MS_PER_MINUTE)
#define PURGE_ROWS 500

struct jobs {
	struct edge *edge;
	uv_timer_t timer;
	bool is_stopping;
};

struct purge {
	struct work work; /* first */
	struct jobs *jobs;
	int purged;
};

static const struct actor desk_itself = { .kind = ACTOR_SYSTEM };

static void purge_submit(struct jobs *jobs);

static gboolean
purge_run(struct tx *tx, struct work *work, GError **error)
{
	struct purge *purge = (struct purge *)work;

	return receipt_purge(tx, PURGE_ROWS, &purge->purged, error);
}

static void
purge_done(struct work *work)
{
	struct purge *purge = (struct purge *)work;
	struct jobs *jobs = purge->jobs;
	bool has_more = work->error == NULL && purge->purged == PURGE_ROWS;

	if (work->error != NULL)
		log_line(LOG_WARNING, "job.failed", "job", "receipt.purge", "why", work->error->message, NULL);
	g_clear_error(&work->error);
	talloc_free(work->memory);
	if (has_more && !jobs->is_stopping)
		purge_submit(jobs);
}

static void
purge_submit(struct jobs *jobs)
{
	struct purge *purge = talloc_zero(NULL, struct purge);
	g_autoptr(GError) error = NULL;

	purge->jobs = jobs;
	purge->work = (struct work) { .memory = purge, .actor = &desk_itself, .now_ms = clock_now_ms(jobs->edge->clock),
		.run = purge_run, .done = purge_done };
	secret_random(purge->work.seed, sizeof purge->work.seed);
	/* A busy writer has better things to do: the next round comes soon enough. */
	if (!crew_write(jobs->edge->crew, &purge->work, &error))
		talloc_free(purge);
}

static void
on_round(uv_timer_t *timer)
{
	purge_submit(timer->data);
}

struct jobs *
jobs_start(struct edge *edge, uv_loop_t *loop)
{
	struct jobs *jobs = g_new0(struct jobs, 1);

	jobs->edge = edge;
	jobs->timer.data = jobs;
	uv_timer_init(loop, &jobs->timer);
	uv_timer_start(&jobs->timer, on_round, 0, ROUND_MS);
	return jobs;
}

static void
on_closed(uv_handle_t *handle)
{
	g_free(handle->data);
}

void
jobs_stop(struct jobs *jobs)
{
	jobs->is_stopping = true;
	uv_close((uv_handle_t *)&jobs->timer, on_closed);
}
