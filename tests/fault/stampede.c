/*
 * See stampede.h.
 */
#include "stampede.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"

#define STEP_US 1000

static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

/* Any address of 127.0.0.0/8 but those that the tests themselves come from. */
static struct sockaddr_in
any_address(void)
{
	uint32_t lot;

	secret_random(&lot, sizeof lot);
	return (struct sockaddr_in) { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl((UINT32_C(127) << 24) | (1 << 16) | (lot & 0xfeffff)) };
}

/* A connection that does not wait to be taken; -1. It ends by a reset, so that nothing of it lingers. */
static int
connect_from_anywhere(int port)
{
	struct sockaddr_in from = any_address(),
			   to = { .sin_family = AF_INET,
				   .sin_port = htons((uint16_t)port),
				   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct linger at_once = { .l_onoff = 1 };
	int yes = 1, descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (descriptor < 0)
		return -1;
	setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
	setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	if (bind(descriptor, (struct sockaddr *)&from, sizeof from) == 0 &&
	    (connect(descriptor, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS))
		return descriptor;
	close(descriptor);
	return -1;
}

static void
one_more(struct stampede *stampede)
{
	unsigned long long number = stampede->tried++;
	int descriptor = connect_from_anywhere(stampede->port), *place = &stampede->held[number % STAMPEDE_HELD];

	if (descriptor < 0) {
		stampede->failed++;
		return;
	}
	if (number % 3 == 0) {
		close(descriptor);
		return;
	}
	if (number % 3 == 1)
		(void)!send(descriptor, request, sizeof request - 1, MSG_NOSIGNAL);
	if (*place >= 0)
		close(*place);
	*place = descriptor;
}

static void *
thread_main(void *data)
{
	struct stampede *stampede = data;
	int64_t start = clock_ticks_ns();

	while (!stampede->is_over) {
		double seconds = (double)(clock_ticks_ns() - start) / 1e9;

		while (!stampede->is_over && (double)stampede->tried < seconds * stampede->rate)
			one_more(stampede);
		g_usleep(STEP_US);
	}
	stampede->seconds = (double)(clock_ticks_ns() - start) / 1e9;
	for (unsigned n = 0; n < STAMPEDE_HELD; n++)
		if (stampede->held[n] >= 0)
			close(stampede->held[n]);
	return NULL;
}

void
stampede_begin(struct stampede *stampede, int port, unsigned rate)
{
	memset(stampede, 0, sizeof *stampede);
	memset(stampede->held, -1, sizeof stampede->held);
	stampede->port = port;
	stampede->rate = rate;
	pthread_create(&stampede->thread, NULL, thread_main, stampede);
}

void
stampede_end(struct stampede *stampede)
{
	stampede->is_over = true;
	pthread_join(stampede->thread, NULL);
}
