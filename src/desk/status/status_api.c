/*
 * The door of status: what the store knows (status.h), and with it what the process and the machine know.
 *
 * The loop's figures are copied on the loop, before the call goes to a reader; files and disk are asked for on the reader.
 */
#include "desk/status/status.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "edge/about.h"
#include "edge/call.h"
#include "edge/command.h"
#include "edge/hub.h"

#define NS_PER_MICROSECOND 1000

/* Carries no fields: what the loop knows. */
struct status_ask {
	const struct about *about;
	struct writer_figures writer;
	struct hub_figures hub;
};

struct status_store {
	const char *engine;
	int64_t schema, bytes, log_bytes, disk_bytes, disk_free_bytes, backed_up_at;
};

struct status_writer {
	int64_t queued, commits, slow_commits, commit_us, failed;
};

struct status {
	const char *version, *commit, *lacks;
	int64_t started_at, sockets;
	struct status_store store;
	struct status_writer writer;
	struct status_desk desk;
};

static const struct field store_fields[] = {
	FIELD_LINE(status_store, engine, 16, .says = "sqlite or postgres"),
	FIELD_INT(status_store, schema, 0, INT64_MAX),
	FIELD_INT(status_store, bytes, 0, INT64_MAX, .says = "its file; 0 where it is on a server"),
	FIELD_INT(status_store, log_bytes, 0, INT64_MAX, .says = "not yet moved from the log to the file"),
	FIELD_INT(status_store, disk_bytes, 0, INT64_MAX, .says = "the disk of the data folder; 0: not known"),
	FIELD_INT(status_store, disk_free_bytes, 0, INT64_MAX),
	FIELD_TIME(status_store, backed_up_at, OPTIONAL, .says = "left out: not known"),
	FIELD_END,
};

static const struct field writer_fields[] = {
	FIELD_INT(status_writer, queued, 0, INT64_MAX, .says = "commands that wait"),
	FIELD_INT(status_writer, commits, 0, INT64_MAX, .says = "since the start, as all that follow"),
	FIELD_INT(status_writer, slow_commits, 0, INT64_MAX, .says = "over " G_STRINGIFY(WRITER_SLOW_MS) " ms"),
	FIELD_INT(status_writer, commit_us, 0, INT64_MAX, .says = "how long one took, on average"),
	FIELD_INT(status_writer, failed, 0, INT64_MAX, .says = "commands that failed"),
	FIELD_END,
};

static const struct field site_fields[] = {
	FIELD_KEY(status_site, site),
	FIELD_LINE(status_site, name, LIMIT_NAME_BYTES),
	FIELD_END,
};

static const struct field desk_fields[] = {
	FIELD_INT(status_desk, waiting, 0, INT64_MAX, .says = "chats in the line"),
	FIELD_TIME(status_desk, waiting_since, OPTIONAL, .says = "of who waits longest"),
	FIELD_INT(status_desk, owned, 0, INT64_MAX),
	FIELD_INT(status_desk, online, 0, INT64_MAX, .says = "people who answer customers"),
	FIELD_INT(status_desk, overdue, 0, INT64_MAX, .says = "promises whose time is over"),
	FIELD_LIST(status_desk, unseen, status_site, site_fields,
	    .says = "sites whose widget was never seen on a page of theirs"),
	FIELD_END,
};

static const struct field status_fields[] = {
	FIELD_LINE(status, version, 32),
	FIELD_LINE(status, commit, 64),
	FIELD_TIME(status, started_at),
	FIELD_LINE(status, lacks, 1000, OPTIONAL, .says = "what of the confinement is not in force; left out: nothing"),
	FIELD_INT(status, sockets, 0, INT64_MAX, .says = "open connections of visitors and staff"),
	FIELD_OBJECT(status, store, store_fields),
	FIELD_OBJECT(status, writer, writer_fields),
	FIELD_OBJECT(status, desk, desk_fields),
	FIELD_END,
};

static int64_t
bytes_of(const char *path)
{
	struct stat found;

	return path != NULL && stat(path, &found) == 0 ? (int64_t)found.st_size : 0;
}

static int64_t
log_bytes_of(struct tx *tx, const char *database)
{
	return database == NULL ? 0 : bytes_of(tx_text(tx, "%s-wal", database));
}

/* What a process without rights to the reserve may still use. */
static void
ask_disk(const char *folder, struct status_store *store)
{
	struct statvfs disk;

	if (folder == NULL || statvfs(folder, &disk) != 0)
		return;
	store->disk_bytes = (int64_t)(disk.f_blocks * disk.f_frsize);
	store->disk_free_bytes = (int64_t)(disk.f_bavail * disk.f_frsize);
}

static void
ask_files(struct tx *tx, const struct about *about, struct status_store *store)
{
	struct stat stamp;

	*store = (struct status_store) { .engine = about->engine,
		.schema = about->schema,
		.bytes = bytes_of(about->database),
		.log_bytes = log_bytes_of(tx, about->database) };
	ask_disk(about->folder, store);
	if (about->backed_up != NULL && stat(about->backed_up, &stamp) == 0)
		store->backed_up_at = stamp.st_mtim.tv_sec * MS_PER_SECOND;
}

static gboolean
run_get(struct tx *tx, const void *data, void *answer, GError **error)
{
	const struct status_ask *ask = data;
	struct status *status = answer;
	uint64_t commits = MAX(ask->writer.batches, 1);

	*status = (struct status) { .version = SOFTANSWER_VERSION,
		.commit = ask->about->commit,
		.lacks = ask->about->lacks,
		.started_at = ask->about->started_ms,
		.sockets = ask->hub.sockets,
		.writer = { .queued = ask->writer.queued,
		    .commits = (int64_t)ask->writer.batches,
		    .slow_commits = (int64_t)ask->writer.slow,
		    .commit_us = (int64_t)(ask->writer.commit_ns / commits / NS_PER_MICROSECOND),
		    .failed = (int64_t)ask->writer.failed } };
	ask_files(tx, ask->about, &status->store);
	return status_desk(tx, &status->desk, error);
}

static void
around_get(struct call *call)
{
	static const struct about nothing = { .commit = "unknown", .engine = "unknown" };
	struct status_ask *ask = call->ask;

	ask->about = call->edge->about == NULL ? &nothing : call->edge->about;
	crew_figures(call->edge->crew, &ask->writer);
	if (call->edge->hub != NULL)
		hub_figures(call->edge->hub, &ask->hub);
	call_submit(call);
}

const struct command status_commands[] = {
	{ .name = "status.get",
	    .door = "GET /api/v1/status",
	    .may = MAY_MANAGE_DESK,
	    .kind = COMMAND_READ,
	    .once = ONCE_NEVER,
	    .flood = FLOOD_READ,
	    .size = sizeof(struct status_ask),
	    ANSWERS(status_fields, status),
	    .run = run_get,
	    .around = around_get,
	    .says = "How the desk is: store, disk, writer, line, sites, confinement." },
	COMMANDS_END,
};
