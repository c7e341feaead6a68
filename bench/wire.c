/*
 * See wire.h. The codec is the desk's own (src/edge/frame.h), read as a client does it.
 */
#include "wire.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define READ_BYTES    (256 * 1024)
#define MESSAGE_BYTES (1024 * 1024) /* the desk sends none longer */
#define CUT           1006          /* RFC 6455: a connection that ended without a close */

static void
on_gone(uv_handle_t *handle)
{
	struct wire *wire = handle->data;

	g_byte_array_unref(wire->tail);
	g_byte_array_unref(wire->message);
	g_byte_array_unref(wire->unsent);
	g_free(wire);
}

/* Takes the wire off the list of those with something to send. */
static void
forget_unsent(struct wire *wire)
{
	for (struct wire **at = &wire->pool->first_unsent; *at != NULL; at = &(*at)->next_unsent)
		if (*at == wire) {
			*at = wire->next_unsent;
			return;
		}
}

static void
end_wire(struct wire *wire, unsigned code)
{
	if (wire->is_closing)
		return;
	wire->is_closing = true;
	forget_unsent(wire);
	wire->pool->open--;
	if (wire->pool->closed != NULL)
		wire->pool->closed(wire, code);
	uv_close((uv_handle_t *)&wire->tcp, on_gone);
}

static void
push_frame(struct wire *wire, enum frame_opcode opcode, const char *bytes, size_t size)
{
	uint8_t head[FRAME_HEAD_BYTES], mask[4];
	static uint64_t turning = 0x9E3779B97F4A7C15;

	/* A mask protects proxies from scripts; a load client only has to change it. */
	turning = turning * 6364136223846793005 + 1442695040888963407;
	memcpy(mask, (const uint8_t *)&turning + 4, sizeof mask);
	g_byte_array_append(wire->unsent, head, (guint)frame_head(head, opcode, true, size, mask));
	g_byte_array_append(wire->unsent, (const uint8_t *)bytes, (guint)size);
	frame_mask(wire->unsent->data + wire->unsent->len - size, size, mask);
}

static void
mark_unsent(struct wire *wire)
{
	if (wire->unsent->len > 0)
		return;
	wire->next_unsent = wire->pool->first_unsent;
	wire->pool->first_unsent = wire;
}

bool
wire_send(struct wire *wire, const char *text, size_t size)
{
	if (wire->is_closing)
		return false;
	mark_unsent(wire);
	push_frame(wire, FRAME_TEXT, text, size);
	return true;
}

bool
wire_send_format(struct wire *wire, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	return wire_send(wire, text, strlen(text));
}

struct rest {
	uv_write_t write;
	GByteArray *bytes;
};

static void
on_rest_written(uv_write_t *write, int status)
{
	struct rest *rest = (struct rest *)write;

	(void)status; /* a broken connection is seen by its reader */
	g_byte_array_unref(rest->bytes);
	g_free(rest);
}

/* What the socket does not take at once is libuv's to send. */
static void
write_rest(struct wire *wire, size_t written)
{
	struct rest *rest = g_new0(struct rest, 1);
	uv_buf_t buffer;

	rest->bytes = g_byte_array_new();
	g_byte_array_append(rest->bytes, wire->unsent->data + written, wire->unsent->len - (guint)written);
	buffer = uv_buf_init((char *)rest->bytes->data, rest->bytes->len);
	if (uv_write(&rest->write, (uv_stream_t *)&wire->tcp, &buffer, 1, on_rest_written) != 0)
		on_rest_written(&rest->write, 0);
}

void
wire_flush(struct wire *wire)
{
	uv_buf_t buffer = uv_buf_init((char *)wire->unsent->data, wire->unsent->len);
	int written;

	if (wire->unsent->len == 0 || wire->is_closing)
		return;
	forget_unsent(wire);
	written = uv_try_write((uv_stream_t *)&wire->tcp, &buffer, 1);
	if (written < 0 && written != UV_EAGAIN) {
		end_wire(wire, CUT);
		return;
	}
	if ((size_t)MAX(written, 0) < wire->unsent->len)
		write_rest(wire, (size_t)MAX(written, 0));
	g_byte_array_set_size(wire->unsent, 0);
}

static void
on_flush(uv_prepare_t *flush)
{
	struct pool *pool = flush->data;

	while (pool->first_unsent != NULL)
		wire_flush(pool->first_unsent);
}

void
pool_init(struct pool *pool, uv_loop_t *loop)
{
	*pool = (struct pool) { .loop = loop, .bytes = g_malloc(READ_BYTES) };
	uv_prepare_init(loop, &pool->flush);
	pool->flush.data = pool;
	uv_prepare_start(&pool->flush, on_flush);
	uv_unref((uv_handle_t *)&pool->flush);
}

void
pool_clear(struct pool *pool)
{
	uv_close((uv_handle_t *)&pool->flush, NULL);
	uv_run(pool->loop, UV_RUN_NOWAIT);
	g_free(pool->bytes);
}

static void
hear_piece(struct wire *wire, const struct frame *frame)
{
	GByteArray *message = wire->message;

	if (frame->is_first && frame->is_last) {
		wire->pool->text(wire, (const char *)frame->bytes, frame->size);
		return;
	}
	g_byte_array_append(message, frame->bytes, (guint)frame->size);
	if (!frame->is_last)
		return;
	wire->pool->text(wire, (const char *)message->data, message->len);
	g_byte_array_set_size(message, 0);
}

static void
hear_control(struct wire *wire, const struct frame *frame)
{
	if (frame->opcode == FRAME_CLOSE) {
		end_wire(wire, frame->code);
	} else if (frame->opcode == FRAME_PING) {
		mark_unsent(wire);
		push_frame(wire, FRAME_PONG, (const char *)frame->bytes, frame->size);
	}
}

