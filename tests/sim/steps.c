/* What happens next: one actor does something, or the world does: see sim.h. */
#include <string.h>

#include "base/clock.h"
#include "tests/sim/sim.h"

#define OUTBOX_MAX 8

/* ---- Choosing ---- */

static struct actor_model *
any_visitor(struct sim *sim)
{
	return sim->model.actors->pdata[sim_chance(sim, sim->visitors)];
}

static struct actor_model *
any_staff(struct sim *sim)
{
	return sim->model.actors->pdata[sim->visitors + sim_chance(sim, sim->staff)];
}

/* Somebody's conversation, in that state where `wants_state`; NULL where a few tries find none. */
static struct talk *
any_talk(struct sim *sim, bool wants_state, enum state state)
{
	for (unsigned tries = 0; tries < 8 && sim->model.talks->len > 0; tries++) {
		struct talk *talk = sim->model.talks->pdata[sim_chance(sim, sim->model.talks->len)];

		if (talk->key[0] != '\0' && (!wants_state || talk->state == state))
			return talk;
	}
	return NULL;
}

static struct talk *
own_talk(struct sim *sim, const struct actor_model *who)
{
	guint count = sim->model.talks->len, start = count == 0 ? 0 : sim_chance(sim, count);

	for (guint i = 0; i < count; i++) {
		struct talk *talk = sim->model.talks->pdata[(start + i) % count];

		if (talk->state == OWNED && talk->owner == who && talk->key[0] != '\0')
			return talk;
	}
	return NULL;
}

/* One in which somebody is a guest. */
static struct talk *
visited_talk(struct sim *sim, const struct actor_model *who)
{
	guint count = sim->model.talks->len, start = count == 0 ? 0 : sim_chance(sim, count);

	for (guint i = 0; i < count; i++) {
		struct talk *talk = sim->model.talks->pdata[(start + i) % count];

		if (talk->key[0] != '\0' && model_is_guest(talk, who))
			return talk;
	}
	return NULL;
}

static char *
any_text(struct sim *sim)
{
	static const char *const texts[] = { "Good morning!", "Is the lamp in stock?", "Größe 38, bitte – 東京へ?",
		"line one\nline two\ttab", "\"quotes\" and \\ back\\slashes", "<b>not bold</b> & </script>",
		"'; DROP TABLE item; --", "\xf0\x9f\x8f\xae" };

	return g_strdup_printf("%s %u", texts[sim_chance(sim, G_N_ELEMENTS(texts))], sim->run.step);
}

/* ---- Deeds ---- */

static void
say(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	struct letter *letter;

	if (talk == NULL || talk->key[0] == '\0' || who->outbox->len >= OUTBOX_MAX)
		return;
	letter = letter_new(sim, SAY, who, talk);
	letter->text = any_text(sim);
	sim->counts.messages++;
	sim_send(sim, letter);
}

static void
start(struct sim *sim, struct actor_model *who)
{
	struct letter *letter = letter_new(sim, START, who, who->talk);

	/* A refused chat must not leave its name behind either. */
	letter->name = g_strdup_printf("Vera %u", sim_chance(sim, 1000));
	if (sim_happens(sim, 700))
		letter->text = any_text(sim);
	sim->counts.chats++;
	sim_send(sim, letter);
}

static void
note(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	struct letter *letter;

	if (talk == NULL || talk->key[0] == '\0')
		return;
	letter = letter_new(sim, NOTE, who, talk);
	letter->text = any_text(sim);
	if (sim_happens(sim, 300))
		letter->corrects = 1 + sim_chance(sim, talk->entries->len + 2);
	sim->counts.notes++;
	sim_send(sim, letter);
}

static void
whisper(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	struct letter *letter;

	if (talk == NULL || talk->key[0] == '\0')
		return;
	letter = letter_new(sim, WHISPER, who, talk);
	letter->text = any_text(sim);
	sim->counts.whispers++;
	sim_send(sim, letter);
}

/* To whom or where a chat is handed, and with what words. */
static void
address(struct sim *sim, struct letter *letter)
{
	if (sim_happens(sim, 400))
		letter->team = &sim->model.teams[sim_chance(sim, TEAMS)];
	else
		letter->to = any_staff(sim);
	if (sim_happens(sim, 500))
		letter->text = any_text(sim);
	sim->counts.transfers++;
}

