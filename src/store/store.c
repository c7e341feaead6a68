/* The store: see store.h. Everything that an engine must do itself is behind its table (engine.h). */
#include "store/store.h"

#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "store/batch.h"
#include "store/engine.h"

bool
store_is_server(const char *where)
{
	return g_str_has_prefix(where, "postgresql://") || g_str_has_prefix(where, "postgres://");
}

/* A newer program that comes to serve is turned away before it changes the schema under the one that serves. */
static gboolean
claim(struct store *store, bool is_alone, GError **error)
{
	return !is_alone || store->engine->claim == NULL || store->engine->claim(store, error);
}

struct store *
store_open(const struct store_settings *settings, GError **error)
{
	struct store *store = g_new0(struct store, 1);

	store->engine = store_is_server(settings->where) ? &postgres_engine : &sqlite_engine;
	store->writers = settings->writers == 0 ? STORE_WRITERS : settings->writers;
	store->where = g_strdup(settings->where);
	store->queries = settings->queries;
	store->is_forgetful = settings->is_forgetful;

	struct connection *connection = store->engine->connect(store, !settings->as_it_is, error);
	gboolean is_ready = connection != NULL && claim(store, settings->is_alone, error) &&
	    (settings->as_it_is ? migrate_not : migrate_run)(
		connection, migrations_files, migrations_count, &store->schema, error);

	if (connection != NULL)
		connection_close(connection);
	if (is_ready)
		return store;
	store_close(store);
	return NULL;
}

void
store_close(struct store *store)
{
	if (store->claim != NULL)
		store->engine->unclaim(store);
	g_free(store->where);
	g_free(store);
}

bool
store_is_ours(const struct store *store)
{
	return !atomic_load_explicit(&store->is_claim_lost, memory_order_relaxed);
}

const char *
store_engine(const struct store *store)
{
	return store->engine->name;
}

struct connection *
store_connect(struct store *store, bool writes, GError **error)
{
	struct connection *connection = store->engine->connect(store, writes, error);

	if (connection == NULL)
		return NULL;
	if (store->engine->make_ready(connection, error))
		return connection;
	connection_close(connection);
	return NULL;
}

gboolean
connection_prepare(struct connection *connection, GError **error)
{
	const struct query_set *set = connection->store->queries;

	for (unsigned i = 0; i < set->count; i++) {
		if (!connection->engine->query_prepare(connection, set->queries[i], error))
			return FALSE;
	}
	return TRUE;
}

void
connection_close(struct connection *connection)
{
	connection->engine->close(connection);
}

int
store_schema(const struct store *store)
{
	return store->schema;
}

int
store_schema_known(void)
{
	return migrate_newest(migrations_files, migrations_count);
}

/* Lends a connection that reads to `use` for one call. */
static gboolean
with_reader(struct store *store, gboolean (*use)(struct connection *, const char *, GError **), const char *path,
    GError **error)
{
	struct connection *connection = store->engine->connect(store, false, error);

	if (connection == NULL)
		return FALSE;

	gboolean went_well = use(connection, path, error);

	connection_close(connection);
	return went_well;
}

static gboolean
check(struct connection *connection, const char *path, GError **error)
{
	(void)path;
	return connection->engine->check(connection, error);
}

gboolean
store_make_role(struct store *store, const char *role, const char *password, GError **error)
{
	struct connection *connection = store->engine->connect(store, true, error);

	if (connection == NULL)
		return FALSE;

	gboolean is_made = store->engine->make_role(connection, role, password, error);

	connection_close(connection);
	return is_made;
}

char *
store_address(const char *where, const char *role, const char *passfile, GError **error)
{
	return postgres_engine.address(where, role, passfile, error);
}

gboolean
store_backup(struct store *store, const char *path, GError **error)
{
	return with_reader(store, store->engine->backup, path, error);
}

gboolean
store_check(struct store *store, GError **error)
{
	return with_reader(store, check, NULL, error);
}

int64_t
store_log_bytes(const struct store *store)
{
	return atomic_load_explicit(&store->log_bytes, memory_order_relaxed);
}

void
connection_run(struct connection *connection, struct work *work, bool writes)
{
	work->link.next = NULL;
	if (writes)
		batch_run(connection, work);
	else
		work_read(connection, work);
}

void
store_die(const char *because)
{
	log_line(LOG_ERROR, "store.stopped", "because", because, NULL);
	_exit(EX_SOFTWARE);
}

void
thread_start(pthread_t *thread, void *(*run)(void *data), void *data)
{
	int problem = pthread_create(thread, NULL, run, data);

	if (problem != 0)
		store_die(g_strerror(problem));
}
