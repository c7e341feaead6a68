/* The doors of shifts. */
#include "desk/shift/shift.h"

#include "desk/calendar/calendar.h"
#include "desk/shift/icalendar.h"
#include "edge/command.h"
#include "edge/shapes.h"

#define FIELD_DAY(type_, member, ...) FIELD_LINE(type_, member, CALENDAR_DAY_CHARS, __VA_ARGS__)
#define FIELD_WEEKDAY(type_)          FIELD_INT(type_, weekday, 1, 7, .says = "1 is Monday")
#define FIELD_FROM(type_)                                                                                              \
	FIELD_INT(type_, from_minute, 0, MINUTES_PER_DAY - 1, .says = "of the day, on the desk's clocks")
#define FIELD_MINUTES(type_)                                                                                           \
	FIELD_INT(type_, minutes, SHIFT_MINUTES_MIN, SHIFT_MINUTES_MAX, .says = "may run past midnight")
#define SAYS_LAST_DAY "left out: until further notice"

static const struct field row_fields[] = {
	FIELD_INT(shift_row, shift, 1, INT64_MAX),
	FIELD_INT(shift_row, person, 1, INT64_MAX),
	FIELD_WEEKDAY(shift_row),
	FIELD_FROM(shift_row),
	FIELD_MINUTES(shift_row),
	FIELD_DAY(shift_row, first_day),
	FIELD_DAY(shift_row, last_day, OPTIONAL, .says = SAYS_LAST_DAY),
	FIELD_END,
};

