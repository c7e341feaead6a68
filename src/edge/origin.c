/* Origins: see origin.h. */
#include "edge/origin.h"

#include <arpa/inet.h>
#include <string.h>

/* Letters, digits, hyphens and dots; that covers IPv4 addresses and names in their ASCII form. */
static bool
is_name(const char *host)
{
	for (const char *at = host; *at != '\0'; at++) {
		if (!g_ascii_isalnum(*at) && *at != '-' && *at != '.')
			return false;
	}
	return *host != '\0' && *host != '.' && *host != '-';
}

static bool
is_bracketed(const char *host)
{
	struct in6_addr address;
	size_t size = strlen(host);

	if (size < 4 || host[0] != '[' || host[size - 1] != ']')
		return false;

	g_autofree char *inner = g_strndup(host + 1, size - 2);

	return inet_pton(AF_INET6, inner, &address) == 1;
}

static bool
parse_port(const char *text, uint16_t *port)
{
	guint64 number;

	if (strspn(text, "0123456789") != strlen(text) ||
	    !g_ascii_string_to_unsigned(text, 10, 1, 65535, &number, NULL))
		return false;
	*port = (uint16_t)number;
	return true;
}

/* "host", "host:port", "[v6]" or "[v6]:port"; `text` is taken apart in place. */
static bool
parse_authority(char *text, struct origin *origin)
{
	char *bracket = strchr(text, ']');
	char *colon = strchr(bracket != NULL ? bracket : text, ':');

	if (colon != NULL) {
		*colon = '\0';
		if (!parse_port(colon + 1, &origin->port))
			return false;
	}
	if (strlen(text) >= sizeof origin->host || (!is_name(text) && !is_bracketed(text)))
		return false;
	for (size_t i = 0; i <= strlen(text); i++)
		origin->host[i] = g_ascii_tolower(text[i]);
	return true;
}

gboolean
origin_parse(const char *text, struct origin *origin, GError **error)
{
	struct origin made = { 0 };
	const char *rest;

	if (g_str_has_prefix(text, "https://")) {
		made.is_https = true;
		rest = text + strlen("https://");
	} else if (g_str_has_prefix(text, "http://")) {
		rest = text + strlen("http://");
	} else {
		return refuse(error, REFUSED_RANGE, "base_url", "wants to begin with http:// or https://");
	}
	made.port = made.is_https ? 443 : 80;

	size_t size = strcspn(rest, "/");
	g_autofree char *authority = g_strndup(rest, size);

	if (rest[size] != '\0' && strcmp(rest + size, "/") != 0)
		return refuse(error, REFUSED_RANGE, "base_url", "wants no path");
	if (!parse_authority(authority, &made))
		return refuse(error, REFUSED_RANGE, "base_url", "wants a host and perhaps a port");
	*origin = made;
	return TRUE;
}

bool
origin_equal(const struct origin *one, const struct origin *other)
{
	return one->is_https == other->is_https && one->port == other->port && strcmp(one->host, other->host) == 0;
}

bool
origin_is_loopback(const struct origin *origin)
{
	return strcmp(origin->host, "localhost") == 0 || strcmp(origin->host, "127.0.0.1") == 0 ||
	    strcmp(origin->host, "[::1]") == 0;
}

bool
origin_is_own(const char *base_url, const char *value)
{
	struct origin own, theirs;

	/* A browser writes no slash behind an origin. */
	if (g_str_has_suffix(value, "/") || !origin_parse(base_url, &own, NULL) || !origin_parse(value, &theirs, NULL))
		return false;
	if (origin_equal(&own, &theirs))
		return true;
	return origin_is_loopback(&own) && origin_is_loopback(&theirs) && own.port == theirs.port &&
	    own.is_https == theirs.is_https;
}

gboolean
origin_check(const char *base_url, const char *value, const char *fetch_site, GError **error)
{
	if (value != NULL && origin_is_own(base_url, value))
		return TRUE;
	if (value == NULL && fetch_site != NULL && strcmp(fetch_site, "same-origin") == 0)
		return TRUE;
	return refuse(error, REFUSED_ORIGIN, NULL, "wants Origin: %s", base_url);
}
