/*
 * bench-peer-ejabberd: the load of bench chat against ejabberd with an SQL archive.
 *
 * ejabberd (Debian's packages ejabberd and erlang-p1-sqlite3; nothing is installed here) runs in a temporary folder, as one
 * plain Erlang process, with bench/peers/ejabberd.yml. 40 accounts send to 8 over XMPP; a message counts when the
 * receiver has it. The same three loads as bench chat, so the figures can stand side by side.
 *
 * One thread. Non-goals: XML in general; only what ejabberd answers to this client is understood.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "base/clock.h"
#include "histogram.h"
#include "result.h"
#include "trial.h"

#define SENDERS    40
#define RECEIVERS  8
#define SENT_KEPT  (1U << 20)
#define READ_BYTES (256 * 1024)
#define LIBRARIES  "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu" /* where Debian has them */

static gboolean option_quick;
static char *option_json;
static int option_runs = 3, option_window = 32;

static GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_FILENAME, &option_json, "write the figures to FILE as well", "FILE" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &option_quick, "seconds instead of minutes", NULL },
	{ "runs", 0, 0, G_OPTION_ARG_INT, &option_runs, "runs to take the median of (3)", "N" },
	{ "window", 0, 0, G_OPTION_ARG_INT, &option_window, "undelivered messages of each sender when saturating (32)",
	    "N" },
	{ NULL },
};

static struct figure figures[] = {
	{ "saturation_per_s", "messages/s", .runs = 0 },
	{ "p50_ms_at_200", "ms", .runs = 0 },
	{ "p99_ms_at_200", "ms", .runs = 0 },
	{ "p50_ms_saturated", "ms", .runs = 0 },
	{ "p99_ms_saturated", "ms", .runs = 0 },
	{ "resident_mb", "MB", .runs = 0 },
	{ NULL, .runs = 0 },
};

struct account {
	uv_tcp_t tcp;
	struct peer *peer;
	char name[16];
	GString *input;
	unsigned under_way;
};

struct peer {
	uv_loop_t loop;
	uv_timer_t tick;
	struct trial trial; /* only folder, port and process */
	struct account senders[SENDERS], receivers[RECEIVERS];
	int64_t sent_at[SENT_KEPT];
	uint64_t sent, delivered;
	struct histogram latency;
	unsigned window;
	char bytes[READ_BYTES];
};

static void
send_one(struct peer *peer, unsigned n)
{
	struct account *sender = &peer->senders[n];
	char text[400];
	uv_buf_t buffer;

	buffer = uv_buf_init(text,
	    (unsigned)g_snprintf(text, sizeof text,
		"<message to='r%u@localhost' type='chat' id='m-%02u-%012" G_GINT64_MODIFIER
		"x'><body>Good morning! Is the lamp with the green shade in stock again?</body></message>",
		n % RECEIVERS, n, peer->sent));
	peer->sent_at[peer->sent++ % SENT_KEPT] = clock_ticks_ns();
	sender->under_way++;
	if (uv_try_write((uv_stream_t *)&sender->tcp, &buffer, 1) != (int)buffer.len)
		bench_die("ejabberd reads too slowly");
}

static void
hear_delivery(struct peer *peer, const char *id)
{
	unsigned n = (unsigned)strtoul(id, NULL, 10);
	uint64_t sent = strtoull(id + 3, NULL, 16);

	if (n >= SENDERS)
		return;
	histogram_add(&peer->latency, (uint64_t)(clock_ticks_ns() - peer->sent_at[sent % SENT_KEPT]));
	peer->delivered++;
	peer->senders[n].under_way--;
	while (peer->senders[n].under_way < peer->window)
		send_one(peer, n);
}

static void
on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
	struct account *account = handle->data;

	(void)suggested;
	*buffer = uv_buf_init(account->peer->bytes, READ_BYTES);
}

/* Every message that came whole: its id stands once in its head. */
static void
on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct account *account = stream->data;
	const char *end, *at;

	if (size < 0)
		bench_die("ejabberd closed the connection of %s", account->name);
	g_string_append_len(account->input, buffer->base, size);
	while ((end = strstr(account->input->str, "</message>")) != NULL) {
		for (at = account->input->str; at < end && strncmp(at, " id='m-", 7) != 0; at++)
			;
		if (at < end)
			hear_delivery(account->peer, at + 7);
		g_string_erase(account->input, 0, end - account->input->str + (gssize)strlen("</message>"));
	}
}

/* Sends, and reads until the answer holds `wanted`. */
static void
say(int descriptor, const char *text, const char *wanted)
{
	g_autoptr(GString) got = g_string_new(NULL);
	char bytes[4096];
	ssize_t size;

	if (!http_send(descriptor, text, strlen(text)))
		bench_die("ejabberd does not listen");
	while (strstr(got->str, wanted) == NULL) {
		if ((size = read(descriptor, bytes, sizeof bytes)) <= 0)
			bench_die("ejabberd answered “%s”", got->str);
		g_string_append_len(got, bytes, size);
	}
}

