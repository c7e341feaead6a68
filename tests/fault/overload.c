/*
 * fault-overload: more than a desk can take (P27).
 *
 *     fault-overload [--readers N] [--connects N] [--seconds N]
 *
 * 1. Readers that never read: 2,000 sockets of staff ask for a long page and follow a busy chat, and then read nothing. Each is closed with
 *    4410, the chat goes on for those who read, and the memory of the process stays below its cap: what may wait for all
 *    (LIMIT_SOCKETS_OUTPUT_BYTES), what may wait for each beyond it, and a little for themselves.
 * 2. A stampede: 10,000 connections a second from all over 127.0.0.0/8, under the limits of a desk on the internet. Every message of the
 *    chat that is there is acknowledged.
 * 3. A disk so slow that the writer's queue is over half full: who is new is told to come again (503, Retry-After), while the chat's message is
 *    taken; afterwards who is new is welcome. Nothing is lost.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "bad_disk.h"
#include "base/clock.h"
#include "base/limits.h"
#include "scene.h"
#include "stampede.h"
#include "wire.h"

#define PEOPLE         8
#define SESSIONS       16 /* of each, besides the first */
#define SOCKETS        16 /* of each session */
#define PAGE_ITEMS     20
#define PAGES          5 /* 1.5 MB, of which the kernel takes more than half */
#define TEXT_BYTES     15000
#define MESSAGES       160
#define OWN_BYTES      (32 << 20) /* what the process may grow besides */
#define PATIENCE_NS    INT64_C(30000000000)
#define PAUSE_US       40000 /* between two messages of one visitor: fewer than the flood table lets through */
#define SLOW_MS        400
#define SLOW_SOCKETS   80
#define SLOW_EACH      62
#define METRIC_SOCKETS "softanswer_sockets_closed_total{code=\"4410\"}"

static int option_readers = 2000, option_connects = 10000, option_seconds = 3;

static GOptionEntry options[] = {
	{ "readers", 0, 0, G_OPTION_ARG_INT, &option_readers, "sockets that never read (2000, at most 2048)", "N" },
	{ "connects", 0, 0, G_OPTION_ARG_INT, &option_connects, "connections a second (10000)", "N" },
	{ "seconds", 0, 0, G_OPTION_ARG_INT, &option_seconds, "for how long (3)", "N" },
	{ NULL },
};

struct ground {
	struct scene *scene;
	struct advisor people[PEOPLE];
	struct http sessions[PEOPLE * SESSIONS];
	unsigned session_count;
	uv_loop_t loop;
	struct pool pool;
	unsigned heard, answered, refused, gone; /* by the wires that read */
	int64_t head;                            /* the newest item that was heard: each once, in order */
	struct bad_disk *disk;
	char *control, *hard, *easy; /* the file of the disk; settings with limits, and without */
	unsigned failed, told;
};

static G_GNUC_PRINTF(2, 3) void wrong(struct ground *ground, const char *format, ...)
{
	va_list args;

	ground->told++;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("         %s\n", text);
}

static G_GNUC_PRINTF(2, 3) void check(struct ground *ground, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("%s P27    %s\n", ground->told == 0 ? "ok      " : "NOT OK  ", text);
	fflush(stdout);
	ground->failed += ground->told == 0 ? 0 : 1;
	ground->told = 0;
}

