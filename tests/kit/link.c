/* A link that can be cut: see link.h. One thread, poll(2), blocking writes. */
#include "tests/kit/link.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SOCKET_NAME ".s.PGSQL.5432"
#define PAIRS_MAX   64

struct pair {
	int desk, server; /* -1: none */
};

struct kit_link {
	char *folder;
	int listener, wake[2];
	pthread_t thread;
	struct pair pairs[PAIRS_MAX];
	pthread_mutex_t lock;
	enum link_cut cut; /* under the lock, as the rest */
	bool is_down, is_down_then, is_over, has_seen;
	pthread_cond_t seen;
};

static struct sockaddr_un
address_in(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	g_snprintf(address.sun_path, sizeof address.sun_path, "%s/" SOCKET_NAME, folder);
	return address;
}

static void
pair_close(struct pair *pair)
{
	close(pair->desk);
	close(pair->server);
	pair->desk = pair->server = -1;
}

static void
pair_open(struct kit_link *link)
{
	struct sockaddr_un address = address_in(g_getenv("SOFTANSWER_TEST_SERVER"));
	struct pair pair = { accept(link->listener, NULL, NULL), socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) };

	pthread_mutex_lock(&link->lock);

	bool is_down = link->is_down;

	pthread_mutex_unlock(&link->lock);
	if (is_down || connect(pair.server, (struct sockaddr *)&address, sizeof address) != 0) {
		pair_close(&pair);
		return;
	}
	for (unsigned i = 0; i < PAIRS_MAX; i++) {
		if (link->pairs[i].desk < 0) {
			link->pairs[i] = pair;
			return;
		}
	}
	pair_close(&pair);
}

/* What is to be done with bytes that hold a COMMIT. */
static enum link_cut
cut_of(struct kit_link *link, const char *bytes, ssize_t size)
{
	enum link_cut cut = LINK_WHOLE;

	if (memmem(bytes, (size_t)size, "COMMIT", 6) == NULL)
		return cut;
	pthread_mutex_lock(&link->lock);
	cut = link->cut;
	link->cut = LINK_WHOLE;
	if (cut != LINK_WHOLE)
		link->is_down = link->is_down_then;
	pthread_mutex_unlock(&link->lock);
	return cut;
}

static bool
pass_on(int to, const char *bytes, ssize_t size)
{
	return size <= 0 || send(to, bytes, (size_t)size, MSG_NOSIGNAL) == size;
}

/* The server has done it when it answers. */
static void
wait_for_answer(int server)
{
	struct pollfd one = { .fd = server, .events = POLLIN };

	poll(&one, 1, 5000);
}

static void
from_desk(struct kit_link *link, struct pair *pair)
{
	char bytes[65536];
	ssize_t size = recv(pair->desk, bytes, sizeof bytes, 0);
	enum link_cut cut = cut_of(link, bytes, MAX(size, 0));
	ssize_t passed = cut == LINK_CUT_BEFORE ? 0 : cut == LINK_CUT_INSIDE ? size / 2 : size;

	if (size <= 0 || !pass_on(pair->server, bytes, passed)) {
		pair_close(pair);
		return;
	}
	if (cut == LINK_WHOLE)
		return;
	if (cut == LINK_CUT_AFTER)
		wait_for_answer(pair->server);
	pair_close(pair);
}

static void
from_server(struct pair *pair)
{
	char bytes[65536];
	ssize_t size = recv(pair->server, bytes, sizeof bytes, 0);

	if (size <= 0 || !pass_on(pair->desk, bytes, size))
		pair_close(pair);
}

static bool
is_over(struct kit_link *link)
{
	pthread_mutex_lock(&link->lock);

	bool is = link->is_over;

	for (unsigned i = 0; link->is_down && i < PAIRS_MAX; i++) {
		if (link->pairs[i].desk >= 0)
			pair_close(&link->pairs[i]);
	}
	link->has_seen = true;
	pthread_cond_signal(&link->seen);
	pthread_mutex_unlock(&link->lock);
	return is;
}

