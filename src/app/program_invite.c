/* softanswer invite: makes an invitation, for a desk whose administrator cannot (any more). */
#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "app/program.h"
#include "app/task.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/people/actor.h"
#include "desk/people/pass.h"

struct invite {
	const char *email, *name;
	enum role role;
	const char *token;
};

static gboolean
run(struct tx *tx, void *data, GError **error)
{
	struct invite *invite = data;

	return people_invite(tx, invite->email, invite->name, invite->role, &invite->token, error) &&
	    audit_add(tx, "invitation.make", tx_thing(tx), "invited somebody from the command line", error);
}

static gboolean
check(struct invite *invite, const char *role, GError **error)
{
	invite->role = role_of(role);
	if (invite->role == ROLE_NONE)
		return refuse(error, REFUSED_RANGE, "role",
		    "\"%s\" is no role: administrator, lead, advisor, backup, consultant or production", role);
	if (!text_is_email(invite->email) || strlen(invite->email) > LIMIT_EMAIL_BYTES)
		return refuse(error, REFUSED_RANGE, "email", "\"%s\" is no e-mail address", invite->email);
	if (!g_utf8_validate(invite->name, -1, NULL) || !text_is_clean(invite->name, false) ||
	    text_is_blank(invite->name) || strlen(invite->name) > LIMIT_NAME_BYTES)
		return refuse(error, REFUSED_RANGE, "name", "a name is 1 to %d bytes of text", LIMIT_NAME_BYTES);
	return TRUE;
}

static gboolean
invite_and_print(const struct program_at *at, void *memory, GError **error)
{
	const struct settings *settings = &at->place->settings;
	struct invite invite = { .email = at->words[0], .name = at->words[1] };

	text_to_lower(at->words[0]);
	if (!check(&invite, at->words[2], error) || !task_run(at->store, true, memory, run, &invite, error))
		return FALSE;

	g_autofree char *base_url = settings_base_url(settings, (unsigned)settings->port);

	printf("%s/invitation#%s\n", base_url, invite.token);
	return TRUE;
}

static gboolean
invite(const struct program_at *at, GError **error)
{
	void *memory = talloc_new(NULL);
	gboolean is_made = invite_and_print(at, memory, error);

	talloc_free(memory);
	return is_made;
}

int
program_invite(const struct program *program, int count, char **arguments)
{
	const struct program_body body = { .words = 3, .opens = true, .run = invite };

	return program_at_place(program, count, arguments, &body);
}
