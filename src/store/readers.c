/* The readers: see readers.h. One queue; whoever is free takes the next work. */
#include "store/readers.h"

#include "base/limits.h"
#include "store/engine.h"

struct reader {
	struct readers *readers;
	struct connection *connection; /* the thread's */
	pthread_t thread;
};

struct readers {
	struct finished *finished;
	struct queue queue;
	struct reader *threads;
	unsigned count;
};

static void *
thread_main(void *data)
{
	struct reader *reader = data;
	struct readers *readers = reader->readers;
	struct link *link;

	while ((link = queue_wait(&readers->queue, 1)) != NULL) {
		work_read(reader->connection, (struct work *)link);
		finished_push(readers->finished, link);
		readers->finished->wake(readers->finished->data);
	}
	return NULL;
}

struct readers *
readers_start(struct store *store, unsigned threads, struct finished *finished, GError **error)
{
	struct readers *readers = g_new0(struct readers, 1);

	readers->finished = finished;
	readers->threads = g_new0(struct reader, threads);
	queue_init(&readers->queue, LIMIT_READER_QUEUE);
	for (; readers->count < threads; readers->count++) {
		struct reader *reader = &readers->threads[readers->count];

		reader->readers = readers;
		reader->connection = store_connect(store, false, error);
		if (reader->connection == NULL) {
			readers_stop(readers);
			return NULL;
		}
		thread_start(&reader->thread, thread_main, reader);
	}
	return readers;
}

gboolean
readers_submit(struct readers *readers, struct work *work, GError **error)
{
	if (!queue_push(&readers->queue, &work->link))
		return fail(error, FAILED_BUSY, "%d commands wait for a reader", LIMIT_READER_QUEUE);
	return TRUE;
}

void
readers_stop(struct readers *readers)
{
	queue_close(&readers->queue);
	for (unsigned i = 0; i < readers->count; i++) {
		pthread_join(readers->threads[i].thread, NULL);
		connection_close(readers->threads[i].connection);
	}
	queue_clear(&readers->queue);
	g_free(readers->threads);
	g_free(readers);
}
