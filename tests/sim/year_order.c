/* What must be so of orders and of where everybody stands, after every step of the year (see year.h). */
#include "tests/sim/year_inside.h"

/* ---- Who stands where ---- */

/* Into the pools. */
static int
pool_of_team(const struct year *year, int64_t team)
{
	for (int i = 1; i < POOLS; i++) {
		if (year->after.pools[i].team == team && !year->after.pools[i].is_removed)
			return i;
	}
	return 0;
}

static void
check_pool_of_chat(struct year *year, const struct chat_now *chat)
{
	if (chat->pool != (chat->team == 0 ? 0 : pool_of_team(year, chat->team)))
		year_broken(year, "chat %" G_GINT64_FORMAT " stands in the line of pool %" G_GINT64_FORMAT, chat->id,
		    year->after.pools[chat->pool].id);
}

/* Whoever is on duty keeps the pool, whatever becomes of their team. */
static void
check_pool_of_person(struct year *year, const struct staff *staff)
{
	const struct duty_now *now = &year->after.duties[staff->index], *was = &year->before.duties[staff->index];
	int wanted = staff->team < 0 ? 0 : pool_of_team(year, year->teams[staff->team]);

	if (was->state != OFFLINE)
		wanted = was->pool;
	if (now->state != OFFLINE && now->pool != wanted)
		year_broken(
		    year, "%s is on duty in pool %" G_GINT64_FORMAT, staff->who->name, year->after.pools[now->pool].id);
}

/* ---- Lines ---- */

/* At no commit is a seat free while somebody waits for it, and nobody is let in before who stands ahead. */
static void
check_line_of_seats(struct year *year, int person)
{
	const struct duty_now *now = &year->after.duties[person], *was = &year->before.duties[person];

	if (now->state != IN_LINE || now->gone_since != 0)
		return;
	if (year->after.pools[now->pool].used < year->after.pools[now->pool].size)
		year_broken(year, "%s waits for a seat, and one is free", year->people[person].who->name);
	if (was->state != IN_LINE || was->gone_since != 0)
		return;
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *other = &year->before.duties[i];
		bool was_ahead = other->state == IN_LINE && other->line_since <= was->line_since;

		if (year->after.duties[i].pool == now->pool && year->after.duties[i].seat == OWN_SEAT &&
		    other->seat == NO_SEAT && !was_ahead)
			year_broken(
			    year, "%s got a seat before %s", year->people[i].who->name, year->people[person].who->name);
	}
}

static bool
keeps_place(const struct duty_now *duty)
{
	return duty->state == IN_LINE || duty->state == ON_PHONE;
}

/* Whoever stands in the line for seats, or keeps a place in it, keeps that one; whoever comes stands behind. */
static void
check_place_for_seat(struct year *year, int person)
{
	const struct duty_now *now = &year->after.duties[person], *was = &year->before.duties[person];

	if (!keeps_place(now))
		return;
	if (keeps_place(was) && was->line_since != now->line_since)
		year_broken(year, "%s has another place in the line for seats", year->people[person].who->name);
	for (int i = 0; !keeps_place(was) && i < PEOPLE; i++) {
		const struct duty_now *other = &year->before.duties[i];

		if (keeps_place(other) && keeps_place(&year->after.duties[i]) && other->pool == now->pool &&
		    other->line_since >= now->line_since)
			year_broken(year, "%s stands ahead of %s in the line for seats, who was there before",
			    year->people[person].who->name, year->people[i].who->name);
	}
}

static bool
is_ahead(const struct chat_now *one, const struct chat_now *other)
{
	if (one->priority != other->priority)
		return one->priority > other->priority;
	return one->waiting_since < other->waiting_since ||
	    (one->waiting_since == other->waiting_since && one->id < other->id);
}

/*
 * Whether somebody may stand ahead who did not: with a higher priority, or as one who had somebody or stood elsewhere or was said to go first no
 * more, and keeps their time.
 */
static bool
may_come_ahead(const struct chat_now *one, const struct chat_now *other, const struct chat_now *was)
{
	if (one->priority > other->priority)
		return true;
	return was != NULL && (was->is_owned || was->pool != one->pool || was->priority != one->priority);
}

