/*
 * Standing, inside the hub: visitors who wait are told where they stand (line.moved), while they watch their conversation.
 *
 * Whatever may have moved the line makes it *due*; once a second at most, and once a minute because of the opening hours, one
 * query reads the whole line, and who watches and stands elsewhere than it was told last is told. A place that was told never rises, nor does a wait of minutes
 * (0 is "soon": it may turn into minutes).
 * The table of what was told is as long as the line.
 */
#pragma once

#include "bus/bus.h"
#include "edge/socket.h"

struct standing;

struct standing *standing_new(struct hub *hub);
void standing_free(struct standing *standing);

/* Something was told that may have moved the line. */
void standing_listen(struct standing *standing, const struct event *event);

/* A second has passed. */
void standing_tick(struct standing *standing);
