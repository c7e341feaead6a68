#include "desk/seat/seat.h"

#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk_seat.h"
#include "tests/kit/facts.h"

/* ---- Taking and giving back ---- */

TEST(of_two_who_sign_in_at_the_same_instant_one_gets_the_last_seat_and_the_other_the_first_place)
{
	struct seat_scene scene = seat_scene_begin(1);
	struct kit_answer first, second;

	kit_hold(scene.desk);
	kit_send(scene.desk, scene.ann, "seat.status", json_pack("{s:s}", "status", "online"), &first);
	kit_send(scene.desk, scene.ben, "seat.status", json_pack("{s:s}", "status", "online"), &second);
	kit_let_go(scene.desk);
	assert_string_equal(kit_text(&first, "status"), "online");
	assert_string_equal(kit_text(&first, "seat"), "own");
	assert_string_equal(kit_text(&second, "status"), "line");
	assert_int_equal(kit_int(&second, "place"), 1);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	kit_answer_clear(&first);
	kit_answer_clear(&second);
	kit_desk_end(scene.desk);
}

TEST(whoever_stands_first_in_the_line_is_let_in_the_moment_a_seat_frees)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	assert_int_equal(kit_int(seat_says(&scene, scene.cleo, "online"), "place"), 2);
	seat_says(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	assert_int_equal(seat_number_of(&scene, scene.cleo, "place"), 1);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	kit_desk_end(scene.desk);
}

TEST(the_same_word_again_changes_nothing)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(seat_says(&scene, scene.ann, "online"), "status"), "online");
	seat_says(&scene, scene.ben, "online");
	assert_int_equal(kit_int(seat_says(&scene, scene.ben, "online"), "place"), 1);
	assert_true(seat_says(&scene, scene.lea, "offline")->is_ok);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	kit_desk_end(scene.desk);
}

TEST(the_phone_frees_the_seat_at_once_and_keeps_the_place)
{
	struct seat_scene scene = seat_scene_begin(1);
	g_autofree char *conversation = NULL;

	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	seat_says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	assert_true(
	    kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "phone", "reason", "a call")->is_ok);
	assert_string_equal(seat_chat_state(&scene, conversation), "waiting");
	assert_status(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	seat_says(&scene, scene.cleo, "online");
	assert_int_equal(kit_int(seat_says(&scene, scene.ann, "online"), "place"), 1);
	assert_int_equal(seat_number_of(&scene, scene.cleo, "place"), 2);
	kit_desk_end(scene.desk);
}

TEST(who_is_away_keeps_the_seat_and_says_why_and_until_when)
{
	struct seat_scene scene = seat_scene_begin(1);
	const struct kit_answer *answer;

	seat_says(&scene, scene.ann, "online");
	answer = kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s, s:s}", "status", "away", "reason", "lunch",
	    "back_at", "2026-03-30T09:30:00.000Z");
	assert_string_equal(kit_text(answer, "status"), "away");
	assert_string_equal(kit_text(answer, "reason"), "lunch");
	assert_string_equal(kit_text(answer, "back_at"), "2026-03-30T09:30:00.000Z");
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "line");
	answer = seat_says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(answer, "status"), "online");
	assert_string_equal(kit_text(answer, "reason"), "");
	kit_desk_end(scene.desk);
}

TEST(nobody_is_away_from_a_seat_that_they_do_not_have)
{
	struct seat_scene scene = seat_scene_begin(1);

	assert_int_equal(seat_says(&scene, scene.ann, "away")->status, 409);
	seat_says(&scene, scene.ben, "online");
	seat_says(&scene, scene.ann, "online");
	assert_int_equal(seat_says(&scene, scene.ann, "away")->status, 409);
	assert_status(&scene, scene.ann, "line");
	kit_desk_end(scene.desk);
}

TEST(the_time_of_return_is_within_24_hours_and_ahead)
{
	struct seat_scene scene = seat_scene_begin(1);
	const struct {
		const char *back_at;
		int status;
	} tries[] = { { "2026-03-31T09:00:00.000Z", 200 }, { "2026-03-31T09:00:00.001Z", 422 },
		{ "2026-03-30T09:00:00.000Z", 422 }, { "2026-03-30T09:00:00.001Z", 200 } };

	assert_int_equal(LIMIT_AWAY_HOURS, 24);
	seat_says(&scene, scene.ann, "online");
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++)
		assert_int_equal(kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "away", "back_at",
				     tries[i].back_at)
				     ->status,
		    tries[i].status);
	assert_int_equal(
	    kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "online", "reason", "lunch")->status,
	    400);
	kit_desk_end(scene.desk);
}

