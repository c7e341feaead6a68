/*
 * A push service of the test's own on the loopback: a thread that takes one request after the other, keeps what it was told, and
 * answers what the test has laid ready.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct push_service;

/* One request as it came. */
struct push_request {
	char *head; /* request line and headers */
	GByteArray *body;
};

struct push_service *push_service_start(void);
void push_service_stop(struct push_service *service);

/* "http://127.0.0.1:PORT/NAME"; the caller frees. */
char *push_service_url(const struct push_service *service, const char *name);

/*
 * What is answered from now on, whole: "HTTP/1.1 201 Created\r\n\r\n". NULL: nothing, and the connection stays open. The first answer
 * is 201.
 */
void push_service_answers(struct push_service *service, const char *answer);

/* How many requests came so far, and the n-th of them, from 0; lives until the end. */
unsigned push_service_count(struct push_service *service);
const struct push_request *push_service_request(struct push_service *service, unsigned n);

/* The value of a header, or NULL; the caller frees. */
char *push_request_header(const struct push_request *request, const char *name);
