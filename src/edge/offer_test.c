/* Facts about what offers to become a socket. */
#include "tests/kit/facts.h"

#include <string.h>

#include "edge/offer.h"

#define DESK   "https://desk.example"
#define TICKET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"

static struct request
offer_with(const char *protocols)
{
	return (struct request) {
		.method = "GET",
		.version = "HTTP/1.1",
		.target = "/api/v1/socket",
		.header_count = 7,
		.headers = {
			{ "Host", "desk.example" },
			{ "Origin", DESK },
			{ "Connection", "keep-alive, Upgrade" },
			{ "Upgrade", "WebSocket" },
			{ "Sec-WebSocket-Version", "13" },
			{ "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" },
			{ "Sec-WebSocket-Protocol", protocols },
		},
	};
}

static void
replace(struct request *request, const char *name, const char *value)
{
	for (unsigned i = 0; i < request->header_count; i++) {
		if (strcmp(request->headers[i].name, name) == 0)
			request->headers[i].value = value;
	}
}

static enum error_kind
verdict(const struct request *request)
{
	g_autoptr(GError) error = NULL;
	struct offer offer;

	return offer_read(request, DESK, &offer, &error) ? ERROR_KINDS : error_kind(error);
}

static enum error_kind
verdict_with(const char *name, const char *value)
{
	struct request request = offer_with(SOCKET_PROTOCOL ", ticket." TICKET);

	replace(&request, name, value);
	return verdict(&request);
}

TEST(a_right_offer_gives_its_ticket_and_the_answer_of_the_standard)
{
	struct request request = offer_with("ticket." TICKET ",softanswer.v1");
	struct offer offer;

	ASSERT_OK(offer_read(&request, DESK, &offer, &error));
	assert_string_equal(offer.ticket, TICKET);
	assert_string_equal(offer.accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); /* RFC 6455, 1.3 */
}

TEST(the_ticket_may_stand_in_a_header_of_its_own)
{
	struct request request = offer_with(SOCKET_PROTOCOL);

	request.headers[request.header_count++] = (struct header) { "sec-websocket-protocol", "ticket." TICKET };
	assert_int_equal(verdict(&request), ERROR_KINDS);
}

TEST(only_pages_of_the_desk_open_sockets)
{
	assert_int_equal(verdict_with("Origin", "https://evil.example"), REFUSED_ORIGIN);
	assert_int_equal(verdict_with("Origin", "null"), REFUSED_ORIGIN);
	assert_int_equal(verdict_with("Origin", ""), REFUSED_ORIGIN);
}

TEST(what_is_no_handshake_is_refused)
{
	struct request request = offer_with(SOCKET_PROTOCOL ", ticket." TICKET);

	assert_int_equal(verdict_with("Connection", "keep-alive"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Upgrade", "h2c"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Version", "8"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Key", ""), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ="), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==="), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ$$"), REFUSED_SYNTAX);
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", "ticket." TICKET), REFUSED_SYNTAX);
	request.method = "HEAD";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
	request.method = "GET";
	request.version = "HTTP/1.0";
	assert_int_equal(verdict(&request), REFUSED_SYNTAX);
}

TEST(one_ticket_is_wanted_and_it_is_whole)
{
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", "softanswer.v1"), REFUSED_SIGN_IN);
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", "softanswer.v1, ticket."), REFUSED_SIGN_IN);
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", "softanswer.v1, ticket." TICKET "x"), REFUSED_SIGN_IN);
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", "softanswer.v1, ticket." TICKET ", ticket." TICKET),
	    REFUSED_SIGN_IN);
}

TEST(every_prefix_of_the_protocols_is_refused_until_the_ticket_is_whole)
{
	static const char whole[] = "softanswer.v1, ticket." TICKET;

	for (size_t size = 0; size < sizeof whole - 1; size++) {
		g_autofree char *prefix = g_strndup(whole, size);

		assert_int_not_equal(verdict_with("Sec-WebSocket-Protocol", prefix), ERROR_KINDS);
	}
	assert_int_equal(verdict_with("Sec-WebSocket-Protocol", whole), ERROR_KINDS);
}
