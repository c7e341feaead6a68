/*
 * Offers, as parts of a step: those end that are over, and chats are offered by routing_choose(). See routing.h.
 *
 * The facts are read by index: first the first few of the line and of the people, which nearly always is enough; then all.
 */
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "desk/chat/offer.h"
#include "desk/routing/routing_inside.h"
#include "sql/routing_sql.h"

#define FEW_WAITERS 4
#define FEW_PEOPLE  16

/* So many of what was looked for were there: where they were as many as are taken at a time there may be more. */
static void
step_did(struct step *step, size_t count)
{
	step->did += (int)count;
	step->more = step->more || count == (size_t)step->max;
}

static gboolean
end_all(
    struct tx *tx, struct step *step, const struct routing_sql_expired_list *found, const char *outcome, GError **error)
{
	for (size_t i = 0; i < found->count; i++) {
		if (!chat_offer_end(tx, found->rows[i].conversation, found->rows[i].chat, outcome, error))
			return FALSE;
	}
	step_did(step, found->count);
	return TRUE;
}

static gboolean
shorten(struct tx *tx, const struct routing_sql_expired *row, int64_t latest, GError **error)
{
	struct conversation conversation;

	return routing_sql_shorten(tx, row->chat, latest, error) && offer_move(tx, row->chat, error) &&
	    conversation_find(tx, row->conversation, &conversation, error) && chat_tell(tx, &conversation, error);
}

static gboolean
shorten_all(struct tx *tx, struct step *step, int64_t latest, GError **error)
{
	struct routing_sql_expired_list found;

	if (!routing_sql_long(tx, latest, step->max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!shorten(tx, &found.rows[i], latest, error))
			return FALSE;
	}
	step_did(step, found.count);
	return TRUE;
}

gboolean
offers_end(struct tx *tx, struct step *step, GError **error)
{
	struct routing_sql_expired_list expired, stale;
	int64_t now = tx_now_ms(tx);

	return routing_sql_expired(tx, now, step->max, &expired, error) &&
	    end_all(tx, step, &expired, OFFER_EXPIRED, error) &&
	    routing_sql_stale(tx, !step->offers, step->max, &stale, error) &&
	    end_all(tx, step, &stale, OFFER_WITHDRAWN, error) && shorten_all(tx, step, now + step->offer_ms, error);
}

/* ---- The facts ---- */

struct look {
	int64_t pool;
	int64_t waiters, people; /* how many are read */
};

/* The choice compares ASCII letters alone. Those of other scripts are folded here, once, and most texts have none. */
static const char *
folded(struct tx *tx, const char *text)
{
	g_autofree char *other = text == NULL || g_str_is_ascii(text) ? NULL : text_fold(text);

	return other == NULL ? text : tx_text(tx, "%s", other);
}

static gboolean
read_waiters(struct tx *tx, const struct look *look, struct routing_facts *facts, GError **error)
{
	struct routing_sql_heads_list heads;
	struct routing_sql_asked_list found;
	struct routing_waiter *waiters;
	struct routing_asked *asked;

	if (!routing_sql_heads(tx, look->pool, look->waiters, &heads, error) ||
	    !routing_sql_asked(tx, look->pool, look->waiters, &found, error))
		return FALSE;
	waiters = talloc_array(tx_memory(tx), struct routing_waiter, heads.count);
	for (size_t i = 0; i < heads.count; i++) {
		const struct routing_sql_heads *head = &heads.rows[i];

		waiters[i] = (struct routing_waiter) { head->chat, head->conversation, head->since, head->team,
			folded(tx, head->topic), head->language };
	}
	asked = talloc_array(tx_memory(tx), struct routing_asked, found.count);
	for (size_t i = 0; i < found.count; i++)
		asked[i] = (struct routing_asked) { found.rows[i].chat, found.rows[i].person };
	facts->waiters = waiters;
	facts->waiter_count = heads.count;
	facts->asked = asked;
	facts->asked_count = found.count;
	return TRUE;
}

/* The texts of one kind that stand for one person; `count` gets how many. */
static const char *const *
values_of(struct tx *tx, const struct routing_sql_skills_list *skills, int64_t person, const char *kind, size_t *count)
{
	const char **values = NULL;

	*count = 0;
	for (size_t i = 0; i < skills->count; i++) {
		if (skills->rows[i].person != person || strcmp(skills->rows[i].kind, kind) != 0)
			continue;
		values = talloc_realloc(tx_memory(tx), values, const char *, *count + 1);
		values[(*count)++] = folded(tx, skills->rows[i].value);
	}
	return values;
}

