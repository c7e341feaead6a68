/* Duty: see duty.h. */
#include "desk/duty/duty.h"

#include <string.h>
#include <talloc.h>

#include "desk/duty/pool.h"
#include "desk/events.h"
#include "desk/people/people.h"
#include "desk/setting/setting.h"
#include "sql/duty_sql.h"

const char *const duty_seats[] = { SEAT_NONE, SEAT_OWN, SEAT_BACKUP, SEAT_HANDOVER, NULL };

gboolean
duty_get(struct tx *tx, int64_t person, struct duty *duty, GError **error)
{
	struct duty_sql_get *row;

	if (!duty_sql_get(tx, person, &row, error))
		return FALSE;
	*duty = (struct duty) { .state = DUTY_OFFLINE, .seat = SEAT_NONE };
	if (row != NULL)
		*duty = (struct duty) { row->person, row->pool, row->state, row->seat, row->since, row->line_since,
			row->reason, row->back_at, row->gone_since, row->cap, row->load, row->ends_at, row->look_at,
			row->stays_past };
	return TRUE;
}

static struct duty_row
row_of(const struct duty_sql_row *row)
{
	return (struct duty_row) { row->id, row->name, row->role, row->status, row->seat, row->place, row->reason,
		row->back_at, row->since, row->line_since, row->gone_since, row->load, row->cap, row->chats, row->pool,
		row->ends_at, 0 };
}

gboolean
duty_row(struct tx *tx, int64_t person, struct duty_row *row, GError **error)
{
	struct duty_sql_row *found;

	if (!duty_sql_row(tx, person, &found, error))
		return FALSE;
	if (found == NULL)
		return refuse(error, REFUSED_UNKNOWN, "person", "there is no such person");
	*row = row_of(found);
	return TRUE;
}

gboolean
duty_list(struct tx *tx, struct duty_rows *answer, GError **error)
{
	struct duty_sql_row_list found;
	struct duty_row *rows;

	if (!duty_sql_list(tx, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct duty_row, found.count);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = row_of(&found.rows[i]);
	*answer = (struct duty_rows) { rows, found.count };
	return TRUE;
}

gboolean
duty_tell(struct tx *tx, int64_t person, GError **error)
{
	struct duty_row *body = talloc(tx_memory(tx), struct duty_row);

	return duty_row(tx, person, body, error) && tx_tell(tx, EVENT_SEAT_CHANGED, 0, body);
}

/* `by` chats more that count for them. */
static gboolean
count_chat(struct tx *tx, int64_t person, int by, GError **error)
{
	struct duty_sql_count_chat *found;

	if (!duty_sql_count_chat(tx, person, by, tx_now_ms(tx), &found, error))
		return FALSE;
	return found == NULL ||
	    (duty_sql_count_in_pool(tx, found->pool, by, error) && duty_tell(tx, person, error) &&
		pool_tell(tx, found->pool, error));
}

gboolean
duty_gain(struct tx *tx, int64_t person, GError **error)
{
	return count_chat(tx, person, 1, error);
}

gboolean
duty_lose(struct tx *tx, int64_t person, GError **error)
{
	return count_chat(tx, person, -1, error);
}

gboolean
duty_pool_of_person(struct tx *tx, int64_t person, int64_t *pool, GError **error)
{
	return duty_sql_pool_of_person(tx, person, pool, error);
}

gboolean
duty_pool_of_team(struct tx *tx, int64_t team, int64_t *pool, GError **error)
{
	return duty_sql_pool_of_team(tx, team, pool, error);
}

gboolean
duty_pool_is_full(struct tx *tx, int64_t pool, bool *is_full, GError **error)
{
	return duty_sql_is_full(tx, pool, is_full, error);
}

gboolean
duty_add(struct tx *tx, const struct duty *duty, GError **error)
{
	int64_t load;

	return duty_sql_add(tx, duty->person_id, duty->pool_id, duty->state, duty->seat, duty->since, duty->line_since,
		   duty->cap, tx_now_ms(tx), &load, error) &&
	    (load == 0 || duty_sql_count_in_pool(tx, duty->pool_id, load, error));
}

gboolean
duty_change(struct tx *tx, const struct duty *duty, GError **error)
{
	int changed;

	if (!duty_sql_change(tx, duty->person_id, duty->state, duty->seat, duty->since, duty->line_since, duty->reason,
		duty->back_at, duty->gone_since, duty->cap, duty->ends_at, duty->look_at, duty->stays_past, &changed,
		error))
		return FALSE;
	g_assert(changed == 1);
	return duty_sql_weigh(tx, duty->person_id, error) &&
	    person_status_put(tx, duty->person_id, duty->state, error) && duty_tell(tx, duty->person_id, error);
}

gboolean
duty_remove(struct tx *tx, int64_t person, GError **error)
{
	struct duty duty;
	int changed;

	if (!duty_get(tx, person, &duty, error) || !duty_sql_remove(tx, person, &changed, error))
		return FALSE;
	g_assert(changed == 1);
	return (duty.load == 0 || duty_sql_count_in_pool(tx, duty.pool_id, -duty.load, error)) &&
	    person_status_put(tx, person, DUTY_OFFLINE, error) && duty_tell(tx, person, error);
}

gboolean
duty_cap(struct tx *tx, int64_t person, int64_t *cap, GError **error)
{
	struct duty_sql_own_cap *row;

	if (!duty_sql_own_cap(tx, person, &row, error))
		return FALSE;
	if (row != NULL && row->cap != 0) {
		*cap = row->cap;
		return TRUE;
	}
	return setting_number(tx, SETTING_CHATS_EACH, cap, error);
}

gboolean
duty_cap_of(struct tx *tx, int64_t person, GError **error)
{
	int64_t cap;

	return duty_cap(tx, person, &cap, error) && duty_sql_cap_set(tx, person, cap, error) &&
	    duty_sql_weigh(tx, person, error) && duty_tell(tx, person, error);
}

gboolean
duty_cap_again(struct tx *tx, int64_t max, int *did, GError **error)
{
	struct duty_sql_other_caps_list found;
	int64_t desk;

	if (!setting_number(tx, SETTING_CHATS_EACH, &desk, error) || !duty_sql_other_caps(tx, desk, max, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++) {
		if (!duty_cap_of(tx, found.rows[i].person, error))
			return FALSE;
	}
	*did = (int)found.count;
	return TRUE;
}

gboolean
duty_recount(struct tx *tx, int64_t *wrong, GError **error)
{
	return duty_sql_recount(tx, wrong, error);
}
