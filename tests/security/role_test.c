/*
 * The role that `softanswer init --database` makes (P10): a desk can work under it, and whoever has stolen its password can
 * neither change nor delete what is kept for good, nor give itself more. Only on the server of tests/kit/with_postgres.
 */
#include <string.h>
#include <unistd.h>

#include "app/program.h"
#include "tests/kit/database.h"
#include "tests/kit/facts.h"

struct scene {
	char *folder, *owner, *role; /* `owner`: the address of who owns the tables */
	struct place place;
	struct database session; /* of the role */
};

static void
init(struct scene *scene)
{
	char *words[] = { "--data", scene->folder, "--database", scene->owner, "--role", scene->role, NULL };
	const struct program program = { .name = "init", .usage = "" };

	assert_int_equal(program_init(&program, G_N_ELEMENTS(words) - 1, words), 0);
}

static bool
scene_begin(struct scene *scene)
{
	static unsigned made;

	*scene = (struct scene) { .folder = NULL };
	if (!database_is_server())
		return false;
	scene->folder = fact_folder();
	scene->owner = database_new("");
	scene->role = g_strdup_printf("desk_role_%d_%u", (int)getpid(), made++);
	init(scene);
	ASSERT_OK(place_find(scene->folder, &scene->place, &error));
	database_open(&scene->session, place_where(&scene->place));
	return true;
}

static void
scene_end(struct scene *scene)
{
	database_close(&scene->session);
	place_clear(&scene->place);
	database_remove(scene->owner);
	g_free(scene->owner);
	g_free(scene->role);
	g_free(scene->folder);
}

static void
must_be_denied(struct scene *scene, const char *sql)
{
	g_autofree char *says = database_exec(&scene->session, sql);

	if (says == NULL ||
	    (strstr(says, "permission denied") == NULL && strstr(says, "must be owner") == NULL &&
		strstr(says, "must be superuser") == NULL))
		fail_msg("%s: was not denied: %s", sql, says == NULL ? "done" : says);
}

static char *
ask(struct scene *scene, const char *sql)
{
	struct database_rows rows;
	g_autofree char *says = database_select(&scene->session, sql, &rows);
	char *value;

	if (says != NULL)
		fail_msg("%s: %s", sql, says);
	value = g_strdup(database_cell(&rows, 0, 0));
	database_rows_clear(&rows);
	return value;
}

TEST(a_stolen_role_can_neither_change_nor_delete_items_notes_or_audit_lines)
{
	static const char *const kept[] = { "item", "note", "audit" };
	static const char *const deeds[] = { "UPDATE %s SET at = 0", "DELETE FROM %s", "TRUNCATE %s", "DROP TABLE %s",
		"ALTER TABLE %s DISABLE TRIGGER ALL", "ALTER TABLE %s DROP COLUMN at" };
	struct scene scene;

	if (!scene_begin(&scene))
		skip();
	for (size_t i = 0; i < G_N_ELEMENTS(kept); i++) {
		g_autofree char *drop = g_strdup_printf("DROP TRIGGER %s_is_kept ON %s", kept[i], kept[i]);

		must_be_denied(&scene, drop);
		for (size_t j = 0; j < G_N_ELEMENTS(deeds); j++) {
			g_autoptr(GString) sql = g_string_new(deeds[j]);

			g_string_replace(sql, "%s", kept[i], 0);
			must_be_denied(&scene, sql->str);
		}
	}
	must_be_denied(&scene, "DROP FUNCTION row_is_kept() CASCADE");
	must_be_denied(&scene,
	    "CREATE OR REPLACE FUNCTION row_is_kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
	must_be_denied(&scene, "SET session_replication_role = replica");
	scene_end(&scene);
}

TEST(a_stolen_role_can_give_itself_nothing_and_alter_no_schema)
{
	struct scene scene;

	if (!scene_begin(&scene))
		skip();

	g_autofree char *give = g_strdup_printf("GRANT UPDATE, DELETE ON item TO %s", scene.role);
	g_autofree char *says = database_exec(&scene.session, give);
	g_autofree char *has = ask(&scene,
	    "SELECT bool_or(has_table_privilege(t, p)) FROM unnest(ARRAY['item', 'note', 'audit']) t, "
	    "unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p");
	g_autofree char *is_more = ask(&scene,
	    "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = "
	    "current_user");

	assert_string_equal(has, "f");
	assert_string_equal(is_more, "f");
	must_be_denied(&scene, "CREATE ROLE other LOGIN");
	must_be_denied(&scene, "UPDATE desk_schema SET version = 0");
	must_be_denied(&scene, "DELETE FROM desk_schema");
	must_be_denied(&scene, "CREATE TABLE other (id bigint)");
	scene_end(&scene);
}

TEST(init_called_again_takes_away_what_somebody_has_given_the_role)
{
	struct scene scene;

	if (!scene_begin(&scene))
		skip();

	g_autofree char *give = g_strdup_printf("GRANT ALL ON item, note, audit TO %s", scene.role);
	g_autofree char *says = database_run(scene.owner, give);

	assert_null(says);
	init(&scene);
	must_be_denied(&scene, "UPDATE item SET at = 0");
	must_be_denied(&scene, "DELETE FROM note");
	must_be_denied(&scene, "TRUNCATE audit");
	scene_end(&scene);
}

TEST(the_role_is_all_that_a_desk_needs_to_open_its_store)
{
	struct scene scene;

	if (!scene_begin(&scene))
		skip();

	struct store_settings settings = { .where = place_where(&scene.place), .queries = &desk_queries };
	struct store *store = NULL;
	struct connection *writing = NULL;

	ASSERT_OK((store = store_open(&settings, &error)) != NULL);
	ASSERT_OK((writing = store_connect(store, true, &error)) != NULL);
	ASSERT_OK(store_check(store, &error));
	connection_close(writing);
	store_close(store);
	scene_end(&scene);
}
