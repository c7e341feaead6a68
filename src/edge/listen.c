/* Listening sockets: see http.h. */
#include "edge/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Connections that the kernel keeps until the loop takes them: a burst after a restart. */
#define BACKLOG 1024

union any_address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static socklen_t
read_address(const char *text, unsigned port, union any_address *address)
{
	memset(address, 0, sizeof *address);
	if (inet_pton(AF_INET, text, &address->four.sin_addr) == 1) {
		address->four.sin_family = AF_INET;
		address->four.sin_port = htons((uint16_t)port);
		return sizeof address->four;
	}
	if (inet_pton(AF_INET6, text, &address->six.sin6_addr) == 1) {
		address->six.sin6_family = AF_INET6;
		address->six.sin6_port = htons((uint16_t)port);
		return sizeof address->six;
	}
	return 0;
}

int
http_listen(const char *address, unsigned port, GError **error)
{
	union any_address place;
	socklen_t size = read_address(address, port, &place);
	int yes = 1, no = 0;

	if (size == 0 || port > 65535) {
		refuse(error, REFUSED_RANGE, "listen", "%s port %u is no address", address, port);
		return -1;
	}

	int listener = socket(place.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	/* A restart must not wait for old connections; "::" takes IPv4 as well. */
	if (listener >= 0)
		setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (listener >= 0 && place.any.sa_family == AF_INET6)
		setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	if (listener < 0 || bind(listener, &place.any, size) != 0 || listen(listener, BACKLOG) != 0) {
		fail(error, FAILED, "cannot listen on %s port %u: %s", address, port, g_strerror(errno));
		if (listener >= 0)
			close(listener);
		return -1;
	}
	return listener;
}

unsigned
http_port(int listener)
{
	union any_address place = { 0 };
	socklen_t size = sizeof place;

	if (getsockname(listener, &place.any, &size) != 0)
		return 0;
	return ntohs(place.any.sa_family == AF_INET6 ? place.six.sin6_port : place.four.sin_port);
}
