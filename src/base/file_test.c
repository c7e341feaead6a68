/* Facts about files. That they outlive a power cut no test of this kind can show. */
#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/kit/facts.h"

static char *folder;

static char *
in_folder(const char *name)
{
	if (folder == NULL)
		folder = fact_folder();
	return g_build_filename(folder, name, NULL);
}

static void
assert_holds(const char *path, const char *text)
{
	g_autofree char *found = NULL;

	ASSERT_OK(g_file_get_contents(path, &found, NULL, &error));
	assert_string_equal(found, text);
}

TEST(a_file_is_made_once_and_for_its_owner_only)
{
	g_autofree char *path = in_folder("made");
	struct stat about;

	ASSERT_OK(file_make(path, true, &error));
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	ASSERT_OK(g_file_set_contents(path, "kept", -1, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_make(path, true, &error));
	ASSERT_OK(file_make(path, false, &error));
	assert_holds(path, "kept");
}

TEST(a_name_is_given_to_a_whole_file_and_takes_nothing_away)
{
	g_autofree char *path = in_folder("named"), *one = in_folder("one"), *other = in_folder("other");

	ASSERT_OK(g_file_set_contents(one, "one", -1, &error));
	ASSERT_OK(g_file_set_contents(other, "other", -1, &error));
	ASSERT_OK(file_name(one, path, &error));
	assert_false(g_file_test(one, G_FILE_TEST_EXISTS));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_name(other, path, &error));
	assert_holds(path, "one");
	assert_holds(other, "other");
}

TEST(what_is_written_new_leaves_what_is_there_and_nothing_beside)
{
	g_autofree char *path = in_folder("new"), *beside = in_folder("new.new");
	struct stat about;

	/* Of a program that was killed. */
	ASSERT_OK(g_file_set_contents(beside, "longer than what comes", -1, &error));
	ASSERT_OK(file_write_new(path, 0640, "first", 5, &error));
	ASSERT_OK(file_write_new(path, 0640, "second", 6, &error));
	assert_holds(path, "first");
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0137, 0);
	assert_false(g_file_test(beside, G_FILE_TEST_EXISTS));
}

TEST(a_rename_replaces_what_had_the_name)
{
	g_autofree char *from = in_folder("from"), *to = in_folder("to");

	ASSERT_OK(g_file_set_contents(from, "from", -1, &error));
	ASSERT_OK(g_file_set_contents(to, "to", -1, &error));
	ASSERT_OK(file_rename(from, to, &error));
	assert_holds(to, "from");
	assert_false(g_file_test(from, G_FILE_TEST_EXISTS));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_rename(from, to, &error));
}

TEST(where_there_is_no_folder_every_function_says_so_and_names_the_path)
{
	static const char path[] = "/nowhere/at/all";
	GError *error = NULL;

	ASSERT_REFUSED(FAILED_STORE, NULL, file_sync(path, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_sync_folder(path, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_name(path, path, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, file_write_new(path, 0600, "a", 1, &error));
	assert_false(file_make(path, false, &error));
	assert_non_null(strstr(error->message, path));
	g_error_free(error);
}
