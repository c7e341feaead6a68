/*
 * HTTP: see http.h. This file runs the daemon in the loop and reads requests; serve.c answers them.
 *
 * The traps of libmicrohttpd in a loop: only the loop thread resumes a connection, since a resume from another thread never
 * wakes the loop; the response is queued on the suspended connection, and the handler is not entered again. A client that
 * leaves while its connection is suspended is seen only at the resume. Time-outs do not run while suspended, so there
 * are deadlines of our own. After every outside action the daemon is run once more before the loop sleeps (http_wake()).
 */
#include "edge/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <talloc.h>
#include <unistd.h>

#include "base/log.h"
#include "edge/cookie.h"
#include "edge/problem.h"

/* Enough for the strings of an ordinary request. */
#define EXCHANGE_POOL_BYTES 4096

/* A body in chunks that is too large is read on for so long, so that its sender reads why it is refused; then it is cut off. */
#define PATIENCE_BYTES (16 * LIMIT_BODY_BYTES)

/* ---- answering ---- */

void
http_wake(struct http *http)
{
	http->needs_pump = true;
}

struct MHD_Response *
exchange_response(
    const struct exchange *exchange, const char *text, size_t size, const char *media_type, enum headers_kind kind)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(size, (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	MHD_add_response_header(response, "Content-Type", media_type);
	headers_add(exchange->http->headers, kind, response);
	return response;
}

static void
let_go(struct exchange *exchange)
{
	if (exchange->held_by != NULL)
		*exchange->held_by = NULL;
	exchange->held_by = NULL;
}

void
exchange_answer(struct exchange *exchange, unsigned status, struct MHD_Response *response)
{
	struct http *http = exchange->http;
	bool was_waiting = exchange->state == EXCHANGE_WAITING;

	g_assert(exchange->state != EXCHANGE_ANSWERED);
	exchange->state = EXCHANGE_ANSWERED;
	let_go(exchange);
	http->answered[MIN(status / 100, 5)]++;
	if (http->edge->is_stopping && status != MHD_HTTP_SWITCHING_PROTOCOLS)
		MHD_add_response_header(response, "Connection", "close");
	if (MHD_queue_response(exchange->connection, status, response) != MHD_YES)
		log_line(LOG_WARNING, "http.unanswered", "target", exchange->request.target, NULL);
	MHD_destroy_response(response);
	if (was_waiting) {
		MHD_resume_connection(exchange->connection);
		http_wake(http);
	}
}

void
exchange_refuse(struct exchange *exchange, const GError *error, int retry_seconds, const char *allow)
{
	const struct error_row *row = error_row(error_kind(error));
	g_autofree char *text = problem_text(error);
	g_autofree char *seconds = NULL;
	struct MHD_Response *response =
	    exchange_response(exchange, text, strlen(text), PROBLEM_MEDIA_TYPE, HEADERS_API);

	if (retry_seconds == 0)
		retry_seconds = problem_retry_seconds(error);
	if (retry_seconds > 0) {
		seconds = g_strdup_printf("%d", retry_seconds);
		MHD_add_response_header(response, "Retry-After", seconds);
	}
	if (allow != NULL)
		MHD_add_response_header(response, "Allow", allow);
	if (row->status == MHD_HTTP_UNAUTHORIZED)
		MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
	/* Where the request was not read to its end, what follows cannot be told from its body. */
	if (exchange->state < EXCHANGE_SERVING)
		MHD_add_response_header(response, "Connection", "close");
	exchange_answer(exchange, (unsigned)row->status, response);
}

void
exchange_hold(struct exchange *exchange, void **slot)
{
	*slot = exchange;
	exchange->held_by = slot;
}

/* ---- reading ---- */

/* The request line is here: called before anything else of a request. */
static void *
on_line(void *data, const char *target, struct MHD_Connection *connection)
{
	struct http *http = data;
	void *memory = talloc_pool(NULL, EXCHANGE_POOL_BYTES + sizeof(struct exchange));
	struct exchange *exchange = talloc_zero(memory, struct exchange);

	exchange->http = http;
	exchange->connection = connection;
	exchange->memory = memory;
	exchange->since_ms = clock_now_ms(http->edge->clock);
	exchange->request.target = talloc_strdup(memory, target);
	exchange->in_list.data = exchange;
	g_queue_push_tail_link(&http->exchanges, &exchange->in_list);
	return exchange;
}

/* The exchange is over: answered, cut off or never read to its end. */
static void
on_completed(void *data, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode why)
{
	struct exchange *exchange = *slot;

	(void)data, (void)connection, (void)why;
	if (exchange == NULL)
		return;
	*slot = NULL;
	let_go(exchange);
	g_queue_unlink(&exchange->http->exchanges, &exchange->in_list);
	if (exchange->body != NULL)
		g_byte_array_unref(exchange->body);
	talloc_free(exchange->memory);
}

static enum MHD_Result
on_header(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct request *request = data;

	(void)kind;
	request->headers[request->header_count++] = (struct header) { name, value == NULL ? "" : value };
	return MHD_YES;
}

static void
name_peer(struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *peer = info == NULL ? NULL : info->client_addr;
	const struct http_settings *settings = &exchange->http->settings;
	const char *forwarded = request_header_list(exchange->memory, &exchange->request, "x-forwarded-for");
	char text[ADDRESS_CHARS] = "";

	if (peer != NULL && peer->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, text, sizeof text);
	else if (peer != NULL && peer->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr, text, sizeof text);
	exchange->is_forwarded = !networks_have(settings->proxies, text) &&
	    (forwarded != NULL || request_header(&exchange->request, "forwarded") != NULL);
	forwarded_address(settings->proxies, text, forwarded, exchange->address);
}

/* The head is here: refuses what must not be looked at further. */
static gboolean
take_head(struct exchange *exchange, const char *method, const char *version, GError **error)
{
	struct request *request = &exchange->request;

	request->method = method;
	request->version = version;
	if (MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, NULL, NULL) > LIMIT_HEADERS)
		return refuse(error, REFUSED_SYNTAX, NULL, "wants at most %d headers", LIMIT_HEADERS);
	MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, on_header, request);
	name_peer(exchange);
	return request_check(request, error) &&
	    target_parse(exchange->memory, request->target, &exchange->target, error);
}

