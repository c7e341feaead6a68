#include "desk/seat/seat.h"

#include "base/clock.h"
#include "base/limits.h"
#include "bus/bus.h"
#include "desk/routing/routing.h"
#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

/* A desk with one pool of a few seats. Lea is a lead, Cleo a back-up. */
struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ada, *lea, *ann, *ben, *cleo, *vera;
	unsigned ids;
};

static const struct kit_answer *
says(const struct scene *scene, const struct kit_actor *who, const char *status)
{
	return kit_do(scene->desk, who, "seat.status", "{s:s}", "status", status);
}

static void
resize(const struct scene *scene, int size)
{
	assert_true(kit_do(scene->desk, scene->ada, "pool.change", "{s:i, s:i}", "pool", 1, "size", size)->is_ok);
}

/* Everybody is offline; the pool has so many seats. */
static struct scene
scene_begin(int seats)
{
	struct scene scene = { .desk = kit_desk_begin(1) };

	scene.ada = kit_administrator(scene.desk);
	scene.lea = kit_staff(scene.desk, "lea", ROLE_LEAD);
	scene.ann = kit_staff(scene.desk, "ann", ROLE_ADVISOR);
	scene.ben = kit_staff(scene.desk, "ben", ROLE_ADVISOR);
	scene.cleo = kit_staff(scene.desk, "cleo", ROLE_BACKUP);
	scene.vera = kit_visitor(scene.desk, "vera");
	says(&scene, scene.ada, "offline");
	says(&scene, scene.lea, "offline");
	says(&scene, scene.ann, "offline");
	says(&scene, scene.ben, "offline");
	says(&scene, scene.cleo, "offline");
	resize(&scene, seats);
	return scene;
}

static json_t *
row_of(const struct scene *scene, const struct kit_actor *who)
{
	json_t *rows = json_object_get(kit_do(scene->desk, scene->ada, "seat.board", NULL)->body, "people"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		if (json_integer_value(json_object_get(row, "id")) == who->person)
			return row;
	}
	return NULL;
}

static const char *
word_of(const struct scene *scene, const struct kit_actor *who, const char *field)
{
	const json_t *row = row_of(scene, who);

	return row == NULL ? "offline" : g_intern_string(json_string_value(json_object_get(row, field)));
}

static int64_t
number_of(const struct scene *scene, const struct kit_actor *who, const char *field)
{
	return json_integer_value(json_object_get(row_of(scene, who), field));
}

static int64_t
pool_number(const struct scene *scene, const char *field)
{
	json_t *pools = json_object_get(kit_do(scene->desk, scene->ada, "pool.list", NULL)->body, "pools");

	return json_integer_value(json_object_get(json_array_get(pools, 0), field));
}

#define assert_status(scene_, who_, word_) assert_string_equal(word_of(scene_, who_, "status"), word_)

/* A chat that this advisor has. */
static char *
taken_chat(struct scene *scene, const struct kit_actor *visitor, const struct kit_actor *who)
{
	g_autofree char *id = g_strdup_printf("start-%05u", ++scene->ids);
	char *conversation =
	    g_strdup(kit_text(kit_do(scene->desk, visitor, "chat.start", "{s:s}", "id", id), "conversation"));

	assert_true(kit_do(scene->desk, who, "chat.take", "{s:s}", "conversation", conversation)->is_ok);
	return conversation;
}

static const char *
state_of(const struct scene *scene, const char *conversation)
{
	return g_intern_string(
	    kit_text(kit_do(scene->desk, scene->ada, "chat.get", "{s:s}", "conversation", conversation), "state"));
}

/* A shift on the Monday of the kit, which begins at 09:00. */
static void
works(struct scene *scene, const struct kit_actor *who, int from_minute, int minutes)
{
	g_autofree char *id = g_strdup_printf("shift-%05u", ++scene->ids);

	assert_true(kit_do(scene->desk, scene->lea, "shift.add", "{s:s, s:I, s:i, s:i, s:i, s:s}", "id", id, "person",
	    (json_int_t)who->person, "weekday", 1, "from_minute", from_minute, "minutes", minutes, "first_day",
	    "2026-03-30")
			->is_ok);
}

/* So many minutes later, with what the desk does by itself. */
static void
wait_minutes(const struct scene *scene, int64_t minutes)
{
	kit_wait(scene->desk, minutes * MS_PER_MINUTE);
	kit_hear(scene->desk);
	kit_jobs(scene->desk);
	kit_jobs(scene->desk);
}

