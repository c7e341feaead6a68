/* What visitors do in the year, and the talk of both sides (see year.h). */
#include "tests/sim/year_inside.h"

static void talk(struct year *year, void *who, int64_t what);

static json_t *
in_conversation(struct year *year, const struct caller *caller)
{
	return json_pack("{s:s, s:s}", "conversation", caller->key, "id", post_id(year));
}

static void
caller_sends(struct year *year, struct caller *caller, const char *command, json_t *body,
    void (*then)(struct year *year, struct letter *letter))
{
	struct letter *letter = post_new(caller->who, command, body);

	letter->caller = caller;
	letter->then = then;
	post_send(year, letter);
}

static void
owner_sends(struct year *year, struct caller *caller, int owner, const char *command, json_t *body)
{
	struct staff *staff = &year->people[owner];
	struct letter *letter;

	if (!staff->is_at_work || staff->is_cut) {
		json_decref(body);
		return;
	}
	letter = post_new(staff->who, command, body);
	letter->staff = staff;
	letter->caller = caller;
	post_send(year, letter);
}

/* ---- Coming and waiting ---- */

static void
was_let_in(struct year *year, struct letter *letter)
{
	struct caller *caller = letter->caller;

	caller->is_starting = false;
	if (!letter->answer.is_ok) {
		year->counts.refused++;
		return;
	}
	year->counts.chats++;
	if (caller->key == NULL) {
		caller->key = g_strdup(kit_text(&letter->answer, "conversation"));
		g_hash_table_insert(year->caller_of, caller->key, GINT_TO_POINTER(caller->index + 1));
	}
	if (year_happens(year, 80))
		year_plan(year, year->now + year_between(year, SECOND, 90 * SECOND), lead_hurries, caller, 0, NULL);
}

static struct caller *
somebody_idle(struct year *year)
{
	for (unsigned tries = 0; tries < 20; tries++) {
		struct caller *caller = &year->callers[year_chance(year, CALLERS)];

		if (!caller->is_starting && picture_of_caller(&year->after, caller->index) == NULL)
			return caller;
	}
	return NULL;
}

void
caller_arrives(struct year *year, void *who, int64_t what)
{
	struct caller *caller = somebody_idle(year);
	json_t *body;

	(void)who;
	(void)what;
	if (caller == NULL)
		return;
	caller->site = (int)year_chance(year, 4);
	caller->is_starting = true;
	caller->is_silent = year_happens(year, 120);
	caller->left = 1 + (int)year_chance(year, 5);
	body = json_pack("{s:s, s:s, s:s}", "id", post_id(year), "name", "Vera", "text", "Good morning!");
	if (year_happens(year, 250))
		json_object_set_new(body, "topic", json_string(topics[year_chance(year, TOPICS)]));
	if (year_happens(year, 400))
		json_object_set_new(body, "language", json_string(languages[year_chance(year, LANGUAGES)]));
	json_object_set_new(body, "site", json_string(year->sites[caller->site]));
	caller_sends(year, caller, "chat.start", body, was_let_in);
	year_plan(year, year->now + year_between(year, MINUTE, 25 * MINUTE), talk, caller, 0, &caller->mark);
}

static void
reopen(struct year *year, void *who, int64_t what)
{
	struct caller *caller = who;

	(void)what;
	if (caller->key == NULL || caller->is_starting || picture_of_caller(&year->after, caller->index) != NULL)
		return;
	year->counts.reopened++;
	caller->left = 2;
	caller_sends(year, caller, "chat.reopen", in_conversation(year, caller), NULL);
	year_plan(year, year->now + 20 * MINUTE, talk, caller, 0, &caller->mark);
}

/* ---- Talking ---- */

static void
hand_on(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	json_t *body = in_conversation(year, caller);
	int to = (int)year_chance(year, PEOPLE);

	year->counts.transfers++;
	if (year_happens(year, 500))
		json_object_set_new(body, "team", json_integer(year->teams[year_chance(year, 3)]));
	else
		json_object_set_new(body, "to", json_integer(year->people[to].who->person));
	if (year_happens(year, 400))
		json_object_set_new(body, "note", json_string("Knows about sizes"));
	owner_sends(year, caller, chat->owner, "chat.transfer", body);
}

static void
end_talk(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	json_t *body = in_conversation(year, caller);

	if (year_happens(year, 500))
		caller_sends(year, caller, "chat.end", body, NULL);
	else
		owner_sends(year, caller, chat->owner, "chat.end", body);
}

