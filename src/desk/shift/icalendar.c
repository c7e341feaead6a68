/* Reading iCalendar: see icalendar.h. */
#include "desk/shift/icalendar.h"

#include <limits.h>
#include <string.h>
#include <talloc.h>

#include "desk/shift/icalendar_line.h"
#include "desk/shift/icalendar_value.h"

#define COMPONENTS_MAX 8 /* within each other: a calendar, an event, an alarm, and what others invent */

struct reader {
	void *memory;
	struct icalendar_line line;
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

static gboolean
refuse_line(const struct reader *reader, enum icalendar_fault fault, GError **error)
{
	return icalendar_refuse(REFUSED_RANGE, fault, reader->line.number, error);
}

/* ---- Events ---- */

static enum icalendar_fault
read_once(const struct reader *reader, bool *has, struct icalendar_time *time)
{
	if (*has)
		return FAULT_SAID_TWICE;
	*has = true;

	enum icalendar_fault fault =
	    icalendar_time_read(reader->line.value, icalendar_line_zone(&reader->line, reader->memory), time);

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
	return icalendar_length_read(reader->line.value, &event->duration_days, &event->duration_minutes);
}

static enum icalendar_fault
read_rule(const struct reader *reader, struct icalendar_event *event)
{
	if (event->has_rule)
		return FAULT_SAID_TWICE;
	event->has_rule = true;
	return icalendar_rule_read(reader->line.value, &event->rule);
}

static enum icalendar_fault
read_left_out(const struct reader *reader, struct icalendar_event *event)
{
	return icalendar_times_read(
	    reader->line.value, icalendar_line_zone(&reader->line, reader->memory), reader->memory, &event->left_out);
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
	enum icalendar_fault fault = icalendar_time_read(
	    reader->line.value, icalendar_line_zone(&reader->line, reader->memory), &event->instead);

	event->has_instead = fault == FAULT_NONE;
	event->is_since = reader->line.is_since;
	return fault;
}

static enum icalendar_fault
read_uid(const struct reader *reader, struct icalendar_event *event)
{
	event->uid = talloc_strdup(reader->memory, reader->line.value);
	return FAULT_NONE;
}

static enum icalendar_fault
read_sequence(const struct reader *reader, struct icalendar_event *event)
{
	gint64 number;

	if (g_ascii_string_to_signed(reader->line.value, 10, 0, INT_MAX, &number, NULL))
		event->sequence = (int)number;
	return FAULT_NONE;
}

static enum icalendar_fault
read_whole(const struct reader *reader, struct icalendar_event *event)
{
	event->is_whole = icalendar_line_says(&reader->line, "TRUE");
	return FAULT_NONE;
}

static enum icalendar_fault
read_status(const struct reader *reader, struct icalendar_event *event)
{
	event->is_cancelled = icalendar_line_says(&reader->line, "CANCELLED");
	return FAULT_NONE;
}

static enum icalendar_fault
read_transparency(const struct reader *reader, struct icalendar_event *event)
{
	event->is_transparent = icalendar_line_says(&reader->line, "TRANSPARENT");
	return FAULT_NONE;
}

static enum icalendar_fault
read_summary(const struct reader *reader, struct icalendar_event *event)
{
	event->summary = icalendar_text_read(reader->line.value, reader->memory);
	return FAULT_NONE;
}

static enum icalendar_fault
read_description(const struct reader *reader, struct icalendar_event *event)
{
	event->description = icalendar_text_read(reader->line.value, reader->memory);
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
	const char *line = reader->line.content->str;
	size_t size = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

	for (size_t i = 0; i < G_N_ELEMENTS(properties); i++) {
		const char *name = properties[i].name;

		if (is_line ? icalendar_line_is(&reader->line, name)
			    : strlen(name) == size && strncmp(line, name, size) == 0)
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
		return icalendar_refuse(REFUSED_RANGE, FAULT_MANY_EVENTS, reader->line.number, error);
	if (calendar->count == calendar->room) {
		calendar->room = MAX(8, calendar->room * 2);
		calendar->events =
		    talloc_realloc(reader->memory, calendar->events, struct icalendar_event, calendar->room);
		g_assert(calendar->events != NULL);
	}
	reader->event = &calendar->events[calendar->count++];
	*reader->event = (struct icalendar_event) { .line = reader->line.number, .fault = fault };
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
	if (icalendar_line_is(&reader->line, "METHOD"))
		reader->is_cancelling = icalendar_line_says(&reader->line, "CANCEL");
	if (icalendar_line_is(&reader->line, "X-WR-TIMEZONE")) {
		reader->line.zone = reader->line.value;
		reader->calendar_zone = icalendar_line_zone(&reader->line, reader->memory);
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
	if (reader->depth == 0 && !icalendar_line_says(&reader->line, "VCALENDAR"))
		return refuse_line(reader, FAULT_NOT_CALENDAR, error);
	reader->has_begun = true;
	reader->open[reader->depth++] = talloc_strdup(reader->memory, reader->line.value);
	if (reader->depth != 2 || icalendar_line_says(&reader->line, "VTIMEZONE"))
		return TRUE;
	return event_begin(reader, icalendar_line_says(&reader->line, "VEVENT") ? FAULT_NONE : FAULT_NOT_EVENT, error);
}

static gboolean
component_end(struct reader *reader, GError **error)
{
	if (reader->depth == 0 || !icalendar_line_says(&reader->line, reader->open[reader->depth - 1]))
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
	bool is_line = icalendar_line_cut(&reader->line);

	if (is_line && icalendar_line_is(&reader->line, "BEGIN"))
		return component_begin(reader, error);
	if (is_line && icalendar_line_is(&reader->line, "END"))
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
	/* Some programs begin every file of theirs with a mark of the order of bytes. */
	size_t mark = g_str_has_prefix(text, "\xef\xbb\xbf") ? 3 : 0;
	struct reader reader = { .memory = memory,
		.line = { .at = text + mark, .next = 1, .content = content },
		.calendar = &found,
		.max = max };

	while (icalendar_line_read(&reader.line)) {
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
