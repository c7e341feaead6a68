#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/chat/chat.h"
#include "tests/kit/database.h"
#include "tests/kit/desk.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben, *lea;
	char conversation[KEY_CHARS + 1];
};

/* Vera waits; Ann and Ben are online, and Lea leads. */
static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };
	const struct kit_answer *answer;

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s, s:s}", "id", "start-vera", "name", "Vera",
	    "text", "hello");
	assert_true(answer->is_ok);
	g_strlcpy(scene.conversation, kit_text(answer, "conversation"), sizeof scene.conversation);
	return scene;
}

/* Does something with the scene's conversation and gives the HTTP status. */
static int
act(const struct scene *scene, const struct kit_actor *who, const char *command)
{
	return kit_do(scene->desk, who, command, "{s:s}", "conversation", scene->conversation)->status;
}

static int
hand(const struct scene *scene, const struct kit_actor *who, const struct kit_actor *to)
{
	return kit_do(
	    scene->desk, who, "chat.transfer", "{s:s, s:I}", "conversation", scene->conversation, "to", to->person)
	    ->status;
}

static json_t *
row(const struct scene *scene)
{
	return kit_do(scene->desk, scene->ann, "chat.get", "{s:s}", "conversation", scene->conversation)->body;
}

static const char *
state(const struct scene *scene)
{
	return json_string_value(json_object_get(row(scene), "state"));
}

TEST(a_chat_waits_until_somebody_takes_it)
{
	struct scene scene = scene_begin();

	assert_string_equal(state(&scene), "waiting");
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_string_equal(state(&scene), "owned");
	kit_desk_end(scene.desk);
}

TEST(the_page_of_a_chat_and_of_a_form_is_kept_by_the_same_rule_as_a_trail)
{
	static const char *const pages[][2] = {
		{ "https://shop.example/lamps?a=b#top", "https://shop.example/lamps?a=b" },
		{ "javascript:alert(1)", "" }, { "https://vera:secret@shop.example/", "" }, { "file:///tmp/page", "" }
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(pages); i++) {
		struct kit_desk *desk = kit_desk_begin(1);
		const struct kit_actor *ada = kit_administrator(desk);
		const char *const *page = pages[i];
		g_autofree char *chat = g_strdup(kit_text(kit_do(desk, kit_visitor(desk, "vera"), "chat.start",
							      "{s:s, s:s}", "id", "start-0001", "page", page[0]),
				    "conversation")),
				*form = g_strdup(kit_text(
				    kit_do(desk, kit_visitor(desk, "otto"), "form.send", "{s:s, s:s, s:s, s:s}", "id",
					"form-0001", "text", "Hello?", "email", "otto@mail.example", "page", page[0]),
				    "conversation"));

		assert_string_equal(
		    kit_text(kit_do(desk, ada, "chat.get", "{s:s}", "conversation", chat), "page"), page[1]);
		assert_string_equal(
		    kit_text(kit_do(desk, ada, "chat.get", "{s:s}", "conversation", form), "page"), page[1]);
		kit_desk_end(desk);
	}
}

TEST(one_takes_a_chat_and_the_next_is_told_who)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	answer = kit_do(scene.desk, scene.ben, "chat.take", "{s:s}", "conversation", scene.conversation);
	assert_int_equal(answer->status, 409);
	assert_non_null(strstr(kit_text(answer, "detail"), "Ann"));
	kit_desk_end(scene.desk);
}

TEST(taking_ones_own_chat_again_changes_nothing)
{
	struct scene scene = scene_begin();
	int64_t version;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	version = kit_version(scene.desk);
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(kit_version(scene.desk), version);
	kit_desk_end(scene.desk);
}

TEST(who_is_away_takes_nothing_and_is_handed_nothing)
{
	struct scene scene = scene_begin();

	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "away");
	assert_int_equal(act(&scene, scene.ben, "chat.take"), 409);
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(hand(&scene, scene.ann, scene.ben), 409);
	kit_desk_end(scene.desk);
}

