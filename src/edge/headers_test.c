/* Facts about the policies of pages. */
#include "tests/kit/facts.h"

#include <string.h>

#include "edge/headers.h"

TEST(only_the_panel_plays_sound_from_memory)
{
	struct headers *headers = headers_new("https://desk.example", "'self' https://shop.example");
	g_autofree char *of_site = headers_panel_policy(headers, " https://lamps.example");

	assert_non_null(strstr(headers_policy(headers, HEADERS_PANEL), "media-src 'self' blob:;"));
	assert_non_null(strstr(of_site, "media-src 'self' blob:;"));
	assert_non_null(strstr(headers_policy(headers, HEADERS_WORKSPACE), "media-src 'self';"));
	assert_non_null(strstr(headers_policy(headers, HEADERS_DEMO), "media-src 'self';"));
	headers_free(headers);
}

TEST(a_site_adds_its_pages_to_those_that_may_frame_the_panel)
{
	struct headers *headers = headers_new("https://desk.example", "'self' https://shop.example");
	g_autofree char *of_site = headers_panel_policy(headers, " https://lamps.example");

	assert_non_null(strstr(headers_policy(headers, HEADERS_PANEL), "frame-ancestors 'self' https://shop.example;"));
	assert_non_null(strstr(of_site, "frame-ancestors 'self' https://shop.example https://lamps.example;"));
	assert_non_null(strstr(headers_policy(headers, HEADERS_WORKSPACE), "frame-ancestors 'none';"));
	headers_free(headers);
}

TEST(the_address_of_the_live_link_has_the_scheme_of_the_desk)
{
	struct headers *plain = headers_new("http://localhost:8080", "'self'"),
		       *safe = headers_new("https://desk.example", "'self'");

	assert_non_null(strstr(headers_policy(plain, HEADERS_PANEL), "connect-src 'self' ws://localhost:8080;"));
	assert_non_null(strstr(headers_policy(safe, HEADERS_PANEL), "connect-src 'self' wss://desk.example:443;"));
	headers_free(plain);
	headers_free(safe);
}
