/*
 * The shapes of events: how the body of each kind of desk/events.def is told in JSON, beside "event".
 *
 * One shape serves staff and visitors: what a visitor must not see is taken out of the body before (item_hide()), and
 * internal items are never sent to one. Any thread.
 */
#pragma once

#include <glib.h>

#include "desk/events.h"
#include "edge/command.h"
#include "store/work.h"

/* NULL: this kind is never sent out. */
const struct field *event_shape(enum event_kind kind);

enum audience { AUDIENCE_STAFF, AUDIENCE_VISITOR, AUDIENCES };

/*
 * Appends {"event": "item.added", …}. False, and nothing is appended: this one is not for that audience. Only items
 * and readings are ever for visitors.
 */
bool event_out(GString *out, const struct event *event, enum audience audience);
