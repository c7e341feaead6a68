/*
 * softanswer backup and restore: the store as one file, at one consistent moment.
 *
 * A backup is taken while the desk serves. A restore checks the file first (pages, references, chains, schema), wants the
 * desk stopped, and puts the file in the store's place by a rename. Where it was cut off just before that, there is no store and
 * the desk does not start (place_open()) until it was run again. The key and the settings file are not part of it: copy them
 * once (docs/operate/backup.md).
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/chains.h"
#include "app/program.h"
#include "base/file.h"

/* Pages, references, chains; of an older schema only after it was brought up to date. */
static gboolean
check_store(const char *path, bool as_it_is, GError **error)
{
	struct store_settings settings = { .where = path, .queries = &desk_queries, .as_it_is = as_it_is };
	struct store *store = store_open(&settings, error);
	gboolean is_good = store != NULL && store_check(store, error) && chains_are_whole(store, error);

	if (store != NULL)
		store_close(store);
	return is_good;
}

static gboolean
backup(const struct program_at *at, GError **error)
{
	const char *path = at->words[0];

	if (!store_backup(at->store, path, error) || !check_store(path, true, error))
		return FALSE;
	printf("backed up to %s\n", path);

	/* The backup is there whether it can be noted or not, such as by somebody who may only read. */
	g_autoptr(GError) unnoted = NULL;

	if (!place_backed_up(at->place, &unnoted))
		fprintf(stderr, "the status page will not know of it: %s\n", unnoted->message);
	return TRUE;
}

int
program_backup(const struct program *program, int count, char **arguments)
{
	const struct program_body body = { .words = 1, .opens = true, .run = backup };

	return program_at_place(program, count, arguments, &body);
}

/* ---- Restore ---- */

static gboolean
copy_bytes(int from, int to, GError **error)
{
	char bytes[65536];
	ssize_t size;

	while ((size = read(from, bytes, sizeof bytes)) > 0) {
		if (write(to, bytes, (size_t)size) != size)
			return file_fails("write", "the copy", error);
	}
	return size == 0 && fsync(to) == 0 ? TRUE : file_fails("copy", "the backup", error);
}

/* An empty file would pass for a store in which nothing has happened yet. */
static gboolean
check_is_file(int file, const char *path, GError **error)
{
	struct stat about;

	if (fstat(file, &about) != 0)
		return file_fails("read", path, error);
	if (!S_ISREG(about.st_mode) || about.st_size == 0)
		return refuse(error, REFUSED_RANGE, NULL, "%s is no backup: it is empty, or not a file", path);
	return TRUE;
}

static gboolean
copy_file(const char *path, const char *copy, GError **error)
{
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would wait for somebody to write */

	if (from < 0)
		return file_fails("open", path, error);
	if (!check_is_file(from, path, error)) {
		close(from);
		return FALSE;
	}

	int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	gboolean is_copied = to >= 0 ? copy_bytes(from, to, error) : file_fails("make", copy, error);

	close(from);
	if (to >= 0)
		close(to);
	return is_copied;
}

static void
remove_logs(const char *database)
{
	g_autofree char *log = g_strconcat(database, "-wal", NULL);
	g_autofree char *index = g_strconcat(database, "-shm", NULL);

	g_unlink(log);
	g_unlink(index);
}

/* The old store is renamed, not removed: a mistaken restore can be taken back. Its log, with what was said last, goes with it. */
static gboolean
set_aside(const struct place *place, GError **error)
{
	g_autofree char *before = place_aside(place);
	g_autofree char *log = g_strconcat(place->database, "-wal", NULL),
			*log_before = g_strconcat(before, "-wal", NULL);

	/* A restore that was cut off here may have renamed the store, and not its log. */
	if (place_has_desk(place)) {
		remove_logs(before);
		if (!file_rename(place->database, before, error))
			return FALSE;
	}
	if (g_file_test(log, G_FILE_TEST_EXISTS) && !file_rename(log, log_before, error))
		return FALSE;
	remove_logs(place->database); /* only its shared memory is left */
	return TRUE;
}

static gboolean
put_in_place(const struct place *place, const char *copy, GError **error)
{
	remove_logs(copy);
	return set_aside(place, error) && file_rename(copy, place->database, error);
}

/* The copy is made beside the store, and checked, and brought up to date, before it takes the store's place. */
static gboolean
restore_file(const struct place *place, const char *path, GError **error)
{
	g_autofree char *copy = g_strconcat(place->database, ".restoring", NULL);

	if (copy_file(path, copy, error) && check_store(copy, false, error) && put_in_place(place, copy, error))
		return TRUE;
	g_unlink(copy);
	remove_logs(copy);
	return FALSE;
}

static gboolean
restore(const struct program_at *at, GError **error)
{
	const gboolean *is_forced = at->data;
	struct place *place = at->place;

	if (place_is_on_server(place))
		return refuse(error, REFUSED_STATE, NULL,
		    "the desk is on a PostgreSQL server: pg_restore brings back what pg_dump saved (docs/operate/engines.md)");
	if (place_has_desk(place) && !*is_forced)
		return refuse(
		    error, REFUSED_STATE, NULL, "there is a desk in %s already: --force puts it aside", place->folder);
	if (!place_make(place, NULL, error) || !place_lock(place, error) || !restore_file(place, at->words[0], error))
		return FALSE;
	printf("restored %s into %s\n", at->words[0], place->folder);
	return TRUE;
}

int
program_restore(const struct program *program, int count, char **arguments)
{
	gboolean is_forced = FALSE;
	const GOptionEntry entries[] = {
		{ "force", 0, 0, G_OPTION_ARG_NONE, &is_forced,
		    "puts a desk that is there aside (softanswer.db.before-restore)", NULL },
		{ 0 },
	};
	const struct program_body body = { .entries = entries, .words = 1, .run = restore, .data = &is_forced };

	return program_at_place(program, count, arguments, &body);
}
