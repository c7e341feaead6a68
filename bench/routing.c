/*
 * B9, routing: from "a seat frees" and from "a visitor waits" to the offer, at 10, 100 and 1,000 advisors and 10, 1,000 and 10,000 who
 * wait; how many decisions there are in a second; how many visitors join a line of thousands in one; and how long it takes to let in 1,000 who
 * wait for a seat when their pool grows, and the longest that one command of it holds the writer.
 *
 * In this process, with the real store (a file, with fsync), its writer on a thread of its own, the real bus and the real edge/routing:
 * what is measured begins with the event that something has changed, and ends with the event that the chat is offered, which
 * is after its commit. The desk's people and a year of chats that are over, with their offers, are written into the file by SQL; the
 * line, and everything that is measured, goes through the desk's own decisions. One thread, and the writer's.
 */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include <uv.h>

#include "base/file.h"
#include "desk/chat/chat.h"
#include "desk/events.h"
#include "desk/people/actor.h"
#include "desk/seat/seat.h"
#include "edge/errand.h"
#include "edge/routing.h"
#include "histogram.h"
#include "result.h"
#include "trial.h"

#define CHATS_EACH     4
#define ROUNDS         200
#define QUICK          50
#define STARTS_AT_ONCE 256 /* of a line that is made: they share commits, as under load */
#define SEATS          1000
#define HISTORY        100000 /* chats that are over, each of which was offered twice */

static const int advisors[] = { 10, 100, 1000 }, lines[] = { 10, 1000, 10000 };

static gboolean option_quick;
static char *option_json, *option_folder;
static int option_runs = 3;

static GOptionEntry options[] = {
	{ "json", 0, 0, G_OPTION_ARG_FILENAME, &option_json, "write the figures to FILE as well", "FILE" },
	{ "quick", 0, 0, G_OPTION_ARG_NONE, &option_quick, "fewer rounds of each size, once", NULL },
	{ "runs", 0, 0, G_OPTION_ARG_INT, &option_runs, "runs to take the median of (3)", "N" },
	{ "folder", 0, 0, G_OPTION_ARG_FILENAME, &option_folder, "where the temporary desk lies", "DIR" },
	{ NULL },
};

static struct figure figures[] = {
	{ "offer_p99_ms", "ms", 50, "lower", "the goal", .runs = 0 },
	{ "growth_exponent", "", 0.2, "lower", "the goal", .runs = 0 },
	{ "offer_p50_ms", "ms", .runs = 0 },
	{ "offer_p50_ms_smallest", "ms", .runs = 0 },
	{ "offer_p50_ms_smallest_new", "ms", .runs = 0 },
	{ "waits_p99_ms", "ms", .runs = 0 },
	{ "waits_p50_ms", "ms", .runs = 0 },
	{ "decisions_per_s", "1/s", .runs = 0 },
	{ "decisions_per_s_smallest", "1/s", .runs = 0 },
	{ "starts_per_s", "1/s", .runs = 0 },
	{ "let_in_1000_ms", "ms", .runs = 0 },
	{ "let_in_longest_ms", "ms", 50, "lower", "the goal", .runs = 0 },
	{ NULL, .runs = 0 },
};

/* ---- The desk ---- */

struct bench {
	char *folder, *path;
	uv_loop_t loop;
	uv_async_t finished;
	struct store *store;
	struct edge edge;
	struct clock clock;
	struct routing *routing;
	sqlite3 *file;
	/* Of what was told. */
	int64_t changed_at; /* ticks: since then an offer is expected; 0: none */
	const char *wanted; /* the state of the change that begins it */
	unsigned offers;
	char conversation[KEY_CHARS + 1]; /* the last one that was offered, and to whom */
	int64_t person;
	struct histogram *histogram;
	unsigned under_way; /* works */
	int did;            /* of the last one */
};

static void
on_event(void *data, const struct event *event)
{
	const struct chat_row *row = event->body;
	struct bench *bench = data;

	if (event->kind != EVENT_CHAT_CHANGED || row == NULL)
		return;
	if (bench->wanted != NULL && strcmp(row->state, bench->wanted) == 0) {
		bench->changed_at = clock_ticks_ns();
		bench->wanted = NULL;
	}
	if (strcmp(row->state, CHAT_OFFERED) != 0)
		return;
	bench->offers++;
	g_strlcpy(bench->conversation, row->conversation, sizeof bench->conversation);
	bench->person = row->offer.person;
	if (bench->changed_at != 0)
		histogram_add(bench->histogram, (uint64_t)(clock_ticks_ns() - bench->changed_at));
	bench->changed_at = 0;
}

