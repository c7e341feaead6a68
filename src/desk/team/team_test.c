/* Facts about teams. */
#include "desk/team/team.h"

#include "base/limits.h"
#include "desk/events.h"
#include "tests/kit/facts.h"
#include "tests/kit/people_facts.h"

struct scene {
	struct fact_desk *desk;
	struct fact_caller ada, lea, ann;
};

static struct scene
scene_begin(void)
{
	struct scene scene = { .desk = fact_desk_new() };

	scene.ada = fact_staff(scene.desk, "ada", ROLE_ADMINISTRATOR);
	scene.lea = fact_staff(scene.desk, "lea", ROLE_LEAD);
	scene.ann = fact_staff(scene.desk, "ann", ROLE_ADVISOR);
	return scene;
}

static int64_t
add(const struct scene *scene, const char *id, const char *name)
{
	assert_int_equal(fact_do(scene->desk, &scene->lea, "team.add", "{s:s, s:s, s:[I, I]}", "id", id, "name", name,
			     "members", (json_int_t)scene->ann.person, (json_int_t)scene->lea.person),
	    200);
	return fact_int(scene->desk, "id");
}

TEST(a_lead_makes_a_team_and_an_advisor_sees_who_is_in_it)
{
	struct scene scene = scene_begin();

	add(&scene, "team-0001", "Lamps");
	assert_int_equal(fact_told(scene.desk, EVENT_TEAM_CHANGED), 1);
	assert_int_equal(fact_do(scene.desk, &scene.ann, "team.list", NULL), 200);
	assert_int_equal(fact_rows(scene.desk, "teams"), 1);
	assert_string_equal(fact_text(scene.desk, "teams.0.name"), "Lamps");
	assert_int_equal(fact_int(scene.desk, "teams.0.members.0"), scene.lea.person);
	assert_int_equal(fact_int(scene.desk, "teams.0.members.1"), scene.ann.person);
	fact_desk_free(scene.desk);
}

TEST(the_same_id_again_is_the_same_team)
{
	struct scene scene = scene_begin();
	int64_t team = add(&scene, "team-0001", "Lamps");

	assert_int_equal(add(&scene, "team-0001", "Lamps"), team);
	assert_int_equal(fact_do(scene.desk, &scene.ann, "team.list", NULL), 200);
	assert_int_equal(fact_rows(scene.desk, "teams"), 1);
	fact_desk_free(scene.desk);
}

TEST(what_is_left_out_of_a_change_stays_and_an_empty_list_is_nobody)
{
	struct scene scene = scene_begin();
	int64_t team = add(&scene, "team-0001", "Lamps");

	assert_int_equal(
	    fact_do(scene.desk, &scene.lea, "team.change", "{s:I, s:s}", "team", (json_int_t)team, "name", "Lights"),
	    200);
	assert_string_equal(fact_text(scene.desk, "name"), "Lights");
	assert_int_equal(fact_rows(scene.desk, "members"), 2);
	assert_int_equal(
	    fact_do(scene.desk, &scene.lea, "team.change", "{s:I, s:[]}", "team", (json_int_t)team, "members"), 200);
	assert_string_equal(fact_text(scene.desk, "name"), "Lights");
	assert_int_equal(fact_rows(scene.desk, "members"), 0);
	fact_desk_free(scene.desk);
}

TEST(somebody_who_is_not_of_the_desk_is_refused_with_the_place)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.ada, "team.add", "{s:s, s:s, s:[I, I]}", "id", "team-0001", "name",
			     "Lamps", "members", (json_int_t)scene.ann.person, (json_int_t)999),
	    404);
	assert_string_equal(scene.desk->field, "members[1]");
	assert_int_equal(fact_do(scene.desk, &scene.ann, "team.list", NULL), 200);
	assert_int_equal(fact_rows(scene.desk, "teams"), 0);
	fact_desk_free(scene.desk);
}

TEST(somebody_named_twice_is_in_the_team_once)
{
	struct scene scene = scene_begin();

	assert_int_equal(fact_do(scene.desk, &scene.ada, "team.add", "{s:s, s:s, s:[I, I]}", "id", "team-0001", "name",
			     "Lamps", "members", (json_int_t)scene.ann.person, (json_int_t)scene.ann.person),
	    200);
	assert_int_equal(fact_rows(scene.desk, "members"), 1);
	fact_desk_free(scene.desk);
}

TEST(an_archived_team_is_in_no_list_and_is_not_changed)
{
	struct scene scene = scene_begin();
	int64_t team = add(&scene, "team-0001", "Lamps");

	assert_int_equal(fact_do(scene.desk, &scene.lea, "team.archive", "{s:I}", "team", (json_int_t)team), 200);
	assert_int_equal(fact_told(scene.desk, EVENT_TEAM_CHANGED), 2);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "team.archive", "{s:I}", "team", (json_int_t)team), 200);
	assert_int_equal(fact_told(scene.desk, EVENT_TEAM_CHANGED), 2);
	assert_int_equal(
	    fact_do(scene.desk, &scene.lea, "team.change", "{s:I, s:s}", "team", (json_int_t)team, "name", "Lights"),
	    404);
	assert_int_equal(fact_do(scene.desk, &scene.ann, "team.list", NULL), 200);
	assert_int_equal(fact_rows(scene.desk, "teams"), 0);
	fact_desk_free(scene.desk);
}

TEST(a_team_with_seats_of_its_own_is_archived_when_they_are_removed)
{
	struct scene scene = scene_begin();
	int64_t team = add(&scene, "team-0001", "Lamps");

	assert_int_equal(fact_do(scene.desk, &scene.lea, "pool.add", "{s:s, s:I, s:i, s:i}", "id", "pool-0001", "team",
			     (json_int_t)team, "size", 2, "cap", 8),
	    200);

	int64_t pool = fact_int(scene.desk, "id");

	assert_int_equal(fact_do(scene.desk, &scene.lea, "team.archive", "{s:I}", "team", (json_int_t)team), 409);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "pool.remove", "{s:I}", "pool", (json_int_t)pool), 200);
	assert_int_equal(fact_do(scene.desk, &scene.lea, "team.archive", "{s:I}", "team", (json_int_t)team), 200);
	fact_desk_free(scene.desk);
}

TEST(a_desk_has_100_teams_and_not_101)
{
	struct scene scene = scene_begin();

	for (int i = 0; i < LIMIT_TEAMS; i++) {
		g_autofree char *id = g_strdup_printf("team-%04d", i);

		assert_int_equal(
		    fact_do(scene.desk, &scene.ada, "team.add", "{s:s, s:s}", "id", id, "name", "Lamps"), 200);
	}
	assert_int_equal(
	    fact_do(scene.desk, &scene.ada, "team.add", "{s:s, s:s}", "id", "team-last", "name", "Lamps"), 409);
	fact_desk_free(scene.desk);
}
