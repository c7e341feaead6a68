/* Assets: see assets.h. */
#include "edge/assets.h"

#include <stdlib.h>
#include <string.h>

/* The name changes with the content. */
#define CACHE_FOR_EVER "public, max-age=31536000, immutable"
/* Shops' pages load it on every view; a new version reaches them within this. */
#define CACHE_LOADER "public, max-age=600"
/* Kept, but asked for each time. */
#define CACHE_ASK "no-cache"

static const struct {
	const char *ending, *type;
} media_types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".webp", "image/webp" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".json", "application/json" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".txt", "text/plain; charset=utf-8" },
};

/* First segments that are the workspace's own: its router shows what they mean. */
static const char *const workspace_words[] = { "", "w", "setup", "invitation", "reset", "sign-in", NULL };

static const char *
media_type_of(const char *path)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(media_types); i++) {
		if (g_str_has_suffix(path, media_types[i].ending))
			return media_types[i].type;
	}
	return "application/octet-stream";
}

static int
path_compare(const void *path, const void *file)
{
	return strcmp(path, ((const struct embedded *)file)->path);
}

static bool
take(const struct assets *assets, const char *path, const char *cache, enum headers_kind headers, struct asset *asset)
{
	const struct embedded *file = bsearch(path, assets->files, assets->count, sizeof *assets->files, path_compare);

	if (file == NULL)
		return false;
	*asset = (struct asset) { .file = file, .media_type = media_type_of(path), .cache = cache, .headers = headers };
	return true;
}

static bool
is_path(const struct target *target, const char *first, const char *second)
{
	return target->segment_count == (second == NULL ? 1 : 2) && strcmp(target->segments[0], first) == 0 &&
	    (second == NULL || strcmp(target->segments[1], second) == 0);
}

bool
asset_find(const struct assets *assets, const struct target *target, struct asset *asset)
{
	const char *first = target->segments[0];

	if (target->segment_count == 2 && strcmp(first, "assets") == 0) {
		g_autofree char *path = g_strconcat("assets/", target->segments[1], NULL);

		return take(assets, path, CACHE_FOR_EVER, HEADERS_ASSET, asset);
	}
	if (is_path(target, "widget.js", NULL))
		return take(assets, "widget.js", CACHE_LOADER, HEADERS_LOADER, asset);
	if (is_path(target, "service-worker.js", NULL))
		return take(assets, "service-worker.js", CACHE_ASK, HEADERS_ASSET, asset);
	if (is_path(target, "widget", "panel"))
		return take(assets, "widget/panel.html", CACHE_ASK, HEADERS_PANEL, asset);
	if (is_path(target, "widget", "preview"))
		return take(assets, "widget/preview.html", CACHE_ASK, HEADERS_PREVIEW, asset);
	if (strcmp(first, "demo") == 0)
		return assets->has_demo && take(assets, "demo/index.html", CACHE_ASK, HEADERS_DEMO, asset);
	for (const char *const *word = workspace_words; *word != NULL; word++) {
		if (strcmp(first, *word) == 0 && (**word != '\0' || target->segment_count == 1))
			return take(assets, "workspace/index.html", CACHE_ASK, HEADERS_WORKSPACE, asset);
	}
	return false;
}

/* ";q=0" and ";q=0.000" say that it is not taken. */
static bool
is_refused(const char *parameters, size_t size)
{
	g_autofree char *text = g_strndup(parameters, size);
	g_auto(GStrv) words = g_strsplit_set(text, "; \t", -1);

	for (char **word = words; *word != NULL; word++) {
		if (g_ascii_strncasecmp(*word, "q=0", 3) == 0 && strspn(*word + 3, ".0") == strlen(*word + 3))
			return true;
	}
	return false;
}

bool
asset_accepts(const char *accept_encoding, const char *coding)
{
	size_t coding_size = strlen(coding);

	for (const char *at = accept_encoding; at != NULL && *at != '\0';) {
		at += strspn(at, ", \t");

		size_t size = strcspn(at, ",");
		size_t name_size = strcspn(at, ",; \t");

		if (name_size == coding_size && g_ascii_strncasecmp(at, coding, coding_size) == 0)
			return !is_refused(at + name_size, size - name_size);
		at += size;
	}
	return false;
}

bool
asset_matches(const char *if_none_match, const char *etag)
{
	size_t etag_size = strlen(etag);

	for (const char *at = if_none_match; at != NULL && *at != '\0';) {
		at += strspn(at, ", \t");
		if (strcmp(at, "*") == 0)
			return true;
		if (g_str_has_prefix(at, "W/"))
			at += 2;
		if (strncmp(at, etag, etag_size) == 0 && strchr(", \t", at[etag_size]) != NULL)
			return true;
		at += strcspn(at, ",");
	}
	return false;
}

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	enum MHD_Result is_added = MHD_add_response_header(response, name, value);

	g_assert(is_added == MHD_YES);
}

/* The bytes are part of the program: nothing is copied. */
static struct MHD_Response *
wrap(const unsigned char *data, size_t size, const char *coding)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(size, (void *)(uintptr_t)data, MHD_RESPMEM_PERSISTENT);

	if (coding != NULL)
		add(response, "Content-Encoding", coding);
	return response;
}

static struct MHD_Response *
encoded(const struct embedded *file, const char *accept_encoding)
{
	if (file->brotli != NULL && asset_accepts(accept_encoding, "br"))
		return wrap(file->brotli, file->brotli_size, "br");
	if (file->gzip != NULL && asset_accepts(accept_encoding, "gzip"))
		return wrap(file->gzip, file->gzip_size, "gzip");
	return wrap(file->data, file->size, NULL);
}

struct MHD_Response *
asset_answer(const struct asset *asset, const struct request *request, unsigned *status)
{
	const struct embedded *file = asset->file;
	/* Weak, since the same tag stands for all codings of the file. */
	g_autofree char *etag = g_strconcat("W/", file->etag, NULL);
	bool is_known = asset_matches(request_header(request, "if-none-match"), file->etag);
	struct MHD_Response *response = is_known ? wrap((const unsigned char *)"", 0, NULL)
						 : encoded(file, request_header(request, "accept-encoding"));

	*status = is_known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
	if (!is_known)
		add(response, "Content-Type", asset->media_type);
	add(response, "ETag", etag);
	add(response, "Cache-Control", asset->cache);
	add(response, "Vary", "Accept-Encoding");
	return response;
}
