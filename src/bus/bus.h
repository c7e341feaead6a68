/*
 * The bus: tells subscribers what has been committed.
 *
 * Everything happens on the loop thread, in commit order. A subscriber never calls a decision: it sends a new command.
 * Subscribers get events as *facts to look at*, and must bear getting one twice or learning of a gap (body == NULL means
 * "topic has news, look it up"): that is all that another machine's bus can promise.
 */
#pragma once

#include <stdint.h>

#include "store/work.h"

struct bus;

typedef void bus_listener(void *data, const struct event *event);

struct bus_ops {
	const char *name;
	void (*publish)(struct bus *bus, const struct event *events);
	void (*free)(struct bus *bus);
};

struct bus {
	const struct bus_ops *ops;
	struct bus_subscriber *subscribers;
};

struct bus *bus_local_new(void);

/* Keeps what was published, for tests: bus_recorder_events() gives copies of kind and topic, oldest first. */
struct bus *bus_recorder_new(void);
const struct event *bus_recorder_events(const struct bus *bus, unsigned *count);

void bus_subscribe(struct bus *bus, bus_listener *listener, void *data);
void bus_publish(struct bus *bus, const struct event *events); /* a list, in order */
void bus_free(struct bus *bus);

/* For the kinds of bus: gives one event to every subscriber. */
void bus_tell(struct bus *bus, const struct event *event);
