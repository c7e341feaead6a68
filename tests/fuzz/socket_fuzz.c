/*
 * The dispatch of a WebSocket's messages: bytes that become JSON that becomes a command, on a real desk with a chat.
 *
 * The first byte says who sends (a visitor or an advisor) and whether it watches already; each line behind it is one message, in
 * which $K stands for the conversation's id. Whatever is said, the desk answers JSON or closes with a code of the
 * protocol, and a visitor is shown nothing that is internal.
 */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/kit/desk_socket.h"

#define LINES_MAX 16

static struct kit_hub *hub;
static const struct kit_actor *vera, *ann;
static char *key;

static void
begin(void)
{
	struct kit_desk *desk = kit_desk_begin(1);

	hub = kit_hub_begin(desk);
	vera = kit_visitor(desk, "vera");
	ann = kit_staff(desk, "ann", ROLE_ADVISOR);
	key = g_strdup(kit_text(
	    kit_do(desk, vera, "chat.start", "{s:s, s:s}", "id", "start-0001", "text", "Hello?"), "conversation"));
	kit_do(desk, ann, "chat.take", "{s:s}", "conversation", key);
	kit_do(desk, ann, "note.add", "{s:s, s:s, s:s}", "conversation", key, "id", "note-0001", "text",
	    "not for visitors");
}

static bool
is_of_protocol(unsigned code)
{
	static const unsigned codes[] = { 0, 1007, 4400, 4401, 4410, 4429 };
	bool is_known = false;

	for (unsigned i = 0; i < G_N_ELEMENTS(codes); i++)
		is_known |= codes[i] == code;
	return is_known;
}

static void
check_message(const char *text, bool is_visitor)
{
	json_t *message = json_loads(text, JSON_REJECT_DUPLICATES, NULL), *item = json_object_get(message, "item");

	g_assert(json_is_object(message));
	g_assert((json_object_get(message, "re") != NULL) != (json_object_get(message, "event") != NULL));
	g_assert(!is_visitor || json_object_get(item, "internal") == NULL);
	g_assert(!is_visitor || json_object_get(json_object_get(item, "author"), "id") == NULL);
	g_assert(!is_visitor || strstr(text, "not for visitors") == NULL);
	json_decref(message);
}

/* The line with the conversation's id in place of each $K. */
static GByteArray *
with_key(const uint8_t *bytes, size_t size)
{
	GByteArray *line = g_byte_array_new();

	for (size_t at = 0; at < size; at++) {
		if (at + 1 < size && bytes[at] == '$' && bytes[at + 1] == 'K') {
			g_byte_array_append(line, (const uint8_t *)key, (guint)strlen(key));
			at++;
		} else {
			g_byte_array_append(line, bytes + at, 1);
		}
	}
	return line;
}

static void
say(struct kit_client *client, const uint8_t *bytes, size_t size, bool is_visitor)
{
	g_autoptr(GByteArray) line = with_key(bytes, size);
	const char *heard;

	kit_say_frame(client, 0x81, line->data, line->len);
	while ((heard = kit_heard(client)) != NULL)
		check_message(heard, is_visitor);
	g_assert(is_of_protocol(client->closed));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (hub == NULL)
		begin();
	if (size < 1)
		return 0;

	bool is_visitor = (bytes[0] & 1) == 0;
	struct kit_client *client = kit_connect(hub, is_visitor ? vera : ann);
	const uint8_t *at = bytes + 1, *end = bytes + size;

	if ((bytes[0] & 2) != 0)
		kit_say(client, "{s:s, s:s, s:s, s:i}", "do", "watch", "id", "w", "conversation", key, "since", 0);
	for (unsigned lines = 0; at < end && lines < LINES_MAX && client->closed == 0; lines++) {
		const uint8_t *line_end = memchr(at, '\n', (size_t)(end - at)) ?: end;

		say(client, at, (size_t)(line_end - at), is_visitor);
		at = line_end + 1;
	}
	kit_disconnect(client);
	return 0;
}
