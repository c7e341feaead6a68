/*
 * Presence, inside the hub: which colleagues have a conversation on their screen, and whether they are writing in it, so that
 * two do not answer at the same time. Soft: kept in memory only, and never shown to visitors.
 *
 * A socket *views* at most one of the conversations that it watches, so there are at most as many *viewers* as sockets of staff; a
 * visitor's socket costs nothing for it. A viewer that is not renewed fades after PRESENCE_SECONDS. Whoever of staff watches the
 * conversation, or the desk, is told of a change: at once, and then at most once a second for each conversation.
 */
#pragma once

#include "edge/watch.h"

#define PRESENCE_SECONDS 25

void presence_init(struct hub *hub);
void presence_clear(struct hub *hub);

/* The socket of this watch, which is staff's, views its conversation from now on. */
void presence_view(struct watch *watch, bool is_composing);

/* It views that conversation no longer; NULL: nor any other. */
void presence_leave(struct socket *socket, const char *key);

/* Tells one who has just begun to watch what there is to see. */
void presence_show(struct watch *watch);

/* Lets fade what was not renewed, and tells what has changed. Every second. */
void presence_tick(struct hub *hub);
