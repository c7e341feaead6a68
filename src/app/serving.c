/* Serving: see serving.h. */
#include "app/serving.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include <uv.h>

#include "app/copy.h"
#include "app/jobs.h"
#include "app/task.h"
#include "base/log.h"
#include "desk/people/pass.h"
#include "edge/about.h"
#include "edge/command.h"
#include "edge/embeds.h"
#include "edge/crowd.h"
#include "edge/flood.h"
#include "edge/http.h"
#include "edge/hub.h"
#include "edge/metrics.h"
#include "edge/password.h"
#include "edge/pusher.h"
#include "edge/routing.h"
#include "edge/ticket.h"

/* What answers and sockets may take to finish when the desk stops; then they are cut off, and nothing is lost by it. */
#define STOP_SECONDS 5

/* The first descriptor that systemd hands over (sd_listen_fds(3)). */
#define FIRST_HANDED_OVER 3

struct serving {
	struct place *place;
	uv_loop_t loop;
	uv_async_t finished; /* works or passwords are done: woken from their threads */
	uv_signal_t signals[3];
	uv_timer_t stop_timer;
	int seconds_left;
	struct store *store;
	struct edge edge;
	struct http *http;
	struct jobs *jobs;
	struct routing *routing;
	struct networks *proxies, *watchers;
	char *embed_origins;
	void *memory; /* of the first code */
	const char *first_code;
	struct site_places places; /* of the start */
	struct about about;
	char *backup_stamp;
};

static void
wake(void *data)
{
	uv_async_send(data);
}

static void
on_finished(uv_async_t *async)
{
	struct serving *serving = async->data;

	crew_collect(serving->edge.crew);
	if (serving->edge.passwords != NULL)
		passwords_collect(serving->edge.passwords);
	if (serving->edge.pusher != NULL)
		pusher_collect(serving->edge.pusher);
}

/* ---- Starting ---- */

static gboolean
make_first_code(struct tx *tx, void *data, GError **error)
{
	return people_first_code(tx, data, error);
}

static gboolean
read_places(struct tx *tx, void *data, GError **error)
{
	return site_places(tx, data, error);
}

/* The store, and what stands in it before anybody comes. */
static gboolean
start_store(struct serving *serving, GError **error)
{
	serving->store = place_open(serving->place, PLACE_SERVE, error);
	return serving->store != NULL && copy_is_whole(serving->store, error) &&
	    task_run(serving->store, true, serving->memory, make_first_code, &serving->first_code, error) &&
	    task_run(serving->store, false, serving->memory, read_places, &serving->places, error);
}

static void
know_about(struct serving *serving)
{
	const struct place *place = serving->place;

	serving->backup_stamp = place_backup_stamp(place);
	serving->about = (struct about) { .commit = place->commit == NULL ? "unknown" : place->commit,
		.folder = place->folder,
		.database = place_is_on_server(place) ? NULL : place->database,
		.backed_up = serving->backup_stamp,
		.engine = store_engine(serving->store),
		.lacks = place->lacks,
		.schema = store_schema(serving->store),
		.started_ms = clock_now_ms(serving->edge.clock) };
	serving->edge.about = &serving->about;
}

static gboolean
start_edge(struct serving *serving, GError **error)
{
	const struct settings *settings = &serving->place->settings;
	struct edge *edge = &serving->edge;

	edge->clock = clock_system();
	edge->crew = crew_start(serving->store, (unsigned)settings->readers, wake, &serving->finished, error);
	if (edge->crew == NULL)
		return FALSE;
	know_about(serving);
	edge->bus = bus_local_new();
	edge->floods = settings->floods ? flood_table_new() : NULL;
	edge->crowd = crowd_new((unsigned)settings->connections_per_address);
	edge->tickets = ticket_table_new();
	ticket_listen(edge->tickets, edge->bus);
	edge->embeds = embeds_new(edge);
	embeds_put(edge->embeds, &serving->places);
	edge->passwords = passwords_start(wake, &serving->finished);
	edge->hub = hub_new(edge, &serving->loop);
	return TRUE;
}

static void
add_push_metrics(GString *out, const struct pusher *pusher)
{
	struct pusher_figures figures;

	pusher_figures(pusher, &figures);
	metrics_add(out, "pushes", "gauge", "pushes that wait to be sent", figures.waiting);
	metrics_add(out, "pushes_sent_total", "counter", "pushes that push services took", (double)figures.sent);
	metrics_add(
	    out, "pushes_gone_total", "counter", "browsers that push services know no more", (double)figures.gone);
	metrics_add(out, "pushes_retried_total", "counter", "pushes that were put off to be tried again",
	    (double)figures.tried_again);
	metrics_add(out, "pushes_failed_total", "counter", "pushes that were given up", (double)figures.failed);
	metrics_add(
	    out, "pushes_left_out_total", "counter", "pushes left out since too many waited", (double)figures.left_out);
}

