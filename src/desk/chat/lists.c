/* Lists of chats: see chat.h. The same rows, with the places of those who wait, each in the line of its pool. */
#include <string.h>
#include <talloc.h>

#include "desk/chat/chat_inside.h"
#include "desk/chat/guest.h"
#include "desk/people/actor.h"
#include "sql/chat_sql.h"

const char *const chat_views[] = { "waiting", "mine", "all", "closed", NULL };

static gboolean
list_waiting(struct tx *tx, const struct chat_list_ask *ask, struct chat_sql_row_list *found, GError **error)
{
	struct chat_sql_place_of first = { .priority = CHAT_PRIORITY_MAX }, *from = &first;
	int64_t max = ask->limit + 1;

	if (ask->before != 0 && !chat_sql_place_of(tx, ask->before, &from, error))
		return FALSE;
	if (from == NULL)
		return refuse(error, REFUSED_UNKNOWN, "before", "there is no such chat");
	if (ask->team == 0)
		return chat_sql_list_waiting(tx, from->priority, from->since, ask->before, max, found, error);
	return chat_sql_list_waiting_of_team(
	    tx, ask->team, from->priority, from->since, ask->before, max, found, error);
}

static gboolean
rows_of_view(struct tx *tx, const struct chat_list_ask *ask, struct chat_sql_row_list *found, GError **error)
{
	int64_t before = ask->before == 0 ? INT64_MAX : ask->before;
	int64_t max = ask->limit + 1;

	if (strcmp(ask->view, "waiting") == 0)
		return list_waiting(tx, ask, found, error);
	if (ask->team != 0)
		return refuse(error, REFUSED_FIELD, "team", "goes with the view waiting only");
	if (strcmp(ask->view, "mine") == 0)
		return chat_sql_list_mine(tx, tx_actor(tx)->person_id, before, max, found, error);
	if (strcmp(ask->view, "closed") == 0)
		return chat_sql_list_closed(tx, before, max, found, error);
	return chat_sql_list_all(tx, before, max, found, error);
}

/* The last row before this one that stands in the same line; NULL where this is the first on the page. */
static const struct chat_row *
before_in_line(const struct chat_row *rows, const struct chat_row *row)
{
	for (const struct chat_row *other = row; other > rows; other--) {
		if (other[-1].pool == row->pool)
			return other - 1;
	}
	return NULL;
}

/* Gives rows of the line, which stand in its order, their places: only the first of each pool is counted. */
static gboolean
place_all(struct tx *tx, struct chat_row *rows, size_t count, GError **error)
{
	for (size_t i = 0; i < count; i++) {
		const struct chat_row *before = before_in_line(rows, &rows[i]);

		if (before != NULL)
			rows[i].place = before->place + 1;
		else if (!chat_place(tx, &rows[i], &rows[i].place, error))
			return FALSE;
	}
	return TRUE;
}

const char *
chat_part_in(const struct chat_row *row, const struct actor *actor)
{
	if (actor->kind != ACTOR_PERSON)
		return NULL;
	if (row->owner.id == actor->person_id)
		return "owner";
	for (size_t i = 0; i < row->guests.count; i++) {
		if (row->guests.rows[i].id == actor->person_id)
			return "guest";
	}
	return NULL;
}

gboolean
chat_list(struct tx *tx, const struct chat_list_ask *ask, struct chat_list *answer, GError **error)
{
	bool is_mine = strcmp(ask->view, "mine") == 0, is_line = strcmp(ask->view, "waiting") == 0 && ask->team == 0;
	struct chat_sql_row_list found;

	if (!rows_of_view(tx, ask, &found, error))
		return FALSE;

	size_t count = MIN(found.count, (size_t)ask->limit);
	struct chat_row *rows = talloc_array(tx_memory(tx), struct chat_row, count);

	for (size_t i = 0; i < count; i++)
		rows[i] = chat_row_of(&found.rows[i]);
	answer->chats = (struct chat_rows) { rows, count };
	answer->more = found.count > count;
	if ((is_line && !place_all(tx, rows, count, error)) || !guest_fill(tx, rows, count, error))
		return FALSE;
	for (size_t i = 0; is_mine && i < count; i++)
		rows[i].as = chat_part_in(&rows[i], tx_actor(tx));
	return TRUE;
}
