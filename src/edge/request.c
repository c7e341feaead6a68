/* Requests: see request.h. */
#include "edge/request.h"

#include <string.h>
#include <talloc.h>

/* Headers that may stand once: where two stand, two programs may believe one each. */
static const char *const single[] = { "host", "content-length", "transfer-encoding", "content-type", "content-encoding",
	"authorization", "cookie", "origin", "sec-fetch-site", "expect", "upgrade", "sec-websocket-key",
	"sec-websocket-version", "x-softanswer-as", NULL };

const char *
request_header(const struct request *request, const char *name)
{
	for (unsigned i = 0; i < request->header_count; i++) {
		if (g_ascii_strcasecmp(request->headers[i].name, name) == 0)
			return request->headers[i].value;
	}
	return NULL;
}

static unsigned
count_header(const struct request *request, const char *name)
{
	unsigned count = 0;

	for (unsigned i = 0; i < request->header_count; i++)
		count += g_ascii_strcasecmp(request->headers[i].name, name) == 0;
	return count;
}

const char *
request_header_list(void *memory, const struct request *request, const char *name)
{
	const char *list = NULL;

	for (unsigned i = 0; i < request->header_count; i++) {
		const struct header *header = &request->headers[i];

		if (g_ascii_strcasecmp(header->name, name) != 0)
			continue;
		list = list == NULL ? header->value : talloc_asprintf(memory, "%s, %s", list, header->value);
	}
	return list;
}

static bool
list_has(const char *list, const char *word)
{
	g_auto(GStrv) words = g_strsplit(list, ",", -1);

	for (char **at = words; *at != NULL; at++) {
		if (g_ascii_strcasecmp(g_strstrip(*at), word) == 0)
			return true;
	}
	return false;
}

bool
request_header_has(const struct request *request, const char *name, const char *word)
{
	for (unsigned i = 0; i < request->header_count; i++) {
		if (g_ascii_strcasecmp(request->headers[i].name, name) == 0 &&
		    list_has(request->headers[i].value, word))
			return true;
	}
	return false;
}

static gboolean
syntax(GError **error, const char *says)
{
	return refuse(error, REFUSED_SYNTAX, NULL, "%s", says);
}

/* RFC 9110, 5.6.2. */
static bool
is_token(const char *text)
{
	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++) {
		if (!g_ascii_isalnum(*text) && strchr("!#$%&'*+-.^_`|~", *text) == NULL)
			return false;
	}
	return true;
}

static bool
is_value(const char *text)
{
	for (; *text != '\0'; text++) {
		if (g_ascii_iscntrl(*text) && *text != '\t')
			return false;
	}
	return true;
}

static gboolean
check_line(const struct request *request, GError **error)
{
	if (strlen(request->method) > 16 || *request->method == '\0')
		return syntax(error, "the method is unknown");
	for (const char *at = request->method; *at != '\0'; at++) {
		if (!g_ascii_isupper(*at))
			return syntax(error, "a method is written in upper-case letters");
	}
	if (strcmp(request->version, "HTTP/1.1") != 0 && strcmp(request->version, "HTTP/1.0") != 0)
		return syntax(error, "the desk speaks HTTP/1.1");
	if (request->target[0] != '/')
		return syntax(error, "the target wants to be a path");
	if (strlen(request->target) > LIMIT_TARGET_BYTES)
		return syntax(error, "the target is too long");
	for (const char *at = request->target; *at != '\0'; at++) {
		if (!g_ascii_isgraph(*at) || strchr("#<>\"\\^`{|}", *at) != NULL)
			return syntax(error, "the target has a character that must be percent-encoded");
		if (g_str_has_prefix(at, "%00"))
			return syntax(error, "the target has a NUL");
	}
	return TRUE;
}

/*
 * libmicrohttpd 0.9 appends a folded line to the *name* of the header before it: "Content-Length:", then " 5", arrives as
 * "Content-Length5", and the body as the next request. A proxy may have read it as a length.
 */
