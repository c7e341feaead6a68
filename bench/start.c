/*
 * B6, start: from exec to the first page, on a desk with a million conversations; and how little it needs when idle.
 *
 * The desk makes its own file and is set up through its doors; the conversations are then written into the file by SQL, a
 * visitor, a closed chat and three items each, which is what the doors would have left behind. The first page is
 * `GET /`; the first read of the API is the advisor's waiting list with a cookie from before the restart.
 *
 * One thread. The page cache is warm, as it is when a desk is upgraded or has crashed.
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "cast.h"
#include "result.h"

#define CONVERSATIONS 1000000
#define QUICK         10000
#define SETTLE_US     2000000 /* until the memory of an idle desk is read */

static gboolean option_quick, option_keep;
static char *option_json, *option_program, *option_folder;
static int option_runs = 5, option_conversations;

static GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_FILENAME, &option_json, "write the figures to FILE as well", "FILE" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &option_quick, "10,000 conversations instead of a million", NULL },
	{ "runs", 0, 0, G_OPTION_ARG_INT, &option_runs, "starts to take the median of (5)", "N" },
	{ "conversations", 0, 0, G_OPTION_ARG_INT, &option_conversations, "how many (1000000)", "N" },
	{ "program", 0, 0, G_OPTION_ARG_FILENAME, &option_program, "the softanswer to measure (this build's)", "FILE" },
	{ "folder", 0, 0, G_OPTION_ARG_FILENAME, &option_folder, "where the temporary desk lies", "DIR" },
	{ "keep", 0, 0, G_OPTION_ARG_NONE, &option_keep, "leave the desk's folder when it is over", NULL },
	{ NULL },
};

static struct figure figures[] = {
	{ "first_page_ms", "ms", 100, "lower", "the goal", .runs = 0 },
	{ "idle_mb", "MB", 20, "lower", "the goal", .runs = 0 },
	{ "program_mb", "MB", 6, "lower", "the goal", .runs = 0 },
	{ "first_read_ms", "ms", .runs = 0 },
	{ "first_page_ms_after_kill", "ms", .runs = 0 },
	{ "idle_proportional_mb", "MB", .runs = 0 },
	{ "stop_ms", "ms", .runs = 0 },
	{ "database_mb", "MB", .runs = 0 },
	{ "conversations", "", .runs = 0 },
	{ NULL, .runs = 0 },
};

/* ?1 is how many, ?2 the row id of the person who had the chats. */
static const char *const seeds[] = {
	"INSERT INTO visitor (public_id, name, created_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
	" SELECT lower(hex(randomblob(11))), 'Vera ' || i, 1700000000000 + i * 1000 FROM n WHERE ?2 > 0",
	"INSERT INTO conversation (public_id, visitor_id, last_seq, created_at, changed_at)"
	" SELECT lower(hex(randomblob(11))), id, 3, created_at, created_at + 900 FROM visitor WHERE id <= ?1 AND ?2 > 0",
	"INSERT INTO chat (conversation_id, state, caller_id, started_at, waiting_since, taken_at, ended_at, ended_by)"
	" SELECT id, 'closed', 'start-' || id, created_at, created_at, created_at + 500, created_at + 900, 'person' FROM conversation"
	" WHERE id <= ?1 AND ?2 > 0",
	"INSERT INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, about_id, body, caller_id, at)"
	" SELECT c.id, s.seq, CASE s.seq WHEN 1 THEN 'started' WHEN 2 THEN 'message' ELSE 'ended' END, 0,"
	" CASE s.seq WHEN 3 THEN 'person' ELSE 'visitor' END, CASE s.seq WHEN 3 THEN ?2 ELSE c.visitor_id END, NULL,"
	" CASE s.seq WHEN 2 THEN 'Good morning! Is lamp number ' || c.id || ' with the green shade in stock again?' END,"
	" CASE s.seq WHEN 2 THEN 'first-' || c.id END, c.created_at + s.seq * 300"
	" FROM conversation c, (SELECT 1 AS seq UNION ALL SELECT 2 UNION ALL SELECT 3) s WHERE c.id <= ?1 ORDER BY c.id, s.seq",
};

static void
seed_with(sqlite3 *file, const char *text, int64_t count, int64_t person)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(file, text, -1, &statement, NULL) != SQLITE_OK)
		bench_die("%s", sqlite3_errmsg(file));
	sqlite3_bind_int64(statement, 1, count);
	sqlite3_bind_int64(statement, 2, person);
	if (sqlite3_step(statement) != SQLITE_DONE)
		bench_die("%s", sqlite3_errmsg(file));
	sqlite3_finalize(statement);
}

