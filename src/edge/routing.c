/* Routing, at the edge: see routing.h. */
#include "edge/routing.h"

#include <talloc.h>

#include "base/log.h"
#include "desk/routing/routing.h"
#include "edge/errand.h"

/* After a work that failed, or that nobody took. */
#define AGAIN_MS 500

struct routing {
	struct edge *edge;
	uv_timer_t timer;
	struct routing_figures figures;
	bool is_due, is_out, is_telling, is_stopping;
};

struct step {
	struct work work; /* first */
	struct routing *routing;
	int did;
	bool more;
	int64_t due_at;
};

static void go_out(struct routing *routing);

static void
on_time(uv_timer_t *timer)
{
	struct routing *routing = timer->data;

	routing->is_due = true;
	go_out(routing);
}

/* Never early: the timer has whole milliseconds, as the moments have, and the store looks at the moment itself. */
static void
wait_until(struct routing *routing, int64_t due_at)
{
	int64_t in_ms = ROUTING_LONGEST_MS;

	if (due_at != 0)
		in_ms = CLAMP(due_at - clock_now_ms(routing->edge->clock), 1, ROUTING_LONGEST_MS);
	uv_timer_start(&routing->timer, on_time, (uint64_t)in_ms, 0);
}

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct step *step = (struct step *)work;

	return routing_step(tx, ROUTING_AT_A_TIME, &step->did, &step->more, error) &&
	    routing_due(tx, &step->due_at, error);
}

static void
done(struct work *work)
{
	struct step *step = (struct step *)work;
	struct routing *routing = step->routing;
	bool has_failed = work->error != NULL;
	int64_t due_at = has_failed ? clock_now_ms(routing->edge->clock) + AGAIN_MS : step->due_at;

	if (has_failed)
		log_line(LOG_WARNING, "routing.failed", "why", work->error->message, NULL);
	routing->is_out = false;
	routing->figures.steps++;
	routing->figures.did += (uint64_t)step->did;
	/* What it did itself is no news to it: it has looked again after each. */
	routing->is_telling = true;
	bus_publish(routing->edge->bus, work->events);
	routing->is_telling = false;
	if (!has_failed && step->more)
		routing->is_due = true;
	errand_end(work);
	if (routing->is_stopping)
		return;
	wait_until(routing, due_at);
	go_out(routing);
}

/* One at a time: what becomes due meanwhile goes out when it is back. */
static void
go_out(struct routing *routing)
{
	g_autoptr(GError) error = NULL;
	struct step *step;

	if (!routing->is_due || routing->is_out || routing->is_stopping || routing->edge->is_stopping)
		return;
	step = talloc_zero(NULL, struct step);
	step->routing = routing;
	step->work = errand_of(routing->edge, step, run, done);
	routing->is_due = false;
	routing->is_out = true;
	if (crew_write(routing->edge->crew, &step->work, &error))
		return;
	/* A busy writer: visitors' words go first. */
	routing->is_out = false;
	talloc_free(step);
	wait_until(routing, clock_now_ms(routing->edge->clock) + AGAIN_MS);
}

bool
routing_follows(enum event_kind kind)
{
	switch (kind) {
	case EVENT_CHAT_CHANGED:
	case EVENT_SEAT_CHANGED:
	case EVENT_POOL_CHANGED:
	case EVENT_PERSON_CHANGED:
	case EVENT_TEAM_CHANGED:
	case EVENT_SETTING_CHANGED:
		return true;
	default:
		return false;
	}
}

static void
on_event(void *data, const struct event *event)
{
	struct routing *routing = data;

	if (routing->is_telling || !routing_follows(event->kind))
		return;
	/* After all that is told of the same commit, not after each. */
	routing->is_due = true;
	if (!routing->is_out && !routing->is_stopping)
		uv_timer_start(&routing->timer, on_time, 0, 0);
}

struct routing *
routing_start(struct edge *edge, uv_loop_t *loop)
{
	struct routing *routing = g_new0(struct routing, 1);

	routing->edge = edge;
	uv_timer_init(loop, &routing->timer);
	routing->timer.data = routing;
	bus_subscribe(edge->bus, on_event, routing);
	routing->is_due = true;
	go_out(routing);
	return routing;
}

void
routing_figures(const struct routing *routing, struct routing_figures *figures)
{
	*figures = routing->figures;
	figures->is_idle = !routing->is_due && !routing->is_out;
}

static void
on_closed(uv_handle_t *handle)
{
	g_free(handle->data);
}

void
routing_stop(struct routing *routing)
{
	routing->is_stopping = true;
	uv_close((uv_handle_t *)&routing->timer, on_closed);
}
