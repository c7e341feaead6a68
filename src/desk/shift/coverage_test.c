/* Facts about people on shift against seats. */
#include "desk/shift/shift.h"

#include <string.h>

#include "base/limits.h"
#include "tests/kit/desk_shift.h"
#include "tests/kit/facts.h"

static const struct kit_answer *
coverage(struct shift_scene *scene, const char *from, int days)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->ann, "shift.coverage", "{s:s, s:i}", "from", from, "days", days);

	if (!answer->is_ok)
		fail_msg("%s", kit_text(answer, "detail"));
	return answer;
}

/* Gaps or crowds: "03-30 12:00-13:00, …", in UTC. */
static const char *
stretches(const struct kit_answer *answer, const char *which)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *row;
	size_t i;

	json_array_foreach(json_object_get(answer->body, which), i, row)
	{
		const char *starts = json_string_value(json_object_get(row, "starts_at"));
		const char *ends = json_string_value(json_object_get(row, "ends_at"));

		g_string_append_printf(text, "%s%.5s %.5s-%.5s", i > 0 ? ", " : "", starts + 5, starts + 11, ends + 11);
	}
	return g_intern_string(text->str);
}

static size_t
half_hours(const struct kit_answer *answer)
{
	return json_array_size(json_object_get(answer->body, "half_hours"));
}

static void
seats(struct shift_scene *scene, int size)
{
	const struct kit_answer *answer = kit_do(scene->desk, scene->lea, "pool.list", NULL);
	json_int_t pool =
	    json_integer_value(json_object_get(json_array_get(json_object_get(answer->body, "pools"), 0), "id"));

	assert_true(kit_do(scene->desk, scene->lea, "pool.change", "{s:I, s:i}", "pool", pool, "size", size)->is_ok);
}

TEST(without_opening_hours_somebody_is_to_be_there_from_the_first_shift_to_the_last)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	shift_added(&scene, scene.ann, 1, 540, 180, "2026-03-30", NULL);
	shift_added(&scene, scene.ben, 1, 780, 240, "2026-03-30", NULL);
	shift_added(&scene, scene.ben, 3, 540, 480, "2026-03-30", NULL);
	answer = coverage(&scene, "2026-03-30", 7);
	assert_string_equal(stretches(answer, "gaps"), "03-30 12:00-13:00, 03-31 09:00-17:00");
	assert_string_equal(stretches(answer, "crowds"), "");
	assert_int_equal(half_hours(answer), 7 * 48);
	kit_desk_end(scene.desk);
}

TEST(with_opening_hours_it_is_these_and_on_holidays_nobody_has_to)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "site.add",
	    "{s:s, s:s, s:s, s:[{s:i, s:i, s:i}, {s:i, s:i, s:i}]}", "id", "site-0001", "name", "Shop", "language",
	    "en", "hours", "weekday", 1, "from_minute", 480, "to_minute", 1080, "weekday", 2, "from_minute", 480,
	    "to_minute", 720)
			->is_ok);
	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	answer = coverage(&scene, "2026-03-30", 7);
	assert_string_equal(stretches(answer, "gaps"), "03-30 08:00-09:00, 03-30 17:00-18:00, 03-31 08:00-12:00");
	assert_true(shift_holiday(&scene, "2026-03-31"));
	answer = coverage(&scene, "2026-03-30", 7);
	assert_string_equal(stretches(answer, "gaps"), "03-30 08:00-09:00, 03-30 17:00-18:00");
	kit_desk_end(scene.desk);
}

TEST(more_people_than_seats_are_a_crowd_and_touching_shifts_are_none)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	seats(&scene, 1);
	shift_added(&scene, scene.ann, 1, 540, 240, "2026-03-30", NULL);
	shift_added(&scene, scene.ben, 1, 720, 240, "2026-03-30", NULL);
	answer = coverage(&scene, "2026-03-30", 1);
	assert_string_equal(stretches(answer, "crowds"), "03-30 12:00-13:00");
	assert_int_equal(json_array_size(json_object_get(answer->body, "suggestions")), 0);
	seats(&scene, 2);
	assert_string_equal(stretches(coverage(&scene, "2026-03-30", 1), "crowds"), "");
	kit_desk_end(scene.desk);
}