static void
seed(const struct trial *trial, int64_t count, int64_t person)
{
	static const char settings[] =
	    "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY; BEGIN";
	g_autofree char *path = trial_database(trial);
	sqlite3 *file;

	if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_exec(file, settings, NULL, NULL, NULL) != SQLITE_OK)
		bench_die("%s: %s", path, sqlite3_errmsg(file));
	for (size_t n = 0; n < G_N_ELEMENTS(seeds); n++)
		seed_with(file, seeds[n], count, person);
	if (sqlite3_exec(file, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) != SQLITE_OK)
		bench_die("%s", sqlite3_errmsg(file));
	sqlite3_close(file);
}

/* Milliseconds from before the exec until `path` is answered with 200. */
static double
answer_ms(struct trial *trial, struct http *http, const char *path, int64_t start)
{
	int64_t end = start + INT64_C(60000000000);
	int status;

	while ((status = http_call(http, "GET", path, NULL, NULL)) != 200) {
		if (status != HTTP_CUT || clock_ticks_ns() > end)
			bench_die("%s is answered %d on port %d", path, status, trial->port);
		g_usleep(200);
	}
	return (double)(clock_ticks_ns() - start) / 1e6;
}

static double
megabytes(int64_t bytes)
{
	return (double)bytes / 1e6;
}

/* Bytes of the program without its debug symbols, as it is packaged. */
static double
program_bytes(const struct trial *trial)
{
	g_autofree char *bare = g_build_filename(trial->folder, "stripped", NULL);
	const char *words[] = { "strip", "-o", bare, trial->program, NULL };
	struct stat about;
	int status = 1;

	if (!g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) ||
	    status != 0 || stat(bare, &about) != 0)
		bench_die("strip (of binutils) is needed to tell the size of %s", trial->program);
	return (double)about.st_size;
}

static double
file_megabytes(const struct trial *trial)
{
	g_autofree char *path = trial_database(trial);
	struct stat about;

	return stat(path, &about) == 0 ? megabytes(about.st_size) : 0;
}

static double
start_ms(struct trial *trial, struct http *http)
{
	g_autoptr(GError) error = NULL;
	int64_t start = clock_ticks_ns();

	if (!trial_spawn(trial, &error))
		bench_die("%s", error->message);
	return answer_ms(trial, http, "/", start);
}

static void
run_once(struct trial *trial, struct advisor *administrator, struct result *result)
{
	g_autoptr(GError) error = NULL;
	struct http http;
	int64_t start;

	http_init(&http, trial->port);
	result_add(result, "first_page_ms", start_ms(trial, &http), 0);
	start = clock_ticks_ns();
	result_add(
	    result, "first_read_ms", answer_ms(trial, &administrator->http, "/api/v1/chats?view=waiting", start), 0);
	g_usleep(SETTLE_US);
	result_add(result, "idle_mb", megabytes(trial_resident(trial)), 0);
	result_add(result, "idle_proportional_mb", megabytes(trial_proportional(trial)), 0);
	trial_kill(trial);
	result_add(result, "first_page_ms_after_kill", start_ms(trial, &http), 0);
	start = clock_ticks_ns();
	if (!trial_stop(trial, &error))
		bench_die("%s", error->message);
	result_add(result, "stop_ms", (double)(clock_ticks_ns() - start) / 1e6, 0);
	http_clear(&http);
}

static void
prepare(struct trial *trial, struct advisor *administrator, int64_t count)
{
	g_autoptr(GError) error = NULL;

	if (!trial_open(trial, option_program, option_folder, &error) || !trial_start(trial, &error))
		bench_die("%s", error->message);
	trial->keeps = option_keep;
	cast_administrator(trial, administrator);
	if (!trial_stop(trial, &error))
		bench_die("%s", error->message);
	printf("writing %" G_GINT64_FORMAT " conversations …\n", count);
	fflush(stdout);
	seed(trial, count, administrator->id);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context = g_option_context_new("- B6: from exec to the first page");
	g_autoptr(GError) error = NULL;
	int64_t conversations;
	struct advisor administrator;
	struct trial trial;
	g_autofree char *commit = NULL;
	struct result result;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	conversations = option_conversations > 0 ? option_conversations : option_quick ? QUICK : CONVERSATIONS;
	commit = trial_commit(option_program);
	result_init(&result, "start", figures, option_quick, commit);
	prepare(&trial, &administrator, conversations);
	for (int run = 0; run < CLAMP(option_runs, 1, RESULT_RUNS_MAX); run++)
		run_once(&trial, &administrator, &result);
	result_add(&result, "program_mb", megabytes((int64_t)program_bytes(&trial)), 0);
	result_add(&result, "database_mb", file_megabytes(&trial), 0);
	result_add(&result, "conversations", (double)conversations, 0);
	if (!result_tell(&result, option_json, &error))
		bench_die("%s", error->message);
	result_clear(&result);
	cast_advisor_clear(&administrator);
	trial_close(&trial);
	return 0;
}
