/*
 * What advisors do in the year: come, go, answer offers, leave for the phone, forget to sign out; and what happens to their laptops
 * (see year.h). They act by what the tables say, as by their pages.
 */
#include <string.h>

#include "desk/people/session.h"
#include "tests/sim/year_inside.h"

#define BEAT_MS (10 * SECOND)

static void come(struct year *year, void *who, int64_t ends);

struct staff *
staff_of(struct year *year, int index)
{
	return index < 0 ? NULL : &year->people[index];
}

static const struct duty_now *
duty_of(const struct year *year, const struct staff *staff)
{
	return &year->after.duties[staff->index];
}

/* ---- Being heard ---- */

void
staff_is_heard(const struct year *year, struct staff *staff)
{
	staff->heard_at = year->now;
	staff->heard_by_desk = desk_now(year);
}

static gboolean
beat(struct tx *tx, void *data, GError **error)
{
	struct year *year = data;

	for (int i = 0; i < PEOPLE; i++) {
		struct staff *staff = &year->people[i];

		if (!staff->is_at_work || staff->is_cut || year->now - staff->noted_at < BEAT_MS)
			continue;
		staff->noted_at = year->now;
		staff_is_heard(year, staff);
		if (!session_seen(tx, staff->who->session, error))
			return FALSE;
	}
	return TRUE;
}

void
staff_live(struct year *year)
{
	for (int i = 0; i < PEOPLE; i++) {
		if (year->people[i].is_at_work && !year->people[i].is_cut)
			staff_is_heard(year, &year->people[i]);
	}
}

void
staff_hear(struct year *year)
{
	bool is_due = false;

	for (int i = 0; i < PEOPLE; i++) {
		const struct staff *staff = &year->people[i];

		is_due = is_due || (staff->is_at_work && !staff->is_cut && year->now - staff->noted_at >= BEAT_MS);
	}
	staff_live(year);
	if (is_due && year->is_up && year->together == NULL)
		kit_change(year->desk, beat, year);
}

/* ---- Status ---- */

static json_t *
time_text(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at / SECOND);
	g_autofree char *text = g_date_time_format(time, "%FT%TZ");

	return json_string(text);
}

static void
say_status(struct year *year, struct staff *staff, const char *status, const char *reason, int64_t back_at)
{
	json_t *body = json_pack("{s:s}", "status", status);
	struct letter *letter;

	if (reason != NULL)
		json_object_set_new(body, "reason", json_string(reason));
	if (back_at != 0)
		json_object_set_new(body, "back_at", time_text(back_at));
	letter = post_new(staff->who, "seat.status", body);
	letter->staff = staff;
	post_send(year, letter);
}

static void
sign_in(struct year *year, struct staff *staff)
{
	if (staff->signed_in_at == 0 || year->now - staff->signed_in_at > 10 * HOUR) {
		kit_sign_in(year->desk, staff->who);
		staff->signed_in_at = year->now;
		staff_is_heard(year, staff);
	}
}

/* Wants to be online: at first, back from a break, or with a new laptop. */
static void
be_online(struct year *year, void *who, int64_t what)
{
	struct staff *staff = who;

	(void)what;
	if (staff->is_at_work)
		say_status(year, staff, "online", NULL, 0);
}

static void
have_break(struct year *year, void *who, int64_t minutes)
{
	struct staff *staff = who;
	const struct duty_now *duty = duty_of(year, staff);
	bool is_phone = year_happens(year, 400);

	if (!staff->is_at_work || duty->state == OFFLINE || duty->state == WINDING)
		return;
	if (is_phone) {
		year->counts.phones++;
		say_status(year, staff, "phone", NULL, 0);
	} else {
		say_status(year, staff, "away", "lunch", desk_now(year) + minutes * MINUTE);
	}
	year_plan(year, year->now + minutes * MINUTE, be_online, staff, 0, &staff->mark);
}

/* ---- Laptops and links ---- */

static void
link_is_back(struct year *year, void *who, int64_t reconnects)
{
	struct staff *staff = who;

	staff->is_cut = false;
	if (staff->is_at_work && reconnects && duty_of(year, staff)->state == OFFLINE)
		be_online(year, staff, 0);
}

static void
link_is_cut(struct year *year, void *who, int64_t ms)
{
	struct staff *staff = who;

	if (!staff->is_at_work || staff->is_cut)
		return;
	/* Up to here they were heard of. */
	staff_hear(year);
	staff->is_cut = true;
	desk_plan(year);
	year_plan(year, year->now + ms, link_is_back, staff, year_happens(year, 800), NULL);
}

