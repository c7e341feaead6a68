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
#include "cast.h"
#include "result.h"
#include "wire.h"

#define ADVISORS       8
#define VISITORS       40
#define SENT_KEPT      (1U << 20) /* send times: far more than can be under way */
#define DRAIN_NS       INT64_C(10000000000)
#define TEXT           "Good morning! Is the lamp with the green shade in stock again?"
#define ID_PREFIX      "m-"
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

struct role {
	bool is_advisor;
	struct visitor visitor;
	struct advisor advisor;
	struct wire *wire;
	unsigned under_way; /* sent and not acknowledged */
};

struct scene {
	uv_loop_t loop;
	struct pool pool;
	uv_timer_t tick; /* so that the loop looks at the clock when nothing comes */
	struct trial trial;
	struct http courier;
	struct advisor administrator;
	struct role visitors[VISITORS], advisors[ADVISORS];

	int64_t sent_at[SENT_KEPT];
	uint64_t sent, acknowledged, delivered;
	struct histogram latency, late;
	unsigned next;   /* the visitor whose turn it is */
	unsigned window; /* of the closed loop; 0: the beat sends */
	unsigned ready;  /* watches that were answered */
	int beat;        /* timerfd */
	int64_t beat_ns, due;
	const char *broken;
};

static struct scene *
scene_of(const struct wire *wire)
{
	return wire->pool->loop->data;
}

static void
send_one(struct scene *scene, struct role *visitor)
{
	char text[256];
	int size = g_snprintf(text, sizeof text,
	    "{\"do\":\"message.send\",\"id\":\"" ID_PREFIX "%012" G_GINT64_MODIFIER
	    "x\",\"conversation\":\"%s\",\"text\":\"" TEXT "\"}",
	    scene->sent, visitor->visitor.conversation);

	scene->sent_at[scene->sent++ % SENT_KEPT] = clock_ticks_ns();
	visitor->under_way++;
	wire_send(visitor->wire, text, (size_t)size);
}

static void
hear_answer(struct scene *scene, struct role *role, const char *text, size_t size)
{
	if (memmem(text, size, "\"problem\"", 9) != NULL) {
		g_printerr("refused: %.*s\n", (int)size, text);
		scene->broken = "a command was refused";
		return;
	}
	if (memmem(text, size, "\"" ID_PREFIX, sizeof ID_PREFIX) == NULL) {
		scene->ready++;
		return;
	}
	scene->acknowledged++;
	role->under_way--;
	while (role->under_way < scene->window)
		send_one(scene, role);
}

static void
hear_item(struct scene *scene, const char *text, size_t size)
{
	size_t id_size;
	const char *id = text_value(text, size, "caller_id", &id_size);

	if (id == NULL || id_size != strlen(ID_PREFIX) + 12 || memcmp(id, ID_PREFIX, strlen(ID_PREFIX)) != 0)
		return;
	histogram_add(&scene->latency,
	    (uint64_t)(clock_ticks_ns() - scene->sent_at[strtoull(id + strlen(ID_PREFIX), NULL, 16) % SENT_KEPT]));
	scene->delivered++;
}

static void
on_text(struct wire *wire, const char *text, size_t size)
{
	struct role *role = wire->owner;
	bool is_event = memmem(text, MIN(size, 16), "\"event\"", 7) != NULL;

	if (!is_event)
		hear_answer(scene_of(wire), role, text, size);
	else if (role->is_advisor)
		hear_item(scene_of(wire), text, size);
}

static void
on_closed(struct wire *wire, unsigned code)
{
	struct role *role = wire->owner;

	if (code != 1000)
		g_printerr("a socket was closed with %u\n", code);
	scene_of(wire)->broken = "a socket was closed";
	role->wire = NULL;
}

static void
insist(const struct scene *scene)
{
	if (scene->broken != NULL)
		bench_die("%s", scene->broken);
}