static bool
is_folded_length(const char *name)
{
	static const char *const framing[] = { "content-length", "transfer-encoding" };

	for (unsigned i = 0; i < G_N_ELEMENTS(framing); i++) {
		size_t size = strlen(framing[i]);

		if (g_ascii_strncasecmp(name, framing[i], size) == 0 && name[size] != '\0')
			return true;
	}
	return false;
}

static gboolean
check_headers(const struct request *request, GError **error)
{
	for (unsigned i = 0; i < request->header_count; i++) {
		if (!is_token(request->headers[i].name))
			return syntax(error, "a header's name has a character that it must not have");
		if (is_folded_length(request->headers[i].name))
			return syntax(error, "the length of the body is folded");
		if (!is_value(request->headers[i].value))
			return syntax(error, "a header's value has a control character");
	}
	for (const char *const *name = single; *name != NULL; name++) {
		if (count_header(request, *name) > 1)
			return refuse(error, REFUSED_SYNTAX, NULL, "two headers %s", *name);
	}
	return TRUE;
}

static gboolean
check_host(const struct request *request, GError **error)
{
	const char *host = request_header(request, "host");

	if (host == NULL && strcmp(request->version, "HTTP/1.0") == 0)
		return TRUE;
	if (host == NULL || *host == '\0')
		return syntax(error, "no Host");
	for (; *host != '\0'; host++) {
		if (!g_ascii_isalnum(*host) && strchr("-._~:[]", *host) == NULL)
			return syntax(error, "the Host cannot be read");
	}
	return TRUE;
}

int64_t
request_body_max(const struct request *request)
{
	return request->body_max == 0 ? LIMIT_BODY_BYTES : request->body_max;
}

static gboolean
check_length(const struct request *request, GError **error)
{
	const char *length = request_header(request, "content-length");
	const char *encoding = request_header(request, "transfer-encoding");
	guint64 bytes;

	if (length != NULL && encoding != NULL)
		return syntax(error, "both Content-Length and Transfer-Encoding");
	if (encoding != NULL &&
	    (g_ascii_strcasecmp(encoding, "chunked") != 0 || strcmp(request->version, "HTTP/1.1") != 0))
		return syntax(error, "only Transfer-Encoding: chunked is understood");
	if (length == NULL)
		return TRUE;
	if (strspn(length, "0123456789") != strlen(length) ||
	    !g_ascii_string_to_unsigned(length, 10, 0, G_MAXINT64, &bytes, NULL))
		return syntax(error, "the Content-Length is no number");
	if (bytes > (guint64)request_body_max(request))
		return refuse(
		    error, REFUSED_SIZE, NULL, "wants at most %" G_GINT64_FORMAT " bytes", request_body_max(request));
	return TRUE;
}

gboolean
request_check(const struct request *request, GError **error)
{
	return check_line(request, error) && check_headers(request, error) && check_host(request, error) &&
	    check_length(request, error);
}

bool
request_has_body(const struct request *request)
{
	const char *length = request_header(request, "content-length");

	return request_header(request, "transfer-encoding") != NULL ||
	    (length != NULL && strspn(length, "0") != strlen(length));
}

/* "application/json", with "charset=utf-8" at most. */
static bool
is_json(const char *type)
{
	g_auto(GStrv) parts = g_strsplit(type, ";", 3);

	if (parts[0] == NULL || g_ascii_strcasecmp(g_strstrip(parts[0]), "application/json") != 0)
		return false;
	if (parts[1] == NULL)
		return true;
	return parts[2] == NULL &&
	    (g_ascii_strcasecmp(g_strstrip(parts[1]), "charset=utf-8") == 0 ||
		g_ascii_strcasecmp(parts[1], "charset=\"utf-8\"") == 0);
}

static gboolean
check_coding(const struct request *request, GError **error)
{
	const char *encoding = request_header(request, "content-encoding");

	if (encoding != NULL && g_ascii_strcasecmp(encoding, "identity") != 0)
		return refuse(error, REFUSED_MEDIA, NULL, "a compressed body is not understood");
	return TRUE;
}

