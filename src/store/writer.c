/* The writer: see writer.h. */
#include "store/writer.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "store/batch.h"
#include "store/checkpoint.h"
#include "store/engine.h"

/*
 * Past this nothing more is taken until checkpoints have caught up: 32 times what a checkpoint starts at, so only a read
 * that never ends or a disk that cannot keep up gets there. Half of it is told to the log.
 */
#define LOG_BYTES_MAX (INT64_C(512) << 20)

struct writer {
	struct store *store;
	struct finished *finished;
	struct connection *connection; /* the thread's */
	struct checkpoints *checkpoints;
	struct queue queue;
	pthread_t thread;
	bool is_log_long; /* the thread's: it has been told */
	bool is_full;     /* the same */
	pthread_mutex_t lock;
	struct writer_figures figures; /* under the lock */
};

static void
figures_add(struct writer *writer, const struct batch_outcome *outcome, int64_t took_ns)
{
	unsigned size = outcome->done + outcome->refused + outcome->failed;

	pthread_mutex_lock(&writer->lock);
	writer->figures.batches++;
	writer->figures.commands += size;
	writer->figures.refused += outcome->refused;
	writer->figures.failed += outcome->failed;
	writer->figures.replays += outcome->was_replayed;
	writer->figures.slow += took_ns > WRITER_SLOW_MS * INT64_C(1000000);
	writer->figures.commit_ns += (uint64_t)took_ns;
	writer->figures.largest_batch = MAX(writer->figures.largest_batch, size);
	pthread_mutex_unlock(&writer->lock);
}

static const char *
first_failure(const struct work *works)
{
	for (; works != NULL; works = (const struct work *)works->link.next) {
		if (works->error != NULL && !error_is_refusal(works->error))
			return works->error->message;
	}
	return "fsync";
}

static void
hand_back(struct writer *writer, struct link *works)
{
	struct link *next;

	for (; works != NULL; works = next) {
		next = works->next;
		finished_push(writer->finished, works);
	}
	writer->finished->wake(writer->finished->data);
}

static void
run_batch(struct writer *writer, struct link *works)
{
	int64_t start_ns = clock_ticks_ns();
	struct batch_outcome outcome = batch_run(writer->connection, (struct work *)works);

	if (outcome.must_stop)
		store_die(first_failure((struct work *)works));
	figures_add(writer, &outcome, clock_ticks_ns() - start_ns);
	hand_back(writer, works);
}

static void
watch_log(struct writer *writer)
{
	bool is_long = store_log_bytes(writer->store) > LOG_BYTES_MAX / 2;

	if (is_long && !writer->is_log_long)
		log_line(LOG_WARNING, "store.log_is_long", "says", "checkpoints cannot keep up: is a read not ending?",
		    NULL);
	writer->is_log_long = is_long;
}

/* Callers are asked to come again (503), which is nobody's error: so it is said here, once. */
static void
watch_room(struct writer *writer)
{
	bool is_full = writer->connection->is_full;

	if (is_full != writer->is_full && is_full)
		log_line(LOG_ERROR, "store.disk_is_full", "says", "nothing is written until there is room again", NULL);
	else if (is_full != writer->is_full)
		log_line(LOG_INFO, "store.has_room_again", NULL);
	writer->is_full = is_full;
}

static void *
thread_main(void *data)
{
	struct writer *writer = data;
	struct link *works;

	while ((works = queue_wait(&writer->queue, LIMIT_BATCH_COMMANDS)) != NULL) {
		run_batch(writer, works);
		checkpoints_help(writer->checkpoints, writer->connection);
		watch_log(writer);
		watch_room(writer);
	}
	return NULL;
}

struct writer *
writer_start(struct store *store, struct finished *finished, GError **error)
{
	struct connection *connection = store_connect(store, true, error);

	if (connection == NULL)
		return NULL;

	struct checkpoints *checkpoints =
	    connection_prepare(connection, error) ? checkpoints_start(store, error) : NULL;

	if (checkpoints == NULL) {
		connection_close(connection);
		return NULL;
	}

	struct writer *writer = g_new0(struct writer, 1);

	writer->store = store;
	writer->finished = finished;
	writer->connection = connection;
	writer->checkpoints = checkpoints;
	queue_init(&writer->queue, LIMIT_WRITER_QUEUE);
	pthread_mutex_init(&writer->lock, NULL);
	thread_start(&writer->thread, thread_main, writer);
	return writer;
}

gboolean
writer_submit(struct writer *writer, struct work *work, GError **error)
{
	if (store_log_bytes(writer->store) > LOG_BYTES_MAX) {
		checkpoints_urge(writer->checkpoints);
		return fail(error, FAILED_BUSY, "the log of the store is too long");
	}
	if (!queue_push(&writer->queue, &work->link))
		return fail(error, FAILED_BUSY, "%d commands wait for the writer", LIMIT_WRITER_QUEUE);
	return TRUE;
}

void
writer_stop(struct writer *writer)
{
	queue_close(&writer->queue);
	pthread_join(writer->thread, NULL);
	checkpoints_stop(writer->checkpoints);
	connection_close(writer->connection);
	queue_clear(&writer->queue);
	pthread_mutex_destroy(&writer->lock);
	g_free(writer);
}

void
writer_figures(struct writer *writer, struct writer_figures *figures)
{
	pthread_mutex_lock(&writer->lock);
	*figures = writer->figures;
	pthread_mutex_unlock(&writer->lock);
	figures->queued = (unsigned)queue_length(&writer->queue);
}
