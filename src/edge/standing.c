/* Standing: see standing.h. */
#include "edge/standing.h"

#include <talloc.h>

#include "desk/line/line.h"
#include "edge/errand.h"
#include "edge/topic.h"

/* Opening hours begin and end with a minute. */
#define LOOK_SECONDS 60

struct standing {
	struct hub *hub;
	GHashTable *told; /* by topic: struct told */
	uint32_t looked_at;
	bool is_due, is_reading;
};

struct told {
	int64_t topic; /* first: what the table goes by */
	int64_t place, wait_ms;
	int64_t least_ms; /* the shortest wait that was told, but for 0, which is "soon" and no promise */
	bool open;
};

struct look {
	struct work work; /* first */
	struct standing *standing;
	struct line_places places;
};

static GHashTable *
told_new(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

struct standing *
standing_new(struct hub *hub)
{
	struct standing *standing = g_new0(struct standing, 1);

	standing->hub = hub;
	standing->told = told_new();
	standing->is_due = true;
	return standing;
}

void
standing_free(struct standing *standing)
{
	g_hash_table_destroy(standing->told);
	g_free(standing);
}

void
standing_listen(struct standing *standing, const struct event *event)
{
	switch (event->kind) {
	case EVENT_CHAT_CHANGED:
	case EVENT_PERSON_CHANGED:
	case EVENT_SEAT_CHANGED:
	case EVENT_POOL_CHANGED:
	case EVENT_SETTING_CHANGED:
	case EVENT_SITE_CHANGED:
		standing->is_due = true;
		break;
	default:
		break;
	}
}

static void
send_place(struct hub *hub, struct topic *topic, const struct line_place *place)
{
	struct event event = { .kind = EVENT_LINE_MOVED, .topic = topic->id, .body = place };
	struct packet *packet;

	g_string_truncate(hub->text, 0);
	if (!event_out(hub->text, &event, AUDIENCE_VISITOR))
		return;
	packet = packet_new(FRAME_TEXT, hub->text->str, hub->text->len);
	/* Sending may close a socket, which drops its own watches only: `next` stays. */
	for (struct watch *watch = topic->watches, *next; watch != NULL; watch = next) {
		next = watch->next;
		if (watch->socket->is_visitor)
			socket_send(watch->socket, packet);
	}
	packet_unref(packet);
}

/* Tells one who waits, where that is news; `now` gets what it knows from here on. */
static void
tell(struct standing *standing, GHashTable *now, const struct line_place *row)
{
	struct topic *topic = g_hash_table_lookup(standing->hub->topics, &row->topic);
	const struct told *before = g_hash_table_lookup(standing->told, &row->topic);
	struct line_place place = *row;
	struct told *told;

	if (topic == NULL)
		return;
	told = g_new(struct told, 1);
	*told = (struct told) { .topic = row->topic, .least_ms = before == NULL ? INT64_MAX : before->least_ms };
	if (before != NULL)
		place.place = MIN(place.place, before->place);
	place.wait_ms = MIN(place.wait_ms, told->least_ms);
	if (place.wait_ms != 0)
		told->least_ms = place.wait_ms;
	told->place = place.place;
	told->wait_ms = place.wait_ms;
	told->open = place.open;
	g_hash_table_add(now, told);
	if (before == NULL || before->place != told->place || before->wait_ms != told->wait_ms ||
	    before->open != told->open)
		send_place(standing->hub, topic, &place);
}

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	return line_list(tx, &((struct look *)work)->places, error);
}

static void
done(struct work *work)
{
	struct look *look = (struct look *)work;
	struct standing *standing = look->standing;

	standing->is_reading = false;
	if (work->error != NULL) {
		standing->is_due = true;
	} else {
		GHashTable *now = told_new();

		for (size_t i = 0; i < look->places.count; i++)
			tell(standing, now, &look->places.rows[i]);
		g_hash_table_destroy(standing->told);
		standing->told = now;
	}
	errand_end(work);
}

static void
read_line(struct standing *standing)
{
	struct edge *edge = standing->hub->edge;
	struct look *look = talloc_zero(NULL, struct look);
	g_autoptr(GError) error = NULL;

	look->standing = standing;
	look->work = errand_of(edge, look, run, done);
	standing->is_due = false;
	standing->is_reading = true;
	if (crew_read(edge->crew, &look->work, &error))
		return;
	standing->is_due = true;
	standing->is_reading = false;
	talloc_free(look);
}

void
standing_tick(struct standing *standing)
{
	struct hub *hub = standing->hub;

	if (standing->is_reading || hub->is_stopping || g_hash_table_size(hub->topics) == 0)
		return;
	if (!standing->is_due && hub->seconds - standing->looked_at < LOOK_SECONDS)
		return;
	standing->looked_at = hub->seconds;
	read_line(standing);
}
