/* The bus: see bus.h. What every kind of bus shares: the subscribers, in the order in which they came. */
#include "bus/bus.h"

#include <glib.h>

struct bus_subscriber {
	struct bus_subscriber *next;
	bus_listener *listener;
	void *data;
};

void
bus_subscribe(struct bus *bus, bus_listener *listener, void *data)
{
	struct bus_subscriber *subscriber = g_new0(struct bus_subscriber, 1), **end = &bus->subscribers;

	subscriber->listener = listener;
	subscriber->data = data;
	while (*end != NULL)
		end = &(*end)->next;
	*end = subscriber;
}

void
bus_tell(struct bus *bus, const struct event *event)
{
	for (struct bus_subscriber *subscriber = bus->subscribers; subscriber != NULL; subscriber = subscriber->next)
		subscriber->listener(subscriber->data, event);
}

void
bus_publish(struct bus *bus, const struct event *events)
{
	bus->ops->publish(bus, events);
}

void
bus_free(struct bus *bus)
{
	struct bus_subscriber *next;

	for (struct bus_subscriber *subscriber = bus->subscribers; subscriber != NULL; subscriber = next) {
		next = subscriber->next;
		g_free(subscriber);
	}
	bus->ops->free(bus);
}
