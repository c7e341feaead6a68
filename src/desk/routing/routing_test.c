/* Facts about routing: offers, their ends, wishes, caps, help, and chats that fall quiet, on a real store. */
#include "desk/routing/routing.h"

#include <string.h>

#include "base/clock.h"
#include "base/limits.h"
#include "desk/duty/duty.h"
#include "desk/events.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

#define RIVALS 8

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ann, *ben, *lea;
	const struct kit_actor *visitors[ROUTING_LOOK + 8];
	unsigned visitor_count, alerts, changes; /* told so far: calls for help, and changes of chats */
};

static void
goes(const struct scene *scene, const struct kit_actor *who, const char *status)
{
	assert_int_equal(kit_do(scene->desk, who, "seat.status", "{s:s}", "status", status)->status, 200);
}

static void
on_event(void *data, const struct event *event)
{
	struct scene *scene = data;

	scene->alerts += event->kind == EVENT_BACKUP_ALERTED ? 1 : 0;
	scene->changes += event->kind == EVENT_CHAT_CHANGED ? 1 : 0;
}

/* Ann and Ben are online, Ann longer without a new chat; Lea leads, and is not on duty. */
static struct scene *
scene_begin(void)
{
	struct scene *scene = g_new0(struct scene, 1);

	scene->desk = kit_desk_begin(5);
	scene->lea = kit_staff(scene->desk, "lea", ROLE_LEAD);
	goes(scene, scene->lea, "offline");
	goes(scene, kit_administrator(scene->desk), "offline");
	scene->ann = kit_staff(scene->desk, "ann", ROLE_ADVISOR);
	kit_wait(scene->desk, MS_PER_SECOND);
	scene->ben = kit_staff(scene->desk, "ben", ROLE_ADVISOR);
	kit_wait(scene->desk, MS_PER_SECOND);
	bus_subscribe(kit_edge(scene->desk)->bus, on_event, scene);
	return scene;
}

static gboolean
recount(struct tx *tx, void *data, GError **error)
{
	return duty_recount(tx, data, error);
}

static void
scene_end(struct scene *scene)
{
	int64_t wrong = -1;

	kit_read(scene->desk, recount, &wrong);
	assert_int_equal(wrong, 0);
	kit_desk_end(scene->desk);
	g_free(scene);
}

/* A new visitor waits, with that in a field of chat.start (NULL: nothing); gives the key of the conversation. */
static const char *
comes(struct scene *scene, const char *field, const char *value)
{
	const struct kit_actor **visitor = &scene->visitors[scene->visitor_count++];
	g_autofree char *id = g_strdup_printf("start-%04u", scene->visitor_count);
	g_autofree char *name = g_strdup_printf("v%u", scene->visitor_count);
	const struct kit_answer *answer;

	*visitor = kit_visitor(scene->desk, name);
	answer = kit_do(
	    scene->desk, *visitor, "chat.start", "{s:s, s:s*}", "id", id, field == NULL ? "topic" : field, value);
	assert_int_equal(answer->status, 200);
	return g_intern_string(kit_text(answer, "conversation"));
}

static int
act(const struct scene *scene, const struct kit_actor *who, const char *command, const char *key)
{
	return kit_do(scene->desk, who, command, "{s:s}", "conversation", key)->status;
}

static json_t *
row(const struct scene *scene, const char *key)
{
	return kit_do(scene->desk, scene->ann, "chat.get", "{s:s}", "conversation", key)->body;
}

/* Who is asked to take it: "waiting" where nobody is, "owned" and "closed" as they are. */
static const char *
asked(const struct scene *scene, const char *key)
{
	json_t *chat = row(scene, key);
	const char *name = json_string_value(json_object_get(json_object_get(chat, "offer"), "name"));
	const char *state = json_string_value(json_object_get(chat, "state"));

	assert_int_equal(name != NULL, strcmp(state, "offered") == 0);
	return name != NULL ? name : state;
}

static const char *
asked_next(const struct scene *scene, const char *key)
{
	kit_route(scene->desk);
	return asked(scene, key);
}

