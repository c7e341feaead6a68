/*
 * See http.h. Only what the desk sends is understood: status line, Content-Length or chunks, Set-Cookie.
 */
#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define ANSWER_SECONDS 10

void
bench_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_printerr("%s: %s\n", g_get_prgname() == NULL ? "bench" : g_get_prgname(), text);
	exit(1);
}

void
http_init(struct http *http, int port)
{
	*http = (struct http) { .port = port, .descriptor = -1, .input = g_string_new(NULL) };
	http->origin = g_strdup_printf("http://localhost:%d", port);
}

void
http_cut(struct http *http)
{
	if (http->descriptor >= 0)
		close(http->descriptor);
	http->descriptor = -1;
	g_string_truncate(http->input, 0);
}

void
http_clear(struct http *http)
{
	http_cut(http);
	g_free(http->origin);
	g_free(http->cookie);
	g_free(http->token);
	g_string_free(http->input, TRUE);
	memset(http, 0, sizeof *http);
}

int
http_connect(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
	};
	struct timeval patience = { .tv_sec = ANSWER_SECONDS };
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;

	if (descriptor < 0)
		return -1;
	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0) {
		close(descriptor);
		return -1;
	}
	return descriptor;
}

bool
http_send(int descriptor, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = send(descriptor, bytes, size, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes += sent;
		size -= (size_t)sent;
	}
	return true;
}

static bool
read_more(int descriptor, GString *input)
{
	char bytes[16384];
	ssize_t got;

	do
		got = recv(descriptor, bytes, sizeof bytes, 0);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	g_string_append_len(input, bytes, got);
	return true;
}

size_t
http_read_head(int descriptor, GString *input)
{
	const char *end;

	while ((end = strstr(input->str, "\r\n\r\n")) == NULL)
		if (!read_more(descriptor, input))
			return 0;
	return (size_t)(end - input->str) + 4;
}

/* The value of a header in a head, or NULL; the caller frees. */
static char *
header_of(const char *head, const char *name)
{
	size_t size = strlen(name);

	for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line, "\r\n")) {
		line += 2;
		if (g_ascii_strncasecmp(line, name, size) == 0 && line[size] == ':')
			return g_strstrip(g_strndup(line + size + 1, strcspn(line + size + 1, "\r\n")));
	}
	return NULL;
}

/* Moves the first `size` bytes of the input to the body, reading on until they are there. */
static bool
take_body(struct http *http, size_t size, GString *body)
{
	while (http->input->len < size)
		if (!read_more(http->descriptor, http->input))
			return false;
	g_string_append_len(body, http->input->str, (gssize)size);
	g_string_erase(http->input, 0, (gssize)size);
	return true;
}

static bool
take_chunks(struct http *http, GString *body)
{
	g_autoptr(GString) ends = g_string_new(NULL);

	for (;;) {
		char *end;
		size_t size;

		while ((end = strstr(http->input->str, "\r\n")) == NULL)
			if (!read_more(http->descriptor, http->input))
				return false;
		size = strtoul(http->input->str, NULL, 16);
		g_string_erase(http->input, 0, end - http->input->str + 2);
		if (!take_body(http, size, body) || !take_body(http, 2, ends))
			return false;
		if (size == 0)
			return true;
	}
}

/* Keeps the one cookie that the desk gives a caller. */
static void
keep_cookie(struct http *http, const char *head)
{
	g_autofree char *cookie = header_of(head, "Set-Cookie");

	if (cookie == NULL)
		return;
	cookie[strcspn(cookie, ";")] = '\0';
	g_free(http->cookie);
	http->cookie = g_steal_pointer(&cookie);
}

