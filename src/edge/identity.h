/*
 * Identities: what a page of a site signed of a visitor, taken apart (docs/protocol.md, 6).
 *
 *     base64url(payload) "." base64url(HMAC-SHA-256(secret, base64url(payload)))
 *
 * The payload is one JSON object: id, and perhaps name and e-mail, as texts; exp in seconds since 1970. Nothing else may stand in it.
 * Whether it is signed is for visitor_identify() to say, which knows the secret. Pure; any thread.
 */
#pragma once

#include "base/error.h"
#include "desk/visitor/visitor.h"

/* In `memory` (talloc). REFUSED_FIELD (field token) for what is none. */
CHECKED gboolean identity_read(void *memory, const char *token, struct identity *identity, GError **error);
