/* What the tables hold, read into pictures by queries of the year's own: see year_inside.h. */
#include <string.h>

#include "sql/year_sql.h"
#include "tests/sim/year_inside.h"

const char *const duty_words[] = { "offline", "line", "phone", "online", "away", "winding" };
const char *const seat_words[] = { "none", "own", "backup", "handover" };

/* ---- Finding in a picture ---- */

struct chat_now *
picture_chat(const struct picture *picture, int64_t id)
{
	for (guint i = 0; picture->chats != NULL && i < picture->chats->len; i++) {
		if (chat_at(picture, i)->id == id)
			return chat_at(picture, i);
	}
	return NULL;
}

struct chat_now *
picture_of_caller(const struct picture *picture, int caller)
{
	for (guint i = 0; picture->chats != NULL && i < picture->chats->len; i++) {
		if (chat_at(picture, i)->caller == caller)
			return chat_at(picture, i);
	}
	return NULL;
}

struct offer_now *
picture_offer(const struct picture *picture, int64_t id)
{
	for (guint i = 0; picture->offers != NULL && i < picture->offers->len; i++) {
		if (offer_at(picture, i)->id == id)
			return offer_at(picture, i);
	}
	return NULL;
}

/* ---- Reading ---- */

static int
word_of(struct year *year, const char *const *words, int count, const char *text)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
	}
	year_broken(year, "the tables say %s", text);
}

static int
person_of(struct year *year, int64_t id)
{
	if (id == 0)
		return -1;
	if (id >= (int64_t)sizeof year->person_index || year->person_index[id] < 0)
		year_broken(year, "person %" G_GINT64_FORMAT " has to do with chats", id);
	return year->person_index[id];
}

static int
pool_of(struct year *year, int64_t id)
{
	for (int i = 0; i < POOLS; i++) {
		if (year->after.pools[i].id == id)
			return i;
	}
	year_broken(year, "there is a pool %" G_GINT64_FORMAT, id);
}

static gboolean
read_pools(struct tx *tx, struct year *year, GError **error)
{
	struct year_sql_pools_list list;

	if (!year_sql_pools(tx, &list, error))
		return FALSE;
	g_assert(list.count == POOLS);
	for (size_t i = 0; i < POOLS; i++) {
		const struct year_sql_pools *row = &list.rows[i];

		year->after.pools[i] = (struct pool_now) { row->id, row->team, row->size, row->cap, row->used,
			row->extra, row->chats, row->is_removed };
	}
	return TRUE;
}

static struct duty_now
duty_of(struct year *year, const struct year_sql_duties *row)
{
	if (row->pool == 0)
		return (struct duty_now) { .state = OFFLINE };
	return (struct duty_now) {
		.state = (enum duty_word)word_of(year, duty_words, G_N_ELEMENTS(duty_words), row->state),
		.seat = (enum seat_word)word_of(year, seat_words, G_N_ELEMENTS(seat_words), row->seat),
		.pool = pool_of(year, row->pool),
		.line_since = row->line_since,
		.gone_since = row->gone_since,
		.cap = row->cap,
		.load = row->load,
		.is_able = row->able,
	};
}

static gboolean
read_duties(struct tx *tx, struct year *year, GError **error)
{
	struct year_sql_duties_list list;

	if (!year_sql_duties(tx, &list, error))
		return FALSE;
	for (size_t i = 0; i < list.count; i++) {
		const struct year_sql_duties *row = &list.rows[i];
		struct duty_now duty = duty_of(year, row);

		if (strcmp(duty_words[duty.state], row->status) != 0)
			year_broken(year, "person %" G_GINT64_FORMAT " is %s, and shown as %s", row->person,
			    duty_words[duty.state], row->status);
		if (year->person_index[row->person] >= 0)
			year->after.duties[year->person_index[row->person]] = duty;
		else if (duty.state != OFFLINE)
			year_broken(year, "person %" G_GINT64_FORMAT " is %s", row->person, row->status);
	}
	return TRUE;
}

static int
wish_of(const char *const *words, const char *text)
{
	for (int i = 0; i < TOPICS && text != NULL; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
	}
	return -1;
}