static void
set(const struct scene *scene, const char *setting, const char *word)
{
	assert_int_equal(
	    kit_do(scene->desk, kit_administrator(scene->desk), "setting.change", "{s:s}", setting, word)->status, 200);
}

static void
set_number(const struct scene *scene, const char *setting, int number)
{
	assert_int_equal(
	    kit_do(scene->desk, kit_administrator(scene->desk), "setting.change", "{s:i}", setting, number)->status,
	    200);
}

static void
holds(const struct scene *scene, const struct kit_actor *who, int cap)
{
	assert_int_equal(
	    kit_do(scene->desk, scene->lea, "person.abilities_change", "{s:I, s:i}", "person", who->person, "cap", cap)
		->status,
	    200);
}

static void
speaks(const struct scene *scene, const struct kit_actor *who, const char *language)
{
	assert_int_equal(kit_do(scene->desk, scene->lea, "person.abilities_change", "{s:I, s:[s]}", "person",
			     who->person, "languages", language)
			     ->status,
	    200);
}

static void
pool_cap(const struct scene *scene, int cap)
{
	json_t *pools = kit_do(scene->desk, scene->lea, "pool.list", NULL)->body;
	json_int_t id = json_integer_value(json_object_get(json_array_get(json_object_get(pools, "pools"), 0), "id"));

	assert_int_equal(
	    kit_do(scene->desk, scene->lea, "pool.change", "{s:I, s:i}", "pool", id, "cap", cap)->status, 200);
}

TEST(a_chat_is_offered_to_who_has_the_fewest_and_then_to_who_had_none_the_longest)
{
	struct scene *scene = scene_begin();
	const char *first = comes(scene, NULL, NULL), *second = comes(scene, NULL, NULL),
		   *third = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, first), "Ann");
	assert_string_equal(asked(scene, second), "Ben");
	assert_string_equal(asked(scene, third), "Ann");
	assert_int_equal(act(scene, scene->ben, "chat.take", second), 200);
	assert_int_equal(act(scene, scene->ben, "chat.end", second), 200);
	assert_string_equal(asked_next(scene, comes(scene, NULL, NULL)), "Ben");
	scene_end(scene);
}

TEST(an_offer_lasts_its_60_seconds_and_not_a_moment_less)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	kit_wait(scene->desk, 60 * MS_PER_SECOND - 1);
	assert_string_equal(asked_next(scene, key), "Ann");
	kit_wait(scene->desk, 1);
	assert_string_equal(asked_next(scene, key), "Ben");
	scene_end(scene);
}

TEST(nobody_is_asked_twice_until_everybody_able_was)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	assert_int_equal(act(scene, scene->ann, "offer.decline", key), 200);
	assert_string_equal(asked_next(scene, key), "Ben");
	assert_int_equal(act(scene, scene->ann, "offer.decline", key), 409);
	assert_int_equal(act(scene, scene->ben, "offer.decline", key), 200);
	assert_string_equal(asked_next(scene, key), "Ann");
	assert_int_equal(act(scene, scene->ann, "offer.decline", key), 200);
	assert_string_equal(asked_next(scene, key), "Ben");
	scene_end(scene);
}

TEST(a_chat_that_was_put_back_goes_to_somebody_else_first)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_int_equal(act(scene, scene->ann, "chat.take", key), 200);
	assert_int_equal(act(scene, scene->ann, "chat.release", key), 200);
	assert_string_equal(asked_next(scene, key), "Ben");
	scene_end(scene);
}

TEST(somebody_else_may_take_what_is_offered_and_whoever_was_asked_is_told_who)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	assert_int_equal(act(scene, scene->ben, "chat.take", key), 200);
	assert_int_equal(act(scene, scene->ann, "chat.take", key), 409);
	assert_non_null(strstr(
	    kit_text(kit_do(scene->desk, scene->ann, "chat.take", "{s:s}", "conversation", key), "detail"), "Ben"));
	assert_int_equal(act(scene, scene->ann, "offer.decline", key), 409);
	scene_end(scene);
}