/* Nothing says goodbye: the page is just not there any more. */
void
staff_leaves_suddenly(struct year *year, struct staff *staff)
{
	staff_hear(year);
	staff->mark++;
	staff->is_at_work = false;
	desk_plan(year);
}

static void
laptop_dies(struct year *year, void *who, int64_t minutes)
{
	struct staff *staff = who;

	if (!staff->is_at_work)
		return;
	year->counts.deaths++;
	staff_leaves_suddenly(year, staff);
	if (year_happens(year, 800))
		year_plan(year, year->now + minutes * MINUTE, come, staff, staff->until, NULL);
}

static void
troubles(struct year *year, struct staff *staff, int64_t from, int64_t to)
{
	if (year_happens(year, 60)) {
		year_plan(
		    year, year_between(year, from, to), laptop_dies, staff, 1 + year_chance(year, 20), &staff->mark);
	} else if (year_happens(year, 50)) {
		int64_t at = year_between(year, from, to);

		year->counts.flaps++;
		for (unsigned i = 1 + year_chance(year, 6); i > 0; i--) {
			int64_t ms = year_between(year, SECOND, year_happens(year, 300) ? 4 * MINUTE : 55 * SECOND);

			year_plan(year, at, link_is_cut, staff, ms, &staff->mark);
			at += ms + year_between(year, SECOND, MINUTE);
		}
	}
}

/* ---- A day at work ---- */

static unsigned
owned_by(const struct year *year, const struct staff *staff)
{
	unsigned count = 0;

	for (guint i = 0; i < year->after.chats->len; i++)
		count += chat_at(&year->after, i)->is_owned && chat_at(&year->after, i)->owner == staff->index;
	return count;
}

/* Goes home: when the last chat is over, or with what they have given back. */
static void
go(struct year *year, void *who, int64_t tries)
{
	struct staff *staff = who;

	if (!staff->is_at_work)
		return;
	if (owned_by(year, staff) > 0 && tries > 0) {
		year_plan(year, year->now + 4 * MINUTE, go, staff, tries - 1, &staff->mark);
		return;
	}
	staff->mark++;
	if (duty_of(year, staff)->state != OFFLINE)
		say_status(year, staff, "offline", NULL, 0);
	/* What they say last is heard, whatever their link does. */
	staff->is_cut = false;
	staff_hear(year);
	staff->is_at_work = false;
	desk_plan(year);
}

static void
stay(struct year *year, void *who, int64_t minutes)
{
	struct staff *staff = who;

	if (!staff->is_at_work || duty_of(year, staff)->state != WINDING)
		return;
	year->counts.stayed++;
	staff->mark++;
	say_status(year, staff, "online", NULL, 0);
	year_plan(year, year->now + minutes * MINUTE, go, staff, 3, &staff->mark);
}

static void
forget(struct year *year, void *who, int64_t what)
{
	struct staff *staff = who;

	(void)what;
	/* The page stays open over night, or the laptop is shut. */
	staff->mark++;
	if (year_happens(year, 600))
		staff_leaves_suddenly(year, staff);
}

static void
take_breaks(struct year *year, struct staff *staff, int64_t from, int64_t to)
{
	if (to - from < 2 * HOUR || year_happens(year, 300))
		return;
	year_plan(year, year_between(year, from + HOUR, to - HOUR), have_break, staff, 3 + year_chance(year, 25),
	    &staff->mark);
}

/* What comes of it from now to the end of a shift. */
static void
plan_work(struct year *year, struct staff *staff, int64_t ends)
{
	int64_t goes = MAX(ends, year->now) + year_between(year, -2 * MINUTE, 15 * MINUTE);

	take_breaks(year, staff, year->now, goes);
	troubles(year, staff, year->now, goes);
	if (year_happens(year, 300))
		year_plan(year, ends - 5 * MINUTE, stay, staff, 20 + year_chance(year, 60), &staff->mark);
	year_plan(year, goes, year_happens(year, 100) ? forget : go, staff, 4, &staff->mark);
}

/* `ends`: of the shift. */
static void
come(struct year *year, void *who, int64_t ends)
{
	struct staff *staff = who;

	if (!year->is_up) {
		year_plan(year, year->up_at + year_between(year, 0, 5 * SECOND), come, staff, ends, NULL);
		return;
	}
	staff->mark++;
	staff->until = ends;
	staff->is_at_work = true;
	staff->is_cut = false;
	sign_in(year, staff);
	be_online(year, staff, 0);
	plan_work(year, staff, ends);
}

