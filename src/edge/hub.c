/* The hub: see hub.h and socket.h. */
#include "edge/hub.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "edge/crowd.h"
#include "edge/presence.h"
#include "edge/seen.h"
#include "edge/socket.h"
#include "edge/standing.h"
#include "edge/topic.h"
#include "edge/typing.h"
#include "edge/watch.h"

/* Sockets looked at before the loop does something else. */
#define HUB_READY_SOCKETS 128

static guint
party_hash(gconstpointer key)
{
	const struct party *party = key;

	return party->kind == CREDENTIAL_VISITOR ? g_str_hash(party->visitor) : g_int64_hash(&party->session_id);
}

static gboolean
party_equal(gconstpointer one, gconstpointer other)
{
	const struct party *a = one, *b = other;

	if (a->kind != b->kind)
		return false;
	return a->kind == CREDENTIAL_VISITOR ? strcmp(a->visitor, b->visitor) == 0 : a->session_id == b->session_id;
}

static struct party
party_key(const struct credential *credential)
{
	struct party key = { .kind = credential->kind };

	if (credential->kind == CREDENTIAL_VISITOR)
		memcpy(key.visitor, credential->visitor, sizeof(key.visitor));
	else
		key.session_id = credential->session_id;
	return key;
}

static void
party_free(gpointer party)
{
	g_free(((struct party *)party)->name);
	g_free(party);
}

static void
join_party(struct socket *socket, const struct credential *credential)
{
	struct hub *hub = socket->hub;
	struct party key = party_key(credential), *party = g_hash_table_lookup(hub->parties, &key);

	if (party == NULL) {
		party = g_memdup2(&key, sizeof(key));
		g_hash_table_add(hub->parties, party);
	}
	party->count++;
	socket->party = party;
	socket->next_of_party = party->sockets;
	party->sockets = socket;
}

void
hub_leave_party(struct socket *socket)
{
	struct party *party = g_steal_pointer(&socket->party);
	struct socket **at = &party->sockets;

	while (*at != socket)
		at = &(*at)->next_of_party;
	*at = socket->next_of_party;
	if (--party->count == 0)
		g_hash_table_remove(socket->hub->parties, party);
}

static void
list_remove(struct socket_list *list, struct socket *socket)
{
	*(socket->previous == NULL ? &list->first : &socket->previous->next) = socket->next;
	*(socket->next == NULL ? &list->last : &socket->next->previous) = socket->previous;
}

static void
list_add(struct socket_list *list, struct socket *socket)
{
	socket->next = NULL;
	socket->previous = list->last;
	*(list->last == NULL ? &list->first : &list->last->next) = socket;
	list->last = socket;
}

void
hub_move(struct socket *socket, enum socket_state state)
{
	struct socket_list *lists = socket->hub->lists;

	list_remove(&lists[socket->state], socket);
	socket->state = state;
	if (state != SOCKET_GONE)
		list_add(&lists[state], socket);
}

void
hub_bury(struct socket *socket)
{
	if (socket->state != SOCKET_GONE || socket->calls > 0)
		return;
	socket->next = socket->hub->graves;
	socket->hub->graves = socket;
}

void
hub_wants_flush(struct socket *socket)
{
	if (socket->is_to_flush)
		return;
	socket->is_to_flush = true;
	socket->next_to_flush = socket->hub->to_flush;
	socket->hub->to_flush = socket;
}

void
hub_flush(struct hub *hub)
{
	struct socket *socket;

	while ((socket = hub->to_flush) != NULL) {
		hub->to_flush = socket->next_to_flush;
		socket->is_to_flush = false;
		if (socket->state != SOCKET_GONE)
			socket_flush(socket);
	}
	while ((socket = hub->graves) != NULL) {
		hub->graves = socket->next;
		g_free(socket);
	}
}

static bool
epoll_tell(struct socket *socket, int operation, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = socket };

	return epoll_ctl(socket->hub->epoll, operation, socket->fd, &event) == 0;
}

