/*
 * softanswer doctor: looks for what is wrong, or soon will be, and says what to do about it.
 *
 * Each look is a function that prints one line: "ok", "note" (worth knowing) or "WRONG" (the exit code is 1 then). The desk may
 * be serving meanwhile.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <talloc.h>

#include "app/chains.h"
#include "app/confine.h"
#include "app/program.h"
#include "app/task.h"
#include "base/clock.h"
#include "base/limits.h"
#include "desk/duty/duty.h"
#include "edge/origin.h"

/* Below this a busy day may fill the disk; below a tenth of it the desk should not be trusted with the night. */
#define DISK_BYTES_WANTED (INT64_C(1) << 30)

/* What a time server may set a clock back by. */
#define CLOCK_SLACK_MS (5 * MS_PER_MINUTE)

struct checkup {
	struct place *place;
	struct store *store; /* NULL: could not be opened */
	bool is_wrong;
};

static void
say(struct checkup *checkup, bool is_good, const char *what, const char *good, const char *bad)
{
	printf("%-6s %-14s %s\n", is_good ? "ok" : "WRONG", what, is_good ? good : bad);
	checkup->is_wrong |= !is_good;
}

static void
look_at_key(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;
	struct digest key;

	say(checkup, place_key(checkup->place, &key, &error), "key", "there, and readable by the owner only",
	    error == NULL ? "" : error->message);
}

static void
look_at_disk(struct checkup *checkup)
{
	struct statvfs about;

	if (statvfs(checkup->place->folder, &about) != 0) {
		say(checkup, false, "disk", "", "cannot be measured");
		return;
	}

	int64_t free_bytes = (int64_t)about.f_bavail * (int64_t)about.f_frsize;
	g_autofree char *free_text = g_format_size((guint64)free_bytes);
	g_autofree char *good = g_strdup_printf("%s free", free_text);
	g_autofree char *bad = g_strdup_printf("only %s free: make room, or move the data folder", free_text);

	say(checkup, free_bytes >= DISK_BYTES_WANTED, "disk", good, bad);
}

static void
look_at_clock(struct checkup *checkup)
{
	int64_t now_ms = clock_now_ms(clock_system());
	struct stat about;
	bool has_desk = !place_is_on_server(checkup->place) && stat(checkup->place->database, &about) == 0;
	bool is_behind = has_desk && (int64_t)about.st_mtime * MS_PER_SECOND > now_ms + CLOCK_SLACK_MS;

	/* No desk was there before this program was written. */
	say(checkup, now_ms > INT64_C(1767225600000) && !is_behind, "clock", "set",
	    is_behind ? "the store was written to later than it is now by this machine's clock: set the clock"
		      : "the machine's clock is years behind: set it before visitors come");
}

static void
look_at_descriptors(struct checkup *checkup)
{
	struct rlimit limit = { 0 };
	g_autofree char *text = NULL;

	getrlimit(RLIMIT_NOFILE, &limit);
	text = g_strdup_printf("%" PRIu64 " open files allowed", (uint64_t)limit.rlim_max);
	say(checkup, limit.rlim_max >= 2048, "open files", text,
	    "fewer than 2048 open files allowed: raise LimitNOFILE (ulimit -n)");
	if (limit.rlim_max < LIMIT_SOCKETS)
		printf("%-6s %-14s for %d visitors at once allow as many open files\n", "note", "open files",
		    LIMIT_SOCKETS);
}

static void
look_at_folder(struct checkup *checkup)
{
	struct stat about;
	bool is_there = stat(checkup->place->folder, &about) == 0;

	say(checkup, is_there && (about.st_mode & 077) == 0, "folder", checkup->place->folder,
	    is_there ? "others can look into it: chmod 700 it"
		     : "is not there: say which with --data, or softanswer init");
}

static void
note(const char *what, const char *says)
{
	printf("%-6s %-14s %s\n", "note", what, says);
}

