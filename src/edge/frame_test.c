/* Frames: every way to cut a stream, every limit at n and n + 1, and libwslay's opinion of the same bytes. */
#include "edge/frame.h"

#include <string.h>
#include <wslay/wslay.h>

#include "tests/kit/facts.h"

#define MESSAGE_MAX 70000

static const uint8_t test_mask[4] = { 0x37, 0xFA, 0x21, 0x3D };

static void
add_frame_of(GByteArray *to, unsigned first, const void *payload, size_t size, const uint8_t *mask)
{
	uint8_t head[FRAME_HEAD_BYTES];
	size_t head_size = frame_head(head, first & 0x0F, true, size, mask);
	guint start = to->len + head_size;

	head[0] = first;
	g_byte_array_append(to, head, head_size);
	g_byte_array_append(to, payload, size);
	if (mask != NULL)
		frame_mask(to->data + start, size, mask);
}

/* Adds a masked frame whose first byte is `first`. */
static void
add_frame(GByteArray *to, unsigned first, const char *payload)
{
	add_frame_of(to, first, payload, strlen(payload), test_mask);
}

static void
add_bytes(GString *story, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		g_string_append_printf(story, g_ascii_isalnum(bytes[i]) ? "%c" : "<%02X>", bytes[i]);
	g_string_append_c(story, ' ');
}

/* One end that reads, and what it has read so far in words. */
struct reading {
	struct frame_reader reader;
	GByteArray *waiting, *message;
	GString *story;
	bool over;
};

static void
reading_take(struct reading *reading, enum frame_step step, const struct frame *frame)
{
	if (step == FRAME_FAILED) {
		g_string_append_printf(reading->story, "fails %u ", frame->code);
		reading->over = true;
	} else if (step == FRAME_PIECE) {
		if (frame->is_first)
			g_byte_array_set_size(reading->message, 0);
		g_byte_array_append(reading->message, frame->bytes, frame->size);
		if (!frame->is_last)
			return;
		g_string_append(reading->story, frame->opcode == FRAME_TEXT ? "text " : "binary ");
		add_bytes(reading->story, reading->message->data, reading->message->len);
	} else if (frame->opcode == FRAME_CLOSE) {
		g_string_append_printf(reading->story, "close %u ", frame->code);
		add_bytes(reading->story, frame->bytes, frame->size);
		reading->over = true;
	} else {
		g_string_append(reading->story, frame->opcode == FRAME_PING ? "ping " : "pong ");
		add_bytes(reading->story, frame->bytes, frame->size);
	}
}

static void
reading_feed(struct reading *reading, const uint8_t *bytes, size_t size)
{
	struct frame frame;
	enum frame_step step;
	size_t used;

	g_byte_array_append(reading->waiting, bytes, size);
	while (!reading->over) {
		step = frame_read(&reading->reader, reading->waiting->data, reading->waiting->len, &used, &frame);
		if (step == FRAME_NEEDS_MORE)
			break;
		reading_take(reading, step, &frame);
		g_byte_array_remove_range(reading->waiting, 0, used);
	}
	assert_true(reading->over || reading->waiting->len <= FRAME_TAIL_BYTES);
}

/* What a reader says of a stream that comes in parts that end at `cut` (0: nowhere) and then every `step` bytes. */
static char *
story_in_parts(enum frame_role role, const GByteArray *stream, size_t cut, size_t step)
{
	struct reading reading = {
		.waiting = g_byte_array_new(),
		.message = g_byte_array_new(),
		.story = g_string_new(NULL),
	};
	size_t at = 0;

	frame_reader_init(&reading.reader, role, MESSAGE_MAX);
	reading_feed(&reading, stream->data, cut);
	for (at = cut; at < stream->len && !reading.over; at += step)
		reading_feed(&reading, stream->data + at, MIN(step, stream->len - at));
	g_byte_array_unref(reading.waiting);
	g_byte_array_unref(reading.message);
	return g_string_free(reading.story, FALSE);
}

static char *
story(const GByteArray *stream)
{
	return story_in_parts(FRAME_SERVER, stream, 0, MESSAGE_MAX * 2);
}

static void
assert_story(GByteArray *stream, const char *expected)
{
	g_autofree char *told = story(stream);

	assert_string_equal(told, expected);
	g_byte_array_unref(stream);
}

