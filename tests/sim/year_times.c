/* What must be so by a time in the year: offers, winding down, whoever is not heard of (see year.h). */
#include <string.h>

#include "sql/year_sql.h"
#include "tests/sim/year_inside.h"

#define OFFERED_MS (2 * SECOND)  /* P13 */
#define ROUND_MS   (11 * SECOND) /* what the desk does in rounds of five seconds: the first may fail; and one to do it */
#define HEARD_MS   (45 * SECOND) /* P33 */
#define LOST_MS    (120 * SECOND)

/* How long something has been due, while the desk was up and its clock went on. */
static int64_t
due_for(const struct year *year, int64_t desk_at)
{
	return MIN(desk_now(year) - desk_at, year->now - year->up_since);
}

/* ---- P13 ---- */

/* A team is a wish where it has no pool of its own. */
static bool
is_of_team(const struct year *year, const struct chat_now *chat, const struct staff *staff)
{
	if (chat->team == 0 || year->after.pools[chat->pool].team == chat->team)
		return true;
	return staff->team >= 0 && year->teams[staff->team] == chat->team;
}

bool
times_fits(const struct year *year, const struct chat_now *chat, int person)
{
	const struct staff *staff = &year->people[person];

	if (desk_now(year) - chat->waiting_since >= year->settings.wishes_seconds * SECOND)
		return true;
	return is_of_team(year, chat, staff) &&
	    (chat->topic < 0 || staff->topics == 0 || (staff->topics & 1u << chat->topic)) &&
	    (chat->language < 0 || staff->languages == 0 || (staff->languages & 1u << chat->language));
}

static bool
could_be_offered(const struct year *year, const struct chat_now *chat)
{
	const struct pool_now *pool = &year->after.pools[chat->pool];

	if (chat->is_owned || chat->offered_to >= 0 || !year->settings.has_offers || pool->chats >= pool->cap)
		return false;
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];

		if (duty->pool == chat->pool && duty->state == ONLINE && duty->gone_since == 0 &&
		    duty->load < duty->cap && times_fits(year, chat, i))
			return true;
	}
	return false;
}

/* It is offered to somebody who cannot take it: they have gone, or offers are no more. */
static bool
is_offered_in_vain(const struct year *year, const struct chat_now *chat)
{
	return chat->offered_to >= 0 &&
	    (year->after.duties[chat->offered_to].state != ONLINE || !year->settings.has_offers);
}

static int64_t
owed_since(const struct year *year, int64_t chat)
{
	for (guint i = 0; i < year->debts->len; i++) {
		const struct debt *debt = &g_array_index(year->debts, struct debt, i);

		if (debt->chat == chat)
			return debt->since;
	}
	return year->now;
}

/* While the desk is down nobody is owed anything. */
static void
check_debts(struct year *year)
{
	GArray *debts = g_array_new(FALSE, FALSE, sizeof(struct debt));

	for (guint i = 0; year->is_up && i < year->after.chats->len; i++) {
		const struct chat_now *chat = chat_at(&year->after, i);
		struct debt debt = { chat->id, MAX(owed_since(year, chat->id), year->up_since) };

		if (!could_be_offered(year, chat) && !is_offered_in_vain(year, chat))
			continue;
		if (year->now - debt.since > OFFERED_MS)
			year_broken(year, "chat %" G_GINT64_FORMAT " %s for %" G_GINT64_FORMAT " ms", chat->id,
			    chat->offered_to < 0 ? "waits, with somebody able who has room,"
						 : "is offered to somebody who cannot take it",
			    year->now - debt.since);
		g_array_append_val(debts, debt);
	}
	g_array_unref(year->debts);
	year->debts = debts;
}

/* ---- P19: offers ---- */

void
rules_check_end(struct year *year, const struct offer_now *offer, const char *outcome, int64_t ended_at)
{
	bool is_expired = strcmp(outcome, "expired") == 0;

	year->counts.expired += is_expired;
	if (is_expired && (ended_at < offer->expires_at || desk_now(year) < offer->expires_at))
		year_broken(year, "offer %" G_GINT64_FORMAT " expired %" G_GINT64_FORMAT " ms too early", offer->id,
		    offer->expires_at - desk_now(year));
}

static void
check_open_offers(struct year *year)
{
	for (guint i = 0; year->is_up && i < year->after.offers->len; i++) {
		const struct offer_now *offer = offer_at(&year->after, i);

		if (due_for(year, offer->expires_at) > OFFERED_MS)
			year_broken(year, "offer %" G_GINT64_FORMAT " is open %" G_GINT64_FORMAT " ms after its end",
			    offer->id, desk_now(year) - offer->expires_at);
	}
}

