/* Facts about the SQLite store: what cannot be altered, what a connection may do, check and backup. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/batch.h"
#include "store/sqlite.h"
#include "tests/kit/facts.h"
#include "tests/kit/store_facts.h"

/* One row in each table that is never changed. */
static struct store *
store_with_a_log(void)
{
	struct store *store = fact_store();

	assert_null(fact_sql(store,
	    "INSERT INTO person (id, email, name, role, created_at) VALUES (1, 'ann@desk', 'Ann', 'advisor', 1);"
	    "INSERT INTO visitor (id, public_id, created_at) VALUES (1, 'v', 1);"
	    "INSERT INTO conversation (id, public_id, visitor_id, last_seq, created_at, changed_at) VALUES (1, 'c', 1, 1, 1, 1);"
	    "INSERT INTO item (id, conversation_id, seq, kind, is_internal, author_kind, at) VALUES (1, 1, 1, 'note', 1, 'person', 1);"
	    "INSERT INTO note (id, item_id, conversation_id, seq, author_id, text, at, salt, content, hash)"
	    " VALUES (1, 1, 1, 1, 1, 'text', 1, x'00', x'00', x'00');"
	    "INSERT INTO audit (id, at, actor_kind, command, object, says, hash) VALUES (1, 1, 'person', 'c', 'o', 's', x'00');"));
	return store;
}

static void
assert_refuses(struct store *store, const char *sql, const char *wanted)
{
	g_autofree char *says = fact_sql(store, sql);

	if (g_strcmp0(says, wanted) != 0)
		fail_msg("%s: \"%s\" and not \"%s\"", sql, says, wanted);
}

TEST(items_are_never_changed_deleted_or_replaced)
{
	struct store *store = store_with_a_log();

	assert_refuses(store, "UPDATE item SET body = 'x'", "items are never changed");
	assert_refuses(store, "UPDATE OR REPLACE item SET id = id", "items are never changed");
	assert_refuses(store, "DELETE FROM item", "items are never deleted");
	assert_refuses(store,
	    "INSERT OR REPLACE INTO item (id, conversation_id, seq, kind, is_internal, author_kind, at)"
	    " VALUES (1, 1, 2, 'note', 1, 'person', 1)",
	    "items are never replaced");
	assert_refuses(store,
	    "REPLACE INTO item (conversation_id, seq, kind, is_internal, author_kind, at) VALUES (1, 1, 'x', 1, 'person', 1)",
	    "items are never replaced");
	ASSERT_OK(store_check(store, &error));
	store_close(store);
}

TEST(notes_are_never_changed_deleted_or_replaced)
{
	struct store *store = store_with_a_log();

	assert_refuses(store, "UPDATE note SET text = 'x'", "notes are never changed");
	assert_refuses(store, "DELETE FROM note WHERE id = 1", "notes are never deleted");
	assert_refuses(store,
	    "INSERT OR REPLACE INTO note (item_id, conversation_id, seq, author_id, text, at, salt, content, hash)"
	    " VALUES (1, 1, 1, 1, 'x', 1, x'00', x'00', x'00')",
	    "notes are never replaced");
	store_close(store);
}

TEST(audit_lines_are_never_changed_deleted_or_replaced)
{
	struct store *store = store_with_a_log();

	assert_refuses(store, "UPDATE audit SET says = 'x'", "audit lines are never changed");
	assert_refuses(store, "DELETE FROM audit", "audit lines are never deleted");
	assert_refuses(store,
	    "INSERT OR REPLACE INTO audit (id, at, actor_kind, command, object, says, hash)"
	    " VALUES (1, 1, 'person', 'c', 'o', 'x', x'00')",
	    "audit lines are never replaced");
	store_close(store);
}

/* A sender's own id makes a message one message; replacing by that key would delete the first. */
TEST(an_item_cannot_be_replaced_by_the_senders_own_id)
{
	struct store *store = store_with_a_log();

#define ADD(seq_)                                                                                                      \
	"INSERT OR REPLACE INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, caller_id, at)" \
	" VALUES (1, " seq_ ", 'message', 0, 'visitor', 1, 'm-1', 1)"
	assert_null(fact_sql(store, ADD("2")));
	assert_refuses(store, ADD("3"), "items are never replaced");
	store_close(store);
}

