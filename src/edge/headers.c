/* Headers: see headers.h. */
#include "edge/headers.h"

#include <string.h>

#include "base/limits.h"
#include "edge/origin.h"
#include "edge/protocol.h"

/* Svelte makes its templates' HTML under this name; everything else that would become HTML is refused by the browser. */
#define TRUSTED "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
/* Under this name the workspace says where its service worker is: always the same address. */
#define TRUSTED_WORKER " softanswer-worker"

/* Two years, what browsers' lists ask for. */
#define STRICT_TRANSPORT "max-age=63072000"

#define PUBLIC_CACHE   "public, max-age=" G_STRINGIFY(PUBLIC_SECONDS)
#define PUBLIC_SECONDS 60
G_STATIC_ASSERT(PUBLIC_SECONDS == LIMIT_PUBLIC_SECONDS);

struct headers {
	bool is_https;
	char *connect, *embed_origins;
	char *policies[HEADERS_KINDS];
};

/* For panels without a cookie: the sound that a chat brings is fetched with the token, and played from the page's memory. */
#define PANEL_MEDIA "'self' blob:"

/* What pages need; `connect` names the WebSocket's address, since not every browser takes it for 'self'. */
static char *
page_policy(const char *connect, const char *media, const char *frame_ancestors, const char *more)
{
	return g_strdup_printf(
	    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
	    "font-src 'self'; connect-src 'self' %s; manifest-src 'self'; media-src %s; base-uri 'none'; "
	    "form-action 'none'; frame-ancestors %s; %s",
	    connect, media, frame_ancestors, more);
}

struct headers *
headers_new(const char *base_url, const char *embed_origins)
{
	struct headers *headers = g_new0(struct headers, 1);
	struct origin own;
	gboolean is_url = origin_parse(base_url, &own, NULL);
	char *connect;

	g_assert(is_url); /* the configuration was checked */
	headers->is_https = own.is_https;
	connect = g_strdup_printf("%s://%s:%u", own.is_https ? "wss" : "ws", own.host, own.port);
	headers->connect = connect;
	headers->embed_origins = g_strdup(embed_origins);
	headers->policies[HEADERS_PUBLIC] = g_strdup("default-src 'none'; frame-ancestors 'none'");
	headers->policies[HEADERS_API] = g_strdup("default-src 'none'; frame-ancestors 'none'");
	headers->policies[HEADERS_WORKSPACE] =
	    page_policy(connect, "'self'", "'none'", "frame-src 'self'; " TRUSTED TRUSTED_WORKER);
	headers->policies[HEADERS_PREVIEW] = page_policy(connect, "'self'", "'self'", "frame-src 'self'; " TRUSTED);
	headers->policies[HEADERS_PANEL] = page_policy(connect, PANEL_MEDIA, embed_origins, TRUSTED);
	headers->policies[HEADERS_DEMO] = page_policy(connect, "'self'", "'none'", "frame-src 'self'; " TRUSTED);
	headers->policies[HEADERS_ASSET] = g_strdup("default-src 'none'; frame-ancestors 'none'");
	headers->policies[HEADERS_LOADER] = g_strdup("default-src 'none'; frame-ancestors 'none'");
	headers->policies[HEADERS_FILE] = g_strdup("sandbox; default-src 'none'; frame-ancestors 'none'");
	return headers;
}

void
headers_free(struct headers *headers)
{
	if (headers == NULL)
		return;
	for (unsigned kind = 0; kind < HEADERS_KINDS; kind++)
		g_free(headers->policies[kind]);
	g_free(headers->connect);
	g_free(headers->embed_origins);
	g_free(headers);
}

const char *
headers_policy(const struct headers *headers, enum headers_kind kind)
{
	return headers->policies[kind];
}

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	enum MHD_Result is_added = MHD_add_response_header(response, name, value);

	g_assert(is_added == MHD_YES);
}

char *
headers_panel_policy(const struct headers *headers, const char *sources)
{
	g_autofree char *all = g_strconcat(headers->embed_origins, sources, NULL);

	return page_policy(headers->connect, PANEL_MEDIA, all, TRUSTED);
}

void
headers_add(const struct headers *headers, enum headers_kind kind, struct MHD_Response *response)
{
	headers_add_policy(headers, kind, NULL, response);
}

void
headers_add_policy(
    const struct headers *headers, enum headers_kind kind, const char *policy, struct MHD_Response *response)
{
	bool is_page =
	    kind == HEADERS_WORKSPACE || kind == HEADERS_PANEL || kind == HEADERS_DEMO || kind == HEADERS_PREVIEW;
	bool is_for_others = kind == HEADERS_PANEL || kind == HEADERS_LOADER || kind == HEADERS_PUBLIC;

	add(response, "X-Content-Type-Options", "nosniff");
	add(response, "Referrer-Policy", "no-referrer");
	add(response, "Content-Security-Policy", policy == NULL ? headers->policies[kind] : policy);
	add(response, "Cross-Origin-Resource-Policy", is_for_others ? "cross-origin" : "same-origin");
	if (kind == HEADERS_API || kind == HEADERS_PUBLIC)
		add(response, PROTOCOL_HEADER, protocol_text);
	if (kind == HEADERS_API)
		add(response, "Cache-Control", "no-store");
	if (kind == HEADERS_PUBLIC) {
		add(response, "Cache-Control", PUBLIC_CACHE);
		add(response, "Access-Control-Allow-Origin", "*");
	}
	/* A file never changes. Its bytes are its reader's own, not a shared cache's. */
	if (kind == HEADERS_FILE)
		add(response, "Cache-Control", "private, max-age=31536000, immutable");
	if (kind == HEADERS_WORKSPACE || kind == HEADERS_API || kind == HEADERS_PUBLIC || kind == HEADERS_FILE)
		add(response, "X-Frame-Options", "DENY");
	if (is_page) {
		add(response, "Cross-Origin-Opener-Policy", "same-origin");
		add(response, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
	}
	if (headers->is_https)
		add(response, "Strict-Transport-Security", STRICT_TRANSPORT);
}
