/*
 * Migrations: bring the schema up to date from the numbered files of sql/ (sql/README.md).
 *
 * The files of one number (shared, and the engine's own) run in one transaction together with the new version, so a
 * program that dies between or inside them leaves a schema that exists, and the next start goes on from there.
 */
#include <string.h>

#include "store/engine.h"

static int
number_of(const struct embedded *file)
{
	return (int)g_ascii_strtoll(file->path, NULL, 10); /* 0 where there is none: no migration */
}

int
migrate_newest(const struct embedded *files, unsigned count)
{
	return count == 0 ? 0 : number_of(&files[count - 1]);
}

/* Whether the file is for every engine, or for this one: "0001_house.sql" or "0001_house.sqlite.sql". */
static bool
is_for(const struct embedded *file, const struct engine *engine, bool is_shared)
{
	g_auto(GStrv) parts = g_strsplit(file->path, ".", -1);

	return is_shared ? g_strv_length(parts) == 2 : g_strv_length(parts) == 3 && strcmp(parts[1], engine->name) == 0;
}

char *
migrate_text(const struct engine *engine, const char *sql)
{
	GString *text = g_string_new(sql);

	for (const struct engine_word *word = engine->words; word->ours != NULL; word++)
		g_string_replace(text, word->ours, word->its, 0);
	return g_string_free(text, FALSE);
}

static gboolean
run_some(struct connection *connection, const struct embedded *files, unsigned count, int number, bool is_shared,
    GError **error)
{
	for (unsigned i = 0; i < count; i++) {
		if (number_of(&files[i]) != number || !is_for(&files[i], connection->engine, is_shared))
			continue;

		g_autofree char *sql = migrate_text(connection->engine, (const char *)files[i].data);

		if (!connection->engine->script(connection, sql, error)) {
			g_prefix_error(error, "%s: ", files[i].path);
			return FALSE;
		}
	}
	return TRUE;
}

/* What both engines share, then what this one needs for itself. */
static gboolean
run_files(struct connection *connection, const struct embedded *files, unsigned count, int number, GError **error)
{
	return run_some(connection, files, count, number, true, error) &&
	    run_some(connection, files, count, number, false, error);
}

gboolean
migrate_whole(struct connection *connection, const struct embedded *files, unsigned count, GError **error)
{
	for (int number = 1; number <= migrate_newest(files, count); number++) {
		if (!run_files(connection, files, count, number, error))
			return FALSE;
	}
	return TRUE;
}

/* One step up, if another process has not made it meanwhile. */
static gboolean
step(struct connection *connection, const struct embedded *files, unsigned count, int number, GError **error)
{
	const struct engine *engine = connection->engine;
	int schema;

	if (!engine->begin(connection, true, NULL, error))
		return FALSE;
	if (engine->schema_get(connection, &schema, error) &&
	    (schema >= number ||
		(run_files(connection, files, count, number, error) &&
		    engine->schema_set(connection, number, error))) &&
	    engine->commit(connection, error) == COMMIT_DONE)
		return TRUE;
	engine->rollback(connection);
	return FALSE;
}

/* The version, unless a newer program has made it. */
static gboolean
version_known(struct connection *connection, int newest, int *version, GError **error)
{
	if (!connection->engine->schema_get(connection, version, error))
		return FALSE;
	return *version <= newest ||
	    fail(error, FAILED_STORE,
		"the desk has schema %d, of a newer program, and this one knows %d: use the newer one", *version,
		newest);
}

gboolean
migrate_not(struct connection *connection, const struct embedded *files, unsigned count, int *schema, GError **error)
{
	int version, newest = migrate_newest(files, count);

	if (!version_known(connection, newest, &version, error))
		return FALSE;
	if (version == 0)
		return refuse(error, REFUSED_UNKNOWN, NULL, "there is no desk in this database");
	if (version < newest)
		return refuse(error, REFUSED_STATE, NULL,
		    "the desk has schema %d, and this program wants %d: start the new program with serve first (on a server:"
		    " after init), which brings the desk up to date",
		    version, newest);
	*schema = version;
	return TRUE;
}

gboolean
migrate_run(struct connection *connection, const struct embedded *files, unsigned count, int *schema, GError **error)
{
	int version;

	if (!version_known(connection, migrate_newest(files, count), &version, error))
		return FALSE;
	for (unsigned i = 0; i < count; i++) {
		int number = number_of(&files[i]);

		if (number > version && !step(connection, files, count, number, error))
			return FALSE;
		version = MAX(version, number);
	}
	*schema = version;
	return TRUE;
}