static void
move(struct sim *sim, enum deed deed, struct actor_model *who, struct talk *talk)
{
	struct letter *letter;

	if (talk == NULL || talk->key[0] == '\0')
		return;
	letter = letter_new(sim, deed, who, talk);
	if (deed == HAND)
		address(sim, letter);
	if (deed == INVITE || (deed == LEAVE && talk->owner == who && talk->guests->len == 0))
		letter->to = any_staff(sim);
	if (deed == LEAVE && talk->guests->len > 0 && sim_happens(sim, 500))
		letter->to = talk->guests->pdata[sim_chance(sim, talk->guests->len)];
	sim->counts.joined += deed == INVITE;
	sim->counts.reopened += deed == REOPEN;
	sim_send(sim, letter);
}

static void
set_status(struct sim *sim, struct actor_model *who, bool online)
{
	struct letter *letter = letter_new(sim, STATUS, who, NULL);

	letter->online = online;
	sim_send(sim, letter);
}

/* In the same words' place: one in twenty is a file. */
static void
say_or_send(struct sim *sim, struct actor_model *who, struct talk *talk)
{
	if (talk != NULL && talk->key[0] != '\0' && sim->batch == NULL && who->outbox->len == 0 && sim_happens(sim, 50))
		send_file(sim, who, talk);
	else
		say(sim, who, talk);
}

/* Something that was answered long ago is sent once more. */
static void
repeat(struct sim *sim, struct actor_model *who)
{
	struct letter *letter;

	if (who->answered->len == 0)
		return;
	letter = who->answered->pdata[sim_chance(sim, who->answered->len)];
	if (letter->deed == SAY || letter->deed == NOTE || letter->deed == WHISPER ||
	    kit_now(sim->desk) - letter->committed_at < 6 * MS_PER_DAY)
		sim_send(sim, letter);
}

/* Goes on reading one of the conversations that it follows, or begins with another. */
static void
read_on(struct sim *sim, struct actor_model *who)
{
	struct view *view = &who->views[sim_chance(sim, VIEWS_MAX)];

	if (sim->batch != NULL || who->is_cut)
		return;
	if (view->talk == NULL || sim_happens(sim, 60)) {
		struct talk *talk = who->is_visitor && sim_happens(sim, 950) ? who->talk : any_talk(sim, false, CLOSED);

		*view = (struct view) { .talk = talk };
	}
	if (view->talk == NULL || view->talk->key[0] == '\0')
		return;
	read_view(sim, who, view);
	if (sim_happens(sim, 300))
		move_reading(sim, who, view->talk);
}

static void
visitor_acts(struct sim *sim, struct actor_model *who)
{
	bool is_open = who->talk != NULL && who->talk->state != CLOSED;
	unsigned chance = sim_chance(sim, 1000);

	if (chance < 40)
		who->is_cut = true;
	else if (chance < 60)
		move(sim, END, who, who->talk);
	else if (chance < 75)
		start(sim, who);
	else if (chance < 80)
		move(sim, REOPEN, who, who->talk);
	else if (chance < 90)
		say(sim, who, any_talk(sim, false, CLOSED));
	else if (chance < 95)
		note(sim, who, who->talk);
	else if (chance < 130)
		repeat(sim, who);
	else if (chance < 160 && sim->batch == NULL)
		read_visit(sim, who);
	else if (chance < 450)
		read_on(sim, who);
	else if (is_open)
		say_or_send(sim, who, who->talk);
	else if (chance < 520)
		move(sim, REOPEN, who, who->talk);
	else if (chance < 700)
		start(sim, who);
	else
		say(sim, who, who->talk);
}

static void
staff_acts(struct sim *sim, struct actor_model *who)
{
	unsigned chance = sim_chance(sim, 1000);

	if (!who->is_online && chance < 600)
		set_status(sim, who, true);
	else if (chance < 10)
		set_status(sim, who, false);
	else if (chance < 20)
		who->is_cut = true;
	else if (chance < 300)
		move(sim, TAKE, who, any_talk(sim, true, WAITING));
	else if (chance < 350)
		move(sim, (enum deed)(TAKE + sim_chance(sim, 6)), who, any_talk(sim, false, CLOSED));
	else if (chance < 400)
		note(sim, who, any_talk(sim, false, CLOSED));
	else if (chance < 410)
		whisper(sim, who, any_talk(sim, false, CLOSED));
	else if (chance < 420)
		whisper(sim, who, visited_talk(sim, who));
	else if (chance < 445)
		move(sim, INVITE, who, own_talk(sim, who));
	else if (chance < 450)
		move(sim, LEAVE, who, sim_happens(sim, 500) ? own_talk(sim, who) : visited_talk(sim, who));
	else if (chance < 480)
		move(sim, RELEASE, who, own_talk(sim, who));
	else if (chance < 520)
		move(sim, HAND, who, own_talk(sim, who));
	else if (chance < 590)
		move(sim, END, who, own_talk(sim, who));
	else if (chance < 620)
		repeat(sim, who);
	else if (chance < 625 && sim->batch == NULL && who->is_signed_in &&
	    (who->role == ROLE_LEAD || who->role == ROLE_ADVISOR))
		read_list(sim, who);
	else if (chance < 750)
		read_on(sim, who);
	else if (chance < 770)
		say(sim, who, any_talk(sim, false, CLOSED));
	else if (chance < 790)
		say(sim, who, visited_talk(sim, who));
	else
		say_or_send(sim, who, own_talk(sim, who));
}