/* ---- Pools ---- */

TEST(a_pool_that_is_made_smaller_drains_and_one_that_is_made_larger_lets_in_at_once)
{
	struct seat_scene scene = seat_scene_begin(2);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	seat_resize(&scene, 1);
	assert_status(&scene, scene.ben, "online");
	assert_int_equal(seat_of_pool(&scene, "used"), 2);
	seat_says(&scene, scene.lea, "online");
	kit_wait(scene.desk, 1);
	seat_says(&scene, scene.cleo, "online");
	seat_says(&scene, scene.ann, "offline");
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	assert_status(&scene, scene.lea, "line");
	seat_resize(&scene, 3);
	assert_status(&scene, scene.lea, "online");
	assert_status(&scene, scene.cleo, "online");
	assert_int_equal(seat_of_pool(&scene, "used"), 3);
	kit_desk_end(scene.desk);
}

static void
line_up(const struct seat_scene *scene, int count)
{
	for (int i = 0; i < count; i++) {
		g_autofree char *name = g_strdup_printf("person%02d", i);

		assert_int_equal(
		    kit_int(seat_says(scene, kit_staff(scene->desk, name, ROLE_LEAD), "online"), "place"), i + 1);
	}
}

/* No seat, and so many who wait for one. */
static struct seat_scene
begin_with_line(int count)
{
	struct seat_scene scene = seat_scene_begin(0);

	line_up(&scene, count);
	return scene;
}

/* In commits of fifty; whoever comes meanwhile does not pass those who wait. */
TEST(a_pool_that_grows_by_many_lets_in_50_at_once_and_the_51st_with_the_next_commit)
{
	struct seat_scene scene = begin_with_line(51);

	seat_says(&scene, scene.ann, "online");
	seat_resize(&scene, 51);
	assert_int_equal(seat_of_pool(&scene, "used"), 50);
	assert_int_equal(seat_of_pool(&scene, "line"), 2);
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "line");
	assert_int_equal(seat_of_pool(&scene, "used"), 51);
	assert_int_equal(seat_number_of(&scene, scene.ann, "place"), 1);
	seat_resize(&scene, 200);
	assert_int_equal(seat_of_pool(&scene, "used"), 53);
	kit_desk_end(scene.desk);
}

TEST(nobody_is_handed_a_seat_over_before_those_whom_the_next_round_lets_in)
{
	struct seat_scene scene = seat_scene_begin(1);
	g_autofree char *conversation = NULL;

	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_works(&scene, scene.ben, 9 * 60 + 50, 120);
	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	line_up(&scene, 51);
	seat_says(&scene, scene.ben, "online");
	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "handover_seats", 2)->is_ok);
	seat_resize(&scene, 52);
	assert_int_equal(seat_of_pool(&scene, "line"), 2);
	assert_status(&scene, scene.ben, "line");
	kit_jobs(scene.desk);
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "handover");
	assert_int_equal(seat_of_pool(&scene, "line"), 0);
	kit_desk_end(scene.desk);
}

TEST(what_a_grown_pool_has_left_is_filled_by_the_next_round)
{
	struct seat_scene scene = begin_with_line(52);

	seat_resize(&scene, 52);
	kit_hear(scene.desk);
	kit_jobs(scene.desk);
	assert_int_equal(seat_of_pool(&scene, "used"), 52);
	assert_int_equal(seat_of_pool(&scene, "line"), 0);
	kit_desk_end(scene.desk);
}

