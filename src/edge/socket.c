/* Sockets: see socket.h. */
#include "edge/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/crowd.h"
#include "edge/dispatch.h"
#include "edge/flood.h"
#include "edge/watch.h"

struct socket *
socket_new(struct hub *hub, int fd, const char *address)
{
	size_t size = strlen(address) + 1;
	/* The address begins in what would be padding. */
	struct socket *socket = g_malloc(MAX(sizeof(struct socket), offsetof(struct socket, address) + size));

	*socket = (struct socket) { .hub = hub, .fd = fd, .heard_at = hub->seconds };
	memcpy(socket->address, address, size);
	frame_reader_init(&socket->reader, FRAME_SERVER, LIMIT_FRAME_BYTES);
	return socket;
}

static void
carry_free(struct socket *socket)
{
	struct carry *carry = g_steal_pointer(&socket->carry);

	if (carry != NULL && carry->message != NULL)
		g_byte_array_unref(carry->message);
	g_free(carry);
}

static struct carry *
carry_of(struct socket *socket)
{
	if (socket->carry == NULL)
		socket->carry = g_new0(struct carry, 1);
	return socket->carry;
}

/* While too much waits for all, nothing is added for who does not read, and only a little for the others (P27). */
static bool
is_too_slow(const struct socket *socket, const struct packet *packet)
{
	size_t bytes = outbox_bytes(socket->outbox) + packet->size;

	if (packets_bytes() <= LIMIT_SOCKETS_OUTPUT_BYTES)
		return bytes > LIMIT_SOCKET_OUTPUT_BYTES;
	return socket->wants_out || bytes > LIMIT_SOCKET_OUTPUT_LEFT_BYTES;
}

bool
socket_has_plenty(const struct socket *socket)
{
	size_t bytes = outbox_bytes(socket->outbox);

	return bytes > WATCH_OUTPUT_BYTES || (bytes > 0 && packets_bytes() > LIMIT_SOCKETS_OUTPUT_BYTES);
}

void
socket_send(struct socket *socket, struct packet *packet)
{
	if (!socket_is_open(socket))
		return;
	if (is_too_slow(socket, packet)) {
		socket_close(socket, SOCKET_TOO_SLOW, "reads too slowly");
		return;
	}
	socket->hub->figures.messages_out++;
	outbox_add(&socket->outbox, packet);
	hub_wants_flush(socket);
}

void
socket_send_text(struct socket *socket)
{
	const GString *text = socket->hub->text;
	struct packet *packet = packet_new(FRAME_TEXT, text->str, text->len);

	socket_send(socket, packet);
	packet_unref(packet);
}

static void
send_control(struct socket *socket, enum frame_opcode opcode, const void *bytes, size_t size)
{
	struct packet *packet = packet_new(opcode, bytes, size);

	outbox_add(&socket->outbox, packet);
	packet_unref(packet);
	hub_wants_flush(socket);
}

void
socket_close(struct socket *socket, unsigned code, const char *reason)
{
	uint8_t body[FRAME_CONTROL_BYTES];

	if (!socket_is_open(socket))
		return;
	hub_count_close(socket->hub, code);
	watch_drop_all(socket);
	hub_leave_party(socket);
	carry_free(socket);
	outbox_cut(&socket->outbox);
	/* A close without a code is answered by one without. */
	send_control(
	    socket, FRAME_CLOSE, body, code == FRAME_NO_CODE ? 0 : frame_close_body(body, (uint16_t)code, reason));
	socket->heard_at = socket->hub->seconds;
	hub_move(socket, SOCKET_CLOSING);
}

void
socket_drop(struct socket *socket)
{
	if (socket->state == SOCKET_GONE)
		return;
	if (socket_is_open(socket)) {
		socket->hub->figures.vanished++;
		watch_drop_all(socket);
		hub_leave_party(socket);
	}
	carry_free(socket);
	outbox_free(&socket->outbox);
	close(socket->fd); /* epoll forgets it with that */
	socket->fd = -1;
	socket->hub->figures.sockets--;
	crowd_leave(socket->hub->edge->crowd, socket->address);
	hub_move(socket, SOCKET_GONE);
	hub_bury(socket);
}

void
socket_call_ends(struct socket *socket)
{
	socket->calls--;
	hub_bury(socket);
}

