/* Facts about shifts that move to another day, or to somebody else: all of a move happens, or nothing of it. */
#include "desk/shift/shift.h"

#include "base/limits.h"
#include "tests/kit/desk_shift.h"
#include "tests/kit/facts.h"

static const struct kit_actor stranger = { .person = 4242 };

/* Ann's on Mondays, 09:00 to 17:00, from 2026-03-30 on. */
static int64_t
mondays(struct shift_scene *scene)
{
	return shift_added(scene, scene->ann, 1, 540, 480, "2026-03-30", NULL);
}

/* The Monday shift of `day`, for once on another day or somebody else's; NULL: the same. */
static const struct kit_answer *
moves(struct shift_scene *scene, int64_t shift, const char *day, const char *to_day, const struct kit_actor *who)
{
	g_autofree char *id = g_strdup_printf("move-%05u", ++scene->ids);
	json_t *body = json_pack("{s:s, s:I, s:s, s:i, s:i, s:s*}", "id", id, "shift", (json_int_t)shift, "day", day,
	    "from_minute", 600, "minutes", 480, "to_day", to_day);

	if (who != NULL)
		json_object_set_new(body, "person", json_integer(who->person));
	return kit_do(scene->desk, scene->lea, "shift.change_day", "o", body);
}

/* The extra one, from 10:00 to 11:00. */
static const struct kit_answer *
moves_extra(struct shift_scene *scene, int64_t exception, const char *day, const struct kit_actor *who)
{
	json_t *body = json_pack(
	    "{s:I, s:i, s:i, s:s*}", "exception", (json_int_t)exception, "from_minute", 600, "minutes", 60, "day", day);

	if (who != NULL)
		json_object_set_new(body, "person", json_integer(who->person));
	return kit_do(scene->desk, scene->lea, "shift.exception_change", "o", body);
}

/* The Monday shift, on Tuesdays and that person's from a day on, or ever since. */
static const struct kit_answer *
hands(struct shift_scene *scene, int64_t shift, const char *from_day, int64_t person)
{
	return kit_do(scene->desk, scene->lea, "shift.change", "{s:I, s:i, s:i, s:i, s:s*, s:I}", "shift",
	    (json_int_t)shift, "weekday", 2, "from_minute", 540, "minutes", 480, "from_day", from_day, "person",
	    (json_int_t)person);
}

/* Takes back what was answered to a move. */
static const struct kit_answer *
takes_back(struct shift_scene *scene, const struct kit_answer *moved, size_t count)
{
	json_t *rows = json_object_get(moved->body, "exceptions"), *others = json_array();

	for (size_t i = 1; i < count; i++)
		json_array_append(others, json_object_get(json_array_get(rows, i), "exception"));
	return kit_do(scene->desk, scene->lea, "shift.exception_remove", "{s:O, s:o}", "exception",
	    json_object_get(json_array_get(rows, 0), "exception"), "others", others);
}

TEST(for_once_a_weekly_shift_moves_to_another_day)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene);
	const struct kit_answer *answer = moves(&scene, shift, "2026-04-06", "2026-04-08", NULL);

	assert_int_equal(json_array_size(json_object_get(answer->body, "exceptions")), 2);
	assert_string_equal(
	    shift_times_text(&scene, "2026-04-06", 8), "ann 2026-04-08 10:00-18:00, ann 2026-04-13 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(for_once_it_moves_back_in_time_and_over_the_days_when_the_clocks_change)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");
	int64_t shift = mondays(&scene);

	assert_true(moves(&scene, shift, "2026-03-30", "2026-03-29", NULL)->is_ok);
	assert_true(moves(&scene, shift, "2026-10-26", "2026-10-24", NULL)->is_ok);
	assert_string_equal(shift_times_text(&scene, "2026-03-29", 3), "ann 2026-03-29 08:00-16:00");
	assert_string_equal(shift_times_text(&scene, "2026-10-24", 3), "ann 2026-10-24 08:00-16:00");
	kit_desk_end(scene.desk);
}

