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

static void
read_pool(struct year *year, const struct year_sql_look *row)
{
	g_assert(year->pools_read < POOLS);
	year->after.pools[year->pools_read++] =
	    (struct pool_now) { row->id, row->team, row->n1, row->n2, row->n3, row->n4, row->n5, row->is_so };
}

static struct duty_now
duty_of(struct year *year, const struct year_sql_look *row)
{
	if (row->pool == 0)
		return (struct duty_now) { .state = OFFLINE };
	return (struct duty_now) {
		.state = (enum duty_word)word_of(year, duty_words, G_N_ELEMENTS(duty_words), row->t2),
		.seat = (enum seat_word)word_of(year, seat_words, G_N_ELEMENTS(seat_words), row->t3),
		.pool = pool_of(year, row->pool),
		.line_since = row->n1,
		.gone_since = row->n2,
		.cap = row->n3,
		.load = row->n4,
		.is_able = row->is_so,
	};
}

static void
read_duty(struct year *year, const struct year_sql_look *row)
{
	struct duty_now duty = duty_of(year, row);

	if (strcmp(duty_words[duty.state], row->t1) != 0)
		year_broken(year, "person %" G_GINT64_FORMAT " is %s, and shown as %s", row->person,
		    duty_words[duty.state], row->t1);
	if (year->person_index[row->person] >= 0)
		year->after.duties[year->person_index[row->person]] = duty;
	else if (duty.state != OFFLINE)
		year_broken(year, "person %" G_GINT64_FORMAT " is %s", row->person, row->t1);
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

static void
read_chat(struct year *year, const struct year_sql_look *row)
{
	struct chat_now chat = {
		.id = row->id,
		.team = row->team,
		.priority = row->n2,
		.waiting_since = row->n3,
		.is_owned = strcmp(row->t2, "owned") == 0,
		.is_quiet = row->is_so,
		.owner = person_of(year, row->person),
		.offered_to = person_of(year, row->n1),
		.pool = pool_of(year, row->pool),
		.caller = GPOINTER_TO_INT(g_hash_table_lookup(year->caller_of, row->t1)) - 1,
		.topic = wish_of(topics, row->t3),
		.language = wish_of(languages, row->t4),
	};

	if (!chat.is_owned && strcmp(row->t2, "waiting") != 0)
		year_broken(year, "chat %" G_GINT64_FORMAT " is %s and has not ended", row->id, row->t2);
	g_array_append_val(year->after.chats, chat);
}

static void
read_offer(struct year *year, const struct year_sql_look *row)
{
	struct offer_now offer = { row->id, row->n1, row->n2, person_of(year, row->person) };

	g_array_append_val(year->after.offers, offer);
}

/* As docs/decisions/0016-seats.md says that they are until they are set. */
static const struct settings settings_at_first = {
	.has_offers = true,
	.wishes_seconds = 120,
	.backup_seconds = 120,
	.wind_down_minutes = 10,
	.chats_each = 4,
};

static void
read_setting(struct year *year, const struct year_sql_look *row)
{
	struct settings *settings = &year->settings;
	const struct {
		const char *name;
		int64_t *value;
	} numbers[] = {
		{ "wishes_seconds", &settings->wishes_seconds },
		{ "backup_seconds", &settings->backup_seconds },
		{ "wind_down_minutes", &settings->wind_down_minutes },
		{ "handover_seats", &settings->handover_seats },
		{ "chats_each", &settings->chats_each },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		if (strcmp(row->t1, numbers[i].name) == 0)
			*numbers[i].value = g_ascii_strtoll(row->t2, NULL, 10);
	}
	if (strcmp(row->t1, "strict") == 0)
		settings->is_strict = strcmp(row->t2, "yes") == 0;
	if (strcmp(row->t1, "offers") == 0)
		settings->has_offers = strcmp(row->t2, "yes") == 0;
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

/* By the kinds of year.sql, which come in their order. */
static void
read_row(struct year *year, const struct year_sql_look *row)
{
	static void (*const readers[])(struct year * year, const struct year_sql_look *row) = { read_setting, read_pool,
		read_duty, read_chat, read_offer, log_read };

	readers[row->kind - 1](year, row);
}

static gboolean
read_all(struct tx *tx, void *data, GError **error)
{
	struct year_sql_look_list list;
	struct year *year = data;

	if (!year_sql_look(tx, year->after.last_log, &list, error))
		return FALSE;
	year->settings = settings_at_first;
	year->pools_read = 0;
	g_array_set_size(year->after.chats, 0);
	g_array_set_size(year->after.offers, 0);
	for (size_t i = 0; i < list.count; i++)
		read_row(year, &list.rows[i]);
	g_assert(year->pools_read == POOLS);
	log_check(year);
	return read_ends(tx, year, error);
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
