/*
 * The claim: on a server, the program that serves a desk holds a lock from its start to its end, so that no second one does.
 *
 * Events do not travel between machines yet. Two programs on one desk would both keep everything right (postgres_tx.c), but each
 * would tell only its own visitors and advisors of it. When a bus goes between machines (NATS), the claim is to go.
 *
 * The lock lives as long as its session, which is kept for nothing else and watched by a thread. When the session ends, the
 * lock is gone, and the store counts as not ours (store_is_ours: no work is taken, 503) until it is had again. Where another
 * program has it by then, that lasts until that one stops.
 */
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/postgres.h"

/* "Serv", and the desk: in one database there may be several, each in a schema of its own. */
#define TAKE                                                                                                           \
	"SELECT pg_try_advisory_lock(1399157366, (oid::bigint - 2147483648)::int) FROM pg_namespace"                   \
	" WHERE nspname = current_schema()"

/* A server takes a moment to miss a program that has just ended, or was killed. */
#define PATIENCE_MS 3000

/* Between two tries to have a lost lock again. */
#define RETRY_MS 200

/* So many tries in vain are not for our own last session, which the server is told to end. */
#define TRIES_UNSAID 20

struct claim {
	struct store *store;
	struct postgres_connection *postgres; /* the thread's */
	char mark[28];                        /* of the session that had the lock last */
	bool is_held;                         /* the thread's */
	unsigned tries;                       /* the thread's: in vain, since it was lost */
	int stop;                             /* a descriptor that can be read once the thread is to end */
	pthread_t thread;
};

/* ---- Taking ---- */

/* Some servers end sessions that are idle. */
static gboolean
take(struct claim *claim, GError **error)
{
	g_autofree char *answer = NULL;

	if (!postgres_script(claim->postgres, "SET idle_session_timeout = 0", NULL, error) ||
	    !postgres_ask(claim->postgres, TAKE, &answer, error))
		return FALSE;
	if (g_strcmp0(answer, "t") != 0)
		return fail(error, FAILED_BUSY, "another program serves the desk in this database: stop it first");
	g_strlcpy(claim->mark, claim->postgres->mark, sizeof claim->mark);
	claim->is_held = true;
	return TRUE;
}

static gboolean
take_patiently(struct claim *claim, GError **error)
{
	int64_t until_ns = clock_ticks_ns() + PATIENCE_MS * INT64_C(1000000);
	g_autoptr(GError) why = NULL;

	while (!take(claim, &why)) {
		if (!postgres_is_up(claim->postgres) || clock_ticks_ns() >= until_ns) {
			g_propagate_error(error, g_steal_pointer(&why));
			return FALSE;
		}
		g_clear_error(&why);
		g_usleep(RETRY_MS * 1000);
	}
	return TRUE;
}

/* ---- Watching ---- */

static void
tell(struct claim *claim, bool is_lost)
{
	atomic_store_explicit(&claim->store->is_claim_lost, is_lost, memory_order_relaxed);
	if (is_lost)
		log_line(LOG_WARNING, "store.claim_lost", "says",
		    "the link to the database was cut: no commands are taken until no other program can serve the desk",
		    NULL);
	else
		log_line(LOG_INFO, "store.claim_back", NULL);
}

/* Whatever comes is the session's end, or to be passed over. */
static void
listen_to_session(struct claim *claim)
{
	PQconsumeInput(claim->postgres->session);
	if (postgres_is_up(claim->postgres))
		return;
	claim->is_held = false;
	claim->tries = 0;
	tell(claim, true);
}

/* Our own last session may still have the lock, on a server that has not missed us. */
static void
take_again(struct claim *claim)
{
	g_autoptr(GError) why = NULL;

	if (postgres_reach(claim->postgres, 0, &why) && postgres_end_session(claim->postgres, claim->mark, &why) &&
	    take(claim, &why)) {
		tell(claim, false);
	} else if (postgres_is_up(claim->postgres) && ++claim->tries == TRIES_UNSAID) {
		log_line(LOG_ERROR, "store.not_ours", "because", why->message, NULL);
	}
}

/* Waits for news of the session, or to try again; false: it is over. */
static bool
wait_for_news(const struct claim *claim)
{
	struct pollfd ends[] = {
		{ .fd = claim->stop, .events = POLLIN },
		{ .fd = claim->is_held ? PQsocket(claim->postgres->session) : -1, .events = POLLIN },
	};

	poll(ends, G_N_ELEMENTS(ends), claim->is_held ? -1 : RETRY_MS);
	return ends[0].revents == 0;
}

static void *
thread_main(void *data)
{
	struct claim *claim = data;

	while (wait_for_news(claim)) {
		if (claim->is_held)
			listen_to_session(claim);
		else
			take_again(claim);
	}
	return NULL;
}

/* ---- From outside ---- */

static void
claim_free(struct claim *claim)
{
	if (claim->postgres != NULL)
		connection_close(&claim->postgres->base);
	if (claim->stop >= 0)
		close(claim->stop);
	g_free(claim);
}

gboolean
postgres_claim(struct store *store, GError **error)
{
	struct claim *claim = g_new0(struct claim, 1);
	struct connection *connection = store->engine->connect(store, false, error);

	claim->store = store;
	claim->postgres = connection == NULL ? NULL : postgres_of(connection);
	claim->stop = eventfd(0, EFD_CLOEXEC);
	g_assert(claim->stop >= 0);
	if (connection == NULL || !take_patiently(claim, error)) {
		claim_free(claim);
		return FALSE;
	}
	thread_start(&claim->thread, thread_main, claim);
	store->claim = claim;
	return TRUE;
}

void
postgres_unclaim(struct store *store)
{
	const uint64_t one = 1;
	ssize_t written = write(store->claim->stop, &one, sizeof one);

	g_assert(written == sizeof one);
	pthread_join(store->claim->thread, NULL);
	claim_free(store->claim);
}
