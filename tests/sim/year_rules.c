/* What must be so after every step of the year, written down once more (see year.h); the time of it in year_times.c. */
#include <string.h>

#include "base/limits.h"
#include "tests/sim/year_inside.h"

static const char *
name_of(const struct year *year, int person)
{
	return person < 0 ? "nobody" : year->people[person].who->name;
}

/* ---- P11, P21: every chat is in one place ---- */

static unsigned
open_offers(const struct year *year, const struct chat_now *chat)
{
	unsigned count = 0;

	for (guint i = 0; i < year->after.offers->len; i++) {
		const struct offer_now *offer = offer_at(&year->after, i);

		count += offer->chat == chat->id && offer->person == chat->offered_to;
	}
	return count;
}

static void
check_places(struct year *year)
{
	const struct picture *now = &year->after;
	unsigned asked = 0;

	for (guint i = 0; i < now->chats->len; i++) {
		const struct chat_now *chat = chat_at(now, i);

		if (chat->is_owned != (chat->owner >= 0) || (chat->is_owned && chat->offered_to >= 0))
			year_broken(year, "chat %" G_GINT64_FORMAT " is owned by %s and offered to %s", chat->id,
			    name_of(year, chat->owner), name_of(year, chat->offered_to));
		if (chat->is_owned && now->duties[chat->owner].seat == NO_SEAT)
			year_broken(year, "chat %" G_GINT64_FORMAT " is owned by %s, who has no seat", chat->id,
			    name_of(year, chat->owner));
		if (chat->offered_to >= 0 && open_offers(year, chat) != 1)
			year_broken(year, "chat %" G_GINT64_FORMAT " has %u offers to %s", chat->id,
			    open_offers(year, chat), name_of(year, chat->offered_to));
		asked += chat->offered_to >= 0;
	}
	if (asked != now->offers->len)
		year_broken(year, "%u offers are open for %u chats", now->offers->len, asked);
}

/* ---- P12: counters, seats, caps ---- */

static int64_t
load_of(const struct picture *picture, int person)
{
	int64_t load = 0;

	for (guint i = 0; i < picture->chats->len; i++) {
		const struct chat_now *chat = chat_at(picture, i);

		load += (chat->owner == person && !chat->is_quiet) || chat->offered_to == person;
	}
	return load;
}

static int64_t
owned_by(const struct picture *picture, int person)
{
	int64_t owned = 0;

	for (guint i = 0; i < picture->chats->len; i++)
		owned += chat_at(picture, i)->owner == person;
	return owned;
}

static int64_t
cap_of(const struct year *year, int person)
{
	return year->people[person].cap == 0 ? year->settings.chats_each : year->people[person].cap;
}

static void
check_duty(struct year *year, int person)
{
	const struct duty_now *duty = &year->after.duties[person];
	bool is_able = duty->state == ONLINE && duty->gone_since == 0 && duty->load < duty->cap;

	if (duty->state == OFFLINE)
		return;
	if (duty->load != load_of(&year->after, person))
		year_broken(year,
		    "%s has %" G_GINT64_FORMAT " chats that count, and the counter says %" G_GINT64_FORMAT,
		    name_of(year, person), load_of(&year->after, person), duty->load);
	if (duty->is_able != is_able)
		year_broken(year, "%s is %s with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " chats, and %s",
		    name_of(year, person), duty_words[duty->state], duty->load, duty->cap,
		    duty->is_able ? "able" : "not able");
	if ((duty->seat == NO_SEAT) != (duty->state == IN_LINE || duty->state == ON_PHONE))
		year_broken(year, "%s is %s with seat %s", name_of(year, person), duty_words[duty->state],
		    seat_words[duty->seat]);
	if (duty->cap != cap_of(year, person))
		year_broken(year, "%s has a cap of %" G_GINT64_FORMAT ", and was given %" G_GINT64_FORMAT,
		    name_of(year, person), duty->cap, cap_of(year, person));
	if (owned_by(&year->after, person) > LIMIT_ADVISOR_CHATS)
		year_broken(year, "%s has too many chats", name_of(year, person));
}

