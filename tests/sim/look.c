/* What the store and the doors show, compared with the model: see sim.h. */
#include <string.h>

#include "sql/kit_sql.h"
#include "tests/sim/sim.h"

/* ---- The store ---- */

struct look {
	const char *key;
	int64_t since;
	struct sim *sim;
	struct talk *talk;
};

static int64_t
person_of(const struct actor_model *who)
{
	return who == NULL || who->is_visitor ? 0 : who->who->person;
}

static const char *
kind_of(const struct actor_model *who)
{
	return who == NULL ? "system" : who->is_visitor ? "visitor" : "person";
}

static const char *
name_of(const struct actor_model *who)
{
	return who == NULL ? "the desk" : who->who->name;
}

/* One row against one entry: P1, P5, P6, P8 all come down to this. */
static void
compare_row(struct sim *sim, const struct talk *talk, const struct kit_sql_items *row)
{
	guint i = (guint)row->seq - 1;

	if (row->seq < 1 || i >= talk->entries->len)
		sim_broken(sim, "%s has an item %" G_GINT64_FORMAT " (%s) that nobody was to add", talk->key, row->seq,
		    row->kind);

	const struct entry *entry = talk_entry(talk, i);
	bool is_same = strcmp(row->kind, kind_names[entry->kind]) == 0 &&
	    row->internal == model_is_internal(entry->kind) && strcmp(row->author_kind, kind_of(entry->author)) == 0 &&
	    (*row->author_kind == 'v' || row->author == person_of(entry->author)) &&
	    row->about == (entry->team == NULL ? person_of(entry->about) : entry->team->id) &&
	    g_strcmp0(row->text, entry->text) == 0 && row->corrects == entry->corrects &&
	    g_strcmp0(row->caller, entry->id) == 0 && row->at == entry->at;

	if (!is_same)
		sim_broken(sim,
		    "%s item %" G_GINT64_FORMAT ": expected %s by %s (%s), seen %s by %s %" G_GINT64_FORMAT " (%s)",
		    talk->key, row->seq, kind_names[entry->kind], name_of(entry->author), entry->text, row->kind,
		    row->author_kind, row->author, row->text);
}

static gboolean
compare_log(struct tx *tx, struct look *look, GError **error)
{
	struct talk *talk = look->talk;
	struct kit_sql_items_list list;

	if (!kit_sql_items(tx, talk->key, look->since, &list, error))
		return FALSE;
	if ((int64_t)list.count != talk->entries->len - look->since)
		sim_broken(look->sim, "%s has %zu items after %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT,
		    talk->key, list.count, look->since, talk->entries->len - look->since);
	for (size_t i = 0; i < list.count; i++)
		compare_row(look->sim, talk, &list.rows[i]);
	talk->checked = talk->entries->len;
	return TRUE;
}

/* P11: the state and the owner are what the history of the model says. */
static gboolean
compare_chat(struct tx *tx, struct look *look, GError **error)
{
	const struct talk *talk = look->talk;
	struct kit_sql_chat *row;

	if (!kit_sql_chat(tx, talk->key, &row, error))
		return FALSE;
	if (row == NULL || strcmp(row->state, state_names[talk->state]) != 0 || row->chats != talk->chats ||
	    (talk->state == OWNED && row->owner != person_of(talk->owner)) || row->guests != talk->guests->len ||
	    row->team != (talk->team == NULL ? 0 : talk->team->id))
		sim_broken(look->sim, "%s: expected %s by %s, seen %s by %" G_GINT64_FORMAT, talk->key,
		    state_names[talk->state], talk->owner == NULL ? "nobody" : talk->owner->who->name,
		    row == NULL ? "nothing" : row->state, row == NULL ? 0 : row->owner);
	return TRUE;
}

static gboolean
look_run(struct tx *tx, void *data, GError **error)
{
	return compare_log(tx, data, error) && compare_chat(tx, data, error);
}

void
look_at_talk(struct sim *sim, struct talk *talk)
{
	struct look look = { .sim = sim, .talk = talk, .since = talk->checked };

	kit_look(sim->desk, look_run, &look);
}

/* P8: what was told is in the store, as it was told; look_at_talk() has seen the store. */
void
look_at_told(struct sim *sim)
{
	for (guint i = 0; i < sim->told->len; i++) {
		struct told *told = &g_array_index(sim->told, struct told, i);
		struct talk *talk = NULL;

		for (guint j = 0; j < sim->model.talks->len && talk == NULL; j++) {
			struct talk *other = sim->model.talks->pdata[j];

			talk = strcmp(other->key, told->key) == 0 ? other : NULL;
		}
		if (talk == NULL || told->seq > talk->checked ||
		    g_strcmp0(talk_entry(talk, (guint)told->seq - 1)->text, told->text) != 0)
			sim_broken(sim, "%s item %" G_GINT64_FORMAT " (%s) was told and is not in the store", told->key,
			    told->seq, told->text);
		g_free(told->text);
	}
	g_array_set_size(sim->told, 0);
}