TEST(a_strict_desk_keeps_an_offered_chat_for_who_is_asked_and_lets_nobody_exceed_a_cap)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL), *other = comes(scene, NULL, NULL);

	set(scene, "strict", "yes");
	holds(scene, scene->ann, 1);
	holds(scene, scene->ben, 1);
	assert_string_equal(asked_next(scene, key), "Ann");
	assert_string_equal(asked(scene, other), "Ben");
	assert_int_equal(act(scene, scene->ben, "chat.take", key), 409);
	assert_int_equal(act(scene, scene->ann, "chat.take", key), 200);
	assert_int_equal(act(scene, scene->ben, "offer.decline", other), 200);
	assert_int_equal(act(scene, scene->ann, "chat.take", other), 409);
	assert_int_equal(act(scene, scene->ben, "chat.take", other), 200);
	assert_int_equal(kit_do(scene->desk, scene->ann, "chat.transfer", "{s:s, s:I}", "conversation", key, "to",
			     scene->ben->person)
			     ->status,
	    409);
	set(scene, "strict", "no");
	assert_int_equal(kit_do(scene->desk, scene->ann, "chat.transfer", "{s:s, s:I}", "conversation", key, "to",
			     scene->ben->person)
			     ->status,
	    200);
	scene_end(scene);
}

TEST(where_advisors_pick_nothing_is_offered_and_what_was_offered_is_anybodys)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	set(scene, "offers", "no");
	assert_string_equal(asked_next(scene, key), "waiting");
	set(scene, "strict", "yes");
	assert_int_equal(act(scene, scene->ben, "chat.take", key), 200);
	scene_end(scene);
}

TEST(who_is_not_able_any_more_is_not_asked_any_more_and_may_be_asked_again_later)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	goes(scene, scene->ann, "away");
	assert_string_equal(asked_next(scene, key), "Ben");
	goes(scene, scene->ben, "offline");
	assert_string_equal(asked_next(scene, key), "waiting");
	goes(scene, scene->ann, "online");
	assert_string_equal(asked_next(scene, key), "Ann");
	assert_int_equal(act(scene, scene->visitors[0], "chat.end", key), 200);
	assert_string_equal(asked_next(scene, key), "closed");
	scene_end(scene);
}

TEST(a_pool_with_as_many_chats_as_its_cap_is_offered_no_more)
{
	struct scene *scene = scene_begin();
	const char *first = comes(scene, NULL, NULL), *second = comes(scene, NULL, NULL);

	pool_cap(scene, 1);
	assert_string_equal(asked_next(scene, first), "Ann");
	assert_string_equal(asked(scene, second), "waiting");
	assert_int_equal(act(scene, scene->ann, "chat.take", first), 200);
	assert_string_equal(asked_next(scene, second), "waiting");
	assert_int_equal(act(scene, scene->ann, "chat.end", first), 200);
	assert_string_equal(asked_next(scene, second), "Ben");
	scene_end(scene);
}

TEST(the_higher_priority_comes_first)
{
	struct scene *scene = scene_begin();
	const char *first = comes(scene, NULL, NULL), *second = comes(scene, NULL, NULL);

	goes(scene, scene->ben, "offline");
	holds(scene, scene->ann, 1);
	holds(scene, scene->ben, 1);
	assert_int_equal(
	    kit_do(scene->desk, scene->ann, "chat.priority", "{s:s, s:i}", "conversation", second, "priority", 1)
		->status,
	    403);
	assert_int_equal(kit_do(scene->desk, scene->lea, "chat.priority", "{s:s, s:i}", "conversation", second,
			     "priority", CHAT_PRIORITY_MAX + 1)
			     ->status,
	    422);
	assert_int_equal(kit_do(scene->desk, scene->lea, "chat.priority", "{s:s, s:i}", "conversation", second,
			     "priority", CHAT_PRIORITY_MAX)
			     ->status,
	    200);
	assert_int_equal(json_integer_value(json_object_get(row(scene, second), "place")), 1);
	assert_int_equal(json_integer_value(json_object_get(row(scene, first), "place")), 2);
	assert_string_equal(asked_next(scene, second), "Ann");
	assert_string_equal(asked(scene, first), "waiting");
	assert_int_equal(act(scene, scene->ann, "chat.take", second), 200);
	assert_int_equal(
	    kit_do(scene->desk, scene->lea, "chat.priority", "{s:s, s:i}", "conversation", second, "priority", 0)
		->status,
	    409);
	scene_end(scene);
}

