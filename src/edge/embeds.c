/* Embeds: see embeds.h. */
#include "edge/embeds.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "desk/events.h"
#include "desk/site/address.h"
#include "edge/errand.h"

struct embeds {
	struct edge *edge;
	GHashTable *places; /* of struct place, by the site's key */
	bool is_reading, is_stale;
};

struct place {
	GString *sources;
	int64_t seen_at;
};

struct reading {
	struct work work; /* first */
	struct embeds *embeds;
	struct site_places places;
};

static void
place_free(gpointer place)
{
	g_string_free(((struct place *)place)->sources, TRUE);
	g_free(place);
}

static GHashTable *
places_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, place_free);
}

static struct place *
place_of(GHashTable *places, const char *site)
{
	struct place *place = g_hash_table_lookup(places, site);

	if (place == NULL) {
		place = g_new0(struct place, 1);
		place->sources = g_string_new(NULL);
		g_hash_table_insert(places, g_strdup(site), place);
	}
	return place;
}

void
embeds_put(struct embeds *embeds, const struct site_places *places)
{
	GHashTable *before = embeds->places;

	embeds->places = places_new();
	for (size_t i = 0; i < places->count; i++) {
		const struct site_place *row = &places->rows[i];
		struct place *place = place_of(embeds->places, row->site),
			     *old = g_hash_table_lookup(before, row->site);

		place->seen_at = MAX(row->seen_at, old == NULL ? 0 : old->seen_at);
		if (row->origin != NULL)
			g_string_append_printf(place->sources, " %s", row->origin);
	}
	g_hash_table_destroy(before);
}

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	return site_places(tx, &((struct reading *)work)->places, error);
}

static void
done(struct work *work)
{
	struct reading *reading = (struct reading *)work;
	struct embeds *embeds = reading->embeds;

	embeds->is_reading = false;
	if (work->error != NULL)
		log_line(LOG_WARNING, "sites.not_read", "why", work->error->message, NULL);
	else
		embeds_put(embeds, &reading->places);
	errand_end(work);
	if (embeds->is_stale)
		embeds_read(embeds);
}

void
embeds_read(struct embeds *embeds)
{
	g_autoptr(GError) error = NULL;
	struct reading *reading;

	/* What changes while it is being read may be missing in what is read. */
	embeds->is_stale = embeds->is_reading;
	if (embeds->is_reading || embeds->edge->is_stopping)
		return;
	reading = talloc_zero(NULL, struct reading);
	reading->embeds = embeds;
	reading->work = errand_of(embeds->edge, reading, run, done);
	embeds->is_reading = true;
	if (crew_read(embeds->edge->crew, &reading->work, &error))
		return;
	embeds->is_reading = false;
	log_line(LOG_WARNING, "sites.not_read", "why", error->message, NULL);
	talloc_free(reading);
}

static void
hear(void *data, const struct event *event)
{
	if (event->kind == EVENT_SITE_CHANGED)
		embeds_read(data);
}

struct embeds *
embeds_new(struct edge *edge)
{
	struct embeds *embeds = g_new0(struct embeds, 1);

	embeds->edge = edge;
	embeds->places = places_new();
	bus_subscribe(edge->bus, hear, embeds);
	return embeds;
}

void
embeds_free(struct embeds *embeds)
{
	if (embeds == NULL)
		return;
	g_hash_table_destroy(embeds->places);
	g_free(embeds);
}

const char *
embeds_sources(const struct embeds *embeds, const char *site)
{
	const struct place *place = g_hash_table_lookup(embeds->places, site);

	return place == NULL ? NULL : place->sources->str;
}

/* Whether the origin is one word of the sources. */
static bool
has_origin(const struct place *place, const char *origin)
{
	size_t size = strlen(origin);

	for (const char *at = place->sources->str; (at = strstr(at, origin)) != NULL; at += size) {
		if (at[-1] == ' ' && (at[size] == ' ' || at[size] == '\0'))
			return true;
	}
	return false;
}

bool
embeds_is_due(struct embeds *embeds, const char *site, const char *url, int64_t now_ms)
{
	struct place *place = g_hash_table_lookup(embeds->places, site);
	void *memory = talloc_new(NULL);
	const char *origin = address_origin_of(memory, url);
	bool is_due = place != NULL && origin != NULL && has_origin(place, origin) &&
	    (place->seen_at == 0 || place->seen_at + SITE_SEEN_MS <= now_ms);

	if (is_due)
		place->seen_at = now_ms;
	talloc_free(memory);
	return is_due;
}
