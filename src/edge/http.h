/*
 * HTTP: the way in for every command, the pages and the sockets' handshake (docs/protocol.md, 2).
 *
 * libmicrohttpd without a thread of its own: its epoll descriptor is polled by the libuv loop, and one pump runs it. A
 * request is read whole (at most LIMIT_BODY_BYTES), refused or given to its command, and its connection suspended until
 * the call is answered, on the loop, after the commit. docs/decisions has why; design notes on each trap stand in http.c.
 *
 * Everything here happens on the loop thread. Non-goals: TLS and HTTP/2, which a proxy in front does.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <uv.h>

#include "edge/assets.h"
#include "edge/command.h"
#include "edge/edge.h"
#include "edge/forwarded.h"

struct http;

struct http_settings {
	int listener;                          /* a listening socket; taken over */
	const struct command *const *commands; /* up to NULL */
	struct assets assets;
	const char *embed_origins;       /* who may frame the widget's panel, as CSP sources */
	const struct networks *proxies;  /* whose X-Forwarded-For is believed; NULL: nobody's */
	const struct networks *watchers; /* who may read /metrics, not through a proxy */
	const char *watch_token;         /* who shows it may do so from anywhere; NULL or empty: nobody */
	/* Appends further figures to /metrics; may be NULL. */
	void (*more_metrics)(GString *out, void *data);
	void *data;
};

/* A listening socket on an address ("127.0.0.1", "::") and port; 0 takes a free one. -1 with *error set. */
CHECKED int http_listen(const char *address, unsigned port, GError **error);

/* The port that a listening socket has. */
unsigned http_port(int listener);

CHECKED struct http *http_start(
    struct edge *edge, uv_loop_t *loop, const struct http_settings *settings, GError **error);

/* Takes no more connections; what is under way is answered, with Connection: close. */
void http_stop_listening(struct http *http);

/*
 * What time does: tells who has waited for LIMIT_REQUEST_SECONDS that nobody knows, and cuts off requests that dribble in. A
 * timer calls it every second with clock_ticks_ns(); tests call it with theirs. The machine's clock may jump meanwhile.
 */
void http_tick(struct http *http, int64_t now_ns);

/* How many requests are being read or wait for their answer. */
unsigned http_under_way(const struct http *http);

/*
 * Ends every connection; who still waits for an answer is told that it is unknown. Its handles are closed with the next run of the
 * loop. Calls that are under way must have been answered or be answered never (the crew has stopped).
 */
void http_free(struct http *http);
