/*
 * fault-disk: the real program on a disk that fails (P3, P4, P22).
 *
 *     fault-disk [--every N] [--seed S]
 *
 * For n = 0, 1, 2 …: the desk is started, its n-th write or fsync from then on fails (bad_disk.h), everything is said once over
 * (scene.h) and the desk stops; until a run has fewer calls than n. Whatever it was, a desk that starts afterwards must have what was
 * acknowledged and nothing that failed. After a failed fsync the program must have ended by itself, said why, and never asked for
 * another one on that descriptor. A disk that is full (ENOSPC) ends nothing: the next thing is done.
 *
 * Then a disk in memory (32 MB, root only) is filled up for real: reads go on, and when there is room again so do writes, in the same
 * process, an upload that was cut short among them.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "bad_disk.h"
#include "base/clock.h"
#include "disk.h"
#include "scene.h"
#include "tests/kit/database.h"

#define TOLD_MAX    10
#define DISK_MB     32
#define LEFT_BYTES  (3 << 20) /* of it, when the filling begins */
#define LARGE_BYTES 1500000
#define PATIENCE_NS INT64_C(20000000000)
#define CALLS_MAX   5000

static int option_every = 1;
static gint64 option_seed;

static GOptionEntry options[] = {
	{ "every", 0, 0, G_OPTION_ARG_INT, &option_every, "try only about one call in so many (1)", "N" },
	{ "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "which of them (by chance)", "S" },
	{ NULL },
};

static unsigned failed, told;

static G_GNUC_PRINTF(1, 2) void wrong(const char *format, ...)
{
	va_list args;

	if (told++ >= TOLD_MAX)
		return;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("         %s\n", text);
}

static G_GNUC_PRINTF(1, 2) void check(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	printf("%s %s\n", told == 0 ? "ok      " : "NOT OK  ", text);
	fflush(stdout);
	failed += told == 0 ? 0 : 1;
	told = 0;
}

/* ---- One call fails ---- */

struct fault {
	const char *name;
	enum bad_disk_kind kind;
	int code;
	bool stays;
};

struct stage {
	struct scene begin; /* the desk as it was left, for every n */
	struct bad_disk *disk;
	char *parent, *control;
};

static void
stage_open(struct stage *stage)
{
	g_autoptr(GError) error = NULL;

	stage->parent = disk_parent();
	scene_open(&stage->begin, stage->parent);
	if (!trial_stop(&stage->begin.trial, &error))
		bench_die("%s", error->message);
	stage->control = g_build_filename(stage->begin.trial.folder, "bad-disk", NULL);
	stage->disk = bad_disk_make(stage->control);
}

static void
stage_close(struct stage *stage)
{
	bad_disk_free(stage->disk);
	scene_close(&stage->begin);
	trial_close(&stage->begin.trial);
	g_free(stage->control);
	g_free(stage->parent);
}

/* The desk as it was in the beginning, in a folder of its own. */
static void
stage_copy(const struct stage *stage, struct trial *copy)
{
	g_autofree char *folder = g_build_filename(stage->parent, "softanswer-XXXXXX", NULL);
	int status = -1;

	if (g_mkdtemp(folder) == NULL)
		bench_die("cannot make the folder %s", folder);
	trial_adopt(copy, NULL, folder);

	const char *words[] = { "cp", "-a", stage->begin.trial.data, copy->data, NULL };

	if (!g_spawn_sync(NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) ||
	    status != 0)
		bench_die("cannot copy %s", stage->begin.trial.data);
}

static gboolean
start_on_bad_disk(const struct stage *stage, struct trial *trial)
{
	g_autoptr(GError) error = NULL;
	gboolean is_up;

	bad_disk_begin(stage->control);
	is_up = trial_spawn(trial, &error);
	bad_disk_end();
	return is_up && trial_wait(trial, &error);
}

static bool
log_says(const struct trial *trial, const char *word)
{
	g_autofree char *said = NULL;

	return g_file_get_contents(trial->log, &said, NULL, NULL) && strstr(said, word) != NULL;
}

/* How the process ended: its exit code, 128 for a signal; -1: it runs. It is reaped. */
static int
end_of(struct trial *trial)
{
	int status;

	if (trial->pid == 0)
		return 0; /* trial_wait() has reaped it */
	if (waitpid(trial->pid, &status, WNOHANG) != trial->pid)
		return -1;
	trial->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* The same of one that must end: its connections are gone a moment before it is. */
static int
end_in_the_end(struct trial *trial)
{
	int64_t until = clock_ticks_ns() + PATIENCE_NS;
	int code;

	while ((code = end_of(trial)) == -1 && clock_ticks_ns() < until)
		g_usleep(1000);
	return code;
}

/* What the program did about it. `struck` is how often the disk had failed before the desk was asked to stop. */
static void
judge(const struct stage *stage, const struct fault *fault, unsigned n, struct trial *trial, bool was_up, int struck)
{
	/* SQLite does not look at those of folders: the desk has done its own before, and could not start without. */
	bool must_end = struck > 0 && fault->kind == BAD_SYNC && !(was_up && stage->disk->of_folders > 0);
	int code = must_end ? end_in_the_end(trial) : end_of(trial);

	if (code == 128)
		wrong("%s %u: it crashed", fault->name, n);
	if (must_end && (code == -1 || (was_up && code != EX_SOFTWARE)))
		wrong("%s %u: the program goes on (%d)", fault->name, n, code);
	if (struck > 0 && code > 0 && !log_says(trial, " error "))
		wrong("%s %u: it ended with %d and says nothing", fault->name, n, code);
	if (was_up && fault->code == ENOSPC && code != -1)
		wrong("%s %u: a full disk ended it with %d", fault->name, n, code);
	if (stage->disk->again > 0)
		wrong("%s %u: %d fsyncs of a descriptor whose fsync had failed", fault->name, n, stage->disk->again);
}

static void
look_afterwards(struct scene *scene, struct trial *trial, const char *name, unsigned n)
{
	g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autofree char *where = trial_database(trial), *is = NULL;
	const char *words[] = { "audit", "verify", NULL };

	if (!trial_start(trial, &error)) {
		wrong("%s %u: afterwards: %s", name, n, error->message);
		return;
	}
	scene_move(scene, trial->port);
	scene_compare(scene, complaints);
	for (guint i = 0; i < complaints->len; i++)
		wrong("%s %u: %s", name, n, (char *)g_ptr_array_index(complaints, i));
	if (!trial_stop(trial, &error))
		wrong("%s %u: %s", name, n, error->message);
	is = database_ask(where, "PRAGMA integrity_check");
	if (g_strcmp0(is, "ok") != 0 || trial_run(trial, words, NULL) != 0)
		wrong("%s %u: the store is not whole: %s", name, n, is);
}

/* One run with the fault at call n; whether there was such a call. */
static bool
run_once(struct stage *stage, const struct fault *fault, unsigned n)
{
	struct scene *scene = g_new(struct scene, 1);
	struct trial trial;
	g_autoptr(GError) error = NULL;
	bool was_up, has_struck;
	int struck;

	*scene = stage->begin;
	http_init(&scene->courier, 0);
	scene->courier.token = g_strdup(stage->begin.courier.token);
	http_init(&scene->advisor.http, 0);
	scene->advisor.http.cookie = g_strdup(stage->begin.advisor.http.cookie);
	stage_copy(stage, &trial);
	*stage->disk =
	    (struct bad_disk) { .kinds = (int)fault->kind, .left = (int)n, .code = fault->code, .stays = fault->stays };
	was_up = start_on_bad_disk(stage, &trial);
	scene_move(scene, trial.port);
	if (was_up)
		(void)scene_play(scene);
	struck = stage->disk->struck;
	judge(stage, fault, n, &trial, was_up, struck);
	if (trial.pid != 0 && was_up)
		(void)trial_stop(&trial, &error); /* its last checkpoint may fail as well */
	else if (trial.pid != 0)
		trial_kill(&trial);
	if (stage->disk->again > 0)
		wrong("%s %u: a failed fsync was tried again at the end", fault->name, n);
	has_struck = stage->disk->struck > 0;
	stage->disk->kinds = 0;
	look_afterwards(scene, &trial, fault->name, n);
	http_clear(&scene->courier);
	http_clear(&scene->advisor.http);
	trial_close(&trial);
	g_free(scene);
	return has_struck;
}

static void
run_all(struct stage *stage, const struct fault *fault, GRand *chance)
{
	/* There are few fsyncs, and each matters. */
	int every = fault->kind == BAD_SYNC ? MAX(1, option_every / 30) : option_every;
	unsigned n = every > 1 ? (unsigned)g_rand_int_range(chance, 0, every) : 0, runs = 0;

	while (n < CALLS_MAX && run_once(stage, fault, n)) {
		n += every > 1 ? (unsigned)g_rand_int_range(chance, 1, 2 * every) : 1;
		runs++;
	}
	if (runs == 0)
		wrong("%s: no call was ever met", fault->name);
	check("P3 P4 P22  %s: never an acknowledgement (%u runs, up to call %u)", fault->name, runs, n);
}

/* ---- A full disk ---- */

static void
write_ballast(const char *path, uint64_t bytes)
{
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (file < 0 || posix_fallocate(file, 0, (off_t)bytes) != 0)
		bench_die("cannot fill the disk: %s", g_strerror(errno));
	close(file);
}

static uint64_t
room_on(const struct disk *disk)
{
	struct statvfs figures;

	if (statvfs(disk->folder, &figures) != 0)
		bench_die("%s: %s", disk->folder, g_strerror(errno));
	return (uint64_t)figures.f_bavail * figures.f_frsize;
}

/* Until one thing is not taken, whatever it is; its number. */
static unsigned
fill(struct scene *scene)
{
	int status;

	do
		status = scene_say(scene, THING_MESSAGE, scene->count % 2 == 0, 15000);
	while (status >= 200 && status < 300 && scene->count < THINGS_MAX - 100);
	if (status != 503)
		wrong("a full disk is answered %d", status);
	return scene->count - 1;
}

static bool
is_said_in_the_end(struct scene *scene, unsigned number)
{
	int64_t until = clock_ticks_ns() + PATIENCE_NS;
	int status;

	while ((status = scene_say_again(scene, number)) < 200 || status > 299)
		if (clock_ticks_ns() > until)
			return false;
	return true;
}

static void
fill_for_real(void)
{
	struct scene *scene = g_new0(struct scene, 1);
	g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *parent = disk_parent(), *ballast = NULL;
	struct disk disk;
	unsigned full, upload;
	pid_t pid;

	disk_make_in_memory(&disk, parent, DISK_MB);
	scene_open(scene, disk.folder);
	pid = scene->trial.pid;
	(void)scene_play(scene);
	ballast = g_build_filename(disk.folder, "ballast", NULL);
	write_ballast(ballast, room_on(&disk) - LEFT_BYTES);
	(void)scene_say(scene, THING_FILE, false, LARGE_BYTES);
	if (scene->things[scene->count - 1].told != TOLD_DONE)
		wrong("there was no room to begin with");
	upload = scene->count;
	(void)scene_say(scene, THING_FILE, false, LARGE_BYTES);
	full = fill(scene);
	if (scene->things[upload].told == TOLD_DONE)
		wrong("the upload was not cut short by the full disk");
	check("P4     a full disk is answered 503, an upload in the middle among it (%u things were taken)", full);
	for (unsigned n = 0; n < 20; n++)
		if (!scene_can_read(scene))
			wrong("it cannot be read");
	if (end_of(&scene->trial) != -1)
		wrong("the program ended");
	check("P4     reads go on, in the same process");
	g_unlink(ballast);
	if (!is_said_in_the_end(scene, full) || !is_said_in_the_end(scene, upload))
		wrong("what was not taken is not taken later either");
	for (unsigned n = 0; n < 20; n++)
		if (scene_say(scene, THING_MESSAGE, true, 500) != 200)
			wrong("it does not go on");
	if (scene->trial.pid != pid || end_of(&scene->trial) != -1)
		wrong("it was not the same process");
	if (!log_says(&scene->trial, "store.disk_is_full") || !log_says(&scene->trial, "store.has_room_again"))
		wrong("the log does not say so");
	check("P4     when there is room again it goes on without a restart, the upload too");
	trial_kill(&scene->trial);
	look_afterwards(scene, &scene->trial, "full disk", 0);
	check("P4 P22 nothing acknowledged is lost, files read back bit for bit after a kill");
	trial_close(&scene->trial);
	scene_close(scene);
	disk_close(&disk);
	g_free(scene);
}

int
main(int count, char **words)
{
	static const struct fault faults[] = {
		{ "an fsync that fails (EIO)", BAD_SYNC, EIO, false },
		{ "a write that fails (EIO)", BAD_WRITE, EIO, false },
		{ "a write that finds no room (ENOSPC)", BAD_WRITE, ENOSPC, false },
		{ "all writes that find no room from one on (ENOSPC)", BAD_WRITE, ENOSPC, true },
	};
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- fails a disk below the desk and checks that nothing is lost");
	g_autoptr(GError) error = NULL;
	struct stage stage;
	GRand *chance;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	if (option_seed == 0)
		option_seed = g_random_int_range(1, G_MAXINT32);
	printf("the same again: %s --every %d --seed %" G_GINT64_FORMAT "\n", words[0], option_every, option_seed);
	chance = g_rand_new_with_seed((guint32)option_seed);
	stage_open(&stage);
	for (unsigned n = 0; n < G_N_ELEMENTS(faults); n++)
		run_all(&stage, &faults[n], chance);
	stage_close(&stage);
	g_rand_free(chance);
	if (disk_may_mount("P4     a disk that is full for real"))
		fill_for_real();
	return failed == 0 ? 0 : 1;
}