/* ---- Taking and giving back ---- */

TEST(of_two_who_sign_in_at_the_same_instant_one_gets_the_last_seat_and_the_other_the_first_place)
{
	struct scene scene = scene_begin(1);
	struct kit_answer first, second;

	kit_hold(scene.desk);
	kit_send(scene.desk, scene.ann, "seat.status", json_pack("{s:s}", "status", "online"), &first);
	kit_send(scene.desk, scene.ben, "seat.status", json_pack("{s:s}", "status", "online"), &second);
	kit_let_go(scene.desk);
	assert_string_equal(kit_text(&first, "status"), "online");
	assert_string_equal(kit_text(&first, "seat"), "own");
	assert_string_equal(kit_text(&second, "status"), "line");
	assert_int_equal(kit_int(&second, "place"), 1);
	assert_int_equal(pool_number(&scene, "used"), 1);
	kit_answer_clear(&first);
	kit_answer_clear(&second);
	kit_desk_end(scene.desk);
}

TEST(whoever_stands_first_in_the_line_is_let_in_the_moment_a_seat_frees)
{
	struct scene scene = scene_begin(1);

	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	assert_int_equal(kit_int(says(&scene, scene.cleo, "online"), "place"), 2);
	says(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	assert_int_equal(number_of(&scene, scene.cleo, "place"), 1);
	assert_int_equal(pool_number(&scene, "used"), 1);
	kit_desk_end(scene.desk);
}

TEST(the_same_word_again_changes_nothing)
{
	struct scene scene = scene_begin(1);

	says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(says(&scene, scene.ann, "online"), "status"), "online");
	says(&scene, scene.ben, "online");
	assert_int_equal(kit_int(says(&scene, scene.ben, "online"), "place"), 1);
	assert_true(says(&scene, scene.lea, "offline")->is_ok);
	assert_int_equal(pool_number(&scene, "used"), 1);
	kit_desk_end(scene.desk);
}

TEST(the_phone_frees_the_seat_at_once_and_keeps_the_place)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	assert_true(
	    kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "phone", "reason", "a call")->is_ok);
	assert_string_equal(state_of(&scene, conversation), "waiting");
	assert_status(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	says(&scene, scene.cleo, "online");
	assert_int_equal(kit_int(says(&scene, scene.ann, "online"), "place"), 1);
	assert_int_equal(number_of(&scene, scene.cleo, "place"), 2);
	kit_desk_end(scene.desk);
}

TEST(who_is_away_keeps_the_seat_and_says_why_and_until_when)
{
	struct scene scene = scene_begin(1);
	const struct kit_answer *answer;

	says(&scene, scene.ann, "online");
	answer = kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s, s:s}", "status", "away", "reason", "lunch",
	    "back_at", "2026-03-30T09:30:00.000Z");
	assert_string_equal(kit_text(answer, "status"), "away");
	assert_string_equal(kit_text(answer, "reason"), "lunch");
	assert_string_equal(kit_text(answer, "back_at"), "2026-03-30T09:30:00.000Z");
	assert_string_equal(kit_text(says(&scene, scene.ben, "online"), "status"), "line");
	answer = says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(answer, "status"), "online");
	assert_string_equal(kit_text(answer, "reason"), "");
	kit_desk_end(scene.desk);
}

TEST(nobody_is_away_from_a_seat_that_they_do_not_have)
{
	struct scene scene = scene_begin(1);

	assert_int_equal(says(&scene, scene.ann, "away")->status, 409);
	says(&scene, scene.ben, "online");
	says(&scene, scene.ann, "online");
	assert_int_equal(says(&scene, scene.ann, "away")->status, 409);
	assert_status(&scene, scene.ann, "line");
	kit_desk_end(scene.desk);
}

TEST(the_time_of_return_is_within_24_hours_and_ahead)
{
	struct scene scene = scene_begin(1);
	const struct {
		const char *back_at;
		int status;
	} tries[] = { { "2026-03-31T09:00:00.000Z", 200 }, { "2026-03-31T09:00:00.001Z", 422 },
		{ "2026-03-30T09:00:00.000Z", 422 }, { "2026-03-30T09:00:00.001Z", 200 } };

	assert_int_equal(LIMIT_AWAY_HOURS, 24);
	says(&scene, scene.ann, "online");
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
	struct scene scene = scene_begin(2);

	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	resize(&scene, 1);
	assert_status(&scene, scene.ben, "online");
	assert_int_equal(pool_number(&scene, "used"), 2);
	says(&scene, scene.lea, "online");
	kit_wait(scene.desk, 1);
	says(&scene, scene.cleo, "online");
	says(&scene, scene.ann, "offline");
	assert_int_equal(pool_number(&scene, "used"), 1);
	assert_status(&scene, scene.lea, "line");
	resize(&scene, 3);
	assert_status(&scene, scene.lea, "online");
	assert_status(&scene, scene.cleo, "online");
	assert_int_equal(pool_number(&scene, "used"), 3);
	kit_desk_end(scene.desk);
}

