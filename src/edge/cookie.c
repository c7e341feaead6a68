/* Cookies and tokens: see cookie.h. */
#include "edge/cookie.h"

#include <glib.h>
#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "edge/origin.h"

#define SECONDS_PER_DAY 86400

/* What separates these uses of the desk's key from all others. */
#define VISITOR_USE       "visitor"
#define VISITOR_UNTIL_USE "visitor until "

#define UNTIL_CHARS 10

bool
cookie_is_secure(const char *base_url)
{
	struct origin origin;

	/* Browsers treat this machine itself as secure, also on plain http. */
	return origin_parse(base_url, &origin, NULL) && (origin.is_https || origin_is_loopback(&origin));
}

static bool
is_url_safe(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
			return false;
	}
	return true;
}

/* Signs all of a token that comes before its authenticator. */
static struct digest
sign(const struct digest *key, const char *use, const char *what)
{
	g_autofree char *text = g_strconcat(use, what, NULL);

	return secret_authenticate(key, text, strlen(text));
}

void
visitor_token_make(
    const struct digest *key, const char visitor[KEY_CHARS + 1], int64_t until, char token[VISITOR_TOKEN_CHARS + 1])
{
	g_autofree char *what = until == 0
	    ? g_strdup(visitor)
	    : g_strdup_printf("%s.%010" G_GINT64_MODIFIER "x", visitor, MAX(until / MS_PER_SECOND, 1));
	struct digest signature = sign(key, until == 0 ? VISITOR_USE : VISITOR_UNTIL_USE, what);
	g_autofree char *text = secret_base64(signature.bytes, sizeof signature.bytes);

	g_snprintf(token, VISITOR_TOKEN_CHARS + 1, "v%d.%s.%s", until == 0 ? 1 : 2, what, text);
}

/* The ten digits; 0: they are none. */
static int64_t
read_until(const char *digits)
{
	int64_t seconds = 0;

	for (unsigned i = 0; i < UNTIL_CHARS; i++) {
		if (!g_ascii_isxdigit(digits[i]) || g_ascii_isupper(digits[i]))
			return 0;
		seconds = seconds << 4 | g_ascii_xdigit_value(digits[i]);
	}
	return seconds * MS_PER_SECOND;
}

/* Whether the token has the shape of one, whoever signed it; *until is 0 for one that does not end. */
static bool
has_shape(const char *token, int64_t *until)
{
	size_t size = strlen(token);

	*until = 0;
	if (size == VISITOR_TOKEN_CHARS_MIN)
		return strncmp(token, "v1.", 3) == 0 && token[3 + KEY_CHARS] == '.';
	if (size != VISITOR_TOKEN_CHARS || strncmp(token, "v2.", 3) != 0 || token[3 + KEY_CHARS] != '.')
		return false;
	*until = read_until(token + 3 + KEY_CHARS + 1);
	return *until != 0 && token[size - TOKEN_CHARS - 1] == '.';
}

bool
visitor_token_read(
    const struct digest *key, const char *token, int64_t now_ms, char visitor[KEY_CHARS + 1], int64_t *until)
{
	uint8_t id[16];
	struct digest given, right;
	char text[KEY_CHARS + 1];
	int64_t end;

	if (!has_shape(token, &end) || (end != 0 && end <= now_ms))
		return false;

	const char *signature = token + strlen(token) - TOKEN_CHARS;
	g_autofree char *what = g_strndup(token + 3, (gsize)(signature - 1 - (token + 3)));

	g_strlcpy(text, token + 3, sizeof text);
	if (!secret_unbase64(text, id, sizeof id) || !secret_unbase64(signature, given.bytes, sizeof given.bytes))
		return false;
	right = sign(key, end == 0 ? VISITOR_USE : VISITOR_UNTIL_USE, what);
	if (!secret_equal(&given, &right))
		return false;
	memcpy(visitor, text, sizeof text);
	*until = end;
	return true;
}