static void
sign_in(struct peer *peer, struct account *account, char kind, unsigned n)
{
	static const char hello[] = "<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' "
				    "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
	int descriptor = http_connect(peer->trial.port);

	g_snprintf(account->name, sizeof account->name, "%c%u", kind, n);
	g_autoptr(GString) words = g_string_new(NULL);

	g_string_append_c(words, '\0');
	g_string_append(words, account->name);
	g_string_append_c(words, '\0');
	g_string_append(words, "secret");
	g_autofree char *code = g_base64_encode((const guchar *)words->str, words->len);
	g_autofree char *auth =
	    g_strdup_printf("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>", code);

	say(descriptor, hello, "</stream:features>");
	say(descriptor, auth, "<success");
	say(descriptor, hello, "</stream:features>");
	say(descriptor, "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", "</iq>");
	say(descriptor, "<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>", "id='s'");
	say(descriptor, "<presence/>", "<presence");
	account->peer = peer;
	account->input = g_string_new(NULL);
	uv_tcp_init(&peer->loop, &account->tcp);
	uv_tcp_open(&account->tcp, descriptor);
	account->tcp.data = account;
	uv_read_start((uv_stream_t *)&account->tcp, on_room, on_read);
}

static void
sql_run(sqlite3 *file, const char *text)
{
	if (sqlite3_exec(file, text, NULL, NULL, NULL) != SQLITE_OK)
		bench_die("the archive: %s", sqlite3_errmsg(file));
}

static void
make_archive(const struct peer *peer)
{
	g_autofree char *path = g_build_filename(peer->trial.folder, "archive.db", NULL), *schema = NULL;
	sqlite3 *file;

	if (!g_file_get_contents("/usr/share/ejabberd/sql/lite.sql", &schema, NULL, NULL))
		bench_die("ejabberd is not installed: apt-get install ejabberd erlang-p1-sqlite3");
	sqlite3_open(path, &file);
	sql_run(file, schema);
	for (unsigned n = 0; n < SENDERS + RECEIVERS; n++) {
		g_autofree char *add = g_strdup_printf(
		    "INSERT INTO users (username, password, serverkey, salt) VALUES ('%c%u', 'secret', '', '')",
		    n < SENDERS ? 's' : 'r', n < SENDERS ? n : n - SENDERS);

		sql_run(file, add);
	}
	sqlite3_close(file);
}

static void
make_settings(const struct peer *peer)
{
	g_autofree char *path = g_build_filename(peer->trial.folder, "ejabberd.yml", NULL), *text = NULL;
	g_autofree char *port = g_strdup_printf("%d", peer->trial.port);
	g_autoptr(GString) filled = NULL;

	if (!g_file_get_contents(SOURCE_FOLDER "/bench/peers/ejabberd.yml", &text, NULL, NULL))
		bench_die("bench/peers/ejabberd.yml is not there");
	filled = g_string_new(text);
	g_string_replace(filled, "@FOLDER@", peer->trial.folder, 0);
	g_string_replace(filled, "@PORT@", port, 0);
	if (!g_file_set_contents(path, filled->str, -1, NULL))
		bench_die("cannot write %s", path);
}

static void
start_ejabberd(struct peer *peer)
{
	g_autofree char *spool = g_strdup_printf("\"%s/spool\"", peer->trial.folder);
	g_autofree char *settings = g_build_filename(peer->trial.folder, "ejabberd.yml", NULL);
	const char *words[] = { "erl", "+K", "true", "-noinput", "-mnesia", "dir", spool, "-s", "ejabberd", NULL };
	g_auto(GStrv) environment = g_get_environ();
	g_autoptr(GError) error = NULL;
	int descriptor;

	environment = g_environ_setenv(environment, "ERL_LIBS", LIBRARIES, TRUE);
	environment = g_environ_setenv(environment, "EJABBERD_CONFIG_PATH", settings, TRUE);
	environment = g_environ_setenv(environment, "EJABBERD_LOG_PATH", peer->trial.log, TRUE);
	if (!g_spawn_async(NULL, (char **)words, environment,
		G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL,
		(GPid *)&peer->trial.pid, &error))
		bench_die("%s (apt-get install ejabberd erlang-p1-sqlite3)", error->message);
	while ((descriptor = http_connect(peer->trial.port)) < 0) {
		if (waitpid(peer->trial.pid, NULL, WNOHANG) != 0)
			bench_die("ejabberd does not start: see %s", peer->trial.log);
		g_usleep(20000);
	}
	close(descriptor);
}

