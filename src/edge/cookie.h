/*
 * Cookies and tokens: who a request says it is from (docs/protocol.md, 2).
 *
 * Staff has a session's token in a cookie; the store keeps its digest. A visitor has a token that the desk signed and keeps
 * nowhere: v1.<public id>.<authenticator>, in a cookie or as a bearer token. A bearer token goes before cookies; what
 * is malformed, forged or given twice counts as nothing at all. Pure; any thread.
 *
 * On https, and on this machine itself, cookies are __Host- and Secure: they cannot be set by a neighbouring host.
 */
#pragma once

#include <stdbool.h>

#include "base/secret.h"
#include "edge/command.h"
#include "edge/edge.h"

/*
 * v1. + public id + . + authenticator; of a visitor whom a site has named, and only for a while,
 * v2. + public id + . + seconds since 1970 in 10 hexadecimal digits + . + authenticator
 */
#define VISITOR_TOKEN_CHARS_MIN (3 + KEY_CHARS + 1 + TOKEN_CHARS)
#define VISITOR_TOKEN_CHARS     (VISITOR_TOKEN_CHARS_MIN + 11)

/* The headers that matter; each may be NULL. */
struct cookie_headers {
	const char *authorization, *cookie, *acts_as;
};

/* Whether cookies of a desk with this base URL are __Host- and Secure. */
bool cookie_is_secure(const char *base_url);

/* Who the headers name: CREDENTIAL_TOKEN, CREDENTIAL_VISITOR or CREDENTIAL_NONE. *is_bearer (may be NULL): an Authorization header was sent. */
struct credential cookie_credential(
    bool is_secure, const struct digest *key, int64_t now_ms, const struct cookie_headers *headers, bool *is_bearer);

/* A visitor's token for its public id; `until` (ms, whole seconds count) ends it, 0: it does not end. */
void visitor_token_make(
    const struct digest *key, const char visitor[KEY_CHARS + 1], int64_t until, char token[VISITOR_TOKEN_CHARS + 1]);

/* Checks a visitor's token and gives the public id in it, and until when it counts. False for one that has ended. */
bool visitor_token_read(
    const struct digest *key, const char *token, int64_t now_ms, char visitor[KEY_CHARS + 1], int64_t *until);

/* The value of Set-Cookie; the caller frees. `token` is not looked at where one is taken back. NULL for COOKIE_KEPT. */
char *cookie_set(bool is_secure, enum command_cookie cookie, const char *token);
