/*
 * Facts about what takes place when: libical, which knows nothing of us, reads the same calendars and must find the same beginnings, at
 * the same moments. What is written here for other programs; and what they write, in their manner, with data of nobody.
 */
#include <libical/ical.h>
#include <string.h>

#include "base/limits.h"
#include "desk/calendar/calendar.h"
#include "tests/kit/desk_calendar.h"
#include "tests/kit/facts.h"

static gint
compare_moments(gconstpointer one, gconstpointer other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return a < b ? -1 : a > b;
}

/* What one calendar is to the library, which leaves changed days to its callers. */
struct reading {
	icalcomponent *calendar;
	GArray *starts;
};

static icalcomponent *
next_event(const struct reading *reading, icalcomponent *event)
{
	return event == NULL ? icalcomponent_get_first_component(reading->calendar, ICAL_VEVENT_COMPONENT)
			     : icalcomponent_get_next_component(reading->calendar, ICAL_VEVENT_COMPONENT);
}

/* Whether another event stands for that day of a repeated one. */
static bool
is_changed(struct reading *reading, icalcomponent *event, time_t start)
{
	icalcompiter i = icalcomponent_begin_component(reading->calendar, ICAL_VEVENT_COMPONENT);

	for (icalcomponent *other; (other = icalcompiter_deref(&i)) != NULL; icalcompiter_next(&i)) {
		icalproperty *property = icalcomponent_get_first_property(other, ICAL_RECURRENCEID_PROPERTY);
		icaltimetype instead =
		    property == NULL ? icaltime_null_time() : icalproperty_get_datetime_with_component(property, other);

		if (other != event && !icaltime_is_null_time(instead) &&
		    g_strcmp0(icalcomponent_get_uid(other), icalcomponent_get_uid(event)) == 0 &&
		    icaltime_as_timet_with_zone(instead, icaltime_get_timezone(instead)) == start)
			return true;
	}
	return false;
}

static void
note_span(icalcomponent *event, struct icaltime_span *span, void *data)
{
	struct reading *reading = data;
	int64_t at = (int64_t)span->start * 1000;

	if (icaltime_is_null_time(icalcomponent_get_recurrenceid(event)) && is_changed(reading, event, span->start))
		return;
	g_array_append_val(reading->starts, at);
}

static void
note_calendar(icalcomponent *calendar, GArray *starts)
{
	struct reading reading = { calendar, starts };
	struct icaltimetype from = icaltime_from_string("20260101T000000Z"),
			    until = icaltime_from_string("20270101T000000Z");
	icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);

	if (method != NULL && icalproperty_get_method(method) == ICAL_METHOD_CANCEL)
		return;
	for (icalcomponent *event = next_event(&reading, NULL); event != NULL; event = next_event(&reading, event)) {
		if (!icaltime_is_date(icalcomponent_get_dtstart(event)) &&
		    icalcomponent_get_status(event) != ICAL_STATUS_CANCELLED)
			icalcomponent_foreach_recurrence(event, from, until, note_span, &reading);
	}
}

