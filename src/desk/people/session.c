/* Sessions: see session.h. */
#include "desk/people/session.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/events.h"
#include "sql/pass_sql.h"
#include "sql/people_sql.h"
#include "sql/session_sql.h"
#include "store/tx.h"

#define SEEN_EVERY_MS (LIMIT_SEEN_SECONDS * MS_PER_SECOND)
/* Notes of the same moment come in any order; what is noted further ahead than this is of a clock that was set back since. */
#define SEEN_AHEAD_MS (20 * MS_PER_SECOND)

/* A session that was not used since then is over. */
static int64_t
used_after(const struct tx *tx)
{
	return tx_now_ms(tx) - LIMIT_SESSION_DAYS * MS_PER_DAY;
}

static gboolean
actor_of(const struct session_sql_actor *row, struct actor *actor)
{
	*actor = (struct actor) { .kind = ACTOR_NOBODY };
	if (row != NULL)
		*actor = (struct actor) { .kind = ACTOR_PERSON,
			.role = role_of(row->role),
			.person_id = row->person,
			.session_id = row->session,
			.seen_at = row->seen_at };
	return TRUE;
}

gboolean
session_actor(struct tx *tx, const struct digest *token, struct actor *actor, GError **error)
{
	struct session_sql_actor *row;

	return session_sql_actor(tx, (struct bytes) { token->bytes, DIGEST_BYTES }, used_after(tx), &row, error) &&
	    actor_of(row, actor);
}

gboolean
session_actor_by_id(struct tx *tx, int64_t session_id, struct actor *actor, GError **error)
{
	struct session_sql_actor *row;

	return session_sql_actor_by_id(tx, session_id, used_after(tx), &row, error) && actor_of(row, actor);
}

bool
session_is_due(const struct actor *actor, int64_t now_ms)
{
	return actor->kind == ACTOR_PERSON && actor->session_id != 0 &&
	    (actor->seen_at <= now_ms - SEEN_EVERY_MS || actor->seen_at > now_ms + SEEN_AHEAD_MS);
}

gboolean
session_seen(struct tx *tx, int64_t session_id, GError **error)
{
	int64_t now = tx_now_ms(tx);

	return session_sql_seen(tx, session_id, now, now - SEEN_EVERY_MS, now + SEEN_AHEAD_MS, error);
}

static void
tell_ended(struct tx *tx, int64_t session_id, int64_t person_id)
{
	struct session_ended *body = talloc(tx_memory(tx), struct session_ended);

	*body = (struct session_ended) { session_id, person_id };
	tx_tell(tx, EVENT_SESSION_ENDED, 0, body);
}

gboolean
session_wrong(GError **error)
{
	return refuse(error, REFUSED_SIGN_IN, NULL, "The e-mail address or the password is not right");
}

gboolean
session_start(struct tx *tx, const struct session_start *ask, struct session_begun *answer, GError **error)
{
	struct people_sql_has_password *found = NULL;

	if (ask->hash == NULL)
		return session_wrong(error);
	/* Hashing took a while: the password may be another by now, or the account disabled. */
	if (!people_sql_has_password(tx, ask->person_id, ask->hash, &found, error))
		return FALSE;
	if (found == NULL)
		return session_wrong(error);
	return session_begin(tx, ask->person_id, &ask->place, answer, error);
}

static gboolean
end_oldest(struct tx *tx, int64_t person_id, GError **error)
{
	struct session_sql_stop_oldest_list ended;

	if (!session_sql_stop_oldest(tx, person_id, LIMIT_SESSIONS_PER_PERSON, tx_now_ms(tx), &ended, error))
		return FALSE;
	for (size_t i = 0; i < ended.count; i++)
		tell_ended(tx, ended.rows[i].id, person_id);
	return TRUE;
}

