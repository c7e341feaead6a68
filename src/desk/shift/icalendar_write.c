/* Writing iCalendar: see icalendar_write.h. */
#include "desk/shift/icalendar_write.h"

#include <string.h>

#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar_zone.h"

#define LINE_BYTES 75 /* RFC 5545, 3.1 */
#define YEAR_FIRST 1971

struct writer {
	GString *out;
	const struct shift_plan *plan;
	const struct icalendar_words *words;
	bool is_utc; /* then no zone is named */
};

/* ---- Lines ---- */

/* Appends a content line, folded between characters. */
static void append_line(struct writer *writer, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
append_line(struct writer *writer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *line = g_strdup_vprintf(format, args);
	va_end(args);
	size_t room = LINE_BYTES;

	for (const char *at = line; *at != '\0';) {
		size_t size = strlen(at);

		if (size > room) {
			size = room;
			while (size > 1 && ((unsigned char)at[size] & 0xC0) == 0x80)
				size--;
		}
		g_string_append_len(writer->out, at, (gssize)size);
		g_string_append(writer->out, "\r\n");
		at += size;
		if (*at != '\0')
			g_string_append_c(writer->out, ' ');
		room = LINE_BYTES - 1;
	}
}

/* A text as a value (3.3.11). */
static char *
escaped(const char *text)
{
	GString *value = g_string_new(NULL);

	for (const char *at = text; *at != '\0'; at++) {
		if (strchr("\\;,", *at) != NULL)
			g_string_append_c(value, '\\');
		if (*at == '\n')
			g_string_append(value, "\\n");
		else
			g_string_append_c(value, *at);
	}
	return g_string_free(value, FALSE);
}

#define TIME_CHARS 15 /* 20260330T090000 */

/* A minute of a day, which may be past midnight, by the clock on the wall. */
static void
wall_text(int64_t day, int minute, char text[TIME_CHARS + 1])
{
	char date[CALENDAR_DAY_CHARS + 1];

	calendar_day_text(day + minute / MINUTES_PER_DAY, date);
	minute %= MINUTES_PER_DAY;
	g_snprintf(text, TIME_CHARS + 1, "%.4s%.2s%.2sT%02d%02d00", date, date + 5, date + 8, minute / 60, minute % 60);
}

/* A moment, in UTC; without its Z. */
static void
utc_text(int64_t at, char text[TIME_CHARS + 1])
{
	int64_t minutes = at / 60000;

	wall_text(minutes / MINUTES_PER_DAY, (int)(minutes % MINUTES_PER_DAY), text);
}

static void
append_wall(struct writer *writer, const char *name, int64_t day, int minute)
{
	char text[TIME_CHARS + 1];

	wall_text(day, minute, text);
	if (writer->is_utc)
		append_line(writer, "%s:%sZ", name, text);
	else
		append_line(writer, "%s;TZID=%s:%s", name, writer->words->zone_name, text);
}

static void
append_text(struct writer *writer, const char *name, const char *text)
{
	g_autofree char *value = escaped(text);

	append_line(writer, "%s:%s", name, value);
}

/* ---- Events ---- */

static const char *
name_of(const struct writer *writer, int64_t person)
{
	const struct shift_people *people = writer->words->people;

	for (size_t i = 0; i < people->count; i++) {
		if (people->rows[i].id == person)
			return people->rows[i].name;
	}
	return "";
}

static void
begin_event(struct writer *writer, const char *kind, int64_t id)
{
	char now[TIME_CHARS + 1];

	utc_text(writer->words->now, now);
	append_line(writer, "BEGIN:VEVENT");
	append_line(writer, "UID:%s-%" G_GINT64_FORMAT ".%s@softanswer", kind, id, writer->words->site);
	append_line(writer, "DTSTAMP:%sZ", now);
}

static void
append_until(struct writer *writer, const struct shift_rule *rule, int64_t last)
{
	char text[TIME_CHARS + 1];

	utc_text(calendar_moment(writer->plan->zone, last, rule->from_minute), text);
	append_line(writer, "RRULE:FREQ=WEEKLY;UNTIL=%sZ", text);
}

/* The days on which it would be, but for a day off or a holiday. */
static void
append_left_out(struct writer *writer, const struct shift_rule *rule)
{
	const struct shift_plan *plan = writer->plan;

	for (size_t i = 0; i < plan->oddity_count; i++) {
		const struct shift_oddity *oddity = &plan->oddities[i];

		if (oddity->is_off && oddity->person == rule->person && shift_is_due(rule, oddity->day))
			append_wall(writer, "EXDATE", oddity->day, rule->from_minute);
	}
	for (size_t i = 0; i < plan->holidays.count; i++) {
		int64_t day = plan->holidays.days[i];

		/* One that is a day off as well was named above. */
		if (shift_is_due(rule, day) && !shift_is_off(plan, rule->person, day))
			append_wall(writer, "EXDATE", day, rule->from_minute);
	}
}

static void
append_rule(struct writer *writer, const struct shift_rule *rule)
{
	int64_t first = shift_first_day(rule), last = shift_last_day(rule);

	if (first > last)
		return;
	begin_event(writer, "shift", rule->id);
	append_wall(writer, "DTSTART", first, rule->from_minute);
	append_wall(writer, "DTEND", first, rule->from_minute + rule->minutes);
	if (last == NO_LAST_DAY)
		append_line(writer, "RRULE:FREQ=WEEKLY");
	else
		append_until(writer, rule, last);
	append_left_out(writer, rule);
	append_text(writer, "SUMMARY", name_of(writer, rule->person));
	append_line(writer, "END:VEVENT");
}

static void
append_whole_day(struct writer *writer, int64_t day)
{
	char text[TIME_CHARS + 1], next[TIME_CHARS + 1];

	wall_text(day, 0, text);
	wall_text(day + 1, 0, next);
	append_line(writer, "DTSTART;VALUE=DATE:%.8s", text);
	append_line(writer, "DTEND;VALUE=DATE:%.8s", next);
}

static void
append_oddity(struct writer *writer, const struct shift_oddity *oddity)
{
	begin_event(writer, "exception", oddity->id);
	if (oddity->is_off) {
		g_autoptr(GString) summary = g_string_new(name_of(writer, oddity->person));

		g_string_append(summary, ": off");
		append_whole_day(writer, oddity->day);
		append_text(writer, "SUMMARY", summary->str);
	} else {
		append_wall(writer, "DTSTART", oddity->day, oddity->from_minute);
		append_wall(writer, "DTEND", oddity->day, oddity->from_minute + oddity->minutes);
		append_text(writer, "SUMMARY", name_of(writer, oddity->person));
	}
	if (oddity->reason != NULL)
		append_text(writer, "DESCRIPTION", oddity->reason);
	append_line(writer, "END:VEVENT");
}

static int
year_of(int64_t day)
{
	GDate date = calendar_date(day);

	return g_date_get_year(&date);
}

/* From the year before everything, so that it is known from its beginning, to well past everything and today. */
static void
append_zone(const struct writer *writer)
{
	const struct shift_plan *plan = writer->plan;
	int64_t today = calendar_day(plan->zone, writer->words->now), first = today, last = today;

	for (size_t i = 0; i < plan->rule_count; i++) {
		first = MIN(first, plan->rules[i].first_day);
		last = MAX(last, plan->rules[i].first_day);
	}
	for (size_t i = 0; i < plan->oddity_count; i++) {
		first = MIN(first, plan->oddities[i].day);
		last = MAX(last, plan->oddities[i].day);
	}
	icalendar_zone_write(writer->out, plan->zone, writer->words->zone_name, MAX(YEAR_FIRST, year_of(first) - 1),
	    year_of(last) + ICALENDAR_ZONE_YEARS);
}

void
icalendar_write(GString *out, const struct shift_plan *plan, const struct icalendar_words *words)
{
	struct writer writer = { out, plan, words, strcmp(words->zone_name, "UTC") == 0 };

	append_line(&writer, "BEGIN:VCALENDAR");
	append_line(&writer, "VERSION:2.0");
	append_line(&writer, "PRODID:-//Softanswer//Shifts//EN");
	append_line(&writer, "CALSCALE:GREGORIAN");
	append_text(&writer, "X-WR-CALNAME", words->desk);
	if (!writer.is_utc)
		append_zone(&writer);
	for (size_t i = 0; i < plan->rule_count; i++)
		append_rule(&writer, &plan->rules[i]);
	for (size_t i = 0; i < plan->oddity_count; i++)
		append_oddity(&writer, &plan->oddities[i]);
	append_line(&writer, "END:VCALENDAR");
}