/* How people reach the desk: in clear text only on this machine itself. */
static void
look_at_address(struct checkup *checkup)
{
	const struct settings *settings = &checkup->place->settings;
	g_autofree char *base_url = settings_base_url(settings, (unsigned)settings->port);
	struct origin origin;
	bool is_local = origin_parse(base_url, &origin, NULL) && origin_is_loopback(&origin);

	say(checkup, is_local || g_str_has_prefix(base_url, "https://"), "base_url", base_url,
	    "is plain http on a network: passwords can be overheard; put a proxy with TLS in front (docs/operate/proxy.md)");
	if (*settings->base_url == '\0')
		note("base_url", "empty: the desk can be reached from this machine only");
	if (!is_local && *settings->embed_origins == '\0')
		note("embed_origins", "empty: no other site can show the chat yet");
	if (!is_local && *settings->trusted_proxies == '\0')
		note("trusted_proxies", "empty: behind a proxy all visitors would count as one caller; list it");
}

static void
look_at_settings(struct checkup *checkup)
{
	const struct settings *settings = &checkup->place->settings;
	g_autoptr(GError) error = NULL;

	if (!settings_check(settings, &error)) {
		say(checkup, false, "settings", "", error->message);
		return;
	}
	look_at_address(checkup);
	say(checkup, settings->floods, "floods", "too many requests are refused",
	    "floods = off is for load tests: set it on");
}

static void
look_at_confinement(struct checkup *checkup)
{
	g_autofree char *lacks = confine_lacking();

	if (!checkup->place->settings.confine)
		note("confinement", "confine = off is for debuggers: set it on");
	else if (lacks != NULL)
		note("confinement", lacks);
	else
		say(checkup, true, "confinement", "the kernel has seccomp and Landlock", "");
}

static void
look_at_service(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;

	if (!place_has_desk(checkup->place))
		return;
	if (place_lock(checkup->place, &error))
		note("serving", "nobody serves the desk: softanswer serve does");
	else
		say(checkup, error_kind(error) == FAILED_BUSY, "serving", "the desk is being served", error->message);
}

static void
look_at_chains(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;

	say(checkup, chains_are_whole(checkup->store, &error), "notes, audit", "as they were written",
	    error == NULL ? "" : error->message);
}

static gboolean
recount(struct tx *tx, void *data, GError **error)
{
	return duty_recount(tx, data, error);
}

/* What is counted on the way must be what a count of all finds. */
static void
look_at_counters(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bad = NULL;
	void *memory = talloc_new(NULL);
	int64_t wrong = 0;
	gboolean is_read = task_run(checkup->store, false, memory, recount, &wrong, &error);

	talloc_free(memory);
	bad = is_read
	    ? g_strdup_printf("%" PRIi64 " of them are not what they count: tell us how that came about", wrong)
	    : g_strdup(error->message);
	say(checkup, is_read && wrong == 0, "seats, loads", "counted again, and right", bad);
}

static void
look_at_store(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *good = NULL;

	checkup->store = place_open(checkup->place, PLACE_LOOK, &error);
	if (checkup->store == NULL) {
		say(checkup, false, "store", "", error->message);
		return;
	}
	good = g_strdup_printf("schema %d, pages and references are whole", store_schema(checkup->store));
	say(checkup, store_check(checkup->store, &error), "store", good, error == NULL ? "" : error->message);
	look_at_chains(checkup);
	look_at_counters(checkup);
	store_close(checkup->store);
}

static gboolean
examine(const struct program_at *at, GError **error)
{
	static void (*const looks[])(struct checkup * checkup) = { look_at_folder, look_at_settings, look_at_key,
		look_at_disk, look_at_clock, look_at_descriptors, look_at_confinement, look_at_store, look_at_service };
	struct checkup checkup = { .place = at->place };

	(void)error; /* whatever is wrong has been said */
	for (unsigned i = 0; i < G_N_ELEMENTS(looks); i++)
		looks[i](&checkup);
	return !checkup.is_wrong;
}

int
program_doctor(const struct program *program, int count, char **arguments)
{
	const struct program_body body = { .run = examine };

	return program_at_place(program, count, arguments, &body);
}
