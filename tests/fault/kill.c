/*
 * kill-loop: SIGKILL under load L1, again and again (P1, P5, P6, P8, P9, P21, P22, P25, P35, P37).
 *
 *     kill-loop [--kills N] [--seed S] [--rate MESSAGES_PER_SECOND] [--program FILE] [--keep]
 *     tests/kit/with_postgres --durable kill-loop …
 *
 * A thread kills the desk 50 to 800 ms after each start, wherever it is: starting, between a commit and its answers, in a
 * checkpoint. The main thread starts it again at once and is the crowd (crowd.h). A third through, a backup is taken while
 * all this goes on. At the end the crowd catches up, the desk stops by SIGTERM, and proof.c compares.
 *
 * On a PostgreSQL server every fourth kill is preceded by one of the server: a process of it, all of them, or a stop at once
 * and a new start. The desk must live through that, and answer again by itself. The backup is pg_dump's.
 *
 * The seed decides who wants what and after how long each kill comes; what the scheduler makes of it differs, so the same seed
 * meets the same plan and not the same instant. The exit code is 0 when every check is ok. docs/operate/testing-faults.md
 * says how to read a failure.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <uv.h>

#include "base/clock.h"
#include "proof.h"
#include "run.h"

#define KILL_MIN_MS 50
#define KILL_MAX_MS 800

/* Of the server: before every how manieth kill; how long the desk may take to answer again, and what counts as answering. */
#define SERVER_EVERY     4
#define RECOVERY_NS      INT64_C(20000000000)
#define ANSWERED_ANEW    10
#define RECOVERY_LOOK_US 2000

static int option_kills = 200, option_rate = 60;
static gint64 option_seed;
static char *option_program, *option_folder;
static gboolean option_keep;

