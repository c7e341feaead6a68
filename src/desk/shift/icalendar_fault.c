/* What can be wrong with a calendar: see icalendar_fault.h. */
#include "desk/shift/icalendar_fault.h"

static const struct {
	const char *code, *words;
} rows[FAULTS] = {
#define FAULT(name, code, words)   [FAULT_##name] = { code, words },
#define REFUSAL(name, code, words) [FAULT_##name] = { code, words },
#include "desk/shift/icalendar_fault.def"
#undef FAULT
#undef REFUSAL
};

const char *const icalendar_faults[] = {
#define FAULT(name, code, words) code,
#define REFUSAL(name, code, words)
#include "desk/shift/icalendar_fault.def"
#undef FAULT
#undef REFUSAL
	NULL
};

const char *const icalendar_refusals[] = {
#define FAULT(name, code, words)
#define REFUSAL(name, code, words) code,
#include "desk/shift/icalendar_fault.def"
#undef FAULT
#undef REFUSAL
	NULL
};

const char *
icalendar_fault_code(enum icalendar_fault fault)
{
	return rows[fault].code;
}

const char *
icalendar_fault_words(enum icalendar_fault fault)
{
	return rows[fault].words;
}

gboolean
icalendar_refuse(enum error_kind kind, enum icalendar_fault fault, int line, GError **error)
{
	struct error_cause cause = { rows[fault].code, line };

	return line > 0 ? refuse_because(error, kind, "calendar", cause, "line %d: %s", line, rows[fault].words)
			: refuse_because(error, kind, "calendar", cause, "%s", rows[fault].words);
}