TEST(frames_of_the_standard_are_read)
{
	/* RFC 6455, 5.7 */
	static const uint8_t hello[] = { 0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58 };
	static const uint8_t parts[] = { 0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f };
	g_autoptr(GByteArray) stream = g_byte_array_new();
	g_autofree char *told = NULL;

	assert_story(g_byte_array_append(g_byte_array_new(), hello, sizeof(hello)), "text Hello ");
	g_byte_array_append(stream, parts, sizeof(parts));
	told = story_in_parts(FRAME_CLIENT, stream, 0, MESSAGE_MAX);
	assert_string_equal(told, "text Hello ");
}

/* A stream with a bit of everything; ends with a close. */
static GByteArray *
mixed_stream(void)
{
	GByteArray *stream = g_byte_array_new();
	g_autofree char *medium = g_strnfill(126, 'm'), *large = g_strnfill(300, 'l');

	add_frame(stream, 0x81, "");
	add_frame(stream, 0x81, "gr\xC3\xBC\xC3\x9F");
	add_frame(stream, 0x01, "a\xF0\x9F");
	add_frame(stream, 0x89, "ping");
	add_frame(stream, 0x00, "");
	add_frame(stream, 0x00, "\x98");
	add_frame(stream, 0x8A, medium + 1);
	add_frame(stream, 0x80, "\x80z");
	add_frame(stream, 0x82, "\xFF\x01");
	add_frame(stream, 0x81, medium);
	add_frame(stream, 0x81, large);
	add_frame(stream, 0x88,
	    "\x03\xE8"
	    "bye");
	add_frame(stream, 0x81, "after the end");
	return stream;
}

TEST(every_cut_of_a_stream_tells_the_same)
{
	g_autoptr(GByteArray) stream = mixed_stream();
	g_autofree char *whole = story(stream);

	assert_true(g_str_has_suffix(whole, "close 1000 bye "));
	for (size_t cut = 0; cut <= stream->len; cut++) {
		g_autofree char *cut_once = story_in_parts(FRAME_SERVER, stream, cut, MESSAGE_MAX);
		g_autofree char *cut_all = story_in_parts(FRAME_SERVER, stream, cut, 1 + cut % 7);

		assert_string_equal(cut_once, whole);
		assert_string_equal(cut_all, whole);
	}
}

TEST(every_prefix_tells_a_prefix)
{
	g_autoptr(GByteArray) stream = mixed_stream();
	g_autofree char *whole = story(stream);

	for (size_t size = 0; size <= stream->len; size++) {
		GByteArray prefix = { .data = stream->data, .len = size };
		g_autofree char *told = story(&prefix);

		assert_memory_equal(told, whole, strlen(told));
	}
}

/* A text frame of one client whose head is given in full. */
static void
assert_head(const char *head, size_t head_size, size_t payload_size, const char *expected)
{
	GByteArray *stream = g_byte_array_append(g_byte_array_new(), (const uint8_t *)head, head_size);
	g_autofree char *payload = g_strnfill(payload_size, 'x');
	g_autofree char *text = g_strdup_printf("text %s ", payload);

	g_byte_array_append(stream, (const uint8_t *)"\0\0\0\0", 4);
	g_byte_array_append(stream, (const uint8_t *)payload, payload_size);
	assert_story(stream, expected != NULL ? expected : text);
}

TEST(a_length_must_be_in_its_shortest_form)
{
	assert_head("\x81\xFD", 2, 125, NULL);
	assert_head("\x81\xFE\x00\x7D", 4, 125, "fails 1002 ");
	assert_head("\x81\xFE\x00\x7E", 4, 126, NULL);
	assert_head("\x81\xFE\xFF\xFF", 4, 65535, NULL);
	assert_head("\x81\xFF\x00\x00\x00\x00\x00\x00\xFF\xFF", 10, 65535, "fails 1002 ");
	assert_head("\x81\xFF\x00\x00\x00\x00\x00\x01\x00\x00", 10, 65536, NULL);
	assert_head("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10, 0, "fails 1009 ");
	assert_head("\x81\xFF\x80\x00\x00\x00\x00\x00\x00\x00", 10, 0, "fails 1002 ");
}

TEST(lengths_are_written_in_their_shortest_form)
{
	static const uint64_t sizes[] = { 0, 125, 126, 65535, 65536, INT64_MAX };
	static const size_t heads[] = { 2, 2, 4, 4, 10, 10 };
	uint8_t head[FRAME_HEAD_BYTES];

	for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
		assert_int_equal(frame_head(head, FRAME_TEXT, true, sizes[i], NULL), heads[i]);
		assert_int_equal(frame_head(head, FRAME_TEXT, true, sizes[i], test_mask), heads[i] + 4);
	}
}

