/* Canned answers: see answer.h. */
#include "desk/answer/answer.h"

#include <string.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/answer/answer_inside.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "sql/answer_sql.h"
#include "store/tx.h"

#define SCOPE_OWN  "own"
#define SCOPE_TEAM "team"
#define SCOPE_ALL  "all"

#define SHORTCUT_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

const char *const answer_scopes[] = { SCOPE_OWN, SCOPE_TEAM, SCOPE_ALL, NULL };

const char *const answer_variables[] = { "visitor.name", "me.name", "desk.name", "topic", NULL };

/* Where an answer stands, and what the actor is there. */
struct place {
	const char *scope;
	int64_t owner, team;
	bool is_member;
};

static bool
is_variable(const char *name, size_t size)
{
	for (const char *const *variable = answer_variables; *variable != NULL; variable++) {
		if (strlen(*variable) == size && memcmp(*variable, name, size) == 0)
			return true;
	}
	return false;
}

gboolean
answer_check_text(const char *text, GError **error)
{
	const char *end, *at = text;

	while ((at = strstr(at, "{{")) != NULL && (end = strstr(at += 2, "}}")) != NULL) {
		if (!is_variable(at, (size_t)(end - at)))
			return refuse(error, REFUSED_RANGE, "text",
			    "knows {{visitor.name}}, {{me.name}}, {{desk.name}} and {{topic}} only");
		at = end + 2;
	}
	return TRUE;
}

static gboolean
check(const char *shortcut, const char *text, GError **error)
{
	if (shortcut[strspn(shortcut, SHORTCUT_LETTERS)] != '\0')
		return refuse(error, REFUSED_RANGE, "shortcut", "wants small letters a to z, digits and dashes only");
	return answer_check_text(text, error);
}

/* One's own, a team's for its members, a lead anything but the own of others. */
static bool
may_change(const struct actor *actor, const struct place *place)
{
	if (strcmp(place->scope, SCOPE_OWN) == 0)
		return place->owner == actor->person_id;
	return actor_may(actor, MAY_LEAD) || (strcmp(place->scope, SCOPE_TEAM) == 0 && place->is_member);
}

static bool
may_see(const struct actor *actor, const struct place *place)
{
	return strcmp(place->scope, SCOPE_ALL) == 0 || may_change(actor, place);
}

/* The same for every word that differs in capitals or in how it is put together only. */
static const char *
fold(struct tx *tx, const char *text)
{
	g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
	g_autofree char *folded = g_utf8_casefold(normal == NULL ? text : normal, -1);

	return tx_text(tx, "%s", folded);
}

const char *
answer_folded(struct tx *tx, const char *shortcut, const char *title, const char *text)
{
	return fold(tx, tx_text(tx, "%s\n%s\n%s", shortcut, title, text));
}

/* A pattern of LIKE that holds the text as it is. */
static const char *
pattern_of(struct tx *tx, const char *before, const char *text)
{
	g_autoptr(GString) pattern = g_string_new(before);

	for (const char *at = text == NULL ? "" : fold(tx, text); *at != '\0'; at++) {
		if (strchr("%_\\", *at) != NULL)
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *at);
	}
	g_string_append_c(pattern, '%');
	return tx_text(tx, "%s", pattern->str);
}

static struct answer_row
row_of(struct tx *tx, const struct answer_sql_list *row)
{
	struct place place = { row->scope, row->owner, row->team, row->is_member };

	return (struct answer_row) {
		.id = row->id,
		.shortcut = row->shortcut,
		.title = row->title,
		.text = row->text,
		.scope = row->scope,
		.team = row->team,
		.team_name = row->team_name,
		.changed_by = row->changed_by,
		.changed_at = row->changed_at,
		.is_mine_to_change = may_change(tx_actor(tx), &place),
	};
}