void
socket_flush(struct socket *socket)
{
	struct hub *hub = socket->hub;

	switch (outbox_write(&socket->outbox, socket->fd, &hub->figures.bytes_out)) {
	case OUTBOX_BROKEN:
		socket_drop(socket);
		return;
	case OUTBOX_WAITS:
		hub_watch_output(socket, true);
		break;
	case OUTBOX_EMPTY:
		hub_watch_output(socket, false);
		/* What the other side still sends is read and dropped, or it would never see our close. */
		if (socket->state == SOCKET_CLOSING)
			shutdown(socket->fd, SHUT_WR);
		break;
	}
	if (socket->has_paused && !socket_has_plenty(socket))
		watch_resume(socket);
}

/* Answers a control frame. A ping costs us an answer, so it counts as asking for something. */
static void
control_take(struct socket *socket, const struct frame *frame)
{
	if (frame->opcode == FRAME_CLOSE) {
		socket_close(socket, frame->code, "");
	} else if (frame->opcode == FRAME_PING) {
		if (!dispatch_allows(socket))
			return;
		if (outbox_bytes(socket->outbox) > LIMIT_SOCKET_OUTPUT_BYTES)
			socket_close(socket, SOCKET_TOO_SLOW, "reads too slowly");
		else
			send_control(socket, FRAME_PONG, frame->bytes, frame->size);
	}
}

/* A part of a message. The usual one came whole and is never copied. */
static void
piece_take(struct socket *socket, const struct frame *frame)
{
	if (frame->opcode == FRAME_BINARY) {
		socket_close(socket, FRAME_UNSUPPORTED, "text only");
		return;
	}
	if (frame->is_first && frame->is_last) {
		dispatch(socket, (const char *)frame->bytes, frame->size);
		return;
	}

	struct carry *carry = carry_of(socket);

	if (carry->message == NULL)
		carry->message = g_byte_array_new();
	g_byte_array_append(carry->message, frame->bytes, (guint)frame->size);
	if (!frame->is_last)
		return;

	g_autoptr(GByteArray) message = g_steal_pointer(&carry->message);

	dispatch(socket, (const char *)message->data, message->len);
}

/* Takes everything that can be told of bytes of the hub's buffer; returns how many those were. */
static size_t
frames_take(struct socket *socket, uint8_t *bytes, size_t size)
{
	struct frame frame;
	size_t at = 0, used;

	while (socket_is_open(socket)) {
		switch (frame_read(&socket->reader, bytes + at, size - at, &used, &frame)) {
		case FRAME_NEEDS_MORE:
			return at;
		case FRAME_PIECE:
			if (frame.is_last)
				socket->hub->figures.messages_in++;
			piece_take(socket, &frame);
			break;
		case FRAME_CONTROL:
			control_take(socket, &frame);
			break;
		case FRAME_FAILED:
			socket_close(socket, frame.code, frame.says);
			break;
		}
		at += used;
	}
	return size;
}

/* hub->input holds the tail that was kept and `size` new bytes behind it. */
static void
input_take(struct socket *socket, size_t tail, size_t size)
{
	struct hub *hub = socket->hub;

	hub->figures.bytes_in += size;
	if (!socket_is_open(socket))
		return;
	socket->heard_at = hub->seconds;
	hub_move(socket, SOCKET_FRESH);

	size_t used = frames_take(socket, hub->input, tail + size), left = tail + size - used;

	if (!socket_is_open(socket))
		return;
	if (left > 0) {
		memcpy(carry_of(socket)->tail, hub->input + used, left);
		socket->carry->tail_size = (uint8_t)left;
	} else if (socket->carry != NULL && socket->carry->message == NULL) {
		carry_free(socket);
	}
}

/* Puts the tail that was kept at the head of the hub's buffer. */
static size_t
tail_fetch(struct socket *socket)
{
	if (socket->carry == NULL)
		return 0;

	size_t size = socket->carry->tail_size;

	memcpy(socket->hub->input, socket->carry->tail, size);
	socket->carry->tail_size = 0;
	return size;
}

void
socket_readable(struct socket *socket)
{
	size_t tail = tail_fetch(socket);
	ssize_t size = recv(socket->fd, socket->hub->input + tail, HUB_INPUT_BYTES, MSG_DONTWAIT);

	if (size > 0) {
		input_take(socket, tail, (size_t)size);
	} else if (size == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) {
		socket_drop(socket);
	} else if (tail > 0) {
		socket->carry->tail_size = (uint8_t)tail;
	}
}

void
socket_take(struct socket *socket, const void *bytes, size_t size)
{
	while (size > 0 && socket_is_open(socket)) {
		size_t tail = tail_fetch(socket), part = MIN(size, HUB_INPUT_BYTES);

		memcpy(socket->hub->input + tail, bytes, part);
		input_take(socket, tail, part);
		bytes = (const uint8_t *)bytes + part;
		size -= part;
	}
}
