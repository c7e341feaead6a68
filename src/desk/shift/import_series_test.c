/* Facts about events that say something about each other: versions, changed days, days that are left out. */
#include "desk/shift/icalendar_test.h"
#include "tests/kit/desk_calendar.h"
#include "tests/kit/facts.h"

#define WEEKLY(uid_, lines_) EVENT("UID:" uid_ "\r\n" MONDAY "RRULE:FREQ=WEEKLY;COUNT=3\r\n" lines_)
#define MONDAYS              "ann 2026-03-30 09:00-17:00, ann 2026-04-06 09:00-17:00, ann 2026-04-13 09:00-17:00"

/* What is imported of it, in UTC, comes to these times, and what is left out is that. */
static void
check(const char *file, const char *left_out, const char *times)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(calendar_imported(&scene, file), left_out);
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 30), times);
	kit_desk_end(scene.desk);
}

TEST(one_of_two_shifts_of_a_day_is_left_out_and_the_other_is_an_extra_one)
{
	check(FILE_OF(EVENT(
		  "DTSTART:20260330T090000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEXDATE:20260406T090000\r\n")
		      EVENT("DTSTART:20260330T140000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n")),
	    "", "ann 2026-03-30 09:00-12:00, ann 2026-03-30 14:00-17:00, ann 2026-04-06 14:00-17:00");
}

TEST(a_shift_that_is_there_already_goes_on_on_a_day_that_another_one_leaves_out)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 1080, 120, "2026-03-30", "2026-04-06");
	assert_string_equal(calendar_imported(&scene, FILE_OF(WEEKLY("a", "EXDATE:20260406T090000\r\n"))), "");
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 30),
	    "ann 2026-03-30 09:00-17:00, ann 2026-03-30 18:00-20:00, ann 2026-04-06 18:00-20:00, ann 2026-04-13 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(what_goes_on_on_such_a_day_and_meets_an_extra_shift_is_left_out)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_true(shift_extra(&scene, scene.ann, "2026-04-06", 960, 60)->is_ok);
	assert_string_equal(
	    calendar_imported(&scene,
		FILE_OF(
		    EVENT("DTSTART:20260330T090000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20260406T090000\r\n")
			EVENT("DTSTART:20260330T140000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY\r\n"))),
	    "9: meets 2026-04-06 960+60");
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 1), "ann 2026-04-06 16:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(days_that_are_left_out_though_the_event_is_not_on_them_change_nothing)
{
	check(FILE_OF(WEEKLY("a",
		  "EXDATE:20260407T090000,20260406T100000,20260406T090030\r\nEXDATE:\r\nEXDATE:20260420T090000,\r\n"
		  "EXDATE:20260323T090000\r\n")),
	    "", MONDAYS);
}

TEST(a_day_is_left_out_in_whichever_way_it_is_said)
{
	static const char *const ways[] = { "EXDATE:20260406T090000Z", "EXDATE:20260406", "EXDATE;VALUE=DATE:20260406",
		"EXDATE;TZID=Europe/Berlin:20260406T110000", "EXDATE;TZID=tzone://Microsoft/Utc:20260406T090000",
		"exdate:20260406t090000" };

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		g_autofree char *file = g_strdup_printf(
		    FILE_OF("BEGIN:VEVENT\r\n" MONDAY "RRULE:FREQ=WEEKLY;COUNT=3\r\n%s\r\nEND:VEVENT\r\n"), ways[i]);

		check(file, "", "ann 2026-03-30 09:00-17:00, ann 2026-04-13 09:00-17:00");
	}
}

TEST(a_changed_day_is_where_it_was_moved_to_and_a_cancelled_one_nowhere)
{
	const char *file = FILE_OF(WEEKLY("a", "")
		EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260407T100000\r\nDURATION:PT2H\r\n")
		    EVENT("UID:a\r\nRECURRENCE-ID:20260413\r\nSTATUS:CANCELLED\r\n"));
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = calendar_import(&scene, scene.ann, file);

	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "shifts"), 1);
	assert_int_equal(kit_int(answer, "exceptions"), 3);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 30), "ann 2026-03-30 09:00-17:00, ann 2026-04-07 10:00-12:00");
	answer = calendar_import(&scene, scene.ann, file);
	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "shifts") + kit_int(answer, "exceptions"), 0);
	kit_desk_end(scene.desk);
}

