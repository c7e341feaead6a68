/* The actor: see actor.h. */
#include "desk/people/actor.h"

#include <string.h>

const char *const actor_kind_names[] = { "nobody", "visitor", "person", "system", NULL };

const char *const role_names[] = { "", "administrator", "lead", "advisor", "backup", "consultant", "production", NULL };

static const char role_letters[ROLES] = { 0, 'A', 'l', 'a', 'b', 'c', 'p' };

static const struct {
	const char *name, *roles, *says;
} permissions[PERMISSIONS] = {
#define MAY(name, roles, says) [MAY_##name] = { #name, roles, says },
#include "desk/people/permissions.def"
#undef MAY
};

enum role
role_of(const char *name)
{
	for (enum role role = ROLE_ADMINISTRATOR; role < ROLES; role++) {
		if (strcmp(role_names[role], name) == 0)
			return role;
	}
	return ROLE_NONE;
}

bool
actor_may(const struct actor *actor, enum permission permission)
{
	const char *roles = permissions[permission].roles;

	if (actor->kind == ACTOR_SYSTEM || strchr(roles, '*') != NULL)
		return true;
	if (actor->kind == ACTOR_VISITOR)
		return strchr(roles, 'v') != NULL;
	if (actor->kind != ACTOR_PERSON || actor->role == ROLE_NONE)
		return false;
	return strchr(roles, 's') != NULL || strchr(roles, role_letters[actor->role]) != NULL;
}

const char *
permission_roles(enum permission permission)
{
	return permissions[permission].roles;
}

const char *
permission_says(enum permission permission)
{
	return permissions[permission].says;
}

const char *
permission_name(enum permission permission)
{
	return permissions[permission].name;
}
