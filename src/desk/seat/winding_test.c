/* Facts about the end of a shift. */
#include "base/clock.h"
#include "bus/bus.h"
#include "desk/seat/seat.h"
#include "tests/kit/desk_seat.h"
#include "tests/kit/facts.h"

/* Ann has the only seat, a shift until 10:00, and a chat. */
static struct seat_scene
begin_with_a_chat(char **conversation)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_says(&scene, scene.ann, "online");
	*conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	return scene;
}

TEST(ten_minutes_before_the_end_of_the_shift_no_new_chats_come_and_with_the_last_one_the_seat_passes)
{
	g_autofree char *conversation = NULL, *other = NULL;
	struct seat_scene scene = begin_with_a_chat(&conversation);

	seat_says(&scene, scene.ben, "online");
	other = g_strdup(
	    kit_text(kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.start", "{s:s}", "id", "start-wim1"),
		"conversation"));
	seat_wait_minutes(&scene, 49);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(seat_word_of(&scene, scene.ben, "expected_at"), "2026-03-30T10:00:00.000Z");
	seat_wait_minutes(&scene, 1);
	assert_status(&scene, scene.ann, "winding");
	assert_int_equal(seat_number_of(&scene, scene.ann, "chats"), 1);
	assert_string_equal(seat_word_of(&scene, scene.ann, "ends_at"), "2026-03-30T10:00:00.000Z");
	assert_int_equal(kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", other)->status, 409);
	seat_wait_minutes(&scene, 30);
	assert_status(&scene, scene.ann, "winding");
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(who_has_no_chats_when_winding_down_begins_passes_the_seat_at_once)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(whoever_says_online_again_stays_past_the_end)
{
	g_autofree char *conversation = NULL;
	struct seat_scene scene = begin_with_a_chat(&conversation);

	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_string_equal(kit_text(seat_says(&scene, scene.ann, "online"), "status"), "online");
	seat_wait_minutes(&scene, 5);
	seat_wait_minutes(&scene, 15);
	assert_status(&scene, scene.ann, "online");
	/* Whoever comes in the last minutes comes to stay as well. */
	seat_works(&scene, scene.ben, 8 * 60, 135);
	seat_resize(&scene, 2);
	assert_string_equal(kit_text(seat_says(&scene, scene.ben, "online"), "status"), "online");
	seat_wait_minutes(&scene, 1);
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(an_end_that_passed_while_the_desk_was_stopped_is_made_up_for_at_once)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 300 * MS_PER_MINUTE);
	kit_kill(scene.desk);
	kit_hear(scene.desk);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

/* What the program does after shift.changed. */
static gboolean
look_again(struct tx *tx, void *data, GError **error)
{
	int did;

	(void)data;
	return seat_look_again(tx, 1, &did, error);
}

TEST(a_shift_that_was_made_longer_goes_on)
{
	g_autofree char *conversation = NULL;
	struct seat_scene scene = begin_with_a_chat(&conversation);

	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	seat_works(&scene, scene.ann, 10 * 60, 60);
	kit_change(scene.desk, look_again, NULL);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(seat_word_of(&scene, scene.ann, "ends_at"), "2026-03-30T11:00:00.000Z");
	kit_desk_end(scene.desk);
}

TEST(who_is_away_when_the_shift_is_made_longer_is_away_still)
{
	g_autofree char *conversation = NULL;
	struct seat_scene scene = begin_with_a_chat(&conversation);

	assert_true(
	    kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "away", "reason", "Tea")->is_ok);
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	seat_works(&scene, scene.ann, 10 * 60, 60);
	kit_change(scene.desk, look_again, NULL);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "away");
	kit_desk_end(scene.desk);
}

static void
count_one(void *data, const struct event *event)
{
	(void)event;
	++*(unsigned *)data;
}

TEST(a_look_that_changes_nothing_tells_nobody)
{
	struct seat_scene scene = seat_scene_begin(1);
	unsigned told = 0;

	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_jobs(scene.desk);
	bus_subscribe(kit_edge(scene.desk)->bus, count_one, &told);
	kit_change(scene.desk, look_again, NULL);
	kit_jobs(scene.desk);
	assert_int_equal(told, 0);
	/* Who says the same again moves nobody: that alone is told. */
	seat_says(&scene, scene.ben, "online");
	assert_int_equal(told, 1);
	kit_desk_end(scene.desk);
}

