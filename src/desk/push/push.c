/* Push: see push.h. */
#include "desk/push/push.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/text.h"
#include "desk/duty/duty.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/routing/routing.h"
#include "desk/site/address.h"
#include "sql/push_sql.h"

/* As the first byte of a point says (SEC 1, 2.3.3). */
#define POINT_IS_UNCOMPRESSED 4

/* A call for help: after that the next one comes, or nobody waits any more. */
#define HELP_KEPT_MS (5 * MS_PER_MINUTE)

/* A session that was not used since then is over (session.c). */
static int64_t
used_after(const struct tx *tx)
{
	return tx_now_ms(tx) - LIMIT_SESSION_DAYS * MS_PER_DAY;
}

gboolean
push_key(struct tx *tx, const struct push_key *ask, struct push_key *answer, GError **error)
{
	(void)tx, (void)error;
	*answer = *ask;
	return TRUE;
}

/* ---- One's own ---- */

/* Plain http only to this machine: the fetch door (edge/fetch.h) lets no desk but a test's post there. */
static bool
is_endpoint(struct tx *tx, const char *endpoint)
{
	const char *origin = address_origin_of(tx_memory(tx), endpoint);

	if (origin == NULL || strchr(endpoint, '#') != NULL)
		return false;
	return g_str_has_prefix(origin, "https://") || strcmp(origin, "http://127.0.0.1") == 0 ||
	    g_str_has_prefix(origin, "http://127.0.0.1:");
}

static gboolean
keys_of(const struct push_add *ask, uint8_t point[PUSH_POINT_BYTES], uint8_t auth[PUSH_AUTH_BYTES], GError **error)
{
	if (!secret_unbase64(ask->p256dh, point, PUSH_POINT_BYTES) || point[0] != POINT_IS_UNCOMPRESSED)
		return refuse(error, REFUSED_FIELD, "p256dh", "wants a point of P-256");
	if (!secret_unbase64(ask->auth, auth, PUSH_AUTH_BYTES))
		return refuse(error, REFUSED_FIELD, "auth", "wants %d bytes", PUSH_AUTH_BYTES);
	return TRUE;
}

static gboolean
tell_added(struct tx *tx, int64_t id, struct push_made *answer)
{
	struct push_made *body = talloc(tx_memory(tx), struct push_made);

	*body = *answer = (struct push_made) { id };
	return tx_tell(tx, EVENT_PUSH_ADDED, 0, body);
}

gboolean
push_add(struct tx *tx, const struct push_add *ask, struct push_made *answer, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	uint8_t point[PUSH_POINT_BYTES], auth[PUSH_AUTH_BYTES];
	int64_t id;

	if (!is_endpoint(tx, ask->endpoint))
		return refuse(error, REFUSED_FIELD, "endpoint", "wants an https address");
	if (!keys_of(ask, point, auth, error) || !push_sql_replace(tx, actor->session_id, ask->endpoint, error) ||
	    !push_sql_add(tx, actor->session_id, ask->endpoint, (struct bytes) { point, sizeof point },
		(struct bytes) { auth, sizeof auth }, ask->language, tx_now_ms(tx), &id, error))
		return FALSE;
	return push_sql_trim(tx, actor->person_id, LIMIT_PUSHES_PER_PERSON, error) && tell_added(tx, id, answer);
}

gboolean
push_list(struct tx *tx, struct push_list *answer, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	struct push_sql_list_list found;

	if (!push_sql_list(tx, actor->person_id, used_after(tx), &found, error))
		return FALSE;

	struct push_row *rows = talloc_array(tx_memory(tx), struct push_row, found.count);

	for (size_t i = 0; i < found.count; i++) {
		const struct push_sql_list *row = &found.rows[i];

		rows[i] =
		    (struct push_row) { row->push, row->agent, row->created_at, row->session == actor->session_id };
	}
	answer->pushes = (struct push_rows) { rows, found.count };
	return TRUE;
}

gboolean
push_remove(struct tx *tx, const struct push_ask *ask, GError **error)
{
	int changed;

	if (!push_sql_remove(tx, ask->push, tx_actor(tx)->person_id, &changed, error))
		return FALSE;
	return changed > 0 || refuse(error, REFUSED_UNKNOWN, "push", "there is no such browser");
}

/* ---- For who sends ---- */

static bool
is_kind(const struct push_notice *notice, const char *kind)
{
	return strcmp(notice->kind, kind) == 0;
}

static void
hear_one(struct tx *tx, int64_t person, struct push_hearers *hearers)
{
	int64_t *id = talloc(tx_memory(tx), int64_t);

	*id = person;
	hearers->people = id;
	hearers->count = 1;
}

static void
hear_all(struct tx *tx, const struct push_sql_takers_list *people, int64_t only, struct push_hearers *hearers)
{
	int64_t *ids = talloc_array(tx_memory(tx), int64_t, people->count);

	for (size_t i = 0; i < people->count; i++) {
		if (only == 0 || only == people->rows[i].person)
			ids[hearers->count++] = people->rows[i].person;
	}
	hearers->people = ids;
}

/* Whether it is still so: what was said a second ago may be over. */
static bool
is_so(const struct push_notice *notice, const struct push_sql_chat *chat)
{
	if (is_kind(notice, PUSH_WAITING))
		return chat->owner == 0 && chat->offered_to == 0;
	return chat->owner != 0;
}

