/* Facts about who is not heard of, and who is signed in nowhere any more. */
#include "base/clock.h"
#include "base/limits.h"
#include "tests/kit/desk_seat.h"
#include "tests/kit/facts.h"

TEST(who_is_not_heard_of_loses_chats_and_seat_after_120_seconds_and_not_a_millisecond_earlier)
{
	struct seat_scene scene = seat_scene_begin(1);
	g_autofree char *conversation = NULL;

	assert_int_equal(LIMIT_LOST_SECONDS, 120);
	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	seat_says(&scene, scene.ben, "online");
	kit_vanish(scene.ann);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND - 1);
	kit_jobs(scene.desk);
	assert_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	assert_non_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	kit_wait(scene.desk, (LIMIT_LOST_SECONDS - LIMIT_GONE_SECONDS) * MS_PER_SECOND - 1);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(seat_chat_state(&scene, conversation), "owned");
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	assert_string_equal(seat_chat_state(&scene, conversation), "waiting");
	kit_desk_end(scene.desk);
}

TEST(who_is_heard_of_again_in_time_keeps_seat_and_chats)
{
	struct seat_scene scene = seat_scene_begin(1);
	g_autofree char *conversation = NULL;

	seat_says(&scene, scene.ann, "online");
	conversation = seat_taken_chat(&scene, scene.vera, scene.ann);
	kit_vanish(scene.ann);
	kit_wait(scene.desk, (LIMIT_LOST_SECONDS - 1) * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_true(kit_do(scene.desk, scene.ann, "person.me", NULL)->is_ok);
	kit_wait(scene.desk, 2 * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	assert_string_equal(seat_chat_state(&scene, conversation), "owned");
	kit_desk_end(scene.desk);
}

TEST(who_stands_in_the_line_and_is_not_heard_of_is_passed_over_until_they_are_back)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	seat_says(&scene, scene.cleo, "online");
	kit_vanish(scene.ben);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	seat_says(&scene, scene.ann, "offline");
	assert_status(&scene, scene.cleo, "online");
	assert_true(kit_do(scene.desk, scene.ben, "person.me", NULL)->is_ok);
	seat_says(&scene, scene.cleo, "offline");
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(whoever_is_disabled_or_gets_a_role_that_does_not_answer_loses_the_seat)
{
	struct seat_scene scene = seat_scene_begin(2);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	seat_says(&scene, scene.lea, "online");
	assert_true(
	    kit_do(scene.desk, scene.ada, "person.disable", "{s:I}", "person", (json_int_t)scene.ann->person)->is_ok);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.lea, "online");
	assert_true(kit_do(scene.desk, scene.ada, "person.role", "{s:I, s:s}", "person", (json_int_t)scene.ben->person,
	    "role", "consultant")
			->is_ok);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ben, "offline");
	kit_sign_in(scene.desk, scene.ben);
	assert_int_equal(seat_says(&scene, scene.ben, "online")->status, 403);
	kit_desk_end(scene.desk);
}

/* ---- The clock is set back ---- */

TEST(who_is_dead_when_the_clock_is_set_back_gets_no_more_chats_and_who_is_there_does)
{
	struct seat_scene scene = seat_scene_begin(2);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "online");
	kit_vanish(scene.ann);
	kit_wait(scene.desk, -10 * MS_PER_MINUTE);
	kit_jobs(scene.desk);
	assert_non_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	assert_null(json_object_get(seat_row_of(&scene, scene.ben), "gone_since"));
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	kit_route(scene.desk);
	assert_int_equal(seat_number_of(&scene, scene.ann, "load"), 0);
	assert_int_equal(seat_number_of(&scene, scene.ben, "load"), 1);
	kit_wait(scene.desk, LIMIT_LOST_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(a_clock_that_is_set_back_by_ten_seconds_is_waited_for_and_by_a_millisecond_more_is_not)
{
	struct seat_scene scene = seat_scene_begin(2);

	seat_says(&scene, scene.ann, "online");
	kit_vanish(scene.ann);
	kit_wait(scene.desk, -10 * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	kit_wait(scene.desk, -1);
	kit_jobs(scene.desk);
	assert_non_null(json_object_get(seat_row_of(&scene, scene.ann), "gone_since"));
	kit_desk_end(scene.desk);
}

TEST(who_comes_after_the_clock_was_set_back_stands_behind_who_waits_or_keeps_a_place)
{
	struct seat_scene scene = seat_scene_begin(1);

	seat_says(&scene, scene.ann, "online");
	seat_says(&scene, scene.ben, "phone");
	seat_says(&scene, scene.cleo, "online");
	kit_wait(scene.desk, -10 * MS_PER_MINUTE);
	kit_hear(scene.desk);
	assert_int_equal(kit_int(seat_says(&scene, scene.lea, "online"), "place"), 2);
	seat_says(&scene, scene.ann, "phone");
	assert_status(&scene, scene.cleo, "online");
	assert_int_equal(kit_int(seat_says(&scene, scene.ben, "online"), "place"), 1);
	assert_int_equal(kit_int(seat_says(&scene, scene.ann, "online"), "place"), 3);
	assert_int_equal(seat_number_of(&scene, scene.lea, "place"), 2);
	kit_desk_end(scene.desk);
}
