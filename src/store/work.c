/* Work: see work.h. */
#include "store/work.h"

#include "store/engine.h"

int64_t
work_scope(const char *key)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *key != '\0'; key++)
		hash = (hash ^ (uint8_t)*key) * UINT64_C(1099511628211);
	return hash == 0 ? 1 : (int64_t)hash;
}

void
work_reset(struct work *work)
{
	g_clear_error(&work->error);
	work->events = NULL;
	work->last_event = &work->events;
	work->drawn = 0;
	work->about = NULL;
	work->is_unremarkable = false;
}

gboolean
work_attempt(struct connection *connection, struct work *work, GError **error)
{
	struct tx tx = { .connection = connection, .work = work, .writes = true };

	work_reset(work);

	gboolean went_well = work->run(&tx, work, error);

	g_assert(went_well || error == NULL || *error != NULL);
	return went_well;
}

static void
read_once(struct connection *connection, struct work *work)
{
	const struct engine *engine = connection->engine;
	struct tx tx = { .connection = connection, .work = work };

	work_reset(work);
	if (!engine->begin(connection, false, NULL, &work->error))
		return;

	gboolean went_well = work->run(&tx, work, &work->error);

	g_assert(went_well == (work->error == NULL));
	/* There is nothing to keep. */
	engine->rollback(connection);
}

void
work_read(struct connection *connection, struct work *work)
{
	const struct engine *engine = connection->engine;
	unsigned runs = 0;

	do
		read_once(connection, work);
	while (work->error != NULL && engine->may_rerun != NULL && engine->may_rerun(connection) && ++runs < WORK_RUNS);
}

void
finished_init(struct finished *finished, void (*wake)(void *data), void *data)
{
	/* Every work in it has stood in a queue with a maximum before. */
	queue_init(&finished->queue, SIZE_MAX);
	finished->wake = wake;
	finished->data = data;
}

void
finished_clear(struct finished *finished)
{
	queue_clear(&finished->queue);
}

void
finished_push(struct finished *finished, struct link *link)
{
	bool is_in = queue_push(&finished->queue, link);

	g_assert(is_in);
}

unsigned
finished_collect(struct finished *finished)
{
	struct link *next, *link = queue_take(&finished->queue, SIZE_MAX);
	unsigned count = 0;

	for (; link != NULL; link = next, count++) {
		struct work *work = (struct work *)link;

		next = link->next; /* before `done`, which may free the work */
		work->done(work);
	}
	return count;
}