static GOptionEntry options[] = {
	{ "kills", 0, 0, G_OPTION_ARG_INT, &option_kills, "how often the desk is killed (200)", "N" },
	{ "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "the plan of an earlier run (by chance)", "S" },
	{ "rate", 0, 0, G_OPTION_ARG_INT, &option_rate, "messages, notes, files and hand-overs a second (60)", "N" },
	{ "program", 0, 0, G_OPTION_ARG_FILENAME, &option_program, "the softanswer to kill (this build's)", "FILE" },
	{ "folder", 0, 0, G_OPTION_ARG_FILENAME, &option_folder, "where the temporary desk lies", "DIR" },
	{ "keep", 0, 0, G_OPTION_ARG_NONE, &option_keep, "leave the desk's folder when it is over", NULL },
	{ NULL },
};

/* The killer's thread: waits for a start, then for its delay, then kills. */
struct killer {
	pthread_t thread;
	GRand *chance;
	struct trial *trial;
	uv_sem_t started;  /* the desk runs: plan the next kill */
	uv_async_t killed; /* wakes the loop: the desk is gone and reaped */
	volatile int left;
	int surprises; /* times that it had ended by itself, or not by the signal */
	int server_faults, unrecovered;
	_Atomic uint64_t answered; /* of the crowd's, as the loop saw it last */
};

struct loop {
	struct run run; /* first */
	struct killer killer;
	struct backup backup;
	pid_t backup_pid;
	int kills;
};

/* The program `do` of with_postgres. */
static void
server_do(const char *word)
{
	g_autofree char *program = g_build_filename(g_getenv("SOFTANSWER_TEST_SERVER"), "do", NULL);
	char *words[] = { program, (char *)word, NULL };
	g_autoptr(GError) error = NULL;

	if (!g_spawn_sync(NULL, words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
		NULL, NULL, &error))
		bench_die("%s", error->message);
}

static bool
answers_anew(struct killer *killer)
{
	uint64_t before = killer->answered;
	int64_t end = clock_ticks_ns() + RECOVERY_NS;

	while (killer->answered < before + ANSWERED_ANEW && clock_ticks_ns() < end)
		g_usleep(RECOVERY_LOOK_US);
	return killer->answered >= before + ANSWERED_ANEW;
}

/* Under load, and under a desk that is well: what dies here is the server alone. */
static void
hurt_server(struct killer *killer)
{
	static const char *const words[] = { "crash", "restart", "kill" };

	killer->unrecovered += answers_anew(killer) ? 0 : 1;
	server_do(words[killer->server_faults++ % (int)G_N_ELEMENTS(words)]);
	killer->unrecovered += answers_anew(killer) ? 0 : 1;
}

static void *
kill_often(void *data)
{
	struct killer *killer = data;

	while (killer->left > 0) {
		int status = 0;

		uv_sem_wait(&killer->started);
		if (trial_server() != NULL && killer->left % SERVER_EVERY == 0)
			hurt_server(killer);
		g_usleep((gulong)g_rand_int_range(killer->chance, KILL_MIN_MS, KILL_MAX_MS + 1) * 1000);
		kill(killer->trial->pid, SIGKILL);
		waitpid(killer->trial->pid, &status, 0);
		killer->surprises += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 1;
		killer->left--;
		uv_async_send(&killer->killed);
	}
	return NULL;
}

static void
start_desk(struct loop *loop)
{
	g_autoptr(GError) error = NULL;

	if (!trial_spawn(&loop->run.trial, &error))
		bench_die("%s", error->message);
	if (!loop->run.is_over)
		uv_sem_post(&loop->killer.started);
}

/* Runs beside the desk and its death: P25 speaks of a desk in use. */
static void
start_backup(struct loop *loop)
{
	const char *of_file[] = { loop->run.trial.program, "backup", NULL, "--data", loop->run.trial.data, NULL };
	const char *of_server[] = { "pg_dump", "--format=custom", NULL, loop->run.trial.server, NULL };
	const char **words = loop->run.trial.server == NULL ? of_file : of_server;
	g_autoptr(GError) error = NULL;
	g_autofree char *to = NULL;

	loop->backup = (struct backup) { .path = g_build_filename(loop->run.trial.folder, "backup.db", NULL),
		.answered = loop->run.crowd.answered,
		.code = -1 };
	to = g_strconcat(loop->run.trial.server == NULL ? "" : "--file=", loop->backup.path, NULL);
	words[2] = to;
	if (!g_spawn_async(NULL, (char **)words, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
		&loop->backup_pid, &error))
		bench_die("%s", error->message);
}

static void
reap_backup(struct loop *loop, int options_of_wait)
{
	int status;

	if (loop->backup_pid == 0 || waitpid(loop->backup_pid, &status, options_of_wait) != loop->backup_pid)
		return;
	loop->backup.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	loop->backup_pid = 0;
}

static void
on_killed(uv_async_t *async)
{
	struct loop *loop = async->data;

	loop->run.trial.pid = 0;
	loop->kills++;
	loop->run.is_over = loop->kills >= option_kills;
	start_desk(loop);
	if (loop->kills == (option_kills + 2) / 3)
		start_backup(loop);
	if (loop->kills % 10 == 0)
		printf("%d kills, %" G_GUINT64_FORMAT " answers, %" G_GUINT64_FORMAT " items shown\n", loop->kills,
		    loop->run.crowd.answered, loop->run.crowd.shown);
}

static void
on_tended(struct run *run)
{
	struct loop *loop = (struct loop *)run;

	loop->killer.answered = run->crowd.answered;
	reap_backup(loop, WNOHANG);
}

static void
loop_open(struct loop *loop, guint32 seed)
{
	run_open(&loop->run, option_program, option_folder, seed, option_rate);
	loop->run.trial.keeps = option_keep;
	loop->run.tended = on_tended;
	loop->killer = (struct killer) {
		.chance = g_rand_new_with_seed(seed + 1), .trial = &loop->run.trial, .left = option_kills
	};
	uv_sem_init(&loop->killer.started, 0);
	uv_async_init(&loop->run.loop, &loop->killer.killed, on_killed);
	loop->killer.killed.data = loop;
	uv_sem_post(&loop->killer.started);
	pthread_create(&loop->killer.thread, NULL, kill_often, &loop->killer);
}

/* After the last kill. */
static void
loop_settle(struct loop *loop)
{
	const struct killer *killer = &loop->killer;

	pthread_join(killer->thread, NULL);
	run_settle(&loop->run);
	reap_backup(loop, 0);
	if (killer->surprises > 0)
		crowd_fault(
		    &loop->run.crowd, "the desk ended by itself %d times: see its log (--keep)", killer->surprises);
	if (killer->unrecovered > 0)
		crowd_fault(&loop->run.crowd, "the desk did not answer %d times, around the server's death",
		    killer->unrecovered);
}

static void
loop_close(struct loop *loop)
{
	uv_close((uv_handle_t *)&loop->killer.killed, NULL);
	uv_sem_destroy(&loop->killer.started);
	g_rand_free(loop->killer.chance);
	run_close(&loop->run);
	g_free(loop->backup.path);
}

static void
loop_say(const struct loop *loop)
{
	const struct crowd *crowd = &loop->run.crowd;

	if (loop->killer.server_faults > 0)
		printf("%d times the server died\n", loop->killer.server_faults);
	printf("%d kills; %u deeds, %" G_GUINT64_FORMAT " answered, %" G_GUINT64_FORMAT
	       " sent again; %" G_GUINT64_FORMAT " attempts to connect, %" G_GUINT64_FORMAT
	       " cut by the client, %" G_GUINT64_FORMAT " sent twice at once; %" G_GUINT64_FORMAT " items shown\n",
	    loop->kills, crowd->deeds->len, crowd->answered, crowd->repeated, crowd->connects, crowd->cuts,
	    crowd->doubles, crowd->shown);
}

int
main(int count, char **words)
{
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- kills the desk under load and checks that nothing is lost");
	g_autoptr(GError) error = NULL;
	struct loop *loop = g_new0(struct loop, 1);
	unsigned failed;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	if (option_seed == 0)
		option_seed = g_random_int_range(1, G_MAXINT32);
	printf("seed %" G_GINT64_FORMAT "; the same plan again: %s --kills %d --rate %d --seed %" G_GINT64_FORMAT "\n",
	    option_seed, words[0], option_kills, option_rate, option_seed);
	loop_open(loop, (guint32)option_seed);
	while (!loop->run.is_over)
		run_turn(&loop->run);
	loop_settle(loop);
	loop_say(loop);
	failed = proof_run(&loop->run.crowd, &loop->backup);
	printf("%s\n", failed == 0 ? "nothing was lost, doubled or reordered" : "FAILED");
	loop->run.trial.keeps = loop->run.trial.keeps || failed > 0;
	loop_close(loop);
	g_free(loop);
	return failed == 0 ? 0 : 1;
}
