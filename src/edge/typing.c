/* Typing: see typing.h. */
#include "edge/typing.h"

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
tell_others(struct watch *from, bool on)
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

void
typing_tell(struct watch *watch, bool on)
{
	party_named(watch, tell_others, on);
}
