#include "tests/kit/facts.h"

#include <string.h>

#include "base/limits.h"
#include "desk/chat/chat.h"
#include "tests/kit/desk.h"

/* Vera's chat is Ann's; Ben is online, Lea leads, and there is a team. */
struct scene {
	struct kit_desk *desk;
	const struct kit_actor *vera, *ann, *ben, *lea;
	int64_t team;
	char conversation[KEY_CHARS + 1];
	unsigned ids;
};

static int64_t
team_add(struct kit_desk *desk, const char *id, const char *name)
{
	const struct kit_answer *answer =
	    kit_do(desk, kit_administrator(desk), "team.add", "{s:s, s:s}", "id", id, "name", name);

	assert_true(answer->is_ok);
	return kit_int(answer, "id");
}

static int
act(const struct scene *scene, const struct kit_actor *who, const char *command)
{
	return kit_do(scene->desk, who, command, "{s:s}", "conversation", scene->conversation)->status;
}

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.vera = kit_visitor(scene.desk, "vera");
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	scene.team = team_add(scene.desk, "team-0001", "Refunds");
	g_strlcpy(scene.conversation,
	    kit_text(kit_do(scene.desk, scene.vera, "chat.start", "{s:s, s:s}", "id", "start-vera", "name", "Vera"),
		"conversation"),
	    sizeof scene.conversation);
	assert_int_equal(act(&scene, scene.ann, "chat.take"), 200);
	return scene;
}

static const struct kit_answer *
with(const struct scene *scene, const struct kit_actor *who, const char *command, const char *field, int64_t id)
{
	return kit_do(
	    scene->desk, who, command, "{s:s, s:I}", "conversation", scene->conversation, field, (json_int_t)id);
}

static int
invite(const struct scene *scene, const struct kit_actor *who, const struct kit_actor *whom)
{
	return with(scene, who, "chat.invite", "person", whom->person)->status;
}

static int
ask_to_leave(const struct scene *scene, const struct kit_actor *who, const struct kit_actor *whom)
{
	return with(scene, who, "chat.leave", "person", whom->person)->status;
}

static int
transfer(const struct scene *scene, const struct kit_actor *who, const struct kit_actor *to)
{
	return with(scene, who, "chat.transfer", "to", to->person)->status;
}

static int
write_as(struct scene *scene, const struct kit_actor *who, const char *command)
{
	g_autofree char *id = g_strdup_printf("words-%04u", ++scene->ids);

	return kit_do(scene->desk, who, command, "{s:s, s:s, s:s}", "conversation", scene->conversation, "id", id,
	    "text", "Some words")
	    ->status;
}

/* "mine" of that person: "owner", "guest" or "" for no such row. */
static const char *
is_as(const struct scene *scene, const struct kit_actor *who)
{
	const struct kit_answer *answer = kit_do(scene->desk, who, "chat.list", "{s:s}", "view", "mine");
	json_t *row = json_array_get(json_object_get(answer->body, "chats"), 0);

	return row == NULL ? "" : json_string_value(json_object_get(row, "as"));
}

static unsigned
count_guests(const struct scene *scene)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, scene->lea, "chat.get", "{s:s}", "conversation", scene->conversation);

	return (unsigned)json_array_size(json_object_get(answer->body, "guests"));
}

/* The kinds of the newest items as that actor sees them: "… joined left". */
static bool
sees_last(const struct scene *scene, const struct kit_actor *who, const char *kinds)
{
	const struct kit_answer *answer =
	    kit_do(scene->desk, who, "conversation.items", "{s:s}", "conversation", scene->conversation);
	g_autoptr(GString) seen = g_string_new(NULL);
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(answer->body, "items"), i, item)
	{
		g_string_append_printf(seen, " %s", json_string_value(json_object_get(item, "kind")));
	}
	return g_str_has_suffix(seen->str, kinds);
}

TEST(a_guest_speaks_and_whispers_and_sees_the_chat_among_theirs)
{
	struct scene scene = scene_begin();

	assert_int_equal(write_as(&scene, scene.ben, "message.send"), 409);
	assert_int_equal(write_as(&scene, scene.ben, "whisper.add"), 409);
	assert_int_equal(invite(&scene, scene.ann, scene.ben), 200);
	assert_int_equal(invite(&scene, scene.ann, scene.ben), 200); /* stays one */
	assert_int_equal(count_guests(&scene), 1);
	assert_int_equal(write_as(&scene, scene.ben, "message.send"), 200);
	assert_int_equal(write_as(&scene, scene.ben, "whisper.add"), 200);
	assert_string_equal(is_as(&scene, scene.ben), "guest");
	assert_string_equal(is_as(&scene, scene.ann), "owner");
	assert_true(sees_last(&scene, scene.vera, " joined message"));
	assert_int_equal(act(&scene, scene.ben, "chat.leave"), 200);
	assert_int_equal(write_as(&scene, scene.ben, "message.send"), 409);
	assert_string_equal(is_as(&scene, scene.ben), "");
	assert_true(sees_last(&scene, scene.vera, " joined message left"));
	kit_desk_end(scene.desk);
}