TEST(for_once_somebody_else_works_it)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene);

	assert_true(moves(&scene, shift, "2026-04-06", NULL, scene.ben)->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-04-06", 8), "ben 2026-04-06 10:00-18:00, ann 2026-04-13 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_calendar_has_it_where_it_went)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");
	int64_t shift = mondays(&scene);
	const struct kit_answer *answer;
	g_autofree char *calendar = NULL;

	assert_true(moves(&scene, shift, "2026-10-26", "2026-10-25", NULL)->is_ok);
	answer = kit_do(scene.desk, scene.ann, "shift.export", NULL);
	calendar = g_strdup(kit_text(answer, "calendar"));
	answer = kit_do(scene.desk, scene.lea, "shift.import", "{s:s, s:I, s:s}", "id", "import-00001", "person",
	    (json_int_t)scene.ben->person, "calendar", calendar);
	assert_int_equal(kit_int(answer, "left_out"), 0);
	assert_string_equal(shift_times_text(&scene, "2026-10-19", 15),
	    "ann 2026-10-19 07:00-15:00, ben 2026-10-19 07:00-15:00, ann 2026-10-25 09:00-17:00, ben 2026-10-25 09:00-17:00, "
	    "ann 2026-11-02 08:00-16:00, ben 2026-11-02 08:00-16:00");
	kit_desk_end(scene.desk);
}

TEST(of_a_move_that_meets_another_shift_nothing_happens)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene), version;

	shift_added(&scene, scene.ann, 3, 1020, 60, "2026-03-30", NULL);
	shift_added(&scene, scene.ben, 1, 1020, 60, "2026-03-30", NULL);
	version = kit_version(scene.desk);
	assert_string_equal(kit_text(moves(&scene, shift, "2026-04-06", "2026-04-08", NULL), "detail"),
	    "meets the shift on 2026-04-08 from 17:00 to 18:00");
	assert_string_equal(kit_text(moves(&scene, shift, "2026-04-06", NULL, scene.ben), "field"), "from_minute");
	assert_string_equal(kit_text(moves(&scene, shift, "2026-04-06", "2026-04-32", NULL), "field"), "to_day");
	assert_string_equal(kit_text(moves(&scene, shift, "2026-04-06", NULL, &stranger), "field"), "person");
	assert_int_equal(kit_version(scene.desk), version);
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 7),
	    "ann 2026-04-06 09:00-17:00, ben 2026-04-06 17:00-18:00, ann 2026-04-08 17:00-18:00");
	kit_desk_end(scene.desk);
}

TEST(what_falls_away_goes_nowhere_else)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene);

	assert_string_equal(
	    kit_text(kit_do(scene.desk, scene.lea, "shift.change_day", "{s:s, s:I, s:s, s:s}", "id", "move-away-1",
			 "shift", (json_int_t)shift, "day", "2026-04-06", "to_day", "2026-04-07"),
		"field"),
	    "minutes");
	assert_string_equal(
	    kit_text(kit_do(scene.desk, scene.lea, "shift.change_day", "{s:s, s:I, s:s, s:I}", "id", "move-away-2",
			 "shift", (json_int_t)shift, "day", "2026-04-06", "person", (json_int_t)scene.ben->person),
		"field"),
	    "minutes");
	kit_desk_end(scene.desk);
}

TEST(a_move_is_taken_back_at_once_with_the_other_shifts_of_its_day_or_not_at_all)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene), version;
	const struct kit_answer *moved;
	struct kit_answer was;

	shift_added(&scene, scene.ann, 1, 1080, 60, "2026-03-30", NULL);
	moved = moves(&scene, shift, "2026-04-06", "2026-04-08", scene.ben);
	was = (struct kit_answer) { .body = json_deep_copy(moved->body) };
	assert_int_equal(json_array_size(json_object_get(was.body, "exceptions")), 3);
	version = kit_version(scene.desk);
	/* The evening would be there twice. */
	assert_string_equal(
	    kit_text(takes_back(&scene, &was, 1), "detail"), "meets the shift on 2026-04-06 from 18:00 to 19:00");
	assert_int_equal(kit_version(scene.desk), version);
	assert_true(takes_back(&scene, &was, 3)->is_ok);
	assert_string_equal(
	    shift_times_text(&scene, "2026-04-06", 7), "ann 2026-04-06 09:00-17:00, ann 2026-04-06 18:00-19:00");
	assert_int_equal(takes_back(&scene, &was, 3)->status, 404);
	/* One of them twice. */
	moved = moves(&scene, shift, "2026-04-06", "2026-04-08", scene.ben);
	json_decref(was.body);
	was.body = json_deep_copy(moved->body);
	json_array_set(
	    json_object_get(was.body, "exceptions"), 2, json_array_get(json_object_get(was.body, "exceptions"), 1));
	assert_string_equal(kit_text(takes_back(&scene, &was, 3), "field"), "others[1]");
	json_decref(was.body);
	kit_desk_end(scene.desk);
}

