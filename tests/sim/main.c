/*
 * sim: the simulation (sim.h).
 *
 *     sim [--seed N] [--steps N] [--visitors N] [--staff N]
 *     sim year [--seed N] [--steps N] [--plant FAULT]           another play: year.h
 *
 * The seed is printed first, 100,000 steps unless said otherwise. The last line is `1 passed, 0 failed`; a broken invariant says
 * the step and the one command that repeats it.
 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "tests/sim/sim.h"
#include "tests/sim/year.h"

/* ---- The cast ---- */

static struct actor_model *
actor_new(struct sim *sim, const struct kit_actor *who, bool is_visitor)
{
	struct actor_model *actor = g_new0(struct actor_model, 1);

	actor->who = who;
	actor->number = sim->model.actors->len;
	actor->is_visitor = is_visitor;
	actor->role = who->role;
	actor->is_signed_in = !is_visitor;
	actor->has_seat = actor->is_online = model_answers_customers(actor);
	g_strlcpy(actor->shown, who->name, sizeof actor->shown);
	actor->shown[0] = g_ascii_toupper(actor->shown[0]);
	actor->outbox = g_ptr_array_new();
	actor->answered = g_ptr_array_new();
	g_ptr_array_add(sim->model.actors, actor);
	return actor;
}

static void
actor_free(void *data)
{
	struct actor_model *actor = data;

	g_ptr_array_unref(actor->outbox);
	g_ptr_array_unref(actor->answered);
	g_free(actor);
}

static void
talk_free(void *data)
{
	struct talk *talk = data;

	for (guint i = 0; i < talk->entries->len; i++)
		g_free(talk_entry(talk, i)->text);
	g_array_unref(talk->entries);
	g_ptr_array_unref(talk->guests);
	g_free(talk);
}

/* Visitors first, then staff (every eighth a lead, every tenth a consultant), then the administrator. */
static void
enter(struct sim *sim)
{
	for (unsigned i = 0; i < sim->visitors; i++) {
		g_autofree char *name = g_strdup_printf("visitor%03u", i);

		actor_new(sim, kit_visitor(sim->desk, name), true);
	}
	for (unsigned i = 0; i < sim->staff; i++) {
		g_autofree char *name = g_strdup_printf("person%03u", i);
		enum role role = i % 8 == 7 ? ROLE_LEAD : i % 10 == 9 ? ROLE_CONSULTANT : ROLE_ADVISOR;

		actor_new(sim, kit_staff(sim->desk, name, role), false);
	}
	actor_new(sim, kit_administrator(sim->desk), false);
	for (unsigned i = 0; i < TEAMS; i++) {
		static const char *const names[TEAMS] = { "Refunds", "Repairs" };
		g_autofree char *id = g_strdup_printf("team-%05u", i);

		sim->model.teams[i] = (struct team_model) {
			.id = kit_int(kit_do(sim->desk, kit_administrator(sim->desk), "team.add", "{s:s, s:s}", "id",
					  id, "name", names[i]),
			    "id"),
			.name = names[i],
		};
	}
}

static void
begin(struct sim *sim)
{
	run_begin(&sim->run);
	sim->desk = kit_desk_begin(sim->run.seed);
	sim->model.actors = g_ptr_array_new_with_free_func(actor_free);
	sim->model.talks = g_ptr_array_new_with_free_func(talk_free);
	sim->letters = g_ptr_array_new_with_free_func(letter_free);
	sim->told = g_array_new(FALSE, FALSE, sizeof(struct told));
	bus_subscribe(kit_edge(sim->desk)->bus, sim_listen, sim);
	enter(sim);
}

static void
end(struct sim *sim)
{
	kit_desk_end(sim->desk);
	g_ptr_array_unref(sim->letters);
	g_ptr_array_unref(sim->model.talks);
	g_ptr_array_unref(sim->model.actors);
	g_array_unref(sim->told);
}

/* A long run in which something never happened proves nothing about it. */
static void
check_variety(struct sim *sim)
{
	const struct sim_counts *counts = &sim->counts;
	const unsigned needed[] = { counts->done, counts->refused, counts->again, counts->lost, counts->unanswered,
		counts->dropped, counts->batches, counts->kills, counts->restarts, counts->reads, counts->jumps,
		counts->visits, counts->lists, counts->rounds, counts->notes, counts->files, counts->readings,
		counts->whispers, counts->transfers, counts->joined, counts->reopened };

	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (needed[i] == 0)
			sim_broken(sim, "number %zu of what should happen never did", i);
	}
}

static void
say_what_happened(const struct sim *sim)
{
	const struct sim_counts *c = &sim->counts;

	printf("sim: %u messages, %u files, %u readings, %u notes, %u chats asked for by %u visitors and %u of staff\n",
	    c->messages, c->files, c->readings, c->notes, c->chats, sim->visitors, sim->staff);
	printf("sim: %u whispers, %u transfers, %u invitations, %u reopened\n", c->whispers, c->transfers, c->joined,
	    c->reopened);
	printf("sim: %u commands done, %u refused, %u sent again; %u in %u batches\n", c->done, c->refused, c->again,
	    c->batched, c->batches);
	printf(
	    "sim: %u commits failed, %u not answered, %u answers lost; %u kills, %u restarts, %u jumps of the clock\n",
	    c->lost, c->unanswered, c->dropped, c->kills, c->restarts, c->jumps);
	printf("sim: %u readings after a cursor, %u reloads, %u lists\n", c->reads, c->visits, c->lists);
}

static bool
take_number(const char *text, int64_t *number)
{
	return text != NULL && text_to_int(text, number) && *number >= 0;
}

static bool
take_options(struct sim *sim, char **arguments)
{
	for (; *arguments != NULL; arguments += 2) {
		int64_t number;

		if (!take_number(arguments[1], &number))
			return false;
		if (run_takes(&sim->run, *arguments, number))
			continue;
		if (strcmp(*arguments, "--visitors") == 0)
			sim->visitors = (unsigned)number;
		else if (strcmp(*arguments, "--staff") == 0)
			sim->staff = (unsigned)number;
		else
			return false;
	}
	if (sim->visitors != 300 || sim->staff != 40)
		g_snprintf(
		    sim->run.options, sizeof sim->run.options, " --visitors %u --staff %u", sim->visitors, sim->staff);
	return sim->visitors > 0 && sim->staff > 0;
}

int
main(int count, char **arguments)
{
	struct sim sim = { .run = { .play = "", .steps = 100000 }, .visitors = 300, .staff = 40 };

	secret_init();
	secret_random(&sim.run.seed, 4);
	log_set_level(LOG_ERROR + 1);
	if (count > 1 && strcmp(arguments[1], "year") == 0)
		return year_play(arguments + 2, sim.run.seed);
	if (!take_options(&sim, arguments + 1)) {
		fprintf(stderr,
		    "usage: sim [--seed N] [--steps N] [--visitors N] [--staff N]\n"
		    "       sim year [--seed N] [--steps N] [--plant FAULT]\n");
		return 2;
	}
	begin(&sim);
	for (sim.run.step = 1; sim.run.step <= sim.run.steps; sim.run.step++) {
		sim_step(&sim);
		if (sim.run.step % 20000 == 0)
			look_at_everything(&sim);
	}
	sim.run.step = sim.run.steps;
	look_at_everything(&sim);
	say_what_happened(&sim);
	if (sim.run.steps >= 100000)
		check_variety(&sim);
	end(&sim);
	printf("1 passed, 0 failed\n");
	return 0;
}
