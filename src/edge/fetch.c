/* Fetching: see fetch.h. */
#include "edge/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "edge/forwarded.h"

/* What is not the public internet, by the registries of special addresses (RFC 6890 and later). */
#define SPECIAL                                                                                                        \
	"0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.0.0.0/24, "             \
	"192.0.2.0/24, 192.88.99.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, "  \
	"240.0.0.0/4, 2001::/23, 2001:db8::/32, 2002::/16, 3fff::/20"

/* Of IPv6 only this is given out. An IPv4 address in other clothes (::ffff:, 64:ff9b::) is none of it. */
#define GLOBAL   "0.0.0.0/0, 2000::/3"
#define LOOPBACK "127.0.0.0/8, ::1"

struct fetcher {
	CURL *curl;
	struct fetch_settings settings;
	gint *stop;
	/* Of the fetch under way. */
	GString *body;
	bool is_plain, was_refused, was_too_large;
};

static struct networks *special, *global, *loopback;

static struct networks *
networks_of(const char *text)
{
	struct networks *networks = networks_parse(text, NULL);

	g_assert(networks != NULL);
	return networks;
}

static void
learn_networks(void)
{
	special = networks_of(SPECIAL);
	global = networks_of(GLOBAL);
	loopback = networks_of(LOOPBACK);
}

static bool
is_loopback(const char *address)
{
	return networks_have(loopback, address);
}

static bool
address_text(const struct sockaddr *address, char text[INET6_ADDRSTRLEN])
{
	const void *bytes = address->sa_family == AF_INET
	    ? (const void *)&((const struct sockaddr_in *)address)->sin_addr
	    : (const void *)&((const struct sockaddr_in6 *)address)->sin6_addr;

	return (address->sa_family == AF_INET || address->sa_family == AF_INET6) &&
	    inet_ntop(address->sa_family, bytes, text, INET6_ADDRSTRLEN) != NULL;
}

bool
fetch_may_reach(const struct sockaddr *address, bool allows_loopback)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	char text[INET6_ADDRSTRLEN];

	pthread_once(&once, learn_networks);
	if (!address_text(address, text))
		return false;
	if (is_loopback(text))
		return allows_loopback;
	return networks_have(global, text) && !networks_have(special, text);
}

/* ---- What curl asks ---- */

/* The address is resolved by now, and what is returned is connected to it: there is no second look at the name in between. */
static curl_socket_t
open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct fetcher *fetcher = data;
	char text[INET6_ADDRSTRLEN];

	if (purpose != CURLSOCKTYPE_IPCXN || !fetch_may_reach(&address->addr, fetcher->settings.allows_loopback) ||
	    (fetcher->is_plain && !(address_text(&address->addr, text) && is_loopback(text)))) {
		fetcher->was_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t
take_body(char *bytes, size_t one, size_t size, void *data)
{
	struct fetcher *fetcher = data;

	(void)one; /* is 1 */
	if (size > LIMIT_FETCH_ANSWER_BYTES - fetcher->body->len) {
		fetcher->was_too_large = true;
		return 0;
	}
	g_string_append_len(fetcher->body, bytes, (gssize)size);
	return size;
}

static int
goes_on(void *data, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	const struct fetcher *fetcher = data;

	(void)down_all, (void)down, (void)up_all, (void)up;
	return fetcher->stop != NULL && g_atomic_int_get(fetcher->stop) != 0;
}

/* ---- The fetcher ---- */

static void
start_curl(void)
{
	CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);

	g_assert(result == CURLE_OK);
}

struct fetcher *
fetcher_new(const struct fetch_settings *settings, gint *stop)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct fetcher *fetcher = g_new0(struct fetcher, 1);

	pthread_once(&once, start_curl);
	fetcher->settings = *settings;
	fetcher->stop = stop;
	fetcher->curl = curl_easy_init();
	g_assert(fetcher->curl != NULL);
	return fetcher;
}

void
fetcher_free(struct fetcher *fetcher)
{
	if (fetcher == NULL)
		return;
	curl_easy_cleanup(fetcher->curl);
	g_free(fetcher);
}

static gboolean
bad_url(GError **error)
{
	return refuse(error, REFUSED_RANGE, "url", "that address is not to be called");
}

/* The parts of the address, as curl will read it; NULL: it is none, or one that is not to be called. */
static CURLU *
url_of(struct fetcher *fetcher, const char *text, GError **error)
{
	CURLU *url = curl_url();
	char *scheme = NULL;
	bool is_url = curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK;

	fetcher->is_plain = is_url && strcmp(scheme, "http") == 0;
	if (is_url && (strcmp(scheme, "https") == 0 || (fetcher->is_plain && fetcher->settings.allows_loopback))) {
		curl_free(scheme);
		return url;
	}
	curl_free(scheme);
	curl_url_cleanup(url);
	(void)bad_url(error);
	return NULL;
}

static void
set_up(struct fetcher *fetcher, const struct fetch *what, CURLU *url, const struct curl_slist *headers)
{
	CURL *curl = fetcher->curl;
	int64_t whole_ms = fetcher->settings.whole_ms == 0 ? FETCH_WHOLE_MS : fetcher->settings.whole_ms;

	curl_easy_reset(curl); /* keeps connections, which were checked when they were made */
	curl_easy_setopt(curl, CURLOPT_CURLU, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)MIN(FETCH_CONNECT_MS, whole_ms));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)whole_ms);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, fetcher);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, fetcher);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, goes_on);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, fetcher);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Softanswer");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (what->body != NULL) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)what->size);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, what->body);
	}
}

static gboolean
why_not(const struct fetcher *fetcher, CURLcode result, GError **error)
{
	if (fetcher->was_refused)
		return bad_url(error);
	if (fetcher->was_too_large)
		return refuse(error, REFUSED_SIZE, NULL, "the answer has more than %d bytes", LIMIT_FETCH_ANSWER_BYTES);
	return fail(error, FAILED, "%s", curl_easy_strerror(result));
}

static void
read_answer(const struct fetcher *fetcher, struct fetched *answer)
{
	curl_off_t retry_seconds = 0;
	long status = 0;

	curl_easy_getinfo(fetcher->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(fetcher->curl, CURLINFO_RETRY_AFTER, &retry_seconds);
	*answer = (struct fetched) { .status = (int)status, .retry_seconds = retry_seconds, .body = fetcher->body };
}

static gboolean
run(struct fetcher *fetcher, struct fetched *answer, GError **error)
{
	CURLcode result = curl_easy_perform(fetcher->curl);

	if (result != CURLE_OK)
		return why_not(fetcher, result, error);
	read_answer(fetcher, answer);
	fetcher->body = NULL;
	return TRUE;
}

gboolean
fetch(struct fetcher *fetcher, const struct fetch *what, struct fetched *answer, GError **error)
{
	CURLU *url = url_of(fetcher, what->url, error);
	struct curl_slist *headers = NULL;
	gboolean is_done;

	if (url == NULL)
		return FALSE;
	for (const char *const *header = what->headers; header != NULL && *header != NULL; header++)
		headers = curl_slist_append(headers, *header);
	fetcher->body = g_string_new(NULL);
	fetcher->was_refused = fetcher->was_too_large = false;
	set_up(fetcher, what, url, headers);
	is_done = run(fetcher, answer, error);
	curl_easy_reset(fetcher->curl);
	curl_slist_free_all(headers);
	curl_url_cleanup(url);
	if (fetcher->body != NULL)
		g_string_free(g_steal_pointer(&fetcher->body), TRUE);
	return is_done;
}
