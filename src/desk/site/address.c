/* Addresses of pages: see address.h. */
#include "desk/site/address.h"

#include <glib.h>
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "base/text.h"

#define PORT_MAX 65535

static const char host_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";

/* How long the scheme is, with "://"; 0: it is no other than http or https. */
static size_t
scheme_size(const char *url)
{
	if (g_ascii_strncasecmp(url, "https://", 8) == 0)
		return 8;
	return g_ascii_strncasecmp(url, "http://", 7) == 0 ? 7 : 0;
}

/* Labels of letters, digits and dashes, with dots between; or an IPv6 address in its brackets. */
static bool
is_host(const char *host)
{
	size_t size = strlen(host);

	if (*host == '[')
		return size > 3 && strspn(host + 1, "0123456789abcdef:.") == size - 2 && host[size - 1] == ']';
	if (size == 0 || strspn(host, host_letters) != size || *host == '.' || host[size - 1] == '.')
		return false;
	return strstr(host, "..") == NULL && *host != '-' && host[size - 1] != '-';
}

/* ":8443"; the number, 0 where it is none. */
static int64_t
port_of(const char *text)
{
	int64_t port;

	return text_to_int(text + 1, &port) && port >= 1 && port <= PORT_MAX ? port : 0;
}

/* Of "host" or "host:port", in lower case. */
static const char *
origin_of_authority(void *memory, bool is_https, char *authority)
{
	char *bracket = strchr(authority, ']'), *colon = strchr(bracket == NULL ? authority : bracket, ':');
	int64_t port = colon == NULL ? 0 : port_of(colon);

	if (colon != NULL && port == 0)
		return NULL;
	if (colon != NULL)
		*colon = '\0';
	if (!is_host(authority))
		return NULL;
	if (port == 0 || port == (is_https ? 443 : 80))
		return talloc_asprintf(memory, "http%s://%s", is_https ? "s" : "", authority);
	return talloc_asprintf(memory, "http%s://%s:%" G_GINT64_FORMAT, is_https ? "s" : "", authority, port);
}

/* *rest gets what comes behind the origin. */
static const char *
origin_read(void *memory, const char *url, const char **rest)
{
	size_t scheme = scheme_size(url), size;
	char *authority;

	if (scheme == 0)
		return NULL;
	size = strcspn(url + scheme, "/?#\\");
	if (size > LIMIT_ORIGIN_BYTES)
		return NULL;
	*rest = url + scheme + size;
	authority = talloc_strndup(memory, url + scheme, size);
	text_to_lower(authority);
	return origin_of_authority(memory, scheme == 8, authority);
}

const char *
address_origin(void *memory, const char *text)
{
	const char *rest = NULL, *origin = origin_read(memory, text, &rest);

	return origin != NULL && (*rest == '\0' || strcmp(rest, "/") == 0) ? origin : NULL;
}

const char *
address_origin_of(void *memory, const char *url)
{
	const char *rest = NULL, *origin = origin_read(memory, url, &rest);

	return origin != NULL && *rest != '\\' ? origin : NULL;
}

const char *
address_page(void *memory, const char *url)
{
	if (url == NULL || address_origin_of(memory, url) == NULL || !text_is_clean(url, false) ||
	    strchr(url, ' ') != NULL)
		return NULL;
	return talloc_strndup(memory, url, strcspn(url, "#"));
}
