/* Watches: see watch.h. */
#include "edge/watch.h"

#include <string.h>
#include <talloc.h>

#include "desk/chat/chat.h"
#include "desk/conversation/conversation.h"
#include "desk/people/session.h"
#include "desk/reading/reading.h"
#include "desk/visitor/visitor.h"
#include "edge/dispatch.h"
#include "edge/event_shapes.h"
#include "edge/json_out.h"
#include "edge/presence.h"
#include "edge/shapes.h"
#include "edge/standing.h"
#include "edge/topic.h"
#include "edge/typing.h"

/* A page is at least this long, or a log of long messages would be read row by row. */
#define PAGE_ROWS_MIN 16

/* How a watch catches up. It outlives the watch while a call of it is under way. */
struct catching {
	struct socket *socket;
	struct watch *watch; /* NULL: given up */
	char *re;            /* who waits for the ok; NULL: was answered before */
	int64_t newest;      /* seq told since the reading began; INT64_MAX: there is news of unknown seq */
	uint64_t told;       /* hub->told when the reading began */
	unsigned rows;       /* of the next page */
	bool is_reading, is_paused;
	char key[KEY_CHARS + 1];
};

static const char *
key_of(const struct watch *watch)
{
	return watch->topic != NULL ? watch->topic->key : watch->catching->key;
}

/* The watch of that key, let in or not; "" is the desk's. */
static struct watch *
find(struct socket *socket, const char *key)
{
	struct watch *watch = socket->watches;

	while (watch != NULL && strcmp(key_of(watch), key) != 0)
		watch = watch->next_of_socket;
	return watch;
}

struct watch *
watch_find(struct socket *socket, const char *key)
{
	struct watch *watch = find(socket, key);

	return watch != NULL && watch->topic != NULL ? watch : NULL;
}

static void
catching_free(struct catching *catching)
{
	g_free(catching->re);
	g_free(catching);
}

/* Gives up catching up; who waited for it is told `why`, unless that is NULL. */
static void
catching_end(struct watch *watch, const char *why)
{
	struct catching *catching = g_steal_pointer(&watch->catching);

	if (catching == NULL)
		return;
	if (catching->re != NULL && why != NULL) {
		g_autoptr(GError) error = NULL;

		(void)refuse(&error, REFUSED_STATE, NULL, "%s", why);
		answer_problem(watch->socket, catching->re, error);
	}
	catching->watch = NULL;
	if (!catching->is_reading)
		catching_free(catching);
}

static void
watch_drop(struct watch *watch, const char *why)
{
	struct socket *socket = watch->socket;
	struct watch **at = &socket->watches;

	if (!socket->is_visitor && watch->topic != NULL && watch->topic->id != TOPIC_DESK)
		presence_leave(socket, watch->topic->key);
	typing_leave(watch);
	while (*at != watch)
		at = &(*at)->next_of_socket;
	*at = watch->next_of_socket;
	socket->watch_count--;
	socket->hub->figures.watches--;
	topic_leave(watch);
	catching_end(watch, why);
	g_free(watch);
}

void
watch_drop_all(struct socket *socket)
{
	while (socket->watches != NULL)
		watch_drop(socket->watches, NULL);
}

static struct watch *
watch_new(struct socket *socket)
{
	struct watch *watch = g_new0(struct watch, 1);

	watch->socket = socket;
	watch->next_of_socket = socket->watches;
	socket->watches = watch;
	socket->watch_count++;
	socket->hub->figures.watches++;
	return watch;
}

static struct catching *
catching_new(struct watch *watch, const char *re, const char *key)
{
	struct catching *catching = g_new0(struct catching, 1);

	*catching = (struct catching) {
		.socket = watch->socket,
		.watch = watch,
		.re = g_strdup(re),
		.rows = LIMIT_PAGE_ROWS,
	};
	g_strlcpy(catching->key, key, sizeof(catching->key));
	watch->catching = catching;
	return catching;
}

static void
catching_pause(struct catching *catching)
{
	catching->is_paused = true;
	catching->socket->has_paused = true;
}

static void page_arrived(struct call *call);

