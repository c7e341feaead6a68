/*
 * Serving: the wiring of a running desk: store, crew, bus, edge, HTTP, sockets, jobs and signals, on one loop.
 *
 * Starts from the store upwards and stops from the outside inwards: no new requests, then what is under way is answered,
 * sockets are told (1001), the writer finishes its queue, the store closes. A stop ends no chat: visitors and advisors
 * connect again and go on (docs/operate/upgrade.md).
 *
 * SIGTERM and SIGINT stop; a second one stops at once. SIGHUP reads the log level anew. The loop's thread.
 */
#pragma once

#include "app/place.h"

struct serving;

/* Everything is listening when it returns; what is made for a desk that is new has been made. */
CHECKED struct serving *serving_start(struct place *place, GError **error);

/* The address to open, and the first-run code, or NULL where the desk has its people. */
const char *serving_base_url(const struct serving *serving);
const char *serving_first_code(const struct serving *serving);

/* Serves until a signal says stop, and frees everything. */
void serving_run(struct serving *serving);
