/* Facts about files over HTTP: how parts come in, and how bytes go out. */
#include "tests/kit/http_stage.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/commands.h"
#include "edge/cookie.h"
#include "edge/crowd.h"
#include "tests/kit/desk.h"

#define SIZE (LIMIT_FILE_PART_BYTES + 5)

struct scene {
	struct http_stage stage; /* of it only the loop, the port and the door are used */
	struct kit_desk *desk;
	const struct kit_actor *vera, *wim, *ann;
	char token[VISITOR_TOKEN_CHARS + 1];
	char conversation[KEY_CHARS + 1], file[KEY_CHARS + 1];
	char bytes[SIZE];
};

static void
be(struct scene *scene, const struct kit_actor *visitor)
{
	visitor_token_make(&kit_edge(scene->desk)->key, visitor->credential.visitor, 0, scene->token);
}

static void
scene_begin(struct scene *scene)
{
	struct http_settings settings = { .commands = commands, .embed_origins = "'self'" };
	struct http_stage *stage = &scene->stage;

	scene->desk = kit_desk_begin(3);
	scene->vera = kit_visitor(scene->desk, "vera");
	scene->wim = kit_visitor(scene->desk, "wim");
	scene->ann = kit_staff(scene->desk, "ann", ROLE_ADVISOR);
	g_strlcpy(scene->conversation,
	    kit_text(kit_do(scene->desk, scene->vera, "chat.start", "{s:s}", "id", "start-vera"), "conversation"),
	    sizeof scene->conversation);
	for (size_t i = 0; i < SIZE; i++)
		scene->bytes[i] = (char)('a' + i % 23);
	memcpy(scene->bytes, "%PDF-", 5);
	kit_edge(scene->desk)->crowd = crowd_new(0);
	stage->local = networks_parse("127.0.0.1", NULL);
	stage->proxies = networks_parse("", NULL);
	settings.watchers = stage->local;
	settings.proxies = stage->proxies;
	uv_loop_init(&stage->loop);
	ASSERT_OK((settings.listener = http_listen("127.0.0.1", 0, &error)) >= 0);
	stage->port = http_port(settings.listener);
	ASSERT_OK((stage->http = http_start(kit_edge(scene->desk), &stage->loop, &settings, &error)) != NULL);
	be(scene, scene->vera);
}

static void
scene_end(struct scene *scene)
{
	http_free(scene->stage.http);
	while (uv_run(&scene->stage.loop, UV_RUN_DEFAULT) != 0)
		;
	assert_int_equal(uv_loop_close(&scene->stage.loop), 0);
	networks_free(scene->stage.local);
	networks_free(scene->stage.proxies);
	crowd_free(kit_edge(scene->desk)->crowd);
	kit_desk_end(scene->desk);
}

static void
start(struct scene *scene, const char *name)
{
	const struct kit_answer *answer = kit_do(scene->desk, scene->vera, "file.start", "{s:s, s:s, s:s, s:i}",
	    "conversation", scene->conversation, "id", "file-0001", "name", name, "size", SIZE);

	g_strlcpy(scene->file, kit_text(answer, "file"), sizeof scene->file);
}

/* Puts bytes over HTTP; the answer is whole. */
static char *
put(struct scene *scene, int number, const char *headers, const char *bytes, size_t size)
{
	g_autoptr(GString) request = g_string_new(NULL);

	g_string_printf(request,
	    "PUT /api/v1/conversations/%s/files/%s/parts/%d HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %zu\r\n" CLOSE,
	    scene->conversation, scene->file, number, headers, size);
	g_string_append_len(request, bytes, (gssize)size);
	return http_talk_bytes(&scene->stage, request->str, request->len);
}

static int
put_status(struct scene *scene, int number, const char *more, const char *bytes, size_t size)
{
	g_autofree char *headers = g_strdup_printf("Authorization: Bearer %s\r\n%s", scene->token, more);
	g_autofree char *got = put(scene, number, headers, bytes, size);

	return http_status(got);
}

#define OCTETS "Content-Type: application/octet-stream\r\n"

static void
send_whole(struct scene *scene, const char *name)
{
	start(scene, name);
	assert_int_equal(put_status(scene, 0, OCTETS, scene->bytes, LIMIT_FILE_PART_BYTES), 200);
	assert_int_equal(put_status(scene, 1, OCTETS, scene->bytes + LIMIT_FILE_PART_BYTES, 5), 200);
	assert_true(kit_do(scene->desk, scene->vera, "file.finish", "{s:s, s:s}", "conversation", scene->conversation,
	    "file", scene->file)
			->is_ok);
}

static char *
get(struct scene *scene, const char *name, const char *more)
{
	g_autofree char *request =
	    g_strdup_printf("GET /files/%s/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s" CLOSE,
		scene->file, name, scene->token, more);

	return http_talk(&scene->stage, request);
}

