/*
 * The definition of a time zone in iCalendar (RFC 5545, 3.6.5), as it is for some years from a year on.
 *
 * Where the clocks change every year on the same weekday of the same month, that is said as a rule, which goes on for ever;
 * elsewhere every change of those years is said by itself. Pure, but for the system's table of time zones; any thread.
 */
#pragma once

#include <glib.h>

/* Appends BEGIN:VTIMEZONE … END:VTIMEZONE, lines ended by CRLF. */
void icalendar_zone_write(GString *out, GTimeZone *zone, const char *name, int year);
