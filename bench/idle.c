/*
 * B2, idle: what a visitor costs who is connected and watches its own conversation.
 *
 * 10,000 visitors start a chat through the desk's doors. A desk lets no advisor hold so many chats, so the bench then stops
 * it and makes all of them the administrator's in its file; nothing else is done behind its back. The desk starts again,
 * its memory is read, every visitor opens a socket and watches, the memory is read again. Then ten minutes of nothing
 * but pings; then the administrator sends a message to each. A socket that is closed, or a message that does not arrive, is
 * lost.
 *
 * One thread. Memory is that of the whole process; what the kernel keeps for the sockets is told apart.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cast.h"
#include "histogram.h"
#include "result.h"
#include "wire.h"

#define VISITORS    10000
#define UNANSWERED  32 /* messages under way at a time when each visitor gets one */
#define PATIENCE_NS INT64_C(60000000000)

static gboolean option_quick, option_keep;
static char *option_json, *option_program, *option_folder;
static int option_runs = 3, option_visitors = VISITORS;

static GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_FILENAME, &option_json, "write the figures to FILE as well", "FILE" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &option_quick,
	    "one run that holds for 25 seconds, not three of ten minutes", NULL },
	{ "runs", 0, 0, G_OPTION_ARG_INT, &option_runs, "runs to take the median of (3)", "N" },
	{ "visitors", 0, 0, G_OPTION_ARG_INT, &option_visitors, "how many (10000)", "N" },
	{ "program", 0, 0, G_OPTION_ARG_FILENAME, &option_program, "the softanswer to measure (this build's)", "FILE" },
	{ "folder", 0, 0, G_OPTION_ARG_FILENAME, &option_folder, "where the temporary desk lies", "DIR" },
	{ "keep", 0, 0, G_OPTION_ARG_NONE, &option_keep, "leave the desk's folder when it is over", NULL },
	{ NULL },
};

static struct figure figures[] = {
	{ "bytes_per_visitor", "bytes", 1024, "lower", "the goal", .runs = 0 },
	{ "lost", "visitors", 0, "lower", NULL, .runs = 0 },
	{ "proportional_bytes_per_visitor", "bytes", .runs = 0 },
	{ "bytes_per_further_visitor", "bytes", .runs = 0 },
	{ "kernel_bytes_per_visitor", "bytes", .runs = 0 },
	{ "empty_mb", "MB", .runs = 0 },
	{ "full_mb", "MB", .runs = 0 },
	{ "after_messages_mb", "MB", .runs = 0 },
	{ "connects_per_s", "visitors/s", .runs = 0 },
	{ "held_s", "s", .runs = 0 },
	{ "desk_share_while_idle", "processors", .runs = 0 },
	{ "message_to_each_s", "s", .runs = 0 },
	{ NULL, .runs = 0 },
};

struct guest {
	struct visitor visitor;
	struct wire *wire;
	bool is_ready, has_message;
};

struct scene {
	uv_loop_t loop;
	struct pool pool;
	uv_timer_t tick;
	struct trial trial;
	struct http courier;
	struct advisor administrator;
	struct wire *desk; /* the administrator's; its owner is NULL */
	struct guest *guests;
	unsigned count, ready, closed, received, sent, answered;
};

static void
send_next(struct scene *scene)
{
	struct guest *guest = &scene->guests[scene->sent];

	wire_send_format(scene->desk,
	    "{\"do\":\"message.send\",\"id\":\"each-%06u\",\"conversation\":\"%s\",\"text\":\"Good morning! How can we help?\"}",
	    scene->sent, guest->visitor.conversation);
	scene->sent++;
}

static void
hear_answer(struct scene *scene, const char *text, size_t size)
{
	if (memmem(text, size, "\"problem\"", 9) != NULL)
		bench_die("a message was refused: %.*s", (int)size, text);
	scene->answered++;
	if (scene->sent < scene->count)
		send_next(scene);
}

static void
hear_guest(struct scene *scene, struct guest *guest, const char *text, size_t size)
{
	if (memmem(text, MIN(size, 16), "\"re\"", 4) != NULL) {
		scene->ready += guest->is_ready ? 0 : 1;
		guest->is_ready = true;
	} else if (!guest->has_message && memmem(text, size, "\"each-", 6) != NULL) {
		guest->has_message = true;
		scene->received++;
	}
}