static void
say_something(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	json_t *body = in_conversation(year, caller);

	json_object_set_new(body, "text", json_string("And the larger one?"));
	if (caller->left-- % 2 == 0)
		caller_sends(year, caller, "message.send", body, NULL);
	else
		owner_sends(year, caller, chat->owner, "message.send", body);
}

/* Somebody picks from the line: whoever has a seat in its pool. */
static void
pick(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	int first = (int)year_chance(year, PEOPLE);

	for (int i = 0; i < PEOPLE; i++) {
		int index = (first + i) % PEOPLE;
		const struct duty_now *duty = &year->after.duties[index];

		if (duty->pool != chat->pool || duty->state != ONLINE)
			continue;
		year->counts.picked++;
		owner_sends(year, caller, index, "chat.take", in_conversation(year, caller));
		return;
	}
}

/* Its patience is over; or, where nobody is offered anything, somebody looks into the line. */
static void
wait_on(struct year *year, struct caller *caller, const struct chat_now *chat)
{
	if (!year->settings.has_offers && year_happens(year, 700))
		pick(year, caller, chat);
	else if (year_happens(year, 350))
		caller_sends(year, caller, "chat.end", in_conversation(year, caller), NULL);
}

static void
talk(struct year *year, void *who, int64_t what)
{
	struct caller *caller = who;
	const struct chat_now *chat = picture_of_caller(&year->after, caller->index);
	int64_t next = year->now + year_between(year, 20 * SECOND, 3 * MINUTE);
	unsigned mark = caller->mark;

	(void)what;
	if (chat == NULL || caller->key == NULL)
		return;
	if (!chat->is_owned) {
		wait_on(year, caller, chat);
		next =
		    year->now + year_between(year, 40 * SECOND, year->settings.has_offers ? 15 * MINUTE : 2 * MINUTE);
	} else if (year_happens(year, 40)) {
		hand_on(year, caller, chat);
	} else if (year_happens(year, 10)) {
		owner_sends(year, caller, chat->owner, "chat.release", in_conversation(year, caller));
	} else if (caller->left > 0) {
		say_something(year, caller, chat);
	} else if (caller->is_silent) {
		/* Nobody says anything any more; an advisor looks through old chats after an hour. */
		caller->is_silent = false;
		next = year->now + HOUR;
	} else {
		end_talk(year, caller, chat);
	}
	/* Where it has got another owner by that, it talks to them. */
	if (caller->mark == mark)
		year_plan(year, next, talk, caller, 0, &caller->mark);
}

/* ---- What became of it ---- */

static void
has_ended(struct year *year, struct caller *caller)
{
	caller->mark++;
	if (year_happens(year, 50))
		year_plan(year, year->now + year_between(year, MINUTE, 32 * MINUTE), reopen, caller, 0, &caller->mark);
}

void
callers_react(struct year *year)
{
	unsigned waiting = 0;

	for (guint i = 0; i < year->after.chats->len; i++) {
		const struct chat_now *chat = chat_at(&year->after, i), *was = picture_chat(&year->before, chat->id);
		struct caller *caller = chat->caller < 0 ? NULL : &year->callers[chat->caller];

		waiting += !chat->is_owned;
		year->counts.quiet += chat->is_quiet && was != NULL && !was->is_quiet;
		if (caller == NULL || !chat->is_owned || (was != NULL && was->is_owned && was->owner == chat->owner))
			continue;
		caller->mark++;
		year_plan(
		    year, year->now + year_between(year, 5 * SECOND, 40 * SECOND), talk, caller, 0, &caller->mark);
	}
	year->counts.waited_most = MAX(year->counts.waited_most, waiting);
	year->counts.busiest = MAX(year->counts.busiest, year->after.chats->len);
	for (guint i = 0; i < year->before.chats->len; i++) {
		const struct chat_now *was = chat_at(&year->before, i);

		if (was->caller < 0 || picture_chat(&year->after, was->id) != NULL)
			continue;
		year->counts.closed_quiet += was->is_quiet;
		has_ended(year, &year->callers[was->caller]);
	}
}

void
callers_go_on(struct year *year)
{
	for (int i = 0; i < CALLERS; i++) {
		struct caller *caller = &year->callers[i];

		caller->mark++;
		if (picture_of_caller(&year->after, i) != NULL)
			year_plan(
			    year, year->now + year_between(year, SECOND, 5 * MINUTE), talk, caller, 0, &caller->mark);
	}
}
