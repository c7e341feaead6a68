/* The local bus: one process, so a subscriber is a function that is called. See bus.h. */
#include "bus/bus.h"

#include <glib.h>

static void
publish(struct bus *bus, const struct event *events)
{
	for (const struct event *event = events; event != NULL; event = event->next)
		bus_tell(bus, event);
}

static void
free_bus(struct bus *bus)
{
	g_free(bus);
}

static const struct bus_ops ops = { .name = "local", .publish = publish, .free = free_bus };

struct bus *
bus_local_new(void)
{
	struct bus *bus = g_new0(struct bus, 1);

	bus->ops = &ops;
	return bus;
}