TEST(a_team_with_a_pool_of_its_own_signs_in_there_and_one_without_in_everybodys)
{
	struct scene scene = scene_begin(1);
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
	says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(says(&scene, scene.ben, "online"), "status"), "online");
	assert_int_equal(number_of(&scene, scene.ben, "pool"), pool);
	assert_int_equal(kit_do(desk, scene.lea, "pool.remove", "{s:I}", "pool", (json_int_t)pool)->status, 409);
	/* Whoever is on duty keeps the pool, whatever becomes of the team. */
	assert_true(kit_do(desk, scene.lea, "team.change", "{s:I, s:[]}", "team", (json_int_t)team, "members")->is_ok);
	assert_int_equal(number_of(&scene, scene.ben, "pool"), pool);
	says(&scene, scene.ben, "offline");
	assert_string_equal(kit_text(says(&scene, scene.ben, "online"), "status"), "line");
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
	struct scene scene = scene_begin(1);
	struct kit_desk *desk = scene.desk;
	const struct kit_answer *answer;

	assert_int_equal(kit_int(says(&scene, scene.ann, "online"), "cap"), 4);
	answer = kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:i, s:[s], s:[ss]}", "person",
	    (json_int_t)scene.ann->person, "cap", 2, "topics", "Lamps", "languages", "en", "pt-BR");
	assert_int_equal(json_array_size(json_object_get(answer->body, "languages")), 2);
	assert_int_equal(number_of(&scene, scene.ann, "cap"), 2);
	answer = kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:i}", "person",
	    (json_int_t)scene.ann->person, "cap", 0);
	assert_int_equal(json_array_size(json_object_get(answer->body, "topics")), 1);
	assert_int_equal(number_of(&scene, scene.ann, "cap"), 4);
	assert_true(kit_do(desk, scene.ada, "setting.change", "{s:i}", "chats_each", 3)->is_ok);
	kit_jobs(desk);
	assert_int_equal(number_of(&scene, scene.ann, "cap"), 3);
	assert_int_equal(
	    kit_int(kit_do(desk, scene.lea, "person.abilities", "{s:i}", "person", 999999), "status"), 404);
	assert_int_equal(kit_do(desk, scene.lea, "person.abilities_change", "{s:I, s:[s]}", "person",
			     (json_int_t)scene.ann->person, "languages", "not one")
			     ->status,
	    422);
	kit_desk_end(desk);
}

/* ---- A lead, and who is lost ---- */

TEST(a_lead_frees_a_forgotten_seat_and_its_chats_go_to_the_head_of_the_line_first)
{
	struct scene scene = scene_begin(1);
	const struct kit_actor *wim = kit_visitor(scene.desk, "wim");
	g_autofree char *conversation = NULL;

	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	kit_wait(scene.desk, 1);
	kit_do(scene.desk, wim, "chat.start", "{s:s}", "id", "start-wim1");
	says(&scene, scene.ben, "online");
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

TEST(who_is_not_heard_of_loses_chats_and_seat_after_120_seconds_and_not_a_millisecond_earlier)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	assert_int_equal(LIMIT_LOST_SECONDS, 120);
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	says(&scene, scene.ben, "online");
	kit_vanish(scene.ann);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND - 1);
	kit_jobs(scene.desk);
	assert_null(json_object_get(row_of(&scene, scene.ann), "gone_since"));
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	assert_non_null(json_object_get(row_of(&scene, scene.ann), "gone_since"));
	kit_wait(scene.desk, (LIMIT_LOST_SECONDS - LIMIT_GONE_SECONDS) * MS_PER_SECOND - 1);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(state_of(&scene, conversation), "owned");
	kit_wait(scene.desk, 1);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	assert_string_equal(state_of(&scene, conversation), "waiting");
	kit_desk_end(scene.desk);
}