static const int64_t *
teams_of(struct tx *tx, const struct routing_sql_teams_list *teams, int64_t person, size_t *count)
{
	int64_t *values = NULL;

	*count = 0;
	for (size_t i = 0; i < teams->count; i++) {
		if (teams->rows[i].person != person)
			continue;
		values = talloc_realloc(tx_memory(tx), values, int64_t, *count + 1);
		values[(*count)++] = teams->rows[i].team;
	}
	return values;
}

static gboolean
read_people(struct tx *tx, const struct look *look, struct routing_facts *facts, GError **error)
{
	struct routing_sql_people_list found;
	struct routing_sql_skills_list skills;
	struct routing_sql_teams_list teams;
	struct routing_person *people;

	if (!routing_sql_people(tx, look->pool, look->people, &found, error) ||
	    !routing_sql_skills(tx, look->pool, look->people, &skills, error) ||
	    !routing_sql_teams(tx, look->pool, look->people, &teams, error))
		return FALSE;
	people = talloc_zero_array(tx_memory(tx), struct routing_person, found.count);
	for (size_t i = 0; i < found.count; i++) {
		struct routing_person *person = &people[i];

		person->person = found.rows[i].person;
		person->teams = teams_of(tx, &teams, person->person, &person->team_count);
		person->topics = values_of(tx, &skills, person->person, "topic", &person->topic_count);
		person->languages = values_of(tx, &skills, person->person, "language", &person->language_count);
	}
	facts->people = people;
	facts->person_count = found.count;
	return TRUE;
}

static gboolean
read_facts(struct tx *tx, const struct look *look, struct routing_facts *facts, GError **error)
{
	if (!read_waiters(tx, look, facts, error) || !read_people(tx, look, facts, error))
		return FALSE;
	facts->is_all = (facts->waiter_count < (size_t)look->waiters || look->waiters == ROUTING_LOOK) &&
	    facts->person_count < (size_t)look->people;
	return TRUE;
}

/* ---- Offering ---- */

static gboolean
choose(struct tx *tx, struct routing_facts *facts, int64_t pool, struct routing_choice *choice, GError **error)
{
	const struct look few = { pool, FEW_WAITERS, FEW_PEOPLE }, all = { pool, ROUTING_LOOK, INT64_MAX };

	if (!read_facts(tx, &few, facts, error))
		return FALSE;
	*choice = routing_choose(facts);
	if (!choice->wants_more)
		return TRUE;
	if (!read_facts(tx, &all, facts, error))
		return FALSE;
	*choice = routing_choose(facts);
	g_assert(!choice->wants_more);
	return TRUE;
}

static gboolean
offer(struct tx *tx, const struct step *step, const struct routing_choice *choice, GError **error)
{
	struct offer_make make = { choice->waiter->chat, choice->person, tx_now_ms(tx) + step->offer_ms,
		choice->is_new_round };
	struct conversation conversation;

	return offer_make(tx, &make, error) &&
	    conversation_find(tx, choice->waiter->conversation, &conversation, error) &&
	    chat_tell(tx, &conversation, error);
}

/* As long as there is anything to offer in this pool. `left` is how many more in this step. */
static gboolean
offer_in(struct tx *tx, struct step *step, const struct routing_sql_pools *pool, int64_t *left, GError **error)
{
	struct routing_facts facts = {
		.now_ms = tx_now_ms(tx), .wishes_ms = step->wishes_ms, .chats = pool->chats, .cap = pool->cap
	};
	struct routing_choice choice;

	for (; *left > 0; facts.chats++, (*left)--) {
		if (!choose(tx, &facts, pool->id, &choice, error))
			return FALSE;
		if (choice.waiter == NULL)
			return TRUE;
		if (!offer(tx, step, &choice, error))
			return FALSE;
		step->did++;
	}
	step->more = true;
	return TRUE;
}

gboolean
offers_make(struct tx *tx, struct step *step, GError **error)
{
	struct routing_sql_pools_list pools;
	int64_t left = step->max;

	if (!step->offers)
		return TRUE;
	if (!routing_sql_pools(tx, &pools, error))
		return FALSE;
	for (size_t i = 0; i < pools.count; i++) {
		if (!offer_in(tx, step, &pools.rows[i], &left, error))
			return FALSE;
	}
	return TRUE;
}