TEST(an_extra_shift_moves_to_another_day_and_to_somebody_else)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t extra = kit_int(shift_extra(&scene, scene.ann, "2026-04-06", 1080, 60), "exception");
	const struct kit_answer *answer = moves_extra(&scene, extra, "2026-04-07", scene.ben);

	assert_int_equal(kit_int(answer, "exception"), extra);
	assert_int_equal(kit_int(answer, "person"), scene.ben->person);
	assert_string_equal(kit_text(answer, "day"), "2026-04-07");
	assert_true(moves_extra(&scene, extra, NULL, scene.ben)->is_ok);
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 7), "ben 2026-04-07 10:00-11:00");
	shift_added(&scene, scene.ann, 3, 540, 480, "2026-03-30", NULL);
	assert_string_equal(kit_text(moves_extra(&scene, extra, "2026-04-08", scene.ann), "field"), "from_minute");
	assert_string_equal(kit_text(moves_extra(&scene, extra, "tomorrow", NULL), "field"), "day");
	assert_int_equal(moves_extra(&scene, extra, NULL, &stranger)->status, 404);
	kit_desk_end(scene.desk);
}

TEST(a_day_off_stays_that_day_of_that_person)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t off = kit_int(shift_off(&scene, scene.ann, "2026-04-06"), "exception");

	assert_string_equal(kit_text(kit_do(scene.desk, scene.lea, "shift.exception_change", "{s:I, s:s}", "exception",
					 (json_int_t)off, "day", "2026-04-07"),
				"field"),
	    "day");
	assert_string_equal(kit_text(kit_do(scene.desk, scene.lea, "shift.exception_change", "{s:I, s:I}", "exception",
					 (json_int_t)off, "person", (json_int_t)scene.ben->person),
				"field"),
	    "person");
	kit_desk_end(scene.desk);
}

TEST(from_a_day_on_a_weekly_shift_is_somebody_elses_on_another_weekday)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene);

	assert_int_not_equal(kit_int(hands(&scene, shift, "2026-04-06", scene.ben->person), "shift"), shift);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 14), "ann 2026-03-30 09:00-17:00, ben 2026-04-07 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(as_if_it_had_always_been_so_it_is_the_same_shift)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene);

	assert_int_equal(kit_int(hands(&scene, shift, NULL, scene.ben->person), "shift"), shift);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 14), "ben 2026-03-31 09:00-17:00, ben 2026-04-07 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(who_is_given_a_weekly_shift_answers_and_has_none_that_it_meets)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t shift = mondays(&scene), version;

	shift_added(&scene, scene.ben, 2, 600, 60, "2026-03-30", NULL);
	version = kit_version(scene.desk);
	assert_string_equal(kit_text(hands(&scene, shift, NULL, scene.ben->person), "detail"),
	    "meets the shift on Tuesdays from 10:00 to 11:00");
	assert_string_equal(kit_text(hands(&scene, shift, "2026-04-06", scene.ben->person), "field"), "from_minute");
	assert_string_equal(kit_text(hands(&scene, shift, NULL, stranger.person), "field"), "person");
	assert_int_equal(kit_version(scene.desk), version);
	kit_desk_end(scene.desk);
}

TEST(nobody_is_given_more_shifts_or_exceptions_than_the_limits_say)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *shifts =
	    g_strdup_printf("INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day) "
			    "SELECT %" G_GINT64_FORMAT ", 1, 540, 480, '2000-01-03', '2000-01-03' FROM n",
		scene.ben->person);
	g_autofree char *exceptions =
	    g_strdup_printf("INSERT INTO shift_exception (person_id, day, kind, from_minute, minutes) "
			    "SELECT %" G_GINT64_FORMAT ", '2000-01-03', 'extra', 0, 15 FROM n",
		scene.ben->person);
	int64_t shift = mondays(&scene);
	int64_t extra = kit_int(shift_extra(&scene, scene.ann, "2026-04-08", 1080, 60), "exception");

	shift_plant(&scene, shifts, LIMIT_SHIFTS_PER_PERSON - 1);
	shift_plant(&scene, exceptions, LIMIT_SHIFT_EXCEPTIONS - 1);
	assert_true(hands(&scene, shift, NULL, scene.ben->person)->is_ok);
	assert_true(moves_extra(&scene, extra, NULL, scene.ben)->is_ok);
	shift = mondays(&scene);
	extra = kit_int(shift_extra(&scene, scene.ann, "2026-04-09", 1080, 60), "exception");
	assert_int_equal(hands(&scene, shift, NULL, scene.ben->person)->status, 409);
	assert_int_equal(moves_extra(&scene, extra, NULL, scene.ben)->status, 409);
	assert_int_equal(moves(&scene, shift, "2026-04-06", NULL, scene.ben)->status, 409);
	kit_desk_end(scene.desk);
}
