/*
 * The role that a desk works under: it may not change or delete what is kept for good, whatever it is made to send.
 *
 * The tables belong to whoever called `softanswer init --database`; the role has rights on them and owns nothing, so it can
 * neither switch a trigger off nor give itself more. The triggers (sql/0001_house.postgres.sql) hold for the owner too.
 */
#include <string.h>

#include "store/postgres.h"

/* Tables whose rows are only ever added to. */
#define KEPT "item, note, audit"

/* Whether there is such a role already. */
static gboolean
is_there(struct postgres_connection *postgres, const char *literal, bool *is, GError **error)
{
	g_autofree char *sql = g_strdup_printf("SELECT 1 FROM pg_roles WHERE rolname = %s", literal), *one = NULL;

	if (!postgres_ask(postgres, sql, &one, error))
		return FALSE;
	*is = one != NULL;
	return TRUE;
}

static gboolean
make_role(
    struct postgres_connection *postgres, const char *name, const char *literal, const char *password, GError **error)
{
	bool is;

	if (!is_there(postgres, literal, &is, error))
		return FALSE;

	g_autofree char *sql = g_strdup_printf("%s ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '%s'",
	    is ? "ALTER" : "CREATE", name, password);

	return postgres_script(postgres, sql, NULL, error);
}

static gboolean
grant(struct postgres_connection *postgres, const char *name, GError **error)
{
	g_autofree char *schema = NULL, *sql = NULL;

	if (!postgres_ask(postgres, "SELECT quote_ident(current_schema())", &schema, error))
		return FALSE;
	sql = g_strdup_printf("GRANT USAGE ON SCHEMA %1$s TO %2$s;"
			      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$s TO %2$s;"
			      "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %1$s TO %2$s;"
			      "REVOKE UPDATE, DELETE, TRUNCATE ON " KEPT " FROM %2$s;"
			      "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON desk_schema FROM %2$s",
	    schema, name);
	return postgres_script(postgres, sql, NULL, error);
}

gboolean
postgres_make_role(struct connection *connection, const char *role, const char *password, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);
	char *name = PQescapeIdentifier(postgres->session, role, strlen(role));
	char *literal = PQescapeLiteral(postgres->session, role, strlen(role));
	gboolean is_made =
	    (password == NULL || make_role(postgres, name, literal, password, error)) && grant(postgres, name, error);

	PQfreemem(name);
	PQfreemem(literal);
	return is_made;
}

/* ---- Addresses ---- */

static void
add_pair(GString *where, const char *key, const char *value)
{
	g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);

	g_string_append_printf(where, "%c%s=%s", strchr(where->str, '?') == NULL ? '?' : '&', key, escaped);
}

static bool
is_about_login(const char *key)
{
	return strcmp(key, "user") == 0 || strcmp(key, "password") == 0 || strcmp(key, "passfile") == 0;
}

char *
postgres_address(const char *where, const char *role, const char *passfile, GError **error)
{
	char *says = NULL;
	PQconninfoOption *options = PQconninfoParse(where, &says);
	GString *address = g_string_new("postgresql://");

	if (options == NULL) {
		(void)refuse(error, REFUSED_RANGE, "database", "%s", g_strchomp(says));
		PQfreemem(says);
		g_string_free(address, TRUE);
		return NULL;
	}
	g_string_append_c(address, '/');
	for (PQconninfoOption *option = options; option->keyword != NULL; option++) {
		if (option->val != NULL && (role == NULL || !is_about_login(option->keyword)) &&
		    strcmp(option->keyword, "password") != 0)
			add_pair(address, option->keyword, option->val);
	}
	if (role != NULL)
		add_pair(address, "user", role);
	if (passfile != NULL)
		add_pair(address, "passfile", passfile);
	PQconninfoFree(options);
	return g_string_free(address, FALSE);
}