TEST(the_store_can_be_read_by_its_owner_only)
{
	struct store *store = fact_store();
	struct stat status;

	assert_int_equal(stat(store->where, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	store_close(store);
}

TEST(a_reading_connection_cannot_write_even_in_a_tx_that_says_so)
{
	struct store *store = fact_store();
	struct connection *connection = NULL;
	struct put *put = put_new("a", "1");

	ASSERT_OK((connection = store_connect(store, false, &error)) != NULL);
	connection_run(connection, &put->work, true);
	assert_int_equal(error_kind(put->work.error), FAILED_STORE);
	connection_close(connection);
	assert_int_equal(fact_count(store, "%"), 0);
	put_free(put);
	store_close(store);
}

TEST(a_store_that_another_program_holds_is_busy)
{
	struct store *store = fact_store();
	struct connection *connection = NULL;
	struct put *puts[] = { put_new("a", "1"), put_new("b", "2") };
	sqlite3 *other;

	ASSERT_OK((connection = store_connect(store, true, &error)) != NULL);
	sqlite3_busy_timeout(sqlite_of(connection)->db, 1);
	assert_int_equal(sqlite3_open(store->where, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	batch_run(connection, put_batch(puts[0], puts[1], NULL));
	assert_int_equal(error_kind(puts[0]->work.error), FAILED_BUSY);
	assert_int_equal(error_kind(puts[1]->work.error), FAILED_BUSY);
	sqlite3_close(other);
	batch_run(connection, put_batch(puts[0], puts[1], NULL));
	assert_null(puts[0]->work.error);
	assert_null(puts[1]->work.error);
	connection_close(connection);
	put_free(puts[0]);
	put_free(puts[1]);
	store_close(store);
}

TEST(a_row_that_refers_to_nothing_is_found_by_the_check)
{
	struct store *store = store_with_a_log();

	ASSERT_OK(store_check(store, &error));
	assert_null(fact_sql(store, "PRAGMA foreign_keys=OFF; DELETE FROM visitor"));
	ASSERT_REFUSED(FAILED_STORE, NULL, store_check(store, &error));
	store_close(store);
}

TEST(a_damaged_page_is_found_by_the_check)
{
	struct store *store = store_with_a_log();
	g_autofree char *content = NULL;
	gsize size;

	assert_null(fact_sql(store, "PRAGMA wal_checkpoint(TRUNCATE)"));
	ASSERT_OK(g_file_get_contents(store->where, &content, &size, &error));
	for (gsize page = 4096; page < size; page += 4096)
		content[page] ^= 0x40; /* the kind of the page */
	ASSERT_OK(g_file_set_contents(store->where, content, (gssize)size, &error));
	ASSERT_REFUSED(FAILED_STORE, NULL, store_check(store, &error));
	store_close(store);
}

TEST(a_backup_is_a_store_with_all_that_was_committed)
{
	struct store *store = store_with_a_log();
	g_autofree char *path = g_strconcat(store->where, ".backup", NULL);
	struct store_settings settings = { .where = path, .queries = &fact_queries };
	struct store *copy = NULL;

	assert_null(fact_sql(store, "INSERT INTO setting (name, value, changed_at) VALUES ('a', '1', 1)"));
	ASSERT_OK(store_backup(store, path, &error));
	assert_null(fact_sql(store, "INSERT INTO setting (name, value, changed_at) VALUES ('b', '2', 1)"));
	ASSERT_OK((copy = store_open(&settings, &error)) != NULL);
	ASSERT_OK(store_check(copy, &error));
	assert_int_equal(fact_count(copy, "_"), 1);
	assert_refuses(copy, "DELETE FROM note", "notes are never deleted");
	store_close(copy);
	store_close(store);
}

TEST(a_backup_replaces_nothing_and_leaves_nothing_half_done)
{
	struct store *store = fact_store();
	g_autofree char *path = g_strconcat(store->where, ".backup", NULL), *text = NULL;
	g_autofree char *unfinished = g_strconcat(path, ".unfinished", NULL);
	struct stat status;

	ASSERT_OK(g_file_set_contents(path, "mine", -1, &error));
	ASSERT_REFUSED(REFUSED_STATE, "path", store_backup(store, path, &error));
	ASSERT_OK(g_file_get_contents(path, &text, NULL, &error));
	assert_string_equal(text, "mine");
	assert_int_equal(g_unlink(path), 0);
	ASSERT_OK(g_file_set_contents(unfinished, "of a backup that was killed", -1, &error));
	ASSERT_OK(store_backup(store, path, &error));
	assert_int_equal(g_access(unfinished, F_OK), -1);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	ASSERT_REFUSED(FAILED_STORE, NULL, store_backup(store, "/nowhere/at/all", &error));
	store_close(store);
}
