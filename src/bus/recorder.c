/* The recorder: a local bus that also keeps what was published, for tests. See bus.h. */
#include "bus/bus.h"

#include <glib.h>

struct recorder {
	struct bus base; /* first */
	GArray *events;  /* of struct event, without body */
};

static void
publish(struct bus *bus, const struct event *events)
{
	struct recorder *recorder = (struct recorder *)bus;

	for (const struct event *event = events; event != NULL; event = event->next) {
		struct event kept = { .kind = event->kind, .topic = event->topic };

		g_array_append_val(recorder->events, kept);
		bus_tell(bus, event);
	}
}

static void
free_bus(struct bus *bus)
{
	struct recorder *recorder = (struct recorder *)bus;

	g_array_unref(recorder->events);
	g_free(recorder);
}

static const struct bus_ops ops = { .name = "recorder", .publish = publish, .free = free_bus };

struct bus *
bus_recorder_new(void)
{
	struct recorder *recorder = g_new0(struct recorder, 1);

	recorder->base.ops = &ops;
	recorder->events = g_array_new(FALSE, FALSE, sizeof(struct event));
	return &recorder->base;
}

const struct event *
bus_recorder_events(const struct bus *bus, unsigned *count)
{
	const struct recorder *recorder = (const struct recorder *)bus;

	g_assert(bus->ops == &ops);
	*count = recorder->events->len;
	return (const struct event *)(const void *)recorder->events->data;
}
