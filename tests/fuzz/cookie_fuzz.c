/*
 * Cookies, bearer tokens and what else says who somebody is. Lines: the key's first byte and whether the desk is secure, then
 * Authorization, Cookie and X-Softanswer-As; a $T in them stands for a visitor's real token. Nobody becomes a visitor whose token
 * does not stand there.
 */
#include <string.h>

#include "edge/cookie.h"
#include "edge/origin.h"
#include "tests/fuzz/fuzz.h"

#define NOW INT64_C(1774861200000)

static const char visitor[KEY_CHARS + 1] = "kPkPkPkPkPkPkPkPkPkPkA";

#define OWN "https://desk.example"

/* In any case, with its port or without. */
static bool
is_own(const char *text)
{
	const char *port = text + strlen(OWN);

	return g_ascii_strncasecmp(text, OWN, strlen(OWN)) == 0 &&
	    (*port == '\0' || (*port == ':' && strspn(port + 1, "0123456789") == strlen(port + 1)));
}

static void
check_token(const struct digest *key, const char *text)
{
	char public_id[KEY_CHARS + 1], token[VISITOR_TOKEN_CHARS + 1];
	int64_t until;

	if (!visitor_token_read(key, text, NOW, public_id, &until))
		return;
	visitor_token_make(key, public_id, until, token);
	g_assert_cmpstr(text, ==, token);
}

static void
check_credential(const struct digest *key, const struct credential *credential, const struct cookie_headers *headers)
{
	char token[VISITOR_TOKEN_CHARS + 1];

	g_assert(credential->kind == CREDENTIAL_NONE || credential->kind == CREDENTIAL_TOKEN ||
	    credential->kind == CREDENTIAL_VISITOR);
	if (credential->kind != CREDENTIAL_VISITOR)
		return;
	visitor_token_make(key, credential->visitor, credential->visitor_until, token);
	g_assert(strstr(headers->authorization, token) != NULL || strstr(headers->cookie, token) != NULL);
}

/* Text of a header, with the token where $T stands. */
static char *
header_of(const struct digest *key, const char *line)
{
	g_auto(GStrv) parts = g_strsplit(line == NULL ? "" : line, "$T", -1);
	char token[VISITOR_TOKEN_CHARS + 1];

	visitor_token_make(key, visitor, key->bytes[0] & 2 ? NOW + 1000 : 0, token);
	return g_strjoinv(token, parts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 1)
		return 0;

	struct digest key = { .bytes = { bytes[0] } };
	bool is_secure = (bytes[0] & 1) != 0, is_bearer;
	g_autofree char *text = g_strndup((const char *)bytes + 1, size - 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", 3);
	guint count = g_strv_length(lines);
	g_autofree char *authorization = header_of(&key, count > 0 ? lines[0] : NULL);
	g_autofree char *cookie = header_of(&key, count > 1 ? lines[1] : NULL);
	struct cookie_headers headers = { authorization, cookie, count > 2 ? lines[2] : NULL };
	struct credential credential = cookie_credential(is_secure, &key, NOW, &headers, &is_bearer);
	struct origin origin;

	check_credential(&key, &credential, &headers);
	check_token(&key, text);
	if (origin_parse(text, &origin, NULL))
		g_assert(origin.port > 0 && origin.host[0] != '\0' && origin_equal(&origin, &origin));
	g_assert(!origin_is_own(OWN, text) || is_own(text));
	return 0;
}