void
look_at_everything(struct sim *sim)
{
	g_autofree char *wrong = kit_desk_check(sim->desk);

	if (wrong != NULL)
		sim_broken(sim, "the store is broken: %s", wrong);
	for (guint i = 0; i < sim->model.talks->len; i++) {
		struct talk *talk = sim->model.talks->pdata[i];

		talk->checked = 0;
		look_at_talk(sim, talk);
	}
}

/* ---- The doors ---- */

static const char *
text_of(const json_t *object, const char *field)
{
	return json_string_value(json_object_get(object, field));
}

static bool
is_person_shown(const json_t *shown, const struct actor_model *who, bool is_to_visitor)
{
	int64_t id = json_integer_value(json_object_get(shown, "id"));

	if (who == NULL)
		return shown == NULL;
	return g_strcmp0(text_of(shown, "kind"), who->is_visitor ? "visitor" : "person") == 0 &&
	    g_strcmp0(text_of(shown, "name"), who->shown) == 0 && id == (is_to_visitor ? 0 : person_of(who)) &&
	    (json_object_get(shown, "id") != NULL) == (id != 0);
}

/* The desk itself has neither name nor id. */
static bool
is_author_shown(const json_t *shown, const struct actor_model *who, bool is_to_visitor)
{
	if (who != NULL)
		return is_person_shown(shown, who, is_to_visitor);
	return g_strcmp0(text_of(shown, "kind"), "system") == 0 && json_object_size(shown) == 1;
}

static bool
is_about_shown(const json_t *shown, const struct entry *entry, bool is_to_visitor)
{
	if (entry->team == NULL)
		return is_person_shown(shown, entry->about, is_to_visitor);
	return g_strcmp0(text_of(shown, "kind"), "team") == 0 &&
	    g_strcmp0(text_of(shown, "name"), entry->team->name) == 0 &&
	    json_integer_value(json_object_get(shown, "id")) == (is_to_visitor ? 0 : entry->team->id);
}

static void
compare_item(struct sim *sim, const struct actor_model *who, const struct talk *talk, guint i, const json_t *item)
{
	const struct entry *entry = talk_entry(talk, i);
	bool is_internal = model_is_internal(entry->kind);
	bool is_same = json_integer_value(json_object_get(item, "seq")) == i + 1 &&
	    g_strcmp0(text_of(item, "kind"), kind_names[entry->kind]) == 0 &&
	    is_author_shown(json_object_get(item, "author"), entry->author, who->is_visitor) &&
	    is_about_shown(json_object_get(item, "about"), entry, who->is_visitor) &&
	    g_strcmp0(text_of(item, "text"), entry->text) == 0 &&
	    g_strcmp0(text_of(item, "caller_id"), entry->id) == 0 &&
	    json_integer_value(json_object_get(item, "corrects")) == entry->corrects &&
	    (json_object_get(item, "internal") != NULL) == is_internal;

	if (!is_same) {
		g_autofree char *seen = json_dumps(item, JSON_COMPACT);

		sim_broken(sim, "%s in %s: expected item %u (%s by %s: %s), seen %s", who->who->name, talk->key, i + 1,
		    kind_names[entry->kind], name_of(entry->author), entry->text, seen == NULL ? "nothing" : seen);
	}
}

/* P6, P7, P8: exactly what is shown to this reader after its cursor, at most `limit`, and the right cursor to go on from. */
static void
compare_page(struct sim *sim, const struct actor_model *who, const struct view *view, size_t limit,
    const struct kit_answer *answer)
{
	const struct talk *talk = view->talk;
	const json_t *items = json_object_get(answer->body, "items");
	size_t shown = 0, more = 0;
	int64_t last = view->cursor;

	for (guint i = (guint)view->cursor; i < talk->entries->len; i++) {
		if (!model_shows(who, talk_entry(talk, i)))
			continue;
		if (shown == limit) {
			more = 1;
			break;
		}
		compare_item(sim, who, talk, i, json_array_get(items, shown++));
		last = i + 1;
	}
	if (json_array_size(items) != shown)
		sim_broken(sim, "%s in %s: seen %zu items, expected %zu", who->who->name, talk->key,
		    json_array_size(items), shown);
	if (json_is_true(json_object_get(answer->body, "more")) != (more == 1) ||
	    kit_int(answer, "head") != (more == 1 ? last : talk->entries->len))
		sim_broken(sim, "%s in %s: the cursor to go on from is %" G_GINT64_FORMAT, who->who->name, talk->key,
		    kit_int(answer, "head"));
}