TEST(a_message_of_the_limit_is_read_and_one_byte_more_is_not)
{
	g_autofree char *half = g_strnfill(MESSAGE_MAX / 2, 'h'), *more = g_strnfill(MESSAGE_MAX / 2 + 1, 'h');
	g_autofree char *text = g_strdup_printf("text %s%s ", half, half);
	GByteArray *stream = g_byte_array_new();

	add_frame(stream, 0x01, half);
	add_frame(stream, 0x80, half);
	assert_story(stream, text);
	stream = g_byte_array_new();
	add_frame(stream, 0x01, half);
	add_frame(stream, 0x80, more);
	assert_story(stream, "fails 1009 ");
	assert_head("\x81\xFF\x00\x00\x00\x00\x00\x01\x11\x70", 10, MESSAGE_MAX, NULL);
	assert_head("\x81\xFF\x00\x00\x00\x00\x00\x01\x11\x71", 10, 0, "fails 1009 ");
}

/* A stream of one or two masked frames, given by their first bytes. */
static void
assert_frames(unsigned one, const char *payload, unsigned two, const char *expected)
{
	GByteArray *stream = g_byte_array_new();

	add_frame(stream, one, payload);
	if (two != 0)
		add_frame(stream, two, payload);
	assert_story(stream, expected);
}

TEST(what_the_standard_does_not_allow_is_refused)
{
	g_autofree char *long_ping = g_strnfill(126, 'p');
	GByteArray *unmasked = g_byte_array_new();

	assert_frames(0xC1, "x", 0, "fails 1002 ");
	assert_frames(0xA1, "x", 0, "fails 1002 ");
	assert_frames(0x91, "x", 0, "fails 1002 ");
	for (unsigned opcode = 3; opcode < 16; opcode++) {
		if (opcode < FRAME_CLOSE || opcode > FRAME_PONG)
			assert_frames(0x80 | opcode, "x", 0, "fails 1002 ");
	}
	assert_frames(0x80, "x", 0, "fails 1002 ");
	assert_frames(0x01, "x", 0x81, "fails 1002 ");
	assert_frames(0x01, "x", 0x82, "fails 1002 ");
	assert_frames(0x09, "x", 0, "fails 1002 ");
	assert_frames(0x89, long_ping, 0, "fails 1002 ");
	assert_frames(0x89, long_ping + 1, 0x8A,
	    "ping ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp"
	    "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp pong pppppppppppppppppppppppppppppppppppppp"
	    "ppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp ");
	add_frame_of(unmasked, 0x81, "x", 1, NULL);
	assert_story(unmasked, "fails 1002 ");
}

TEST(a_server_that_masks_is_refused_by_its_client)
{
	g_autoptr(GByteArray) stream = g_byte_array_new();
	g_autofree char *told = NULL;

	add_frame(stream, 0x81, "x");
	told = story_in_parts(FRAME_CLIENT, stream, 0, MESSAGE_MAX);
	assert_string_equal(told, "fails 1002 ");
}