TEST(topics_and_languages_are_wishes_that_are_dropped)
{
	struct scene *scene = scene_begin();
	const char *key, *later;

	speaks(scene, scene->ann, "de");
	key = comes(scene, "language", "en");
	assert_string_equal(asked_next(scene, key), "Ben");
	goes(scene, scene->ben, "offline");
	later = comes(scene, "language", "de-AT");
	assert_string_equal(asked_next(scene, key), "waiting");
	assert_string_equal(asked(scene, later), "Ann");
	kit_wait(scene->desk, 120 * MS_PER_SECOND - 1);
	assert_string_equal(asked_next(scene, key), "waiting");
	kit_wait(scene->desk, 1);
	assert_string_equal(asked_next(scene, key), "Ann");
	scene_end(scene);
}

TEST(a_topic_is_the_same_in_other_letters_of_any_script)
{
	struct scene *scene = scene_begin();

	assert_true(kit_do(scene->desk, scene->lea, "person.abilities_change", "{s:I, s:[s]}", "person",
	    (json_int_t)scene->ben->person, "topics", "Größe und Été")
			->is_ok);
	goes(scene, scene->ann, "offline");
	assert_string_equal(asked_next(scene, comes(scene, "topic", "Farbe")), "waiting");
	assert_string_equal(asked_next(scene, comes(scene, "topic", "GRÖSSE UND E\u0301TE\u0301")), "Ben");
	scene_end(scene);
}

TEST(the_fifty_first_of_the_line_is_looked_at_when_one_before_it_wishes_for_nothing_more)
{
	struct scene *scene = scene_begin();
	const char *last;

	goes(scene, scene->ben, "offline");
	speaks(scene, scene->ann, "de");
	for (int i = 0; i < ROUTING_LOOK; i++)
		comes(scene, "language", "it");
	last = comes(scene, "language", "de");
	assert_string_equal(asked_next(scene, last), "waiting");
	assert_int_equal(act(scene, scene->visitors[0], "chat.end",
			     kit_text(kit_do(scene->desk, scene->visitors[0], "chat.visit", NULL), "conversation")),
	    200);
	assert_string_equal(asked_next(scene, last), "Ann");
	scene_end(scene);
}

TEST(a_clock_that_is_set_back_lets_no_offer_last_for_ever)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	kit_wait(scene->desk, -MS_PER_HOUR);
	scene->changes = 0;
	assert_string_equal(asked_next(scene, key), "Ann");
	assert_int_equal(scene->changes, 1);
	kit_wait(scene->desk, 60 * MS_PER_SECOND - 1);
	assert_string_equal(asked_next(scene, key), "Ann");
	kit_wait(scene->desk, 1);
	assert_string_equal(asked_next(scene, key), "Ben");
	scene_end(scene);
}

TEST(after_a_night_of_downtime_what_was_due_happens_at_once_and_once)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	kit_kill(scene->desk);
	kit_wait(scene->desk, 12 * MS_PER_HOUR);
	assert_string_equal(asked_next(scene, key), "Ben");
	assert_int_equal(scene->alerts, 1);
	kit_route(scene->desk);
	assert_int_equal(scene->alerts, 1);
	scene_end(scene);
}

