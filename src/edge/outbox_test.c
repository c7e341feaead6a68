/* Facts about what waits for one socket. */
#include "edge/outbox.h"

#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/kit/facts.h"

/* A pair of sockets that takes little before it says that it is full. */
static void
pair_new(int pair[2])
{
	int little = 4096;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &little, sizeof(little));
}

static void
add_text(struct outbox **outbox, const char *text)
{
	struct packet *packet = packet_new(FRAME_TEXT, text, strlen(text));

	outbox_add(outbox, packet);
	packet_unref(packet);
}

static void
read_all(int fd, GByteArray *to)
{
	uint8_t bytes[1024];
	ssize_t size;

	while ((size = recv(fd, bytes, sizeof(bytes), 0)) > 0)
		g_byte_array_append(to, bytes, (guint)size);
}

TEST(what_was_added_goes_out_whole_and_in_order_however_little_is_taken)
{
	struct outbox *outbox = NULL;
	g_autoptr(GByteArray) added = g_byte_array_new(), heard = g_byte_array_new();
	enum outbox_state state = OUTBOX_EMPTY;
	uint64_t written = 0;
	unsigned waits = 0;
	int pair[2];

	pair_new(pair);
	for (unsigned i = 0; i < 1000; i++) {
		g_autofree char *text = g_strdup_printf("%0*u", (int)(i % 700) + 1, i);
		struct packet *packet = packet_new(FRAME_TEXT, text, strlen(text));

		outbox_add(&outbox, packet);
		g_byte_array_append(added, packet->bytes, packet->size);
		packet_unref(packet);
		/* Now and then some goes out, so that the beginning moves. */
		if (i % 100 == 99)
			state = outbox_write(&outbox, pair[0], &written);
	}
	assert_int_equal(outbox_bytes(outbox), added->len - written);
	while (state == OUTBOX_WAITS) {
		waits++;
		read_all(pair[1], heard);
		state = outbox_write(&outbox, pair[0], &written);
	}
	read_all(pair[1], heard);
	assert_int_equal(state, OUTBOX_EMPTY);
	assert_null(outbox);
	assert_true(waits > 10);
	assert_int_equal(written, added->len);
	assert_int_equal(heard->len, added->len);
	assert_memory_equal(heard->data, added->data, added->len);
	close(pair[0]);
	close(pair[1]);
}

TEST(what_was_begun_is_finished_and_the_rest_taken_back)
{
	struct outbox *outbox = NULL;
	g_autofree char *large = g_strnfill(100000, 'l');
	g_autoptr(GByteArray) heard = g_byte_array_new();
	uint64_t written = 0;
	int pair[2];

	pair_new(pair);
	add_text(&outbox, large);
	add_text(&outbox, "never sent");
	assert_int_equal(outbox_write(&outbox, pair[0], &written), OUTBOX_WAITS);
	assert_true(written > 0 && written < 100000);
	outbox_cut(&outbox);
	add_text(&outbox, "the end");
	do
		read_all(pair[1], heard);
	while (outbox_write(&outbox, pair[0], &written) == OUTBOX_WAITS);
	read_all(pair[1], heard);
	assert_int_equal(heard->len, 10 + 100000 + 2 + 7);
	assert_memory_equal(heard->data + heard->len - 7, "the end", 7);
	close(pair[0]);
	close(pair[1]);
}

TEST(what_was_not_begun_is_taken_back_whole)
{
	struct outbox *outbox = NULL;

	outbox_cut(&outbox);
	add_text(&outbox, "one");
	add_text(&outbox, "two");
	assert_int_equal(outbox_bytes(outbox), 2 * (2 + 3));
	outbox_cut(&outbox);
	assert_null(outbox);
	assert_int_equal(outbox_bytes(outbox), 0);
}

TEST(who_is_gone_is_noticed)
{
	struct outbox *outbox = NULL;
	uint64_t written = 0;
	int pair[2];

	pair_new(pair);
	close(pair[1]);
	add_text(&outbox, "anybody?");
	assert_int_equal(outbox_write(&outbox, pair[0], &written), OUTBOX_BROKEN);
	outbox_free(&outbox);
	close(pair[0]);
}

TEST(a_packet_lives_as_long_as_somebody_waits_for_it)
{
	struct packet *packet = packet_new(FRAME_TEXT, "shared", 6);
	struct outbox *one = NULL, *two = NULL;

	outbox_add(&one, packet);
	outbox_add(&two, packet);
	assert_int_equal(packet->references, 3);
	outbox_free(&one);
	packet_unref(packet);
	assert_int_equal(packet->references, 1);
	outbox_free(&two);
}