gboolean
request_check_json(const struct request *request, GError **error)
{
	const char *type = request_header(request, "content-type");

	if (type == NULL || !is_json(type))
		return refuse(error, REFUSED_MEDIA, NULL, "say Content-Type: application/json");
	return check_coding(request, error);
}

gboolean
request_check_bytes(const struct request *request, GError **error)
{
	const char *type = request_header(request, "content-type");

	if (type == NULL || g_ascii_strcasecmp(type, "application/octet-stream") != 0)
		return refuse(error, REFUSED_MEDIA, NULL, "say Content-Type: application/octet-stream");
	return check_coding(request, error);
}

/* Decodes percent signs (and, in a query, plus signs) of `size` bytes; NULL: not well-formed, a control character, no UTF-8. */
static const char *
decode(void *memory, const char *raw, size_t size, bool is_query)
{
	char *text = talloc_size(memory, size + 1), *to = text;

	for (const char *from = raw; from < raw + size; from++) {
		if (*from == '%') {
			if (raw + size - from < 3 || !g_ascii_isxdigit(from[1]) || !g_ascii_isxdigit(from[2]))
				return NULL;
			*to++ = (char)(g_ascii_xdigit_value(from[1]) << 4 | g_ascii_xdigit_value(from[2]));
			from += 2;
		} else {
			*to++ = *from == '+' && is_query ? ' ' : *from;
		}
	}
	*to = '\0';
	if (strlen(text) != (size_t)(to - text) || !g_utf8_validate(text, -1, NULL) || !is_value(text))
		return NULL;
	return text;
}

static gboolean
parse_path(void *memory, const char *path, size_t size, struct target *target, GError **error)
{
	const char *at = path + 1, *end = path + size;

	for (;;) {
		const char *slash = memchr(at, '/', (size_t)(end - at));
		const char *stop = slash != NULL ? slash : end;

		if (target->segment_count == LIMIT_TARGET_SEGMENTS)
			return refuse(error, REFUSED_UNKNOWN, NULL, "there is no such address");
		target->segments[target->segment_count] = decode(memory, at, (size_t)(stop - at), false);
		if (target->segments[target->segment_count++] == NULL)
			return syntax(error, "the path cannot be decoded");
		if (slash == NULL)
			return TRUE;
		at = slash + 1;
	}
}

static gboolean
add_pair(void *memory, const char *raw, size_t size, struct target *target, unsigned *count, GError **error)
{
	const char *equals = memchr(raw, '=', size);
	size_t name_size = equals != NULL ? (size_t)(equals - raw) : size;
	const char *name = decode(memory, raw, name_size, true);
	const char *value = equals != NULL ? decode(memory, equals + 1, size - name_size - 1, true) : "";

	if (name == NULL || value == NULL)
		return syntax(error, "the query string cannot be decoded");
	for (unsigned i = 0; i < *count; i++) {
		if (strcmp(target->query[2 * i], name) == 0)
			return refuse(error, REFUSED_FIELD, name, "is given twice");
	}
	if (*count == LIMIT_QUERY_PAIRS)
		return syntax(error, "the query string has too many names");
	target->query[2 * *count] = name;
	target->query[2 * *count + 1] = value;
	(*count)++;
	return TRUE;
}

static gboolean
parse_query(void *memory, const char *query, struct target *target, GError **error)
{
	unsigned count = 0;

	while (*query != '\0') {
		size_t size = strcspn(query, "&");

		if (size > 0 && !add_pair(memory, query, size, target, &count, error))
			return FALSE;
		query += size + (query[size] == '&');
	}
	return TRUE;
}

gboolean
target_parse(void *memory, const char *raw, struct target *target, GError **error)
{
	const char *mark = strchr(raw, '?');
	struct target made = { 0 };

	g_assert(raw[0] == '/');
	if (!parse_path(memory, raw, mark != NULL ? (size_t)(mark - raw) : strlen(raw), &made, error) ||
	    (mark != NULL && !parse_query(memory, mark + 1, &made, error)))
		return FALSE;
	*target = made;
	return TRUE;
}