static void *
thread_main(void *data)
{
	struct kit_link *link = data;

	while (!is_over(link)) {
		struct pollfd polled[2 + 2 * PAIRS_MAX] = { { link->listener, POLLIN, 0 },
			{ link->wake[0], POLLIN, 0 } };
		char byte;

		for (unsigned i = 0; i < PAIRS_MAX; i++) {
			polled[2 + 2 * i] = (struct pollfd) { link->pairs[i].desk, POLLIN, 0 };
			polled[3 + 2 * i] = (struct pollfd) { link->pairs[i].server, POLLIN, 0 };
		}
		poll(polled, G_N_ELEMENTS(polled), -1);
		if (polled[1].revents != 0 && read(link->wake[0], &byte, 1) != 1)
			break;
		for (unsigned i = 0; i < PAIRS_MAX; i++) {
			if (polled[2 + 2 * i].revents != 0 && link->pairs[i].desk >= 0)
				from_desk(link, &link->pairs[i]);
			if (polled[3 + 2 * i].revents != 0 && link->pairs[i].desk >= 0)
				from_server(&link->pairs[i]);
		}
		if (polled[0].revents != 0)
			pair_open(link);
	}
	return NULL;
}

static void
wake_up(struct kit_link *link)
{
	if (write(link->wake[1], "x", 1) != 1)
		g_error("the link cannot be woken");
}

struct kit_link *
link_begin(void)
{
	struct kit_link *link = g_new0(struct kit_link, 1);
	struct sockaddr_un address;

	link->folder = g_dir_make_tmp("softanswer-link-XXXXXX", NULL);
	address = address_in(link->folder);
	link->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	for (unsigned i = 0; i < PAIRS_MAX; i++)
		link->pairs[i] = (struct pair) { -1, -1 };
	pthread_mutex_init(&link->lock, NULL);
	pthread_cond_init(&link->seen, NULL);
	if (bind(link->listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(link->listener, 64) != 0 ||
	    pipe(link->wake) != 0 || pthread_create(&link->thread, NULL, thread_main, link) != 0)
		g_error("the link cannot be made in %s", link->folder);
	return link;
}

void
link_end(struct kit_link *link)
{
	struct sockaddr_un address = address_in(link->folder);

	pthread_mutex_lock(&link->lock);
	link->is_over = true;
	pthread_mutex_unlock(&link->lock);
	wake_up(link);
	pthread_join(link->thread, NULL);
	for (unsigned i = 0; i < PAIRS_MAX; i++) {
		if (link->pairs[i].desk >= 0)
			pair_close(&link->pairs[i]);
	}
	close(link->listener);
	close(link->wake[0]);
	close(link->wake[1]);
	g_unlink(address.sun_path);
	g_rmdir(link->folder);
	pthread_cond_destroy(&link->seen);
	pthread_mutex_destroy(&link->lock);
	g_free(link->folder);
	g_free(link);
}

char *
link_address(const struct kit_link *link, const char *where)
{
	GString *address = g_string_new(where);

	g_string_replace(address, g_getenv("SOFTANSWER_TEST_SERVER"), link->folder, 1);
	return g_string_free(address, FALSE);
}

void
link_cut_next(struct kit_link *link, enum link_cut cut, bool is_down_then)
{
	pthread_mutex_lock(&link->lock);
	link->cut = cut;
	link->is_down_then = is_down_then;
	pthread_mutex_unlock(&link->lock);
}

void
link_set_down(struct kit_link *link, bool is_down)
{
	pthread_mutex_lock(&link->lock);
	link->is_down = is_down;
	link->has_seen = false;
	wake_up(link);
	while (!link->has_seen)
		pthread_cond_wait(&link->seen, &link->lock);
	pthread_mutex_unlock(&link->lock);
}
