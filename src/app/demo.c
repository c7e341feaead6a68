/* The demo desk: see demo.h. */
#include "app/demo.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#include "base/limits.h"
#include "desk/answer/answer.h"
#include "desk/people/people.h"
#include "desk/people/session.h"
#include "desk/setting/setting.h"
#include "desk/site/site.h"
#include "edge/call.h"
#include "edge/commands.h"

#define SIGN_IN_FILE "demo-sign-in.txt"
#define DEMO_PAGE    "http://localhost/demo/"
#define DEMO_ORIGIN  "http://localhost:8080"

struct staff {
	const char *email, *name;
	enum role role;
};

static const struct staff staffs[] = {
	{ "ann@larch.example", "Ann Mercer", ROLE_ADMINISTRATOR },
	{ "ben@larch.example", "Ben Okafor", ROLE_LEAD },
	{ "cleo@larch.example", "Cleo Santos", ROLE_ADVISOR },
};

#define STAFFS G_N_ELEMENTS(staffs)

enum voice { VISITOR, ADVISOR, NOTE, END };

struct line {
	enum voice voice;
	int after_seconds;
	const char *text;
};

/* One chat. The visitor's first line is what the chat starts with; END says who ends it. */
struct scene {
	const char *name, *email, *topic;
	unsigned staff;          /* who takes it: a place in staffs */
	int days_ago, at_minute; /* of the day, UTC */
	struct line lines[12];
};

static const struct scene scenes[] = {
	{ "Vera Lindqvist", "vera@mail.example", "Lamp", 1, 6, 9 * 60 + 12,
	    {
		{ VISITOR, 0, "Good morning! Is the reading lamp Heron in stock, and does it take an E14 bulb?" },
		{ ADVISOR, 25, "Good morning, Vera! It is: we have eleven of them. It takes E14, up to 40 watts." },
		{ VISITOR, 40, "Lovely. Would it be here by Friday if I order now?" },
		{ ADVISOR, 35, "Yes: what is ordered before two leaves today. You would have it on Thursday." },
		{ VISITOR, 20, "Perfect, thank you!" },
		{ ADVISOR, 15, "With pleasure. Enjoy the light!" },
		{ END, 30, NULL },
	    } },
	{ "Tomás Herrera", NULL, "Return", 2, 5, 14 * 60 + 40,
	    {
		{ VISITOR, 0, "Hi, the stoneware jug arrived with a chipped rim. What do I do?" },
		{ ADVISOR, 30, "Oh no, I am sorry about that, Tomás. May I have your order number?" },
		{ VISITOR, 45, "It is 20417." },
		{ NOTE, 30, "Order 20417: third chipped jug from the same delivery. Told the packers." },
		{ ADVISOR, 20, "Thank you. A new jug leaves today, and you need not send the old one back." },
		{ VISITOR, 25, "That was quick. Thanks!" },
		{ END, 20, NULL },
	    } },
	{ "June Park", "june@mail.example", NULL, 0, 4, 11 * 60 + 5,
	    {
		{ VISITOR, 0, "Do you send the seed box to Canada?" },
		{ ADVISOR, 50,
		    "Not the seeds, June: Canada wants a paper for each kind, and we have twelve. Everything else, gladly." },
		{ VISITOR, 30, "A pity! Then the soup book. How long does it take?" },
		{ ADVISOR, 40, "Ten days by post, and we pay the duty." },
		{ VISITOR, 20, "Great, I'll order two." },
		{ END, 60, NULL },
	    } },
	{ "Noor", NULL, "Invoice", 2, 2, 16 * 60 + 20,
	    {
		{ VISITOR, 0, "I need an invoice with our company's name on it." },
		{ ADVISOR, 35, "Of course. What is the company called, and which order is it for?" },
		{ VISITOR, 60, "Blue Harbour Ltd, order 20533." },
		{ NOTE, 40,
		    "Wants the invoice addressed to Blue Harbour Ltd. Ask accounts to change the name for good." },
		{ ADVISOR, 15, "Done: the new invoice is in your post. From now on they all carry that name." },
		{ VISITOR, 30, "Super, thank you." },
		{ END, 10, NULL },
	    } },
	{ "Ida Moreau", "ida@mail.example", "Film", 1, 1, 10 * 60 + 2,
	    {
		{ VISITOR, 0, "The Lighthouse Keepers: does the film have French subtitles?" },
		{ ADVISOR, 20, "It does: French, German and Spanish, and it plays in all regions." },
		{ VISITOR, 15, "Then it's a present for my father. Thanks!" },
		{ END, 20, NULL },
	    } },
};

