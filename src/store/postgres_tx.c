/*
 * Transactions on PostgreSQL.
 *
 * A writing transaction takes locks first, by what its works are about, and then reads and writes: strict two-phase locking
 * with two grains, the desk and the scope, under which READ COMMITTED shows each statement everything that it may depend
 * on. docs/decisions/0010-postgres.md has the argument.
 *
 * A commit whose answer got lost is looked up: with each commit that changes anything goes a count in commit_mark, in a row
 * of the session's own. To learn what became of it the row is taken away, by another session: then the count in it is
 * final, because a commit that is still on its way finds no row and fails (and one that is under way holds the row until it
 * is over). A transaction's number would not do: after a crash the server may give it to another.
 */
#include <string.h>

#include "base/clock.h"
#include "store/postgres.h"

#define BEGIN_WRITE "BEGIN"
#define BEGIN_READ  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

/*
 * What comes with every writing transaction is prepared when a session begins: read and planned each time, the mark alone would take
 * longer than what most transactions do.
 */
struct own {
	const char *name, *sql;
};

/* "Soft": the first half of the number that stands for the desk among advisory locks. Scopes are in another space. */
static const struct own desk_alone = { "desk_alone", "SELECT pg_advisory_xact_lock(1399809652, 0)" };
static const struct own desk_shared = { "desk_shared", "SELECT pg_advisory_xact_lock_shared(1399809652, 0)" };
static const struct own scopes_locked = { "scopes_locked",
	"SELECT pg_advisory_xact_lock(scope) FROM unnest($1::bigint[]) AS scope" };
/* Fails where the row is gone. */
static const struct own marked = { "marked",
	"WITH moved AS (UPDATE commit_mark SET number = number + 1, at = $2::bigint WHERE name = $1::text RETURNING 1) "
	"SELECT 1 / count(*) FROM moved" };

/* How long a lost commit is asked after before its callers are told that it is not known. */
#define RESOLVE_MS 3000

bool
postgres_is_lost(struct connection *connection)
{
	const struct postgres_connection *postgres = postgres_of(connection);

	return postgres->is_lost || !postgres->is_open || !postgres_is_up(postgres);
}

bool
postgres_may_rerun(struct connection *connection)
{
	return postgres_of(connection)->is_free_to_rerun;
}

int64_t
postgres_changes(struct connection *connection)
{
	return postgres_of(connection)->changes;
}

/* ---- Of every transaction ---- */

gboolean
postgres_own_prepare(struct postgres_connection *postgres, GError **error)
{
	const struct own *const all[] = { &desk_alone, &desk_shared, &scopes_locked, &marked };
	g_autoptr(GString) script = g_string_new("");

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		g_string_append_printf(script, "PREPARE %s AS %s;", all[i]->name, all[i]->sql);
	return postgres_script(postgres, script->str, NULL, error);
}

/* A session that makes or mends the tables has nothing prepared. */
static gboolean
send_own(struct postgres_connection *postgres, const struct own *own, const char *const *texts, unsigned count,
    GError **error)
{
	return postgres->is_for_queries ? postgres_send_prepared(postgres, own->name, texts, count, error)
					: postgres_send(postgres, own->sql, texts, count, error);
}

/* ---- Locks ---- */

static int
compare_scopes(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

/* The scopes of the works, in the order in which everybody locks, as an array of SQL; NULL where one is the whole desk. */
static char *
scopes_of(const struct work *works)
{
	g_autoptr(GArray) scopes = g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (const struct work *work = works; work != NULL; work = (const struct work *)work->link.next) {
		if (work->scope == 0)
			return NULL;
		g_array_append_val(scopes, work->scope);
	}
	if (scopes->len == 0)
		return NULL;
	g_array_sort(scopes, compare_scopes);

	GString *text = g_string_new("{");

	for (guint i = 0; i < scopes->len; i++)
		g_string_append_printf(
		    text, "%s%" G_GINT64_FORMAT, i == 0 ? "" : ",", g_array_index(scopes, int64_t, i));
	return g_string_free(g_string_append_c(text, '}'), FALSE);
}

static gboolean
lock(struct postgres_connection *postgres, const struct work *works, GError **error)
{
	g_autofree char *scopes = scopes_of(works);
	const char *const texts[] = { scopes };

	if (scopes == NULL)
		return send_own(postgres, &desk_alone, NULL, 0, error);
	return send_own(postgres, &desk_shared, NULL, 0, error) && send_own(postgres, &scopes_locked, texts, 1, error);
}

/* ---- Begin and rollback ---- */

static gboolean
begin_once(struct postgres_connection *postgres, bool writes, const struct work *works, GError **error)
{
	postgres->is_lost = postgres->is_free_to_rerun = false;
	postgres->changes_at_begin = postgres->changes;
	postgres->is_open = true;
	return postgres_send(postgres, writes ? BEGIN_WRITE : BEGIN_READ, NULL, 0, error) &&
	    (!writes || lock(postgres, works, error));
}

gboolean
postgres_begin(struct connection *connection, bool writes, const struct work *works, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);

	/* Whether the server has hung up while nothing happened is there to be read. */
	if (postgres->session != NULL)
		PQconsumeInput(postgres->session);
	if (postgres_is_up(postgres) && begin_once(postgres, writes, works, NULL))
		return TRUE;
	postgres->is_open = false;
	return postgres_reach(postgres, 0, error) && begin_once(postgres, writes, works, error);
}

