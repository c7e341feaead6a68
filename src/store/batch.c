/*
 * A batch: see batch.h.
 *
 * A savepoint copies every page that its work changes, which costs a sixth of the whole. Decisions refuse before they write,
 * nearly always, and then there is nothing to go back to: so a batch runs without savepoints first. When one work is
 * refused after it has written, the batch is rolled back and runs again with savepoints, and so do the next ones, lest
 * somebody who knows how to be refused late makes every batch run twice.
 */
#include "store/batch.h"

#include "store/engine.h"

/* After a batch that ran twice, so many run with savepoints from the start: at worst one in a hundred runs twice. */
#define CAREFUL_BATCHES 100

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

/*
 * The same for all works of a commit of which it is not known whether it was kept. What they told may have happened: subscribers
 * are asked to look (bus.h), and are shown nothing that may not be so (P8). Nor is who was refused for what another of them
 * did.
 */
static void
doubt_all(struct work *works, GError *error)
{
	error->code = UNCERTAIN;
	for (struct work *work = works; work != NULL; work = work_next(work)) {
		for (struct event *event = work->events; event != NULL; event = event->next)
			event->body = NULL;
		g_clear_error(&work->error);
		work->error = g_error_copy(error);
	}
	g_error_free(error);
}

/* Tests only. */
static enum commit_outcome
commit_unanswered(struct connection *connection, GError **error)
{
	enum commit_outcome outcome = connection->engine->commit(connection, error);

	if (outcome != COMMIT_DONE)
		return outcome;
	(void)fail(error, UNCERTAIN, "the answer of the commit was made to get lost");
	return COMMIT_UNKNOWN;
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
	if (connection->loses_next_answer) {
		connection->loses_next_answer = false;
		return commit_unanswered(connection, error);
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
	outcome->must_stop = !connection->engine->outlives_unknown;
	doubt_all(first, g_steal_pointer(error));
	return true;
}

/* One work, which stands alone in its list, in a transaction of its own. False when not even that could begin. */
static bool
run_once(struct connection *connection, struct work *work, struct batch_outcome *outcome)
{
	g_autoptr(GError) error = NULL;

	if (!connection->engine->begin(connection, true, work, &error)) {
		work_fail(work, g_steal_pointer(&error));
		return false;
	}
	if (!work_attempt(connection, work, &error)) {
		connection->engine->rollback(connection);
		work_fail(work, g_steal_pointer(&error));
	} else if (connection->engine->is_lost(connection)) {
		work_fail(work, g_error_new(DESK_ERROR, FAILED_STORE, "the transaction was lost"));
	} else if (!commit_for(connection, work, outcome, &error)) {
		work_fail(work, g_steal_pointer(&error));
	}
	return true;
}

/* Whether it is over: kept, refused, or failed for good. */
static bool
is_settled(struct connection *connection, const struct work *work)
{
	const struct engine *engine = connection->engine;

	return work->error == NULL || error_kind(work->error) == UNCERTAIN || engine->may_rerun == NULL ||
	    !engine->may_rerun(connection);
}

/* The same as often as it takes; a work that is alone needs no savepoint. */
static bool
run_alone(struct connection *connection, struct work *work, struct batch_outcome *outcome)
{
	struct link *next = work->link.next;
	bool could_begin;
	unsigned runs = 0;

	work->link.next = NULL; /* the locks and the commit are for this one only */
	do
		could_begin = run_once(connection, work, outcome);
	while (could_begin && !is_settled(connection, work) && ++runs < WORK_RUNS);
	work->link.next = next;
	return could_begin;
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

/* How a shared transaction went. */
enum together {
	TOGETHER_DONE,
	TOGETHER_LOST,    /* it is gone with all that was in it */
	TOGETHER_TANGLED, /* a work was refused after it had written, and there was no savepoint to go back to */
};

/* Runs one of several without a savepoint: enough for a work that is kept, or refused before it writes. */
static enum together
run_hopefully(struct connection *connection, struct work *work)
{
	const struct engine *engine = connection->engine;
	int64_t changes = engine->changes(connection);
	g_autoptr(GError) error = NULL;
	gboolean went_well = work_attempt(connection, work, &error);

	if (engine->is_lost(connection))
		return TOGETHER_LOST;
	if (went_well)
		return TOGETHER_DONE;
	work_fail(work, g_steal_pointer(&error));
	return engine->changes(connection) == changes ? TOGETHER_DONE : TOGETHER_TANGLED;
}

/* Runs one of several in a savepoint of its own. */
static enum together
run_carefully(struct connection *connection, struct work *work)
{
	const struct engine *engine = connection->engine;
	g_autoptr(GError) error = NULL;

	if (!engine->savepoint(connection, NULL))
		return TOGETHER_LOST;

	gboolean went_well = work_attempt(connection, work, &error);

	if (engine->is_lost(connection))
		return TOGETHER_LOST;
	if (went_well)
		return engine->release(connection, NULL) ? TOGETHER_DONE : TOGETHER_LOST;
	work_fail(work, g_steal_pointer(&error));
	return engine->rollback_to(connection, NULL) ? TOGETHER_DONE : TOGETHER_LOST;
}

/* All in one transaction, which is open. Unless it is done, nothing was kept and the transaction is over. */
static enum together
run_together(struct connection *connection, struct work *works, struct batch_outcome *outcome)
{
	enum together (*run)(struct connection *, struct work *) =
	    connection->careful > 0 ? run_carefully : run_hopefully;

	for (struct work *work = works; work != NULL; work = work_next(work)) {
		enum together went = run(connection, work);

		if (went != TOGETHER_DONE) {
			connection->engine->rollback(connection);
			return went;
		}
	}

	g_autoptr(GError) error = NULL;

	return commit_for(connection, works, outcome, &error) ? TOGETHER_DONE : TOGETHER_LOST;
}

/* Several works: together, if need be once more with savepoints, if need be one by one. */
static void
run_several(struct connection *connection, struct work *works, struct batch_outcome *outcome)
{
	GError *error = NULL;
	enum together went;

	connection->careful -= connection->careful > 0;
	do {
		if (!connection->engine->begin(connection, true, works, &error)) {
			fail_rest(works, error);
			return;
		}
		went = run_together(connection, works, outcome);
		if (went == TOGETHER_TANGLED)
			connection->careful = CAREFUL_BATCHES;
	} while (went == TOGETHER_TANGLED);
	if (went == TOGETHER_DONE)
		return;
	outcome->was_replayed = true;
	run_one_by_one(connection, works, outcome);
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

	for (struct work *work = works; work != NULL; work = work_next(work))
		work_reset(work);
	if (work_next(works) == NULL)
		run_alone(connection, works, &outcome);
	else
		run_several(connection, works, &outcome);
	for (struct work *work = works; work != NULL; work = work_next(work))
		count(work, &outcome);
	outcome.must_stop |= connection->is_broken;
	return outcome;
}
