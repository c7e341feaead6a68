/*
 * Headers: what every answer tells the browser about how far it may go (security.md).
 *
 * There is a kind for each sort of answer. No page has a script or style in its HTML, so none is allowed; Trusted Types let
 * nothing but Svelte's own templates become HTML. The texts are made once, from the base URL. Loop thread after headers_new().
 */
#pragma once

#include <glib.h>
#include <microhttpd.h>

enum headers_kind {
	HEADERS_API,       /* JSON: nothing may be kept, shown in a frame or run */
	HEADERS_PUBLIC,    /* JSON that is the same for everybody: kept for a while, read by pages of any origin */
	HEADERS_WORKSPACE, /* pages of staff: in no frame at all; they frame the preview */
	HEADERS_PANEL,     /* the widget's panel: in frames on the pages of `embed_origins` */
	HEADERS_PREVIEW,   /* the widget as settings would make it: framed by the workspace, frames the panel */
	HEADERS_DEMO,      /* the demo shop: frames the panel */
	HEADERS_ASSET,     /* scripts, styles and pictures of these pages */
	HEADERS_LOADER,    /* widget.js: loaded by pages of any origin */
	HEADERS_FILE,      /* what customers and staff sent each other: runs nothing, wherever it is opened */
	HEADERS_KINDS,
};

struct headers;

/* `embed_origins` are the sources that may frame the panel, as CSP writes them: "'self' https://shop.example". */
struct headers *headers_new(const char *base_url, const char *embed_origins);
void headers_free(struct headers *headers);

/* The content security policy of a kind; for tests and for headers_add(). */
const char *headers_policy(const struct headers *headers, enum headers_kind kind);

/* The panel's for a site that may also be shown on pages of `sources` (each with a blank before it); the caller frees. */
char *headers_panel_policy(const struct headers *headers, const char *sources);

/* The headers of a kind; `policy` in the place of its own, unless NULL. */
void headers_add_policy(
    const struct headers *headers, enum headers_kind kind, const char *policy, struct MHD_Response *response);
void headers_add(const struct headers *headers, enum headers_kind kind, struct MHD_Response *response);
