/*
 * Facts about a disk that fails: whatever call fails, what was acknowledged is there after a start and what failed is not
 * (P1, P3, P4). The n-th call fails, for every n there is.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "store/batch.h"
#include "store/crew.h"
#include "store/engine.h"
#include "tests/kit/facts.h"
#include "tests/kit/fault_vfs.h"
#include "tests/kit/store_facts.h"

/* Copies one file of the store as it lies on the disk, as a crash would leave it. */
static void
copy_file(const char *from, const char *to, const char *suffix)
{
	g_autofree char *source = g_strconcat(from, suffix, NULL), *goal = g_strconcat(to, suffix, NULL),
			*content = NULL;
	gsize size;

	if (g_file_get_contents(source, &content, &size, NULL))
		ASSERT_OK(g_file_set_contents(goal, content, (gssize)size, &error));
}

/* Opens the store that a crash right now would leave. */
static struct store *
after_a_crash(const struct store *store)
{
	g_autofree char *folder = fact_folder();
	g_autofree char *where = g_build_filename(folder, "desk.db", NULL);
	struct store_settings settings = { .where = where, .queries = &fact_queries };
	struct store *copy = NULL;

	copy_file(store->where, where, "");
	copy_file(store->where, where, "-wal");
	ASSERT_OK((copy = store_open(&settings, &error)) != NULL);
	ASSERT_OK(store_check(copy, &error));
	return copy;
}

static void
check_put(struct store *store, const struct put *put)
{
	g_autofree char *value = fact_value(store, put->name);

	if (put->work.error == NULL)
		assert_string_equal(value, put->value);
	else if (error_kind(put->work.error) != UNCERTAIN)
		assert_null(value);
}

/* One batch of three while the n-th call fails so; false when there was no n-th call. */
static bool
try_batch(unsigned kinds, unsigned n, int code, bool stays)
{
	struct store *store = fact_store();
	struct put *puts[] = { put_new("a", "1"), put_new("b", "2"), put_new("c", "3") };
	struct connection *connection = NULL;

	ASSERT_OK((connection = store_connect(store, true, &error)) != NULL);
	fault_vfs_arm(kinds, n, code, stays);

	struct batch_outcome outcome = batch_run(connection, put_batch(puts[0], puts[1], puts[2], NULL));
	bool has_struck = fault_vfs_disarm();
	struct store *copy = after_a_crash(store);

	assert_int_equal(outcome.done + outcome.failed, 3);
	if (kinds == FAULT_SYNC && has_struck)
		assert_true(outcome.must_stop);
	if (code == SQLITE_FULL)
		assert_false(outcome.must_stop);
	for (unsigned i = 0; i < 3; i++) {
		check_put(copy, puts[i]);
		put_free(puts[i]);
	}
	store_close(copy);
	connection_close(connection);
	store_close(store);
	return has_struck;
}

static void
try_every_call(unsigned kinds, int code, bool stays)
{
	unsigned n = 0;

	fault_vfs_install();
	while (try_batch(kinds, n, code, stays))
		n++;
	assert_true(n > 0);
}

TEST(a_failing_fsync_is_never_an_acknowledgement)
{
	try_every_call(FAULT_SYNC, SQLITE_IOERR_FSYNC, false);
	try_every_call(FAULT_SYNC, SQLITE_IOERR_FSYNC, true);
}

TEST(a_failing_write_is_never_an_acknowledgement)
{
	try_every_call(FAULT_WRITE, SQLITE_IOERR_WRITE, false);
	try_every_call(FAULT_WRITE, SQLITE_IOERR_WRITE, true);
}

TEST(a_full_disk_is_never_an_acknowledgement_and_no_reason_to_stop)
{
	try_every_call(FAULT_WRITE, SQLITE_FULL, false);
	try_every_call(FAULT_WRITE, SQLITE_FULL, true);
}

TEST(when_there_is_room_again_the_store_goes_on_without_a_restart)
{
	struct store *store = NULL;
	struct put *full = put_new("full", "1"), *room = put_new("room", "2");
	struct connection *connection = NULL;

	fault_vfs_install();
	store = fact_store();
	ASSERT_OK((connection = store_connect(store, true, &error)) != NULL);
	fault_vfs_arm(FAULT_WRITE, 0, SQLITE_FULL, true);
	batch_run(connection, put_batch(full, NULL));
	assert_int_equal(error_kind(full->work.error), FAILED_BUSY); /* come again: P4 */
	assert_true(connection->is_full);
	assert_int_equal(fact_count(store, "%"), 0);
	assert_true(fault_vfs_disarm());
	batch_run(connection, put_batch(room, full, NULL));
	assert_null(room->work.error);
	assert_null(full->work.error);
	assert_false(connection->is_full);
	assert_int_equal(fact_count(store, "%"), 2);
	connection_close(connection);
	store_close(store);
	put_free(full);
	put_free(room);
}

static void
nobody_wakes(void *data)
{
	(void)data;
}

static void
speak_to_nobody(void)
{
	dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
}

/* In a process of its own: gives 1 when something was acknowledged, 2 when it never ended. */
static void
live_with_a_failing_fsync(struct store *store)
{
	struct crew *crew = crew_start(store, 1, nobody_wakes, NULL, NULL);
	struct put *put = put_new("a", "1");

	speak_to_nobody();
	fault_vfs_arm(FAULT_SYNC, 0, SQLITE_IOERR_FSYNC, false);
	if (crew == NULL || !crew_write(crew, &put->work, NULL))
		_exit(3);
	crew_stop(crew); /* waits for the writer */
	_exit(put->done > 0 ? 1 : 2);
}

static void
forget(struct work *work)
{
	put_free((struct put *)work);
}

/* The same with writes enough for some checkpoints, which alone fail. */
static void
live_with_a_failing_checkpoint(struct store *store)
{
	struct crew *crew = crew_start(store, 1, nobody_wakes, NULL, NULL);
	g_autofree char *value = g_strnfill(16000, 'x');

	speak_to_nobody();
	fault_vfs_arm(FAULT_STORE_SYNC, 0, SQLITE_IOERR_FSYNC, false);
	for (unsigned i = 0; crew != NULL && i < 5000; i++) {
		g_autofree char *name = g_strdup_printf("n%u", i);
		struct put *put = put_new(name, value);

		put->work.done = forget;
		if (!crew_write(crew, &put->work, NULL))
			_exit(3);
		crew_collect(crew);
	}
	crew_stop(crew);
	_exit(2);
}

static void
assert_ends(void (*live)(struct store *store))
{
	struct store *store;
	int status;

	fault_vfs_install();
	store = fact_store();

	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		live(store);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), EX_SOFTWARE);
	ASSERT_OK(store_check(store, &error));
	store_close(store);
}

TEST(after_a_failing_fsync_the_process_ends)
{
	assert_ends(live_with_a_failing_fsync);
}

TEST(after_a_failing_fsync_of_a_checkpoint_the_process_ends)
{
	assert_ends(live_with_a_failing_checkpoint);
}
