/* Facts about who works when. */
#include "desk/shift/shift.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/database.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ann, *ben, *lea;
	unsigned ids;
};

/* Monday 2026-03-30, 09:00 UTC. */
static struct scene
scene_begin(const char *time_zone)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_BACKUP);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "setting.change", "{s:s}", "time_zone", time_zone)
			->is_ok);
	return scene;
}

/* A weekly shift; `first_day` and `last_day` may be NULL. */
static const struct kit_answer *
add(struct scene *scene, const struct kit_actor *whose, int weekday, int from_minute, int minutes,
    const char *first_day, const char *last_day)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.add", "{s:s, s:I, s:i, s:i, s:i, s:s*, s:s*}", "id", id, "person",
	    (json_int_t)whose->person, "weekday", weekday, "from_minute", from_minute, "minutes", minutes, "first_day",
	    first_day, "last_day", last_day);
}

static int64_t
added(struct scene *scene, const struct kit_actor *whose, int weekday, int from_minute, int minutes,
    const char *first_day, const char *last_day)
{
	const struct kit_answer *answer = add(scene, whose, weekday, from_minute, minutes, first_day, last_day);

	if (!answer->is_ok)
		fail_msg("%s", kit_text(answer, "detail"));
	return kit_int(answer, "shift");
}

static const struct kit_answer *
off(struct scene *scene, const struct kit_actor *whose, const char *day)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.except", "{s:s, s:I, s:s, s:s}", "id", id, "person",
	    (json_int_t)whose->person, "day", day, "kind", "off");
}

static const struct kit_answer *
extra(struct scene *scene, const struct kit_actor *whose, const char *day, int from_minute, int minutes)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.except", "{s:s, s:I, s:s, s:s, s:i, s:i}", "id", id, "person",
	    (json_int_t)whose->person, "day", day, "kind", "extra", "from_minute", from_minute, "minutes", minutes);
}

static bool
holiday(struct scene *scene, const char *day)
{
	return kit_do(scene->desk, scene->lea, "holiday.set", "{s:s, s:s}", "day", day, "name", "Easter")->is_ok;
}

/* Whoever works on those days, as "ann 2026-03-30 09:00-17:00 …", in UTC. */
static const char *
times(struct scene *scene, const char *from, int days)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->ann, "shift.list", "{s:s, s:i}", "from", from, "days", days);
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *row;
	size_t i;

	assert_true(answer->is_ok);
	json_array_foreach(json_object_get(answer->body, "times"), i, row)
	{
		json_int_t person = json_integer_value(json_object_get(row, "person"));
		const char *starts = json_string_value(json_object_get(row, "starts_at"));
		const char *ends = json_string_value(json_object_get(row, "ends_at"));

		g_string_append_printf(text, "%s%s %.10s %.5s-%.5s", i > 0 ? ", " : "",
		    person == scene->ann->person ? "ann" : "ben", starts, starts + 11, ends + 11);
	}
	return g_intern_string(text->str);
}

struct look {
	int64_t person, at;
	struct shift_now now;
};

static gboolean
look(struct tx *tx, void *data, GError **error)
{
	struct look *it = data;

	return shift_now(tx, it->person, it->at, &it->now, error);
}

static int64_t
utc(const char *text)
{
	g_autoptr(GDateTime) at = g_date_time_new_from_iso8601(text, NULL);

	return g_date_time_to_unix(at) * 1000;
}

static struct shift_now
now(struct scene *scene, const struct kit_actor *who, const char *at)
{
	struct look it = { .person = who->person, .at = utc(at) };

	kit_read(scene->desk, look, &it);
	return it.now;
}

