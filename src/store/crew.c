/*
 * The crew: see crew.h.
 *
 * A direct crew has two connections and no threads: a work is run and answered before crew_write() returns. Works that a
 * `done` submits run inside that `done`.
 */
#include "store/crew.h"

#include "store/batch.h"
#include "store/engine.h"
#include "store/pool.h"

struct crew {
	struct finished finished;

	struct writer *writer; /* of an engine with one writer, */
	struct pool *pool;     /* or with several; both NULL: a direct crew */
	struct readers *readers;
	bool is_over;

	struct connection *writing, *reading;
	bool is_held;
	struct link *held, **held_end;
};

struct crew *
crew_start(struct store *store, unsigned readers, void (*wake)(void *data), void *data, GError **error)
{
	struct crew *crew = g_new0(struct crew, 1);

	finished_init(&crew->finished, wake, data);
	if (store->engine->has_pool)
		crew->pool = pool_start(store, &crew->finished, error);
	else
		crew->writer = writer_start(store, &crew->finished, error);
	if (crew->writer != NULL || crew->pool != NULL)
		crew->readers = readers_start(store, readers, &crew->finished, error);
	if (crew->readers != NULL)
		return crew;
	crew_stop(crew);
	return NULL;
}

struct crew *
crew_direct(struct store *store, GError **error)
{
	struct crew *crew = g_new0(struct crew, 1);

	finished_init(&crew->finished, NULL, NULL);
	crew->writing = store_connect(store, true, error);
	if (crew->writing != NULL)
		crew->reading = store_connect(store, false, error);
	if (crew->reading != NULL)
		return crew;
	crew_stop(crew);
	return NULL;
}

/* Runs a list of works as one batch and answers them. */
static void
write_direct(struct crew *crew, struct link *works)
{
	batch_run(crew->writing, (struct work *)works);
	crew->writing->loses_next_commit = crew->writing->loses_next_answer = false;
	for (struct link *next, *link = works; link != NULL; link = next) {
		struct work *work = (struct work *)link;

		next = link->next; /* before `done`, which may free the work */
		work->done(work);
	}
}

gboolean
crew_write(struct crew *crew, struct work *work, GError **error)
{
	if (crew->is_over)
		return fail(error, FAILED_BUSY, "the desk stops");
	if (crew->writer != NULL)
		return writer_submit(crew->writer, work, error);
	if (crew->pool != NULL)
		return pool_submit(crew->pool, work, error);
	work->link.next = NULL;
	if (crew->is_held) {
		*crew->held_end = &work->link;
		crew->held_end = &work->link.next;
	} else {
		write_direct(crew, &work->link);
	}
	return TRUE;
}

gboolean
crew_read(struct crew *crew, struct work *work, GError **error)
{
	if (crew->is_over)
		return fail(error, FAILED_BUSY, "the desk stops");
	if (crew->readers != NULL)
		return readers_submit(crew->readers, work, error);
	connection_run(crew->reading, work, false);
	work->done(work);
	return TRUE;
}

unsigned
crew_collect(struct crew *crew)
{
	return finished_collect(&crew->finished);
}

void
crew_stop(struct crew *crew)
{
	if (crew->is_held)
		crew_let_go(crew);
	if (crew->writer != NULL)
		writer_stop(crew->writer);
	if (crew->pool != NULL)
		pool_stop(crew->pool);
	if (crew->readers != NULL)
		readers_stop(crew->readers);
	if (crew->reading != NULL)
		connection_close(crew->reading);
	if (crew->writing != NULL)
		connection_close(crew->writing);
	/* Who goes on from an answer to a next step is turned away. */
	crew->is_over = true;
	crew_collect(crew);
	finished_clear(&crew->finished);
	g_free(crew);
}

void
crew_figures(struct crew *crew, struct writer_figures *figures)
{
	*figures = (struct writer_figures) { 0 };
	if (crew->writer != NULL)
		writer_figures(crew->writer, figures);
	if (crew->pool != NULL)
		pool_figures(crew->pool, figures);
	for (const struct link *link = crew->is_held ? crew->held : NULL; link != NULL; link = link->next)
		figures->queued++;
}

void
crew_fail_next(struct crew *crew, enum crew_fault fault)
{
	g_assert(crew->writing != NULL);
	crew->writing->loses_next_commit = fault == CREW_LOST;
	crew->writing->loses_next_answer = fault == CREW_UNANSWERED;
}

void
crew_hold(struct crew *crew)
{
	g_assert(crew->writing != NULL && !crew->is_held);
	crew->is_held = true;
	crew->held = NULL;
	crew->held_end = &crew->held;
}

void
crew_let_go(struct crew *crew)
{
	g_assert(crew->is_held);
	crew->is_held = false;
	if (crew->held != NULL)
		write_direct(crew, crew->held);
}
