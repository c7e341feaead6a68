/* The outbox: see outbox.h. */
#include "edge/outbox.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* Room of a first outbox: an answer, an event or two. It doubles. */
#define OUTBOX_PACKETS 4

/* Packets in one system call; the kernel takes 1,024. */
#define WRITE_PACKETS 128

struct outbox {
	size_t bytes;              /* that wait, those of the first packet that were sent left out */
	uint32_t first, end, room; /* packets[first..end) wait */
	uint32_t sent;             /* bytes of the first packet that are out already */
	struct packet *packets[];
};

/* Of the loop thread, like the packets. */
static size_t bytes_of_all;

size_t
packets_bytes(void)
{
	return bytes_of_all;
}

struct packet *
packet_new(enum frame_opcode opcode, const void *payload, size_t size)
{
	uint8_t head[FRAME_HEAD_BYTES];
	size_t head_size = frame_head(head, opcode, true, size, NULL);
	struct packet *packet = g_malloc(sizeof(struct packet) + head_size + size);

	packet->references = 1;
	packet->size = (uint32_t)(head_size + size);
	bytes_of_all += packet->size;
	memcpy(packet->bytes, head, head_size);
	if (size > 0)
		memcpy(packet->bytes + head_size, payload, size);
	return packet;
}

struct packet *
packet_ref(struct packet *packet)
{
	packet->references++;
	return packet;
}

void
packet_unref(struct packet *packet)
{
	if (packet == NULL || --packet->references > 0)
		return;
	bytes_of_all -= packet->size;
	g_free(packet);
}

static struct outbox *
outbox_with_room(struct outbox *outbox)
{
	if (outbox == NULL) {
		outbox = g_malloc(sizeof(struct outbox) + OUTBOX_PACKETS * sizeof(struct packet *));
		*outbox = (struct outbox) { .room = OUTBOX_PACKETS };
		return outbox;
	}
	if (outbox->end < outbox->room)
		return outbox;
	if (outbox->first > outbox->room / 2) {
		memmove(outbox->packets, outbox->packets + outbox->first,
		    (outbox->end - outbox->first) * sizeof(struct packet *));
		outbox->end -= outbox->first;
		outbox->first = 0;
		return outbox;
	}
	outbox->room *= 2;
	return g_realloc(outbox, sizeof(struct outbox) + outbox->room * sizeof(struct packet *));
}

void
outbox_add(struct outbox **outbox, struct packet *packet)
{
	struct outbox *to = *outbox = outbox_with_room(*outbox);

	to->packets[to->end++] = packet_ref(packet);
	to->bytes += packet->size;
}

size_t
outbox_bytes(const struct outbox *outbox)
{
	return outbox == NULL ? 0 : outbox->bytes;
}

void
outbox_cut(struct outbox **outbox)
{
	struct outbox *box = *outbox;

	if (box == NULL)
		return;

	uint32_t keep = box->first + (box->sent > 0 ? 1 : 0);

	while (box->end > keep) {
		struct packet *packet = box->packets[--box->end];

		box->bytes -= packet->size;
		packet_unref(packet);
	}
	if (box->first == box->end)
		outbox_free(outbox);
}

void
outbox_free(struct outbox **outbox)
{
	struct outbox *box = g_steal_pointer(outbox);

	for (uint32_t i = box == NULL ? 0 : box->first; box != NULL && i < box->end; i++)
		packet_unref(box->packets[i]);
	g_free(box);
}

/* Forgets `count` bytes that went out. */
static void
outbox_sent(struct outbox *box, size_t count)
{
	box->bytes -= count;
	count += box->sent;
	while (box->first < box->end && count >= box->packets[box->first]->size) {
		count -= box->packets[box->first]->size;
		packet_unref(box->packets[box->first++]);
	}
	box->sent = (uint32_t)count;
}

static ssize_t
write_some(const struct outbox *box, int fd)
{
	struct iovec parts[WRITE_PACKETS];
	struct msghdr message = { .msg_iov = parts };
	uint32_t skip = box->sent;

	for (uint32_t i = box->first; i < box->end && message.msg_iovlen < WRITE_PACKETS; i++) {
		parts[message.msg_iovlen++] =
		    (struct iovec) { box->packets[i]->bytes + skip, box->packets[i]->size - skip };
		skip = 0;
	}

	ssize_t count;

	do
		count = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (count < 0 && errno == EINTR);
	return count;
}

enum outbox_state
outbox_write(struct outbox **outbox, int fd, uint64_t *written)
{
	while (outbox_bytes(*outbox) > 0) {
		ssize_t count = write_some(*outbox, fd);

		if (count < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? OUTBOX_WAITS
											   : OUTBOX_BROKEN;
		*written += (uint64_t)count;
		outbox_sent(*outbox, (size_t)count);
	}
	outbox_free(outbox);
	return OUTBOX_EMPTY;
}