TEST(who_is_heard_of_again_in_time_keeps_seat_and_chats)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	kit_vanish(scene.ann);
	kit_wait(scene.desk, (LIMIT_LOST_SECONDS - 1) * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_true(kit_do(scene.desk, scene.ann, "person.me", NULL)->is_ok);
	kit_wait(scene.desk, 2 * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_null(json_object_get(row_of(&scene, scene.ann), "gone_since"));
	assert_string_equal(state_of(&scene, conversation), "owned");
	kit_desk_end(scene.desk);
}

TEST(who_stands_in_the_line_and_is_not_heard_of_is_passed_over_until_they_are_back)
{
	struct scene scene = scene_begin(1);

	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	kit_wait(scene.desk, 1);
	says(&scene, scene.cleo, "online");
	kit_vanish(scene.ben);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	says(&scene, scene.ann, "offline");
	assert_status(&scene, scene.cleo, "online");
	assert_true(kit_do(scene.desk, scene.ben, "person.me", NULL)->is_ok);
	says(&scene, scene.cleo, "offline");
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(whoever_is_disabled_or_gets_a_role_that_does_not_answer_loses_the_seat)
{
	struct scene scene = scene_begin(2);

	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	says(&scene, scene.lea, "online");
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
	assert_int_equal(says(&scene, scene.ben, "online")->status, 403);
	kit_desk_end(scene.desk);
}

/* ---- The end of a shift ---- */

TEST(ten_minutes_before_the_end_of_the_shift_no_new_chats_come_and_with_the_last_one_the_seat_passes)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL, *other = NULL;

	works(&scene, scene.ann, 8 * 60, 120); /* until 10:00 */
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	says(&scene, scene.ben, "online");
	other = g_strdup(
	    kit_text(kit_do(scene.desk, kit_visitor(scene.desk, "wim"), "chat.start", "{s:s}", "id", "start-wim1"),
		"conversation"));
	wait_minutes(&scene, 49);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(word_of(&scene, scene.ben, "expected_at"), "2026-03-30T10:00:00.000Z");
	wait_minutes(&scene, 1);
	assert_status(&scene, scene.ann, "winding");
	assert_int_equal(number_of(&scene, scene.ann, "chats"), 1);
	assert_string_equal(word_of(&scene, scene.ann, "ends_at"), "2026-03-30T10:00:00.000Z");
	assert_int_equal(kit_do(scene.desk, scene.ann, "chat.take", "{s:s}", "conversation", other)->status, 409);
	wait_minutes(&scene, 30);
	assert_status(&scene, scene.ann, "winding");
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(who_has_no_chats_when_winding_down_begins_passes_the_seat_at_once)
{
	struct scene scene = scene_begin(1);

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "offline");
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(whoever_says_online_again_stays_past_the_end)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_string_equal(kit_text(says(&scene, scene.ann, "online"), "status"), "online");
	wait_minutes(&scene, 5);
	wait_minutes(&scene, 15);
	assert_status(&scene, scene.ann, "online");
	/* Whoever comes in the last minutes comes to stay as well. */
	works(&scene, scene.ben, 8 * 60, 135);
	resize(&scene, 2);
	assert_string_equal(kit_text(says(&scene, scene.ben, "online"), "status"), "online");
	wait_minutes(&scene, 1);
	assert_status(&scene, scene.ben, "online");
	kit_desk_end(scene.desk);
}

TEST(an_end_that_passed_while_the_desk_was_stopped_is_made_up_for_at_once)
{
	struct scene scene = scene_begin(1);

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
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
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	works(&scene, scene.ann, 10 * 60, 60);
	kit_change(scene.desk, look_again, NULL);
	kit_jobs(scene.desk);
	assert_status(&scene, scene.ann, "online");
	assert_string_equal(word_of(&scene, scene.ann, "ends_at"), "2026-03-30T11:00:00.000Z");
	kit_desk_end(scene.desk);
}

TEST(who_is_away_when_the_shift_is_made_longer_is_away_still)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	assert_true(
	    kit_do(scene.desk, scene.ann, "seat.status", "{s:s, s:s}", "status", "away", "reason", "Tea")->is_ok);
	wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	works(&scene, scene.ann, 10 * 60, 60);
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
	struct scene scene = scene_begin(1);
	unsigned told = 0;

	works(&scene, scene.ann, 8 * 60, 120);
	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
	kit_jobs(scene.desk);
	bus_subscribe(kit_edge(scene.desk)->bus, count_one, &told);
	kit_change(scene.desk, look_again, NULL);
	kit_jobs(scene.desk);
	assert_int_equal(told, 0);
	/* Who says the same again moves nobody: that alone is told. */
	says(&scene, scene.ben, "online");
	assert_int_equal(told, 1);
	kit_desk_end(scene.desk);
}

