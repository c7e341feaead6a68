/* Events: see events.h. */
#include "desk/events.h"

static const struct event_row rows[EVENT_KINDS] = {
#define EVENT(kind, name, body, says) [EVENT_##kind] = { name, #body, says },
#include "desk/events.def"
#undef EVENT
};

const struct event_row *
event_row(enum event_kind kind)
{
	return &rows[kind];
}
