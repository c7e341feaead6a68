/* Facts about the sub-commands: what they leave behind, and their exit codes. */
#include "tests/kit/facts.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#include "app/chains.h"
#include "app/program.h"
#include "app/task.h"
#include "desk/audit/audit.h"
#include "desk/people/people.h"
#include "desk/people/pass.h"
#include "tests/kit/database.h"

static char *data;

typedef int sub_command(const struct program *program, int count, char **arguments);

/* Runs a sub-command with these words and --data. */
static int
run(sub_command *command, const char *name, ...)
{
	const struct program program = { .name = name, .usage = "", .says = "" };
	const char *words[8];
	int count = 0;
	va_list more;

	va_start(more, name);
	for (const char *word = va_arg(more, const char *); word != NULL; word = va_arg(more, const char *))
		words[count++] = word;
	va_end(more);
	words[count++] = "--data";
	words[count++] = data;
	return command(&program, count, (char **)words);
}

static void
new_data(void)
{
	g_autofree char *folder = fact_folder();

	g_free(data);
	data = g_build_filename(folder, "desk", NULL);
}

static char *
in_data(const char *name)
{
	return g_build_filename(data, name, NULL);
}

static gboolean
read_invitations(struct tx *tx, void *answer, GError **error)
{
	return invitation_list(tx, answer, error);
}

static gboolean
read_audit(struct tx *tx, void *answer, GError **error)
{
	return audit_list(tx, &(const struct audit_ask) { .limit = 10 }, answer, error);
}

/* Reads into `answer`, of which only numbers are good afterwards. */
static void
look(gboolean (*run_look)(struct tx *tx, void *answer, GError **error), void *answer)
{
	void *memory = talloc_new(NULL);
	struct store *store;
	struct place place;

	ASSERT_OK(place_find(data, &place, &error));
	ASSERT_OK((store = place_open(&place, PLACE_LOOK, &error)) != NULL);
	ASSERT_OK(task_run(store, false, memory, run_look, answer, &error));
	store_close(store);
	place_clear(&place);
	talloc_free(memory);
}

static size_t
count_invitations(void)
{
	struct invitation_list list = { 0 };

	look(read_invitations, &list);
	return list.invitations.count;
}

static size_t
count_audit_lines(void)
{
	struct audit_page page = { 0 };

	look(read_audit, &page);
	return page.lines.count;
}

TEST(init_makes_a_desk_once)
{
	g_autofree char *settings = NULL;

	new_data();
	settings = in_data("softanswer.conf");
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_true(g_file_test(settings, G_FILE_TEST_EXISTS));
	assert_int_equal(run(program_init, "init", NULL), 1);
	assert_int_equal(run(program_audit_verify, "audit verify", NULL), 0);
}

TEST(a_demo_desk_shows_its_shop)
{
	struct place place;

	new_data();
	assert_int_equal(run(program_init, "init", "--demo", NULL), 0);
	ASSERT_OK(place_find(data, &place, &error));
	assert_true(place.settings.demo);
	place_clear(&place);
	assert_int_equal(run(program_audit_verify, "audit verify", NULL), 0);
}

TEST(wrong_words_are_called_wrong)
{
	new_data();
	assert_int_equal(run(program_init, "init", "--nonsense", NULL), 2);
	assert_int_equal(run(program_init, "init", "word", NULL), 2);
	assert_int_equal(run(program_backup, "backup", NULL), 2);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", NULL), 2);
	assert_false(g_file_test(data, G_FILE_TEST_EXISTS));
}

TEST(without_a_desk_there_is_nothing_to_back_up_check_or_invite_to)
{
	new_data();
	assert_int_equal(run(program_backup, "backup", "/nowhere/file", NULL), 1);
	assert_int_equal(run(program_audit_verify, "audit verify", NULL), 1);
	assert_int_equal(run(program_doctor, "doctor", NULL), 1);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "advisor", NULL), 1);
}

TEST(an_invitation_is_for_an_address_a_name_and_a_role)
{
	new_data();
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_invite, "invite", "ann", "Ann", "advisor", NULL), 1);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "", "advisor", NULL), 1);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "queen", NULL), 1);
	assert_int_equal(count_invitations(), 0);
	assert_int_equal(count_audit_lines(), 0);
	assert_int_equal(run(program_invite, "invite", "Ann@Desk.example", "Ann", "lead", NULL), 0);
	assert_int_equal(count_invitations(), 1);
	assert_int_equal(count_audit_lines(), 1);
}

TEST(a_backup_restores_to_what_it_was)
{
	g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
	g_autofree char *database = NULL, *before = NULL;

	new_data();
	database = in_data("softanswer.db");
	before = in_data("softanswer.db.before-restore");
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 0);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 0);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 1); /* nothing is written over */
	assert_int_equal(run(program_invite, "invite", "ben@desk.example", "Ben", "lead", NULL), 0);

	assert_int_equal(run(program_restore, "restore", copy, NULL), 1);
	assert_int_equal(count_invitations(), 2);
	assert_int_equal(run(program_restore, "restore", "--force", copy, NULL), 0);
	assert_int_equal(count_invitations(), 1);

	/* What was there is kept, and can be taken back. */
	assert_true(g_file_test(before, G_FILE_TEST_EXISTS));
	assert_int_equal(g_rename(before, database), 0);
	assert_int_equal(count_invitations(), 2);

	new_data();
	assert_int_equal(run(program_restore, "restore", copy, NULL), 0);
	assert_int_equal(count_invitations(), 1);
}

