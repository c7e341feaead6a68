/*
 * Serving: what a whole request leads to. A command of the table, mostly; besides the socket, the figures, the API's
 * description and the pages. See exchange.h.
 */
#include "edge/exchange.h"

#include <string.h>
#include <talloc.h>

#include "base/network.h"
#include "edge/address.h"
#include "edge/call.h"
#include "edge/cookie.h"
#include "edge/crowd.h"
#include "edge/embeds.h"
#include "edge/json_in.h"
#include "edge/metrics.h"
#include "edge/openapi.h"
#include "edge/origin.h"
#include "edge/protocol.h"
#include "edge/sending.h"

/* Of a User-Agent nobody needs more. */
#define AGENT_BYTES 200

/* The network that a caller comes from; NULL where the address is not its own. */
static const char *
origin_of(const struct exchange *exchange, void *memory)
{
	char *text;

	if (address_is_loopback(exchange->address) ||
	    networks_have(exchange->http->settings.proxies, exchange->address))
		return NULL;
	text = talloc_size(memory, NETWORK_CHARS);
	network_text(exchange->address, text);
	return text;
}

static bool
is_reading(const struct exchange *exchange)
{
	return strcmp(exchange->request.method, "GET") == 0 || strcmp(exchange->request.method, "HEAD") == 0;
}

static bool
is_at(const struct exchange *exchange, const char *path)
{
	size_t size = strlen(path);
	const char *raw = exchange->request.target;

	return strncmp(raw, path, size) == 0 && (raw[size] == '\0' || raw[size] == '?');
}

static void
refuse_with(struct exchange *exchange, enum error_kind kind, const char *says, const char *allow)
{
	g_autoptr(GError) error = NULL;

	(void)refuse(&error, kind, NULL, "%s", says);
	exchange_refuse(exchange, error, 0, allow);
}

/* ---- commands ---- */

static void
add_cookie(const struct call *call, const struct exchange *exchange, struct MHD_Response *response)
{
	g_autofree char *cookie = NULL;

	if (call->cookie == NULL && call->command->cookie != COOKIE_CLEARED &&
	    call->command->cookie != COOKIE_VISITOR_CLEARED)
		return;
	cookie = cookie_set(exchange->http->cookies_are_secure, call->command->cookie, call->cookie);
	if (cookie != NULL)
		MHD_add_response_header(response, "Set-Cookie", cookie);
}

