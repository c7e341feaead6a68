/* Types of files: see file_type.h. Every look at a byte is bounded by what there is. */
#include "desk/file/file_type.h"

#include <glib.h>
#include <string.h>

#include "base/limits.h"

struct view {
	const uint8_t *bytes;
	size_t size;
};

/* `count` bytes from `at` as a number; 0 past the end. */
static uint32_t
big(const struct view *view, size_t at, unsigned count)
{
	uint32_t number = 0;

	if (at > view->size || view->size - at < count)
		return 0;
	for (unsigned i = 0; i < count; i++)
		number = number << 8 | view->bytes[at + i];
	return number;
}

static uint32_t
little(const struct view *view, size_t at, unsigned count)
{
	uint32_t number = 0;

	if (at > view->size || view->size - at < count)
		return 0;
	for (unsigned i = count; i > 0; i--)
		number = number << 8 | view->bytes[at + i - 1];
	return number;
}

static bool
has(const struct view *view, size_t at, const char *text, size_t size)
{
	return at <= view->size && view->size - at >= size && memcmp(view->bytes + at, text, size) == 0;
}

/* ---- The sizes of pictures ---- */

static void
png_size(const struct view *view, struct file_type *type)
{
	if (!has(view, 12, "IHDR", 4))
		return;
	type->width = big(view, 16, 4);
	type->height = big(view, 20, 4);
}

static void
gif_size(const struct view *view, struct file_type *type)
{
	type->width = little(view, 6, 2);
	type->height = little(view, 8, 2);
}

/* The markers that begin a frame: all of C0 to CF but tables and extensions. */
static bool
is_frame(uint32_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static void
jpeg_size(const struct view *view, struct file_type *type)
{
	size_t at = 2;

	/* Each segment is at least four bytes long, so this ends. */
	while (at + 4 <= view->size && view->bytes[at] == 0xff) {
		uint32_t marker = view->bytes[at + 1], length = big(view, at + 2, 2);

		if (marker == 0xff) {
			at++;
			continue;
		}
		if (is_frame(marker)) {
			type->height = big(view, at + 5, 2);
			type->width = big(view, at + 7, 2);
			return;
		}
		if (length < 2)
			return;
		at += 2 + length;
	}
}

static void
webp_size(const struct view *view, struct file_type *type)
{
	if (has(view, 12, "VP8X", 4) && view->size >= 30) {
		type->width = little(view, 24, 3) + 1;
		type->height = little(view, 27, 3) + 1;
	} else if (has(view, 12, "VP8L", 4) && view->size >= 25) {
		uint32_t bits = little(view, 21, 4);

		type->width = (bits & 0x3fff) + 1;
		type->height = (bits >> 14 & 0x3fff) + 1;
	} else if (has(view, 12, "VP8 ", 4)) {
		type->width = little(view, 26, 2) & 0x3fff;
		type->height = little(view, 28, 2) & 0x3fff;
	}
}

/* ---- Signatures ---- */

/* A frame of MPEG-1 or -2, layer III, with a rate that there is. */
static bool
is_mp3_frame(const struct view *view)
{
	uint32_t head = big(view, 0, 4);

	return (head & 0xffe60000) == 0xffe20000 && (head >> 12 & 15) != 15 && (head >> 12 & 15) != 0 &&
	    (head >> 10 & 3) != 3 && (head >> 19 & 3) != 1;
}

static const struct signature {
	const char *name;
	size_t at;
	const char *bytes;
	size_t size;
	const char *more; /* four bytes at `more_at` as well */
	size_t more_at;
	void (*measure)(const struct view *view, struct file_type *type); /* of pictures */
} signatures[] = {
	{ "image/png", 0, "\x89PNG\r\n\x1a\n", 8, NULL, 0, png_size },
	{ "image/jpeg", 0, "\xff\xd8\xff", 3, NULL, 0, jpeg_size },
	{ "image/gif", 0, "GIF87a", 6, NULL, 0, gif_size },
	{ "image/gif", 0, "GIF89a", 6, NULL, 0, gif_size },
	{ "image/webp", 0, "RIFF", 4, "WEBP", 8, webp_size },
	{ "audio/wav", 0, "RIFF", 4, "WAVE", 8, NULL },
	{ "audio/ogg", 0, "OggS", 4, NULL, 0, NULL },
	{ "audio/mpeg", 0, "ID3", 3, NULL, 0, NULL },
	{ "audio/mp4", 4, "ftyp", 4, "M4A ", 8, NULL },
	{ "video/quicktime", 4, "ftyp", 4, "qt  ", 8, NULL },
	{ "application/pdf", 0, "%PDF-", 5, NULL, 0, NULL },
	{ "application/zip", 0, "PK\x03\x04", 4, NULL, 0, NULL },
};

/* Of the family of ISO 14496-12, which pictures (AVIF, HEIC) and others belong to as well, by the first brand that the file claims. */
static bool
is_mp4(const struct view *view)
{
	static const char *const brands[] = { "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9",
		"mp41", "mp42", "avc1", "dash", "M4V ", "f4v ", "MSNV" };

	if (!has(view, 4, "ftyp", 4))
		return false;
	for (unsigned i = 0; i < G_N_ELEMENTS(brands); i++) {
		if (has(view, 8, brands[i], 4))
			return true;
	}
	return false;
}

static const char *
name_without_signature(const struct view *view)
{
	if (is_mp4(view))
		return "video/mp4";
	return is_mp3_frame(view) ? "audio/mpeg" : FILE_TYPE_OTHER;
}

static const struct signature *
signature_of(const struct view *view)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(signatures); i++) {
		const struct signature *signature = &signatures[i];

		if (has(view, signature->at, signature->bytes, signature->size) &&
		    (signature->more == NULL || has(view, signature->more_at, signature->more, 4)))
			return signature;
	}
	return NULL;
}

struct file_type
file_type_of(const void *bytes, size_t size)
{
	struct view view = { bytes, size };
	const struct signature *signature = signature_of(&view);
	struct file_type type = { 0 };

	if (signature == NULL)
		return (struct file_type) { .name = name_without_signature(&view) };
	type.name = signature->name;
	if (signature->measure == NULL)
		return type;
	signature->measure(&view, &type);
	/* Both are below 2^32, so the product fits. */
	if (type.width == 0 || type.height == 0 || type.width > INT32_MAX || type.height > INT32_MAX ||
	    type.width * type.height > LIMIT_FILE_PIXELS)
		return (struct file_type) { .name = FILE_TYPE_OTHER };
	return type;
}

bool
file_type_is_shown(const char *name)
{
	return g_str_has_prefix(name, "image/") || g_str_has_prefix(name, "audio/");
}