TEST(a_changed_day_with_the_same_times_changes_nothing)
{
	check(FILE_OF(EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260406T090000\r\nDURATION:PT8H\r\n")
		      WEEKLY("a", "")),
	    "", MONDAYS);
}

/* Some programs leave out each day that they change. */
TEST(a_changed_day_with_the_same_times_is_there_though_its_day_is_left_out)
{
	check(FILE_OF(WEEKLY("a", "EXDATE:20260406T090000\r\n")
		      EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260406T090000\r\nDURATION:PT8H\r\n")),
	    "", MONDAYS);
}

TEST(a_changed_day_that_can_be_no_shift_is_not_where_it_was_either)
{
	check(FILE_OF(WEEKLY("a", "")
		      EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260406T090000\r\nDURATION:PT5M\r\n")),
	    "9: too_short", "ann 2026-03-30 09:00-17:00, ann 2026-04-13 09:00-17:00");
}

TEST(a_changed_day_of_nothing_in_the_file_is_an_event_like_others)
{
	check(FILE_OF(EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260407T100000\r\nDURATION:PT2H\r\n")
		      EVENT("UID:a\r\nRECURRENCE-ID:20260413T090000\r\nSTATUS:CANCELLED\r\n")),
	    "9: cancelled", "ann 2026-04-07 10:00-12:00");
}

TEST(a_changed_day_of_whole_days_is_a_day_off)
{
	check(FILE_OF(WEEKLY("a", "") EVENT("UID:a\r\nRECURRENCE-ID:20260406T090000\r\nDTSTART:20260406\r\n")), "",
	    "ann 2026-03-30 09:00-17:00, ann 2026-04-13 09:00-17:00");
}

TEST(an_event_that_was_changed_from_a_day_on_is_left_out_with_what_changed_it)
{
	check(FILE_OF(WEEKLY("a", "")
		      EVENT("UID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260406T090000\r\nDTSTART:20260406T100000\r\n"
			    "DURATION:PT2H\r\n")),
	    "3: changed_since, 9: changed_since", "");
}

TEST(an_event_with_a_day_in_an_unknown_zone_is_left_out_with_it)
{
	check(FILE_OF(WEEKLY("a", "") EVENT("UID:a\r\nRECURRENCE-ID;TZID=Atlantis:20260406T090000\r\n" MONDAY)),
	    "3: unknown_zone, 9: unknown_zone Atlantis", "");
}

TEST(of_several_versions_the_last_one_counts)
{
	check(FILE_OF(EVENT("UID:a\r\nSEQUENCE:2\r\n" MONDAY) EVENT("UID:a\r\nSEQUENCE:1\r\nDTSTART:20260331T090000\r\n"
								    "DURATION:PT1H\r\n")
		      EVENT("UID:b\r\nDTSTART:20260401T090000\r\nDURATION:PT1H\r\n")
			  EVENT("UID:b\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n")),
	    "9: outdated, 15: outdated, 20: cancelled", "ann 2026-03-30 09:00-17:00");
}

/* Some programs give all events one id. */
TEST(events_with_the_same_id_and_no_version_are_all_there)
{
	check(FILE_OF(EVENT("UID:a\r\n" MONDAY) EVENT("UID:a\r\nDTSTART:20260331T090000\r\nDURATION:PT1H\r\n")), "",
	    "ann 2026-03-30 09:00-17:00, ann 2026-03-31 09:00-10:00");
}

TEST(a_calendar_that_takes_back_makes_no_shifts)
{
	check(
	    HEAD EVENT("UID:a\r\n" MONDAY) "METHOD:CANCEL\r\n" TAIL FILE_OF(EVENT("UID:b\r\nDTSTART:20260331T090000\r\n"
										  "DURATION:PT1H\r\n")),
	    "3: cancelled", "ann 2026-03-31 09:00-10:00");
}
