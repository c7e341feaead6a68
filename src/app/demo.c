/* The demo desk: see demo.h. */
#include "app/demo.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#include "app/demo_desk.h"
#include "app/demo_play.h"
#include "base/limits.h"
#include "desk/answer/answer.h"
#include "desk/people/people.h"
#include "desk/people/session.h"
#include "desk/setting/setting.h"
#include "desk/site/site.h"

#define SIGN_IN_FILE "demo-sign-in.txt"
#define DEMO_ORIGIN  "http://localhost:8080"

struct hiring {
	struct work work; /* first */
	char hashes[DEMO_STAFF][PASSWORD_HASH_BYTES];
	int64_t people[DEMO_STAFF], sessions[DEMO_STAFF];
	GError *error;
};

static gboolean
hire(struct tx *tx, struct hiring *hiring, unsigned i, GError **error)
{
	struct person_new person = { .email = demo_staff[i].email,
		.name = demo_staff[i].name,
		.role = demo_staff[i].role,
		.hash = hiring->hashes[i] };
	struct session_place place = { .address = "127.0.0.1", .agent = "demo" };
	struct session_begun begun = { 0 };
	int64_t id;

	if (!person_add(tx, &person, &id, error) || !session_begin(tx, id, &place, &begun, error) ||
	    (i == 0 && !answer_add_first(tx, "en", id, error)))
		return FALSE;
	hiring->people[i] = id;
	hiring->sessions[i] = begun.person.session;
	return TRUE;
}

static gboolean
open_desk(struct tx *tx, struct work *work, GError **error)
{
	struct setting_changed settings = setting_kept;
	bool is_any, is_online;

	settings.name = "Lamp & Larch";
	settings.language = "en";
	settings.time_zone = "UTC";
	settings.wait_for_somebody = "yes";
	if (!person_any(tx, &is_any, &is_online, error))
		return FALSE;
	if (is_any)
		return refuse(error, REFUSED_STATE, NULL, "the desk has people already: a demo needs an empty one");
	if (!setting_change(tx, &settings, error) ||
	    !site_first(tx, settings.name, settings.language, DEMO_ORIGIN, error))
		return FALSE;
	for (unsigned i = 0; i < DEMO_STAFF; i++) {
		if (!hire(tx, (struct hiring *)work, i, error))
			return FALSE;
	}
	return TRUE;
}

static void
opened(struct work *work)
{
	((struct hiring *)work)->error = g_steal_pointer(&work->error);
}

/* Hires the staff with these passwords and signs them in. */
static gboolean
open_with(struct demo *demo, char passwords[DEMO_STAFF][TOKEN_CHARS + 1], GError **error)
{
	static const struct actor desk = { .kind = ACTOR_SYSTEM };
	void *memory = talloc_new(NULL);
	struct hiring *hiring = talloc_zero(memory, struct hiring);
	gboolean is_done = TRUE;

	hiring->work = (struct work) { .memory = memory, .actor = &desk, .run = open_desk, .done = opened };
	hiring->work.now_ms = clock_now_ms(demo->edge.clock);
	secret_random(hiring->work.seed, sizeof hiring->work.seed);
	for (unsigned i = 0; i < DEMO_STAFF && is_done; i++)
		is_done = secret_password_hash(passwords[i], hiring->hashes[i], error);
	is_done = is_done && crew_write(demo->edge.crew, &hiring->work, error);
	if (is_done && hiring->error != NULL) {
		g_propagate_error(error, hiring->error);
		is_done = FALSE;
	}
	for (unsigned i = 0; i < DEMO_STAFF && is_done; i++) {
		demo->people[i] = hiring->people[i];
		demo->staff[i] = (struct credential) { .kind = CREDENTIAL_SESSION, .session_id = hiring->sessions[i] };
	}
	talloc_free(memory);
	return is_done;
}

static gboolean
all_come(struct demo *demo, GError **error)
{
	for (enum demo_who who = 0; who < DEMO_STAFF; who++) {
		if (!demo_send_as(demo, who, "seat.status", json_pack("{s:s}", "status", STATUS_ONLINE), error))
			return FALSE;
	}
	return TRUE;
}

/* Whoever looks at the desk signs in afresh. */
static gboolean
all_leave(struct demo *demo, GError **error)
{
	for (enum demo_who who = 0; who < DEMO_STAFF; who++) {
		if (!demo_send_as(demo, who, "session.end", json_object(), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
fill(struct demo *demo, int64_t now_ms, GError **error)
{
	return all_come(demo, error) && demo_furnish(demo, error) && demo_play(demo, now_ms, error) &&
	    demo_plan(demo, now_ms, error) && all_leave(demo, error);
}

static gboolean
write_sign_in(const char *folder, char passwords[DEMO_STAFF][TOKEN_CHARS + 1], GError **error)
{
	g_autofree char *path = g_build_filename(folder, SIGN_IN_FILE, NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < DEMO_STAFF; i++)
		g_string_append_printf(text, "%-20s %s   (%s, %s)\n", demo_staff[i].email, passwords[i],
		    demo_staff[i].name, role_names[demo_staff[i].role]);
	return g_file_set_contents_full(path, text->str, (gssize)text->len, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/* Three groups of four letters that are not mistaken for each other: 60 bits, easy to type. */
static void
make_password(char password[TOKEN_CHARS + 1])
{
	static const char letters[32] = "abcdefghjkmnopqrstuvwxyz23456789";
	uint8_t chance[12];
	char *at = password;

	secret_random(chance, sizeof chance);
	for (unsigned i = 0; i < sizeof chance; i++) {
		if (i > 0 && i % 4 == 0)
			*at++ = '-';
		*at++ = letters[chance[i] % sizeof letters];
	}
	*at = '\0';
}

gboolean
demo_fill(struct store *store, const char *folder, int64_t now_ms, GError **error)
{
	struct demo demo = { .clock = clock_by_hand(now_ms - 7 * MS_PER_DAY) };
	char passwords[DEMO_STAFF][TOKEN_CHARS + 1];
	gboolean is_done;

	for (unsigned i = 0; i < DEMO_STAFF; i++)
		make_password(passwords[i]);
	demo.edge.clock = &demo.clock;
	demo.edge.bus = bus_local_new();
	demo.edge.crew = crew_direct(store, error);
	is_done = demo.edge.crew != NULL && open_with(&demo, passwords, error) && fill(&demo, now_ms, error) &&
	    write_sign_in(folder, passwords, error);
	if (demo.edge.crew != NULL)
		crew_stop(demo.edge.crew);
	bus_free(demo.edge.bus);
	json_decref(demo.answer);
	for (unsigned i = 0; i < DEMO_SITES; i++)
		g_free(demo.sites[i]);
	return is_done;
}

char *
demo_sign_in(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, SIGN_IN_FILE, NULL);
	char *text = NULL;

	(void)g_file_get_contents(path, &text, NULL, NULL);
	return text;
}
