/* Facts about shifts for other calendar programs: who gets whose, and that they are the same when they come back. */
#include <string.h>

#include "base/limits.h"
#include "tests/kit/database.h"
#include "tests/kit/desk_calendar.h"
#include "tests/kit/facts.h"

/* Whatever there is, exported and imported by somebody else, gives the same times; and the same again is known. */
static void
check_round_trip(const char *time_zone)
{
	struct shift_scene scene = shift_scene_begin(time_zone);
	const struct kit_answer *answer;
	const char *file, *anns, *bens;
	g_autofree char *expected = NULL;

	shift_added(&scene, scene.ann, 1, 540, 240, "2026-01-01", NULL);
	shift_added(&scene, scene.ann, 1, 840, 240, "2026-01-01", NULL);
	shift_added(&scene, scene.ann, 6, 1320, 480, "2026-01-02", "2026-11-30");
	shift_added(&scene, scene.ann, 4, 0, 1440, "2026-05-01", "2026-05-20");
	assert_true(shift_off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_true(shift_off(&scene, scene.ann, "2026-03-28")->is_ok);
	assert_true(shift_extra(&scene, scene.ann, "2026-04-06", 600, 60)->is_ok);
	assert_true(shift_extra(&scene, scene.ann, "2026-04-08", 0, 60)->is_ok);
	assert_true(shift_holiday(&scene, "2026-05-25"));
	anns = shift_times_text(&scene, "2026-03-01", 62);
	file = calendar_exported(&scene, scene.ann);
	answer = calendar_import(&scene, scene.ann, file);
	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "shifts") + kit_int(answer, "exceptions"), 0);
	assert_int_equal(kit_int(answer, "known"), 8);
	answer = calendar_import(&scene, scene.ben, file);
	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "shifts"), 4);
	assert_int_equal(kit_int(answer, "exceptions"), 4);
	assert_true(kit_do(scene.desk, kit_administrator(scene.desk), "person.disable", "{s:I}", "person",
	    (json_int_t)scene.ann->person)
			->is_ok);
	scene.ann = scene.ben;
	bens = shift_times_text(&scene, "2026-03-01", 62);
	assert_string_equal(bens, anns);
	kit_desk_end(scene.desk);
}

TEST(what_is_exported_is_imported_as_the_same_shifts)
{
	check_round_trip("Europe/Berlin");
	check_round_trip("America/Denver");
	check_round_trip("UTC");
	check_round_trip("Africa/Casablanca");
}

TEST(lines_are_folded_at_75_bytes_and_no_character_is_cut)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const char *reason =
	    "\xe6\x97\xa5\xe6\x9c\xac, \xe8\xaa\x9e; \\ \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5"
	    "\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"
	    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e";
	const struct kit_answer *answer =
	    kit_do(scene.desk, scene.lea, "shift.except", "{s:s, s:I, s:s, s:s, s:s}", "id", "reason-0001", "person",
		(json_int_t)scene.ann->person, "day", "2026-04-06", "kind", "off", "reason", reason);
	g_auto(GStrv) lines = NULL;
	const char *file;

	assert_true(answer->is_ok);
	file = calendar_exported(&scene, scene.ann);
	lines = g_strsplit(file, "\r\n", 0);
	for (char **line = lines; *line != NULL; line++) {
		assert_true(strlen(*line) <= 75);
		assert_true(g_utf8_validate(*line, -1, NULL));
	}
	assert_string_equal(calendar_left_out(calendar_import(&scene, scene.ben, file)), "");
	answer = kit_do(scene.desk, scene.ben, "shift.list", "{s:s, s:I}", "from", "2026-04-06", "person",
	    (json_int_t)scene.ben->person);
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(json_object_get(answer->body, "exceptions"), 0), "reason")),
	    reason);
	kit_desk_end(scene.desk);
}

TEST(ones_own_shifts_are_exported_by_anybody_and_everybodys_by_a_lead)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 240, NULL, NULL);
	shift_added(&scene, scene.ben, 1, 540, 240, NULL, NULL);

	const char *own = kit_text(kit_do(scene.desk, scene.ann, "shift.export", NULL), "calendar");

	assert_non_null(strstr(own, "SUMMARY:Ann"));
	assert_null(strstr(own, "SUMMARY:Ben"));
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.export", "{s:s}", "whose", "everybody")->status, 403);
	assert_non_null(
	    strstr(kit_text(kit_do(scene.desk, scene.lea, "shift.export", "{s:s}", "whose", "everybody"), "calendar"),
		"SUMMARY:Ben"));
	kit_desk_end(scene.desk);
}

/* Each exception gets a reason of so many bytes: the status of the export, and how long it is. */
static int
export_with(struct shift_scene *scene, int bytes, size_t *size)
{
	g_autofree char *reason = g_strnfill((gsize)bytes, 'x');
	g_autofree char *sql = g_strdup_printf("UPDATE shift_exception SET reason = '%s'", reason);
	g_autofree char *wrong = database_run(kit_path(scene->desk), sql);
	const struct kit_answer *answer;

	assert_null(wrong);
	answer = kit_do(scene->desk, scene->ann, "shift.export", NULL);
	*size = strlen(kit_text(answer, "calendar"));
	return answer->status;
}

TEST(a_calendar_is_exported_up_to_the_limit_and_no_further)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *fill =
	    g_strdup_printf("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
			    "INSERT INTO shift_exception (person_id, day, kind, from_minute, minutes) "
			    "SELECT %" G_GINT64_FORMAT ", '2026-04-01', 'extra', i, 15 FROM n",
		LIMIT_SHIFT_EXCEPTIONS, scene.ann->person);
	g_autofree char *wrong = database_run(kit_path(scene.desk), fill);
	int fits = 1, exceeds = LIMIT_REASON_BYTES;
	size_t size;

	assert_null(wrong);
	assert_int_equal(export_with(&scene, fits, &size), 200);
	assert_int_equal(export_with(&scene, exceeds, &size), 413);
	while (fits + 1 < exceeds) {
		int bytes = (fits + exceeds) / 2;

		if (export_with(&scene, bytes, &size) == 200)
			fits = bytes;
		else
			exceeds = bytes;
	}
	/* A byte more of each, and a fold, would be too much. */
	assert_int_equal(export_with(&scene, fits, &size), 200);
	assert_true(size <= LIMIT_CALENDAR_OUT_BYTES && size > LIMIT_CALENDAR_OUT_BYTES - 4 * LIMIT_SHIFT_EXCEPTIONS);
	assert_int_equal(export_with(&scene, fits + 1, &size), 413);
	kit_desk_end(scene.desk);
}