static void
wake(void *data)
{
	uv_async_send(data);
}

static void
on_finished(uv_async_t *async)
{
	crew_collect(((struct bench *)async->data)->edge.crew);
}

static void
sql(struct bench *bench, const char *text, int64_t count)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(bench->file, text, -1, &statement, NULL) != SQLITE_OK)
		bench_die("%s", sqlite3_errmsg(bench->file));
	if (sqlite3_bind_parameter_count(statement) > 0)
		sqlite3_bind_int64(statement, 1, count);
	if (sqlite3_step(statement) != SQLITE_DONE)
		bench_die("%s", sqlite3_errmsg(bench->file));
	sqlite3_finalize(statement);
}

static void
seed_people(struct bench *bench, int count)
{
	sql(bench,
	    "INSERT INTO person (email, name, role, status, created_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
	    " FROM n WHERE i < ?1) SELECT 'a' || i || '@desk.example', 'Ann ' || i, 'advisor', 'online', 1700000000000 FROM n",
	    count);
	sql(bench,
	    "INSERT INTO duty (person_id, pool_id, state, seat, since, cap, free_since, is_able)"
	    " SELECT id, (SELECT id FROM pool), 'online', 'own', 1700000000000, " G_STRINGIFY(
		CHATS_EACH) ", 1700000000000 + id, 1"
			    " FROM person",
	    0);
	sql(bench, "UPDATE pool SET size = ?1, used = ?1, cap = 1000000", count);
}

/* One visitor, to whom somebody said goodbye in each of so many conversations. */
static void
seed_history(struct bench *bench, int count)
{
	static const char *const texts[] = {
		"INSERT INTO visitor (public_id, name, created_at) VALUES ('visitor-of-old-times', 'Vera', 1600000000000)",
		"INSERT INTO conversation (public_id, visitor_id, last_seq, created_at, changed_at) WITH RECURSIVE n (i) AS"
		" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT 'conversation-' || i, 1, 0, 1600000000000 + i * 1000,"
		" 1600000000900 + i * 1000 FROM n",
		"INSERT INTO chat (conversation_id, state, caller_id, started_at, waiting_since, taken_at, ended_at, ended_by, pool_id)"
		" SELECT id, 'closed', 'start-' || id, created_at, created_at, created_at + 500, changed_at, 'person',"
		" (SELECT id FROM pool) FROM conversation",
		"INSERT INTO offer (chat_id, person_id, offered_at, expires_at, ended_at, outcome)"
		" SELECT h.id, p.id, h.started_at, h.started_at + 60000, h.taken_at,"
		" CASE WHEN p.id = (SELECT min(id) FROM person) THEN 'accepted' ELSE 'expired' END"
		" FROM chat h, (SELECT id FROM person ORDER BY id LIMIT 2) p",
	};

	sql(bench, "BEGIN IMMEDIATE", 0);
	for (size_t i = 0; count > 0 && i < G_N_ELEMENTS(texts); i++)
		sql(bench, texts[i], count);
	sql(bench, "COMMIT", 0);
}

static struct bench *
bench_begin(int people, int history)
{
	struct bench *bench = g_new0(struct bench, 1);
	g_autoptr(GError) error = NULL;

	bench->folder =
	    g_build_filename(option_folder == NULL ? g_get_tmp_dir() : option_folder, "routing-XXXXXX", NULL);
	if (g_mkdtemp(bench->folder) == NULL)
		bench_die("%s cannot be made", bench->folder);
	bench->path = g_build_filename(bench->folder, "desk.db", NULL);
	bench->store = store_open(&(struct store_settings) { .where = bench->path, .queries = &desk_queries }, &error);
	if (bench->store == NULL || sqlite3_open(bench->path, &bench->file) != SQLITE_OK)
		bench_die("%s", error == NULL ? bench->path : error->message);
	sqlite3_busy_timeout(bench->file, 10000);
	seed_people(bench, people);
	seed_history(bench, history);
	uv_loop_init(&bench->loop);
	bench->finished.data = bench;
	uv_async_init(&bench->loop, &bench->finished, on_finished);
	bench->edge.clock = clock_system();
	bench->edge.bus = bus_local_new();
	bench->edge.crew = crew_start(bench->store, 1, wake, &bench->finished, &error);
	if (bench->edge.crew == NULL)
		bench_die("%s", error->message);
	bus_subscribe(bench->edge.bus, on_event, bench);
	return bench;
}

