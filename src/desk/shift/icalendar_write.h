/*
 * Shifts as iCalendar (RFC 5545), for other calendar programs: every weekly shift a repeated event that leaves out days off and holidays,
 * every extra one an event, every day off a whole day. What is written here is read by icalendar.h as the same shifts. Pure.
 */
#pragma once

#include <glib.h>

#include "desk/shift/shift.h"
#include "desk/shift/times.h"

struct icalendar_words {
	const char *zone_name;
	const char *desk; /* names the calendar */
	const char *site; /* tells the events of this desk from those of others */
	int64_t now;
	const struct shift_people *people; /* their names; the plan is theirs */
};

/* Appends a whole calendar, lines ended by CRLF and folded at 75 bytes. */
void icalendar_write(GString *out, const struct shift_plan *plan, const struct icalendar_words *words);
