/*
 * See baseline.h. The statements are read from the desk's .sql file when the bench runs, so they cannot drift apart.
 */
#include "baseline.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

#define PAGE_BYTES 4096
#define ECHO_BYTES 100

static gboolean
complain(GError **error, const char *what)
{
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", what, g_strerror(errno));
	return FALSE;
}

static gboolean
fsync_often(int descriptor, unsigned times, struct histogram *histogram, GError **error)
{
	char page[PAGE_BYTES];

	for (unsigned time = 0; time < times; time++) {
		int64_t start = clock_ticks_ns();

		memset(page, (int)time, sizeof page);
		if (pwrite(descriptor, page, sizeof page, (off_t)time % 64 * PAGE_BYTES) != PAGE_BYTES ||
		    fdatasync(descriptor) != 0)
			return complain(error, "fdatasync");
		histogram_add(histogram, (uint64_t)(clock_ticks_ns() - start));
	}
	return TRUE;
}

gboolean
baseline_fsync(const char *folder, unsigned times, struct histogram *histogram, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "fsync.tmp", NULL);
	int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	g_autofree char *zeros = g_malloc0(64 * PAGE_BYTES);
	gboolean done;

	if (descriptor < 0)
		return complain(error, path);
	/* A log that is overwritten, as SQLite's mostly is: no size changes under the clock. */
	done = write(descriptor, zeros, 64 * PAGE_BYTES) == 64 * PAGE_BYTES && fsync(descriptor) == 0 &&
	    fsync_often(descriptor, times, histogram, error);
	close(descriptor);
	unlink(path);
	return done;
}

static void *
echo(void *data)
{
	int listener = GPOINTER_TO_INT(data), on = 1, peer = accept(listener, NULL, NULL);
	char bytes[ECHO_BYTES];
	ssize_t got;

	setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	while ((got = recv(peer, bytes, sizeof bytes, 0)) > 0)
		if (send(peer, bytes, (size_t)got, MSG_NOSIGNAL) != got)
			break;
	close(peer);
	return NULL;
}

static gboolean
bounce_often(int descriptor, unsigned times, unsigned pause_us, struct histogram *histogram, GError **error)
{
	char bytes[ECHO_BYTES] = { 0 };

	for (unsigned time = 0; time < times; time++) {
		int64_t start;

		if (pause_us > 0)
			g_usleep(pause_us);
		start = clock_ticks_ns();
		if (send(descriptor, bytes, sizeof bytes, MSG_NOSIGNAL) != sizeof bytes ||
		    recv(descriptor, bytes, sizeof bytes, MSG_WAITALL) != sizeof bytes)
			return complain(error, "round trip");
		histogram_add(histogram, (uint64_t)(clock_ticks_ns() - start));
	}
	return TRUE;
}

gboolean
baseline_round_trip(unsigned times, unsigned pause_us, struct histogram *histogram, GError **error)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), descriptor, on = 1;
	pthread_t thread;
	gboolean done;

	if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 1) != 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &size) != 0)
		return complain(error, "listening");
	descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(descriptor, (struct sockaddr *)&address, size) != 0)
		return complain(error, "connecting");
	pthread_create(&thread, NULL, echo, GINT_TO_POINTER(listener));
	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	done = bounce_often(descriptor, times, pause_us, histogram, error);
	close(descriptor);
	pthread_join(thread, NULL);
	close(listener);
	return done;
}

/* The text of the query `-- :name(` in the desk's own file. */
static char *
query_text(const char *name, GError **error)
{
	g_autofree char *all = NULL, *head = g_strdup_printf("-- :%s(", name);
	const char *start, *end;

	if (!g_file_get_contents(SOURCE_FOLDER "/src/desk/conversation/conversation.sql", &all, NULL, error))
		return NULL;
	if ((start = strstr(all, head)) == NULL || (end = strchr(start, ';')) == NULL) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "conversation.sql has no query %s", name);
		return NULL;
	}
	start = strchr(start, '\n') + 1;
	return g_strndup(start, (gsize)(end - start));
}

struct row {
	gint64 id, seq;
};

struct bare {
	sqlite3 *file;
	sqlite3_stmt *move, *item_add;
	GArray *conversations; /* of struct row */
	uint64_t written;
};

static gboolean
sqlite_is(struct bare *bare, int code, int wanted, GError **error)
{
	if (code == wanted)
		return TRUE;
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "SQLite: %s", sqlite3_errmsg(bare->file));
	return FALSE;
}

static gboolean
bare_prepare(struct bare *bare, const char *name, sqlite3_stmt **statement, GError **error)
{
	g_autofree char *text = query_text(name, error);

	return text != NULL &&
	    sqlite_is(bare, sqlite3_prepare_v2(bare->file, text, -1, statement, NULL), SQLITE_OK, error);
}

