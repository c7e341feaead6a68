/* Topics: see topic.h. */
#include "edge/topic.h"

#include "desk/conversation/conversation.h"
#include "edge/typing.h"

static guint
topic_hash(gconstpointer topic)
{
	return g_int64_hash(topic);
}

GHashTable *
topics_new(void)
{
	return g_hash_table_new_full(topic_hash, g_int64_equal, g_free, NULL);
}

void
topic_join(struct watch *watch, int64_t id, const char *key)
{
	GHashTable *topics = watch->socket->hub->topics;
	struct topic *topic = g_hash_table_lookup(topics, &id);

	if (topic == NULL) {
		topic = g_new0(struct topic, 1);
		topic->id = id;
		g_strlcpy(topic->key, key, sizeof(topic->key));
		g_hash_table_add(topics, topic);
	}
	watch->topic = topic;
	watch->previous = NULL;
	watch->next = topic->watches;
	if (watch->next != NULL)
		watch->next->previous = watch;
	topic->watches = watch;
}

void
topic_leave(struct watch *watch)
{
	struct topic *topic = g_steal_pointer(&watch->topic);

	if (topic == NULL)
		return;
	*(watch->previous == NULL ? &topic->watches : &watch->previous->next) = watch->next;
	if (watch->next != NULL)
		watch->next->previous = watch->previous;
	if (topic->watches == NULL)
		g_hash_table_remove(watch->socket->hub->topics, topic);
}

/* One event on its way to those who watch: encoded at most once for each audience. */
struct telling {
	struct hub *hub;
	const struct event *event;
	struct packet *packets[AUDIENCES];
	bool is_made[AUDIENCES];
};

static void
tell(struct telling *telling, struct socket *socket)
{
	enum audience audience = socket_audience(socket);
	GString *text = telling->hub->text;

	if (!telling->is_made[audience]) {
		telling->is_made[audience] = true;
		g_string_truncate(text, 0);
		if (event_out(text, telling->event, audience))
			telling->packets[audience] = packet_new(FRAME_TEXT, text->str, text->len);
	}
	if (telling->packets[audience] != NULL)
		socket_send(socket, telling->packets[audience]);
}

static void
telling_end(struct telling *telling)
{
	for (enum audience audience = 0; audience < AUDIENCES; audience++)
		packet_unref(telling->packets[audience]);
}

void
topic_told(struct hub *hub, const struct event *event)
{
	struct topic *topic = g_hash_table_lookup(hub->topics, &event->topic);
	struct telling telling = { .hub = hub, .event = event };
	const struct item_added *added = event->kind == EVENT_ITEM_ADDED ? event->body : NULL;

	/* Telling may close a socket, which drops its own watches only: `next` stays. */
	for (struct watch *watch = topic == NULL ? NULL : topic->watches, *next; watch != NULL; watch = next) {
		next = watch->next;
		if (event->kind == EVENT_ITEM_ADDED)
			typing_outdate(watch);
		/* What is not known in full is read: the pages have items and readings. */
		if ((event->kind != EVENT_ITEM_ADDED && event->body != NULL) ||
		    watch_takes(watch, added == NULL ? INT64_MAX : added->item.seq))
			tell(&telling, watch->socket);
	}
	telling_end(&telling);
}
