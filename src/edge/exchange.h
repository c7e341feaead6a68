/*
 * An exchange: one HTTP request and its answer. Shared by http.c (the daemon), exchange.c (reading and sending), peer.c (who is
 * let in), serve.c (what a request leads to), upgrade.c (sockets) and metrics.c; nobody else includes this.
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
	int listener;                               /* -1 once it takes no more */
	unsigned connections_max, connections_kept; /* the latter for this machine itself */
	int descriptor_max;                         /* a socket whose descriptor is not below this is refused */

	GQueue exchanges;      /* all of them */
	unsigned large;        /* of them, how many may have a body over LIMIT_BODY_BYTES */
	struct crowd *senders; /* of these, how many each address has */
	GQueue sendings;       /* files on their way out (sending.h) */
	uint64_t answered[6];  /* by the first digit of the status */
	uint64_t upgraded, given_up, turned_away;
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
	int64_t since_ns; /* of this state, by clock_ticks_ns() */

	struct request request;
	struct target target;
	struct credential credential;
	char address[ADDRESS_CHARS];
	bool is_direct;  /* no proxy stands in between, as far as one can see */
	bool is_counted; /* in the crowd, for its address: of the requests that a listed proxy hands on */
	GByteArray *body;
	size_t body_size; /* also of what was not kept */

	int64_t ends_ns; /* a long answer is cut off then; 0: never */

	void **held_by;
	bool is_large; /* counted in http->large */
	bool writes;   /* it waits for a command that changes something */
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

/* Tells a caller who has waited for too long that nobody knows; a later answer goes nowhere. */
void exchange_give_up(struct exchange *exchange);

/*
 * The callbacks of libmicrohttpd: the request line is here; a part of the request is here; it is over, however it
 * ended. `data` is the struct http, here and below.
 */
void *exchange_begin(void *data, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_read(void *data, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *bytes, size_t *size, void **slot);
void exchange_over(void *data, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode why);

/* peer.c, callbacks as well: whether a new connection is let in; one was let in, or is gone. */
enum MHD_Result peer_is_let_in(void *data, const struct sockaddr *address, socklen_t size);
void peer_comes_or_goes(
    void *data, struct MHD_Connection *connection, void **slot, enum MHD_ConnectionNotificationCode what);

/* peer.c: says whom the request comes from. REFUSED_FLOOD: they hold too many connections through a proxy. */
CHECKED gboolean peer_name_caller(struct exchange *exchange, GError **error);

/* How many connections are open that are no WebSockets. */
unsigned http_connections(const struct http *http);

/* Makes the daemon run before the loop sleeps. */
void http_wake(struct http *http);

/* serve.c: sets request.body_max of a request that may have a larger body than others, or refuses it before the body comes. */
CHECKED gboolean serve_head(struct exchange *exchange, GError **error);

/* serve.c: does what the request, which is whole, asks for; answers it now or holds it. */
void serve(struct exchange *exchange);

/* upgrade.c: turns the connection into a socket, or refuses. */
void upgrade(struct exchange *exchange);
