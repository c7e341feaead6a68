/* Facts about shifts out of calendars: what an event becomes, and what it cannot be. */
#include <string.h>

#include "base/limits.h"
#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar_test.h"
#include "tests/kit/database.h"
#include "tests/kit/desk_calendar.h"
#include "tests/kit/facts.h"

TEST(a_repeated_event_is_a_weekly_shift_on_each_of_its_days)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = calendar_import(&scene, scene.ann,
	    FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260406T235959\r\nSUMMARY:Desk\r\n")));

	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "shifts"), 2);
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60),
	    "ann 2026-03-30 09:00-17:00, ann 2026-04-01 09:00-17:00, ann 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(an_end_in_another_age_is_none)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	for (const char *const *end = (const char *[]) { "22000101", "99991231T235959Z", NULL }; *end != NULL; end++) {
		g_autofree char *file = g_strdup_printf(FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;UNTIL=%s\r\n")), *end);

		assert_string_equal(calendar_left_out(calendar_import(&scene, scene.ann, file)), "");
	}
	assert_string_equal(shift_times_text(&scene, "2199-12-20", 7), "ann 2199-12-23 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_count_counts_all_its_days)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(calendar_left_out(calendar_import(
				&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3\r\n")))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60),
	    "ann 2026-03-30 09:00-17:00, ann 2026-04-01 09:00-17:00, ann 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_single_event_is_an_extra_shift_and_one_of_whole_days_is_days_off)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = calendar_import(&scene, scene.ann,
	    FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY\r\n") EVENT(
		"DTSTART;VALUE=DATE:20260405\r\nDTEND;VALUE=DATE:20260407\r\nDESCRIPTION:At the sea\\, with\\n\r\n"
		" the children\r\n") EVENT("DTSTART:20260406T100000\r\nDURATION:PT1H30M\r\n")));
	json_t *exceptions;

	assert_string_equal(calendar_left_out(answer), "");
	assert_int_equal(kit_int(answer, "exceptions"), 3);
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 8), "ann 2026-03-30 09:00-17:00, ann 2026-04-06 10:00-11:30");
	answer = kit_do(scene.desk, scene.ann, "shift.list", "{s:s}", "from", "2026-04-06");
	exceptions = json_object_get(answer->body, "exceptions");
	assert_string_equal(json_string_value(json_object_get(json_array_get(exceptions, 0), "reason")),
	    "At the sea, with the children");
	kit_desk_end(scene.desk);
}

TEST(a_day_that_is_left_out_is_a_day_off)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	assert_string_equal(
	    calendar_left_out(calendar_import(&scene, scene.ann,
		FILE_OF(EVENT("DTSTART;TZID=Europe/Berlin:20260330T090000\r\nDURATION:PT8H\r\n"
			      "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20260406T090000\r\n")))),
	    "");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 30), "ann 2026-03-30 07:00-15:00, ann 2026-04-13 07:00-15:00");
	kit_desk_end(scene.desk);
}

