/*
 * The definition of a time zone in iCalendar (RFC 5545, 3.6.5), as it is for some years from a year on.
 *
 * From when on the clocks change every year on the same weekday of the same month, that is said as a rule, which goes on for ever;
 * every change before that, or where they never do, is said by itself. Pure, but for the system's table of time zones; any thread.
 */
#pragma once

#include <glib.h>

/* Years for which a rule must have held before it is believed. */
#define ICALENDAR_ZONE_YEARS 12

/* Appends BEGIN:VTIMEZONE … END:VTIMEZONE, lines ended by CRLF, for the years from `year` up to the one before `until`. */
void icalendar_zone_write(GString *out, GTimeZone *zone, const char *name, int year, int until);
