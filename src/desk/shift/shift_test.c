/* Facts about who works when. */
#include "desk/shift/shift.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk_shift.h"
#include "tests/kit/facts.h"

static struct shift_now
now(struct shift_scene *scene, const struct kit_actor *who, const char *at)
{
	return kit_shift_now(scene->desk, who, shift_utc(at));
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

/* ---- What is refused ---- */

static int64_t
added_ok(
    struct shift_scene *scene, int weekday, int from_minute, int minutes, const char *first_day, const char *last_day)
{
	return shift_added(scene, scene->ann, weekday, from_minute, minutes, first_day, last_day);
}

static void
assert_meets(const struct kit_answer *answer, const char *other)
{
	g_autofree char *detail = g_strdup_printf("meets the shift on %s", other);

	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "from_minute");
	assert_string_equal(kit_text(answer, "detail"), detail);
}

TEST(weekly_shifts_of_one_person_that_meet_are_refused_and_name_the_other)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	added_ok(&scene, 1, 540, 480, "2026-03-30", "2026-06-29");
	assert_meets(shift_adds(&scene, scene.ann, 1, 1019, 60, "2026-03-30", NULL), "Mondays from 09:00 to 17:00");
	assert_meets(shift_adds(&scene, scene.ann, 1, 480, 61, "2026-06-29", NULL), "Mondays from 09:00 to 17:00");
	/* Those that touch, of somebody else, or of other weeks, do not meet. */
	added_ok(&scene, 1, 1020, 60, "2026-03-30", NULL);
	added_ok(&scene, 1, 480, 60, "2026-03-30", NULL);
	added_ok(&scene, 1, 540, 480, "2026-06-30", NULL);
	shift_added(&scene, scene.ben, 1, 540, 480, "2026-03-30", NULL);
	/* Over midnight, also from Sunday to Monday. */
	added_ok(&scene, 7, 1380, 240, "2026-01-01", NULL);
	assert_meets(shift_adds(&scene, scene.ann, 1, 179, 30, "2026-01-01", NULL), "Sundays from 23:00 to 03:00");
	added_ok(&scene, 1, 180, 30, "2026-01-01", NULL);
	assert_meets(shift_adds(&scene, scene.ann, 6, 1439, 1440, "2026-01-01", NULL), "Sundays from 23:00 to 03:00");
	kit_desk_end(scene.desk);
}

TEST(an_extra_shift_meets_what_takes_place_and_not_what_falls_away)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t exception;

	added_ok(&scene, 1, 1320, 480, "2026-03-30", NULL);
	assert_meets(shift_extra(&scene, scene.ann, "2026-03-31", 300, 60), "2026-03-30 from 22:00 to 06:00");
	exception = kit_int(shift_off(&scene, scene.ann, "2026-03-30"), "exception");
	assert_true(shift_extra(&scene, scene.ann, "2026-03-31", 300, 60)->is_ok);
	assert_meets(shift_extra(&scene, scene.ann, "2026-03-31", 330, 60), "2026-03-31 from 05:00 to 06:00");
	/* What would be there again meets it. */
	assert_meets(
	    kit_do(scene.desk, scene.lea, "shift.exception_remove", "{s:I}", "exception", (json_int_t)exception),
	    "2026-03-31 from 05:00 to 06:00");
	/* A weekly one would as well. */
	assert_true(shift_extra(&scene, scene.ann, "2026-04-01", 600, 60)->is_ok);
	assert_meets(shift_adds(&scene, scene.ann, 3, 540, 90, NULL, NULL), "2026-04-01 from 10:00 to 11:00");
	assert_true(shift_holiday(&scene, "2026-04-06"));
	assert_true(shift_extra(&scene, scene.ann, "2026-04-06", 1320, 60)->is_ok);
	kit_desk_end(scene.desk);
}

TEST(an_exception_that_is_taken_back_is_none_any_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t exception;

	added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	exception = kit_int(shift_off(&scene, scene.ann, "2026-04-06"), "exception");
	assert_int_equal(shift_off(&scene, scene.ann, "2026-04-06")->status, 409);
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 1), "");
	assert_true(kit_do(scene.desk, scene.lea, "shift.exception_remove", "{s:I}", "exception", (json_int_t)exception)
			->is_ok);
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 1), "ann 2026-04-06 09:00-17:00");
	assert_int_equal(
	    kit_do(scene.desk, scene.lea, "shift.exception_remove", "{s:I}", "exception", (json_int_t)exception)
		->status,
	    404);
	kit_desk_end(scene.desk);
}

