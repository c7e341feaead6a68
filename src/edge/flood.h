/*
 * Floods: how much a caller may ask for in a while (flood.def has the numbers).
 *
 * Token buckets, keyed by kind and caller (or site). A bucket that has filled up again is forgotten. When LIMIT_FLOOD_BUCKETS callers
 * are remembered and all of them are busy, every further one shares one bucket: memory stays bounded and strangers who come
 * by the million slow down each other only. Addresses of IPv6 count by their /64, which is one household.
 *
 * Soft state of the loop thread; time comes in. Non-goal: locking out anybody; a bucket is never empty for long.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "edge/command.h"
#include "edge/edge.h"

/* What a request counts against. */
enum flood_who { BY_ADDRESS, BY_VISITOR, BY_STAFF, BY_SITE, FLOOD_WHOS };

struct flood_table *flood_table_new(void);
void flood_table_free(struct flood_table *table);

/*
 * Counts one request of `kind` against the address and the credential. False: it is too many, and *retry_seconds (may be
 * NULL) says how long to wait; nothing was counted then. A NULL table allows everything (the setting
 * floods = off), and so does the desk's own credential.
 */
bool flood_allows(struct flood_table *table, enum flood kind, const char *address, const struct credential *credential,
    int64_t now_ms, int *retry_seconds);

/* The same for what begins at a site, whoever begins it. */
bool flood_allows_site(
    struct flood_table *table, enum flood kind, const char *site, int64_t now_ms, int *retry_seconds);

/* How many callers are remembered, for metrics. */
unsigned flood_table_count(const struct flood_table *table);
