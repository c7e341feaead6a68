/* Files of the demo desk: see demo_files.h. Formats: the PNG specification (W3C), ISO 32000-1 for PDF. */
#include "app/demo_files.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* ---- The picture ---- */

#define WIDTH     300
#define HEIGHT    220
#define ROW_BYTES (1 + 3 * WIDTH)
#define FINER     3     /* points a pixel has, each way: smooths the edges */
#define STORED    65535 /* bytes that one stored block of deflate may have */

struct colour {
	float red, green, blue;
};

static struct colour
shade(struct colour colour, float light)
{
	return (struct colour) { colour.red * light, colour.green * light, colour.blue * light };
}

/* Half of the jug's width at a height: neck above, belly below. */
static float
half_width(float y)
{
	float belly = 62 - 0.012f * (y - 140) * (y - 140), neck = 31 + 0.008f * (y - 70) * (y - 70);

	return fmaxf(fminf(belly, 62), y < 120 ? neck : 30);
}

static bool
is_in_jug(float x, float y)
{
	return y > 46 && y < 186 && fabsf(x) < half_width(y);
}

/* The handle is a ring at its right side. */
static bool
is_in_handle(float x, float y)
{
	float away = hypotf((x - 54) / 34, (y - 112) / 44);

	return away < 1 && away > 0.7f && x > 40;
}

static bool
is_in_chip(float x, float y)
{
	return hypotf(x + 25, y - 44) < 13 + 2 * sinf(x * 1.7f);
}

static struct colour
colour_at(float at_x, float y)
{
	static const struct colour wall = { 226, 219, 203 }, table = { 151, 113, 78 }, clay = { 176, 98, 66 },
				   inside = { 232, 205, 178 };
	float x = at_x - 140;

	if (is_in_jug(x, y)) {
		float round = x / half_width(y);

		if (is_in_chip(x, y))
			return hypotf(x + 25, y - 44) < 8 ? shade(wall, 0.97f) : inside;
		return shade(clay, 1.12f - 0.5f * (round + 0.35f) * (round + 0.35f) - (y < 54 ? 0.12f : 0));
	}
	if (is_in_handle(x, y))
		return shade(clay, 0.74f);
	if (y > 160)
		return shade(table,
		    1.05f - 0.1f * sinf(y * 1.3f + sinf(at_x / 40)) - (hypotf(x / 96, (y - 186) / 14) < 1 ? 0.3f : 0));
	return shade(wall, 1.04f - 0.0009f * at_x);
}

/* A pixel is the mean of its points. */
static void
put_pixel(uint8_t *pixel, int x, int y)
{
	struct colour sum = { 0 };

	for (int i = 0; i < FINER * FINER; i++) {
		int column = i % FINER, row = i / FINER;
		struct colour one = colour_at((float)x + (float)column / FINER, (float)y + (float)row / FINER);

		sum = (struct colour) { sum.red + one.red, sum.green + one.green, sum.blue + one.blue };
	}
	sum = shade(sum, 1.0f / (FINER * FINER));
	pixel[0] = (uint8_t)CLAMP(sum.red, 0, 255);
	pixel[1] = (uint8_t)CLAMP(sum.green, 0, 255);
	pixel[2] = (uint8_t)CLAMP(sum.blue, 0, 255);
}

static void
append_number(GByteArray *to, uint32_t number)
{
	uint8_t bytes[4] = { number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255 };

	g_byte_array_append(to, bytes, sizeof bytes);
}

static uint32_t
crc32_of(const uint8_t *bytes, size_t size)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static uint32_t
adler32_of(const uint8_t *bytes, size_t size)
{
	uint32_t one = 1, two = 0;

	for (size_t i = 0; i < size; i++) {
		one = (one + bytes[i]) % 65521;
		two = (two + one) % 65521;
	}
	return two << 16 | one;
}

static void
append_chunk(GByteArray *png, const char kind[static 4], const uint8_t *bytes, size_t size)
{
	guint from = png->len + 4;

	append_number(png, (uint32_t)size);
	g_byte_array_append(png, (const guint8 *)kind, 4);
	g_byte_array_append(png, bytes, (guint)size);
	append_number(png, crc32_of(png->data + from, size + 4));
}