TEST(a_released_chat_keeps_its_place_in_the_line)
{
	struct scene scene = scene_begin();
	json_t *first;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	kit_wait(scene.desk, 60000);
	kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.start", "{s:s}", "id", "start-wim1");
	assert_int_equal(act(&scene, scene.ann, "chat.release"), 200);
	first = json_array_get(
	    json_object_get(kit_do(scene.desk, scene.ann, "chat.list", "{s:s}", "view", "waiting")->body, "chats"), 0);
	assert_string_equal(json_string_value(json_object_get(first, "conversation")), scene.conversation);
	assert_int_equal(json_integer_value(json_object_get(first, "place")), 1);
	kit_desk_end(scene.desk);
}

TEST(a_chat_is_handed_on_by_its_owner_or_a_lead_only)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(hand(&scene, scene.ben, scene.ben), 409);
	assert_int_equal(hand(&scene, scene.ann, scene.ben), 200);
	assert_int_equal(
	    json_integer_value(json_object_get(json_object_get(row(&scene), "owner"), "id")), scene.ben->person);
	assert_int_equal(hand(&scene, scene.lea, scene.ann), 200);
	assert_int_equal(
	    json_integer_value(json_object_get(json_object_get(row(&scene), "owner"), "id")), scene.ann->person);
	kit_desk_end(scene.desk);
}

TEST(nobody_is_handed_a_chat_who_does_not_answer_chats)
{
	struct scene scene = scene_begin();
	const struct kit_actor *cora = kit_staff(scene.desk, "cora", ROLE_CONSULTANT);

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(hand(&scene, scene.ann, cora), 404);
	kit_desk_end(scene.desk);
}

TEST(a_chat_ends_by_its_visitor_its_owner_or_a_lead)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(act(&scene, scene.ben, "chat.end"), 409);
	assert_int_equal(act(&scene, scene.lea, "chat.end"), 200);
	assert_string_equal(state(&scene), "closed");
	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200); /* ending a closed one changes nothing */
	kit_desk_end(scene.desk);
}

/* What the audit log says of chats, newest first: "chat.end, chat.transfer". */
static char *
audited(const struct scene *scene)
{
	const json_t *lines = json_object_get(kit_do(scene->desk, scene->lea, "audit.list", NULL)->body, "lines");
	GString *names = g_string_new(NULL);

	for (size_t i = 0; i < json_array_size(lines); i++) {
		const char *name = json_string_value(json_object_get(json_array_get(lines, i), "command"));

		if (g_str_has_prefix(name, "chat."))
			g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
	}
	return g_string_free(names, FALSE);
}

TEST(an_audit_line_says_to_whom_a_chat_was_handed_and_there_is_none_where_it_was_not)
{
	struct scene scene = scene_begin();
	g_autofree char *before = NULL, *after = NULL, *object = NULL;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(hand(&scene, scene.ann, scene.ann), 409);
	before = audited(&scene);
	assert_string_equal(before, "");
	assert_int_equal(hand(&scene, scene.ann, scene.ben), 200);
	after = audited(&scene);
	assert_string_equal(after, "chat.transfer");
	object = g_strdup_printf("conversation %s, to %d", scene.conversation, (int)scene.ben->person);
	assert_string_equal(
	    json_string_value(json_object_get(
		json_array_get(json_object_get(kit_do(scene.desk, scene.lea, "audit.list", NULL)->body, "lines"), 0),
		"object")),
	    object);
	kit_desk_end(scene.desk);
}

TEST(a_lead_who_ends_the_chat_of_somebody_else_leaves_an_audit_line_and_nobody_else_does)
{
	enum { VERA, OWNER, LEAD, WAITING, ENDERS };

	for (int who = 0; who < ENDERS; who++) {
		struct scene scene = scene_begin();
		const struct kit_actor *ender = who == VERA ? scene.vera : who == OWNER ? scene.ann : scene.lea;
		g_autofree char *lines = NULL;

		if (who != WAITING)
			assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
		assert_int_equal(act(&scene, ender, "chat.end"), 200);
		assert_int_equal(act(&scene, scene.lea, "chat.end"), 200); /* it is closed: nothing to write */
		lines = audited(&scene);
		assert_string_equal(lines, ender == scene.lea ? "chat.end" : "");
		kit_desk_end(scene.desk);
	}
}