TEST(a_team_with_a_pool_of_its_own_signs_in_there_and_one_without_in_everybodys)
{
	struct seat_scene scene = seat_scene_begin(1);
	struct kit_desk *desk = scene.desk;
	int64_t team, pool;

	team = kit_int(kit_do(desk, scene.lea, "team.add", "{s:s, s:s, s:[I]}", "id", "team-0001", "name", "Repairs",
			   "members", (json_int_t)scene.ben->person),
	    "id");
	pool = kit_int(kit_do(desk, scene.lea, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0001", "team",
			   (json_int_t)team, "size", 1, "cap", 3),
	    "id");
	assert_int_equal(kit_do(desk, scene.lea, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0002", "team",
			     (json_int_t)team, "size", 1, "cap", 3)
			     ->status,
	    409);
	seat_says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "online");
	assert_int_equal(seat_number_of(&scene, scene.ben, "pool"), pool);
	assert_int_equal(kit_do(desk, scene.lea, "pool.remove", "{s:I}", "pool", (json_int_t)pool)->status, 409);
	/* Whoever is on duty keeps the pool, whatever becomes of the team. */
	assert_true(kit_do(desk, scene.lea, "team.change", "{s:I, s:[]}", "team", (json_int_t)team, "members")->is_ok);
	assert_int_equal(seat_number_of(&scene, scene.ben, "pool"), pool);
	seat_says(&scene, scene.ben, "offline");
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "line");
	assert_true(kit_do(desk, scene.lea, "pool.remove", "{s:I}", "pool", (json_int_t)pool)->is_ok);
	assert_true(kit_do(desk, scene.lea, "pool.remove", "{s:I}", "pool", (json_int_t)pool)->is_ok);
	assert_int_equal(
	    kit_do(desk, scene.lea, "pool.change", "{s:I, s:i}", "pool", (json_int_t)pool, "size", 2)->status, 404);
	assert_int_equal(kit_do(desk, scene.lea, "pool.remove", "{s:i}", "pool", 1)->status, 409);
	assert_int_equal(kit_int(kit_do(desk, scene.lea, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0003", "team",
				     (json_int_t)team, "size", 2, "cap", 3),
			     "id"),
	    pool);
	kit_desk_end(desk);
}

TEST(a_lead_says_how_many_chats_somebody_takes_and_which)
{
	struct seat_scene scene = seat_scene_begin(1);
	struct kit_desk *desk = scene.desk;
	const struct kit_answer *answer;

	assert_int_equal(kit_int(seat_says(&scene, scene.ann, "online"), "cap"), 4);
	answer = kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:i, s:[s], s:[ss]}", "person",
	    (json_int_t)scene.ann->person, "cap", 2, "topics", "Lamps", "languages", "en", "pt-BR");
	assert_int_equal(json_array_size(json_object_get(answer->body, "languages")), 2);
	assert_int_equal(seat_number_of(&scene, scene.ann, "cap"), 2);
	answer = kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:i}", "person",
	    (json_int_t)scene.ann->person, "cap", 0);
	assert_int_equal(json_array_size(json_object_get(answer->body, "topics")), 1);
	assert_int_equal(seat_number_of(&scene, scene.ann, "cap"), 4);
	assert_true(kit_do(desk, scene.ada, "setting.change", "{s:i}", "chats_each", 3)->is_ok);
	kit_jobs(desk);
	assert_int_equal(seat_number_of(&scene, scene.ann, "cap"), 3);
	assert_int_equal(
	    kit_int(kit_do(desk, scene.lea, "person.abilities", "{s:i}", "person", 999999), "status"), 404);
	assert_int_equal(kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:[s]}", "person",
			     (json_int_t)scene.ann->person, "languages", "not one")
			     ->status,
	    422);
	kit_desk_end(desk);
}

/* ---- A lead, and back-ups ---- */

TEST(a_lead_frees_a_forgotten_seat_and_its_chats_go_to_the_head_of_the_line_first)
{
	struct seat_scene scene = seat_scene_begin(1);
	const struct kit_actor *wim = kit_visitor(scene.desk, "wim");
	g_autofree char *conversation = NULL;

	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	kit_wait(scene.desk, 1);
	kit_do(scene.desk, wim, "chat.start", "{s:s}", "id", "start-wim1");
	seat_says(&scene, scene.ben, "online");
	assert_true(kit_do(scene.desk, scene.lea, "seat.free", "{s:I, s:s}", "person", (json_int_t)scene.ann->person,
	    "reason", "she went home")
			->is_ok);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	assert_int_equal(kit_int(kit_do(scene.desk, scene.vera, "chat.visit", NULL), "place"), 1);
	assert_int_equal(kit_int(kit_do(scene.desk, wim, "chat.visit", NULL), "place"), 2);
	assert_int_equal(kit_do(scene.desk, scene.lea, "seat.free", "{s:I, s:s}", "person",
			     (json_int_t)scene.ann->person, "reason", "again")
			     ->status,
	    409);
	assert_int_equal(
	    kit_do(scene.desk, scene.lea, "seat.free", "{s:i, s:s}", "person", 999999, "reason", "who?")->status, 404);
	kit_desk_end(scene.desk);
}

