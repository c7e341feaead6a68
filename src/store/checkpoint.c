/* Checkpoints: see checkpoint.h. */
#include "store/checkpoint.h"

#include <pthread.h>

#include "base/log.h"
#include "store/engine.h"

/* The log may grow this far before pages are moved: 16 MB, measured as the best for rate and p99 (stack.md). */
#define LOG_BYTES_WANTED (INT64_C(4000) * STORE_LOG_PAGE_BYTES)

/* While a long read keeps the log from starting over, trying again is worth it only after this much more. */
#define LOG_BYTES_MORE (INT64_C(1000) * STORE_LOG_PAGE_BYTES)

enum turn { TURN_NOBODY, TURN_THREAD, TURN_WRITER, TURN_STOP };

struct checkpoints {
	struct store *store;
	struct connection *connection; /* the thread's */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t turned;
	enum turn turn;             /* under the lock */
	int64_t next_at, log_bytes; /* the writer's */
	bool is_other_log;          /* the writer's: the log has started over since the thread was asked for its part */
};

static void
run(struct connection *connection)
{
	g_autoptr(GError) error = NULL;

	if (connection->engine->checkpoint(connection, &error))
		return;
	if (connection->is_broken)
		store_die(error->message);
	/* A full disk, say: the log goes on growing, up to its bound, and the next try may do it. */
	log_line(LOG_WARNING, "store.checkpoint_failed", "because", error->message, NULL);
}

/* Passes the turn on, unless it is over. */
static void
turn_set(struct checkpoints *checkpoints, enum turn turn)
{
	pthread_mutex_lock(&checkpoints->lock);
	if (checkpoints->turn != TURN_STOP)
		checkpoints->turn = turn;
	pthread_cond_signal(&checkpoints->turned);
	pthread_mutex_unlock(&checkpoints->lock);
}

static enum turn
turn_get(struct checkpoints *checkpoints)
{
	pthread_mutex_lock(&checkpoints->lock);

	enum turn turn = checkpoints->turn;

	pthread_mutex_unlock(&checkpoints->lock);
	return turn;
}

/* Waits for the thread's turn; false when it is over. */
static bool
turn_wait(struct checkpoints *checkpoints)
{
	pthread_mutex_lock(&checkpoints->lock);
	while (checkpoints->turn != TURN_THREAD && checkpoints->turn != TURN_STOP)
		pthread_cond_wait(&checkpoints->turned, &checkpoints->lock);

	bool is_mine = checkpoints->turn == TURN_THREAD;

	pthread_mutex_unlock(&checkpoints->lock);
	return is_mine;
}

static void *
thread_main(void *data)
{
	struct checkpoints *checkpoints = data;

	while (turn_wait(checkpoints)) {
		run(checkpoints->connection);
		turn_set(checkpoints, TURN_WRITER);
	}
	return NULL;
}

struct checkpoints *
checkpoints_start(struct store *store, GError **error)
{
	struct connection *connection = store->engine->connect(store, true, error);

	if (connection == NULL)
		return NULL;

	struct checkpoints *checkpoints = g_new0(struct checkpoints, 1);

	checkpoints->store = store;
	checkpoints->connection = connection;
	checkpoints->next_at = LOG_BYTES_WANTED;
	pthread_mutex_init(&checkpoints->lock, NULL);
	pthread_cond_init(&checkpoints->turned, NULL);
	thread_start(&checkpoints->thread, thread_main, checkpoints);
	return checkpoints;
}

void
checkpoints_help(struct checkpoints *checkpoints, struct connection *writer)
{
	int64_t log_bytes = store_log_bytes(checkpoints->store);

	if (log_bytes < checkpoints->log_bytes) {
		checkpoints->next_at = LOG_BYTES_WANTED;
		checkpoints->is_other_log = true;
	}
	checkpoints->log_bytes = log_bytes;
	if (log_bytes < checkpoints->next_at)
		return;

	enum turn turn = turn_get(checkpoints);

	/* While nothing was written the thread's part was all: then it is asked again before the writer does anything. */
	if (turn == TURN_NOBODY || (turn == TURN_WRITER && checkpoints->is_other_log)) {
		checkpoints->is_other_log = false;
		turn_set(checkpoints, TURN_THREAD);
		return;
	}
	if (turn != TURN_WRITER)
		return;
	run(writer);
	checkpoints->next_at = log_bytes + LOG_BYTES_MORE;
	turn_set(checkpoints, TURN_NOBODY);
}

void
checkpoints_urge(struct checkpoints *checkpoints)
{
	turn_set(checkpoints, TURN_THREAD);
}

void
checkpoints_stop(struct checkpoints *checkpoints)
{
	turn_set(checkpoints, TURN_STOP);
	pthread_join(checkpoints->thread, NULL);
	connection_close(checkpoints->connection);
	pthread_cond_destroy(&checkpoints->turned);
	pthread_mutex_destroy(&checkpoints->lock);
	g_free(checkpoints);
}