TEST(the_owner_or_a_lead_invites_and_nobody_else)
{
	struct scene scene = scene_begin();

	assert_int_equal(invite(&scene, scene.ben, scene.ben), 409);
	assert_int_equal(invite(&scene, scene.ann, scene.ann), 409);
	assert_int_equal(invite(&scene, scene.lea, scene.lea), 200);
	assert_int_equal(invite(&scene, scene.lea, scene.ben), 200);
	assert_int_equal(ask_to_leave(&scene, scene.ben, scene.lea), 409);
	assert_int_equal(ask_to_leave(&scene, scene.ann, scene.lea), 200);
	assert_int_equal(ask_to_leave(&scene, scene.lea, scene.ben), 200);
	assert_int_equal(ask_to_leave(&scene, scene.lea, scene.ben), 409);
	kit_desk_end(scene.desk);
}

TEST(nobody_is_invited_who_is_away_or_answers_no_chats_nor_into_a_chat_that_waits)
{
	struct scene scene = scene_begin();
	const struct kit_actor *cora = kit_staff(scene.desk, "cora", ROLE_CONSULTANT);

	assert_int_equal(invite(&scene, scene.ann, cora), 404);
	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "away");
	assert_int_equal(invite(&scene, scene.ann, scene.ben), 409);
	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "online");
	assert_int_equal(act(&scene, scene.ann, "chat.release"), 200);
	assert_int_equal(invite(&scene, scene.lea, scene.ben), 409);
	kit_desk_end(scene.desk);
}

TEST(a_chat_has_5_guests_and_not_6)
{
	struct scene scene = scene_begin();

	for (int i = 0; i <= LIMIT_CHAT_GUESTS; i++) {
		g_autofree char *name = g_strdup_printf("one%d", i);

		assert_int_equal(invite(&scene, scene.ann, kit_staff(scene.desk, name, ROLE_ADVISOR)),
		    i < LIMIT_CHAT_GUESTS ? 200 : 409);
	}
	assert_int_equal(count_guests(&scene), LIMIT_CHAT_GUESTS);
	kit_desk_end(scene.desk);
}

TEST(guests_leave_without_a_word_when_the_chat_ends_or_goes_back_to_the_line)
{
	static const char *const ways[] = { "chat.end", "chat.release" };
	static const char *const kinds[] = { " joined ended", " joined released" };

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++) {
		struct scene scene = scene_begin();

		assert_int_equal(invite(&scene, scene.ann, scene.ben), 200);
		assert_int_equal(act(&scene, scene.ann, ways[i]), 200);
		assert_int_equal(count_guests(&scene), 0);
		assert_string_equal(is_as(&scene, scene.ben), "");
		assert_true(sees_last(&scene, scene.vera, kinds[i]));
		kit_desk_end(scene.desk);
	}
}

TEST(a_guest_to_whom_the_chat_is_handed_becomes_its_owner_and_other_guests_stay)
{
	struct scene scene = scene_begin();

	assert_int_equal(invite(&scene, scene.ann, scene.ben), 200);
	assert_int_equal(invite(&scene, scene.ann, scene.lea), 200);
	assert_int_equal(transfer(&scene, scene.ann, scene.ben), 200);
	assert_string_equal(is_as(&scene, scene.ben), "owner");
	assert_string_equal(is_as(&scene, scene.lea), "guest");
	assert_string_equal(is_as(&scene, scene.ann), "");
	assert_int_equal(count_guests(&scene), 1);
	kit_desk_end(scene.desk);
}

static gboolean
return_orphans(struct tx *tx, void *data, GError **error)
{
	return chat_return_orphans(tx, 50, data, error);
}

TEST(a_guest_who_was_disabled_leaves)
{
	struct scene scene = scene_begin();
	int returned;

	assert_int_equal(invite(&scene, scene.ann, scene.ben), 200);
	kit_do(scene.desk, kit_administrator(scene.desk), "person.disable", "{s:I}", "person",
	    (json_int_t)scene.ben->person);
	kit_change(scene.desk, return_orphans, &returned);
	assert_int_equal(returned, 1);
	assert_int_equal(count_guests(&scene), 0);
	assert_true(sees_last(&scene, scene.vera, " joined left"));
	kit_desk_end(scene.desk);
}

TEST(a_page_of_chats_shows_the_guests_of_each)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;
	json_t *row;
	size_t i;

	for (int n = 0; n < 6; n++) {
		g_autofree char *name = g_strdup_printf("visitor%d", n);
		g_autofree char *key =
		    g_strdup(kit_text(kit_do(scene.desk, kit_visitor(scene.desk, name), "chat.start", "{s:s, s:s}",
					  "id", "start-0001", "topic", n % 2 == 0 ? "with" : "without"),
			"conversation"));

		kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", key);
		if (n % 2 == 0)
			kit_do(scene.desk, scene.ann, "chat.invite", "{s:s, s:I}", "conversation", key, "person",
			    (json_int_t)scene.ben->person);
	}
	answer = kit_do(scene.desk, scene.lea, "chat.list", "{s:s}", "view", "all");
	json_array_foreach(json_object_get(answer->body, "chats"), i, row)
	{
		bool has = g_strcmp0(json_string_value(json_object_get(row, "topic")), "with") == 0;
		json_t *guest = json_array_get(json_object_get(row, "guests"), 0);

		assert_int_equal(json_array_size(json_object_get(row, "guests")), has ? 1 : 0);
		assert_true(!has || strcmp(json_string_value(json_object_get(guest, "name")), "Ben") == 0);
	}
	assert_int_equal(i, 7);
	kit_desk_end(scene.desk);
}

