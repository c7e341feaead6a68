/* WebSockets on the kit's desk: see desk_socket.h. */
#include "tests/kit/desk_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* More than the desk ever sends in one message. */
#define KIT_MESSAGE_BYTES (8 * 1024 * 1024)

static const uint8_t kit_mask[4] = { 0xA1, 0xB2, 0xC3, 0xD4 };

static void
awake(uv_async_t *async)
{
	(void)async;
}

struct kit_hub *
kit_hub_begin(struct kit_desk *desk)
{
	struct kit_hub *hub = g_new0(struct kit_hub, 1);

	hub->desk = desk;
	hub->clients = g_ptr_array_new();
	uv_loop_init(&hub->loop);
	uv_async_init(&hub->loop, &hub->awake, awake);
	hub->hub = kit_edge(desk)->hub = hub_new(kit_edge(desk), &hub->loop);
	return hub;
}

static void
client_free(struct kit_client *client)
{
	if (client->fd >= 0)
		close(client->fd);
	g_byte_array_unref(client->input);
	g_byte_array_unref(client->message);
	g_queue_free_full(client->messages, g_free);
	g_free(client->heard);
	g_free(client->reason);
	g_free(client);
}

void
kit_hub_end(struct kit_hub *hub)
{
	hub_free(hub->hub);
	kit_edge(hub->desk)->hub = NULL;
	uv_close((uv_handle_t *)&hub->awake, NULL);
	uv_run(&hub->loop, UV_RUN_DEFAULT);
	if (uv_loop_close(&hub->loop) != 0)
		kit_fail("the loop has handles left");
	for (guint i = 0; i < hub->clients->len; i++)
		client_free(hub->clients->pdata[i]);
	g_ptr_array_unref(hub->clients);
	g_free(hub);
}

struct kit_client *
kit_connect(struct kit_hub *hub, const struct kit_actor *who)
{
	struct kit_client *client = g_new0(struct kit_client, 1);
	/* As after a ticket: not the cookie but the session speaks for staff. */
	struct credential session = { .kind = CREDENTIAL_SESSION, .session_id = who->session };
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
		kit_fail("socketpair: %s", g_strerror(errno));
	client->hub = hub;
	client->fd = pair[0];
	client->input = g_byte_array_new();
	client->message = g_byte_array_new();
	client->messages = g_queue_new();
	frame_reader_init(&client->reader, FRAME_CLIENT, KIT_MESSAGE_BYTES);
	g_ptr_array_add(hub->clients, client);
	hub_accept(hub->hub, pair[1], who->session == 0 ? &who->credential : &session, "127.0.0.1", NULL, 0);
	return client;
}

void
kit_hang_up(struct kit_client *client)
{
	close(client->fd);
	client->fd = -1;
	kit_settle(client->hub);
}

void
kit_disconnect(struct kit_client *client)
{
	kit_hang_up(client);
	g_ptr_array_remove_fast(client->hub->clients, client);
	client_free(client);
}

static void
take_control(struct kit_client *client, const struct frame *frame)
{
	if (frame->opcode == FRAME_PING) {
		client->pings++;
	} else if (frame->opcode == FRAME_PONG) {
		client->pongs++;
	} else {
		client->closed = frame->code;
		client->reason = g_strndup((const char *)frame->bytes, frame->size);
	}
}

static void
take_piece(struct kit_client *client, const struct frame *frame)
{
	g_byte_array_append(client->message, frame->bytes, (guint)frame->size);
	if (!frame->is_last)
		return;
	g_queue_push_tail(client->messages, g_strndup((const char *)client->message->data, client->message->len));
	g_byte_array_set_size(client->message, 0);
}

static void
take_input(struct kit_client *client)
{
	size_t at = 0, used;
	struct frame frame;

	while (client->closed == 0 && at < client->input->len) {
		enum frame_step step =
		    frame_read(&client->reader, client->input->data + at, client->input->len - at, &used, &frame);

		if (step == FRAME_NEEDS_MORE)
			break;
		if (step == FRAME_FAILED)
			kit_fail("the desk does not speak RFC 6455: %s", frame.says);
		if (step == FRAME_CONTROL)
			take_control(client, &frame);
		else
			take_piece(client, &frame);
		at += used;
	}
	if (at > 0)
		g_byte_array_remove_range(client->input, 0, (guint)at);
}

/* Reads what has come; whether that was anything. */
static bool
client_read(struct kit_client *client)
{
	uint8_t bytes[65536];
	ssize_t size;
	bool is_any = false;

	while (!client->is_deaf && !client->is_ended && client->fd >= 0 &&
	    (size = recv(client->fd, bytes, sizeof(bytes), 0)) >= 0) {
		is_any = true;
		client->is_ended = size == 0;
		g_byte_array_append(client->input, bytes, (guint)size);
	}
	take_input(client);
	return is_any;
}

void
kit_settle(struct kit_hub *hub)
{
	unsigned quiet = 0;

	/* Two quiet turns: what one turn reads, the next one answers. */
	while (quiet < 2) {
		bool is_any = false;

		uv_run(&hub->loop, UV_RUN_NOWAIT);
		for (guint i = 0; i < hub->clients->len; i++)
			is_any |= client_read(hub->clients->pdata[i]);
		quiet = is_any ? 0 : quiet + 1;
	}
}

void
kit_say_bytes(struct kit_client *client, const void *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = send(client->fd, bytes, size, MSG_NOSIGNAL);

		if (sent < 0 && errno != EAGAIN)
			break;
		if (sent < 0)
			sent = 0;
		bytes = (const uint8_t *)bytes + sent;
		size -= (size_t)sent;
		kit_settle(client->hub);
	}
	kit_settle(client->hub);
}

void
kit_say_frame(struct kit_client *client, unsigned first, const void *payload, size_t size)
{
	g_autofree uint8_t *frame = g_malloc(FRAME_HEAD_BYTES + size);
	size_t head = frame_head(frame, FRAME_TEXT, true, size, kit_mask);

	frame[0] = (uint8_t)first;
	if (size > 0)
		memcpy(frame + head, payload, size);
	frame_mask(frame + head, size, kit_mask);
	kit_say_bytes(client, frame, head + size);
}

void
kit_say_text(struct kit_client *client, const char *text)
{
	kit_say_frame(client, 0x81, text, strlen(text));
}

void
kit_say(struct kit_client *client, const char *format, ...)
{
	json_error_t problem;
	va_list values;

	va_start(values, format);

	json_t *body = json_vpack_ex(&problem, 0, format, values);

	va_end(values);
	if (body == NULL)
		kit_fail("%s: %s", format, problem.text);

	char *text = json_dumps(body, JSON_COMPACT);

	kit_say_text(client, text);
	free(text);
	json_decref(body);
}

const char *
kit_heard(struct kit_client *client)
{
	kit_settle(client->hub);
	g_free(client->heard);
	client->heard = g_queue_pop_head(client->messages);
	return client->heard;
}

unsigned
kit_forget(struct kit_client *client)
{
	unsigned count = 0;

	while (kit_heard(client) != NULL)
		count++;
	return count;
}
