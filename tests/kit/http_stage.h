/*
 * A desk behind real HTTP, for facts by raw bytes through a socket on the loopback: the server's loop is turned by the test itself,
 * so nothing sleeps and nothing races. It serves a few commands and pages of its own, and has no hub.
 */
#pragma once

#include "tests/kit/facts.h"

#include <uv.h>

#include "edge/call.h"
#include "edge/http.h"

#define HEAD(line) line " HTTP/1.1\r\nHost: localhost\r\n"
#define OWN        "Origin: http://localhost:8080\r\n"
#define JSON       "Content-Type: application/json\r\n"
#define CLOSE      "Connection: close\r\n\r\n"

/* A conversation of bytes that has not ended by then is a failure. */
#define HTTP_PATIENCE_US (10 * G_USEC_PER_SEC)

struct http_stage {
	uv_loop_t loop;
	uv_async_t wake;
	struct clock clock;
	struct edge edge;
	struct store *store;
	struct networks *local, *proxies;
	struct http *http;
	unsigned port;
};

/* The call of POST /api/v1/hold: nobody answers it until the test does. */
extern struct call *http_held;

/* With `proxies` as listed ones (NULL: none) and so many connections for each address (0: any number). */
struct http_stage *http_stage_open_with(const char *proxies, unsigned connections_per_address);
struct http_stage *http_stage_open(void);
void http_stage_close(struct http_stage *stage);

/* A connection from this machine's first address, or from another one of its own ("127.0.0.2"). */
int http_connect(struct http_stage *stage);
int http_connect_from(struct http_stage *stage, const char *address);

/* Turns the loop once and reads what is there; false: the other side has closed. */
bool http_turn(struct http_stage *stage, int fd, GString *got);

void http_send(struct http_stage *stage, int fd, const char *bytes, size_t size, GString *got);

/* Sends, and reads until the other side closes, or until `until` was read. The caller frees. */
char *http_talk_until(struct http_stage *stage, int fd, const char *bytes, size_t size, const char *until);
char *http_talk_bytes(struct http_stage *stage, const char *bytes, size_t size);
char *http_talk(struct http_stage *stage, const char *bytes);
char *http_talk_post(struct http_stage *stage, const char *path, const char *headers, const char *body);

/* A whole request. */
char *http_post(const char *path, const char *headers, const char *body);

/* Asks for a word on a connection that stays open; false: there is no answer in a hundred turns of the loop. */
bool http_is_served(struct http_stage *stage, int fd);

int http_status(const char *answer);
void http_assert_status(struct http_stage *stage, const char *bytes, int status);

#define ASSERT_HAS(text_, part_)                                                                                       \
	do {                                                                                                           \
		if (strstr((text_), (part_)) == NULL)                                                                  \
			fail_msg("no \"%s\" in: %s", (part_), (text_));                                                \
	} while (0)
