/* softanswer copy: moves a whole desk between a file and a server, or two of a kind. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/copy.h"
#include "app/program.h"

struct where {
	const char *option;
	char *address;
	struct store *store;
	int lock; /* of the folder that a file lies in */
};

static void
says(void *data, const char *what, int64_t rows)
{
	(void)data;
	printf("%-14s %" PRId64 "\n", what, rows);
	fflush(stdout);
}

/* A file in a data folder may be served at the moment; of a server the store sees to it. */
static gboolean
lock(struct where *where, GError **error)
{
	g_autofree char *folder = NULL, *path = NULL;

	if (store_is_server(where->address))
		return TRUE;
	folder = g_path_get_dirname(where->address);
	path = g_build_filename(folder, "softanswer.lock", NULL);
	where->lock = open(path, O_RDWR | O_CLOEXEC);
	if (where->lock >= 0 && flock(where->lock, LOCK_EX | LOCK_NB) != 0)
		return refuse(
		    error, REFUSED_STATE, where->option, "the desk in %s is being served: stop it first", folder);
	return TRUE;
}

static gboolean
open_where(struct where *where, bool must_be_there, GError **error)
{
	struct store_settings settings = {
		.where = where->address, .queries = &desk_queries, .as_it_is = must_be_there, .is_alone = true
	};

	if (where->address == NULL)
		return refuse(
		    error, REFUSED_FIELD, where->option, "--%s says where: a file or postgresql://…", where->option);
	if (must_be_there && !store_is_server(where->address) && !g_file_test(where->address, G_FILE_TEST_EXISTS))
		return refuse(error, REFUSED_UNKNOWN, where->option, "there is no file %s", where->address);
	if (!lock(where, error))
		return FALSE;
	where->store = store_open(&settings, error);
	return where->store != NULL;
}

static void
where_clear(struct where *where)
{
	g_clear_pointer(&where->store, store_close);
	g_free(where->address);
	if (where->lock >= 0)
		close(where->lock);
}

/* What the copy is marked with: no password stands in it. */
static char *
origin_of(const struct where *where, GError **error)
{
	if (store_is_server(where->address))
		return store_address(where->address, NULL, NULL, error);
	return g_canonicalize_filename(where->address, NULL);
}

static gboolean
copy(struct where *from, struct where *to, GError **error)
{
	const struct copy_progress progress = { .says = says };
	g_autofree char *origin = NULL;

	return open_where(from, true, error) && open_where(to, false, error) &&
	    (origin = origin_of(from, error)) != NULL && copy_desk(from->store, to->store, origin, &progress, error);
}

int
program_copy(const struct program *program, int count, char **arguments)
{
	struct where from = { .option = "from", .lock = -1 }, to = { .option = "to", .lock = -1 };
	const GOptionEntry entries[] = {
		{ "from", 0, 0, G_OPTION_ARG_STRING, &from.address,
		    "where the desk is: softanswer.db or postgresql://…", "WHERE" },
		{ "to", 0, 0, G_OPTION_ARG_STRING, &to.address, "where it is to be: a new file, or an empty database",
		    "WHERE" },
		{ 0 },
	};
	GError *error = NULL;
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	if (copy(&from, &to, &error))
		printf("the desk is in both places, row for row; its chains are whole\n");
	where_clear(&from);
	where_clear(&to);
	return error == NULL ? 0 : program_fails(program, error);
}
