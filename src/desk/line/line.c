/* The line: see line.h. */
#include "desk/line/line.h"

#include <string.h>
#include <talloc.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/duty/duty.h"
#include "desk/line/hours.h"
#include "desk/setting/setting.h"
#include "sql/line_sql.h"

const char *const line_reasons[] = { LINE_HOURS, LINE_NOBODY, LINE_FULL, NULL };

static gboolean
site_of(const struct line_sql_site *row, struct line_site *site)
{
	*site = (struct line_site) { .ask_name = "optional",
		.ask_email = "optional",
		.ask_topic = "optional",
		.max_waiting = LIMIT_WAITING_CHATS };
	if (row != NULL)
		*site = (struct line_site) { row->id, row->team, row->ask_name, row->ask_email, row->ask_topic,
			row->max_waiting };
	return TRUE;
}

gboolean
line_site_by_id(struct tx *tx, int64_t id, struct line_site *site, GError **error)
{
	struct line_sql_site *row;

	return line_sql_site_by_id(tx, id, &row, error) && site_of(row, site);
}

gboolean
line_site(struct tx *tx, const char *key, struct line_site *site, GError **error)
{
	struct line_sql_site *row;
	const char *own;

	if (!setting_value(tx, SETTING_SITE, &own, error) || !line_sql_site(tx, key == NULL ? own : key, &row, error))
		return FALSE;
	if (row == NULL && key != NULL)
		return refuse(error, REFUSED_UNKNOWN, "site", "there is no such site");
	return site_of(row, site);
}

int64_t
line_wait_ms(const struct line_room *room, int64_t place)
{
	int64_t minutes;

	if (room->taken < room->places)
		return 0;
	minutes = (room->length_ms * place / MAX(room->places, 1) + MS_PER_MINUTE - 1) / MS_PER_MINUTE;
	return minutes * MS_PER_MINUTE;
}

/* The mean length of the last chats. */
static gboolean
read_length(struct tx *tx, int64_t *length_ms, GError **error)
{
	struct line_sql_lengths_list found;
	int64_t sum = 0;

	if (!line_sql_lengths(tx, LINE_LENGTHS, &found, error))
		return FALSE;
	for (size_t i = 0; i < found.count; i++)
		sum += found.rows[i].ms;
	*length_ms = found.count < LINE_LENGTHS_MIN ? LINE_LENGTH_MS : sum / (int64_t)found.count;
	return TRUE;
}

gboolean
line_room(struct tx *tx, int64_t pool, struct line_room *room, GError **error)
{
	int64_t people, places, taken, chats, cap;
	bool may_wait;

	if (!line_sql_online(tx, pool, &people, &places, &taken, &chats, &cap, error) ||
	    !read_length(tx, &room->length_ms, error) ||
	    !setting_is_yes(tx, SETTING_WAIT_FOR_SOMEBODY, &may_wait, error))
		return FALSE;
	/* What the cap of the pool leaves to those who are online, beside what others of it still hold. */
	room->places = MIN(places, MAX(cap - (chats - taken), 0));
	room->taken = taken;
	room->has_somebody = people > 0 || may_wait;
	return TRUE;
}

static gboolean
read_hours(struct tx *tx, int64_t site, struct hours *hours, GError **error)
{
	struct line_sql_spans_list found;
	struct hours_span *spans;

	if (!line_sql_spans(tx, site, &found, error))
		return FALSE;
	spans = talloc_array(tx_memory(tx), struct hours_span, found.count);
	for (size_t i = 0; i < found.count; i++)
		spans[i] = (struct hours_span) { (int)found.rows[i].weekday, (int)found.rows[i].opens,
			(int)found.rows[i].closes };
	*hours = (struct hours) { spans, found.count };
	return TRUE;
}

/* Now, while it is open. */
static gboolean
read_opening(struct tx *tx, int64_t site, int64_t *opens_at, GError **error)
{
	struct hours hours;
	const char *name;

	if (!read_hours(tx, site, &hours, error) || !setting_value(tx, SETTING_TIME_ZONE, &name, error))
		return FALSE;

	g_autoptr(GTimeZone) zone = calendar_zone(name);

	*opens_at = hours_open_at(&hours, zone, tx_now_ms(tx));
	return TRUE;
}