/* Each is left out, with this code and what else is said of it. */
TEST(what_no_shift_can_be_is_left_out_and_says_why)
{
	static const struct {
		const char *lines, *why;
	} rows[] = {
		{ MONDAY "RRULE:FREQ=MONTHLY\r\n", "not_weekly RRULE" },
		{ MONDAY "RRULE:FREQ=DAILY;INTERVAL=2\r\n", "not_weekly RRULE" },
		{ MONDAY "RRULE:INTERVAL=2;FREQ=DAILY\r\n", "not_weekly RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;INTERVAL=2\r\n", "not_every_week RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;BYDAY=1MO\r\n", "not_by_weekdays RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;BYSETPOS=1\r\n", "other_repeating RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;UNTIL=20260323T235959\r\n", "ends_first" },
		{ MONDAY "RRULE:FREQ=WEEKLY;UNTIL=9999\r\n", "bad_date RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;UNTIL=21991230\r\n", "bad_date RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;COUNT=0\r\n", "too_often RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;COUNT=1001\r\n", "too_often RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n", "other_weekday" },
		{ MONDAY "RRULE:BYDAY=MO\r\n", "unread_repeating RRULE" },
		{ MONDAY "RRULE:FREQ=WEEKLY\r\nRRULE:FREQ=WEEKLY\r\n", "said_twice RRULE" },
		{ MONDAY "RDATE:20260401T090000\r\n", "other_repeating RDATE" },
		{ MONDAY "RRULE:FREQ=WEEKLY;INTERVAL=0\r\n", "unread_repeating RRULE" },
		{ MONDAY "RECURRENCE-ID:2026\r\n", "bad_date RECURRENCE-ID" },
		{ MONDAY "RECURRENCE-ID;RANGE=THISANDFUTURE:20260330T090000\r\n", "changed_since" },
		{ MONDAY "STATUS:CANCELLED\r\n", "cancelled" },
		{ MONDAY "DURATION:PT8H\r\n", "two_lengths" },
		{ MONDAY "DTSTART:20260330T090000\r\n", "said_twice DTSTART" },
		{ MONDAY "RRULE FREQ=WEEKLY\r\n", "unread_line RRULE" },
		{ MONDAY "EXDATE;TZID=\"UTC:20260406T090000\r\n", "unread_line EXDATE" },
		{ "SUMMARY:Nothing\r\n", "no_start" },
		{ "DTSTART:20260330T090000\r\n", "no_end" },
		{ "DTSTART:20260330T090030\r\nDURATION:PT1H\r\n", "not_by_minutes DTSTART" },
		{ "DTSTART:20260330T090000\r\nDURATION:PT14M\r\n", "too_short" },
		{ "DTSTART:20260330T090000\r\nDURATION:PT24H1M\r\n", "too_long" },
		{ "DTSTART:20260330T090000\r\nDTEND:20260402T085900\r\n", "too_long" },
		{ "DTSTART:20260330T090000\r\nDTEND:20260330T085900\r\n", "ends_first" },
		{ "DTSTART:20260330T090000\r\nDTEND:20260329T170000\r\n", "ends_first" },
		{ "DTSTART:20260330T090000\r\nDURATION:P1Y\r\n", "bad_length DURATION" },
		{ "DTSTART:20260230T090000\r\nDURATION:PT1H\r\n", "bad_date DTSTART" },
		{ "DTSTART:22000101T090000\r\nDURATION:PT1H\r\n", "bad_date DTSTART" },
		{ "DTSTART:20260330T250000\r\nDURATION:PT1H\r\n", "bad_time DTSTART" },
		{ "DTSTART;TZID=Atlantis/Harbour:20260330T090000\r\nDURATION:PT1H\r\n",
		    "unknown_zone Atlantis/Harbour" },
		{ "DTSTART;TZID=../../etc/passwd:20260330T090000\r\nDURATION:PT1H\r\n",
		    "unknown_zone ../../etc/passwd" },
		{ "DTSTART:20260330T090000\r\nDTEND;TZID=Nowhere:20260330T100000\r\n", "unknown_zone Nowhere" },
		{ "DTSTART;TZID=America/Denver:20260330T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE\r\n",
		    "other_clocks America/Denver" },
		{ "DTSTART:20260330T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\n", "other_clocks UTC" },
		{ "DTSTART:20260330T090000\r\nDURATION:P3D\r\n", "too_long" },
		{ MONDAY "RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Atlantis:20260406T090000\r\n", "unknown_zone Atlantis" },
		{ "DTSTART:20261025T003000Z\r\nDURATION:PT1H\r\n", "doubled_hour" },
		{ "DTSTART:20261024T233000Z\r\nDTEND:20261025T013000Z\r\n", "doubled_hour" },
		{ "DTSTART:20260330\r\nRRULE:FREQ=WEEKLY\r\n", "repeated_day_off" },
		{ "DTSTART:20260330\r\nTRANSP:TRANSPARENT\r\n", "free_day" },
		{ "DTSTART:20260330\r\nDTEND:20260330\r\n", "ends_first" },
		{ "DTSTART:20260330\r\nDTEND:20260331T090000\r\n", "two_kinds" },
		{ "DTSTART:20260330\r\nDTEND:20300331\r\n", "long_leave" },
	};
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *file = g_strdup_printf(FILE_OF("BEGIN:VEVENT\r\n%sEND:VEVENT\r\n"), rows[i].lines);
		g_autofree char *wanted = g_strdup_printf("3: %s", rows[i].why);

		assert_string_equal(calendar_left_out(calendar_import(&scene, scene.ann, file)), wanted);
	}
	assert_string_equal(
	    calendar_left_out(calendar_import(&scene, scene.ann, FILE_OF("BEGIN:VTODO\r\nEND:VTODO\r\n"))),
	    "3: not_event");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60), "");
	kit_desk_end(scene.desk);
}