/* Whoever is cut off writes on, and comes back some time. */
static void
cut_off(struct sim *sim, struct actor_model *who)
{
	if (sim->batch == NULL && sim_happens(sim, 400))
		sim_come_back(sim, who);
	else if (who->is_visitor)
		say(sim, who, who->talk);
	else
		say(sim, who, own_talk(sim, who));
}

static void
sign_in(struct sim *sim, struct actor_model *who)
{
	if (sim->batch != NULL || who->is_disabled)
		return;
	kit_sign_in(sim->desk, who->who);
	who->is_signed_in = true;
}

static void
somebody_acts(struct sim *sim)
{
	struct actor_model *who = sim_happens(sim, 500) ? any_visitor(sim) : any_staff(sim);

	if (who->is_cut)
		cut_off(sim, who);
	else if (who->outbox->len > 0 && sim->batch == NULL)
		sim_come_back(sim, who);
	else if (who->is_visitor)
		visitor_acts(sim, who);
	else if (!who->is_signed_in && sim_happens(sim, 700))
		sign_in(sim, who);
	else
		staff_acts(sim, who);
}

/* ---- The administrator and the world ---- */

static void
administrator_acts(struct sim *sim)
{
	static const enum role roles[] = { ROLE_ADVISOR, ROLE_ADVISOR, ROLE_LEAD, ROLE_BACKUP, ROLE_CONSULTANT };
	static const enum deed deeds[] = { ROLE, DISABLE, ENABLE, ENABLE };
	struct actor_model *ada = sim->model.actors->pdata[sim->visitors + sim->staff];
	struct letter *letter = letter_new(sim, deeds[sim_chance(sim, G_N_ELEMENTS(deeds))], ada, NULL);

	letter->to = any_staff(sim);
	letter->role = roles[sim_chance(sim, G_N_ELEMENTS(roles))];
	sim_send(sim, letter);
}

static void
many_act_at_once(struct sim *sim)
{
	unsigned count = 2 + sim_chance(sim, 12);

	sim_batch_begin(sim);
	for (unsigned i = 0; i < count; i++) {
		if (sim_happens(sim, 20))
			administrator_acts(sim);
		else
			somebody_acts(sim);
	}
	sim_batch_end(sim);
}

/* As the program does it by itself. */
static void
rounds(struct sim *sim)
{
	kit_jobs(sim->desk);
	model_rounds(&sim->model, 50, kit_now(sim->desk));
	for (guint i = 0; i < sim->model.talks->len; i++) {
		struct talk *talk = sim->model.talks->pdata[i];

		if (talk->checked < talk->entries->len)
			look_at_talk(sim, talk);
	}
	sim->counts.rounds++;
}

static void
world_turns(struct sim *sim)
{
	unsigned chance = sim_chance(sim, 4);

	if (chance == 0) {
		kit_kill(sim->desk);
		sim->counts.kills++;
	} else if (chance == 1) {
		kit_restart(sim->desk);
		sim->counts.restarts++;
	} else if (chance == 2) {
		/* Hours ahead, or minutes back, as when somebody sets the machine's clock. */
		kit_wait(sim->desk,
		    sim_happens(sim, 500) ? sim_chance(sim, 6 * MS_PER_HOUR)
					  : -(int64_t)sim_chance(sim, 5 * MS_PER_MINUTE));
		sim->counts.jumps++;
	} else {
		rounds(sim);
	}
}

void
sim_step(struct sim *sim)
{
	unsigned chance = sim_chance(sim, 10000);

	kit_wait(sim->desk, sim_chance(sim, 3000));
	if (chance < 20)
		world_turns(sim);
	else if (chance < 50)
		administrator_acts(sim);
	else if (chance < 500)
		many_act_at_once(sim);
	else
		somebody_acts(sim);
	look_at_told(sim);
}
