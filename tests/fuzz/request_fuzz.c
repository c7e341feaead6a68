/*
 * What is refused of a request before its body is looked at. Lines: method, target and version; then headers. What passes has one
 * reading only, and its target leads to a command or to a refusal.
 */
#include <string.h>
#include <talloc.h>

#include "edge/commands.h"
#include "edge/forwarded.h"
#include "edge/request.h"
#include "edge/router.h"
#include "tests/fuzz/fuzz.h"

static unsigned
count_of(const struct request *request, const char *name)
{
	unsigned count = 0;

	for (unsigned i = 0; i < request->header_count; i++)
		count += g_ascii_strcasecmp(request->headers[i].name, name) == 0 ? 1 : 0;
	return count;
}

static void
check_passed(const struct request *request)
{
	g_assert(request->target[0] == '/');
	g_assert(count_of(request, "Host") == 1 ||
	    (count_of(request, "Host") == 0 && strcmp(request->version, "HTTP/1.0") == 0));
	g_assert(count_of(request, "Content-Length") + count_of(request, "Transfer-Encoding") <= 1);
	for (unsigned i = 0; i < request->header_count; i++) {
		g_assert(strpbrk(request->headers[i].value, "\r\n") == NULL);
		g_assert(strpbrk(request->headers[i].name, " \t:") == NULL);
	}
}

static void
check_target(const struct request *request)
{
	static struct router *router;
	void *memory = talloc_new(NULL);
	struct route route = { 0 };
	struct target target;

	if (router == NULL)
		router = router_new(commands);
	if (target_parse(memory, request->target, &target, NULL)) {
		for (unsigned i = 0; i < target.segment_count; i++)
			g_assert(g_utf8_validate(target.segments[i], -1, NULL));
		for (const char *const *pair = target.query; *pair != NULL; pair++)
			g_assert(g_utf8_validate(*pair, -1, NULL));
		g_assert(!router_find(router, memory, request->method, &target, &route, NULL) || route.command != NULL);
	}
	talloc_free(memory);
}

/* An address comes out, whatever a proxy says, and without proxies the peer's. */
static void
check_forwarded(const struct request *request)
{
	g_autoptr(GError) error = NULL;
	struct networks *proxies = networks_parse("127.0.0.1, 10.0.0.0/8", &error), *theirs;
	const char *header = request_header(request, "X-Forwarded-For");
	char address[ADDRESS_CHARS];

	forwarded_address(proxies, "127.0.0.1", header, address);
	g_assert(strlen(address) > 0);
	forwarded_address(NULL, "192.0.2.1", header, address);
	g_assert_cmpstr(address, ==, "192.0.2.1");
	networks_free(proxies);
	theirs = header == NULL ? NULL : networks_parse(header, NULL);
	networks_free(theirs);
}

/* Takes lines apart in place. */
static void
read_request(char *text, struct request *request)
{
	char *next = strchr(text, '\n'), *space;

	if (next != NULL)
		*next++ = '\0';
	request->method = text;
	request->target = request->version = "";
	if ((space = strchr(text, ' ')) != NULL) {
		*space = '\0';
		request->target = space + 1;
	}
	if (space != NULL && (space = strrchr(space + 1, ' ')) != NULL) {
		*space = '\0';
		request->version = space + 1;
	}
	while (next != NULL && request->header_count < LIMIT_HEADERS) {
		char *name = next, *colon;

		if ((next = strchr(name, '\n')) != NULL)
			*next++ = '\0';
		if ((colon = strchr(name, ':')) == NULL)
			continue;
		*colon = '\0';
		request->headers[request->header_count++] =
		    (struct header) { name, colon + 1 + strspn(colon + 1, " ") };
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (size < 1)
		return 0;

	g_autofree char *text = g_strndup((const char *)bytes, size);
	g_autoptr(GError) error = NULL, media = NULL;
	struct request request = { 0 };

	read_request(text, &request);
	check_forwarded(&request);
	if (!request_check(&request, &error)) {
		g_assert(error_is_refusal(error));
		return 0;
	}
	check_passed(&request);
	check_target(&request);
	(void)request_has_body(&request);
	if (!request_check_json(&request, &media))
		g_assert(error_kind(media) == REFUSED_MEDIA);
	return 0;
}
