/* Typing: see typing.h. */
#include "edge/typing.h"

#include <talloc.h>

#include "desk/chat/chat.h"
#include "desk/people/people.h"
#include "edge/dispatch.h"
#include "edge/json_out.h"
#include "edge/topic.h"

#define NAME_SECONDS 60

/* Typing that waits for the typist's name. */
struct typing {
	struct socket *socket;
	bool on;
	char key[KEY_CHARS + 1];
};

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
tell_others(const struct watch *from, bool on)
{
	struct packet *packet = packet_of(from, on);
	const struct party *party = from->socket->party;

	for (struct watch *watch = from->topic->watches, *next; watch != NULL; watch = next) {
		next = watch->next;
		if (watch->socket->party != party)
			socket_send(watch->socket, packet);
	}
	packet_unref(packet);
}

static const char *
name_in(const struct call *call, bool is_visitor)
{
	if (is_visitor)
		return ((const struct chat_visit *)call->answer)->name;
	return ((const struct person_me *)call->answer)->name;
}

static void
name_arrived(struct call *call)
{
	const struct typing *typing = call->owner;
	struct socket *socket = typing->socket;
	struct party *party = socket->party;

	if (party != NULL) {
		struct watch *watch = watch_find(socket, typing->key);

		if (call->error == NULL) {
			g_free(party->name);
			party->name = g_strdup(name_in(call, socket->is_visitor));
		}
		if (watch != NULL)
			tell_others(watch, typing->on);
	}
	socket_call_ends(socket);
}

static void
name_ask(const struct watch *watch, bool on)
{
	struct socket *socket = watch->socket;
	struct call *call = dispatch_call(socket, socket->is_visitor ? "chat.visit" : "person.me");
	struct typing *typing = talloc(call_memory(call), struct typing);

	*typing = (struct typing) { .socket = socket, .on = on };
	g_strlcpy(typing->key, watch->topic->key, sizeof(typing->key));
	socket->party->named_at = socket->hub->seconds + 1;
	call->owner = typing;
	call->answered = name_arrived;
	call_submit(call);
}

void
typing_tell(struct watch *watch, bool on)
{
	const struct party *party = watch->socket->party;

	if (party->named_at == 0 || watch->socket->hub->seconds + 1 - party->named_at >= NAME_SECONDS)
		name_ask(watch, on);
	else
		tell_others(watch, on);
}