/* Tells as much as can be told; how many bytes that were. */
static size_t
hear(struct wire *wire, uint8_t *bytes, size_t size)
{
	size_t told = 0;

	while (!wire->is_closing) {
		struct frame frame;
		size_t used = 0;
		enum frame_step step = frame_read(&wire->reader, bytes + told, size - told, &used, &frame);

		told += used;
		if (step == FRAME_NEEDS_MORE)
			return told;
		if (step == FRAME_PIECE)
			hear_piece(wire, &frame);
		else if (step == FRAME_CONTROL)
			hear_control(wire, &frame);
		else
			end_wire(wire, frame.code);
	}
	return size;
}

static void
hear_bytes(struct wire *wire, uint8_t *bytes, size_t size)
{
	size_t told;

	if (wire->tail->len > 0) {
		g_byte_array_append(wire->tail, bytes, (guint)size);
		told = hear(wire, wire->tail->data, wire->tail->len);
		g_byte_array_remove_range(wire->tail, 0, (guint)told);
		return;
	}
	told = hear(wire, bytes, size);
	if (told < size)
		g_byte_array_append(wire->tail, bytes + told, (guint)(size - told));
}

static void
on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
	struct wire *wire = handle->data;

	(void)suggested;
	*buffer = uv_buf_init(wire->pool->bytes, READ_BYTES);
}

static void
on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct wire *wire = stream->data;

	if (size < 0)
		end_wire(wire, CUT);
	else if (size > 0)
		hear_bytes(wire, (uint8_t *)buffer->base, (size_t)size);
}

/* The answer that RFC 6455, 4.2.2 asks for. */
static char *
expected_accept(const char *key)
{
	g_autofree char *text = g_strconcat(key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA1);
	uint8_t digest[20];
	gsize size = sizeof digest;

	g_checksum_update(checksum, (const guchar *)text, -1);
	g_checksum_get_digest(checksum, digest, &size);
	return g_base64_encode(digest, size);
}

/* Leaves what came behind the answer in `input`. */
static bool
shake_hands(int descriptor, const struct http *caller, const char *ticket, GString *input)
{
	uint8_t bytes[16];
	size_t size;

	if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
		return false;
	g_autofree char *key = g_base64_encode(bytes, sizeof bytes), *accept = expected_accept(key);
	g_autofree char *request = g_strdup_printf(
	    "GET /api/v1/socket HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
	    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\nSec-WebSocket-Protocol: softanswer.v1, ticket.%s\r\n\r\n",
	    caller->port, caller->origin, key, ticket);

	if (!http_send(descriptor, request, strlen(request)) || (size = http_read_head(descriptor, input)) == 0)
		return false;
	if (!g_str_has_prefix(input->str, "HTTP/1.1 101") || g_strstr_len(input->str, (gssize)size, accept) == NULL)
		return false;
	g_string_erase(input, 0, (gssize)size);
	return true;
}

static char *
new_ticket(struct http *caller)
{
	json_t *answer = NULL;
	int status = http_call(caller, "POST", "/api/v1/tickets", json_object(), &answer);
	char *ticket = status / 100 == 2 ? g_strdup(json_string_value(json_object_get(answer, "ticket"))) : NULL;

	json_decref(answer);
	return ticket;
}

static struct wire *
wire_new(struct pool *pool, int descriptor, GString *input, void *owner)
{
	struct wire *wire = g_new0(struct wire, 1);

	wire->pool = pool;
	wire->owner = owner;
	wire->tail = g_byte_array_new();
	wire->message = g_byte_array_new();
	wire->unsent = g_byte_array_new();
	frame_reader_init(&wire->reader, FRAME_CLIENT, MESSAGE_BYTES);
	uv_tcp_init(pool->loop, &wire->tcp);
	uv_tcp_open(&wire->tcp, descriptor);
	wire->tcp.data = wire;
	uv_read_start((uv_stream_t *)&wire->tcp, on_room, on_read);
	pool->open++;
	g_byte_array_append(wire->tail, (const uint8_t *)input->str, (guint)input->len);
	return wire;
}

struct wire *
wire_open(struct pool *pool, struct http *caller, void *owner)
{
	g_autofree char *ticket = new_ticket(caller);
	g_autoptr(GString) input = g_string_new(NULL);
	int descriptor = ticket == NULL ? -1 : http_connect(caller->port);

	if (descriptor < 0)
		return NULL;
	if (!shake_hands(descriptor, caller, ticket, input)) {
		close(descriptor);
		return NULL;
	}
	return wire_new(pool, descriptor, input, owner);
}

void
wire_close(struct wire *wire)
{
	uint8_t body[FRAME_CONTROL_BYTES];
	size_t size = frame_close_body(body, FRAME_NORMAL, "");

	if (wire->is_closing)
		return;
	mark_unsent(wire);
	push_frame(wire, FRAME_CLOSE, (const char *)body, size);
}

void
wire_cut(struct wire *wire)
{
	end_wire(wire, CUT);
}

const char *
text_value(const char *text, size_t size, const char *key, size_t *value_size)
{
	size_t key_size = strlen(key);
	const char *end = text + size, *at = text;

	while ((at = memmem(at, (size_t)(end - at), key, key_size)) != NULL) {
		const char *value = at + key_size;

		if (at > text && at[-1] == '"' && value < end && *value == '"') {
			for (value++; value < end && (*value == ':' || *value == ' '); value++)
				;
			if (value < end && *value == '"') {
				const char *close = memchr(value + 1, '"', (size_t)(end - value - 1));

				*value_size = close == NULL ? 0 : (size_t)(close - value - 1);
				return close == NULL ? NULL : value + 1;
			}
		}
		at += key_size;
	}
	return NULL;
}