TEST(a_backup_who_stands_in_the_line_when_help_is_called_is_let_in_and_an_advisor_is_not)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	seat_says(&scene, scene.cleo, "online");
	kit_jobs(scene.desk);
	assert_int_equal(seat_number_of(&scene, scene.cleo, "place"), 2);
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	seat_says(&scene, scene.ann, "away");
	seat_wait_minutes(&scene, 3);
	kit_route(scene.desk);
	kit_jobs(scene.desk);
	assert_string_equal(seat_word_of(&scene, scene.cleo, "seat"), "backup");
	assert_status(&scene, scene.cleo, "online");
	assert_int_equal(seat_number_of(&scene, scene.ben, "place"), 1);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	assert_int_equal(seat_of_pool(&scene, "extra"), 1);
	kit_desk_end(scene.desk);
}

TEST(a_backup_who_was_asked_for_help_signs_in_beyond_the_size_and_an_advisor_does_not)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(seat_says(&scene, scene.cleo, "online"), "status"), "line");
	seat_says(&scene, scene.cleo, "offline");
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	seat_says(&scene, scene.ann, "away");
	kit_wait(scene.desk, 180 * MS_PER_SECOND);
	kit_route(scene.desk);
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "line");
	assert_string_equal(kit_text(seat_says(&scene, scene.cleo, "online"), "seat"), "backup");
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	assert_int_equal(seat_of_pool(&scene, "extra"), 1);
	seat_says(&scene, scene.cleo, "offline");
	assert_int_equal(seat_of_pool(&scene, "extra"), 0);
	assert_status(&scene, scene.ben, "line");
	kit_desk_end(scene.desk);
}

TEST(what_somebody_was_asked_to_take_is_offered_to_others_when_they_go_away)
{
	struct seat_scene scene = seat_scene_begin(2);

	seat_says(&scene, scene.ann, "online");
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	kit_route(scene.desk);
	assert_int_equal(seat_number_of(&scene, scene.ann, "load"), 1);
	seat_says(&scene, scene.ann, "away");
	assert_int_equal(seat_number_of(&scene, scene.ann, "load"), 0);
	seat_says(&scene, scene.ben, "online");
	kit_route(scene.desk);
	assert_int_equal(seat_number_of(&scene, scene.ben, "load"), 1);
	kit_vanish(scene.ben);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_int_equal(seat_number_of(&scene, scene.ben, "load"), 0);
	kit_desk_end(scene.desk);
}

/* ---- The log ---- */

TEST(the_log_says_what_happened_the_newest_first_and_page_by_page)
{
	struct seat_scene scene = seat_scene_begin(1);
	const struct kit_answer *answer;
	const json_t *lines;
	int64_t before;

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_do(scene.desk, scene.lea, "seat.free", "{s:I, s:s}", "person", (json_int_t)scene.ann->person, "reason",
	    "she went home");
	answer = kit_do(scene.desk, scene.lea, "seat.log", "{s:i}", "limit", 2);
	assert_true(json_is_true(json_object_get(answer->body, "more")));
	lines = json_object_get(answer->body, "lines");
	assert_string_equal(json_string_value(json_object_get(json_array_get(lines, 0), "what")), "let in");
	assert_string_equal(json_string_value(json_object_get(json_array_get(lines, 1), "what")), "freed");
	assert_string_equal(json_string_value(json_object_get(json_array_get(lines, 1), "why")), "she went home");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(json_array_get(lines, 1), "by"), "id")),
	    scene.lea->person);
	before = json_integer_value(json_object_get(json_array_get(lines, 1), "id"));
	answer = kit_do(scene.desk, scene.lea, "seat.log", "{s:i, s:I, s:i}", "limit", 200, "before",
	    (json_int_t)before, "pool", 1);
	lines = json_object_get(answer->body, "lines");
	assert_string_equal(json_string_value(json_object_get(json_array_get(lines, 0), "what")), "waits");
	assert_int_equal(json_array_size(json_object_get(
			     kit_do(scene.desk, scene.lea, "seat.log", "{s:i}", "pool", 999)->body, "lines")),
	    0);
	kit_desk_end(scene.desk);
}
