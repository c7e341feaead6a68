/*
 * Sockets, inside the hub: what hub.c, socket.c, watch.c and dispatch.c share. Nobody else includes this.
 *
 * A socket is *fresh* (heard of lately), *pinged* (silent for HUB_PING_SECONDS), *closing* (a close was sent, nothing is done for
 * it any more) or *gone* (its descriptor is closed; its memory stays until its last call has come back). The first three are
 * lists in the order of when they were heard, so that time looks at their heads only.
 *
 * An idle socket owns no buffer: bytes are read into one buffer of the hub, and only the rest of an unfinished message stays
 * with the socket (struct carry); what is sent waits in its outbox. Whoever is the same session or visitor is one *party*.
 */
#pragma once

#include <glib.h>

#include "base/limits.h"
#include "edge/frame.h"
#include "edge/hub.h"
#include "edge/outbox.h"

/* Close codes of ours (docs/protocol.md). */
enum socket_code {
	SOCKET_BAD_MESSAGE = 4400,
	SOCKET_SESSION_ENDED = 4401,
	SOCKET_SILENT = 4408,
	SOCKET_TOO_SLOW = 4410,
	SOCKET_TOO_FAST = 4429,
};

enum socket_state { SOCKET_FRESH, SOCKET_PINGED, SOCKET_CLOSING, SOCKET_GONE };
#define SOCKET_LISTS SOCKET_GONE

/* Sockets of one session or visitor. */
struct party {
	enum credential_kind kind;
	unsigned count;
	union {
		struct {
			int64_t session_id; /* CREDENTIAL_SESSION */
			int64_t person_id;  /* whose it is, once the name is known; else 0 */
		};
		char visitor[KEY_CHARS + 1]; /* CREDENTIAL_VISITOR */
	};
	struct socket *sockets;
	char *name;        /* as others see it (party.h); NULL: not known */
	uint32_t named_at; /* second of the hub at which the name was asked for; 0: never */
};

/* What is left of a message or frame that has not come whole. */
struct carry {
	GByteArray *message;
	uint8_t tail_size;
	uint8_t tail[FRAME_TAIL_BYTES];
};

struct socket {
	struct socket *next, *previous; /* in the list of its state */
	struct hub *hub;
	struct party *party; /* NULL once it is closing */
	struct socket *next_of_party;
	struct socket *next_to_flush;
	struct outbox *outbox;
	struct carry *carry;
	struct watch *watches;
	struct frame_reader reader;
	uint32_t heard_at;      /* second of the hub; of a closing one: when it was closed */
	uint32_t visible_until; /* second of the hub: until then somebody looks at its page */
	uint32_t ends_at;       /* second of the hub: then its visitor is known no more; 0: never */
	int fd;
	uint16_t calls;   /* of it that are under way, whoever asked for them */
	uint8_t commands; /* of these, what the client asked for */
	uint8_t watch_count;
	uint8_t state;
	bool is_to_flush : 1, wants_out : 1, has_paused : 1, is_visitor : 1;
	char address[];
};

struct socket_list {
	struct socket *first, *last;
};

/* As much as one read takes: a few hundred small messages, or one of the longest. */
#define HUB_INPUT_BYTES (LIMIT_FRAME_BYTES + FRAME_HEAD_BYTES)

struct hub {
	struct edge *edge;
	uv_loop_t *loop;
	uv_timer_t timer;
	uv_prepare_t prepare;
	uv_poll_t poll;
	unsigned handles; /* of these, not yet closed */
	int epoll;
	uint32_t seconds, beaten_at;
	uint32_t ends_at;    /* of its sockets the soonest; 0: none ends */
	uint64_t started_ms; /* of the loop's clock */
	bool is_stopping;

	struct socket_list lists[SOCKET_LISTS];
	struct socket *to_flush, *graves;
	GHashTable *parties; /* a set of struct party */
	struct standing *standing;
	GHashTable *topics;  /* a set of struct topic */
	GHashTable *viewers; /* sockets of staff to struct viewer (presence.c) */
	GHashTable *places;  /* ids of conversations to struct place (presence.c) */
	GHashTable *parts;   /* watches of staff to struct part (typing.c) */
	uint64_t told;       /* items that the bus has told of */
	GString *text;       /* for what is being encoded */
	struct hub_figures figures;
	uint8_t input[FRAME_TAIL_BYTES + HUB_INPUT_BYTES];
};

/* Makes a socket of a descriptor; the hub has listed it nowhere yet. */
struct socket *socket_new(struct hub *hub, int fd, const char *address);

/* The descriptor can be read from, or written to. */
void socket_readable(struct socket *socket);
void socket_take(struct socket *socket, const void *bytes, size_t size);

/* Sends it with the next flush; a socket that is closing, or reads too slowly, gets nothing more. */
void socket_send(struct socket *socket, struct packet *packet);

/* Whether so much waits for it that nothing more is read from the store to catch up; asked again after each flush. */
bool socket_has_plenty(const struct socket *socket);

/* Sends a text frame around what hub->text holds. */
void socket_send_text(struct socket *socket);

/* Writes what waits. */
void socket_flush(struct socket *socket);

/* Says why and stops doing anything for it; the descriptor is closed when the other side has, or soon. */
void socket_close(struct socket *socket, unsigned code, const char *reason);

/* Closes the descriptor at once. */
void socket_drop(struct socket *socket);

static inline bool
socket_is_open(const struct socket *socket)
{
	return socket->state < SOCKET_CLOSING;
}

/* A call of the socket comes back; the socket may be freed by the next hub_flush(). */
void socket_call_ends(struct socket *socket);

/* Moves it to the end of the list of another state. */
void hub_move(struct socket *socket, enum socket_state state);

/* It is queued for hub_flush(). */
void hub_wants_flush(struct socket *socket);

/* Out of its party, and into the grave when no call is under way. */
void hub_leave_party(struct socket *socket);
void hub_bury(struct socket *socket);

/* Asks epoll to say when the socket can be written to, or no longer. */
void hub_watch_output(struct socket *socket, bool is_wanted);

void hub_count_close(struct hub *hub, unsigned code);

/* Closes every socket of the session. */
void hub_session_ended(struct hub *hub, int64_t session_id);

/* Closes the sockets of a visitor that nobody is any more. */
void hub_visitor_moved(struct hub *hub, const char *visitor);

/* Lets staff come again: an event that cannot be looked up was missed. */
void hub_reconnect_staff(struct hub *hub);