/* Copies the value of the one cookie of that name; false: none, two, or too long for any of ours. */
static bool
find_cookie(const char *header, const char *name, char *value, size_t room)
{
	size_t name_size = strlen(name);
	unsigned found = 0;

	while (*header != '\0') {
		header += strspn(header, " \t");

		size_t size = strcspn(header, ";");

		if (size > name_size && header[name_size] == '=' && strncmp(header, name, name_size) == 0) {
			size_t value_size = size - name_size - 1;

			if (value_size >= room || ++found > 1)
				return false;
			memcpy(value, header + name_size + 1, value_size);
			value[value_size] = '\0';
		}
		header += size + (header[size] == ';');
	}
	return found == 1;
}

static bool
read_session(const char *token, struct credential *credential)
{
	if (strlen(token) != TOKEN_CHARS || !is_url_safe(token, TOKEN_CHARS))
		return false;
	*credential = (struct credential) { .kind = CREDENTIAL_TOKEN, .token = secret_digest_text(token) };
	return true;
}

static bool
read_visitor(const struct digest *key, const char *token, int64_t now_ms, struct credential *credential)
{
	struct credential made = { .kind = CREDENTIAL_VISITOR };

	if (!visitor_token_read(key, token, now_ms, made.visitor, &made.visitor_until))
		return false;
	*credential = made;
	return true;
}

static struct credential
bearer_credential(const struct digest *key, int64_t now_ms, const char *authorization)
{
	struct credential credential = { .kind = CREDENTIAL_NONE };

	if (g_ascii_strncasecmp(authorization, "Bearer ", 7) == 0 &&
	    !read_visitor(key, authorization + 7, now_ms, &credential))
		(void)read_session(authorization + 7, &credential);
	return credential;
}

struct credential
cookie_credential(
    bool is_secure, const struct digest *key, int64_t now_ms, const struct cookie_headers *headers, bool *is_bearer)
{
	struct credential credential = { .kind = CREDENTIAL_NONE };
	bool as_visitor = headers->acts_as != NULL && strcmp(headers->acts_as, "visitor") == 0;
	char value[VISITOR_TOKEN_CHARS + 1];

	if (is_bearer != NULL)
		*is_bearer = headers->authorization != NULL;
	if (headers->authorization != NULL)
		return bearer_credential(key, now_ms, headers->authorization);
	if (headers->cookie == NULL)
		return credential;
	if (!as_visitor &&
	    find_cookie(headers->cookie, is_secure ? "__Host-session" : "session", value, sizeof value) &&
	    read_session(value, &credential))
		return credential;
	if (find_cookie(headers->cookie, is_secure ? "__Host-visitor" : "visitor", value, sizeof value))
		(void)read_visitor(key, value, now_ms, &credential);
	return credential;
}

char *
cookie_set(bool is_secure, enum command_cookie cookie, const char *token)
{
	const char *prefix = is_secure ? "__Host-" : "", *secure = is_secure ? "; Secure" : "";
	/* The panel is a frame on the shop's page. Without Secure a browser refuses None, so plain http gets Lax. */
	const char *frame = is_secure ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax";

	switch (cookie) {
	case COOKIE_SESSION:
		return g_strdup_printf("%ssession=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", prefix, token,
		    LIMIT_SESSION_DAYS * SECONDS_PER_DAY, secure);
	case COOKIE_VISITOR:
		return g_strdup_printf("%svisitor=%s; Path=/; Max-Age=%d; HttpOnly; %s", prefix, token,
		    LIMIT_VISITOR_DAYS * SECONDS_PER_DAY, frame);
	case COOKIE_VISITOR_CLEARED:
		return g_strdup_printf("%svisitor=; Path=/; Max-Age=0; HttpOnly; %s", prefix, frame);
	case COOKIE_CLEARED:
		return g_strdup_printf("%ssession=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict%s", prefix, secure);
	case COOKIE_KEPT:
		break;
	}
	return NULL;
}