static void
page_read(struct catching *catching)
{
	struct socket *socket = catching->socket;

	if (socket_has_plenty(socket)) {
		catching_pause(catching);
		return;
	}

	struct call *call = dispatch_call(socket, "conversation.items");
	struct conversation_items_ask *ask = call->ask;

	*ask = (struct conversation_items_ask) {
		.conversation = talloc_strdup(call_memory(call), catching->key),
		.since = catching->watch->cursor,
		.limit = catching->rows,
	};
	call->answered = page_arrived;
	call->owner = catching;
	catching->newest = 0;
	catching->told = socket->hub->told;
	catching->is_reading = true;
	call_submit(call);
}

/* What a watch is answered: where it stands, and how far both sides are, so that a gap misses neither. */
static const struct field watch_ok[] = {
	FIELD_INT(conversation_items, head, 0, INT64_MAX),
	FIELD_OBJECT(conversation_items, readings, readings_fields),
	FIELD_END,
};

static void
send_event(struct watch *watch, enum event_kind kind, const void *body)
{
	struct event event = { .kind = kind, .body = body };
	GString *text = watch->socket->hub->text;

	g_string_truncate(text, 0);
	if (event_out(text, &event, socket_audience(watch->socket)))
		socket_send_text(watch->socket);
}

/* Nobody waits for an answer that could tell of them. */
static void
send_readings(struct watch *watch, const struct conversation_readings *readings)
{
	const struct reading *sides[] = { &readings->visitor, &readings->staff };

	for (unsigned i = 0; i < G_N_ELEMENTS(sides); i++) {
		struct reading_moved moved = { watch->topic->key, reading_sides[i], sides[i]->delivered,
			sides[i]->seen };

		if (moved.delivered > 0)
			send_event(watch, EVENT_READING_MOVED, &moved);
	}
}

/* Everything that there is was sent. */
static void
go_live(struct catching *catching, const struct conversation_items *page)
{
	struct watch *watch = catching->watch;
	struct socket *socket = watch->socket;
	bool is_asked = catching->re != NULL;
	g_autoptr(GString) ok = g_string_new(NULL);

	watch->catching = NULL;
	if (!is_asked) {
		send_readings(watch, &page->readings);
	} else {
		json_out(ok, watch_ok, page);
		answer_ok(socket, catching->re, ok->str, ok->len);
	}
	catching_free(catching);
	if (is_asked && socket_is_open(socket))
		presence_show(watch);
}

static void
send_item(struct watch *watch, const struct item *item)
{
	struct item_added added = { .conversation = watch->topic->key, .item = *item };

	send_event(watch, EVENT_ITEM_ADDED, &added);
	watch->cursor = item->seq;
}

/* Sends of a page what the reader may be given now; true when that was all. */
static bool
send_page(struct catching *catching, const struct conversation_items *page)
{
	struct watch *watch = catching->watch;

	for (size_t i = 0; i < page->items.count; i++) {
		if (socket_has_plenty(watch->socket)) {
			/* The rest is read again; not more than will be sent then. */
			catching->rows = MAX((unsigned)i, PAGE_ROWS_MIN);
			return false;
		}
		send_item(watch, &page->items.rows[i]);
	}
	watch->cursor = page->head;
	return true;
}

static void
page_take(struct catching *catching, const struct conversation_items *page)
{
	struct watch *watch = catching->watch;
	bool is_new = watch->topic == NULL;

	if (is_new)
		topic_join(watch, page->topic, catching->key);

	/* What was told while this page was being read went by a watch that hung on no topic yet. */
	bool was_deaf = is_new && catching->told != watch->socket->hub->told;

	if (!send_page(catching, page))
		catching_pause(catching);
	else if (page->more || was_deaf || catching->newest > watch->cursor)
		page_read(catching);
	else
		go_live(catching, page);
}

/* Nobody waits for an answer when a later page fails, so the client comes again with its cursors. */
static void
page_failed(struct catching *catching, const GError *error)
{
	struct socket *socket = catching->socket;

	g_autofree char *re = g_steal_pointer(&catching->re);

	if (re == NULL) {
		socket_close(socket, FRAME_TRY_LATER, "watch again");
		return;
	}
	watch_drop(catching->watch, NULL);
	answer_problem(socket, re, error);
}