static gboolean
hear_of_conversation(struct tx *tx, const struct push_notice *notice, struct push_hearers *hearers, GError **error)
{
	struct push_sql_takers_list people;
	struct push_sql_chat *chat;

	if (!push_sql_chat(tx, notice->about_id, &chat, error))
		return FALSE;
	if (chat == NULL || !is_so(notice, chat))
		return TRUE;
	if (is_kind(notice, PUSH_WAITING)
		? !push_sql_takers(tx, chat->chat, chat->team, used_after(tx), &people, error)
		: !push_sql_speakers(tx, chat->chat, chat->owner, used_after(tx), &people, error))
		return FALSE;
	hear_all(tx, &people, notice->person_id, hearers);
	hearers->conversation = chat->conversation;
	hearers->name = chat->visitor;
	return TRUE;
}

static gboolean
hear_of_offer(struct tx *tx, const struct push_notice *notice, struct push_hearers *hearers, GError **error)
{
	struct push_sql_offered *chat;

	if (!push_sql_offered(tx, notice->about_id, &chat, error))
		return FALSE;
	if (chat == NULL)
		return TRUE;
	if (is_kind(notice, PUSH_OFFER) ? chat->offered_to != notice->person_id
					: chat->offered_to == notice->person_id || chat->owner == notice->person_id)
		return TRUE;
	hear_one(tx, notice->person_id, hearers);
	hearers->conversation = chat->conversation;
	hearers->name = chat->visitor;
	hearers->until = is_kind(notice, PUSH_OFFER) ? chat->until : 0;
	return TRUE;
}

static gboolean
hear_of_seat(struct tx *tx, int64_t person, struct push_hearers *hearers, GError **error)
{
	struct duty duty;

	if (!duty_get(tx, person, &duty, error))
		return FALSE;
	/* Whoever does not come takes no chats and loses it by then. */
	if (strcmp(duty.state, DUTY_ONLINE) != 0 || duty.since + LIMIT_LOST_SECONDS * MS_PER_SECOND <= tx_now_ms(tx))
		return TRUE;
	hear_one(tx, person, hearers);
	hearers->until = duty.since + LIMIT_LOST_SECONDS * MS_PER_SECOND;
	return TRUE;
}

static gboolean
hear_of_help(struct tx *tx, int64_t pool, struct push_hearers *hearers, GError **error)
{
	struct push_sql_takers_list people;
	struct push_sql_team_of_pool *team;
	bool has_call;

	if (!routing_has_call_for_help(tx, pool, &has_call, error) || !push_sql_team_of_pool(tx, pool, &team, error) ||
	    !push_sql_backups(tx, pool, used_after(tx), &people, error))
		return FALSE;
	if (!has_call || team == NULL)
		return TRUE;
	hear_all(tx, &people, 0, hearers);
	hearers->name = team->name;
	hearers->until = tx_now_ms(tx) + HELP_KEPT_MS;
	return TRUE;
}

gboolean
push_hearers(struct tx *tx, const struct push_notice *notice, struct push_hearers *hearers, GError **error)
{
	*hearers = (struct push_hearers) { 0 };
	if (is_kind(notice, PUSH_SEAT))
		return hear_of_seat(tx, notice->about_id, hearers, error);
	if (is_kind(notice, PUSH_BACKUP))
		return hear_of_help(tx, notice->about_id, hearers, error);
	if (is_kind(notice, PUSH_OFFER) || is_kind(notice, PUSH_PASSED))
		return hear_of_offer(tx, notice, hearers, error);
	return hear_of_conversation(tx, notice, hearers, error);
}

static struct push_target
target_of(const struct push_sql_of_person *row)
{
	return (struct push_target) { .push = row->push,
		.person_id = row->person,
		.endpoint = row->endpoint,
		.language = row->language,
		.p256dh = row->p256dh,
		.auth = row->auth };
}

gboolean
push_person(struct tx *tx, int64_t person_id, struct push_person *answer, GError **error)
{
	struct push_sql_of_person_list pushes;
	struct push_sql_sessions_list sessions;

	if (!push_sql_of_person(tx, person_id, used_after(tx), &pushes, error) ||
	    !push_sql_sessions(tx, person_id, used_after(tx), &sessions, error))
		return FALSE;

	struct push_target *targets = talloc_array(tx_memory(tx), struct push_target, pushes.count);
	int64_t *ids = talloc_array(tx_memory(tx), int64_t, sessions.count);

	for (size_t i = 0; i < pushes.count; i++)
		targets[i] = target_of(&pushes.rows[i]);
	for (size_t i = 0; i < sessions.count; i++)
		ids[i] = sessions.rows[i].session;
	*answer = (struct push_person) { { targets, pushes.count }, ids, sessions.count };
	return TRUE;
}

gboolean
push_find(struct tx *tx, int64_t push, const struct push_target **target, GError **error)
{
	struct push_target *found = NULL;
	struct push_sql_of_person *row;

	if (!push_sql_get(tx, push, used_after(tx), &row, error))
		return FALSE;
	if (row != NULL) {
		found = talloc(tx_memory(tx), struct push_target);
		*found = target_of(row);
	}
	*target = found;
	return TRUE;
}

gboolean
push_gone(struct tx *tx, int64_t push, GError **error)
{
	return push_sql_gone(tx, push, error);
}

gboolean
push_any(struct tx *tx, bool *is_any, GError **error)
{
	int64_t count;

	if (!push_sql_any(tx, used_after(tx), &count, error))
		return FALSE;
	*is_any = count > 0;
	return TRUE;
}

gboolean
push_purge(struct tx *tx, int64_t max, int *purged, GError **error)
{
	return push_sql_purge(tx, used_after(tx), max, purged, error);
}
