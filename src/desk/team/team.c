/* Teams: see team.h. */
#include "desk/team/team.h"

#include <talloc.h>

#include "base/limits.h"
#include "desk/events.h"
#include "sql/team_sql.h"
#include "store/tx.h"

/* The members of one team, out of everybody's: rows lie in the order of the teams. */
static struct team_members
members_of(struct tx *tx, const struct team_sql_all_members_list *all, int64_t team)
{
	struct team_member *rows = talloc_array(tx_memory(tx), struct team_member, all->count);
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++) {
		if (all->rows[i].team == team)
			rows[count++].person = all->rows[i].person;
	}
	return (struct team_members) { rows, count };
}

gboolean
team_list(struct tx *tx, struct team_list *answer, GError **error)
{
	struct team_sql_all_members_list members;
	struct team_sql_list_list found;
	struct team *rows;

	if (!team_sql_list(tx, LIMIT_TEAMS, &found, error) || !team_sql_all_members(tx, &members, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct team, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = (struct team) { .id = found.rows[i].id,
			.name = found.rows[i].name,
			.members = members_of(tx, &members, found.rows[i].id) };
	answer->teams = (struct team_rows) { rows, found.count };
	return TRUE;
}

static gboolean
get(struct tx *tx, int64_t id, struct team *team, GError **error)
{
	struct team_sql_members_list members;
	struct team_sql_find *row;
	struct team_member *rows;

	if (!team_sql_find(tx, id, &row, error) || !team_sql_members(tx, id, &members, error))
		return FALSE;
	if (row == NULL)
		return refuse(error, REFUSED_UNKNOWN, "team", "there is no such team");
	rows = talloc_array(tx_memory(tx), struct team_member, members.count);
	for (size_t i = 0; i < members.count; i++)
		rows[i].person = members.rows[i].person;
	*team = (struct team) { row->id, row->name, { rows, members.count }, row->is_archived };
	return TRUE;
}

/* Tells everybody what the team is like now. */
static gboolean
tell(struct tx *tx, int64_t id, struct team *answer, GError **error)
{
	struct team *body = talloc(tx_memory(tx), struct team);

	if (!get(tx, id, body, error))
		return FALSE;
	*answer = *body;
	return tx_tell(tx, EVENT_TEAM_CHANGED, 0, body);
}

gboolean
team_check(struct tx *tx, int64_t id, const char *field, GError **error)
{
	struct team_sql_find *row;

	if (!team_sql_find(tx, id, &row, error))
		return FALSE;
	return (row != NULL && !row->is_archived) || refuse(error, REFUSED_UNKNOWN, field, "there is no such team");
}

static gboolean
has_room(struct tx *tx, GError **error)
{
	int64_t teams;

	if (!team_sql_count(tx, &teams, error))
		return FALSE;
	return teams < LIMIT_TEAMS || refuse(error, REFUSED_STATE, NULL, "a desk has at most %d teams", LIMIT_TEAMS);
}

static gboolean
member_add(struct tx *tx, int64_t team, const struct team_members *members, size_t i, GError **error)
{
	int64_t id = members->rows[i].person;
	struct team_sql_person *person;

	if (!team_sql_person(tx, id, &person, error))
		return FALSE;
	if (person == NULL)
		return refuse(error, REFUSED_UNKNOWN, tx_text(tx, "members[%zu]", i), "there is no such person");
	return team_sql_member_add(tx, team, id, error);
}

/* These and no others; what was left out stays. */
static gboolean
put_members(struct tx *tx, int64_t team, const struct team_members *members, GError **error)
{
	if (members->rows == NULL)
		return TRUE;
	if (!team_sql_members_clear(tx, team, error))
		return FALSE;
	for (size_t i = 0; i < members->count; i++) {
		if (!member_add(tx, team, members, i, error))
			return FALSE;
	}
	return TRUE;
}

gboolean
team_add(struct tx *tx, const struct team_add *ask, struct team *answer, GError **error)
{
	int64_t id;

	return has_room(tx, error) && team_sql_add(tx, ask->name, tx_now_ms(tx), &id, error) &&
	    put_members(tx, id, &ask->members, error) && tell(tx, id, answer, error);
}

gboolean
team_change(struct tx *tx, const struct team_change *ask, struct team *answer, GError **error)
{
	return team_check(tx, ask->team, "team", error) &&
	    (ask->name == NULL || team_sql_rename(tx, ask->team, ask->name, error)) &&
	    put_members(tx, ask->team, &ask->members, error) && tell(tx, ask->team, answer, error);
}

gboolean
team_archive(struct tx *tx, const struct team_ask *ask, GError **error)
{
	struct team team;
	bool has_pool;
	int changed;

	if (!get(tx, ask->team, &team, error) || !team_sql_has_pool(tx, ask->team, &has_pool, error))
		return FALSE;
	/* Its chats would wait in a line that nobody can sign in to. */
	if (has_pool)
		return refuse(error, REFUSED_STATE, "team", "the team has seats of its own: remove them first");
	return team_sql_archive(tx, ask->team, tx_now_ms(tx), &changed, error) &&
	    (changed == 0 || tell(tx, ask->team, &team, error));
}