TEST(a_visitor_has_one_chat_at_a_time_and_one_conversation)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera2");
	assert_int_equal(answer->status, 409);
	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200);
	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera3");
	assert_true(answer->is_ok);
	assert_string_equal(kit_text(answer, "conversation"), scene.conversation);
	kit_desk_end(scene.desk);
}

TEST(starting_again_with_the_same_id_gives_the_first_answer)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	assert_true(answer->is_ok);
	assert_string_equal(kit_text(answer, "conversation"), scene.conversation);
	assert_int_equal(kit_int(answer, "head"), 2);
	assert_int_equal(kit_int(answer, "place"), 1);
	kit_desk_end(scene.desk);
}

TEST(an_advisor_holds_20_chats_and_not_21)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ann = kit_staff(desk, "ann", ROLE_ADVISOR);

	for (int i = 0; i <= LIMIT_ADVISOR_CHATS; i++) {
		g_autofree char *name = g_strdup_printf("visitor%d", i);
		g_autofree char *key = NULL;
		const struct kit_answer *answer =
		    kit_do(desk, kit_visitor(desk, name), "chat.start", "{s:s}", "id", "start-0001");

		key = g_strdup(kit_text(answer, "conversation"));
		answer = kit_do(desk, ann, "chat.take", "{s:s}", "conversation", key);
		assert_int_equal(answer->status, i < LIMIT_ADVISOR_CHATS ? 200 : 409);
	}
	kit_desk_end(desk);
}

/* That many wait already: behind the desk's back, since nobody looks at how they came. */
static void
make_line(struct kit_desk *desk, int count)
{
	g_autofree char *sql =
	    g_strdup_printf("INSERT INTO visitor (public_id, created_at) VALUES ('everybody', 1);"
			    " INSERT INTO conversation (public_id, visitor_id, last_seq, created_at, changed_at)"
			    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
			    " SELECT 'waits-' || i, (SELECT id FROM visitor), 1, 1, 1 FROM n;"
			    " INSERT INTO item (conversation_id, seq, kind, is_internal, author_kind, author_id, at)"
			    " SELECT id, 1, 'started', 0, 'visitor', visitor_id, 1 FROM conversation;"
			    " INSERT INTO chat (conversation_id, state, caller_id, started_at, waiting_since, pool_id)"
			    " SELECT id, 'waiting', 'start-' || id, 1, 1, 1 FROM conversation",
		count);
	g_autofree char *wrong = database_run(kit_path(desk), sql);

	assert_null(wrong);
}

TEST(the_line_takes_10000_who_wait_and_not_10001)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_answer *answer;

	assert_int_equal(LIMIT_WAITING_CHATS, 10000);
	make_line(desk, LIMIT_WAITING_CHATS - 1);
	answer = kit_do(desk, kit_visitor(desk, "vera"), "chat.start", "{s:s}", "id", "start-0001");
	assert_true(answer->is_ok);
	assert_int_equal(kit_int(answer, "place"), LIMIT_WAITING_CHATS);
	answer = kit_do(desk, kit_visitor(desk, "wim"), "chat.start", "{s:s}", "id", "start-0001");
	assert_int_equal(answer->status, 409);
	assert_true(g_str_has_prefix(kit_text(answer, "detail"), "many people are waiting already"));
	kit_desk_end(desk);
}