static void
bench_end(struct bench *bench)
{
	crew_stop(bench->edge.crew);
	if (bench->routing != NULL)
		routing_stop(bench->routing);
	uv_close((uv_handle_t *)&bench->finished, NULL);
	uv_run(&bench->loop, UV_RUN_DEFAULT);
	uv_loop_close(&bench->loop);
	bus_free(bench->edge.bus);
	sqlite3_close(bench->file);
	store_close(bench->store);
	trial_remove_folder(bench->folder);
	g_free(bench->folder);
	g_free(bench->path);
	g_free(bench);
}

/* ---- What happens on it ---- */

enum deed { DEED_START, DEED_END, DEED_TAKE, DEED_GROW, DEED_LET_IN };

struct happening {
	struct work work; /* first */
	struct bench *bench;
	struct actor actor;
	enum deed deed;
	char conversation[KEY_CHARS + 1];
	int did;
};

static gboolean
run(struct tx *tx, struct work *work, GError **error)
{
	struct happening *happening = (struct happening *)work;
	struct chat_start start = { .id = "start-0001" };
	struct chat_end end = { .conversation = happening->conversation };
	struct chat_ask take = { .conversation = happening->conversation };
	struct pool_change grow = { .pool = 1, .size = SEATS, .cap = -1 };
	struct chat_started started;
	struct chat_row row;
	struct pool pool;

	switch (happening->deed) {
	case DEED_START:
		return chat_start(tx, &start, &started, error);
	case DEED_END:
		return chat_end(tx, &end, error);
	case DEED_GROW:
		happening->did = 1;
		return seat_pool_change(tx, &grow, &pool, error);
	case DEED_LET_IN:
		return seat_let_in(tx, 1, &happening->did, error);
	default:
		return chat_take(tx, &take, &row, error);
	}
}

static void
done(struct work *work)
{
	struct happening *happening = (struct happening *)work;

	if (work->error != NULL)
		bench_die("%s", work->error->message);
	happening->bench->under_way--;
	happening->bench->did = happening->did;
	bus_publish(happening->bench->edge.bus, work->events);
	errand_end(work);
}

static void
submit(struct bench *bench, enum deed deed, const char *conversation, int64_t person)
{
	struct happening *happening = talloc_zero(NULL, struct happening);
	g_autoptr(GError) error = NULL;

	happening->work = errand_of(&bench->edge, happening, run, done);
	happening->work.actor = &happening->actor;
	happening->bench = bench;
	happening->deed = deed;
	happening->actor = (struct actor) { .kind = person == 0 ? ACTOR_SYSTEM : ACTOR_PERSON,
		.role = person == 0 ? ROLE_NONE : ROLE_ADVISOR,
		.person_id = person };
	if (deed == DEED_START) {
		static unsigned visitors;

		happening->actor.kind = ACTOR_VISITOR;
		g_snprintf(happening->actor.visitor, sizeof happening->actor.visitor, "visitor-%014u", ++visitors);
	}
	if (conversation != NULL)
		g_strlcpy(happening->conversation, conversation, sizeof happening->conversation);
	bench->under_way++;
	if (!crew_write(bench->edge.crew, &happening->work, &error))
		bench_die("%s", error->message);
}

static void
await(struct bench *bench)
{
	while (bench->under_way > 0)
		uv_run(&bench->loop, UV_RUN_ONCE);
}

static void
happens(struct bench *bench, enum deed deed, const char *conversation, int64_t person)
{
	submit(bench, deed, conversation, person);
	await(bench);
}

/* That many more wait, by the door at which visitors come; while nobody has room. */
static void
make_line(struct bench *bench, int count)
{
	for (int i = 0; i < count; i++) {
		submit(bench, DEED_START, NULL, 0);
		if (bench->under_way == STARTS_AT_ONCE)
			await(bench);
	}
	await(bench);
}

