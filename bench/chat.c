/*
 * B1, chat: a visitor's message, on disk, delivered to the advisor.
 *
 * 40 visitors chat with 8 advisors on a real desk; each visitor watches its conversation and each advisor its five. Three
 * loads: 200 and 5,000 messages a second on a fixed beat whatever comes back (open loop), and as many as the desk takes
 * with a fixed number under way (closed loop). Latency runs from the visitor's send to the advisor's receipt; both are in
 * this process, on one clock. Every message must be acknowledged and delivered, or the bench fails.
 *
 * One thread. The desk has the other cores; the client says what it used itself.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "baseline.h"
#include "chat_scene.h"
#include "result.h"

#define UNANSWERED_MAX 60 /* of one socket; the desk closes it past 64 */
#define BATCH_OF_128   128

static gboolean option_quick;
static char *option_json, *option_program, *option_folder, *option_peer;
static int option_runs = 3, option_window = 32;
static gboolean option_keep;

static GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_FILENAME, &option_json, "write the figures to FILE as well", "FILE" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &option_quick, "seconds instead of minutes", NULL },
	{ "runs", 0, 0, G_OPTION_ARG_INT, &option_runs, "runs to take the median of (3)", "N" },
	{ "window", 0, 0, G_OPTION_ARG_INT, &option_window, "unanswered messages of each visitor when saturating (32)",
	    "N" },
	{ "peer", 0, 0, G_OPTION_ARG_STRING, &option_peer, "measure this peer instead: ejabberd", "NAME" },
	{ "program", 0, 0, G_OPTION_ARG_FILENAME, &option_program, "the softanswer to measure (this build's)", "FILE" },
	{ "folder", 0, 0, G_OPTION_ARG_FILENAME, &option_folder, "where the temporary desk lies: decides the disk",
	    "DIR" },
	{ "keep", 0, 0, G_OPTION_ARG_NONE, &option_keep, "leave the desk's folder when it is over", NULL },
	{ NULL },
};

static struct figure figures[] = {
	{ "saturation_per_s", "messages/s", 25000, "higher", "bare SQLite in batches of the same size", .runs = 0 },
	{ "ratio_bare_sqlite", "×", 0.75, "higher", NULL, .runs = 0 },
	{ "p50_ms_at_200", "ms", 0, "lower", "(fsync + round trip)", .runs = 0 },
	{ "p99_ms_at_200", "ms", 10, "lower", "(fsync + round trip)", .runs = 0 },
	{ "p99_ms_at_5000", "ms", 25, "lower", "(fsync + round trip)", .runs = 0 },
	{ "fsync_p50_ms", "ms", 0.13, "lower", "the machine on which the goals were set", .runs = 0 },
	{ "round_trip_p50_ms", "ms", .runs = 0 },
	{ "p50_ms_at_5000", "ms", .runs = 0 },
	{ "p50_ms_saturated", "ms", .runs = 0 },
	{ "p99_ms_saturated", "ms", .runs = 0 },
	{ "late_p99_ms_at_5000", "ms", .runs = 0 },
	{ "batch_saturated", "messages", .runs = 0 },
	{ "bare_sqlite_same_batch", "messages/s", .runs = 0 },
	{ "bare_sqlite_128", "messages/s", .runs = 0 },
	{ "client_share", "processors", .runs = 0 },
	{ "desk_share", "processors", .runs = 0 },
	{ NULL, .runs = 0 },
};

/* Whose turn it is: the next visitor who has room; NULL when the desk has stopped answering anybody. */
static struct role *
next_with_room(struct scene *scene)
{
	for (unsigned n = 0; n < VISITORS; n++) {
		struct role *visitor = &scene->visitors[scene->next++ % VISITORS];

		if (visitor->under_way < UNANSWERED_MAX)
			return visitor;
	}
	return NULL;
}