/* The cursor of who reads: what is not above it was heard before, and nothing may be left out. */
static void
hear_item(struct ground *ground, const char *text, size_t size)
{
	json_t *event = json_loadb(text, size, 0, NULL);
	int64_t seq = json_integer_value(json_object_get(json_object_get(event, "item"), "seq"));

	json_decref(event);
	if (seq <= ground->head)
		return;
	if (seq != ground->head + 1)
		wrong(ground, "who reads heard %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT, seq, ground->head);
	ground->head = seq;
	ground->heard++;
}

static void
on_text(struct wire *wire, const char *text, size_t size)
{
	struct ground *ground = wire->pool->loop->data;

	if (memmem(text, size, "\"item.added\"", strlen("\"item.added\"")) != NULL)
		hear_item(ground, text, size);
	else if (memmem(text, size, "\"ok\"", strlen("\"ok\"")) != NULL)
		ground->answered++;
	else if (memmem(text, size, "\"problem\"", strlen("\"problem\"")) != NULL)
		ground->refused++;
}

static void
on_closed(struct wire *wire, unsigned code)
{
	(void)code;
	((struct ground *)wire->pool->loop->data)->gone++;
}

static void
turn(struct ground *ground)
{
	uv_run(&ground->loop, UV_RUN_NOWAIT);
}

/* ---- The desk ---- */

static void
start(struct ground *ground)
{
	g_autoptr(GError) error = NULL;

	if (!trial_start(&ground->scene->trial, &error))
		bench_die("%s", error->message);
}

static void
stop(struct ground *ground)
{
	g_autoptr(GError) error = NULL;

	if (!trial_stop(&ground->scene->trial, &error))
		wrong(ground, "%s", error->message);
}

/* The limits that a desk on the internet has, in place of the bench's. */
static void
set_limits(struct ground *ground, bool are_on)
{
	g_autofree char *path = g_build_filename(ground->scene->trial.data, "softanswer.conf", NULL);
	g_autoptr(GError) error = NULL;

	if (ground->easy == NULL && g_file_get_contents(path, &ground->easy, NULL, &error)) {
		g_autoptr(GRegex) ours =
		    g_regex_new("^(floods|connections_per_address) = .*$", G_REGEX_MULTILINE, 0, NULL);

		ground->hard = g_regex_replace(ours, ground->easy, -1, 0, "", 0, NULL);
	}
	if (ground->hard == NULL || !g_file_set_contents(path, are_on ? ground->hard : ground->easy, -1, &error))
		bench_die("%s", error == NULL ? path : error->message);
}

static void
ground_open(struct ground *ground)
{
	struct scene *scene = ground->scene = g_new0(struct scene, 1);

	scene_open(scene, NULL);
	for (unsigned n = 0; n < PEOPLE; n++) {
		cast_advisor(&scene->trial, &scene->administrator, 10 + n, &ground->people[n]);
		for (unsigned i = 0; i < SESSIONS; i++)
			cast_again(&ground->people[n], &ground->sessions[ground->session_count++]);
	}
	uv_loop_init(&ground->loop);
	ground->loop.data = ground;
	pool_init(&ground->pool, &ground->loop);
	ground->pool.text = on_text;
	ground->pool.closed = on_closed;
	ground->control = g_build_filename(scene->trial.folder, "bad-disk", NULL);
	ground->disk = bad_disk_make(ground->control);
}

static void
ground_close(struct ground *ground)
{
	pool_clear(&ground->pool);
	uv_run(&ground->loop, UV_RUN_NOWAIT);
	uv_loop_close(&ground->loop);
	for (unsigned n = 0; n < ground->session_count; n++)
		http_clear(&ground->sessions[n]);
	for (unsigned n = 0; n < PEOPLE; n++)
		cast_advisor_clear(&ground->people[n]);
	bad_disk_free(ground->disk);
	trial_close(&ground->scene->trial);
	scene_close(ground->scene);
	g_free(ground->scene);
	g_free(ground->control);
	g_free(ground->hard);
	g_free(ground->easy);
}

static struct wire *
open_wire(struct ground *ground, unsigned n)
{
	struct wire *wire = wire_open(&ground->pool, &ground->sessions[n / SOCKETS], ground);

	if (wire == NULL)
		bench_die("socket %u is not let in", n);
	return wire;
}

static void
watch(struct ground *ground, struct wire *wire, int64_t since)
{
	wire_send_format(wire, "{\"do\":\"watch\",\"id\":\"w\",\"conversation\":\"%s\",\"since\":%" G_GINT64_FORMAT "}",
	    ground->scene->visitor.conversation, since);
}

/* Closes all wires of the test. */
static void
hang_up(struct ground *ground, GPtrArray *wires)
{
	for (guint n = 0; n < wires->len; n++)
		wire_cut(g_ptr_array_index(wires, n));
	for (unsigned n = 0; n < 3; n++)
		turn(ground);
	g_ptr_array_set_size(wires, 0);
}

/* ---- Readers that never read ---- */

static int64_t
head_of(const struct scene *scene)
{
	return scene->things[scene->count - 1].seq;
}

static void
open_reader(struct ground *ground, unsigned n, GPtrArray *wires)
{
	struct wire *wire = open_wire(ground, n);

	/* Half of them ask for pages, which nobody shares. */
	for (unsigned i = 0; i < PAGES && n % 2 == 0; i++)
		wire_send_format(wire,
		    "{\"do\":\"conversation.items\",\"id\":\"i\",\"conversation\":\"%s\",\"since\":0,\"limit\":%d}",
		    ground->scene->visitor.conversation, PAGE_ITEMS);
	watch(ground, wire, head_of(ground->scene));
	wire_flush(wire);
	uv_read_stop((uv_stream_t *)&wire->tcp);
	g_ptr_array_add(wires, wire);
}

/* One message, and how long it took in milliseconds, if that is more than in *worst. */
static void
say_timed(struct ground *ground, unsigned size, double *worst)
{
	int64_t begin = clock_ticks_ns();
	int status = scene_say(ground->scene, THING_MESSAGE, ground->scene->count % 2 == 0, size);

	if (status != 200)
		wrong(ground, "a message of the chat was answered %d", status);
	*worst = MAX(*worst, (double)(clock_ticks_ns() - begin) / 1e6);
}

static bool
are_closed(struct ground *ground, struct http *http, unsigned wanted)
{
	int64_t until = clock_ticks_ns() + PATIENCE_NS;
	unsigned closed;

	do
		closed = (unsigned)trial_metric(http, METRIC_SOCKETS);
	while (closed < wanted && clock_ticks_ns() < until);
	if (closed != wanted)
		wrong(ground, "%u of %u readers were closed", closed, wanted);
	return closed == wanted;
}

static void
look_at_memory(const struct scene *scene, int64_t *most)
{
	int64_t now = trial_resident(&scene->trial);

	*most = MAX(*most, now);
}

static void
never_read(struct ground *ground)
{
	struct scene *scene = ground->scene;
	g_autoptr(GPtrArray) wires = g_ptr_array_new(), good = g_ptr_array_new();
	int64_t before, most = 0,
			cap = (int64_t)LIMIT_SOCKETS_OUTPUT_BYTES +
	    (int64_t)option_readers * LIMIT_SOCKET_OUTPUT_LEFT_BYTES + OWN_BYTES;
	double worst = 0;
	struct wire *reader;

	for (unsigned n = 0; n < PAGE_ITEMS; n++)
		say_timed(ground, TEXT_BYTES, &worst);
	reader = wire_open(&ground->pool, &scene->courier, ground);
	if (reader == NULL)
		bench_die("the visitor is not let in");
	g_ptr_array_add(good, reader);
	ground->head = head_of(scene);
	watch(ground, reader, ground->head);
	wire_flush(reader);
	before = trial_resident(&scene->trial);
	for (unsigned n = 0; n < (unsigned)option_readers; n++) {
		open_reader(ground, n, wires);
		if (n % 50 == 0)
			look_at_memory(scene, &most);
	}
	for (unsigned n = 0; n < MESSAGES; n++) {
		say_timed(ground, TEXT_BYTES, &worst);
		look_at_memory(scene, &most);
		turn(ground);
	}
	(void)are_closed(ground, &scene->courier, (unsigned)option_readers);
	check(ground, "%d readers that never read are closed with 4410", option_readers);
	look_at_memory(scene, &most);
	if (most - before > cap)
		wrong(ground, "the process grew by %" G_GINT64_FORMAT " MB", (most - before) >> 20);
	check(ground, "memory stays under its cap (grew by %" G_GINT64_FORMAT " MB of %" G_GINT64_FORMAT ")",
	    (most - before) >> 20, cap >> 20);
	for (int64_t until = clock_ticks_ns() + PATIENCE_NS; ground->heard < MESSAGES && clock_ticks_ns() < until;)
		turn(ground);
	if (ground->heard != MESSAGES || reader->is_closing)
		wrong(ground, "who reads heard %u of %d messages", ground->heard, MESSAGES);
	check(ground, "meanwhile the chat goes on for who reads (the slowest message took %.0f ms)", worst);
	hang_up(ground, wires);
	hang_up(ground, good);
}

/* ---- A stampede ---- */

static void
withstand_stampede(struct ground *ground)
{
	struct scene *scene = ground->scene;
	struct stampede *stampede = g_new(struct stampede, 1);
	int64_t until;
	unsigned said = 0;
	double worst = 0;

	stop(ground);
	set_limits(ground, true);
	start(ground);
	say_timed(ground, 100, &worst); /* its connection is there before the others come */
	stampede_begin(stampede, scene->trial.port, (unsigned)option_connects);
	until = clock_ticks_ns() + option_seconds * INT64_C(1000000000);
	for (; clock_ticks_ns() < until; said++) {
		say_timed(ground, 100, &worst);
		g_usleep(PAUSE_US);
	}
	stampede_end(stampede);
	if (said == 0 || waitpid(scene->trial.pid, NULL, WNOHANG) != 0)
		wrong(ground, "the desk is gone");
	check(ground,
	    "under %.0f connections a second from 127.0.0.0/8 every message of the chat is taken (%u; the slowest took %.0f ms)",
	    (double)stampede->tried / stampede->seconds, said, worst);
	g_free(stampede);
}

/* ---- A full queue ---- */

static int
ask_for_chat(struct http *newcomer, const char *id)
{
	return http_call(newcomer, "POST", "/api/v1/chats", json_pack("{s:s, s:s}", "id", id, "text", "Hello?"), NULL);
}

static void
fill_queue(struct ground *ground, GPtrArray *wires)
{
	for (unsigned n = 0; n < SLOW_SOCKETS; n++) {
		struct wire *wire = open_wire(ground, n);

		g_ptr_array_add(wires, wire);
		for (unsigned i = 0; i < SLOW_EACH; i++)
			wire_send_format(wire,
			    "{\"do\":\"note.add\",\"id\":\"note-%03u-%03u\",\"conversation\":\"%s\",\"text\":\"one of many\"}",
			    n, i, ground->scene->visitor.conversation);
	}
	ground->disk->slow_ms = SLOW_MS;
	for (guint n = 0; n < wires->len; n++)
		wire_flush(g_ptr_array_index(wires, n));
}

static bool
is_half_full(struct http *http)
{
	int64_t until = clock_ticks_ns() + PATIENCE_NS;

	while (trial_metric(http, "softanswer_writer_queue") <= LIMIT_WRITER_QUEUE / 2)
		if (clock_ticks_ns() > until)
			return false;
	return true;
}

static void
begin_newcomer(struct ground *ground, struct http *newcomer)
{
	json_t *answer;

	http_init(newcomer, ground->scene->trial.port);
	answer = http_must(newcomer, "POST", "/api/v1/visitors", json_pack("{s:b}", "token", 1));
	newcomer->token = g_strdup(json_string_value(json_object_get(answer, "token")));
	json_decref(answer);
}

static void
refuse_who_is_new(struct ground *ground)
{
	struct scene *scene = ground->scene;
	g_autoptr(GPtrArray) wires = g_ptr_array_new(), complaints = g_ptr_array_new_with_free_func(g_free);
	struct http newcomer;
	int64_t until;
	int status;
	double took = 0;

	stop(ground);
	set_limits(ground, false);
	bad_disk_begin(ground->control);
	start(ground);
	bad_disk_end();
	begin_newcomer(ground, &newcomer);
	ground->answered = ground->refused = ground->gone = 0;
	fill_queue(ground, wires);
	if (!is_half_full(&scene->courier))
		wrong(ground, "the queue is never half full: the disk is too fast");
	status = ask_for_chat(&newcomer, "newcomer-1");
	if (status != 503 || newcomer.retry_after == 0)
		wrong(ground, "who is new is answered %d", status);
	say_timed(ground, 100, &took);
	check(ground,
	    "while the writer's queue is over half full who is new is told to come again, and the chat goes on (%.0f ms)",
	    took);
	ground->disk->slow_ms = 0;
	for (until = clock_ticks_ns() + PATIENCE_NS;
	     ground->answered < SLOW_SOCKETS * SLOW_EACH && ground->gone == 0 && clock_ticks_ns() < until;)
		turn(ground);
	if (ground->answered != SLOW_SOCKETS * SLOW_EACH || ground->refused > 0 || ground->gone > 0)
		wrong(ground, "%u of %d notes were acknowledged, %u refused; %u sockets were closed", ground->answered,
		    SLOW_SOCKETS * SLOW_EACH, ground->refused, ground->gone);
	check(ground, "everything that was in the queue is acknowledged (%d)", SLOW_SOCKETS * SLOW_EACH);
	status = ask_for_chat(&newcomer, "newcomer-1");
	if (status != 200 && status != 201)
		wrong(ground, "who is new is answered %d", status);
	check(ground, "afterwards who is new is welcome, with the same id");
	scene_compare(scene, complaints);
	for (guint n = 0; n < complaints->len; n++)
		wrong(ground, "%s", (char *)g_ptr_array_index(complaints, n));
	check(ground, "nothing that was acknowledged in all this is lost");
	hang_up(ground, wires);
	http_clear(&newcomer);
	stop(ground);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context = g_option_context_new("- gives the desk more than it can take");
	g_autoptr(GError) error = NULL;
	struct ground *ground = g_new0(struct ground, 1);
	unsigned failed;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error) ||
	    !trial_may_open((unsigned)option_readers + STAMPEDE_HELD, &error))
		bench_die("%s", error->message);
	option_readers = CLAMP(option_readers, 1, PEOPLE * SESSIONS * SOCKETS);
	ground_open(ground);
	never_read(ground);
	withstand_stampede(ground);
	refuse_who_is_new(ground);
	failed = ground->failed;
	ground_close(ground);
	g_free(ground);
	return failed == 0 ? 0 : 1;
}
