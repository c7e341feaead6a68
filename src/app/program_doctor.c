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
#include <sys/statvfs.h>
#include <talloc.h>

#include "app/program.h"
#include "app/task.h"
#include "base/clock.h"
#include "base/limits.h"
#include "desk/audit/audit.h"

/* Below this a busy day may fill the disk; below a tenth of it the desk should not be trusted with the night. */
#define DISK_BYTES_WANTED (INT64_C(1) << 30)

struct checkup {
	struct place place;
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

	say(checkup, place_key(&checkup->place, &key, &error), "key", "there, and readable by the owner only",
	    error == NULL ? "" : error->message);
}

static void
look_at_disk(struct checkup *checkup)
{
	struct statvfs about;

	if (statvfs(checkup->place.folder, &about) != 0) {
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
	/* No desk was there before this program was written. */
	bool is_sane = clock_now_ms(clock_system()) > INT64_C(1767225600000);

	say(checkup, is_sane, "clock", "set", "the machine's clock is years behind: set it before visitors come");
}

static void
look_at_descriptors(struct checkup *checkup)
{
	struct rlimit limit = { 0 };
	g_autofree char *text = NULL;

	getrlimit(RLIMIT_NOFILE, &limit);
	text = g_strdup_printf("%" PRIu64 " open files allowed", (uint64_t)limit.rlim_max);
	say(checkup, limit.rlim_max >= 2048, "open files", text, "fewer than 2048 open files allowed: raise LimitNOFILE (ulimit -n)");
	if (limit.rlim_max < LIMIT_SOCKETS)
		printf("%-6s %-14s for %d visitors at once allow as many open files\n", "note", "open files", LIMIT_SOCKETS);
}

static void
look_at_settings(struct checkup *checkup)
{
	const struct settings *settings = &checkup->place.settings;
	g_autofree char *base_url = settings_base_url(settings, (unsigned)settings->port);
	bool is_local = strstr(base_url, "//localhost") != NULL || strstr(base_url, "//127.0.0.1") != NULL;
	bool is_safe = is_local || g_str_has_prefix(base_url, "https://");

	say(checkup, is_safe, "base_url", base_url,
	    "is plain http on a network: passwords can be overheard; put a proxy with TLS in front (docs/operate/proxy.md)");
	say(checkup, settings->floods, "floods", "too many requests are refused", "floods = off is for load tests: set it on");
	if (!is_local && *settings->embed_origins == '\0')
		printf("%-6s %-14s empty: no other site can show the chat yet\n", "note", "embed_origins");
}

static gboolean
verify(struct tx *tx, void *data, GError **error)
{
	return audit_verify(tx, data, error);
}

static void
look_at_chains(struct checkup *checkup)
{
	void *memory = talloc_new(NULL);
	struct chain_report report = { 0 };
	g_autoptr(GError) error = NULL;
	gboolean is_read = task_run(checkup->store, false, memory, verify, &report, &error);

	say(checkup, is_read && report.is_whole, "notes, audit", "as they were written",
	    is_read ? "changed behind the desk's back: softanswer audit verify says where" : error->message);
	talloc_free(memory);
}

static void
look_at_store(struct checkup *checkup)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *good = NULL;

	checkup->store = place_open(&checkup->place, false, &error);
	if (checkup->store == NULL) {
		say(checkup, false, "store", "", error->message);
		return;
	}
	good = g_strdup_printf("schema %d, pages and references are whole", store_schema(checkup->store));
	say(checkup, store_check(checkup->store, &error), "store", good, error == NULL ? "" : error->message);
	look_at_chains(checkup);
	store_close(checkup->store);
}

int
program_doctor(const struct program *program, int count, char **arguments)
{
	static void (*const looks[])(struct checkup *checkup) = { look_at_settings, look_at_key, look_at_disk, look_at_clock,
		look_at_descriptors, look_at_store };
	g_autofree char *folder = NULL;
	const GOptionEntry entries[] = {
		{ "data", 0, 0, G_OPTION_ARG_FILENAME, &folder, "the data folder", "FOLDER" },
		{ 0 },
	};
	GError *error = NULL;
	struct checkup checkup = { 0 };
	int code;

	if (!program_options(program, count, arguments, entries, 0, NULL, &code))
		return code;
	if (!place_find(program_folder(folder), &checkup.place, &error))
		return program_fails(program, error);
	for (unsigned i = 0; i < G_N_ELEMENTS(looks); i++)
		looks[i](&checkup);
	place_clear(&checkup.place);
	return checkup.is_wrong ? 1 : 0;
}
