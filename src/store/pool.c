/* The pool: see pool.h. One queue under one lock; whoever is free takes what may run now. */
#include "store/pool.h"

#include "base/clock.h"
#include "base/limits.h"
#include "store/batch.h"
#include "store/engine.h"

/* Of a batch: each of its scopes is a lock in the server, which has room for 64 a connection at least. */
#define BATCH_WORKS 48

/* How far down the queue is looked for works that may run. */
#define LOOK_WORKS 256

struct pool_writer {
	struct pool *pool;
	struct connection *connection; /* the thread's */
	pthread_t thread;
};

struct pool {
	struct store *store;
	struct finished *finished;
	struct pool_writer *writers;
	unsigned count;

	pthread_mutex_t lock; /* of everything below */
	pthread_cond_t changed;
	struct link *first, **last;
	size_t length;
	bool is_closed;
	unsigned running;   /* batches */
	bool is_alone;      /* the one that runs is of the whole desk */
	GHashTable *scopes; /* of the batches that run: the keys are scopes */
	struct writer_figures figures;
};

/* ---- Taking ---- */

static int64_t
scope_of(const struct link *link)
{
	return ((const struct work *)link)->scope;
}

/* Moves one link of the queue to the end of a batch; gives the batch's new end. */
static struct link **
move(struct pool *pool, struct link **at, struct link **end)
{
	struct link *link = *at;

	*at = link->next;
	if (*at == NULL)
		pool->last = at;
	pool->length--;
	link->next = NULL;
	*end = link;
	return &link->next;
}

/* What a batch may hold, so that the others have something to do as well. */
static unsigned
share(const struct pool *pool)
{
	return (unsigned)CLAMP(pool->length / pool->count, 1, BATCH_WORKS);
}

static struct link *
take_alone(struct pool *pool)
{
	struct link *batch = NULL, **end = &batch;

	for (unsigned taken = 0; pool->first != NULL && scope_of(pool->first) == 0 && taken < LIMIT_BATCH_COMMANDS;
	     taken++)
		end = move(pool, &pool->first, end);
	pool->is_alone = true;
	return batch;
}

/* Works whose scopes nobody has, in order; those behind a work of the whole desk wait for it. */
static struct link *
take_scoped(struct pool *pool)
{
	struct link *batch = NULL, **end = &batch, **at = &pool->first;
	unsigned taken = 0, most = share(pool);

	for (unsigned looked = 0; *at != NULL && scope_of(*at) != 0 && taken < most && looked < LOOK_WORKS; looked++) {
		int64_t *scope = &((struct work *)*at)->scope;

		if (g_hash_table_contains(pool->scopes, scope)) {
			at = &(*at)->next;
		} else {
			end = move(pool, at, end);
			taken++;
		}
	}
	for (struct link *link = batch; link != NULL; link = link->next)
		g_hash_table_add(pool->scopes, g_memdup2(&((struct work *)link)->scope, sizeof(int64_t)));
	return batch;
}

/* What may run now, or NULL. The lock is held. */
static struct link *
take(struct pool *pool)
{
	struct link *batch;

	if (pool->first == NULL || pool->is_alone)
		return NULL;
	if (scope_of(pool->first) != 0)
		batch = take_scoped(pool);
	else
		batch = pool->running == 0 ? take_alone(pool) : NULL;
	pool->running += batch != NULL;
	return batch;
}

