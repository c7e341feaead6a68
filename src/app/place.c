/* A place: see place.h. */
#include "app/place.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

gboolean
place_find(const char *folder, struct place *place, GError **error)
{
	struct place found = { .lock = -1 };

	found.settings_file = g_build_filename(folder, "softanswer.conf", NULL);
	if (!settings_read(found.settings_file, &found.settings, error)) {
		g_free(found.settings_file);
		return FALSE;
	}
	found.folder = g_strdup(folder);
	found.database = g_build_filename(folder, "softanswer.db", NULL);
	found.key_file = g_build_filename(folder, "softanswer.key", NULL);
	found.lock_file = g_build_filename(folder, "softanswer.lock", NULL);
	*place = found;
	return TRUE;
}

void
place_clear(struct place *place)
{
	if (place->lock >= 0)
		close(place->lock);
	settings_clear(&place->settings);
	g_free(place->folder);
	g_free(place->database);
	g_free(place->key_file);
	g_free(place->settings_file);
	g_free(place->lock_file);
	g_free(place->lacks);
}

char *
place_backup_stamp(const struct place *place)
{
	return g_build_filename(place->folder, "softanswer.backup", NULL);
}

gboolean
place_backed_up(const struct place *place, GError **error)
{
	g_autofree char *stamp = place_backup_stamp(place);

	return g_file_set_contents(stamp, "", 0, error);
}

bool
place_has_desk(const struct place *place)
{
	return place_is_on_server(place) || g_file_test(place->database, G_FILE_TEST_EXISTS);
}

bool
place_is_on_server(const struct place *place)
{
	return *place->settings.database != '\0';
}

const char *
place_where(const struct place *place)
{
	return place_is_on_server(place) ? place->settings.database : place->database;
}

char *
place_aside(const struct place *place)
{
	return g_strconcat(place->database, ".before-restore", NULL);
}

gboolean
place_make(struct place *place, const char *const *set, GError **error)
{
	g_autofree char *text = settings_text(set);
	struct digest key;

	if (g_mkdir_with_parents(place->folder, 0700) != 0)
		return file_fails("make", place->folder, error);
	secret_random(key.bytes, sizeof key.bytes);
	if (!file_write_new(place->key_file, 0600, key.bytes, sizeof key.bytes, error) ||
	    !file_write_new(place->settings_file, 0644, text, strlen(text), error))
		return FALSE;
	settings_clear(&place->settings);
	return settings_read(place->settings_file, &place->settings, error);
}

gboolean
place_lock(struct place *place, GError **error)
{
	int file = open(place->lock_file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (file < 0)
		return file_fails("open", place->lock_file, error);
	if (flock(file, LOCK_EX | LOCK_NB) != 0) {
		close(file);
		return fail(error, FAILED_BUSY, "another program serves the desk in %s", place->folder);
	}
	place->lock = file;
	return TRUE;
}

gboolean
place_key(const struct place *place, struct digest *key, GError **error)
{
	int file = open(place->key_file, O_RDONLY | O_CLOEXEC);
	struct stat about;

	if (file < 0)
		return file_fails("open", place->key_file, error);

	bool is_known = fstat(file, &about) == 0;
	ssize_t size = read(file, key->bytes, sizeof key->bytes);

	close(file);
	if (!is_known || size != (ssize_t)sizeof key->bytes)
		return fail(error, FAILED, "%s is not a key of %zu bytes", place->key_file, sizeof key->bytes);
	if ((about.st_mode & 077) != 0)
		return refuse(error, REFUSED_STATE, NULL, "others can read %s: chmod 600 it", place->key_file);
	return TRUE;
}

/* Between its two renames a restore leaves no store; a new, empty one must not be made in its place then. */
static bool
has_desk_aside(const struct place *place)
{
	g_autofree char *aside = place_aside(place);

	return g_file_test(aside, G_FILE_TEST_EXISTS);
}

struct store *
place_open(const struct place *place, enum place_use use, GError **error)
{
	struct store_settings settings = { .where = place_where(place),
		.queries = &desk_queries,
		.as_it_is = use == PLACE_LOOK,
		.is_alone = use == PLACE_SERVE,
		.writers = (unsigned)place->settings.writers };

	if (!place_has_desk(place) && has_desk_aside(place)) {
		(void)refuse(error, REFUSED_STATE, NULL, "a restore into %s was cut off: run it again", place->folder);
		return NULL;
	}
	if (use == PLACE_LOOK && !place_has_desk(place)) {
		(void)refuse(error, REFUSED_UNKNOWN, NULL, "there is no desk in %s: make one with softanswer init",
		    place->folder);
		return NULL;
	}
	return store_open(&settings, error);
}