static const char *
body_of(const char *got)
{
	return strstr(got, "\r\n\r\n") + 4;
}

TEST(a_file_reads_back_bit_for_bit_and_may_do_nothing)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	send_whole(&scene, "offer.pdf");

	g_autofree char *got = get(&scene, "offer.pdf", "");

	assert_int_equal(http_status(got), 200);
	ASSERT_HAS(got, "Content-Length: 262149\r\n");
	ASSERT_HAS(got, "Content-Type: application/pdf\r\n");
	ASSERT_HAS(got, "Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\n");
	ASSERT_HAS(got, "X-Content-Type-Options: nosniff\r\n");
	ASSERT_HAS(got, "Cache-Control: private, max-age=31536000, immutable\r\n");
	ASSERT_HAS(got, "Content-Disposition: attachment; filename=\"offer.pdf\"; filename*=UTF-8''offer.pdf\r\n");
	assert_memory_equal(body_of(got), scene.bytes, SIZE);
	scene_end(&scene);
}

TEST(a_range_over_two_parts_is_sent_alone)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	send_whole(&scene, "offer.pdf");

	g_autofree char *part = get(&scene, "offer.pdf", "Range: bytes=262140-262146\r\n");
	g_autofree char *beyond = get(&scene, "offer.pdf", "Range: bytes=262149-\r\n");
	g_autofree char *several = get(&scene, "offer.pdf", "Range: bytes=0-1,4-5\r\n");
	g_autofree char *etag = g_strdup_printf("If-None-Match: \"%s\"\r\n", scene.file);
	g_autofree char *same = get(&scene, "offer.pdf", etag);

	assert_int_equal(http_status(part), 206);
	ASSERT_HAS(part, "Content-Range: bytes 262140-262146/262149\r\n");
	ASSERT_HAS(part, "Content-Length: 7\r\n");
	assert_memory_equal(body_of(part), scene.bytes + 262140, 7);
	assert_int_equal(http_status(beyond), 416);
	ASSERT_HAS(beyond, "Content-Range: bytes */262149\r\n");
	assert_int_equal(http_status(several), 200);
	assert_int_equal(http_status(same), 304);
	scene_end(&scene);
}

TEST(a_file_of_another_and_none_are_the_same_answer)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	send_whole(&scene, "offer.pdf");

	g_autofree char *other_name = get(&scene, "invoice.pdf", "");

	be(&scene, scene.wim);

	g_autofree char *forbidden = get(&scene, "offer.pdf", "");

	memset(scene.file, 'A', KEY_CHARS);

	g_autofree char *unknown = get(&scene, "offer.pdf", "");

	assert_int_equal(http_status(forbidden), 404);
	assert_string_equal(body_of(forbidden), body_of(unknown));
	assert_string_equal(body_of(other_name), body_of(unknown));
	http_assert_status(
	    &scene.stage, "GET /files/AAAAAAAAAAAAAAAAAAAAAA/x HTTP/1.1\r\nHost: localhost\r\n" CLOSE, 401);
	scene_end(&scene);
}

TEST(a_hostile_name_is_saved_as_a_plain_one)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	/* A folder, a turn of direction, a quote and an umlaut. */
	send_whole(&scene,
	    "../\xe2\x80\xae"
	    "a\"b \xc3\xa4.pdf");

	g_autofree char *got = get(&scene, "a_b%20%C3%A4.pdf", "");

	assert_int_equal(http_status(got), 200);
	ASSERT_HAS(got, "filename=\"a_b _.pdf\"; filename*=UTF-8''a_b%20%C3%A4.pdf\r\n");
	scene_end(&scene);
}

TEST(a_part_has_262144_bytes_and_not_one_more)
{
	struct scene scene = { 0 };
	g_autofree char *longer = g_strnfill(LIMIT_FILE_PART_BYTES + 1, 'x');

	scene_begin(&scene);
	start(&scene, "offer.pdf");
	assert_int_equal(put_status(&scene, 0, OCTETS, longer, LIMIT_FILE_PART_BYTES + 1), 413);
	assert_int_equal(put_status(&scene, 0, JSON, longer, LIMIT_FILE_PART_BYTES), 415);
	assert_int_equal(put_status(&scene, 0, "", longer, LIMIT_FILE_PART_BYTES), 415);
	assert_int_equal(put_status(&scene, 0, OCTETS, "", 0), 400);
	assert_int_equal(put_status(&scene, 0, OCTETS, longer, LIMIT_FILE_PART_BYTES), 200);
	scene_end(&scene);
}