TEST(a_weekly_shift_is_on_its_weekday_from_its_first_day_to_its_last)
{
	struct scene scene = scene_begin("UTC");

	added(&scene, scene.ann, 1, 540, 480, "2026-03-30", "2026-04-06");
	assert_string_equal(times(&scene, "2026-03-23", 28), "ann 2026-03-30 09:00-17:00, ann 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(without_a_last_day_it_goes_on_and_without_a_first_it_begins_today)
{
	struct scene scene = scene_begin("UTC");

	added(&scene, scene.ann, 1, 540, 480, NULL, NULL);
	assert_string_equal(times(&scene, "2026-03-23", 8), "ann 2026-03-30 09:00-17:00");
	assert_string_equal(times(&scene, "2036-03-31", 7), "ann 2036-03-31 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(one_over_midnight_is_in_the_list_of_both_days)
{
	struct scene scene = scene_begin("UTC");

	added(&scene, scene.ann, 1, 22 * 60, 480, "2026-03-30", NULL);
	assert_string_equal(times(&scene, "2026-03-30", 1), "ann 2026-03-30 22:00-06:00");
	assert_string_equal(times(&scene, "2026-03-31", 1), "ann 2026-03-30 22:00-06:00");
	assert_string_equal(times(&scene, "2026-04-01", 1), "");
	kit_desk_end(scene.desk);
}

TEST(over_the_missing_hour_a_night_is_an_hour_shorter_and_over_the_doubled_one_longer)
{
	struct scene scene = scene_begin("Europe/Berlin");

	added(&scene, scene.ann, 6, 22 * 60, 480, "2026-01-01", NULL);
	assert_string_equal(times(&scene, "2026-03-28", 1), "ann 2026-03-28 21:00-04:00");
	assert_string_equal(times(&scene, "2026-10-24", 1), "ann 2026-10-24 20:00-05:00");
	assert_string_equal(times(&scene, "2026-11-07", 1), "ann 2026-11-07 21:00-05:00");
	kit_desk_end(scene.desk);
}

TEST(the_same_in_denver)
{
	struct scene scene = scene_begin("America/Denver");

	added(&scene, scene.ann, 6, 22 * 60, 480, "2026-01-01", NULL);
	assert_string_equal(times(&scene, "2026-03-07", 1), "ann 2026-03-08 05:00-12:00");
	assert_string_equal(times(&scene, "2026-10-31", 1), "ann 2026-11-01 04:00-13:00");
	kit_desk_end(scene.desk);
}

TEST(what_begins_in_the_missing_hour_begins_after_it_and_what_lies_in_it_is_none)
{
	struct scene scene = scene_begin("Europe/Berlin");

	added(&scene, scene.ann, 7, 150, 120, "2026-01-01", NULL);
	added(&scene, scene.ben, 7, 135, 30, "2026-01-01", NULL);
	assert_string_equal(times(&scene, "2026-03-29", 1), "ann 2026-03-29 01:00-02:30");
	kit_desk_end(scene.desk);
}

TEST(on_a_day_off_the_weekly_ones_fall_away_and_an_extra_one_swaps_two_people)
{
	struct scene scene = scene_begin("UTC");

	added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_true(off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_true(extra(&scene, scene.ben, "2026-04-06", 540, 480)->is_ok);
	assert_string_equal(times(&scene, "2026-03-30", 14), "ann 2026-03-30 09:00-17:00, ben 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_day_off_is_that_of_the_day_on_which_a_night_begins)
{
	struct scene scene = scene_begin("UTC");

	added(&scene, scene.ann, 1, 22 * 60, 480, "2026-03-30", NULL);
	added(&scene, scene.ann, 2, 22 * 60, 480, "2026-03-30", NULL);
	assert_true(off(&scene, scene.ann, "2026-03-31")->is_ok);
	assert_string_equal(times(&scene, "2026-03-30", 3), "ann 2026-03-30 22:00-06:00");
	kit_desk_end(scene.desk);
}

TEST(on_a_holiday_weekly_ones_fall_away_and_extra_ones_stay)
{
	struct scene scene = scene_begin("UTC");
	const struct kit_answer *answer;

	added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_true(extra(&scene, scene.ben, "2026-04-06", 600, 60)->is_ok);
	assert_true(holiday(&scene, "2026-04-06"));
	assert_string_equal(times(&scene, "2026-04-06", 1), "ben 2026-04-06 10:00-11:00");
	answer = kit_do(scene.desk, scene.ann, "holiday.list", NULL);
	assert_int_equal(json_array_size(json_object_get(answer->body, "holidays")), 1);
	assert_true(kit_do(scene.desk, scene.lea, "holiday.remove", "{s:s}", "day", "2026-04-06")->is_ok);
	assert_string_equal(times(&scene, "2026-04-06", 1), "ann 2026-04-06 09:00-17:00, ben 2026-04-06 10:00-11:00");
	kit_desk_end(scene.desk);
}

TEST(now_is_on_from_the_first_millisecond_to_before_the_last)
{
	struct scene scene = scene_begin("UTC");
	struct shift_now it;

	added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	it = now(&scene, scene.ann, "2026-03-30T08:59:59Z");
	assert_false(it.is_on);
	assert_int_equal(it.next_starts_at, utc("2026-03-30T09:00:00Z"));
	it = now(&scene, scene.ann, "2026-03-30T09:00:00Z");
	assert_true(it.is_on);
	assert_int_equal(it.starts_at, utc("2026-03-30T09:00:00Z"));
	assert_int_equal(it.ends_at, utc("2026-03-30T17:00:00Z"));
	assert_int_equal(it.next_starts_at, utc("2026-04-06T09:00:00Z"));
	assert_true(now(&scene, scene.ann, "2026-03-30T16:59:59Z").is_on);
	assert_false(now(&scene, scene.ann, "2026-03-30T17:00:00Z").is_on);
	assert_false(now(&scene, scene.ben, "2026-03-30T10:00:00Z").is_on);
	kit_desk_end(scene.desk);
}

TEST(shifts_that_touch_are_one_to_who_winds_down)
{
	struct scene scene = scene_begin("UTC");
	struct shift_now it;

	added(&scene, scene.ann, 1, 540, 240, "2026-03-30", NULL);
	added(&scene, scene.ann, 1, 780, 240, "2026-03-30", NULL);
	added(&scene, scene.ann, 1, 1080, 480, "2026-03-30", NULL);
	assert_true(extra(&scene, scene.ann, "2026-03-31", 120, 60)->is_ok);
	it = now(&scene, scene.ann, "2026-03-30T12:55:00Z");
	assert_int_equal(it.ends_at, utc("2026-03-30T17:00:00Z"));
	assert_int_equal(it.next_starts_at, utc("2026-03-30T18:00:00Z"));
	it = now(&scene, scene.ann, "2026-03-31T02:30:00Z");
	assert_int_equal(it.starts_at, utc("2026-03-30T18:00:00Z"));
	assert_int_equal(it.ends_at, utc("2026-03-31T03:00:00Z"));
	kit_desk_end(scene.desk);
}