TEST(who_begins_while_somebody_winds_down_has_an_extra_seat_by_rule_which_becomes_a_regular_one)
{
	struct seat_scene scene = seat_scene_begin(1);
	g_autofree char *conversation = NULL;

	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "handover_seats", 1)->is_ok);
	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_works(&scene, scene.ben, 9 * 60 + 50, 120);
	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	seat_says(&scene, scene.lea, "online");
	kit_wait(scene.desk, 1);
	seat_says(&scene, scene.ben, "online");
	assert_status(&scene, scene.ben, "line");
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_status(&scene, scene.lea, "line"); /* her shift has not begun: she has none */
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "handover");
	assert_int_equal(seat_of_pool(&scene, "extra"), 1);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
	kit_jobs(scene.desk);
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "own");
	assert_int_equal(seat_of_pool(&scene, "extra"), 0);
	assert_int_equal(seat_of_pool(&scene, "used"), 1);
	assert_status(&scene, scene.lea, "line");
	kit_desk_end(scene.desk);
}

/* Ann winds down from 09:50 on, Ben's shift begins then, and both seats of a hand-over are to be had. */
static struct seat_scene
begin_at_a_handover(int seats)
{
	struct seat_scene scene = seat_scene_begin(seats);

	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "handover_seats", 2)->is_ok);
	seat_works(&scene, scene.ann, 8 * 60, 120);
	seat_works(&scene, scene.ben, 9 * 60 + 50, 120);
	seat_says(&scene, scene.ann, "online");
	return scene;
}

TEST(the_seat_of_who_winds_down_without_chats_goes_to_the_first_in_the_line_and_not_to_who_begins)
{
	struct seat_scene scene = begin_at_a_handover(1);

	seat_says(&scene, scene.lea, "online");
	seat_says(&scene, scene.ben, "online");
	assert_int_equal(seat_number_of(&scene, scene.ben, "place"), 2);
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "offline");
	assert_string_equal(seat_word_of(&scene, scene.lea, "seat"), "own");
	assert_status(&scene, scene.ben, "line");
	assert_int_equal(seat_of_pool(&scene, "extra"), 0);
	kit_desk_end(scene.desk);
}

TEST(a_hand_over_seat_is_for_who_begins_and_not_for_whose_shift_ends_too)
{
	struct seat_scene scene = begin_at_a_handover(1);
	g_autofree char *conversation = seat_taken_chat(&scene, scene.vera, scene.ann);

	seat_works(&scene, scene.lea, 8 * 60, 120);
	seat_says(&scene, scene.lea, "online");
	seat_says(&scene, scene.ben, "online");
	assert_int_equal(seat_number_of(&scene, scene.ben, "place"), 2);
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_status(&scene, scene.lea, "line");
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "handover");
	/* Nor for who of them comes late. */
	seat_says(&scene, scene.ben, "offline");
	seat_says(&scene, scene.lea, "offline");
	assert_status(&scene, scene.lea, "offline");
	seat_says(&scene, scene.lea, "online");
	assert_status(&scene, scene.lea, "line");
	seat_says(&scene, scene.ben, "online");
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "handover");
	kit_desk_end(scene.desk);
}

TEST(who_comes_back_from_the_phone_in_the_last_minutes_stays_and_does_not_wind_down_again)
{
	g_autofree char *conversation = NULL;
	struct seat_scene scene = begin_with_a_chat(&conversation);

	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	seat_says(&scene, scene.ann, "phone");
	seat_says(&scene, scene.ann, "online");
	assert_status(&scene, scene.ann, "online");
	seat_wait_minutes(&scene, 20);
	assert_status(&scene, scene.ann, "online");
	kit_desk_end(scene.desk);
}

TEST(in_a_pool_that_drains_a_seat_that_is_nobodys_next_is_not_handed_over)
{
	struct seat_scene scene = begin_at_a_handover(2);
	g_autofree char *conversation = seat_taken_chat(&scene, scene.vera, scene.ann);

	seat_says(&scene, scene.lea, "online");
	seat_resize(&scene, 1);
	seat_says(&scene, scene.ben, "online");
	seat_wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_status(&scene, scene.ben, "line");
	/* With one seat more than it is to have no longer in use, hers is somebody's. */
	seat_resize(&scene, 2);
	assert_string_equal(seat_word_of(&scene, scene.ben, "seat"), "handover");
	kit_desk_end(scene.desk);
}