TEST(who_shows_nothing_of_itself_is_refused_before_the_bytes_come)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	start(&scene, "offer.pdf");

	g_autofree char *request = g_strdup_printf("PUT /api/v1/conversations/%s/files/%s/parts/0 HTTP/1.1\r\n"
						   "Host: localhost\r\nSec-Fetch-Site: same-origin\r\n" OCTETS
						   "Content-Length: 262144\r\n\r\n",
	    scene.conversation, scene.file);
	g_autofree char *got = http_talk(&scene.stage, request); /* and no byte of the body */

	assert_int_equal(http_status(got), 401);
	scene_end(&scene);
}

TEST(a_reader_who_leaves_in_the_middle_leaves_nothing_behind)
{
	struct scene scene = { 0 };

	scene_begin(&scene);
	send_whole(&scene, "offer.pdf");
	for (int i = 0; i < 5; i++) {
		g_autofree char *request = g_strdup_printf(
		    "GET /files/%s/offer.pdf HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n",
		    scene.file, scene.token);
		int fd = http_connect(&scene.stage);
		g_autoptr(GString) got = g_string_new(NULL);

		http_send(&scene.stage, fd, request, strlen(request), got);
		while (got->len < (gsize)i * 50000)
			http_turn(&scene.stage, fd, got);
		close(fd);
	}
	for (gint64 end = g_get_monotonic_time() + HTTP_PATIENCE_US; http_under_way(scene.stage.http) > 0;) {
		uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
		assert_true(g_get_monotonic_time() < end);
	}
	scene_end(&scene);
}

/* More than the kernel takes for somebody who does not read. */
static void
send_large(struct scene *scene)
{
	const int parts = 40;
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->vera, "file.start", "{s:s, s:s, s:s, s:i}", "conversation", scene->conversation,
		"id", "file-0002", "name", "large.pdf", "size", parts * LIMIT_FILE_PART_BYTES);

	g_strlcpy(scene->file, kit_text(answer, "file"), sizeof scene->file);
	for (int i = 0; i < parts; i++) {
		kit_attach(scene->desk, scene->bytes, LIMIT_FILE_PART_BYTES);
		kit_do(scene->desk, scene->vera, "file.part", "{s:s, s:s, s:i}", "conversation", scene->conversation,
		    "file", scene->file, "number", i);
	}
	assert_true(kit_do(scene->desk, scene->vera, "file.finish", "{s:s, s:s}", "conversation", scene->conversation,
	    "file", scene->file)
			->is_ok);
}

/* Asks for it and reads nothing. */
static int
fetch_slowly_from(struct scene *scene, const char *address, const char *request)
{
	int fd = http_connect_from(&scene->stage, address), small = 4096;
	g_autoptr(GString) got = g_string_new(NULL);
	unsigned before = http_under_way(scene->stage.http);

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	http_send(&scene->stage, fd, request, strlen(request), got);
	while (http_under_way(scene->stage.http) == before)
		uv_run(&scene->stage.loop, UV_RUN_NOWAIT);
	return fd;
}

static int
fetch_slowly(struct scene *scene, const char *request)
{
	return fetch_slowly_from(scene, "127.0.0.1", request);
}

static char *
request_of_large(const struct scene *scene)
{
	return g_strdup_printf(
	    "GET /files/%s/large.pdf HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n" CLOSE, scene->file,
	    scene->token);
}

/* What the next one from that address is answered; a refusal says when to come again. */
static int
status_from(struct scene *scene, const char *address, const char *request)
{
	int fd = http_connect_from(&scene->stage, address);
	g_autofree char *got = http_talk_until(&scene->stage, fd, request, strlen(request), "\r\n\r\n");

	close(fd);
	assert_int_equal(http_status(got) == 503, strstr(got, "Retry-After") != NULL);
	return http_status(got);
}

/* As many as one address may fetch come from 127.0.0.2, as many from 127.0.0.3 … */
TEST(an_address_fetches_64_files_at_a_time_and_all_together_256_and_the_next_comes_again_later)
{
	struct scene scene = { 0 };
	int fetching[LIMIT_FILES_SENT];

	scene_begin(&scene);
	send_large(&scene);

	g_autofree char *request = request_of_large(&scene);

	for (unsigned i = 0; i < LIMIT_FILES_SENT; i++) {
		g_autofree char *address = g_strdup_printf("127.0.0.%u", 2 + i / LIMIT_FILES_SENT_PER_ADDRESS);

		if (i == LIMIT_FILES_SENT_PER_ADDRESS)
			assert_int_equal(status_from(&scene, "127.0.0.2", request), 503);
		if (i == LIMIT_FILES_SENT - 1)
			assert_int_equal(status_from(&scene, "127.0.0.9", request), 200);
		while (http_under_way(scene.stage.http) > i)
			uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
		fetching[i] = fetch_slowly_from(&scene, address, request);
	}
	assert_int_equal(status_from(&scene, "127.0.0.9", request), 503);
	close(fetching[0]);
	while (http_under_way(scene.stage.http) >= LIMIT_FILES_SENT)
		uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
	assert_int_equal(status_from(&scene, "127.0.0.2", request), 200);
	for (unsigned i = 1; i < LIMIT_FILES_SENT; i++)
		close(fetching[i]);
	scene_end(&scene);
}