/* Reads a view in pages of two and counts the rows, which must not repeat. */
static int
count_in_pages(struct kit_desk *desk, const struct kit_actor *who, const char *view)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	int64_t before = 0;
	bool has_more = true;

	while (has_more) {
		const struct kit_answer *answer =
		    kit_do(desk, who, "chat.list", "{s:s, s:I, s:i}", "view", view, "before", before, "limit", 2);
		json_t *chats = json_object_get(answer->body, "chats"), *chat;
		size_t i;

		assert_true(answer->is_ok);
		json_array_foreach(chats, i, chat)
		{
			assert_true(
			    g_hash_table_add(seen, g_strdup(json_string_value(json_object_get(chat, "conversation")))));
			before = json_integer_value(json_object_get(chat, "chat"));
			if (strcmp(view, "waiting") == 0)
				assert_int_equal(
				    json_integer_value(json_object_get(chat, "place")), g_hash_table_size(seen));
		}
		has_more = json_is_true(json_object_get(answer->body, "more"));
	}
	return (int)g_hash_table_size(seen);
}

TEST(every_view_is_read_page_by_page_without_a_gap)
{
	struct kit_desk *desk = kit_desk_begin(1);
	const struct kit_actor *ann = kit_staff(desk, "ann", ROLE_ADVISOR);

	for (int i = 0; i < 15; i++) {
		g_autofree char *name = g_strdup_printf("visitor%d", i);
		const struct kit_answer *answer =
		    kit_do(desk, kit_visitor(desk, name), "chat.start", "{s:s}", "id", "start-0001");
		g_autofree char *key = g_strdup(kit_text(answer, "conversation"));

		if (i % 3 > 0)
			kit_do(desk, ann, "chat.take", "{s:s}", "conversation", key);
		if (i % 3 > 1)
			kit_do(desk, ann, "chat.end", "{s:s}", "conversation", key);
	}
	assert_int_equal(count_in_pages(desk, ann, "waiting"), 5);
	assert_int_equal(count_in_pages(desk, ann, "mine"), 5);
	assert_int_equal(count_in_pages(desk, ann, "all"), 10);
	assert_int_equal(count_in_pages(desk, ann, "closed"), 5);
	kit_desk_end(desk);
}

TEST(after_a_reload_a_visitor_learns_where_it_stands)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer = kit_do(scene.desk, scene.vera, "chat.visit", NULL);

	assert_string_equal(kit_text(answer, "conversation"), scene.conversation);
	assert_string_equal(kit_text(answer, "state"), "waiting");
	assert_int_equal(kit_int(answer, "place"), 1);
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	answer = kit_do(scene.desk, scene.vera, "chat.visit", NULL);
	assert_string_equal(kit_text(answer, "advisor"), "Ann");
	answer = kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.visit", NULL);
	assert_string_equal(kit_text(answer, "conversation"), "");
	kit_desk_end(scene.desk);
}

static gboolean
return_orphans(struct tx *tx, void *data, GError **error)
{
	return chat_return_orphans(tx, 50, data, error);
}

TEST(the_chats_of_somebody_who_was_disabled_go_back_to_the_line)
{
	struct scene scene = scene_begin();
	int returned;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	kit_change(scene.desk, return_orphans, &returned);
	assert_int_equal(returned, 0);
	kit_do(scene.desk, kit_administrator(scene.desk), "person.disable", "{s:I}", "person", scene.ann->person);
	kit_change(scene.desk, return_orphans, &returned);
	assert_int_equal(returned, 1);
	assert_int_equal(act(&scene, scene.ben, "chat.take"), 200);
	kit_desk_end(scene.desk);
}

TEST(the_chats_of_somebody_who_became_a_consultant_go_back_to_the_line)
{
	struct scene scene = scene_begin();
	int returned;

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	kit_do(scene.desk, kit_administrator(scene.desk), "person.role", "{s:I, s:s}", "person", scene.ann->person,
	    "role", "consultant");
	kit_change(scene.desk, return_orphans, &returned);
	assert_int_equal(returned, 1);
	kit_desk_end(scene.desk);
}

TEST(a_chat_does_not_start_with_the_id_of_an_earlier_message)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;

	kit_do(scene.desk, scene.vera, "message.send", "{s:s, s:s, s:s}", "conversation", scene.conversation, "id",
	    "thing-0001", "text", "Hello");
	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200);
	answer = kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "thing-0001", "text", "Hello again");
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "id");
	kit_desk_end(scene.desk);
}

