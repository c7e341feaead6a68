/*
 * Watches, inside the hub: which socket follows which conversation, or the desk, and from where on.
 *
 * A watch is *catching up* until it has been sent everything that the log holds, by reading pages with the socket's own
 * credential (so whoever may not read may not watch); then it is *live* and is sent each item as it is committed. Between the
 * two nothing is missed: what is told while a page is being read makes it read again. The cursor of a watch is the seq up
 * to which it was sent everything that it may see; a told item that does not follow it (a gap) makes it catch up as well.
 *
 * Watches of one conversation hang on its *topic* (topic.h). Catching up waits while more than WATCH_OUTPUT_BYTES wait for a
 * slow reader.
 */
#pragma once

#include "bus/bus.h"
#include "edge/socket.h"

#define WATCH_OUTPUT_BYTES (LIMIT_SOCKET_OUTPUT_BYTES / 4)

struct catching;
struct topic;

struct watch {
	struct watch *next_of_socket;
	struct watch *next, *previous; /* in the topic */
	struct socket *socket;
	struct topic *topic;       /* NULL until the first page said which */
	struct catching *catching; /* NULL: live */
	int64_t cursor;
};

/* A bus_listener; its data is the hub. */
void watch_listen(void *data, const struct event *event);

/* Follows a conversation from `since` on, answering `re` once it is live; again for one that is followed: from there. */
void watch_conversation(struct socket *socket, const char *re, const char *key, int64_t since);

/* Follows the desk, for who may list its chats. */
void watch_desk(struct socket *socket, const char *re);

/* Stops following; NULL is the desk. What is not followed is fine. */
void watch_end(struct socket *socket, const char *key);
void watch_drop_all(struct socket *socket);

/* The watch of a conversation that the socket was let in to, or NULL. */
struct watch *watch_find(struct socket *socket, const char *key);

/* Goes on with what waited for the socket's output. */
void watch_resume(struct socket *socket);

/*
 * Whether a told item of that seq (INT64_MAX: of unknown seq) is what comes next on the watch, and so is to be sent. Where it
 * is not, the watch sees to it by itself: it has it already, or catches up.
 */
bool watch_takes(struct watch *watch, int64_t seq);
