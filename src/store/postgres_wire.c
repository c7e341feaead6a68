/*
 * What goes over the link to PostgreSQL: statements in pipeline mode, so that what needs no answer waits for none.
 *
 * A statement is sent and left (postgres_send); the next one whose rows are wanted brings the answers of all before it
 * (postgres_settle). When one fails the server passes over what follows up to the end of that settling, so a failure is
 * never stepped over, only learned a little later: at the latest by the COMMIT, which goes the same way.
 */
#include "store/postgres.h"

static gboolean
fail_to_send(struct postgres_connection *postgres, const char *what, GError **error)
{
	return postgres_fail(postgres, NULL, what, error);
}

static gboolean
sent(struct postgres_connection *postgres, int code, const char *what, GError **error)
{
	if (code != 1)
		return fail_to_send(postgres, what, error);
	postgres->waiting++;
	return postgres->waiting < POSTGRES_WAITING_MAX || postgres_settle(postgres, what, NULL, error);
}

static bool
enter(struct postgres_connection *postgres)
{
	return postgres_is_up(postgres) &&
	    (PQpipelineStatus(postgres->session) != PQ_PIPELINE_OFF || PQenterPipelineMode(postgres->session) == 1);
}

gboolean
postgres_send(
    struct postgres_connection *postgres, const char *sql, const char *const *texts, unsigned count, GError **error)
{
	if (!enter(postgres))
		return fail_to_send(postgres, sql, error);
	return sent(
	    postgres, PQsendQueryParams(postgres->session, sql, (int)count, NULL, texts, NULL, NULL, 1), sql, error);
}

gboolean
postgres_send_prepared(
    struct postgres_connection *postgres, const char *name, const char *const *texts, unsigned count, GError **error)
{
	if (!enter(postgres))
		return fail_to_send(postgres, name, error);
	return sent(
	    postgres, PQsendQueryPrepared(postgres->session, name, (int)count, texts, NULL, NULL, 1), name, error);
}

/* Takes one answer; keeps the last good one in *last. */
static bool
take(struct postgres_connection *postgres, PGresult *result, const char *what, PGresult **last, GError **error)
{
	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
		if (*last != NULL)
			PQclear(*last);
		*last = result;
		return true;
	case PGRES_PIPELINE_ABORTED: /* of what came after a failure that has been told */
		break;
	default:
		(void)postgres_fail(postgres, result, what, error);
		break;
	}
	PQclear(result);
	return false;
}

/* Reads up to the end of the pipeline. The first failure is told. */
static gboolean
read_all(struct postgres_connection *postgres, const char *what, PGresult **last, GError **error)
{
	bool went_well = true, was_end = false;

	for (;;) {
		PGresult *result = PQgetResult(postgres->session);

		/* One NULL is the end of one statement; two are the end of everything, before the end of the pipeline was told. */
		if (result == NULL && was_end)
			postgres_hang_up(postgres);
		if (result == NULL && !postgres_is_up(postgres))
			return went_well ? fail_to_send(postgres, what, error) : FALSE;
		was_end = result == NULL;
		if (was_end)
			continue;
		if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
			PQclear(result);
			return went_well;
		}
		if (!take(postgres, result, what, last, went_well ? error : NULL))
			went_well = false;
	}
}

gboolean
postgres_settle(struct postgres_connection *postgres, const char *what, PGresult **last, GError **error)
{
	PGresult *kept = NULL;

	postgres->waiting = 0;
	if (!enter(postgres) || PQpipelineSync(postgres->session) != 1)
		return fail_to_send(postgres, what, error);

	gboolean went_well = read_all(postgres, what, &kept, error);

	if (went_well && last != NULL)
		*last = g_steal_pointer(&kept);
	if (kept != NULL)
		PQclear(kept);
	return went_well;
}

gboolean
postgres_describe(
    struct postgres_connection *postgres, const char *name, const struct query *query, PGresult **says, GError **error)
{
	if (!enter(postgres) || PQsendPrepare(postgres->session, name, query->postgres, 0, NULL) != 1 ||
	    PQsendDescribePrepared(postgres->session, name) != 1)
		return fail_to_send(postgres, query->name, error);
	return postgres_settle(postgres, query->name, says, error);
}

/* Out of the pipeline, in which several statements in one text cannot go. */
static gboolean
leave(struct postgres_connection *postgres, GError **error)
{
	if (!postgres_is_up(postgres))
		return fail_to_send(postgres, "script", error);
	if (PQpipelineStatus(postgres->session) == PQ_PIPELINE_OFF)
		return TRUE;
	if (postgres->waiting > 0 && !postgres_settle(postgres, "script", NULL, error))
		return FALSE;
	return PQexitPipelineMode(postgres->session) == 1 || fail_to_send(postgres, "script", error);
}

gboolean
postgres_script(struct postgres_connection *postgres, const char *sql, PGresult **result, GError **error)
{
	if (!leave(postgres, error))
		return FALSE;

	PGresult *got = PQexec(postgres->session, sql);
	ExecStatusType status = PQresultStatus(got);
	bool went_well = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;

	if (!went_well)
		(void)postgres_fail(postgres, got, "script", error);
	if (went_well && result != NULL)
		*result = got;
	else
		PQclear(got);
	return went_well;
}

gboolean
postgres_ask(struct postgres_connection *postgres, const char *sql, char **answer, GError **error)
{
	PGresult *result;

	if (!postgres_script(postgres, sql, &result, error))
		return FALSE;
	*answer = PQntuples(result) == 0 || PQgetisnull(result, 0, 0) ? NULL : g_strdup(PQgetvalue(result, 0, 0));
	PQclear(result);
	return TRUE;
}