/* What is under way: the desk being filled, and the last answer. */
struct demo {
	struct edge edge;
	struct clock clock;
	unsigned counter; /* of the callers' ids */
	json_t *answer;
	GError *error;
};

struct hiring {
	struct work work; /* first */
	char hashes[STAFFS][PASSWORD_HASH_BYTES];
	int64_t sessions[STAFFS];
	GError *error;
};

static gboolean
hire(struct tx *tx, struct hiring *hiring, unsigned i, GError **error)
{
	struct person_new person = {
		.email = staffs[i].email, .name = staffs[i].name, .role = staffs[i].role, .hash = hiring->hashes[i]
	};
	struct session_place place = { .address = "127.0.0.1", .agent = "demo" };
	struct session_begun begun = { 0 };
	int64_t id;

	if (!person_add(tx, &person, &id, error) || !session_begin(tx, id, &place, &begun, error) ||
	    (i == 0 && !answer_add_first(tx, "en", id, error)))
		return FALSE;
	hiring->sessions[i] = begun.person.session;
	return TRUE;
}

static gboolean
open_desk(struct tx *tx, struct work *work, GError **error)
{
	struct setting_changed settings = {
		.name = "Lamp & Larch", .language = "en", .time_zone = "UTC", .wait_for_somebody = "yes"
	};
	bool is_any, is_online;

	if (!person_any(tx, &is_any, &is_online, error))
		return FALSE;
	if (is_any)
		return refuse(error, REFUSED_STATE, NULL, "the desk has people already: a demo needs an empty one");
	if (!setting_change(tx, &settings, error) ||
	    !site_first(tx, settings.name, settings.language, DEMO_ORIGIN, error))
		return FALSE;
	for (unsigned i = 0; i < STAFFS; i++) {
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
open_with(struct demo *demo, char passwords[STAFFS][TOKEN_CHARS + 1], int64_t sessions[STAFFS], GError **error)
{
	static const struct actor desk = { .kind = ACTOR_SYSTEM };
	void *memory = talloc_new(NULL);
	struct hiring *hiring = talloc_zero(memory, struct hiring);
	gboolean is_done = TRUE;

	hiring->work = (struct work) { .memory = memory, .actor = &desk, .run = open_desk, .done = opened };
	hiring->work.now_ms = clock_now_ms(demo->edge.clock);
	secret_random(hiring->work.seed, sizeof hiring->work.seed);
	for (unsigned i = 0; i < STAFFS && is_done; i++)
		is_done = secret_password_hash(passwords[i], hiring->hashes[i], error);
	is_done = is_done && crew_write(demo->edge.crew, &hiring->work, error);
	if (is_done && hiring->error != NULL) {
		g_propagate_error(error, hiring->error);
		is_done = FALSE;
	}
	if (is_done)
		memcpy(sessions, hiring->sessions, sizeof hiring->sessions);
	talloc_free(memory);
	return is_done;
}

static void
answered(struct call *call)
{
	struct demo *demo = call->owner;

	json_decref(demo->answer);
	demo->answer = call->json == NULL ? NULL : json_loads(call->json, 0, NULL);
	demo->error = g_steal_pointer(&call->error);
}

/* Sends a command at the demo's time; `body` is taken over, and gets an id where it has a conversation or is a start. */
static gboolean
send_command(struct demo *demo, const struct credential *credential, const char *name, json_t *body, GError **error)
{
	struct call *call = call_new(&demo->edge, command_named(name));

	if (call->command->once != ONCE_NEVER) {
		g_autofree char *id = g_strdup_printf("demo-%04u", ++demo->counter);

		json_object_set_new(body, "id", json_string(id));
	}
	call->credential = *credential;
	call->address = "127.0.0.1";
	call->agent = "demo";
	call->answered = answered;
	call->owner = demo;
	call_decode(call, body, NULL);
	json_decref(body);
	call_start(call);
	if (demo->error == NULL)
		return TRUE;
	g_propagate_prefixed_error(error, g_steal_pointer(&demo->error), "%s: ", name);
	return FALSE;
}

static gboolean
start_scene(struct demo *demo, const struct scene *scene, const struct credential *visitor, GError **error)
{
	json_t *body = json_pack("{s:s, s:s*, s:s*, s:s, s:s}", "name", scene->name, "email", scene->email, "topic",
	    scene->topic, "page", DEMO_PAGE, "text", scene->lines[0].text);

	return send_command(demo, visitor, "chat.start", body, error);
}

static gboolean
speak(
    struct demo *demo, const struct credential *who, const char *conversation, const struct line *line, GError **error)
{
	static const char *const names[] = {
		[VISITOR] = "message.send", [ADVISOR] = "message.send", [NOTE] = "note.add", [END] = "chat.end"
	};
	json_t *body = json_pack("{s:s, s:s*}", "conversation", conversation, "text", line->text);

	demo->clock.set_ms += line->after_seconds * MS_PER_SECOND;
	return send_command(demo, who, names[line->voice], body, error);
}

static gboolean
play_scene(struct demo *demo, const struct scene *scene, const struct credential *advisor, GError **error)
{
	struct credential visitor = { .kind = CREDENTIAL_VISITOR };
	g_autofree char *conversation = NULL;

	secret_key(visitor.visitor);
	if (!start_scene(demo, scene, &visitor, error))
		return FALSE;
	conversation = g_strdup(json_string_value(json_object_get(demo->answer, "conversation")));
	demo->clock.set_ms += 8 * MS_PER_SECOND;
	if (!send_command(demo, advisor, "chat.take", json_pack("{s:s}", "conversation", conversation), error))
		return FALSE;
	for (const struct line *line = scene->lines + 1; line[-1].voice != END; line++) {
		if (!speak(demo, line->voice == VISITOR ? &visitor : advisor, conversation, line, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
play(struct demo *demo, const int64_t sessions[STAFFS], int64_t now_ms, GError **error)
{
	struct credential advisors[STAFFS];

	for (unsigned i = 0; i < STAFFS; i++) {
		advisors[i] = (struct credential) { .kind = CREDENTIAL_SESSION, .session_id = sessions[i] };
		if (!send_command(demo, &advisors[i], "person.status", json_pack("{s:s}", "status", "online"), error))
			return FALSE;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(scenes); i++) {
		int64_t day = now_ms / MS_PER_DAY - scenes[i].days_ago;

		demo->clock.set_ms = day * MS_PER_DAY + scenes[i].at_minute * MS_PER_MINUTE;
		if (!play_scene(demo, &scenes[i], &advisors[scenes[i].staff], error))
			return FALSE;
	}
	for (unsigned i = 0; i < STAFFS; i++) {
		if (!send_command(demo, &advisors[i], "session.end", json_object(), error))
			return FALSE;
	}
	return TRUE;
}

static gboolean
write_sign_in(const char *folder, char passwords[STAFFS][TOKEN_CHARS + 1], GError **error)
{
	g_autofree char *path = g_build_filename(folder, SIGN_IN_FILE, NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < STAFFS; i++)
		g_string_append_printf(text, "%-20s %s   (%s, %s)\n", staffs[i].email, passwords[i], staffs[i].name,
		    role_names[staffs[i].role]);
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
	char passwords[STAFFS][TOKEN_CHARS + 1];
	int64_t sessions[STAFFS];
	gboolean is_done;

	for (unsigned i = 0; i < STAFFS; i++)
		make_password(passwords[i]);
	demo.edge.clock = &demo.clock;
	demo.edge.bus = bus_local_new();
	demo.edge.crew = crew_direct(store, error);
	is_done = demo.edge.crew != NULL && open_with(&demo, passwords, sessions, error) &&
	    play(&demo, sessions, now_ms, error) && write_sign_in(folder, passwords, error);
	if (demo.edge.crew != NULL)
		crew_stop(demo.edge.crew);
	bus_free(demo.edge.bus);
	json_decref(demo.answer);
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
