/*
 * The simulation: a seed drives hundreds of random actors on the real desk (tests/kit/desk.h), next to a model of what must come
 * out (model.h).
 *
 * Invariants, after every step:
 *     P1  what was acknowledged is there          P5  once, however often and by whatever way it was sent
 *     P6  seq = 1..n, one order for all; a visitor's view is that of staff without the internal items (notes, whispers)
 *     P7  a reader who goes on from a cursor gets exactly what was missed
 *     P8  nothing is told or shown that is not in the store
 *     P9  what was delivered or seen never goes back, and no reading is ahead of the log
 *     P21 a chat that is handed on is somebody's or waits, with its note or not at all
 *     P11 a chat is exactly one of waiting, owned, closed, with at most one owner
 *     a refused command leaves no trace; every command ends as the model says
 * and now and then, and at the end, everything at once: both chains (P10), every number recounted (P37), every log from its start.
 */
#pragma once

#include "tests/sim/model.h"
#include "tests/sim/run.h"

struct told {
	char key[KEY_CHARS + 1];
	int64_t seq;
	char *text;
};

/* A letter of a batch that waits for the commit. */
struct pending {
	struct letter *letter;
	struct verdict verdict;
	struct kit_answer answer;
};

struct sim_counts {
	unsigned done, refused, again, lost, unanswered, dropped, batches, batched, kills, restarts, reads, jumps,
	    visits, lists, rounds, messages, notes, whispers, transfers, joined, reopened, chats, readings, files;
};

struct sim {
	struct run run;
	struct kit_desk *desk;
	struct model model;
	unsigned visitors, staff;
	GPtrArray *letters; /* every one, for the end */
	GArray *told;       /* of struct told: events of this step */
	GPtrArray *batch;   /* of struct pending; NULL: changes are not held */
	struct sim_counts counts;
};

#define sim_broken(sim_, ...) run_broken(&(sim_)->run, __VA_ARGS__)

static inline unsigned
sim_chance(struct sim *sim, unsigned below)
{
	return run_chance(&sim->run, below);
}

static inline bool
sim_happens(struct sim *sim, unsigned in_thousand)
{
	return run_happens(&sim->run, in_thousand);
}

/* world.c: letters and answers. */
struct letter *letter_new(struct sim *sim, enum deed deed, struct actor_model *from, struct talk *talk);
void sim_send(struct sim *sim, struct letter *letter);
void sim_come_back(struct sim *sim, struct actor_model *who);
void sim_batch_begin(struct sim *sim);
void sim_batch_end(struct sim *sim);
void sim_listen(void *sim, const struct event *event);

/* look.c: what the store and the doors show, compared with the model. */
void look_at_talk(struct sim *sim, struct talk *talk);
void look_at_told(struct sim *sim);
void look_at_everything(struct sim *sim);
void read_view(struct sim *sim, struct actor_model *who, struct view *view);
void read_visit(struct sim *sim, struct actor_model *visitor);
void read_list(struct sim *sim, struct actor_model *who);

/* soft.c: files and readings. */
void compare_readings(struct sim *sim, const struct talk *talk, const json_t *readings);
void move_reading(struct sim *sim, struct actor_model *who, struct talk *talk);
void send_file(struct sim *sim, struct actor_model *who, struct talk *talk);

/* steps.c: what an actor does next. */
void sim_step(struct sim *sim);
