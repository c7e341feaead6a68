/*
 * See run.h.
 */
#include "run.h"

#include "base/clock.h"
#include "crowd_files.h"

#define TEND_MS   10
#define SETTLE_NS INT64_C(60000000000)

static void
on_act(uv_timer_t *timer)
{
	struct run *run = timer->data;

	/* A blocking request may have held the loop up: what is due since is made up for. */
	while (!run->is_over && clock_ticks_ns() >= run->due) {
		run->due += INT64_C(1000000000) / MAX(run->rate, 1);
		crowd_act(&run->crowd);
	}
}

static void
on_tend(uv_timer_t *timer)
{
	struct run *run = timer->data;

	crowd_tend(&run->crowd);
	if (run->tended != NULL)
		run->tended(run);
}

void
run_open(struct run *run, const char *program, const char *parent, guint32 seed, int rate)
{
	g_autoptr(GError) error = NULL;

	if (!trial_open(&run->trial, program, parent, &error) || !trial_start(&run->trial, &error))
		bench_die("%s", error->message);
	run->rate = rate;
	uv_loop_init(&run->loop);
	crowd_open(&run->crowd, &run->trial, &run->loop, seed);
	uv_timer_init(&run->loop, &run->act);
	uv_timer_init(&run->loop, &run->tend);
	run->act.data = run->tend.data = run;
	run->due = clock_ticks_ns();
	uv_timer_start(&run->act, on_act, 1, 5);
	uv_timer_start(&run->tend, on_tend, 1, TEND_MS);
}

void
run_turn(struct run *run)
{
	uv_run(&run->loop, UV_RUN_ONCE);
}

void
run_settle(struct run *run)
{
	g_autoptr(GError) error = NULL;
	int64_t end = clock_ticks_ns() + SETTLE_NS;

	run->is_over = true;
	while (crowd_open_deeds(&run->crowd) > 0 && clock_ticks_ns() < end)
		run_turn(run);
	uv_timer_stop(&run->tend);
	if (!trial_wait(&run->trial, &error))
		bench_die("%s", error->message);
	crowd_catch_up(&run->crowd);
	run->crowd.files = files_read(&run->crowd, run->trial.port, run->crowd.answered, run->crowd.unread);
	if (!trial_stop(&run->trial, &error))
		crowd_fault(&run->crowd, "%s", error->message);
}

void
run_close(struct run *run)
{
	uv_close((uv_handle_t *)&run->act, NULL);
	uv_close((uv_handle_t *)&run->tend, NULL);
	crowd_close(&run->crowd);
	uv_loop_close(&run->loop);
	trial_close(&run->trial);
}
