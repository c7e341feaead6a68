/* Facts about the data folder. */
#include "tests/kit/facts.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/place.h"

static void
find(const char *folder, struct place *place)
{
	ASSERT_OK(place_find(folder, place, &error));
}

TEST(a_new_place_is_its_owners_only_and_keeps_its_key)
{
	g_autofree char *above = fact_folder(), *folder = g_build_filename(above, "deep", "desk", NULL);
	struct digest first, second;
	struct place place;
	GStatBuf about;

	find(folder, &place);
	assert_false(place_has_desk(&place));
	ASSERT_OK(place_make(&place, NULL, &error));
	assert_int_equal(g_stat(folder, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0700);
	assert_int_equal(g_stat(place.key_file, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	ASSERT_OK(place_key(&place, &first, &error));
	ASSERT_OK(place_make(&place, NULL, &error));
	ASSERT_OK(place_key(&place, &second, &error));
	assert_memory_equal(&first, &second, sizeof first);
	place_clear(&place);
}

TEST(a_key_that_others_can_read_or_that_is_cut_is_refused)
{
	g_autofree char *folder = fact_folder();
	struct place place;
	struct digest key;

	find(folder, &place);
	ASSERT_OK(place_make(&place, NULL, &error));
	assert_int_equal(g_chmod(place.key_file, 0640), 0);
	ASSERT_REFUSED(REFUSED_STATE, NULL, place_key(&place, &key, &error));
	assert_int_equal(g_chmod(place.key_file, 0600), 0);
	assert_true(g_file_set_contents(place.key_file, "short", -1, NULL));
	assert_int_equal(g_chmod(place.key_file, 0600), 0);
	ASSERT_REFUSED(FAILED, NULL, place_key(&place, &key, &error));
	place_clear(&place);
}

TEST(two_programs_never_serve_one_place)
{
	g_autofree char *folder = fact_folder();
	struct place one, other;

	find(folder, &one);
	find(folder, &other);
	ASSERT_OK(place_lock(&one, &error));
	ASSERT_REFUSED(FAILED_BUSY, NULL, place_lock(&other, &error));
	place_clear(&one);
	ASSERT_OK(place_lock(&other, &error));
	place_clear(&other);
}

TEST(a_store_is_not_made_by_looking_for_it)
{
	g_autofree char *folder = fact_folder();
	struct place place;
	struct store *store;

	find(folder, &place);
	ASSERT_REFUSED(REFUSED_UNKNOWN, NULL, place_open(&place, PLACE_LOOK, &error) != NULL);
	assert_false(place_has_desk(&place));
	ASSERT_OK((store = place_open(&place, PLACE_MAKE, &error)) != NULL);
	store_close(store);
	assert_true(place_has_desk(&place));
	place_clear(&place);
}
