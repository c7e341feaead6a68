/* Facts about who works when. */
#include "desk/shift/shift.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/database.h"
#include "tests/kit/desk_shift.h"
#include "tests/kit/facts.h"

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

static struct shift_now
now(struct shift_scene *scene, const struct kit_actor *who, const char *at)
{
	struct look it = { .person = who->person, .at = shift_utc(at) };

	kit_read(scene->desk, look, &it);
	return it.now;
}

TEST(a_weekly_shift_is_on_its_weekday_from_its_first_day_to_its_last)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", "2026-04-06");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-23", 28), "ann 2026-03-30 09:00-17:00, ann 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(without_a_last_day_it_goes_on_and_without_a_first_it_begins_today)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 480, NULL, NULL);
	assert_string_equal(shift_times_text(&scene, "2026-03-23", 8), "ann 2026-03-30 09:00-17:00");
	assert_string_equal(shift_times_text(&scene, "2036-03-31", 7), "ann 2036-03-31 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(one_over_midnight_is_in_the_list_of_both_days)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 22 * 60, 480, "2026-03-30", NULL);
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 1), "ann 2026-03-30 22:00-06:00");
	assert_string_equal(shift_times_text(&scene, "2026-03-31", 1), "ann 2026-03-30 22:00-06:00");
	assert_string_equal(shift_times_text(&scene, "2026-04-01", 1), "");
	kit_desk_end(scene.desk);
}

TEST(over_the_missing_hour_a_night_is_an_hour_shorter_and_over_the_doubled_one_longer)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	shift_added(&scene, scene.ann, 6, 22 * 60, 480, "2026-01-01", NULL);
	assert_string_equal(shift_times_text(&scene, "2026-03-28", 1), "ann 2026-03-28 21:00-04:00");
	assert_string_equal(shift_times_text(&scene, "2026-10-24", 1), "ann 2026-10-24 20:00-05:00");
	assert_string_equal(shift_times_text(&scene, "2026-11-07", 1), "ann 2026-11-07 21:00-05:00");
	kit_desk_end(scene.desk);
}

TEST(the_same_in_denver)
{
	struct shift_scene scene = shift_scene_begin("America/Denver");

	shift_added(&scene, scene.ann, 6, 22 * 60, 480, "2026-01-01", NULL);
	assert_string_equal(shift_times_text(&scene, "2026-03-07", 1), "ann 2026-03-08 05:00-12:00");
	assert_string_equal(shift_times_text(&scene, "2026-10-31", 1), "ann 2026-11-01 04:00-13:00");
	kit_desk_end(scene.desk);
}

TEST(what_begins_in_the_missing_hour_begins_after_it_and_what_lies_in_it_is_none)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	shift_added(&scene, scene.ann, 7, 150, 120, "2026-01-01", NULL);
	shift_added(&scene, scene.ben, 7, 135, 30, "2026-01-01", NULL);
	assert_string_equal(shift_times_text(&scene, "2026-03-29", 1), "ann 2026-03-29 01:00-02:30");
	kit_desk_end(scene.desk);
}

TEST(on_a_day_off_the_weekly_ones_fall_away_and_an_extra_one_swaps_two_people)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_true(shift_off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_true(shift_extra(&scene, scene.ben, "2026-04-06", 540, 480)->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 14), "ann 2026-03-30 09:00-17:00, ben 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_day_off_is_that_of_the_day_on_which_a_night_begins)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 22 * 60, 480, "2026-03-30", NULL);
	shift_added(&scene, scene.ann, 2, 22 * 60, 480, "2026-03-30", NULL);
	assert_true(shift_off(&scene, scene.ann, "2026-03-31")->is_ok);
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 3), "ann 2026-03-30 22:00-06:00");
	kit_desk_end(scene.desk);
}

TEST(on_a_holiday_weekly_ones_fall_away_and_extra_ones_stay)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_true(shift_extra(&scene, scene.ben, "2026-04-06", 600, 60)->is_ok);
	assert_true(shift_holiday(&scene, "2026-04-06"));
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 1), "ben 2026-04-06 10:00-11:00");
	answer = kit_do(scene.desk, scene.ann, "holiday.list", NULL);
	assert_int_equal(json_array_size(json_object_get(answer->body, "holidays")), 1);
	assert_true(kit_do(scene.desk, scene.lea, "holiday.remove", "{s:s}", "day", "2026-04-06")->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-04-06", 1), "ann 2026-04-06 09:00-17:00, ben 2026-04-06 10:00-11:00");
	kit_desk_end(scene.desk);
}

TEST(now_is_on_from_the_first_millisecond_to_before_the_last)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	struct shift_now it;

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	it = now(&scene, scene.ann, "2026-03-30T08:59:59Z");
	assert_false(it.is_on);
	assert_int_equal(it.next_starts_at, shift_utc("2026-03-30T09:00:00Z"));
	it = now(&scene, scene.ann, "2026-03-30T09:00:00Z");
	assert_true(it.is_on);
	assert_int_equal(it.starts_at, shift_utc("2026-03-30T09:00:00Z"));
	assert_int_equal(it.ends_at, shift_utc("2026-03-30T17:00:00Z"));
	assert_int_equal(it.next_starts_at, shift_utc("2026-04-06T09:00:00Z"));
	assert_true(now(&scene, scene.ann, "2026-03-30T16:59:59Z").is_on);
	assert_false(now(&scene, scene.ann, "2026-03-30T17:00:00Z").is_on);
	assert_false(now(&scene, scene.ben, "2026-03-30T10:00:00Z").is_on);
	kit_desk_end(scene.desk);
}

TEST(shifts_that_touch_are_one_to_who_winds_down)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	struct shift_now it;

	shift_added(&scene, scene.ann, 1, 540, 240, "2026-03-30", NULL);
	shift_added(&scene, scene.ann, 1, 780, 240, "2026-03-30", NULL);
	shift_added(&scene, scene.ann, 1, 1080, 480, "2026-03-30", NULL);
	assert_true(shift_extra(&scene, scene.ann, "2026-03-31", 120, 60)->is_ok);
	it = now(&scene, scene.ann, "2026-03-30T12:55:00Z");
	assert_int_equal(it.ends_at, shift_utc("2026-03-30T17:00:00Z"));
	assert_int_equal(it.next_starts_at, shift_utc("2026-03-30T18:00:00Z"));
	it = now(&scene, scene.ann, "2026-03-31T02:30:00Z");
	assert_int_equal(it.starts_at, shift_utc("2026-03-30T18:00:00Z"));
	assert_int_equal(it.ends_at, shift_utc("2026-03-31T03:00:00Z"));
	kit_desk_end(scene.desk);
}