/* ---- P33 ---- */

void
times_check_offer(struct year *year, const struct offer_now *offer)
{
	const struct staff *staff = &year->people[offer->person];
	int64_t silent = MIN(year->now - staff->heard_at, year->now - year->up_since);

	if (silent > HEARD_MS)
		year_broken(year, "%s was asked to take a chat, and has not been heard of for %" G_GINT64_FORMAT " ms",
		    staff->who->name, silent);
}

static void
check_lost(struct year *year, int person)
{
	const struct staff *staff = &year->people[person];
	/* By a clock that was set back meanwhile it is not so long. */
	int64_t silent = MIN(year->now - staff->heard_at, desk_now(year) - staff->heard_by_desk);
	int64_t up = year->now - year->up_since;

	if (year->is_up && year->after.duties[person].seat != NO_SEAT && silent > LOST_MS + ROUND_MS &&
	    up > HEARD_MS + ROUND_MS)
		year_broken(year, "%s has not been heard of for %" G_GINT64_FORMAT " ms, and has a seat",
		    staff->who->name, silent);
}

/* ---- P19: winding down ---- */

/* The shift that somebody is in, or was in last, at that moment. */
static struct turn *
turn_at(struct staff *staff, int64_t at)
{
	struct turn *found = NULL;

	for (guint i = 0; i < staff->turns->len; i++) {
		struct turn *turn = &g_array_index(staff->turns, struct turn, i);

		found = turn->begins <= at ? turn : found;
	}
	return found;
}

static void
winding_begins(struct year *year, struct staff *staff)
{
	const struct turn *turn = turn_at(staff, desk_now(year));
	int64_t winds_at = turn == NULL ? 0 : turn->ends - year->settings.wind_down_minutes * MINUTE;

	if (turn == NULL || desk_now(year) < winds_at)
		year_broken(year, "%s winds down, %" G_GINT64_FORMAT " ms too early", staff->who->name,
		    turn == NULL ? 0 : winds_at - desk_now(year));
	if (staff->wound_for == turn->ends)
		year_broken(year, "%s winds down twice for one shift", staff->who->name);
	staff->wound_for = turn->ends;
}

/* Whoever had a seat at the moment, and has one still, winds down; but for those who came to stay. */
static void
check_winding(struct year *year, struct staff *staff)
{
	const struct duty_now *now = &year->after.duties[staff->index], *was = &year->before.duties[staff->index];
	const struct turn *turn = turn_at(staff, desk_now(year));
	int64_t winds_at = turn == NULL ? 0 : turn->ends - year->settings.wind_down_minutes * MINUTE;

	if (now->state == OFFLINE)
		staff->wound_for = 0;
	if (now->seat == NO_SEAT || was->seat == NO_SEAT)
		staff->seated_at = desk_now(year);
	if (now->state == WINDING && was->state != WINDING)
		winding_begins(year, staff);
	if (now->seat == NO_SEAT || now->state == WINDING || turn == NULL || staff->wound_for == turn->ends)
		return;
	if (staff->seated_at >= turn->begins - HOUR && staff->seated_at < winds_at &&
	    due_for(year, winds_at) > ROUND_MS)
		year_broken(year, "%s does not wind down, %" G_GINT64_FORMAT " ms after the moment", staff->who->name,
		    desk_now(year) - winds_at);
}

/* ---- All of it ---- */

void
times_check(struct year *year)
{
	check_debts(year);
	check_open_offers(year);
	for (int i = 0; i < PEOPLE; i++) {
		check_lost(year, i);
		check_winding(year, &year->people[i]);
	}
}

static gboolean
read_wrong(struct tx *tx, void *data, GError **error)
{
	struct year_sql_wrong_list list;
	struct year *year = data;

	if (!year_sql_wrong(tx, &list, error))
		return FALSE;
	if (list.count > 0)
		year_broken(year, "%s (%" G_GINT64_FORMAT ")", list.rows[0].rule, list.rows[0].row);
	return TRUE;
}

void
rules_at_the_end(struct year *year)
{
	g_autofree char *wrong = kit_desk_check(year->desk);

	if (wrong != NULL)
		year_broken(year, "the store is broken: %s", wrong);
	kit_look(year->desk, read_wrong, year);
}
