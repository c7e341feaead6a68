/* Declarations of sqlgen: -- :name(param type, …) -> result (docs/decisions/0004-queries.md has the grammar). */
#include "sqlgen.h"

#include <string.h>

static const char *const type_words[TYPES] = { "int", "bool", "text", "blob" };

void
skip_space(const char **at)
{
	while (g_ascii_isspace(**at))
		(*at)++;
}

static bool
take(const char **at, const char *what)
{
	skip_space(at);
	if (!g_str_has_prefix(*at, what))
		return false;
	*at += strlen(what);
	return true;
}

static char *
take_name(const char **at, struct place place)
{
	skip_space(at);

	const char *start = *at;

	while (g_ascii_islower(**at) || **at == '_' || (*at > start && g_ascii_isdigit(**at)))
		(*at)++;
	if (*at == start)
		complain(place, "a name in lower case is missing before \"%s\"", start);
	return g_strndup(start, (gsize)(*at - start));
}

static struct slot
take_slot(const char **at, struct place place)
{
	struct slot slot = { .name = take_name(at, place) };
	g_autofree char *word = take_name(at, place);

	while (slot.type < TYPES && strcmp(type_words[slot.type], word) != 0)
		slot.type++;
	if (slot.type == TYPES)
		complain(place, "%s: there is no type \"%s\"", slot.name, word);
	slot.is_nullable = **at == '?';
	*at += slot.is_nullable;
	return slot;
}

struct slot *
find_slot(GArray *slots, const char *name, gsize length)
{
	for (guint i = 0; i < slots->len; i++) {
		struct slot *slot = &g_array_index(slots, struct slot, i);

		if (strlen(slot->name) == length && strncmp(slot->name, name, length) == 0)
			return slot;
	}
	return NULL;
}

static void
take_slots(const char **at, struct place place, GArray *slots)
{
	do {
		struct slot slot = take_slot(at, place);

		if (find_slot(slots, slot.name, strlen(slot.name)) != NULL)
			complain(place, "\"%s\" is declared twice", slot.name);
		g_array_append_val(slots, slot);
	} while (take(at, ","));
}

static void
take_params(const char **at, struct query *query)
{
	if (!take(at, "("))
		complain(query->place, "\"%s\" wants its parameters: \"(…)\"", query->name);
	if (take(at, ")"))
		return;
	take_slots(at, query->place, query->params);
	if (!take(at, ")"))
		complain(query->place, "\")\" is missing after the parameters of \"%s\"", query->name);
	for (guint i = 0; i < query->params->len; i++) {
		struct slot *slot = &g_array_index(query->params, struct slot, i);

		if (slot->type == TYPE_BOOL && slot->is_nullable)
			complain(query->place, "%s: a bool parameter is never absent", slot->name);
	}
}

/* Whether `one (` or `many (` stands here; a column may have such a name too. */
static bool
take_shape(const char **at, const char *word)
{
	const char *ahead = *at;

	if (!take(&ahead, word) || !take(&ahead, "("))
		return false;
	*at = ahead;
	return true;
}

/* `one like NAME`, `many like NAME`: rows of the shape that an earlier query declares. */
static bool
take_like(const char **at, struct query *query, const char *word, enum result result)
{
	const char *ahead = *at;

	if (!take(&ahead, word) || !take(&ahead, "like "))
		return false;
	query->result = result;
	query->like = take_name(&ahead, query->place);
	*at = ahead;
	return true;
}

static void
take_result(const char **at, struct query *query)
{
	if (!take(at, "->"))
		return;
	skip_space(at);
	if (strcmp(g_strchomp(g_strdup(*at)), "changed") == 0) {
		query->result = RESULT_CHANGED;
		*at += strlen(*at);
		return;
	}
	if (take_like(at, query, "one", RESULT_ONE) || take_like(at, query, "many", RESULT_MANY))
		return;
	query->result = take_shape(at, "one") ? RESULT_ONE : take_shape(at, "many") ? RESULT_MANY : RESULT_VALUES;
	take_slots(at, query->place, query->columns);
	if (query->result != RESULT_VALUES && !take(at, ")"))
		complain(query->place, "\")\" is missing after the columns of \"%s\"", query->name);
}

struct query *
declaration_parse(const char *declaration, struct place place, bool names_only)
{
	struct query *query = g_new0(struct query, 1);
	const char *at = declaration;

	query->place = place;
	query->name = take_name(&at, place);
	query->params = g_array_new(FALSE, FALSE, sizeof(struct slot));
	query->columns = g_array_new(FALSE, FALSE, sizeof(struct slot));
	if (!names_only) {
		take_params(&at, query);
		take_result(&at, query);
	}
	skip_space(&at);
	if (*at != '\0')
		complain(place, "\"%s\": this was not expected: \"%s\"", query->name, at);
	return query;
}
