/* Time zones in iCalendar: see icalendar_zone.h. */
#include "desk/shift/icalendar_zone.h"

#include <stdbool.h>
#include <stdint.h>

#include "desk/calendar/calendar.h"

#define SECONDS_PER_DAY INT64_C(86400)

/* The clocks change: the clock on the wall shows `day` and `second` by the old offset, which is how iCalendar says when. */
struct change {
	int64_t at; /* seconds since 1970 */
	int before, after;
	bool is_summer;
	const char *name;
	int year, month, second;
	int weekday, week; /* which of its weekday in the month; -1: the last */
};

static int64_t
new_year(int year)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, 1, G_DATE_JANUARY, (GDateYear)year);
	return calendar_day_of(&date);
}

/* The first second after `from` at which the offset is not that of `from`, up to `until`, where it is not. */
static int64_t
change_between(GTimeZone *zone, int64_t from, int64_t until)
{
	int64_t before = calendar_ahead(zone, from);

	while (from + 1 < until) {
		int64_t middle = from + (until - from) / 2;

		if (calendar_ahead(zone, middle) == before)
			from = middle;
		else
			until = middle;
	}
	return until;
}

static struct change
change_at(GTimeZone *zone, int64_t at)
{
	int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, at);
	struct change change = { .at = at,
		.before = (int)calendar_ahead(zone, at - 1),
		.after = g_time_zone_get_offset(zone, interval),
		.is_summer = g_time_zone_is_dst(zone, interval),
		.name = g_time_zone_get_abbreviation(zone, interval) };
	int64_t wall = at + change.before, day = wall / SECONDS_PER_DAY;
	GDate date = calendar_date(day), next = calendar_date(day + 7);

	change.second = (int)(wall % SECONDS_PER_DAY);
	change.weekday = calendar_weekday(day);
	change.year = g_date_get_year(&date);
	change.month = (int)g_date_get_month(&date);
	change.week = (int)g_date_get_month(&next) != change.month ? -1 : (g_date_get_day(&date) + 6) / 7;
	return change;
}

static GArray *
find_changes(GTimeZone *zone, int year, int until)
{
	GArray *changes = g_array_new(FALSE, FALSE, sizeof(struct change));

	for (int64_t day = new_year(year); day < new_year(until); day++) {
		int64_t from = day * SECONDS_PER_DAY, until_s = from + SECONDS_PER_DAY;

		if (calendar_ahead(zone, from) != calendar_ahead(zone, until_s)) {
			struct change change = change_at(zone, change_between(zone, from, until_s));

			g_array_append_val(changes, change);
		}
	}
	return changes;
}

/* Whether every year up to `until` has two changes, each of which is what the year before had; `week` becomes what fits all. */
static bool
is_yearly(struct change *changes, size_t count, int until)
{
	if (count < (size_t)ICALENDAR_ZONE_YEARS * 2 || count % 2 != 0 || changes[count - 1].year != until - 1)
		return false;
	for (size_t i = 2; i < count; i++) {
		const struct change *one = &changes[i % 2], *other = &changes[i];

		if (other->year != one->year + (int)(i / 2) || other->month != one->month ||
		    other->second != one->second || other->weekday != one->weekday || other->before != one->before ||
		    other->after != one->after)
			return false;
	}
	/* The fourth Sunday may be the last one: the years together say which is meant. */
	for (size_t i = 0; i < 2; i++) {
		int week = changes[i].week;
		bool is_last = true;

		for (size_t k = i; k < count; k += 2) {
			is_last = is_last && changes[k].week == -1;
			week = changes[k].week != -1 ? changes[k].week : week;
		}
		for (size_t k = i; k < count && !is_last; k += 2) {
			if (changes[k].week != week && !(changes[k].week == -1 && week == 4))
				return false;
		}
		changes[i].week = is_last ? -1 : week;
	}
	return true;
}

static void
append_offset(GString *out, const char *name, int seconds)
{
	int minutes = ABS(seconds) / 60;

	g_string_append_printf(out, "%s:%c%02d%02d\r\n", name, seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static void
append_observance(GString *out, const struct change *change, bool is_rule)
{
	static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	const char *kind = change->is_summer ? "DAYLIGHT" : "STANDARD";
	int64_t wall = change->at + change->before;
	char day[CALENDAR_DAY_CHARS + 1];

	calendar_day_text(wall / SECONDS_PER_DAY, day);
	g_string_append_printf(out, "BEGIN:%s\r\nDTSTART:%.4s%.2s%.2sT%02d%02d%02d\r\n", kind, day, day + 5, day + 8,
	    change->second / 3600, change->second / 60 % 60, change->second % 60);
	if (is_rule)
		g_string_append_printf(out, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s\r\n", change->month, change->week,
		    weekdays[change->weekday - 1]);
	append_offset(out, "TZOFFSETFROM", change->before);
	append_offset(out, "TZOFFSETTO", change->after);
	g_string_append_printf(out, "TZNAME:%s\r\nEND:%s\r\n", change->name, kind);
}

/* From which change on they are yearly; the number of all where they never are. */
static size_t
first_yearly(struct change *changes, size_t count, int until)
{
	size_t i = 0;

	while (i < count && !is_yearly(changes + i, count - i, until))
		i++;
	return i;
}

void
icalendar_zone_write(GString *out, GTimeZone *zone, const char *name, int year, int until)
{
	g_autoptr(GArray) found = find_changes(zone, year, until);
	struct change *changes = (struct change *)(void *)found->data;
	int64_t start = new_year(year) * SECONDS_PER_DAY;
	size_t yearly = first_yearly(changes, found->len, until);

	g_string_append_printf(out, "BEGIN:VTIMEZONE\r\nTZID:%s\r\n", name);
	if (yearly > 0 || found->len == 0) {
		/* How it is before the first change, as if it had begun with that year. */
		struct change first = change_at(zone, start);

		first.before = first.after;
		first.at = start - first.after;
		first.second = 0;
		append_observance(out, &first, false);
	}
	for (size_t i = 0; i < yearly; i++)
		append_observance(out, &changes[i], false);
	for (size_t i = yearly; i < MIN(yearly + 2, found->len); i++)
		append_observance(out, &changes[i], true);
	g_string_append(out, "END:VTIMEZONE\r\n");
}