/* How many of those who take the same chat in one batch have it. */
static int
take_at_once(struct scene *scene, const struct kit_actor **rivals, const char *key)
{
	struct kit_answer answers[RIVALS] = { 0 };
	int won = 0;

	kit_hold(scene->desk);
	for (int i = 0; i < RIVALS; i++)
		kit_send(scene->desk, rivals[i], "chat.take", json_pack("{s:s}", "conversation", key), &answers[i]);
	kit_let_go(scene->desk);
	for (int i = 0; i < RIVALS; i++) {
		won += answers[i].is_ok;
		assert_true(answers[i].is_ok || strstr(kit_text(&answers[i], "detail"), "Rival") != NULL);
		kit_answer_clear(&answers[i]);
	}
	return won;
}

TEST(eight_accept_the_same_offer_at_once_a_thousand_times_and_one_wins_each)
{
	struct scene *scene = scene_begin();
	const struct kit_actor *vera = kit_visitor(scene->desk, "vera"), *rivals[RIVALS];

	goes(scene, scene->ann, "offline");
	goes(scene, scene->ben, "offline");
	for (int i = 0; i < RIVALS; i++) {
		g_autofree char *name = g_strdup_printf("rival%d", i);

		rivals[i] = kit_staff(scene->desk, name, ROLE_ADVISOR);
	}
	for (int round = 0; round < 1000; round++) {
		g_autofree char *id = g_strdup_printf("round-%04d", round);
		g_autofree char *key =
		    g_strdup(kit_text(kit_do(scene->desk, vera, "chat.start", "{s:s}", "id", id), "conversation"));

		kit_route(scene->desk);
		assert_int_equal(take_at_once(scene, rivals, key), 1);
		assert_int_equal(act(scene, vera, "chat.end", key), 200);
	}
	scene_end(scene);
}

TEST(help_is_called_once_for_who_waits_and_at_most_every_five_minutes)
{
	struct scene *scene = scene_begin();

	holds(scene, scene->ann, 1);
	holds(scene, scene->ben, 1);
	comes(scene, NULL, NULL);
	comes(scene, NULL, NULL);
	kit_route(scene->desk);
	assert_int_equal(scene->alerts, 0);
	comes(scene, NULL, NULL);
	kit_route(scene->desk);
	assert_int_equal(scene->alerts, 1);
	comes(scene, NULL, NULL);
	kit_wait(scene->desk, 5 * MS_PER_MINUTE - 1);
	kit_route(scene->desk);
	assert_int_equal(scene->alerts, 1);
	kit_wait(scene->desk, 1);
	kit_route(scene->desk);
	assert_int_equal(scene->alerts, 2);
	scene_end(scene);
}

static bool
is_quiet(const struct scene *scene, const char *key)
{
	return json_is_true(json_object_get(row(scene, key), "is_quiet"));
}

static int
says(const struct scene *scene, const struct kit_actor *who, const char *key, const char *id)
{
	return kit_do(scene->desk, who, "message.send", "{s:s, s:s, s:s}", "conversation", key, "id", id, "text", id)
	    ->status;
}

TEST(a_chat_without_a_word_for_ten_minutes_does_not_count_until_the_next_word)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL), *other;
	const struct kit_actor *visitor = scene->visitors[0];

	goes(scene, scene->ben, "offline");
	holds(scene, scene->ann, 1);
	holds(scene, scene->ben, 1);
	assert_int_equal(act(scene, scene->ann, "chat.take", key), 200);
	kit_wait(scene->desk, 9 * MS_PER_MINUTE);
	assert_int_equal(says(scene, visitor, key, "still-here"), 200);
	kit_wait(scene->desk, 10 * MS_PER_MINUTE - 1);
	kit_hear(scene->desk);
	other = comes(scene, NULL, NULL);
	assert_string_equal(asked_next(scene, other), "waiting");
	assert_false(is_quiet(scene, key));
	kit_wait(scene->desk, 1);
	assert_string_equal(asked_next(scene, other), "Ann");
	assert_true(is_quiet(scene, key));
	assert_int_equal(act(scene, scene->ann, "chat.take", other), 200);
	assert_int_equal(says(scene, visitor, key, "back-again"), 200);
	assert_false(is_quiet(scene, key));
	assert_string_equal(asked_next(scene, comes(scene, NULL, NULL)), "waiting");
	scene_end(scene);
}

