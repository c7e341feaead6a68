/*
 * Facts about shifts in iCalendar. What is written is also read by libical, which knows nothing of us: it must find the same
 * shifts at the same moments.
 */
#include "desk/shift/icalendar.h"

#include <libical/ical.h>
#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar_zone.h"
#include "tests/kit/database.h"
#include "tests/kit/desk_shift.h"
#include "tests/kit/facts.h"

#define HEAD             "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL             "END:VCALENDAR\r\n"
#define EVENT(lines_)    "BEGIN:VEVENT\r\n" lines_ "END:VEVENT\r\n"
#define FILE_OF(events_) HEAD events_ TAIL

/* A Monday from 9 to 5. */
#define MONDAY "DTSTART:20260330T090000\r\nDTEND:20260330T170000\r\n"

static const struct kit_answer *
import(struct shift_scene *scene, const struct kit_actor *whose, const char *calendar)
{
	g_autofree char *id = g_strdup_printf("import-%05u", ++scene->ids);

	return kit_do(scene->desk, scene->lea, "shift.import", "{s:s, s:I, s:s}", "id", id, "person",
	    (json_int_t)whose->person, "calendar", calendar);
}

/* " weekday 1 540+480", or with a day. */
static void
append_meeting(GString *text, const json_t *meets)
{
	const char *day = json_string_value(json_object_get(meets, "day"));

	if (meets == NULL)
		return;
	if (day != NULL)
		g_string_append_printf(text, " %s", day);
	else
		g_string_append_printf(
		    text, " weekday %" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(meets, "weekday")));
	g_string_append_printf(text, " %" JSON_INTEGER_FORMAT "+%" JSON_INTEGER_FORMAT,
	    json_integer_value(json_object_get(meets, "from_minute")),
	    json_integer_value(json_object_get(meets, "minutes")));
}

/* What is left out, and all that is said of why: "3: code, 7: code DTSTART". */
static const char *
skipped(const struct kit_answer *answer)
{
	g_autoptr(GString) text = g_string_new(NULL);
	json_t *row;
	size_t i;

	if (!answer->is_ok)
		fail_msg("%s", kit_text(answer, "detail"));
	json_array_foreach(json_object_get(answer->body, "skipped"), i, row)
	{
		static const char *const more[] = { "property", "zone", "day" };

		assert_non_null(json_string_value(json_object_get(row, "why")));
		g_string_append_printf(text, "%s%" JSON_INTEGER_FORMAT ": %s", i > 0 ? ", " : "",
		    json_integer_value(json_object_get(row, "line")), json_string_value(json_object_get(row, "code")));
		for (size_t k = 0; k < G_N_ELEMENTS(more); k++) {
			if (json_object_get(row, more[k]) != NULL)
				g_string_append_printf(text, " %s", json_string_value(json_object_get(row, more[k])));
		}
		append_meeting(text, json_object_get(row, "meets"));
	}
	return g_intern_string(text->str);
}

static const char *
exported(struct shift_scene *scene, const struct kit_actor *whose)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, whose, "shift.export", "{s:I}", "person", (json_int_t)whose->person);

	assert_true(answer->is_ok);
	return g_intern_string(kit_text(answer, "calendar"));
}

TEST(a_repeated_event_is_a_weekly_shift_on_each_of_its_days)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = import(&scene, scene.ann,
	    FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260406T235959\r\nSUMMARY:Desk\r\n")));

	assert_string_equal(skipped(answer), "");
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

		assert_string_equal(skipped(import(&scene, scene.ann, file)), "");
	}
	assert_string_equal(shift_times_text(&scene, "2199-12-20", 7), "ann 2199-12-23 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_count_counts_all_its_days)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(
	    skipped(import(&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3\r\n")))), "");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60),
	    "ann 2026-03-30 09:00-17:00, ann 2026-04-01 09:00-17:00, ann 2026-04-06 09:00-17:00");
	kit_desk_end(scene.desk);
}

TEST(a_single_event_is_an_extra_shift_and_one_of_whole_days_is_days_off)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = import(&scene, scene.ann,
	    FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY\r\n") EVENT(
		"DTSTART;VALUE=DATE:20260405\r\nDTEND;VALUE=DATE:20260407\r\nDESCRIPTION:At the sea\\, with\\n\r\n"
		" the children\r\n") EVENT("DTSTART:20260406T100000\r\nDURATION:PT1H30M\r\n")));
	json_t *exceptions;

	assert_string_equal(skipped(answer), "");
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
	    skipped(import(&scene, scene.ann,
		FILE_OF(EVENT("DTSTART;TZID=Europe/Berlin:20260330T090000\r\nDURATION:PT8H\r\n"
			      "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE;TZID=Europe/Berlin:20260406T090000\r\n")))),
	    "");
	assert_string_equal(
	    shift_times_text(&scene, "2026-03-30", 30), "ann 2026-03-30 07:00-15:00, ann 2026-04-13 07:00-15:00");
	kit_desk_end(scene.desk);
}

