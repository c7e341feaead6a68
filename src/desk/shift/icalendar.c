/* Reading iCalendar: see icalendar.h. */
#include "desk/shift/icalendar.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "desk/calendar/calendar.h"

#define COMPONENTS_MAX 8 /* within each other: a calendar, an event, an alarm, and what others invent */
#define NUMBER_DIGITS  6
#define COUNT_MAX      1000
/* A day less at each end than what can be asked for: another zone may have it the day before, or after. */
#define DAY_FIRST "1970-01-03"
#define DAY_LAST  "2199-12-29"

#define NOT_BY_MINUTES "does not begin and end with a minute"

struct reader {
	void *memory;
	const char *at;   /* what is not read yet */
	int line, next;   /* of the content line that was read, and of what comes after it */
	GString *content; /* the content line, unfolded; then cut into: */
	char *name, *value;
	char *zone; /* its TZID, or NULL */
	const char *open[COMPONENTS_MAX];
	size_t depth;
	bool has_begun; /* a calendar was there */
	struct icalendar *calendar;
	size_t max;
	struct icalendar_event *event; /* which is open, where it is one that counts */
};

/* ---- Lines ---- */

/* Appends one physical line; false at the end of the text. */
static bool
read_physical(struct reader *reader)
{
	size_t size = strcspn(reader->at, "\n");

	if (*reader->at == '\0')
		return false;
	g_string_append_len(
	    reader->content, reader->at, (gssize)(size > 0 && reader->at[size - 1] == '\r' ? size - 1 : size));
	reader->at += size + (reader->at[size] == '\n');
	reader->next++;
	return true;
}

/* A content line that is not empty, unfolded (3.1); false at the end. */
static bool
read_line(struct reader *reader)
{
	do {
		g_string_truncate(reader->content, 0);
		reader->line = reader->next;
		if (!read_physical(reader))
			return false;
		while (*reader->at == ' ' || *reader->at == '\t') {
			reader->at++;
			if (!read_physical(reader))
				break;
		}
	} while (reader->content->len == 0);
	return true;
}

static gboolean
refuse_line(const struct reader *reader, const char *why, GError **error)
{
	return refuse(error, REFUSED_RANGE, "calendar", "line %d: %s", reader->line, why);
}

/* Behind a name or a parameter's value: what is in quotes counts as one. */
static char *
skip_value(char *at)
{
	bool is_quoted = false;

	while (*at != '\0' && (is_quoted || (*at != ';' && *at != ':'))) {
		if (*at == '"')
			is_quoted = !is_quoted;
		at++;
	}
	return at;
}

static char *
unquoted(char *text)
{
	size_t size = strlen(text);

	if (size < 2 || text[0] != '"' || text[size - 1] != '"')
		return text;
	text[size - 1] = '\0';
	return text + 1;
}

/* Cuts name, parameters and value apart; of the parameters the time zone is kept. */
static gboolean
cut_line(struct reader *reader, GError **error)
{
	char *at = reader->content->str + strcspn(reader->content->str, ";:");

	reader->name = reader->content->str;
	reader->zone = NULL;
	while (*at == ';') {
		char *parameter = at + 1, *end = skip_value(parameter);
		bool is_last = *end == ':';

		if (*end == '\0')
			return refuse_line(reader, "has no value", error);
		*at = *end = '\0';
		if (g_ascii_strncasecmp(parameter, "TZID=", 5) == 0)
			reader->zone = unquoted(parameter + 5);
		at = end;
		*at = is_last ? ':' : ';';
	}
	if (*at != ':' || at == reader->name)
		return refuse_line(reader, "is no line of a calendar", error);
	*at = '\0';
	reader->value = at + 1;
	return TRUE;
}

static bool
is_named(const struct reader *reader, const char *name)
{
	return g_ascii_strcasecmp(reader->name, name) == 0;
}