static void
check_pool(struct year *year, int pool)
{
	const struct pool_now *now = &year->after.pools[pool], *was = &year->before.pools[pool];
	int64_t used = 0, extra = 0, chats = 0;

	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];

		if (duty->state == OFFLINE || duty->pool != pool)
			continue;
		used += duty->seat == OWN_SEAT;
		extra += duty->seat == BACKUP_SEAT || duty->seat == HANDOVER_SEAT;
		chats += duty->load;
	}
	if (now->used != used || now->extra != extra || now->chats != chats)
		year_broken(year,
		    "pool %" G_GINT64_FORMAT " counts %" G_GINT64_FORMAT " seats, %" G_GINT64_FORMAT
		    " extra, %" G_GINT64_FORMAT " chats; there are %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
		    ", %" G_GINT64_FORMAT,
		    now->id, now->used, now->extra, now->chats, used, extra, chats);
	if (now->used > MAX(now->size, was->used))
		year_broken(year,
		    "pool %" G_GINT64_FORMAT " has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " seats in use", now->id,
		    now->used, now->size);
}

/* A seat beyond the size: a back-up while visitors wait, or somebody for each who winds down, as far as the setting goes. */
static void
check_extra(struct year *year, int person)
{
	const struct duty_now *now = &year->after.duties[person], *was = &year->before.duties[person];
	int64_t winding = 0, handed = 0, waiting = 0;

	if (now->seat == was->seat || now->seat == NO_SEAT || now->seat == OWN_SEAT)
		return;
	for (int i = 0; i < PEOPLE; i++) {
		winding += year->after.duties[i].pool == now->pool && year->after.duties[i].state == WINDING;
		handed += year->after.duties[i].pool == now->pool && year->after.duties[i].seat == HANDOVER_SEAT;
	}
	for (guint i = 0; i < year->after.chats->len; i++)
		waiting += !chat_at(&year->after, i)->is_owned && chat_at(&year->after, i)->pool == now->pool;
	if (now->seat == BACKUP_SEAT && (waiting == 0 || year->people[person].role != ROLE_BACKUP))
		year_broken(year, "%s was let in as a back-up while nobody waits", name_of(year, person));
	if (now->seat == HANDOVER_SEAT && handed > MIN(winding, year->settings.handover_seats))
		year_broken(year,
		    "%s was given a seat to hand over, one of %" G_GINT64_FORMAT " for %" G_GINT64_FORMAT
		    " who wind down",
		    name_of(year, person), handed, winding);
}

/* Chats of theirs that were quiet and are not any more: they count even beyond a cap. */
static int64_t
woken(const struct year *year, int person, int pool)
{
	int64_t count = 0;

	for (guint i = 0; i < year->after.chats->len; i++) {
		const struct chat_now *chat = chat_at(&year->after, i), *was = picture_chat(&year->before, chat->id);

		count += chat->is_owned && !chat->is_quiet && was != NULL && was->is_quiet &&
		    (chat->owner == person || (pool >= 0 && year->after.duties[chat->owner].pool == pool));
	}
	return count;
}

static void
check_strict(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *now = &year->after.duties[i], *was = &year->before.duties[i];

		if (now->state != OFFLINE && now->load > MAX(now->cap, was->load + woken(year, i, -1)))
			year_broken(year, "strict: %s has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " chats",
			    name_of(year, i), now->load, now->cap);
	}
	for (int i = 0; i < POOLS; i++) {
		const struct pool_now *now = &year->after.pools[i], *was = &year->before.pools[i];

		if (now->chats > MAX(now->cap, was->chats + woken(year, -2, i)))
			year_broken(year,
			    "strict: pool %" G_GINT64_FORMAT " has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " chats",
			    now->id, now->chats, now->cap);
	}
}

static void
check_new_offers(struct year *year)
{
	for (guint i = 0; i < year->after.offers->len; i++) {
		const struct offer_now *offer = offer_at(&year->after, i);
		const struct duty_now *duty = &year->after.duties[offer->person];
		const struct pool_now *pool = &year->after.pools[duty->pool];

		if (offer->id <= year->before.last_offer)
			continue;
		if (duty->load > duty->cap || pool->chats > pool->cap)
			year_broken(year,
			    "%s was asked to take one more, with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
			    " chats in a pool with %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
			    name_of(year, offer->person), duty->load, duty->cap, pool->chats, pool->cap);
		if (duty->state != ONLINE || duty->gone_since != 0 ||
		    picture_chat(&year->after, offer->chat)->pool != duty->pool)
			year_broken(year, "%s was asked to take one, being %s", name_of(year, offer->person),
			    duty_words[duty->state]);
		times_check_offer(year, offer);
	}
}

/* ---- All of it ---- */

void
rules_check(struct year *year)
{
	check_places(year);
	for (int i = 0; i < PEOPLE; i++) {
		check_duty(year, i);
		check_extra(year, i);
	}
	for (int i = 0; i < POOLS; i++)
		check_pool(year, i);
	if (year->settings.is_strict)
		check_strict(year);
	check_new_offers(year);
	order_check(year);
	times_check(year);
}