static void
on_text(struct wire *wire, const char *text, size_t size)
{
	struct scene *scene = wire->pool->loop->data;

	if (wire->owner == NULL)
		hear_answer(scene, text, size);
	else
		hear_guest(scene, wire->owner, text, size);
}

static void
on_closed(struct wire *wire, unsigned code)
{
	struct scene *scene = wire->pool->loop->data;
	struct guest *guest = wire->owner;

	if (guest == NULL)
		bench_die("the administrator's socket was closed with %u", code);
	guest->wire = NULL;
	if (scene->closed++ < 10)
		g_printerr("a visitor's socket was closed with %u\n", code);
}

static void
on_tick(uv_timer_t *tick)
{
	(void)tick;
}

static void
turn_until(struct scene *scene, int64_t end)
{
	while (clock_ticks_ns() < end)
		uv_run(&scene->loop, UV_RUN_ONCE);
}

/* Through the doors: a chat each, ended at once, because the waiting line is shorter than the list. */
static void
enter_guests(struct scene *scene)
{
	for (unsigned n = 0; n < scene->count; n++) {
		struct guest *guest = &scene->guests[n];
		g_autofree char *end = NULL;

		cast_visitor(&scene->courier, n, &guest->visitor);
		end = g_strdup_printf("/api/v1/conversations/%s/end", guest->visitor.conversation);
		json_decref(http_must(&scene->courier, "POST", end, json_object()));
	}
}

/* Behind its back, while it is stopped: every chat is open again and the administrator's. */
static void
give_chats(const struct scene *scene)
{
	g_autofree char *path = trial_database(&scene->trial),
			*change = g_strdup_printf("UPDATE chat SET state = 'owned', owner_id = %" G_GINT64_FORMAT
						  ", taken_at = started_at, ended_at = NULL, ended_by = NULL",
			    scene->administrator.id);
	sqlite3 *file;

	if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(file, change, NULL, NULL, NULL) != SQLITE_OK)
		bench_die("%s: %s", path, sqlite3_errmsg(file));
	sqlite3_close(file);
}

static void
scene_open(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	scene->count = (unsigned)MAX(option_visitors, 1);
	scene->guests = g_new0(struct guest, scene->count);
	if (!trial_open(&scene->trial, option_program, option_folder, &error) || !trial_start(&scene->trial, &error))
		bench_die("%s", error->message);
	scene->trial.keeps = option_keep;
	http_init(&scene->courier, scene->trial.port);
	cast_administrator(&scene->trial, &scene->administrator);
	enter_guests(scene);
	if (!trial_stop(&scene->trial, &error))
		bench_die("%s", error->message);
	give_chats(scene);
	uv_loop_init(&scene->loop);
	scene->loop.data = scene;
	pool_init(&scene->pool, &scene->loop);
	scene->pool.text = on_text;
	scene->pool.closed = on_closed;
	uv_timer_init(&scene->loop, &scene->tick);
	uv_timer_start(&scene->tick, on_tick, 10, 10);
	if (!trial_start(&scene->trial, &error))
		bench_die("%s", error->message);
}

static void
scene_close(struct scene *scene)
{
	g_autoptr(GError) error = NULL;

	scene->pool.closed = NULL;
	for (unsigned n = 0; n < scene->count; n++) {
		if (scene->guests[n].wire != NULL)
			wire_cut(scene->guests[n].wire);
		cast_visitor_clear(&scene->guests[n].visitor);
	}
	wire_cut(scene->desk);
	uv_close((uv_handle_t *)&scene->tick, NULL);
	pool_clear(&scene->pool);
	uv_loop_close(&scene->loop);
	cast_advisor_clear(&scene->administrator);
	http_clear(&scene->courier);
	g_free(scene->guests);
	if (!trial_stop(&scene->trial, &error))
		bench_die("%s", error->message);
	trial_close(&scene->trial);
}

static void
connect_guests(struct scene *scene, unsigned from, unsigned to)
{
	int64_t end;

	for (unsigned n = from; n < to; n++) {
		struct guest *guest = &scene->guests[n];

		cast_act_as(&scene->courier, &guest->visitor);
		guest->wire = wire_open(&scene->pool, &scene->courier, guest);
		if (guest->wire == NULL)
			bench_die("the socket of visitor %u does not open", n);
		wire_send_format(guest->wire,
		    "{\"do\":\"watch\",\"id\":\"watch-mine\",\"conversation\":\"%s\",\"since\":0}",
		    guest->visitor.conversation);
		if (n % 64 == 0)
			uv_run(&scene->loop, UV_RUN_NOWAIT);
	}
	for (end = clock_ticks_ns() + PATIENCE_NS; scene->ready < to && clock_ticks_ns() < end;)
		uv_run(&scene->loop, UV_RUN_ONCE);
}

