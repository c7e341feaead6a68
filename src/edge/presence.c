/* Presence: see presence.h. */
#include "edge/presence.h"

#include <string.h>

#include "edge/json_out.h"
#include "edge/party.h"
#include "edge/topic.h"

struct place;

/* A socket of staff that views a conversation. Goes before its party does. */
struct viewer {
	struct viewer *next; /* in the place */
	struct place *place;
	const struct party *party;
	uint32_t until; /* second of the hub */
	bool is_composing;
};

/* A conversation that is viewed. It stays until the change that emptied it was told. */
struct place {
	int64_t id; /* first: what the hub's table goes by */
	struct viewer *viewers;
	uint32_t told_at; /* second of the hub, from 1 */
	bool is_dirty;
	char key[KEY_CHARS + 1];
};

void
presence_init(struct hub *hub)
{
	hub->viewers = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	hub->places = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
}

void
presence_clear(struct hub *hub)
{
	g_hash_table_destroy(hub->viewers);
	g_hash_table_destroy(hub->places);
}

static void
append_person(GString *out, const struct party *party, bool is_composing, bool is_first)
{
	g_string_append_printf(out, "%s{\"id\":%" G_GINT64_FORMAT ",\"name\":", is_first ? "" : ",", party->person_id);
	json_out_text(out, party->name);
	g_string_append(out, is_composing ? ",\"composing\":true}" : ",\"composing\":false}");
}

/* Whether a viewer before this one is the same person, in another page. */
static bool
is_named_before(const struct place *place, const struct viewer *viewer)
{
	for (const struct viewer *other = place->viewers; other != viewer; other = other->next) {
		if (other->party->person_id == viewer->party->person_id)
			return true;
	}
	return false;
}

static bool
is_composing_anywhere(const struct viewer *viewer)
{
	for (const struct viewer *other = viewer; other != NULL; other = other->next) {
		if (other->is_composing && other->party->person_id == viewer->party->person_id)
			return true;
	}
	return false;
}

static struct packet *
packet_of(struct hub *hub, const struct place *place)
{
	GString *text = hub->text;
	int count = 0;

	g_string_assign(text, "{\"event\":\"presence\",\"conversation\":");
	json_out_text(text, place->key);
	g_string_append(text, ",\"who\":[");
	for (const struct viewer *viewer = place->viewers; viewer != NULL && count < LIMIT_PRESENCE;
	     viewer = viewer->next) {
		if (is_named_before(place, viewer))
			continue;
		append_person(text, viewer->party, is_composing_anywhere(viewer), count == 0);
		count++;
	}
	g_string_append(text, "]}");
	return packet_new(FRAME_TEXT, text->str, text->len);
}

/* Those of staff who watch that topic, but not who watches `besides` as well and was told there. */
static void
tell_topic(struct hub *hub, int64_t id, struct packet *packet, const char *besides)
{
	struct topic *topic = g_hash_table_lookup(hub->topics, &id);

	/* Telling may close a socket, which drops its own watches only: `next` stays. */
	for (struct watch *watch = topic == NULL ? NULL : topic->watches, *next; watch != NULL; watch = next) {
		next = watch->next;
		if (!watch->socket->is_visitor && (besides == NULL || watch_find(watch->socket, besides) == NULL))
			socket_send(watch->socket, packet);
	}
}

static void
tell(struct hub *hub, struct place *place)
{
	struct packet *packet = packet_of(hub, place);

	place->is_dirty = false;
	place->told_at = hub->seconds + 1;
	tell_topic(hub, TOPIC_DESK, packet, place->key);
	tell_topic(hub, place->id, packet, NULL);
	packet_unref(packet);
}

/* Out of its place, which is told of it with the next second: whoever leaves may be in the middle of being told something. */
static void
viewer_end(struct viewer *viewer)
{
	struct viewer **at = &viewer->place->viewers;

	while (*at != viewer)
		at = &(*at)->next;
	*at = viewer->next;
	viewer->place->is_dirty = true;
}

void
presence_leave(struct socket *socket, const char *key)
{
	struct viewer *viewer = g_hash_table_lookup(socket->hub->viewers, socket);

	if (viewer == NULL || (key != NULL && strcmp(viewer->place->key, key) != 0))
		return;
	viewer_end(viewer);
	g_hash_table_remove(socket->hub->viewers, socket);
}

static struct place *
place_of(struct hub *hub, const struct topic *topic)
{
	struct place *place = g_hash_table_lookup(hub->places, &topic->id);

	if (place != NULL)
		return place;
	place = g_new0(struct place, 1);
	place->id = topic->id;
	g_strlcpy(place->key, topic->key, sizeof(place->key));
	g_hash_table_insert(hub->places, &place->id, place);
	return place;
}

static struct viewer *
viewer_new(const struct watch *watch)
{
	struct socket *socket = watch->socket;
	struct viewer *viewer = g_new0(struct viewer, 1);

	viewer->place = place_of(socket->hub, watch->topic);
	viewer->party = socket->party;
	viewer->next = viewer->place->viewers;
	viewer->place->viewers = viewer;
	g_hash_table_insert(socket->hub->viewers, socket, viewer);
	return viewer;
}

/* The name is known. */
static void
view(struct watch *watch, bool is_composing)
{
	struct hub *hub = watch->socket->hub;
	struct viewer *viewer = g_hash_table_lookup(hub->viewers, watch->socket);
	bool is_new = viewer == NULL || viewer->place->id != watch->topic->id;

	if (watch->socket->party->name == NULL)
		return;
	if (is_new) {
		presence_leave(watch->socket, NULL);
		viewer = viewer_new(watch);
	}
	viewer->until = hub->seconds + PRESENCE_SECONDS;
	if (!is_new && viewer->is_composing == is_composing)
		return;
	viewer->is_composing = is_composing;
	viewer->place->is_dirty = true;
	if (viewer->place->told_at != hub->seconds + 1)
		tell(hub, viewer->place);
}

void
presence_view(struct watch *watch, bool is_composing)
{
	party_named(watch, view, is_composing);
}

static void
show(struct watch *watch, const struct place *place)
{
	struct packet *packet;

	if (place->viewers == NULL)
		return;
	packet = packet_of(watch->socket->hub, place);
	socket_send(watch->socket, packet);
	packet_unref(packet);
}

void
presence_show(struct watch *watch)
{
	struct hub *hub = watch->socket->hub;
	struct socket *socket = watch->socket;
	GHashTableIter iter;
	gpointer place;

	if (socket->is_visitor)
		return;
	if (watch->topic->id != TOPIC_DESK) {
		place = g_hash_table_lookup(hub->places, &watch->topic->id);
		if (place != NULL)
			show(watch, place);
		return;
	}
	/* A socket that is closed by what it is sent loses its watches, and with them `watch`. */
	g_hash_table_iter_init(&iter, hub->places);
	while (socket_is_open(socket) && g_hash_table_iter_next(&iter, NULL, &place))
		show(watch, place);
}

void
presence_tick(struct hub *hub)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, hub->viewers);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct viewer *viewer = value;

		if (hub->seconds < viewer->until)
			continue;
		viewer_end(viewer);
		g_hash_table_iter_remove(&iter);
	}
	g_hash_table_iter_init(&iter, hub->places);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct place *place = value;

		if (place->is_dirty)
			tell(hub, place);
		if (place->viewers == NULL && !place->is_dirty)
			g_hash_table_iter_remove(&iter);
	}
}
