/*
 * Tickets: each opens one WebSocket, once, within LIMIT_TICKET_SECONDS, for whoever made it (docs/protocol.md, 4).
 *
 * They live in memory only, by their digest: after a restart a client makes a new one. A ticket of a session dies with the
 * session. At most LIMIT_TICKETS at a time. Loop thread; time comes in.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "edge/edge.h"

struct ticket_table *ticket_table_new(void);
void ticket_table_free(struct ticket_table *table);

/* Keeps `token` (made by the caller, random) as a ticket for `credential`, a SESSION or VISITOR. False: there are too many. */
bool ticket_add(struct ticket_table *table, const char *token, const struct credential *credential, int64_t now_ms);

/* Uses the ticket up and says whose it is. False: there is no such ticket, it is used or too old, or its visitor is known no more. */
bool ticket_use(struct ticket_table *table, const char *token, int64_t now_ms, struct credential *credential);

/* Forgets the tickets of a session that has ended; and does so by itself whenever the bus tells of one. */
void ticket_forget_session(struct ticket_table *table, int64_t session_id);
void ticket_listen(struct ticket_table *table, struct bus *bus);

unsigned ticket_table_count(const struct ticket_table *table);