static bool
is_value(const struct reader *reader, const char *value)
{
	return g_ascii_strcasecmp(reader->value, value) == 0;
}

/* ---- Values ---- */

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

/* 20260330, or 20260330T090000, or that with a Z; NULL: it is one, else what is wrong. */
static const char *
read_time(const struct reader *reader, const char *text, struct icalendar_time *time)
{
	char day[CALENDAR_DAY_CHARS + 1];
	const char *at = text;
	int hour, minute, second;

	if (strlen(text) < 8)
		return "has a date that is none";
	g_snprintf(day, sizeof day, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	*time = (struct icalendar_time) { .is_date = text[8] == '\0' };
	if (!calendar_day_read(day, &time->day) || strcmp(day, DAY_FIRST) < 0 || strcmp(day, DAY_LAST) > 0)
		return "has a date that is none";
	if (time->is_date)
		return NULL;
	at += 8;
	if (*at++ != 'T' || !read_digits(&at, 2, &hour) || !read_digits(&at, 2, &minute) ||
	    !read_digits(&at, 2, &second) || hour > 23 || minute > 59 || second > 60)
		return "has a time that is none";
	time->has_seconds = second != 0;
	time->is_utc = g_ascii_toupper(*at) == 'Z';
	if (at[time->is_utc] != '\0')
		return "has a time that is none";
	time->minute = hour * 60 + minute;
	if (!time->is_utc && reader->zone != NULL)
		time->zone = talloc_strdup(reader->memory, reader->zone);
	return NULL;
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

/* P1DT8H30M and the like (3.3.6). */
static const char *
read_duration(const char *at, int64_t *minutes)
{
	static const char units[] = "WDHMS";
	static const int64_t unit_seconds[] = { 7 * 86400, 86400, 3600, 60, 1 };
	int64_t seconds = 0;

	if (*at == '+')
		at++;
	if (*at++ != 'P' || *at == '\0')
		return "has a length that is none";
	while (*at != '\0') {
		if (*at == 'T')
			at++;

		int number = read_number(&at);
		const char *unit = *at == '\0' ? NULL : strchr(units, *at);

		if (number < 0 || unit == NULL)
			return "has a length that is none";
		seconds += number * unit_seconds[unit - units];
		at++;
	}
	if (seconds % 60 != 0)
		return NOT_BY_MINUTES;
	*minutes = seconds / 60;
	return NULL;
}

/* Texts of RFC 5545 (3.3.11) as one clean line. */
static const char *
read_text(const struct reader *reader)
{
	char *text = talloc_strdup(reader->memory, reader->value), *to = text;

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

/* ---- Rules ---- */

/* MO,WE,FR */
static const char *
read_weekdays(const char *at, unsigned *weekdays)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

	for (;;) {
		size_t i = 0;

		while (i < G_N_ELEMENTS(names) && g_ascii_strncasecmp(at, names[i], 2) != 0)
			i++;
		if (i == G_N_ELEMENTS(names) || (at[2] != '\0' && at[2] != ','))
			return "repeats on days that are no plain weekdays";
		*weekdays |= 1u << (i + 1);
		if (at[2] == '\0')
			return NULL;
		at += 3;
	}
}

/* A last day that nobody lives to see is how some programs write that there is none. */
static bool
is_never(const char *day)
{
	return strspn(day, "0123456789") >= 8 && strncmp(day, DAY_LAST, 4) > 0;
}

static const char *
read_rule_part(const struct reader *reader, const char *name, const char *value, struct icalendar_rule *rule)
{
	if (strcmp(name, "FREQ") == 0)
		return g_ascii_strcasecmp(value, "WEEKLY") == 0 ? NULL : "does not repeat by the week";
	if (strcmp(name, "INTERVAL") == 0)
		return strcmp(value, "1") == 0 ? NULL : "does not repeat every week";
	if (strcmp(name, "WKST") == 0)
		return NULL; /* Which day a week begins with makes no difference when it is every week. */
	if (strcmp(name, "BYDAY") == 0)
		return read_weekdays(value, &rule->weekdays);
	if (strcmp(name, "UNTIL") == 0) {
		rule->has_until = !is_never(value);
		return rule->has_until ? read_time(reader, value, &rule->until) : NULL;
	}
	if (strcmp(name, "COUNT") == 0) {
		rule->count = read_number(&value);
		return *value == '\0' && rule->count > 0 && rule->count <= COUNT_MAX ? NULL : "repeats too often";
	}
	return "repeats in a way that a weekly shift cannot";
}

static const char *
read_rule(const struct reader *reader, struct icalendar_event *event)
{
	g_auto(GStrv) parts = g_strsplit(reader->value, ";", 0);
	const char *wrong = event->has_rule ? "repeats in two ways" : NULL;
	bool has_frequency = false;

	event->has_rule = true;
	event->rule = (struct icalendar_rule) { 0 };
	for (char **part = parts; *part != NULL && wrong == NULL; part++) {
		char *value = strchr(*part, '=');

		if (value == NULL)
			return "repeats in a way that nobody can read";
		*value++ = '\0';
		for (char *at = *part; *at != '\0'; at++)
			*at = g_ascii_toupper(*at);
		has_frequency = has_frequency || strcmp(*part, "FREQ") == 0;
		wrong = read_rule_part(reader, *part, value, &event->rule);
	}
	return wrong != NULL || has_frequency ? wrong : "repeats in a way that nobody can read";
}

static void
append_time(const struct reader *reader, struct icalendar_times *times, const struct icalendar_time *time)
{
	if (times->count == times->room) {
		times->room = MAX(8, times->room * 2);
		times->rows = talloc_realloc(reader->memory, times->rows, struct icalendar_time, times->room);
		g_assert(times->rows != NULL);
	}
	times->rows[times->count++] = *time;
}

static const char *
read_left_out(const struct reader *reader, struct icalendar_times *times)
{
	g_auto(GStrv) parts = g_strsplit(reader->value, ",", 0);

	for (char **part = parts; *part != NULL; part++) {
		struct icalendar_time time;
		const char *wrong = read_time(reader, *part, &time);

		if (wrong != NULL)
			return wrong;
		append_time(reader, times, &time);
	}
	return NULL;
}

/* ---- Events ---- */

static const char *
read_once(const struct reader *reader, bool *has, struct icalendar_time *time)
{
	if (*has)
		return "begins or ends twice";
	*has = true;

	const char *wrong = read_time(reader, reader->value, time);

	return wrong == NULL && time->has_seconds ? NOT_BY_MINUTES : wrong;
}

/* A property of the event that is open: what is wrong with it, or NULL. */
static const char *
read_property(const struct reader *reader, struct icalendar_event *event)
{
	if (is_named(reader, "DTSTART"))
		return read_once(reader, &event->has_start, &event->start);
	if (is_named(reader, "DTEND"))
		return read_once(reader, &event->has_end, &event->end);
	if (is_named(reader, "DURATION")) {
		event->has_duration = true;
		return read_duration(reader->value, &event->duration_minutes);
	}
	if (is_named(reader, "RRULE"))
		return read_rule(reader, event);
	if (is_named(reader, "EXDATE"))
		return read_left_out(reader, &event->left_out);
	if (is_named(reader, "RDATE") || is_named(reader, "EXRULE"))
		return "repeats in a way that a weekly shift cannot";
	if (is_named(reader, "RECURRENCE-ID"))
		return "is one day of a repeated event that was changed";
	if (is_named(reader, "STATUS") && is_value(reader, "CANCELLED"))
		return "was cancelled";
	if (is_named(reader, "TRANSP"))
		event->is_transparent = is_value(reader, "TRANSPARENT");
	else if (is_named(reader, "SUMMARY"))
		event->summary = read_text(reader);
	else if (is_named(reader, "DESCRIPTION"))
		event->description = read_text(reader);
	return NULL;
}

static gboolean
event_begin(struct reader *reader, const char *wrong, GError **error)
{
	struct icalendar *calendar = reader->calendar;

	if (calendar->count == reader->max)
		return refuse(error, REFUSED_RANGE, "calendar", "has more than %zu events", reader->max);
	if (calendar->count == calendar->room) {
		calendar->room = MAX(8, calendar->room * 2);
		calendar->events =
		    talloc_realloc(reader->memory, calendar->events, struct icalendar_event, calendar->room);
		g_assert(calendar->events != NULL);
	}
	reader->event = &calendar->events[calendar->count++];
	*reader->event = (struct icalendar_event) { .line = reader->line, .wrong = wrong };
	return TRUE;
}

/* Says of an event without anything wrong what it lacks. */
static void
event_end(struct reader *reader)
{
	struct icalendar_event *event = reader->event;

	reader->event = NULL;
	if (event->wrong != NULL)
		return;
	if (!event->has_start)
		event->wrong = "does not say when it begins";
	else if (event->has_end && event->has_duration)
		event->wrong = "says twice how long it is";
	else if (event->has_end && event->start.is_date != event->end.is_date)
		event->wrong = "begins and ends in two ways";
	else if (!event->start.is_date && !event->has_end && !event->has_duration)
		event->wrong = "does not say when it ends";
}

static gboolean
component_begin(struct reader *reader, GError **error)
{
	if (reader->depth == COMPONENTS_MAX)
		return refuse_line(reader, "begins too much within something", error);
	if (reader->depth == 0 && !is_value(reader, "VCALENDAR"))
		return refuse_line(reader, "is no beginning of a calendar", error);
	reader->has_begun = true;
	reader->open[reader->depth++] = talloc_strdup(reader->memory, reader->value);
	if (reader->depth != 2 || is_value(reader, "VTIMEZONE"))
		return TRUE;
	return event_begin(reader, is_value(reader, "VEVENT") ? NULL : "is no event", error);
}

static gboolean
component_end(struct reader *reader, GError **error)
{
	if (reader->depth == 0 || !is_value(reader, reader->open[reader->depth - 1]))
		return refuse_line(reader, "ends what is not open", error);
	if (reader->depth == 2 && reader->event != NULL)
		event_end(reader);
	reader->depth--;
	return TRUE;
}

static gboolean
take_line(struct reader *reader, GError **error)
{
	const char *wrong;

	if (is_named(reader, "BEGIN"))
		return component_begin(reader, error);
	if (is_named(reader, "END"))
		return component_end(reader, error);
	if (reader->depth == 0)
		return refuse_line(reader, "is outside of a calendar", error);
	if (reader->depth == 2 && reader->event != NULL) {
		wrong = read_property(reader, reader->event);
		if (reader->event->wrong == NULL)
			reader->event->wrong = wrong;
	}
	return TRUE;
}

gboolean
icalendar_read(const char *text, size_t max, void *memory, struct icalendar *calendar, GError **error)
{
	g_autoptr(GString) content = g_string_new(NULL);
	struct icalendar found = { 0 };
	struct reader reader = {
		.memory = memory, .at = text, .next = 1, .content = content, .calendar = &found, .max = max
	};

	/* Some programs begin every file of theirs with it. */
	if (g_str_has_prefix(text, "\xef\xbb\xbf"))
		reader.at += 3;
	while (read_line(&reader)) {
		if (!cut_line(&reader, error) || !take_line(&reader, error))
			return FALSE;
	}
	if (reader.depth > 0)
		return refuse(error, REFUSED_RANGE, "calendar", "ends before its end");
	if (!reader.has_begun)
		return refuse(error, REFUSED_RANGE, "calendar", "is empty");
	*calendar = found;
	return TRUE;
}
