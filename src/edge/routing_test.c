/* Facts about routing at the edge: when it looks, and that it looks no more often than it must. */
#include "edge/routing.h"

#include <uv.h>

#include "tests/kit/desk.h"
#include "tests/kit/facts.h"

struct scene {
	struct kit_desk *desk;
	const struct kit_actor *ann, *ben;
	uv_loop_t loop;
	struct routing *routing;
};

/* Ann and Ben are online; nobody waits, and the first look is over. */
static struct scene *
scene_begin(void)
{
	struct scene *scene = g_new0(struct scene, 1);

	scene->desk = kit_desk_begin(3);
	kit_do(scene->desk, kit_administrator(scene->desk), "seat.status", "{s:s}", "status", "offline");
	scene->ann = kit_staff(scene->desk, "ann", ROLE_ADVISOR);
	kit_wait(scene->desk, MS_PER_SECOND);
	scene->ben = kit_staff(scene->desk, "ben", ROLE_ADVISOR);
	uv_loop_init(&scene->loop);
	scene->routing = routing_start(kit_edge(scene->desk), &scene->loop);
	return scene;
}

static void
scene_end(struct scene *scene)
{
	routing_stop(scene->routing);
	uv_run(&scene->loop, UV_RUN_DEFAULT);
	uv_loop_close(&scene->loop);
	kit_desk_end(scene->desk);
	g_free(scene);
}

static const char *
starts(const struct scene *scene, const char *name)
{
	g_autofree char *id = g_strdup_printf("start-%s", name);
	const struct kit_answer *answer =
	    kit_do(scene->desk, kit_visitor(scene->desk, name), "chat.start", "{s:s}", "id", id);

	assert_int_equal(answer->status, 200);
	return g_intern_string(kit_text(answer, "conversation"));
}

/* Whom a chat is offered to, as far as the desk has looked; NULL: nobody. */
static const char *
offered(const struct scene *scene, const char *key)
{
	json_t *row = kit_do(scene->desk, scene->ann, "chat.get", "{s:s}", "conversation", key)->body;

	return json_string_value(json_object_get(json_object_get(row, "offer"), "name"));
}

static struct routing_figures
figures(const struct scene *scene)
{
	struct routing_figures now;

	routing_figures(scene->routing, &now);
	return now;
}

static uint64_t
steps(const struct scene *scene)
{
	return figures(scene).steps;
}

TEST(it_looks_once_at_the_start_and_then_only_after_something_is_told)
{
	struct scene *scene = scene_begin();
	const char *key;

	assert_int_equal(steps(scene), 1);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	assert_int_equal(steps(scene), 1);
	assert_true(figures(scene).is_idle);
	key = starts(scene, "vera");
	assert_null(offered(scene, key));
	assert_false(figures(scene).is_idle);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	assert_string_equal(offered(scene, key), "Ann");
	assert_true(figures(scene).is_idle);
	scene_end(scene);
}

TEST(for_all_that_is_told_together_it_looks_once)
{
	struct scene *scene = scene_begin();

	starts(scene, "vera");
	starts(scene, "otto");
	starts(scene, "noor");
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	assert_int_equal(steps(scene), 2);
	scene_end(scene);
}

TEST(what_was_there_before_the_start_is_offered_at_the_start)
{
	struct scene *scene = scene_begin(), *again = g_new0(struct scene, 1);
	const char *key = starts(scene, "vera");

	/* The desk went down before it looked. */
	*again = *scene;
	uv_loop_init(&again->loop);
	assert_null(offered(scene, key));
	again->routing = routing_start(kit_edge(again->desk), &again->loop);
	assert_string_equal(offered(scene, key), "Ann");
	routing_stop(again->routing);
	uv_run(&again->loop, UV_RUN_DEFAULT);
	uv_loop_close(&again->loop);
	g_free(again);
	scene_end(scene);
}

TEST(an_offer_ends_though_nothing_is_told_and_never_early)
{
	struct scene *scene = scene_begin();
	const char *key = starts(scene, "vera");

	uv_run(&scene->loop, UV_RUN_NOWAIT);
	kit_wait(scene->desk, 60 * MS_PER_SECOND - 1);
	/* Somebody else's chat makes it look; from then on it waits for the last millisecond of the offer. */
	starts(scene, "otto");
	for (int i = 0; i < 5; i++)
		uv_run(&scene->loop, UV_RUN_ONCE);
	assert_string_equal(offered(scene, key), "Ann");
	kit_wait(scene->desk, 1);
	uv_run(&scene->loop, UV_RUN_ONCE);
	assert_string_equal(offered(scene, key), "Ben");
	scene_end(scene);
}

TEST(a_look_that_fails_is_taken_again)
{
	struct scene *scene = scene_begin();
	const char *key = starts(scene, "vera");

	kit_fail_next(scene->desk, CREW_LOST);
	uv_run(&scene->loop, UV_RUN_NOWAIT);
	assert_null(offered(scene, key));
	uv_run(&scene->loop, UV_RUN_ONCE);
	assert_string_equal(offered(scene, key), "Ann");
	scene_end(scene);
}