static void
spoil(const char *path)
{
	g_autofree char *bytes = NULL;
	gsize size;

	assert_true(g_file_get_contents(path, &bytes, &size, NULL));
	for (gsize i = 4096; i < size; i++)
		bytes[i] ^= 0x55;
	assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
}

TEST(a_damaged_backup_replaces_nothing)
{
	g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
	g_autofree char *fresh = NULL;

	new_data();
	fresh = in_data("softanswer.db.restoring");
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 0);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 0);
	spoil(copy);
	assert_int_equal(run(program_restore, "restore", "--force", copy, NULL), 1);
	assert_int_equal(run(program_restore, "restore", "--force", "/nowhere/copy", NULL), 1);
	assert_int_equal(count_invitations(), 1);
	assert_false(g_file_test(fresh, G_FILE_TEST_EXISTS));
}

TEST(after_a_restore_that_was_cut_off_no_empty_desk_is_made_and_it_can_be_run_again)
{
	g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
	g_autofree char *database = NULL, *before = NULL, *log = NULL;
	struct place place;

	new_data();
	database = in_data("softanswer.db");
	before = in_data("softanswer.db.before-restore");
	log = in_data("softanswer.db-wal");
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 0);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 0);
	assert_int_equal(g_rename(database, before), 0);
	assert_true(g_file_set_contents(log, "what was said last", -1, NULL));
	ASSERT_OK(place_find(data, &place, &error));
	ASSERT_REFUSED(REFUSED_STATE, NULL, place_open(&place, PLACE_MAKE, &error) != NULL);
	place_clear(&place);
	assert_int_equal(run(program_restore, "restore", copy, NULL), 0);
	assert_false(g_file_test(log, G_FILE_TEST_EXISTS));
	assert_int_equal(count_invitations(), 1);
}

TEST(what_is_empty_or_no_file_is_no_backup)
{
	g_autofree char *folder = fact_folder(), *empty = g_build_filename(folder, "empty.db", NULL);
	g_autofree char *pipe = g_build_filename(folder, "pipe", NULL), *fresh = NULL;

	new_data();
	fresh = in_data("softanswer.db.restoring");
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 0);
	assert_true(g_file_set_contents(empty, "", 0, NULL));
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(run(program_restore, "restore", "--force", empty, NULL), 1);
	assert_int_equal(run(program_restore, "restore", "--force", "/dev/null", NULL), 1);
	assert_int_equal(run(program_restore, "restore", "--force", pipe, NULL), 1);
	assert_int_equal(run(program_restore, "restore", "--force", folder, NULL), 1);
	assert_int_equal(count_invitations(), 1);
	assert_false(g_file_test(fresh, G_FILE_TEST_EXISTS));
}

/* Runs SQL on a file beside the program, as somebody who has it in their hands. */
static void
tamper(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

TEST(a_backup_with_another_schema_replaces_nothing)
{
	const char *deeds[] = {
		"CREATE TRIGGER evil AFTER INSERT ON session BEGIN UPDATE person SET role = 'administrator'; END",
		"DROP TRIGGER note_is_kept_update", "CREATE TABLE zzz (a)",
		"DROP TRIGGER note_is_kept_update; CREATE TRIGGER note_is_kept_update BEFORE UPDATE ON note BEGIN SELECT 1; END"
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(deeds); i++) {
		g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);

		new_data();
		assert_int_equal(run(program_init, "init", NULL), 0);
		assert_int_equal(run(program_backup, "backup", copy, NULL), 0);
		tamper(copy, deeds[i]);
		assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 0);
		assert_int_equal(run(program_restore, "restore", "--force", copy, NULL), 1);
		assert_int_equal(count_invitations(), 1);
	}
}

TEST(who_does_not_serve_refuses_an_older_schema_and_leaves_it_alone)
{
	g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
	g_autofree char *path = NULL, *older = g_strdup_printf("PRAGMA user_version = %d", store_schema_known() - 1);
	g_autofree char *version = NULL;

	new_data();
	path = in_data("softanswer.db");
	assert_int_equal(run(program_init, "init", NULL), 0);
	tamper(path, older);
	assert_int_equal(run(program_doctor, "doctor", NULL), 1);
	assert_int_equal(run(program_audit_verify, "audit verify", NULL), 1);
	assert_int_equal(run(program_invite, "invite", "ann@desk.example", "Ann", "lead", NULL), 1);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 1);
	assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
	version = database_ask(path, "PRAGMA user_version");
	assert_int_equal(g_ascii_strtoll(version, NULL, 10), store_schema_known() - 1);
}

TEST(a_desk_that_is_served_is_not_restored_over)
{
	g_autofree char *folder = fact_folder(), *copy = g_build_filename(folder, "copy.db", NULL);
	struct place place;

	new_data();
	assert_int_equal(run(program_init, "init", NULL), 0);
	assert_int_equal(run(program_backup, "backup", copy, NULL), 0);
	ASSERT_OK(place_find(data, &place, &error));
	ASSERT_OK(place_lock(&place, &error));
	assert_int_equal(run(program_restore, "restore", "--force", copy, NULL), 1);
	place_clear(&place);
	assert_int_equal(run(program_restore, "restore", "--force", copy, NULL), 0);
}
