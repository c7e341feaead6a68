/* Serving: see serving.h. */
#include "app/serving.h"

#include <signal.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include <uv.h>

#include "app/jobs.h"
#include "app/task.h"
#include "base/log.h"
#include "desk/people/pass.h"
#include "edge/command.h"
#include "edge/flood.h"
#include "edge/http.h"
#include "edge/hub.h"
#include "edge/password.h"
#include "edge/ticket.h"

/* What answers and sockets may take to finish when the desk stops; then they are cut off, and nothing is lost by it. */
#define STOP_SECONDS 5

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
	struct networks *proxies, *watchers;
	char *embed_origins;
	void *memory; /* of the first code */
	const char *first_code;
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
	passwords_collect(serving->edge.passwords);
}

/* ---- Starting ---- */

static gboolean
make_first_code(struct tx *tx, void *data, GError **error)
{
	return people_first_code(tx, data, error);
}

/* The store, and what stands in it before anybody comes. */
static gboolean
start_store(struct serving *serving, GError **error)
{
	serving->store = place_open(serving->place, true, error);
	return serving->store != NULL &&
	    task_run(serving->store, true, serving->memory, make_first_code, &serving->first_code, error);
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
	edge->bus = bus_local_new();
	edge->floods = settings->floods ? flood_table_new() : NULL;
	edge->tickets = ticket_table_new();
	edge->passwords = passwords_start(wake, &serving->finished);
	edge->hub = hub_new(edge, &serving->loop);
	return TRUE;
}

/* The origins that may show the chat, as the content security policy writes them: this desk's own, and the listed ones. */
static char *
frame_sources(const struct settings *settings)
{
	return g_strstrip(g_strconcat("'self' ", settings->embed_origins, NULL));
}

static gboolean
start_http(struct serving *serving, GError **error)
{
	const struct settings *settings = &serving->place->settings;
	int listener = http_listen(settings->address, (unsigned)settings->port, error);

	if (listener < 0)
		return FALSE;
	serving->edge.base_url = settings_base_url(settings, http_port(listener));
	serving->embed_origins = frame_sources(settings);

	struct http_settings http = {
		.listener = listener,
		.commands = commands,
		.assets = { .files = pages_files, .count = pages_count, .has_demo = settings->demo },
		.embed_origins = serving->embed_origins,
		.proxies = serving->proxies,
		.watchers = serving->watchers,
	};

	serving->http = http_start(&serving->edge, &serving->loop, &http, error);
	return serving->http != NULL;
}

static gboolean
check_settings(struct serving *serving, GError **error)
{
	const struct settings *settings = &serving->place->settings;
	enum log_level level;

	if (!log_level_of(settings->log_level, &level))
		return refuse(error, REFUSED_RANGE, "log_level", "log_level wants debug, info, warning or error");
	log_set_level(level);
	if (settings->readers < 1 || settings->readers > 64)
		return refuse(error, REFUSED_RANGE, "readers", "readers wants a number from 1 to 64");
	serving->proxies = networks_parse(settings->trusted_proxies, error);
	if (serving->proxies == NULL)
		return FALSE;
	serving->watchers = networks_parse(settings->metrics_from, error);
	return serving->watchers != NULL;
}

static void on_signal(uv_signal_t *handle, int number);

static void
start_signals(struct serving *serving)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

	signal(SIGPIPE, SIG_IGN);
	for (unsigned i = 0; i < G_N_ELEMENTS(numbers); i++) {
		uv_signal_init(&serving->loop, &serving->signals[i]);
		serving->signals[i].data = serving;
		uv_signal_start(&serving->signals[i], on_signal, numbers[i]);
	}
}

static void
start_loop(struct serving *serving)
{
	uv_loop_init(&serving->loop);
	uv_async_init(&serving->loop, &serving->finished, on_finished);
	serving->finished.data = serving;
	uv_timer_init(&serving->loop, &serving->stop_timer);
	serving->stop_timer.data = serving;
}

/* A desk that could not start ends with the program: only what others would notice is undone. */
static struct serving *
give_up(struct serving *serving)
{
	if (serving->edge.crew != NULL)
		crew_stop(serving->edge.crew);
	if (serving->store != NULL)
		store_close(serving->store);
	return NULL;
}

struct serving *
serving_start(struct place *place, GError **error)
{
	struct serving *serving = g_new0(struct serving, 1);

	serving->place = place;
	serving->memory = talloc_new(NULL);
	if (!check_settings(serving, error) || !place_lock(place, error) ||
	    !place_key(place, &serving->edge.key, error) || !start_store(serving, error))
		return give_up(serving);
	start_loop(serving);
	if (!start_edge(serving, error) || !start_http(serving, error))
		return give_up(serving);
	start_signals(serving);
	serving->jobs = jobs_start(&serving->edge, &serving->loop);
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
	enum log_level level;
	g_autoptr(GError) error = NULL;

	if (!settings_read(serving->place->settings_file, &settings, &error)) {
		log_line(LOG_WARNING, "settings.refused", "why", error->message, NULL);
		return;
	}
	if (log_level_of(settings.log_level, &level))
		log_set_level(level);
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

/* Threads end first, since their works hold on to the edge; then what hangs on the loop; then the loop itself. */
static void
end(struct serving *serving)
{
	passwords_stop(serving->edge.passwords);
	crew_stop(serving->edge.crew);
	hub_free(serving->edge.hub);
	http_free(serving->http);
	jobs_stop(serving->jobs);
	for (unsigned i = 0; i < G_N_ELEMENTS(serving->signals); i++)
		uv_close((uv_handle_t *)&serving->signals[i], NULL);
	uv_close((uv_handle_t *)&serving->stop_timer, NULL);
	uv_close((uv_handle_t *)&serving->finished, NULL);
	uv_run(&serving->loop, UV_RUN_DEFAULT);
	uv_loop_close(&serving->loop);

	bus_free(serving->edge.bus);
	flood_table_free(serving->edge.floods);
	ticket_table_free(serving->edge.tickets);
	store_close(serving->store);
	networks_free(serving->proxies);
	networks_free(serving->watchers);
	g_free(serving->embed_origins);
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