void
hub_watch_output(struct socket *socket, bool is_wanted)
{
	if (socket->wants_out == is_wanted)
		return;
	socket->wants_out = is_wanted;
	if (!epoll_tell(socket, EPOLL_CTL_MOD, is_wanted ? EPOLLIN | EPOLLOUT : EPOLLIN))
		g_error("epoll_ctl: %s", g_strerror(errno));
}

static void
on_ready(uv_poll_t *poll, int status, int events)
{
	struct hub *hub = poll->data;
	struct epoll_event ready[HUB_READY_SOCKETS];
	int count = epoll_wait(hub->epoll, ready, HUB_READY_SOCKETS, 0);

	(void)status, (void)events;
	for (int i = 0; i < count; i++) {
		struct socket *socket = ready[i].data.ptr;

		/* Nobody is freed before the flush, so a pointer to one that is gone by now is still good. */
		if ((ready[i].events & EPOLLOUT) != 0 && socket->state != SOCKET_GONE)
			socket_flush(socket);
		if ((ready[i].events & ~(uint32_t)EPOLLOUT) != 0 && socket->state != SOCKET_GONE)
			socket_readable(socket);
	}
	hub_flush(hub);
}

static void
on_timer(uv_timer_t *timer)
{
	struct hub *hub = timer->data;

	hub_tick(hub, (uint32_t)((uv_now(hub->loop) - hub->started_ms) / 1000));
}

static void
on_prepare(uv_prepare_t *prepare)
{
	hub_flush(prepare->data);
}

/* The first of a list when it was heard `seconds` ago or longer. */
static struct socket *
overdue(struct hub *hub, enum socket_state state, uint32_t seconds)
{
	struct socket *first = hub->lists[state].first;

	return first != NULL && hub->seconds - first->heard_at >= seconds ? first : NULL;
}

static void
ping(struct socket *socket)
{
	struct packet *packet = packet_new(FRAME_PING, NULL, 0);

	outbox_add(&socket->outbox, packet);
	packet_unref(packet);
	hub_wants_flush(socket);
	hub_move(socket, SOCKET_PINGED);
}

/* When a session's sockets were last heard of, in seconds of the hub. */
static uint32_t
party_heard_at(const struct party *party)
{
	uint32_t heard_at = 0;

	for (const struct socket *socket = party->sockets; socket != NULL; socket = socket->next_of_party)
		heard_at = MAX(heard_at, socket->heard_at);
	return heard_at;
}

/* Notes of staff that their pages are there: a socket that is silent longer than a ping's time may be dead. */
static void
beat(struct hub *hub)
{
	struct party *party;
	GHashTableIter iter;

	if (hub->seconds - hub->beaten_at < HUB_BEAT_SECONDS || hub->is_stopping)
		return;
	hub->beaten_at = hub->seconds;
	g_hash_table_iter_init(&iter, hub->parties);
	while (g_hash_table_iter_next(&iter, (void **)&party, NULL)) {
		uint32_t silent = hub->seconds - party_heard_at(party);

		if (party->kind == CREDENTIAL_SESSION && silent <= HUB_PING_SECONDS)
			seen_at(hub->edge, party->session_id, clock_now_ms(hub->edge->clock) - silent * MS_PER_SECOND);
	}
}

/* The first second of the hub at which a credential has ended that ends at `until`; 0: it never does. */
static uint32_t
second_after(const struct hub *hub, int64_t until)
{
	int64_t left_ms = until - clock_now_ms(hub->edge->clock);

	return until == 0 ? 0 : hub->seconds + 1 + (uint32_t)(MAX(left_ms, 0) / MS_PER_SECOND);
}

