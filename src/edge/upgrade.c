/*
 * Upgrades: an HTTP connection becomes a WebSocket. libmicrohttpd has parsed the handshake; its descriptor is duplicated for
 * the hub and the connection closed at once, since an upgraded connection would keep its buffers. See exchange.h.
 */
#include "edge/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/log.h"
#include "edge/offer.h"
#include "edge/hub.h"
#include "edge/ticket.h"

/* The 101 is on its way: hands the descriptor over. */
static void
on_upgraded(void *data, struct MHD_Connection *connection, void *slot, const char *extra, size_t extra_size,
    MHD_socket socket, struct MHD_UpgradeResponseHandle *handle)
{
	struct exchange *exchange = data;
	struct http *http = exchange->http;
	int fd = fcntl(socket, F_DUPFD_CLOEXEC, 0);

	(void)connection, (void)slot;
	if (fd < 0) {
		log_line(LOG_WARNING, "http.upgrade_failed", "why", g_strerror(errno), NULL);
	} else {
		http->upgraded++;
		hub_accept(http->edge->hub, fd, &exchange->credential, exchange->address, extra, extra_size);
	}
	MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
	http_wake(http);
}

static void
switch_protocols(struct exchange *exchange, const struct offer *offer)
{
	struct MHD_Response *response = MHD_create_response_for_upgrade(on_upgraded, exchange);

	MHD_add_response_header(response, "Upgrade", "websocket");
	MHD_add_response_header(response, "Sec-WebSocket-Accept", offer->accept);
	MHD_add_response_header(response, "Sec-WebSocket-Protocol", SOCKET_PROTOCOL);
	exchange_answer(exchange, MHD_HTTP_SWITCHING_PROTOCOLS, response);
}

/* The system gives the lowest descriptor that is free, so this one tells how many there are. */
static bool
has_descriptors(const struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info != NULL && info->connect_fd < exchange->http->descriptor_max;
}

static gboolean
admit(struct exchange *exchange, struct offer *offer, GError **error)
{
	struct edge *edge = exchange->http->edge;

	if (!offer_read(&exchange->request, edge->base_url, offer, error))
		return FALSE;
	if (edge->hub == NULL || edge->is_stopping)
		return fail(error, FAILED_BUSY, "no sockets now");
	if (!ticket_use(edge->tickets, offer->ticket, clock_now_ms(edge->clock), &exchange->credential))
		return refuse(error, REFUSED_SIGN_IN, NULL, "the ticket is used or too old: make another one");
	if (hub_is_full(edge->hub, &exchange->credential) || !has_descriptors(exchange))
		return fail(error, FAILED_BUSY, "too many sockets");
	return TRUE;
}

void
upgrade(struct exchange *exchange)
{
	g_autoptr(GError) error = NULL;
	struct offer offer;

	if (admit(exchange, &offer, &error))
		switch_protocols(exchange, &offer);
	else
		exchange_refuse(exchange, error, 0, NULL);
}
