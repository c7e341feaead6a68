/* A batch: see batch.h. */
#include "store/batch.h"

#include "store/engine.h"

static struct work *
work_next(struct work *work)
{
	return (struct work *)work->link.next;
}

/* What was told is forgotten, since nothing was kept; `error` is taken over. */
static void
work_fail(struct work *work, GError *error)
{
	work_reset(work);
	work->error = error;
}

/* Gives each work from `works` on that has no error yet a copy of `error`, which is taken over. */
static void
fail_rest(struct work *works, GError *error)
{
	for (struct work *work = works; work != NULL; work = work_next(work)) {
		if (work->error == NULL)
			work_fail(work, g_error_copy(error));
	}
	g_error_free(error);
}

static enum commit_outcome
commit(struct connection *connection, GError **error)
{
	if (connection->loses_next_commit) {
		connection->loses_next_commit = false;
		connection->engine->rollback(connection);
		(void)fail(error, FAILED_STORE, "the commit was made to fail");
		return COMMIT_LOST;
	}
	return connection->engine->commit(connection, error);
}

/* Commits for the works from `first` on. False when nothing was kept; `error` is set then. */
static bool
commit_for(struct connection *connection, struct work *first, struct batch_outcome *outcome, GError **error)
{
	switch (commit(connection, error)) {
	case COMMIT_DONE:
		return true;
	case COMMIT_LOST:
		return false;
	case COMMIT_UNKNOWN:
		break;
	}
	outcome->must_stop = true;
	(*error)->code = UNCERTAIN;
	fail_rest(first, g_steal_pointer(error));
	return true;
}

/* One work in a transaction of its own, which needs no savepoint. False when not even that could begin. */
static bool
run_alone(struct connection *connection, struct work *work, struct batch_outcome *outcome)
{
	g_autoptr(GError) error = NULL;

	if (!connection->engine->begin(connection, true, &error)) {
		work_fail(work, g_steal_pointer(&error));
		return false;
	}

	struct link *next = work->link.next;

	work->link.next = NULL; /* the commit is for this one only */
	if (!work_attempt(connection, work, &error)) {
		connection->engine->rollback(connection);
		work_fail(work, g_steal_pointer(&error));
	} else if (connection->engine->is_lost(connection)) {
		work_fail(work, g_error_new(DESK_ERROR, FAILED_STORE, "the transaction was lost"));
	} else if (!commit_for(connection, work, outcome, &error)) {
		work_fail(work, g_steal_pointer(&error));
	}
	work->link.next = next;
	return true;
}

/* Each in a transaction of its own. Where one cannot begin the others need not wait for the lock in turn. */
static void
run_one_by_one(struct connection *connection, struct work *works, struct batch_outcome *outcome)
{
	for (struct work *work = works; work != NULL; work = work_next(work)) {
		if (connection->is_broken || outcome->must_stop) {
			work_fail(work, g_error_new(DESK_ERROR, FAILED_STORE, "the store stopped before this"));
		} else if (!run_alone(connection, work, outcome)) {
			for (struct work *rest = work_next(work); rest != NULL; rest = work_next(rest))
				work_fail(rest, g_error_copy(work->error));
			return;
		}
	}
}

/* Runs one of several in its savepoint. False when the transaction is lost with all that was in it. */
static bool
run_in_savepoint(struct connection *connection, struct work *work)
{
	const struct engine *engine = connection->engine;
	g_autoptr(GError) error = NULL;

	if (!engine->savepoint(connection, NULL))
		return false;

	gboolean went_well = work_attempt(connection, work, &error);

	if (engine->is_lost(connection))
		return false;
	if (went_well)
		return engine->release(connection, NULL);
	work_fail(work, g_steal_pointer(&error));
	return engine->rollback_to(connection, NULL);
}

/* False when the shared transaction was lost: nothing of it was kept, and it is over. */
static bool
run_together(struct connection *connection, struct work *works, struct batch_outcome *outcome)
{
	for (struct work *work = works; work != NULL; work = work_next(work)) {
		if (!run_in_savepoint(connection, work)) {
			connection->engine->rollback(connection);
			return false;
		}
	}

	g_autoptr(GError) error = NULL;

	return commit_for(connection, works, outcome, &error);
}

static void
count(const struct work *work, struct batch_outcome *outcome)
{
	if (work->error == NULL)
		outcome->done++;
	else if (error_is_refusal(work->error))
		outcome->refused++;
	else
		outcome->failed++;
}

struct batch_outcome
batch_run(struct connection *connection, struct work *works)
{
	struct batch_outcome outcome = { 0 };
	GError *error = NULL;

	for (struct work *work = works; work != NULL; work = work_next(work))
		work_reset(work);
	if (work_next(works) == NULL) {
		run_alone(connection, works, &outcome);
	} else if (!connection->engine->begin(connection, true, &error)) {
		fail_rest(works, error);
	} else if (!run_together(connection, works, &outcome)) {
		outcome.was_replayed = true;
		run_one_by_one(connection, works, &outcome);
	}
	for (struct work *work = works; work != NULL; work = work_next(work))
		count(work, &outcome);
	outcome.must_stop |= connection->is_broken;
	return outcome;
}