void
staff_plan_turn(struct year *year, struct staff *staff, const struct turn *turn)
{
	/* Some are ill. */
	if (!year_happens(year, 40))
		year_plan(
		    year, turn->begins + year_between(year, -8 * MINUTE, 8 * MINUTE), come, staff, turn->ends, NULL);
}

/* ---- Offers ---- */

static void
was_taken(struct year *year, struct letter *letter)
{
	const struct offer_now *offer = picture_offer(&year->after, letter->what);

	year->counts.taken += letter->answer.is_ok;
	/* By what was seen last it was theirs to take: only one commit with others can have changed that. */
	if (!letter->answer.is_ok && offer != NULL && offer->expires_at > desk_now(year) && year->together == NULL &&
	    letter->tries == 0 && duty_of(year, letter->staff)->state != OFFLINE)
		year_broken(year, "%s was asked to take chat %" G_GINT64_FORMAT " and was refused: %s",
		    letter->from->name, offer->chat, kit_text(&letter->answer, "detail"));
}

static void
about_chat(struct year *year, struct staff *staff, const char *command, int64_t chat, int64_t offer)
{
	const struct chat_now *now = picture_chat(&year->after, chat);
	struct letter *letter;

	if (now == NULL || now->caller < 0)
		return;
	letter = post_new(staff->who, command,
	    json_pack("{s:s, s:s}", "conversation", year->callers[now->caller].key, "id", post_id(year)));
	letter->staff = staff;
	letter->what = offer;
	letter->then = offer != 0 && strcmp(command, "chat.take") == 0 ? was_taken : NULL;
	post_send(year, letter);
}

static void
accept_offer(struct year *year, void *who, int64_t id)
{
	const struct offer_now *offer = picture_offer(&year->after, id);
	struct staff *staff = who;

	if (offer != NULL && staff->is_at_work && !staff->is_cut)
		about_chat(year, staff, "chat.take", offer->chat, id);
}

static void
decline_offer(struct year *year, void *who, int64_t id)
{
	const struct offer_now *offer = picture_offer(&year->after, id);
	struct staff *staff = who;

	if (offer == NULL || !staff->is_at_work || staff->is_cut)
		return;
	year->counts.declined++;
	about_chat(year, staff, "offer.decline", offer->chat, id);
}

/* Somebody else is quicker; or everybody at once is. */
static void
take_from_others(struct year *year, void *who, int64_t id)
{
	const struct offer_now *offer = picture_offer(&year->after, id);

	(void)who;
	if (offer == NULL)
		return;

	int64_t chat = offer->chat;
	int pool = picture_chat(&year->after, chat)->pool;

	post_together(year);
	for (int i = 0; i < PEOPLE; i++) {
		const struct duty_now *duty = &year->after.duties[i];

		if (duty->state == ONLINE && duty->pool == pool && !year->people[i].is_cut &&
		    year->people[i].is_at_work)
			about_chat(year, &year->people[i], "chat.take", chat, 0);
	}
	post_let_go(year);
}

static void
answer_offer(struct year *year, const struct offer_now *offer)
{
	struct staff *staff = &year->people[offer->person];
	int64_t at = year->now + year_between(year, 2 * SECOND, 50 * SECOND);
	unsigned chance = year_chance(year, 1000);

	year->counts.offers++;
	if (chance < 720)
		year_plan(year, at, accept_offer, staff, offer->id, NULL);
	else if (chance < 800)
		year_plan(year, at, decline_offer, staff, offer->id, NULL);
	else if (chance < 840)
		year_plan(year, at, take_from_others, staff, offer->id, NULL);
	else if (chance < 860)
		/* At the very moment at which it ends. */
		year_plan(year, offer->expires_at - year->ahead, accept_offer, staff, offer->id, NULL);
}

/* Back-ups come when they are asked, mostly, and stay for a while. */
static void
help(struct year *year)
{
	year->is_help_called = false;
	for (int i = 0; i < PEOPLE; i++) {
		struct staff *staff = &year->people[i];

		if (staff->role == ROLE_BACKUP && duty_of(year, staff)->state == OFFLINE && year_happens(year, 700))
			year_plan(year, year->now + year_between(year, 10 * SECOND, 3 * MINUTE), come, staff,
			    year->now + year_between(year, 20 * MINUTE, HOUR), NULL);
	}
}

void
staff_react(struct year *year)
{
	if (year->is_help_called)
		help(year);
	for (guint i = 0; i < year->after.offers->len; i++) {
		const struct offer_now *offer = offer_at(&year->after, i);

		if (offer->id > year->before.last_offer && offer->person >= 0)
			answer_offer(year, offer);
	}
}
