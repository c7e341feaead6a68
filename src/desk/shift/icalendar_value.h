/*
 * Values of iCalendar (RFC 5545, 3.3), as far as shifts can be said in them: times, lengths, rules, texts.
 *
 * Each is read as a whole, and gives what is wrong with it, or FAULT_NONE. Pure; texts that are given back live in `memory` (talloc).
 */
#pragma once

#include "desk/shift/icalendar.h"

/* 20260330, or 20260330T090000, or that with a Z; `zone`: the TZID beside it, or NULL, which is not copied. */
enum icalendar_fault icalendar_time_read(const char *text, const char *zone, struct icalendar_time *time);

/* Such times behind each other, with commas, which are added to those that are there. */
enum icalendar_fault icalendar_times_read(
    const char *text, const char *zone, void *memory, struct icalendar_times *times);

/* P1DT8H30M and the like (3.3.6): days by the clock on the wall, and then minutes. */
enum icalendar_fault icalendar_length_read(const char *text, int64_t *days, int64_t *minutes);

/* FREQ=WEEKLY;BYDAY=MO,WE and the like (3.3.10). */
enum icalendar_fault icalendar_rule_read(const char *text, struct icalendar_rule *rule);

/* A text (3.3.11) as one clean line. */
const char *icalendar_text_read(const char *value, void *memory);
