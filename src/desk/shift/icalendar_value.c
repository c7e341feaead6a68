/* Values of iCalendar: see icalendar_value.h. */
#include "desk/shift/icalendar_value.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "desk/calendar/calendar.h"

#define NUMBER_DIGITS 6
#define COUNT_MAX     1000
#define EVERY_WEEKDAY 0xFEu
/* A day less at each end than what can be asked for: another zone may have it the day before, or after. */
#define DAY_FIRST "1970-01-03"
#define DAY_LAST  "2199-12-29"

/* ---- Times ---- */

/* So many digits as a number; false for anything else. */
static bool
read_digits(const char **at, int count, int *number)
{
	*number = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (!g_ascii_isdigit(**at))
			return false;
		*number = *number * 10 + (**at - '0');
	}
	return true;
}

enum icalendar_fault
icalendar_time_read(const char *text, const char *zone, struct icalendar_time *time)
{
	char day[CALENDAR_DAY_CHARS + 1];
	const char *at = text;
	int hour, minute, second;

	if (strlen(text) < 8)
		return FAULT_BAD_DATE;
	g_snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	*time = (struct icalendar_time) { .is_date = text[8] == '\0' };
	if (!calendar_day_read(day, &time->day) || strcmp(day, DAY_FIRST) < 0 || strcmp(day, DAY_LAST) > 0)
		return FAULT_BAD_DATE;
	if (time->is_date)
		return FAULT_NONE;
	at += 8;
	if (g_ascii_toupper(*at++) != 'T' || !read_digits(&at, 2, &hour) || !read_digits(&at, 2, &minute) ||
	    !read_digits(&at, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return FAULT_BAD_TIME;
	time->has_seconds = second != 0;
	time->is_utc = g_ascii_toupper(*at) == 'Z';
	if (at[time->is_utc] != '\0')
		return FAULT_BAD_TIME;
	time->minute = hour * 60 + minute;
	time->zone = time->is_utc ? NULL : zone;
	return FAULT_NONE;
}

static void
append_time(struct icalendar_times *times, const struct icalendar_time *time, void *memory)
{
	if (times->count == times->room) {
		times->room = MAX(8, times->room * 2);
		times->rows = talloc_realloc(memory, times->rows, struct icalendar_time, times->room);
		g_assert(times->rows != NULL);
	}
	times->rows[times->count++] = *time;
}

enum icalendar_fault
icalendar_times_read(const char *text, const char *zone, void *memory, struct icalendar_times *times)
{
	g_auto(GStrv) parts = g_strsplit(text, ",", 0);

	for (char **part = parts; *part != NULL; part++) {
		struct icalendar_time time;
		enum icalendar_fault fault;

		if (*g_strstrip(*part) == '\0')
			continue;
		fault = icalendar_time_read(*part, zone, &time);

		if (fault != FAULT_NONE)
			return fault;
		append_time(times, &time, memory);
	}
	return FAULT_NONE;
}

/* A number of at most NUMBER_DIGITS digits; -1: none. */
static int
read_number(const char **at)
{
	int number = 0, digits = 0;

	for (; g_ascii_isdigit(**at); (*at)++) {
		if (++digits > NUMBER_DIGITS)
			return -1;
		number = number * 10 + (**at - '0');
	}
	return digits == 0 ? -1 : number;
}

enum icalendar_fault
icalendar_length_read(const char *text, int64_t *days, int64_t *minutes)
{
	static const char units[] = "WDHMS";
	static const int64_t unit_days[] = { 7, 1, 0, 0, 0 }, unit_seconds[] = { 0, 0, 3600, 60, 1 };
	const char *at = text + (*text == '+');
	int64_t seconds = 0;

	*days = 0;

	if (g_ascii_toupper(*at++) != 'P' || *at == '\0')
		return FAULT_BAD_LENGTH;
	while (*at != '\0') {
		if (g_ascii_toupper(*at) == 'T')
			at++;

		int number = read_number(&at);
		const char *unit = *at == '\0' ? NULL : strchr(units, g_ascii_toupper(*at));

		if (number < 0 || unit == NULL)
			return FAULT_BAD_LENGTH;
		*days += number * unit_days[unit - units];
		seconds += number * unit_seconds[unit - units];
		at++;
	}
	if (seconds % 60 != 0)
		return FAULT_NOT_BY_MINUTES;
	*minutes = seconds / 60;
	return FAULT_NONE;
}

/* ---- Rules ---- */

/* MO,WE,FR */
static enum icalendar_fault
read_weekdays(const char *at, unsigned *weekdays)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (;;) {
		size_t i = 0;

		while (i < G_N_ELEMENTS(names) && g_ascii_strncasecmp(at, names[i], 2) != 0)
			i++;
		if (i == G_N_ELEMENTS(names) || (at[2] != '\0' && at[2] != ','))
			return FAULT_NOT_BY_WEEKDAYS;
		*weekdays |= 1u << (i + 1);
		if (at[2] == '\0')
			return FAULT_NONE;
		at += 3;
	}
}

/* How often, and by what. */
struct frequency {
	bool is_weekly, is_daily;
	int interval;
};

/* A last day that nobody lives to see is how some programs write that there is none. */
static bool
is_never(const char *day)
{
	return strspn(day, "0123456789") >= 8 && strncmp(day, DAY_LAST, 4) > 0;
}

static enum icalendar_fault
read_rule_part(const char *name, const char *value, struct icalendar_rule *rule, struct frequency *frequency)
{
	if (strcmp(name, "FREQ") == 0) {
		frequency->is_weekly = g_ascii_strcasecmp(value, "WEEKLY") == 0;
		frequency->is_daily = g_ascii_strcasecmp(value, "DAILY") == 0;
		return frequency->is_weekly || frequency->is_daily ? FAULT_NONE : FAULT_NOT_WEEKLY;
	}
	if (strcmp(name, "INTERVAL") == 0) {
		frequency->interval = read_number(&value);
		return frequency->interval > 0 && *value == '\0' ? FAULT_NONE : FAULT_UNREAD_REPEATING;
	}
	if (strcmp(name, "WKST") == 0)
		return FAULT_NONE; /* Which day a week begins with makes no difference when it is every week. */
	if (strcmp(name, "BYDAY") == 0)
		return read_weekdays(value, &rule->weekdays);
	if (strcmp(name, "UNTIL") == 0) {
		rule->has_until = !is_never(value);
		return rule->has_until ? icalendar_time_read(value, NULL, &rule->until) : FAULT_NONE;
	}
	if (strcmp(name, "COUNT") == 0) {
		rule->count = read_number(&value);
		return *value == '\0' && rule->count > 0 && rule->count <= COUNT_MAX ? FAULT_NONE : FAULT_TOO_OFTEN;
	}
	return FAULT_OTHER_REPEATING;
}

/* Every day is every week on each of its days. */
static enum icalendar_fault
settle_frequency(const struct frequency *frequency, struct icalendar_rule *rule)
{
	if (!frequency->is_weekly && !frequency->is_daily)
		return FAULT_UNREAD_REPEATING;
	if (frequency->interval != 1)
		return frequency->is_daily ? FAULT_NOT_WEEKLY : FAULT_NOT_EVERY_WEEK;
	if (frequency->is_daily && rule->weekdays == 0)
		rule->weekdays = EVERY_WEEKDAY;
	return FAULT_NONE;
}

enum icalendar_fault
icalendar_rule_read(const char *text, struct icalendar_rule *rule)
{
	g_auto(GStrv) parts = g_strsplit(text, ";", 0);
	struct frequency frequency = { .interval = 1 };
	enum icalendar_fault fault = FAULT_NONE;

	*rule = (struct icalendar_rule) { 0 };
	for (char **part = parts; *part != NULL && fault == FAULT_NONE; part++) {
		char *value = strchr(g_strstrip(*part), '=');

		if (**part == '\0')
			continue;
		if (value == NULL)
			return FAULT_UNREAD_REPEATING;
		*value++ = '\0';
		for (char *at = *part; *at != '\0'; at++)
			*at = g_ascii_toupper(*at);
		fault = read_rule_part(*part, value, rule, &frequency);
	}
	return fault != FAULT_NONE ? fault : settle_frequency(&frequency, rule);
}

/* ---- Texts ---- */

const char *
icalendar_text_read(const char *value, void *memory)
{
	char *text = talloc_strdup(memory, value), *to = text;

	g_assert(text != NULL);
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '\\' && at[1] != '\0')
			*to++ = *++at == 'n' || *at == 'N' ? '\n' : *at;
		else
			*to++ = *at;
	}
	*to = '\0';
	text_tidy(text);
	return g_strstrip(text);
}