TEST(close_codes_that_mean_nothing_on_the_wire_are_refused)
{
	for (unsigned code = 0; code <= 0xFFFF; code++) {
		bool is_valid =
		    (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
		uint8_t body[FRAME_CONTROL_BYTES];
		GByteArray *stream = g_byte_array_new();
		g_autofree char *close = g_strdup_printf("close %u r ", code);

		add_frame_of(stream, 0x88, body, frame_close_body(body, code, "r"), test_mask);
		assert_story(stream, is_valid ? close : "fails 1002 ");
	}
	assert_frames(0x88, "", 0, "close 1005  ");
	assert_frames(0x88, "x", 0, "fails 1002 ");
	assert_frames(0x88, "\x03\xE8\xC3\xBC", 0, "close 1000 <C3><BC> ");
	assert_frames(0x88, "\x03\xE8\xC3", 0, "fails 1007 ");
}

TEST(a_reason_is_cut_between_characters)
{
	uint8_t body[FRAME_CONTROL_BYTES];
	g_autofree char *fits = g_strnfill(123, 'r');
	g_autofree char *cut = g_strdup_printf("%.122s\xC3\xBC", fits);

	assert_int_equal(frame_close_body(body, 1000, fits), 125);
	assert_int_equal(frame_close_body(body, 1000, cut), 124);
	assert_memory_equal(body, "\x03\xE8rrr", 5);
}

/* What GLib thinks of a text, for all of the given length. */
static void
assert_like_glib(const uint8_t *bytes, size_t size)
{
	struct utf8 utf8 = { 0 };
	bool is_text = utf8_goes_on(&utf8, bytes, size) && utf8.owed == 0;

	/* GLib refuses NUL when it is given a length; RFC 3629 does not. */
	if (memchr(bytes, 0, size) == NULL)
		assert_int_equal(is_text, g_utf8_validate((const char *)bytes, size, NULL));
}

TEST(utf8_is_judged_as_glib_does)
{
	static const uint8_t bounds[] = { 0x01, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
		0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };
	const unsigned count = G_N_ELEMENTS(bounds);

	for (unsigned i = 0; i < count * count * count * count; i++) {
		uint8_t bytes[5] = { bounds[i % count], bounds[i / count % count], bounds[i / count / count % count],
			bounds[i / count / count / count], 'z' };

		assert_like_glib(bytes, 4);
		assert_like_glib(bytes, 5);
	}
}

TEST(text_is_refused_at_its_first_wrong_byte)
{
	static const char *const wrong[] = { "ok\xC0", "ok\xE0\x9F", "ok\xED\xA0", "ok\xF0\x8F", "ok\xF4\x90", "ok\xF5",
		"ok\xC3z" };

	for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
		/* The frame claims 100 more bytes that never come. */
		GByteArray *stream = g_byte_array_append(g_byte_array_new(), (const uint8_t *)"\x81\xEA\0\0\0\0", 6);

		g_byte_array_append(stream, (const uint8_t *)wrong[i], strlen(wrong[i]));
		assert_story(stream, "fails 1007 ");
	}
	assert_frames(0x81, "cut\xC3", 0, "fails 1007 ");
}

/* What libwslay reads from. */
struct theirs {
	const GByteArray *stream;
	size_t at;
	GString *story;
};

