/*
 * Offers: a client offers to speak WebSocket. Whether it does so as RFC 6455 and docs/protocol.md (4) want it, with which
 * ticket, and what to answer. Pure; any thread.
 */
#pragma once

#include "base/secret.h"
#include "edge/request.h"

#define SOCKET_PROTOCOL "softanswer.v1"

struct offer {
	char ticket[TOKEN_CHARS + 1];
	char accept[29]; /* for Sec-WebSocket-Accept: base64 of 20 bytes */
};

/*
 * REFUSED_ORIGIN unless Origin is the desk's own; REFUSED_SYNTAX for anything that is no handshake of version 13 or does not
 * offer SOCKET_PROTOCOL; REFUSED_SIGN_IN without a well-formed ticket among the protocols.
 */
CHECKED gboolean offer_read(const struct request *request, const char *base_url, struct offer *offer, GError **error);
