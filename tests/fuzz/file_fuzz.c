/*
 * Files that strangers send and fetch: a name up to a newline, a Range header up to the next, then the first bytes of the content. A clean name
 * stays as it is when it is cleaned again and ends neither a path nor a header; a range lies within the file; a picture has a size.
 */
#include <string.h>

#include "base/limits.h"
#include "desk/file/file_name.h"
#include "desk/file/file_type.h"
#include "edge/disposition.h"
#include "edge/range.h"
#include "tests/fuzz/fuzz.h"
#include "tests/kit/desk.h"

static void
check_clean(struct tx *tx, const char *name)
{
	g_autofree char *header = disposition_text(false, name);

	g_assert_cmpstr(file_name_clean(tx, name), ==, name);
	g_assert(*name != '\0' && *name != '.' && strlen(name) <= LIMIT_FILE_NAME_BYTES);
	g_assert(g_utf8_validate(name, -1, NULL) && strpbrk(name, "/\\\"\r\n") == NULL);
	for (const char *at = header; *at != '\0'; at++)
		g_assert(g_ascii_isprint(*at));
	g_assert(strchr(strchr(header, '"') + 1, '"') == strrchr(header, '"'));
}

static gboolean
check_name(struct tx *tx, void *name, GError **error)
{
	(void)error;
	check_clean(tx, file_name_clean(tx, name));
	return TRUE;
}

static void
check_range(const char *header)
{
	static const int64_t sizes[] = { 1, 2, LIMIT_FILE_PART_BYTES, LIMIT_FILE_BYTES };

	for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct range range = { 0 };

		if (range_parse(header, sizes[i], &range) == RANGE_OUTSIDE)
			continue;
		g_assert(range.start >= 0 && range.size >= 1 && range.size <= sizes[i] - range.start);
	}
}

static void
check_type(const void *bytes, size_t size)
{
	struct file_type type = file_type_of(bytes, size);

	g_assert(type.name != NULL && strlen(type.name) <= LIMIT_FILE_TYPE_BYTES);
	g_assert((type.width > 0) == (type.height > 0) && type.width >= 0);
	g_assert(type.width == 0 || type.height <= LIMIT_FILE_PIXELS / type.width);
	g_assert((type.width > 0) == g_str_has_prefix(type.name, "image/"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct kit_desk *desk;
	const uint8_t *name_end = memchr(bytes, '\n', size), *end = bytes + size, *range_end;

	if (desk == NULL)
		desk = kit_desk_begin(1);
	if (name_end == NULL || (range_end = memchr(name_end + 1, '\n', (size_t)(end - name_end - 1))) == NULL)
		return 0;

	/* A name and a header are texts without a 0; of a name the decoding lets only UTF-8 through, and not an empty one. */
	g_autofree char *given = g_strndup((const char *)bytes, (size_t)(name_end - bytes));
	g_autofree char *name = g_utf8_make_valid(given, -1);
	g_autofree char *range = g_strndup((const char *)name_end + 1, (size_t)(range_end - name_end - 1));

	if (*name != '\0')
		kit_change(desk, check_name, name);
	check_range(range);
	check_type(range_end + 1, (size_t)(end - range_end - 1));
	return 0;
}
