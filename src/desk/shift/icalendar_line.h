/*
 * Content lines of iCalendar (RFC 5545, 3.1), one after the other: unfolded, and cut into name, parameters and value.
 *
 * Pure; one pass over the text, which must outlive it. What a line gives lives until the next one is read.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct icalendar_line {
	const char *at;   /* what is not read yet */
	int number, next; /* of the line that was read, and of what comes after it; `next` is 1 before the first */
	GString *content; /* the line, unfolded; then cut into: */
	char *name, *value;
	char *zone;    /* its TZID, or NULL */
	bool is_since; /* its RANGE says: and all after it */
};

/* The next one that is not empty; false at the end of the text. */
bool icalendar_line_read(struct icalendar_line *line);

/* Cuts it; false: it is no content line. */
bool icalendar_line_cut(struct icalendar_line *line);

/* Whether it is called so, and says so; small letters are as good as capitals. */
bool icalendar_line_is(const struct icalendar_line *line, const char *name);
bool icalendar_line_says(const struct icalendar_line *line, const char *value);

/* The TZID of the line, in memory that stays; NULL: it has none. */
const char *icalendar_line_zone(const struct icalendar_line *line, void *memory);