static void
page_arrived(struct call *call)
{
	struct catching *catching = call->owner;
	struct socket *socket = catching->socket;

	catching->is_reading = false;
	if (catching->watch == NULL)
		catching_free(catching);
	else if (call->error != NULL)
		page_failed(catching, call->error);
	else
		page_take(catching, call->answer);
	socket_call_ends(socket);
}

static bool
has_room(struct socket *socket, const char *re)
{
	g_autoptr(GError) error = NULL;

	if (socket->watch_count < LIMIT_SOCKET_WATCHES)
		return true;
	(void)refuse(&error, REFUSED_STATE, NULL, "at most %d watches at a time", LIMIT_SOCKET_WATCHES);
	answer_problem(socket, re, error);
	return false;
}

/* The watch of that key, made where there is none, and not catching up; NULL: refused, or the socket was closed. */
static struct watch *
watch_begin(struct socket *socket, const char *re, const char *key)
{
	struct watch *watch = find(socket, key);

	if (watch == NULL)
		return has_room(socket, re) ? watch_new(socket) : NULL;
	catching_end(watch, "it was watched again");
	return socket_is_open(socket) ? watch : NULL;
}

void
watch_conversation(struct socket *socket, const char *re, const char *key, int64_t since)
{
	struct watch *watch = watch_begin(socket, re, key);

	if (watch == NULL)
		return;
	watch->cursor = since;
	page_read(catching_new(watch, re, key));
}

static void
desk_arrived(struct call *call)
{
	struct catching *catching = call->owner;
	struct socket *socket = catching->socket;

	catching->is_reading = false;
	if (catching->watch == NULL) {
		catching_free(catching);
	} else if (call->error != NULL) {
		page_failed(catching, call->error);
	} else {
		if (catching->watch->topic == NULL)
			topic_join(catching->watch, TOPIC_DESK, "");
		catching->watch->catching = NULL;
		answer_ok(socket, catching->re, "{}", 2);
		if (socket_is_open(socket))
			presence_show(catching->watch);
		catching_free(catching);
	}
	socket_call_ends(socket);
}

void
watch_desk(struct socket *socket, const char *re)
{
	struct watch *watch = watch_begin(socket, re, "");

	if (watch == NULL)
		return;

	struct call *call = dispatch_call(socket, "chat.list");
	struct chat_list_ask *ask = call->ask;

	*ask = (struct chat_list_ask) { .view = chat_views[0], .limit = 1 };
	call->answered = desk_arrived;
	call->owner = catching_new(watch, re, "");
	watch->catching->is_reading = true;
	call_submit(call);
}

void
watch_end(struct socket *socket, const char *key)
{
	struct watch *watch = find(socket, key == NULL ? "" : key);

	if (watch != NULL)
		watch_drop(watch, "it is watched no longer");
}

void
watch_resume(struct socket *socket)
{
	socket->has_paused = false;
	/* A page that fails closes the socket, and its watches are gone. */
	for (struct watch *watch = socket->watches, *next; watch != NULL && socket_is_open(socket); watch = next) {
		next = watch->next_of_socket;
		if (watch->catching != NULL && watch->catching->is_paused) {
			watch->catching->is_paused = false;
			page_read(watch->catching);
		}
	}
}

bool
watch_takes(struct watch *watch, int64_t seq)
{
	if (watch->catching != NULL) {
		watch->catching->newest = MAX(watch->catching->newest, seq);
	} else if (seq == watch->cursor + 1) {
		watch->cursor = seq;
		return true;
	} else if (seq > watch->cursor) {
		page_read(catching_new(watch, NULL, watch->topic->key));
	}
	return false;
}

void
watch_listen(void *data, const struct event *event)
{
	struct hub *hub = data;
	bool is_in_pages = event->kind == EVENT_ITEM_ADDED || event->kind == EVENT_READING_MOVED;

	if (is_in_pages)
		hub->told++;
	if (event->body == NULL && !is_in_pages)
		hub_reconnect_staff(hub);
	else if (event->kind == EVENT_SESSION_ENDED)
		hub_session_ended(hub, ((const struct session_ended *)event->body)->session_id);
	else if (event->kind == EVENT_VISITOR_MOVED)
		hub_visitor_moved(hub, ((const struct visitor_moved *)event->body)->visitor);
	else
		topic_told(hub, event);
	standing_listen(hub->standing, event);
}