/* Without minutes it falls away. */
static const struct kit_answer *
change_day(struct shift_scene *scene, int64_t shift, const char *day, int from_minute, int minutes)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);
	json_t *body =
	    json_pack("{s:s, s:I, s:s, s:s}", "id", id, "shift", (json_int_t)shift, "day", day, "reason", "A course");

	if (minutes > 0)
		json_object_update_new(body, json_pack("{s:i, s:i}", "from_minute", from_minute, "minutes", minutes));
	return kit_do(scene->desk, scene->lea, "shift.change_day", "o", body);
}

TEST(on_one_day_a_weekly_shift_is_otherwise_and_the_others_of_that_day_stay)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	const struct kit_answer *answer;

	added_ok(&scene, 1, 1080, 60, "2026-03-30", NULL);
	answer = change_day(&scene, shift, "2026-04-06", 600, 120);
	assert_int_equal(json_array_size(json_object_get(answer->body, "exceptions")), 3);
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 8),
	    "ann 2026-04-06 10:00-12:00, ann 2026-04-06 18:00-19:00, ann 2026-04-13 09:00-17:00, ann 2026-04-13 18:00-19:00");
	kit_desk_end(scene.desk);
}

TEST(on_one_day_a_weekly_shift_falls_away)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);

	assert_true(change_day(&scene, shift, "2026-04-06", 0, 0)->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 15), "ann 2026-03-30 09:00-17:00, ann 2026-04-13 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_day_without_that_shift_and_one_that_would_meet_another_is_left_as_it_is)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	const char *as_ever = "ann 2026-04-06 09:00-17:00, ann 2026-04-06 18:00-19:00";

	added_ok(&scene, 1, 1080, 60, "2026-03-30", NULL);
	assert_string_equal(kit_text(change_day(&scene, shift, "2026-04-07", 600, 60), "field"), "day");
	assert_string_equal(kit_text(change_day(&scene, shift, "2026-03-23", 0, 0), "field"), "day");
	assert_int_equal(change_day(&scene, shift + 100, "2026-04-06", 0, 0)->status, 404);
	assert_meets(change_day(&scene, shift, "2026-04-06", 600, 481), "2026-04-06 from 18:00 to 19:00");
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 1), as_ever);
	assert_true(shift_holiday(&scene, "2026-04-13"));
	assert_string_equal(kit_text(change_day(&scene, shift, "2026-04-13", 0, 0), "field"), "day");
	kit_desk_end(scene.desk);
}

static const struct kit_answer *
change_exception(struct shift_scene *scene, int64_t exception, int from_minute, int minutes)
{
	return kit_do(scene->desk, scene->lea, "shift.exception_change", "{s:I, s:i, s:i, s:s}", "exception",
	    (json_int_t)exception, "from_minute", from_minute, "minutes", minutes, "reason", "Stocktaking");
}

TEST(an_extra_shift_gets_other_times_and_a_day_off_another_reason)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t extra, off;

	added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	extra = kit_int(shift_extra(&scene, scene.ann, "2026-04-06", 1080, 60), "exception");
	assert_meets(change_exception(&scene, extra, 1019, 60), "2026-04-06 from 09:00 to 17:00");
	/* The same again is the same again. */
	for (int i = 0; i < 2; i++) {
		const struct kit_answer *answer = change_exception(&scene, extra, 1050, 90);

		assert_int_equal(kit_int(answer, "from_minute"), 1050);
		assert_int_equal(kit_int(answer, "exception"), extra);
	}
	assert_string_equal(
	    shift_times_text(&scene, "2026-04-06", 1), "ann 2026-04-06 09:00-17:00, ann 2026-04-06 17:30-19:00");
	off = kit_int(shift_off(&scene, scene.ann, "2026-04-13"), "exception");
	assert_int_equal(change_exception(&scene, off, 600, 60)->status, 400);
	assert_string_equal(kit_text(kit_do(scene.desk, scene.lea, "shift.exception_change", "{s:I, s:s}", "exception",
					 (json_int_t)off, "reason", "Moving house"),
				"reason"),
	    "Moving house");
	assert_int_equal(change_exception(&scene, extra + 100, 600, 60)->status, 404);
	kit_desk_end(scene.desk);
}

static const struct kit_answer *
change(struct shift_scene *scene, int64_t shift, int from_minute, const char *from_day)
{
	return kit_do(scene->desk, scene->lea, "shift.change", "{s:I, s:i, s:i, s:i, s:s*}", "shift", (json_int_t)shift,
	    "weekday", 1, "from_minute", from_minute, "minutes", 480, "from_day", from_day);
}

TEST(a_change_from_a_day_on_keeps_what_was_before)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t old = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	const struct kit_answer *answer;

	/* From its first day or earlier it is the same shift. */
	assert_int_equal(kit_int(change(&scene, old, 540, "2026-03-30"), "shift"), old);
	answer = change(&scene, old, 600, "2026-04-07");
	assert_true(answer->is_ok);
	assert_int_not_equal(kit_int(answer, "shift"), old);
	assert_string_equal(kit_text(answer, "first_day"), "2026-04-07");
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 15),
	    "ann 2026-03-30 09:00-17:00, ann 2026-04-06 09:00-17:00, ann 2026-04-13 10:00-18:00");
	kit_desk_end(scene.desk);
}

