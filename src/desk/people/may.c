/* May: see may.h. */
#include "desk/people/may.h"

#include <string.h>

static bool
is_the_visitor(const struct actor *actor, const char *public_id)
{
	/* An empty id is that of an actor who is no visitor: it must not match a row that lacks its id. */
	return actor->visitor[0] != '\0' && public_id != NULL && strcmp(actor->visitor, public_id) == 0;
}

bool
may_see_conversation(const struct actor *actor, const char *visitor_public_id)
{
	if (!actor_may(actor, MAY_TALK))
		return false;
	if (actor->kind == ACTOR_VISITOR)
		return is_the_visitor(actor, visitor_public_id);
	return true;
}

bool
may_see_internal(const struct actor *actor)
{
	return actor_may(actor, MAY_NOTE);
}