static void
add_routing_metrics(GString *out, const struct routing *routing)
{
	struct routing_figures figures;

	routing_figures(routing, &figures);
	metrics_add(
	    out, "routing_steps_total", "counter", "looks at whether something is to be routed", (double)figures.steps);
	metrics_add(out, "routing_done_total", "counter",
	    "offers made and ended, calls for help, chats that fell quiet", (double)figures.did);
}

static void
add_metrics(GString *out, void *data)
{
	const struct serving *serving = data;
	struct password_figures figures = { 0 };

	passwords_figures(serving->edge.passwords, &figures);
	metrics_add(out, "passwords", "gauge", "passwords that wait to be compared or hashed", figures.waiting);
	metrics_add(out, "passwords_total", "counter", "passwords compared or hashed", (double)figures.jobs);
	metrics_add(out, "passwords_held_seconds_total", "counter", "delays of those who tried wrong ones",
	    (double)figures.held_ms / MS_PER_SECOND);
	add_push_metrics(out, serving->edge.pusher);
	add_routing_metrics(out, serving->routing);
	metrics_add(out, "store_log_bytes", "gauge", "size of the store's write-ahead log",
	    (double)store_log_bytes(serving->store));
}

/* The socket that systemd hands over to this process, or -1. */
static int
handed_over(void)
{
	const char *pid = g_getenv("LISTEN_PID"), *count = g_getenv("LISTEN_FDS");
	g_autofree char *own = g_strdup_printf("%d", (int)getpid());

	if (g_strcmp0(pid, own) != 0 || g_strcmp0(count, "1") != 0)
		return -1;
	fcntl(FIRST_HANDED_OVER, F_SETFD, FD_CLOEXEC);
	fcntl(FIRST_HANDED_OVER, F_SETFL, fcntl(FIRST_HANDED_OVER, F_GETFL) | O_NONBLOCK);
	return FIRST_HANDED_OVER;
}

static int
open_listener(const struct settings *settings, GError **error)
{
	int listener = handed_over();

	return listener >= 0 ? listener : http_listen(settings->address, (unsigned)settings->port, error);
}

/* After the base address is known. */
static void
start_pusher(struct serving *serving)
{
	const struct pusher_settings settings = {
		.allows_loopback = serving->place->settings.fetch_loopback, .wake = wake, .data = &serving->finished
	};

	serving->edge.pusher = pusher_new(&serving->edge, &serving->loop, &settings);
	pusher_read(serving->edge.pusher);
}

static gboolean
start_http(struct serving *serving, GError **error)
{
	const struct settings *settings = &serving->place->settings;
	int listener = open_listener(settings, error);

	if (listener < 0)
		return FALSE;
	serving->edge.base_url = settings_base_url(settings, http_port(listener));
	serving->embed_origins = settings_frame_sources(settings, serving->edge.base_url);

	struct http_settings http = {
		.listener = listener,
		.commands = commands,
		.assets = { .files = pages_files, .count = pages_count, .has_demo = settings->demo },
		.embed_origins = serving->embed_origins,
		.proxies = serving->proxies,
		.watchers = serving->watchers,
		.watch_token = settings->metrics_token,
		.more_metrics = add_metrics,
		.data = serving,
	};

	start_pusher(serving);
	serving->http = http_start(&serving->edge, &serving->loop, &http, error);
	return serving->http != NULL;
}

static void
set_log_level(const struct settings *settings)
{
	enum log_level level;

	if (log_level_of(settings->log_level, &level))
		log_set_level(level);
}

static gboolean
take_settings(struct serving *serving, GError **error)
{
	const struct settings *settings = &serving->place->settings;

	if (!settings_check(settings, error))
		return FALSE;
	set_log_level(settings);
	serving->proxies = networks_parse(settings->trusted_proxies, error);
	if (serving->proxies != NULL)
		serving->watchers = networks_parse(settings->metrics_from, error);
	return serving->watchers != NULL;
}

static void on_signal(uv_signal_t *handle, int number);

static void
start_signals(struct serving *serving)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

	signal(SIGPIPE, SIG_IGN);
	for (unsigned i = 0; i < G_N_ELEMENTS(numbers); i++)
		uv_signal_start(&serving->signals[i], on_signal, numbers[i]);
}

static void
start_loop(struct serving *serving)
{
	uv_loop_init(&serving->loop);
	uv_async_init(&serving->loop, &serving->finished, on_finished);
	serving->finished.data = serving;
	uv_timer_init(&serving->loop, &serving->stop_timer);
	serving->stop_timer.data = serving;
	for (unsigned i = 0; i < G_N_ELEMENTS(serving->signals); i++) {
		uv_signal_init(&serving->loop, &serving->signals[i]);
		serving->signals[i].data = serving;
	}
}