/* When the row was changed that a page goes on from. */
static gboolean
cursor_of(struct tx *tx, int64_t before, int64_t *at, GError **error)
{
	struct answer_sql_changed_at *row;

	*at = INT64_MAX;
	if (before == 0)
		return TRUE;
	if (!answer_sql_changed_at(tx, before, &row, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "before", "there is no such answer");
	*at = row->at;
	return TRUE;
}

gboolean
answer_list(struct tx *tx, const struct answer_list_ask *ask, struct answer_list *answer, GError **error)
{
	const struct actor *actor = tx_actor(tx);
	struct answer_sql_list_list found;
	int64_t at;

	if (!cursor_of(tx, ask->before, &at, error) ||
	    !answer_sql_list(tx, actor->person_id, actor_may(actor, MAY_LEAD), pattern_of(tx, "%", ask->search),
		pattern_of(tx, "", ask->shortcut), at, ask->before, ask->limit + 1, &found, error))
		return FALSE;

	size_t count = MIN(found.count, (size_t)ask->limit);
	struct answer_row *rows = talloc_array(tx_memory(tx), struct answer_row, count);

	for (size_t i = 0; i < count; i++)
		rows[i] = row_of(tx, &found.rows[i]);
	answer->answers = (struct answer_rows) { rows, count };
	answer->more = found.count > count;
	return TRUE;
}

static gboolean
tell(struct tx *tx, int64_t id)
{
	struct answer_changed *body = talloc(tx_memory(tx), struct answer_changed);

	body->answer = id;
	return tx_tell(tx, EVENT_ANSWER_CHANGED, 0, body);
}

/* Where a new answer is to stand. */
static gboolean
place_of(struct tx *tx, const struct answer_add *ask, struct place *place, GError **error)
{
	struct answer_sql_team *row;

	*place = (struct place) { .scope = ask->scope, .owner = tx_actor(tx)->person_id, .team = ask->team };
	if ((strcmp(ask->scope, SCOPE_TEAM) == 0) != (ask->team != 0))
		return refuse(error, REFUSED_FIELD, "team", "goes with the scope team, and only with that");
	if (ask->team == 0)
		return TRUE;
	if (!answer_sql_team(tx, ask->team, place->owner, &row, error))
		return FALSE;
	if (row != NULL)
		place->is_member = row->is_member;
	if (row == NULL || !may_change(tx_actor(tx), place))
		return refuse(error, REFUSED_UNKNOWN, "team", "there is no such team");
	return TRUE;
}

static gboolean
is_free(struct tx *tx, const char *shortcut, const struct place *place, int64_t but, GError **error)
{
	struct answer_sql_taken *row;

	if (!answer_sql_taken(tx, shortcut, place->scope, place->owner, place->team, but, &row, error))
		return FALSE;
	return row == NULL || refuse(error, REFUSED_STATE, "shortcut", "/%s is there already", shortcut);
}

static gboolean
has_room(struct tx *tx, const struct place *place, GError **error)
{
	bool is_own = strcmp(place->scope, SCOPE_OWN) == 0;
	int64_t count, own;

	if (!answer_sql_count(tx, &count, error) || !answer_sql_count_own(tx, place->owner, &own, error))
		return FALSE;
	if (count >= LIMIT_ANSWERS)
		return refuse(error, REFUSED_STATE, NULL, "at most %d answers: archive some", LIMIT_ANSWERS);
	if (is_own && own >= LIMIT_OWN_ANSWERS)
		return refuse(
		    error, REFUSED_STATE, NULL, "at most %d answers of your own: archive some", LIMIT_OWN_ANSWERS);
	return TRUE;
}

gboolean
answer_add(struct tx *tx, const struct answer_add *ask, struct answer_added *answer, GError **error)
{
	struct place place;

	if (!check(ask->shortcut, ask->text, error) || !place_of(tx, ask, &place, error))
		return FALSE;
	if (!may_change(tx_actor(tx), &place))
		return refuse(error, REFUSED_PERMISSION, "scope", "a lead writes the answers of all");
	if (!is_free(tx, ask->shortcut, &place, 0, error) || !has_room(tx, &place, error) ||
	    !answer_sql_add(tx, ask->shortcut, ask->title, ask->text, place.scope, place.owner, place.team,
		answer_folded(tx, ask->shortcut, ask->title, ask->text), tx_now_ms(tx), &answer->answer, error))
		return FALSE;
	return tell(tx, answer->answer);
}

/* The answer of that id, when the actor may see it. */
static gboolean
find(struct tx *tx, int64_t id, struct answer_sql_find **row, struct place *place, GError **error)
{
	const struct actor *actor = tx_actor(tx);

	if (!answer_sql_find(tx, id, actor->person_id, row, error))
		return FALSE;
	if (*row != NULL)
		*place = (struct place) { (*row)->scope, (*row)->owner, (*row)->team, (*row)->is_member };
	if (*row == NULL || !may_see(actor, place))
		return refuse(error, REFUSED_UNKNOWN, "answer", "there is no such answer");
	return may_change(actor, place) || refuse(error, REFUSED_PERMISSION, NULL, "a lead changes the answers of all");
}

gboolean
answer_change(struct tx *tx, const struct answer_change *ask, GError **error)
{
	struct answer_sql_find *row;
	struct place place;
	int changed;

	if (!find(tx, ask->answer, &row, &place, error))
		return FALSE;
	if (row->archived != 0)
		return refuse(error, REFUSED_STATE, "answer", "this answer was archived");

	const char *shortcut = ask->shortcut == NULL ? row->shortcut : ask->shortcut;
	const char *title = ask->title == NULL ? row->title : ask->title;
	const char *text = ask->text == NULL ? row->text : ask->text;

	if (!check(shortcut, text, error) || !is_free(tx, shortcut, &place, ask->answer, error) ||
	    !answer_sql_change(tx, ask->answer, shortcut, title, text, answer_folded(tx, shortcut, title, text),
		tx_actor(tx)->person_id, tx_now_ms(tx), &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return tell(tx, ask->answer);
}

gboolean
answer_archive(struct tx *tx, const struct answer_ask *ask, GError **error)
{
	struct answer_sql_find *row;
	struct place place;
	int changed;

	if (!find(tx, ask->answer, &row, &place, error) ||
	    !answer_sql_archive(tx, ask->answer, tx_actor(tx)->person_id, tx_now_ms(tx), &changed, error))
		return FALSE;
	return changed == 0 || tell(tx, ask->answer);
}