/* A zlib stream whose blocks are stored as they are: a demo need not be small. */
static GByteArray *
wrap(const uint8_t *bytes, size_t size)
{
	GByteArray *stream = g_byte_array_new();

	g_byte_array_append(stream, (const guint8 *)"\x78\x01", 2);
	for (size_t at = 0; at < size; at += STORED) {
		uint16_t length = (uint16_t)MIN(size - at, STORED), other = (uint16_t)~length;
		uint8_t head[5] = { at + length == size, length & 255, length >> 8, other & 255, other >> 8 };

		g_byte_array_append(stream, head, sizeof head);
		g_byte_array_append(stream, bytes + at, length);
	}
	append_number(stream, adler32_of(bytes, size));
	return stream;
}

GByteArray *
demo_picture(void)
{
	static const uint8_t header[13] = { 0, 0, WIDTH >> 8, WIDTH & 255, 0, 0, HEIGHT >> 8, HEIGHT & 255, 8, 2 };
	g_autofree uint8_t *rows = g_malloc0(ROW_BYTES * HEIGHT);
	g_autoptr(GByteArray) stream = NULL;
	GByteArray *png = g_byte_array_new();

	for (int i = 0; i < WIDTH * HEIGHT; i++)
		put_pixel(rows + i / WIDTH * ROW_BYTES + 1 + i % WIDTH * 3, i % WIDTH, i / WIDTH);
	stream = wrap(rows, ROW_BYTES * HEIGHT);
	g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
	append_chunk(png, "IHDR", header, sizeof header);
	append_chunk(png, "IDAT", stream->data, stream->len);
	append_chunk(png, "IEND", NULL, 0);
	return png;
}

/* ---- The invoice ---- */

struct text_line {
	int x, y, size;
	const char *text;
};

static const struct text_line invoice[] = {
	{ 72, 760, 22, "Lamp & Larch" },
	{ 72, 740, 10, "Things for the house and garden, by post since 1978" },
	{ 72, 680, 12, "Blue Harbour Ltd" },
	{ 72, 664, 12, "7 Quay Street, Port Alder" },
	{ 72, 610, 15, "Invoice 20533" },
	{ 72, 570, 11, "2   Reading lamp \"Heron\", oiled ash and brass" },
	{ 460, 570, 11, "$ 296.00" },
	{ 72, 552, 11, "1   Wool blanket \"Harbour\", 140 by 200 cm" },
	{ 460, 552, 11, "$ 176.00" },
	{ 72, 534, 11, "     Post and packing" },
	{ 460, 534, 11, "$ 0.00" },
	{ 72, 506, 12, "Paid with thanks" },
	{ 460, 506, 12, "$ 472.00" },
	{ 72, 90, 9, "Made up for demonstration. Nothing is owed." },
};

static const char page[] = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
			   " /Resources << /Font << /F1 4 0 R >> >> >>";

static char *
invoice_content(void)
{
	GString *content = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(invoice); i++)
		g_string_append_printf(content, "BT /F1 %d Tf %d %d Td (%s) Tj ET\n", invoice[i].size, invoice[i].x,
		    invoice[i].y, invoice[i].text);
	g_string_append(content, "0.5 w 72 596 m 523 596 l S 72 524 m 523 524 l S\n");
	return g_string_free(content, FALSE);
}

static void
append_page(GString *pdf, guint offsets[static 5])
{
	g_autofree char *content = invoice_content();
	g_autofree char *stream = g_strdup_printf("<< /Length %zu >>\nstream\n%sendstream", strlen(content), content);
	const char *const objects[] = {
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		page,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		stream,
	};

	for (guint i = 0; i < G_N_ELEMENTS(objects); i++) {
		offsets[i] = (guint)pdf->len;
		g_string_append_printf(pdf, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
	}
}

GByteArray *
demo_invoice(void)
{
	g_autoptr(GString) pdf = g_string_new("%PDF-1.4\n");
	guint offsets[5];
	size_t table;
	GByteArray *bytes = g_byte_array_new();

	append_page(pdf, offsets);
	table = pdf->len;
	g_string_append(pdf, "xref\n0 6\n0000000000 65535 f \n");
	for (size_t i = 0; i < G_N_ELEMENTS(offsets); i++)
		g_string_append_printf(pdf, "%010u 00000 n \n", offsets[i]);
	g_string_append_printf(pdf, "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", table);
	return g_byte_array_append(bytes, (const guint8 *)pdf->str, (guint)pdf->len);
}
