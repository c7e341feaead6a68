/*
 * What can be wrong with a calendar, as a closed list (icalendar_fault.def): of one event, or of all of it.
 */
#pragma once

#include "base/error.h"

enum icalendar_fault {
	FAULT_NONE,
#define FAULT(name, code, words)   FAULT_##name,
#define REFUSAL(name, code, words) FAULT_##name,
#include "desk/shift/icalendar_fault.def"
#undef FAULT
#undef REFUSAL
	FAULTS
};

/* The codes of events, and those of the whole; each up to NULL. */
extern const char *const icalendar_faults[], *const icalendar_refusals[];

/* Its code, and its words, which go on behind "the event" or "line 4:". */
const char *icalendar_fault_code(enum icalendar_fault fault);
const char *icalendar_fault_words(enum icalendar_fault fault);

/* Refuses the calendar for that; `line` 0: it is no line's fault. */
gboolean icalendar_refuse(enum error_kind kind, enum icalendar_fault fault, int line, GError **error);
