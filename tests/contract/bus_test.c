/*
 * The contract of the bus, with every store below: what was committed is told once, in the order of the commits, to every
 * subscriber; what was not committed is never told (P8).
 */
#include <talloc.h>

#include "bus/bus.h"
#include "sql/contract_sql.h"
#include "tests/contract/engines.h"

static struct bus *(*const buses[])(void) = { bus_local_new, bus_recorder_new };

/* A desk in miniature: works go through a crew, and `done` publishes what was committed. */
struct mill {
	struct bus *bus;
	struct crew *crew;
	GArray *heard; /* of int64_t: topics, as the first subscriber heard them */
	unsigned second;
};

struct grain {
	struct work work; /* first */
	struct mill *mill;
	int64_t topic;
	bool is_refused;
};

static void
hear(void *data, const struct event *event)
{
	struct mill *mill = data;

	g_array_append_val(mill->heard, event->topic);
}

static void
hear_too(void *data, const struct event *event)
{
	(void)event;
	++*(unsigned *)data;
}

static gboolean
grind(struct tx *tx, struct work *work, GError **error)
{
	struct grain *grain = (struct grain *)work;

	return contract_sql_put(tx, tx_text(tx, "topic %" G_GINT64_FORMAT, grain->topic), "", 0, 1, error) &&
	    tx_tell(tx, 1, grain->topic, NULL) && tx_tell(tx, 2, grain->topic, NULL) &&
	    (!grain->is_refused || refuse(error, REFUSED_STATE, NULL, "not this one"));
}

static void
ground(struct work *work)
{
	struct grain *grain = (struct grain *)work;

	if (work->error == NULL)
		bus_publish(grain->mill->bus, work->events);
	g_clear_error(&work->error);
	talloc_free(work->memory);
}

static void
put(struct mill *mill, int64_t topic, bool is_refused)
{
	void *memory = talloc_new(NULL);
	struct grain *grain = talloc_zero(memory, struct grain);

	*grain = (struct grain) { .work = { .memory = memory, .run = grind, .done = ground },
		.mill = mill,
		.topic = topic,
		.is_refused = is_refused };
	ASSERT_OK(crew_write(mill->crew, &grain->work, &error));
}

static void
mill_begin(struct mill *mill, struct bench *bench, struct bus *bus)
{
	*mill = (struct mill) { .bus = bus, .heard = g_array_new(FALSE, FALSE, sizeof(int64_t)) };
	ASSERT_OK((mill->crew = crew_direct(bench->store, &error)) != NULL);
	bus_subscribe(bus, hear, mill);
	bus_subscribe(bus, hear_too, &mill->second);
}

static void
mill_end(struct mill *mill)
{
	crew_stop(mill->crew);
	bus_free(mill->bus);
	g_array_unref(mill->heard);
}

static void
must_have_heard(const struct mill *mill, const int64_t *topics, unsigned length)
{
	assert_int_equal(mill->heard->len, length);
	assert_int_equal(mill->second, length);
	for (unsigned i = 0; i < length; i++)
		assert_int_equal(g_array_index(mill->heard, int64_t, i), topics[i]);
}

CONTRACT(what_is_committed_is_told_once_in_order_and_what_is_not_is_never_told)
{
	static const int64_t topics[] = { 1, 1, 3, 3, 6, 6, 7, 7 };

	for (size_t i = 0; i < G_N_ELEMENTS(buses); i++) {
		struct mill mill;

		mill_begin(&mill, bench, buses[i]());
		put(&mill, 1, false);
		put(&mill, 2, true);
		put(&mill, 3, false);
		crew_fail_next(mill.crew, CREW_LOST);
		put(&mill, 4, false);
		crew_fail_next(mill.crew, CREW_UNANSWERED);
		put(&mill, 5, false);
		crew_hold(mill.crew);
		put(&mill, 6, false);
		put(&mill, 8, true);
		put(&mill, 7, false);
		assert_int_equal(mill.heard->len, 4);
		crew_fail_next(mill.crew, CREW_LOST);
		crew_let_go(mill.crew);
		must_have_heard(&mill, topics, G_N_ELEMENTS(topics));
		mill_end(&mill);
	}
}

CONTRACT(a_recorder_keeps_what_was_told)
{
	struct mill mill;
	unsigned count;
	const struct event *events;

	mill_begin(&mill, bench, bus_recorder_new());
	put(&mill, 9, false);
	events = bus_recorder_events(mill.bus, &count);
	assert_int_equal(count, 2);
	assert_int_equal(events[0].kind, 1);
	assert_int_equal(events[1].kind, 2);
	assert_int_equal(events[1].topic, 9);
	mill_end(&mill);
}
