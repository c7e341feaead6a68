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
	    audit_add(tx, "invitation.make", "", "invited somebody from the command line", error);
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
invite_in(const struct place *place, struct invite *invite, void *memory, GError **error)
{
	struct store *store = place_open(place, PLACE_LOOK, error);

	if (store == NULL)
		return FALSE;

	gboolean is_made = task_run(store, true, memory, run, invite, error);

	store_close(store);
	return is_made;
}

static int
invite_and_print(const struct program *program, const char *folder, struct invite *invite, const char *role)
{
	void *memory = talloc_new(NULL);
	GError *error = NULL;
	struct place place;

	if (!check(invite, role, &error) || !place_find(folder, &place, &error)) {
		talloc_free(memory);
		return program_fails(program, error);
	}
	if (invite_in(&place, invite, memory, &error)) {
		g_autofree char *base_url = settings_base_url(&place.settings, (unsigned)place.settings.port);

		printf("%s/invitation#%s\n", base_url, invite->token);
	}
	place_clear(&place);
	talloc_free(memory);
	return error == NULL ? 0 : program_fails(program, error);
}

int
program_invite(const struct program *program, int count, char **arguments)
{
	g_autofree char *folder = NULL;
	char *words[3] = { NULL };
	const GOptionEntry entries[] = {
		{ "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, "the data folder", "FOLDER" },
		{ 0 },
	};
	int code;

	if (!program_options(program, count, arguments, entries, 3, words, &code))
		return code;
	text_to_lower(words[0]);

	struct invite invite = { .email = words[0], .name = words[1] };

	code = invite_and_print(program, program_folder(folder), &invite, words[2]);
	for (int i = 0; i < 3; i++)
		g_free(words[i]);
	return code;
}
