/*
 * HTTP: see http.h. This file runs the daemon in the loop; exchange.c reads requests, serve.c answers them.
 *
 * The traps of libmicrohttpd in a loop: only the loop thread resumes a connection, since a resume from another thread never
 * wakes the loop. After every outside action the daemon is run once more before the loop sleeps (http_wake()).
 */
#include "edge/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "edge/cookie.h"
#include "edge/crowd.h"
#include "edge/sending.h"

void
http_wake(struct http *http)
{
	http->needs_pump = true;
}

static void on_timer(uv_timer_t *timer);

unsigned
http_connections(const struct http *http)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

	return info == NULL ? 0 : info->num_connections;
}

/*
 * Runs the daemon as long as something happens in it, and asks when it wants to be run again. When a connection has ended it is
 * run once more: at its limit it had stopped to listen, and begins again only then.
 */
static void
pump(struct http *http)
{
	MHD_UNSIGNED_LONG_LONG wait_ms;

	if (http->is_pumping)
		return;
	http->is_pumping = true;
	do {
		unsigned before = http_connections(http);

		http->needs_pump = false;
		MHD_run(http->daemon);
		http->needs_pump |= http_connections(http) < before;
	} while (http->needs_pump);
	http->is_pumping = false;
	if (MHD_get_timeout(http->daemon, &wait_ms) == MHD_YES)
		uv_timer_start(&http->timer, on_timer, wait_ms, 0);
	else
		uv_timer_stop(&http->timer);
}

static void
on_timer(uv_timer_t *timer)
{
	pump(timer->data);
}

static bool
is_out_of_descriptors(const struct http *http)
{
	int spare = fcntl(http->listener, F_DUPFD_CLOEXEC, 0);

	if (spare >= 0)
		close(spare);
	return spare < 0 && (errno == EMFILE || errno == ENFILE);
}

/*
 * Who cannot be accepted waits until a connection ends; but without connections the library tries again at once, in circles.
 * Then it is asked again at the next tick (on_deadlines).
 */
static void
on_poll(uv_poll_t *poll, int status, int events)
{
	struct http *http = poll->data;

	(void)status, (void)events;
	pump(http);
	if (http_connections(http) == 0 && is_out_of_descriptors(http))
		uv_poll_stop(poll);
}

static void
on_prepare(uv_prepare_t *prepare)
{
	struct http *http = prepare->data;

	if (http->needs_pump)
		pump(http);
}

static void
on_deadlines(uv_timer_t *timer)
{
	struct http *http = timer->data;

	http_tick(http, clock_ticks_ns());
	if (!uv_is_active((uv_handle_t *)&http->poll))
		uv_poll_start(&http->poll, UV_READABLE, on_poll);
}

static void on_log(void *data, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);

static void
on_log(void *data, const char *format, va_list arguments)
{
	g_autofree char *text = g_strdup_vprintf(format, arguments);

	(void)data;
	log_line(LOG_DEBUG, "http.daemon", "says", g_strchomp(text), NULL);
}

/*
 * HTTP connections and sockets get a share of the descriptors that the process may have, so that they never run out: the store
 * needs some as well, and a listener that cannot accept would turn the loop in circles.
 */
static void
share_descriptors(struct http *http)
{
	struct rlimit limit = { .rlim_cur = RLIM_INFINITY };

	getrlimit(RLIMIT_NOFILE, &limit);

	int descriptors = (int)MIN(limit.rlim_cur, G_MAXINT);

	http->connections_max = (unsigned)MIN(descriptors / 4, LIMIT_CONNECTIONS);
	http->connections_kept = MIN(http->connections_max / 4, LIMIT_CONNECTIONS_KEPT);
	http->descriptor_max = descriptors - descriptors / 8;
}

static struct MHD_Daemon *
start_daemon(struct http *http)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG, 0,
	    peer_is_let_in, http, exchange_read, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, http,
	    MHD_OPTION_LISTEN_SOCKET, http->listener, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, http,
	    MHD_OPTION_NOTIFY_COMPLETED, exchange_over, http, MHD_OPTION_NOTIFY_CONNECTION, peer_comes_or_goes, http,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT, http->connections_max,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS, MHD_OPTION_END);
}

static void
start_handles(struct http *http)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	http->poll.data = http->timer.data = http->deadlines.data = http->prepare.data = http;
	http->open_handles = 4;
	uv_poll_init(http->loop, &http->poll, info->epoll_fd);
	uv_timer_init(http->loop, &http->timer);
	uv_timer_init(http->loop, &http->deadlines);
	uv_prepare_init(http->loop, &http->prepare);
	uv_poll_start(&http->poll, UV_READABLE, on_poll);
	uv_timer_start(&http->deadlines, on_deadlines, MS_PER_SECOND, MS_PER_SECOND);
	uv_prepare_start(&http->prepare, on_prepare);
}

struct http *
http_start(struct edge *edge, uv_loop_t *loop, const struct http_settings *settings, GError **error)
{
	struct http *http = g_new0(struct http, 1);

	*http = (struct http) { .edge = edge, .loop = loop, .settings = *settings, .listener = settings->listener };
	g_queue_init(&http->exchanges);
	g_queue_init(&http->sendings);
	share_descriptors(http);
	http->daemon = start_daemon(http);
	if (http->daemon == NULL) {
		close(http->listener);
		g_free(http);
		fail(error, FAILED, "the HTTP server does not start");
		return NULL;
	}
	http->router = router_new(settings->commands);
	http->senders = crowd_new(LIMIT_FILE_PARTS_PER_ADDRESS);
	http->headers = headers_new(edge->base_url, settings->embed_origins);
	http->cookies_are_secure = cookie_is_secure(edge->base_url);
	start_handles(http);
	pump(http);
	return http;
}

void
http_stop_listening(struct http *http)
{
	if (http->listener < 0)
		return;

	MHD_socket listener = MHD_quiesce_daemon(http->daemon);

	if (listener != MHD_INVALID_SOCKET)
		close(listener);
	http->listener = -1;
	http_wake(http);
}

unsigned
http_under_way(const struct http *http)
{
	return http->exchanges.length;
}

static void
on_closed(uv_handle_t *handle)
{
	struct http *http = handle->data;

	if (--http->open_handles == 0)
		g_free(http);
}

void
http_free(struct http *http)
{
	if (http == NULL)
		return;
	http_stop_listening(http);
	for (GList *link = http->exchanges.head, *next; link != NULL; link = next) {
		next = link->next;
		if (((struct exchange *)link->data)->state == EXCHANGE_WAITING)
			exchange_give_up(link->data);
	}
	sending_cut_all(http);
	pump(http);
	uv_poll_stop(&http->poll);
	MHD_stop_daemon(http->daemon);
	router_free(http->router);
	crowd_free(http->senders);
	headers_free(http->headers);
	uv_close((uv_handle_t *)&http->poll, on_closed);
	uv_close((uv_handle_t *)&http->timer, on_closed);
	uv_close((uv_handle_t *)&http->deadlines, on_closed);
	uv_close((uv_handle_t *)&http->prepare, on_closed);
}
