/* The demo desk while it is filled: see demo_desk.h. */
#include "app/demo_desk.h"

#include "edge/call.h"
#include "edge/commands.h"

#define STAFF_ADDRESS "127.0.0.1"

const struct demo_person demo_staff[DEMO_STAFF] = {
	[ANN] = { "ann@larch.example", "Ann Mercer", ROLE_ADMINISTRATOR },
	[BEN] = { "ben@larch.example", "Ben Okafor", ROLE_LEAD },
	[CLEO] = { "cleo@larch.example", "Cleo Santos", ROLE_ADVISOR },
	[LENA] = { "lena@larch.example", "Lena Vogt", ROLE_ADVISOR },
};

static void
answered(struct call *call)
{
	struct demo *demo = call->owner;

	json_decref(demo->answer);
	demo->answer = call->json == NULL ? NULL : json_loads(call->json, 0, NULL);
	demo->error = g_steal_pointer(&call->error);
}

/* A file's id makes sending it again go on; the others' make it harmless. */
static bool
takes_id(const struct command *command)
{
	return command->once != ONCE_NEVER && command->kind == COMMAND_WRITE;
}

gboolean
demo_send(struct demo *demo, const struct demo_caller *caller, const char *name, json_t *body, GError **error)
{
	struct call *call = call_new(&demo->edge, command_named(name));

	if (takes_id(call->command)) {
		g_autofree char *id = g_strdup_printf("demo-%04u", ++demo->counter);

		json_object_set_new(body, "id", json_string(id));
	}
	call->credential = *caller->credential;
	call->address = caller->address == NULL ? STAFF_ADDRESS : caller->address;
	call->origin = caller->address;
	call->agent = caller->agent == NULL ? "demo" : caller->agent;
	call->bytes = caller->bytes;
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

gboolean
demo_send_as(struct demo *demo, enum demo_who who, const char *name, json_t *body, GError **error)
{
	return demo_send(demo, &(struct demo_caller) { .credential = &demo->staff[who] }, name, body, error);
}

/* ---- Teams ---- */

static gboolean
add_team(struct demo *demo, enum demo_team team, const char *name, const enum demo_who *members, size_t count,
    GError **error)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(ids, json_integer(demo->people[members[i]]));
	if (!demo_send_as(demo, ANN, "team.add", json_pack("{s:s, s:o}", "name", name, "members", ids), error))
		return FALSE;
	demo->teams[team] = json_integer_value(json_object_get(demo->answer, "id"));
	return TRUE;
}

static gboolean
add_teams(struct demo *demo, GError **error)
{
	static const enum demo_who orders[] = { ANN, BEN, CLEO }, german[] = { LENA, BEN };

	return add_team(demo, ORDERS, "Orders and returns", orders, G_N_ELEMENTS(orders), error) &&
	    add_team(demo, GERMAN, "German desk", german, G_N_ELEMENTS(german), error);
}

/* ---- Sites ---- */

/* Everything of a site that is not the same for both. */
struct site_look {
	const char *name, *language, *colour, *origin, *seen;
	const char *greeting, *launcher, *offline, *bulletin;
};

static const struct site_look german_look = { "Lampe & Lärche", "de", "#6b4a2f", "https://lampe-laerche.example",
	"https://lampe-laerche.example/lampen/reiher",
	"Guten Tag! Fragen Sie uns alles: Wer antwortet, hat es meist auch eingepackt.", "Fragen Sie uns",
	"Gerade ist niemand da. Schreiben Sie uns, wir antworten am nächsten Werktag.",
	"Pakete nach Österreich brauchen diese Woche zwei Tage länger." };

static const struct site_look spanish_look = { "Lámpara y Alerce", "es", "#8a3f2d", "https://lampara-alerce.example",
	"https://lampara-alerce.example/mantas",
	"¡Hola! Pregúntenos lo que quiera: quien contesta suele ser quien hizo el paquete.", "¿Le ayudamos?",
	"Ahora no hay nadie. Déjenos su pregunta y le contestamos el próximo día laborable.",
	"Los portes a Baleares y Canarias son gratis este mes." };

static json_t *
look_json(const struct site_look *look)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:[s], s:s, s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}, {s:s, s:s, s:s}]}",
	    "name", look->name, "language", look->language, "colour", look->colour, "launcher", "label", "origins",
	    look->origin, "bulletin", look->bulletin, "texts", "language", look->language, "name", "greeting", "text",
	    look->greeting, "language", look->language, "name", "launcher", "text", look->launcher, "language",
	    look->language, "name", "offline", "text", look->offline);
}

