/* Reading iCalendar: see icalendar.h. */
#include "desk/shift/icalendar.h"

#include <limits.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "desk/shift/icalendar_value.h"

#define COMPONENTS_MAX 8 /* within each other: a calendar, an event, an alarm, and what others invent */

struct reader {
	void *memory;
	const char *at;   /* what is not read yet */
	int line, next;   /* of the content line that was read, and of what comes after it */
	GString *content; /* the content line, unfolded; then cut into: */
	char *name, *value;
	char *zone;    /* its TZID, or NULL */
	bool is_since; /* its RANGE says: and all after it */
	const char *open[COMPONENTS_MAX];
	size_t depth;
	bool has_begun; /* a calendar was there */
	struct icalendar *calendar;
	size_t max;
	struct icalendar_event *event; /* which is open, where it is one that counts */
	size_t first;                  /* event of the calendar that is open */
	const char *calendar_zone;     /* for its times that name none; or NULL */
	bool is_cancelling;            /* it takes back what it has */
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
refuse_line(const struct reader *reader, enum icalendar_fault fault, GError **error)
{
	return icalendar_refuse(REFUSED_RANGE, fault, reader->line, error);
}

/* Behind a parameter's value: what is in quotes counts as one, and so do the addresses by which Exchange names zones without any. */
static char *
skip_value(char *at)
{
	bool is_quoted = false;

	while (*at != '\0' && (is_quoted || (*at != ';' && (*at != ':' || g_str_has_prefix(at, "://"))))) {
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

/* Cuts name, parameters and value apart; of the parameters the time zone is kept. False: it is no content line. */
static bool
cut_line(struct reader *reader)
{
	char *at = reader->content->str + strcspn(reader->content->str, ";:");

	reader->name = reader->content->str;
	reader->zone = NULL;
	reader->is_since = false;
	while (*at == ';') {
		char *parameter = at + 1, *end = skip_value(parameter);
		bool is_last = *end == ':';

		if (*end == '\0')
			return false;
		*at = *end = '\0';
		if (g_ascii_strncasecmp(parameter, "TZID=", 5) == 0)
			reader->zone = unquoted(parameter + 5);
		if (g_ascii_strcasecmp(parameter, "RANGE=THISANDFUTURE") == 0)
			reader->is_since = true;
		at = end;
		*at = is_last ? ':' : ';';
	}
	if (*at != ':' || at == reader->name)
		return false;
	*at = '\0';
	reader->value = g_strstrip(at + 1);
	return true;
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

/* The TZID of the line, in memory that stays; NULL: it has none. */
static const char *
kept_zone(const struct reader *reader)
{
	char *zone = reader->zone == NULL ? NULL : talloc_strdup(reader->memory, reader->zone);

	if (zone == NULL)
		return NULL;
	text_tidy(zone);
	return *g_strstrip(zone) == '\0' ? NULL : zone;
}

/* ---- Events ---- */

static enum icalendar_fault
read_once(const struct reader *reader, bool *has, struct icalendar_time *time)
{
	if (*has)
		return FAULT_SAID_TWICE;
	*has = true;

	enum icalendar_fault fault = icalendar_time_read(reader->value, kept_zone(reader), time);

	return fault == FAULT_NONE && time->has_seconds ? FAULT_NOT_BY_MINUTES : fault;
}

static enum icalendar_fault
read_start(const struct reader *reader, struct icalendar_event *event)
{
	return read_once(reader, &event->has_start, &event->start);
}

static enum icalendar_fault
read_end(const struct reader *reader, struct icalendar_event *event)
{
	return read_once(reader, &event->has_end, &event->end);
}

static enum icalendar_fault
read_length(const struct reader *reader, struct icalendar_event *event)
{
	event->has_duration = true;
	return icalendar_length_read(reader->value, &event->duration_days, &event->duration_minutes);
}

static enum icalendar_fault
read_rule(const struct reader *reader, struct icalendar_event *event)
{
	if (event->has_rule)
		return FAULT_SAID_TWICE;
	event->has_rule = true;
	return icalendar_rule_read(reader->value, &event->rule);
}

static enum icalendar_fault
read_left_out(const struct reader *reader, struct icalendar_event *event)
{
	return icalendar_times_read(reader->value, kept_zone(reader), reader->memory, &event->left_out);
}

static enum icalendar_fault
read_other_rule(const struct reader *reader, struct icalendar_event *event)
{
	(void)reader, (void)event;
	return FAULT_OTHER_REPEATING;
}

static enum icalendar_fault
read_instead(const struct reader *reader, struct icalendar_event *event)
{
	enum icalendar_fault fault = icalendar_time_read(reader->value, kept_zone(reader), &event->instead);

	event->has_instead = fault == FAULT_NONE;
	event->is_since = reader->is_since;
	return fault;
}

static enum icalendar_fault
read_uid(const struct reader *reader, struct icalendar_event *event)
{
	event->uid = talloc_strdup(reader->memory, reader->value);
	return FAULT_NONE;
}

static enum icalendar_fault
read_sequence(const struct reader *reader, struct icalendar_event *event)
{
	gint64 number;

	if (g_ascii_string_to_signed(reader->value, 10, 0, INT_MAX, &number, NULL))
		event->sequence = (int)number;
	return FAULT_NONE;
}

static enum icalendar_fault
read_whole(const struct reader *reader, struct icalendar_event *event)
{
	event->is_whole = is_value(reader, "TRUE");
	return FAULT_NONE;
}

static enum icalendar_fault
read_status(const struct reader *reader, struct icalendar_event *event)
{
	event->is_cancelled = is_value(reader, "CANCELLED");
	return FAULT_NONE;
}

static enum icalendar_fault
read_transparency(const struct reader *reader, struct icalendar_event *event)
{
	event->is_transparent = is_value(reader, "TRANSPARENT");
	return FAULT_NONE;
}

static enum icalendar_fault
read_summary(const struct reader *reader, struct icalendar_event *event)
{
	event->summary = icalendar_text_read(reader->value, reader->memory);
	return FAULT_NONE;
}

static enum icalendar_fault
read_description(const struct reader *reader, struct icalendar_event *event)
{
	event->description = icalendar_text_read(reader->value, reader->memory);
	return FAULT_NONE;
}

/* What of an event makes a difference to a shift. */
static const struct property {
	const char *name;
	enum icalendar_fault (*read)(const struct reader *reader, struct icalendar_event *event);
} properties[] = {
	{ "DTSTART", read_start },
	{ "DTEND", read_end },
	{ "DURATION", read_length },
	{ "RRULE", read_rule },
	{ "EXDATE", read_left_out },
	{ "RDATE", read_other_rule },
	{ "EXRULE", read_other_rule },
	{ "RECURRENCE-ID", read_instead },
	{ "UID", read_uid },
	{ "SEQUENCE", read_sequence },
	{ "X-MICROSOFT-CDO-ALLDAYEVENT", read_whole },
	{ "STATUS", read_status },
	{ "TRANSP", read_transparency },
	{ "SUMMARY", read_summary },
	{ "DESCRIPTION", read_description },
};

/* The one whose line it is, or NULL. One that could not be cut may be somebody's prose: it counts where it begins in capitals. */
static const struct property *
property_of(const struct reader *reader, bool is_line)
{
	const char *line = reader->content->str;
	size_t size = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		const char *name = properties[i].name;

		if (is_line ? is_named(reader, name) : strlen(name) == size && strncmp(line, name, size) == 0)
			return &properties[i];
	}
	return NULL;
}

/* A line of the event that is open; `is_line`: it could be cut. */
static void
take_property(const struct reader *reader, struct icalendar_event *event, bool is_line)
{
	const struct property *property = property_of(reader, is_line);
	enum icalendar_fault fault = property == NULL ? FAULT_NONE
	    : is_line                                 ? property->read(reader, event)
						      : FAULT_UNREAD_LINE;

	if (event->fault != FAULT_NONE || fault == FAULT_NONE)
		return;
	event->fault = fault;
	event->property = property->name;
}

static gboolean
event_begin(struct reader *reader, enum icalendar_fault fault, GError **error)
{
	struct icalendar *calendar = reader->calendar;

	if (calendar->count == reader->max)
		return icalendar_refuse(REFUSED_RANGE, FAULT_MANY_EVENTS, reader->line, error);
	if (calendar->count == calendar->room) {
		calendar->room = MAX(8, calendar->room * 2);
		calendar->events =
		    talloc_realloc(reader->memory, calendar->events, struct icalendar_event, calendar->room);
		g_assert(calendar->events != NULL);
	}
	reader->event = &calendar->events[calendar->count++];
	*reader->event = (struct icalendar_event) { .line = reader->line, .fault = fault };
	return TRUE;
}

/* Midnights become the days that are meant. */
static void
settle_whole(struct icalendar_event *event)
{
	if (event->start.minute != 0 || (event->has_end && event->end.minute != 0))
		return;
	event->start = (struct icalendar_time) { .day = event->start.day, .is_date = true };
	event->end = (struct icalendar_time) { .day = event->end.day, .is_date = true };
}

/* Says of an event without anything wrong what it lacks. */
static void
event_end(struct reader *reader)
{
	struct icalendar_event *event = reader->event;

	reader->event = NULL;
	if (event->fault != FAULT_NONE)
		return;
	if (event->is_whole)
		settle_whole(event);
	if (!event->has_start)
		event->fault = FAULT_NO_START;
	else if (event->has_end && event->has_duration)
		event->fault = FAULT_TWO_LENGTHS;
	else if (event->has_end && event->start.is_date != event->end.is_date)
		event->fault = FAULT_TWO_KINDS;
	else if (!event->start.is_date && !event->has_end && !event->has_duration)
		event->fault = FAULT_NO_END;
}

/* What is said of the whole calendar, before its events or behind them. */
static void
take_calendar_line(struct reader *reader)
{
	if (is_named(reader, "METHOD"))
		reader->is_cancelling = is_value(reader, "CANCEL");
	if (is_named(reader, "X-WR-TIMEZONE")) {
		reader->zone = reader->value;
		reader->calendar_zone = kept_zone(reader);
	}
}

static void
calendar_end(struct reader *reader)
{
	for (size_t i = reader->first; i < reader->calendar->count; i++) {
		struct icalendar_event *event = &reader->calendar->events[i];

		event->zone = reader->calendar_zone;
		event->is_cancelled = event->is_cancelled || reader->is_cancelling;
		if (event->is_cancelled && event->fault != FAULT_NOT_EVENT) {
			event->fault = FAULT_CANCELLED;
			event->property = NULL;
		}
	}
	reader->first = reader->calendar->count;
	reader->calendar_zone = NULL;
	reader->is_cancelling = false;
}

static gboolean
component_begin(struct reader *reader, GError **error)
{
	if (reader->depth == COMPONENTS_MAX)
		return refuse_line(reader, FAULT_TOO_DEEP, error);
	if (reader->depth == 0 && !is_value(reader, "VCALENDAR"))
		return refuse_line(reader, FAULT_NOT_CALENDAR, error);
	reader->has_begun = true;
	reader->open[reader->depth++] = talloc_strdup(reader->memory, reader->value);
	if (reader->depth != 2 || is_value(reader, "VTIMEZONE"))
		return TRUE;
	return event_begin(reader, is_value(reader, "VEVENT") ? FAULT_NONE : FAULT_NOT_EVENT, error);
}

static gboolean
component_end(struct reader *reader, GError **error)
{
	if (reader->depth == 0 || !is_value(reader, reader->open[reader->depth - 1]))
		return refuse_line(reader, FAULT_NOT_OPEN, error);
	if (reader->depth == 2 && reader->event != NULL)
		event_end(reader);
	if (--reader->depth == 0)
		calendar_end(reader);
	return TRUE;
}

static gboolean
take_line(struct reader *reader, GError **error)
{
	bool is_line = cut_line(reader);

	if (is_line && is_named(reader, "BEGIN"))
		return component_begin(reader, error);
	if (is_line && is_named(reader, "END"))
		return component_end(reader, error);
	if (reader->depth == 1 && is_line)
		take_calendar_line(reader);
	if (reader->depth == 2 && reader->event != NULL)
		take_property(reader, reader->event, is_line);
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
		if (!take_line(&reader, error))
			return FALSE;
	}
	if (reader.depth > 0)
		return icalendar_refuse(REFUSED_RANGE, FAULT_UNENDED, 0, error);
	if (!reader.has_begun)
		return icalendar_refuse(REFUSED_RANGE, FAULT_NO_CALENDAR, 0, error);
	*calendar = found;
	return TRUE;
}
