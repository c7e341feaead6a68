/* Facts of the demo desk. */
#include "app/demo.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/secret.h"
#include "store/store.h"
#include "tests/kit/database.h"
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

/* How many rows there are of something. */
static int
count_in(const char *path, const char *from)
{
	g_autofree char *sql = g_strconcat("SELECT CAST(count(*) AS text) FROM ", from, NULL);
	g_autofree char *answer = database_ask(path, sql);
	gint64 number = -1;

	assert_true(g_ascii_string_to_signed(answer, 10, 0, G_MAXINT, &number, NULL));
	return (int)number;
}

static struct room
room_with_demo(int64_t now_ms)
{
	struct room room = room_new();

	ASSERT_OK(demo_fill(room.store, room.folder, now_ms, &error));
	return room;
}

static struct room shared;

static void
remove_shared(void)
{
	room_clear(&shared);
}

/* The same, of a demo that is filled once for all who only look. */
static int
count(const char *from)
{
	if (shared.store == NULL) {
		shared = room_with_demo(NOW);
		(void)atexit(remove_shared);
	}
	return count_in(shared.path, from);
}

TEST(a_demo_has_chats_that_wait_that_are_under_way_and_that_are_over)
{
	assert_int_equal(count("chat WHERE state = 'waiting' AND team_id IS NULL"), 1);
	assert_int_equal(count("chat WHERE state = 'waiting' AND team_id IS NOT NULL"), 2);
	assert_int_equal(count("chat WHERE state = 'owned'"), 4);
	assert_int_equal(count("chat_guest WHERE left_at IS NULL"), 1);
	assert_true(count("chat WHERE state = 'closed' AND outcome IS NOT NULL") >= 8);
	assert_int_equal(count("item WHERE kind = 'reopened'"), 1);
	assert_int_equal(count("item WHERE kind = 'handed'"), 2);
}

TEST(a_demo_has_all_that_is_sent_beside_words)
{
	assert_int_equal(count("file WHERE type = 'image/png' AND width = 300"), 2);
	assert_int_equal(count("file WHERE type = 'application/pdf'"), 2);
	assert_int_equal(count("item WHERE kind = 'whisper'"), 1);
	assert_true(count("item WHERE kind = 'note'") >= 5);
	assert_true(count("rating WHERE comment IS NULL") >= 1);
	assert_true(count("rating WHERE comment IS NOT NULL AND score < 5") >= 1);
	assert_true(count("page_view WHERE title IS NOT NULL") >= 3);
	assert_int_equal(count("block WHERE visitor_id IS NOT NULL AND until IS NULL"), 1);
	assert_int_equal(count("block WHERE address IS NOT NULL AND until IS NOT NULL"), 1);
}

TEST(a_demo_shows_how_far_each_side_has_read_and_what_it_began_to_write)
{
	assert_true(count("conversation WHERE unread = 2") >= 1);
	assert_true(count("reading WHERE side = 'visitor' AND seen_seq < delivered_seq") >= 1);
	assert_true(count("reading WHERE side = 'visitor' AND seen_seq = delivered_seq") >= 1);
	assert_int_equal(count("draft WHERE mode = 'message' AND text <> ''"), 2);
	assert_int_equal(count("draft WHERE mode = 'note' AND text <> ''"), 1);
}

TEST(a_demo_speaks_three_languages_and_has_teams)
{
	assert_int_equal(count("site WHERE language IN ('en', 'de', 'es')"), 3);
	assert_int_equal(count("chat WHERE language = 'de' AND state <> 'closed'"), 2);
	assert_int_equal(count("chat WHERE language = 'es' AND channel = 'form'"), 1);
	assert_int_equal(count("team"), 2);
	assert_int_equal(count("team_member"), 5);
	assert_int_equal(count("answer WHERE team_id IS NOT NULL"), 3);
}

TEST(a_demo_has_shifts_of_three_a_day_off_and_fewer_seats_than_people)
{
	assert_int_equal(count("shift WHERE minutes >= 300"), 12);
	assert_int_equal(count("shift WHERE from_minute + minutes > 1440"), 1);
	assert_int_equal(count("shift_exception"), 4);
	assert_int_equal(count("pool WHERE size < (SELECT count(*) FROM person)"), 1);
}

TEST(what_happens_in_a_demo_is_in_the_order_of_time)
{
	assert_int_equal(count("item one JOIN item other ON other.id = one.id + 1 WHERE other.at < one.at"), 0);
	assert_int_equal(count("audit one JOIN audit other ON other.id = one.id + 1 WHERE other.at < one.at"), 0);
}

/* Hours and business days are counted: a demo is made at any time. */
TEST(a_demo_owes_something_late_and_something_soon_whenever_it_is_made)
{
	static const int64_t hours[] = { 24 * 4 + 8, 24 * 6 + 9 }; /* after NOW, a Monday: at the week-end */

	for (size_t i = 0; i < G_N_ELEMENTS(hours); i++) {
		int64_t now_ms = NOW + hours[i] * MS_PER_HOUR;
		g_auto(room_t) room = room_with_demo(now_ms);
		g_autofree char *late = g_strdup_printf(
		    "promise WHERE kept_at IS NULL AND due_at < %" G_GINT64_FORMAT, now_ms - MS_PER_DAY);
		g_autofree char *soon = g_strdup_printf(
		    "promise WHERE kept_at IS NULL AND due_at > %" G_GINT64_FORMAT, now_ms + MS_PER_HOUR);

		assert_int_equal(count_in(room.path, late), 1);
		assert_in_range(count_in(room.path, soon), 1, 2);
		assert_int_equal(count_in(room.path, "promise WHERE kept_at IS NOT NULL"), 1);
	}
}