/* A Monday from 9 to 11 in UTC, and what is there besides. */
TEST(what_others_write_a_little_otherwise_is_read)
{
	static const char *const files[] = {
		"\xef\xbb\xbf" FILE_OF(EVENT("DTSTART:20260330T090000Z\r\nDTEND:20260330T110000Z\r\n")),
		"begin:vcalendar\nbegin:vevent\ndtstart:20260330t090000z\nduration:pt2h\nend:vevent\nend:vcalendar",
		FILE_OF(EVENT("DTSTART;TZID=\"Europe/Berlin\":20260330T110000 \r\nDURATION:PT7200S\r\n")),
		FILE_OF(EVENT("DTSTART;TZID=tzone://Microsoft/Utc:20260330T090000\r\nDURATION:PT2H\r\n")),
		FILE_OF(EVENT(
		    "DTSTART;TZID=\"(GMT+10:00) Canberra, Melbourne, Sydney\":20260330T200000\r\nDURATION:PT2H\r\n")),
		FILE_OF(EVENT("DTSTART;TZID=Romance Standard Time;X-Y=\"a:b;c\":20260330T110000\r\nDTEND;TZID=\r\n"
			      " Eastern Standard Time:20260330T070000\r\n")),
		FILE_OF("X-WR-TIMEZONE:America/New_York\r\n" EVENT("DTSTART:20260330T050000\r\nDURATION:PT2H\r\n")),
		FILE_OF(EVENT("DTSTART:20260330T050000\r\nDURATION:PT2H\r\n") "X-WR-TIMEZONE:Eastern Standard Time\r\n")
		    HEAD "X-WR-TIMEZONE:Europe/Berlin\r\n" TAIL,
		FILE_OF(EVENT("DTSTART:20260330T090000Z\r\nDURATION:PT2H\r\nRRULE:FREQ=weekly;COUNT=1;\r\n")),
		FILE_OF(EVENT(
		    "DTSTART:20260330T090000Z\r\nDURATION:PT2H\r\nRRULE: WKST=SU;COUNT=01;INTERVAL=01;FREQ=DAILY\r\n")),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		struct shift_scene scene = shift_scene_begin("UTC");

		assert_string_equal(calendar_imported(&scene, files[i]), "");
		assert_string_equal(shift_times_text(&scene, "2026-03-30", 7), "ann 2026-03-30 09:00-11:00");
		kit_desk_end(scene.desk);
	}
}

