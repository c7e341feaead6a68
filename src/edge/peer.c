/*
 * Peers: whom a connection comes from, and whether it is let in. See exchange.h and crowd.h.
 *
 * A connection counts for its peer's address from the moment it is accepted, and is closed at once where that address holds
 * too many: nothing of it is read. Through a listed proxy come many callers, so its connections do not count, but each
 * request does, for whom it comes from, while it lasts. What becomes a WebSocket is counted on by the hub.
 *
 * Some connections are kept for this machine itself: who looks after the desk hears of its health, and sees its figures,
 * while strangers hold all others.
 */
#include "edge/exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "edge/address.h"
#include "edge/crowd.h"
#include "edge/origin.h"

struct peer {
	char address[ADDRESS_CHARS];
	bool is_proxy; /* a listed one */
};

/* What only somebody in between adds. */
static const char *const proxy_headers[] = { "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded",
	"x-real-ip", "via" };

static struct peer
peer_at(const struct http *http, const struct sockaddr *address)
{
	struct peer peer = { .address = "" };
	char text[ADDRESS_CHARS] = "";

	if (address != NULL && address->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text, sizeof text);
	else if (address != NULL && address->sa_family == AF_INET6)
		inet_ntop(
		    AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text, sizeof text);
	forwarded_address(NULL, text, NULL, peer.address);
	peer.is_proxy = networks_have(http->settings.proxies, peer.address);
	return peer;
}

static bool
is_this_machine(const struct peer *peer)
{
	return !peer->is_proxy && address_is_loopback(peer->address);
}

enum MHD_Result
peer_is_let_in(void *data, const struct sockaddr *address, socklen_t size)
{
	struct http *http = data;
	struct peer peer = peer_at(http, address);
	bool has_place =
	    is_this_machine(&peer) || http_connections(http) < http->connections_max - http->connections_kept;

	(void)size;
	if (has_place && (peer.is_proxy || crowd_has_room(http->edge->crowd, peer.address)))
		return MHD_YES;
	http->turned_away++;
	return MHD_NO;
}

void
peer_comes_or_goes(void *data, struct MHD_Connection *connection, void **slot, enum MHD_ConnectionNotificationCode what)
{
	struct http *http = data;
	const union MHD_ConnectionInfo *info;
	struct peer *peer = *slot;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		peer = *slot = g_new(struct peer, 1);
		*peer = peer_at(http, info == NULL ? NULL : info->client_addr);
		if (!peer->is_proxy)
			crowd_enter(http->edge->crowd, peer->address);
		return;
	}
	if (!peer->is_proxy)
		crowd_leave(http->edge->crowd, peer->address);
	g_free(peer);
	*slot = NULL;
}

/* A proxy that is not listed may hand on what its own caller named: then this machine goes by another name. */
static bool
names_this_machine(const struct request *request)
{
	const char *host = request_header(request, "host");
	g_autofree char *url = g_strconcat("http://", host == NULL ? "" : host, NULL);
	struct origin origin;

	return origin_parse(url, &origin, NULL) && origin_is_loopback(&origin);
}

static bool
is_direct(const struct peer *peer, const struct request *request)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(proxy_headers); i++) {
		if (request_header(request, proxy_headers[i]) != NULL)
			return false;
	}
	return !peer->is_proxy && (!address_is_loopback(peer->address) || names_this_machine(request));
}

gboolean
peer_name_caller(struct exchange *exchange, GError **error)
{
	struct http *http = exchange->http;
	const struct networks *proxies = http->settings.proxies;
	const struct peer *peer =
	    MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

	exchange->is_direct = is_direct(peer, &exchange->request);
	forwarded_address(proxies, peer->address,
	    request_header_list(exchange->memory, &exchange->request, "x-forwarded-for"), exchange->address);
	if (networks_have(proxies, exchange->address) || !peer->is_proxy)
		return TRUE;
	if (!crowd_has_room(http->edge->crowd, exchange->address)) {
		http->turned_away++;
		return refuse(error, REFUSED_FLOOD, NULL, "too many connections at a time");
	}
	crowd_enter(http->edge->crowd, exchange->address);
	exchange->is_counted = true;
	return TRUE;
}
