/* Offers: see offer.h. */
#include "edge/offer.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "edge/origin.h"

/* RFC 6455, 1.3. */
#define ACCEPT_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define KEY_BYTES   16
#define TICKET      "ticket."

static gboolean
syntax(GError **error, const char *says)
{
	return refuse(error, REFUSED_SYNTAX, NULL, "%s", says);
}

/* 16 bytes as base64 with its padding: 24 characters. */
static bool
is_key(const char *key)
{
	gsize size = 0;

	if (key == NULL || strlen(key) != 24 ||
	    strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") != 22)
		return false;

	g_autofree guchar *bytes = g_base64_decode(key, &size);

	return size == KEY_BYTES;
}

static gboolean
check_upgrade(const struct request *request, GError **error)
{
	const char *version = request_header(request, "sec-websocket-version");

	if (strcmp(request->method, "GET") != 0 || strcmp(request->version, "HTTP/1.1") != 0 ||
	    request_has_body(request))
		return syntax(error, "wants GET by HTTP/1.1 without a body");
	if (!request_header_has(request, "connection", "upgrade") ||
	    !request_header_has(request, "upgrade", "websocket"))
		return syntax(error, "wants Connection: Upgrade and Upgrade: websocket");
	if (version == NULL || strcmp(version, "13") != 0)
		return syntax(error, "wants Sec-WebSocket-Version: 13");
	if (!is_key(request_header(request, "sec-websocket-key")))
		return syntax(error, "wants a Sec-WebSocket-Key of 16 bytes");
	if (!request_header_has(request, "sec-websocket-protocol", SOCKET_PROTOCOL))
		return syntax(error, "wants the protocol " SOCKET_PROTOCOL);
	return TRUE;
}

/* The one ticket in a list of protocols. */
static bool
find_ticket(const char *list, char ticket[TOKEN_CHARS + 1])
{
	g_auto(GStrv) words = g_strsplit(list, ",", -1);
	unsigned found = 0;

	for (char **at = words; *at != NULL; at++) {
		const char *word = g_strstrip(*at);

		if (!g_str_has_prefix(word, TICKET))
			continue;
		found++;
		if (g_strlcpy(ticket, word + strlen(TICKET), TOKEN_CHARS + 1) != TOKEN_CHARS || !text_is_key(ticket))
			return false;
	}
	return found == 1;
}

static void
make_accept(const char *key, char accept[29])
{
	g_autoptr(GChecksum) sha1 = g_checksum_new(G_CHECKSUM_SHA1);
	guint8 bytes[20];
	gsize size = sizeof bytes;

	g_checksum_update(sha1, (const guchar *)key, -1);
	g_checksum_update(sha1, (const guchar *)ACCEPT_GUID, -1);
	g_checksum_get_digest(sha1, bytes, &size);

	g_autofree char *text = g_base64_encode(bytes, size);

	g_strlcpy(accept, text, 29);
}

gboolean
offer_read(const struct request *request, const char *base_url, struct offer *offer, GError **error)
{
	const char *origin = request_header(request, "origin");
	struct offer made;
	void *memory = talloc_new(NULL);
	const char *protocols = request_header_list(memory, request, "sec-websocket-protocol");
	/* Sec-Fetch-Site does not do instead of Origin: browsers always send that here. */
	gboolean is_right = origin_check(base_url, origin == NULL ? "" : origin, NULL, error) &&
	    check_upgrade(request, error) &&
	    (find_ticket(protocols, made.ticket) ||
		refuse(error, REFUSED_SIGN_IN, NULL, "wants a ticket as a protocol"));

	talloc_free(memory);
	if (!is_right)
		return FALSE;
	make_accept(request_header(request, "sec-websocket-key"), made.accept);
	*offer = made;
	return TRUE;
}