/* When shifts begin in 2026, by the calendars alone. */
static GArray *
starts_by_libical(const char *file)
{
	GArray *starts = g_array_new(FALSE, FALSE, sizeof(int64_t));
	icalcomponent *root = icalparser_parse_string(file);

	assert_non_null(root);
	assert_int_equal(icalcomponent_count_errors(root), 0);
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
		note_calendar(root, starts);
	for (icalcomponent *each = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT); each != NULL;
	     each = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
		note_calendar(each, starts);
	icalcomponent_free(root);
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
check_same_starts(struct shift_scene *scene, const char *file)
{
	g_autoptr(GArray) theirs = starts_by_libical(file), ours = starts_by_desk(scene);

	assert_int_equal(theirs->len, ours->len);
	for (guint i = 0; i < ours->len; i++)
		assert_int_equal(g_array_index(theirs, int64_t, i), g_array_index(ours, int64_t, i));
}

static void
check_by_libical(const char *time_zone, const char *since)
{
	struct shift_scene scene = shift_scene_begin(time_zone);

	for (int weekday = 1; weekday <= 7; weekday++)
		shift_added(&scene, scene.ann, weekday, weekday * 180, 120, since, weekday == 3 ? "2026-09-20" : NULL);
	shift_added(&scene, scene.ann, 6, 1320, 480, "2026-02-01", NULL);
	assert_true(shift_off(&scene, scene.ann, "2026-04-06")->is_ok);
	assert_true(shift_off(&scene, scene.ann, "2026-11-07")->is_ok);
	assert_true(shift_extra(&scene, scene.ann, "2026-07-06", 900, 60)->is_ok);
	assert_true(shift_holiday(&scene, "2026-12-25"));
	check_same_starts(&scene, calendar_exported(&scene, scene.ann));
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

/* ---- What others write ---- */

/* Imported for Ann, without what is left out, it is what the library finds; and the same again changes nothing. */
static void
check_import(const char *time_zone, const char *file, const char *left_out)
{
	struct shift_scene scene = shift_scene_begin(time_zone);

	assert_string_equal(calendar_imported(&scene, file), left_out);
	check_same_starts(&scene, file);
	const struct kit_answer *again = calendar_import(&scene, scene.ann, file);

	assert_string_equal(calendar_left_out(again), left_out);
	assert_int_equal(kit_int(again, "shifts") + kit_int(again, "exceptions"), 0);
	kit_desk_end(scene.desk);
}

#define BERLIN_RULES                                                                                                   \
	"BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"                      \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n"                                       \
	"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"                      \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n"

/* Rules first, the week of Sunday, an end in UTC, days left out in one folded list, and what only Exchange says. */
TEST(exchange_names_zones_as_windows_does)
{
	check_import("Europe/Vienna",
	    "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n"
	    "X-WR-CALNAME:Kalender\r\nBEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n" BERLIN_RULES
	    "END:VTIMEZONE\r\n"
	    "BEGIN:VEVENT\r\nDESCRIPTION:\\n\r\nRRULE:FREQ=WEEKLY;UNTIL=20261126T080000Z;INTERVAL=1;BYDAY=TU,TH;WK\r\n"
	    " ST=SU\r\nEXDATE;TZID=W. Europe Standard Time:20260407T090000,20260409T09000\r\n 0,20261027T090000\r\n"
	    "UID:040000008200E00074C5B7101A82E00800000000\r\nSUMMARY;LANGUAGE=de-AT:Schalter\r\n"
	    "DTSTART;TZID=W. Europe Standard Time:20260331T090000\r\nDTEND;TZID=W. Europe Standard Time:20260331T170000\r\n"
	    "CLASS:PUBLIC\r\nPRIORITY:5\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:0\r\n"
	    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\r\nBEGIN:VALARM\r\n"
	    "DESCRIPTION:REMINDER\r\nTRIGGER;RELATED=START:-PT15M\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nUID:040000008200E00074C5B7101A82E00800000000\r\n"
	    "RECURRENCE-ID;TZID=W. Europe Standard Time:20260414T090000\r\nSUMMARY:Schalter\r\n"
	    "DTSTART;TZID=W. Europe Standard Time:20260415T110000\r\nDTEND;TZID=W. Europe Standard Time:20260415T150000\r\n"
	    "SEQUENCE:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
	    "");
}

/* The changed day stands before what it changes, another one is called off, and the names of zones are the system's. */
TEST(google_writes_changed_days_in_any_order)
{
	check_import("America/Denver",
	    "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\nX-WR-CALNAME:Shifts\r\nX-WR-TIMEZONE:America/Denver\r\n"
	    "BEGIN:VEVENT\r\nDTSTART;TZID=America/Denver:20260413T123000\r\nDTEND;TZID=America/Denver:20260413T183000\r\n"
	    "UID:a1@google.com\r\nRECURRENCE-ID;TZID=America/Denver:20260413T083000\r\nSEQUENCE:1\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nDTSTART;TZID=America/Denver:20260330T083000\r\nDTEND;TZID=America/Denver:20260330T143000\r\n"
	    "RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20260511T055959Z;BYDAY=MO,FR\r\nUID:a1@google.com\r\nSTATUS:CONFIRMED\r\n"
	    "END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;TZID=America/Denver:20260403T083000\r\n"
	    "DTEND;TZID=America/Denver:20260403T143000\r\nUID:a1@google.com\r\n"
	    "RECURRENCE-ID;TZID=America/Denver:20260403T083000\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nDTSTART:20260502T150000Z\r\nDTEND:20260502T190000Z\r\nUID:a2@google.com\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nDTSTART;TZID=America/Denver:20260410T083000\r\nDTEND;TZID=America/Denver:20260410T143000\r\n"
	    "UID:a1@google.com\r\nRECURRENCE-ID:20260410T143000Z\r\nSUMMARY:Only other words\r\nEND:VEVENT\r\n"
	    "END:VCALENDAR\r\n",
	    "");
}

/* A prefix before the name of the zone, a length instead of an end, tabs that fold, LF, and an alarm and a task inside. */
TEST(mozilla_and_evolution_put_a_path_before_a_zone)
{
	check_import("Europe/Rome",
	    "BEGIN:VCALENDAR\nPRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN\nVERSION:2.0\nBEGIN:VTIMEZONE\n"
	    "TZID:/mozilla.org/20070129_1/Europe/Rome\nX-LIC-LOCATION:Europe/Rome\n" BERLIN_RULES "END:VTIMEZONE\n"
	    "BEGIN:VEVENT\nUID:b1\nDTSTART;TZID=\n\t/mozilla.org/20070129_1/Europe/Rome:20260401T220000\nDURATION:PT8H\n"
	    "RRULE:FREQ=WEEKLY;COUNT=40;BYDAY=WE\nEXDATE;TZID=/mozilla.org/20070129_1/Europe/Rome:20260415T220000\n"
	    "EXDATE;TZID=/mozilla.org/20070129_1/Europe/Rome:20260422T220000\n"
	    "BEGIN:VALARM\nACTION:DISPLAY\nDURATION:PT5M\nTRIGGER;VALUE=DURATION:-PT15M\nDESCRIPTION:x\nEND:VALARM\nEND:VEVENT\n"
	    "END:VCALENDAR\n",
	    "");
}

/* Names in lower case, a calendar that takes back, and every day. */
TEST(several_calendars_of_one_file_are_all_read)
{
	check_import("UTC",
	    "begin:VCALENDAR\nversion:2.0\nbegin:VEVENT\nuid:c1\ndtstart:20260601T060000Z\ndtend:20260601T100000Z\n"
	    "rrule:FREQ=DAILY;UNTIL=20260620T060000Z\nexdate;value=DATE:20260610\nend:VEVENT\nend:VCALENDAR\n"
	    "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:c2\nDTSTART:20260603T120000Z\n"
	    "DTEND:20260603T130000Z\nEND:VEVENT\nEND:VCALENDAR\n"
	    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:c3\nDTSTART:20260701T060000Z\nDURATION:PT2H30M\n"
	    "RRULE:FREQ=DAILY;BYDAY=MO,WE;COUNT=7\nEND:VEVENT\nEND:VCALENDAR\n",
	    "14: cancelled");
}