/* What is under way comes to its end, so that nothing of it shares a commit with what is measured. */
static void
settle(struct bench *bench)
{
	struct routing_figures now;

	for (routing_figures(bench->routing, &now); !now.is_idle; routing_figures(bench->routing, &now))
		uv_run(&bench->loop, UV_RUN_ONCE);
}

static void
until_offered(struct bench *bench, unsigned offers)
{
	while (bench->offers < offers)
		uv_run(&bench->loop, UV_RUN_ONCE);
}

/* The next offer is taken by who is asked. */
static void
take_it(struct bench *bench)
{
	g_autofree char *conversation = g_strdup(bench->conversation);

	happens(bench, DEED_TAKE, conversation, bench->person);
}

/* A visitor comes, and everybody has room. */
static void
visitors_come(struct bench *bench, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		unsigned offers = bench->offers;

		settle(bench);
		bench->wanted = CHAT_WAITING;
		happens(bench, DEED_START, NULL, 0);
		until_offered(bench, offers + 1);
		take_it(bench);
		happens(bench, DEED_END, bench->conversation, 0);
	}
}

/* A chat ends, everybody else is full, and the head of a long line is offered. */
static void
seats_free(struct bench *bench, int rounds)
{
	for (int i = 0; i < rounds; i++) {
		g_autofree char *conversation = g_strdup(bench->conversation);
		unsigned offers = bench->offers;

		settle(bench);
		bench->wanted = CHAT_CLOSED;
		happens(bench, DEED_END, conversation, 0);
		until_offered(bench, offers + 1);
		take_it(bench);
		make_line(bench, 1);
	}
}

/* ---- One size ---- */

struct size {
	int people, line, history;
	double frees_p50_ms, frees_p99_ms, waits_p50_ms, waits_p99_ms, decisions_per_s, starts_per_s;
};

static void
fill(struct bench *bench, struct size *size)
{
	const struct event event = { .kind = EVENT_POOL_CHANGED };
	int offers = MIN(size->line, size->people * CHATS_EACH);
	int64_t start = clock_ticks_ns();

	sql(bench, "UPDATE pool SET cap = 0", 0);
	make_line(bench, size->line);
	size->starts_per_s = size->line / ((double)(clock_ticks_ns() - start) / 1e9);
	settle(bench);
	sql(bench, "UPDATE pool SET cap = 1000000", 0);
	start = clock_ticks_ns();
	bench->offers = 0;
	bus_publish(bench->edge.bus, &event);
	until_offered(bench, (unsigned)offers);
	size->decisions_per_s = offers / ((double)(clock_ticks_ns() - start) / 1e9);
	/* Everybody accepts; who has room still has it no more; and as many wait as before. */
	sql(bench, "BEGIN IMMEDIATE", 0);
	sql(bench, "UPDATE offer SET ended_at = offered_at, outcome = 'accepted' WHERE ended_at IS NULL", 0);
	sql(bench,
	    "UPDATE chat SET state = 'owned', owner_id = offered_to, offered_to = NULL, taken_at = started_at,"
	    " spoke_at = 9000000000000 WHERE offered_to IS NOT NULL",
	    0);
	sql(bench, "UPDATE duty SET cap = load, is_able = 0", 0);
	sql(bench, "COMMIT", 0);
	make_line(bench, offers);
}

static void
measure(struct size *size)
{
	static struct histogram frees, waits;
	struct bench *bench = bench_begin(size->people, size->history);
	int rounds = option_quick ? QUICK : ROUNDS;

	histogram_clear(&frees);
	histogram_clear(&waits);
	bench->routing = routing_start(&bench->edge, &bench->loop);
	bench->histogram = &waits;
	visitors_come(bench, rounds);
	bench->histogram = &frees;
	fill(bench, size);
	seats_free(bench, rounds);
	size->frees_p50_ms = histogram_ms(&frees, 0.5);
	size->frees_p99_ms = histogram_ms(&frees, 0.99);
	size->waits_p50_ms = histogram_ms(&waits, 0.5);
	size->waits_p99_ms = histogram_ms(&waits, 0.99);
	bench_end(bench);
	printf(
	    "%5d advisors, %6d wait, %6d chats before: offer p50 %.2f ms, p99 %.2f ms; a visitor comes: p50 %.2f ms, p99 %.2f ms; %.0f decisions/s, %.0f join the line/s\n",
	    size->people, size->line, size->history, size->frees_p50_ms, size->frees_p99_ms, size->waits_p50_ms,
	    size->waits_p99_ms, size->decisions_per_s, size->starts_per_s);
	fflush(stdout);
}

