/* A desk on a virtual clock: see desk.h. Commands and actors are in desk_call.c, checks in desk_check.c. */
#include "tests/kit/desk.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "desk/chat/chat.h"
#include "desk/draft/draft.h"
#include "desk/push/push.h"
#include "desk/file/file.h"
#include "desk/people/session.h"
#include "desk/receipt/receipt.h"
#include "desk/duty/duty.h"
#include "desk/seat/seat.h"
#include "edge/password.h"
#include "edge/ticket.h"
#include "tests/kit/database.h"
#include "tests/kit/desk_inside.h"

extern const struct query_set kit_queries;

const struct kit_actor kit_nobody = { .name = "nobody" };

static GPtrArray *folders;

static void
say_and_end(const char *says)
{
	g_printerr("%s\n", says);
	exit(1);
}

void (*kit_fails)(const char *says) = say_and_end;

void
kit_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	kit_fails(g_strdup_vprintf(format, arguments)); /* kept: it is the last thing that is said */
	va_end(arguments);
	exit(1);
}

static void
remove_folder(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		g_unlink(path);
	}
	g_rmdir(folder);
}

static void
remove_folders(void)
{
	for (guint i = 0; i < folders->len; i++)
		remove_folder(folders->pdata[i]);
	g_ptr_array_unref(folders);
}

static char *
new_folder(void)
{
	GError *error = NULL;
	char *folder = g_dir_make_tmp("softanswer-desk-XXXXXX", &error);

	if (folder == NULL)
		kit_fail("%s", error->message);
	if (folders == NULL) {
		folders = g_ptr_array_new_with_free_func(g_free);
		atexit(remove_folders);
	}
	g_ptr_array_add(folders, g_strdup(folder));
	return folder;
}

static struct store *
open_store(const char *path, const struct query_set *queries)
{
	struct store_settings settings = { .where = path, .queries = queries, .is_forgetful = true };
	GError *error = NULL;
	struct store *store = store_open(&settings, &error);

	if (store == NULL)
		kit_fail("%s: %s", path, error->message);
	return store;
}

static void
open_desk(struct kit_desk *desk)
{
	GError *error = NULL;

	desk->store = open_store(desk->path, &desk_queries);
	desk->behind = open_store(desk->path, &kit_queries);
	desk->look = store_connect(desk->behind, false, &error);
	if (desk->look != NULL)
		desk->edge.crew = crew_direct(desk->store, &error);
	if (desk->edge.crew == NULL)
		kit_fail("%s", error->message);
	/* Tickets live in memory. */
	desk->edge.tickets = ticket_table_new();
	desk->edge.passwords = passwords_direct();
}

static void
close_desk(struct kit_desk *desk)
{
	connection_close(desk->look);
	crew_stop(desk->edge.crew);
	store_close(desk->behind);
	store_close(desk->store);
	passwords_stop(desk->edge.passwords);
	ticket_table_free(desk->edge.tickets);
}

static void
name_path(struct kit_desk *desk)
{
	g_autofree char *path = g_strdup_printf("%s/desk-%u.db", desk->folder, desk->starts++);

	g_free(desk->path);
	desk->path = database_desk(path);
}

struct kit_desk *
kit_desk_begin(uint64_t seed)
{
	struct kit_desk *desk = g_new0(struct kit_desk, 1);

	secret_init();
	memcpy(desk->seed, &seed, sizeof seed);
	desk->clock = clock_by_hand(KIT_START_MS);
	desk->actors = g_ptr_array_new_with_free_func(g_free);
	desk->folder = new_folder();
	name_path(desk);
	desk->edge =
	    (struct edge) { .bus = bus_local_new(), .clock = &desk->clock, .base_url = g_strdup("http://localhost") };
	memcpy(desk->edge.key.bytes, desk->seed, DIGEST_BYTES);
	open_desk(desk);
	desk->administrator = kit_staff(desk, "ada", ROLE_ADMINISTRATOR);
	return desk;
}

void
kit_desk_end(struct kit_desk *desk)
{
	g_autofree char *wrong = kit_desk_check(desk);

	if (wrong != NULL)
		kit_fail("the desk was left behind broken:\n%s", wrong);
	kit_desk_abandon(desk);
}

void
kit_desk_abandon(struct kit_desk *desk)
{
	close_desk(desk);
	database_remove(desk->path);
	bus_free(desk->edge.bus);
	kit_answer_clear(&desk->answer);
	g_ptr_array_unref(desk->actors);
	remove_folder(desk->folder);
	g_free(desk->edge.base_url);
	g_free(desk->folder);
	g_free(desk->path);
	g_free(desk);
}

int64_t
kit_now(const struct kit_desk *desk)
{
	return desk->clock.set_ms;
}

void
kit_wait(struct kit_desk *desk, int64_t ms)
{
	desk->clock.set_ms += ms;
}

void
kit_restart(struct kit_desk *desk)
{
	close_desk(desk);
	open_desk(desk);
}

static void
copy_file(const char *from, const char *to)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize size;

	if (!g_file_get_contents(from, &bytes, &size, NULL))
		return;
	if (!g_file_set_contents_full(to, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600, &error))
		kit_fail("%s", error->message);
}

/*
 * The store and its log are taken as they lie there, while everything is still open: what kill -9 leaves. A server rolls back
 * what was under way when the desk hangs up, which is all that it sees of a kill.
 */
void
kit_kill(struct kit_desk *desk)
{
	if (store_is_server(desk->path)) {
		kit_restart(desk);
		return;
	}

	g_autofree char *old = g_strdup(desk->path), *old_log = g_strconcat(desk->path, "-wal", NULL);
	g_autofree char *log = NULL;

	name_path(desk);
	log = g_strconcat(desk->path, "-wal", NULL);
	copy_file(old, desk->path);
	copy_file(old_log, log);
	close_desk(desk);
	g_unlink(old);
	open_desk(desk);
}