TEST(who_crowds_is_suggested_another_start_that_fills_a_gap)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;
	json_t *suggestion;

	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "site.add",
	    "{s:s, s:s, s:s, s:[{s:i, s:i, s:i}]}", "id", "site-0001", "name", "Shop", "language", "en", "hours",
	    "weekday", 1, "from_minute", 540, "to_minute", 840)
			->is_ok);
	seats(&scene, 1);
	shift_added(&scene, scene.ann, 1, 540, 180, "2026-03-30", NULL);
	shift_added(&scene, scene.ben, 1, 600, 180, "2026-03-30", NULL);
	answer = coverage(&scene, "2026-03-30", 7);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(answer->body, "week"), "gap_minutes")), 60);
	assert_int_equal(
	    json_integer_value(json_object_get(json_object_get(answer->body, "week"), "crowd_minutes")), 120);
	assert_int_equal(
	    json_integer_value(json_object_get(json_object_get(answer->body, "suggested"), "gap_minutes")), 0);
	assert_int_equal(json_array_size(json_object_get(answer->body, "suggestions")), 1);
	suggestion = json_array_get(json_object_get(answer->body, "suggestions"), 0);
	assert_int_equal(json_integer_value(json_object_get(suggestion, "person")), scene.ben->person);
	assert_int_equal(json_integer_value(json_object_get(suggestion, "from_minute")), 660);
	kit_desk_end(scene.desk);
}

TEST(a_day_has_46_half_hours_when_the_clocks_go_forward_and_50_when_they_go_back)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	assert_int_equal(half_hours(coverage(&scene, "2026-03-29", 1)), 46);
	assert_int_equal(half_hours(coverage(&scene, "2026-10-25", 1)), 50);
	kit_desk_end(scene.desk);
	scene = shift_scene_begin("America/Denver");
	assert_int_equal(half_hours(coverage(&scene, "2026-03-08", 1)), 46);
	assert_int_equal(half_hours(coverage(&scene, "2026-11-01", 1)), 50);
	kit_desk_end(scene.desk);
}

TEST(a_night_counts_on_both_of_its_days_and_somebody_who_works_twice_counts_once)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	seats(&scene, 1);
	shift_added(&scene, scene.ann, 1, 1320, 480, "2026-03-30", NULL);
	/* A holiday that was taken back lays an extra shift over a weekly one. */
	assert_true(shift_holiday(&scene, "2026-04-06"));
	assert_true(shift_extra(&scene, scene.ann, "2026-04-06", 1320, 240)->is_ok);
	assert_true(kit_do(scene.desk, scene.lea, "holiday.remove", "{s:s}", "day", "2026-04-06")->is_ok);
	answer = coverage(&scene, "2026-04-06", 2);
	assert_string_equal(stretches(answer, "crowds"), "");
	assert_int_equal(json_integer_value(json_object_get(
			     json_array_get(json_object_get(answer->body, "half_hours"), 48 + 11), "people")),
	    1);
	assert_int_equal(json_integer_value(json_object_get(
			     json_array_get(json_object_get(answer->body, "half_hours"), 48 + 12), "people")),
	    0);
	kit_desk_end(scene.desk);
}

TEST(a_team_with_a_pool_has_its_own_seats_people_and_hours)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;
	json_int_t team, pool;

	team = kit_int(kit_do(scene.desk, scene.lea, "team.add", "{s:s, s:s, s:[I]}", "id", "team-0001", "name",
			   "Refunds", "members", (json_int_t)scene.ann->person),
	    "id");
	pool = kit_int(kit_do(scene.desk, scene.lea, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0001", "team",
			   team, "size", 0, "cap", 4),
	    "id");
	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_string_equal(stretches(coverage(&scene, "2026-03-30", 1), "crowds"), "");
	answer = kit_do(
	    scene.desk, scene.ann, "shift.coverage", "{s:I, s:s, s:i}", "pool", pool, "from", "2026-03-30", "days", 1);
	assert_string_equal(stretches(answer, "crowds"), "03-30 09:00-17:00");
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.coverage", "{s:I}", "pool", pool + 100)->status, 404);
	kit_desk_end(scene.desk);
}

TEST(a_step_is_15_or_30_minutes)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.coverage", "{s:i}", "step", 30)->status, 200);
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.coverage", "{s:i}", "step", 20)->status, 422);
	kit_desk_end(scene.desk);
}