/* An answer that is the same for everybody: told again only when it has changed. */
static void
answer_public(const struct call *call, struct exchange *exchange)
{
	struct digest digest = secret_digest(call->json, call->json_size);
	g_autofree char *text = secret_base64(digest.bytes, sizeof digest.bytes);
	g_autofree char *etag = g_strdup_printf("\"%s\"", text);
	bool is_known = asset_matches(request_header(&exchange->request, "if-none-match"), etag);
	struct MHD_Response *response = exchange_response(
	    exchange, is_known ? "" : call->json, is_known ? 0 : call->json_size, "application/json", HEADERS_PUBLIC);

	MHD_add_response_header(response, "ETag", etag);
	exchange_answer(exchange, is_known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
}

static void
answered(struct call *call)
{
	struct exchange *exchange = call->owner;

	if (exchange == NULL)
		return;
	if (call->error != NULL) {
		exchange_refuse(exchange, call->error, call->retry_seconds, NULL);
		return;
	}
	if (call->command->is_public) {
		answer_public(call, exchange);
		return;
	}

	if (call->command->sends_file) {
		sending_begin(exchange, call->answer);
		return;
	}

	struct MHD_Response *response =
	    exchange_response(exchange, call->json, call->json_size, "application/json", HEADERS_API);

	add_cookie(call, exchange, response);
	exchange_answer(exchange, MHD_HTTP_OK, response);
}

/* The fields in the body; NULL in *body is none, or bytes. */
static gboolean
read_body(struct exchange *exchange, const struct route *route, json_t **body, GError **error)
{
	*body = NULL;
	if (is_reading(exchange) && !request_has_body(&exchange->request))
		return TRUE;
	if (command_bytes(route->command) != NULL)
		return request_check_bytes(&exchange->request, error);
	if (!request_check_json(&exchange->request, error))
		return FALSE;
	if (exchange->body_size == 0)
		return TRUE;
	*body = json_in_parse((const char *)exchange->body->data, exchange->body_size, error);
	return *body != NULL;
}

static gboolean
identify(struct exchange *exchange, GError **error)
{
	const struct request *request = &exchange->request;
	const struct edge *edge = exchange->http->edge;
	struct cookie_headers headers = { .authorization = request_header(request, "authorization"),
		.cookie = request_header(request, "cookie"),
		.acts_as = request_header(request, "x-softanswer-as") };
	bool is_bearer;

	exchange->credential = cookie_credential(
	    exchange->http->cookies_are_secure, &edge->key, clock_now_ms(edge->clock), &headers, &is_bearer);
	/* A browser sends cookies by itself, a bearer token only where a page of ours has it. */
	if (is_reading(exchange) || is_bearer)
		return TRUE;
	return origin_check(
	    edge->base_url, request_header(request, "origin"), request_header(request, "sec-fetch-site"), error);
}

static void
start_call(struct exchange *exchange, const struct route *route, json_t *body)
{
	struct call *call = call_new(exchange->http->edge, route->command);
	const char *agent = request_header(&exchange->request, "user-agent");

	call->credential = exchange->credential;
	call->address = talloc_strdup(call_memory(call), exchange->address);
	call->origin = origin_of(exchange, call_memory(call));
	if (agent != NULL)
		call->agent = talloc_strndup(call_memory(call), agent, AGENT_BYTES);
	if (exchange->body != NULL && command_bytes(route->command) != NULL) {
		call->bytes.data = talloc_memdup(call_memory(call), exchange->body->data, exchange->body->len);
		call->bytes.size = exchange->body->len;
		g_clear_pointer(&exchange->body, g_byte_array_unref);
	}
	call->answered = answered;
	exchange->writes = route->command->kind == COMMAND_WRITE;
	exchange_hold(exchange, &call->owner);
	call_decode(call, body, route->values);
	call_start(call);
}

static void
serve_command(struct exchange *exchange)
{
	g_autoptr(GError) error = NULL;
	struct route route = { 0 };
	json_t *body = NULL;

	if (!protocol_check(request_header(&exchange->request, PROTOCOL_REQUEST), protocol_oldest, &error) ||
	    !router_find(exchange->http->router, exchange->memory, exchange->request.method, &exchange->target, &route,
		&error) ||
	    !identify(exchange, &error) || !read_body(exchange, &route, &body, &error))
		exchange_refuse(exchange, error, 0, route.allow);
	else
		start_call(exchange, &route, body);
	json_decref(body);
}

gboolean
serve_head(struct exchange *exchange, GError **error)
{
	struct http *http = exchange->http;
	struct route route;
	const struct field *bytes;

	if (!router_find(http->router, exchange->memory, exchange->request.method, &exchange->target, &route, error))
		return FALSE;
	bytes = command_bytes(route.command);
	exchange->request.body_max = bytes == NULL ? LIMIT_BODY_BYTES : bytes->max;
	if (exchange->request.body_max <= LIMIT_BODY_BYTES)
		return request_check(&exchange->request, error);
	if (!identify(exchange, error))
		return FALSE;
	if (exchange->credential.kind == CREDENTIAL_NONE)
		return refuse(error, REFUSED_SIGN_IN, NULL, "sign in first");
	if (http->large >= LIMIT_FILE_PARTS_ARRIVING || !crowd_has_room(http->senders, exchange->address))
		return fail(error, FAILED_BUSY, "too many parts of files arrive at a time");
	http->large++;
	crowd_enter(http->senders, exchange->address);
	exchange->is_large = true;
	return TRUE;
}

/* ---- the rest ---- */

static void
serve_openapi(struct exchange *exchange)
{
	size_t size;
	const char *text = openapi_json(&size);

	exchange_answer(
	    exchange, MHD_HTTP_OK, exchange_response(exchange, text, size, "application/json", HEADERS_API));
}

static bool
has_token(const struct request *request, const char *token)
{
	const char *shown = request_header(request, "authorization");
	struct digest given, right;

	if (token == NULL || *token == '\0' || shown == NULL || g_ascii_strncasecmp(shown, "Bearer ", 7) != 0)
		return false;
	given = secret_digest_text(shown + 7);
	right = secret_digest_text(token);
	return secret_equal(&given, &right);
}

/* A proxy that does not say for whom it asks would open the figures to everybody: only who comes without one may. */
static bool
may_watch(const struct exchange *exchange)
{
	const struct http_settings *settings = &exchange->http->settings;

	return (exchange->is_direct && networks_have(settings->watchers, exchange->address)) ||
	    has_token(&exchange->request, settings->watch_token);
}

static void
serve_metrics(struct exchange *exchange)
{
	struct http *http = exchange->http;
	g_autoptr(GString) out = g_string_sized_new(8192);

	if (!may_watch(exchange)) {
		refuse_with(exchange, REFUSED_UNKNOWN, "there is no such address", NULL);
		return;
	}
	metrics_edge(out, http->edge);
	metrics_http(out, http);
	metrics_process(out);
	if (http->settings.more_metrics != NULL)
		http->settings.more_metrics(out, http->settings.data);
	exchange_answer(
	    exchange, MHD_HTTP_OK, exchange_response(exchange, out->str, out->len, METRICS_MEDIA_TYPE, HEADERS_API));
}

/* The panel is shown on pages of the site that it is asked for; NULL: on no others than every panel. */
static char *
policy_of(const struct exchange *exchange, const struct asset *asset)
{
	const struct embeds *embeds = exchange->http->edge->embeds;
	const char *sources = NULL;

	if (embeds == NULL || asset->headers != HEADERS_PANEL)
		return NULL;
	for (const char *const *pair = exchange->target.query; *pair != NULL; pair += 2) {
		if (strcmp(pair[0], "site") == 0)
			sources = embeds_sources(embeds, pair[1]);
	}
	return sources == NULL ? NULL : headers_panel_policy(exchange->http->headers, sources);
}

static void
serve_asset(struct exchange *exchange)
{
	struct asset asset;
	unsigned status;

	if (!asset_find(&exchange->http->settings.assets, &exchange->target, &asset)) {
		refuse_with(exchange, REFUSED_UNKNOWN, "there is no such page", NULL);
	} else {
		struct MHD_Response *response = asset_answer(&asset, &exchange->request, &status);
		g_autofree char *policy = policy_of(exchange, &asset);

		headers_add_policy(exchange->http->headers, asset.headers, policy, response);
		exchange_answer(exchange, status, response);
	}
}

/* What is not in the command table; all of it is only read. */
static const struct {
	const char *path;
	void (*serve)(struct exchange *exchange);
} own_doors[] = {
	{ "/api/v1/socket", upgrade },
	{ "/api/v1/openapi.json", serve_openapi },
	{ "/metrics", serve_metrics },
};

/* What the pages' own addresses never begin with. */
static bool
is_of_command(const struct exchange *exchange)
{
	const char *first = exchange->target.segments[0];

	return strcmp(first, "api") == 0 || strcmp(first, "files") == 0;
}

void
serve(struct exchange *exchange)
{
	void (*how)(struct exchange * exchange) = NULL;

	for (unsigned i = 0; i < G_N_ELEMENTS(own_doors); i++) {
		if (is_at(exchange, own_doors[i].path))
			how = own_doors[i].serve;
	}
	if (how == NULL && !is_at(exchange, "/healthz") && !is_of_command(exchange))
		how = serve_asset;
	if (how == NULL)
		serve_command(exchange);
	else if (is_reading(exchange))
		how(exchange);
	else
		refuse_with(exchange, REFUSED_METHOD, "takes GET, HEAD", "GET, HEAD");
}