TEST(a_file_is_sent_for_20_minutes_and_then_cut_off)
{
	const int64_t whole_ns = LIMIT_FILE_SEND_MINUTES * INT64_C(60000000000);
	struct scene scene = { 0 };
	int64_t before_ns, after_ns;
	int fd;

	scene_begin(&scene);
	send_large(&scene);

	g_autofree char *request = request_of_large(&scene);

	before_ns = clock_ticks_ns();
	fd = fetch_slowly(&scene, request);
	after_ns = clock_ticks_ns();
	http_tick(scene.stage.http, before_ns + whole_ns - 1);
	for (unsigned i = 0; i < 20; i++)
		uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
	assert_int_equal(http_under_way(scene.stage.http), 1);
	http_tick(scene.stage.http, after_ns + whole_ns);
	while (http_under_way(scene.stage.http) > 0)
		uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
	close(fd);
	scene_end(&scene);
}

/* So many parts begin to arrive, a byte of each: a few from 127.0.0.2, as many from 127.0.0.3 … */
static void
begin_parts(struct scene *scene, int *waiting, unsigned count)
{
	g_autoptr(GString) got = g_string_new(NULL);
	g_autofree char *request =
	    g_strdup_printf("PUT /api/v1/conversations/%s/files/%s/parts/0 HTTP/1.1\r\n"
			    "Host: localhost\r\nAuthorization: Bearer %s\r\n" OCTETS "Content-Length: 262144\r\n\r\nx",
		scene->conversation, scene->file, scene->token);

	for (unsigned i = 0; i < count; i++) {
		g_autofree char *address = g_strdup_printf("127.0.0.%u", 2 + i / LIMIT_FILE_PARTS_PER_ADDRESS);

		waiting[i] = http_connect_from(&scene->stage, address);
		http_send(&scene->stage, waiting[i], request, strlen(request), got);
	}
	while (http_under_way(scene->stage.http) < count)
		http_turn(&scene->stage, waiting[0], got);
	assert_int_equal(got->len, 0);
}

TEST(sixteen_parts_arrive_at_a_time_from_one_address_and_others_go_on)
{
	struct scene scene = { 0 };
	int waiting[LIMIT_FILE_PARTS_PER_ADDRESS + 1];
	g_autoptr(GString) got = g_string_new(NULL);

	scene_begin(&scene);
	start(&scene, "offer.pdf");
	begin_parts(&scene, waiting, LIMIT_FILE_PARTS_PER_ADDRESS);

	g_autofree char *request =
	    g_strdup_printf("PUT /api/v1/conversations/%s/files/%s/parts/0 HTTP/1.1\r\nHost: localhost\r\n"
			    "Authorization: Bearer %s\r\n" OCTETS "Content-Length: 262144\r\n\r\nx",
		scene.conversation, scene.file, scene.token);
	int *next = &waiting[LIMIT_FILE_PARTS_PER_ADDRESS];

	*next = http_connect_from(&scene.stage, "127.0.0.2");
	http_send(&scene.stage, *next, request, strlen(request), got);
	while (strstr(got->str, "\r\n\r\n") == NULL)
		http_turn(&scene.stage, *next, got);
	assert_int_equal(http_status(got->str), 503);
	assert_int_equal(put_status(&scene, 0, OCTETS, scene.bytes, LIMIT_FILE_PART_BYTES), 200);
	for (unsigned i = 0; i < G_N_ELEMENTS(waiting); i++)
		close(waiting[i]);
	scene_end(&scene);
}

TEST(sixty_four_parts_arrive_at_a_time_and_the_next_comes_again_later)
{
	struct scene scene = { 0 };
	int waiting[LIMIT_FILE_PARTS_ARRIVING];

	scene_begin(&scene);
	start(&scene, "offer.pdf");
	begin_parts(&scene, waiting, G_N_ELEMENTS(waiting));
	assert_int_equal(put_status(&scene, 0, OCTETS, scene.bytes, LIMIT_FILE_PART_BYTES), 503);
	close(waiting[0]);
	while (http_under_way(scene.stage.http) >= G_N_ELEMENTS(waiting)) {
		http_tick(scene.stage.http, clock_ticks_ns());
		uv_run(&scene.stage.loop, UV_RUN_NOWAIT);
	}
	assert_int_equal(put_status(&scene, 0, OCTETS, scene.bytes, LIMIT_FILE_PART_BYTES), 200);
	for (unsigned i = 1; i < G_N_ELEMENTS(waiting); i++)
		close(waiting[i]);
	scene_end(&scene);
}
