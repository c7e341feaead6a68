/* A push service: see push_service.h. */
#include "tests/kit/push_service.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct push_service {
	int listener;
	unsigned port;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	GPtrArray *requests;
	char *answer;
	GArray *held; /* connections that are answered nothing */
	bool is_over;
};

static void
request_free(gpointer data)
{
	struct push_request *request = data;

	g_free(request->head);
	g_byte_array_unref(request->body);
	g_free(request);
}

char *
push_request_header(const struct push_request *request, const char *name)
{
	g_auto(GStrv) lines = g_strsplit(request->head, "\r\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (g_ascii_strncasecmp(*line, name, strlen(name)) == 0 && (*line)[strlen(name)] == ':')
			return g_strdup(g_strstrip(*line + strlen(name) + 1));
	}
	return NULL;
}

static gsize
size_of(const char *head)
{
	const struct push_request request = { .head = (char *)(uintptr_t)head };
	g_autofree char *text = push_request_header(&request, "Content-Length");

	return text == NULL ? 0 : (gsize)g_ascii_strtoull(text, NULL, 10);
}

/* NULL: the other side went away. */
static struct push_request *
take(int fd)
{
	struct push_request *request = g_new0(struct push_request, 1);
	GString *got = g_string_new(NULL);
	char bytes[4096], *end = NULL;
	ssize_t size = 1;

	while (size > 0 && (end == NULL || (gsize)(got->str + got->len - end - 4) < size_of(request->head))) {
		size = read(fd, bytes, sizeof bytes);
		g_string_append_len(got, bytes, MAX(size, 0));
		end = strstr(got->str, "\r\n\r\n");
		if (end != NULL && request->head == NULL)
			request->head = g_strndup(got->str, (gsize)(end - got->str));
	}
	request->body = g_byte_array_new();
	if (end != NULL)
		g_byte_array_append(request->body, (const guint8 *)end + 4, (guint)(got->str + got->len - end - 4));
	g_string_free(got, TRUE);
	if (request->head != NULL)
		return request;
	request_free(request);
	return NULL;
}

static void
serve(struct push_service *service, int fd)
{
	struct push_request *request = take(fd);

	pthread_mutex_lock(&service->lock);

	g_autofree char *answer = g_strdup(service->answer);

	if (request != NULL)
		g_ptr_array_add(service->requests, request);
	if (answer == NULL)
		g_array_append_val(service->held, fd);
	pthread_mutex_unlock(&service->lock);
	if (answer == NULL)
		return;
	if (request != NULL)
		(void)!write(fd, answer, strlen(answer));
	shutdown(fd, SHUT_WR);
	close(fd);
}

static bool
is_over(struct push_service *service)
{
	pthread_mutex_lock(&service->lock);

	bool is_over = service->is_over;

	pthread_mutex_unlock(&service->lock);
	return is_over;
}

static void *
thread_main(void *data)
{
	struct push_service *service = data;
	int fd;

	while ((fd = accept(service->listener, NULL, NULL)) >= 0 && !is_over(service))
		serve(service, fd);
	if (fd >= 0)
		close(fd);
	return NULL;
}

struct push_service *
push_service_start(void)
{
	struct push_service *service = g_new0(struct push_service, 1);
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;

	service->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert(bind(service->listener, (struct sockaddr *)&address, size) == 0 && listen(service->listener, 16) == 0);
	g_assert(getsockname(service->listener, (struct sockaddr *)&address, &size) == 0);
	service->port = ntohs(address.sin_port);
	pthread_mutex_init(&service->lock, NULL);
	service->requests = g_ptr_array_new_with_free_func(request_free);
	service->held = g_array_new(FALSE, FALSE, sizeof(int));
	service->answer = g_strdup("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
	g_assert(pthread_create(&service->thread, NULL, thread_main, service) == 0);
	return service;
}

void
push_service_stop(struct push_service *service)
{
	pthread_mutex_lock(&service->lock);
	service->is_over = true;
	pthread_mutex_unlock(&service->lock);
	shutdown(service->listener, SHUT_RDWR);
	pthread_join(service->thread, NULL);
	close(service->listener);
	for (guint i = 0; i < service->held->len; i++)
		close(g_array_index(service->held, int, i));
	g_array_unref(service->held);
	g_ptr_array_unref(service->requests);
	pthread_mutex_destroy(&service->lock);
	g_free(service->answer);
	g_free(service);
}

char *
push_service_url(const struct push_service *service, const char *name)
{
	return g_strdup_printf("http://127.0.0.1:%u/%s", service->port, name);
}

void
push_service_answers(struct push_service *service, const char *answer)
{
	pthread_mutex_lock(&service->lock);
	g_free(service->answer);
	service->answer = g_strdup(answer);
	pthread_mutex_unlock(&service->lock);
}

unsigned
push_service_count(struct push_service *service)
{
	pthread_mutex_lock(&service->lock);

	unsigned count = service->requests->len;

	pthread_mutex_unlock(&service->lock);
	return count;
}

const struct push_request *
push_service_request(struct push_service *service, unsigned n)
{
	pthread_mutex_lock(&service->lock);

	const struct push_request *request = g_ptr_array_index(service->requests, n);

	pthread_mutex_unlock(&service->lock);
	return request;
}