static ssize_t
theirs_recv(wslay_event_context_ptr context, uint8_t *bytes, size_t size, int flags, void *data)
{
	struct theirs *theirs = data;
	size_t count = MIN(size, theirs->stream->len - theirs->at);

	(void)flags;
	if (count == 0) {
		wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	memcpy(bytes, theirs->stream->data + theirs->at, count);
	theirs->at += count;
	return count;
}

static ssize_t
theirs_send(wslay_event_context_ptr context, const uint8_t *bytes, size_t size, int flags, void *data)
{
	(void)context, (void)bytes, (void)flags, (void)data;
	return size;
}

static void
theirs_message(wslay_event_context_ptr context, const struct wslay_event_on_msg_recv_arg *message, void *data)
{
	struct theirs *theirs = data;
	struct reading reading = { .story = theirs->story, .message = g_byte_array_new() };
	bool is_close = message->opcode == WSLAY_CONNECTION_CLOSE, has_code = is_close && message->msg_length >= 2;
	struct frame frame = {
		.opcode = message->opcode,
		.bytes = (uint8_t *)message->msg + (has_code ? 2 : 0),
		.is_first = true,
		.is_last = true,
		.size = message->msg_length - (has_code ? 2 : 0),
		.code = has_code ? message->status_code : FRAME_NO_CODE,
	};

	(void)context;
	reading_take(&reading, message->opcode >= FRAME_CLOSE ? FRAME_CONTROL : FRAME_PIECE, &frame);
	g_byte_array_unref(reading.message);
}

static char *
story_of_wslay(const GByteArray *stream)
{
	static const struct wslay_event_callbacks callbacks = {
		.recv_callback = theirs_recv,
		.send_callback = theirs_send,
		.on_msg_recv_callback = theirs_message,
	};
	struct theirs theirs = { .stream = stream, .story = g_string_new(NULL) };
	wslay_event_context_ptr context;

	assert_int_equal(wslay_event_context_server_init(&context, &callbacks, &theirs), 0);
	wslay_event_config_set_max_recv_msg_length(context, MESSAGE_MAX);
	/* What its lower half refuses has no code: it is always the protocol. */
	bool is_malformed = wslay_event_recv(context) != 0;

	wslay_event_send(context);
	if (is_malformed)
		g_string_append(theirs.story, "fails 1002 ");
	else if (!wslay_event_get_read_enabled(context) && !wslay_event_get_close_received(context))
		g_string_append_printf(theirs.story, "fails %u ", wslay_event_get_status_code_sent(context));
	wslay_event_context_free(context);
	return g_string_free(theirs.story, FALSE);
}

/*
 * Where we and libwslay differ on purpose: codes 1012 to 1014 came after it, a close of one byte has half a code (5.5.1),
 * and where code and reason are both wrong it looks at the reason first.
 */
static bool
is_known_difference(const char *ours, const char *theirs)
{
	size_t same = 0;

	while (ours[same] == theirs[same] && ours[same] != '\0')
		same++;
	while (same > 0 && !g_str_has_prefix(ours + same, "fails") && !g_str_has_prefix(ours + same, "close"))
		same--;
	ours += same;
	theirs += same;
	if (g_str_has_prefix(ours, "close 101"))
		return strcmp(theirs, "fails 1002 ") == 0;
	return strcmp(ours, "fails 1002 ") == 0 &&
	    (strcmp(theirs, "fails 1007 ") == 0 || g_str_has_prefix(theirs, "close 1005 "));
}

/* A stream that is mostly right, made of `random`. It ends so that no head or control is left half told. */
static GByteArray *
random_stream(GRand *random)
{
	static const unsigned firsts[] = { 0x81, 0x81, 0x01, 0x00, 0x80, 0x89, 0x8A, 0x82, 0x02, 0x88 };
	static const char *const texts[] = { "", "plain",
		"gr\xC3\xBC\xC3\x9F"
		"e",
		"\xE2\x82", "\xAC", "\xF0\x9F\x98\x80" };
	static const unsigned codes[] = { 1000, 1001, 1004, 1005, 1011, 2999, 3000, 4999, 5000 };
	GByteArray *stream = g_byte_array_new();

	for (int count = g_rand_int_range(random, 1, 12); count > 0; count--) {
		unsigned first = firsts[g_rand_int_range(random, 0, G_N_ELEMENTS(firsts))];
		const char *text = texts[g_rand_int_range(random, 0, G_N_ELEMENTS(texts))];
		g_autofree char *filled = g_strnfill(g_rand_int_range(random, 0, 200), 'f');
		uint8_t body[FRAME_CONTROL_BYTES];

		if (first == 0x88)
			add_frame_of(stream, first, body,
			    frame_close_body(body, codes[g_rand_int_range(random, 0, G_N_ELEMENTS(codes))], text),
			    test_mask);
		else
			add_frame(stream, first, g_rand_boolean(random) ? text : filled);
	}
	g_byte_array_append(stream, (const uint8_t[FRAME_TAIL_BYTES]) { 0 }, FRAME_TAIL_BYTES);
	return stream;
}

TEST(libwslay_reads_the_same)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(6455);

	for (unsigned round = 0; round < 20000; round++) {
		g_autoptr(GByteArray) stream = random_stream(random);

		if (round % 2 == 1) {
			for (int flips = g_rand_int_range(random, 1, 4); flips > 0; flips--)
				stream->data[g_rand_int_range(random, 0, stream->len)] ^= 1
				    << g_rand_int_range(random, 0, 8);
		}

		g_autofree char *ours = story(stream), *theirs = story_of_wslay(stream);

		if (strcmp(ours, theirs) != 0 && !is_known_difference(ours, theirs)) {
			print_message("round %u\n  ours   %s\n  theirs %s\n", round, ours, theirs);
			fail_msg("libwslay reads round %u otherwise", round);
		}
	}
}
