/* Facts about the door through which the desk calls addresses that somebody wrote down. */
#include "edge/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/limits.h"
#include "tests/kit/facts.h"
#include "tests/kit/push_service.h"

static bool
may_reach(const char *text, bool allows_loopback)
{
	struct sockaddr_in six_or_four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &six_or_four.sin_addr) == 1)
		return fetch_may_reach((const struct sockaddr *)&six_or_four, allows_loopback);
	assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
	return fetch_may_reach((const struct sockaddr *)&six, allows_loopback);
}

TEST(only_the_public_internet_is_reached)
{
	static const char *const open[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
		"126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
		"192.167.255.255", "192.169.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", NULL };
	static const char *const closed[] = { "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0",
		"100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0",
		"172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.0", "192.168.255.255", "198.18.0.1",
		"198.51.100.9", "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
		"fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "64:ff9b::7f00:1",
		"::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "3fff::1", "5f00::1", NULL };

	for (const char *const *address = open; *address != NULL; address++) {
		if (!may_reach(*address, false))
			fail_msg("%s is not reached", *address);
	}
	for (const char *const *address = closed; *address != NULL; address++) {
		if (may_reach(*address, false))
			fail_msg("%s is reached", *address);
	}
}

TEST(a_desk_under_test_reaches_its_own_machine_and_no_private_network)
{
	assert_true(may_reach("127.0.0.1", true));
	assert_true(may_reach("::1", true));
	assert_false(may_reach("192.168.0.1", true));
	assert_false(may_reach("169.254.169.254", true));
	assert_false(may_reach("fd00::1", true));
}

TEST(what_is_no_internet_address_is_never_reached)
{
	const struct sockaddr unix_address = { .sa_family = AF_UNIX };

	assert_false(fetch_may_reach(&unix_address, true));
}

struct scene {
	struct push_service *service;
	struct fetcher *fetcher;
	gint stop;
};

static struct scene *
scene_begin(bool allows_loopback, int64_t whole_ms)
{
	const struct fetch_settings settings = { .allows_loopback = allows_loopback, .whole_ms = whole_ms };
	struct scene *scene = g_new0(struct scene, 1);

	scene->service = push_service_start();
	scene->fetcher = fetcher_new(&settings, &scene->stop);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	fetcher_free(scene->fetcher);
	push_service_stop(scene->service);
	g_free(scene);
}

TEST(a_post_arrives_whole_and_its_answer_comes_back)
{
	static const char *const headers[] = { "TTL: 60", "Content-Type: application/octet-stream", NULL };
	struct scene *scene = scene_begin(true, 0);
	g_autofree char *url = push_service_url(scene->service, "one");
	const struct fetch what = { .url = url, .headers = headers, .body = "a\0b", .size = 3 };
	struct fetched answer;

	push_service_answers(scene->service, "HTTP/1.1 429 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno");
	ASSERT_OK(fetch(scene->fetcher, &what, &answer, &error));
	assert_int_equal(answer.status, 429);
	assert_int_equal(answer.retry_seconds, 7);
	assert_string_equal(answer.body->str, "no");
	g_string_free(answer.body, TRUE);

	const struct push_request *request = push_service_request(scene->service, 0);
	g_autofree char *ttl = push_request_header(request, "TTL");

	assert_true(g_str_has_prefix(request->head, "POST /one HTTP/1.1\r\n"));
	assert_string_equal(ttl, "60");
	assert_int_equal(request->body->len, 3);
	assert_memory_equal(request->body->data, "a\0b", 3);
	scene_end(scene);
}

static void
assert_refused(struct scene *scene, const char *url)
{
	const struct fetch what = { .url = url };
	struct fetched answer;
	GError *error = NULL;

	if (fetch(scene->fetcher, &what, &answer, &error))
		fail_msg("%s was called", url);
	if (error_kind(error) != REFUSED_RANGE)
		fail_msg("%s: %s", url, error->message);
	g_error_free(error);
}

TEST(this_machine_is_not_called_however_it_is_spelt)
{
	static const char *const spellings[] = { "https://127.0.0.1:%s/", "https://localhost:%s/",
		"https://2130706433:%s/", "https://0x7f.1:%s/", "https://0177.0.0.1:%s/", "https://[::1]:%s/",
		"https://[::ffff:127.0.0.1]:%s/", "https://127.1:%s/", "https://0:%s/", "http://127.0.0.1:%s/", NULL };
	struct scene *scene = scene_begin(false, 0);
	g_autofree char *url = push_service_url(scene->service, ""), *port = g_strdup(strrchr(url, ':') + 1);

	*strchr(port, '/') = '\0';
	for (const char *const *spelling = spellings; *spelling != NULL; spelling++) {
		g_auto(GStrv) parts = g_strsplit(*spelling, "%s", 2);
		g_autofree char *whole = g_strjoinv(port, parts);

		assert_refused(scene, whole);
	}
	assert_int_equal(push_service_count(scene->service), 0);
	scene_end(scene);
}

TEST(private_addresses_other_schemes_and_users_are_refused_even_to_a_desk_under_test)
{
	static const char *const urls[] = { "https://10.0.0.1/", "https://192.168.1.1/",
		"https://169.254.169.254/latest", "https://[fd00::1]/", "https://[fe80::1]/", "http://1.1.1.1/",
		"ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/", "https://user@127.0.0.1/",
		"https://user:word@127.0.0.1/", "", "push.example", "//", "https://", "dict://127.0.0.1", NULL };
	struct scene *scene = scene_begin(true, 0);

	for (const char *const *url = urls; *url != NULL; url++)
		assert_refused(scene, *url);
	scene_end(scene);
}

TEST(no_beginning_of_an_address_reaches_anything)
{
	const char *whole = "https://[::1]:443/a?b#c";
	struct scene *scene = scene_begin(false, 0);

	for (size_t size = 0; size <= strlen(whole); size++) {
		g_autofree char *url = g_strndup(whole, size);

		assert_refused(scene, url);
	}
	scene_end(scene);
}

TEST(a_redirect_is_not_followed)
{
	struct scene *scene = scene_begin(true, 0);
	g_autofree char *url = push_service_url(scene->service, "from"), *to = push_service_url(scene->service, "to");
	g_autofree char *redirect =
	    g_strdup_printf("HTTP/1.1 307 Elsewhere\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", to);
	const struct fetch what = { .url = url, .body = "x", .size = 1 };
	struct fetched answer;

	push_service_answers(scene->service, redirect);
	ASSERT_OK(fetch(scene->fetcher, &what, &answer, &error));
	assert_int_equal(answer.status, 307);
	g_string_free(answer.body, TRUE);
	assert_int_equal(push_service_count(scene->service), 1);
	scene_end(scene);
}

static void
answer_bytes(struct push_service *service, gsize size)
{
	g_autofree char *body = g_strnfill(size, 'x');
	g_autofree char *answer = g_strdup_printf("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n%s", body);

	push_service_answers(service, answer);
}

TEST(an_answer_of_65536_bytes_is_read_and_not_one_of_65537)
{
	struct scene *scene = scene_begin(true, 0);
	g_autofree char *url = push_service_url(scene->service, "");
	const struct fetch what = { .url = url };
	struct fetched answer;

	answer_bytes(scene->service, LIMIT_FETCH_ANSWER_BYTES);
	ASSERT_OK(fetch(scene->fetcher, &what, &answer, &error));
	assert_int_equal(answer.body->len, LIMIT_FETCH_ANSWER_BYTES);
	g_string_free(answer.body, TRUE);
	answer_bytes(scene->service, LIMIT_FETCH_ANSWER_BYTES + 1);
	ASSERT_REFUSED(REFUSED_SIZE, NULL, fetch(scene->fetcher, &what, &answer, &error));
	scene_end(scene);
}

TEST(a_server_that_never_answers_is_given_up)
{
	struct scene *scene = scene_begin(true, 300);
	g_autofree char *url = push_service_url(scene->service, "");
	const struct fetch what = { .url = url };
	struct fetched answer;
	GError *error = NULL;

	push_service_answers(scene->service, NULL);
	assert_false(fetch(scene->fetcher, &what, &answer, &error));
	assert_int_equal(error_kind(error), FAILED);
	g_error_free(error);
	scene_end(scene);
}

TEST(a_desk_that_stops_waits_for_no_server)
{
	struct scene *scene = scene_begin(true, 100000);
	g_autofree char *url = push_service_url(scene->service, "");
	const struct fetch what = { .url = url };
	struct fetched answer;
	GError *error = NULL;

	push_service_answers(scene->service, NULL);
	g_atomic_int_set(&scene->stop, 1);
	assert_false(fetch(scene->fetcher, &what, &answer, &error));
	g_error_free(error);
	scene_end(scene);
}