static gboolean
bare_open(struct bare *bare, const char *path, GError **error)
{
	/* As the desk's own writing connection has it (src/store/sqlite.c), with checkpoints at the same size. */
	static const char settings[] =
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
	    "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;"
	    "PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;";
	sqlite3_stmt *list = NULL;

	/* Without locks that one thread does not need, as the desk has it; refused when this is not the first run. */
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (!sqlite_is(bare, sqlite3_open_v2(path, &bare->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
		SQLITE_OK, error) ||
	    !sqlite_is(bare, sqlite3_exec(bare->file, settings, NULL, NULL, NULL), SQLITE_OK, error) ||
	    !sqlite_is(bare,
		sqlite3_prepare_v2(
		    bare->file, "SELECT id, last_seq FROM conversation ORDER BY id LIMIT 1000", -1, &list, NULL),
		SQLITE_OK, error))
		return FALSE;
	while (sqlite3_step(list) == SQLITE_ROW) {
		struct row row = { sqlite3_column_int64(list, 0), sqlite3_column_int64(list, 1) };

		g_array_append_val(bare->conversations, row);
	}
	sqlite3_finalize(list);
	return bare_prepare(bare, "move", &bare->move, error) && bare_prepare(bare, "item_add", &bare->item_add, error);
}

static void
bare_close(struct bare *bare)
{
	sqlite3_finalize(bare->move);
	sqlite3_finalize(bare->item_add);
	sqlite3_close(bare->file);
	g_array_unref(bare->conversations);
}

static int
slot(sqlite3_stmt *statement, const char *name)
{
	return sqlite3_bind_parameter_index(statement, name);
}

/* To its end, whether or not it gives a row back. */
static gboolean
bare_run(struct bare *bare, sqlite3_stmt *statement, GError **error)
{
	int code = sqlite3_step(statement);

	if (code == SQLITE_ROW)
		code = sqlite3_step(statement);
	return sqlite_is(bare, code, SQLITE_DONE, error) && sqlite_is(bare, sqlite3_reset(statement), SQLITE_OK, error);
}

static gboolean
bare_add(struct bare *bare, const struct row *row, gint64 at, GError **error)
{
	sqlite3_stmt *add = bare->item_add;
	char caller[40];

	g_snprintf(caller, sizeof caller, "bare-%" G_GINT64_MODIFIER "x-%" G_GUINT64_FORMAT, at, bare->written++);
	sqlite3_bind_int64(add, slot(add, ":conversation"), row->id);
	sqlite3_bind_int64(add, slot(add, ":seq"), row->seq);
	sqlite3_bind_text(add, slot(add, ":kind"), "message", -1, SQLITE_STATIC);
	sqlite3_bind_int64(add, slot(add, ":internal"), 0);
	sqlite3_bind_text(add, slot(add, ":author_kind"), "visitor", -1, SQLITE_STATIC);
	sqlite3_bind_int64(add, slot(add, ":author"), 1);
	sqlite3_bind_null(add, slot(add, ":about"));
	sqlite3_bind_text(add, slot(add, ":body"), "Good morning! Is the lamp with the green shade in stock again?", -1,
	    SQLITE_STATIC);
	sqlite3_bind_text(add, slot(add, ":caller"), caller, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(add, slot(add, ":at"), at);
	return bare_run(bare, add, error);
}

static gboolean
bare_message(struct bare *bare, GError **error)
{
	struct row *row = &g_array_index(bare->conversations, struct row, bare->written % bare->conversations->len);
	gint64 at = clock_now_ms(clock_system());
	sqlite3_stmt *move = bare->move;

	row->seq++;
	sqlite3_bind_int64(move, slot(move, ":id"), row->id);
	sqlite3_bind_int64(move, slot(move, ":at"), at);
	sqlite3_bind_int64(move, slot(move, ":asks"), 1);
	sqlite3_bind_int64(move, slot(move, ":answers"), 0);
	return bare_run(bare, move, error) && bare_add(bare, row, at, error);
}

static gboolean
bare_batch(struct bare *bare, unsigned batch, GError **error)
{
	if (!sqlite_is(bare, sqlite3_exec(bare->file, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK, error))
		return FALSE;
	for (unsigned message = 0; message < batch; message++)
		if (!bare_message(bare, error))
			return FALSE;
	return sqlite_is(bare, sqlite3_exec(bare->file, "COMMIT", NULL, NULL, NULL), SQLITE_OK, error);
}

double
baseline_sqlite(const char *path, unsigned batch, double seconds, GError **error)
{
	struct bare bare = { .conversations = g_array_new(FALSE, FALSE, sizeof(struct row)) };
	gboolean done = bare_open(&bare, path, error);
	int64_t start = clock_ticks_ns(), end = start + (int64_t)(seconds * 1e9), now = start;

	while (done && now < end) {
		done = bare_batch(&bare, batch, error);
		now = clock_ticks_ns();
	}
	bare_close(&bare);
	return done ? (double)bare.written / ((double)(now - start) / 1e9) : 0;
}
