/* Facts of the demo desk. */
#include "app/demo.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/secret.h"
#include "store/store.h"

#define NOW (INT64_C(1774886400) * MS_PER_SECOND) /* 2026-03-30 16:00 UTC */

struct room {
	char *folder, *path;
	struct store *store;
};

static int
make_room(void **state)
{
	struct room *room = g_new0(struct room, 1);
	g_autoptr(GError) error = NULL;

	secret_init();
	room->folder = g_dir_make_tmp("demo-XXXXXX", NULL);
	room->path = g_build_filename(room->folder, "desk.db", NULL);
	room->store = store_open(
	    &(struct store_settings) { .where = room->path, .queries = &desk_queries, .is_forgetful = true }, &error);
	assert_null(error);
	*state = room;
	return 0;
}

static void
remove_folder(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);

	for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_unlink(path);
	}
	g_dir_close(dir);
	g_rmdir(folder);
}

static int
leave_room(void **state)
{
	struct room *room = *state;

	store_close(room->store);
	remove_folder(room->folder);
	g_free(room->folder);
	g_free(room->path);
	g_free(room);
	return 0;
}

static void
a_demo_fills_an_empty_desk_and_says_how_to_sign_in(void **state)
{
	struct room *room = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *sign_in = NULL;

	if (!demo_fill(room->store, room->folder, NOW, &error))
		fail_msg("%s", error->message);
	sign_in = demo_sign_in(room->folder);
	assert_non_null(strstr(sign_in, "ann@lantern.example"));
	assert_non_null(strstr(sign_in, "administrator"));
	assert_true(store_check(room->store, &error));
}

static void
the_passwords_are_for_the_owner_of_the_folder_only(void **state)
{
	struct room *room = *state;
	g_autofree char *path = g_build_filename(room->folder, "demo-sign-in.txt", NULL);
	g_autoptr(GError) error = NULL;
	GStatBuf status;

	assert_true(demo_fill(room->store, room->folder, NOW, &error));
	assert_int_equal(g_stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
a_desk_with_people_is_left_alone(void **state)
{
	struct room *room = *state;
	g_autoptr(GError) error = NULL;

	assert_true(demo_fill(room->store, room->folder, NOW, &error));
	assert_false(demo_fill(room->store, room->folder, NOW, &error));
	assert_int_equal(error_kind(error), REFUSED_STATE);
}

static void
a_folder_without_a_demo_has_no_sign_in(void **state)
{
	struct room *room = *state;

	assert_null(demo_sign_in(room->folder));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_demo_fills_an_empty_desk_and_says_how_to_sign_in, make_room, leave_room),
		cmocka_unit_test_setup_teardown(
		    the_passwords_are_for_the_owner_of_the_folder_only, make_room, leave_room),
		cmocka_unit_test_setup_teardown(a_desk_with_people_is_left_alone, make_room, leave_room),
		cmocka_unit_test_setup_teardown(a_folder_without_a_demo_has_no_sign_in, make_room, leave_room),
	};

	return cmocka_run_group_tests_name("demo", tests, NULL, NULL);
}
