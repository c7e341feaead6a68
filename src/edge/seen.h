/*
 * Seen: notes that a session is in use, every few seconds at most, whatever is asked for: reading is use too, and so is an open
 * socket that answers (hub.c). Who is heard of no more gets no new chats, and then loses the seat (seat_watch()).
 *
 * Loop thread. It goes to the writer as a work of its own, and nobody waits for it.
 */
#pragma once

#include "edge/call.h"

/* For every call that was answered to a person. */
void seen_note(const struct call *call);

/* Notes that a session was heard of at that moment. */
void seen_at(struct edge *edge, int64_t session_id, int64_t at_ms);
