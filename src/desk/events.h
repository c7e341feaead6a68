/*
 * Events: the kinds of what can be told, from events.def. A decision tells with tx_tell(); the bus carries it.
 */
#pragma once

enum event_kind {
#define EVENT(kind, name, body, says) EVENT_##kind,
#include "desk/events.def"
#undef EVENT
	EVENT_KINDS
};

struct event_row {
	const char *name; /* "item.added" */
	const char *body; /* name of the struct */
	const char *says;
};

const struct event_row *event_row(enum event_kind kind);
