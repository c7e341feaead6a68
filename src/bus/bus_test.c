/* Facts about the bus. */
#include "bus/bus.h"
#include "tests/kit/facts.h"

struct heard {
	unsigned count, kinds[8];
};

static void
listen_to(void *data, const struct event *event)
{
	struct heard *heard = data;

	heard->kinds[heard->count++] = event->kind;
}

/* Whatever kind of bus it is. */
static void
check(struct bus *bus)
{
	struct event second = { .kind = 2, .topic = 5 }, first = { .next = &second, .kind = 1, .topic = 5 };
	struct heard ann = { 0 }, ben = { 0 };

	bus_publish(bus, &first);
	bus_subscribe(bus, listen_to, &ann);
	bus_subscribe(bus, listen_to, &ben);
	bus_publish(bus, &first);
	bus_publish(bus, NULL);
	assert_int_equal(ann.count, 2);
	assert_int_equal(ann.kinds[0], 1);
	assert_int_equal(ann.kinds[1], 2);
	assert_int_equal(ben.count, 2);
}

TEST(every_subscriber_hears_every_event_in_order)
{
	struct bus *bus = bus_local_new();

	check(bus);
	bus_free(bus);
}

TEST(the_recorder_keeps_what_was_published)
{
	struct bus *bus = bus_recorder_new();
	unsigned count;

	check(bus);

	const struct event *events = bus_recorder_events(bus, &count);

	assert_int_equal(count, 4);
	assert_int_equal(events[0].kind, 1);
	assert_int_equal(events[3].kind, 2);
	assert_int_equal(events[3].topic, 5);
	bus_free(bus);
}