TEST(who_begins_while_somebody_winds_down_has_an_extra_seat_by_rule_which_becomes_a_regular_one)
{
	struct scene scene = scene_begin(1);
	g_autofree char *conversation = NULL;

	assert_true(kit_do(scene.desk, scene.ada, "setting.change", "{s:i}", "handover_seats", 1)->is_ok);
	works(&scene, scene.ann, 8 * 60, 120);
	works(&scene, scene.ben, 9 * 60 + 50, 120);
	says(&scene, scene.ann, "online");
	conversation = taken_chat(&scene, scene.vera, scene.ann);
	says(&scene, scene.lea, "online");
	kit_wait(scene.desk, 1);
	says(&scene, scene.ben, "online");
	assert_status(&scene, scene.ben, "line");
	wait_minutes(&scene, 50);
	assert_status(&scene, scene.ann, "winding");
	assert_status(&scene, scene.lea, "line"); /* her shift has not begun: she has none */
	assert_string_equal(word_of(&scene, scene.ben, "seat"), "handover");
	assert_int_equal(pool_number(&scene, "extra"), 1);
	assert_int_equal(pool_number(&scene, "used"), 1);
	assert_true(kit_do(scene.desk, scene.vera, "chat.end", "{s:s}", "conversation", conversation)->is_ok);
	kit_jobs(scene.desk);
	assert_string_equal(word_of(&scene, scene.ben, "seat"), "own");
	assert_int_equal(pool_number(&scene, "extra"), 0);
	assert_int_equal(pool_number(&scene, "used"), 1);
	assert_status(&scene, scene.lea, "line");
	kit_desk_end(scene.desk);
}

static gboolean
route(struct tx *tx, void *data, GError **error)
{
	bool more;
	int did;

	(void)data;
	return routing_step(tx, 50, &did, &more, error);
}

TEST(a_backup_who_was_asked_for_help_signs_in_beyond_the_size_and_an_advisor_does_not)
{
	struct scene scene = scene_begin(1);

	says(&scene, scene.ann, "online");
	assert_string_equal(kit_text(says(&scene, scene.cleo, "online"), "status"), "line");
	says(&scene, scene.cleo, "offline");
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	says(&scene, scene.ann, "away");
	kit_wait(scene.desk, 180 * MS_PER_SECOND);
	kit_change(scene.desk, route, NULL);
	assert_string_equal(kit_text(says(&scene, scene.ben, "online"), "status"), "line");
	assert_string_equal(kit_text(says(&scene, scene.cleo, "online"), "seat"), "backup");
	assert_int_equal(pool_number(&scene, "used"), 1);
	assert_int_equal(pool_number(&scene, "extra"), 1);
	says(&scene, scene.cleo, "offline");
	assert_int_equal(pool_number(&scene, "extra"), 0);
	assert_status(&scene, scene.ben, "line");
	kit_desk_end(scene.desk);
}

TEST(what_somebody_was_asked_to_take_is_offered_to_others_when_they_go_away)
{
	struct scene scene = scene_begin(2);

	says(&scene, scene.ann, "online");
	kit_do(scene.desk, scene.vera, "chat.start", "{s:s}", "id", "start-vera");
	kit_change(scene.desk, route, NULL);
	assert_int_equal(number_of(&scene, scene.ann, "load"), 1);
	says(&scene, scene.ann, "away");
	assert_int_equal(number_of(&scene, scene.ann, "load"), 0);
	says(&scene, scene.ben, "online");
	kit_change(scene.desk, route, NULL);
	assert_int_equal(number_of(&scene, scene.ben, "load"), 1);
	kit_vanish(scene.ben);
	kit_wait(scene.desk, LIMIT_GONE_SECONDS * MS_PER_SECOND);
	kit_jobs(scene.desk);
	assert_int_equal(number_of(&scene, scene.ben, "load"), 0);
	kit_desk_end(scene.desk);
}

/* ---- The log ---- */

TEST(the_log_says_what_happened_the_newest_first_and_page_by_page)
{
	struct scene scene = scene_begin(1);
	const struct kit_answer *answer;
	const json_t *lines;
	int64_t before;

	says(&scene, scene.ann, "online");
	says(&scene, scene.ben, "online");
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
