#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/file/file_type.h"

#define PNG(size_)  "\x89PNG\r\n\x1a\n\0\0\0\rIHDR" size_ "\x08\x06\0\0\0"
#define TYPE(text_) file_type_of(text_, sizeof(text_) - 1)

static void
assert_type(struct file_type type, const char *name, int64_t width, int64_t height)
{
	assert_string_equal(type.name, name);
	assert_int_equal(type.width, width);
	assert_int_equal(type.height, height);
}

TEST(pictures_are_known_by_their_first_bytes_and_measured)
{
	assert_type(TYPE(PNG("\0\0\x01\x02\0\0\0\x05")), "image/png", 258, 5);
	assert_type(TYPE("GIF89a\x03\x00\x04\x01"), "image/gif", 3, 260);
	assert_type(TYPE("\xff\xd8\xff\xe0\0\x04zz\xff\xc2\0\x11\x08\x01\x00\x02\x00"), "image/jpeg", 512, 256);
	assert_type(TYPE("RIFF....WEBPVP8X....\0\0\0\0\x0f\0\0\x1f\0\0"), "image/webp", 16, 32);
	assert_type(TYPE("RIFF....WEBPVP8 ....\x30\x01\0\x9d\x01\x2a\x10\0\x20\0"), "image/webp", 16, 32);
	assert_type(TYPE("RIFF....WEBPVP8L....\x2f\x0f\xc0\x07\0"), "image/webp", 16, 32);
}

TEST(other_files_are_known_or_nothing_in_particular)
{
	assert_type(TYPE("%PDF-1.7"), "application/pdf", 0, 0);
	assert_type(TYPE("OggS...."), "audio/ogg", 0, 0);
	assert_type(TYPE("ID3\x04"), "audio/mpeg", 0, 0);
	assert_type(TYPE("\xff\xfb\x90\x64"), "audio/mpeg", 0, 0);
	assert_type(TYPE("RIFF....WAVEfmt "), "audio/wav", 0, 0);
	assert_type(TYPE("\0\0\0\x20"
			 "ftypisom"),
	    "video/mp4", 0, 0);
	assert_type(TYPE("\0\0\0\x20"
			 "ftypM4A "),
	    "audio/mp4", 0, 0);
	assert_type(TYPE("PK\x03\x04rest"), "application/zip", 0, 0);
	assert_type(TYPE("<svg onload='alert(1)'>"), FILE_TYPE_OTHER, 0, 0);
	assert_type(TYPE("<!doctype html><script>"), FILE_TYPE_OTHER, 0, 0);
	assert_type(TYPE("MZ"), FILE_TYPE_OTHER, 0, 0);
	assert_type(file_type_of("", 0), FILE_TYPE_OTHER, 0, 0);
}

TEST(of_the_family_of_mp4_only_what_is_mp4_is_called_so)
{
	static const char *const kinds[][2] = { { "isom", "video/mp4" }, { "mp42", "video/mp4" },
		{ "avc1", "video/mp4" }, { "M4V ", "video/mp4" }, { "M4A ", "audio/mp4" },
		{ "qt  ", "video/quicktime" }, { "avif", FILE_TYPE_OTHER }, { "avis", FILE_TYPE_OTHER },
		{ "heic", FILE_TYPE_OTHER }, { "mif1", FILE_TYPE_OTHER }, { "3gp4", FILE_TYPE_OTHER },
		{ "iso", FILE_TYPE_OTHER } };

	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_autofree char *file = g_strconcat("....ftyp", kinds[i][0], NULL);

		assert_type(file_type_of(file, strlen(file)), kinds[i][1], 0, 0);
	}
	assert_false(file_type_is_shown("video/quicktime"));
}

TEST(a_picture_of_100_million_pixels_is_one_and_a_larger_one_is_not)
{
	assert_type(TYPE(PNG("\0\0\x27\x10\0\0\x27\x10")), "image/png", 10000, 10000);
	assert_type(TYPE(PNG("\0\0\x27\x10\0\0\x27\x11")), FILE_TYPE_OTHER, 0, 0);
	assert_type(TYPE(PNG("\xff\xff\xff\xff\xff\xff\xff\xff")), FILE_TYPE_OTHER, 0, 0);
	assert_type(TYPE(PNG("\0\0\0\0\0\0\0\x01")), FILE_TYPE_OTHER, 0, 0);
}

/* Exactly so many bytes at the end of a page of memory would crash on one more; valgrind and ASan see it too. */
TEST(every_prefix_and_every_wrong_byte_is_borne)
{
	static const char *const wholes[] = { PNG("\0\0\0\x01\0\0\0\x05"), "GIF89a\x03\x00\x04\x01",
		"\xff\xd8\xff\xe0\0\x04zz\xff\xff\xff\xc2\0\x11\x08\x01\x01\x02\x02", "RIFF....WEBPVP8X....1111222333",
		"RIFF....WEBPVP8L..../1234", "\xff\xfb\x90\x64", "....ftypisom" };
	static const size_t sizes[] = { 29, 10, 19, 30, 25, 4, 12 };

	for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++) {
		for (size_t size = 0; size <= sizes[i]; size++) {
			g_autofree uint8_t *bytes = g_memdup2(wholes[i], size);

			assert_non_null(file_type_of(bytes, size).name);
			for (size_t at = 0; at < size; at++) {
				bytes[at] ^= 0xff;
				assert_non_null(file_type_of(bytes, size).name);
				bytes[at] ^= 0xff;
			}
		}
	}
}

TEST(only_pictures_and_sound_are_shown_in_place)
{
	assert_true(file_type_is_shown("image/png") && file_type_is_shown("audio/ogg"));
	assert_false(file_type_is_shown("application/pdf") || file_type_is_shown("video/mp4") ||
	    file_type_is_shown(FILE_TYPE_OTHER) || file_type_is_shown("application/zip"));
}
