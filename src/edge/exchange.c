/*
 * Exchanges: see exchange.h. How a request is read, and how it is answered or given up.
 *
 * The traps of libmicrohttpd here: the response is queued on the suspended connection, and the handler is not entered again. A
 * client that leaves while its connection is suspended is seen only at the resume. Time-outs do not run while suspended,
 * so there are deadlines of our own; they go by a clock that never jumps.
 */
#include "edge/exchange.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <talloc.h>

#include "base/log.h"
#include "edge/crowd.h"
#include "edge/problem.h"

/* Enough for the strings of an ordinary request. */
#define EXCHANGE_POOL_BYTES 4096

/* A body in chunks that is too large is read on for so long, so that its sender reads why it is refused; then it is cut off. */
#define PATIENCE_BYTES (16 * LIMIT_BODY_BYTES)

#define NS_PER_SECOND INT64_C(1000000000)

/* ---- answering ---- */

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
void *
exchange_begin(void *data, const char *target, struct MHD_Connection *connection)
{
	struct http *http = data;
	void *memory = talloc_pool(NULL, EXCHANGE_POOL_BYTES + sizeof(struct exchange));
	struct exchange *exchange = talloc_zero(memory, struct exchange);

	exchange->http = http;
	exchange->connection = connection;
	exchange->memory = memory;
	exchange->since_ns = clock_ticks_ns();
	exchange->request.target = talloc_strdup(memory, target);
	exchange->in_list.data = exchange;
	g_queue_push_tail_link(&http->exchanges, &exchange->in_list);
	return exchange;
}

/* The exchange is over: answered, cut off or never read to its end. */
void
exchange_over(void *data, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode why)
{
	struct exchange *exchange = *slot;

	(void)data, (void)connection, (void)why;
	if (exchange == NULL)
		return;
	*slot = NULL;
	let_go(exchange);
	if (exchange->is_counted)
		crowd_leave(exchange->http->edge->crowd, exchange->address);
	if (exchange->is_large) {
		exchange->http->large--;
		crowd_leave(exchange->http->senders, exchange->address);
	}
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
	/* Only some may be so large; which, the target says, which must have been checked before it is taken apart. */
	request->body_max = strcmp(method, "PUT") == 0 ? LIMIT_FILE_PART_BYTES : LIMIT_BODY_BYTES;
	return peer_name_caller(exchange, error) && request_check(request, error) &&
	    target_parse(exchange->memory, request->target, &exchange->target, error) &&
	    (request->body_max == LIMIT_BODY_BYTES || serve_head(exchange, error));
}

/* False: the connection is to be cut off. */
static bool
take_body(struct exchange *exchange, const char *bytes, size_t size)
{
	exchange->body_size += size;
	if (exchange->body == NULL)
		exchange->body = g_byte_array_new();
	if (exchange->body_size <= (size_t)exchange->request.body_max)
		g_byte_array_append(exchange->body, (const guint8 *)bytes, (guint)size);
	return exchange->body_size <= PATIENCE_BYTES;
}

/* The request is whole. */
static void
finish(struct exchange *exchange)
{
	g_autoptr(GError) error = NULL;

	exchange->state = EXCHANGE_SERVING;
	exchange->since_ns = clock_ticks_ns();
	if (exchange->body_size > (size_t)exchange->request.body_max) {
		refuse(
		    &error, REFUSED_SIZE, NULL, "wants at most %" G_GINT64_FORMAT " bytes", exchange->request.body_max);
		exchange_refuse(exchange, error, 0, NULL);
		return;
	}
	serve(exchange);
	if (exchange->state == EXCHANGE_SERVING) {
		exchange->state = EXCHANGE_WAITING;
		MHD_suspend_connection(exchange->connection);
	}
}

enum MHD_Result
exchange_read(void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
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

/* ---- time ---- */

/* Tells a caller who has waited for too long that nobody knows; a later answer goes nowhere. */
void
exchange_give_up(struct exchange *exchange)
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
http_tick(struct http *http, int64_t now_ns)
{
	int64_t too_old = now_ns - LIMIT_REQUEST_SECONDS * NS_PER_SECOND;

	for (GList *link = http->exchanges.head, *next; link != NULL; link = next) {
		struct exchange *exchange = link->data;

		next = link->next;
		if (exchange->state == EXCHANGE_WAITING && exchange->since_ns <= too_old)
			exchange_give_up(exchange);
		else if (exchange->state <= EXCHANGE_READING && (exchange->since_ns <= too_old || has_left(exchange)))
			cut_off(exchange);
		else if (exchange->ends_ns != 0 && exchange->ends_ns <= now_ns)
			cut_off(exchange);
	}
}