static const struct field exception_fields[] = {
	FIELD_INT(shift_exception, exception, 1, INT64_MAX),
	FIELD_INT(shift_exception, person, 1, INT64_MAX),
	FIELD_DAY(shift_exception, day),
	FIELD_WORD(shift_exception, kind, shift_kinds),
	FIELD_INT(shift_exception, from_minute, 0, MINUTES_PER_DAY - 1, .says = "of an extra one; else 0"),
	FIELD_INT(shift_exception, minutes, 0, SHIFT_MINUTES_MAX, OPTIONAL, .says = "of an extra one"),
	FIELD_LINE(shift_exception, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field time_fields[] = {
	FIELD_INT(shift_time_row, person, 1, INT64_MAX),
	FIELD_INT(shift_time_row, shift, 1, INT64_MAX, OPTIONAL, .says = "the weekly one that it comes of"),
	FIELD_INT(shift_time_row, exception, 1, INT64_MAX, OPTIONAL, .says = "or the extra one"),
	FIELD_DAY(shift_time_row, day, .says = "on which it begins"),
	FIELD_FROM(shift_time_row),
	FIELD_INT(shift_time_row, minutes, SHIFT_MINUTES_MIN, SHIFT_MINUTES_MAX, .says = "by the clock on the wall"),
	FIELD_TIME(shift_time_row, starts_at),
	FIELD_TIME(shift_time_row, ends_at),
	FIELD_END,
};

static const struct field day_fields[] = {
	FIELD_DAY(shift_day, day),
	FIELD_WEEKDAY(shift_day),
	FIELD_TIME(shift_day, starts_at),
	FIELD_TIME(shift_day, ends_at),
	FIELD_LINE(shift_day, holiday, LIMIT_NAME_BYTES, OPTIONAL, .says = "its name"),
	FIELD_END,
};

static const struct field person_fields[] = {
	FIELD_INT(shift_person, id, 1, INT64_MAX),
	FIELD_LINE(shift_person, name, LIMIT_NAME_BYTES),
	FIELD_INT(shift_person, pool, 1, INT64_MAX),
	FIELD_END,
};

static const struct field list_fields[] = {
	FIELD_DAY(shift_list_ask, from, IN_QUERY, OPTIONAL, .says = "a day; left out: today"),
	FIELD_INT(shift_list_ask, days, 1, LIMIT_SHIFT_DAYS, IN_QUERY, OPTIONAL, .otherwise = 7),
	FIELD_INT(shift_list_ask, person, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "of one person only"),
	FIELD_INT(shift_list_ask, pool, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "of the people of one pool only"),
	FIELD_END,
};

static const struct field list_answer[] = {
	FIELD_LINE(shift_list, time_zone, LIMIT_TIME_ZONE_BYTES, .says = "the desk's"),
	FIELD_LIST(shift_list, days, shift_day, day_fields),
	FIELD_LIST(shift_list, people, shift_person, person_fields, .says = "who may have shifts, by name"),
	FIELD_LIST(shift_list, shifts, shift_row, row_fields, .says = "weekly ones in force on one of the days"),
	FIELD_LIST(shift_list, exceptions, shift_exception, exception_fields),
	FIELD_LIST(shift_list, times, shift_time_row, time_fields,
	    .says = "what comes of all that on those days, also what began the day before and goes on, as they begin"),
	FIELD_END,
};

static const struct field add_fields[] = {
	FIELD_CALLER(shift_add),
	FIELD_INT(shift_add, person, 1, INT64_MAX),
	FIELD_WEEKDAY(shift_add),
	FIELD_FROM(shift_add),
	FIELD_MINUTES(shift_add),
	FIELD_DAY(shift_add, first_day, OPTIONAL, .says = "left out: today"),
	FIELD_DAY(shift_add, last_day, OPTIONAL, .says = SAYS_LAST_DAY),
	FIELD_END,
};

static const struct field change_fields[] = {
	FIELD_INT(shift_change, shift, 1, INT64_MAX, IN_PATH),
	FIELD_WEEKDAY(shift_change),
	FIELD_FROM(shift_change),
	FIELD_MINUTES(shift_change),
	FIELD_DAY(shift_change, first_day, OPTIONAL, .says = "left out: stays"),
	FIELD_DAY(shift_change, last_day, OPTIONAL, .says = SAYS_LAST_DAY),
	FIELD_DAY(
	    shift_change, from_day, OPTIONAL, .says = "what was before that day stays: another shift is answered"),
	FIELD_INT(shift_change, person, 1, INT64_MAX, OPTIONAL, .says = "whose it becomes; left out: stays"),
	FIELD_END,
};

static const struct field remove_fields[] = {
	FIELD_INT(shift_remove, shift, 1, INT64_MAX, IN_PATH),
	FIELD_DAY(shift_remove, from_day, OPTIONAL, .says = "what was before that day stays; left out: all is removed"),
	FIELD_END,
};

static const struct field except_fields[] = {
	FIELD_CALLER(shift_except),
	FIELD_INT(shift_except, person, 1, INT64_MAX),
	FIELD_DAY(shift_except, day),
	FIELD_WORD(
	    shift_except, kind, shift_kinds, .says = "off: weekly shifts of that day fall away; extra: one more"),
	FIELD_INT(shift_except, from_minute, 0, MINUTES_PER_DAY - 1, OPTIONAL, .otherwise = -1,
	    .says = "of an extra one, which has both"),
	FIELD_INT(shift_except, minutes, SHIFT_MINUTES_MIN, SHIFT_MINUTES_MAX, OPTIONAL, .says = "of an extra one"),
	FIELD_LINE(shift_except, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field change_day_fields[] = {
	FIELD_CALLER(shift_change_day),
	FIELD_INT(shift_change_day, shift, 1, INT64_MAX, IN_PATH),
	FIELD_DAY(shift_change_day, day),
	FIELD_INT(shift_change_day, from_minute, 0, MINUTES_PER_DAY - 1, OPTIONAL, .otherwise = -1,
	    .says = "of what is there instead, which has both"),
	FIELD_INT(shift_change_day, minutes, SHIFT_MINUTES_MIN, SHIFT_MINUTES_MAX, OPTIONAL,
	    .says = "of that; left out: the shift falls away"),
	FIELD_DAY(shift_change_day, to_day, OPTIONAL, .says = "on which that is; left out: on the same"),
	FIELD_INT(
	    shift_change_day, person, 1, INT64_MAX, OPTIONAL, .says = "whose that is; left out: the same person's"),
	FIELD_LINE(shift_change_day, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field day_changed_answer[] = {
	FIELD_LIST(shift_day_changed, exceptions, shift_exception, exception_fields,
	    .says = "the day off, the other weekly shifts of that day as extra ones, and what is there instead"),
	FIELD_END,
};

static const struct field exception_change_fields[] = {
	FIELD_INT(shift_exception_change, exception, 1, INT64_MAX, IN_PATH),
	FIELD_INT(shift_exception_change, from_minute, 0, MINUTES_PER_DAY - 1, OPTIONAL, .otherwise = -1,
	    .says = "of an extra one, which has both"),
	FIELD_INT(
	    shift_exception_change, minutes, SHIFT_MINUTES_MIN, SHIFT_MINUTES_MAX, OPTIONAL, .says = "of an extra one"),
	FIELD_DAY(shift_exception_change, day, OPTIONAL, .says = "to which an extra one moves; left out: stays"),
	FIELD_INT(shift_exception_change, person, 1, INT64_MAX, OPTIONAL,
	    .says = "whose an extra one becomes; left out: stays"),
	FIELD_LINE(shift_exception_change, reason, LIMIT_REASON_BYTES, OPTIONAL),
	FIELD_END,
};

static const struct field exception_id_fields[] = {
	FIELD_INT(shift_exception_id, exception, 1, INT64_MAX),
	FIELD_END,
};

static const struct field exception_remove_fields[] = {
	FIELD_INT(shift_exception_remove, exception, 1, INT64_MAX, IN_PATH),
	FIELD_PLAIN_LIST(shift_exception_remove, others, shift_exception_id, exception_id_fields,
	    AT_MOST(LIMIT_SHIFTS_PER_PERSON), OPTIONAL, .says = "exceptions that go with it, all or none"),
	FIELD_END,
};

static const struct field coverage_fields[] = {
	FIELD_INT(shift_coverage_ask, pool, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "left out: everybody's"),
	FIELD_DAY(shift_coverage_ask, from, IN_QUERY, OPTIONAL, .says = "a day; left out: today"),
	FIELD_INT(shift_coverage_ask, days, 1, LIMIT_COVERAGE_DAYS, IN_QUERY, OPTIONAL, .otherwise = 7),
	FIELD_INT(shift_coverage_ask, step, 15, 30, IN_QUERY, OPTIONAL, .otherwise = 15,
	    .says = "minutes by which suggested starts differ: 15 or 30"),
	FIELD_END,
};

static const struct field half_hour_fields[] = {
	FIELD_TIME(shift_half_hour, at),
	FIELD_INT(shift_half_hour, people, 0, LIMIT_PEOPLE, .says = "on shift all the time"),
	FIELD_INT(shift_half_hour, most, 0, LIMIT_PEOPLE, .says = "on shift at some time"),
	FIELD_BOOL(shift_half_hour, is_wanted, .says = "somebody is to be there"),
	FIELD_END,
};

static const struct field gap_fields[] = {
	FIELD_TIME(shift_stretch, starts_at),
	FIELD_TIME(shift_stretch, ends_at),
	FIELD_END,
};

static const struct field crowd_fields[] = {
	FIELD_TIME(shift_stretch, starts_at),
	FIELD_TIME(shift_stretch, ends_at),
	FIELD_INT(shift_stretch, people, 1, LIMIT_PEOPLE, .says = "at most"),
	FIELD_END,
};

static const struct field suggestion_fields[] = {
	FIELD_INT(shift_suggestion, shift, 1, INT64_MAX),
	FIELD_INT(shift_suggestion, person, 1, INT64_MAX),
	FIELD_WEEKDAY(shift_suggestion),
	FIELD_INT(shift_suggestion, from_minute, 0, MINUTES_PER_DAY - 1, .says = "at which it had better begin"),
	FIELD_END,
};

static const struct field week_fields[] = {
	FIELD_INT(shift_week, gap_minutes, 0, INT64_MAX),
	FIELD_INT(shift_week, crowd_minutes, 0, INT64_MAX, .says = "a minute counts for each person without a seat"),
	FIELD_END,
};

static const struct field coverage_answer[] = {
	FIELD_INT(shift_coverage, pool, 1, INT64_MAX),
	FIELD_INT(shift_coverage, seats, 0, LIMIT_POOL_SEATS),
	FIELD_LINE(shift_coverage, time_zone, LIMIT_TIME_ZONE_BYTES, .says = "the desk's"),
	FIELD_LIST(shift_coverage, half_hours, shift_half_hour, half_hour_fields,
	    .says = "of real time: 46 or 50 on the days when the clocks change"),
	FIELD_LIST(
	    shift_coverage, gaps, shift_stretch, gap_fields, .says = "nobody is on shift, and somebody is to be"),
	FIELD_LIST(shift_coverage, crowds, shift_stretch, crowd_fields, .says = "more people than seats"),
	FIELD_LIST(shift_coverage, suggestions, shift_suggestion, suggestion_fields,
	    .says = "weekly shifts that had better begin earlier or later"),
	FIELD_OBJECT(shift_coverage, week, week_fields, .says = "a week, by the weekly shifts as they are"),
	FIELD_OBJECT(shift_coverage, suggested, week_fields, .says = "and as they are suggested"),
	FIELD_END,
};

static const struct field export_fields[] = {
	FIELD_INT(shift_export_ask, person, 1, INT64_MAX, IN_QUERY, OPTIONAL, .says = "one person's"),
	FIELD_WORD(shift_export_ask, whose, shift_whose, IN_QUERY, OPTIONAL,
	    .says = "instead; left out: own; everybody: for a lead"),
	FIELD_END,
};

static const struct field export_answer[] = {
	FIELD_TEXT(shift_export, calendar, LIMIT_CALENDAR_OUT_BYTES, .says = "text/calendar (RFC 5545)"),
	FIELD_END,
};

static const struct field import_fields[] = {
	FIELD_CALLER(shift_import),
	FIELD_INT(shift_import, person, 1, INT64_MAX, .says = "whose shifts they become"),
	FIELD_TEXT(shift_import, calendar, LIMIT_CALENDAR_BYTES, .says = "text/calendar (RFC 5545)"),
	FIELD_BOOL(shift_import, is_trial, OPTIONAL, .says = "answers the same, and keeps nothing"),
	FIELD_END,
};

static const struct field meeting_fields[] = {
	FIELD_MINUTES(shift_meeting),
	FIELD_FROM(shift_meeting),
	FIELD_INT(shift_meeting, weekday, 1, 7, OPTIONAL, .says = "of a weekly one; 1 is Monday"),
	FIELD_DAY(shift_meeting, day, OPTIONAL, .says = "of another one"),
	FIELD_END,
};

static const struct field skipped_fields[] = {
	FIELD_INT(shift_skipped, line, 1, INT64_MAX, .says = "of the calendar"),
	FIELD_LINE(shift_skipped, what, LIMIT_CALENDAR_BYTES, OPTIONAL, .says = "as the calendar calls it"),
	FIELD_WORD(shift_skipped, code, icalendar_faults, .says = "why"),
	FIELD_LINE(shift_skipped, why, LIMIT_REASON_BYTES, .says = "the same in English"),
	FIELD_LINE(shift_skipped, property, LIMIT_NAME_BYTES, OPTIONAL, .says = "whose fault it is, such as DTSTART"),
	FIELD_LINE(shift_skipped, zone, LIMIT_NAME_BYTES, OPTIONAL, .says = "the time zone, as the calendar calls it"),
	FIELD_OBJECT(shift_skipped, meets, meeting_fields, OPTIONAL, .says = "the other shift"),
	FIELD_END,
};

static const struct field import_answer[] = {
	FIELD_INT(shift_imported, shifts, 0, INT64_MAX, .says = "weekly ones that are new"),
	FIELD_INT(shift_imported, exceptions, 0, INT64_MAX, .says = "new days off and extra shifts"),
	FIELD_INT(shift_imported, known, 0, INT64_MAX, .says = "of both, what was there already"),
	FIELD_INT(shift_imported, left_out, 0, INT64_MAX),
	FIELD_LIST(shift_imported, skipped, shift_skipped, skipped_fields,
	    .says = "at most 200 of what was left out, in the order of the calendar"),
	FIELD_END,
};

RUNS(shift_export);
RUNS(shift_import);
RUNS(shift_coverage);
RUNS(shift_list);
RUNS(shift_add);
RUNS(shift_change);
RUNS_WITHOUT_ANSWER(shift_remove);
RUNS(shift_except);
RUNS(shift_change_day);
RUNS(shift_exception_change);
RUNS_WITHOUT_ANSWER(shift_exception_remove);

const struct command shift_commands[] = {
	{ .name = "shift.list",
	    .door = "GET /api/v1/shifts",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(list_fields, shift_list_ask),
	    ANSWERS(list_answer, shift_list),
	    .run = run_shift_list,
	    .on_socket = true,
	    .says = "Who works when, on some days." },
	{ .name = "shift.add",
	    .door = "POST /api/v1/shifts",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(add_fields, shift_add),
	    ANSWERS(row_fields, shift_row),
	    .run = run_shift_add,
	    .on_socket = true,
	    .audit = "added a shift",
	    .says = "Adds a weekly shift." },
	{ .name = "shift.change",
	    .door = "PUT /api/v1/shifts/{shift}",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(change_fields, shift_change),
	    ANSWERS(row_fields, shift_row),
	    .run = run_shift_change,
	    .on_socket = true,
	    .audit = "changed a shift",
	    .says = "Changes a weekly shift, or whose it is, from a day on or as if it had always been so." },
	{ .name = "shift.remove",
	    .door = "POST /api/v1/shifts/{shift}/remove",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(remove_fields, shift_remove),
	    .run = run_shift_remove,
	    .on_socket = true,
	    .audit = "removed a shift",
	    .says = "Ends a weekly shift before a day, or removes it." },
	{ .name = "shift.except",
	    .door = "POST /api/v1/shifts/exceptions",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(except_fields, shift_except),
	    ANSWERS(exception_fields, shift_exception),
	    .run = run_shift_except,
	    .on_socket = true,
	    .audit = "made an exception of a day",
	    .says = "Makes one day of somebody otherwise: off, or with an extra shift." },
	{ .name = "shift.change_day",
	    .door = "POST /api/v1/shifts/{shift}/day",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(change_day_fields, shift_change_day),
	    ANSWERS(day_changed_answer, shift_day_changed),
	    .run = run_shift_change_day,
	    .on_socket = true,
	    .audit = "changed a shift on one day",
	    .says =
		"Makes a weekly shift otherwise on one day, moves it from that day to another one or to somebody else, or lets it fall away on it." },
	{ .name = "shift.exception_change",
	    .door = "PUT /api/v1/shifts/exceptions/{exception}",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(exception_change_fields, shift_exception_change),
	    ANSWERS(exception_fields, shift_exception),
	    .run = run_shift_exception_change,
	    .on_socket = true,
	    .audit = "changed an exception of a day",
	    .says =
		"Gives an extra shift other times, another day or to somebody else; or an exception another reason." },
	{ .name = "shift.exception_remove",
	    .door = "DELETE /api/v1/shifts/exceptions/{exception}",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_WRITE,
	    TAKES(exception_remove_fields, shift_exception_remove),
	    .run = run_shift_exception_remove,
	    .on_socket = true,
	    .audit = "took an exception of a day back",
	    .says = "Takes an exception back, or several at once." },
	{ .name = "shift.coverage",
	    .door = "GET /api/v1/shifts/coverage",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(coverage_fields, shift_coverage_ask),
	    ANSWERS(coverage_answer, shift_coverage),
	    .run = run_shift_coverage,
	    .on_socket = true,
	    .says = "People on shift against the seats of a pool: gaps, crowds, and better starts." },
	{ .name = "shift.export",
	    .door = "GET /api/v1/shifts/calendar",
	    .may = MAY_ANSWER,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    TAKES(export_fields, shift_export_ask),
	    ANSWERS(export_answer, shift_export),
	    .run = run_shift_export,
	    .says = "Somebody's shifts as a calendar for other programs; everybody's for a lead." },
	{ .name = "shift.import",
	    .door = "POST /api/v1/shifts/calendar",
	    .may = MAY_PLAN,
	    .kind = COMMAND_WRITE,
	    .once = ONCE_BY_RECEIPT,
	    .flood = FLOOD_WRITE,
	    TAKES(import_fields, shift_import),
	    ANSWERS(import_answer, shift_imported),
	    .codes = icalendar_refusals,
	    .run = run_shift_import,
	    .audit = "imported shifts",
	    .says = "Adds what a calendar of another program has to somebody's shifts, and lists what it cannot." },
	COMMANDS_END,
};