/* What is due by the clock is sent, however late the loop comes to it; lateness is kept. */
static void
on_beat(uv_poll_t *poll, int status, int events)
{
	struct scene *scene = poll->data;
	uint64_t beats;

	if (status != 0 || (events & UV_READABLE) == 0 || read(scene->beat, &beats, sizeof beats) != sizeof beats)
		return;
	for (int64_t now = clock_ticks_ns(); scene->due <= now; scene->due += scene->beat_ns) {
		struct role *visitor = next_with_room(scene);

		if (visitor == NULL)
			return;
		histogram_add(&scene->late, (uint64_t)(now - scene->due));
		scene_send(scene, visitor);
	}
}

static void
beat_for(struct scene *scene, unsigned per_second, double seconds)
{
	struct itimerspec pace = { .it_interval.tv_nsec = 1000000000L / per_second,
		.it_value.tv_nsec = 1000000000L / per_second };
	uv_poll_t poll;

	scene->beat = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	scene->beat_ns = pace.it_interval.tv_nsec;
	scene->due = clock_ticks_ns() + scene->beat_ns;
	uv_poll_init(&scene->loop, &poll, scene->beat);
	poll.data = scene;
	uv_poll_start(&poll, UV_READABLE, on_beat);
	timerfd_settime(scene->beat, 0, &pace, NULL);
	scene_turn(scene, clock_ticks_ns() + (int64_t)(seconds * 1e9));
	uv_close((uv_handle_t *)&poll, NULL);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	close(scene->beat);
	scene_drain(scene);
}

static void
clear_figures(struct scene *scene)
{
	histogram_clear(&scene->latency);
	histogram_clear(&scene->late);
}

static double
own_seconds(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

struct saturation {
	double per_s, batch, client_share, desk_share;
};

/* Fills every visitor's window, and counts what is delivered in `seconds` once the desk is warm. */
static struct saturation
saturate(struct scene *scene, double seconds)
{
	struct saturation result;
	double batches, commands, own, desk;
	uint64_t delivered;
	int64_t start;

	scene->window = (unsigned)option_window;
	for (unsigned n = 0; n < VISITORS; n++)
		while (scene->visitors[n].under_way < scene->window)
			scene_send(scene, &scene->visitors[n]);
	scene_turn(scene, clock_ticks_ns() + INT64_C(1000000000));
	clear_figures(scene);
	batches = trial_metric(&scene->courier, "softanswer_writer_batches_total");
	commands = trial_metric(&scene->courier, "softanswer_writer_commands_total");
	own = own_seconds(), desk = trial_seconds(&scene->trial), delivered = scene->delivered,
	start = clock_ticks_ns();
	scene_turn(scene, start + (int64_t)(seconds * 1e9));
	seconds = (double)(clock_ticks_ns() - start) / 1e9;
	result.per_s = (double)(scene->delivered - delivered) / seconds;
	result.client_share = (own_seconds() - own) / seconds;
	result.desk_share = (trial_seconds(&scene->trial) - desk) / seconds;
	batches = trial_metric(&scene->courier, "softanswer_writer_batches_total") - batches;
	commands = trial_metric(&scene->courier, "softanswer_writer_commands_total") - commands;
	result.batch = batches > 0 ? commands / batches : 0;
	scene->window = 0;
	scene_drain(scene);
	return result;
}

static double
bare(const struct scene *scene, unsigned batch, double seconds)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = trial_database(&scene->trial);
	double rate = baseline_sqlite(path, batch, seconds, &error);

	if (rate == 0)
		bench_die("%s", error->message);
	return rate;
}

/* What a message costs at least: its way onto the disk, and there and back on the loopback, in milliseconds. */
static double
floor_ms(struct result *result, const char *folder)
{
	static struct histogram fsyncs, trips;
	g_autoptr(GError) error = NULL;

	histogram_clear(&fsyncs);
	histogram_clear(&trips);
	if (!baseline_fsync(folder, 1000, &fsyncs, &error) || !baseline_round_trip(400, 5000, &trips, &error))
		bench_die("%s", error->message);
	result_add(result, "fsync_p50_ms", histogram_ms(&fsyncs, 0.5), 0);
	result_add(result, "round_trip_p50_ms", histogram_ms(&trips, 0.5), 0);
	return histogram_ms(&fsyncs, 0.5) + histogram_ms(&trips, 0.5);
}

