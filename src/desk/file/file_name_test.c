#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/file/file_name.h"
#include "tests/kit/desk.h"

static gboolean
check(struct tx *tx, void *data, GError **error)
{
	static const char *const names[][2] = {
		{ "lamp.png", "lamp.png" },
		{ "../../etc/passwd", "passwd" },
		{ "C:\\Windows\\lamp.png", "lamp.png" },
		{ "/", "file" },
		{ "..", "file" },
		{ ".htaccess", "htaccess" },
		{ " lamp. ", "lamp" },
		{ "a\nb\tc\r.png", "a_b_c_.png" },
		{ "a\"b<c>d|e?f*g:h.png", "a_b_c_d_e_f_g_h.png" },
		{ "lamp\xe2\x80\xaegnp.exe", "lampgnp.exe" },
		{ "\xe2\x81\xa6lamp\xef\xbb\xbf.png", "lamp.png" },
		{ "CON", "_CON" },
		{ "nul.txt", "_nul.txt" },
		{ "com1 .png", "_com1 .png" },
		{ "console.png", "console.png" },
		{ "\xd9\x85\xd8\xb5\xd8\xa8\xd8\xa7\xd8\xad.png", "\xd9\x85\xd8\xb5\xd8\xa8\xd8\xa7\xd8\xad.png" },
	};

	(void)data, (void)error;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *clean = file_name_clean(tx, names[i][0]);

		assert_string_equal(clean, names[i][1]);
		assert_string_equal(file_name_clean(tx, clean), clean);
	}
	return TRUE;
}

TEST(a_name_is_made_harmless_and_stays_what_it_is_then)
{
	struct kit_desk *desk = kit_desk_begin(1);

	kit_read(desk, check, NULL);
	kit_desk_end(desk);
}

static gboolean
check_length(struct tx *tx, void *data, GError **error)
{
	g_autofree char *longest = g_strnfill(LIMIT_FILE_NAME_BYTES, 'x');
	g_autofree char *device = g_strnfill(LIMIT_FILE_NAME_BYTES, 'x');

	(void)data, (void)error;
	memcpy(device, "con.", 4);
	assert_string_equal(file_name_clean(tx, longest), longest);
	assert_int_equal(strlen(file_name_clean(tx, device)), LIMIT_FILE_NAME_BYTES);
	return TRUE;
}

TEST(a_name_has_255_bytes_and_not_256)
{
	struct kit_desk *desk = kit_desk_begin(1);

	kit_read(desk, check_length, NULL);
	kit_desk_end(desk);
}