static void
check_place(struct year *year, const struct chat_now *chat)
{
	const struct chat_now *was = picture_chat(&year->before, chat->id);

	if (chat->is_owned || was == NULL || was->is_owned || was->pool != chat->pool ||
	    was->priority != chat->priority)
		return;
	for (guint i = 0; i < year->after.chats->len; i++) {
		const struct chat_now *other = chat_at(&year->after, i), *had = picture_chat(&year->before, other->id);

		if (other->is_owned || other->pool != chat->pool || !is_ahead(other, chat))
			continue;
		if (had != NULL && !had->is_owned && had->pool == was->pool && is_ahead(had, was))
			continue;
		if (!may_come_ahead(other, chat, had))
			year_broken(year,
			    "chat %" G_GINT64_FORMAT " stands ahead of chat %" G_GINT64_FORMAT
			    ", which was there before",
			    other->id, chat->id);
	}
}

/* ---- Who goes first ---- */

/* As a lead said last, also where the answer to it got lost; a new chat is like all others. */
static void
check_priority(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	int64_t wanted = chat->id == caller->chat ? caller->priority : 0;

	if (chat->priority != wanted && chat->priority != caller->hurry)
		year_broken(year,
		    "chat %" G_GINT64_FORMAT " has priority %" G_GINT64_FORMAT ", and nobody gave it that", chat->id,
		    chat->priority);
	if (caller->is_hurried && caller->is_done && chat->priority != caller->hurry)
		year_broken(year,
		    "chat %" G_GINT64_FORMAT " has priority %" G_GINT64_FORMAT ", and was given %" G_GINT64_FORMAT,
		    chat->id, chat->priority, caller->hurry);
	caller->chat = chat->id;
	caller->priority = chat->priority;
}

static void
forget_hurries(struct year *year)
{
	for (int i = 0; i < CALLERS; i++) {
		if (year->callers[i].is_hurried)
			year->callers[i].hurry = -1;
		year->callers[i].is_hurried = false;
	}
}

static int64_t
key_of(int64_t chat, int person)
{
	return chat * PEOPLE + person;
}

static void
note_asked(struct year *year, int64_t chat, int person)
{
	int64_t key = key_of(chat, person);

	if (!g_hash_table_contains(year->asked, &key))
		g_hash_table_add(year->asked, g_memdup2(&key, sizeof key));
}

/* Nobody stood ahead of it whom they could have been asked to take, and were not yet. */
static void
check_overtaken(struct year *year, const struct offer_now *offer)
{
	const struct chat_now *chat = picture_chat(&year->after, offer->chat);

	for (guint i = 0; i < year->after.chats->len; i++) {
		const struct chat_now *other = chat_at(&year->after, i);
		int64_t key = key_of(other->id, offer->person);

		if (other->is_owned || other->offered_to >= 0 || other->pool != chat->pool || !is_ahead(other, chat) ||
		    !times_fits(year, other, offer->person) || g_hash_table_contains(year->asked, &key))
			continue;
		year_broken(year,
		    "%s was asked to take chat %" G_GINT64_FORMAT ", and chat %" G_GINT64_FORMAT " stands ahead of it",
		    year->people[offer->person].who->name, chat->id, other->id);
	}
}

static void
check_offers(struct year *year)
{
	for (guint i = 0; i < year->after.offers->len; i++) {
		if (offer_at(&year->after, i)->id > year->before.last_offer)
			check_overtaken(year, offer_at(&year->after, i));
	}
	for (guint i = 0; i < year->after.offers->len; i++)
		note_asked(year, offer_at(&year->after, i)->chat, offer_at(&year->after, i)->person);
	for (guint i = 0; i < year->after.chats->len; i++) {
		if (chat_at(&year->after, i)->is_owned)
			note_asked(year, chat_at(&year->after, i)->id, chat_at(&year->after, i)->owner);
	}
}

/* ---- All of it ---- */

void
order_check(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		check_pool_of_person(year, &year->people[i]);
		check_line_of_seats(year, i);
		check_place_for_seat(year, i);
	}
	for (guint i = 0; i < year->after.chats->len; i++) {
		const struct chat_now *chat = chat_at(&year->after, i);

		check_pool_of_chat(year, chat);
		check_place(year, chat);
		if (chat->caller >= 0)
			check_priority(year, &year->callers[chat->caller], chat);
	}
	forget_hurries(year);
	check_offers(year);
}
