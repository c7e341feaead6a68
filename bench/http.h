/*
 * HTTP for load clients: one kept-alive connection, one blocking request at a time, JSON in and out, as docs/protocol.md
 * says it for a program that is not a browser.
 *
 * A *caller* is one visitor or one member of staff: it keeps the cookies that it was given, or a bearer token. What
 * happened to a request is one of three: an answer (its status), or HTTP_CUT (no answer came: it may be done or not). A
 * connection that the desk closed while it was idle is opened again by itself. One thread at a time.
 */
#pragma once

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>

#define HTTP_CUT (-1)

/* Says why and ends the program: a bench that cannot be set up measures nothing. */
G_NORETURN void bench_die(const char *format, ...) G_GNUC_PRINTF(1, 2);

struct http {
	int port;
	int descriptor; /* -1: not connected */
	char *origin;   /* the desk's base address */
	char *cookie;   /* "name=value", or NULL */
	char *token;    /* of a visitor without cookies, or NULL */
	GString *input;
	unsigned retry_after; /* seconds, as the last answer said; 0 where it did not */
};

void http_init(struct http *http, int port);
void http_clear(struct http *http);

/* Drops the connection; the next call opens another. */
void http_cut(struct http *http);

/*
 * Sends one request and waits for its answer, at most ten seconds. `body` (may be NULL) is used up. *answer, where wanted,
 * is NULL or a JSON value that the caller ends. Returns the status, or HTTP_CUT.
 */
int http_call(struct http *http, const char *method, const char *path, json_t *body, json_t **answer);

/* The same for calls that must work while a bench is prepared: ends the program with the desk's words when they do not. */
json_t *http_must(struct http *http, const char *method, const char *path, json_t *body);

/* A GET whose answer is text (/metrics); the caller frees. NULL when it did not answer 200. */
char *http_text(struct http *http, const char *path);

/* A PUT of bytes as they are; and a GET whose answer is bytes, added to `bytes`. The status, or HTTP_CUT. */
int http_put_bytes(struct http *http, const char *path, const void *bytes, size_t size);
int http_get_bytes(struct http *http, const char *path, GString *bytes);

/* A new connection to the loopback, without delay; -1 when there is nobody. */
int http_connect(int port);

bool http_send(int descriptor, const char *bytes, size_t size);

/* Reads on until `input` holds a whole head; its length with the empty line, or 0 when the connection ended before. */
size_t http_read_head(int descriptor, GString *input);