/* Waits for a batch; NULL: the pool is closed and empty. */
static struct link *
wait_for_batch(struct pool *pool)
{
	struct link *batch;

	pthread_mutex_lock(&pool->lock);
	while ((batch = take(pool)) == NULL && !(pool->is_closed && pool->first == NULL))
		pthread_cond_wait(&pool->changed, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
	return batch;
}

/* ---- Running ---- */

static void
figures_add(struct writer_figures *figures, const struct batch_outcome *outcome, int64_t took_ns)
{
	unsigned size = outcome->done + outcome->refused + outcome->failed;

	figures->batches++;
	figures->commands += size;
	figures->refused += outcome->refused;
	figures->failed += outcome->failed;
	figures->replays += outcome->was_replayed;
	figures->slow += took_ns > WRITER_SLOW_MS * INT64_C(1000000);
	figures->commit_ns += (uint64_t)took_ns;
	figures->largest_batch = MAX(figures->largest_batch, size);
}

/* Who was answered finds the batch in the figures. */
static void
batch_counts(struct pool *pool, const struct batch_outcome *outcome, int64_t took_ns)
{
	pthread_mutex_lock(&pool->lock);
	figures_add(&pool->figures, outcome, took_ns);
	pthread_mutex_unlock(&pool->lock);
}

/* `scopes` are those of the batch, which is somebody else's by now. */
static void
batch_ends(struct pool *pool, const GArray *scopes)
{
	pthread_mutex_lock(&pool->lock);
	for (guint i = 0; i < scopes->len; i++)
		g_hash_table_remove(pool->scopes, &g_array_index(scopes, int64_t, i));
	pool->is_alone = false;
	pool->running--;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
}

static void
hand_back(struct pool *pool, struct link *works)
{
	for (struct link *next; works != NULL; works = next) {
		next = works->next;
		finished_push(pool->finished, works);
	}
	pool->finished->wake(pool->finished->data);
}

static void
run_batch(struct pool_writer *writer, struct link *works)
{
	g_autoptr(GArray) scopes = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t start_ns = clock_ticks_ns();

	for (const struct link *link = works; link != NULL; link = link->next) {
		int64_t scope = scope_of(link);

		g_array_append_val(scopes, scope);
	}

	struct batch_outcome outcome = batch_run(writer->connection, (struct work *)works);

	if (outcome.must_stop)
		store_die("a commit cannot be relied on");
	batch_counts(writer->pool, &outcome, clock_ticks_ns() - start_ns);
	hand_back(writer->pool, works);
	batch_ends(writer->pool, scopes);
}

static void *
thread_main(void *data)
{
	struct pool_writer *writer = data;
	struct link *works;

	while ((works = wait_for_batch(writer->pool)) != NULL)
		run_batch(writer, works);
	return NULL;
}

/* ---- From outside ---- */

/* The first one looks whether the queries fit; the tables are the same for all. */
static struct connection *
connect_writer(const struct pool *pool, GError **error)
{
	struct connection *connection = store_connect(pool->store, true, error);

	if (connection == NULL || pool->count > 0 || connection_prepare(connection, error))
		return connection;
	connection_close(connection);
	return NULL;
}

struct pool *
pool_start(struct store *store, struct finished *finished, GError **error)
{
	struct pool *pool = g_new0(struct pool, 1);

	pool->store = store;
	pool->finished = finished;
	pool->last = &pool->first;
	pool->scopes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->changed, NULL);
	pool->writers = g_new0(struct pool_writer, store->writers);
	for (; pool->count < store->writers; pool->count++) {
		pool->writers[pool->count] =
		    (struct pool_writer) { .pool = pool, .connection = connect_writer(pool, error) };
		if (pool->writers[pool->count].connection == NULL)
			break;
	}
	for (unsigned i = 0; pool->count == store->writers && i < pool->count; i++)
		thread_start(&pool->writers[i].thread, thread_main, &pool->writers[i]);
	if (pool->count == store->writers)
		return pool;
	pool_stop(pool);
	return NULL;
}

gboolean
pool_submit(struct pool *pool, struct work *work, GError **error)
{
	if (!store_is_ours(pool->store))
		return fail(error, FAILED_BUSY, "another program may serve the desk");
	pthread_mutex_lock(&pool->lock);

	bool is_in = !pool->is_closed && pool->length < LIMIT_WRITER_QUEUE;

	if (is_in) {
		work->link.next = NULL;
		*pool->last = &work->link;
		pool->last = &work->link.next;
		pool->length++;
		pthread_cond_signal(&pool->changed);
	}
	pthread_mutex_unlock(&pool->lock);
	return is_in || fail(error, FAILED_BUSY, "%d commands wait for the writers", LIMIT_WRITER_QUEUE);
}

void
pool_stop(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->is_closed = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->count; i++) {
		if (pool->count == pool->store->writers)
			pthread_join(pool->writers[i].thread, NULL);
		connection_close(pool->writers[i].connection);
	}
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->lock);
	g_hash_table_destroy(pool->scopes);
	g_free(pool->writers);
	g_free(pool);
}

void
pool_figures(struct pool *pool, struct writer_figures *figures)
{
	pthread_mutex_lock(&pool->lock);
	*figures = pool->figures;
	figures->queued = (unsigned)pool->length;
	pthread_mutex_unlock(&pool->lock);
}