#define RIVALS 8

/* All of them at once, in one batch; gives how many won and leaves the answers to look at. */
static int
take_at_once(struct kit_desk *desk, const struct kit_actor *const *rivals, const char *key, struct kit_answer *answers)
{
	int won = 0;

	kit_hold(desk);
	for (int i = 0; i < RIVALS; i++)
		kit_send(desk, rivals[i], "chat.take", json_pack("{s:s}", "conversation", key), &answers[i]);
	kit_let_go(desk);
	for (int i = 0; i < RIVALS; i++)
		won += answers[i].is_ok;
	return won;
}

TEST(eight_take_the_same_chat_at_once_a_thousand_times_and_one_wins_each)
{
	struct kit_desk *desk = kit_desk_begin(11);
	const struct kit_actor *vera = kit_visitor(desk, "vera"), *rivals[RIVALS];

	for (int i = 0; i < RIVALS; i++) {
		g_autofree char *name = g_strdup_printf("rival%d", i);

		rivals[i] = kit_staff(desk, name, ROLE_ADVISOR);
	}
	for (int round = 0; round < 1000; round++) {
		g_autofree char *id = g_strdup_printf("start-%04d", round);
		g_autofree char *key =
		    g_strdup(kit_text(kit_do(desk, vera, "chat.start", "{s:s}", "id", id), "conversation"));
		struct kit_answer answers[RIVALS] = { 0 };

		assert_int_equal(take_at_once(desk, rivals, key, answers), 1);
		for (int i = 0; i < RIVALS; i++) {
			assert_true(answers[i].is_ok || strstr(kit_text(&answers[i], "detail"), "Rival0") != NULL);
			kit_answer_clear(&answers[i]);
		}
		assert_true(kit_do(desk, vera, "chat.end", "{s:s}", "conversation", key)->is_ok);
	}
	kit_desk_end(desk);
}

TEST(the_id_of_a_command_about_one_chat_does_nothing_to_another)
{
	struct scene scene = scene_begin();
	const struct kit_actor *walt = kit_visitor(scene.desk, "walt");
	const struct kit_answer *answer = kit_do(scene.desk, walt, "chat.start", "{s:s}", "id", "start-walt");
	g_autofree char *other = g_strdup(kit_text(answer, "conversation"));

	for (int again = 0; again < 2; again++) {
		answer = kit_do(scene.desk, scene.ann, "chat.take", "{s:s, s:s}", "conversation", scene.conversation,
		    "id", "take-0001");
		assert_string_equal(kit_text(answer, "conversation"), scene.conversation);
	}
	answer = kit_do(scene.desk, scene.ann, "chat.take", "{s:s, s:s}", "conversation", other, "id", "take-0001");
	assert_int_equal(answer->status, 409);
	assert_string_equal(kit_text(answer, "field"), "id");
	kit_desk_end(scene.desk);
}

TEST(a_visitor_in_a_chat_is_refused_another_and_stays_who_it_was)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer =
	    kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "start-0002", "name", "Somebody else");

	assert_int_equal(answer->status, 409);
	assert_string_equal(
	    json_string_value(json_object_get(json_object_get(row(&scene), "visitor"), "name")), "Vera");
	kit_desk_end(scene.desk);
}

TEST(a_chat_is_not_reopened_to_an_owner_who_has_20_meanwhile_but_waits)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	assert_int_equal(act(&scene, scene.vera, "chat.end"), 200);
	for (int i = 0; i < LIMIT_ADVISOR_CHATS; i++) {
		g_autofree char *name = g_strdup_printf("visitor%d", i);
		g_autofree char *key = g_strdup(kit_text(
		    kit_do(scene.desk, kit_visitor(scene.desk, name), "chat.start", "{s:s}", "id", "start-0001"),
		    "conversation"));

		kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", key);
	}
	assert_int_equal(act(&scene, scene.vera, "chat.reopen"), 200);
	assert_string_equal(state(&scene), "waiting");
	kit_desk_end(scene.desk);
}
