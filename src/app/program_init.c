/*
 * softanswer init: makes a desk, in the data folder or on a PostgreSQL server.
 *
 * On a server it is called with the address of somebody who may make tables and roles. It makes the tables, and a role that may
 * use them and not own them; the role's password goes to softanswer.pgpass and its address to softanswer.conf. Called again,
 * after an upgrade, it brings the tables and rights up to date.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "app/demo.h"
#include "app/program.h"
#include "base/clock.h"
#include "base/file.h"

struct options {
	char *database, *role;
	gboolean is_demo;
};

static gboolean
fill(struct place *place, const struct options *options, struct store *store, GError **error)
{
	return !options->is_demo || demo_fill(store, place->folder, clock_now_ms(clock_system()), error);
}

static gboolean
make_here(struct place *place, const struct options *options, GError **error)
{
	const char *const set[] = { "demo", "on", NULL };

	if (place_has_desk(place))
		return refuse(error, REFUSED_STATE, NULL, "there is a desk in %s already", place->folder);
	if (!place_make(place, options->is_demo ? set : NULL, error))
		return FALSE;

	struct store *store = place_open(place, PLACE_MAKE, error);

	if (store == NULL)
		return FALSE;

	gboolean is_filled = fill(place, options, store, error);

	store_close(store);
	return is_filled;
}

/* ---- On a server ---- */

/* For any database of the server: the address says which. */
static gboolean
write_password(const char *path, const char *role, const char *password, GError **error)
{
	g_autofree char *line = g_strdup_printf("*:*:*:%s:%s\n", role, password);
	g_autoptr(GError) problem = NULL;

	if (g_file_set_contents_full(
		path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &problem))
		return TRUE;
	return fail(error, FAILED, "%s", problem->message);
}

/* The file, its role and what stands in the settings; `passfile` is there when the role is ours already. */
static gboolean
settle(struct place *place, const struct options *options, struct store *store, GError **error)
{
	g_autofree char *passfile = g_build_filename(place->folder, "softanswer.pgpass", NULL);
	g_autofree char *full = g_canonicalize_filename(passfile, NULL), *password = NULL, *address = NULL;
	char token[TOKEN_CHARS + 1];

	if (!g_file_test(passfile, G_FILE_TEST_EXISTS)) {
		secret_token(token);
		password = g_strdup(token);
	}
	address = store_address(options->database, options->role, full, error);
	if (address == NULL || !store_make_role(store, options->role, password, error) ||
	    (password != NULL && !write_password(passfile, options->role, password, error)))
		return FALSE;

	const char *const set[] = { "database", address, options->is_demo ? "demo" : NULL, "on", NULL };

	if (!place_make(place, set, error))
		return FALSE;
	if (strcmp(place->settings.database, address) != 0)
		printf("%s is there already. Let it say: database=%s\n", place->settings_file, address);
	return TRUE;
}

static gboolean
make_folder(const struct place *place, GError **error)
{
	return g_mkdir_with_parents(place->folder, 0700) == 0 || file_fails("make", place->folder, error);
}

static gboolean
make_on_server(struct place *place, const struct options *options, GError **error)
{
	struct store_settings settings = { .where = options->database, .queries = &desk_queries, .is_alone = true };
	struct store *store;

	if (!store_is_server(options->database))
		return refuse(error, REFUSED_RANGE, "database", "--database wants postgresql://…");
	if (!make_folder(place, error) || (store = store_open(&settings, error)) == NULL)
		return FALSE;

	gboolean is_made = settle(place, options, store, error) && fill(place, options, store, error);

	store_close(store);
	return is_made;
}

static gboolean
make(const struct program_at *at, GError **error)
{
	struct options *options = at->data;
	struct place *place = at->place;

	if (options->role == NULL)
		options->role = g_strdup("softanswer_desk");
	if (!(options->database == NULL ? make_here : make_on_server)(place, options, error))
		return FALSE;
	printf("A desk is in %s. softanswer serve --data %s serves it.\n", place->folder, place->folder);
	return TRUE;
}

int
program_init(const struct program *program, int count, char **arguments)
{
	struct options options = { 0 };
	const GOptionEntry entries[] = {
		{ "demo", 0, 0, G_OPTION_ARG_NONE, &options.is_demo, "fills it with a week of a small shop's chats",
		    NULL },
		{ "database", 0, 0, G_OPTION_ARG_STRING, &options.database,
		    "keeps it on a server: the address of who may make tables and roles there", "postgresql://…" },
		{ "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
		    "the role that the desk works under; \"softanswer_desk\"", "NAME" },
		{ 0 },
	};
	const struct program_body body = { .entries = entries, .run = make, .data = &options };
	int code = program_at_place(program, count, arguments, &body);

	g_free(options.database);
	g_free(options.role);
	return code;
}