/*
 * Nobody waits for the answer. What was sent before is brought to its end first: had it failed, the server would pass over the
 * ROLLBACK too.
 */
void
postgres_rollback(struct connection *connection)
{
	struct postgres_connection *postgres = postgres_of(connection);

	g_clear_pointer(&postgres->result, PQclear);
	if (!postgres->is_open)
		return;
	postgres->is_open = false;

	bool was_lost = postgres->is_lost, was_free = postgres->is_free_to_rerun;

	if (postgres->waiting > 0)
		(void)!postgres_settle(postgres, "ROLLBACK", NULL, NULL);
	if (postgres_is_up(postgres) && postgres_send(postgres, "ROLLBACK", NULL, 0, NULL))
		PQflush(postgres->session);
	postgres->is_lost = was_lost;
	postgres->is_free_to_rerun = was_free;
}

gboolean
postgres_savepoint(struct connection *connection, GError **error)
{
	return postgres_send(postgres_of(connection), "SAVEPOINT work", NULL, 0, error);
}

gboolean
postgres_release(struct connection *connection, GError **error)
{
	return postgres_send(postgres_of(connection), "RELEASE work", NULL, 0, error);
}

gboolean
postgres_rollback_to(struct connection *connection, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);

	return postgres_send(postgres, "ROLLBACK TO work", NULL, 0, error) &&
	    postgres_send(postgres, "RELEASE work", NULL, 0, error);
}

/* ---- Commit ---- */

/* How the commit of a session went that is gone: by the count in its row, which is taken away. */
static enum commit_outcome
look_up(struct postgres_connection *postgres, const char *mark, int64_t wanted, GError **error)
{
	g_autofree char *take = g_strdup_printf(
	    "WITH gone AS (DELETE FROM commit_mark WHERE name = '%s' RETURNING number) SELECT number FROM gone", mark);
	g_autofree char *number = NULL;

	/* Its locks would be waited for. */
	if (!postgres_end_session(postgres, mark, error) || !postgres_ask(postgres, take, &number, error))
		return COMMIT_UNKNOWN;
	if (number == NULL) {
		(void)fail(error, UNCERTAIN, "COMMIT: its mark is gone");
		return COMMIT_UNKNOWN;
	}
	if (g_ascii_strtoll(number, NULL, 10) == wanted)
		return COMMIT_DONE;
	(void)fail(error, FAILED_BUSY, "COMMIT: the link was cut before it");
	return COMMIT_LOST;
}

static enum commit_outcome
resolve(struct postgres_connection *postgres, GError **error)
{
	g_autofree char *mark = g_strdup(postgres->mark);
	int64_t wanted = postgres->marked + 1;
	g_autoptr(GError) why = NULL;
	enum commit_outcome outcome = COMMIT_UNKNOWN;

	if (postgres_reach(postgres, RESOLVE_MS, &why))
		outcome = look_up(postgres, mark, wanted, &why);
	postgres->is_free_to_rerun = outcome == COMMIT_LOST;
	if (outcome != COMMIT_DONE)
		g_propagate_error(error, g_steal_pointer(&why));
	return outcome;
}

static gboolean
send_mark(struct postgres_connection *postgres, GError **error)
{
	g_autofree char *at = g_strdup_printf("%" G_GINT64_FORMAT, clock_now_ms(clock_system()));
	const char *const texts[] = { postgres->mark, at };

	return send_own(postgres, &marked, texts, 2, error);
}

/* The server answers ROLLBACK to the COMMIT of a transaction that had failed. */
static gboolean
send_commit(struct postgres_connection *postgres, bool has_changed, GError **error)
{
	PGresult *last = NULL;

	if ((has_changed && !send_mark(postgres, error)) || !postgres_send(postgres, "COMMIT", NULL, 0, error) ||
	    !postgres_settle(postgres, "COMMIT", &last, error))
		return FALSE;

	bool is_kept = last != NULL && strcmp(PQcmdStatus(last), "COMMIT") == 0;

	g_clear_pointer(&last, PQclear);
	return is_kept || fail(error, FAILED_STORE, "COMMIT: the transaction had failed before");
}

enum commit_outcome
postgres_commit(struct connection *connection, GError **error)
{
	struct postgres_connection *postgres = postgres_of(connection);
	bool has_changed = postgres->is_for_queries && postgres->changes > postgres->changes_at_begin;
	g_autoptr(GError) why = NULL;

	if (!postgres->is_open) {
		(void)fail(error, FAILED_STORE, "COMMIT: there is no transaction");
		return COMMIT_LOST;
	}
	if (send_commit(postgres, has_changed, &why)) {
		postgres->is_open = false;
		postgres->marked += has_changed;
		return COMMIT_DONE;
	}
	if (!postgres_is_up(postgres)) {
		postgres->is_open = false;
		/* What changes nothing cannot be lost. */
		return has_changed ? resolve(postgres, error) : postgres->is_for_queries ? COMMIT_DONE : COMMIT_LOST;
	}
	postgres_rollback(connection);
	g_propagate_error(error, g_steal_pointer(&why));
	return COMMIT_LOST;
}