TEST(one_of_two_shifts_of_a_day_cannot_be_left_out)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer = import(&scene, scene.ann,
	    FILE_OF(EVENT("DTSTART:20260330T090000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY\r\nEXDATE:20260406T090000\r\n")
		    EVENT("DTSTART:20260330T140000\r\nDURATION:PT3H\r\nRRULE:FREQ=WEEKLY\r\n")));

	assert_string_equal(skipped(answer), "3: one_of_two 2026-04-06");
	assert_int_equal(kit_int(answer, "shifts"), 2);
	assert_int_equal(kit_int(answer, "exceptions"), 0);
	kit_desk_end(scene.desk);
}

TEST(times_of_other_zones_become_the_desks_where_the_clocks_go_alike)
{
	struct shift_scene scene = shift_scene_begin("Europe/Berlin");

	/* Lisbon changes its clocks at the same moment. */
	assert_string_equal(
	    skipped(import(&scene, scene.ann,
		FILE_OF(EVENT("DTSTART;TZID=/some.program/Europe/Lisbon:20260330T090000\r\nDURATION:PT8H\r\n"
			      "RRULE:FREQ=WEEKLY;COUNT=1\r\n")))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60), "ann 2026-03-30 08:00-16:00");
	/* One event at one moment is never a question. */
	assert_string_equal(skipped(import(&scene, scene.ben,
				FILE_OF(EVENT("DTSTART:20260331T230000Z\r\nDTEND:20260401T010000Z\r\n")))),
	    "");
	assert_string_equal(shift_times_text(&scene, "2026-04-01", 1), "ben 2026-03-31 23:00-01:00");
	kit_desk_end(scene.desk);
}

/* Each is left out, with this code and what else is said of it. */
TEST(what_no_shift_can_be_is_left_out_and_says_why)
{
	static const struct {
		const char *lines, *why;
	} rows[] = {
		{ MONDAY "RRULE:FREQ=DAILY\r\n", "not_weekly RRULE" },
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
		{ MONDAY "RECURRENCE-ID:20260330T090000\r\n", "changed_day RECURRENCE-ID" },
		{ MONDAY "STATUS:CANCELLED\r\n", "cancelled STATUS" },
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

		assert_string_equal(skipped(import(&scene, scene.ann, file)), wanted);
	}
	assert_string_equal(
	    skipped(import(&scene, scene.ann, FILE_OF("BEGIN:VTODO\r\nEND:VTODO\r\n"))), "3: not_event");
	assert_string_equal(shift_times_text(&scene, "2026-03-01", 60), "");
	kit_desk_end(scene.desk);
}

TEST(what_meets_another_shift_is_left_out_and_the_rest_comes_in)
{
	struct shift_scene scene = shift_scene_begin("UTC");
	const struct kit_answer *answer;

	shift_added(&scene, scene.ann, 1, 540, 480, "2026-03-30", NULL);
	answer = import(&scene, scene.ann,
	    FILE_OF(EVENT("DTSTART:20260330T160000\r\nDURATION:PT8H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\n")
		    EVENT("DTSTART:20260330T100000\r\nDURATION:PT1H\r\n")));
	assert_string_equal(skipped(answer), "3: meets weekday 1 540+480, 8: meets 2026-03-30 540+480");
	assert_string_equal(
	    json_string_value(json_object_get(json_array_get(json_object_get(answer->body, "skipped"), 0), "why")),
	    "meets the shift on Mondays from 09:00 to 17:00");
	assert_int_equal(kit_int(answer, "shifts"), 1);
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
	file = exported(&scene, scene.ann);
	answer = import(&scene, scene.ann, file);
	assert_string_equal(skipped(answer), "");
	assert_int_equal(kit_int(answer, "shifts") + kit_int(answer, "exceptions"), 0);
	assert_int_equal(kit_int(answer, "known"), 8);
	answer = import(&scene, scene.ben, file);
	assert_string_equal(skipped(answer), "");
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

/* ---- As libical reads it ---- */

static gint
compare_moments(gconstpointer one, gconstpointer other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return a < b ? -1 : a > b;
}

static void
note_span(icalcomponent *event, struct icaltime_span *span, void *data)
{
	int64_t at = (int64_t)span->start * 1000;

	(void)event;
	g_array_append_val((GArray *)data, at);
}

/* When shifts begin in 2026, by the calendar alone. */
static GArray *
starts_by_libical(const char *file)
{
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(int64_t));
	icalcomponent *calendar = icalparser_parse_string(file);
	struct icaltimetype from = icaltime_from_string("20260101T000000Z"),
			    until = icaltime_from_string("20270101T000000Z");

	assert_non_null(calendar);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != NULL;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		if (!icaltime_is_date(icalcomponent_get_dtstart(event)))
			icalcomponent_foreach_recurrence(event, from, until, note_span, starts);
	}
	icalcomponent_free(calendar);
	g_array_sort(starts, compare_moments);
	return starts;
}