static void end(struct serving *serving);

struct serving *
serving_start(struct place *place, GError **error)
{
	struct serving *serving = g_new0(struct serving, 1);

	serving->place = place;
	serving->memory = talloc_new(NULL);
	start_loop(serving);
	if (!take_settings(serving, error) || !place_lock(place, error) ||
	    !place_key(place, &serving->edge.key, error) || !start_store(serving, error) ||
	    !start_edge(serving, error) || !start_http(serving, error)) {
		end(serving);
		return NULL;
	}
	start_signals(serving);
	serving->jobs = jobs_start(&serving->edge, &serving->loop);
	serving->routing = routing_start(&serving->edge, &serving->loop);
	return serving;
}

const char *
serving_base_url(const struct serving *serving)
{
	return serving->edge.base_url;
}

const char *
serving_first_code(const struct serving *serving)
{
	return serving->first_code;
}

/* ---- Stopping ---- */

static bool
is_quiet(const struct serving *serving)
{
	struct hub_figures figures;

	hub_figures(serving->edge.hub, &figures);
	return http_under_way(serving->http) == 0 && figures.sockets == 0;
}

static void
on_stop_timer(uv_timer_t *timer)
{
	struct serving *serving = timer->data;

	if (is_quiet(serving) || serving->seconds_left-- <= 0)
		uv_stop(&serving->loop);
}

static void
begin_stop(struct serving *serving)
{
	if (serving->edge.is_stopping) { /* asked twice: at once */
		uv_stop(&serving->loop);
		return;
	}
	log_line(LOG_INFO, "desk.stopping", NULL);
	serving->edge.is_stopping = true;
	serving->seconds_left = STOP_SECONDS * 20;
	http_stop_listening(serving->http);
	hub_stop(serving->edge.hub);
	uv_timer_start(&serving->stop_timer, on_stop_timer, 0, MS_PER_SECOND / 20);
}

static void
read_log_level(const struct serving *serving)
{
	struct settings settings;
	g_autoptr(GError) error = NULL;

	if (!settings_read(serving->place->settings_file, &settings, &error)) {
		log_line(LOG_WARNING, "settings.refused", "why", error->message, NULL);
		return;
	}
	set_log_level(&settings);
	settings_clear(&settings);
}

static void
on_signal(uv_signal_t *handle, int number)
{
	if (number == SIGHUP)
		read_log_level(handle->data);
	else
		begin_stop(handle->data);
}

/* Threads end first, since their works hold on to the edge; passwords go on to the crew, so they end before it. */
static void
end_threads(struct serving *serving)
{
	struct edge *edge = &serving->edge;

	if (serving->jobs != NULL)
		jobs_stop(serving->jobs);
	if (serving->routing != NULL)
		routing_stop(serving->routing);
	if (edge->passwords != NULL)
		passwords_close(edge->passwords);
	if (edge->pusher != NULL)
		pusher_close(edge->pusher);
	if (edge->crew != NULL)
		crew_stop(edge->crew);
	passwords_stop(edge->passwords);
}

/* Then what hangs on the loop, and the loop itself. Also for a desk of which only the first parts were started. */
static void
end_loop(struct serving *serving)
{
	if (serving->edge.hub != NULL)
		hub_free(serving->edge.hub);
	http_free(serving->http);
	pusher_free(serving->edge.pusher);
	for (unsigned i = 0; i < G_N_ELEMENTS(serving->signals); i++)
		uv_close((uv_handle_t *)&serving->signals[i], NULL);
	uv_close((uv_handle_t *)&serving->stop_timer, NULL);
	uv_close((uv_handle_t *)&serving->finished, NULL);
	uv_run(&serving->loop, UV_RUN_DEFAULT);
	uv_loop_close(&serving->loop);
}

static void
end(struct serving *serving)
{
	serving->edge.is_stopping = true;
	end_threads(serving);
	end_loop(serving);
	if (serving->edge.bus != NULL)
		bus_free(serving->edge.bus);
	flood_table_free(serving->edge.floods);
	crowd_free(serving->edge.crowd);
	ticket_table_free(serving->edge.tickets);
	embeds_free(serving->edge.embeds);
	if (serving->store != NULL)
		store_close(serving->store);
	networks_free(serving->proxies);
	networks_free(serving->watchers);
	g_free(serving->embed_origins);
	g_free(serving->backup_stamp);
	g_free(serving->edge.base_url);
	talloc_free(serving->memory);
	g_free(serving);
}

void
serving_run(struct serving *serving)
{
	log_line(LOG_INFO, "desk.serving", "at", serving->edge.base_url, "version", SOFTANSWER_VERSION, NULL);
	uv_run(&serving->loop, UV_RUN_DEFAULT);
	end(serving);
	log_line(LOG_INFO, "desk.stopped", NULL);
}