void
read_view(struct sim *sim, struct actor_model *who, struct view *view)
{
	struct verdict verdict = model_may_read(who, view->talk);
	unsigned limit = 1 + sim_chance(sim, 12);
	const struct kit_answer *answer;

	kit_over_http(sim->desk, sim_happens(sim, 500));
	answer = kit_do(sim->desk, who->who, "conversation.items", "{s:s, s:I, s:i}", "conversation", view->talk->key,
	    "since", (json_int_t)view->cursor, "limit", (int)limit);
	sim->counts.reads++;
	if (answer->is_ok != verdict.is_done || (!answer->is_ok && answer->kind != verdict.kind))
		sim_broken(sim, "%s reads %s: expected %s, seen %s", who->who->name, view->talk->key,
		    verdict.is_done ? "it" : error_row(verdict.kind)->type, kit_text(answer, "type"));
	if (!answer->is_ok)
		return;
	compare_page(sim, who, view, limit, answer);
	compare_readings(sim, view->talk, json_object_get(answer->body, "readings"));
	view->cursor = kit_int(answer, "head");
}

void
read_visit(struct sim *sim, struct actor_model *visitor)
{
	const struct kit_answer *answer = kit_do(sim->desk, visitor->who, "chat.visit", NULL);
	const struct talk *talk = visitor->talk;
	const char *state = talk == NULL ? "" : state_names[talk->state];
	const char *advisor = talk == NULL || talk->owner == NULL ? "" : talk->owner->shown;

	sim->counts.visits++;
	if (!answer->is_ok || strcmp(kit_text(answer, "conversation"), talk == NULL ? "" : talk->key) != 0 ||
	    strcmp(kit_text(answer, "state"), state) != 0 ||
	    kit_int(answer, "place") != model_place(&sim->model, talk) ||
	    (*advisor != '\0' && strcmp(kit_text(answer, "advisor"), advisor) != 0))
		sim_broken(sim, "%s: expected %s with %s at place %" G_GINT64_FORMAT ", seen %s", visitor->who->name,
		    state, advisor, model_place(&sim->model, talk),
		    answer->is_ok ? answer->text : kit_text(answer, "detail"));
}

/* How many of `view` the model has, of that person. */
static size_t
count_of(const struct sim *sim, const struct actor_model *who, const char *view)
{
	size_t count = 0;

	if (strcmp(view, "waiting") == 0)
		return sim->model.waiting;
	for (guint i = 0; i < sim->model.talks->len; i++) {
		const struct talk *talk = sim->model.talks->pdata[i];

		if (strcmp(view, "mine") == 0)
			count += talk->owner == who || model_is_guest(talk, who);
		else
			count += talk->state != CLOSED;
	}
	return count;
}

static bool
are_guests_shown(const json_t *shown, const struct talk *talk)
{
	const json_t *guest;
	size_t i;

	json_array_foreach(shown, i, guest)
	{
		int64_t id = json_integer_value(json_object_get(guest, "id"));
		guint j = 0;

		while (j < talk->guests->len && person_of(talk->guests->pdata[j]) != id)
			j++;
		if (j == talk->guests->len)
			return false;
	}
	return json_array_size(shown) == talk->guests->len;
}

static struct talk *
talk_of(const struct sim *sim, const char *key)
{
	for (guint i = 0; i < sim->model.talks->len; i++) {
		struct talk *talk = sim->model.talks->pdata[i];

		if (strcmp(talk->key, key) == 0)
			return talk;
	}
	return NULL;
}

/* A page of a list: the right number, each row true, and in the waiting line each at its place. */
void
read_list(struct sim *sim, struct actor_model *who)
{
	static const char *const views[] = { "waiting", "mine", "all" };
	const char *view = views[sim_chance(sim, G_N_ELEMENTS(views))];
	const struct kit_answer *answer;
	const json_t *rows, *row;
	size_t i;

	answer = kit_do(sim->desk, who->who, "chat.list", "{s:s, s:i}", "view", view, "limit", 200);
	rows = json_object_get(answer->body, "chats");
	sim->counts.lists++;
	if (json_array_size(rows) != MIN(count_of(sim, who, view), 200))
		sim_broken(sim, "%s: list %s has %zu rows, expected %zu (%s)", who->who->name, view,
		    json_array_size(rows), count_of(sim, who, view), kit_text(answer, "detail"));
	json_array_foreach(rows, i, row)
	{
		const struct talk *talk = talk_of(sim, text_of(row, "conversation"));
		const json_t *owner = json_object_get(row, "owner");

		if (talk == NULL || strcmp(text_of(row, "state"), state_names[talk->state]) != 0 ||
		    json_integer_value(json_object_get(owner, "id")) != person_of(talk->owner) ||
		    json_integer_value(json_object_get(row, "version")) != talk->entries->len ||
		    !are_guests_shown(json_object_get(row, "guests"), talk) ||
		    (*view == 'm' && strcmp(text_of(row, "as"), talk->owner == who ? "owner" : "guest") != 0))
			sim_broken(sim, "%s: list %s: row %zu is not true", who->who->name, view, i + 1);
		if (*view == 'w' && model_place(&sim->model, talk) != (int64_t)i + 1)
			sim_broken(sim, "%s stands at place %zu and should at %" G_GINT64_FORMAT, talk->key, i + 1,
			    model_place(&sim->model, talk));
	}
}