/* The kind of the newest item that the visitor sees. */
static const char *
newest(const struct scene *scene, const char *key)
{
	json_t *items = json_object_get(
	    kit_do(scene->desk, scene->visitors[0], "conversation.items", "{s:s, s:i}", "conversation", key, "since", 0)
		->body,
	    "items");

	return json_string_value(json_object_get(json_array_get(items, json_array_size(items) - 1), "kind"));
}

TEST(a_visitor_who_says_nothing_is_warned_and_the_chat_closed)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	set_number(scene, "quiet_warn_minutes", 3);
	set_number(scene, "quiet_close_minutes", 5);
	assert_int_equal(act(scene, scene->ann, "chat.take", key), 200);
	kit_wait(scene->desk, 3 * MS_PER_MINUTE);
	kit_route(scene->desk);
	kit_route(scene->desk);
	assert_string_equal(newest(scene, key), "warned");
	assert_int_equal(says(scene, scene->visitors[0], key, "still-here"), 200);
	kit_wait(scene->desk, 3 * MS_PER_MINUTE);
	kit_route(scene->desk);
	assert_string_equal(newest(scene, key), "warned");
	kit_wait(scene->desk, 2 * MS_PER_MINUTE);
	kit_route(scene->desk);
	assert_string_equal(newest(scene, key), "ended");
	assert_string_equal(asked(scene, key), "closed");
	scene_end(scene);
}

struct due {
	int64_t at;
};

static gboolean
read_due(struct tx *tx, void *data, GError **error)
{
	return routing_due(tx, &((struct due *)data)->at, error);
}

static int64_t
due_in(const struct scene *scene)
{
	struct due due = { -1 };

	kit_read(scene->desk, read_due, &due);
	return due.at == 0 ? 0 : due.at - kit_now(scene->desk);
}

TEST(the_store_knows_when_to_look_again_and_an_idle_desk_never)
{
	struct scene *scene = scene_begin();
	const char *key;

	assert_int_equal(due_in(scene), 0);
	key = comes(scene, NULL, NULL);
	assert_int_equal(due_in(scene), ROUTING_ROUND_MS);
	kit_route(scene->desk);
	kit_wait(scene->desk, 59 * MS_PER_SECOND);
	assert_int_equal(due_in(scene), MS_PER_SECOND);
	assert_int_equal(act(scene, scene->ann, "chat.take", key), 200);
	assert_int_equal(due_in(scene), 10 * MS_PER_MINUTE);
	set_number(scene, "quiet_close_minutes", 5);
	assert_int_equal(due_in(scene), 5 * MS_PER_MINUTE);
	assert_int_equal(act(scene, scene->ann, "chat.end", key), 200);
	assert_int_equal(due_in(scene), 0);
	scene_end(scene);
}

TEST(the_wall_shows_each_pool_as_it_is)
{
	struct scene *scene = scene_begin();
	json_t *pool;

	comes(scene, NULL, NULL);
	kit_route(scene->desk);
	comes(scene, NULL, NULL);
	pool = json_array_get(json_object_get(kit_do(scene->desk, scene->lea, "routing.wall", NULL)->body, "pools"), 0);
	assert_int_equal(json_integer_value(json_object_get(pool, "waiting")), 2);
	assert_int_equal(json_integer_value(json_object_get(pool, "offered")), 1);
	assert_int_equal(json_integer_value(json_object_get(pool, "chats")), 1);
	assert_int_equal(json_integer_value(json_object_get(pool, "able")), 2);
	assert_int_equal(kit_do(scene->desk, scene->ann, "routing.wall", NULL)->status, 403);
	scene_end(scene);
}

TEST(a_visitor_is_not_told_of_offers)
{
	struct scene *scene = scene_begin();
	const char *key = comes(scene, NULL, NULL);

	assert_string_equal(asked_next(scene, key), "Ann");
	assert_string_equal(kit_text(kit_do(scene->desk, scene->visitors[0], "chat.visit", NULL), "state"), "waiting");
	scene_end(scene);
}
