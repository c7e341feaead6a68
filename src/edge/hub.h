/*
 * The hub: every open WebSocket of the desk, and who is told what (docs/protocol.md, 4).
 *
 * It takes over a descriptor on which the handshake is done, reads and writes frames there (socket.h), turns messages into
 * commands (dispatch.h), and tells those who watch a conversation or the desk what was committed (watch.h). Made for very
 * many sockets that are idle: one costs a few hundred bytes, and an event costs only those who watch its topic.
 *
 * It has one epoll descriptor, one timer of a second and one prepare handle in the loop; whatever was queued for sockets goes
 * out before the loop sleeps, everything for one socket in one system call. Loop thread. Non-goals: the handshake, TLS.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "edge/edge.h"

struct hub;

/* Listens to the edge's bus, so it must live as long as that. */
struct hub *hub_new(struct edge *edge, uv_loop_t *loop);

/*
 * Takes over `fd`, also where it has to close it at once. `extra` is what came behind the handshake's head; `address` is the
 * caller's.
 */
void hub_accept(struct hub *hub, int fd, const struct credential *credential, const char *address, const void *extra,
    size_t extra_size);

/* Whether there are too many sockets already, of the desk or of this session or visitor; or the desk is stopping. */
bool hub_is_full(struct hub *hub, const struct credential *credential);

/* Whether somebody looks at a page of that session: one of its sockets said so within PRESENCE_SECONDS. */
bool hub_is_looked_at(const struct hub *hub, int64_t session_id);

/* Sends what is queued; called by the loop before it sleeps, and by who cannot wait for that. */
void hub_flush(struct hub *hub);

/* Tells every socket that the desk stops (1001). They are gone when hub_figures() says 0 sockets, within HUB_CLOSING_SECONDS. */
void hub_stop(struct hub *hub);

/* Closes what is left. Every call of its sockets must have ended: after crew_stop(). Its handles are closed with the loop's next run. */
void hub_free(struct hub *hub);

#define HUB_PING_SECONDS    20 /* of silence: then it is asked whether it is there */
#define HUB_SILENCE_SECONDS 45 /* of silence: then it is closed (4408) */
#define HUB_BEAT_SECONDS    10 /* between two notes that the sessions of staff are there */
#define HUB_CLOSING_SECONDS 5  /* what the other side may take to close as well */

/*
 * What time does: pings, and closes what is silent. The timer calls it every second with the seconds since hub_new(); the tests
 * call it with theirs. Time never goes back.
 */
void hub_tick(struct hub *hub, uint32_t seconds);

/* The close codes that are counted. */
#define HUB_CODES                                                                                                      \
	{                                                                                                              \
		1000, 1001, 1002, 1003, 1005, 1007, 1009, 1013, 4400, 4401, 4408, 4410, 4429                           \
	}
#define HUB_CODE_COUNT 13

/* Now, and since the start. */
struct hub_figures {
	unsigned sockets, watches, topics;
	uint64_t opened, messages_in, messages_out, bytes_in, bytes_out;
	uint64_t vanished;               /* without a close, or with a code that is not counted */
	uint64_t closed[HUB_CODE_COUNT]; /* by whichever side closed first, in the order of HUB_CODES */
};
void hub_figures(const struct hub *hub, struct hub_figures *figures);
