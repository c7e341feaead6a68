/* The care of a PostgreSQL store: its schema's version, its check, and where a backup comes from. See engine.h. */
#include "store/postgres.h"

#define VERSION_TABLE "desk_schema"

/* ---- Schema ---- */

/* What is in the schema that tables would be made in, unless another program of ours has made them just now. */
static gboolean
check_is_ours(struct postgres_connection *postgres, GError **error)
{
	g_autofree char *other = NULL;

	if (!postgres_ask(postgres,
		"WITH here AS (SELECT tablename FROM pg_tables WHERE schemaname = current_schema()) SELECT tablename FROM here"
		" WHERE NOT EXISTS (SELECT 1 FROM here WHERE tablename = '" VERSION_TABLE "') LIMIT 1",
		&other, error))
		return FALSE;
	return other == NULL ||
	    fail(error, FAILED_STORE, "the database is of another program: it has a table %s", other);
}

gboolean
postgres_schema_get(struct connection *connection, int *version, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);
	g_autofree char *table = NULL, *number = NULL;

	/* to_regclass() may remember from before the lock that there was no such table; a query of the catalog does not. */
	if (!postgres_ask(postgres,
		"SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = '" VERSION_TABLE
		"'",
		&table, error))
		return FALSE;
	if (table == NULL) {
		*version = 0;
		return check_is_ours(postgres, error);
	}
	if (!postgres_ask(postgres, "SELECT version FROM " VERSION_TABLE, &number, error))
		return FALSE;
	*version = number == NULL ? 0 : (int)g_ascii_strtoll(number, NULL, 10);
	return TRUE;
}

gboolean
postgres_schema_set(struct connection *connection, int version, GError **error)
{
	g_autofree char *sql =
	    g_strdup_printf("CREATE TABLE IF NOT EXISTS " VERSION_TABLE " (version bigint NOT NULL);"
			    "DELETE FROM " VERSION_TABLE "; INSERT INTO " VERSION_TABLE " VALUES (%d)",
		version);

	return postgres_script(postgres_of(connection), sql, NULL, error);
}

/* ---- Check ---- */

/* Each gives a row, which names it, for what is wrong. */
static const struct {
	const char *sql, *says;
} checks[] = {
	{ "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
	  " WHERE n.nspname = current_schema() AND NOT (i.indisvalid AND i.indisready) LIMIT 1",
	    "the index %s is not valid: REINDEX it" },
	{ "SELECT conname FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace"
	  " WHERE n.nspname = current_schema() AND NOT k.convalidated LIMIT 1",
	    "the constraint %s is not valid" },
	{ "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
	  " WHERE n.nspname = current_schema() AND t.tgenabled <> 'O' LIMIT 1",
	    "the trigger %s was switched off" },
	{ "SELECT w.name FROM (VALUES ('item_is_kept'), ('item_is_kept_whole'), ('note_is_kept'), ('note_is_kept_whole'),"
	  " ('audit_is_kept'), ('audit_is_kept_whole')) AS w (name)"
	  " WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
	  " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND t.tgname = w.name) LIMIT 1",
	    "the trigger %s is missing" },
};

/* Foreign keys and checks are the server's to keep; here is seen that nobody has switched them off. */
gboolean
postgres_check(struct connection *connection, GError **error)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(checks); i++) {
		g_autofree char *name = NULL;

		if (!postgres_ask(postgres_of(connection), checks[i].sql, &name, error))
			return FALSE;
		if (name != NULL) {
			g_auto(GStrv) parts = g_strsplit(checks[i].says, "%s", 2);

			return fail(error, FAILED_STORE, "%s%s%s", parts[0], name, parts[1]);
		}
	}
	return TRUE;
}

/* ---- Backup ---- */

gboolean
postgres_backup(struct connection *connection, const char *path, GError **error)
{
	const PGconn *session = postgres_of(connection)->session;

	return refuse(error, REFUSED_STATE, NULL,
	    "PostgreSQL has its own: pg_dump --format=custom --file=%s --host=%s --port=%s --username=%s %s", path,
	    PQhost(session), PQport(session), PQuser(session), PQdb(session));
}