TEST(midnights_that_are_called_whole_days_are_days_off)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_string_equal(
	    calendar_imported(&scene,
		FILE_OF(
		    EVENT("DTSTART;TZID=Europe/Berlin:20260406T000000\r\nDTEND;TZID=Europe/Berlin:20260407T000000\r\n"
			  "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n")
			EVENT("DTSTART:20260407T100000\r\nDURATION:PT1H\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n"))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-04-06", 7), "ann 2026-04-07 08:00-09:00");
	kit_desk_end(scene.desk);
}

TEST(what_is_just_within_the_limits_becomes_shifts)
{
	static const char *const lines[] = {
		"DTSTART:20260330T090000\r\nDURATION:PT15M\r\n",
		"DTSTART:20260330T000000\r\nDURATION:PT24H\r\n",
		"DTSTART:20260330T000000\r\nDTEND:20260331T000000\r\n",
		"DTSTART:19700103T000000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=21991229T235959\r\n",
		"DTSTART:21991229T230000\r\nDURATION:PT1H\r\n",
		"DTSTART:20260330T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=1000\r\n",
		"DTSTART:20260330T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=1000\r\n",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		struct shift_scene scene = shift_scene_begin("America/Denver");
		g_autofree char *file = g_strdup_printf(FILE_OF("BEGIN:VEVENT\r\n%sEND:VEVENT\r\n"), lines[i]);
		const struct kit_answer *answer = calendar_import(&scene, scene.ann, file);

		assert_string_equal(calendar_left_out(answer), "");
		assert_true(kit_int(answer, "shifts") + kit_int(answer, "exceptions") > 0);
		kit_desk_end(scene.desk);
	}
}

TEST(a_calendar_is_as_large_as_the_limit_says_and_no_larger)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const char *file = FILE_OF(EVENT(MONDAY));
	g_autoptr(GString) padded = g_string_new(file);

	while (padded->len < LIMIT_CALENDAR_BYTES)
		g_string_append_c(padded, '\n');
	assert_string_equal(calendar_imported(&scene, padded->str), "");
	g_string_append_c(padded, '\n');

	const struct kit_answer *answer = calendar_import(&scene, scene.ann, padded->str);

	assert_int_equal(answer->status, 422);
	assert_string_equal(kit_text(answer, "field"), "calendar");
	kit_desk_end(scene.desk);
}

TEST(what_meets_another_shift_is_left_out_and_the_rest_comes_in)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	answer = calendar_import(&scene, scene.ann,
	    FILE_OF(EVENT("DTSTART:20260330T160000\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\n")
		    EVENT("DTSTART:20260330T100000\r\nDURATION:PT1H\r\n")));
	assert_string_equal(calendar_left_out(answer), "3: meets weekday 1 540+480, 8: meets 2026-03-30 540+480");
	assert_string_equal(
	    json_string_value(json_object_get(json_array_get(json_object_get(answer->body, "skipped"), 0), "why")),
	    "meets the shift on Mondays from 09:00 to 17:00");
	assert_int_equal(kit_int(answer, "shifts"), 1);
	kit_desk_end(scene.desk);
}

TEST(what_is_left_out_is_listed_in_the_order_of_the_file)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	assert_string_equal(calendar_imported(&scene,
				FILE_OF(EVENT("DTSTART:20260330T100000\r\nDURATION:PT1H\r\n") EVENT(
				    MONDAY "RRULE:FREQ=YEARLY\r\n") EVENT("DTSTART:20260401\r\nRRULE:FREQ=WEEKLY\r\n")
					EVENT("DTSTART:20260331T090000\r\nDURATION:PT5M\r\nRRULE:FREQ=WEEKLY\r\n"))),
	    "3: meets 2026-03-30 540+480, 7: not_weekly RRULE, 12: repeated_day_off, 16: too_short");
	kit_desk_end(scene.desk);
}

TEST(a_trial_says_the_same_and_keeps_nothing)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const char *file = FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY\r\n") EVENT("DTSTART:20260406\r\n"));
	const struct kit_answer *answer = kit_do(scene.desk, scene.lea, "shift.import", "{s:s, s:I, s:s, s:b}", "id",
	    "import-trial", "person", (json_int_t)scene.ann->person, "calendar", file, "is_trial", 1);

	assert_int_equal(kit_int(answer, "shifts"), 1);
	assert_int_equal(kit_int(answer, "exceptions"), 1);
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 30), "");
	kit_desk_end(scene.desk);
}