/* Reads one answer; its status, or HTTP_CUT. */
static int
read_answer(struct http *http, GString *body)
{
	size_t size = http_read_head(http->descriptor, http->input);
	g_autofree char *head = NULL, *length = NULL, *coding = NULL, *connection = NULL, *retry = NULL;
	int status;
	bool whole;

	if (size < 16)
		return HTTP_CUT;
	head = g_strndup(http->input->str, size);
	g_string_erase(http->input, 0, (gssize)size);
	status = (int)strtol(head + strlen("HTTP/1.1 "), NULL, 10);
	keep_cookie(http, head);
	retry = header_of(head, "Retry-After");
	http->retry_after = retry == NULL ? 0 : (unsigned)strtoul(retry, NULL, 10);
	length = header_of(head, "Content-Length");
	coding = header_of(head, "Transfer-Encoding");
	whole = coding != NULL ? take_chunks(http, body)
			       : take_body(http, length == NULL ? 0 : strtoul(length, NULL, 10), body);
	if (!whole)
		return HTTP_CUT;
	connection = header_of(head, "Connection");
	if (connection != NULL && g_ascii_strcasecmp(connection, "close") == 0)
		http_cut(http);
	return status;
}

/* A kept-alive connection may have ended while it was idle: then it is readable. */
static bool
is_usable(const struct http *http)
{
	struct pollfd poll_for = { .fd = http->descriptor, .events = POLLIN };

	return http->descriptor >= 0 && poll(&poll_for, 1, 0) == 0;
}

/* What one request sends besides its line; `type` NULL: nothing. */
struct sending {
	const char *type;
	const void *bytes;
	size_t size;
};

static GString *
request_text(const struct http *http, const char *method, const char *path, const struct sending *sending)
{
	GString *text = g_string_new(NULL);

	g_string_printf(
	    text, "%s %s HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: %s\r\n", method, path, http->port, http->origin);
	if (http->token != NULL)
		g_string_append_printf(text, "Authorization: Bearer %s\r\n", http->token);
	else if (http->cookie != NULL)
		g_string_append_printf(text, "Cookie: %s\r\n", http->cookie);
	if (strcmp(method, "GET") != 0)
		g_string_append_printf(
		    text, "Content-Type: %s\r\nContent-Length: %zu\r\n", sending->type, sending->size);
	g_string_append(text, "\r\n");
	g_string_append_len(text, sending->bytes, (gssize)sending->size);
	return text;
}

static int
exchange(struct http *http, const char *method, const char *path, const struct sending *sending, GString *answer)
{
	GString *request = request_text(http, method, path, sending);
	int status = HTTP_CUT;

	if (!is_usable(http)) {
		http_cut(http);
		http->descriptor = http_connect(http->port);
	}
	if (http->descriptor >= 0 && http_send(http->descriptor, request->str, request->len))
		status = read_answer(http, answer);
	if (status == HTTP_CUT)
		http_cut(http);
	g_string_free(request, TRUE);
	return status;
}

int
http_put_bytes(struct http *http, const char *path, const void *bytes, size_t size)
{
	g_autoptr(GString) answer = g_string_new(NULL);

	return exchange(http, "PUT", path, &(struct sending) { "application/octet-stream", bytes, size }, answer);
}

int
http_get_bytes(struct http *http, const char *path, GString *bytes)
{
	return exchange(http, "GET", path, &(struct sending) { NULL, "", 0 }, bytes);
}

int
http_call(struct http *http, const char *method, const char *path, json_t *body, json_t **answer)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char *sent = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);
	const char *bytes = sent == NULL ? "" : sent;
	int status = exchange(http, method, path, &(struct sending) { "application/json", bytes, strlen(bytes) }, text);

	if (answer != NULL)
		*answer = json_loads(text->str, JSON_REJECT_DUPLICATES, NULL);
	json_decref(body);
	free(sent);
	return status;
}

json_t *
http_must(struct http *http, const char *method, const char *path, json_t *body)
{
	json_t *answer = NULL;
	int status = http_call(http, method, path, body, &answer);

	if (status >= 200 && status < 300)
		return answer;

	char *says = answer == NULL ? NULL : json_dumps(answer, JSON_COMPACT);
	bench_die("%s %s: %d %s", method, path, status, says == NULL ? "" : says);
}

char *
http_text(struct http *http, const char *path)
{
	GString *text = g_string_new(NULL);
	int status = http_get_bytes(http, path, text);

	return g_string_free(text, status != 200);
}