/* False: the connection is to be cut off. */
static bool
take_body(struct exchange *exchange, const char *bytes, size_t size)
{
	exchange->body_size += size;
	if (exchange->body == NULL)
		exchange->body = g_byte_array_new();
	if (exchange->body_size <= LIMIT_BODY_BYTES)
		g_byte_array_append(exchange->body, (const guint8 *)bytes, (guint)size);
	return exchange->body_size <= PATIENCE_BYTES;
}

/* The request is whole. */
static void
finish(struct exchange *exchange)
{
	g_autoptr(GError) error = NULL;

	exchange->state = EXCHANGE_SERVING;
	exchange->since_ms = clock_now_ms(exchange->http->edge->clock);
	if (exchange->body_size > LIMIT_BODY_BYTES) {
		refuse(&error, REFUSED_SIZE, NULL, "wants at most %d bytes", LIMIT_BODY_BYTES);
		exchange_refuse(exchange, error, 0, NULL);
		return;
	}
	serve(exchange);
	if (exchange->state == EXCHANGE_SERVING) {
		exchange->state = EXCHANGE_WAITING;
		MHD_suspend_connection(exchange->connection);
	}
}

static enum MHD_Result
on_request(void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *bytes, size_t *size, void **slot)
{
	struct exchange *exchange = *slot;
	g_autoptr(GError) error = NULL;
	bool goes_on = true;

	(void)data, (void)connection, (void)url;
	if (exchange->state == EXCHANGE_NEW) {
		if (take_head(exchange, method, version, &error))
			exchange->state = EXCHANGE_READING;
		else
			exchange_refuse(exchange, error, 0, NULL);
	} else if (exchange->state == EXCHANGE_READING && *size > 0) {
		goes_on = take_body(exchange, bytes, *size);
		*size = 0;
	} else if (exchange->state == EXCHANGE_READING) {
		finish(exchange);
	}
	return goes_on ? MHD_YES : MHD_NO;
}

/* ---- the daemon in the loop ---- */

static void on_timer(uv_timer_t *timer);

static unsigned
count_connections(const struct http *http)
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
		unsigned before = count_connections(http);

		http->needs_pump = false;
		MHD_run(http->daemon);
		http->needs_pump |= count_connections(http) < before;
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
	if (count_connections(http) == 0 && is_out_of_descriptors(http))
		uv_poll_stop(poll);
}

static void
on_prepare(uv_prepare_t *prepare)
{
	struct http *http = prepare->data;

	if (http->needs_pump)
		pump(http);
}

/* Tells a caller who has waited for too long that nobody knows; a later answer goes nowhere. */
static void
give_up(struct exchange *exchange)
{
	g_autoptr(GError) error = NULL;

	exchange->http->given_up++;
	(void)fail(&error, exchange->writes ? UNCERTAIN : FAILED_BUSY, "no answer in time");
	exchange_refuse(exchange, error, 0, NULL);
}

static int
descriptor_of(const struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info == NULL ? -1 : info->connect_fd;
}

/* libmicrohttpd's edge-triggered epoll misses an end that comes together with the last bytes of half a request. */
static bool
has_left(const struct exchange *exchange)
{
	char byte;

	return recv(descriptor_of(exchange), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* A request that does not come to its end; libmicrohttpd sees that its connection was shut. */
static void
cut_off(struct exchange *exchange)
{
	shutdown(descriptor_of(exchange), SHUT_RDWR);
	http_wake(exchange->http);
}

void
http_tick(struct http *http)
{
	int64_t too_old = clock_now_ms(http->edge->clock) - LIMIT_REQUEST_SECONDS * MS_PER_SECOND;

	for (GList *link = http->exchanges.head, *next; link != NULL; link = next) {
		struct exchange *exchange = link->data;

		next = link->next;
		if (exchange->state == EXCHANGE_WAITING && exchange->since_ms <= too_old)
			give_up(exchange);
		else if (exchange->state <= EXCHANGE_READING && (exchange->since_ms <= too_old || has_left(exchange)))
			cut_off(exchange);
	}
}

static void
on_deadlines(uv_timer_t *timer)
{
	struct http *http = timer->data;

	http_tick(http);
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
	http->descriptor_max = descriptors - descriptors / 8;
}

static struct MHD_Daemon *
start_daemon(struct http *http)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG, 0,
	    NULL, NULL, on_request, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, http, MHD_OPTION_LISTEN_SOCKET,
	    http->listener, MHD_OPTION_URI_LOG_CALLBACK, on_line, http, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
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
	share_descriptors(http);
	http->daemon = start_daemon(http);
	if (http->daemon == NULL) {
		close(http->listener);
		g_free(http);
		fail(error, FAILED, "the HTTP server does not start");
		return NULL;
	}
	http->router = router_new(settings->commands);
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
			give_up(link->data);
	}
	pump(http);
	uv_poll_stop(&http->poll);
	MHD_stop_daemon(http->daemon);
	router_free(http->router);
	headers_free(http->headers);
	uv_close((uv_handle_t *)&http->poll, on_closed);
	uv_close((uv_handle_t *)&http->timer, on_closed);
	uv_close((uv_handle_t *)&http->deadlines, on_closed);
	uv_close((uv_handle_t *)&http->prepare, on_closed);
}
