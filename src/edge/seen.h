/*
 * Seen: notes that a session is in use, at most once an hour, whatever is asked for: reading is use too.
 *
 * Loop thread. It goes to the writer as a work of its own, and nobody waits for it.
 */
#pragma once

#include "edge/call.h"

/* For every call that was answered to a person. */
void seen_note(const struct call *call);
