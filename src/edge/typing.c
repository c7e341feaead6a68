/* Typing: see typing.h. */
#include "edge/typing.h"

#include <talloc.h>

#include "desk/chat/chat.h"
#include "edge/dispatch.h"
#include "edge/json_out.h"
#include "edge/party.h"
#include "edge/topic.h"

static struct packet *
packet_of(const struct watch *watch, bool on)
{
	const struct socket *socket = watch->socket;
	GString *text = socket->hub->text;

	g_string_assign(text, "{\"event\":\"typing\",\"conversation\":");
	json_out_text(text, watch->topic->key);
	g_string_append(text, ",\"who\":{\"kind\":");
	json_out_text(text, socket->is_visitor ? "visitor" : "person");
	if (socket->party->name != NULL) {
		g_string_append(text, ",\"name\":");
		json_out_text(text, socket->party->name);
	}
	g_string_append(text, on ? "},\"on\":true}" : "},\"on\":false}");
	return packet_new(FRAME_TEXT, text->str, text->len);
}

/* Who types does not see it, in no page of theirs. */
static void
tell(struct watch *from, enum audience audience, bool on)
{
	struct packet *packet = packet_of(from, on);
	const struct party *party = from->socket->party;

	/* Telling may close a socket, which drops its own watches only: `next` stays, and so does `from`. */
	for (struct watch *watch = from->topic->watches, *next; watch != NULL; watch = next) {
		next = watch->next;
		if (watch->socket->party != party && socket_audience(watch->socket) == audience)
			socket_send(watch->socket, packet);
	}
	packet_unref(packet);
}

/* ---- What part a colleague has in the chat ---- */

/* Of a watch of staff that has typed. */
struct part {
	uint64_t asked_at; /* hub->told + 1 when the desk was asked, and it has not answered; else 0 */
	bool is_known, is_any;
	bool is_outdated; /* what it was asked, since it was asked */
	bool types;       /* what is newest */
};

struct asking {
	struct socket *socket;
	uint64_t asked_at;
	char key[KEY_CHARS + 1];
};

void
typing_init(struct hub *hub)
{
	hub->parts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
}

void
typing_clear(struct hub *hub)
{
	g_hash_table_destroy(hub->parts);
}

void
typing_leave(struct watch *watch)
{
	g_hash_table_remove(watch->socket->hub->parts, watch);
}

void
typing_outdate(struct watch *watch)
{
	struct part *part = g_hash_table_lookup(watch->socket->hub->parts, watch);

	if (part == NULL)
		return;
	part->is_known = false;
	part->is_outdated = true;
}

static struct part *
part_of(struct watch *watch)
{
	GHashTable *parts = watch->socket->hub->parts;
	struct part *part = g_hash_table_lookup(parts, watch);

	if (part == NULL) {
		part = g_new0(struct part, 1);
		g_hash_table_insert(parts, watch, part);
	}
	return part;
}

static void tell_visitor(struct watch *from, struct part *part);

static void
part_arrived(struct call *call)
{
	const struct asking *asking = call->owner;
	const struct chat_whole *chat = call->answer;
	struct socket *socket = asking->socket;
	struct watch *watch = socket->party == NULL ? NULL : watch_find(socket, asking->key);
	struct part *part = watch == NULL ? NULL : g_hash_table_lookup(socket->hub->parts, watch);

	if (part != NULL && part->asked_at == asking->asked_at) {
		part->asked_at = 0;
		part->is_known = call->error == NULL && !part->is_outdated;
		part->is_any = call->error == NULL && chat->row.as != NULL;
		if (call->error == NULL)
			tell_visitor(watch, part);
	}
	socket_call_ends(socket);
}

static void
part_ask(struct watch *watch, struct part *part)
{
	struct socket *socket = watch->socket;
	struct call *call = dispatch_call(socket, "chat.get");
	struct asking *asking = talloc(call_memory(call), struct asking);

	part->asked_at = socket->hub->told + 1;
	part->is_outdated = false;
	*asking = (struct asking) { .socket = socket, .asked_at = part->asked_at };
	g_strlcpy(asking->key, watch->topic->key, sizeof(asking->key));
	*(struct chat_ask *)call->ask = (struct chat_ask) { .conversation = asking->key };
	call->owner = asking;
	call->answered = part_arrived;
	call_submit(call);
}

/* Who only reads along is not seen by the visitor. While the desk is asked, what is newest waits. */
static void
tell_visitor(struct watch *from, struct part *part)
{
	if (part->asked_at != 0)
		return;
	if (!part->is_known)
		part_ask(from, part);
	else if (part->is_any)
		tell(from, AUDIENCE_VISITOR, part->types);
}

/* The name is known. */
static void
tell_others(struct watch *from, bool on)
{
	tell(from, AUDIENCE_STAFF, on);
	if (from->socket->is_visitor)
		return;

	struct part *part = part_of(from);

	part->types = on;
	tell_visitor(from, part);
}

void
typing_tell(struct watch *watch, bool on)
{
	party_named(watch, tell_others, on);
}