TEST(a_change_from_a_day_on_brings_nothing_back_that_was_over)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t old = added_ok(&scene, 1, 540, 480, "2026-03-30", "2026-04-01");

	assert_true(change(&scene, old, 600, "2026-04-20")->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 28), "ann 2026-03-30 09:00-17:00, ann 2026-04-20 10:00-18:00");
	kit_desk_end(scene.desk);
}

TEST(a_shift_that_is_changed_may_meet_itself_and_no_other)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);

	added_ok(&scene, 1, 1080, 60, "2026-03-30", NULL);
	assert_true(change(&scene, shift, 600, NULL)->is_ok);
	assert_meets(change(&scene, shift, 601, NULL), "Mondays from 18:00 to 19:00");
	assert_meets(change(&scene, shift, 601, "2026-05-01"), "Mondays from 18:00 to 19:00");
	assert_string_equal(
	    shift_times_text(&scene, "2026-05-04", 1), "ann 2026-05-04 10:00-18:00, ann 2026-05-04 18:00-19:00");
	kit_desk_end(scene.desk);
}

static bool
removes(struct shift_scene *scene, int64_t shift, const char *from_day)
{
	return kit_do(
	    scene->desk, scene->lea, "shift.remove", "{s:I, s:s*}", "shift", (json_int_t)shift, "from_day", from_day)
	    ->is_ok;
}

TEST(a_shift_ends_before_a_day_or_has_never_been)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);

	assert_true(removes(&scene, shift, "2026-04-06"));
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 15), "ann 2026-03-30 09:00-17:00");
	assert_true(removes(&scene, shift, "2026-05-01"));
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 60), "ann 2026-03-30 09:00-17:00");
	assert_true(removes(&scene, shift, NULL));
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 60), "");
	assert_false(removes(&scene, shift, NULL));
	kit_desk_end(scene.desk);
}

TEST(what_was_removed_gives_its_id_to_nobody_so_that_a_removal_may_be_repeated)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL), exception;

	assert_true(removes(&scene, shift, NULL));
	assert_int_not_equal(shift_added(&scene, scene.ben, 1, 540, 480, "2026-03-30", NULL), shift);
	assert_false(removes(&scene, shift, NULL));
	exception = kit_int(shift_off(&scene, scene.ann, "2026-04-06"), "exception");
	assert_true(kit_do(scene.desk, scene.lea, "shift.exception_remove", "{s:I}", "exception", (json_int_t)exception)
			->is_ok);
	assert_int_not_equal(kit_int(shift_off(&scene, scene.ben, "2026-04-06"), "exception"), exception);
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 1), "ben 2026-03-30 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(only_those_who_answer_have_shifts_and_disabled_ones_are_not_shown)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_actor *cara = kit_staff(scene.desk, "cara", ROLE_CONSULTANT);

	assert_int_equal(shift_adds(&scene, cara, 1, 540, 480, NULL, NULL)->status, 404);
	added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "person.disable", "{s:I}", "person",
	    (json_int_t)scene.ann->person)
			->is_ok);
	assert_int_equal(shift_adds(&scene, scene.ann, 2, 540, 480, NULL, NULL)->status, 404);
	scene.ann = scene.lea;
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 7), "");
	kit_desk_end(scene.desk);
}

TEST(an_extra_shift_has_a_beginning_and_a_length_and_a_day_off_has_neither)
{
	static const struct {
		const char *kind, *has, *wants;
	} rows[] = { { "extra", "minutes", "from_minute" }, { "extra", "from_minute", "minutes" },
		{ "off", "from_minute", "from_minute" }, { "off", "minutes", "minutes" } };
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct kit_answer *answer = kit_do(scene.desk, scene.lea, "shift.except",
		    "{s:s, s:I, s:s, s:s, s:i}", "id", "except-0001", "person", (json_int_t)scene.ann->person, "day",
		    "2026-04-06", "kind", rows[i].kind, rows[i].has, 60);

		assert_string_equal(kit_text(answer, "field"), rows[i].wants);
	}
	shift = added_ok(&scene, 1, 540, 480, "2026-03-30", NULL);
	assert_string_equal(
	    kit_text(kit_do(scene.desk, scene.lea, "shift.change_day", "{s:s, s:I, s:s, s:i}", "id", "change-day-0001",
			 "shift", (json_int_t)shift, "day", "2026-04-06", "minutes", 60),
		"field"),
	    "from_minute");
	assert_string_equal(
	    kit_text(kit_do(scene.desk, scene.lea, "shift.change_day", "{s:s, s:I, s:s, s:i}", "id", "change-day-0002",
			 "shift", (json_int_t)shift, "day", "2026-04-06", "from_minute", 600),
		"field"),
	    "minutes");
	kit_desk_end(scene.desk);
}