/* And by the desk. */
static GArray *
starts_by_desk(struct shift_scene *scene)
{
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t from;

	assert_true(calendar_day_read("2026-01-01", &from));
	for (int64_t day = from, next; day < from + 365; day = next) {
		int days = (int)MIN(LIMIT_SHIFT_DAYS, from + 365 - day);
		char text[CALENDAR_DAY_CHARS + 1];
		const struct kit_answer *answer;
		json_t *row;
		size_t i;

		next = day + days;
		calendar_day_text(day, text);
		answer = kit_do(scene->desk, scene->ann, "shift.list", "{s:s, s:i}", "from", text, "days", days);
		json_array_foreach(json_object_get(answer->body, "times"), i, row)
		{
			int64_t at = shift_utc(json_string_value(json_object_get(row, "starts_at")));

			/* What began the day before was in the list before. */
			if (strcmp(json_string_value(json_object_get(row, "day")), text) >= 0)
				g_array_append_val(starts, at);
		}
	}
	g_array_sort(starts, compare_moments);
	return starts;
}

static void
check_by_libical(const char *time_zone, const char *since)
{
	struct shift_scene scene = shift_scene_begin(time_zone);
	g_autoptr(GArray) theirs = NULL, ours = NULL;

	for (int weekday = 1; weekday <= 7; weekday++)
		shift_added(&scene, scene.ann, weekday, weekday * 180, 120, since, weekday == 3 ? "2026-09-20" : NULL);
	shift_added(&scene, scene.ann, 6, 1320, 480, "2026-02-01", NULL);
	assert_true(shift_off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_true(shift_off(&scene, scene.ann, "2026-11-07")->is_ok);
	assert_true(shift_extra(&scene, scene.ann, "2026-07-06", 900, 60)->is_ok);
	assert_true(shift_holiday(&scene, "2026-12-25"));
	theirs = starts_by_libical(exported(&scene, scene.ann));
	ours = starts_by_desk(&scene);
	assert_int_equal(theirs->len, ours->len);
	for (guint i = 0; i < ours->len; i++)
		assert_int_equal(g_array_index(theirs, int64_t, i), g_array_index(ours, int64_t, i));
	kit_desk_end(scene.desk);
}

TEST(another_program_finds_the_same_shifts_at_the_same_moments)
{
	check_by_libical("Europe/Berlin", "2026-01-01");
	check_by_libical("America/Denver", "2026-01-01");
	check_by_libical("UTC", "2026-01-01");
	check_by_libical("Asia/Kolkata", "2026-01-01");
	check_by_libical("Australia/Sydney", "2026-01-01");
	/* Where the clocks changed on other days when the shifts began. */
	check_by_libical("America/New_York", "2000-01-03");
}

TEST(a_zone_without_a_yearly_rule_says_every_change_by_itself)
{
	g_autoptr(GTimeZone) casablanca = calendar_zone("Africa/Casablanca"), berlin = calendar_zone("Europe/Berlin");
	g_autoptr(GString) out = g_string_new(NULL);

	icalendar_zone_write(out, casablanca, "Africa/Casablanca", 2026, 2038);
	assert_null(strstr(out->str, "RRULE"));
	g_string_truncate(out, 0);
	icalendar_zone_write(out, berlin, "Europe/Berlin", 2026, 2038);
	assert_non_null(
	    strstr(out->str, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"));
	assert_non_null(strstr(out->str, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"));
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
	file = exported(&scene, scene.ann);
	lines = g_strsplit(file, "\r\n", 0);
	for (char **line = lines; *line != NULL; line++) {
		assert_true(strlen(*line) <= 75);
		assert_true(g_utf8_validate(*line, -1, NULL));
	}
	assert_string_equal(skipped(import(&scene, scene.ben, file)), "");
	answer = kit_do(scene.desk, scene.ben, "shift.list", "{s:s, s:I}", "from", "2026-04-06", "person",
	    (json_int_t)scene.ben->person);
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(json_object_get(answer->body, "exceptions"), 0), "reason")),
	    reason);
	kit_desk_end(scene.desk);
}

/* ---- Strangers' bytes ---- */

static const char sample[] = FILE_OF("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE\r\n" EVENT(
    "DTSTART;X-A=\"a;b:c\";TZID=\"Europe/Berlin\":20260330T090000\r\nDTEND;TZID=Europe/Berlin:20260330T170000\r\n"
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T235959Z;WKST=MO\r\nEXDATE;TZID=Europe/Berlin:20260406T090000,2026\r\n"
    " 0408T090000\r\nSUMMARY:Desk\\, late\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"));

TEST(every_beginning_of_a_calendar_is_refused_and_the_whole_is_read)
{
	for (size_t size = 0; size <= sizeof sample - 1; size++) {
		g_autofree char *text = g_strndup(sample, size);
		void *memory = talloc_new(NULL);
		struct icalendar calendar = { 0 };
		g_autoptr(GError) error = NULL;
		gboolean is_read = icalendar_read(text, LIMIT_CALENDAR_EVENTS, memory, &calendar, &error);

		/* The last line may do without its end. */
		assert_int_equal(is_read, size >= sizeof sample - 3);
		if (!is_read)
			fact_check_refusal("icalendar_read", error, REFUSED_RANGE, "calendar");
		else
			assert_int_equal(calendar.events[0].left_out.count, 2);
		talloc_free(memory);
	}
}

TEST(what_is_no_calendar_is_refused_and_names_the_line)
{
	static const struct {
		const char *text, *code, *why;
		int line;
	} rows[] = {
		{ "", "no_calendar", "has no calendar in it", 0 },
		{ "\r\n\r\n", "no_calendar", "has no calendar in it", 0 },
		{ "Some words", "no_calendar", "has no calendar in it", 0 },
		{ "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "not_calendar", "line 1: is no beginning of a calendar", 1 },
		{ FILE_OF("") "BEGIN:VCARD\r\n", "not_calendar", "line 4: is no beginning of a calendar", 4 },
		{ HEAD "BEGIN:VEVENT\r\n" TAIL, "not_open", "line 4: ends what is not open", 4 },
		{ FILE_OF("") TAIL, "not_open", "line 4: ends what is not open", 4 },
		{ HEAD, "unended", "ends before its end", 0 },
		{ HEAD "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", "too_deep",
		    "line 10: begins too much within something", 10 },
		{ FILE_OF(EVENT("") EVENT("")), "many_events", "line 5: is one event too many", 5 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		void *memory = talloc_new(NULL);
		struct icalendar calendar;
		g_autoptr(GError) error = NULL;

		assert_false(icalendar_read(rows[i].text, 1, memory, &calendar, &error));
		fact_check_refusal(rows[i].code, error, REFUSED_RANGE, "calendar");
		assert_string_equal(error->message, rows[i].why);
		assert_string_equal(error_cause(error).code, rows[i].code);
		assert_int_equal(error_cause(error).line, rows[i].line);
		talloc_free(memory);
	}
}

/* Prose that somebody's program wrote without folding it, quotes that do not end, and what stands around the calendar. */
TEST(lines_that_are_none_are_passed_over_where_no_shift_is_in_them)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	assert_string_equal(
	    skipped(import(&scene, scene.ann,
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
	answer = import(&scene, scene.ann, file->str);
	assert_int_equal(kit_int(answer, "left_out"), LIMIT_CALENDAR_EVENTS);
	assert_int_equal(json_array_size(json_object_get(answer->body, "skipped")), LIMIT_CALENDAR_SKIPPED);
	g_string_truncate(file, file->len - strlen(TAIL));
	g_string_append(file, "BEGIN:VTODO\nEND:VTODO\n" TAIL);
	answer = import(&scene, scene.ann, file->str);
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
		answer = import(&scene, scene.ann, file);
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

TEST(ones_own_shifts_are_exported_by_anybody_and_everybodys_by_a_lead)
{
	struct shift_scene scene = shift_scene_begin("UTC");

	shift_added(&scene, scene.ann, 1, 540, 240, NULL, NULL);
	shift_added(&scene, scene.ben, 1, 540, 240, NULL, NULL);
	assert_null(strstr(kit_text(kit_do(scene.desk, scene.ann, "shift.export", NULL), "calendar"), "SUMMARY:ben"));
	assert_int_equal(kit_do(scene.desk, scene.ann, "shift.export", "{s:s}", "whose", "everybody")->status, 403);
	assert_non_null(
	    strstr(kit_text(kit_do(scene.desk, scene.lea, "shift.export", "{s:s}", "whose", "everybody"), "calendar"),
		"SUMMARY:Ben"));
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
	answer = import(&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY;BYDAY=MO,TU\r\n")));
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "code"), "many_shifts");
	answer = import(&scene, scene.ann, FILE_OF(EVENT(MONDAY "RRULE:FREQ=WEEKLY\r\n")));
	assert_int_equal(kit_int(answer, "shifts"), 1);
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