/* ---- A pool that grows ---- */

/* Everybody stands in the line for seats; then there is one for each. */
static void
measure_growth(struct result *result)
{
	struct bench *bench = bench_begin(SEATS, HISTORY);
	int64_t begin, longest = 0;

	sql(bench, "UPDATE duty SET state = 'line', seat = 'none', line_since = since + person_id", 0);
	sql(bench, "UPDATE duty SET is_able = 0", 0);
	sql(bench, "UPDATE person SET status = 'line'", 0);
	sql(bench, "UPDATE pool SET size = 0, used = 0", 0);
	begin = clock_ticks_ns();
	bench->did = 1;
	for (enum deed deed = DEED_GROW; deed == DEED_GROW || bench->did > 0; deed = DEED_LET_IN) {
		int64_t start = clock_ticks_ns();

		happens(bench, deed, NULL, 0);
		longest = MAX(longest, clock_ticks_ns() - start);
	}
	result_add(result, "let_in_1000_ms", (double)(clock_ticks_ns() - begin) / 1e6, 0);
	result_add(result, "let_in_longest_ms", (double)longest / 1e6, 0);
	bench_end(bench);
}

/* The slope of the median over the size, both as logarithms: 0 is no growth, 1 is as the size. */
static double
exponent(const struct size *sizes, size_t count)
{
	double x = 0, y = 0, xx = 0, xy = 0;

	for (size_t i = 0; i < count; i++) {
		double size = log(sizes[i].people + sizes[i].line), time = log(sizes[i].frees_p50_ms);

		x += size / (double)count;
		y += time / (double)count;
		xx += size * size / (double)count;
		xy += size * time / (double)count;
	}
	return (xy - x * y) / (xx - x * x);
}

static void
run_once(struct result *result)
{
	struct size sizes[G_N_ELEMENTS(advisors) * G_N_ELEMENTS(lines)];
	const struct size *largest = &sizes[G_N_ELEMENTS(sizes) - 1];
	struct size newest = { .people = advisors[0], .line = lines[0] };

	measure(&newest);
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		sizes[i] = (struct size) { .people = advisors[i / G_N_ELEMENTS(lines)],
			.line = lines[i % G_N_ELEMENTS(lines)],
			.history = HISTORY };
		measure(&sizes[i]);
	}
	result_add(result, "offer_p99_ms", largest->frees_p99_ms, 0);
	result_add(result, "growth_exponent", exponent(sizes, G_N_ELEMENTS(sizes)), 0);
	result_add(result, "offer_p50_ms", largest->frees_p50_ms, 0);
	result_add(result, "offer_p50_ms_smallest", sizes[0].frees_p50_ms, 0);
	result_add(result, "offer_p50_ms_smallest_new", newest.frees_p50_ms, 0);
	result_add(result, "waits_p99_ms", largest->waits_p99_ms, 0);
	result_add(result, "waits_p50_ms", largest->waits_p50_ms, 0);
	result_add(result, "decisions_per_s", largest->decisions_per_s, 0);
	result_add(result, "decisions_per_s_smallest", sizes[0].decisions_per_s, 0);
	result_add(result, "starts_per_s", largest->starts_per_s, 0);
	measure_growth(result);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context = g_option_context_new("- B9: from what changes to the offer");
	g_autofree char *commit = trial_commit(NULL);
	g_autoptr(GError) error = NULL;
	struct result result;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	result_init(&result, "routing", figures, option_quick, commit);
	for (int run = 0; run < (option_quick ? 1 : CLAMP(option_runs, 1, RESULT_RUNS_MAX)); run++)
		run_once(&result);
	if (!result_tell(&result, option_json, &error))
		bench_die("%s", error->message);
	result_clear(&result);
	return 0;
}
