/*
 * May: whether an actor may see *this* thing. The one predicate about objects.
 *
 * permissions.def says what kind of actor may do what kind of thing; here stands of which conversation. Reads, commands,
 * lists, searches and subscriptions all ask here. What may not be seen is answered as if it did not exist
 * (REFUSED_UNKNOWN), so nobody learns that it does. Pure; any thread.
 */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "desk/people/actor.h"

/*
 * Whether the actor may see the conversation of the visitor with this public id: a visitor its own, who answers customers
 * (administrators, leads, advisors, back-ups) and the system all, anybody else none. NULL is the id of no visitor.
 */
bool may_see_conversation(const struct actor *actor, const char *visitor_public_id);

/* Whether the actor may see what is internal in a conversation that it may see: notes and the ids of colleagues. */
bool may_see_internal(const struct actor *actor);