TEST(lines_that_are_none_are_passed_over_where_no_shift_is_in_them)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(
	    calendar_left_out(calendar_import(&scene, scene.ann,
		"Some words\n" FILE_OF(EVENT(MONDAY
		    "DESCRIPTION:Bring\r\nthe keys\r\n:and\r\n\r\n  a pen\r\nStatus unknown\r\nDescription of it: a\r\n"
		    "ATTENDEE;CN=\"Ann:mailto:ann@example.org\r\n")) "DTSTART\r\n")),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-03-30", 7), "ann 2026-03-30 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_calendar_has_as_many_events_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autoptr(GString) file = g_string_new(HEAD);
	const struct kit_answer *answer;

	for (int i = 0; i < LIMIT_CALENDAR_EVENTS; i++)
		g_string_append(file, "BEGIN:VTODO\nEND:VTODO\n");
	g_string_append(file, TAIL);
	answer = calendar_import(&scene, scene.ann, file->str);
	assert_int_equal(kit_int(answer, "left_out"), LIMIT_CALENDAR_EVENTS);
	assert_int_equal(json_array_size(json_object_get(answer->body, "skipped")), LIMIT_CALENDAR_SKIPPED);
	g_string_truncate(file, file->len - strlen(TAIL));
	g_string_append(file, "BEGIN:VTODO\nEND:VTODO\n" TAIL);
	answer = calendar_import(&scene, scene.ann, file->str);
	assert_int_equal(answer->status, 422);
	assert_string_equal(kit_text(answer, "field"), "calendar");
	assert_string_equal(kit_text(answer, "code"), "many_events");
	assert_int_equal(kit_int(answer, "line"), LIMIT_CALENDAR_EVENTS * 2 + 3);
	kit_desk_end(scene.desk);
}

TEST(days_off_beyond_the_limit_of_exceptions_are_refused_and_nothing_comes_in)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	int64_t first, until;
	char text[CALENDAR_DAY_CHARS + 1];

	assert_true(calendar_day_read("2026-04-01", &first));
	for (int more = 1; more >= 0; more--) {
		g_autofree char *file = NULL;
		const struct kit_answer *answer;

		until = first + LIMIT_SHIFT_EXCEPTIONS - 1;
		calendar_day_text(until, text);
		file = g_strdup_printf(
		    FILE_OF("%s" EVENT("DTSTART:20260401\r\nDTEND:%.4s%.2s%.2s\r\n") EVENT("DTSTART:20260331\r\n")),
		    more == 1 ? EVENT("DTSTART:20260330\r\n") : "", text, text + 5, text + 8);
		answer = calendar_import(&scene, scene.ann, file);
		assert_int_equal(answer->status, more == 1 ? 409 : 200);
		if (more == 1)
			assert_string_equal(kit_text(answer, "code"), "many_days");
		if (more == 1)
			assert_string_equal(shift_times_text(&scene, "2026-03-30", 1), "");
		else
			assert_int_equal(kit_int(answer, "exceptions"), LIMIT_SHIFT_EXCEPTIONS);
	}
	kit_desk_end(scene.desk);
}

TEST(a_person_gets_as_many_imported_shifts_as_the_limit_says_and_no_more)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	g_autofree char *fill =
	    g_strdup_printf("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
			    "INSERT INTO shift (person_id, weekday, from_minute, minutes, first_day, last_day) "
			    "SELECT %" G_GINT64_FORMAT ", 1, 540, 480, '2000-01-03', '2000-01-03' FROM n",
		LIMIT_SHIFTS_PER_PERSON - 1, scene.ann->person);
	g_autofree char *wrong = database_run(kit_path(scene.desk), fill);
	const struct kit_answer *answer;

	assert_null(wrong);
	answer = calendar_import(&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\n")));
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "code"), "many_shifts");
	answer = calendar_import(&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY\r\n")));
	assert_int_equal(kit_int(answer, "shifts"), 1);
	kit_desk_end(scene.desk);
}
