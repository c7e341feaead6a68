/*
 * Topics, inside the hub: what is watched, and who is told of what happens there.
 *
 * A topic is a conversation, found by its row id, or the desk, which is 0. It exists while somebody watches it, and its watches
 * hang on it (watch.h). What is told is encoded at most once for staff and once for visitors, however many watch.
 */
#pragma once

#include "bus/bus.h"
#include "edge/event_shapes.h"
#include "edge/watch.h"

#define TOPIC_DESK 0

struct topic {
	int64_t id; /* first: what the hub's set goes by */
	struct watch *watches;
	char key[KEY_CHARS + 1]; /* public id; empty for the desk */
};

/* An empty set of topics. */
GHashTable *topics_new(void);

/* The watch hangs on that topic, which is made where there is none; or on none any more. */
void topic_join(struct watch *watch, int64_t id, const char *key);
void topic_leave(struct watch *watch);

/* Sends what was told to those who watch its topic and may see it. */
void topic_told(struct hub *hub, const struct event *event);

static inline enum audience
socket_audience(const struct socket *socket)
{
	return socket->is_visitor ? AUDIENCE_VISITOR : AUDIENCE_STAFF;
}