static gboolean
is_full(struct tx *tx, const struct line_site *site, int64_t waiting, bool *full, GError **error)
{
	int64_t of_site = waiting;

	if (site->id != 0 && !line_sql_waiting_of(tx, site->id, &of_site, error))
		return FALSE;
	*full = waiting >= LIMIT_WAITING_CHATS || of_site >= site->max_waiting;
	return TRUE;
}

static gboolean
look(struct tx *tx, const struct line_site *site, struct line_state *state, GError **error)
{
	int64_t opens_at, waiting, ahead, pool;
	struct line_room room;
	bool full;

	if (!duty_pool_of_team(tx, site->team_id, &pool, error) || !line_room(tx, pool, &room, error) ||
	    !read_opening(tx, site->id, &opens_at, error) || !line_sql_waiting(tx, &waiting, error) ||
	    !line_sql_waiting_in(tx, pool, &ahead, error) || !is_full(tx, site, waiting, &full, error))
		return FALSE;
	*state = (struct line_state) { .wait_ms = line_wait_ms(&room, ahead + 1), .is_free = room.taken < room.places };
	if (opens_at != tx_now_ms(tx)) {
		state->reason = LINE_HOURS;
		state->opens_at = opens_at;
	} else if (!room.has_somebody) {
		state->reason = LINE_NOBODY;
	} else if (full) {
		state->reason = LINE_FULL;
	}
	state->open = state->reason == NULL;
	return TRUE;
}

gboolean
line_state(struct tx *tx, const struct line_ask *ask, struct line_state *answer, GError **error)
{
	struct line_site site;

	return line_site(tx, ask->site, &site, error) && look(tx, &site, answer, error);
}

gboolean
line_let_in(struct tx *tx, const struct line_site *site, GError **error)
{
	struct line_state state;

	if (!look(tx, site, &state, error))
		return FALSE;
	if (state.open)
		return TRUE;
	if (strcmp(state.reason, LINE_HOURS) == 0)
		return refuse(error, REFUSED_STATE, "desk", "we are closed at the moment, please leave us a message");
	if (strcmp(state.reason, LINE_NOBODY) == 0)
		return refuse(error, REFUSED_STATE, "desk", "nobody is here at the moment, please leave us a message");
	return refuse(error, REFUSED_STATE, "desk",
	    "many people are waiting already, please leave us a message or try again a little later");
}

/* Sites of the line whose hours have been looked up. */
struct opening {
	int64_t site;
	bool open;
};

static gboolean
is_open(struct tx *tx, GArray *known, int64_t site, bool *open, GError **error)
{
	int64_t opens_at;

	for (guint i = 0; i < known->len; i++) {
		const struct opening *opening = &g_array_index(known, struct opening, i);

		if (opening->site == site) {
			*open = opening->open;
			return TRUE;
		}
	}
	if (!read_opening(tx, site, &opens_at, error))
		return FALSE;
	*open = opens_at == tx_now_ms(tx);
	g_array_append_val(known, ((struct opening) { site, *open }));
	return TRUE;
}

/* How it is told of one row, which stands behind `before` (NULL: nobody). */
static gboolean
read_place(struct tx *tx, GArray *known, const struct line_sql_list *row, struct line_room *room,
    const struct line_place *before, struct line_place *place, GError **error)
{
	bool open;

	if ((before == NULL && !line_room(tx, row->pool, room, error)) || !is_open(tx, known, row->site, &open, error))
		return FALSE;
	*place = (struct line_place) {
		.conversation = row->conversation,
		.place = before == NULL ? 1 : before->place + 1,
		.open = open && room->has_somebody,
		.topic = row->topic,
	};
	place->wait_ms = line_wait_ms(room, place->place);
	return TRUE;
}

gboolean
line_list(struct tx *tx, struct line_places *answer, GError **error)
{
	g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(struct opening));
	struct line_room room = { 0 };
	struct line_sql_list_list found;
	struct line_place *rows;

	if (!line_sql_list(tx, LIMIT_WAITING_CHATS, &found, error))
		return FALSE;
	rows = talloc_array(tx_memory(tx), struct line_place, found.count);
	for (size_t i = 0; i < found.count; i++) {
		bool is_first = i == 0 || found.rows[i - 1].pool != found.rows[i].pool;

		if (!read_place(tx, known, &found.rows[i], &room, is_first ? NULL : &rows[i - 1], &rows[i], error))
			return FALSE;
	}
	*answer = (struct line_places) { rows, found.count };
	return TRUE;
}
