/* Facts about the clocks of a calendar: zones and their names, moments, and the nights when the clocks change. */
#include <string.h>

#include "base/limits.h"
#include "desk/shift/icalendar_test.h"
#include "desk/shift/import_inside.h"
#include "tests/kit/desk_calendar.h"
#include "tests/kit/facts.h"

TEST(times_of_other_zones_become_the_desks_where_the_clocks_go_alike)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	/* Lisbon changes its clocks at the same moment. */
	assert_string_equal(
	    calendar_left_out(calendar_import(&scene, scene.ann,
		FILE_OF(EVENT("DTSTART;TZID=/some.program/Europe/Lisbon:20260330T090000\r\nDURATION:PT8H\r\n"
			      "RRULE:FREQ=WEEKLY;COUNT=1\r\n")))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60), "ann 2026-03-30 08:00-16:00");
	/* One event at one moment is never a question. */
	assert_string_equal(calendar_left_out(calendar_import(&scene, scene.ben,
				FILE_OF(EVENT("DTSTART:20260331T230000Z\r\nDTEND:20260401T010000Z\r\n")))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-04-01", 1), "ben 2026-03-31 23:00-01:00");
	kit_desk_end(scene.desk);
}

/* The nights of the missing and of the doubled hour, in Berlin. */
TEST(a_single_event_is_as_long_as_its_length_or_its_moments_say)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART;TZID=Europe/Berlin:20260328T220000\r\nDURATION:PT8H\r\n")
					EVENT("DTSTART;TZID=Europe/Berlin:20261024T220000\r\nDURATION:PT8H\r\n")
					    EVENT("DTSTART:20261031T220000Z\r\nDTEND:20261101T060000Z\r\n") EVENT(
						"DTSTART;TZID=Europe/Berlin:20260322T120000\r\nDURATION:P1D\r\n"))),
	    "");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-22", 8), "ann 2026-03-22 11:00-11:00, ann 2026-03-28 21:00-05:00");
	assert_string_equal(
	    shift_times_text(&scene, "2026-10-24", 9), "ann 2026-10-24 20:00-04:00, ann 2026-10-31 22:00-06:00");
	kit_desk_end(scene.desk);
}

TEST(an_end_without_a_zone_is_on_the_clock_of_the_beginning)
{
	struct shift_scene scene = shift_scene_begin("America/Denver");

	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART;TZID=America/New_York:20260330T090000\r\nDURATION:PT1H\r\n"
					      "RRULE:FREQ=WEEKLY;UNTIL=20260406T090000\r\n"))),
	    "");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 30), "ann 2026-03-30 13:00-14:00, ann 2026-04-06 13:00-14:00");
	kit_desk_end(scene.desk);
}

/* Google ends events so; the day itself is among them. */
TEST(an_end_that_is_a_day_is_the_last_day)
{
	struct shift_scene scene = shift_scene_begin("America/Denver");

	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART;TZID=America/Denver:20260330T200000\r\nDURATION:PT1H\r\n"
					      "RRULE:FREQ=WEEKLY;UNTIL=20260406\r\n"))),
	    "");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 30), "ann 2026-03-31 02:00-03:00, ann 2026-04-07 02:00-03:00");
	kit_desk_end(scene.desk);
}

/* In 2010 the clocks of Istanbul went with those of Athens, and no longer do. */
TEST(clocks_that_went_alike_long_ago_and_do_not_now_are_others)
{
	struct shift_scene scene = shift_scene_begin("Europe/Athens");

	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART;TZID=Europe/Istanbul:20100104T090000\r\nDURATION:PT1H\r\n"
					      "RRULE:FREQ=WEEKLY\r\n"))),
	    "3: other_clocks Europe/Istanbul");
	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART;TZID=Europe/Istanbul:20100104T090000\r\nDURATION:PT1H\r\n"
					      "RRULE:FREQ=WEEKLY;UNTIL=20101231\r\n"))),
	    "");
	kit_desk_end(scene.desk);
}

/* A path of some program's own before it, as long as that. */
TEST(a_zone_is_known_by_a_name_as_long_as_the_limit_and_no_longer)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	for (size_t more = 0; more <= 1; more++) {
		g_autofree char *path = g_strnfill(LIMIT_NAME_BYTES - strlen("/Europe/Lisbon") + more, 'a');
		g_autofree char *file = g_strdup_printf(
		    FILE_OF(EVENT("DTSTART;TZID=%s/Europe/Lisbon:20260330T090000\r\nDURATION:PT1H\r\n")), path);
		const char *left_out = calendar_imported(&scene, file);

		if (more == 0)
			assert_string_equal(left_out, "");
		else
			assert_true(g_str_has_prefix(left_out, "3: unknown_zone aaa"));
	}
	kit_desk_end(scene.desk);
}

/* `last` has, for each of the seven days from the start on, the last one so far of that weekday. */
static void
check_last_days(const struct icalendar_event *event, const int64_t last[DAYS_OF_WEEK])
{
	struct import import = { 0 };

	for (int i = 0; i < DAYS_OF_WEEK; i++)
		assert_int_equal(import_last_day(&import, event, event->start.day + i), last[i]);
}

static void
check_counts(unsigned weekdays, int64_t start)
{
	struct icalendar_event event = { .start.day = start, .rule.weekdays = weekdays };
	int64_t last[DAYS_OF_WEEK];

	for (int i = 0; i < DAYS_OF_WEEK; i++)
		last[i] = start + i - DAYS_OF_WEEK;
	for (int64_t day = start; event.rule.count < 1000; day++) {
		if ((weekdays & 1u << calendar_weekday(day)) == 0)
			continue;
		last[(day - start) % DAYS_OF_WEEK] = day;
		event.rule.count++;
		if (event.rule.count <= 16 || event.rule.count > 990)
			check_last_days(&event, last);
	}
}

TEST(the_last_of_so_many_days_is_the_one_at_which_counting_them_ends)
{
	const unsigned every_day = 0xFE;
	int64_t start;

	assert_true(calendar_day_read("2026-03-30", &start));
	for (int i = 0; i < DAYS_OF_WEEK; i++) {
		for (unsigned weekdays = 2; weekdays <= every_day; weekdays += 2)
			check_counts(weekdays, start + i);
	}
}

static const char *const names[] = {
#define ALIAS(theirs, ours) theirs,
#include "desk/shift/icalendar_names.def"
#undef ALIAS
};

TEST(another_programs_zone_is_listed_once_whichever_letters_are_capitals)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		for (size_t k = 0; k < i; k++) {
			if (g_ascii_strcasecmp(names[i], names[k]) == 0)
				fail_msg("%s", names[i]);
		}
	}
}

TEST(every_name_of_another_programs_zone_is_one_of_the_systems)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *file = g_strdup_printf(
		    FILE_OF("BEGIN:VEVENT\r\nDTSTART;TZID=%s:19700105T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"),
		    names[i]);
		const char *left_out = calendar_imported(&scene, file);

		if (strstr(left_out, "unknown_zone") != NULL)
			fail_msg("%s", names[i]);
	}
	kit_desk_end(scene.desk);
}