static void
message_each(struct scene *scene)
{
	int64_t end = clock_ticks_ns() + PATIENCE_NS;

	while (scene->sent < MIN(UNANSWERED, scene->count))
		send_next(scene);
	while ((scene->received + scene->closed < scene->count || scene->answered < scene->count) &&
	    clock_ticks_ns() < end)
		uv_run(&scene->loop, UV_RUN_ONCE);
}

/* Bytes that the kernel keeps in its own small objects, on the whole machine: sockets of both ends among them. */
static double
kernel_bytes(void)
{
	g_autofree char *text = NULL;
	const char *at;

	if (!g_file_get_contents("/proc/meminfo", &text, NULL, NULL) || (at = strstr(text, "\nSlab:")) == NULL)
		return 0;
	return (double)g_ascii_strtoll(at + strlen("\nSlab:"), NULL, 10) * 1024;
}

static double
megabytes(int64_t bytes)
{
	return (double)bytes / 1e6;
}

static void
run_full(struct scene *scene, struct result *result, double hold)
{
	double empty = (double)trial_resident(&scene->trial), empty_share = (double)trial_proportional(&scene->trial);
	double kernel = kernel_bytes(), count = scene->count, busy;
	int64_t start = clock_ticks_ns(), half;

	result_add(result, "empty_mb", megabytes((int64_t)empty), 0);
	connect_guests(scene, 0, scene->count / 2);
	half = trial_resident(&scene->trial);
	connect_guests(scene, scene->count / 2, scene->count);
	result_add(
	    result, "bytes_per_further_visitor", (double)(trial_resident(&scene->trial) - half) / (count / 2), 0);
	result_add(result, "connects_per_s", count / ((double)(clock_ticks_ns() - start) / 1e9), 0);
	turn_until(scene, clock_ticks_ns() + 2 * INT64_C(1000000000));
	busy = trial_seconds(&scene->trial);
	turn_until(scene, clock_ticks_ns() + (int64_t)(hold * 1e9));
	result_add(result, "desk_share_while_idle", (trial_seconds(&scene->trial) - busy) / hold, 0);
	result_add(result, "held_s", hold, 0);
	result_add(result, "full_mb", megabytes(trial_resident(&scene->trial)), 0);
	result_add(result, "bytes_per_visitor", ((double)trial_resident(&scene->trial) - empty) / count, 0);
	result_add(result, "proportional_bytes_per_visitor",
	    ((double)trial_proportional(&scene->trial) - empty_share) / count, 0);
	result_add(result, "kernel_bytes_per_visitor", (kernel_bytes() - kernel) / count, 0);
}

static void
run_once(struct result *result)
{
	struct scene *scene = g_new0(struct scene, 1);
	int64_t start;

	scene_open(scene);
	scene->desk = wire_open(&scene->pool, &scene->administrator.http, NULL);
	if (scene->desk == NULL)
		bench_die("the administrator's socket does not open");
	run_full(scene, result, option_quick ? 25 : 600);
	start = clock_ticks_ns();
	message_each(scene);
	result_add(result, "message_to_each_s", (double)(clock_ticks_ns() - start) / 1e9, 0);
	result_add(result, "after_messages_mb", megabytes(trial_resident(&scene->trial)), 0);
	result_add(result, "lost", scene->count - scene->received, 0);
	scene_close(scene);
	g_free(scene);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- B2: memory of a visitor who is connected and subscribed");
	g_autoptr(GError) error = NULL;
	g_autofree char *commit = NULL;
	struct result result;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error) ||
	    !trial_may_open((unsigned)option_visitors, &error))
		bench_die("%s", error->message);
	commit = trial_commit(option_program);
	result_init(&result, "idle", figures, option_quick, commit);
	for (int run = 0; run < (option_quick ? 1 : CLAMP(option_runs, 1, RESULT_RUNS_MAX)); run++)
		run_once(&result);
	result_say(&result,
	    "%d visitors. The memory is the desk's resident set; the kernel's is for both ends of each connection.",
	    option_visitors);
	if (!result_tell(&result, option_json, &error))
		bench_die("%s", error->message);
	result_clear(&result);
	return 0;
}