static gboolean
read_chats(struct tx *tx, struct year *year, GError **error)
{
	struct year_sql_chats_list list;

	if (!year_sql_chats(tx, &list, error))
		return FALSE;
	g_array_set_size(year->after.chats, 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct year_sql_chats *row = &list.rows[i];
		struct chat_now chat = {
			.id = row->id,
			.team = row->team,
			.priority = row->priority,
			.waiting_since = row->waiting_since,
			.is_owned = strcmp(row->state, "owned") == 0,
			.is_quiet = row->quiet,
			.owner = person_of(year, row->owner),
			.offered_to = person_of(year, row->offered_to),
			.pool = pool_of(year, row->pool),
			.caller = GPOINTER_TO_INT(g_hash_table_lookup(year->caller_of, row->conversation)) - 1,
			.topic = wish_of(topics, row->topic),
			.language = wish_of(languages, row->language),
		};

		if (!chat.is_owned && strcmp(row->state, "waiting") != 0)
			year_broken(year, "chat %" G_GINT64_FORMAT " is %s and has not ended", row->id, row->state);
		g_array_append_val(year->after.chats, chat);
	}
	return TRUE;
}

static gboolean
read_offers(struct tx *tx, struct year *year, GError **error)
{
	struct year_sql_offers_list list;

	if (!year_sql_offers(tx, &list, error))
		return FALSE;
	g_array_set_size(year->after.offers, 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct year_sql_offers *row = &list.rows[i];
		struct offer_now offer = { row->id, row->chat, row->expires_at, person_of(year, row->person) };

		g_array_append_val(year->after.offers, offer);
	}
	return TRUE;
}

static int64_t
number_of(const struct year_sql_settings_list *list, const char *name, int64_t otherwise)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->rows[i].name, name) == 0)
			return g_ascii_strtoll(list->rows[i].value, NULL, 10);
	}
	return otherwise;
}

static bool
is_yes(const struct year_sql_settings_list *list, const char *name, bool otherwise)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->rows[i].name, name) == 0)
			return strcmp(list->rows[i].value, "yes") == 0;
	}
	return otherwise;
}

/* As docs/decisions/0016-seats.md says that they are until they are set. */
static gboolean
read_settings(struct tx *tx, struct year *year, GError **error)
{
	struct year_sql_settings_list list;

	if (!year_sql_settings(tx, &list, error))
		return FALSE;
	year->settings = (struct settings) {
		.is_strict = is_yes(&list, "strict", false),
		.has_offers = is_yes(&list, "offers", true),
		.wishes_seconds = number_of(&list, "wishes_seconds", 120),
		.backup_seconds = number_of(&list, "backup_seconds", 120),
		.wind_down_minutes = number_of(&list, "wind_down_minutes", 10),
		.handover_seats = number_of(&list, "handover_seats", 0),
		.chats_each = number_of(&list, "chats_each", 4),
	};
	return TRUE;
}

/* What ended since the last look, and how; what was made and ended in one step is seen by nobody. */
static gboolean
read_ends(struct tx *tx, struct year *year, GError **error)
{
	for (guint i = 0; i < year->before.offers->len; i++) {
		struct offer_now *offer = offer_at(&year->before, i);
		struct year_sql_offer *row;

		if (picture_offer(&year->after, offer->id) != NULL)
			continue;
		if (!year_sql_offer(tx, offer->id, &row, error))
			return FALSE;
		if (row == NULL || row->ended_at == 0)
			year_broken(year, "offer %" G_GINT64_FORMAT " is neither open nor ended", offer->id);
		rules_check_end(year, offer, row->outcome, row->ended_at);
	}
	return TRUE;
}

static gboolean
read_all(struct tx *tx, void *data, GError **error)
{
	struct year *year = data;

	return read_settings(tx, year, error) && read_pools(tx, year, error) && read_duties(tx, year, error) &&
	    read_chats(tx, year, error) && read_offers(tx, year, error) && read_ends(tx, year, error) &&
	    log_replay(tx, year, error);
}

void
look(struct year *year)
{
	struct picture kept = year->before;

	year->before = year->after;
	year->after = kept;
	year->after.last_log = year->before.last_log;
	kit_look(year->desk, read_all, year);
	year->after.last_offer = year->before.last_offer;
	for (guint i = 0; i < year->after.offers->len; i++)
		year->after.last_offer = MAX(year->after.last_offer, offer_at(&year->after, i)->id);
	rules_check(year);
	staff_react(year);
	callers_react(year);
	desk_plan(year);
}

void
look_begin(struct year *year)
{
	struct picture *const pictures[] = { &year->before, &year->after };

	for (size_t i = 0; i < G_N_ELEMENTS(pictures); i++) {
		pictures[i]->chats = g_array_new(FALSE, FALSE, sizeof(struct chat_now));
		pictures[i]->offers = g_array_new(FALSE, FALSE, sizeof(struct offer_now));
	}
	/* Two alike: what is compared first has not changed. */
	look(year);
	look(year);
}

void
look_end(struct year *year)
{
	g_array_unref(year->before.chats);
	g_array_unref(year->before.offers);
	g_array_unref(year->after.chats);
	g_array_unref(year->after.offers);
}
