/*
 * power-loop: the power is cut under load L1, again and again (P2; and P1, P9, P21, P22, P37 on what is left).
 *
 *     power-loop [--cuts N] [--seed S] [--rate DEEDS_PER_SECOND] [--program FILE]
 *
 * The desk lies on an ext4 of its own on an image, and the crowd (crowd.h) talks to it. At a random instant the desk is held
 * (SIGSTOP) and the image is copied as it is on the device: what the kernel still had in memory is not in it, exactly as if the power
 * had gone. The copy is mounted, which replays the journal of the file system, a desk is started on it, and everything that had been
 * acknowledged by then must be there: messages, notes, files bit for bit, counters, chains. Then the first desk goes on, and at the end
 * it is looked at as after a kill loop.
 *
 * A call that was writing when the desk was held is finished by the kernel before it stops: what a cut in the middle of one leaves is
 * the business of src/store/fault_power_test.c, with a disk that tears and reorders.
 */
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "disk.h"
#include "proof.h"
#include "run.h"

#define SKIPPED    77
#define IMAGE_MB   512
#define CUT_MIN_MS 20
#define CUT_MAX_MS 700

static int option_cuts = 30, option_rate = 60;
static gint64 option_seed;
static char *option_program;

static GOptionEntry options[] = {
	{ "cuts", 0, 0, G_OPTION_ARG_INT, &option_cuts, "how often the power is cut (30)", "N" },
	{ "seed", 0, 0, G_OPTION_ARG_INT64, &option_seed, "the plan of an earlier run (by chance)", "S" },
	{ "rate", 0, 0, G_OPTION_ARG_INT, &option_rate, "messages, notes, files and hand-overs a second (60)", "N" },
	{ "program", 0, 0, G_OPTION_ARG_FILENAME, &option_program, "the softanswer to cut off (this build's)", "FILE" },
	{ NULL },
};

struct cutter {
	struct run run;
	struct disk disk;
	char *parent;
	GRand *chance;
	unsigned failed;
};

static void
talk_for(struct cutter *cutter, int64_t ms)
{
	int64_t end = clock_ticks_ns() + ms * INT64_C(1000000);

	while (clock_ticks_ns() < end)
		run_turn(&cutter->run);
}

static void
look_at(struct cutter *cutter, const struct disk *left, uint64_t answered)
{
	g_autofree char *folder = disk_place(left, &cutter->disk, cutter->run.trial.folder);
	struct trial copy;

	trial_adopt(&copy, option_program, folder);
	cutter->failed += proof_copy(&cutter->run.crowd, &copy, answered);
	trial_close(&copy);
}

static void
cut(struct cutter *cutter, unsigned n)
{
	g_autofree char *name = g_strdup_printf("softanswer-cut-%d-%u", (int)getpid(), n);
	g_autofree char *image = g_build_filename(cutter->parent, name, NULL);
	uint64_t answered = cutter->run.crowd.answered;
	unsigned before = cutter->failed;
	struct disk left;

	kill(cutter->run.trial.pid, SIGSTOP);
	disk_copy(&cutter->disk, image);
	kill(cutter->run.trial.pid, SIGCONT);
	if (!disk_open(&left, cutter->parent, image)) {
		printf("NOT OK   P2     what cut %u left cannot be mounted\n", n);
		cutter->failed++;
		return;
	}
	look_at(cutter, &left, answered);
	disk_close(&left);
	if (cutter->failed > before)
		printf("that was cut %u, after %" G_GUINT64_FORMAT " answers\n", n, answered);
	cutter->run.due = clock_ticks_ns(); /* nobody wanted anything meanwhile */
}

static void
cutter_open(struct cutter *cutter)
{
	cutter->parent = disk_parent();
	cutter->chance = g_rand_new_with_seed((guint32)option_seed + 1);
	disk_make(&cutter->disk, cutter->parent, IMAGE_MB);
	run_open(&cutter->run, option_program, cutter->disk.folder, (guint32)option_seed, option_rate);
}

static void
cutter_close(struct cutter *cutter)
{
	run_close(&cutter->run);
	disk_close(&cutter->disk);
	g_rand_free(cutter->chance);
	g_free(cutter->parent);
}

static void
options_read(int count, char **words)
{
	g_autoptr(GOptionContext) context =
	    g_option_context_new("- cuts the power under load and checks that nothing is lost");
	g_autoptr(GError) error = NULL;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &count, &words, &error))
		bench_die("%s", error->message);
	if (option_seed == 0)
		option_seed = g_random_int_range(1, G_MAXINT32);
	printf("seed %" G_GINT64_FORMAT "; the same plan again: %s --cuts %d --rate %d --seed %" G_GINT64_FORMAT "\n",
	    option_seed, words[0], option_cuts, option_rate, option_seed);
}

int
main(int count, char **words)
{
	struct cutter *cutter = g_new0(struct cutter, 1);
	unsigned failed;

	options_read(count, words);
	if (!disk_may_mount("P2     power cuts"))
		return SKIPPED;
	cutter_open(cutter);
	for (int n = 1; n <= option_cuts; n++) {
		talk_for(cutter, g_rand_int_range(cutter->chance, CUT_MIN_MS, CUT_MAX_MS + 1));
		cut(cutter, (unsigned)n);
	}
	printf("%s P2 P9 P21 P22 P37  after each of %d power cuts all was there that had been acknowledged\n",
	    cutter->failed == 0 ? "ok      " : "NOT OK  ", option_cuts);
	run_settle(&cutter->run);
	failed = cutter->failed + proof_run(&cutter->run.crowd, &(struct backup) { .path = NULL });
	printf("%s\n", failed == 0 ? "nothing was lost, doubled or reordered" : "FAILED");
	cutter_close(cutter);
	g_free(cutter);
	return failed == 0 ? 0 : 1;
}