static void
on_tick(uv_timer_t *tick)
{
	(void)tick;
}

static void
peer_open(struct peer *peer)
{
	g_autoptr(GError) error = NULL;

	if (!trial_open(&peer->trial, "ejabberd", NULL, &error))
		bench_die("%s", error->message);
	make_archive(peer);
	make_settings(peer);
	start_ejabberd(peer);
	uv_loop_init(&peer->loop);
	uv_timer_init(&peer->loop, &peer->tick);
	uv_timer_start(&peer->tick, on_tick, 1, 1);
	for (unsigned n = 0; n < RECEIVERS; n++)
		sign_in(peer, &peer->receivers[n], 'r', n);
	for (unsigned n = 0; n < SENDERS; n++)
		sign_in(peer, &peer->senders[n], 's', n);
}

static void
on_gone(uv_handle_t *handle)
{
	struct account *account = handle->data;

	g_string_free(account->input, TRUE);
}

static void
peer_close(struct peer *peer)
{
	for (unsigned n = 0; n < SENDERS + RECEIVERS; n++)
		uv_close(
		    (uv_handle_t *)(n < SENDERS ? &peer->senders[n].tcp : &peer->receivers[n - SENDERS].tcp), on_gone);
	uv_close((uv_handle_t *)&peer->tick, NULL);
	uv_run(&peer->loop, UV_RUN_DEFAULT);
	uv_loop_close(&peer->loop);
	trial_close(&peer->trial);
}

static void
turn_until(struct peer *peer, int64_t end)
{
	while (clock_ticks_ns() < end)
		uv_run(&peer->loop, UV_RUN_ONCE);
}

static void
drain(struct peer *peer)
{
	int64_t end = clock_ticks_ns() + INT64_C(30000000000);

	while (peer->delivered < peer->sent && clock_ticks_ns() < end)
		uv_run(&peer->loop, UV_RUN_ONCE);
	if (peer->delivered < peer->sent)
		bench_die("%" G_GUINT64_FORMAT " messages were not delivered", peer->sent - peer->delivered);
}

/* One message every 5 ms, from each sender in turn. */
static void
beat(struct peer *peer, double seconds)
{
	int64_t due = clock_ticks_ns(), end = due + (int64_t)(seconds * 1e9);

	for (unsigned n = 0; due < end; due += INT64_C(5000000)) {
		turn_until(peer, due);
		send_one(peer, n++ % SENDERS);
	}
	drain(peer);
}

static double
saturate(struct peer *peer, double seconds)
{
	uint64_t delivered;
	int64_t start;

	peer->window = (unsigned)option_window;
	for (unsigned n = 0; n < SENDERS; n++)
		while (peer->senders[n].under_way < peer->window)
			send_one(peer, n);
	turn_until(peer, clock_ticks_ns() + INT64_C(2000000000));
	histogram_clear(&peer->latency);
	delivered = peer->delivered, start = clock_ticks_ns();
	turn_until(peer, start + (int64_t)(seconds * 1e9));
	delivered = peer->delivered - delivered;
	seconds = (double)(clock_ticks_ns() - start) / 1e9;
	peer->window = 0;
	drain(peer);
	return (double)delivered / seconds;
}

static void
run_once(struct peer *peer, struct result *result)
{
	double seconds = option_quick ? 3 : 10;

	memset(peer, 0, sizeof *peer);
	peer_open(peer);
	beat(peer, 1);
	histogram_clear(&peer->latency);
	beat(peer, seconds);
	result_add(result, "p50_ms_at_200", histogram_ms(&peer->latency, 0.5), 0);
	result_add(result, "p99_ms_at_200", histogram_ms(&peer->latency, 0.99), 0);
	result_add(result, "saturation_per_s", saturate(peer, seconds), 0);
	result_add(result, "p50_ms_saturated", histogram_ms(&peer->latency, 0.5), 0);
	result_add(result, "p99_ms_saturated", histogram_ms(&peer->latency, 0.99), 0);
	result_add(result, "resident_mb", (double)trial_resident(&peer->trial) / 1e6, 0);
	peer_close(peer);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- the load of bench chat against ejabberd with an SQL archive");
	g_autoptr(GError) error = NULL;
	struct peer *peer = g_new0(struct peer, 1);
	g_autofree char *commit = NULL;
	struct result result;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	commit = trial_commit(NULL);
	result_init(&result, "chat-ejabberd", figures, option_quick, commit);
	for (int run = 0; run < CLAMP(option_runs, 1, RESULT_RUNS_MAX); run++)
		run_once(peer, &result);
	if (!result_tell(&result, option_json, &error))
		bench_die("%s", error->message);
	result_clear(&result);
	g_free(peer);
	return 0;
}