/* Closes the sockets of visitors whose signature has ended: their tokens show nothing any more, so nor do these. */
static void
end_known(struct hub *hub)
{
	uint32_t soonest = 0;

	if (hub->ends_at == 0 || hub->seconds < hub->ends_at)
		return;
	for (enum socket_state state = SOCKET_FRESH; state <= SOCKET_PINGED; state++) {
		for (struct socket *socket = hub->lists[state].first, *next; socket != NULL; socket = next) {
			next = socket->next;
			if (socket->ends_at == 0)
				continue;
			if (socket->ends_at <= hub->seconds)
				socket_close(socket, SOCKET_SESSION_ENDED, "the signature has ended");
			else if (soonest == 0 || socket->ends_at < soonest)
				soonest = socket->ends_at;
		}
	}
	hub->ends_at = soonest;
}

void
hub_tick(struct hub *hub, uint32_t seconds)
{
	struct socket *socket;

	hub->seconds = MAX(hub->seconds, seconds);
	while ((socket = overdue(hub, SOCKET_FRESH, HUB_PING_SECONDS)) != NULL)
		ping(socket);
	while ((socket = overdue(hub, SOCKET_PINGED, HUB_SILENCE_SECONDS)) != NULL)
		socket_close(socket, SOCKET_SILENT, "nothing heard");
	while ((socket = overdue(hub, SOCKET_CLOSING, HUB_CLOSING_SECONDS)) != NULL)
		socket_drop(socket);
	end_known(hub);
	presence_tick(hub);
	standing_tick(hub->standing);
	beat(hub);
	hub_flush(hub);
}

static void
end_party(struct hub *hub, const struct party *key, const char *why)
{
	struct party *party;

	/* The party goes with its last socket. */
	while ((party = g_hash_table_lookup(hub->parties, key)) != NULL)
		socket_close(party->sockets, SOCKET_SESSION_ENDED, why);
}

void
hub_session_ended(struct hub *hub, int64_t session_id)
{
	end_party(hub, &(struct party) { .kind = CREDENTIAL_SESSION, .session_id = session_id }, "the session ended");
}

bool
hub_is_looked_at(const struct hub *hub, int64_t session_id)
{
	const struct party key = { .kind = CREDENTIAL_SESSION, .session_id = session_id },
			   *party = g_hash_table_lookup(hub->parties, &key);

	for (const struct socket *socket = party == NULL ? NULL : party->sockets; socket != NULL;
	     socket = socket->next_of_party) {
		if (hub->seconds < socket->visible_until)
			return true;
	}
	return false;
}

void
hub_visitor_moved(struct hub *hub, const char *visitor)
{
	struct party key = { .kind = CREDENTIAL_VISITOR };

	g_strlcpy(key.visitor, visitor, sizeof key.visitor);
	end_party(hub, &key, "the visitor is known under another name");
}

void
hub_reconnect_staff(struct hub *hub)
{
	for (enum socket_state state = SOCKET_FRESH; state <= SOCKET_PINGED; state++) {
		for (struct socket *socket = hub->lists[state].first, *next; socket != NULL; socket = next) {
			next = socket->next;
			if (!socket->is_visitor)
				socket_close(socket, FRAME_GOING_AWAY, "connect again");
		}
	}
}

static void
handle_add(struct hub *hub, uv_handle_t *handle)
{
	handle->data = hub;
	hub->handles++;
	/* The hub alone keeps no loop running. */
	uv_unref(handle);
}

struct hub *
hub_new(struct edge *edge, uv_loop_t *loop)
{
	struct hub *hub = g_new0(struct hub, 1);

	hub->edge = edge;
	hub->loop = loop;
	hub->started_ms = uv_now(loop);
	hub->text = g_string_sized_new(1024);
	hub->parties = g_hash_table_new_full(party_hash, party_equal, party_free, NULL);
	hub->topics = topics_new();
	hub->standing = standing_new(hub);
	presence_init(hub);
	typing_init(hub);
	hub->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (hub->epoll < 0 || uv_poll_init(loop, &hub->poll, hub->epoll) != 0)
		g_error("epoll: %s", g_strerror(errno));
	uv_timer_init(loop, &hub->timer);
	uv_prepare_init(loop, &hub->prepare);
	uv_timer_start(&hub->timer, on_timer, 1000, 1000);
	uv_prepare_start(&hub->prepare, on_prepare);
	uv_poll_start(&hub->poll, UV_READABLE, on_ready);
	handle_add(hub, (uv_handle_t *)&hub->timer);
	handle_add(hub, (uv_handle_t *)&hub->prepare);
	handle_add(hub, (uv_handle_t *)&hub->poll);
	bus_subscribe(edge->bus, watch_listen, hub);
	return hub;
}