static void
run_beats(struct scene *scene, struct result *result, double floor, double seconds)
{
	beat_for(scene, 200, 1); /* warm */
	clear_figures(scene);
	beat_for(scene, 200, seconds);
	result_add_goal(result, "p50_ms_at_200", histogram_ms(&scene->latency, 0.5), floor, 3 * floor);
	result_add(result, "p99_ms_at_200", histogram_ms(&scene->latency, 0.99), floor);
	clear_figures(scene);
	beat_for(scene, 5000, seconds);
	result_add(result, "p50_ms_at_5000", histogram_ms(&scene->latency, 0.5), 0);
	result_add(result, "p99_ms_at_5000", histogram_ms(&scene->latency, 0.99), floor);
	result_add(result, "late_p99_ms_at_5000", histogram_ms(&scene->late, 0.99), 0);
}

static struct saturation
run_saturation(struct scene *scene, struct result *result, double seconds)
{
	struct saturation top = saturate(scene, seconds);

	result_add(result, "p50_ms_saturated", histogram_ms(&scene->latency, 0.5), 0);
	result_add(result, "p99_ms_saturated", histogram_ms(&scene->latency, 0.99), 0);
	result_add(result, "batch_saturated", top.batch, 0);
	result_add(result, "client_share", top.client_share, 0);
	result_add(result, "desk_share", top.desk_share, 0);
	return top;
}

static void
run_once(struct scene *scene, struct result *result)
{
	double seconds = option_quick ? 3 : 10, floor, same, of_128;
	struct saturation top;

	memset(scene, 0, sizeof *scene);
	scene_open(scene, option_program, option_folder, option_keep);
	floor = floor_ms(result, scene->trial.folder);
	run_beats(scene, result, floor, seconds);
	top = run_saturation(scene, result, seconds);
	scene_leave(scene);
	if (trial_server() != NULL) { /* the bare file is another program's floor */
		result_add(result, "saturation_per_s", top.per_s, 0);
		trial_close(&scene->trial);
		return;
	}
	same = bare(scene, MAX((unsigned)(top.batch + 0.5), 1), seconds / 2);
	of_128 = bare(scene, BATCH_OF_128, seconds / 2);
	result_add(result, "saturation_per_s", top.per_s, same);
	result_add(result, "ratio_bare_sqlite", top.per_s / same, 0);
	result_add(result, "bare_sqlite_same_batch", same, 0);
	result_add(result, "bare_sqlite_128", of_128, 0);
	trial_close(&scene->trial);
}

/* A peer's client is a program of its own, beside this one, with the same options. */
static void
become_peer(void)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL),
			*folder = g_path_get_dirname(self == NULL ? "." : self);
	g_autofree char *name = g_strconcat("bench-peer-", option_peer, NULL),
			*path = g_build_filename(folder, name, NULL);
	g_autofree char *runs = g_strdup_printf("--runs=%d", option_runs),
			*json = g_strconcat("--json=", option_json, NULL);
	char *words[] = { name, runs, option_quick ? (char *)"--quick" : json, json, NULL };

	if (option_json == NULL)
		words[option_quick ? 3 : 2] = NULL;
	execv(path, words);
	bench_die("there is no peer %s", option_peer);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- B1: a visitor's message, on disk, delivered to the advisor");
	g_autoptr(GError) error = NULL;
	struct scene *scene = g_new0(struct scene, 1);
	g_autofree char *commit = NULL;
	struct result result;
	double share;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	if (option_peer != NULL)
		become_peer();
	commit = trial_commit(option_program);
	result_init(&result, "chat", figures, option_quick, commit);
	for (int run = 0; run < CLAMP(option_runs, 1, RESULT_RUNS_MAX); run++)
		run_once(scene, &result);
	share = result_value(&result, "client_share");
	result_say(&result, "The client used %.0f %% of one processor when the desk was saturated: it was %sthe limit.",
	    100 * share, share > 0.9 ? "" : "not ");
	if (!result_tell(&result, option_json, &error))
		bench_die("%s", error->message);
	result_clear(&result);
	g_free(scene);
	return 0;
}