/* ---- Transfer ---- */

TEST(a_chat_handed_to_a_team_waits_for_it_at_its_old_place_and_anybody_may_take_it)
{
	struct scene scene = scene_begin();
	const struct kit_answer *answer;
	json_t *row;

	kit_wait(scene.desk, 60000);
	kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.start", "{s:s}", "id", "start-wim1");
	answer = with(&scene, scene.ann, "chat.transfer", "team", scene.team);
	assert_true(answer->is_ok);
	assert_string_equal(kit_text(answer, "state"), "waiting");
	answer = kit_do(scene.desk, scene.ben, "chat.list", "{s:s}", "view", "waiting");
	row = json_array_get(json_object_get(answer->body, "chats"), 0);
	assert_string_equal(json_string_value(json_object_get(row, "conversation")), scene.conversation);
	assert_string_equal(json_string_value(json_object_get(json_object_get(row, "team"), "name")), "Refunds");
	assert_int_equal(json_array_size(json_object_get(answer->body, "chats")), 2);
	answer =
	    kit_do(scene.desk, scene.ben, "chat.list", "{s:s, s:I}", "view", "waiting", "team", (json_int_t)scene.team);
	assert_int_equal(json_array_size(json_object_get(answer->body, "chats")), 1);
	assert_int_equal(
	    kit_do(scene.desk, scene.ben, "chat.list", "{s:s, s:I}", "view", "mine", "team", (json_int_t)scene.team)
		->status,
	    400);
	assert_int_equal(act(&scene, scene.ben, "chat.take"), 200);
	kit_desk_end(scene.desk);
}

TEST(a_transfer_goes_to_somebody_or_to_a_team_and_only_where_it_is_not_already)
{
	struct scene scene = scene_begin();

	assert_int_equal(act(&scene, scene.ann, "chat.transfer"), 400);
	assert_int_equal(kit_do(scene.desk, scene.ann, "chat.transfer", "{s:s, s:I, s:I}", "conversation",
			     scene.conversation, "to", (json_int_t)scene.ben->person, "team", (json_int_t)scene.team)
			     ->status,
	    400);
	assert_int_equal(transfer(&scene, scene.ann, scene.ann), 409);
	assert_int_equal(with(&scene, scene.ann, "chat.transfer", "team", 999999)->status, 404);
	assert_int_equal(with(&scene, scene.ann, "chat.transfer", "team", scene.team)->status, 200);
	assert_int_equal(with(&scene, scene.lea, "chat.transfer", "team", scene.team)->status, 409);
	kit_do(scene.desk, kit_administrator(scene.desk), "team.archive", "{s:I}", "team", (json_int_t)scene.team);
	assert_int_equal(transfer(&scene, scene.lea, scene.ann), 200);
	assert_int_equal(with(&scene, scene.ann, "chat.transfer", "team", scene.team)->status, 404);
	kit_desk_end(scene.desk);
}

static const struct kit_answer *
transfer_with_note(const struct scene *scene, const struct kit_actor *to, const char *note)
{
	return kit_do(scene->desk, scene->ann, "chat.transfer", "{s:s, s:s, s:I, s:s}", "conversation",
	    scene->conversation, "id", "transfer-0001", "to", (json_int_t)to->person, "note", note);
}

TEST(the_note_of_a_transfer_stands_before_it_once_and_for_staff_only)
{
	struct scene scene = scene_begin();

	for (int again = 0; again < 2; again++)
		assert_int_equal(transfer_with_note(&scene, scene.ben, "Wants the money back")->status, 200);
	assert_true(sees_last(&scene, scene.ben, " taken note handed"));
	assert_true(sees_last(&scene, scene.vera, " taken handed"));
	kit_desk_end(scene.desk);
}

TEST(a_transfer_that_is_refused_or_whose_commit_fails_leaves_no_note)
{
	struct scene scene = scene_begin();

	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "away");
	assert_int_equal(transfer_with_note(&scene, scene.ben, "Wants the money back")->status, 409);
	assert_true(sees_last(&scene, scene.ann, " taken"));
	kit_do(scene.desk, scene.ben, "seat.status", "{s:s}", "status", "online");
	kit_fail_next(scene.desk, CREW_LOST);
	assert_false(transfer_with_note(&scene, scene.ben, "Wants the money back")->is_ok);
	assert_true(sees_last(&scene, scene.ann, " taken"));
	assert_string_equal(is_as(&scene, scene.ann), "owner");
	assert_true(transfer_with_note(&scene, scene.ben, "Wants the money back")->is_ok);
	assert_true(sees_last(&scene, scene.ann, " taken note handed"));
	kit_desk_end(scene.desk);
}
