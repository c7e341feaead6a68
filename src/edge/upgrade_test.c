/* Facts about connections that become WebSockets. */
#include "tests/kit/http_stage.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "edge/hub.h"
#include "edge/ticket.h"

/* A hub that only remembers. */
static struct {
	bool is_full;
	int fd;
	struct credential credential;
	char *extra;
} taken;

void
hub_accept(struct hub *hub, int fd, const struct credential *credential, const char *address, const void *extra,
    size_t extra_size)
{
	(void)hub;
	assert_string_equal(address, "127.0.0.1");
	taken.fd = fd;
	taken.credential = *credential;
	taken.extra = g_strndup(extra, extra_size);
}

bool
hub_is_full(struct hub *hub, const struct credential *credential)
{
	(void)hub, (void)credential;
	return taken.is_full;
}

void
hub_figures(const struct hub *hub, struct hub_figures *figures)
{
	(void)hub, (void)figures;
}

static struct http_stage *
open_desk(void)
{
	struct http_stage *stage = http_stage_open();

	memset(&taken, 0, sizeof taken);
	stage->edge.hub = (struct hub *)stage; /* the hub above looks at none */
	return stage;
}

static void
close_desk(struct http_stage *stage)
{
	http_stage_close(stage);
	g_free(taken.extra);
}

#define UPGRADE                                                                                                        \
	HEAD("GET /api/v1/socket")                                                                                     \
	"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"                       \
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

#define TICKET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"

static const struct credential vera = { .kind = CREDENTIAL_VISITOR, .visitor = "AAAAAAAAAAAAAAAAAAAAAA" };

TEST(a_ticket_turns_a_connection_into_a_socket)
{
	struct http_stage *stage = open_desk();
	int fd = http_connect(stage);
	const char *bytes = UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\nFIRST FRAME";

	assert_true(ticket_add(stage->edge.tickets, TICKET, &vera, stage->clock.set_ms));

	g_autofree char *answer = http_talk_until(stage, fd, bytes, strlen(bytes), "\r\n\r\n");

	assert_int_equal(http_status(answer), 101);
	ASSERT_HAS(answer, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
	ASSERT_HAS(answer, "Sec-WebSocket-Protocol: softanswer.v1\r\n");
	while (taken.fd == 0)
		uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_string_equal(taken.credential.visitor, vera.visitor);

	/* Whatever the client sent too early is in one of two places. */
	g_autoptr(GString) rest = g_string_new(taken.extra);
	char more[64];
	ssize_t count = recv(taken.fd, more, sizeof more, MSG_DONTWAIT);

	g_string_append_len(rest, more, MAX(count, 0));
	assert_string_equal(rest->str, "FIRST FRAME");

	/* libmicrohttpd has closed its own descriptor; the socket lives on. */
	for (int i = 0; i < 5; i++)
		uv_run(&stage->loop, UV_RUN_NOWAIT);
	assert_int_equal(http_under_way(stage->http), 0);
	assert_int_equal(send(taken.fd, "hello", 5, MSG_NOSIGNAL), 5);
	assert_int_equal(recv(fd, more, sizeof more, 0), 5);
	close(taken.fd);
	close(fd);
	close_desk(stage);
}

TEST(a_handshake_that_is_not_right_is_refused)
{
	static const struct {
		const char *bytes;
		int status;
	} examples[] = {
		{ HEAD("GET /api/v1/socket") OWN CLOSE, 400 },
		{ UPGRADE OWN "\r\n", 400 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket.short\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n", 401 },
		{ UPGRADE OWN "Sec-WebSocket-Protocol: ticket." TICKET "\r\n\r\n", 400 },
		{ UPGRADE "Sec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n", 403 },
		{ UPGRADE "Origin: https://evil.example\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET
			  "\r\n\r\n",
		    403 },
		{ HEAD("GET /api/v1/socket") OWN
		    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
		    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET
		    "\r\n\r\n",
		    400 },
		{ HEAD("GET /api/v1/socket") OWN
		    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
		    "Sec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: softanswer.v1, ticket." TICKET "\r\n\r\n",
		    400 },
	};
	struct http_stage *stage = open_desk();

	for (unsigned i = 0; i < G_N_ELEMENTS(examples); i++) {
		int fd = http_connect(stage);
		g_autofree char *answer =
		    http_talk_until(stage, fd, examples[i].bytes, strlen(examples[i].bytes), "\"status\":");

		if (http_status(answer) != examples[i].status)
			fail_msg("wanted %d for:\n%s\ngot:\n%s", examples[i].status, examples[i].bytes, answer);
		close(fd);
	}
	assert_int_equal(taken.fd, 0);
	close_desk(stage);
}

TEST(one_socket_too_many_is_told_to_come_back)
{
	struct http_stage *stage = open_desk();
	const char *bytes = UPGRADE OWN "Sec-WebSocket-Protocol: softanswer.v1,ticket." TICKET "\r\n\r\n";
	int fd = http_connect(stage);

	taken.is_full = true;
	assert_true(ticket_add(stage->edge.tickets, TICKET, &vera, stage->clock.set_ms));

	g_autofree char *answer = http_talk_until(stage, fd, bytes, strlen(bytes), "\"status\":");

	assert_int_equal(http_status(answer), 503);
	ASSERT_HAS(answer, "Retry-After: ");
	close(fd);
	close_desk(stage);
}
