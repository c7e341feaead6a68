/* Facts about iCalendar as a text: what is one, what is not, and how a time zone is written in it. */
#include "desk/shift/icalendar.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar_test.h"
#include "desk/shift/icalendar_zone.h"
#include "tests/kit/facts.h"

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
		/* (Eight within each other are not too many, but have to end.) */
		{ HEAD "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", "unended",
		    "ends before its end", 0 },
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