/* A site whose widget has been seen on its page. */
static gboolean
add_site(struct demo *demo, enum demo_site site, const struct site_look *look, json_t *more, GError **error)
{
	json_t *body = look_json(look);

	json_object_update(body, more);
	json_decref(more);
	if (!demo_send_as(demo, ANN, "site.add", body, error))
		return FALSE;
	demo->sites[site] = g_strdup(json_string_value(json_object_get(demo->answer, "site")));
	return demo_send_as(
	    demo, ANN, "site.seen", json_pack("{s:s, s:s}", "site", demo->sites[site], "url", look->seen), error);
}

/* The German team's: asks for the order, and invites whoever looks at lamps for long. */
static json_t *
german_more(const struct demo *demo)
{
	return json_pack("{s:I, s:s, s:s, s:b, s:[{s:s, s:i}], s:[{s:s, s:s}, {s:s, s:s, s:[s, s, s, s]}]}", "team",
	    (json_int_t)demo->teams[GERMAN], "ask_name", "required", "consent_url",
	    "https://lampe-laerche.example/datenschutz", "is_inviting", TRUE, "invites", "path", "/lampen", "seconds",
	    40, "fields", "label", "Bestellnummer", "kind", "line", "label", "Worum geht es?", "kind", "choice",
	    "choices", "Lieferung", "Rückgabe", "Rechnung", "Etwas anderes");
}

/* Open on weekdays from nine to five: at night it has a form. */
static json_t *
spanish_more(void)
{
	json_t *hours = json_array();

	for (int weekday = 1; weekday <= 5; weekday++)
		json_array_append_new(hours,
		    json_pack("{s:i, s:i, s:i}", "weekday", weekday, "from_minute", 9 * 60, "to_minute", 17 * 60));
	return json_pack("{s:s, s:o}", "ask_topic", "optional", "hours", hours);
}

/* ---- Canned answers ---- */

struct canned {
	const char *shortcut, *title, *text, *scope;
	enum demo_team team;
	enum demo_who who;
};

static const struct canned canned[] = {
	{ "post", "How long the post takes",
	    "What is ordered before two leaves the same day. Within the country it takes three to five days, abroad about ten; we pay the duty.",
	    "all", NO_TEAM, ANN },
	{ "returns", "Sending something back",
	    "You have thirty days, {{visitor.name}}, and we ask no questions. The label is in the parcel, under the packing paper.",
	    "all", NO_TEAM, ANN },
	{ "broken", "Something arrived broken",
	    "I am sorry about that, {{visitor.name}}. May I have the order number and a picture? You need not send it back.",
	    "all", NO_TEAM, ANN },
	{ "school", "Prices for schools and libraries",
	    "From twenty pieces on we take ten per cent off, and you may pay within sixty days.", "team", ORDERS, BEN },
	{ "versand", "Wie lange die Post braucht",
	    "Was bis 14 Uhr bestellt ist, geht am selben Tag auf die Reise: nach Deutschland vier bis sechs Tage, nach Österreich und in die Schweiz etwa acht.",
	    "team", GERMAN, LENA },
	{ "danke", "Danke fürs Warten",
	    "Danke fürs Warten, {{visitor.name}}. Ich bin {{me.name}} und habe Ihre Bestellung vor mir.", "team",
	    GERMAN, LENA },
	{ "sign", "My own good-bye", "It was a pleasure, {{visitor.name}}. Enjoy it! Ann", "own", NO_TEAM, ANN },
};

static gboolean
add_canned(struct demo *demo, const struct canned *each, GError **error)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s}", "shortcut", each->shortcut, "title", each->title, "text",
	    each->text, "scope", each->scope);

	if (each->team != NO_TEAM)
		json_object_set_new(body, "team", json_integer(demo->teams[each->team]));
	return demo_send_as(demo, each->who, "answer.add", body, error);
}

gboolean
demo_furnish(struct demo *demo, GError **error)
{
	if (!add_teams(demo, error) || !add_site(demo, GERMAN_SITE, &german_look, german_more(demo), error) ||
	    !add_site(demo, SPANISH_SITE, &spanish_look, spanish_more(), error))
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(canned); i++) {
		if (!add_canned(demo, &canned[i], error))
			return FALSE;
	}
	return TRUE;
}
