/* What a lead changes in the year: pools, settings, who goes first, who is in which team and can what (see year.h). */
#include "tests/sim/year_inside.h"

static void
lead_sends(struct year *year, const char *command, json_t *body)
{
	post_send(year, post_new(kit_administrator(year->desk), command, body));
}

static void
change_pool(struct year *year)
{
	int pool = (int)year_chance(year, POOLS);
	json_int_t size = 1 + (json_int_t)year_chance(year, 4), cap = 3 + (json_int_t)year_chance(year, 8);
	const struct pool_now *now = &year->after.pools[pool];

	year->counts.shrunk += size < now->used;
	lead_sends(
	    year, "pool.change", json_pack("{s:I, s:I, s:I}", "pool", (json_int_t)now->id, "size", size, "cap", cap));
}

static void
change_settings(struct year *year)
{
	bool is_quiet = year_happens(year, 700);

	lead_sends(year, "setting.change",
	    json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i}", "wait_for_somebody",
		year_happens(year, 800) ? "yes" : "no", "strict", year_happens(year, 400) ? "yes" : "no", "offers",
		year_happens(year, 850) ? "yes" : "no", "quiet_minutes", is_quiet ? 10 : 0, "quiet_warn_minutes",
		is_quiet ? 20 : 0, "quiet_close_minutes", is_quiet ? 30 : 0, "handover_seats",
		(int)year_chance(year, 3), "wishes_seconds", year_happens(year, 300) ? 0 : 120, "offer_seconds",
		year_happens(year, 300) ? 30 : 60));
}

static void
free_a_seat(struct year *year)
{
	int first = (int)year_chance(year, PEOPLE);

	for (int i = 0; i < PEOPLE; i++) {
		struct staff *staff = &year->people[(first + i) % PEOPLE];

		if (year->after.duties[staff->index].seat == NO_SEAT)
			continue;
		year->counts.freed++;
		lead_sends(year, "seat.free",
		    json_pack("{s:I, s:s}", "person", (json_int_t)staff->who->person, "reason", "Has forgotten it"));
		return;
	}
}

/* A team loses its pool, if nobody of it is on duty; or has one again. */

static void
is_founded(struct year *year, struct letter *letter)
{
	year->counts.founded += letter->answer.is_ok;
}

static void
is_closed(struct year *year, struct letter *letter)
{
	year->counts.closed += letter->answer.is_ok;
}

static void
found_or_close(struct year *year)
{
	const struct pool_now *pool = &year->after.pools[1 + year_chance(year, TEAMS)];
	struct letter *letter;

	if (pool->is_removed)
		letter = post_new(kit_administrator(year->desk), "pool.add",
		    json_pack("{s:s, s:I, s:i, s:i}", "id", post_id(year), "team", (json_int_t)pool->team, "size",
			1 + (int)year_chance(year, 3), "cap", 4 + (int)year_chance(year, 5)));
	else
		letter = post_new(
		    kit_administrator(year->desk), "pool.remove", json_pack("{s:I}", "pool", (json_int_t)pool->id));
	letter->then = pool->is_removed ? is_founded : is_closed;
	post_send(year, letter);
}

/* Somebody goes to another team: from their next signing in on their pool is that one's. */
static void
move_somebody(struct year *year)
{
	struct staff *staff = &year->people[year_chance(year, PEOPLE)];
	int was = staff->team;

	staff_live(year);
	staff->team = (int)year_chance(year, TEAMS + 1) - 1;
	year->counts.moved += staff->team != was;
	if (was >= 0)
		cast_tell_members(year, was);
	if (staff->team >= 0)
		cast_tell_members(year, staff->team);
	year->run.step++;
	look(year);
}

static void
teach_somebody(struct year *year)
{
	struct staff *staff = &year->people[year_chance(year, PEOPLE)];

	staff_live(year);
	year->counts.taught++;
	staff->cap = year_happens(year, 500) ? 0 : 2 + year_chance(year, 4);
	staff->topics = year_happens(year, 500) ? 0 : year_chance(year, 1u << TOPICS);
	staff->languages = year_happens(year, 500) ? 0 : year_chance(year, 1u << LANGUAGES);
	cast_tell_abilities(year, staff);
	year->run.step++;
	look(year);
}

static void
is_hurried(struct year *year, struct letter *letter)
{
	letter->caller->is_hurried = true;
	letter->caller->is_done = letter->answer.is_ok && letter->tries == 0;
	year->counts.hurried += letter->answer.is_ok;
}

/* A visitor who waits goes before the others, or not any more. */
void
lead_hurries(struct year *year, void *who, int64_t what)
{
	struct caller *caller = who;
	const struct chat_now *chat = picture_of_caller(&year->after, caller->index);
	struct letter *letter;

	(void)what;
	if (chat == NULL || chat->is_owned || caller->hurry >= 0)
		return;
	caller->hurry = year_happens(year, 300) ? 0 : 1 + year_chance(year, 9);
	letter = post_new(kit_administrator(year->desk), "chat.priority",
	    json_pack("{s:s, s:s, s:I}", "conversation", caller->key, "id", post_id(year), "priority",
		(json_int_t)caller->hurry));
	letter->caller = caller;
	letter->then = is_hurried;
	post_send(year, letter);
	if (year_happens(year, 300))
		year_plan(year, year->now + year_between(year, SECOND, MINUTE), lead_hurries, caller, 0, NULL);
}

void
lead_acts(struct year *year, void *who, int64_t what)
{
	unsigned chance = year_chance(year, 1000);

	(void)who;
	(void)what;
	if (chance < 300)
		change_pool(year);
	else if (chance < 450)
		change_settings(year);
	else if (chance < 650)
		free_a_seat(year);
	else if (chance < 850)
		found_or_close(year);
	else if (chance < 920 && year->is_up)
		move_somebody(year);
	else if (year->is_up)
		teach_somebody(year);
}