TEST(what_is_no_day_is_refused_by_name)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(
	    kit_text(shift_adds(&scene, scene.ann, 1, 540, 480, "2026-02-30", NULL), "field"), "first_day");
	assert_string_equal(
	    kit_text(shift_adds(&scene, scene.ann, 1, 540, 480, "2200-01-01", NULL), "field"), "first_day");
	assert_string_equal(
	    kit_text(shift_adds(&scene, scene.ann, 1, 540, 480, "2026-03-30", "2026-03-29"), "field"), "last_day");
	assert_string_equal(kit_text(shift_off(&scene, scene.ann, "tomorrow"), "field"), "day");
	assert_string_equal(kit_text(shift_extra(&scene, scene.ann, "2026-03-32", 0, 60), "field"), "day");
	assert_false(shift_holiday(&scene, "2026-13-01"));
	added_ok(&scene, 1, 540, 480, "1970-01-01", "2199-12-31");
	assert_string_equal(shift_times_text(&scene, "2199-12-30", 2), "ann 2199-12-30 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(one_person_has_as_many_shifts_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *fill =
	    g_strdup_printf("INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day) "
			    "SELECT %" G_GINT64_FORMAT ", 1, 540, 480, '2000-01-03', '2000-01-03' FROM n",
		scene.ann->person);
	int64_t last;

	shift_plant(&scene, fill, LIMIT_SHIFTS_PER_PERSON - 1);
	last = added_ok(&scene, 1, 540, 480, NULL, NULL);
	assert_int_equal(shift_adds(&scene, scene.ann, 2, 540, 480, NULL, NULL)->status, 409);
	assert_int_equal(change(&scene, last, 600, "2026-04-06")->status, 409);
	assert_true(change(&scene, last, 600, NULL)->is_ok);
	shift_added(&scene, scene.ben, 2, 540, 480, NULL, NULL);
	kit_desk_end(scene.desk);
}

TEST(one_person_has_as_many_exceptions_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *fill =
	    g_strdup_printf("INSERT INTO shift_exception (person_id, day, kind, from_minute, minutes) "
			    "SELECT %" G_GINT64_FORMAT ", '2000-01-03', 'extra', i, 15 FROM n",
		scene.ann->person);

	shift_plant(&scene, fill, LIMIT_SHIFT_EXCEPTIONS - 1);
	assert_true(shift_off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_int_equal(shift_off(&scene, scene.ann, "2026-04-07")->status, 409);
	assert_int_equal(shift_extra(&scene, scene.ann, "2026-04-07", 0, 15)->status, 409);
	assert_true(shift_off(&scene, scene.ben, "2026-04-07")->is_ok);
	kit_desk_end(scene.desk);
}

TEST(a_desk_has_as_many_holidays_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_plant(&scene,
	    "INSERT INTO holiday (day, name) SELECT '19' || (70 + i / 19) || '-01-' || (10 + i % 19), 'old' FROM n",
	    LIMIT_HOLIDAYS - 1);
	assert_true(shift_holiday(&scene, "2026-04-06"));
	assert_false(shift_holiday(&scene, "2026-04-07"));
	assert_true(shift_holiday(&scene, "2026-04-06"));
	kit_desk_end(scene.desk);
}

TEST(a_list_has_as_many_shifts_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *fill =
	    g_strdup_printf("INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day) "
			    "SELECT %" G_GINT64_FORMAT ", 1, i %% 1440, 15, '2026-03-30', '2026-03-30' FROM n",
		scene.ann->person);
	const struct kit_answer *answer;

	shift_plant(&scene, fill, LIMIT_SHIFT_TIMES);
	answer = kit_do(scene.desk, scene.ann, "shift.list", "{s:s}", "from", "2026-03-30");
	assert_int_equal(json_array_size(json_object_get(answer->body, "times")), LIMIT_SHIFT_TIMES);
	assert_true(kit_do(scene.desk, scene.ann, "shift.coverage", "{s:s}", "from", "2026-03-30")->is_ok);
	shift_plant(&scene, fill, 1);
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.list", "{s:s}", "from", "2026-03-30")->status, 413);
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.coverage", "{s:s}", "from", "2026-03-30")->status, 413);
	assert_true(kit_do(scene.desk, scene.ann, "shift.list", "{s:s}", "from", "2026-04-06")->is_ok);
	kit_desk_end(scene.desk);
}
