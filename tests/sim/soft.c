/* Files and readings in the simulation: what is sent besides words, and how far each side has come (P9): see sim.h. */
#include <string.h>

#include "tests/sim/sim.h"

/* ---- Readings ---- */

/* What both sides can see: the last public entry up to that seq. */
static int64_t
public_at(const struct talk *talk, int64_t seq)
{
	while (seq > 0 && model_is_internal(talk_entry(talk, (guint)seq - 1)->kind))
		seq--;
	return seq;
}

static struct reading_model
moved(const struct talk *talk, const struct actor_model *who, int64_t delivered, int64_t seen)
{
	struct reading_model reading = talk->readings[who->is_visitor ? 0 : 1];

	delivered = public_at(talk, MAX(delivered, seen));
	seen = who->is_visitor || talk->reader == who || model_is_guest(talk, who) ? public_at(talk, seen) : 0;
	return (struct reading_model) { MAX(reading.delivered, delivered), MAX(reading.seen, seen) };
}

static struct reading_model
reading_in(const json_t *readings, const char *side)
{
	const json_t *reading = json_object_get(readings, side);

	return (struct reading_model) { json_integer_value(json_object_get(reading, "delivered")),
		json_integer_value(json_object_get(reading, "seen")) };
}

static bool
is_same(const struct reading_model *one, const struct reading_model *other)
{
	return one->delivered == other->delivered && one->seen == other->seen;
}

void
compare_readings(struct sim *sim, const struct talk *talk, const json_t *readings)
{
	struct reading_model visitor = reading_in(readings, "visitor"), staff = reading_in(readings, "staff");

	if (!is_same(&visitor, &talk->readings[0]) || !is_same(&staff, &talk->readings[1])) {
		g_autofree char *seen = json_dumps(readings, JSON_COMPACT);

		sim_broken(sim, "%s: the readings are %s", talk->key, seen == NULL ? "none" : seen);
	}
}

static const struct kit_answer *
set(struct sim *sim, const struct actor_model *who, const struct talk *talk, int64_t delivered, int64_t seen)
{
	return kit_do(sim->desk, who->who, "reading.set", "{s:s, s:I, s:I}", "conversation", talk->key, "delivered",
	    (json_int_t)delivered, "seen", (json_int_t)seen);
}

/* A page tells how far it is: ahead, behind, or beyond; and its commit may fail, or its answer get lost. */
void
move_reading(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	struct verdict verdict = model_may_read(who, talk);
	int64_t delivered = sim_chance(sim, talk->entries->len + 2), seen = sim_chance(sim, (unsigned)delivered + 1);
	bool is_there = delivered <= talk->entries->len, is_lost = sim_happens(sim, 20),
	     is_unheard = sim_happens(sim, 20);
	const struct kit_answer *answer;

	if (verdict.is_done && is_there && is_lost)
		kit_fail_next(sim->desk, CREW_LOST);
	else if (verdict.is_done && is_there && is_unheard)
		kit_fail_next(sim->desk, CREW_UNANSWERED);
	answer = set(sim, who, talk, delivered, seen);
	if (!verdict.is_done || !is_there) {
		if (answer->is_ok || answer->kind != (verdict.is_done ? REFUSED_STATE : verdict.kind))
			sim_broken(sim, "%s moved a reading in %s, and must not", who->who->name, talk->key);
		return;
	}
	/* Nobody heard whether it was done: said again it comes to the same. */
	if (!answer->is_ok)
		answer = set(sim, who, talk, delivered, seen);

	struct reading_model now = moved(talk, who, delivered, seen);

	if (!answer->is_ok || kit_int(answer, "delivered") != now.delivered || kit_int(answer, "seen") != now.seen)
		sim_broken(sim, "%s in %s: expected a reading of %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", seen %s",
		    who->who->name, talk->key, now.delivered, now.seen,
		    answer->is_ok ? answer->text : kit_text(answer, "detail"));
	talk->readings[who->is_visitor ? 0 : 1] = now;
	sim->counts.readings++;
}

/* ---- Files ---- */

/* Until it is answered: the same again is the same file (P5). */
static const struct kit_answer *
finish(struct sim *sim, const struct actor_model *who, const struct talk *talk, const char *file)
{
	const struct kit_answer *answer;

	if (sim_happens(sim, 100))
		kit_fail_next(sim->desk, sim_happens(sim, 500) ? CREW_LOST : CREW_UNANSWERED);
	for (unsigned tries = 0; tries < 3; tries++) {
		answer =
		    kit_do(sim->desk, who->who, "file.finish", "{s:s, s:s}", "conversation", talk->key, "file", file);
		if (answer->is_ok)
			break;
	}
	return answer;
}

void
send_file(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	struct letter like_words = { .deed = SAY, .from = who, .talk = talk };
	struct verdict verdict = model_judge(&sim->model, &like_words);
	g_autofree char *id = g_strdup_printf("%s-%06u", who->who->name, ++who->ids);
	g_autofree char *bytes = g_strnfill(1 + sim_chance(sim, 2000), 'a' + (char)sim_chance(sim, 26)), *file = NULL;
	const struct kit_answer *answer;

	answer = kit_do(sim->desk, who->who, "file.start", "{s:s, s:s, s:s, s:I}", "conversation", talk->key, "id", id,
	    "name", "offer.pdf", "size", (json_int_t)strlen(bytes));
	if (answer->is_ok != verdict.is_done || (!answer->is_ok && answer->kind != verdict.kind))
		sim_broken(sim, "%s begins a file in %s: %s", who->who->name, talk->key,
		    answer->is_ok ? "and must not" : kit_text(answer, "detail"));
	if (!answer->is_ok)
		return;
	file = g_strdup(kit_text(answer, "file"));
	kit_attach(sim->desk, bytes, strlen(bytes));
	if (!kit_do(sim->desk, who->who, "file.part", "{s:s, s:s, s:i}", "conversation", talk->key, "file", file,
		"number", 0)
		 ->is_ok)
		sim_broken(sim, "the part of %s was refused", id);
	answer = finish(sim, who, talk, file);
	model_sends_file(talk, who, "offer.pdf", g_intern_string(id), kit_now(sim->desk));
	if (!answer->is_ok || kit_int(answer, "seq") != talk->entries->len)
		sim_broken(sim, "%s: expected seq %u, seen %s", id, talk->entries->len,
		    answer->is_ok ? answer->text : kit_text(answer, "detail"));
	look_at_talk(sim, talk);
	sim->counts.files++;
}
