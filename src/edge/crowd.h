/*
 * The crowd: how many connections each address holds, so that one stranger cannot hold them all.
 *
 * HTTP connections and WebSockets count alike, and whoever has one of them open has entered the crowd for it and leaves it
 * at its end. An IPv6 address counts as its network (address.h). There is a row only for who is inside, so the table is
 * bounded by LIMIT_CONNECTIONS and LIMIT_SOCKETS. Loop thread. A crowd that is NULL has room for everybody.
 */
#pragma once

#include <stdbool.h>

struct crowd;

/* `max` is how many one address may hold; 0: any number. */
struct crowd *crowd_new(unsigned max);
void crowd_free(struct crowd *crowd);

/* Whether that address may hold one more. */
bool crowd_has_room(const struct crowd *crowd, const char *address);

/* Counts one more, whether there is room or not; and one less, of an address that has entered. */
void crowd_enter(struct crowd *crowd, const char *address);
void crowd_leave(struct crowd *crowd, const char *address);

/* How many that address holds, and how many addresses hold any. */
unsigned crowd_count(const struct crowd *crowd, const char *address);
unsigned crowd_addresses(const struct crowd *crowd);
