/* Facts of the demo desk. */
#include "app/demo.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/secret.h"
#include "store/store.h"
#include "tests/kit/facts.h"

#define NOW (INT64_C(1774886400) * MS_PER_SECOND) /* 2026-03-30 16:00 UTC */

typedef struct room {
	char *folder, *path;
	struct store *store;
} room_t;

static struct room
room_new(void)
{
	struct room room = { .folder = g_dir_make_tmp("demo-XXXXXX", NULL) };
	GError *error = NULL;

	secret_init();
	room.path = g_build_filename(room.folder, "desk.db", NULL);
	room.store = store_open(
	    &(struct store_settings) { .where = room.path, .queries = &desk_queries, .is_forgetful = true }, &error);
	g_assert_no_error(error);
	return room;
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

static void
room_clear(struct room *room)
{
	store_close(room->store);
	remove_folder(room->folder);
	g_free(room->folder);
	g_free(room->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(room_t, room_clear)

TEST(a_demo_fills_an_empty_desk_and_says_how_to_sign_in)
{
	g_auto(room_t) room = room_new();
	g_autofree char *sign_in = NULL;

	ASSERT_OK(demo_fill(room.store, room.folder, NOW, &error));
	sign_in = demo_sign_in(room.folder);
	assert_non_null(strstr(sign_in, "ann@larch.example"));
	assert_non_null(strstr(sign_in, "administrator"));
	ASSERT_OK(store_check(room.store, &error));
}

TEST(the_passwords_are_for_the_owner_of_the_folder_only)
{
	g_auto(room_t) room = room_new();
	g_autofree char *path = g_build_filename(room.folder, "demo-sign-in.txt", NULL);
	GStatBuf status;

	ASSERT_OK(demo_fill(room.store, room.folder, NOW, &error));
	assert_int_equal(g_stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

TEST(a_desk_with_people_is_left_alone)
{
	g_auto(room_t) room = room_new();

	ASSERT_OK(demo_fill(room.store, room.folder, NOW, &error));
	ASSERT_REFUSED(REFUSED_STATE, NULL, demo_fill(room.store, room.folder, NOW, &error));
}

TEST(a_folder_without_a_demo_has_no_sign_in)
{
	g_auto(room_t) room = room_new();

	assert_null(demo_sign_in(room.folder));
}