/* Whoever asked was a stranger until now: the rest, and the audit line, are in this person's name. */
static void
act_as(struct tx *tx, const struct person_me *person)
{
	struct actor *actor = talloc(tx_memory(tx), struct actor);

	*actor = (struct actor) { .kind = ACTOR_PERSON,
		.role = role_of(person->role),
		.person_id = person->id,
		.session_id = person->session,
		.seen_at = tx_now_ms(tx) };
	tx_act_as(tx, actor);
}

gboolean
session_begin(
    struct tx *tx, int64_t person_id, const struct session_place *place, struct session_begun *answer, GError **error)
{
	const char *token = tx_token(tx);
	struct digest digest = secret_digest_text(token);
	int64_t id;

	if (!session_sql_add(tx, (struct bytes) { digest.bytes, DIGEST_BYTES }, person_id,
		place->address == NULL ? "" : place->address, place->agent == NULL ? "" : place->agent, tx_now_ms(tx),
		&id, error))
		return FALSE;
	if (!end_oldest(tx, person_id, error) || !person_get(tx, person_id, id, &answer->person, error))
		return FALSE;
	answer->cookie = token;
	act_as(tx, &answer->person);
	return TRUE;
}

/* Ends one session of that person; `is_ended` says whether there was one. */
static gboolean
end_one(struct tx *tx, int64_t session_id, int64_t person_id, bool *is_ended, GError **error)
{
	int changed;

	if (!session_sql_stop(tx, session_id, person_id, tx_now_ms(tx), &changed, error))
		return FALSE;
	*is_ended = changed > 0;
	if (changed > 0)
		tell_ended(tx, session_id, person_id);
	return TRUE;
}

gboolean
session_end(struct tx *tx, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	bool is_ended;

	return end_one(tx, actor->session_id, actor->person_id, &is_ended, error);
}

gboolean
session_list(struct tx *tx, struct session_list *answer, GError **error)
{
	struct session_sql_list_list list;
	struct session_row *rows;

	if (!session_sql_list(tx, tx_actor(tx)->person_id, used_after(tx), &list, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct session_row, list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct session_sql_list *row = &list.rows[i];

		rows[i] = (struct session_row) { row->session, row->address, row->agent, row->created_at, row->seen_at,
			row->session == tx_actor(tx)->session_id };
	}
	answer->sessions = (struct session_rows) { rows, list.count };
	return TRUE;
}

gboolean
session_stop(struct tx *tx, const struct session_ask *ask, GError **error)
{
	bool is_ended;

	if (!end_one(tx, ask->session, tx_actor(tx)->person_id, &is_ended, error))
		return FALSE;
	return is_ended || refuse(error, REFUSED_UNKNOWN, "session", "there is no such session");
}

gboolean
session_end_all(struct tx *tx, int64_t person_id, GError **error)
{
	struct session_sql_stop_all_list ended;

	if (!session_sql_stop_all(tx, person_id, tx_now_ms(tx), &ended, error))
		return FALSE;
	for (size_t i = 0; i < ended.count; i++)
		tell_ended(tx, ended.rows[i].id, person_id);
	return TRUE;
}

gboolean
session_end_unused(struct tx *tx, int64_t max, int *ended, GError **error)
{
	struct session_sql_stop_unused_list found;

	if (!session_sql_stop_unused(tx, used_after(tx), tx_now_ms(tx), max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++)
		tell_ended(tx, found.rows[i].id, found.rows[i].person);
	*ended = (int)found.count;
	return TRUE;
}

gboolean
session_password(struct tx *tx, const struct session_password *ask, struct session_begun *answer, GError **error)
{
	int64_t id = tx_actor(tx)->person_id;
	int changed = 0;

	if (ask->old_hash != NULL && !people_sql_password_change(tx, id, ask->old_hash, ask->hash, &changed, error))
		return FALSE;
	if (changed == 0)
		return refuse(error, REFUSED_RANGE, "old", "that is not the password so far");
	/* An open reset link would undo it. Nobody loses a seat in between: the session goes on. */
	return pass_sql_end_resets(tx, id, tx_now_ms(tx), error) && session_end_all(tx, id, error) &&
	    session_begin(tx, id, &ask->place, answer, error);
}