bool
hub_is_full(struct hub *hub, const struct credential *credential)
{
	struct party key = party_key(credential), *party = g_hash_table_lookup(hub->parties, &key);

	return hub->is_stopping || hub->figures.sockets >= LIMIT_SOCKETS ||
	    (party != NULL && party->count >= LIMIT_SOCKETS_PER_SESSION);
}

/* What a descriptor needs that came from elsewhere; a socket pair of the tests has no TCP_NODELAY. */
static void
prepare_descriptor(int fd)
{
	int yes = 1;

	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
}

void
hub_accept(struct hub *hub, int fd, const struct credential *credential, const char *address, const void *extra,
    size_t extra_size)
{
	bool is_full = hub_is_full(hub, credential);
	struct socket *socket = socket_new(hub, fd, address);

	prepare_descriptor(fd);
	if (!epoll_tell(socket, EPOLL_CTL_ADD, EPOLLIN)) {
		log_line(LOG_WARNING, "hub.refused", "why", g_strerror(errno), NULL);
		close(fd);
		g_free(socket);
		return;
	}
	socket->is_visitor = credential->kind == CREDENTIAL_VISITOR;
	socket->ends_at = second_after(hub, credential->visitor_until);
	if (socket->ends_at != 0 && (hub->ends_at == 0 || socket->ends_at < hub->ends_at))
		hub->ends_at = socket->ends_at;
	list_add(&hub->lists[SOCKET_FRESH], socket);
	join_party(socket, credential);
	crowd_enter(hub->edge->crowd, address);
	hub->figures.opened++;
	hub->figures.sockets++;
	if (is_full)
		socket_close(socket, hub->is_stopping ? FRAME_GOING_AWAY : FRAME_TRY_LATER, "too many sockets");
	socket_take(socket, extra, extra_size);
	hub_wants_flush(socket);
}

void
hub_stop(struct hub *hub)
{
	hub->is_stopping = true;
	for (enum socket_state state = SOCKET_FRESH; state <= SOCKET_PINGED; state++) {
		while (hub->lists[state].first != NULL)
			socket_close(hub->lists[state].first, FRAME_GOING_AWAY, "the desk stops");
	}
	hub_flush(hub);
}

static void
on_closed(uv_handle_t *handle)
{
	struct hub *hub = handle->data;

	if (--hub->handles > 0)
		return;
	close(hub->epoll);
	g_free(hub);
}

void
hub_free(struct hub *hub)
{
	for (enum socket_state state = SOCKET_FRESH; state < SOCKET_LISTS; state++) {
		while (hub->lists[state].first != NULL)
			socket_drop(hub->lists[state].first);
	}
	hub_flush(hub);
	presence_clear(hub);
	typing_clear(hub);
	standing_free(hub->standing);
	g_hash_table_destroy(hub->topics);
	g_hash_table_destroy(hub->parties);
	g_string_free(hub->text, TRUE);
	uv_close((uv_handle_t *)&hub->timer, on_closed);
	uv_close((uv_handle_t *)&hub->prepare, on_closed);
	uv_close((uv_handle_t *)&hub->poll, on_closed);
}

void
hub_count_close(struct hub *hub, unsigned code)
{
	static const unsigned codes[HUB_CODE_COUNT] = HUB_CODES;

	for (unsigned i = 0; i < HUB_CODE_COUNT; i++) {
		if (codes[i] == code) {
			hub->figures.closed[i]++;
			return;
		}
	}
	hub->figures.vanished++;
}

void
hub_figures(const struct hub *hub, struct hub_figures *figures)
{
	*figures = hub->figures;
	figures->topics = g_hash_table_size(hub->topics);
}