void
kit_fail_next(struct kit_desk *desk, enum crew_fault fault)
{
	crew_fail_next(desk->edge.crew, fault);
}

void
kit_hold(struct kit_desk *desk)
{
	crew_hold(desk->edge.crew);
}

void
kit_let_go(struct kit_desk *desk)
{
	crew_let_go(desk->edge.crew);
}

struct edge *
kit_edge(struct kit_desk *desk)
{
	return &desk->edge;
}

struct store *
kit_store(struct kit_desk *desk)
{
	return desk->store;
}

const char *
kit_path(const struct kit_desk *desk)
{
	return desk->path;
}

/* ---- Works of the kit's own ---- */

struct errand {
	struct work work; /* first */
	struct kit_desk *desk;
	gboolean (*run)(struct tx *tx, void *data, GError **error);
	void *data;
	bool *has_failed; /* NULL: it must not */
};

static gboolean
run_errand(struct tx *tx, struct work *work, GError **error)
{
	struct errand *errand = (struct errand *)work;

	return errand->run(tx, errand->data, error);
}

static void
end_errand(struct work *work)
{
	struct errand *errand = (struct errand *)work;

	if (work->error != NULL && errand->has_failed == NULL)
		kit_fail("%s", work->error->message);
	if (errand->has_failed != NULL)
		*errand->has_failed = work->error != NULL;
	g_clear_error(&work->error);
	bus_publish(errand->desk->edge.bus, work->events);
	talloc_free(work->memory);
}

static struct errand *
errand_new(struct kit_desk *desk, gboolean (*run)(struct tx *, void *, GError **), void *data)
{
	static const struct actor the_system = { .kind = ACTOR_SYSTEM };
	void *memory = talloc_new(NULL);
	struct errand *errand = talloc_zero(memory, struct errand);

	*errand = (struct errand) {
		.work = { .memory = memory,
		    .actor = &the_system,
		    .now_ms = desk->clock.set_ms,
		    .run = run_errand,
		    .done = end_errand },
		.desk = desk,
		.run = run,
		.data = data,
	};
	kit_seed(desk, errand->work.seed);
	return errand;
}

/* What is drawn of a seed is hashed anyway: it only has to be another one each time. */
void
kit_seed(struct kit_desk *desk, uint8_t seed[DIGEST_BYTES])
{
	desk->drawn++;
	memcpy(seed, desk->seed, DIGEST_BYTES);
	memcpy(seed + sizeof(uint64_t), &desk->drawn, sizeof desk->drawn);
}

void
kit_read(struct kit_desk *desk, gboolean (*run)(struct tx *, void *, GError **), void *data)
{
	GError *error = NULL;

	if (!crew_read(desk->edge.crew, &errand_new(desk, run, data)->work, &error))
		kit_fail("%s", error->message);
}

void
kit_change(struct kit_desk *desk, gboolean (*run)(struct tx *, void *, GError **), void *data)
{
	GError *error = NULL;

	if (!crew_write(desk->edge.crew, &errand_new(desk, run, data)->work, &error))
		kit_fail("%s", error->message);
}

bool
kit_try(struct kit_desk *desk, gboolean (*run)(struct tx *, void *, GError **), void *data)
{
	struct errand *errand = errand_new(desk, run, data);
	bool has_failed = true;
	GError *error = NULL;

	errand->has_failed = &has_failed;
	if (!crew_write(desk->edge.crew, &errand->work, &error))
		kit_fail("%s", error->message);
	return !has_failed;
}

void
kit_look(struct kit_desk *desk, gboolean (*run)(struct tx *, void *, GError **), void *data)
{
	struct errand *errand = errand_new(desk, run, data);

	connection_run(desk->look, &errand->work, false);
	end_errand(&errand->work);
}

#define JOB_ROWS 50

/* Whose pages are there was heard of just now. */
static gboolean
beat(struct tx *tx, const struct kit_desk *desk, GError **error)
{
	for (guint i = 0; i < desk->actors->len; i++) {
		const struct kit_actor *who = desk->actors->pdata[i];

		if (who->session != 0 && !who->is_gone && !session_seen(tx, who->session, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
run_beat(struct tx *tx, void *data, GError **error)
{
	return beat(tx, data, error);
}

void
kit_hear(struct kit_desk *desk)
{
	kit_change(desk, run_beat, desk);
}

static gboolean
run_jobs(struct tx *tx, void *data, GError **error)
{
	int did;

	return beat(tx, data, error) && seat_watch(tx, JOB_ROWS, &did, error) && seat_look(tx, JOB_ROWS, &did, error) &&
	    seat_pass(tx, JOB_ROWS, &did, error) && seat_let_in(tx, 1, &did, error) &&
	    seat_let_helpers_in(tx, JOB_ROWS, &did, error) && receipt_purge(tx, JOB_ROWS, &did, error) &&
	    session_end_unused(tx, JOB_ROWS, &did, error) && seat_leave_signed_out(tx, JOB_ROWS, &did, error) &&
	    duty_cap_again(tx, JOB_ROWS, &did, error) && chat_return_orphans(tx, JOB_ROWS, &did, error) &&
	    file_purge(tx, JOB_ROWS, &did, error) && draft_purge(tx, JOB_ROWS, &did, error) &&
	    push_purge(tx, JOB_ROWS, &did, error);
}

void
kit_jobs(struct kit_desk *desk)
{
	kit_change(desk, run_jobs, desk);
}