/* Turns the loop until `end`, or until everything that was sent is acknowledged and delivered. */
static void
turn_until(struct scene *scene, int64_t end)
{
	while (clock_ticks_ns() < end && scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	insist(scene);
}

static void
drain(struct scene *scene)
{
	int64_t end = clock_ticks_ns() + DRAIN_NS;

	while ((scene->delivered < scene->sent || scene->acknowledged < scene->sent) && clock_ticks_ns() < end &&
	    scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	if (scene->delivered != scene->sent || scene->acknowledged != scene->sent) {
		g_printerr("sent %" G_GUINT64_FORMAT ", acknowledged %" G_GUINT64_FORMAT
			   ", delivered %" G_GUINT64_FORMAT "\n",
		    scene->sent, scene->acknowledged, scene->delivered);
		scene->broken = "messages are missing";
	}
	insist(scene);
}

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
		send_one(scene, visitor);
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
	turn_until(scene, clock_ticks_ns() + (int64_t)(seconds * 1e9));
	uv_close((uv_handle_t *)&poll, NULL);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	close(scene->beat);
	drain(scene);
}

static void
clear_figures(struct scene *scene)
{
	histogram_clear(&scene->latency);
	histogram_clear(&scene->late);
}

static void
open_wire(struct scene *scene, struct role *role, struct http *http)
{
	role->wire = wire_open(&scene->pool, http, role);
	if (role->wire == NULL)
		bench_die("a socket does not open");
}

static void
watch(struct role *role, const struct visitor *visitor)
{
	wire_send_format(role->wire, "{\"do\":\"watch\",\"id\":\"watch-%.8s\",\"conversation\":\"%s\",\"since\":0}",
	    visitor->conversation, visitor->conversation);
}

static void
enter_visitor(struct scene *scene, unsigned n)
{
	struct role *visitor = &scene->visitors[n], *advisor = &scene->advisors[n % ADVISORS];

	cast_visitor(&scene->courier, n, &visitor->visitor);
	open_wire(scene, visitor, &scene->courier);
	cast_take(&advisor->advisor, visitor->visitor.conversation);
	watch(visitor, &visitor->visitor);
	watch(advisor, &visitor->visitor);
}

static void
on_tick(uv_timer_t *tick)
{
	(void)tick;
}

static void
scene_init(struct scene *scene)
{
	uv_loop_init(&scene->loop);
	scene->loop.data = scene;
	pool_init(&scene->pool, &scene->loop);
	scene->pool.text = on_text;
	scene->pool.closed = on_closed;
	uv_timer_init(&scene->loop, &scene->tick);
	uv_timer_start(&scene->tick, on_tick, 10, 10);
	http_init(&scene->courier, scene->trial.port);
}

static void
scene_open(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	if (!trial_open(&scene->trial, option_program, option_folder, &error) || !trial_start(&scene->trial, &error))
		bench_die("%s", error->message);
	scene->trial.keeps = option_keep;
	scene_init(scene);
	cast_administrator(&scene->trial, &scene->administrator);
	for (unsigned n = 0; n < ADVISORS; n++) {
		scene->advisors[n].is_advisor = true;
		cast_advisor(&scene->trial, &scene->administrator, n, &scene->advisors[n].advisor);
		open_wire(scene, &scene->advisors[n], &scene->advisors[n].advisor.http);
	}
	for (unsigned n = 0; n < VISITORS; n++)
		enter_visitor(scene, n);
	while (scene->ready < 2 * VISITORS && scene->broken == NULL)
		uv_run(&scene->loop, UV_RUN_ONCE);
	insist(scene);
}

static void
role_leave(struct role *role)
{
	if (role->wire != NULL)
		wire_cut(role->wire);
	if (role->is_advisor)
		cast_advisor_clear(&role->advisor);
	else
		cast_visitor_clear(&role->visitor);
}

/* Stops the desk, but leaves its file for the baseline. */
static void
scene_leave(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	scene->pool.closed = NULL;
	for (unsigned n = 0; n < VISITORS; n++)
		role_leave(&scene->visitors[n]);
	for (unsigned n = 0; n < ADVISORS; n++)
		role_leave(&scene->advisors[n]);
	uv_close((uv_handle_t *)&scene->tick, NULL);
	pool_clear(&scene->pool);
	uv_loop_close(&scene->loop);
	cast_advisor_clear(&scene->administrator);
	http_clear(&scene->courier);
	if (!trial_stop(&scene->trial, &error))
		bench_die("%s", error->message);
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
			send_one(scene, &scene->visitors[n]);
	turn_until(scene, clock_ticks_ns() + INT64_C(1000000000));
	clear_figures(scene);
	batches = trial_metric(&scene->courier, "softanswer_writer_batches_total");
	commands = trial_metric(&scene->courier, "softanswer_writer_commands_total");
	own = own_seconds(), desk = trial_seconds(&scene->trial), delivered = scene->delivered,
	start = clock_ticks_ns();
	turn_until(scene, start + (int64_t)(seconds * 1e9));
	seconds = (double)(clock_ticks_ns() - start) / 1e9;
	result.per_s = (double)(scene->delivered - delivered) / seconds;
	result.client_share = (own_seconds() - own) / seconds;
	result.desk_share = (trial_seconds(&scene->trial) - desk) / seconds;
	batches = trial_metric(&scene->courier, "softanswer_writer_batches_total") - batches;
	commands = trial_metric(&scene->courier, "softanswer_writer_commands_total") - commands;
	result.batch = batches > 0 ? commands / batches : 0;
	scene->window = 0;
	drain(scene);
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
	scene_open(scene);
	floor = floor_ms(result, scene->trial.folder);
	run_beats(scene, result, floor, seconds);
	top = run_saturation(scene, result, seconds);
	scene_leave(scene);
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
	struct result result;
	double share;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	if (option_peer != NULL)
		become_peer();
	result_init(&result, "chat", figures, option_quick);
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
