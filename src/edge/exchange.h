/*
 * An exchange: one HTTP request and its answer. Shared by http.c (reading and sending), serve.c (what a request leads to)
 * and upgrade.c (sockets); nobody else includes this.
 *
 * libmicrohttpd owns the connection, and says by its completion callback when the exchange is over: only there it is freed. While an
 * exchange waits, whoever will answer it holds a pointer to it in a slot (`held_by`); when the exchange gives up first, the
 * slot is set to NULL, and the answer that comes later goes nowhere.
 */
#pragma once

#include <microhttpd.h>

#include "edge/headers.h"
#include "edge/http.h"
#include "edge/request.h"
#include "edge/router.h"

struct http {
	struct edge *edge;
	uv_loop_t *loop;
	struct MHD_Daemon *daemon;
	struct router *router;
	struct headers *headers;
	struct http_settings settings;
	bool cookies_are_secure;

	uv_poll_t poll;       /* the daemon has something to do */
	uv_timer_t timer;     /* the daemon wants to be run at a time */
	uv_timer_t deadlines; /* looks for exchanges that take too long */
	uv_prepare_t prepare; /* runs the daemon before the loop sleeps, when something was answered */
	unsigned open_handles;
	bool needs_pump, is_pumping;
	int listener; /* -1 once it takes no more */
	unsigned connections_max;
	int descriptor_max; /* a socket whose descriptor is not below this is refused */

	GQueue exchanges;     /* all of them */
	uint64_t answered[6]; /* by the first digit of the status */
	uint64_t upgraded, given_up;
};

enum exchange_state {
	EXCHANGE_NEW,     /* the request line was read */
	EXCHANGE_READING, /* the head was looked at and is right; the body may come */
	EXCHANGE_SERVING, /* the body is here; inside the handler, so an answer goes out at once */
	EXCHANGE_WAITING, /* suspended until it is answered */
	EXCHANGE_ANSWERED,
};

struct exchange {
	struct http *http;
	struct MHD_Connection *connection;
	void *memory; /* talloc; the exchange lives in it too */
	GList in_list;
	enum exchange_state state;
	int64_t since_ms; /* of this state */

	struct request request;
	struct target target;
	struct credential credential;
	char address[ADDRESS_CHARS];
	bool is_forwarded; /* a proxy that is not listed stands in between */
	GByteArray *body;
	size_t body_size; /* also of what was not kept */

	void **held_by;
	bool writes; /* it waits for a command that changes something */
};

/* Answers now, or resumes the connection to do so; `response` is taken over. Once for each exchange. */
void exchange_answer(struct exchange *exchange, unsigned status, struct MHD_Response *response);

/* A response with these bytes (copied) and the headers of its kind. */
struct MHD_Response *exchange_response(
    const struct exchange *exchange, const char *text, size_t size, const char *media_type, enum headers_kind kind);

/* Answers with a problem document. `retry_seconds` 0: what the kind of error says; `allow` may be NULL. */
void exchange_refuse(struct exchange *exchange, const GError *error, int retry_seconds, const char *allow);

/* Waits for an answer that comes through the pointer in `slot`. */
void exchange_hold(struct exchange *exchange, void **slot);

/* Makes the daemon run before the loop sleeps. */
void http_wake(struct http *http);

/* serve.c: does what the request, which is whole, asks for; answers it now or holds it. */
void serve(struct exchange *exchange);

/* upgrade.c: turns the connection into a socket, or refuses. */
void upgrade(struct exchange *exchange);
